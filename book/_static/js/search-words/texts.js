/* The encoder of texts: what is typed becomes a unit vector. */

import { Tokenizer } from "../shared/tokenizer.js";

/** @import { Model } from "../shared/model.js" */

export const LONGEST = 200; // characters of a text that are read
const MOST_PIECES = 128; // of a text, with the two marks around it
const MARK = /^\[[A-Z]+\]$/;
const AT_ONCE = 16; // texts
const MOST_KEPT = 1000; // texts whose vectors are kept

/**
 * Writes a text on one line.
 * @param {string} text
 */
export const oneLine = (text) => text.split(/\s+/u).join(" ").trim().slice(0, LONGEST);

export class Texts {
  /**
   * @param {Pick<Model, "run">} model
   * @param {string[]} vocabulary
   */
  constructor(model, vocabulary) {
    this.model = model;
    this.tokenizer = new Tokenizer(vocabulary);
    /** @type {Map<string, Float32Array>} */
    this.known = new Map();
    /** @type {Promise<unknown>} One run after the other, whoever asks. */
    this.busy = Promise.resolve();
  }

  /**
   * Says why a text cannot be read; nothing where it can.
   * @param {string} text
   */
  whyNot(text) {
    const isKnown = this.tokenizer.cut(text).some(({ piece }) => !MARK.test(piece) && /[\p{L}\p{N}]/u.test(piece));
    return isKnown ? "" : `In “${text}” is nothing that this encoder reads. Write it in words.`;
  }

  /**
   * Gives the numbers of a text's pieces; of a long one the first, and the mark at the end.
   * @param {string} text
   */
  numbersOf(text) {
    const numbers = this.tokenizer.cut(text).map(({ id }) => id);
    return numbers.length > MOST_PIECES ? [...numbers.slice(0, MOST_PIECES - 1), numbers[numbers.length - 1]] : numbers;
  }

  /**
   * Gives the unit vectors of texts.
   * @param {string[]} texts
   * @returns {Promise<Float32Array[]>}
   */
  vectorsOf(texts) {
    const found = this.busy.then(() => this.read(texts));
    this.busy = found.catch(() => {});
    return found;
  }

  /** @param {string[]} texts */
  async read(texts) {
    const missing = [...new Set(texts)].filter((text) => !this.known.has(text));
    if (this.known.size + missing.length > MOST_KEPT) {
      this.known.clear();
      missing.splice(0, missing.length, ...new Set(texts));
    }
    for (const batch of this.batches(missing)) await this.readAlike(batch);
    return texts.map((text) => /** @type {Float32Array} */ (this.known.get(text)));
  }

  /**
   * Puts texts of equally many pieces together, so that none needs padding.
   * @param {string[]} texts
   */
  batches(texts) {
    /** @type {Map<number, {text: string, numbers: number[]}[]>} */
    const byLength = new Map();
    for (const text of texts) {
      const numbers = this.numbersOf(text);
      byLength.set(numbers.length, [...(byLength.get(numbers.length) ?? []), { text, numbers }]);
    }
    return [...byLength.values()].flatMap((alike) =>
      Array.from({ length: Math.ceil(alike.length / AT_ONCE) }, (_, n) => alike.slice(n * AT_ONCE, (n + 1) * AT_ONCE)),
    );
  }

  /** @param {{text: string, numbers: number[]}[]} batch */
  async readAlike(batch) {
    const values = Float32Array.from(batch.flatMap(({ numbers }) => numbers));
    const vectors = await this.model.run(values, [batch.length, batch[0].numbers.length]);
    const width = vectors.length / batch.length;
    batch.forEach(({ text }, n) => this.known.set(text, vectors.slice(n * width, (n + 1) * width)));
  }
}
