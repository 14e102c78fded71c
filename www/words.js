// Words as data, filled in here in the page's language: templates with arguments, and numbers with the digits
// that the core allows them. The English template is the key, as in gettext; words/LANGUAGE.js has its translation.

import * as core from './core.js';
import { phrase } from './phrase.js';
import * as supply from './supply.js';

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const UNITS = { nats: phrase('nats'), bits: phrase('bits'), percent: phrase('%') };

/** Writes words and numbers in one language. */
export class Words {
  #formats = new Map();
  #list = null;
  #translations = {};
  #loading = null;

  constructor(language) {
    // A page may carry a tag that is none, such as en_US.
    try {
      this.language = Intl.getCanonicalLocales(language)[0] ?? 'en';
    } catch {
      this.language = 'en';
    }
    const parts = this.#format(1).formatToParts(1234567.5);
    const sign = (type, usual) => [...(parts.find((part) => part.type === type)?.value ?? usual)][0];
    /** Whether the words are there. */
    this.loaded = this.language === 'en';
    /** The sign between whole and fraction. */
    this.decimal = sign('decimal', '.');
    /** The signs with which the language writes numbers, for the core to read what is typed. */
    this.signs = { decimal: this.decimal, group: sign('group', ' '), zero: [...this.#format(0).format(0)][0] };
  }

  /** Resolves when the words are there: at once in English, and in languages that have none; those read English. */
  load() {
    return (this.#loading ??= this.#load());
  }

  async #load() {
    try {
      this.#translations = await supply.catalogue(this.language);
    } catch (fault) {
      // A lesson in English is better than none.
      reportError(fault);
    }
    if (this.language !== 'en') core.speak(this.language, (text) => this.say(text));
    this.loaded = true;
  }

  /**
   * Fills a template in: one of the core's `{key, args}`, or one of the page's own with its arguments by name, which
   * are words already or texts of the core.
   */
  say(text, given = {}) {
    const { key, args } = typeof text === 'string' ? { key: text, args: Object.entries(given) } : text;
    const template = this.#translations[key] ?? key;
    if (!args.length) return template;
    const by = new Map(args);
    return template.replace(/\{(\w+)\}/g, (whole, name) => (by.has(name) ? this.#argument(by.get(name)) : whole));
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

  /** A plotted number, to six digits: what was drawn is no more exact. */
  plotted(value) {
    if (Number.isNaN(value)) return '–';
    if (!Number.isFinite(value)) return value < 0 ? '−∞' : '∞';
    const [mantissa, exponent] = value.toExponential(5).split('e').map(Number);
    if (value !== 0 && (exponent < -4 || exponent > 8)) return `${this.setting(mantissa)} × ${powerOfTen(exponent)}`;
    return this.setting(Number(value.toPrecision(6)));
  }

  /** A number with its unit. */
  quantity({ shown, unit }) {
    const number = this.number(shown);
    const name = this.unit(unit);
    return name ? this.say('{number} {unit}', { number, unit: name }) : number;
  }

  /** A unit's name; nothing for pure numbers and counts. */
  unit(unit) {
    return unit in UNITS ? this.say(UNITS[unit]) : '';
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

  /** Settings by the names of their controls, one after the other. */
  settings(controls) {
    const one = ({ label, value }) => this.say('{name}: {value}', { name: label, value: this.setting(value) });
    this.#list ??= new Intl.ListFormat(this.language, { type: 'unit' });
    return this.#list.format(controls.map(one));
  }

  #argument(argument) {
    if (typeof argument !== 'object') return String(argument);
    const { kind, is } = argument;
    if (kind === 'quantity') return this.quantity(is);
    if (kind === 'name') return is;
    return this.say(kind === 'text' ? is : argument);
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
