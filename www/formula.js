// Formulae: the core's tree as MathML, in pieces that wrap before each equals sign. While the shape stays, only the
// numbers in it are written anew.

const MATHML = 'http://www.w3.org/1998/Math/MathML';
const APPLY = '\u2061';
const RELATIONS = ['=', '≈', '≤', '≥'];

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
      const pieces = split(math).map((piece) => node('math', { displaystyle: 'true' }, ...this.#build(piece, words)));
      this.root.replaceChildren(...pieces);
      return;
    }
    this.#numbers.forEach((write, at) => write(values[at]));
  }

  #build({ math, is }, words) {
    const inside = (part) => node('mrow', {}, ...this.#build(part, words));
    switch (math) {
      case 'row':
        return is.flatMap((part) => this.#build(part, words));
      case 'symbol':
        // A function's name stands a little apart from what it is applied to.
        return /^\p{L}{2,}$/u.test(is) ? [node('mi', {}, is), node('mo', {}, APPLY), space('0.17em')] : [node('mi', {}, is)];
      case 'operator':
        return [operator(is)];
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
        return [node('msqrt', {}, ...this.#build(is, words))];
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

/** A row's parts, each piece but the first beginning with the sign of a relation. */
function split({ math, is }) {
  if (math !== 'row') return [{ math, is }];
  const pieces = [[]];
  for (const part of is) {
    if (part.math === 'operator' && RELATIONS.includes(part.is)) pieces.push([]);
    pieces.at(-1).push(part);
  }
  return pieces.map((piece) => ({ math: 'row', is: piece }));
}

function operator(sign) {
  if (sign === '‖' || sign === '|') {
    return node('mo', { stretchy: 'false', lspace: '0.12em', rspace: '0.12em' }, sign);
  }
  return node('mo', {}, sign);
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
