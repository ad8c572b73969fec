/* The picture and the maps of three layers of one kind: a unit is chosen in one, and the roads to it show in all before. */

import { element } from "../shared/dom.js";
import { Cells } from "./cells.js";
import { LAYERS, roadsAlong, sidesOf } from "./field.js";
import { fieldLine, growthLine, placed } from "./words.js";

/** @import { Geometry } from "./convolution.js" */

const FAINTEST = 0.2; // tint of a place with a single road, where others have many

export class FieldMaps {
  /** @param {(layer: number, unit: number[]) => void} choose Told which unit shall show its field. */
  constructor(choose) {
    this.titles = Array.from({ length: LAYERS + 1 }, () => element("p", { class: "size" }));
    this.picture = new Cells("roads", "");
    this.maps = Array.from({ length: LAYERS }, (_, k) => this.map(k + 1, choose));
    const all = [this.picture, ...this.maps];
    this.row = element("div", { class: "maps" }, ...all.map(({ frame }, k) => element("div", {}, this.titles[k], frame)));
    this.text = element("p", { class: "told" });
  }

  /**
   * @param {number} layer
   * @param {(layer: number, unit: number[]) => void} choose
   */
  map(layer, choose) {
    const cells = new Cells("roads", `Units of layer ${layer}. Arrow keys choose one.`, (row, column) => choose(layer, [row, column]));
    cells.box.addEventListener("click", (event) => {
      const place = cells.placeAt(event);
      if (!place) return;
      cells.focus(place);
      choose(layer, place);
    });
    return cells;
  }

  /**
   * Shows what a unit sees.
   * @param {number} side Of the picture.
   * @param {Geometry} geometry
   * @param {number} wanted The unit's layer, if windows fit that often; else the last one in which they do.
   * @param {number[]|null} place The unit; null for the one in the middle.
   */
  show(side, geometry, wanted, place) {
    const sides = sidesOf(side, geometry);
    const layer = Math.min(wanted, sides.length - 1);
    const unit = [0, 1].map((axis) => Math.min(place?.[axis] ?? Math.floor((sides[layer] - 1) / 2), sides[layer] - 1));
    const roads = unit.map((each) => roadsAlong(sides.slice(0, layer + 1), geometry, each));
    [this.picture, ...this.maps].forEach((cells, k) => {
      this.titles[k].textContent = this.title(k, sides);
      cells.frame.classList.toggle("absent", k >= sides.length);
      if (k < sides.length) this.tint(cells, sides[k], k, layer, roads.map((each) => each[k] ?? []));
    });
    if (layer) this.maps[layer - 1].lead(unit);
    this.text.textContent = this.words(sides, geometry, layer, unit, roads.map(([first]) => first));
    this.picture.box.setAttribute("aria-label", `The picture, ${side} by ${side} pixels; marked is what the unit sees, as the text says.`);
  }

  /**
   * @param {number} layer
   * @param {number[]} sides
   */
  title(layer, sides) {
    const name = layer ? `layer ${layer}` : "picture";
    return layer < sides.length ? `${name}: ${sides[layer]} × ${sides[layer]}` : `${name}: none`;
  }

  /**
   * Tints a map by its roads; those behind the unit's own are plain.
   * @param {Cells} cells
   * @param {number} side
   * @param {number} own Its layer.
   * @param {number} layer The unit's.
   * @param {number[][]} roads Along rows and columns; none behind the unit's layer.
   */
  tint(cells, side, own, layer, [rows, columns]) {
    const most = Math.max(1, ...rows) * Math.max(1, ...columns);
    cells.show(side, (row, column) => {
      const count = (rows[row] ?? 0) * (columns[column] ?? 0);
      return {
        level: count && Math.max(FAINTEST, Math.sqrt(count / most)),
        classes: count ? `seen${own === layer ? " chosen" : ""}` : "",
        name: own ? `layer ${own}, ${placed(row, column)}` : "",
      };
    });
  }

  /**
   * @param {number[]} sides
   * @param {Geometry} geometry
   * @param {number} layer
   * @param {number[]} unit
   * @param {number[][]} roads To the picture's rows and columns.
   */
  words(sides, geometry, layer, unit, [rows, columns]) {
    if (!layer) return "";
    const end = sides.length <= LAYERS ? ` In layer ${sides.length} no window fits.` : "";
    return `${fieldLine(rows, columns, layer, unit)} ${growthLine(geometry, layer, rows, columns)}${end}`;
  }

  /** Says in short what the chosen unit sees. */
  get summary() {
    return (this.text.textContent ?? "").split(": ")[0];
  }
}
