/* A sentence with the attention that it gets: read from the chapter's data, or from the network. */

/** @import { Head } from "./examples.js" */
/** @import { Piece } from "../shared/tokenizer.js" */

/**
 * A sentence that has been read.
 * @typedef {object} Seen
 * @property {string} text
 * @property {string[]} pieces The two marks included.
 * @property {number} leftOut Pieces that were too many.
 * @property {Float32Array} weights Of all heads, layer by layer: rows look at columns, and sum to 1.
 */
/** @typedef {{weight: number, place: number}} Look */

export const LAYERS = 4;
export const HEADS = 12;
export const MOST_PIECES = 24; // without the two marks
const PLACES = MOST_PIECES + 2;
const NOTHING = -1;
const STEPS = 10_000; // of a weight of 1, in the chapter's data

/**
 * Reads a sentence as the chapter writes it.
 * @param {string} written
 * @returns {Seen}
 */
export function seenIn(written) {
  const { text, pieces, weights } = JSON.parse(written);
  const bytes = Uint8Array.from(atob(weights), (character) => character.charCodeAt(0));
  const steps = new DataView(bytes.buffer);
  const values = Float32Array.from({ length: bytes.length / 2 }, (_, k) => steps.getUint16(2 * k, true) / STEPS);
  return { text, pieces, leftOut: 0, weights: values };
}

/**
 * Keeps the first pieces of a text that is too long, and its end mark.
 * @param {Piece[]} pieces
 * @returns {Piece[]}
 */
export const fitting = (pieces) =>
  pieces.length > PLACES ? [...pieces.slice(0, PLACES - 1), pieces[pieces.length - 1]] : pieces;

/**
 * Gives what the network takes.
 * @param {Piece[]} pieces Not too many.
 * @returns {{values: Float32Array, shape: number[]}}
 */
export function inputOf(pieces) {
  const values = new Float32Array(PLACES).fill(NOTHING);
  values.set(pieces.map(({ id }) => id));
  return { values, shape: [1, PLACES] };
}

/**
 * Takes of what the network gives the part that is about pieces.
 * @param {Float32Array} output
 * @param {number} length Pieces, marks included.
 */
export function weightsOf(output, length) {
  const weights = new Float32Array(LAYERS * HEADS * length * length);
  for (let row = 0; row < LAYERS * HEADS * length; row++) {
    const start = (Math.floor(row / length) * PLACES + (row % length)) * PLACES;
    weights.set(output.subarray(start, start + length), row * length);
  }
  return weights;
}

/**
 * Gives the weights of one head, row by row.
 * @param {Seen} seen
 * @param {Head} head
 */
export function mapOf({ pieces, weights }, { layer, head }) {
  const size = pieces.length ** 2;
  const start = ((layer - 1) * HEADS + head - 1) * size;
  return weights.subarray(start, start + size);
}

/**
 * Gives where a head looks from one piece.
 * @param {Seen} seen
 * @param {Head} head
 * @param {number} place Of the piece, from 0.
 */
export function rowOf(seen, head, place) {
  const length = seen.pieces.length;
  return mapOf(seen, head).subarray(place * length, (place + 1) * length);
}

/**
 * Orders where a head looks from one piece, the most first.
 * @param {Float32Array} row
 * @returns {Look[]}
 */
export const ordered = (row) =>
  Array.from(row, (weight, place) => ({ weight, place })).sort((a, b) => b.weight - a.weight);

/* What looks are summed up by, in the order of the lesson's LOOKS: where a piece looks, from its own place. */
/** @type {[name: string, aim: (place: number, length: number) => number][]} */
const KINDS = [
  ["themselves", (place) => place],
  ["the piece before", (place) => place - 1],
  ["the piece after", (place) => place + 1],
  ["[CLS]", () => 0],
  ["[SEP]", (_, length) => length - 1],
];

/**
 * Says which share of their attention the pieces of a sentence, but for the marks, give to what is named.
 * @param {Seen} seen
 * @param {Head} head
 * @returns {{name: string, share: number}[]} None where there is nothing between the marks.
 */
export function sharesOf(seen, head) {
  const length = seen.pieces.length;
  const places = Array.from({ length: length - 2 }, (_, k) => k + 1);
  if (!places.length) return [];
  const map = mapOf(seen, head);
  return KINDS.map(([name, aim]) => {
    const sum = places.reduce((total, place) => total + map[place * length + aim(place, length)], 0);
    return { name, share: sum / places.length };
  });
}
