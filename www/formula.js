// Formulae: the core's tree as MathML, in pieces that wrap before signs. While the shape stays, only the
// numbers in it are written anew.

import { element } from './dom.js';

const MATHML = 'http://www.w3.org/1998/Math/MathML';
const APPLY = '\u2061';
const THIN = '0.17em';
const BREAKS = '=≈≤≥<>+−';
const OPENING = '([';
const CLOSING = ')]';

/** One formula under its heading. */
export class Formula {
  #shape = '';
  #numbers = [];

  constructor() {
    this.root = document.createElement('div');
    this.root.className = 'formula';
    this.root.role = 'group';
  }

  update({ label, math }, words) {
    this.root.ariaLabel = words.say(label);
    const values = [];
    const shape = JSON.stringify(math, (key, part) => {
      if (part?.math !== 'number') return part;
      values.push(part.is);
      return { number: part.is.shown.form, unit: part.is.unit };
    });
    if (shape !== this.#shape) {
      this.#shape = shape;
      this.#numbers = [];
      this.root.replaceChildren(...split(math).map((piece) => this.#piece(piece, words)));
      return;
    }
    this.#numbers.forEach((write, at) => write(values[at]));
  }

  /** Words stand in the line as text, which wraps as formulae do not. */
  #piece(piece, words) {
    const [{ math, is }] = piece.is;
    if (math === 'words') return element('span', { textContent: words.say(is) });
    return node('math', { displaystyle: 'true' }, ...this.#build(piece, words));
  }

  #build({ math, is, between }, words) {
    const inside = (part) => node('mrow', {}, ...this.#build(part, words));
    switch (math) {
      case 'row':
        return is.flatMap((part, at) => {
          const built = this.#build(part, words);
          if (!isFunction(part)) return built;
          // A function's name stands a little apart from what it is applied to, and from a factor before it.
          return [...(isFactor(is[at - 1]) ? [space(THIN)] : []), ...built, node('mo', {}, APPLY), space(THIN)];
        });
      case 'symbol':
        return [node('mi', {}, is)];
      case 'operator':
        return [operator(is, between)];
      case 'number':
        return [this.#number(is, words)];
      case 'words':
        return [node('mtext', {}, words.say(is))];
      case 'fraction':
        return [node('mfrac', {}, inside(is[0]), inside(is[1]))];
      case 'power':
        return [node('msup', {}, inside(is[0]), inside(is[1]))];
      case 'index':
        return [node('msub', {}, inside(is[0]), inside(is[1]))];
      case 'root':
        // In a line: where no mathematical font is installed, browsers leave out the bar of <msqrt> and its sign.
        return [node('mo', { rspace: '0' }, '√'), node('mrow', {}, ...bracketed(is, this.#build(is, words)))];
      case 'colored':
        return [node('mrow', { class: `role-${is[0]}` }, ...this.#build(is[1], words))];
      default:
        return [node('merror', {}, node('mtext', {}, String(math)))];
    }
  }

  #number(quantity, words) {
    const number = node('mn');
    const write = (next) => (number.textContent = words.number(next.shown));
    write(quantity);
    this.#numbers.push(write);
    const unit = words.unit(quantity.unit);
    if (!unit) return number;
    return node('mrow', {}, number, space('0.25em'), node('mtext', {}, unit));
  }
}

/** Whether a part is the name of a function, with or without an index or a power: ln, log₂. */
function isFunction({ math, is }) {
  if (math === 'index' || math === 'power') return isFunction(is[0]);
  return math === 'symbol' && /^\p{L}{2,}[₀-₉]*$/u.test(is);
}

/** Whether a function's name right behind a part would run into it. */
function isFactor(part) {
  if (!part || isFunction(part)) return false;
  return part.math !== 'operator' || CLOSING.includes(part.is);
}

/** A formula's parts in pieces: words by themselves, and what begins with a sign that is not inside of brackets. */
function split(formula) {
  const pieces = [[]];
  let depth = 0;
  let before = '(';
  for (const part of flat(formula)) {
    const sign = part.math === 'operator' ? part.is : '';
    if (sign && OPENING.includes(sign)) depth += 1;
    if (sign && CLOSING.includes(sign)) depth -= 1;
    // A sign right after another belongs to the number: = −1.
    const breaks = sign && depth === 0 && BREAKS.includes(sign) && (!before || CLOSING.includes(before));
    const apart = depth === 0 && [part, pieces.at(-1).at(-1)].some((one) => one?.math === 'words');
    if (breaks) pieces.push([{ ...part, between: true }]);
    else if (apart) pieces.push([part]);
    else pieces.at(-1).push(part);
    before = sign;
  }
  return pieces.filter(({ length }) => length).map((piece) => ({ math: 'row', is: piece }));
}

function flat(formula) {
  return formula.math === 'row' ? formula.is.flatMap(flat) : [formula];
}

/** What stands under a root: in brackets, unless it is one symbol or number. */
function bracketed({ math }, parts) {
  if (math === 'symbol' || math === 'number') return parts;
  return [node('mo', {}, '('), ...parts, node('mo', {}, ')')];
}

function operator(sign, between) {
  if (sign === '‖' || sign === '|') {
    return node('mo', { stretchy: 'false', lspace: '0.12em', rspace: '0.12em' }, sign);
  }
  // At the beginning of a piece it would be taken for the sign of a number, and stand too close.
  return node('mo', between ? { form: 'infix' } : {}, sign);
}

function space(width) {
  return node('mspace', { width });
}

function node(tag, attributes = {}, ...children) {
  const made = document.createElementNS(MATHML, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}
