/* Pictures of the reader's own: read here, drawn here, sent nowhere. */

import { contextOf } from "./drawing.js";
import { element } from "./dom.js";
import { CHANNELS } from "./resize.js";

/** @import { Pixels } from "./resize.js" */

const LARGEST = 1024; // pixels of the longer side; what is larger is drawn smaller first
const OPAQUE = 255;

/**
 * Reads a picture's file.
 * @param {Blob} file
 * @returns {Promise<Pixels>} On white, from 0 to 1.
 * @throws {Error} If the browser cannot read it.
 */
export async function pixelsOf(file) {
  /** @type {ImageBitmap} */
  let bitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    throw new Error("This file cannot be read as a picture. Try a PNG, JPEG or WebP.");
  }
  const factor = Math.min(1, LARGEST / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(factor * side)));
  const canvas = element("canvas", { width, height });
  const context = contextOf(canvas, { willReadFrequently: true });
  Object.assign(context, { fillStyle: "white", imageSmoothingQuality: "high" });
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  const area = height * width;
  const planes = Float32Array.from({ length: CHANNELS * area }, (_, k) => data[4 * (k % area) + Math.floor(k / area)] / OPAQUE);
  return { height, width, data: planes };
}

/**
 * Draws a picture on a canvas of its size.
 * @param {HTMLCanvasElement} canvas
 * @param {Pixels} image
 */
export function drawOwn(canvas, { width, height, data }) {
  const context = contextOf(canvas);
  const pixels = context.createImageData(width, height);
  const area = width * height;
  for (let k = 0; k < area; k++) {
    for (let channel = 0; channel < CHANNELS; channel++) pixels.data[4 * k + channel] = OPAQUE * data[channel * area + k];
    pixels.data[4 * k + CHANNELS] = OPAQUE;
  }
  context.putImageData(pixels, 0, 0);
}
