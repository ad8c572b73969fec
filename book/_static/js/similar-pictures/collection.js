/* The pictures that are searched: things of twelve kinds, each drawn in four styles. */

import { Data } from "../shared/data.js";
import { contextOf } from "../shared/drawing.js";
import { Vectors } from "../shared/search.js";

/** @import { Contents } from "../shared/data.js" */
/** @import { Test } from "../shared/search.js" */
/** @typedef {{among: string, same: boolean}} Limits Which pictures may be found. */
/** @typedef {"features"|"pixels"} Way What of the pictures is compared. */

export const SIDE = 96; // pixels of a picture
const MOST_MATCHES = 12;
/** @type {Way[]} */
export const WAYS = ["features", "pixels"];

/** What a page fetches of them. */
export class Index extends Data {
  /** @type {Collection} There after `load`. */
  collection;

  /**
   * @override
   * @param {Record<string, ArrayBuffer>} contents
   */
  async use(contents) {
    await super.use(contents);
    const sheet = new Blob([new Uint8Array(this.contents.tensors.pictures.values)], { type: "image/webp" });
    this.collection = new Collection(this.contents, await createImageBitmap(sheet));
  }
}

/** A picture's place says it all: style after style, in each kind after kind, in each thing after thing. */
export class Collection {
  /**
   * @param {Contents} contents
   * @param {ImageBitmap} sheet All pictures, row by row.
   */
  constructor({ tensors, texts: { names, kinds, styles } }, sheet) {
    this.names = names;
    this.kinds = kinds;
    this.styles = styles;
    this.sheet = sheet;
    this.columns = sheet.width / SIDE;
    /** @type {Record<Way, Vectors>} */
    this.vectors = { features: new Vectors(tensors.features), pixels: new Vectors(tensors.pixels) };
  }

  /** @type {(place: number) => number} */
  thingOf = (place) => place % this.names.length;
  /** @type {(place: number) => number} */
  styleOf = (place) => Math.floor(place / this.names.length);
  /** @type {(place: number) => number} */
  kindOf = (place) => Math.floor((this.thingOf(place) * this.kinds.length) / this.names.length);

  /**
   * Gives the place of a thing in a style.
   * @param {number} thing
   * @param {number} style
   */
  placeOf(thing, style) {
    return style * this.names.length + thing;
  }

  /**
   * Says what a picture shows, who drew it, and of which kind it is.
   * @param {number} place
   */
  wordsOf(place) {
    return {
      name: this.names[this.thingOf(place)], style: this.styles[this.styleOf(place)], kind: this.kinds[this.kindOf(place)],
    };
  }

  /**
   * Gives the things whose name, or else whose kind, holds a text.
   * @param {string} text
   * @returns {{things: number[], count: number}} The first of them, and how many there are.
   */
  matching(text) {
    const asked = text.trim().toLowerCase();
    /** @param {(thing: number) => string} worded */
    const holding = (worded) => [...this.names.keys()].filter((thing) => worded(thing).toLowerCase().includes(asked));
    const named = asked ? holding((thing) => this.names[thing]) : [];
    const things = named.length || !asked ? named : holding((thing) => this.kinds[this.kindOf(thing)]);
    return { things: things.slice(0, MOST_MATCHES), count: things.length };
  }

  /**
   * Says which pictures may be found for one of them; never the picture itself.
   * @param {number} query
   * @param {Limits} limits
   * @returns {Test}
   */
  allowed(query, { among, same }) {
    return (place) =>
      place !== query &&
      (among === "all" || this.styleOf(place) !== this.styleOf(query)) &&
      (same || this.thingOf(place) !== this.thingOf(query));
  }

  /**
   * Says which pictures are of the same kind.
   * @param {number} query
   * @returns {Test}
   */
  relevant(query) {
    return (place) => this.kindOf(place) === this.kindOf(query);
  }

  /**
   * Draws a picture on a canvas of its size.
   * @param {HTMLCanvasElement} canvas
   * @param {number} place
   */
  draw(canvas, place) {
    const [column, row] = [place % this.columns, Math.floor(place / this.columns)];
    contextOf(canvas).drawImage(this.sheet, SIDE * column, SIDE * row, SIDE, SIDE, 0, 0, SIDE, SIDE);
  }
}
