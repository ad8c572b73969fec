/* How good a search is over all pictures of a style, kind by kind. */

import { nearest, precision } from "../shared/search.js";
import { WAYS } from "./collection.js";

/** @import { Collection, Limits, Way } from "./collection.js" */
/** @typedef {{all: number, kinds: number[]}} Scores The mean precision of all queries, and of those of each kind. */

export const NEIGHBORS = 5;

export class Measure {
  /** @param {Collection} collection */
  constructor(collection) {
    this.collection = collection;
    /** @type {Map<string, Float64Array>} */
    this.known = new Map();
  }

  /**
   * Measures both ways. The page stays free meanwhile.
   * @param {number} style Of the queries.
   * @param {Limits} limits
   * @param {() => boolean} isWanted Asked now and then.
   * @returns {Promise<Record<Way, Scores>|null>} Null where it is no longer wanted.
   */
  async scores(style, limits, isWanted) {
    const { names, kinds } = this.collection;
    const each = names.length / kinds.length;
    const found = /** @type {Record<Way, Scores>} */ ({});
    for (const way of WAYS) {
      const means = [];
      for (const kind of kinds.keys()) {
        await new Promise((resolve) => setTimeout(resolve));
        if (!isWanted()) return null;
        const queries = Array.from({ length: each }, (_, k) => this.collection.placeOf(kind * each + k, style));
        means.push(mean(queries.map((query) => this.precisionOf(way, query, limits))));
      }
      found[way] = { all: mean(means), kinds: means };
    }
    return found;
  }

  /**
   * @param {Way} way
   * @param {number} query
   * @param {Limits} limits
   */
  precisionOf(way, query, limits) {
    const found = nearest(this.cosines(way, query), this.collection.allowed(query, limits), NEIGHBORS);
    return precision(found, this.collection.relevant(query));
  }

  /**
   * Gives a picture's cosines with all; what limits change is only which of them count.
   * @param {Way} way
   * @param {number} query
   */
  cosines(way, query) {
    const key = `${way} ${query}`;
    const vectors = this.collection.vectors[way];
    const cosines = this.known.get(key) ?? vectors.cosines(vectors.row(query));
    this.known.set(key, cosines);
    return cosines;
  }
}

/** @param {number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
