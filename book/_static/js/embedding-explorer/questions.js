/* The three questions, answered: neighbors of a word, a sum of words, words along an axis. */

import { largest } from "./vectors.js";

/** @import { Found, Summand, Words } from "./vectors.js" */
/** @typedef {"given"|"answer"|"from"|"to"|"placed"} Role What a word is in a question and its answer. */
/** @typedef {{row: number, role: Role}} Shown A word on the map. */
/** @typedef {[start: Float64Array, end: Float64Array]} Arrow On the map, from one vector to another. */

export const LISTED = 10;
const MAPPED = 30; // neighbors on the map
const ENDS = 5; // of all words, at each end of an axis

/**
 * Finds the nearest to a word.
 * @param {Words} words
 * @param {number} row
 */
export function neighborsOf(words, row) {
  const cosines = /** @type {Float64Array} */ (words.cosines(words.direction(row))); // no word is nothing
  const near = largest(cosines, MAPPED, new Set([row]));
  return { nearest: near.slice(0, LISTED), shown: shownOf([[[row], "given"], [rowsOf(near), "answer"]]), arrows: [] };
}

/**
 * Finds the nearest to a sum, of all words and of those that are not in it.
 * @param {Words} words
 * @param {Summand[]} summands
 * @returns {{allowed: Found[], leftOut: Found[], shown: Shown[], arrows: Arrow[]}|null} Nothing where the words cancel
 *     each other out.
 */
export function sumOf(words, summands) {
  const cosines = words.cosines(words.sum(summands));
  if (!cosines) return null;
  const given = summands.map(({ row }) => row);
  const allowed = largest(cosines, LISTED);
  const leftOut = largest(cosines, LISTED, new Set(given));
  const shown = shownOf([[given, "given"], [rowsOf(leftOut), "answer"]]);
  return { allowed, leftOut, shown, arrows: stepsOf(words, summands) };
}

/**
 * Gives the steps of a − b + c: from b to a, and the same from c on.
 * @param {Words} words
 * @param {Summand[]} summands
 * @returns {Arrow[]} Nothing for sums of another form.
 */
function stepsOf(words, summands) {
  const added = summands.filter(({ sign }) => sign > 0);
  const taken = summands.filter(({ sign }) => sign < 0);
  if (added.length !== 2 || taken.length !== 1) return [];
  const [b, a, c] = [...taken, ...added].map(({ row }) => words.direction(row));
  return [[b, a], [c, words.sum(summands)]];
}

/**
 * Places words along the way between two poles.
 * @param {Words} words
 * @param {{from: number[], to: number[], along: number[]}} rows The words of both poles, and those to place.
 * @returns {{placed: Found[], ends: [Found[], Found[]], shown: Shown[], arrows: Arrow[]}|null} The placed ones from one
 *     pole to the other, and of all words those farthest out; nothing where both poles are the same.
 */
export function axisOf(words, { from, to, along }) {
  const [start, end] = [from, to].map((pole) => words.mean(pole));
  const cosines = words.cosines(end.map((value, k) => value - start[k]));
  if (!cosines) return null;
  const poles = new Set([...from, ...to]);
  const placed = [...new Set(along)].map((row) => ({ row, cosine: cosines[row] })).sort((a, b) => a.cosine - b.cosine);
  return {
    placed,
    ends: [largest(cosines.map((cosine) => -cosine), ENDS, poles), largest(cosines, ENDS, poles)],
    shown: shownOf([[from, "from"], [to, "to"], [along, "placed"]]),
    arrows: [[start, end]],
  };
}

/** @param {Found[]} found */
const rowsOf = (found) => found.map(({ row }) => row);

/**
 * Gives each word its first role.
 * @param {[rows: number[], role: Role][]} groups
 * @returns {Shown[]}
 */
function shownOf(groups) {
  /** @type {Map<number, Role>} */
  const roles = new Map();
  for (const [rows, role] of groups) for (const row of rows) if (!roles.has(row)) roles.set(row, role);
  return [...roles].map(([row, role]) => ({ row, role }));
}
