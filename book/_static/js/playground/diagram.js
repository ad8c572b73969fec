/* The network as a drawing: every unit with its own field, every weight as a line. */

import { sharp } from "../shared/drawing.js";
import { reach } from "./grid.js";
import { Tint } from "./marks.js";
import { FEATURES } from "./network.js";

/** @import { Grid } from "./grid.js" */
/** @import { Colors } from "./marks.js" */
/** @import { Layer } from "./network.js" */
/** @import { Run } from "./run.js" */
/** @typedef {{layer: number, index: number}} Unit Of a hidden layer, both counted from 0. */
/** @typedef {{x: number, y: number}} Place */

export const FIRST = 68; // the column of the inputs, with their names
const NARROWEST = 50; // a column with the buttons of its layer
const WIDEST = 190;
const ROOM = 272; // for the rows, about as high as the plane beside them
const HIGHEST = 34; // a row
const LOWEST = 24;
const BETWEEN = 8; // two units of a layer

export class Diagram {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.width = 0;
    this.height = 0;
    this.row = HIGHEST;
    /** @type {Place[][]} */
    this.units = [];
    /** @type {Tint[][]} */
    this.tints = [];
  }

  /**
   * Gives the width of a column after the first, so that all fit into some room if they can.
   * @param {number} columns
   * @param {number} room
   */
  static column(columns, room) {
    return Math.max(NARROWEST, Math.min(WIDEST, Math.floor((room - FIRST) / columns)));
  }

  /**
   * Lays the units out for a network.
   * @param {number[]} widths
   * @param {number} column Width of a column after the first.
   * @param {number} [height] By default the usual, or more where there are many units.
   */
  arrange(widths, column, height = Math.max(ROOM, LOWEST * Math.max(...widths))) {
    this.row = Math.min(HIGHEST, height / Math.max(...widths));
    this.width = FIRST + column * (widths.length - 1);
    this.height = height;
    this.units = widths.map((count, layer) =>
      Array.from({ length: count }, (_, index) => ({
        x: layer ? FIRST + (layer - 0.5) * column : FIRST - this.row / 2,
        y: this.height / 2 + (index - (count - 1) / 2) * this.row,
      })),
    );
    this.canvas.style.width = `${this.width}px`;
    this.canvas.style.height = `${this.height}px`;
  }

  /**
   * Gives the hidden unit under a pointer; nothing between units.
   * @param {MouseEvent} event
   * @returns {Unit|null}
   */
  unitAt(event) {
    const box = this.canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    for (let layer = 1; layer < this.units.length - 1; layer++) {
      const index = this.units[layer].findIndex((unit) => Math.hypot(unit.x - x, unit.y - y) < this.row / 2);
      if (index >= 0) return { layer: layer - 1, index };
    }
    return null;
  }

  /**
   * Draws all units with their fields, and all weights.
   * @param {Grid} grid
   * @param {Run} run
   * @param {Unit|null} selected
   * @param {Colors} colors
   */
  draw(grid, run, selected, colors) {
    const context = sharp(this.canvas, this.width, this.height);
    run.network.layers.forEach((layer, index) => this.drawWeights(context, layer, index, colors));
    this.units.forEach((units, layer) =>
      units.forEach((place, index) => {
        const isOutput = layer === this.units.length - 1;
        const unit = isOutput ? null : { layer: layer - 1, index };
        const isSelected = selected?.layer === unit?.layer && selected?.index === unit?.index;
        this.paint(this.tint(layer, index), grid, unit, colors);
        this.drawUnit(context, place, this.tint(layer, index), isSelected, colors);
        if (layer === 0) this.label(context, FEATURES[run.settings.inputs[index]].label, place, colors);
      }),
    );
  }

  /**
   * Gives the picture of a unit's field, made when first asked for.
   * @param {number} layer
   * @param {number} index
   */
  tint(layer, index) {
    this.tints[layer] ??= [];
    return (this.tints[layer][index] ??= new Tint());
  }

  /**
   * Draws a layer's weights. Width is strength; those below zero are dashed, so that color is not needed.
   * @param {CanvasRenderingContext2D} context
   * @param {Layer} weights
   * @param {number} layer
   * @param {Colors} colors
   */
  drawWeights(context, { inputs, outputs, weight }, layer, colors) {
    const strongest = Math.max(1, reach(weight));
    for (let j = 0; j < outputs; j++) {
      for (let i = 0; i < inputs; i++) {
        const share = weight[j * inputs + i] / strongest;
        const from = this.units[layer][i];
        const to = this.units[layer + 1][j];
        const middle = (from.x + to.x) / 2;
        context.globalAlpha = 0.15 + 0.85 * Math.abs(share);
        context.strokeStyle = colors.classes[share > 0 ? 1 : 0];
        context.lineWidth = 0.4 + 3.2 * Math.abs(share);
        context.setLineDash(share > 0 ? [] : [6, 4]);
        context.beginPath();
        context.moveTo(from.x, from.y);
        context.bezierCurveTo(middle, from.y, middle, to.y, to.x, to.y);
        context.stroke();
      }
    }
    context.globalAlpha = 1;
    context.setLineDash([]);
  }

  /**
   * Paints a unit's field, every other sample of the plane.
   * @param {Tint} tint
   * @param {Grid} grid
   * @param {Unit|null} unit
   * @param {Colors} colors
   */
  paint(tint, grid, unit, colors) {
    const half = grid.side / 2;
    const strength = grid.tintOf(unit);
    tint.paint(half, (place) => strength(2 * Math.floor(place / half) * grid.side + 2 * (place % half)), colors);
  }

  /** The side of a unit. */
  get unit() {
    return this.row - BETWEEN;
  }

  /**
   * Draws a unit with its field.
   * @param {CanvasRenderingContext2D} context
   * @param {Place} place
   * @param {Tint} tint
   * @param {boolean} isSelected
   * @param {Colors} colors
   */
  drawUnit(context, { x, y }, tint, isSelected, colors) {
    /** @type {[number, number, number, number]} */
    const square = [x - this.unit / 2, y - this.unit / 2, this.unit, this.unit];
    context.fillStyle = colors.paper;
    context.fillRect(...square);
    context.drawImage(tint.canvas, ...square);
    context.strokeStyle = isSelected ? colors.ink : colors.quiet;
    context.lineWidth = isSelected ? 3 : 1;
    context.strokeRect(...square);
  }

  /**
   * Names an input.
   * @param {CanvasRenderingContext2D} context
   * @param {string} text
   * @param {Place} place
   * @param {Colors} colors
   */
  label(context, text, { x, y }, colors) {
    context.font = "13px system-ui, sans-serif";
    context.textAlign = "right";
    context.textBaseline = "middle";
    context.fillStyle = colors.ink;
    context.fillText(text, x - this.unit / 2 - 4, y);
  }
}
