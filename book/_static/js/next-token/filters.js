/* Which token may come, and how likely, as the chapter's `sampling.py` has it. */

/** @typedef {{temperature: number, k: number, p: number}} Way How logits are changed: in this order. */

/**
 * Turns logits into probabilities.
 * @param {ArrayLike<number>} logits
 * @returns {Float64Array}
 */
export function softmax(logits) {
  const scores = Float64Array.from(logits);
  const most = scores.reduce((a, b) => Math.max(a, b));
  const powers = scores.map((score) => Math.exp(score - most));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}

/**
 * Divides logits by a temperature.
 * @param {ArrayLike<number>} logits
 * @param {number} temperature Above 0.
 */
export const heated = (logits, temperature) => Float64Array.from(logits, (score) => score / temperature);

/**
 * Leaves the likeliest tokens, and those equal to the last of them; the others become −∞.
 * @param {Float64Array} logits
 * @param {number} count
 */
export function topK(logits, count) {
  const least = logits.toSorted()[Math.max(0, logits.length - count)];
  return logits.map((score) => (score < least ? -Infinity : score));
}

/**
 * Leaves the fewest likeliest tokens whose probabilities sum to a share; the others become −∞.
 * @param {Float64Array} logits
 * @param {number} share Above 0; 1 leaves all.
 */
export function topP(logits, share) {
  if (share >= 1) return logits;
  const likely = softmax(logits);
  const left = logits.map(() => -Infinity);
  let before = 0; // of those likelier
  for (const id of likeliest(likely)) {
    if (before >= share) break;
    left[id] = logits[id];
    before += likely[id];
  }
  return left;
}

/**
 * Gives all ids, the likeliest first.
 * @param {ArrayLike<number>} scores
 * @returns {number[]}
 */
export const likeliest = (scores) => [...Array(scores.length).keys()].sort((a, b) => scores[b] - scores[a]);

/**
 * Gives the probabilities that a token is drawn with.
 * @param {ArrayLike<number>} logits
 * @param {Way} way
 */
export const chances = (logits, { temperature, k, p }) => softmax(topP(topK(heated(logits, temperature), k), p));

/**
 * Draws an id by its probability.
 * @param {Float64Array} likely
 * @param {number} chance In [0, 1).
 */
export function drawn(likely, chance) {
  let sum = 0;
  const found = likely.findIndex((each) => (sum += each) > chance);
  return found < 0 ? likely.findLastIndex((each) => each > 0) : found; // the sum may round to less than 1
}
