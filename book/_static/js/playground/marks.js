/* The marks and tints of the playground's pictures, in the two colors of the classes. */

import { channels, contextOf, palette } from "../shared/drawing.js";

/** @import { Palette } from "../shared/drawing.js" */
/** @typedef {Palette & {classes: string[], tints: number[][]}} Colors With those of class 0 and class 1. */

const STRONGEST = 0.6; // opacity of a strength of 1: marks on it stay clear

/**
 * Reads the theme's colors where an element stands, with those of the two classes.
 * @param {Element} place
 * @returns {Colors}
 */
export function classPalette(place) {
  const colors = palette(place);
  const classes = [colors.blue, colors.orange];
  return { ...colors, classes, tints: classes.map(channels) };
}

/**
 * Draws class 0 as disks and class 1 as triangles, in one stroke each; hollow ones stand for points kept back.
 * @param {CanvasRenderingContext2D} context
 * @param {Colors} colors
 * @param {Float64Array} places x and y in the picture of each mark in turn.
 * @param {Uint8Array} labels
 * @param {number} size
 * @param {{hollow?: boolean}} [look]
 */
export function drawMarks(context, colors, places, labels, size, { hollow = false } = {}) {
  for (const label of [0, 1]) {
    context.beginPath();
    for (let n = 0; n < labels.length; n++) {
      if (labels[n] !== label) continue;
      const [x, y] = [places[2 * n], places[2 * n + 1]];
      if (label) {
        context.moveTo(x, y - 1.2 * size);
        context.lineTo(x + 1.1 * size, y + 0.8 * size);
        context.lineTo(x - 1.1 * size, y + 0.8 * size);
        context.closePath();
      } else {
        context.moveTo(x + size, y);
        context.arc(x, y, size, 0, 2 * Math.PI);
      }
    }
    context.fillStyle = hollow ? colors.paper : colors.classes[label];
    context.strokeStyle = hollow ? colors.classes[label] : colors.paper;
    context.lineWidth = hollow ? 1.2 : 0.6;
    context.fill();
    context.stroke();
  }
}

/** A small picture of signed strengths, between −1 and 1, to be drawn at any size. */
export class Tint {
  constructor() {
    this.canvas = document.createElement("canvas");
    /** @type {ImageData|null} */
    this.image = null;
  }

  /**
   * Paints the strengths.
   * @param {number} side Samples along one side.
   * @param {(place: number) => number} strength Of the sample at a place, row by row.
   * @param {Colors} colors
   */
  paint(side, strength, { tints }) {
    if (this.canvas.width !== side || !this.image) {
      this.canvas.width = this.canvas.height = side;
      this.image = contextOf(this.canvas).createImageData(side, side);
    }
    const { data } = this.image;
    for (let place = 0; place < side * side; place++) {
      const value = strength(place);
      const tint = tints[value > 0 ? 1 : 0];
      data[4 * place] = tint[0];
      data[4 * place + 1] = tint[1];
      data[4 * place + 2] = tint[2];
      data[4 * place + 3] = 255 * STRONGEST * Math.abs(value);
    }
    contextOf(this.canvas).putImageData(this.image, 0, 0);
  }
}
