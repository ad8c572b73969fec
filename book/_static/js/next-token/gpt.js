/* The lesson's GPT: what it expects after some tokens, and how surprised it is at those that came. */

import { softmax } from "./filters.js";

/** @import { Model } from "../shared/model.js" */
/**
 * The surprise at a token in bits, the token that was likeliest in its place, and how likely it was.
 * @typedef {{bits: number, likeliest: number, share: number}} Surprise
 */

export const CONTEXT = 128; // tokens that it sees at once
const HALF = CONTEXT / 2;
const TOKENS = 1024;

export class Gpt {
  /**
   * @param {Pick<Model, "run">} model
   * @param {number} before The id that stands before each text.
   */
  constructor(model, before) {
    this.model = model;
    this.before = before;
    /** @type {Promise<unknown>} Of the run before: the model makes one at a time. */
    this.last = Promise.resolve();
  }

  /**
   * Gives the logits of what comes next; of a longer text it sees the end alone.
   * @param {number[]} ids
   */
  async next(ids) {
    const seen = [this.before, ...ids].slice(-CONTEXT);
    const rows = await this.scores(seen);
    return rows(seen.length - 1);
  }

  /**
   * Gives the surprise at each token. Windows overlap by half, and of each the second half counts, of the first one
   * all, as in `gpt_training.bits`.
   * @param {number[]} ids
   * @returns {Promise<Surprise[]>}
   */
  async surprises(ids) {
    const whole = [this.before, ...ids];
    /** @type {Surprise[]} */
    const found = [];
    for (let start = 0; found.length < ids.length; start += HALF) {
      const rows = await this.scores(whole.slice(start, start + CONTEXT));
      const end = Math.min(ids.length, start + CONTEXT);
      for (let place = found.length; place < end; place++) found.push(surpriseOf(rows(place - start), ids[place]));
    }
    return found;
  }

  /**
   * Runs the net on at most as many tokens as it sees.
   * @param {number[]} ids
   * @returns {Promise<(place: number) => Float32Array>} Gives the logits of what comes after a place.
   */
  async scores(ids) {
    const input = new Float32Array(CONTEXT); // what stands behind the text changes nothing before
    input.set(ids);
    const run = this.last.then(() => this.model.run(input, [1, CONTEXT]));
    this.last = run.catch(() => {}); // who asked is told
    const output = await run;
    return (place) => output.slice(place * TOKENS, (place + 1) * TOKENS);
  }
}

/**
 * @param {Float32Array} logits
 * @param {number} id
 * @returns {Surprise}
 */
function surpriseOf(logits, id) {
  const likely = softmax(logits);
  const share = likely.reduce((a, b) => Math.max(a, b));
  return { bits: -Math.log2(likely[id]), likeliest: likely.indexOf(share), share };
}
