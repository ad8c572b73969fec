/* What one number of a map is made of, and how far maps move along with the picture. */

import { mapOf, windowOf } from "./inside.js";

/** @import { Inside, Layer, Place } from "./inside.js" */
/**
 * The largest sum of a map, before ReLU.
 * @typedef {object} Trace
 * @property {Place} place
 * @property {number[]} parts What each map that is read adds there.
 * @property {number} bias
 * @property {number} sum
 */

/* Places at each side of a layer's maps whose field reaches over the border, where zeros stand. */
const RIMS = [1, 2, 2];

/**
 * Finds where a map is strongest, and what its sum there is made of.
 * @param {Layer} layer
 * @param {Float32Array} read All maps that the layer reads.
 * @param {Float32Array} kernels Of the one map: one for each map that is read.
 * @param {number} bias
 * @returns {Trace}
 */
export function strongest(layer, read, kernels, bias) {
  const { side, inputs, inputSide, kernel } = layer;
  /** @type {Trace} */
  let best = { place: { row: 0, column: 0 }, parts: [], bias, sum: -Infinity };
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const place = { row, column };
      const parts = Array.from({ length: inputs }, (_, k) =>
        product(layer, mapOf(read, inputSide, k), mapOf(kernels, kernel, k), place),
      );
      const sum = parts.reduce((a, b) => a + b, bias);
      if (sum > best.sum) best = { place, parts, bias, sum };
    }
  }
  return best;
}

/**
 * Multiplies a kernel with what lies below it, zeros outside.
 * @param {Layer} layer
 * @param {Float32Array} map
 * @param {Float32Array} weights
 * @param {Place} place
 */
function product(layer, map, weights, place) {
  const { inputSide, kernel } = layer;
  const { top, left } = windowOf(layer, place);
  let sum = 0;
  for (let i = Math.max(0, -top); i < Math.min(kernel, inputSide - top); i++) {
    for (let j = Math.max(0, -left); j < Math.min(kernel, inputSide - left); j++) {
      sum += weights[i * kernel + j] * map[(top + i) * inputSide + left + j];
    }
  }
  return sum;
}

/**
 * Gives the indices of the largest parts, by size.
 * @param {number[]} parts
 * @param {number} count
 */
export const largest = (parts, count) =>
  parts.map((_, k) => k).sort((a, b) => Math.abs(parts[b]) - Math.abs(parts[a])).slice(0, count);

/**
 * Tells how far a layer's maps are from those of the picture before it moved, moved along.
 * @param {number} number Of the layer, from 0.
 * @param {Layer} layer
 * @param {Inside} still
 * @param {Inside} there
 * @param {{right: number, down: number}} shift In pixels.
 * @returns {number|null} As a share of the maps' size, away from the borders; null where nothing is left to compare.
 */
export function offBy(number, { side, channels, jump }, still, there, { right, down }) {
  const [across, along] = [Math.trunc(right / jump), Math.trunc(down / jump)];
  const rim = RIMS[number];
  /** @type {(shift: number) => number[]} */
  const range = (shift) => [rim + Math.max(0, shift), side - rim + Math.min(0, shift)];
  const [[top, bottom], [left, end]] = [range(along), range(across)];
  let [rest, size] = [0, 0];
  for (let map = 0; map < channels; map++) {
    const [before, after] = [still, there].map(({ maps }) => mapOf(maps[number], side, map));
    for (let row = top; row < bottom; row++) {
      for (let column = left; column < end; column++) {
        const expected = before[(row - along) * side + column - across];
        rest += Math.abs(after[row * side + column] - expected);
        size += Math.abs(expected);
      }
    }
  }
  return size ? rest / size : null;
}
