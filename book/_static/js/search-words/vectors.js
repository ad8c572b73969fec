/* Arithmetic with vectors, and with numbers that become shares. */

/** @typedef {Float32Array|Float64Array} Vector */

/** @param {Vector} vector */
export const lengthOf = (vector) => Math.sqrt(dot(vector, vector));

/** @type {(one: Vector, other: Vector) => number} */
export function dot(one, other) {
  let sum = 0;
  for (let k = 0; k < one.length; k++) sum += one[k] * other[k];
  return sum;
}

/**
 * Adds and subtracts vectors.
 * @param {{vector: Vector, sign: number}[]} summands
 * @returns {Float64Array}
 */
export function sum(summands) {
  const total = new Float64Array(summands[0].vector.length);
  for (const { vector, sign } of summands) vector.forEach((value, k) => (total[k] += sign * value));
  return total;
}

/** @type {(vector: Vector) => Float64Array} */
export function unit(vector) {
  const length = lengthOf(vector);
  return Float64Array.from(vector, (value) => value / length);
}

/**
 * Gives the mean of unit vectors, made a unit vector: several templates as one.
 * @param {Vector[]} vectors
 */
export const ensemble = (vectors) => unit(sum(vectors.map((vector) => ({ vector, sign: 1 }))));

/**
 * Turns cosines into shares that add up to 1.
 * @param {number[]} cosines
 * @param {number} scale What cosines are multiplied by.
 */
export function softmax(cosines, scale) {
  const most = Math.max(...cosines);
  const powers = cosines.map((cosine) => Math.exp(scale * (cosine - most)));
  const total = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / total);
}
