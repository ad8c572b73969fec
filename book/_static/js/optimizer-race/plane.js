/* The surface from above, darker where the loss is higher, with the runners' paths. */

import { channels, contextOf, sharp } from "../shared/drawing.js";
import { RUNNERS } from "./race.js";
import { SURFACES } from "./surfaces.js";

/** @import { Palette } from "../shared/drawing.js" */
/** @import { Paths } from "./race.js" */
/** @typedef {"disk"|"square"|"triangle"} Mark */
/** @typedef {{color: "orange"|"blue"|"green", dashes: number[], mark: Mark}} Look */

const SIDE = 240; // samples along one side of the surface's picture
const BANDS = 14;
const DEEPEST = 0.34; // opacity of the highest band
/** How each runner is drawn, so that color alone never tells. @type {Record<string, Look>} */
export const LOOKS = {
  sgd: { color: "orange", dashes: [], mark: "square" },
  momentum: { color: "blue", dashes: [7, 4], mark: "disk" },
  adam: { color: "green", dashes: [2, 3], mark: "triangle" },
};

export class Plane {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.painted = "";
    this.surface = document.createElement("canvas");
    this.surface.width = this.surface.height = SIDE;
  }

  /**
   * Gives the weights under a pointer.
   * @param {MouseEvent} event
   * @param {string} surface
   */
  placeAt({ clientX, clientY }, surface) {
    const { middle, half } = SURFACES[surface];
    const box = this.canvas.getBoundingClientRect();
    return [
      middle[0] + half * (2 * ((clientX - box.left) / box.width) - 1),
      middle[1] - half * (2 * ((clientY - box.top) / box.height) - 1),
    ];
  }

  /**
   * Gives where weights lie in the picture, as shares of its side from left and top.
   * @param {number[]} weights
   * @param {string} surface
   */
  static shares([x, y], surface) {
    const { middle, half } = SURFACES[surface];
    return [(x - middle[0] + half) / (2 * half), (middle[1] + half - y) / (2 * half)];
  }

  /**
   * Draws.
   * @param {string} surface
   * @param {Paths} paths
   * @param {number} step How far the runners have come.
   * @param {Palette} colors
   */
  draw(surface, paths, step, colors) {
    const size = this.canvas.clientWidth;
    const context = sharp(this.canvas, size, size);
    if (this.painted !== `${surface} ${colors.ink}`) this.paint(surface, colors);
    context.drawImage(this.surface, 0, 0, size, size);
    axes(context, surface, size, colors);
    for (const place of SURFACES[surface].lowest) drawCross(context, Plane.shares(place, surface), size, colors);
    for (const runner of RUNNERS) {
      const places = paths[runner].places.slice(0, step + 1).map((place) =>
        Plane.shares(place, surface).map((share) => share * size),
      );
      drawPath(context, places, LOOKS[runner], colors);
    }
  }

  /**
   * Paints equal steps of the loss's logarithm, so that the bottom shows as well as the cliffs.
   * @param {string} surface
   * @param {Palette} colors
   */
  paint(surface, colors) {
    this.painted = `${surface} ${colors.ink}`;
    const { middle, half, loss } = SURFACES[surface];
    const values = Float64Array.from({ length: SIDE * SIDE }, (_, k) => {
      const [column, row] = [k % SIDE, Math.floor(k / SIDE)];
      const [across, up] = [2 * ((column + 0.5) / SIDE) - 1, 1 - 2 * ((row + 0.5) / SIDE)];
      return Math.log(0.02 + loss(middle[0] + half * across, middle[1] + half * up));
    });
    const [least, most] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
    const [red, green, blue] = channels(colors.quiet);
    const context = contextOf(this.surface);
    const image = context.createImageData(SIDE, SIDE);
    values.forEach((value, k) => {
      const band = Math.floor(((value - least) / (most - least)) * (BANDS - 0.01));
      image.data.set([red, green, blue, 255 * DEEPEST * (band / (BANDS - 1))], 4 * k);
    });
    context.putImageData(image, 0, 0);
  }
}

/**
 * Writes what the axes are, and where they end.
 * @param {CanvasRenderingContext2D} context
 * @param {string} surface
 * @param {number} size
 * @param {Palette} colors
 */
function axes(context, surface, size, colors) {
  const { middle, half } = SURFACES[surface];
  context.font = "13px system-ui, sans-serif";
  context.fillStyle = colors.ink;
  context.textBaseline = "bottom";
  context.textAlign = "left";
  context.fillText(String(middle[0] - half), 4, size - 4);
  context.textAlign = "center";
  context.fillText("first weight", size / 2, size - 4);
  context.textAlign = "right";
  context.fillText(String(middle[0] + half), size - 4, size - 4);
  context.textBaseline = "top";
  context.textAlign = "left";
  context.fillText(`${middle[1] + half}  second weight`, 4, 4);
}

/**
 * Marks a lowest place.
 * @param {CanvasRenderingContext2D} context
 * @param {number[]} shares
 * @param {number} size
 * @param {Palette} colors
 */
function drawCross(context, shares, size, colors) {
  const [x, y] = shares.map((share) => share * size);
  context.beginPath();
  for (const side of [-1, 1]) {
    context.moveTo(x - 6, y - 6 * side);
    context.lineTo(x + 6, y + 6 * side);
  }
  context.strokeStyle = colors.ink;
  context.lineWidth = 2;
  context.stroke();
}

/**
 * Draws a runner's path, with its mark at the end.
 * @param {CanvasRenderingContext2D} context
 * @param {number[][]} places
 * @param {Look} look
 * @param {Palette} colors
 */
function drawPath(context, places, { color, dashes, mark }, colors) {
  context.strokeStyle = colors[color];
  context.lineWidth = 2;
  context.setLineDash(dashes);
  context.beginPath();
  for (const [x, y] of places) context.lineTo(x, y);
  context.stroke();
  context.setLineDash([]);
  drawMark(context, places[places.length - 1], mark, colors[color], colors.paper);
}

/**
 * Draws a runner's mark.
 * @param {CanvasRenderingContext2D} context
 * @param {number[]} place
 * @param {Mark} mark
 * @param {string} color
 * @param {string} rim
 */
export function drawMark(context, [x, y], mark, color, rim) {
  const size = 6;
  context.beginPath();
  if (mark === "disk") context.arc(x, y, size, 0, 2 * Math.PI);
  else if (mark === "square") context.rect(x - size, y - size, 2 * size, 2 * size);
  else {
    context.moveTo(x, y - 1.3 * size);
    context.lineTo(x + 1.2 * size, y + 0.9 * size);
    context.lineTo(x - 1.2 * size, y + 0.9 * size);
    context.closePath();
  }
  context.fillStyle = color;
  context.strokeStyle = rim;
  context.lineWidth = 1.5;
  context.fill();
  context.stroke();
}
