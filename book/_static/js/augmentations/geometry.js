/* What moves pixels, as torchvision.transforms.v2.functional does it to float images. */

import { blank, channelsOf } from "./pixels.js";

/** @import { Picture } from "./pixels.js" */

/**
 * Mirrors left to right: horizontal_flip.
 * @param {Picture} picture
 * @returns {Picture}
 */
export function flipped({ side, data }) {
  const to = blank(side);
  for (let start = 0; start < data.length; start += side) {
    for (let column = 0; column < side; column++) to.data[start + column] = data[start + side - 1 - column];
  }
  return to;
}

/**
 * Turns counterclockwise around the middle: rotate, bilinear.
 * @param {Picture} picture
 * @param {number} degrees
 * @param {number} fill What stands where the old picture has nothing.
 * @returns {Picture}
 */
export function rotated(picture, degrees, fill) {
  const angle = (degrees * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  return sampled(picture, [cosine, -sine, 0, sine, cosine, 0], fill);
}

/**
 * Moves and scales around the middle: affine without angle and shear, bilinear.
 * @param {Picture} picture
 * @param {{right: number, down: number, scale: number}} amounts Pixels, and a factor.
 * @param {number} fill
 * @returns {Picture}
 */
export const moved = (picture, { right, down, scale }, fill) =>
  sampled(picture, [1 / scale, 0, -right / scale, 0, 1 / scale, -down / scale], fill);

/**
 * Reads the old picture, for each new pixel, at the place that a matrix says, both from the middle.
 * @param {Picture} picture
 * @param {number[]} matrix Two rows of three.
 * @param {number} fill
 * @returns {Picture}
 */
function sampled(picture, [a, b, c, d, e, f], fill) {
  const { side } = picture;
  const to = blank(side);
  const middle = (side - 1) / 2;
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const x = column - middle;
      const y = row - middle;
      mix(picture, to, row * side + column, a * x + b * y + c + middle, d * x + e * y + f + middle, fill);
    }
  }
  return to;
}

/**
 * Mixes the four neighbors of a place. Where some lie outside, they count as 0, and then the fill takes their
 * share of the mixture: as torchvision does it, with a seam along the edge that is darker than both.
 * @param {Picture} from
 * @param {Picture} to
 * @param {number} place Where the mixture goes.
 * @param {number} across
 * @param {number} along
 * @param {number} fill
 */
function mix({ side, data }, to, place, across, along, fill) {
  const size = side * side;
  const left = Math.floor(across);
  const top = Math.floor(along);
  let inside = 0;
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let row = Math.max(0, top); row <= Math.min(side - 1, top + 1); row++) {
    for (let column = Math.max(0, left); column <= Math.min(side - 1, left + 1); column++) {
      const share = (1 - Math.abs(across - column)) * (1 - Math.abs(along - row));
      const near = row * side + column;
      inside += share;
      red += share * data[near];
      green += share * data[near + size];
      blue += share * data[near + 2 * size];
    }
  }
  to.data[place] = (red - fill) * inside + fill;
  to.data[place + size] = (green - fill) * inside + fill;
  to.data[place + 2 * size] = (blue - fill) * inside + fill;
}

/** @typedef {{top: number, left: number, height: number, width: number}} Box In pixels. */

/**
 * Cuts out a box and scales it to the whole picture: resized_crop, bilinear with antialiasing.
 * @param {Picture} picture
 * @param {Box} box
 * @returns {Picture}
 */
export function cropped(picture, { top, left, height, width }) {
  const { side } = picture;
  const to = blank(side);
  const columns = weightsOf(left, width, side);
  const rows = weightsOf(top, height, side);
  const [from, into] = [channelsOf(picture), channelsOf(to)];
  for (let channel = 0; channel < 3; channel++) {
    const narrow = new Float32Array(side * side); // columns done, rows as they were
    for (let row = top; row < top + height; row++) {
      for (let column = 0; column < side; column++) {
        narrow[row * side + column] = mean(from[channel], columns[column], row * side, 1);
      }
    }
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) into[channel][row * side + column] = mean(narrow, rows[row], column, side);
    }
  }
  return to;
}

/**
 * Gives a weighted mean along a line.
 * @param {Float32Array} from
 * @param {{first: number, weights: Float64Array}} line
 * @param {number} start Where its first pixel is.
 * @param {number} step From one pixel to the next.
 */
function mean(from, { first, weights }, start, step) {
  let sum = 0;
  for (let k = 0; k < weights.length; k++) sum += weights[k] * from[start + (first + k) * step];
  return sum;
}

/**
 * Gives, for each new pixel along a side, which old ones count, and how much: a triangle around its middle.
 * @param {number} start Of the part that is stretched.
 * @param {number} length
 * @param {number} side
 */
function weightsOf(start, length, side) {
  const scale = length / side;
  const reach = Math.max(1, scale);
  return Array.from({ length: side }, (_, place) => {
    const middle = scale * (place + 0.5);
    const first = Math.max(0, Math.trunc(middle - reach + 0.5));
    const last = Math.min(length, Math.trunc(middle + reach + 0.5));
    const raw = Array.from({ length: last - first }, (_, k) => Math.max(0, 1 - Math.abs((first + k - middle + 0.5) / reach)));
    const total = raw.reduce((a, b) => a + b);
    return { first: start + first, weights: Float64Array.from(raw, (weight) => weight / total) };
  });
}

/**
 * Blackens a box: erase with 0.
 * @param {Picture} picture
 * @param {Box} box
 * @returns {Picture}
 */
export function erased({ side, data }, { top, left, height, width }) {
  const to = { side, data: data.slice() };
  for (const channel of channelsOf(to)) {
    for (let row = top; row < top + height; row++) channel.fill(0, row * side + left, row * side + left + width);
  }
  return to;
}
