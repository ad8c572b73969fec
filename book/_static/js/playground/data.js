/* Points of two classes from a formula: a center line for each class, and Gaussian noise around it.

   A point's place on its line is uniform, so the density of a class is the mean of the Gaussians along
   its line, and the ceiling of any rule's accuracy is known. */

import { Random } from "../shared/random.js";

/** @typedef {{points: Float64Array, labels: Uint8Array}} Points x and y of each point in turn, and its class. */
/** @typedef {(share: number) => number[]} Line The point at a share of a center line. */

const TURN = 2 * Math.PI;
/** @type {(radius: number) => Line} */
const circle = (radius) => (share) => [radius * Math.cos(TURN * share), radius * Math.sin(TURN * share)];
/** @type {(sign: number) => Line} */
const arm = (sign) => (share) => {
  const radius = sign * (0.2 + 0.8 * share);
  return [radius * Math.cos(TURN * share), radius * Math.sin(TURN * share)];
};
/** @type {(sign: number) => Line} */
const moon = (sign) => (share) => [
  sign * (0.65 * Math.cos(Math.PI * share) - 0.325),
  sign * (0.65 * Math.sin(Math.PI * share) - 0.1625),
];

/**
 * Center lines of class 0 and class 1 over [0, 1]. Circles and spiral are those of the lesson.
 * @type {Record<string, {label: string, lines: Line[]}>}
 */
export const SHAPES = {
  spiral: { label: "spiral", lines: [arm(1), arm(-1)] },
  circles: { label: "circles", lines: [circle(0.4), circle(1)] },
  moons: { label: "two moons", lines: [moon(1), moon(-1)] },
};

/**
 * Draws points, half of them of each class, in random order.
 * @param {string} shape Key of SHAPES.
 * @param {number} count Number of points.
 * @param {number} noise Standard deviation on each coordinate.
 * @param {Random} random Source of chance.
 * @returns {Points}
 */
export function drawPoints(shape, count, noise, random) {
  const points = new Float64Array(2 * count);
  const labels = new Uint8Array(count);
  random.permutation(count).forEach((place, index) => {
    const label = index % 2;
    const [x, y] = SHAPES[shape].lines[label](random.next());
    points[2 * place] = x + noise * random.normal();
    points[2 * place + 1] = y + noise * random.normal();
    labels[place] = label;
  });
  return { points, labels };
}

/**
 * Divides points into those to learn from and those to test with, a fifth.
 * @param {Points} all
 * @param {Random} random
 * @returns {{training: Points, test: Points}}
 */
export function split({ points, labels }, random) {
  const order = random.permutation(labels.length);
  const tested = Math.floor(labels.length / 5);
  /** @param {Uint32Array} chosen */
  const part = (chosen) => ({
    points: Float64Array.from({ length: 2 * chosen.length }, (_, k) => points[2 * chosen[k >> 1] + (k & 1)]),
    labels: Uint8Array.from(chosen, (index) => labels[index]),
  });
  return { training: part(order.subarray(tested)), test: part(order.subarray(0, tested)) };
}

/**
 * Sums along a line, for all squares of a row at once: exp(−(a² + b²)) = exp(−a²) · exp(−b²).
 * @param {Line} line
 * @param {number} noise
 * @param {Float64Array} ticks Middles of the squares along one side.
 * @param {Float64Array} density Of all squares, added to here.
 */
function addDensity(line, noise, ticks, density) {
  const nodes = Math.max(128, Math.ceil(16 / noise));
  const side = ticks.length;
  const share = 1 / (nodes * TURN * noise * noise);
  /** @param {number} distance */
  const gauss = (distance) => Math.exp((-distance * distance) / (2 * noise * noise));
  const across = new Float64Array(side);
  for (let node = 0; node < nodes; node++) {
    const [x, y] = line((node + 0.5) / nodes);
    for (let column = 0; column < side; column++) across[column] = share * gauss(ticks[column] - x);
    for (let row = 0; row < side; row++) {
      const factor = gauss(ticks[row] - y);
      if (factor < 1e-18) continue;
      for (let column = 0; column < side; column++) density[row * side + column] += factor * across[column];
    }
  }
}

/**
 * Cuts the plane into small squares and gives each class's probability to fall into each.
 * @param {string} shape Key of SHAPES.
 * @param {number} noise Standard deviation, positive.
 * @param {number} [spacing] Side of a square; half of the usual one for decisions with sharp corners.
 * @returns {{points: Float64Array, shares: Float64Array[]}} Centers, and probabilities that sum to 1.
 */
export function cells(shape, noise, spacing = Math.min(0.02, noise / 4)) {
  const extent = 1 + 6 * noise;
  const side = 2 * Math.ceil(extent / spacing);
  const ticks = Float64Array.from({ length: side }, (_, k) => (k - (side - 1) / 2) * spacing);
  const shares = SHAPES[shape].lines.map((line) => {
    const density = new Float64Array(side * side);
    addDensity(line, noise, ticks, density);
    return density.map((value) => (value * spacing * spacing) / 2);
  });
  const points = new Float64Array(2 * side * side);
  for (let k = 0; k < side * side; k++) {
    points[2 * k] = ticks[k % side];
    points[2 * k + 1] = ticks[Math.floor(k / side)];
  }
  return { points, shares };
}

/**
 * Gives the Bayes ceiling: how often the oracle, who knows the density, is right.
 * @param {string} shape Key of SHAPES.
 * @param {number} noise Standard deviation.
 * @returns {number} 1 without noise, as no two center lines meet.
 */
export function ceiling(shape, noise) {
  if (noise === 0) return 1;
  const [first, second] = cells(shape, noise).shares;
  return first.reduce((sum, value, k) => sum + Math.max(value, second[k]), 0);
}

/**
 * The stream of chance for one draw of points.
 * @param {number} draw
 * @param {string} purpose
 * @returns {Random}
 */
export const drawOf = (draw, purpose) => new Random(draw, purpose);
