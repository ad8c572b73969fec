/* All maps of one layer, of which one is chosen: by a press, or by arrow keys. */

import { element } from "../shared/dom.js";
import { oneSided, paint } from "../shared/painting.js";
import { LAYERS, mapOf } from "./inside.js";

/** @import { Palette } from "../shared/drawing.js" */

/** @type {(values: Iterable<number>) => number} */
export function largestOf(values) {
  let most = 0;
  for (const value of values) most = Math.max(most, value);
  return most;
}

export class Strip {
  /**
   * @param {number} number Of the layer, from 0.
   * @param {(map: number) => void} choose Told which map the reader has chosen, from 0.
   */
  constructor(number, choose) {
    const { name, channels, side, jump } = LAYERS[number];
    this.side = side;
    this.choose = choose;
    this.canvases = Array.from({ length: channels }, () => element("canvas", {}));
    this.options = this.canvases.map((canvas, map) =>
      element(
        "div", { role: "option", "aria-label": `Map ${map + 1}`, click: () => this.take(map) }, canvas,
      ),
    );
    const list = element(
      "div",
      {
        role: "listbox", class: `maps layer-${number + 1}`, "aria-label": `Maps of the ${name}`,
        keydown: (event) => this.press(/** @type {KeyboardEvent} */ (event)),
      },
      ...this.options,
    );
    this.off = element("span", { class: "brief" });
    const words = `${name}: ${channels} maps of ${side} × ${side}, a place is ${jump} pixels`;
    this.section = element(
      "section", { "aria-label": name },
      element("p", { class: "title" }, words, " ", this.off),
      list,
    );
  }

  /**
   * Shows all maps, all empty before there is a digit.
   * @param {Float32Array} maps
   * @param {Palette} colors
   */
  show(maps, colors) {
    const scale = oneSided(colors, largestOf(maps), Math.sqrt);
    this.canvases.forEach((canvas, map) => paint(canvas, mapOf(maps, this.side, map), this.side, scale));
  }

  /**
   * Marks the chosen map, or that none of this layer is.
   * @param {number|null} chosen
   */
  mark(chosen) {
    this.options.forEach((option, map) => {
      option.setAttribute("aria-selected", String(map === chosen));
      option.tabIndex = map === (chosen ?? 0) ? 0 : -1;
    });
  }

  /** @param {number} map */
  take(map) {
    this.choose(map);
    this.options[map].focus({ preventScroll: true });
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const now = this.options.indexOf(/** @type {HTMLDivElement} */ (document.activeElement));
    const columns = this.options.filter(({ offsetTop }) => offsetTop === this.options[0].offsetTop).length;
    const last = this.options.length - 1;
    /** @type {Record<string, number>} */
    const aims = {
      ArrowLeft: now - 1, ArrowRight: now + 1, ArrowUp: now - columns, ArrowDown: now + columns, Home: 0, End: last,
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
