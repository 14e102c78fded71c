// Words of the page that are said elsewhere than where they stand. Translators are shown the literals of `say`, `phrase`
// and `Refusal`.

/** Marks a template. */
export const phrase = (template) => template;

/** A fault in words for the reader, as every error of the core is: `text` is what it says, `message` says it in English. */
export class Refusal extends Error {
  constructor(key, given = {}) {
    super(key.replace(/\{(\w+)\}/g, (whole, name) => given[name] ?? whole));
    this.text = { key, args: Object.entries(given) };
  }
}

/** What a fault says. */
export const said = (fault) => fault.text ?? String(fault.message ?? fault);
