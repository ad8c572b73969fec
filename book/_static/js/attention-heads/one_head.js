/* One head: the sentence twice, and lines from each piece to those that it looks at. */

import { element } from "../shared/dom.js";
import { sharp } from "../shared/drawing.js";
import { rowOf } from "./seen.js";
import { percent } from "./sentences.js";

/** @import { Palette } from "../shared/drawing.js" */
/** @import { Head } from "./examples.js" */
/** @import { Seen } from "./seen.js" */

const FAINT = 0.1; // from which share on a line of another piece is drawn
const WIDEST = 7; // pixels, of a line that has everything
const LEAST_OPAQUE = 0.15;

export class OneHead {
  /** @type {Seen|null} */
  seen = null;
  /** @type {Head} */
  head = { layer: 1, head: 1 };
  place = 0;
  /** @type {number|null} A piece that the pointer is on. */
  hovered = null;

  /**
   * @param {(place: number) => void} choose Told which piece the reader has chosen, from 0.
   * @param {() => void} redraw Asked where the pointer has moved to another piece.
   */
  constructor(choose, redraw) {
    this.choose = choose;
    /** @type {(place: number|null) => void} */
    this.hover = (place) => {
      if (place === this.hovered) return;
      this.hovered = place;
      redraw();
    };
    this.from = element("div", {
      role: "listbox", class: "from", "aria-label": "From which piece",
      keydown: (event) => this.press(/** @type {KeyboardEvent} */ (event)), pointerleave: () => this.hover(null),
    });
    this.canvas = element("canvas", { "aria-hidden": "true" });
    this.to = element("ol", { class: "to", "aria-label": "Looked at" });
    this.panel = element(
      "div", { class: "one-head" },
      element("p", { class: "note", "aria-hidden": "true" }, "press a word"),
      element("span", {}),
      element("p", { class: "note", "aria-hidden": "true" }, "looks at"),
      this.from, this.canvas, this.to,
    );
  }

  /**
   * Takes another sentence.
   * @param {Seen} seen
   */
  take(seen) {
    this.seen = seen;
    this.hovered = null;
    this.from.replaceChildren(...seen.pieces.map((piece, place) => this.option(piece, place)));
    this.to.replaceChildren(
      ...seen.pieces.map((piece) => element("li", {}, element("span", { class: "share" }), element("span", {}, piece))),
    );
  }

  /** @type {(piece: string, place: number) => HTMLElement} */
  option(piece, place) {
    return element(
      "div",
      {
        role: "option", click: () => this.pick(place),
        pointerenter: (event) => /** @type {PointerEvent} */ (event).pointerType === "mouse" && this.hover(place),
      },
      piece,
    );
  }

  /** @param {number} place */
  pick(place) {
    this.choose(place);
    /** @type {HTMLElement} */ (this.from.children[place]).focus({ preventScroll: true });
  }

  /**
   * Shows a head, and where it looks from one piece.
   * @param {Head} head
   * @param {number} place From 0.
   * @param {Palette} colors
   */
  show(head, place, colors) {
    [this.head, this.place] = [head, place];
    [...this.from.children].forEach((option, k) => {
      option.setAttribute("aria-selected", String(k === place));
      /** @type {HTMLElement} */ (option).tabIndex = k === place ? 0 : -1;
    });
    this.draw(colors);
  }

  /** @param {Palette} colors */
  draw(colors) {
    const { seen, head } = this;
    if (!seen) return;
    const place = this.hovered ?? this.place;
    const row = rowOf(seen, head, place);
    const most = Math.max(...row);
    [...this.from.children].forEach((option, k) => option.classList.toggle("shown", k === place));
    [...this.to.children].forEach((item, k) => {
      item.children[0].textContent = percent(row[k]);
      item.classList.toggle("most", row[k] === most);
    });
    const [width, height] = [this.canvas.clientWidth, this.from.clientHeight];
    const context = sharp(this.canvas, width, height);
    const unit = height / seen.pieces.length;
    context.lineCap = "round";
    /** @type {(from: number, to: number, weight: number, color: string) => void} */
    const line = (from, to, weight, color) => {
      const [start, end] = [(from + 0.5) * unit, (to + 0.5) * unit];
      const alpha = Math.max(LEAST_OPAQUE, weight);
      Object.assign(context, { strokeStyle: color, globalAlpha: alpha, lineWidth: Math.max(1, WIDEST * weight) });
      context.beginPath();
      context.moveTo(2, start);
      context.bezierCurveTo(width / 2, start, width / 2, end, width - 2, end);
      context.stroke();
    };
    seen.pieces.forEach((_, from) => {
      if (from === place) return;
      rowOf(seen, head, from).forEach((weight, to) => weight >= FAINT && line(from, to, weight / 2, colors.quiet));
    });
    row.forEach((weight, to) => weight >= 0.01 && line(place, to, weight, colors.blue));
    context.globalAlpha = 1;
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const last = this.from.children.length - 1;
    const now = [...this.from.children].indexOf(/** @type {HTMLElement} */ (document.activeElement));
    /** @type {Record<string, number>} */
    const aims = {
      ArrowUp: now - 1, ArrowLeft: now - 1, ArrowDown: now + 1, ArrowRight: now + 1, Home: 0, End: last, " ": now,
      Enter: now,
    };
    const aim = aims[event.key];
    if (aim === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (aim < 0 || aim > last) return;
    this.pick(aim);
    this.from.children[aim].scrollIntoView({ block: "nearest" });
  }
}
