/* A picture of the reader's own: read, made small, and turned into what is compared. */

import { element } from "../shared/dom.js";
import { contextOf } from "../shared/drawing.js";
import { SIDE } from "./collection.js";
import { CHANNELS, fitted } from "./resize.js";

/** @import { Model } from "../shared/model.js" */
/** @import { Way } from "./collection.js" */
/** @import { Pixels } from "./resize.js" */
/** @typedef {{name: string, image: Pixels, vectors: Record<Way, Float32Array>}} Own */

const LARGEST = 1024; // pixels of the longer side; what is larger is drawn smaller first
const SMALL_SIDE = 8;
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
 * Turns a picture into vectors.
 * @param {string} name
 * @param {Pixels} pixels
 * @param {Model} model Loaded.
 * @returns {Promise<Own>}
 */
export async function ownOf(name, pixels, model) {
  const image = fitted(pixels, SIDE);
  const features = await model.run(image.data, [1, CHANNELS, SIDE, SIDE]);
  return { name, image, vectors: { features, pixels: smallPixels(image) } };
}

/**
 * Gives the means of 8 × 8 squares in each color, less the mean of all.
 * @param {Pixels} image
 * @returns {Float32Array}
 */
export function smallPixels({ width, height, data }) {
  const [across, down] = [width / SMALL_SIDE, height / SMALL_SIDE];
  const small = new Float32Array(CHANNELS * SMALL_SIDE * SMALL_SIDE);
  data.forEach((value, k) => {
    const [line, column] = [Math.floor(k / width), k % width];
    small[Math.floor(line / down) * SMALL_SIDE + Math.floor(column / across)] += value / (across * down);
  });
  const mean = small.reduce((sum, value) => sum + value) / small.length;
  return small.map((value) => value - mean);
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
