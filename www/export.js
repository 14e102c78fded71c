// The figure to take away: as a picture, as a drawing, as data; each with its caption and link, and with nothing that is
// not drawn.

import { FONT, figureWidth, layout, plainCaption } from './caption.js';
import * as core from './core.js';
import { element } from './dom.js';
import { described } from './png.js';

/** CSS pixels, whatever the window: the same state gives the same picture everywhere. */
const WIDTH = 848;
const RATIO = 2;
const SVG = 'http://www.w3.org/2000/svg';

const asked = (request, colors) => ({ ...request, width: figureWidth(WIDTH), ratio: RATIO, scale: 1, colors });

/** The picture on a canvas, with two pixels to the CSS pixel. */
export function picture(request, colors, caption) {
  const figure = element('canvas');
  const { height } = core.render(figure, asked(request, colors));
  const { lines, corner, height: whole } = layout(caption, WIDTH, height);
  const canvas = element('canvas', { width: RATIO * WIDTH, height: RATIO * whole });
  const context = canvas.getContext('2d');
  context.scale(RATIO, RATIO);
  context.fillStyle = colors.paper;
  context.fillRect(0, 0, WIDTH, whole);
  context.drawImage(figure, corner.x, corner.y, figureWidth(WIDTH), height);
  for (const { text, x, y, size, weight, color } of lines) {
    context.font = `${weight} ${size}px ${FONT}`;
    context.fillStyle = colors[color];
    context.fillText(text, x, y);
  }
  return canvas;
}

/** A canvas as a PNG file that carries its caption as words too. */
export async function png(canvas, caption) {
  const blob = await new Promise((done) => canvas.toBlob(done, 'image/png'));
  const { title, description, numbers, link } = caption;
  const words = { Title: title, Description: [description, ...numbers].filter(Boolean).join('\n'), ...(link && { Source: link }) };
  return described(new Uint8Array(await blob.arrayBuffer()), words, RATIO);
}

/** The drawing with its caption as an SVG document; text stays text. */
export function svg(request, colors, caption) {
  const figure = new DOMParser().parseFromString(core.svg(asked(request, colors)), 'image/svg+xml').documentElement;
  const { lines, corner, height } = layout(caption, WIDTH, Number(figure.getAttribute('height')));
  const document = new DOMParser().parseFromString(`<svg xmlns="${SVG}"/>`, 'image/svg+xml');
  const add = (parent, tag, attributes, words = '') => {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.textContent = words;
    parent.append(made);
  };
  const root = document.documentElement;
  for (const [name, value] of Object.entries({ width: WIDTH, height, viewBox: `0 0 ${WIDTH} ${height}`, role: 'img' })) {
    root.setAttribute(name, value);
  }
  const [title, ...rest] = plainCaption(caption);
  add(root, 'title', {}, title);
  add(root, 'desc', {}, rest.join('\n'));
  add(root, 'rect', { width: WIDTH, height, fill: colors.paper });
  // The caption's words in the page's language stand for those of the figure.
  figure.querySelectorAll('title, desc').forEach((words) => words.remove());
  figure.removeAttribute('role');
  figure.setAttribute('x', corner.x);
  figure.setAttribute('y', corner.y);
  root.append(document.adoptNode(figure));
  for (const { text, x, y, size, weight, color } of lines) {
    add(root, 'text', { x, y, 'font-family': FONT, 'font-size': size, 'font-weight': weight, fill: colors[color] }, text);
  }
  return `${new XMLSerializer().serializeToString(root)}\n`;
}

/** What is plotted, as CSV; the caption stands above it as comments. */
export function csv(request, caption) {
  const comments = plainCaption(caption).map((line) => `# ${line}\r\n`);
  return `${comments.join('')}${core.csv(request)}`;
}
