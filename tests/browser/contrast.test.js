// What is drawn can be made out: the contrast of every word, line and handle of every figure, measured on its pixels.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertClean, BROWSERS, launch } from './harness.js';
import { FRAMED, openFramed, registry, walked } from './scenes.js';

/** In the page: draws the scene's present state again, and gives what stands out too little from what is around it. */
async function faint(scene) {
  const root = scene.shadowRoot;
  const [words, lines] = [[], []];
  const drawing = CanvasRenderingContext2D.prototype;
  const own = { ...Object.getOwnPropertyDescriptors(drawing) };
  let path = [];
  const place = (context, x, y) => {
    const at = context.getTransform().transformPoint({ x, y });
    return [at.x, at.y];
  };
  const watch = (method, seen) => {
    drawing[method] = function (...given) {
      seen(this, ...given);
      return own[method].value.apply(this, given);
    };
  };
  watch('beginPath', () => (path = []));
  watch('moveTo', (context, x, y) => path.push([place(context, x, y)]));
  watch('lineTo', (context, x, y) => path.at(-1)?.push(place(context, x, y)));
  watch('stroke', (context) => lines.push({ pieces: path, color: context.strokeStyle }));
  watch('fillText', (context, text, x, y) => {
    const { actualBoundingBoxLeft: left, actualBoundingBoxRight: right, actualBoundingBoxAscent: up, actualBoundingBoxDescent: down } = context.measureText(text);
    words.push({ text, box: [...place(context, x - left, y - up), ...place(context, x + right, y + down)] });
  });
  scene.values = { ...scene.values };
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  Object.defineProperties(drawing, own);

  const canvas = root.querySelector('canvas');
  const context = canvas.getContext('2d');
  const { width, height } = canvas;
  const { data } = context.getImageData(0, 0, width, height);
  const linear = Array.from({ length: 256 }, (_, v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
  const light = Float64Array.from({ length: width * height }, (_, at) => 0.2126 * linear[data[4 * at]] + 0.7152 * linear[data[4 * at + 1]] + 0.0722 * linear[data[4 * at + 2]]);
  const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  const box = (left, top, right, bottom) => {
    const inside = [];
    for (let y = Math.max(0, Math.floor(top)); y < Math.min(height, bottom); y += 1) {
      for (let x = Math.max(0, Math.floor(left)); x < Math.min(width, right); x += 1) inside.push(light[y * width + x]);
    }
    return inside;
  };
  const around = (x, y, r) => box(x - r, y - r, x + r, y + r);
  /** How far apart what is at a place and anything right beside it are. */
  const apart = (at, beside) => {
    const [least, most] = [Math.min(...beside), Math.max(...beside)];
    return Math.max(...at.map((one) => Math.max(contrast(one, least), contrast(one, most))));
  };
  const out = [];

  for (const { text, box: at } of words) {
    const pixels = box(...at);
    const counted = new Map();
    for (const pixel of pixels) counted.set(pixel, (counted.get(pixel) ?? 0) + 1);
    const [behind] = [...counted].sort((a, b) => b[1] - a[1])[0] ?? [0];
    const most = Math.max(...pixels.map((pixel) => contrast(pixel, behind)));
    if (!(most >= 4.5)) out.push(`“${text}”: ${most.toFixed(2)}`);
  }

  // Rules and axes may lie under what is plotted, and show nothing that the numbers beside them don't.
  const probe = document.createElement('span');
  root.append(probe);
  const plain = ['rule', 'muted'].map((role) => {
    probe.style.color = `var(--kl-${role})`;
    context.strokeStyle = getComputedStyle(probe).color;
    return context.strokeStyle;
  });
  probe.remove();
  const along = new Map();
  for (const { pieces, color } of lines) {
    // Of a crowd only the whole is to be seen; each of its lines is pale.
    if (plain.includes(color) || !color.startsWith('#')) continue;
    const { all, weak } = along.get(color) ?? { all: 0, weak: 0 };
    const seen = { all, weak };
    for (const points of pieces) {
      for (let at = 1; at < points.length; at += 1) {
        const [[x0, y0], [x1, y1]] = [points[at - 1], points[at]];
        const steps = Math.max(1, Math.ceil(Math.hypot(x1 - x0, y1 - y0) / 8));
        for (let step = 0.5; step < steps; step += 1) {
          const [x, y] = [x0 + ((x1 - x0) * step) / steps, y0 + ((y1 - y0) * step) / steps];
          const here = around(x, y, 1);
          if (!here.length) continue;
          seen.all += 1;
          if (apart(here, around(x, y, 8)) < 3) seen.weak += 1;
        }
      }
    }
    along.set(color, seen);
  }
  // Where lines meet, one may be lost in the other for a little.
  for (const [color, { all, weak }] of along) if (weak > 0.02 * all) out.push(`lines of ${color}: ${weak} places of ${all}`);

  const frame = canvas.getBoundingClientRect();
  const ratio = width / frame.width;
  const handles = [...root.querySelectorAll('.handle')].map((handle) => {
    const { x, y, width: size } = handle.getBoundingClientRect();
    return [handle.dataset.id, x - frame.x + size / 2, y - frame.y + size / 2];
  });
  for (const [id, x, y] of handles) {
    if (x < 3 || y < 3 || x > frame.width - 3 || y > frame.height - 3) continue;
    const most = apart(around(x * ratio, y * ratio, 2 * ratio), around(x * ratio, y * ratio, 8 * ratio));
    if (most < 3) out.push(`${id}: ${most.toFixed(2)}`);
  }
  return { out, words: words.length, lines: [...along.values()].reduce((sum, { all }) => sum + all, 0), handles: handles.length };
}

for (const name of BROWSERS) {
  describe(name, { timeout: 600_000 }, () => {
    let browser;
    let scenes;

    before(async () => {
      browser = await launch(name);
      const page = await openFramed(browser, 'scene=two-bells');
      scenes = (await registry(page)).map(({ id }) => id);
      await page.close();
    });

    after(() => browser?.close());

    for (const [turn, [what, options]] of [
      ['light', {}],
      ['dark', { theme: 'dark' }],
      ['forced colours', { forcedColors: true, theme: 'dark' }],
    ].entries()) {
      test(`words stand out 4.5 to 1, lines and handles 3 to 1, as they are drawn: ${what}`, async () => {
        assert.ok(scenes.length > 10);
        for (const id of walked(browser, scenes, turn)) {
          const page = await openFramed(browser, `scene=${id}`, { ...options, ratio: 2 });
          const { out, ...seen } = await page.$eval(FRAMED, faint);
          assert.deepEqual(out, [], id);
          assert.ok(seen.words > 10 && seen.lines > 20 && seen.handles > 0, `${id}: ${JSON.stringify(seen)}`);
          await assertClean(page);
          await page.close();
        }
      });
    }
  });
}
