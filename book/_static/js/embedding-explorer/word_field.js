/* A field for words, which offers those that begin as the reader has begun: a combobox with a list. */

import { element } from "../shared/dom.js";
import { begunAt } from "./sums.js";

const OFFERED = 8;
let made = 0;

export class WordField {
  /**
   * @param {string} label
   * @param {(begun: string, count: number) => string[]} complete Gives words that begin so.
   * @param {(isDone: boolean) => void} change Told of each letter, and of the end.
   */
  constructor(label, complete, change) {
    this.complete = complete;
    this.change = change;
    this.chosen = -1;
    /** @type {string[]} */
    this.offered = [];
    const id = `words-${++made}`;
    this.list = element("ul", { id: `${id}-list`, role: "listbox", "aria-label": "Words that begin so", hidden: true });
    /** @type {HTMLInputElement} */
    this.input = element("input", {
      type: "text", id, role: "combobox", autocomplete: "off", autocapitalize: "none", spellcheck: "false",
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id, maxlength: 400,
      input: () => {
        this.offer();
        change(false);
      },
      change: () => this.finish(),
      blur: () => this.close(),
    });
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.field = element("div", { class: "field words" }, element("label", { for: id }, label), this.input, this.list);
  }

  get text() {
    return this.input.value;
  }

  /** @param {string} text */
  show(text) {
    this.close();
    this.input.value = text;
  }

  /** Offers words for the one that is begun before the caret; a whole word that nothing continues is left alone. */
  offer() {
    const begun = begunAt(this.text, this.input.selectionStart ?? this.text.length);
    const words = this.complete(begun, OFFERED);
    this.offered = words.length === 1 && words[0].toLowerCase() === begun.toLowerCase() ? [] : words;
    this.list.replaceChildren(
      ...this.offered.map((word, n) =>
        element("li", {
          id: `${this.list.id}-${n}`, role: "option", "aria-selected": "false",
          pointerdown: (event) => event.preventDefault(), // the field keeps the focus
          click: () => this.take(n),
        }, word),
      ),
    );
    this.mark(-1);
    this.list.hidden = !this.offered.length;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
  }

  close() {
    this.offered = [];
    this.list.hidden = true;
    this.list.replaceChildren();
    this.mark(-1);
    this.input.setAttribute("aria-expanded", "false");
  }

  /** @param {number} number Of the word that the keyboard is at; −1 for none. */
  mark(number) {
    this.chosen = number;
    [...this.list.children].forEach((option, n) => option.setAttribute("aria-selected", String(n === number)));
    if (number < 0) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", this.list.children[number].id);
    this.list.children[number].scrollIntoView({ block: "nearest" });
  }

  /** @param {number} number Of the word that takes the place of what is begun. */
  take(number) {
    const end = this.input.selectionStart ?? this.text.length;
    const start = end - begunAt(this.text, end).length;
    this.input.setRangeText(this.offered[number], start, end, "end");
    this.finish();
  }

  finish() {
    this.close();
    this.change(true);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const count = this.offered.length;
    if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      if (this.chosen >= 0) this.take(this.chosen);
      else this.finish();
    } else if (event.key === "Escape" && count) {
      event.preventDefault();
      this.close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count) {
      event.preventDefault();
      const way = event.key === "ArrowDown" ? 1 : -1;
      this.mark(((this.chosen + 1 + way + count + 1) % (count + 1)) - 1); // −1, the field itself, is among them
    }
  }
}
