/* The hand-in of the competition for the smallest network: a folder as zip archive, written and read. */

import { addressOf } from "../shared/address.js";
import { ACTIVATIONS } from "./activations.js";
import { cells } from "./data.js";
import { fitsFloat32 } from "./network.js";
import { readTensors, writeTensors } from "./safetensors.js";
import { MOST_LAYERS, MOST_UNITS, encode, save } from "./state.js";
import { unzip, zip } from "./zip.js";

/** @import { Run } from "./run.js" */
/** @import { Tensor } from "./safetensors.js" */
/** @typedef {{hidden: number[], activation: string, weights: Float64Array, seed: number}} Entry */

export const NOISE = 0.15;
export const TO_PASS = 0.83;
export const LONGEST_LINK = 10_000; // characters; every reader of the board loads all of its links
const FARTHEST = 10; // no point of the spiral has a larger coordinate
const SPACING = 0.01; // of the squares that the accuracy is integrated over
const MOST_NAMED = 5; // files of an archive, in a message
const ONE = 1;
const SHALLOW = 2;
const DEEP = 10;

/**
 * Names the board on which a network stands; nothing if on none.
 * @param {number[]} hidden Widths of the hidden layers.
 * @returns {string|null}
 */
export function boardOf(hidden) {
  if (hidden.length === ONE) return "one-layer";
  if (hidden.length === SHALLOW) return "shallow";
  if (hidden.length !== DEEP) return null;
  return hidden.every((width) => width >= 2) ? "deep-wide" : "deep";
}

/**
 * Says why a network cannot be handed in; nothing if it can.
 * @param {Run} run
 * @returns {string|null}
 */
export function whyNot({ settings, network }) {
  if (settings.data !== "spiral") return "The competition is about the spiral. Choose it as data and train on it.";
  if (settings.inputs.join() !== "x,y") return "Only x and y may go in, and both must. Choose these two as inputs.";
  if (!boardOf(settings.hidden)) {
    return `The boards take ${ONE}, ${SHALLOW} or ${DEEP} hidden layers, and this network has ${settings.hidden.length}.`;
  }
  if (fitsFloat32(network, FARTHEST)) return null;
  return "The weights have grown too large for the 32-bit numbers of a hand-in. Reset, and lower the learning rate.";
}

/**
 * Gives the link from the board back to the playground.
 * @param {Run} run
 * @returns {{link: string, length: number, holdsWeights: boolean}} To the network without what only further
 *     training needs. Where that is too long for a board, to its settings; `length` is what it would have had.
 */
export function linkOf(run) {
  const saved = save(run);
  const link = addressOf("playground", encode(run.settings, saved && { ...saved, moments: [] }));
  const { length } = link;
  if (length <= LONGEST_LINK) return { link, length, holdsWeights: true };
  return { link: addressOf("playground", encode(run.settings)), length, holdsWeights: false };
}

/** @type {ReturnType<typeof cells>|null} */
let squares = null; // made when first asked for, and kept: they take longer than most networks do

/**
 * Integrates how often a run's network is right on the competition's spiral.
 * @param {Run} run
 * @returns {number}
 */
export function exactAccuracy(run) {
  squares ??= cells("spiral", NOISE, SPACING);
  const { points, shares } = squares;
  return run.logitsOf(points).reduce((sum, logit, k) => sum + shares[logit > 0 ? 1 : 0][k], 0);
}

/** @param {string} text */
const quoted = (text) => JSON.stringify(text).replaceAll("\x7f", "\\u007f");

/**
 * Writes the hand-in.
 * @param {Run} run A network that `whyNot` says nothing against.
 * @param {{name: string, author: string, link: string}} about What the leaderboard shows beside it.
 * @returns {Blob} A zip archive with submission.toml and model.safetensors.
 */
export function writeFolder(run, { name, author, link }) {
  const { settings, network, steps, batchSize } = run;
  const training =
    `${steps} steps of ${settings.optimizer} in the playground, learning rate ${settings.rate}, ` +
    `batches of ${batchSize}, L2 ${settings.decay}, ${settings.size} points with noise ${settings.noise}`;
  const toml = `name = ${quoted(name)}
author = ${quoted(author)}
class = "${boardOf(settings.hidden)}"
widths = [${network.widths.join(", ")}]
activations = [${settings.hidden.map(() => `"${network.activation.label}"`).join(", ")}]
training = ${quoted(training)}
seed = ${settings.seed}
link = ${quoted(link)}

[claims]
parameters = ${network.parameterCount}
accuracy = ${exactAccuracy(run).toFixed(6)}
`;
  const tensors = network.layers.flatMap(({ inputs, outputs, weight, bias }, index) => [
    { name: `layers.${index}.weight`, shape: [outputs, inputs], values: weight },
    { name: `layers.${index}.bias`, shape: [outputs], values: bias },
  ]);
  return zip({ "submission.toml": new TextEncoder().encode(toml), "model.safetensors": writeTensors(tensors) });
}

/**
 * Reads a hand-in.
 * @param {Uint8Array<ArrayBuffer>} bytes A zip archive, its two files at the top or in one folder.
 * @returns {Promise<Entry>}
 * @throws {Error} If the playground cannot show it; the message is for the reader.
 */
export async function readFolder(bytes) {
  const files = await unzip(bytes);
  const toml = new TextDecoder().decode(found(files, "submission.toml"));
  const tensors = readTensors(found(files, "model.safetensors"));
  const widths = listIn(toml, "widths", /^\d+$/).map(Number);
  const activations = listIn(toml, "activations", /^["']\w+["']$/).map((each) => each.slice(1, -1));
  const hidden = widths.slice(1, -1);
  checkShape(widths, hidden, activations);
  const activation = Object.keys(ACTIVATIONS).find((key) => ACTIVATIONS[key].label === activations[0]);
  if (!activation) throw new Error(`The activation ${activations[0]} is not known.`);
  const values = widths.slice(1).flatMap((outputs, index) => [
    ...expect(tensors, `layers.${index}.weight`, [outputs, widths[index]]),
    ...expect(tensors, `layers.${index}.bias`, [outputs]),
  ]);
  const seed = /^\s*seed\s*=\s*([1-9]\d{0,8})\s*(?:#.*)?$/m.exec(toml)?.[1] ?? 1;
  return { hidden, activation, weights: Float64Array.from(values), seed: Number(seed) };
}

/**
 * Gives the one file of a name, in whatever folder it lies.
 * @param {Record<string, Uint8Array>} files
 * @param {string} name
 */
function found(files, name) {
  const paths = Object.keys(files).filter((path) => path === name || path.endsWith(`/${name}`));
  if (paths.length === 1) return files[paths[0]];
  const there = Object.keys(files).slice(0, MOST_NAMED).join(", ") || "nothing";
  const count = paths.length ? `${paths.length} files named` : "no";
  throw new Error(`The archive holds ${count} ${name}. In it: ${there}. Pack one submission.toml and one model.safetensors.`);
}

/**
 * Checks that the playground can show a network.
 * @param {number[]} widths
 * @param {number[]} hidden
 * @param {string[]} activations
 */
function checkShape(widths, hidden, activations) {
  if (widths[0] !== 2 || widths.at(-1) !== 1 || !hidden.length) {
    throw new Error(`The widths are [${widths}], and must go from 2 inputs over hidden layers to 1 output.`);
  }
  if (hidden.length > MOST_LAYERS || hidden.some((width) => width < 1 || width > MOST_UNITS)) {
    throw new Error(`The playground shows up to ${MOST_LAYERS} hidden layers of 1 to ${MOST_UNITS} units, not [${widths}].`);
  }
  const [first] = activations;
  if (activations.length !== hidden.length || activations.some((each) => each !== first)) {
    throw new Error("The playground has one activation for all layers, and the file names others or too few.");
  }
}

/**
 * Reads the one form of a list that a hand-in has; the rules themselves are checked when it is handed in.
 * @param {string} toml
 * @param {string} name
 * @param {RegExp} form Of each item.
 */
function listIn(toml, name, form) {
  const inside = new RegExp(`^\\s*${name}\\s*=\\s*\\[([^\\]]*)\\]`, "m").exec(toml)?.[1];
  const items = (inside ?? "").split(",").map((each) => each.trim()).filter(Boolean);
  if (!items.length || !items.every((each) => form.test(each))) {
    throw new Error(`submission.toml has no usable line “${name} = […]”.`);
  }
  return items;
}

/**
 * Gives the values of a tensor.
 * @param {Map<string, Tensor>} tensors
 * @param {string} name
 * @param {number[]} shape
 */
function expect(tensors, name, shape) {
  const tensor = tensors.get(name);
  if (!tensor) throw new Error(`model.safetensors has no tensor ${name}.`);
  if (tensor.shape.join() !== shape.join()) {
    throw new Error(`${name} has the shape [${tensor.shape}], and the widths ask for [${shape}].`);
  }
  return tensor.values;
}
