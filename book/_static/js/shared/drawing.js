/* What all pictures share: sharp canvases and the theme's colors. */

/** @typedef {Record<"ink"|"paper"|"surface"|"quiet"|"line"|"blue"|"orange"|"green", string>} Palette */

/** @type {(keyof Palette)[]} */
const NAMES = ["ink", "paper", "surface", "quiet", "line", "blue", "orange", "green"];

/**
 * Reads the theme's colors where an element stands.
 * @param {Element} place
 * @returns {Palette}
 */
export function palette(place) {
  const style = getComputedStyle(place);
  const colors = Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  return /** @type {Palette} */ (colors);
}

/**
 * Gives a canvas's context. There is one, since no canvas here is drawn on in another way.
 * @param {HTMLCanvasElement} canvas
 * @param {CanvasRenderingContext2DSettings} [settings]
 * @returns {CanvasRenderingContext2D}
 */
export const contextOf = (canvas, settings) =>
  /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", settings));

/**
 * Gives red, green and blue of a color, 0 to 255.
 * @param {string} color
 * @returns {number[]}
 */
export function channels(color) {
  const context = contextOf(document.createElement("canvas"));
  context.fillStyle = color;
  const hex = context.fillStyle;
  return [1, 3, 5].map((start) => parseInt(hex.slice(start, start + 2), 16));
}

/**
 * Fits a canvas to its place and the screen's pixels, empties it, and gives its context in CSS pixels.
 * @param {HTMLCanvasElement} canvas
 * @param {number} width
 * @param {number} height
 * @returns {CanvasRenderingContext2D}
 */
export function sharp(canvas, width, height) {
  const ratio = Math.min(window.devicePixelRatio || 1, 2);
  const [columns, rows] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== columns || canvas.height !== rows) {
    canvas.width = columns;
    canvas.height = rows;
  }
  const context = contextOf(canvas);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

/**
 * Prepares to write an axis's numbers, right of which its lines begin.
 * @param {CanvasRenderingContext2D} context
 * @param {Palette} colors
 */
export function asAxis(context, colors) {
  Object.assign(context, {
    font: "13px system-ui, sans-serif", fillStyle: colors.quiet, strokeStyle: colors.line, lineWidth: 1,
    textBaseline: "middle", textAlign: "right",
  });
}
