/* The pictures that are searched: things that training never saw and some that it did, in two styles. */

import { contextOf } from "../shared/drawing.js";
import { Vectors, nearest } from "../shared/search.js";

/** @import { Contents } from "../shared/data.js" */
/** @import { Vector } from "./vectors.js" */
/**
 * @typedef {object} Picture
 * @property {string} name
 * @property {string} note
 * @property {ArrayLike<number>} vector
 * @property {(canvas: HTMLCanvasElement) => void} draw
 */

export const SIDE = 72; // pixels of a picture

/** A picture's place says it all: style after style, in each thing after thing. */
export class Catalogue {
  /**
   * @param {Contents} contents
   * @param {ImageBitmap} sheet All pictures, row by row.
   */
  constructor({ tensors, texts: { names, seen, styles } }, sheet) {
    this.names = names;
    this.seen = new Set(seen);
    this.styles = styles;
    this.sheet = sheet;
    this.columns = sheet.width / SIDE;
    this.vectors = new Vectors(tensors.vectors);
  }

  /**
   * Gives a picture.
   * @param {string} name
   * @param {string} style
   * @returns {Picture}
   */
  picture(name, style) {
    return this.at(this.styles.indexOf(style) * this.names.length + this.names.indexOf(name));
  }

  /**
   * Gives the picture at a place.
   * @param {number} place
   * @returns {Picture}
   */
  at(place) {
    const name = this.names[place % this.names.length];
    return {
      name,
      note: this.seen.has(name) ? "trained on" : "never seen",
      vector: this.vectors.row(place),
      draw: (canvas) => this.draw(canvas, place),
    };
  }

  /**
   * Finds the pictures nearest to a vector.
   * @param {Vector} vector
   * @param {string} style Of the pictures.
   * @param {"unseen"|"all"} among
   * @param {number} count
   */
  nearest(vector, style, among, count) {
    const first = this.styles.indexOf(style) * this.names.length;
    /** @param {number} place */
    const isAllowed = (place) =>
      place >= first && place < first + this.names.length && (among === "all" || !this.seen.has(this.names[place - first]));
    return nearest(this.vectors.cosines(vector), isAllowed, count);
  }

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {number} place
   */
  draw(canvas, place) {
    const [column, row] = [place % this.columns, Math.floor(place / this.columns)];
    contextOf(canvas).drawImage(this.sheet, SIDE * column, SIDE * row, SIDE, SIDE, 0, 0, SIDE, SIDE);
  }
}
