/* What the pictures show, in words: sums, sizes and fields with their numbers put in. */

import { dot, sideAfter, spanOf } from "./convolution.js";
import { growth } from "./field.js";
import { valueOfWeight } from "./kernels.js";

/** @import { Geometry } from "./convolution.js" */
/** @import { Weights } from "./kernels.js" */

/** @param {string} text */
const signed = (text) => text.replace("-", "−");

/** @param {number} value */
const rounded = (value) => Number(value.toFixed(2)) || 0; // no minus before 0

/**
 * Writes a number with up to two decimals.
 * @param {number} value
 */
export const written = (value) => signed(String(rounded(value)));

/**
 * Writes what something comes to, and whether that is rounded.
 * @param {number} value
 */
const comesTo = (value) => `${Math.abs(rounded(value) - value) < 1e-9 ? "=" : "≈"} ${written(value)}`;

/**
 * Puts numbers together as a sum is written by hand.
 * @param {string[]} terms
 */
const joined = (terms) => signed(terms.join(" + ").replaceAll("+ -", "− "));

/**
 * @param {number} row
 * @param {number} column
 */
export const placed = (row, column) => `row ${row + 1}, column ${column + 1}`;

/**
 * @param {number} count
 * @param {string} thing
 */
const counted = (count, thing) => `${count} ${thing}${count === 1 ? "" : "s"}`;

/**
 * Writes a sum out: a line for each row of the kernel, and what they are together.
 * @param {Weights} weights
 * @param {number[][]} pixels Those under the window.
 */
export function sumLines(weights, pixels) {
  const sums = weights.map((row, i) => dot(row.map(valueOfWeight), pixels[i]));
  const lines = weights.map((row, i) => `${joined(row.map((weight, j) => `${weight}·${pixels[i][j]}`))} ${comesTo(sums[i])}`);
  const total = comesTo(sums.reduce((sum, each) => sum + each, 0));
  return { lines, total: sums.length > 1 ? `${joined(sums.map((sum) => String(rounded(sum))))} ${total}` : total.slice(2) };
}

/**
 * Puts the numbers into the formula of the size.
 * @param {number} side
 * @param {Geometry} geometry
 */
export function sizeLine(side, geometry) {
  const { size, padding, stride, dilation } = geometry;
  const room = side + 2 * padding - spanOf(geometry);
  const above = `${side} + 2·${padding} − ${dilation}·(${size} − 1) − 1`;
  if (room < 0) return `⌊(m + 2p − d·(k − 1) − 1) / s⌋ + 1, but ${above} = ${written(room)} is below 0.`;
  return `⌊(m + 2p − d·(k − 1) − 1) / s⌋ + 1 = ⌊(${above}) / ${stride}⌋ + 1 = ⌊${room} / ${stride}⌋ + 1 = ${sideAfter(side, geometry)}.`;
}

/**
 * Says what of the picture no window reaches, since the stride steps over it; nothing where all is reached.
 * @param {number} side
 * @param {Geometry} geometry
 */
export function leftOver(side, geometry) {
  const rest = (side + 2 * geometry.padding - spanOf(geometry)) % geometry.stride;
  if (rest <= 0) return "";
  return `No window reaches the last ${rest === 1 ? "row and column" : `${rest} rows and columns`}${geometry.padding ? ", padding included" : ""}.`;
}

/**
 * Says in short why nothing comes out.
 * @param {number} side
 * @param {Geometry} geometry
 */
export const shortRefusal = (side, geometry) =>
  `No window fits: it spans ${spanOf(geometry)} pixels, and there are ${side + 2 * geometry.padding}.`;

/**
 * Says why nothing comes out, and what would help.
 * @param {number} side
 * @param {Geometry} geometry
 */
export function refusal(side, geometry) {
  const { size, padding, dilation } = geometry;
  const reach = dilation > 1 ? `A kernel of ${size} with a dilation of ${dilation} spans ${spanOf(geometry)} pixels` : `A kernel of ${size} spans ${counted(size, "pixel")}`;
  const room = padding ? `${side} + 2·${padding} = ${side + 2 * padding} with its padding` : String(side);
  return `No window fits. ${reach}, and the picture has ${room}. Take more padding, a larger picture, a smaller kernel or a smaller dilation.`;
}

/**
 * Says from where to where something reaches.
 * @param {number[]} roads Along one axis.
 * @param {string} name Of one place on it.
 */
function extent(roads, name) {
  const first = roads.findIndex(Boolean);
  const last = roads.findLastIndex(Boolean);
  if (first === last) return `${name} ${first + 1}`;
  const seen = roads.filter(Boolean).length;
  const holes = seen < last - first + 1 ? `${seen} of the ` : "";
  return `${holes}${name}s ${first + 1} to ${last + 1}`;
}

/**
 * Says what a unit sees.
 * @param {number[]} rows Roads to the picture's rows.
 * @param {number[]} columns Roads to its columns.
 * @param {number} layer
 * @param {number[]} unit
 */
export function fieldLine(rows, columns, layer, [row, column]) {
  const seen = rows.filter(Boolean).length * columns.filter(Boolean).length;
  const place = `The unit at ${placed(row, column)} of layer ${layer}`;
  if (!seen) return `${place} sees no pixel, only padding.`;
  return `${place} sees ${seen} of ${rows.length ** 2} pixels: ${extent(rows, "row")}, ${extent(columns, "column")}.`;
}

/**
 * Puts the numbers into the formula of the field's side.
 * @param {Geometry} geometry
 * @param {number} layers
 * @param {number[]} rows Roads to the picture's rows.
 * @param {number[]} columns Roads to its columns.
 */
export function growthLine(geometry, layers, rows, columns) {
  const steps = growth(geometry, layers);
  const side = steps.reduce((sum, step) => sum + step, 1);
  const reach = geometry.dilation * (geometry.size - 1);
  const terms = steps.map((_, layer) => `${reach}·${geometry.stride ** layer}`);
  const isCut = [rows, columns].some((roads) => roads.findLastIndex(Boolean) - roads.findIndex(Boolean) + 1 < side);
  return `Side of the field: 1 + ${terms.join(" + ")} = ${side}${isCut ? ", here cut off by the border" : ""}.`;
}
