/* Kernels to pick, and weights as the reader writes them: a number such as -0.25, or a fraction such as 1/9. */

/** @typedef {string[][]} Weights As they are written, row by row. */
/** @typedef {Map<string, {label: string, weights: Weights}>} Kernels By their names in a link. */

export const LARGEST = 5;
const WEIGHT = /^-?\d{1,2}(\.\d{1,2})?(\/[1-9]\d?)?$/;

/** @type {[name: string, label: string, rows: string][]} */
const BY_HAND = [
  ["left-right", "Left and right (Sobel)", "-1 0 1,-2 0 2,-1 0 1"],
  ["up-down", "Up and down (Sobel)", "-1 -2 -1,0 0 0,1 2 1"],
  ["hand", "Right minus left", "-1 0 1,-1 0 1,-1 0 1"],
  ["blur", "Blur", "1/9 1/9 1/9,1/9 1/9 1/9,1/9 1/9 1/9"],
  ["sharpen", "Sharpen", "0 -1 0,-1 5 -1,0 -1 0"],
  ["identity", "Identity", "0 0 0,0 1 0,0 0 0"],
];

/**
 * Gives all kernels that can be picked.
 * @param {number[][][]} filters Those that the chapter's network has learned.
 * @returns {Kernels}
 */
export function kernelsWith(filters) {
  const known = new Map(
    BY_HAND.map(([name, label, rows]) => [name, { label, weights: rows.split(",").map((row) => row.split(" ")) }]),
  );
  filters.forEach((filter, k) => {
    const weights = filter.map((row) => row.map(String));
    known.set(`filter${k + 1}`, { label: `Filter ${k + 1} of the CNN`, weights });
  });
  return known;
}

/**
 * Reads a weight as a person may write it.
 * @param {string} text
 * @returns {string|undefined} As it is kept; nothing where it is no weight.
 */
export function weightOf(text) {
  const plain = text.replace(/\s/g, "").replace("−", "-").replace(",", ".").replace(/^\+/, "").replace(/^(-?)\./, (_, sign) => `${sign}0.`);
  if (!WEIGHT.test(plain)) return undefined;
  return valueOfWeight(plain) === 0 ? "0" : plain;
}

/**
 * Gives the number that a weight is.
 * @param {string} weight
 */
export function valueOfWeight(weight) {
  const [number, divisor = "1"] = weight.split("/");
  return Number(number) / Number(divisor);
}

/** @param {Weights} weights */
export const valuesOf = (weights) => weights.map((row) => row.map(valueOfWeight));

/** @param {Weights} weights */
export const textOf = (weights) => weights.flat().join(",");

/**
 * Reads a kernel from all its weights, row by row.
 * @param {string} text
 * @returns {Weights|undefined} Nothing where they make no square of an allowed side.
 */
export function kernelOf(text) {
  const written = text.split(",");
  const size = Math.sqrt(written.length);
  if (!Number.isInteger(size) || size > LARGEST) return undefined;
  const weights = written.map(weightOf).filter((weight) => weight !== undefined);
  if (weights.length < written.length) return undefined;
  return Array.from({ length: size }, (_, row) => weights.slice(row * size, (row + 1) * size));
}

/**
 * Gives the name of a kernel that can be picked, or nothing.
 * @param {Weights} weights
 * @param {Kernels} kernels
 */
export const kernelName = (weights, kernels) =>
  [...kernels.keys()].find((name) => textOf(kernels.get(name)?.weights ?? []) === textOf(weights));

/**
 * Cuts a kernel down to its middle, or puts zeros around it.
 * @param {Weights} weights
 * @param {number} size
 * @returns {Weights}
 */
export function withSize(weights, size) {
  const shift = Math.floor((weights.length - size) / 2);
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => weights[row + shift]?.[column + shift] ?? "0"),
  );
}

/**
 * Gives a kernel in which one weight is another.
 * @param {Weights} weights
 * @param {number} row
 * @param {number} column
 * @param {string} weight
 * @returns {Weights}
 */
export const changed = (weights, row, column, weight) =>
  weights.map((line, v) => (v === row ? line.map((each, h) => (h === column ? weight : each)) : line));
