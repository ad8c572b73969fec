/* The numbers of a code, for who wants them. */

import { button, element } from "../shared/dom.js";
import { copy } from "../shared/link.js";

/**
 * Writes a code as the decoder takes it in Python.
 * @param {ArrayLike<number>} code
 */
export const inPython = (code) => `torch.tensor([[${Array.from(code, (each) => each.toFixed(4)).join(", ")}]])`;

export class Numbers {
  /** @param {(text: string) => void} say */
  constructor(say) {
    /** @type {Float32Array|null} */
    this.code = null;
    this.list = element("p", { class: "code" }, "They come with the first face.");
    this.button = button("Copy for Python", () => this.code && copy(inPython(this.code), "The code", say));
    this.button.disabled = true;
    this.details = element(
      "details", { toggle: () => this.write() },
      element("summary", {}, "The 64 numbers of this code"),
      this.list,
      element("div", { class: "row" }, this.button),
    );
  }

  /** @param {Float32Array} code */
  show(code) {
    this.code = code;
    this.button.disabled = false;
    this.write();
  }

  write() {
    if (!this.code || !this.details.open) return;
    this.list.replaceChildren(
      ...Array.from(this.code, (each) => element("span", {}, each.toFixed(2).replace("-", "−"))),
    );
  }
}
