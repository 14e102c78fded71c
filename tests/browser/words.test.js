// The page in other languages: every word comes from the catalogue, longer words and words from right to left have room,
// and a page in English asks for no catalogue. The languages are made here: long words, and Hebrew letters.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { assertClean, BROWSERS, HOME, launch } from './harness.js';
import { openDrawn, texts } from './scenes.js';

const TRANSLATE = `
const each = (template, change) => template.replace(/\\{\\w+\\}|[^{]+/g, (part) => (part.startsWith('{') ? part : change(part)));
const catalogue = (change) => new Proxy({}, { get: (_, key) => (typeof key === 'string' ? each(key, change) : undefined) });
`;

/** Every letter another one, and words longer by six tenths. */
const LONG = `${TRANSLATE}
const OTHER = { a: 'å', b: 'ƀ', c: 'ç', d: 'đ', e: 'é', f: 'ƒ', g: 'ğ', h: 'ħ', i: 'î', j: 'ĵ', k: 'ķ', l: 'ļ', m: 'ɱ',
  n: 'ñ', o: 'ö', p: 'þ', q: 'ɋ', r: 'ř', s: 'š', t: 'ţ', u: 'ü', v: 'ṽ', w: 'ŵ', x: 'ẋ', y: 'ÿ', z: 'ž' };
const longer = (word) => word + 'ö'.repeat(Math.round(0.6 * word.length));
export default catalogue((words) => words.replace(/[a-z]+/g, longer).replace(/[a-z]/g, (letter) => OTHER[letter]));`;

/** Hebrew letters for Latin ones. */
const RIGHT_TO_LEFT = `${TRANSLATE}
export default catalogue((words) => words.replace(/[a-z]/g, (letter) => 'אבגדהוזחטיכלמנסעפצקרשתםןףץ'[letter.charCodeAt(0) - 97]));`;

const WORDS = {
  '/www/words/languages.js': "export const LANGUAGES = ['eo', 'he'];",
  '/www/words/eo.js': LONG,
  '/www/words/he.js': RIGHT_TO_LEFT,
};

let server;
let home;

/** The served page with these languages; the first part of a path is the language that its documents are in. */
before(async () => {
  server = createServer(async (request, response) => {
    const [, language, path] = /^\/(\w\w)(\/.*)$/.exec(request.url) ?? [];
    if (WORDS[path]) {
      response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(WORDS[path]);
      return;
    }
    const { status, headers, body } = await fetch(new URL((path ?? '/none').slice(1), HOME)).then(async (reply) => ({
      status: reply.status,
      headers: reply.headers,
      body: Buffer.from(await reply.arrayBuffer()),
    }));
    const type = headers.get('content-type') ?? 'text/plain';
    const direction = language === 'he' ? 'rtl' : 'ltr';
    const page = type.includes('html') ? body.toString().replace('<html lang="en">', `<html lang="${language}" dir="${direction}">`) : body;
    response.writeHead(status, { 'Content-Type': type, 'Content-Security-Policy': headers.get('content-security-policy') }).end(page);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  home = `http://127.0.0.1:${server.address().port}/`;
});

after(() => server.close());

/** What is seen and what is said in the scenes: text, names, values. */
const words = (page) =>
  page.evaluate(() => {
    const found = [];
    const add = (text) => text?.trim() && found.push(text.trim());
    const look = (root) => {
      for (const part of root.querySelectorAll('*')) {
        if (part.closest('math, .notices, textarea')) continue;
        for (const name of ['aria-label', 'aria-valuetext', 'title', 'placeholder', 'alt']) add(part.getAttribute(name));
        for (const node of part.childNodes) if (node.nodeType === Node.TEXT_NODE) add(node.data);
      }
    };
    for (const scene of document.querySelectorAll('kl-scene')) look(scene.shadowRoot);
    look(document.getElementById('switches') ?? document.createElement('p'));
    return found;
  });

/** What is wider than its place: words that are cut, or that stick out of the window. */
const cut = (page) =>
  page.evaluate(() => {
    const [, most] = [0, document.documentElement.clientWidth];
    const out = [];
    const look = (root) => {
      for (const part of root.querySelectorAll('*')) {
        if (part.closest('.unseen, .skip, .probe, .formula, .handles, input, .scrolls, .presets .buttons') || !part.checkVisibility()) continue;
        const { left, right, width } = part.getBoundingClientRect();
        if (width && (right > most + 1 || left < -1)) out.push(`out: ${part.outerHTML.slice(0, 90)} ${left} ${right}`);
        if (part.matches('button, label, legend, dt, dd, li, p') && part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).display !== 'inline') {
          out.push(`cut: ${part.outerHTML.slice(0, 90)} ${part.scrollWidth} > ${part.clientWidth}`);
        }
      }
    };
    for (const scene of document.querySelectorAll('kl-scene')) look(scene.shadowRoot);
    return out;
  });

for (const name of BROWSERS) {
  describe(name, { timeout: 600_000 }, () => {
    let browser;

    before(async () => {
      browser = await launch(name);
    });

    after(() => browser?.close());

    test('English asks for no catalogue', async () => {
      const page = await openDrawn(browser, 'www/embed.html?scene=two-coins');
      const asked = await page.evaluate(() => performance.getEntriesByType('resource').map((entry) => new URL(entry.name).pathname));
      assert.deepEqual(asked.filter((path) => path.includes('/words/')), ['/www/words/languages.js']);
    });

    test('every word of every scene comes from the catalogue, on the figure too', async () => {
      const page = await openDrawn(browser, `${home}eo/`);
      const said = await words(page);
      assert.ok(said.length > 500, `${said.length} words`);
      // Ids of controls stand in problems alone; symbols are shorter than a word.
      assert.deepEqual([...new Set(said.filter((text) => /[a-z]{4,}/.test(text)))], []);
      const drawnWords = await page.evaluate(async () => {
        const core = await import(new URL('www/core.js', location.href));
        const glue = await import(new URL('www/pkg/kl_explorer.js', location.href));
        return core.scenes().flatMap(({ id }) => [...glue.svg({ scene: id, language: 'eo', width: 720 }).matchAll(/<(?:text|title|desc)[^>]*>([^<]*)</g)].map(([, text]) => text.trim()));
      });
      assert.ok(drawnWords.length > 200);
      assert.deepEqual(drawnWords.filter((text) => /[a-z]{4,}/.test(text)), []);
      await assertClean(page);
    });

    test('numbers are the same in every language', async () => {
      const [english, other] = [await openDrawn(browser, 'www/embed.html?scene=two-bells'), await openDrawn(browser, `${home}he/www/embed.html?scene=two-bells`)];
      const digits = async (page) => Object.values(await texts(page, 'kl-scene')).map((text) => text.replace(/[^\d.]/g, ''));
      assert.deepEqual(await digits(other), await digits(english));
    });

    for (const language of ['eo', 'he']) {
      for (const width of [375, 1280]) {
        test(`words have room: ${language} at ${width} pixels`, async () => {
          const page = await openDrawn(browser, `${home}${language}/`, { width, height: 800 });
          assert.deepEqual(await cut(page), []);
        });
      }
    }

    // Where nothing measures them, widths of words are estimated; Chromium's fonts here are about as wide.
    for (const language of name === 'chromium' ? ['eo', 'he'] : []) {
      test(`words on the figures are neither cut nor on one another: ${language}`, async () => {
        const page = await openDrawn(browser, `${home}${language}/www/embed.html?scene=two-coins`);
        const faults = await page.evaluate(async (spoken) => {
          const core = await import(new URL('core.js', location.href));
          const glue = await import(new URL('pkg/kl_explorer.js', location.href));
          const out = [];
          // The figures' widths in windows of 375 and 1280 pixels.
          for (const width of [343, 780]) {
            for (const { id } of core.scenes()) {
              const drawing = new DOMParser().parseFromString(glue.svg({ scene: id, width, language: spoken }), 'image/svg+xml');
              const svg = document.importNode(drawing.documentElement, true);
              svg.style.direction = 'ltr';
              document.body.append(svg);
              const whole = svg.getBoundingClientRect();
              const texts = [...svg.querySelectorAll('text')].map((text) => [text.textContent.trim(), text.getBoundingClientRect()]);
              texts.forEach(([words, a], at) => {
                if (a.left < whole.left - 2 || a.right > whole.right + 2) out.push(`${id} ${width}: ${words} is cut`);
                for (const [others, b] of texts.slice(at + 1)) {
                  const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
                  const along = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
                  // Lines of text overlap by what is above and below their letters.
                  if (across > 2 && along > 4) out.push(`${id} ${width}: ${words} is on ${others}`);
                }
              });
              svg.remove();
            }
          }
          return out;
        }, language);
        assert.deepEqual(faults, []);
      });
    }

    test('a question is asked and answered in the language', async () => {
      const page = await openDrawn(browser, `${home}eo/www/embed.html?scene=two-coins&question=impossible`);
      assert.deepEqual((await words(page)).filter((text) => /[a-z]{4,}/.test(text)), []);
    });

    test('what is refused is refused in the language', async () => {
      const page = await openDrawn(browser, `${home}eo/www/embed.html?scene=two-coins&p=3`);
      const told = await page.$eval('kl-scene', (scene) => scene.shadowRoot.querySelector('.notices').innerText);
      assert.match(told, /\(p\): 3 îšö öüţ/u);
    });
  });
}
