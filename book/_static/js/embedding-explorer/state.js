/* The question as text for a link, and back. */

import { among, asText, list, read, strangersIn, write } from "../shared/state.js";
import { AXES, SUMS, WORDS } from "./examples.js";
import { termsOf } from "./sums.js";

/** @import { Field, Fields } from "../shared/state.js" */
/** @import { Term } from "./sums.js" */
/** @typedef {"neighbors"|"sum"|"axis"} Ask */
/**
 * @typedef {object} Settings
 * @property {Ask} ask Which question is open.
 * @property {string} word
 * @property {Term[]} sum
 * @property {string[]} from Words of the axis's first pole.
 * @property {string[]} to
 * @property {string[]} along Words that are placed along it.
 * @property {"these"|"all"} map Whose spread the map shows.
 */

/** @type {Ask[]} */
export const ASKS = ["neighbors", "sum", "axis"];
export const MOST_TERMS = 12;
export const MOST_PLACED = 30;
const WORD = /^[\p{L}'’]{1,30}$/u;

/** @type {Field<string>} */
const word = { read: (text) => (WORD.test(text) ? text : undefined), write: String };

/** @type {Field<Term>} */
const term = {
  read(text) {
    const isTaken = text.startsWith("-");
    const name = word.read(isTaken ? text.slice(1) : text);
    return name === undefined ? undefined : { text: name, sign: isTaken ? -1 : 1 };
  },
  write: ({ text, sign }) => (sign < 0 ? `-${text}` : text),
};

/**
 * A list that is not empty and writes each entry as its field does.
 * @template T
 * @param {Field<T>} one
 * @param {number} most
 * @returns {Field<T[]>}
 */
const some = (one, most) => ({
  read(text) {
    const values = list(one, most).read(text);
    return values?.length ? values : undefined;
  },
  write: (values) => values.map(one.write).join(","),
});

/** @type {Fields} */
const FIELDS = {
  ask: among(ASKS),
  word,
  sum: some(term, MOST_TERMS),
  from: some(word, MOST_TERMS),
  to: some(word, MOST_TERMS),
  along: some(word, MOST_PLACED),
  map: among(["these", "all"]),
};

/** @type {Settings} */
export const USUAL = {
  ask: "neighbors",
  word: WORDS[0],
  sum: termsOf(SUMS[0]),
  ...AXES["bad – good"],
  map: "these",
};

/**
 * Writes settings as text; which question is open always, so that a link is answered at once.
 * @param {Settings} settings
 */
export function encode({ ask, ...settings }) {
  const parameters = new URLSearchParams({ ask });
  for (const [name, text] of write(FIELDS, USUAL, { ...USUAL, ...settings })) parameters.set(name, text);
  return asText(parameters);
}

/**
 * Reads settings.
 * @param {string} text
 * @returns {{settings: Settings, problems: string[], unknown: string[]}} The names of what could not be read, and of
 *     what is no setting.
 */
export function decode(text) {
  const parameters = new URLSearchParams(text);
  return { ...read(FIELDS, USUAL, parameters), unknown: strangersIn(parameters, Object.keys(FIELDS)) };
}
