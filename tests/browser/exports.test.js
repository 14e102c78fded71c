// The figure as files: picture, drawing and data hold what is drawn, with its caption and link, and nothing else.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { launchSaving, readCsv, readPng } from './files.js';
import { assertClean, BROWSERS, HOME, openPage } from './harness.js';
import { drawn, FRAMED, inside, openFramed, registry, visibleText, walked } from './scenes.js';
import { openShare, pixels, press } from './sharing.js';

const STATE = 'scene=two-bells&p_mean=-2&q_sd=0.35';
const NAME = 'kl-two-bells_p_mean_-2_q_sd_0.35';
const LINK = `${HOME}index.html#two-bells?p_mean=-2&q_sd=0.35`;
/** What the CSS pixel is in metres. */
const CSS_PIXEL = 0.0254 / 96;

const [PNG, SVG, CSV] = ['Picture, PNG', 'Drawing, SVG', 'Data, CSV'];

/** The main numbers as they stand under the figure, and the sentence that says what is to be seen. */
function captionShown(page) {
  return page.$eval(FRAMED, ({ shadowRoot, readouts }) => ({
    description: shadowRoot.querySelector('.said').textContent,
    numbers: [...shadowRoot.querySelectorAll('.main .number')].map(
      (tile) => `${tile.querySelector('dt').textContent}: ${readouts[tile.dataset.id].text}`,
    ),
  }));
}

/** What the core says is plotted, as the lines of a table. */
function plotted(page, query) {
  return page.evaluate(async (search) => {
    const core = await import(new URL('core.js', location.href));
    const { readState } = await import(new URL('link.js', location.href));
    await core.init();
    const { default: start, table } = await import(new URL('pkg/kl_explorer.js', location.href));
    await start();
    const parameters = new URLSearchParams(search);
    const request = { scene: parameters.get('scene'), values: readState(search, ['scene']).values, asked: parameters.has('question') };
    // As words, since infinity does not cross from page to test.
    return table(request).flatMap(({ points }) => points.map((point) => point.map(String)));
  }, query);
}

/** A document parsed as XML: its size, the words of its text, title and desc, and what fills its ground. */
function parseSvg(page, text) {
  return page.evaluate((source) => {
    const root = new DOMParser().parseFromString(source, 'image/svg+xml').documentElement;
    const words = (tag) => [...root.querySelectorAll(tag)].map((node) => node.textContent.trim());
    return {
      tag: root.tagName,
      size: [root.getAttribute('width'), root.getAttribute('height')].map(Number),
      texts: words('text'),
      title: words('title'),
      desc: words('desc'),
      ground: root.querySelector('rect').getAttribute('fill'),
      lines: root.querySelectorAll('polyline').length,
      pictures: root.querySelectorAll('image, script, foreignObject').length,
    };
  }, text);
}

/** The colours at some places of a drawing, rendered by the browser. */
function rendered(page, text) {
  return page.evaluate(async (source) => {
    const image = new Image();
    image.src = `data:image/svg+xml,${encodeURIComponent(source)}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: image.naturalWidth, height: image.naturalHeight });
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const colors = new Set();
    for (let at = 0; at < data.length; at += 4) colors.add(`${data[at]},${data[at + 1]},${data[at + 2]}`);
    return { size: [canvas.width, canvas.height], corner: [...data.slice(0, 3)], colors: colors.size };
  }, text);
}

for (const name of BROWSERS) {
  describe(name, { timeout: 600_000 }, () => {
    let browser;
    let saved;
    let close;

    before(async () => {
      ({ browser, saved, close } = await launchSaving(name));
    });

    after(() => close?.());

    async function opened(query, options) {
      const page = await openFramed(browser, query, options);
      await openShare(page, FRAMED);
      return page;
    }

    async function file(page, button, ending, base = NAME) {
      await press(page, FRAMED, button);
      return saved(page, `${base}.${ending}`);
    }

    test('the picture has two pixels to one, and carries title, description, numbers and link', async () => {
      const page = await opened(STATE);
      const { description, numbers } = await captionShown(page);
      const content = await file(page, PNG, 'png');
      assert.equal(await visibleText(page, FRAMED, '.share > .told'), `Saved as ${NAME}.png.`);
      const png = readPng(content);
      assert.equal(png.width, 1696);
      assert.ok(Math.abs(png.perMetre * CSS_PIXEL - 2) < 1e-3, `${png.perMetre} pixels to the metre`);
      assert.match(description, /^D\(P‖Q\) is /);
      assert.deepEqual(png.words, { Title: 'Two bells', Description: [description, ...numbers].join('\n'), Source: LINK });
      const { data, width, height } = await pixels(page, content);
      assert.deepEqual([width, height], [png.width, png.height]);
      assert.deepEqual([...data.slice(0, 3)], [255, 255, 255]);
      // Something is drawn in each tenth of its height: title, both panels, caption.
      for (let tenth = 0; tenth < 10; tenth += 1) {
        const part = data.subarray(4 * width * Math.floor((height * tenth) / 10), 4 * width * Math.floor((height * (tenth + 1)) / 10));
        assert.ok(part.some((value) => value < 200), `nothing in tenth ${tenth}`);
      }
      await assertClean(page);
    });

    test('the drawing is an SVG document with its text as text, in the colours that are chosen', async () => {
      const page = await opened(STATE, { theme: 'dark' });
      const { description, numbers } = await captionShown(page);
      const grounds = { light: [255, 255, 255], dark: [0x15, 0x18, 0x1d], 'as shown': [0x15, 0x18, 0x1d] };
      for (const [colours, ground] of Object.entries(grounds)) {
        await press(page, FRAMED, colours);
        const text = (await file(page, SVG, 'svg')).toString('utf8');
        const svg = await parseSvg(page, text);
        assert.equal(svg.tag, 'svg');
        assert.deepEqual(svg.title, ['Two bells']);
        assert.deepEqual(svg.desc, [[description, ...numbers, LINK].join('\n')]);
        for (const words of ['Two bells', description, 'density', 'p ln(p/q)', LINK]) assert.ok(svg.texts.includes(words), `${words} in ${svg.texts}`);
        assert.ok(svg.texts.some((line) => numbers.every((number) => line.includes(number.split(': ')[1]))), svg.texts.join('|'));
        assert.ok(svg.lines > 10 && svg.pictures === 0);
        const picture = await rendered(page, text);
        assert.deepEqual(picture.size, svg.size);
        assert.deepEqual(picture.corner, ground, colours);
        assert.ok(picture.colors > 50, `${picture.colors} colours`);
      }
      await assertClean(page);
    });

    test('the data are exactly the points that are plotted, under the caption', async () => {
      const scenes = await registry(await openFramed(browser, 'scene=two-coins'));
      for (const { id } of [...walked(browser, scenes.filter(({ id: one }) => one !== 'two-bells')), { id: 'two-bells' }]) {
        const query = id === 'two-bells' ? STATE : `scene=${id}`;
        const page = await opened(query);
        const { comments, rows } = readCsv((await file(page, CSV, 'csv', id === 'two-bells' ? NAME : `kl-${id}`)).toString('utf8'));
        const { description, numbers } = await captionShown(page);
        assert.deepEqual(comments.slice(1, -1), [description, ...numbers], id);
        assert.equal(comments.at(-1), id === 'two-bells' ? LINK : `${HOME}index.html#${id}`);
        const [head, ...points] = rows;
        assert.deepEqual(head.slice(0, 4), ['panel', 'series', 'x', 'y']);
        assert.ok(points.every((row) => row.length === head.length), id);
        const want = await plotted(page, query);
        assert.ok(want.length > 3, `${id}: ${want.length} points`);
        const number = (field) => String({ inf: Infinity, '-inf': -Infinity }[field] ?? Number(field));
        // Contours and maps come after the series.
        assert.deepEqual(points.slice(0, want.length).map((row) => row.slice(2, 4).map(number)), want, id);
        await page.close();
      }
    });

    test('the densities in the data are those of the closed form, where the data say', async () => {
      const page = await opened(STATE);
      const { rows } = readCsv((await file(page, CSV, 'csv')).toString('utf8'));
      for (const [series, mean, sd] of [['P', -2, 0.8], ['Q', 1, 0.35]]) {
        const density = (x) => Math.exp(-0.5 * ((x - mean) / sd) ** 2) / (sd * Math.sqrt(2 * Math.PI));
        const points = rows.filter(([panel, name]) => panel === 'densities' && name === series).map((row) => row.slice(2, 4).map(Number));
        assert.ok(points.length > 100, `${series}: ${points.length} points`);
        // As right as it is written.
        for (const [x, y] of points) assert.ok(Math.abs(y - density(x)) <= 1e-12 * density(x), `${series} at ${x}: ${y} for ${density(x)}`);
        assert.ok(points.some(([x]) => Math.abs(x - mean) < 0.1 * sd), `${series} has its top`);
      }
    });

    test('while a question is open nothing that is taken away answers it', async () => {
      // The answer is 555.56 nats, or 801.5 bits.
      const page = await opened('scene=two-bells&question=far-apart');
      const base = 'kl-two-bells_p_mean_-5_p_sd_0.3_q_mean_5_q_sd_0.3_question_far-apart';
      const png = readPng(await file(page, PNG, 'png', base));
      assert.equal(png.words.Description, '');
      assert.match(png.words.Source, /question=far-apart$/);
      const { texts, title, desc } = await parseSvg(page, (await file(page, SVG, 'svg', base)).toString('utf8'));
      assert.ok(texts.includes('density'), texts.join('|'));
      assert.doesNotMatch([...texts, ...title, ...desc].join('\n'), /555|801|ln\(p|D\(P/);
      const csv = (await file(page, CSV, 'csv', base)).toString('utf8');
      assert.doesNotMatch(csv, /555\.|801\.|D\(P|integrands/);
      assert.match(csv, /\r\ndensities,P,/);
      const codes = await page.$eval(FRAMED, (scene) =>
        [...scene.shadowRoot.querySelectorAll('.share-code .segments button')].filter((one) => one.checkVisibility()).map((one) => one.textContent),
      );
      assert.deepEqual(codes, ['Frame', 'Element', 'BibTeX']);
    });

    test('a frame that may not save says so, and offers the content to be taken by hand', async () => {
      const server = createServer((_, response) => {
        // Allowed to run scripts, and nothing else: no downloads.
        const frame = `<iframe sandbox="allow-scripts allow-same-origin" width=900 height=3600 src="${HOME}www/embed.html?${STATE}" title="KL"></iframe>`;
        response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(`<!doctype html><title>A course</title>${frame}`);
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      try {
        const page = await openPage(browser, `http://127.0.0.1:${server.address().port}/`);
        const framed = await page.waitForFrame((frame) => frame.url().includes('embed.html'));
        await drawn(framed);
        await openShare(framed, FRAMED);
        const told = (ending) => framed.waitForFunction((end) => document.querySelector('kl-scene').shadowRoot.querySelector('.share > .told').textContent.includes(end), {}, ending);
        await press(framed, FRAMED, CSV);
        await told('.csv');
        assert.match(await visibleText(framed, FRAMED, '.share > .told'), /^If no file .* appeared/);
        const text = await (await inside(framed, FRAMED, '.by-hand .code')).evaluate((field) => field.value);
        assert.ok(text.includes(LINK) && text.includes('densities,P,'), text.slice(0, 300));
        await press(framed, FRAMED, PNG);
        await told('.png');
        const width = await (await inside(framed, FRAMED, '.by-hand canvas')).evaluate((canvas) => canvas.width);
        assert.equal(width, 1696);

        // It stands while the figure is drawn anew, is told to be old after a change, and goes when it is put away.
        const redrawn = () => framed.$eval(FRAMED, (scene) => scene.values);
        const seen = () => framed.$eval(FRAMED, ({ shadowRoot }) => shadowRoot.querySelector('.by-hand canvas')?.checkVisibility() ?? false);
        const note = () => visibleText(framed, FRAMED, '.by-hand > .told');
        const wide = await framed.$eval(FRAMED, ({ shadowRoot }) => shadowRoot.querySelector('.plot > canvas').width);
        await page.$eval('iframe', (frame) => (frame.width = 500));
        await framed.waitForFunction((before) => document.querySelector('kl-scene').shadowRoot.querySelector('.plot > canvas').width !== before, {}, wide);
        assert.deepEqual([await seen(), await note()], [true, '']);
        assert.match(await visibleText(framed, FRAMED, '.share > .told'), /^If no file .*\.png appeared/);
        await framed.$eval(FRAMED, (scene) => (scene.values = { p_mean: -1 }));
        await redrawn();
        assert.deepEqual([await seen(), await note()], [true, 'The scene has changed since; this is what it was before.']);
        await press(framed, FRAMED, 'Close');
        assert.equal(await seen(), false);
      } finally {
        server.close();
      }
    });
  });
}
