/* What all pictures share: sharp canvases and the theme's colors. */

/** Reads the theme's colors where an element stands. */
export function palette(place) {
  const style = getComputedStyle(place);
  const color = (name) => style.getPropertyValue(`--${name}`).trim();
  return Object.fromEntries(
    ["ink", "paper", "surface", "quiet", "line", "blue", "orange", "green"].map((name) => [name, color(name)]),
  );
}

/** Gives red, green and blue of a color, 0 to 255. */
export function channels(color) {
  const context = document.createElement("canvas").getContext("2d");
  context.fillStyle = color;
  const hex = context.fillStyle;
  return [1, 3, 5].map((start) => parseInt(hex.slice(start, start + 2), 16));
}

/** Fits a canvas to its place and the screen's pixels, empties it, and gives its context in CSS pixels. */
export function sharp(canvas, width, height) {
  const ratio = Math.min(window.devicePixelRatio || 1, 2);
  const [columns, rows] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== columns || canvas.height !== rows) {
    canvas.width = columns;
    canvas.height = rows;
  }
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

/** Prepares to write an axis's numbers, right of which its lines begin. */
export function asAxis(context, colors) {
  Object.assign(context, {
    font: "13px system-ui, sans-serif", fillStyle: colors.quiet, strokeStyle: colors.line, lineWidth: 1,
    textBaseline: "middle", textAlign: "right",
  });
}
