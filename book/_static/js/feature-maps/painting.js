/* A map large, with a frame around a part of it. */

import { sharp } from "../shared/drawing.js";
import { paint } from "../shared/painting.js";

/** @import { Scale } from "../shared/painting.js" */
/** @import { Square } from "./inside.js" */

/**
 * Paints a square of numbers large, with a frame around a part of it.
 * @param {HTMLCanvasElement} canvas
 * @param {Float32Array} values
 * @param {number} side
 * @param {Scale} scale
 * @param {string} color Of the frame.
 * @param {Square} [frame] In numbers.
 */
export function paintLarge(canvas, values, side, scale, color, frame) {
  const small = document.createElement("canvas");
  paint(small, values, side, scale);
  const width = canvas.clientWidth;
  const context = sharp(canvas, width, width);
  context.imageSmoothingEnabled = false;
  context.drawImage(small, 0, 0, width, width);
  if (!frame) return;
  const unit = width / side;
  Object.assign(context, { strokeStyle: color, lineWidth: 2 });
  context.strokeRect(frame.left * unit, frame.top * unit, frame.side * unit, frame.side * unit);
}
