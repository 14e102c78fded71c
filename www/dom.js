// Building elements: a tag, its properties, its children.

/**
 * A new element. `properties` are set as properties where the element has them and as attributes where not;
 * `on…` functions are listeners; null and false leave an attribute out.
 */
export function element(tag, properties = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  const made = document.createElement(name || 'div');
  if (classes.length) made.className = classes.join(' ');
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value === 'function') made.addEventListener(key.slice(2), value);
    else if (key in made && !key.startsWith('aria')) made[key] = value;
    else if (value !== null && value !== false) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** Sets an element's words, touching the page only where they differ. */
export function write(where, words) {
  if (where.textContent !== words) where.textContent = words;
}

/** Sets a sign and what it means in words; what means nothing is only seen. */
export function sign(where, shown, meaning) {
  write(where, shown);
  attribute(where, 'role', meaning ? 'img' : null);
  attribute(where, 'aria-label', meaning || null);
  attribute(where, 'aria-hidden', meaning ? null : true);
}

/** Sets or, with null, removes an attribute, touching the page only where it differs. */
export function attribute(where, name, value) {
  if (value === null) where.removeAttribute(name);
  else if (where.getAttribute(name) !== String(value)) where.setAttribute(name, value);
}

/**
 * Elements by key that stay as long as their key does: makes what is new, removes what is gone, keeps the order.
 */
export class Keyed {
  #made = new Map();

  constructor(parent, make) {
    this.parent = parent;
    this.make = make;
  }

  /** The things made for these items, in their order; each has its element as `root`. */
  update(items, key = (item) => item.id) {
    const before = this.#made;
    this.#made = new Map(items.map((item) => [key(item), before.get(key(item)) ?? this.make(item)]));
    for (const [id, { root }] of before) if (!this.#made.has(id)) root.remove();
    let place = this.parent.firstElementChild;
    for (const { root } of this.#made.values()) {
      if (root === place) place = place.nextElementSibling;
      else this.parent.insertBefore(root, place);
    }
    return [...this.#made.values()];
  }

  get(id) {
    return this.#made.get(id);
  }
}
