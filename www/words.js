// Words as data, filled in here in the page's language: templates with arguments, and numbers with the digits
// that the core allows them.

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const UNITS = { nats: 'nats', bits: 'bits', percent: '%' };

/** Writes words and numbers in one language. */
export class Words {
  #formats = new Map();

  constructor(language) {
    // A page may carry a tag that is none, such as en_US.
    try {
      this.language = Intl.getCanonicalLocales(language)[0] ?? 'en';
    } catch {
      this.language = 'en';
    }
    const parts = this.#format(1).formatToParts(0.5);
    /** The sign between whole and fraction. */
    this.decimal = parts.find(({ type }) => type === 'decimal')?.value ?? '.';
  }

  /** A template with its arguments. */
  say({ key, args }) {
    const given = new Map(args);
    return key.replace(/\{(\w+)\}/g, (whole, name) => (given.has(name) ? this.#argument(given.get(name)) : whole));
  }

  /** A number as the core says it may be shown. */
  number(shown) {
    switch (shown.form) {
      case 'fixed':
        return this.#fixed(shown.value, shown.places);
      case 'scientific':
        // 1 × 10⁻⁹ is 10⁻⁹.
        if (shown.mantissa === 1 && shown.places === 0) return powerOfTen(shown.exponent);
        return `${this.#fixed(shown.mantissa, shown.places)} × ${powerOfTen(shown.exponent)}`;
      case 'infinite':
        return shown.negative ? '−∞' : '∞';
      default:
        return `0 ± ${this.rough(shown.bound)}`;
    }
  }

  /** A number with its unit. */
  quantity({ shown, unit }) {
    const name = this.unit(unit);
    return name ? `${this.number(shown)} ${name}` : this.number(shown);
  }

  /** A unit's name; nothing for pure numbers and counts. */
  unit(unit) {
    return UNITS[unit] ?? '';
  }

  /** The size of an error: one digit is all that matters. */
  rough(size) {
    const [mantissa, exponent] = size.toExponential(0).split('e').map(Number);
    if (exponent >= -3 && exponent < 3) return this.#fixed(size, Math.max(0, -exponent));
    return `${this.#fixed(mantissa, 0)} × ${powerOfTen(exponent)}`;
  }

  /** A setting in full, as it can be typed again. */
  setting(value) {
    if (typeof value !== 'number') return String(value);
    return minus(String(value).replace('.', this.decimal));
  }

  /** What was typed in this language, as the core reads it. */
  typed(text) {
    const plain = text.trim();
    return this.decimal === '.' ? plain : plain.replace(this.decimal, '.');
  }

  #argument({ kind, is }) {
    if (kind === 'quantity') return this.quantity(is);
    return kind === 'text' ? this.say(is) : is;
  }

  #fixed(value, places) {
    return minus(this.#format(places).format(value));
  }

  #format(places) {
    if (!this.#formats.has(places)) {
      const digits = { minimumFractionDigits: places, maximumFractionDigits: places, useGrouping: 'min2' };
      this.#formats.set(places, new Intl.NumberFormat(this.language, digits));
    }
    return this.#formats.get(places);
  }
}

function minus(number) {
  return number.replaceAll('-', '−');
}

function powerOfTen(exponent) {
  const digits = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[digit]).join('');
  return `10${exponent < 0 ? '⁻' : ''}${digits}`;
}
