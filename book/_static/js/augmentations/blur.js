/* Blurring, as torchvision.transforms.v2.functional.gaussian_blur does it. */

import { blank, channelsOf } from "./pixels.js";

/** @import { Picture } from "./pixels.js" */

/** Pixels that are mixed along each direction. */
export const KERNEL = 13;
const HALF = (KERNEL - 1) / 2;

/**
 * Mixes each pixel with its neighbors, near ones more; at the edge the picture is mirrored.
 * @param {Picture} picture
 * @param {number} sigma In pixels.
 * @returns {Picture}
 */
export function blurred(picture, sigma) {
  const weights = Array.from({ length: KERNEL }, (_, k) => Math.exp(-(((k - HALF) / sigma) ** 2) / 2));
  const total = weights.reduce((a, b) => a + b);
  const shares = weights.map((weight) => weight / total);
  const { side } = picture;
  const [narrow, to] = [blank(side), blank(side)];
  const [from, between, into] = [picture, narrow, to].map(channelsOf);
  for (let channel = 0; channel < 3; channel++) {
    along(from[channel], between[channel], side, shares, 1, side);
    along(between[channel], into[channel], side, shares, side, 1);
  }
  return to;
}

/**
 * Mixes along one direction.
 * @param {Float32Array} from
 * @param {Float32Array} into
 * @param {number} side
 * @param {number[]} shares
 * @param {number} step From one pixel to the next.
 * @param {number} line From one line of pixels to the next.
 */
function along(from, into, side, shares, step, line) {
  const padded = new Float64Array(side + 2 * HALF); // a line, mirrored at both ends
  for (let start = 0; start < side * line; start += line) {
    for (let place = 0; place < padded.length; place++) {
      const near = Math.abs(place - HALF);
      padded[place] = from[start + step * (near < side ? near : 2 * (side - 1) - near)];
    }
    for (let place = 0; place < side; place++) {
      let sum = 0;
      for (let k = 0; k < KERNEL; k++) sum += shares[k] * padded[place + k];
      into[start + step * place] = sum;
    }
  }
}
