/* A picture put into one of the classes that the reader names: a classifier without examples. */

import { choice, element } from "../shared/dom.js";
import { Newest } from "../shared/newest.js";
import { Pause } from "./pause.js";
import { Picker } from "./picker.js";
import { NOTHING, percent } from "./shown.js";
import { AVERAGED, classVectors, namesIn } from "./templates.js";
import { LONGEST } from "./texts.js";
import { softmax } from "./vectors.js";

/** @import { Catalogue, Picture } from "./catalogue.js" */
/** @import { SearchWords } from "./main.js" */
/** @import { Vector } from "./vectors.js" */
/** @typedef {{names: string[], templates: string[], picture: string, style: string, own: Picture|null}} Wish */
/** @typedef {{names: string[], shares: number[], wrong: string}} Answer */

const [FEWEST, MOST] = [2, 8];
const PAUSE = 400;
const LIMITS = "A softmax adds up to 100% even where no class is right. The network knows drawings: of photos it says little that is worth believing.";

export class Classes {
  /** @param {SearchWords} host */
  constructor(host) {
    this.host = host;
    this.isLoud = false;
    this.pause = new Pause();
    /** @type {Newest<Wish, Answer>} */
    this.newest = new Newest((wish) => this.answer(wish), (answer, wish) => this.show(answer, wish));
    this.picker = new Picker("Picture to classify", (name) => host.change({ picture: name }, this));
    /** @type {HTMLInputElement} */
    this.box = element("input", {
      type: "text", id: "search-words-classes", autocomplete: "off", autocapitalize: "none", maxlength: LONGEST,
      input: () => this.type(PAUSE), change: () => this.type(0),
    });
    const template = choice("Template", this.templates(), (value) => host.change({ template: value }, this));
    this.template = template.select;
    this.rows = Array.from({ length: MOST }, () => new Row());
    this.section = element(
      "section", { "aria-label": "A classifier without examples" },
      element("p", { class: "title" }, "3. A classifier of your own"),
      element(
        "div", { class: "fields" },
        element("p", { class: "field wide" }, element("label", { for: this.box.id }, `${FEWEST} to ${MOST} classes, with commas between`), this.box),
        template.field,
        element("p", { class: "field" }, element("span", {}, "Picture"), this.picker.place),
      ),
      element(
        "div", { class: "answers" },
        element("table", { class: "bars" }, element("caption", {}, "Probabilities"), element("tbody", {}, ...this.rows.map(({ row }) => row))),
      ),
      element("p", { class: "note" }, LIMITS),
    );
  }

  /** @returns {[string, string][]} */
  templates() {
    const { templates } = this.host.told;
    /** @type {[string, string][]} */
    const each = templates.map((template, n) => [String(n), template === "{}" ? "as written" : template.replace("{}", "…")]);
    return [...each, [AVERAGED, `all ${templates.length}, averaged`]];
  }

  /** @param {number} milliseconds */
  type(milliseconds) {
    this.pause.wait(milliseconds, () => this.host.change({ classes: this.box.value }, this));
  }

  /** @param {Catalogue} catalogue */
  arrive(catalogue) {
    this.picker.arrive(catalogue);
  }

  fill() {
    const { classes, template } = this.host.settings;
    if (!this.pause.isRunning && this.box.value !== classes) this.box.value = classes;
    this.template.value = template;
  }

  /** @param {boolean} isLoud */
  update(isLoud) {
    this.isLoud ||= isLoud;
    const { picture, classes, template, style } = this.host.settings;
    const { templates } = this.host.told;
    this.picker.show(picture, this.host.picture(picture));
    const chosen = template === AVERAGED ? templates : [templates[Number(template)]];
    return this.newest.want({ names: namesIn(classes), templates: chosen, picture, style, own: this.host.own });
  }

  /**
   * @param {Wish} wish
   * @returns {Promise<Answer>}
   */
  async answer({ names, templates, picture }) {
    const { texts } = this.host.towers;
    const wrong = wrongWith(names) || names.map((name) => texts.whyNot(name)).find(Boolean);
    if (wrong) return { names, shares: [], wrong };
    const vectors = await classVectors(texts, names, templates);
    const cosines = vectors.map((vector) => this.host.cosine(picture, vector));
    return { names, shares: softmax(cosines, this.host.told.scale), wrong: "" };
  }

  /**
   * @param {Answer} answer
   * @param {Wish} wish
   */
  show({ names, shares, wrong }, { picture }) {
    if (!wrong) this.rows.forEach((row, n) => row.show(names[n], shares[n], shares[n] === Math.max(...shares)));
    const best = shares.indexOf(Math.max(...shares));
    if (this.isLoud) this.host.sayLater(wrong || `${this.host.picture(picture).name}: ${names[best]}, ${percent(shares[best])}.`);
    this.isLoud = false;
  }
}

/**
 * Says why names are no classes; nothing where they are.
 * @param {string[]} names
 */
function wrongWith(names) {
  if (names.length < FEWEST) return `A classifier needs at least ${FEWEST} classes. Write them with commas between.`;
  return names.length > MOST ? `These are ${names.length} classes; at most ${MOST} fit. Leave some out.` : "";
}

class Row {
  constructor() {
    this.name = element("th", { scope: "row" }, NOTHING);
    this.fill = element("span", { class: "fill" });
    this.value = element("td", {}, NOTHING);
    const bar = element("td", { class: "bar-cell", "aria-hidden": "true" }, element("span", { class: "track" }, this.fill));
    this.row = element("tr", {}, this.name, bar, this.value);
  }

  /**
   * @param {string} name Nothing where there are fewer classes.
   * @param {number} share
   * @param {boolean} isBest
   */
  show(name, share, isBest) {
    this.row.hidden = name === undefined;
    if (name === undefined) return;
    this.name.textContent = name;
    this.value.textContent = percent(share);
    this.fill.style.width = `${100 * share}%`;
    this.row.classList.toggle("best", isBest);
  }
}
