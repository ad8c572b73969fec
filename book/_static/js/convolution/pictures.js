/* Small pictures, drawn here: a digit from 0 to 9 a pixel, a text a row. */

export const [SMALLEST, LARGEST] = [5, 12];
export const BRIGHTEST = 9;

/** @type {Record<string, [label: string, rows: string]>} */
const DRAWN = {
  edge: ["A diagonal edge", "000000003 000000033 000000333 000003333 000033333 000333333 003333333 033333333 333333333"],
  hand: ["The border by hand", "00033 00333 00333 03333 03333"],
  seven: [
    "A seven",
    "0000000000 0789998700 0234468900 0000008700 0000028500 0000079200 0000287000 0000892000 0000870000 0000000000",
  ],
  stripes: ["Stripes", "303030303 303030303 303030303 303030303 303030303 303030303 303030303 303030303 303030303"],
  square: ["A square", "00000000 00000000 00333300 00333300 00333300 00333300 00000000 00000000"],
  dot: ["One bright pixel", "0000000 0000000 0000000 0001000 0000000 0000000 0000000"],
  blank: ["An empty picture", "00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000"],
};

/** @param {string} text */
const pixels = (text) => [...text].map(Number);

/**
 * What can be picked: label and rows of each.
 * @type {Record<string, {label: string, picture: number[][]}>}
 */
export const PICTURES = Object.fromEntries(
  Object.entries(DRAWN).map(([name, [label, rows]]) => [name, { label, picture: rows.split(" ").map(pixels) }]),
);

/**
 * Reads a picture from all its digits, row by row.
 * @param {string} text
 * @returns {number[][]|undefined} Nothing where they make no square of an allowed side.
 */
export function pictureOf(text) {
  const side = Math.sqrt(text.length);
  if (!/^\d+$/.test(text) || !Number.isInteger(side) || side < SMALLEST || side > LARGEST) return undefined;
  return Array.from({ length: side }, (_, row) => pixels(text.slice(row * side, (row + 1) * side)));
}

/** @param {number[][]} picture */
export const textOf = (picture) => picture.flat().join("");

/**
 * Gives the name of a picture that can be picked, or nothing.
 * @param {number[][]} picture
 */
export const pictureName = (picture) =>
  Object.keys(PICTURES).find((name) => textOf(PICTURES[name].picture) === textOf(picture));

/**
 * Cuts a picture off at the right and below, or adds zeros there.
 * @param {number[][]} picture
 * @param {number} side
 */
export const withSide = (picture, side) =>
  Array.from({ length: side }, (_, row) => Array.from({ length: side }, (_, column) => picture[row]?.[column] ?? 0));

/**
 * Gives a picture in which one pixel is another.
 * @param {number[][]} picture
 * @param {number} row
 * @param {number} column
 * @param {number} value
 */
export const painted = (picture, row, column, value) =>
  picture.map((line, v) => (v === row ? line.map((pixel, h) => (h === column ? value : pixel)) : line));
