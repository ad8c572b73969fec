/* Picture, kernel and sums beside each other: where the window lies, and what it gives, written out. */

import { element } from "../shared/dom.js";
import { Cells } from "./cells.js";
import { convolve, pixelsUnder, tapsAt } from "./convolution.js";
import { Drawing } from "./drawing.js";
import { Editor } from "./editor.js";
import { changed, valuesOf } from "./kernels.js";
import { painted } from "./pictures.js";
import { leftOver, placed, refusal, shortRefusal, sizeLine, sumLines, written } from "./words.js";

/** @import { Geometry } from "./convolution.js" */
/** @import { Settings } from "./state.js" */

const MOST_NUMBERS = 12; // columns of sums whose numbers can be read

/** @param {number[][]} sums */
const largestOf = (sums) => Math.max(...sums.flat().map(Math.abs)) || 1;

/**
 * Gives how windows lie with some settings.
 * @param {Settings} settings
 * @returns {Geometry}
 */
export const geometryOf = ({ kernel, padding, stride, dilation }) => ({ size: kernel.length, padding, stride, dilation });

export class Bench {
  /** @type {Settings} */
  settings;
  /** @type {number[][]} All that comes out. */
  sums = [];

  /**
   * @param {(values: Partial<Settings>, isLast?: boolean) => void} choose Told what the reader changes.
   * @param {(place: number[], isPointed: boolean) => void} point Told which window the reader chooses, and whether by
   *     a pointer.
   * @param {(text: string) => void} say
   */
  constructor(choose, point, say) {
    this.drawing = new Drawing(
      (row, column) => this.pixelAt(row, column),
      (row, column, value, isLast) => choose({ picture: this.withPixel(row, column, value) }, isLast),
    );
    this.map = new Cells("sums", "The sums. Arrow keys choose a window.", (row, column) => point([row, column], false));
    this.map.box.addEventListener("click", (event) => {
      const place = this.map.placeAt(event);
      if (!place) return;
      this.map.focus(place);
      point(place, true);
    });
    this.editor = new Editor(
      (row, column, weight) => choose({ kernel: changed(this.settings.kernel, row, column, weight) }), say,
    );
    this.title = element("p", { class: "title" });
    this.refusal = element("p", { class: "refusal" });
    this.terms = element("div", { class: "terms" });
    this.size = element("p", { class: "formula" });
    this.parts = [
      element(
        "div", { class: "both" },
        element("section", { "aria-label": "Picture" }, element("p", { class: "title" }, "Picture: draw on it"), this.drawing.cells.frame),
        element("section", { "aria-label": "Sums" }, this.title, this.map.frame, this.refusal),
      ),
      element(
        "div", { class: "work" },
        element("section", { "aria-label": "Kernel" }, element("p", { class: "title" }, "Kernel: write into it"), this.editor.box),
        element("section", { "aria-label": "One sum" }, element("p", { class: "title" }, "One sum: weight · pixel"), this.terms),
      ),
      element("section", { "aria-label": "Size" }, element("p", { class: "title" }, "Side of the map"), this.size),
    ];
  }

  /**
   * Gives a cell of the padded picture.
   * @param {number} row
   * @param {number} column
   */
  pixelAt(row, column) {
    const { picture, padding } = this.settings;
    return picture[row - padding]?.[column - padding] ?? 0;
  }

  /**
   * @param {number} row
   * @param {number} column
   * @param {number} value
   */
  withPixel(row, column, value) {
    const { picture, padding } = this.settings;
    return painted(picture, row - padding, column - padding, value);
  }

  /**
   * Shows all of some settings.
   * @param {Settings} settings
   */
  show(settings) {
    this.settings = settings;
    const { picture, kernel } = settings;
    const geometry = geometryOf(settings);
    this.sums = convolve(picture, valuesOf(kernel), geometry);
    const side = this.sums.length;
    this.title.textContent = side ? `Sums: ${side} × ${side}` : "No sums";
    this.refusal.textContent = side ? "" : refusal(picture.length, geometry);
    this.map.frame.hidden = !side;
    this.editor.show(kernel);
    this.size.textContent = `${sizeLine(picture.length, geometry)} ${leftOver(picture.length, geometry)}`;
  }

  /**
   * Shows the window where the settings have it.
   * @param {Settings} settings
   * @param {boolean} isFilling Whether sums show only as far as the window has come.
   */
  showWindow(settings, isFilling) {
    this.settings = settings;
    const { picture, kernel, at } = settings;
    const geometry = geometryOf(settings);
    this.showPicture(geometry);
    if (!this.sums.length) return this.terms.replaceChildren();
    const { lines, total } = sumLines(kernel, pixelsUnder(picture, at, geometry));
    this.terms.replaceChildren(...lines.map((line) => element("p", {}, line)), element("p", { class: "total" }, `together ${total}`));
    this.showSums(at, isFilling);
  }

  /** @param {Geometry} geometry */
  showPicture(geometry) {
    const { picture, padding, at } = this.settings;
    const [rows, columns] = at.map((place) => (this.sums.length ? tapsAt(place, geometry) : []));
    const brightest = Math.max(1, ...picture.flat());
    const inner = [padding, padding + picture.length - 1];
    /** @param {number} place */
    const isInside = (place) => place >= inner[0] && place <= inner[1];
    this.drawing.cells.show(
      picture.length + 2 * padding,
      (row, column) => {
        const pixel = this.pixelAt(row, column);
        const isPixel = isInside(row) && isInside(column);
        return {
          text: String(pixel),
          level: pixel / brightest,
          classes: `${isPixel ? "" : "padding"} ${rows.includes(row) && columns.includes(column) ? "under" : ""}`,
          name: isPixel ? `${placed(row - padding, column - padding)}: ${pixel}` : "padding: 0",
        };
      },
      inner,
    );
  }

  /**
   * @param {number[]} at
   * @param {boolean} isFilling
   */
  showSums([v, h], isFilling) {
    const side = this.sums.length;
    const largest = largestOf(this.sums);
    this.map.show(side, (row, column) => {
      const sum = this.sums[row][column];
      const isChosen = row === v && column === h;
      if (isFilling && row * side + column > v * side + h) return { level: 0, name: `${placed(row, column)}: not reached yet` };
      return {
        text: side > MOST_NUMBERS ? "" : written(sum),
        level: Math.abs(sum) / largest,
        classes: `${sum < 0 ? "negative" : "positive"} ${isChosen ? "chosen" : ""}`,
        name: `${placed(row, column)}: ${written(sum)}`,
      };
    });
    this.map.lead([v, h]);
  }

  /** Says what the window gives, or why there is none. */
  get report() {
    const { picture, at } = this.settings;
    const side = this.sums.length;
    if (!side) return shortRefusal(picture.length, geometryOf(this.settings));
    const [row, column] = at;
    return `Window ${row * side + column + 1} of ${side ** 2}, at ${placed(row, column)}, gives ${written(this.sums[row][column])}; the map has ${side} × ${side} sums.`;
  }

  /** Says what all windows give. */
  get summary() {
    const all = this.sums.flat();
    const [least, most] = [Math.min(...all), Math.max(...all)];
    const first = all.indexOf(most);
    const place = placed(Math.floor(first / this.sums.length), first % this.sums.length);
    return `All ${all.length} windows: sums from ${written(least)} to ${written(most)}, the largest first at ${place}.`;
  }
}
