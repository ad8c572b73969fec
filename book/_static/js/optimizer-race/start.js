/* The place where all start: a handle on the surface, moved by a pointer or by the arrow keys. */

import { button } from "../shared/dom.js";
import { Plane } from "./plane.js";
import { inside } from "./state.js";

const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const [SMALL, LARGE] = [0.05, 0.5]; // of a key, alone and with Shift

export class Start {
  /**
   * @param {Plane} plane Where it lies.
   * @param {(start: number[], isLast: boolean) => void} move Told where it is, and whether the reader let go.
   */
  constructor(plane, move) {
    Object.assign(this, { plane, move });
    this.handle = button("", () => {}, { class: "start" });
    this.handle.addEventListener("keydown", (event) => this.press(event));
    for (const target of [this.handle, plane.canvas]) {
      target.addEventListener("pointerdown", (event) => this.grasp(event, target));
    }
  }

  /** Shows where it is. */
  show({ surface, start }) {
    Object.assign(this, { surface, start });
    const [left, top] = Plane.shares(start, surface);
    this.handle.style.left = `${100 * left}%`;
    this.handle.style.top = `${100 * top}%`;
    this.handle.setAttribute(
      "aria-label", `Start at ${start.join(" and ")}. Arrow keys move it, with Shift by larger steps.`,
    );
  }

  press(event) {
    const direction = KEYS[event.key];
    if (!direction) return;
    event.preventDefault();
    const size = event.shiftKey ? LARGE : SMALL;
    this.move(inside(this.surface, this.start.map((value, k) => value + size * direction[k])), true);
  }

  /* A finger on the plane may scroll the page; on the handle it drags. */
  grasp(event, target) {
    if (event.button || (target !== this.handle && event.pointerType === "touch")) return;
    event.preventDefault();
    this.handle.focus({ preventScroll: true });
    const follow = (moved, isLast) => this.move(inside(this.surface, this.plane.placeAt(moved, this.surface)), isLast);
    const drag = (moved) => follow(moved, false);
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
