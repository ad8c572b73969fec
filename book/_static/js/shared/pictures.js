/* Small pictures of images, in the theme's ink and paper. */

import { element } from "./dom.js";
import { contextOf } from "./drawing.js";

/** @import { Pixels } from "./preparing.js" */

/**
 * Makes a canvas with an image on it, ink where the values are high.
 * @param {Pixels} image
 * @param {string} label
 * @param {{isPaper?: boolean}} [look]
 * @returns {HTMLCanvasElement}
 */
export function picture({ height, width, data }, label, { isPaper = false } = {}) {
  const canvas = element("canvas", { role: "img", "aria-label": label, class: "image" });
  Object.assign(canvas, { width, height });
  const context = contextOf(canvas);
  const pixels = context.createImageData(width, height);
  data.forEach((value, k) => {
    const shade = Math.round(255 * value);
    pixels.data.set([shade, shade, shade, 255], 4 * k);
  });
  context.putImageData(pixels, 0, 0);
  canvas.classList.toggle("paper", isPaper);
  return canvas;
}

/**
 * Makes a picture with words below it.
 * @param {HTMLCanvasElement} canvas
 * @param {...(Node|string)} words
 * @returns {HTMLElement}
 */
export const captioned = (canvas, ...words) => element("div", { class: "captioned" }, canvas, ...words);
