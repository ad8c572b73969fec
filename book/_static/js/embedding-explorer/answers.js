/* Answers as the page shows them: a table, a sentence, the words of the map. */

import { axisOf, neighborsOf, sumOf } from "./questions.js";
import { Mistake } from "./reading.js";
import { written } from "./sums.js";
import { axisTable, neighborTable, rounded, sumTable } from "./tables.js";

/** @import { Arrow, Shown } from "./questions.js" */
/** @import { Ask, Settings } from "./state.js" */
/** @import { AskFor } from "./tables.js" */
/** @import { Found, Words } from "./vectors.js" */
/**
 * @typedef {object} Answer
 * @property {HTMLElement} table
 * @property {string} said For the status.
 * @property {string} beside For below the table.
 * @property {Shown[]} shown
 * @property {Arrow[]} arrows
 */
/** @typedef {(words: Words, settings: Settings, askFor: AskFor) => Answer} Answering */

/** @type {Record<Ask, Answering>} */
export const ANSWERS = { neighbors, sum, axis };

/** @type {(words: Words, names: string[]) => number[]} */
const rowsOf = (words, names) => names.map((name) => /** @type {number} */ (words.rowOf(name))); // known ones

/** @type {(words: Words, found: Found[]) => string} */
const listed = (words, found) => found.map(({ row }) => words.names[row]).join(", ");

/** @type {Answering} */
function neighbors(words, { word }, askFor) {
  const { nearest, shown, arrows } = neighborsOf(words, rowsOf(words, [word])[0]);
  return {
    table: neighborTable(words, word, nearest, askFor),
    said: `Nearest to ${word}: ${listed(words, nearest.slice(0, 3))}.`,
    beside: "",
    shown,
    arrows,
  };
}

/** @type {Answering} */
function sum(words, settings, askFor) {
  const rows = rowsOf(words, settings.sum.map(({ text }) => text));
  const found = sumOf(words, settings.sum.map(({ sign }, k) => ({ row: rows[k], sign })));
  if (!found) throw new Mistake("These words cancel each other out: nothing is left that could be near to a word.");
  const name = written(settings.sum);
  const given = new Set(rows);
  const [first, other] = [found.allowed, found.leftOut].map(([{ row }]) => words.names[row]);
  const isGiven = given.has(found.allowed[0].row);
  return {
    table: sumTable(words, name, found, given, askFor),
    said: `Nearest to ${name}: ${first}${isGiven ? `, one of the given words; without these, ${other}` : ""}.`,
    beside: "",
    shown: found.shown,
    arrows: found.arrows,
  };
}

/** @type {Answering} */
function axis(words, { from, to, along }, askFor) {
  const [fromRows, toRows, alongRows] = [from, to, along].map((names) => rowsOf(words, names));
  const found = axisOf(words, { from: fromRows, to: toRows, along: alongRows });
  if (!found) throw new Mistake("Both poles are the same: there is no way from one to the other.");
  const [start, end] = [from.join(" + "), to.join(" + ")];
  const [low, high] = found.ends.map((each) => listed(words, each));
  const [least, most] = [0, found.placed.length - 1].map((place) => {
    const { row, cosine } = found.placed[place];
    return `${words.names[row]} at ${rounded(cosine)}`;
  });
  return {
    table: axisTable(words, [start, end], found.placed, askFor),
    said: `From ${start} to ${end}: ${least} is farthest toward ${start}, ${most} toward ${end}.`,
    beside: `Of all ${words.names.length.toLocaleString("en")} words, farthest toward ${start}: ${low}. Toward ${end}: ${high}.`,
    shown: found.shown,
    arrows: found.arrows,
  };
}
