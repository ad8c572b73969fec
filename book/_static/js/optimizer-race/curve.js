/* The runners' losses against steps, on a logarithmic scale. */

import { OPTIMIZERS } from "../shared/optimizers.js";
import { asAxis, sharp } from "../shared/drawing.js";
import { LOOKS, drawMark } from "./plane.js";
import { RUNNERS } from "./race.js";

/** @import { Palette } from "../shared/drawing.js" */
/** @import { Look } from "./plane.js" */
/** @import { Paths } from "./race.js" */
/**
 * @typedef {{width: number, height: number, least: number, most: number, steps: number,
 *     up: (loss: number) => number}} Frame Room, exponents of the scale, and where a loss lies.
 */

const LEFT = 48;
const BOTTOM = 22;
const TOP = 26;
const LEAST = 1e-6; // what lies below is drawn here
const MOST = 1e4;

export class Curve {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
  }

  /**
   * Draws the losses up to a step.
   * @param {Paths} paths
   * @param {number} step
   * @param {number} steps
   * @param {Palette} colors
   */
  draw(paths, step, steps, colors) {
    const [width, height] = [this.canvas.clientWidth, this.canvas.clientHeight];
    const context = sharp(this.canvas, width, height);
    const all = RUNNERS.flatMap((runner) => paths[runner].losses).filter((loss) => loss > 0);
    /** @type {(value: number, round: (value: number) => number) => number} */
    const exponent = (value, round) => round(Math.log10(Math.max(LEAST, Math.min(MOST, value))));
    const least = exponent(all.reduce((a, b) => Math.min(a, b), 1), Math.floor);
    const most = Math.max(least + 1, exponent(all.reduce((a, b) => Math.max(a, b), 0), Math.ceil));
    /** @param {number} at */
    const across = (at) => LEFT + (at / steps) * (width - LEFT - 12);
    /** @param {number} loss */
    const up = (loss) => {
      const share = (Math.log10(Math.max(10 ** least, Math.min(10 ** most, loss))) - least) / (most - least);
      return height - BOTTOM - share * (height - BOTTOM - TOP);
    };
    axes(context, colors, { width, height, least, most, steps, up });
    let legendAt = LEFT + 8;
    for (const runner of RUNNERS) {
      const points = paths[runner].losses.slice(0, step + 1).map((loss, at) => [across(at), up(loss)]);
      line(context, points, LOOKS[runner], colors);
      legendAt = legend(context, legendAt, OPTIMIZERS[runner].label, LOOKS[runner], colors);
    }
  }
}

/**
 * Writes and draws the axes.
 * @param {CanvasRenderingContext2D} context
 * @param {Palette} colors
 * @param {Frame} frame
 */
function axes(context, colors, { width, height, least, most, steps, up }) {
  asAxis(context, colors);
  const stride = Math.ceil((most - least) / 5);
  for (let exponent = least; exponent <= most; exponent += stride) {
    const y = up(10 ** exponent);
    context.fillText(exponent < -2 || exponent > 3 ? `1e${exponent}` : String(10 ** exponent), LEFT - 6, y);
    context.beginPath();
    context.moveTo(LEFT, y);
    context.lineTo(width - 12, y);
    context.stroke();
  }
  context.textBaseline = "bottom";
  context.fillText(`step ${steps}`, width - 12, height - 2);
  context.textAlign = "left";
  context.fillText("0", LEFT, height - 2);
}

/**
 * Draws a runner's losses.
 * @param {CanvasRenderingContext2D} context
 * @param {number[][]} points
 * @param {Look} look
 * @param {Palette} colors
 */
function line(context, points, { color, dashes, mark }, colors) {
  context.beginPath();
  for (const [x, y] of points) context.lineTo(x, y);
  context.strokeStyle = colors[color];
  context.lineWidth = 2;
  context.setLineDash(dashes);
  context.stroke();
  context.setLineDash([]);
  drawMark(context, points[points.length - 1], mark, colors[color], colors.paper);
}

/**
 * Writes an entry of the legend, and gives where the next one begins.
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {string} text
 * @param {Look} look
 * @param {Palette} colors
 */
function legend(context, x, text, { color, mark }, colors) {
  drawMark(context, [x, 11], mark, colors[color], colors.paper);
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillStyle = colors.ink;
  context.fillText(text, x + 12, 11);
  return x + 36 + context.measureText(text).width;
}
