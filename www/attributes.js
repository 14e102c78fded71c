// Attributes as control values: every attribute that HTML, the element and the page's tools don't know is a control.

/** What the element itself reads. */
export const OWN = ['scene', 'units', 'chrome', 'controls', 'question'];

const GLOBAL = new Set(
  `accesskey autocapitalize autocorrect autofocus class contenteditable dir draggable enterkeyhint exportparts height
  hidden id inert inputmode is itemid itemprop itemref itemscope itemtype lang nonce part popover role slot spellcheck
  style tabindex title translate width writingsuggestions`.split(/\s+/),
);

/** The control that an attribute sets; null if it sets none. */
export function controlOf(name) {
  const other = OWN.includes(name) || GLOBAL.has(name) || /^(data-|aria-|on|xml)/.test(name) || name.includes(':');
  return other ? null : name.replaceAll('-', '_');
}

/** The control values that an element's attributes set, as they are written. */
export function valuesOf(host) {
  const values = {};
  for (const { name, value } of host.attributes) {
    const control = controlOf(name);
    if (control) values[control] = value;
  }
  return values;
}
