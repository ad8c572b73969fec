/* The encoder of texts: what is typed becomes a unit vector. */

import { WordPieces } from "../shared/word_pieces.js";

/** @import { Model } from "../shared/model.js" */

export const LONGEST = 200; // characters of a text that are read
const MOST_PIECES = 128;
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
    this.pieces = new WordPieces(vocabulary, MOST_PIECES);
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
    return this.pieces.knows(text) ? "" : `In “${text}” is nothing that this encoder reads. Write it in words.`;
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
      const numbers = this.pieces.numbersOf(text);
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
