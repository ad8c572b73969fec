/* All heads as small maps, of which one is chosen: by a press, or by arrow keys. */

import { element } from "../shared/dom.js";
import { oneSided, paint } from "../shared/painting.js";
import { HEADS, LAYERS, mapOf } from "./seen.js";

/** @import { Palette } from "../shared/drawing.js" */
/** @import { Head } from "./examples.js" */
/** @import { Seen } from "./seen.js" */

/** @type {(place: number) => Head} */
const headAt = (place) => ({ layer: Math.floor(place / HEADS) + 1, head: (place % HEADS) + 1 });
/** @type {(head: Head) => number} */
const placeOf = ({ layer, head }) => (layer - 1) * HEADS + head - 1;

export class Overview {
  /** @param {(head: Head) => void} choose Told which head the reader has chosen. */
  constructor(choose) {
    this.choose = choose;
    this.canvases = Array.from({ length: LAYERS * HEADS }, () => element("canvas", {}));
    this.options = this.canvases.map((canvas, place) => {
      const { layer, head } = headAt(place);
      const label = `Layer ${layer}, head ${head}`;
      return element(
        "div", { role: "option", "aria-label": label, title: label, click: () => this.take(place) }, canvas,
      );
    });
    this.list = element(
      "div",
      {
        role: "listbox", class: "heads", "aria-label": "48 heads, a row a layer",
        keydown: (event) => this.press(/** @type {KeyboardEvent} */ (event)),
      },
      ...this.options,
    );
  }

  /**
   * Shows how all heads look at a sentence.
   * @param {Seen} seen
   * @param {Palette} colors
   */
  show(seen, colors) {
    const scale = oneSided(colors, 1);
    this.canvases.forEach((canvas, place) => paint(canvas, mapOf(seen, headAt(place)), seen.pieces.length, scale));
  }

  /** @param {Head} chosen */
  mark(chosen) {
    const aim = placeOf(chosen);
    this.options.forEach((option, place) => {
      option.setAttribute("aria-selected", String(place === aim));
      option.tabIndex = place === aim ? 0 : -1;
    });
  }

  /** @param {number} place */
  take(place) {
    this.choose(headAt(place));
    this.options[place].focus({ preventScroll: true });
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const now = this.options.indexOf(/** @type {HTMLDivElement} */ (document.activeElement));
    const last = this.options.length - 1;
    /** @type {Record<string, number>} */
    const aims = {
      ArrowLeft: now - 1, ArrowRight: now + 1, ArrowUp: now - HEADS, ArrowDown: now + HEADS, Home: 0, End: last,
      " ": now, Enter: now,
    };
    const aim = aims[event.key];
    if (aim === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (aim < 0 || aim > last) return;
    this.take(aim);
    this.options[aim].scrollIntoView({ block: "nearest" });
  }
}
