/* The line with the link that holds what the reader has made, and copying of text. */

import { button, element } from "./dom.js";

/**
 * Copies text, and tells the reader how it went.
 * @param {string} text
 * @param {string} what Its name in a sentence.
 * @param {(text: string) => void} say
 */
export async function copy(text, what, say) {
  try {
    await navigator.clipboard.writeText(text);
    say(`${what} is copied.`);
  } catch {
    say(`${what} could not be copied. Select it and copy it by hand.`);
  }
}

/** A line of text with the link, and the button that copies it. */
export class Link {
  /** @param {(text: string) => void} say Tells the reader how copying went. */
  constructor(say) {
    /** @type {HTMLInputElement} */
    this.input = element("input", {
      type: "text", readonly: true, "aria-label": "Link to this state", focus: () => this.input.select(),
    });
    this.row = element(
      "div", { class: "row" }, this.input, button("Copy the link", () => copy(this.input.value, "The link", say)),
    );
  }

  /** @param {string} address */
  show(address) {
    this.input.value = address;
  }
}
