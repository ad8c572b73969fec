/* Loss against steps: training as a full line, points kept back as a dashed one. */

import { asAxis, sharp } from "../shared/drawing.js";

/** @import { Colors } from "./marks.js" */
/** @typedef {{step: number, training: number|null, test: number|null}} Moment Losses after a step, where known. */
/**
 * @typedef {{width: number, height: number, most: number, first: number, last: number,
 *     up: (loss: number) => number}} Frame Room, ends of the axes, and where a loss lies.
 */

const MOST = 600; // moments kept; beyond, every other one is forgotten
const LEFT = 40;
const BOTTOM = 22;
const TOP = 22;
const DASHES = [[], [6, 4]]; // of training and test

/** @param {number|null} loss @returns {loss is number} */
const isKnown = (loss) => loss !== null && Number.isFinite(loss);

export class Curve {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    /** @type {Moment[]} */
    this.moments = [];
    this.stride = 1;
  }

  forget() {
    this.moments = [];
    this.stride = 1;
  }

  /**
   * Keeps a moment. It is always the last one, in place of one that was too near to that before.
   * @param {number} step
   * @param {number|null} training
   * @param {number|null} test
   */
  add(step, training, test) {
    const [before, last] = [this.moments.at(-2), this.moments.at(-1)];
    if (last && (last.step === step || (before && last.step < before.step + this.stride))) this.moments.pop();
    this.moments.push({ step, training, test });
    if (this.moments.length > MOST) {
      this.moments = this.moments.filter((_, index) => index % 2 === 0);
      this.stride = Math.max(this.stride * 2, Math.ceil((step - this.moments[0].step) / MOST));
    }
  }

  /** @param {Colors} colors */
  draw(colors) {
    const [width, height] = [this.canvas.clientWidth, this.canvas.clientHeight];
    const context = sharp(this.canvas, width, height);
    const values = this.moments.flatMap(({ training, test }) => [training, test]).filter(isKnown);
    const most = Math.max(0.8, Math.min(3, ...[values.length ? values.reduce((a, b) => Math.max(a, b)) : 0.8]));
    const first = this.moments[0]?.step ?? 0;
    const last = Math.max(this.moments.at(-1)?.step ?? 0, first + 1);
    /** @param {number} step */
    const across = (step) => LEFT + ((step - first) / (last - first)) * (width - LEFT - 8);
    /** @param {number} loss */
    const up = (loss) => height - BOTTOM - (Math.min(loss, most) / most) * (height - BOTTOM - TOP);
    this.axes(context, colors, { width, height, most, first, last, up });
    this.line(context, colors.classes[0], DASHES[0], across, up, "training");
    this.line(context, colors.classes[1], DASHES[1], across, up, "test");
    legend(context, colors, width);
  }

  /**
   * Writes and draws the axes.
   * @param {CanvasRenderingContext2D} context
   * @param {Colors} colors
   * @param {Frame} frame
   */
  axes(context, colors, { width, height, most, first, last, up }) {
    asAxis(context, colors);
    for (const loss of [0, most / 2, most]) {
      context.fillText(loss.toFixed(1), LEFT - 6, up(loss));
      context.beginPath();
      context.moveTo(LEFT, up(loss));
      context.lineTo(width - 8, up(loss));
      context.stroke();
    }
    context.textBaseline = "bottom";
    context.fillText(`step ${last.toLocaleString("en")}`, width - 8, height - 2);
    context.textAlign = "left";
    context.fillText(String(first), LEFT, height - 2);
  }

  /**
   * Draws one of the losses.
   * @param {CanvasRenderingContext2D} context
   * @param {string} color
   * @param {number[]} dashes
   * @param {(step: number) => number} across
   * @param {(loss: number) => number} up
   * @param {"training"|"test"} name
   */
  line(context, color, dashes, across, up, name) {
    context.beginPath();
    for (const moment of this.moments) {
      const loss = moment[name];
      if (isKnown(loss)) context.lineTo(across(moment.step), up(loss));
    }
    context.strokeStyle = color;
    context.lineWidth = 2;
    context.setLineDash(dashes);
    context.stroke();
    context.setLineDash([]);
  }
}

/**
 * Says which line is which.
 * @param {CanvasRenderingContext2D} context
 * @param {Colors} colors
 * @param {number} width
 */
function legend(context, colors, width) {
  context.textAlign = "left";
  context.textBaseline = "middle";
  ["training", "kept back"].forEach((name, index) => {
    const x = width - 190 + 90 * index;
    context.strokeStyle = colors.classes[index];
    context.lineWidth = 2;
    context.setLineDash(DASHES[index]);
    context.beginPath();
    context.moveTo(x, 10);
    context.lineTo(x + 26, 10);
    context.stroke();
    context.fillStyle = colors.ink;
    context.fillText(name, x + 32, 10);
  });
  context.setLineDash([]);
}
