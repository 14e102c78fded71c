// What sharing says, in one place.

/** Templates by name. */
export const WORDS = {
  share: 'Share and save',
  link: 'Link to this state',
  copy: 'Copy',
  copyLink: 'Copy the link',
  copyCode: 'Copy the code',
  linkCopied: 'The link is copied.',
  codeCopied: 'The code is copied.',
  notCopied: 'This page may not copy; it is selected, to be copied by hand.',
  qr: 'QR code of the link',
  tooLong: 'The link is too long for a QR code.',
  figure: 'The figure, with its caption and link',
  picture: 'Picture, PNG',
  drawing: 'Drawing, SVG',
  data: 'Data, CSV',
  colours: 'Colours',
  shown: 'as shown',
  light: 'light',
  dark: 'dark',
  saved: 'Saved as {name}.',
  doubtful: 'If no file {name} appeared, this frame may not save files. Here it is, to be taken by hand.',
  byHandPicture: 'Right-click or press and hold the picture to save or copy it.',
  failed: 'The file could not be made: {why}.',
  code: 'This state in other places',
  frame: 'Frame',
  element: 'Element',
  bibtex: 'BibTeX',
  python: 'Python',
  rust: 'Rust',
  heading: '{title}, from KL Explorer: {link}',
  number: '{label}: {value}',
  source: 'KL Explorer',
};

/** A template by its name, with words by theirs. */
export function said(words, name, given = {}) {
  return words.say({ key: WORDS[name], args: Object.entries(given).map(([arg, is]) => [arg, { kind: 'name', is }]) });
}
