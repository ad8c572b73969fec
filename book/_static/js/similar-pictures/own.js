/* A picture of the reader's own: made small, and turned into what is compared. */

import { CHANNELS, fitted } from "../shared/resize.js";
import { SIDE } from "./collection.js";

/** @import { Model } from "../shared/model.js" */
/** @import { Way } from "./collection.js" */
/** @import { Pixels } from "../shared/resize.js" */
/** @typedef {{name: string, image: Pixels, vectors: Record<Way, Float32Array>}} Own */

const SMALL_SIDE = 8;

/**
 * Turns a picture into vectors.
 * @param {string} name
 * @param {Pixels} pixels
 * @param {Model} model Loaded.
 * @returns {Promise<Own>}
 */
export async function ownOf(name, pixels, model) {
  const image = fitted(pixels, SIDE);
  const features = await model.run(image.data, [1, CHANNELS, SIDE, SIDE]);
  return { name, image, vectors: { features, pixels: smallPixels(image) } };
}

/**
 * Gives the means of 8 × 8 squares in each color, less the mean of all.
 * @param {Pixels} image
 * @returns {Float32Array}
 */
export function smallPixels({ width, height, data }) {
  const [across, down] = [width / SMALL_SIDE, height / SMALL_SIDE];
  const small = new Float32Array(CHANNELS * SMALL_SIDE * SMALL_SIDE);
  data.forEach((value, k) => {
    const [line, column] = [Math.floor(k / width), k % width];
    small[Math.floor(line / down) * SMALL_SIDE + Math.floor(column / across)] += value / (across * down);
  });
  const mean = small.reduce((sum, value) => sum + value) / small.length;
  return small.map((value) => value - mean);
}
