/* Square pictures of three channels, one after the other, as PyTorch lays them: (3, side, side), 0 to 1. */

/** @typedef {{side: number, data: Float32Array}} Picture */

/** Pixels along a side of every picture here. */
export const SIDE = 192;

/**
 * Makes a picture, black.
 * @param {number} side
 * @returns {Picture}
 */
export const blank = (side) => ({ side, data: new Float32Array(3 * side * side) });

/**
 * Changes each number of a picture, and keeps it from 0 to 1.
 * @param {Picture} picture
 * @param {(value: number, place: number) => number} change
 * @returns {Picture}
 */
export function mapped({ side, data }, change) {
  const to = blank(side);
  for (let place = 0; place < data.length; place++) to.data[place] = Math.min(1, Math.max(0, change(data[place], place)));
  return to;
}

/**
 * Gives the channels of a picture, one after the other.
 * @param {Picture} picture
 * @returns {Float32Array[]}
 */
export const channelsOf = ({ side, data }) =>
  [0, 1, 2].map((channel) => data.subarray(channel * side * side, (channel + 1) * side * side));

/**
 * Reads a picture from what a canvas holds: red, green, blue and opacity by turns, on white.
 * @param {Uint8ClampedArray} bytes
 * @param {number} side
 * @returns {Picture}
 */
export function fromBytes(bytes, side) {
  const picture = blank(side);
  const size = side * side;
  for (let place = 0; place < size; place++) {
    for (let channel = 0; channel < 3; channel++) {
      picture.data[channel * size + place] = bytes[4 * place + channel] / 255;
    }
  }
  return picture;
}

/**
 * Writes a picture as a canvas takes it.
 * @param {Picture} picture
 * @returns {Uint8ClampedArray<ArrayBuffer>}
 */
export function toBytes({ side, data }) {
  const size = side * side;
  const bytes = new Uint8ClampedArray(4 * size).fill(255);
  for (let place = 0; place < size; place++) {
    for (let channel = 0; channel < 3; channel++) bytes[4 * place + channel] = Math.round(255 * data[channel * size + place]);
  }
  return bytes;
}
