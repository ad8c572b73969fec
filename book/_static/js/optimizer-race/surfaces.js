/* Losses of two weights, with their slopes. The smallest loss of each is zero. */

/** Beale's constants, each with the power of y beside it. @type {[number, number][]} */
const BEALE = [[1.5, 1], [2.25, 2], [2.625, 3]];

/**
 * @typedef {object} Surface
 * @property {string} label
 * @property {number[]} start Where the race starts.
 * @property {number[][]} lowest Its lowest places.
 * @property {number[]} middle Of the picture.
 * @property {number} half Of the picture's side.
 * @property {{sgdRate: number, momentumRate: number, adamRate: number}} rates Learning rates that show something.
 * @property {number} noise Of a slope, as a standard deviation.
 * @property {(x: number, y: number) => number} loss
 * @property {(x: number, y: number) => number[]} slope
 */

/** @type {Record<string, Surface>} */
export const SURFACES = {
  valley: {
    label: "a long valley",
    start: [-2.4, 1.2],
    lowest: [[0, 0]],
    middle: [0, 0],
    half: 3,
    rates: { sgdRate: 0.03, momentumRate: 0.01, adamRate: 0.1 },
    noise: 0,
    loss: (x, y) => (x * x + 50 * y * y) / 2,
    slope: (x, y) => [x, 50 * y],
  },
  saddle: {
    label: "a saddle",
    start: [1.6, 0.01],
    lowest: [[0, 1], [0, -1]],
    middle: [0, 0],
    half: 2,
    rates: { sgdRate: 0.05, momentumRate: 0.02, adamRate: 0.05 },
    noise: 0,
    loss: (x, y) => (x * x) / 2 + (y * y - 1) ** 2 / 4,
    slope: (x, y) => [x, y * (y * y - 1)],
  },
  /* Beale, On an iterative method for finding a local minimum of a function of more than one variable (1958). */
  beale: {
    label: "Beale's function",
    start: [0.5, 1.5],
    lowest: [[3, 0.5]],
    middle: [1.5, 0.25],
    half: 2.5,
    rates: { sgdRate: 0.02, momentumRate: 0.005, adamRate: 0.1 },
    noise: 0,
    loss: (x, y) => BEALE.reduce((sum, [constant, power]) => sum + (constant - x + x * y ** power) ** 2, 0),
    slope: (x, y) =>
      BEALE.reduce(
        ([across, up], [constant, power]) => {
          const off = constant - x + x * y ** power;
          return [across + 2 * off * (y ** power - 1), up + 2 * off * x * power * y ** (power - 1)];
        },
        [0, 0],
      ),
  },
  noisy: {
    label: "a bowl seen through noise",
    start: [-2.4, 1.6],
    lowest: [[0, 0]],
    middle: [0, 0],
    half: 3,
    rates: { sgdRate: 0.05, momentumRate: 0.005, adamRate: 0.05 },
    noise: 2,
    loss: (x, y) => (x * x + 4 * y * y) / 2,
    slope: (x, y) => [x, 4 * y],
  },
};
