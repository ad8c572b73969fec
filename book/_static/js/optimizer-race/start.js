/* The place where all start: a handle on the surface, moved by a pointer or by the arrow keys. */

import { button } from "../shared/dom.js";
import { Plane } from "./plane.js";
import { inside } from "./state.js";

/** @type {Record<string, number[]>} */
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const [SMALL, LARGE] = [0.05, 0.5]; // of a key, alone and with Shift

export class Start {
  /**
   * @param {Plane} plane Where it lies.
   * @param {(start: number[], isLast: boolean) => void} move Told where it is, and whether the reader let go.
   */
  constructor(plane, move) {
    this.plane = plane;
    this.move = move;
    this.surface = "";
    /** @type {number[]} */
    this.start = [];
    this.handle = button("", () => {}, { class: "start" });
    this.handle.addEventListener("keydown", (event) => this.press(event));
    /** @type {HTMLElement[]} */
    const targets = [this.handle, plane.canvas];
    for (const target of targets) {
      target.addEventListener("pointerdown", (event) => this.grasp(event, target));
    }
  }

  /**
   * Shows where it is.
   * @param {{surface: string, start: number[]}} settings
   */
  show({ surface, start }) {
    this.surface = surface;
    this.start = start;
    const [left, top] = Plane.shares(start, surface);
    this.handle.style.left = `${100 * left}%`;
    this.handle.style.top = `${100 * top}%`;
    this.handle.setAttribute(
      "aria-label", `Start at ${start.join(" and ")}. Arrow keys move it, with Shift by larger steps.`,
    );
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const direction = KEYS[event.key];
    if (!direction) return;
    event.preventDefault();
    const size = event.shiftKey ? LARGE : SMALL;
    this.move(inside(this.surface, this.start.map((value, k) => value + size * direction[k])), true);
  }

  /**
   * Follows a pointer. A finger on the plane may scroll the page; on the handle it drags.
   * @param {PointerEvent} event
   * @param {HTMLElement} target Where it went down.
   */
  grasp(event, target) {
    if (event.button || (target !== this.handle && event.pointerType === "touch")) return;
    event.preventDefault();
    this.handle.focus({ preventScroll: true });
    /** @type {(moved: PointerEvent, isLast: boolean) => void} */
    const follow = (moved, isLast) => this.move(inside(this.surface, this.plane.placeAt(moved, this.surface)), isLast);
    /** @param {PointerEvent} moved */
    const drag = (moved) => follow(moved, false);
    /** @param {PointerEvent} moved */
    const stop = (moved) => {
      target.removeEventListener("pointermove", drag);
      if (moved.type === "pointerup") follow(moved, true);
    };
    target.setPointerCapture(event.pointerId);
    target.addEventListener("pointermove", drag);
    target.addEventListener("pointerup", stop, { once: true });
    target.addEventListener("pointercancel", stop, { once: true });
  }
}
