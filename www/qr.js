// A link as a QR code, to be scanned off the screen.

import * as core from './core.js';
import { attribute } from './dom.js';
import { spoken } from './share-words.js';

/** Squares of white around a code. */
const QUIET = 4;

/** The drawing of a code, named for who can't see it; a sentence where the link is too long for one. */
export function qrCode(link, words) {
  const code = core.qr(link);
  if (!code) return spoken(words, 'tooLong');
  const [drawing, squares] = ['svg', 'path'].map((tag) => document.createElementNS('http://www.w3.org/2000/svg', tag));
  const size = code.size + 2 * QUIET;
  attribute(drawing, 'viewBox', `${-QUIET} ${-QUIET} ${size} ${size}`);
  attribute(drawing, 'role', 'img');
  attribute(drawing, 'aria-label', spoken(words, 'qr'));
  attribute(squares, 'd', code.path);
  drawing.append(squares);
  return drawing;
}
