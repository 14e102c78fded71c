// Saving a file, and the doubt whether the browser did.

import { element } from './dom.js';

/** Names of files stay shorter than this. */
const LONGEST = 100;

let last = null;

/** Hands a file to the browser to be saved. A frame that may not save does nothing, and tells nobody. */
export function save(name, type, content, near) {
  // The address of the file before is not needed any more.
  if (last) URL.revokeObjectURL(last);
  last = URL.createObjectURL(new Blob([content], { type }));
  const link = element('a', { href: last, download: name, hidden: true });
  near.append(link);
  link.click();
  link.remove();
}

/** Whether saving may have done nothing: in a frame that may be fenced in, or on a page that is. */
export function mayBeRefused() {
  return parent !== window || (origin === 'null' && location.protocol !== 'file:');
}

/** A readable name: the scene and what differs from its defaults, as far as there is room. */
export function fileName(scene, query, ending) {
  let name = `kl-${scene}`;
  for (const [field, value] of query) {
    const longer = `${name}_${field}_${value}`.replaceAll(/[^\w.-]/g, '-');
    if (longer.length > LONGEST) break;
    name = longer;
  }
  return `${name}.${ending}`;
}
