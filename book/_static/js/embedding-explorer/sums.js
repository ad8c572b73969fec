/* Sums of words as a reader writes them: “king − man + woman”. */

/** @typedef {{text: string, sign: 1|-1}} Term */

const PART = /[+−–-]|[^\s,;+−–-]+/g;
const BEGUN = /[^\s,;+−–-]*$/;

/**
 * Reads a sum; between two words without a sign stands a plus.
 * @param {string} text
 * @returns {Term[]}
 */
export function termsOf(text) {
  /** @type {Term[]} */
  const terms = [];
  /** @type {1|-1} */
  let sign = 1;
  for (const [part] of text.matchAll(PART)) {
    if ("+−–-".includes(part)) {
      sign = part === "+" ? 1 : -1;
    } else {
      terms.push({ text: part, sign });
      sign = 1;
    }
  }
  return terms;
}

/**
 * Writes a sum.
 * @param {Term[]} terms
 */
export const written = (terms) =>
  terms.map(({ text, sign }, k) => `${sign < 0 ? "− " : k ? "+ " : ""}${text}`).join(" ");

/**
 * Gives the word that is begun before a place in a text.
 * @param {string} text
 * @param {number} place
 */
export const begunAt = (text, place) => BEGUN.exec(text.slice(0, place))?.[0] ?? "";
