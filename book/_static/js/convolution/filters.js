/* The filters that the chapter's network has learned, as its cell gives them to the page. */

import { Data } from "../shared/data.js";

const DECIMALS = 2;

/**
 * Fetches the filters of the first layer, rounded so that a person can add them up.
 * @param {string} files Where they are, as the page says it.
 * @returns {Promise<number[][][]>}
 * @throws {Error} If they did not arrive whole.
 */
export async function filtersIn(files) {
  const data = new Data(files);
  await data.load(() => {});
  const { shape, values } = data.contents.tensors.filters; // outputs, 1, rows, columns
  const [count, , rows, columns] = shape;
  /** @type {(filter: number, row: number) => number[]} */
  const row = (filter, v) => [...values.slice((filter * rows + v) * columns, (filter * rows + v + 1) * columns)];
  return Array.from({ length: count }, (_, filter) =>
    Array.from({ length: rows }, (_, v) => row(filter, v).map((weight) => Number(weight.toFixed(DECIMALS)) || 0)),
  );
}
