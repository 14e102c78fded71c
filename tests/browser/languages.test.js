// The lesson in other languages is the same lesson: paragraph for paragraph, formula for formula, number for number, source
// for source. Nothing in it is left in English, readers of one language load nothing of another, and one page leads to the other.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { LANGUAGES } from '../../www/words/languages.js';
import { assertClean, BROWSERS, HOME, launch, openPage } from './harness.js';
import { onDisk } from './hosts.js';
import { chapter, drawn, inside, LESSONS, openDrawn, values } from './scenes.js';

/** Titles of papers that stand in the prose; those of books and journals stand in `cite`. */
const TITLES = [
  'Natural gradient works efficiently in learning',
  'Variational inference: a review for statisticians',
  'Divergence measures and message passing',
  'Rényi differential privacy',
];

/** Words that English can't do without and that no other of the languages has. */
const ENGLISH = /\b(the|and|of|is|are|it|its|that|this|which|what|with|from|for|to|you|not)\b/i;

/** Numbers with points that are no decimal points: versions and sections of books. */
const POINTED = ['2.0', '4.0', '10.1', '10.1.2'];

/** Reads a page as it is served, before any script: its elements, its blocks of prose, its words. */
const read = (page, language) =>
  page.evaluate(
    async (address, own) => {
      const text = await (await fetch(address)).text();
      const page = new DOMParser().parseFromString(text, 'text/html');
      const place = (link) =>
        new URL(link, address).href.replace(`/posters/${own}/`, '/posters/').replace(new RegExp(`deed\\.${own}$`), '');
      // What an attribute says is in the page's language; that it is there is not.
      const SAID = ['aria-label', 'alt', 'content', 'title'];
      const described = (element) => {
        if (element.matches('.language')) return 'a.language';
        const attributes = [...element.attributes].filter(({ name }) => name !== 'lang');
        const written = attributes.map(({ name, value }) => {
          if (SAID.includes(name)) return name;
          return `${name}=${name === 'href' || name === 'src' ? (value.startsWith('#') ? value : place(value)) : value}`;
        });
        return [element.localName, ...written.sort()].join(' ');
      };
      // Formulas and titles are the same in every language.
      const SAME = 'i, sup, cite, .whole, math :not(mtext)';
      const inline = (element) => {
        const same = element.matches(SAME) && !element.childElementCount;
        return `${described(element)}${same ? `: ${element.textContent.replace(/\s+/g, ' ').trim()}` : ''}`;
      };
      const outline = [];
      const walk = (element, depth) => {
        const prose = element.matches('p, li:not(:has(ul)), h1, h2, h3, h4');
        outline.push(`${'  '.repeat(depth)}${element.closest('math') ? inline(element) : described(element)}`);
        // Within a sentence the order is a matter of the language.
        if (prose) outline.push(...[...element.querySelectorAll('*')].map(inline).sort());
        else for (const child of element.children) walk(child, depth + 1);
      };
      walk(page.documentElement, 0);
      const blocks = [...page.querySelectorAll('p, li:not(:has(ul)), h1, h2, h3, h4, title')].map((block) => {
        const plain = block.cloneNode(true);
        for (const title of plain.querySelectorAll('cite')) title.remove();
        const words = (part) => part.textContent.replace(/\s+/g, ' ').trim();
        return { all: words(block), words: words(plain) };
      });
      const names = [...page.querySelectorAll('*')].flatMap((element) => [
        ...[...element.attributes].filter(({ name }) => SAID.includes(name)).map(({ value }) => value),
        ...[...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && !element.closest('cite, script, .language')).map(({ data }) => data.trim()),
      ]);
      return { lang: page.documentElement.lang, outline, blocks, names: names.filter(Boolean) };
    },
    new URL(LESSONS[language], HOME).href,
    language,
  );

/** The numbers of a text, with decimal points, in order of size. */
const numbers = (text) => {
  const written = (text.match(/\d+(?:[.,]\d+)*/g) ?? []).filter((number) => !POINTED.includes(number));
  return written.map((number) => Number(number.replace(',', '.'))).sort((a, b) => a - b);
};

/** A text without the titles that stand in it. */
const untitled = (text) => TITLES.reduce((rest, title) => rest.replace(title, ''), text);

for (const name of BROWSERS) {
  describe(name, { timeout: 600_000 }, () => {
    let browser;
    const pages = {};

    before(async () => {
      browser = await launch(name);
      const page = await openPage(browser, 'www/embed.html?scene=two-coins');
      for (const language of ['en', ...LANGUAGES]) pages[language] = await read(page, language);
    });

    after(() => browser?.close());

    for (const language of LANGUAGES) {
      const decimal = (0.5).toLocaleString(language)[1];

      test(`${language}: the page has the same elements, formulas, scenes and sources in the same order`, () => {
        assert.ok(pages.en.outline.length > 500, `${pages.en.outline.length} elements`);
        assert.equal(pages[language].lang, language);
        assert.deepEqual(pages[language].outline, pages.en.outline);
      });

      test(`${language}: every block of prose has the same numbers`, () => {
        assert.equal(pages[language].blocks.length, pages.en.blocks.length);
        pages.en.blocks.forEach(({ all }, at) => {
          const other = pages[language].blocks[at].all;
          assert.deepEqual(numbers(other), numbers(all), other);
        });
      });

      test(`${language}: nothing is left in English`, () => {
        assert.match(pages.en.blocks.map(({ words }) => words).join(' '), ENGLISH);
        const left = [...pages[language].blocks.map(({ words }) => words), ...pages[language].names].map(untitled).filter((text) => ENGLISH.test(text));
        assert.deepEqual(left, []);
        // Three words in a row that both pages have are a sentence that was forgotten.
        const english = new Set(pages.en.names);
        assert.deepEqual(pages[language].names.filter((text) => english.has(text) && /\p{L}+ \p{L}+ \p{L}+/u.test(text)), []);
      });

      test(`${language}: numbers and quotations are written as there`, () => {
        const points = pages[language].blocks.flatMap(({ all }) => all.match(/\d+(?:\.\d+)+/g) ?? []);
        if (decimal === ',') assert.deepEqual([...new Set(points)].sort(), [...POINTED].sort());
        if (language === 'de') {
          for (const { all } of pages.de.blocks) assert.deepEqual(all.replace(/„[^„“]*“/g, '').match(/[„“”"]/g), null, all);
        }
      });

      test(`${language}: the chapters are called as their scenes are`, async () => {
        const { default: catalogue } = await import(`../../www/words/${language}.js`);
        const page = await openPage(browser, 'www/embed.html?scene=two-coins');
        const heads = (which) => page.evaluate(async (address) => {
          const read = new DOMParser().parseFromString(await (await fetch(address)).text(), 'text/html');
          return [...read.querySelectorAll('h3')].map((head) => head.textContent);
        }, new URL(LESSONS[which], HOME).href);
        const [english, other] = [await heads('en'), await heads(language)];
        assert.ok(english.length > 10);
        assert.deepEqual(other, english.map((head) => catalogue[head]));
        await page.close();
      });

      test(`${language}: its reader loads its words and pictures, and the English reader none of them`, async () => {
        const asked = async (path) => {
          const page = await openDrawn(browser, path);
          await page.$$eval('.poster img', (all) => all.forEach((image) => (image.loading = 'eager')));
          const names = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name: address }) => new URL(address).pathname));
          await assertClean(page);
          await page.close();
          return names;
        };
        const [english, other] = [await asked(''), await asked(LESSONS[language])];
        const own = (path) => path === `/www/words/${language}.js` || path.startsWith(`/www/posters/${language}/`);
        assert.deepEqual(english.filter(own), []);
        assert.ok(other.includes(`/www/words/${language}.js`) && other.includes(`/www/posters/${language}/heights.css`), other.join());
        assert.deepEqual(other.filter((path) => path.startsWith('/www/posters/') && !own(path)), []);
      });

      test(`${language}: one page leads to the other, to the scene that is read, in its state`, async () => {
        const state = '#two-bells?p_mean=0.5&units=bits';
        for (const [from, to] of [['en', language], [language, 'en']]) {
          const page = await openDrawn(browser, `${LESSONS[from]}${state}`);
          const other = await page.$eval('.language', (link) => ({ lang: link.lang, hreflang: link.hreflang, href: link.href, shown: link.checkVisibility() }));
          assert.deepEqual(other, { lang: to, hreflang: to, href: new URL(LESSONS[to], HOME).href, shown: true });
          await page.waitForFunction(() => document.querySelector('.contents [aria-current]')?.hash === '#two-bells');
          await Promise.all([page.waitForNavigation(), page.click('.language')]);
          await drawn(page);
          assert.equal(page.url(), new URL(`${LESSONS[to]}${state}`, HOME).href);
          assert.equal((await values(page, chapter('two-bells'))).p_mean, 0.5);
          assert.equal(await page.evaluate(() => document.documentElement.lang), to);
          await page.close();
        }
      });

      test(`${language}: the lesson in one file speaks it too`, async () => {
        const page = await openDrawn(browser, onDisk(`kl-explorer.${language}.html`));
        const { default: catalogue } = await import(`../../www/words/${language}.js`);
        const seen = await page.$eval(chapter('two-coins'), (scene) => ({
          number: scene.readouts.forward.text,
          buttons: [...scene.shadowRoot.querySelectorAll('button')].map(({ textContent }) => textContent),
          link: document.querySelector('.language'),
        }));
        // 0.2 ln(0.2/0.7) + 0.8 ln(0.8/0.3)
        assert.equal(seen.number, `0${decimal}5341 ${catalogue.nats}`);
        assert.ok(seen.buttons.includes(catalogue['Share and save']), seen.buttons.join());
        assert.equal(seen.link, null, 'the page in English is not beside the file');
        await assertClean(page);
        await page.close();
      });

      test(`${language}: what is shared from the page opens in its language`, async () => {
        const page = await openDrawn(browser, `${LESSONS[language]}#two-coins?p=0.3`);
        const { default: catalogue } = await import(`../../www/words/${language}.js`);
        const button = await page.evaluateHandle(
          (at, words) => [...document.querySelector(at).shadowRoot.querySelectorAll('button')].find(({ textContent }) => textContent === words),
          chapter('two-coins'),
          catalogue['Share and save'],
        );
        await button.asElement().click();
        const link = await (await inside(page, chapter('two-coins'), '.share .address')).evaluate((field) => field.value);
        assert.equal(link, new URL(`${LESSONS[language]}#two-coins?p=0.3`, HOME).href);
        const code = () => inside(page, chapter('two-coins'), '.share-code textarea').then((field) => field.evaluate(({ value }) => value));
        assert.ok((await code()).includes(`embed.html?scene=two-coins&amp;lang=${language}&amp;p=0.3`), await code());
        await page.evaluate(
          (at, words) => [...document.querySelector(at).shadowRoot.querySelectorAll('.share-code button')].find(({ textContent }) => textContent === words).click(),
          chapter('two-coins'),
          catalogue.Element,
        );
        assert.match(await code(), new RegExp(`lang="${language}"`));
        await page.close();
      });
    }
  });
}
