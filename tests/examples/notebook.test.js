// The widget in JupyterLab: the scene lives in the notebook, Python reads what the reader did, and sets it.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { BROWSERS, launch, openPage } from '../browser/harness.js';
import { FRAMED } from '../browser/scenes.js';
import { press } from '../browser/sharing.js';
import { assertLive, DIST, PYTHON, serve, stage } from './examples.js';

/** A page with the widget, and with a model as a notebook gives one: it tells every change, its own too, and counts what is sent. */
const PAGE = `<!doctype html><meta charset="utf-8"><title>A notebook</title><main></main><script type="module">
  import widget from './widget.js';
  const state = { site: '/', scene: 'two-bells', values: { p_mean: 0, q_mean: 0, q_sd: 2 }, readouts: {} };
  const followers = new Set();
  window.sent = 0;
  window.model = {
    get: (name) => state[name],
    set(name, value) {
      if (JSON.stringify(state[name]) === JSON.stringify(value)) return;
      state[name] = value;
      if (name === 'values') this.tell();
    },
    save_changes: () => (window.sent += 1),
    on: (_, follower) => followers.add(follower),
    off: (_, follower) => followers.delete(follower),
    tell: () => followers.forEach((follower) => follower()),
  };
  await widget.render({ model, el: document.querySelector('main') });
</script>`;

describe('the widget', { timeout: 600_000 }, () => {
  for (const name of BROWSERS) {
    test(`what comes back of what it told changes nothing, in ${name}`, async (t) => {
      const [, code] = /_esm = """([^]*?)"""/.exec(await readFile(new URL('../../examples/notebook/kl_scene.py', import.meta.url), 'utf8'));
      const browser = await launch(name);
      t.after(() => browser.close());
      const page = await openPage(browser, `${await serve(t, DIST, { '/widget.html': PAGE, '/widget.js': code })}widget.html`);
      await page.waitForFunction(() => window.sent === 1);
      await assertLive(page);
      await page.waitForFunction(() => window.sent > 1);
      const [values, sent] = await page.$eval(FRAMED, (scene) => [scene.values, window.sent]);
      assert.deepEqual(await page.evaluate(() => window.model.get('values')), values);
      // A notebook's kernel says it again.
      await page.evaluate(() => window.model.tell());
      assert.equal(await page.evaluate(() => window.sent), sent);
      await press(page, FRAMED, 'Undo');
      assert.equal((await page.$eval(FRAMED, (scene) => scene.values)).q_sd, 2, 'the reader’s step is one still');
      // What the kernel sets is taken over, and told once with what it left out.
      await page.evaluate(() => {
        window.sent = 0;
        window.model.set('values', { q_sd: 4 });
      });
      assert.deepEqual(await page.evaluate(() => [window.sent, window.model.get('values').q_sd, window.model.get('values').p_mean]), [1, 4, -1]);
    });
  }
});

describe('JupyterLab', { timeout: 600_000 }, () => {
  let lab;
  let home;
  let browser;

  before(async () => {
    const folder = await stage('notebook', { site: 'kl-explorer' });
    const port = await free();
    const own = Object.fromEntries(
      ['JUPYTER_CONFIG_DIR', 'JUPYTER_DATA_DIR', 'JUPYTER_RUNTIME_DIR', 'IPYTHONDIR'].map((name) => [name, join(folder, '.jupyter')]),
    );
    const options = ['--no-browser', '--allow-root', `--port=${port}`, '--ServerApp.port_retries=0', '--IdentityProvider.token='];
    lab = spawn(join(PYTHON, 'jupyter'), ['lab', ...options], { cwd: folder, env: { ...process.env, ...own }, stdio: ['ignore', 'ignore', 'pipe'] });
    home = `http://127.0.0.1:${port}/`;
    let told = '';
    for await (const text of lab.stderr.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
      told += text;
      if (told.includes('is running at:')) break;
    }
    assert.match(told, /is running at:/);
    lab.stderr.resume();
    browser = await launch('chromium');
  });

  after(async () => {
    await browser?.close();
    if (lab?.exitCode !== null) return;
    // The second signal answers the question whether it is meant.
    for (const _ of [1, 2]) lab.kill('SIGTERM');
    await once(lab, 'exit');
  });

  test('values and numbers go both ways', async () => {
    const page = await openPage(browser, `${home}lab/tree/divergence.ipynb`, { height: 1000 });
    await page.waitForFunction(() => document.getElementById('jp-main-statusbar')?.textContent.includes('| Idle'));
    await runCell(page, 0);
    await page.waitForSelector('kl-scene');
    await assertLive(page);

    const there = await page.$eval('kl-scene', ({ values, readouts }) => ({ values, readouts }));
    assert.equal(await told(page, 1), `${there.values.q_sd}: ${there.readouts.forward.value.toFixed(6)} nats`);

    await runCell(page, 2);
    await page.waitForFunction(() => document.querySelector('kl-scene').values.q_sd === 4);
    const { p_mean, p_sd, q_mean } = there.values;
    const truth = Math.log(4 / p_sd) + (p_sd ** 2 + (p_mean - q_mean) ** 2) / 32 - 0.5;
    assert.equal(await told(page, 1), `4: ${truth.toFixed(6)} nats`);
  });
});

/** Runs a cell as a person does: a click into it, Control and Enter; waits until it has been run. */
async function runCell(page, at) {
  const cell = (await page.$$('.jp-Notebook .jp-CodeCell'))[at];
  const prompt = await cell.$eval('.jp-InputPrompt', (element) => element.textContent);
  const editor = await cell.$('.cm-content');
  await editor.evaluate((element) => element.scrollIntoView({ block: 'center', behavior: 'instant' }));
  await editor.click();
  await page.keyboard.down('Control');
  await page.keyboard.press('Enter');
  await page.keyboard.up('Control');
  await page.waitForFunction(
    (element, before) => /\[\d+\]/.test(element.textContent) && element.textContent !== before,
    {},
    await cell.$('.jp-InputPrompt'),
    prompt,
  );
}

/** Runs a cell and gives the text that it answers. */
async function told(page, at) {
  await runCell(page, at);
  const cell = (await page.$$('.jp-Notebook .jp-CodeCell'))[at];
  const output = await cell.waitForSelector('.jp-OutputArea-output');
  return output.evaluate((element) => element.textContent.trim().replace(/^'(.*)'$/, '$1'));
}

async function free() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
