/* Principal components of a few points in many dimensions. */

const ENOUGH = 1e-12; // of the sum of squares: what is smaller counts as zero
const ROUNDS = 60;

/** @typedef {{center: ArrayLike<number>, axes: ArrayLike<number>[], shares: number[]}} Components
 *     The middle, directions of length 1, and the share of the squared distances from the middle along each. */

/**
 * Finds the directions along which points lie farthest apart. There are fewer points than numbers a point, so
 * it is done with the products of points.
 * @param {Float64Array[]} points
 * @param {number} count Directions; those that the points do not have are zero.
 * @returns {Components}
 */
export function components(points, count) {
  const width = points[0].length;
  const center = Float64Array.from({ length: width }, (_, k) => mean(points.map((point) => point[k])));
  const centered = points.map((point) => point.map((value, k) => value - center[k]));
  const products = centered.map((first) => centered.map((second) => dot(first, second)));
  const total = products.reduce((sum, row, n) => sum + row[n], 0);
  const { values, vectors } = eigen(products);
  const order = [...values.keys()].sort((a, b) => values[b] - values[a]);
  const axes = [];
  const shares = [];
  for (let c = 0; c < count; c++) {
    const value = values[order[c]] ?? 0;
    const isThere = value > ENOUGH * total && value > 0;
    const axis = new Float64Array(width);
    if (isThere) {
      centered.forEach((point, n) => {
        const weight = vectors[n][order[c]] / Math.sqrt(value);
        for (let k = 0; k < width; k++) axis[k] += weight * point[k];
      });
    }
    axes.push(axis);
    shares.push(isThere ? value / total : 0);
  }
  return { center, axes, shares };
}

/**
 * Gives a point's coordinates along the components.
 * @param {Components} components
 * @param {ArrayLike<number>} point
 */
export const placeOf = ({ center, axes }, point) =>
  axes.map((axis) => {
    let sum = 0;
    for (let k = 0; k < axis.length; k++) sum += axis[k] * (point[k] - center[k]);
    return sum;
  });

/** @param {number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** @type {(first: Float64Array, second: Float64Array) => number} */
const dot = (first, second) => first.reduce((sum, value, k) => sum + value * second[k], 0);

/**
 * Finds eigenvalues and eigenvectors of a symmetric matrix: Jacobi's rotations (1846), which set one number
 * beside the diagonal to zero after the other.
 * @param {number[][]} given
 * @returns {{values: number[], vectors: number[][]}} Vectors are columns.
 */
export function eigen(given) {
  const matrix = given.map((row) => [...row]);
  const vectors = matrix.map((_, i) => matrix.map((_, j) => Number(i === j)));
  const size = matrix.length;
  const scale = Math.hypot(...matrix.flat());
  for (let round = 0; round < ROUNDS; round++) {
    let beside = 0;
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        beside = Math.max(beside, Math.abs(matrix[p][q]));
        if (matrix[p][q]) rotate(matrix, vectors, p, q);
      }
    }
    if (beside <= 1e-15 * scale) break;
  }
  return { values: matrix.map((row, n) => row[n]), vectors };
}

/**
 * Turns the plane of two coordinates until the number that ties them is zero.
 * @param {number[][]} matrix
 * @param {number[][]} vectors
 * @param {number} p
 * @param {number} q
 */
function rotate(matrix, vectors, p, q) {
  const slant = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q]);
  const tangent = Math.sign(slant || 1) / (Math.abs(slant) + Math.sqrt(slant * slant + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  for (const row of [...matrix, ...vectors]) {
    [row[p], row[q]] = [cosine * row[p] - sine * row[q], sine * row[p] + cosine * row[q]];
  }
  for (let k = 0; k < matrix.length; k++) {
    const [first, second] = [matrix[p][k], matrix[q][k]];
    matrix[p][k] = cosine * first - sine * second;
    matrix[q][k] = sine * first + cosine * second;
  }
}
