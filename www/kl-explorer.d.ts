// The types of the core: the numbers and pictures alone, for scripts. Await the default export once, then call the rest.

import type { Method, Units, Values } from './kl-scene.js';

export type { Method, Units, Values };

/** A normal, as a component of a mixture. */
export interface Component {
  weight: number;
  mean: number;
  sd: number;
}

/** A probability distribution. */
export type Distribution =
  | { family: 'bernoulli'; p: number }
  | { family: 'categorical'; probs: number[] }
  | { family: 'categorical'; weights: number[] }
  | { family: 'categorical'; logits: number[]; temperature?: number }
  | { family: 'normal'; mean: number; sd: number }
  | { family: 'mixture'; components: Component[] }
  | { family: 'uniform'; low: number; high: number }
  | { family: 'laplace'; mean: number; scale: number }
  | { family: 'exponential'; rate: number }
  | { family: 'poisson'; rate: number }
  | { family: 'cauchy'; location: number; scale: number }
  | { family: 'truncated_normal'; mean: number; sd: number; low: number; high: number }
  | { family: 'beta'; a: number; b: number }
  | { family: 'normal2'; mean: [number, number]; cov: [xx: number, xy: number, yy: number] }
  | { family: 'diagonal_normal'; mean: number[]; sd: number[] }
  | { family: 'tilted'; ref: number[]; reward: number[]; beta: number };

/** Measures of a pair that need nothing more. */
export type PairMeasure =
  | 'kl'
  | 'cross_entropy'
  | 'jeffreys'
  | 'js'
  | 'tv'
  | 'hellinger'
  | 'bhattacharyya'
  | 'chi2'
  | 'w1'
  | 'w2'
  | 'fisher_rao';

/** What `measure` is asked. Information is answered in nats unless `unit` says bits; other measures take no bits. */
export type MeasureRequest = { unit?: Units } & (
  | { measure: PairMeasure; p: Distribution; q: Distribution }
  | { measure: 'renyi' | 'alpha'; alpha: number; p: Distribution; q: Distribution }
  | { measure: 'entropy'; p: Distribution }
  | { measure: 'mutual_information'; table: number[][] }
  | { measure: 'mutual_information'; rho: number }
);

/** A number with how it was got. */
export interface Answer {
  /** `Infinity` is a value. */
  value: number;
  /** A bound of the absolute error; the standard error where the value was sampled, `Infinity` where there is none. */
  error: number;
  method: Method;
  /** Why the value is infinite, or else its standard error or the standard deviation. */
  cause?: string;
  /** The standard deviation of one draw's estimate, where that was asked for. */
  std?: number;
}

/** What `fit` is asked: the normals at which the divergence from or to the target is stationary. */
export interface FitRequest {
  target: Extract<Distribution, { family: 'normal' | 'mixture' }>;
  /** D(target‖Q) or D(Q‖target). */
  direction: 'forward' | 'reverse';
  family: 'normal';
  /** The standard deviation of Q, where it is not to be fitted. */
  sd?: number;
  unit?: Units;
}

/** A stationary point of a fit. */
export interface Point {
  kind: 'minimum' | 'saddle' | 'maximum';
  mean: number;
  sd: number;
  value: number;
  error: number;
}

/** What `estimate` is asked: D(P‖Q) from draws. */
export type EstimateRequest = { unit?: Units } & (
  | { estimator: 'knn'; x: number[] | number[][]; y: number[] | number[][]; k?: number }
  | { estimator: 'histogram'; x: number[]; y: number[]; bins?: number; pseudo?: number }
  | { estimator: 'k1' | 'k2' | 'k3'; p: Distribution; q: Distribution; x: number[] }
  | { estimator: 'k1' | 'k2' | 'k3'; p: Distribution; q: Distribution; n: number; seed?: number }
  | { estimator: 'k1' | 'k2' | 'k3'; mu_q: number; sigma_q: number; mu_p: number; sigma_p: number }
);

/** The roles that have a colour of their own. */
export type Role = 'p' | 'q' | 'forward' | 'reverse' | 'other' | 'further' | 'ink' | 'muted' | 'rule' | 'paper';

/** A scene in a state, of a size, in colours. Whatever is missing takes its default. */
export interface SceneRequest {
  /** The scene's id. */
  scene: string;
  values?: Readonly<Values>;
  /** CSS pixels. */
  width?: number;
  /** CSS pixels that the figure is to fill; its own height if left out. */
  height?: number;
  /** Device pixels to the CSS pixel. */
  ratio?: number;
  /** A factor on type and lines. */
  scale?: number;
  /** Whether information is shown in bits. */
  bits?: boolean;
  /** Whether the marks that would answer a question are left out. */
  asked?: boolean;
  /** Whether the figure tells no number but on its axes. */
  numberless?: boolean;
  /** The language of the words on the figure: English, or one that was given to `speak`. */
  language?: string;
  /** The decimal sign. */
  decimal?: string;
  /** Each `#rrggbb` or `rgb(r, g, b)`. */
  colors?: Partial<Record<Role, string>>;
}

/** What a bad request throws: it names the field, the value and the rule. */
export interface BadRequest extends Error {
  field: string;
  value: string;
  rule: string;
}

/** Starts the core. `module_or_path` is where its wasm is, or the wasm itself; without it, beside the module. */
export default function init(options?: {
  module_or_path: string | URL | Request | Response | BufferSource | WebAssembly.Module | Promise<Response>;
}): Promise<unknown>;

/** The scenes in teaching order. */
export function scenes(): { id: string; title: string; about: string }[];

/** A divergence or its relative. */
export function measure(request: MeasureRequest): Answer;

/** Every stationary point of a fit, best first. */
export function fit(request: FitRequest): { points: Point[] };

/** A divergence from samples. */
export function estimate(request: EstimateRequest): Answer;

/** The figure as an SVG document; it needs no page. */
export function svg(request: SceneRequest): string;

/** Exactly what is plotted, as CSV. */
export function csv(request: SceneRequest): string;

/** Draws the figure on a canvas. Its CSS height is to be set to `height`. */
export function render(canvas: HTMLCanvasElement, request: SceneRequest): { height: number; values: Values };
