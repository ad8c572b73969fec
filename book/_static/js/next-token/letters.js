/* Texts in letters that the net knows: those of the novels it has read. */

const MOST_NAMED = 8;
/** @type {Record<string, string>} */
const WRITTEN = {
  "’": "'", "‘": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
  "—": "--", "–": "--", "−": "-", "…": "...", "\t": " ", "\u00a0": " ",
};

/** @typedef {{text: string, replaced: string[], leftOut: string[]}} Fitted The text, and what was done to make it. */

/**
 * Puts letters that the net knows in place of others, and leaves out what is like none of them.
 * @param {string} text
 * @param {string} letters All that it knows.
 * @returns {Fitted}
 */
export function fitted(text, letters) {
  const known = new Set(letters);
  /** @type {Map<string, string>} */
  const changes = new Map();
  const parts = [...text.normalize("NFC").replace(/\r\n?/g, "\n")].map((letter) => {
    if (known.has(letter)) return letter;
    const plain = WRITTEN[letter] ?? letter.normalize("NFKD").replace(/\p{M}/gu, "");
    const other = [...plain].every((each) => known.has(each)) ? plain : "";
    changes.set(letter, other);
    return other;
  });
  const all = [...changes].filter(([letter]) => /[^\p{M}\p{C}\p{Z}\s]/u.test(letter)); // what can be seen
  return {
    text: parts.join(""),
    replaced: all.filter(([, other]) => other).map(([letter, other]) => `${letter} by ${other}`),
    leftOut: all.filter(([, other]) => !other).map(([letter]) => letter),
  };
}

/**
 * Says what was done to a text; nothing where it is as it was.
 * @param {Fitted} text
 */
export function changesOf({ replaced, leftOut }) {
  /** @param {string[]} names */
  const listed = (names) => names.slice(0, MOST_NAMED).join(", ") + (names.length > MOST_NAMED ? " and others" : "");
  const sentences = [];
  if (replaced.length) sentences.push(`Replaced, as the novels write it: ${listed(replaced)}.`);
  if (leftOut.length) sentences.push(`Left out, for the net has never read it: ${listed(leftOut)}.`);
  return sentences.join(" ");
}
