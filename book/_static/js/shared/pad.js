/* The paper: a pen, a finger or a mouse draws on it. */

import { sharp } from "./drawing.js";
import { trace } from "./strokes.js";

/** @import { Palette } from "./drawing.js" */
/** @import { Drawing } from "./strokes.js" */

const NEAREST = 0.004; // points closer to the last one than this are left out

export class Pad {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {(isFinished: boolean) => void} change Told whenever the strokes change, and whether the pen is up.
   */
  constructor(canvas, change) {
    this.canvas = canvas;
    this.change = change;
    /** @type {number[][][]} */
    this.strokes = [];
    this.width = 0.085;
    /** @type {number|null} */
    this.pointer = null;
    canvas.addEventListener("pointerdown", (event) => this.begin(event));
    canvas.addEventListener("pointermove", (event) => this.follow(event));
    canvas.addEventListener("pointerup", (event) => this.end(event));
    canvas.addEventListener("pointercancel", (event) => this.end(event));
  }

  get drawing() {
    return { strokes: this.strokes, width: this.width };
  }

  /**
   * Shows another drawing.
   * @param {Drawing} drawing
   */
  use({ strokes, width }) {
    this.strokes = strokes;
    this.width = width;
    this.pointer = null;
    this.change(true);
  }

  /** @param {PointerEvent} event */
  begin(event) {
    if (event.button || this.pointer !== null) return;
    event.preventDefault();
    this.pointer = event.pointerId;
    this.canvas.setPointerCapture(event.pointerId);
    this.strokes = [...this.strokes, [this.pointOf(event)]];
    this.change(false);
  }

  /** @param {PointerEvent} event */
  follow(event) {
    const stroke = this.strokes.at(-1);
    if (event.pointerId !== this.pointer || !stroke) return;
    const events = event.getCoalescedEvents?.() ?? [];
    for (const each of events.length ? events : [event]) {
      const point = this.pointOf(each);
      const last = stroke[stroke.length - 1];
      if (Math.hypot(point[0] - last[0], point[1] - last[1]) > NEAREST) stroke.push(point);
    }
    this.change(false);
  }

  /** @param {PointerEvent} event */
  end(event) {
    if (event.pointerId !== this.pointer) return;
    this.pointer = null;
    this.change(true);
  }

  /** @param {PointerEvent} event */
  pointOf({ clientX, clientY }) {
    const box = this.canvas.getBoundingClientRect();
    /** @param {number} value */
    const inside = (value) => Math.max(0, Math.min(1, value));
    return [inside((clientX - box.left) / box.width), inside((clientY - box.top) / box.height)];
  }

  /** @param {Palette} colors */
  draw(colors) {
    const side = this.canvas.clientWidth;
    const context = sharp(this.canvas, side, side);
    trace(context, this.strokes, this.width, side, colors.ink);
  }
}
