/* One picture, and the choice of another: of the catalogue, or the reader's own. */

import { element } from "../shared/dom.js";
import { canvasOf } from "./shown.js";

/** @import { Catalogue, Picture } from "./catalogue.js" */

const OWN = "\0"; // no name in the catalogue

export class Picker {
  /**
   * @param {string} label
   * @param {(name: string) => void} change Told the name that the reader has chosen, or that of the own picture.
   */
  constructor(label, change) {
    this.canvas = canvasOf();
    /** @type {HTMLSelectElement} */
    this.select = element("select", { "aria-label": label, change: () => change(this.select.value) }, element("option", {}, "–"));
    this.place = element("span", { class: "picker" }, this.canvas, this.select);
  }

  /** @param {Catalogue} catalogue */
  arrive({ names }) {
    const sorted = [...names].sort((one, other) => one.localeCompare(other, "en"));
    this.select.replaceChildren(...sorted.map((name) => element("option", { value: name }, name)));
  }

  /** @param {Picture} picture The reader's own, in place of an earlier one. */
  offer({ name }) {
    this.select.querySelector(`option[value="${OWN}"]`)?.remove();
    this.select.prepend(element("option", { value: OWN }, `your own: ${name}`));
  }

  /**
   * @param {string} name
   * @param {Picture} picture
   */
  show(name, picture) {
    this.select.value = name;
    this.select.title = picture.name;
    picture.draw(this.canvas);
  }
}

export { OWN };
