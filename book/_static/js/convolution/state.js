/* The whole state as text for a link, and back. */

import { among, asText, read, strangersIn, write } from "../shared/state.js";
import { LAYERS } from "./field.js";
import { kernelName, kernelOf, textOf as kernelText } from "./kernels.js";
import { PICTURES, pictureName, pictureOf, textOf as pictureText } from "./pictures.js";

/** @import { Field, Fields } from "../shared/state.js" */
/** @import { Kernels, Weights } from "./kernels.js" */
/**
 * What the reader has chosen: picture, kernel, how it slides, the window (row, column), and the unit whose field is
 * shown, with the layer that it is in; without a unit, that in the middle.
 * @typedef {{picture: number[][], kernel: Weights, padding: number, stride: number, dilation: number, at: number[],
 *     layer: number, unit: number[]|null}} Settings
 */

export const PADDINGS = [0, 1, 2, 3, 4];
export const STRIDES = [1, 2, 3];
export const DILATIONS = [1, 2, 3];
const MIDDLE = "middle";

/** @type {Field<number[][]>} */
const PICTURE = {
  read: (text) => (Object.hasOwn(PICTURES, text) ? PICTURES[text].picture : pictureOf(text)),
  write: (picture) => pictureName(picture) ?? pictureText(picture),
};

/**
 * A row and a column, which are counted from 1 in a link.
 * @type {Field<number[]>}
 */
const PLACE = {
  read: (text) => (/^[1-9]\d?,[1-9]\d?$/.test(text) ? text.split(",").map((number) => Number(number) - 1) : undefined),
  write: (place) => place.map((number) => number + 1).join(","),
};

/** @type {Field<number[]|null>} */
const UNIT = {
  read: (text) => (text === MIDDLE ? null : PLACE.read(text)),
  write: (place) => (place ? PLACE.write(place) : MIDDLE),
};

/**
 * @param {Kernels} kernels
 * @returns {Field<Weights>}
 */
const kernelField = (kernels) => ({
  read: (text) => kernels.get(text)?.weights ?? kernelOf(text),
  write: (weights) => kernelName(weights, kernels) ?? kernelText(weights),
});

/** @type {(kernels: Kernels) => Fields} */
const fieldsOf = (kernels) => ({
  picture: PICTURE,
  kernel: kernelField(kernels),
  padding: among(PADDINGS),
  stride: among(STRIDES),
  dilation: among(DILATIONS),
  at: PLACE,
  layer: among(Array.from({ length: LAYERS }, (_, k) => k + 1)),
  unit: UNIT,
});

/**
 * Gives the settings with which it is first seen.
 * @param {Kernels} kernels
 * @returns {Settings}
 */
const usualOf = (kernels) => ({
  picture: PICTURES.edge.picture,
  kernel: kernels.get("left-right")?.weights ?? [["1"]],
  padding: 0,
  stride: 1,
  dilation: 1,
  at: [0, 0],
  layer: LAYERS,
  unit: null,
});

/**
 * Writes settings as text.
 * @param {Settings} settings
 * @param {Kernels} kernels
 */
export const encode = (settings, kernels) => asText(write(fieldsOf(kernels), usualOf(kernels), settings));

/**
 * Reads settings.
 * @param {string} text
 * @param {Kernels} kernels
 * @returns {{settings: Settings, problems: string[], unknown: string[]}} The names of what could not be read, and of
 *     what is no setting.
 */
export function decode(text, kernels) {
  const parameters = new URLSearchParams(text);
  const fields = fieldsOf(kernels);
  const { settings, problems } = read(fields, usualOf(kernels), parameters);
  return { settings, problems, unknown: strangersIn(parameters, Object.keys(fields)) };
}
