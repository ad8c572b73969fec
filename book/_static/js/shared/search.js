/* Search by the cosine, and how good it is. */

/** @import { Tensor } from "./data.js" */
/** @typedef {{place: number, cosine: number}} Found A picture of the index, and how much it is like the query. */
/** @typedef {(place: number) => boolean} Test */

/** The vectors of an index, one a picture. They are whole numbers, so no sum over them is rounded. */
export class Vectors {
  /** @param {Tensor} tensor Of shape (pictures, width). */
  constructor({ shape: [count, width], values }) {
    this.count = count;
    this.width = width;
    this.values = values;
    this.lengths = Float64Array.from({ length: count }, (_, place) => lengthOf(this.row(place)));
  }

  /**
   * Gives one picture's vector.
   * @param {number} place
   */
  row(place) {
    return this.values.subarray(place * this.width, (place + 1) * this.width);
  }

  /**
   * Gives the cosine of the angle between a query and each vector; 0 where one of them has no length.
   * @param {ArrayLike<number>} query
   * @returns {Float64Array}
   */
  cosines(query) {
    const length = lengthOf(query);
    return Float64Array.from({ length: this.count }, (_, place) => {
      const product = length * this.lengths[place];
      return product ? this.dot(query, place) / product : 0;
    });
  }

  /**
   * @param {ArrayLike<number>} query
   * @param {number} place
   */
  dot(query, place) {
    const { values, width } = this;
    const start = place * width;
    let sum = 0;
    for (let k = 0; k < width; k++) sum += query[k] * values[start + k];
    return sum;
  }
}

/** @param {ArrayLike<number>} vector */
function lengthOf(vector) {
  let sum = 0;
  for (let k = 0; k < vector.length; k++) sum += vector[k] * vector[k];
  return Math.sqrt(sum);
}

/**
 * Gives the pictures that are most like a query, best first; of equals, the earlier one.
 * @param {Float64Array} cosines Of all pictures.
 * @param {Test} isAllowed
 * @param {number} count
 * @returns {Found[]}
 */
export function nearest(cosines, isAllowed, count) {
  const places = [...cosines.keys()].filter(isAllowed);
  places.sort((one, other) => cosines[other] - cosines[one] || one - other);
  return places.slice(0, count).map((place) => ({ place, cosine: cosines[place] }));
}

/**
 * Gives the share of what was found that is relevant.
 * @param {Found[]} found
 * @param {Test} isRelevant
 */
export const precision = (found, isRelevant) => found.filter(({ place }) => isRelevant(place)).length / found.length;
