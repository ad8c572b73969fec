/* Pictures with their words: the one that is asked for, those found, and those to choose from. */

import { button, element } from "../shared/dom.js";
import { drawOwn } from "../shared/photos.js";
import { SIDE } from "./collection.js";
import { NEIGHBORS } from "./measure.js";

/** @import { Collection } from "./collection.js" */
/** @import { Own } from "./own.js" */
/** @import { Found, Test } from "../shared/search.js" */

const NOTHING = "–";
const canvasOf = () => element("canvas", { width: SIDE, height: SIDE, "aria-hidden": "true" });

/** The picture that is asked for. */
export class Query {
  constructor() {
    this.canvas = canvasOf();
    this.name = element("strong", {}, NOTHING);
    this.more = element("span", {}, NOTHING);
    this.figure = element("div", { class: "query" }, this.canvas, element("p", {}, this.name, element("br"), this.more));
  }

  /**
   * @param {Collection} collection
   * @param {number} place
   */
  show(collection, place) {
    const { name, style, kind } = collection.wordsOf(place);
    collection.draw(this.canvas, place);
    this.name.textContent = name;
    this.more.textContent = `${style}, ${kind}`;
  }

  /** @param {Own} own */
  showOwn({ name, image }) {
    drawOwn(this.canvas, image);
    this.name.textContent = name;
    this.more.textContent = "Your own picture, as the network sees it";
  }
}

/** The nearest by one way: a list of buttons that stay, so that whoever pressed one is still on it. */
export class Neighbors {
  /**
   * @param {string} title
   * @param {string} explanation
   * @param {(place: number) => void} press Told which of them the reader walks on to.
   */
  constructor(title, explanation, press) {
    /** @type {Found[]} */
    this.found = [];
    this.slots = Array.from({ length: NEIGHBORS }, (_, rank) => new Slot(() => press(this.found[rank].place)));
    this.score = element("p", { class: "score" }, NOTHING);
    this.section = element(
      "section", { "aria-label": title },
      element("p", { class: "title" }, title),
      element("p", { class: "note" }, explanation),
      element("ol", {}, ...this.slots.map(({ item }) => item)),
      this.score,
    );
  }

  /**
   * @param {Collection} collection
   * @param {Found[]} found
   * @param {Test} isRelevant
   */
  show(collection, found, isRelevant) {
    this.found = found;
    this.slots.forEach((slot, rank) => slot.show(collection, found[rank], isRelevant(found[rank].place)));
  }
}

class Slot {
  /** @param {() => void} press */
  constructor(press) {
    this.canvas = canvasOf();
    this.cosine = element("strong", { class: "cosine" }, NOTHING);
    this.star = element("span", { role: "img", "aria-label": "another kind", class: "star", hidden: true }, "★");
    this.name = element("span", {}, NOTHING);
    this.more = element("span", { class: "more" }, NOTHING);
    this.button = button("", press, { disabled: true });
    this.button.append(
      this.canvas,
      element("span", { class: "words" }, element("span", {}, this.cosine, " ", this.star), " ", this.name, " ", this.more),
    );
    this.item = element("li", {}, this.button);
  }

  /**
   * @param {Collection} collection
   * @param {Found} found
   * @param {boolean} isRelevant
   */
  show(collection, { place, cosine }, isRelevant) {
    const { name, style, kind } = collection.wordsOf(place);
    collection.draw(this.canvas, place);
    this.cosine.textContent = written(cosine);
    this.star.hidden = isRelevant;
    this.name.textContent = name;
    this.more.textContent = `${style}, ${kind}`;
    this.button.disabled = false;
  }
}

/**
 * Writes a cosine.
 * @param {number} cosine
 */
export const written = (cosine) => cosine.toFixed(2).replace("-", "−");

/**
 * Makes a small picture to choose.
 * @param {Collection} collection
 * @param {number} place
 * @param {() => void} press
 */
export function choiceOf(collection, place, press) {
  const canvas = canvasOf();
  collection.draw(canvas, place);
  const made = button("", press);
  made.append(canvas, element("span", {}, collection.wordsOf(place).name));
  return element("li", {}, made);
}

/** A table of the precision of both ways, kind by kind. */
export class Table {
  /** @param {string[]} ways */
  constructor(ways) {
    this.body = element("tbody");
    this.caption = element("caption", {}, NOTHING);
    this.table = element(
      "table", {},
      this.caption,
      element("thead", {}, element("tr", {}, ...["Kind", ...ways].map((text) => element("th", { scope: "col" }, text)))),
      this.body,
    );
  }

  /**
   * @param {string} caption
   * @param {[name: string, texts: string[]][]} rows
   */
  show(caption, rows) {
    this.caption.textContent = caption;
    this.body.replaceChildren(
      ...rows.map(([name, texts]) =>
        element("tr", {}, element("th", { scope: "row" }, name), ...texts.map((text) => element("td", {}, text))),
      ),
    );
  }
}
