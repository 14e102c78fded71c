// What Lighthouse asks of a page apart from its speed: access, good practice, and being found. It drives Chromium alone.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import lighthouse, { desktopConfig } from 'lighthouse';
import { HOME, launch } from './harness.js';

const ASKED = ['accessibility', 'best-practices', 'seo'];

/** Each category's score in per cent, and what was found wanting in it. */
async function audit(browser, path, config) {
  const page = await (await browser.process({})).newPage();
  // Nothing is measured in time, so nothing is slowed down.
  const flags = { onlyCategories: ASKED, throttlingMethod: 'provided', logLevel: 'error' };
  const { lhr } = await lighthouse(new URL(path, HOME).href, flags, config, page);
  await page.close();
  return Object.values(lhr.categories).map(({ id, score, auditRefs }) => {
    const wanting = auditRefs.filter(({ id, weight }) => weight && lhr.audits[id].score !== null && lhr.audits[id].score < 1);
    return [id, Math.round(100 * score), ...wanting.map(({ id }) => `${id}: ${JSON.stringify(lhr.audits[id].details?.items?.[0] ?? '').slice(0, 300)}`)];
  });
}

describe('chromium', { timeout: 600_000 }, () => {
  let browser;

  before(async () => {
    browser = await launch('chromium');
  });

  after(() => browser?.close());

  for (const [kind, path, config] of [
    ['telephone', 'index.html'],
    ['telephone', 'www/embed.html?scene=two-fits'],
    ['desktop', 'index.html', desktopConfig],
  ]) {
    test(`nothing is wanting on a ${kind}: ${path}`, async () => {
      assert.deepEqual(await audit(browser, path, config), ASKED.map((category) => [category, 100]));
    });
  }
});
