/* Where the sliders of a face stand, in standard deviations: one slider for each component of the codes. */

import { Random } from "../shared/random.js";

export const LATENTS = 64;
export const FARTHEST = 3;

/**
 * Rounds to one decimal, as far as a slider goes.
 * @param {number} position
 */
export const rounded = (position) => Math.round(10 * Math.max(-FARTHEST, Math.min(FARTHEST, position))) / 10 || 0;

/**
 * Sets the sliders that are left out to 0.
 * @param {number[]} positions
 * @returns {number[]}
 */
export const padded = (positions) => Array.from({ length: LATENTS }, (_, k) => positions[k] || 0);

/**
 * Draws a face from the normal distribution of the codes: along each component with its own variance.
 * @param {number} seed
 * @returns {number[]}
 */
export function drawn(seed) {
  const random = new Random(seed, "face");
  return Array.from({ length: LATENTS }, () => rounded(random.normal()));
}

/**
 * Goes straight from one face's code to another's; positions and codes go the same way.
 * @param {number[]} face
 * @param {number[]} other
 * @param {number} share Of the way, from 0 to 1.
 * @returns {number[]}
 */
export const between = (face, other, share) =>
  share === 0 ? face : face.map((position, k) => position + share * (other[k] - position));
