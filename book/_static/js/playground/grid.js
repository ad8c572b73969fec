/* A network's values all over the plane, for every unit: what the pictures show. */

import { Pass, inputsOf } from "./network.js";

/** @import { Unit } from "./diagram.js" */
/** @import { Run } from "./run.js" */

export const EXTENT = 1.5; // half the side of the picture
const FINEST = 80; // samples along one side
const COARSEST = 40;
const WORK = 600_000; // multiplications a picture, so that it takes a few milliseconds

export class Grid {
  /** @param {Run} run Whose network is looked at. */
  constructor({ network, settings }) {
    const fitting = Math.sqrt(WORK / network.parameterCount);
    this.side = 2 * Math.round(Math.min(FINEST, Math.max(COARSEST, fitting)) / 2);
    this.count = this.side ** 2;
    const points = new Float64Array(2 * this.count);
    for (let place = 0; place < this.count; place++) {
      points[2 * place] = this.tick(place % this.side);
      points[2 * place + 1] = -this.tick(Math.floor(place / this.side)); // the first row is on top
    }
    this.inputs = inputsOf(points, settings.inputs);
    this.pass = new Pass(network, this.count);
    /** @type {Float64Array} */
    this.logits = new Float64Array(this.count);
  }

  /** @param {number} index */
  tick(index) {
    return ((2 * index + 1) / this.side - 1) * EXTENT;
  }

  /** Computes all values for the weights as they are now. */
  update() {
    this.logits = this.pass.forward(this.inputs, this.count);
  }

  /**
   * Gives the values of a hidden unit, or of an input where the layer is −1.
   * @param {number} layer
   * @param {number} index
   */
  unit(layer, index) {
    const values = layer < 0 ? this.inputs : this.pass.after[layer];
    return values.subarray(index * this.count, (index + 1) * this.count);
  }

  /**
   * Gives how a unit tints each place, between −1 and 1: the output by its certainty 2p − 1, any other by its
   * value as a share of its largest.
   * @param {Unit|null} unit The output where there is none.
   * @returns {(place: number) => number}
   */
  tintOf(unit) {
    if (!unit) return (place) => Math.tanh(this.logits[place] / 2);
    const values = this.unit(unit.layer, unit.index);
    const largest = reach(values);
    return (place) => values[place] / largest;
  }
}

/**
 * Gives the largest magnitude, at least a little more than nothing.
 * @param {Float64Array} values
 * @returns {number}
 */
export function reach(values) {
  let largest = 1e-9;
  for (let k = 0; k < values.length; k++) largest = Math.max(largest, Math.abs(values[k]));
  return largest;
}
