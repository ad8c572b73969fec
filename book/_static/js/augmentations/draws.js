/* Draws of amounts at random: the same seed and number give the same picture. Each transform has chance of its
   own, so that turning one on leaves the others as they were. */

import { Random } from "../shared/random.js";
import { SIDE } from "./pixels.js";
import { NAMES, NEUTRAL, TRANSFORMS } from "./transforms.js";

/** @import { Amounts, Strengths } from "./transforms.js" */

const ORDERS = 24; // of four things

/**
 * Draws the amounts of one picture.
 * @param {Strengths} strengths
 * @param {number} seed
 * @param {number} number Of the picture.
 * @returns {Amounts}
 */
export function drawn(strengths, seed, number) {
  const amounts = { ...NEUTRAL, order: Math.floor(new Random(seed, number, "order").next() * ORDERS) };
  for (const name of NAMES) {
    if (strengths[name]) Object.assign(amounts, TRANSFORMS[name].draw(new Random(seed, number, name), strengths[name]));
  }
  return amounts;
}

/**
 * Keeps boxes inside the picture, where a reader sets their sides one by one.
 * @param {Amounts} amounts
 * @returns {Amounts}
 */
export function fitted(amounts) {
  const { cropTop, cropLeft, cropHeight, cropWidth, eraseTop, eraseLeft, eraseHeight, eraseWidth } = amounts;
  return {
    ...amounts,
    cropTop: Math.min(cropTop, SIDE - cropHeight), cropLeft: Math.min(cropLeft, SIDE - cropWidth),
    eraseTop: Math.min(eraseTop, SIDE - eraseHeight), eraseLeft: Math.min(eraseLeft, SIDE - eraseWidth),
  };
}
