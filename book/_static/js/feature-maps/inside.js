/* The chapter's CNN from inside: what its file gives for a picture, taken apart, and where its units look. */

/**
 * A convolution with its ReLU.
 * @typedef {object} Layer
 * @property {string} name
 * @property {number} channels Maps that it makes.
 * @property {number} side Of these maps.
 * @property {number} inputs Maps that it reads.
 * @property {number} inputSide Of the maps that it reads.
 * @property {number} kernel Side of its kernels.
 * @property {number} stride
 * @property {number} padding
 * @property {number} jump Pixels of the picture from one unit to the next.
 * @property {number} field Side of a unit's receptive field, in pixels.
 * @property {number} start Where the first unit's field begins, in pixels.
 */
/** @typedef {{row: number, column: number}} Place In a map. */
/** @typedef {{top: number, left: number, side: number}} Square In the unit of what it lies on; parts may lie outside. */
/**
 * All that the net gives for one picture.
 * @typedef {object} Inside
 * @property {Float32Array[]} maps What each layer makes, after ReLU.
 * @property {Float32Array[]} read What each layer reads.
 * @property {Float32Array} means Of the last layer's maps.
 * @property {Float32Array} logits
 * @property {Float32Array[]} kernels Of each layer.
 * @property {Float32Array[]} biases Of each layer.
 * @property {Float32Array} lastWeights From the means to the logits, a row a digit.
 * @property {Float32Array} digits Ten pictures kept back, a digit each, in order.
 */

/** @type {Layer[]} */
export const LAYERS = [
  {
    name: "1st convolution", channels: 16, side: 14, inputs: 1, inputSide: 28,
    kernel: 5, stride: 2, padding: 2, jump: 2, field: 5, start: -2,
  },
  {
    name: "2nd convolution", channels: 32, side: 14, inputs: 16, inputSide: 14,
    kernel: 3, stride: 1, padding: 1, jump: 2, field: 9, start: -4,
  },
  {
    name: "3rd convolution", channels: 64, side: 7, inputs: 32, inputSide: 7,
    kernel: 3, stride: 1, padding: 1, jump: 4, field: 19, start: -8,
  },
];
export const DIGITS = 10;
const PIXELS = 28 * 28;
const [FIRST, SECOND, THIRD] = LAYERS;
/** @type {(layer: Layer) => number} */
const sizeOf = ({ channels, side }) => channels * side * side;
/** @type {(layer: Layer) => number} */
const weightsOf = ({ channels, inputs, kernel }) => channels * inputs * kernel * kernel;

/* Parts of the output and how many numbers each has, in their order. */
const PARTS = {
  inputs: PIXELS,
  first: sizeOf(FIRST),
  second: sizeOf(SECOND),
  pooled: SECOND.channels * THIRD.inputSide ** 2,
  third: sizeOf(THIRD),
  means: THIRD.channels,
  logits: DIGITS,
  firstKernels: weightsOf(FIRST),
  firstBiases: FIRST.channels,
  secondKernels: weightsOf(SECOND),
  secondBiases: SECOND.channels,
  thirdKernels: weightsOf(THIRD),
  thirdBiases: THIRD.channels,
  lastWeights: DIGITS * THIRD.channels,
  lastBiases: DIGITS,
  digits: DIGITS * PIXELS,
};
const LENGTH = Object.values(PARTS).reduce((a, b) => a + b);

/**
 * Takes apart what the net gives for some pictures.
 * @param {Float32Array} output
 * @returns {Inside[]} One for each picture.
 */
export const insideOf = (output) =>
  Array.from({ length: output.length / LENGTH }, (_, n) => taken(output.subarray(n * LENGTH, (n + 1) * LENGTH)));

/**
 * @param {Float32Array} values
 * @returns {Inside}
 */
function taken(values) {
  let start = 0;
  const part = /** @type {Record<keyof typeof PARTS, Float32Array>} */ (
    Object.fromEntries(Object.entries(PARTS).map(([name, size]) => [name, values.subarray(start, (start += size))]))
  );
  return {
    maps: [part.first, part.second, part.third],
    read: [part.inputs, part.first, part.pooled],
    means: part.means,
    logits: part.logits,
    kernels: [part.firstKernels, part.secondKernels, part.thirdKernels],
    biases: [part.firstBiases, part.secondBiases, part.thirdBiases],
    lastWeights: part.lastWeights,
    digits: part.digits,
  };
}

/**
 * Gives one map of several.
 * @param {Float32Array} maps
 * @param {number} side
 * @param {number} map
 */
export const mapOf = (maps, side, map) => maps.subarray(map * side * side, (map + 1) * side * side);

/**
 * Gives the square that a unit reads, on the maps before it.
 * @param {Layer} layer
 * @param {Place} place
 * @returns {Square}
 */
export const windowOf = ({ stride, padding, kernel }, { row, column }) => ({
  top: row * stride - padding, left: column * stride - padding, side: kernel,
});

/**
 * Gives the pixels that a unit sees.
 * @param {Layer} layer
 * @param {Place} place
 * @returns {Square}
 */
export const fieldOf = ({ jump, start, field }, { row, column }) => ({
  top: row * jump + start, left: column * jump + start, side: field,
});
