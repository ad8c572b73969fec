/* What is seen, in words. */

import { ordered, rowOf, sharesOf } from "./seen.js";

/** @import { Head } from "./examples.js" */
/** @import { Seen } from "./seen.js" */

const NAMED = 3; // places that a sentence names
const LEAST_NAMED = 0.05;

/** @type {(share: number) => string} */
export const percent = (share) => `${Math.round(100 * share)}%`;

/**
 * Says where a head looks from one piece.
 * @param {Seen} seen
 * @param {Head} head
 * @param {number} place From 0.
 */
export function lookOf(seen, head, place) {
  const most = ordered(rowOf(seen, head, place))
    .slice(0, NAMED)
    .filter(({ weight }, k) => !k || weight >= LEAST_NAMED)
    .map((look) => `“${seen.pieces[look.place]}” ${percent(look.weight)}`);
  return `Layer ${head.layer}, head ${head.head}, from “${seen.pieces[place]}”: ${most.join(", ")}.`;
}

/**
 * Says what a head looks at from all pieces of a sentence.
 * @param {Seen} seen
 * @param {Head} head
 */
export function habitOf(seen, head) {
  const shares = sharesOf(seen, head);
  if (!shares.length) return "There is no word to look from.";
  const largest = shares.reduce((a, b) => (b.share > a.share ? b : a));
  const most = largest.share > 0.5 ? `Mostly to ${largest.name}. ` : "";
  const all = shares.map(({ name, share }) => `${percent(share)} to ${name}`).join(", ");
  return `${most}Words of this sentence give ${all}.`;
}

/**
 * Says what of a sentence was not read; nothing where all was.
 * @param {Seen} seen
 */
export function shortened({ pieces, leftOut }) {
  if (!leftOut) return "";
  const read = pieces.length - 2;
  return `The first ${read} of ${read + leftOut} pieces are read; the others are too many.`;
}
