// What goes with a figure wherever it is taken: title, description, main numbers and link, and where they stand around it.

import { element } from './dom.js';
import { spoken } from './share-words.js';

/** As the figures have it. */
export const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";
const MARGIN = 24;
const STYLES = {
  title: { size: 18, weight: 'bold', color: 'ink' },
  description: { size: 14, weight: 'normal', color: 'ink' },
  numbers: { size: 14, weight: 'bold', color: 'ink' },
  link: { size: 12, weight: 'normal', color: 'muted' },
};

/** The words that go with a reply. While a question is `asked`, none that would answer it. */
export function captionOf(reply, words, { title, link, asked }) {
  const main = asked ? [] : reply.readouts.filter(({ group }) => !group.key);
  return {
    title,
    description: asked ? '' : words.say(reply.description),
    numbers: main.map((readout) => spoken(words, 'number', { label: words.say(readout.label), value: words.quantity(readout) })),
    link,
  };
}

/** The caption as sentences, one a line. */
export function plainCaption({ title, description, numbers, link }) {
  return [title, description, ...numbers, link].filter(Boolean);
}

/** The width of the figure in a picture of `width`. */
export const figureWidth = (width) => width - 2 * MARGIN;

/**
 * Where everything stands in a picture of `width`: `lines` of {text, x, y, size, weight, color}, the figure's corner
 * and the whole height.
 */
export function layout({ title, description, numbers, link }, width, height) {
  const context = element('canvas').getContext('2d');
  const lines = [];
  let y = MARGIN;
  const put = (kind, words, between = 1) => {
    const { size, weight, color } = STYLES[kind];
    context.font = `${weight} ${size}px ${FONT}`;
    for (const text of wrapped(words, between, (part) => context.measureText(part).width <= figureWidth(width))) {
      y += size;
      lines.push({ text, x: MARGIN, y, size, weight, color });
      y += 0.4 * size;
    }
  };
  put('title', title.split(' '));
  y += 8;
  const corner = { x: MARGIN, y };
  y += height + 8;
  if (description) put('description', description.split(' '));
  if (numbers.length) put('numbers', numbers, 4);
  y += 4;
  if (link) put('link', [link]);
  return { lines, corner, height: Math.ceil(y + MARGIN - 4) };
}

/** Parts put together to lines that fit, with so many spaces between; a part too long for a line is cut. */
function wrapped(parts, between, fits) {
  const lines = [];
  let line = '';
  for (const part of parts) {
    const longer = line ? `${line}${'\u00a0'.repeat(between - 1)} ${part}` : part;
    if (fits(longer)) {
      line = longer;
      continue;
    }
    if (line) lines.push(line);
    line = part;
    while (!fits(line)) {
      let length = line.length - 1;
      while (length > 1 && !fits(line.slice(0, length))) length -= 1;
      lines.push(line.slice(0, length));
      line = line.slice(length);
    }
  }
  return [...lines, line];
}
