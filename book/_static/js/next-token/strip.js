/* A text, token by token, each as strongly colored as it is surprising; one stop of the keyboard, with arrows inside. */

import { element } from "../shared/dom.js";

/** @typedef {{text: string, bits: number, said: string}} Shown A token as it stands, its surprise, and what is said of it. */

const DARKEST = 12; // bits
/** @type {Record<string, (place: number, last: number) => number>} */
const KEYS = {
  ArrowRight: (place, last) => Math.min(last, place + 1),
  ArrowLeft: (place) => Math.max(0, place - 1),
  ArrowDown: (place, last) => Math.min(last, place + 1),
  ArrowUp: (place) => Math.max(0, place - 1),
  Home: () => 0,
  End: (_, last) => last,
};

export class Strip {
  constructor() {
    /** @type {Shown[]} */
    this.shown = [];
    this.place = -1;
    this.detail = element("p", { class: "detail", role: "status" });
    this.list = element("div", {
      class: "strip", role: "listbox", tabindex: 0, "aria-label": "Your text, token by token; arrow keys move",
      "aria-orientation": "horizontal", focus: () => this.shown.length && this.mark(Math.max(0, this.place)),
      keydown: (event) => this.press(/** @type {KeyboardEvent} */ (event)),
    });
  }

  /** @param {Shown[]} shown */
  show(shown) {
    this.shown = shown;
    this.place = -1;
    this.detail.textContent = shown.length ? "Point at a token, or use the arrow keys." : "";
    this.list.removeAttribute("aria-activedescendant");
    this.list.replaceChildren(
      ...shown.map(({ text, bits }, place) =>
        element("span", {
          id: `next-token-read-${place}`, role: "option", "aria-selected": "false",
          style: `--surprise: ${Math.min(1, bits / DARKEST).toFixed(3)}`,
          pointerenter: () => this.mark(place), click: () => this.mark(place),
        }, text.replaceAll("\n", "¶\n")),
      ),
    );
  }

  /** @param {number} place */
  mark(place) {
    this.list.children[this.place]?.setAttribute("aria-selected", "false");
    this.place = place;
    const option = this.list.children[place];
    option.setAttribute("aria-selected", "true");
    this.list.setAttribute("aria-activedescendant", option.id);
    this.detail.textContent = this.shown[place].said;
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const move = KEYS[event.key];
    if (!move || !this.shown.length || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.mark(move(this.place, this.shown.length - 1));
  }
}
