/* Spelling: what a word begun may become, and what an unknown one may have been meant to be. */

const LETTERS = 3; // of which one may be wrong; with more mistakes a word is another one

/**
 * Counts the letters to add, drop, change or swap with a neighbor, until one text is the other.
 * (“Optimal string alignment”, after Damerau, 1964.)
 * @param {string} first
 * @param {string} second
 * @returns {number}
 */
export function distance(first, second) {
  /** @type {number[]} */
  let before = [];
  let row = [...Array(second.length + 1).keys()];
  for (let i = 1; i <= first.length; i++) {
    const next = [i];
    for (let j = 1; j <= second.length; j++) {
      const change = Number(first[i - 1] !== second[j - 1]);
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + change);
      const isSwap = i > 1 && j > 1 && first[i - 1] === second[j - 2] && first[i - 2] === second[j - 1];
      if (isSwap) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return row[second.length];
}

/**
 * Finds the word that is spelled most nearly like a text, of equals one with the same first letter, then the
 * most frequent.
 * @param {string[]} names The most frequent first.
 * @param {string} text
 * @returns {string|null} Nothing where all are spelled otherwise.
 */
export function nearestSpelling(names, text) {
  const asked = text.toLowerCase();
  /** @type {string|null} */
  let best = null;
  let least = (asked.length > 1 ? Math.max(1, Math.floor(asked.length / LETTERS)) : 0) + 1;
  for (const name of names) {
    const small = name.toLowerCase();
    if (Math.abs(small.length - asked.length) >= least) continue;
    const wrong = distance(asked, small) + (small[0] === asked[0] ? 0 : 0.5);
    if (wrong < least) [best, least] = [name, wrong];
  }
  return best;
}

/**
 * Gives the most frequent words that begin with a text; the text itself first, if it is a word.
 * @param {string[]} names The most frequent first.
 * @param {string} begun
 * @param {number} count
 * @returns {string[]}
 */
export function completions(names, begun, count) {
  const asked = begun.toLowerCase();
  if (!asked) return [];
  const found = names.filter((name) => name.toLowerCase().startsWith(asked));
  const whole = found.filter((name) => name.length === asked.length);
  return [...new Set([...whole, ...found])].slice(0, count);
}
