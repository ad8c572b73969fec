/* The fields of a question, read: known words, or a sentence about what to mend. */

import { nearestSpelling } from "./spelling.js";
import { MOST_PLACED, MOST_TERMS } from "./state.js";
import { termsOf } from "./sums.js";

/** @import { Settings } from "./state.js" */
/** @import { Term } from "./sums.js" */
/** @import { Words } from "./vectors.js" */

/** What a reader can mend: words that are unknown, missing or too many. */
export class Mistake extends Error {}

/**
 * Reads the fields of the open question, each word in its own spelling.
 * @param {Words} words
 * @param {Settings} settings
 * @param {(name: string) => string} textOf Gives the text of a field.
 * @returns {Settings}
 * @throws {Mistake}
 */
export function asked(words, settings, textOf) {
  /** @type {(name: string, most: number) => string[]} */
  const namesIn = (name, most) => {
    const terms = known(words, textOf(name), most);
    if (terms.some(({ sign }) => sign < 0)) throw new Mistake("There is no minus here: write words with spaces between them.");
    return terms.map(({ text }) => text);
  };
  if (settings.ask === "neighbors") return { ...settings, word: namesIn("word", 1)[0] };
  if (settings.ask === "sum") return { ...settings, sum: known(words, textOf("sum"), MOST_TERMS) };
  return {
    ...settings, from: namesIn("from", MOST_TERMS), to: namesIn("to", MOST_TERMS), along: namesIn("along", MOST_PLACED),
  };
}

/**
 * Reads a text.
 * @param {Words} words
 * @param {string} text
 * @param {number} most
 * @returns {Term[]}
 */
function known(words, text, most) {
  const terms = termsOf(text);
  if (!terms.length) throw new Mistake("Write a word first.");
  if (terms.length > most) throw new Mistake(tooMany(terms.length, most));
  return terms.map((term) => {
    const row = words.rowOf(term.text);
    if (row === undefined) throw new Mistake(unknown(words.names, term.text));
    return { ...term, text: words.names[row] };
  });
}

/** @type {(count: number, most: number) => string} */
const tooMany = (count, most) =>
  most === 1
    ? `These are ${count} words, and one has neighbors. “A sum of words” takes several.`
    : `These are ${count} words; at most ${most} find room here.`;

/** @type {(names: string[], text: string) => string} */
function unknown(names, text) {
  const nearest = nearestSpelling(names, text);
  const hint = nearest ? `The nearest spelling is “${nearest}”.` : "None of them is spelled like it.";
  return `“${text}” is not among these ${names.length.toLocaleString("en")} words. ${hint}`;
}
