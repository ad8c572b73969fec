/* The marks and tints of the playground's pictures, in the two colors of the classes. */

import { channels, palette } from "../shared/drawing.js";

/** Reads the theme's colors where an element stands, with those of the two classes. */
export function classPalette(place) {
  const colors = palette(place);
  const classes = [colors.blue, colors.orange];
  return { ...colors, classes, tints: classes.map(channels) };
}

/** Draws class 0 as disks and class 1 as triangles, in one stroke each; hollow ones stand for test points. */
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
    this.image = null;
  }

  /**
   * Paints the strengths.
   * @param {number} side Samples along one side, also of the strengths' square unless `stride` is given.
   * @param {(place: number) => number} strength Of the sample at a place, row by row.
   */
  paint(side, strength, { tints }, strongest) {
    if (this.canvas.width !== side || !this.image) {
      this.canvas.width = this.canvas.height = side;
      this.image = this.canvas.getContext("2d").createImageData(side, side);
    }
    const { data } = this.image;
    for (let place = 0; place < side * side; place++) {
      const value = strength(place);
      const tint = tints[value > 0 ? 1 : 0];
      data[4 * place] = tint[0];
      data[4 * place + 1] = tint[1];
      data[4 * place + 2] = tint[2];
      data[4 * place + 3] = 255 * strongest * Math.abs(value);
    }
    this.canvas.getContext("2d").putImageData(this.image, 0, 0);
  }
}
