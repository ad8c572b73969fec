/* What the map shows of an answer: places along three directions, of the words shown or of all. */

import { components, placeOf } from "./pca.js";

/** @import { Tensor } from "../shared/data.js" */
/** @import { Answer } from "./answers.js" */
/** @import { Scene } from "./map.js" */
/** @import { Components } from "./pca.js" */
/** @import { Words } from "./vectors.js" */

const DIRECTIONS = 3;

export class Scenes {
  /** @type {number[][]|null} Places of all words, once they are asked for. */
  cloud = null;

  /**
   * @param {Words} words
   * @param {Record<string, Tensor>} tensors `center`, `axes` and `shares` of all words.
   */
  constructor(words, { center, axes, shares }) {
    this.words = words;
    const { width } = words;
    /** @type {Components} */
    this.all = {
      center: center.values,
      axes: [...shares.values.keys()].map((k) => axes.values.subarray(k * width, (k + 1) * width)),
      shares: [...shares.values],
    };
  }

  /**
   * Places the words of an answer.
   * @param {Answer} answer
   * @param {boolean} isAll Whether the directions are those of all words, and all are shown.
   * @returns {Scene & {share: number}} With the share of the spread that three directions hold.
   */
  of({ shown, arrows }, isAll) {
    const { words } = this;
    const directions = shown.map(({ row }) => words.direction(row));
    const spread = isAll ? this.all : components(directions, DIRECTIONS);
    const points = shown.map(({ row, role }, n) => ({
      name: words.names[row], role, place: placeOf(spread, directions[n]),
    }));
    if (isAll) this.cloud ??= words.names.map((_, row) => placeOf(spread, words.direction(row)));
    const some = points.slice(0, 5).map(({ name }) => name).join(", ");
    return {
      points,
      cloud: (isAll && this.cloud) || [],
      arrows: arrows.map((ends) => ends.map((vector) => placeOf(spread, vector))),
      label: `Map of ${points.length} words, ${some} among them. The table below the map says where each lies.`,
      share: spread.shares.reduce((sum, share) => sum + share, 0),
    };
  }
}
