// The types of <kl-scene>, for editors, type checkers and bundlers.

/** The value of a control: a number, a switch, or the id of an option. Attributes and links hold the same as text. */
export type ControlValue = number | boolean | string;

/** Control values by id, as in links: `{ p_mean: 0, q_sd: 2 }`. */
export type Values = Record<string, ControlValue>;

/** The unit that information is shown in. */
export type Units = 'nats' | 'bits';

/** How a number was got. */
export type Method = 'closed form' | 'sum' | 'quadrature' | 'sampling';

/** One live number. */
export interface Readout {
  /** The value in its unit; `Infinity` is a value. */
  readonly value: number;
  /** A bound of its absolute error; the standard error where it was sampled. */
  readonly error: number;
  readonly unit: 'one' | 'nats' | 'bits' | 'percent' | 'count';
  /** The number with its unit, in the page's language and with no digit that is not right. */
  readonly text: string;
  /** Null for counts. */
  readonly method: Method | null;
  /** Why it is infinite; null where it is not. */
  readonly cause: string | null;
}

/** Live numbers by id. */
export type Readouts = Readonly<Record<string, Readout>>;

/** What `kl-change` carries. */
export interface KlChange {
  readonly scene: string;
  readonly values: Readonly<Values>;
  readonly readouts: Readouts;
}

/** What `kl-units` carries. */
export interface KlUnits {
  readonly units: Units;
}

/** `<kl-scene scene="two-bells" p-mean="0">`: a scene of the lesson as an element. Importing the module defines it. */
export class KlScene extends HTMLElement {
  /** Resolves with the first drawing of the scene that is named now; another scene has another promise. Rejects where none can be drawn. */
  readonly ready: Promise<void>;
  /** The scene's id, from the attribute `scene`. */
  get scene(): string;
  /** From the attribute `units`. */
  get units(): Units;
  /** Every control's value. When it is set, controls that are not named take their defaults. */
  get values(): Values;
  set values(values: Readonly<Values>);
  /** The live numbers; none before the first drawing, nor while a question is open. */
  get readouts(): Readouts;
}

declare global {
  interface HTMLElementTagNameMap {
    'kl-scene': KlScene;
  }
  interface HTMLElementEventMap {
    /** The reader has changed the scene and let go. It bubbles. */
    'kl-change': CustomEvent<KlChange>;
    /** The reader has chosen a unit. It bubbles. */
    'kl-units': CustomEvent<KlUnits>;
  }
}
