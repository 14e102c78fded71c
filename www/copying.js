// Words to be copied, wherever the page stands.

import { write } from './dom.js';
import { spoken } from './share-words.js';

/**
 * Copies what a field holds, and tells so: `done` is what share-words.js calls the sentence. Where the page may not, the
 * field is shown with its words selected, to be copied by hand.
 */
export async function copyFrom(field, told, words, done) {
  const { activeElement } = field.getRootNode();
  const copied = await copy(field.value, told.parentNode);
  if (copied) activeElement?.focus();
  else {
    field.hidden = false;
    field.select();
  }
  write(told, spoken(words, copied ? done : 'notCopied'));
}

async function copy(words, near) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return copyBySelection(words, near);
  }
}

/** The old way, which works in frames that were not given leave to use the clipboard. */
function copyBySelection(words, near) {
  const field = document.createElement('textarea');
  field.className = 'unseen';
  field.value = words;
  near.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  return done;
}
