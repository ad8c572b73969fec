/* Words with a vector each, a byte a number, and what can be asked of them. */

/** @import { Contents } from "../shared/data.js" */
/** @typedef {{row: number, cosine: number}} Found A word, by its row, and how nearly it points the same way. */
/** @typedef {{row: number, sign: number}} Summand A word, and how often it is added; below zero, subtracted. */

export class Words {
  /** @param {Contents} contents `words` among the texts, `vectors` among the tensors. */
  constructor({ tensors, texts }) {
    const { shape, values } = tensors.vectors;
    this.names = texts.words;
    this.width = shape[1];
    this.values = values;
    this.rows = new Map(this.names.map((name, row) => [name.toLowerCase(), row]));
    this.lengths = Float64Array.from(this.names, (_, row) => Math.hypot(...this.stored(row)));
  }

  /**
   * Gives the row of a word, however it is capitalized; nothing if there is none.
   * @param {string} name
   */
  rowOf(name) {
    return this.rows.get(name.toLowerCase());
  }

  /** @param {number} row */
  stored(row) {
    return this.values.subarray(row * this.width, (row + 1) * this.width);
  }

  /**
   * Gives a word's vector with length 1.
   * @param {number} row
   */
  direction(row) {
    return Float64Array.from(this.stored(row), (value) => value / this.lengths[row]);
  }

  /**
   * Adds and subtracts directions.
   * @param {Summand[]} summands
   */
  sum(summands) {
    const total = new Float64Array(this.width);
    for (const { row, sign } of summands) this.direction(row).forEach((value, k) => (total[k] += sign * value));
    return total;
  }

  /**
   * Gives the mean of directions.
   * @param {number[]} rows
   */
  mean(rows) {
    return this.sum(rows.map((row) => ({ row, sign: 1 / rows.length })));
  }

  /**
   * Gives the cosine of each word with a vector; null where the vector is nothing, and points nowhere.
   * @param {Float64Array} vector
   * @returns {Float64Array|null}
   */
  cosines(vector) {
    const length = Math.hypot(...vector);
    if (length < 1e-9) return null;
    return this.lengths.map((own, row) => {
      const start = row * this.width;
      let product = 0;
      for (let k = 0; k < this.width; k++) product += this.values[start + k] * vector[k];
      return product / (own * length);
    });
  }
}

/**
 * Finds the words with the largest values, the largest first.
 * @param {Float64Array} values One a word.
 * @param {number} count
 * @param {Set<number>} [but] Rows that are left out.
 * @returns {Found[]}
 */
export function largest(values, count, but = new Set()) {
  /** @type {Found[]} */
  const found = [];
  values.forEach((cosine, row) => {
    if (but.has(row) || (found.length === count && cosine <= found[count - 1].cosine)) return;
    const place = found.findIndex((other) => other.cosine < cosine);
    found.splice(place < 0 ? found.length : place, 0, { row, cosine });
    found.length = Math.min(found.length, count);
  });
  return found;
}
