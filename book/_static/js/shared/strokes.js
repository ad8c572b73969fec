/* Drawings as strokes: lists of points in a square of side 1, and the width of the pen in the same unit. */

import { contextOf } from "./drawing.js";

/** @import { Pixels } from "./preparing.js" */
/** @typedef {{strokes: number[][][], width: number}} Drawing */

export const SIDE = 160; // pixels of the paper, as of a photo in Lesson 2

/**
 * Draws strokes, dark on bright.
 * @param {Drawing} drawing
 * @returns {Pixels} Brightness from 0 to 1.
 */
export function paperOf({ strokes, width }) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE;
  const context = contextOf(canvas, { willReadFrequently: true });
  context.fillStyle = "white";
  context.fillRect(0, 0, SIDE, SIDE);
  trace(context, strokes, width, SIDE, "black");
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  return { height: SIDE, width: SIDE, data: Float32Array.from({ length: SIDE * SIDE }, (_, k) => data[4 * k] / 255) };
}

/**
 * Traces strokes on a canvas of some side.
 * @param {CanvasRenderingContext2D} context
 * @param {number[][][]} strokes
 * @param {number} width Of the pen, as a share of the side.
 * @param {number} side
 * @param {string} color
 */
export function trace(context, strokes, width, side, color) {
  Object.assign(context, { lineCap: "round", lineJoin: "round", lineWidth: width * side, strokeStyle: color });
  for (const points of strokes) {
    context.beginPath();
    context.moveTo(points[0][0] * side, points[0][1] * side);
    for (const [x, y] of points.length > 1 ? points.slice(1) : points) context.lineTo(x * side, y * side);
    context.stroke();
  }
}

/**
 * Gives the box that holds all points.
 * @param {number[][][]} strokes
 */
function boxOf(strokes) {
  const points = strokes.flat();
  const [across, down] = [0, 1].map((axis) => points.map((point) => point[axis]));
  return { left: Math.min(...across), right: Math.max(...across), top: Math.min(...down), bottom: Math.max(...down) };
}

/** @type {(drawing: Drawing, change: (point: number[]) => number[]) => Drawing} */
const changed = ({ strokes, width }, change) => ({ strokes: strokes.map((points) => points.map(change)), width });

/**
 * Moves a drawing into the lower right corner of the paper.
 * @param {Drawing} drawing
 * @returns {Drawing}
 */
export function intoCorner(drawing) {
  const { right, bottom } = boxOf(drawing.strokes);
  const rim = 1 - drawing.width / 2;
  return changed(drawing, ([x, y]) => [x + rim - right, y + rim - bottom]);
}

/**
 * Takes another pen.
 * @param {Drawing} drawing
 * @param {number} factor
 * @returns {Drawing}
 */
export const withPen = (drawing, factor) => ({ ...drawing, width: drawing.width * factor });

/**
 * Turns a drawing about its middle, clockwise, and makes it smaller where it would leave the paper.
 * @param {Drawing} drawing
 * @param {number} degrees
 * @returns {Drawing}
 */
export function tilted(drawing, degrees) {
  const { left, right, top, bottom } = boxOf(drawing.strokes);
  const [x0, y0] = [(left + right) / 2, (top + bottom) / 2];
  const [cosine, sine] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const turned = changed(drawing, ([x, y]) => [
    x0 + (x - x0) * cosine - (y - y0) * sine, y0 + (x - x0) * sine + (y - y0) * cosine,
  ]);
  return inside(turned);
}

/**
 * Puts a drawing back onto the paper.
 * @param {Drawing} drawing
 */
function inside(drawing) {
  const { left, right, top, bottom } = boxOf(drawing.strokes);
  const room = 1 - drawing.width;
  const factor = Math.min(1, room / Math.max(right - left, bottom - top, 1e-9));
  /** @type {(least: number, most: number) => (value: number) => number} */
  const shift = (least, most) => (value) =>
    Math.min(Math.max((least + most) / 2, drawing.width / 2 + (factor * (most - least)) / 2),
      1 - drawing.width / 2 - (factor * (most - least)) / 2) + factor * (value - (least + most) / 2);
  const [across, down] = [shift(left, right), shift(top, bottom)];
  return { ...changed(drawing, ([x, y]) => [across(x), down(y)]), width: drawing.width * factor };
}
