/* A square of cells on the page. It lives as a grid, in which arrow keys lead from cell to cell and Tab past it, or
   stands still as a picture. */

import { element } from "../shared/dom.js";

/** @type {Record<string, number[]>} */
const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/**
 * How a cell looks: its text, how strongly it is tinted (0 to 1), its classes, and its name for who hears it.
 * @typedef {{text?: string, level: number, classes?: string, name?: string}} Cell
 */

export class Cells {
  /** The cells between the first and the last that can be reached, along both axes; the others are a frame. */
  inner = [0, 0];
  /** @type {number[]} Row and column of the one that Tab leads to. */
  active = [0, 0];
  side = 0;

  /**
   * @param {string} classes
   * @param {string} label
   * @param {((row: number, column: number) => void)|null} [enter] Told to which cell a key led; a picture without it.
   */
  constructor(classes, label, enter = null) {
    this.enter = enter;
    this.box = element("div", { role: enter ? "grid" : "img", class: `cells ${classes}`, "aria-label": label });
    this.frame = element("div", { class: "frame" }, this.box);
    if (enter) this.box.addEventListener("keydown", (event) => this.press(event));
  }

  /**
   * Shows a square of cells; those outside of `inner` are not reached.
   * @param {number} side
   * @param {(row: number, column: number) => Cell} look
   * @param {number[]} [inner]
   */
  show(side, look, inner = [0, side - 1]) {
    this.inner = inner;
    if (side !== this.side) this.build(side);
    this.active = this.active.map((place) => this.inside(place));
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) this.dress(this.at(row, column), look(row, column));
    }
    this.lead(this.active);
  }

  /** @param {number} side */
  build(side) {
    this.side = side;
    this.box.style.setProperty("--side", String(side));
    const roles = this.enter ? ["row", "gridcell"] : ["presentation", "presentation"];
    const cells = () => Array.from({ length: side }, () => element("div", { role: roles[1], class: "place" }));
    this.box.replaceChildren(...Array.from({ length: side }, () => element("div", { role: roles[0] }, ...cells())));
  }

  /**
   * @param {HTMLElement} cell
   * @param {Cell} look
   */
  dress(cell, { text = "", level, classes = "", name = "" }) {
    cell.className = `place ${classes}`;
    cell.style.setProperty("--level", level.toFixed(3));
    if (cell.textContent !== text) cell.textContent = text;
    if (name) cell.setAttribute("aria-label", name);
  }

  /**
   * @param {number} row
   * @param {number} column
   */
  at(row, column) {
    return /** @type {HTMLElement} */ (this.box.children[row].children[column]);
  }

  /** @param {number} place */
  inside(place) {
    return Math.max(this.inner[0], Math.min(this.inner[1], place));
  }

  /**
   * Lets Tab lead to a cell.
   * @param {number[]} place
   */
  lead(place) {
    if (!this.enter || !this.side) return;
    this.at(this.active[0], this.active[1]).tabIndex = -1;
    this.active = place;
    this.at(place[0], place[1]).tabIndex = 0;
  }

  /**
   * Gives the cell under a pointer, if it can be reached.
   * @param {MouseEvent} event
   * @returns {number[]|null}
   */
  placeAt({ clientX, clientY }) {
    const box = this.box.getBoundingClientRect();
    const row = Math.floor(((clientY - box.top) / box.height) * this.side);
    const column = Math.floor(((clientX - box.left) / box.width) * this.side);
    return row === this.inside(row) && column === this.inside(column) ? [row, column] : null;
  }

  /**
   * Puts the focus on a cell.
   * @param {number[]} place
   */
  focus(place) {
    this.lead(place);
    this.at(place[0], place[1]).focus({ preventScroll: true });
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const direction = ARROWS[event.key];
    if (!direction || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const place = this.active.map((number, axis) => this.inside(number + direction[axis]));
    this.focus(place);
    this.enter?.(place[0], place[1]);
  }
}
