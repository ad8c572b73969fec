/* Pictures of faces and their codes, as the network gives them. */

import { LATENTS } from "./positions.js";

/** @import { Model } from "../shared/model.js" */
/** @typedef {{code: Float32Array, picture: ImageData}} Face */

export const SIDE = 64; // pixels
const PLANE = SIDE * SIDE;
const LENGTH = LATENTS + 3 * PLANE; // what the network gives for one face

/**
 * Names a face by its positions.
 * @param {number[]} positions
 */
export const keyOf = (positions) => positions.join();

/** Faces that are asked for together: each is made once, and kept as long as it is among them. */
export class Faces {
  /** @param {Pick<Model, "run">} model */
  constructor(model) {
    this.model = model;
    /** @type {Map<string, Face>} */
    this.known = new Map();
  }

  /**
   * Gives a face for each of some positions.
   * @param {number[][]} all
   * @returns {Promise<Face[]>}
   */
  async of(all) {
    const asked = new Map(all.map((positions) => [keyOf(positions), positions]));
    const missing = [...asked].filter(([key]) => !this.known.has(key));
    if (missing.length) {
      const values = Float32Array.from(missing.flatMap(([, positions]) => positions));
      const output = await this.model.run(values, [missing.length, LATENTS]);
      missing.forEach(([key], n) => this.known.set(key, faceOf(output.subarray(n * LENGTH, (n + 1) * LENGTH))));
    }
    this.known = new Map([...asked.keys()].map((key) => [key, /** @type {Face} */ (this.known.get(key))]));
    return all.map((positions) => /** @type {Face} */ (this.known.get(keyOf(positions))));
  }
}

/**
 * Takes apart what the network gives: the code, then red, green and blue of all pixels, from 0 to 1.
 * @param {Float32Array} values
 * @returns {Face}
 */
function faceOf(values) {
  const picture = new ImageData(SIDE, SIDE);
  for (let place = 0; place < PLANE; place++) {
    for (let channel = 0; channel < 3; channel++) {
      picture.data[4 * place + channel] = 255 * values[LATENTS + channel * PLANE + place];
    }
    picture.data[4 * place + 3] = 255;
  }
  return { code: values.slice(0, LATENTS), picture };
}
