/* The whole state of the playground as text for a link, and back. */

import { OPTIMIZERS } from "../shared/optimizers.js";
import { among, asText, list, read, strangersIn, whole, write } from "../shared/state.js";
import { ACTIVATIONS } from "./activations.js";
import { MOST_POINTS } from "./csv.js";
import { SHAPES } from "./data.js";
import { FEATURES, Network } from "./network.js";

/** @import { Fields } from "../shared/state.js" */
/** @import { Points } from "./data.js" */
/** @import { Run } from "./run.js" */
/**
 * What the reader has chosen; a batch is a number of points, or "full" for all.
 * @typedef {{data: string, noise: number, size: number, draw: number, inputs: string[], hidden: number[],
 *     activation: string, optimizer: string, rate: number, batch: number|"full", decay: number, seed: number}} Choices
 * @typedef {Choices & {points: Points}} Settings With the points of the reader's own.
 */
/**
 * What training has made of a network.
 * @typedef {{steps: number, weights: Float64Array, moments: Float64Array[], updates: number}} Saved
 */

export const DATA = [...Object.keys(SHAPES), "own"];
export const BATCHES = [1, 8, 16, 32, 64, 128, "full"];
export const RATES = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];
export const DECAYS = [0, 0.0001, 0.001, 0.01, 0.1];
export const SIZES = [50, 100, 200, 400, 800, 1600];
export const NOISES = [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5];
export const MOST_LAYERS = 10;
export const MOST_UNITS = 16;

/** @type {Choices} */
export const USUAL = {
  data: "spiral",
  noise: 0.15,
  size: 800,
  draw: 1,
  inputs: ["x", "y"],
  hidden: [8, 8],
  activation: "relu",
  optimizer: "adam",
  rate: 0.01,
  batch: 32,
  decay: 0,
  seed: 4,
};

/** @type {Fields} */
const FIELDS = {
  data: among(DATA),
  noise: among(NOISES),
  size: among(SIZES),
  draw: whole(1, 999_999_999),
  inputs: list(among(Object.keys(FEATURES)), 7),
  hidden: list(whole(1, MOST_UNITS), MOST_LAYERS),
  activation: among(Object.keys(ACTIVATIONS)),
  optimizer: among(Object.keys(OPTIMIZERS)),
  rate: among(RATES),
  batch: among(BATCHES),
  decay: among(DECAYS),
  seed: whole(1, 999_999_999),
};

const SAVED = ["points", "steps", "weights", "updates", "moments"];
const STEPS = whole(0, 999_999_999); // 0 of a network from a file

/**
 * Writes numbers as text: float32, little-endian, in the alphabet that links may hold.
 * @param {number[]} numbers
 */
function pack(numbers) {
  const view = new DataView(new ArrayBuffer(4 * numbers.length));
  numbers.forEach((value, index) => view.setFloat32(4 * index, value, true));
  let text = "";
  for (let k = 0; k < view.byteLength; k++) text += String.fromCharCode(view.getUint8(k));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * Reads numbers that `pack` has written.
 * @param {string} text
 */
function unpack(text) {
  const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (each) => each.charCodeAt(0));
  if (bytes.length % 4) throw new Error("not a list of numbers");
  const view = new DataView(bytes.buffer);
  const numbers = Float64Array.from({ length: bytes.length / 4 }, (_, k) => view.getFloat32(4 * k, true));
  if (!numbers.every(Number.isFinite)) throw new Error("not finite");
  return numbers;
}

/**
 * Gives what training has made of a run: weights, steps, the optimizer's moments; nothing of a fresh run.
 * @param {Run} run
 * @returns {Saved|null}
 */
export function save(run) {
  if (run.isInitial || !run.isFinite) return null;
  const { network, steps, optimizer } = run;
  return { steps, weights: network.parameters, moments: optimizer.moments, updates: optimizer.updates };
}

/**
 * Writes a state.
 * @param {Settings} settings
 * @param {Saved|null} [saved] What the link shall hold beside, as `save` gives it.
 * @returns {string}
 */
export function encode(settings, saved) {
  const parameters = write(FIELDS, USUAL, settings);
  if (settings.data === "own") {
    const { points, labels } = settings.points;
    parameters.set("points", pack(Array.from(labels).flatMap((label, n) => [points[2 * n], points[2 * n + 1], label])));
  }
  if (saved) {
    parameters.set("steps", String(saved.steps));
    parameters.set("weights", pack([...saved.weights]));
    if (saved.moments.length) {
      parameters.set("updates", String(saved.updates));
      parameters.set("moments", pack(saved.moments.flatMap((moment) => Array.from(moment))));
    }
  }
  return asText(parameters);
}

/**
 * Reads a state.
 * @param {string} text
 * @returns {{settings: Settings, saved: Saved|null, problems: string[], unknown: string[]}} Saved weights and steps,
 *     if any; the names of what could not be read, and of what is no setting.
 */
export function decode(text) {
  const parameters = new URLSearchParams(text);
  const { settings: choices, problems } = read(FIELDS, USUAL, parameters);
  const wanted = choices.inputs.length ? choices.inputs : USUAL.inputs;
  const inputs = Object.keys(FEATURES).filter((name) => wanted.includes(name));
  const settings = { ...choices, inputs, points: readPoints(parameters.get("points") ?? "", problems) };
  const unknown = strangersIn(parameters, [...Object.keys(FIELDS), ...SAVED]);
  return { settings, saved: readSaved(parameters, settings, problems), problems, unknown };
}

/**
 * Reads points of the reader's own; none where they cannot be read.
 * @param {string} text
 * @param {string[]} problems
 * @returns {Points}
 */
function readPoints(text, problems) {
  try {
    const numbers = unpack(text);
    const count = numbers.length / 3;
    if (!Number.isInteger(count) || count > MOST_POINTS) throw new Error("not points");
    return {
      points: Float64Array.from({ length: 2 * count }, (_, k) => numbers[3 * (k >> 1) + (k & 1)]),
      labels: Uint8Array.from({ length: count }, (_, n) => (numbers[3 * n + 2] > 0.5 ? 1 : 0)),
    };
  } catch {
    problems.push("points");
    return { points: new Float64Array(0), labels: new Uint8Array(0) };
  }
}

/**
 * Reads what training has made; nothing where it cannot be read or does not fit the settings.
 * @param {URLSearchParams} parameters
 * @param {Settings} settings
 * @param {string[]} problems
 * @returns {Saved|null}
 */
function readSaved(parameters, settings, problems) {
  const text = parameters.get("weights");
  if (text === null) return null;
  try {
    const size = new Network([settings.inputs.length, ...settings.hidden, 1], settings.activation).parameterCount;
    const steps = STEPS.read(parameters.get("steps") ?? "");
    const weights = unpack(text);
    const flat = unpack(parameters.get("moments") ?? "");
    const expected = OPTIMIZERS[settings.optimizer].moments * size;
    if (steps === undefined || weights.length !== size || ![0, expected].includes(flat.length)) throw new Error("another shape");
    const moments = Array.from({ length: flat.length / size }, (_, k) => flat.subarray(k * size, (k + 1) * size));
    return { steps, weights, moments, updates: STEPS.read(parameters.get("updates") ?? "") ?? 0 };
  } catch {
    problems.push("weights");
    return null;
  }
}

/**
 * Puts what was saved into a run.
 * @param {Run} run
 * @param {Saved} saved
 */
export function restore(run, { steps, weights, moments, updates }) {
  run.network.parameters.set(weights);
  run.steps = steps;
  run.isInitial = false;
  if (moments.length) {
    moments.forEach((moment, k) => run.optimizer.moments[k].set(moment));
    run.optimizer.updates = updates;
  }
}
