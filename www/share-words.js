// What sharing says, in one place.

import { phrase } from './phrase.js';

/** Templates by name. */
export const WORDS = {
  share: phrase('Share and save'),
  link: phrase('Link to this state'),
  copy: phrase('Copy'),
  copyLink: phrase('Copy the link'),
  copyCode: phrase('Copy the code'),
  linkCopied: phrase('The link is copied.'),
  codeCopied: phrase('The code is copied.'),
  linkFollowed: phrase('The state has changed, and the link with it.'),
  notCopied: phrase('This page may not copy; it is selected, to be copied by hand.'),
  qr: phrase('QR code of the link'),
  tooLong: phrase('The link is too long for a QR code.'),
  figure: phrase('The figure, with its caption and link'),
  picture: phrase('Picture, PNG'),
  drawing: phrase('Drawing, SVG'),
  data: phrase('Data, CSV'),
  print: phrase('Print this scene'),
  unprinted: phrase('This frame may not print. Here is the drawing, to be printed from elsewhere.'),
  colours: phrase('Colours'),
  shown: phrase('as shown'),
  light: phrase('light'),
  dark: phrase('dark'),
  saved: phrase('Saved as {name}.'),
  doubtful: phrase('If no file {name} appeared, this frame may not save files. Here it is, to be taken by hand.'),
  stale: phrase('The scene has changed since; this is what it was before.'),
  close: phrase('Close'),
  byHandPicture: phrase('Right-click or press and hold the picture to save or copy it.'),
  failed: phrase('The file could not be made: {why}.'),
  code: phrase('This state in other places'),
  frame: phrase('Frame'),
  element: phrase('Element'),
  bibtex: phrase('BibTeX'),
  python: phrase('Python'),
  rust: phrase('Rust'),
  heading: phrase('{title}, from KL Explorer: {link}'),
  unlinked: phrase('{title}, from KL Explorer'),
  number: phrase('{label}: {value}'),
  source: phrase('KL Explorer'),
};

/** A template by its name, with words by theirs. */
export function spoken(words, name, given = {}) {
  return words.say({ key: WORDS[name], args: Object.entries(given).map(([arg, is]) => [arg, { kind: 'name', is }]) });
}
