/* Squares of numbers as small pictures, a pixel a number, in the theme's colors. */

import { channels, contextOf } from "./drawing.js";

/** @import { Palette } from "./drawing.js" */
/** @typedef {(value: number) => number[]} Scale Gives red, green and blue. */

/**
 * From paper at 0 to blue at the largest.
 * @param {Palette} colors
 * @param {number} most
 * @param {(share: number) => number} [bend] The root shows what is weak beside what is strong.
 * @returns {Scale}
 */
export const oneSided = (colors, most, bend = (share) => share) =>
  between(colors, most, channels(colors.blue), channels(colors.blue), bend);

/**
 * From orange below 0 over paper to blue above.
 * @param {Palette} colors
 * @param {number} most
 * @returns {Scale}
 */
export const twoSided = (colors, most) => between(colors, most, channels(colors.orange), channels(colors.blue), (share) => share);

/**
 * The picture itself: white on black, as the net's training pictures are.
 * @param {number} least
 * @param {number} most
 * @returns {Scale}
 */
export const gray = (least, most) => (value) => Array(3).fill((255 * (value - least)) / (most - least || 1));

/** @type {(colors: Palette, most: number, below: number[], above: number[], bend: (share: number) => number) => Scale} */
function between(colors, most, below, above, bend) {
  const paper = channels(colors.surface);
  return (value) => {
    const share = most ? bend(Math.min(1, Math.abs(value) / most)) : 0;
    return paper.map((from, k) => from + share * ((value < 0 ? below : above)[k] - from));
  };
}

/**
 * Paints a square of numbers, a pixel each; the style sheet enlarges it.
 * @param {HTMLCanvasElement} canvas
 * @param {Float32Array} values
 * @param {number} side
 * @param {Scale} scale
 */
export function paint(canvas, values, side, scale) {
  if (canvas.width !== side) canvas.width = canvas.height = side;
  const context = contextOf(canvas);
  const pixels = context.createImageData(side, side);
  values.forEach((value, k) => pixels.data.set([...scale(value), 255], 4 * k));
  context.putImageData(pixels, 0, 0);
}
