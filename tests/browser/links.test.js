// States from outside, good and bad: typed into fields, in links, in attributes, by properties.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertClean, BROWSERS, launch } from './harness.js';
import { chapter, drawn, FRAMED, inside, openDrawn, openFramed, shown, type, values, visibleText } from './scenes.js';

const notices = (page, selector) =>
  page.$eval(selector, (scene) => [...scene.shadowRoot.querySelectorAll('.notices li')].map((item) => item.textContent));

for (const name of BROWSERS) {
  describe(name, { timeout: 600_000 }, () => {
    let browser;

    before(async () => {
      browser = await launch(name);
    });

    after(() => browser?.close());

    for (const [text, rule] of [
      ['99', 'sd of P: 99 is outside 0.1 to 4'],
      ['wide', 'sd of P: wide is not a number'],
      ['', 'sd of P: (nothing) is not a number'],
      ['1e999', 'sd of P: 1e999 is not a number'],
      ['NaN', 'sd of P: NaN is not a number'],
      ['1,5,3', 'sd of P: 1,5,3 is not a number; write it like 0.5, 1/20 or 5 %'],
    ]) {
      test(`typing “${text}” is refused beside the field, and changes nothing`, async () => {
        const page = await openFramed(browser, 'scene=two-bells');
        const before = await shown(page, FRAMED);
        const field = await inside(page, FRAMED, '[data-control="p_sd"] .field');
        await field.evaluate((input) => input.select());
        if (text === '') {
          await field.focus();
          await page.keyboard.press('Backspace');
          await page.keyboard.press('Enter');
        } else {
          await type(page, FRAMED, 'p_sd', text);
        }
        const refusal = await visibleText(page, FRAMED, '[data-control="p_sd"] .refusal');
        assert.ok(refusal.startsWith(rule.replace(/ to .*/, '')), refusal);
        assert.match(refusal, /^sd of P: /);
        assert.deepEqual(await shown(page, FRAMED), before);
        assert.equal(await field.evaluate((input) => input.value), text, 'the typed text stays, to be mended');
        assert.equal(await field.evaluate((input) => input.getAttribute('aria-invalid')), 'true');
        await field.evaluate((input) => input.select());
        await page.keyboard.type('0.8');
        assert.equal(await visibleText(page, FRAMED, '[data-control="p_sd"] .refusal'), '', 'what is as it was is not refused');
        await type(page, FRAMED, 'p_sd', '1.5');
        assert.equal((await values(page, FRAMED)).p_sd, 1.5);
        assert.equal(await visibleText(page, FRAMED, '[data-control="p_sd"] .refusal'), '');
        await assertClean(page);
      });
    }

    test('a link sets what it may, names what it may not, and applies the rest', async () => {
      const page = await openDrawn(browser, '#two-bells?p_mean=99&q_mean=-0&__proto__=1&foo=%3Cb%3E1&onclick=x&style=y&p_sd=2&units=nuts');
      const at = chapter('two-bells');
      assert.deepEqual(await values(page, at), { p_mean: -1, p_sd: 2, q_mean: 0, q_sd: 1.6 });
      const told = (await notices(page, at)).sort();
      assert.deepEqual(
        told.map((sentence) => sentence.split(':')[0]),
        ['__proto__', 'foo', 'mean of P (p_mean)', 'onclick', 'style', 'units'],
      );
      assert.match(told[1], /^foo: <b>1 is set, but this scene has no such control/);
      assert.match(told[2], /^mean of P \(p_mean\): 99 is outside −6 to 6\. It was left out\.$/);
      assert.match(told[5], /^units: nuts is not one of nats, bits/);
      await assertClean(page);
    });

    test('words that an attribute does not know are told, and what is set stays', async () => {
      const page = await openFramed(browser, 'scene=two-bells&p_mean=2');
      await page.$eval(FRAMED, (scene) => scene.setAttribute('units', 'nuts'));
      await page.waitForFunction((at) => document.querySelector(at).shadowRoot.querySelector('.notices li'), {}, FRAMED);
      assert.deepEqual(await notices(page, FRAMED), ['units: nuts is not one of nats, bits. It was left out.']);
      await page.$eval(FRAMED, (scene) => scene.setAttribute('chrome', 'golden'));
      await page.waitForFunction(
        (at) => document.querySelector(at).shadowRoot.querySelectorAll('.notices li').length === 2,
        {},
        FRAMED,
      );
      assert.match((await notices(page, FRAMED))[1], /^chrome: golden is not one of full, bare, figure, lecture\./);
      await assertClean(page);
    });

    test('a request that is not written as one is refused by field, value and rule', async () => {
      const page = await openFramed(browser, 'scene=two-bells');
      const refusals = await page.evaluate(async () => {
        const core = await import('./core.js');
        const asked = (request) => {
          try {
            return core.probe(request, 0, 0);
          } catch ({ message, field }) {
            return [message, field];
          }
        };
        return [{}, { scene: 'two-bells', with: 720 }, { scene: 'two-bells', width: 'wide' }, { scene: 'two-bells', values: { p_sd: [] } }].map(asked);
      });
      assert.deepEqual(refusals[0], ['scene: (nothing) is missing: it must be given', 'scene']);
      assert.match(refusals[1][0], /^with: 720 is not a field here; the fields are .*scene.*width/);
      assert.deepEqual(refusals[2], ['width: "wide" must be a number', 'width']);
      assert.match(refusals[3][0], /^values\.p_sd: .* must be a number, a text, true or false$/);
    });

    test('a program that sets what is no value of a control is told so, and the rest holds', async () => {
      const page = await openFramed(browser, 'scene=two-bells');
      for (const told of ['{}', '[1]', 'function', 'symbol']) {
        await page.$eval(
          FRAMED,
          (scene, name) => (scene.values = { p_mean: { '{}': {}, '[1]': [1], function: () => 1, symbol: Symbol() }[name], q_mean: 2 }),
          told,
        );
        await page.waitForFunction((at, words) => document.querySelector(at).shadowRoot.querySelector('.notices').textContent.includes(words), {}, FRAMED, `(p_mean): ${told} is not a number`);
        assert.deepEqual(await values(page, FRAMED), { p_mean: -1, p_sd: 0.8, q_mean: 2, q_sd: 1.6 });
      }
      await assertClean(page);
    });

    test('a zero in a link is a value', async () => {
      const page = await openFramed(browser, 'scene=two-coins&p=0.15&q=0');
      assert.deepEqual(await values(page, FRAMED), { p: 0.15, q: 0 });
      assert.deepEqual(await notices(page, FRAMED), []);
    });

    test('links that are broken in other ways do no harm', async () => {
      for (const hash of ['#two-bells?%', '#two-bells?=&&&==', '#%E0%A4%A', '#two-bells?p_mean=1&p_mean=2', `#two-bells?${'x'.repeat(5000)}=1`]) {
        const page = await openDrawn(browser, hash);
        await assertClean(page);
        await page.close();
      }
    });

    test('a scene that does not exist is named', async () => {
      const page = await openDrawn(browser, '#three-bells?p_mean=0');
      assert.match(await page.$eval('#notices', (n) => n.innerText), /three-bells is not the name of a scene/);
      await page.goto(new URL('www/embed.html?scene=three-bells', page.url()).href);
      await page.waitForFunction(() => document.querySelector('kl-scene')?.shadowRoot?.textContent.includes('three-bells is not the name of a scene'));
    });

    test('the link that is copied leads to the same state', async () => {
      const page = await openFramed(browser, 'scene=two-bells&q_sd=0.35&units=bits');
      await type(page, FRAMED, 'p_mean', '0.123');
      const here = await shown(page, FRAMED);
      const link = await page.evaluate(async () => {
        const { address } = await import(new URL('link.js', location.href));
        const scene = document.querySelector('kl-scene');
        let copied = null;
        navigator.clipboard.writeText = async (text) => (copied = text);
        const buttons = [...scene.shadowRoot.querySelectorAll('.tools button')];
        buttons.find((button) => button.textContent === 'Copy link').click();
        await Promise.resolve();
        return copied ?? String(address);
      });
      assert.match(link, /index\.html#two-bells\?p_mean=0\.123&q_sd=0\.35&units=bits$/);
      const lesson = await openDrawn(browser, link.slice(link.indexOf('index.html')));
      const there = await shown(lesson, chapter('two-bells'));
      assert.deepEqual([there.values, there.readouts], [here.values, here.readouts]);
    });

    test('a link followed on the open page takes its scene there', async () => {
      const page = await openDrawn(browser);
      await page.evaluate(() => (location.hash = '#two-coins?p=0.9&q=0.6'));
      await page.waitForFunction((at) => document.querySelector(at).values.p === 0.9, {}, chapter('two-coins'));
      assert.deepEqual(await values(page, chapter('two-coins')), { p: 0.9, q: 0.6 });
    });

    test('attributes: dashes for underscores, bad ones told, reset goes back to them', async () => {
      const page = await openFramed(browser, 'scene=two-coins');
      await page.evaluate(() => {
        document.querySelector('main').innerHTML =
          '<kl-scene scene="two-bells" p-mean="0" q-sd="wide" class="x" data-y="1" aria-label="z" lang="en"></kl-scene>';
      });
      await drawn(page);
      assert.deepEqual(await values(page, FRAMED), { p_mean: 0, p_sd: 0.8, q_mean: 1, q_sd: 1.6 });
      assert.deepEqual((await notices(page, FRAMED)).map((sentence) => sentence.split(':')[0]), ['sd of Q (q_sd)']);
      await page.$eval(FRAMED, (scene) => scene.setAttribute('q-sd', '2'));
      await page.waitForFunction(() => document.querySelector('kl-scene').values.q_sd === 2);
      await type(page, FRAMED, 'p_mean', '3');
      const reset = await page.evaluateHandle(() =>
        [...document.querySelector('kl-scene').shadowRoot.querySelectorAll('.tools button')].find((b) => b.textContent === 'Reset'),
      );
      await reset.asElement().evaluate((button) => button.click());
      assert.deepEqual(await values(page, FRAMED), { p_mean: 0, p_sd: 0.8, q_mean: 1, q_sd: 2 });
    });

    test('numbers and fields follow the language of the page', async () => {
      const page = await openFramed(browser, 'scene=two-coins');
      await page.evaluate(() => {
        document.querySelector('main').innerHTML = '<div lang="de"><kl-scene scene="two-coins" p="0.2" q="0.7"></kl-scene></div>';
      });
      await drawn(page);
      assert.match(await visibleText(page, FRAMED, '.main'), /0,5341/);
      await type(page, FRAMED, 'p', '0,6');
      assert.equal((await values(page, FRAMED)).p, 0.6);
      assert.equal(await (await inside(page, FRAMED, '[data-control="p"] .field')).evaluate((field) => field.value), '0,6');
    });
  });
}
