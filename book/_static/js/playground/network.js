/* A fully connected network with one logit as output: forward pass, loss and gradient.

   Arrays are unit by unit: the values of one unit for all points of a batch lie side by side. */

import { Random } from "../shared/random.js";
import { ACTIVATIONS, sigmoid } from "./activations.js";

/** @typedef {{inputs: number, outputs: number, weight: Float64Array, bias: Float64Array}} Layer */

const LARGEST_SUM = 1e38; // a third of what 32 bits hold, so that no rounding matters

/**
 * What a network may be given of a point (x, y).
 * @type {Record<string, {label: string, torch: string, of: (x: number, y: number) => number}>}
 */
export const FEATURES = {
  x: { label: "x", torch: "x", of: (x) => x },
  y: { label: "y", torch: "y", of: (x, y) => y },
  x2: { label: "x²", torch: "x**2", of: (x) => x * x },
  y2: { label: "y²", torch: "y**2", of: (x, y) => y * y },
  xy: { label: "xy", torch: "x * y", of: (x, y) => x * y },
  sinx: { label: "sin x", torch: "x.sin()", of: (x) => Math.sin(x) },
  siny: { label: "sin y", torch: "y.sin()", of: (x, y) => Math.sin(y) },
};

/**
 * Gives the inputs of a network.
 * @param {ArrayLike<number>} points x and y of each point in turn, length 2 · count.
 * @param {string[]} features Keys of FEATURES.
 * @returns {Float64Array} Feature by feature, length features · count.
 */
export function inputsOf(points, features) {
  const count = points.length / 2;
  const inputs = new Float64Array(features.length * count);
  features.forEach((feature, row) => {
    const { of } = FEATURES[feature];
    for (let n = 0; n < count; n++) inputs[row * count + n] = of(points[2 * n], points[2 * n + 1]);
  });
  return inputs;
}

/** The layers of a network over one flat array of parameters, in PyTorch's order: weight, bias, … */
export class Network {
  /**
   * @param {number[]} widths Units from input to output, as in [2, 8, 8, 1].
   * @param {string} activation Key of ACTIVATIONS.
   */
  constructor(widths, activation) {
    this.widths = widths;
    this.activation = ACTIVATIONS[activation];
    this.parameterCount = 0;
    for (let l = 1; l < widths.length; l++) this.parameterCount += (widths[l - 1] + 1) * widths[l];
    this.parameters = new Float64Array(this.parameterCount);
    this.gradient = new Float64Array(this.parameterCount);
    this.layers = this.views(this.parameters);
    this.slopes = this.views(this.gradient);
  }

  /**
   * Gives weight (outputs × inputs) and bias (outputs) of each layer as views of a flat array.
   * @param {Float64Array} flat
   * @returns {Layer[]}
   */
  views(flat) {
    let start = 0;
    /** @param {number} length */
    const take = (length) => flat.subarray(start, (start += length));
    return this.widths.slice(1).map((outputs, index) => {
      const inputs = this.widths[index];
      return { inputs, outputs, weight: take(inputs * outputs), bias: take(outputs) };
    });
  }

  /**
   * Starts all parameters as PyTorch's nn.Linear does: evenly between ±1/√inputs.
   * @param {number} seed
   */
  initialize(seed) {
    const random = new Random(seed, "weights");
    for (const { inputs, weight, bias } of this.layers) {
      const bound = 1 / Math.sqrt(inputs);
      for (const part of [weight, bias]) {
        for (let k = 0; k < part.length; k++) part[k] = bound * (2 * random.next() - 1);
      }
    }
  }
}

/** Room for the values of every unit on up to `capacity` points. */
export class Pass {
  /**
   * @param {Network} network
   * @param {number} capacity
   */
  constructor(network, capacity) {
    this.network = network;
    const room = () => network.widths.slice(1).map((width) => new Float64Array(width * capacity));
    this.before = room(); // what the activation gets
    this.after = room(); // what it gives
    /** @type {Float64Array[]|null} */
    this.errors = null; // slope of the loss along `before`, made when first asked for
    this.room = room;
    /** @type {Float64Array} */
    this.inputs = new Float64Array(0);
    this.count = 0;
  }

  /**
   * Computes the logits.
   * @param {Float64Array} inputs Feature by feature, length widths[0] · count.
   * @param {number} count Number of points.
   * @returns {Float64Array} The logits, the first `count` of the array.
   */
  forward(inputs, count) {
    const { layers, activation } = this.network;
    const last = layers.length - 1;
    this.inputs = inputs;
    this.count = count;
    layers.forEach((layer, index) => {
      weigh(layer, index ? this.after[index - 1] : inputs, this.before[index], count);
      if (index < last) activation.apply(this.before[index], this.after[index], layer.outputs * count);
    });
    return this.before[last];
  }

  /**
   * Computes the gradient of the mean cross-entropy into `network.gradient`, after `forward`.
   * @param {ArrayLike<number>} labels 0 or 1 for each point.
   */
  backward(labels) {
    const { layers, slopes, activation } = this.network;
    const { count } = this;
    const errors = (this.errors ??= this.room());
    const last = layers.length - 1;
    const logits = this.before[last];
    for (let n = 0; n < count; n++) errors[last][n] = (sigmoid(logits[n]) - labels[n]) / count;
    for (let index = last; index >= 0; index--) {
      const source = index ? this.after[index - 1] : this.inputs;
      collect(slopes[index], source, errors[index], count);
      if (index === 0) return;
      spread(layers[index], errors[index], errors[index - 1], count);
      activation.chain(this.before[index - 1], source, errors[index - 1], layers[index].inputs * count);
    }
  }
}

/**
 * target[j] = bias[j] + Σᵢ weight[j, i] · source[i], for every point
 * @param {Layer} layer
 * @param {Float64Array} source
 * @param {Float64Array} target
 * @param {number} count
 */
function weigh({ inputs, outputs, weight, bias }, source, target, count) {
  for (let j = 0; j < outputs; j++) {
    const to = j * count;
    target.fill(bias[j], to, to + count);
    for (let i = 0; i < inputs; i++) {
      const w = weight[j * inputs + i];
      const from = i * count;
      for (let n = 0; n < count; n++) target[to + n] += w * source[from + n];
    }
  }
}

/**
 * weight'[j, i] = Σₙ error[j, n] · source[i, n] and bias'[j] = Σₙ error[j, n]
 * @param {Layer} slopes
 * @param {Float64Array} source
 * @param {Float64Array} errors
 * @param {number} count
 */
function collect({ inputs, outputs, weight, bias }, source, errors, count) {
  for (let j = 0; j < outputs; j++) {
    const to = j * count;
    let sum = 0;
    for (let n = 0; n < count; n++) sum += errors[to + n];
    bias[j] = sum;
    for (let i = 0; i < inputs; i++) {
      const from = i * count;
      let product = 0;
      for (let n = 0; n < count; n++) product += errors[to + n] * source[from + n];
      weight[j * inputs + i] = product;
    }
  }
}

/**
 * error'[i] = Σⱼ weight[j, i] · error[j], for every point
 * @param {Layer} layer
 * @param {Float64Array} errors
 * @param {Float64Array} target
 * @param {number} count
 */
function spread({ inputs, outputs, weight }, errors, target, count) {
  target.fill(0, 0, inputs * count);
  for (let j = 0; j < outputs; j++) {
    const from = j * count;
    for (let i = 0; i < inputs; i++) {
      const w = weight[j * inputs + i];
      const to = i * count;
      for (let n = 0; n < count; n++) target[to + n] += w * errors[from + n];
    }
  }
}

/**
 * Tells whether no sum in a network can leave the range of 32-bit numbers, in whatever order it is added.
 * @param {Network} network
 * @param {number} reach How far from zero an input may be, at least 1.
 * @returns {boolean}
 */
export function fitsFloat32({ layers, activation }, reach) {
  let most = reach;
  return layers.every(({ inputs, weight, bias }) => {
    const sums = Array.from(bias, (value, j) =>
      weight.subarray(j * inputs, (j + 1) * inputs).reduce((sum, w) => sum + Math.abs(w) * most, Math.abs(value)),
    );
    const largest = Math.max(1, ...sums);
    most = activation.isBounded ? 1 : largest;
    return largest < LARGEST_SUM; // false of what is not a number, too
  });
}

/**
 * Gives the mean cross-entropy in nats, stable for large logits.
 * @param {Float64Array} logits
 * @param {Uint8Array} labels
 * @returns {number}
 */
export function lossOf(logits, labels) {
  let sum = 0;
  for (let n = 0; n < labels.length; n++) {
    const z = logits[n];
    sum += Math.max(z, 0) - z * labels[n] + Math.log1p(Math.exp(-Math.abs(z)));
  }
  return sum / labels.length;
}

/**
 * Counts the points on the right side of zero.
 * @param {Float64Array} logits
 * @param {Uint8Array} labels
 * @returns {number}
 */
export function countRight(logits, labels) {
  let right = 0;
  for (let n = 0; n < labels.length; n++) right += Number(logits[n] > 0 === labels[n] > 0.5);
  return right;
}
