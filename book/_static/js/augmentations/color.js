/* What changes colors, as torchvision.transforms.v2.functional does it to float images. */

import { blank, channelsOf, mapped } from "./pixels.js";

/** @import { Picture } from "./pixels.js" */

const LUMA = [0.2989, 0.587, 0.114]; // torchvision's shares of red, green and blue in gray

/**
 * Multiplies all numbers: adjust_brightness.
 * @param {Picture} picture
 * @param {number} factor
 * @returns {Picture}
 */
export const brightened = (picture, factor) => mapped(picture, (value) => value * factor);

/**
 * Moves all numbers away from the mean gray, or to it: adjust_contrast.
 * @param {Picture} picture
 * @param {number} factor
 * @returns {Picture}
 */
export function contrasted(picture, factor) {
  const gray = grayOf(picture);
  const mean = gray.reduce((sum, value) => sum + value, 0) / gray.length;
  return mapped(picture, (value) => factor * value + (1 - factor) * mean);
}

/**
 * Moves each pixel away from its own gray, or to it: adjust_saturation.
 * @param {Picture} picture
 * @param {number} factor
 * @returns {Picture}
 */
export function saturated(picture, factor) {
  const gray = grayOf(picture);
  const size = gray.length;
  return mapped(picture, (value, place) => factor * value + (1 - factor) * gray[place % size]);
}

/** @param {Picture} picture */
function grayOf(picture) {
  const [red, green, blue] = channelsOf(picture);
  const gray = new Float64Array(red.length);
  for (let place = 0; place < red.length; place++) {
    gray[place] = LUMA[0] * red[place] + LUMA[1] * green[place] + LUMA[2] * blue[place];
  }
  return gray;
}

/**
 * Turns the circle of hues: adjust_hue.
 * @param {Picture} picture
 * @param {number} turn In whole circles, −0.5 to 0.5.
 * @returns {Picture}
 */
export function recolored(picture, turn) {
  const to = blank(picture.side);
  const [from, into] = [channelsOf(picture), channelsOf(to)];
  for (let place = 0; place < from[0].length; place++) {
    const [hue, saturation, value] = hsvOf(from[0][place], from[1][place], from[2][place]);
    const turned = hue + turn;
    const colors = rgbOf(turned - Math.floor(turned), saturation, value);
    for (let channel = 0; channel < 3; channel++) into[channel][place] = colors[channel];
  }
  return to;
}

/**
 * Gives hue, saturation and value, each from 0 to 1.
 * @param {number} red
 * @param {number} green
 * @param {number} blue
 */
function hsvOf(red, green, blue) {
  const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)];
  const range = most - least;
  if (range === 0) return [0, 0, most];
  const sixths = most === red ? (green - blue) / range : most === green ? 2 + (blue - red) / range : 4 + (red - green) / range;
  return [(sixths / 6 + 1) % 1, range / most, most];
}

/**
 * Gives red, green and blue.
 * @param {number} hue
 * @param {number} saturation
 * @param {number} value
 */
function rgbOf(hue, saturation, value) {
  /** @param {number} shift Of the color's place on the circle, in sixths. */
  const color = (shift) => {
    const sixths = (shift + 6 * hue) % 6;
    return value * (1 - saturation * Math.max(0, Math.min(sixths, 4 - sixths, 1)));
  };
  return [color(5), color(3), color(1)];
}
