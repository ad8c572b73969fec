/* The plane with its points and what the network decides; and the plane as the last hidden layer sees it. */

import { sharp } from "../shared/drawing.js";
import { EXTENT } from "./grid.js";
import { Tint, drawMarks } from "./marks.js";

/** @import { Unit } from "./diagram.js" */
/** @import { Grid } from "./grid.js" */
/** @import { Colors } from "./marks.js" */
/** @import { Layer } from "./network.js" */
/** @import { Run } from "./run.js" */
/** @typedef {{at: (value: number) => number, least: number, most: number}} Scale Of one axis. */

const MARGIN = 8;
const GRID_LINES = 12;

/** The picture of the plane. */
export class Plane {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.tint = new Tint();
  }

  get size() {
    return this.canvas.clientWidth;
  }

  /**
   * Gives the point of the plane under a pointer.
   * @param {MouseEvent} event
   */
  pointAt(event) {
    const box = this.canvas.getBoundingClientRect();
    return [
      (((event.clientX - box.left) / box.width) * 2 - 1) * EXTENT,
      -(((event.clientY - box.top) / box.height) * 2 - 1) * EXTENT,
    ];
  }

  /**
   * Draws.
   * @param {Grid} grid
   * @param {Run} run
   * @param {Unit|null} unit The unit to show; the output by default.
   * @param {Colors} colors
   */
  draw(grid, { training, test }, unit, colors) {
    const size = this.size;
    const context = sharp(this.canvas, size, size);
    this.tint.paint(grid.side, grid.tintOf(unit), colors);
    context.imageSmoothingEnabled = true;
    context.drawImage(this.tint.canvas, 0, 0, size, size);
    /** @param {Float64Array} points */
    const places = (points) => points.map((value, k) => ((k % 2 ? -value : value) / EXTENT + 1) * (size / 2));
    drawMarks(context, colors, places(training.points), training.labels, size / 130);
    drawMarks(context, colors, places(test.points), test.labels, size / 120, { hollow: true });
    if (!unit) drawBoundary(context, colors, grid, size);
  }
}

/**
 * Draws the line where the logit is zero, square by square of the grid (marching squares).
 * @param {CanvasRenderingContext2D} context
 * @param {Colors} colors
 * @param {Grid} grid
 * @param {number} size
 */
function drawBoundary(context, colors, { logits, side }, size) {
  const step = size / side;
  context.beginPath();
  for (let row = 0; row + 1 < side; row++) {
    for (let column = 0; column + 1 < side; column++) {
      const first = row * side + column;
      const corners = [logits[first], logits[first + 1], logits[first + side + 1], logits[first + side]];
      if (corners[0] > 0 === corners[1] > 0 && corners[1] > 0 === corners[2] > 0 && corners[2] > 0 === corners[3] > 0) {
        continue;
      }
      crossings(corners).forEach(([x, y], index) => {
        const [left, top] = [(column + 0.5 + x) * step, (row + 0.5 + y) * step];
        if (index % 2) context.lineTo(left, top);
        else context.moveTo(left, top);
      });
    }
  }
  context.strokeStyle = colors.ink;
  context.lineWidth = 1.8;
  context.stroke();
}

const EDGES = [[0, 0, 1, 0], [1, 0, 0, 1], [1, 1, -1, 0], [0, 1, 0, -1]]; // start and direction

/**
 * Gives where the line enters and leaves a square, from its corners' logits.
 * @param {number[]} corners
 */
function crossings(corners) {
  /** @type {number[][]} */
  const found = [];
  EDGES.forEach(([x, y, dx, dy], edge) => {
    const [from, to] = [corners[edge], corners[(edge + 1) % 4]];
    if (from > 0 === to > 0) return;
    const share = from / (from - to);
    found.push([x + share * dx, y + share * dy]);
  });
  return found;
}

/** The picture of the last hidden layer's two units as coordinates. */
export class HiddenPlane {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
  }

  /**
   * Draws the bent grid of the plane, the points, and the output's straight line.
   * @param {Grid} grid
   * @param {Run} run
   * @param {Colors} colors
   */
  draw(grid, run, colors) {
    const width = this.canvas.clientWidth;
    const layer = run.settings.hidden.length - 1;
    const context = sharp(this.canvas, width, width);
    const { training } = run;
    const scale = fit([grid.unit(layer, 0), grid.unit(layer, 1)], width);
    drawBentGrid(context, colors, grid, layer, scale);
    drawMarks(context, colors, seenPlaces(run, layer, scale), training.labels, Math.max(width / 150, 1.8));
    drawOutput(context, colors, run.network.layers[layer + 1], scale, width);
  }
}

/**
 * Gives one scale for each axis, so that all of the plane fits in.
 * @param {Float64Array[]} units
 * @param {number} width
 * @returns {Scale[]}
 */
function fit(units, width) {
  return units.map((values, axis) => {
    let [least, most] = [Infinity, -Infinity];
    for (const value of values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    const span = most - least || 1;
    const room = width - 2 * MARGIN;
    /** @param {number} value */
    const place = (value) => MARGIN + ((value - least) / span) * room;
    /** @param {number} value */
    const at = (value) => (axis ? width - place(value) : place(value));
    return { at, least, most };
  });
}

/**
 * Draws the plane's grid as the layer bends it.
 * @param {CanvasRenderingContext2D} context
 * @param {Colors} colors
 * @param {Grid} grid
 * @param {number} layer
 * @param {Scale[]} scale
 */
function drawBentGrid(context, colors, grid, layer, [across, up]) {
  const [first, second] = [grid.unit(layer, 0), grid.unit(layer, 1)];
  const stride = Math.floor(grid.side / GRID_LINES);
  context.beginPath();
  for (let line = 0; line < grid.side; line += stride) {
    for (const [start, step] of [[line * grid.side, 1], [line, grid.side]]) {
      for (let k = 0; k < grid.side; k++) {
        const place = start + k * step;
        const [x, y] = [across.at(first[place]), up.at(second[place])];
        if (k) context.lineTo(x, y);
        else context.moveTo(x, y);
      }
    }
  }
  context.strokeStyle = colors.line;
  context.lineWidth = 1;
  context.stroke();
}

/**
 * Gives where the training points lie in the picture.
 * @param {Run} run
 * @param {number} layer
 * @param {Scale[]} scale
 */
function seenPlaces(run, layer, [across, up]) {
  const count = run.training.labels.length;
  const units = run.hiddenValues(layer);
  return Float64Array.from({ length: 2 * count }, (_, k) =>
    k % 2 ? up.at(units[count + (k >> 1)]) : across.at(units[k >> 1]),
  );
}

/**
 * Draws w₁h₁ + w₂h₂ + b = 0, cut to the picture.
 * @param {CanvasRenderingContext2D} context
 * @param {Colors} colors
 * @param {Layer} output
 * @param {Scale[]} scale
 * @param {number} width
 */
function drawOutput(context, colors, { weight, bias }, [across, up], width) {
  const ends =
    Math.abs(weight[1]) > Math.abs(weight[0])
      ? [across.least, across.most].map((h) => [h, -(weight[0] * h + bias[0]) / weight[1]])
      : [up.least, up.most].map((h) => [-(weight[1] * h + bias[0]) / weight[0], h]);
  context.save();
  context.beginPath();
  context.rect(0, 0, width, width);
  context.clip();
  context.beginPath();
  for (const [x, y] of ends) context.lineTo(across.at(x), up.at(y));
  context.strokeStyle = colors.ink;
  context.lineWidth = 1.8;
  context.stroke();
  context.restore();
}
