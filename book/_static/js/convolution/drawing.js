/* Drawing on the picture's cells: a pointer paints, keys write. */

import { Cells } from "./cells.js";

export class Drawing {
  /** What is painted with. */
  brush = 3;
  /** @type {number|null} What the pointer that is down paints. */
  paint = null;

  /**
   * @param {(row: number, column: number) => number} valueAt Of a cell, padding counted.
   * @param {(row: number, column: number, value: number, isLast: boolean) => void} write Told what a cell becomes, and
   *     whether the hand rests.
   */
  constructor(valueAt, write) {
    this.valueAt = valueAt;
    this.write = write;
    this.cells = new Cells("drawable", "The picture. Arrow keys move, 0 to 9 write, Space draws or clears.", () => {});
    const { box } = this.cells;
    box.addEventListener("keydown", (event) => this.press(event));
    box.addEventListener("pointerdown", (event) => this.begin(event));
    box.addEventListener("pointermove", (event) => this.follow(event));
    box.addEventListener("pointerup", () => this.end());
    box.addEventListener("pointercancel", () => this.end());
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const [row, column] = this.cells.active;
    const value = this.keyed(event.key, row, column);
    if (value === null) return;
    event.preventDefault();
    this.write(row, column, value, true);
  }

  /**
   * Gives what a key writes into a cell; null where it writes nothing.
   * @param {string} key
   * @param {number} row
   * @param {number} column
   */
  keyed(key, row, column) {
    if (/^\d$/.test(key)) return Number(key);
    if (key === "Delete" || key === "Backspace") return 0;
    return key === " " || key === "Enter" ? this.turned(row, column) : null;
  }

  /**
   * Gives the brush's value, or 0 where it has been painted before.
   * @param {number} row
   * @param {number} column
   */
  turned(row, column) {
    return this.valueAt(row, column) === this.brush ? 0 : this.brush;
  }

  /** @param {PointerEvent} event */
  begin(event) {
    const place = this.cells.placeAt(event);
    if (event.button || !place) return;
    event.preventDefault();
    this.cells.box.setPointerCapture(event.pointerId);
    this.cells.focus(place);
    this.paint = this.turned(place[0], place[1]);
    this.write(place[0], place[1], this.paint, false);
  }

  /**
   * Paints all cells from the last one to that under the pointer, which may have jumped over some.
   * @param {PointerEvent} event
   */
  follow(event) {
    const place = this.cells.placeAt(event);
    if (this.paint === null || !place) return;
    const last = this.cells.active;
    const steps = Math.max(...place.map((number, axis) => Math.abs(number - last[axis])));
    for (let step = 1; step <= steps; step++) {
      const [row, column] = last.map((number, axis) => Math.round(number + ((place[axis] - number) * step) / steps));
      this.write(row, column, this.paint, false);
    }
    this.cells.lead(place);
  }

  end() {
    if (this.paint === null) return;
    const [row, column] = this.cells.active;
    const value = this.paint;
    this.paint = null;
    this.write(row, column, value, true);
  }
}
