/* A field for a name that goes on the board, and what is wrong with the name below it. */

import { element } from "../shared/dom.js";
import { lineOf, whatIsWrong } from "./texts.js";

let made = 0;

export class NameField {
  /**
   * @param {string} label What is asked for.
   * @param {string} autocomplete What the browser may offer.
   */
  constructor(label, autocomplete) {
    const id = `name-${++made}`;
    this.message = element("p", { id: `${id}-wrong`, class: "wrong", "aria-live": "polite" });
    /** @type {HTMLInputElement} */
    this.input = element("input", {
      id, type: "text", dir: "auto", autocomplete, "aria-describedby": this.message.id, input: () => this.check(),
    });
    this.field = element("div", { class: "field" }, element("label", { for: id }, label), this.input, this.message);
  }

  /** The name as one line. */
  get value() {
    return lineOf(this.input.value);
  }

  /** Says below the field what is wrong, to a screen reader too, and tells whether nothing is. */
  check() {
    const wrong = whatIsWrong(this.value);
    this.message.textContent = wrong;
    this.input.setAttribute("aria-invalid", String(Boolean(wrong)));
    return !wrong;
  }
}
