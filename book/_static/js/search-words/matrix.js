/* The table of a few pictures and a few sentences: their cosines, or what a softmax makes of them. */

import { choice, element } from "../shared/dom.js";
import { Newest } from "../shared/newest.js";
import { Pause } from "./pause.js";
import { Picker } from "./picker.js";
import { NOTHING, percent, written } from "./shown.js";
import { SCALES, SIDE_OF_TABLE } from "./state.js";
import { LONGEST, oneLine } from "./texts.js";
import { softmax } from "./vectors.js";

/** @import { Catalogue, Picture } from "./catalogue.js" */
/** @import { SearchWords } from "./main.js" */
/** @import { Numbers, Settings } from "./state.js" */
/** @typedef {Settings & {own: Picture|null}} Wish */
/** @typedef {{cosines: number[][], shares: number[][]|null, wrong: string}} Answer */

const PLACES = [...Array(SIDE_OF_TABLE).keys()];
const LETTERS = "ABCD";
const PAUSE = 300;
const DEEPEST = 45; // percent of color in a cell, so that its number stays readable
const STRONGEST = 0.6; // the cosine at which the color is deepest
/** @type {[Numbers, string][]} */
const SHOWN = [
  ["cosines", "cosines"],
  ["row", "softmax over each row: which sentence?"],
  ["column", "softmax over each column: which picture?"],
];

/**
 * Turns a table on its side.
 * @param {number[][]} rows
 */
const turned = (rows) => rows[0].map((_, column) => rows.map((row) => row[column]));

/**
 * Gives the shares of the table, or null where cosines are shown.
 * @param {number[][]} cosines A row a picture.
 * @param {Numbers} numbers
 * @param {number} scale
 */
export function sharesOf(cosines, numbers, scale) {
  if (numbers === "cosines") return null;
  /** @param {number[]} line */
  const shared = (line) => softmax(line, scale);
  return numbers === "row" ? cosines.map(shared) : turned(turned(cosines).map(shared));
}

export class Matrix {
  /** @param {SearchWords} host */
  constructor(host) {
    this.host = host;
    this.isLoud = false;
    this.pause = new Pause();
    /** @type {Newest<Wish, Answer>} */
    this.newest = new Newest((wish) => this.answer(wish), (answer, wish) => this.show(answer, wish));
    this.pickers = PLACES.map((row) => new Picker(`Picture of row ${row + 1}`, (name) => this.choose(row, name)));
    this.boxes = PLACES.map((column) => this.box(column));
    const numbers = choice("Numbers", SHOWN, (value) => host.change({ numbers: /** @type {Numbers} */ (value) }, this));
    const scale = choice("Scale", this.scales(), (value) => host.change({ scale: value }, this));
    this.selects = { numbers: numbers.select, scale: scale.select };
    this.cells = PLACES.map(() => PLACES.map(() => element("td", {}, NOTHING)));
    this.caption = element("caption", {}, "Cosines");
    this.section = element(
      "section", { "aria-label": "Table of similarity" },
      element("p", { class: "title" }, "2. Four pictures, four sentences"),
      element("div", { class: "sentences" }, ...this.boxes.map((box, column) => this.field(box, column))),
      element("div", { class: "fields" }, numbers.field, scale.field),
      element(
        "table", { class: "matrix" }, this.caption,
        element(
          "thead", {},
          element("tr", {}, ...["Picture", ...LETTERS].map((text) => element("th", { scope: "col" }, text))),
        ),
        element(
          "tbody", {},
          ...PLACES.map((row) => element("tr", {}, element("th", { scope: "row" }, this.pickers[row].place), ...this.cells[row])),
        ),
      ),
    );
  }

  /** @returns {[string, string][]} */
  scales() {
    return SCALES.map((scale) => [scale, scale === "learned" ? `learned: ${this.host.told.scale.toFixed(1)}` : scale]);
  }

  /** @param {number} column */
  box(column) {
    /** @type {HTMLInputElement} */
    const box = element("input", {
      type: "text", id: `search-words-sentence-${column}`, autocomplete: "off", maxlength: LONGEST,
      input: () => this.type(PAUSE), change: () => this.type(0),
    });
    return box;
  }

  /**
   * @param {HTMLInputElement} box
   * @param {number} column
   */
  field(box, column) {
    return element("p", { class: "field" }, element("label", { for: box.id }, `Sentence ${LETTERS[column]}`), box);
  }

  /** @param {number} milliseconds */
  type(milliseconds) {
    this.pause.wait(milliseconds, () => {
      this.host.change({ sentences: this.boxes.map(({ value }) => oneLine(value)) }, this);
    });
  }

  /**
   * @param {number} row
   * @param {string} name
   */
  choose(row, name) {
    this.host.change({ pictures: this.host.settings.pictures.map((each, n) => (n === row ? name : each)) }, this);
  }

  /** @param {Catalogue} catalogue */
  arrive(catalogue) {
    for (const picker of this.pickers) picker.arrive(catalogue);
  }

  fill() {
    const { sentences, numbers, scale } = this.host.settings;
    this.boxes.forEach((box, column) => {
      if (!this.pause.isRunning && oneLine(box.value) !== sentences[column]) box.value = sentences[column];
    });
    this.selects.numbers.value = numbers;
    Object.assign(this.selects.scale, { value: scale, disabled: numbers === "cosines" });
  }

  /** @param {boolean} isLoud */
  update(isLoud) {
    this.isLoud ||= isLoud;
    const { settings, own } = this.host;
    settings.pictures.forEach((name, row) => this.pickers[row].show(name, this.host.picture(name)));
    return this.newest.want({ ...settings, own });
  }

  /**
   * @param {Wish} wish
   * @returns {Promise<Answer>}
   */
  async answer({ pictures, sentences, numbers, scale }) {
    const { texts } = this.host.towers;
    const wrong = sentences.map((text) => (text ? texts.whyNot(text) : "A sentence is empty. Write one.")).find(Boolean);
    if (wrong) return { cosines: [], shares: null, wrong };
    const vectors = await texts.vectorsOf(sentences);
    const cosines = pictures.map((name) => vectors.map((vector) => this.host.cosine(name, vector)));
    const factor = scale === "learned" ? this.host.told.scale : Number(scale);
    return { cosines, shares: sharesOf(cosines, numbers, factor), wrong: "" };
  }

  /**
   * @param {Answer} answer
   * @param {Wish} wish
   */
  show({ cosines, shares, wrong }, { numbers, pictures }) {
    if (wrong) {
      this.tell(wrong);
      return;
    }
    const values = shares ?? cosines;
    const lines = numbers === "column" ? turned(values) : values;
    this.cells.forEach((row, r) => row.forEach((cell, c) => {
      const value = values[r][c];
      const line = numbers === "column" ? lines[c] : lines[r];
      cell.textContent = shares ? percent(value) : written(value);
      cell.classList.toggle("best", value === Math.max(...line));
      cell.classList.toggle("against", value < 0);
      const depth = Math.min(1, Math.abs(value) / (shares ? 1 : STRONGEST));
      cell.style.setProperty("--depth", `${Math.round(DEEPEST * depth)}%`);
    }));
    this.caption.textContent = shares ? `Shares of each ${numbers}, adding up to 100%` : "Cosines; the largest of each row is bold";
    this.tell(this.sentenceOf(lines, Boolean(shares), numbers, pictures));
  }

  /**
   * Says what is largest where.
   * @param {number[][]} lines Rows, or columns where these are compared.
   * @param {boolean} isShares
   * @param {Numbers} numbers
   * @param {string[]} pictures
   */
  sentenceOf(lines, isShares, numbers, pictures) {
    const named = pictures.map((name) => this.host.picture(name).name);
    const parts = lines.map((line, n) => {
      const best = line.indexOf(Math.max(...line));
      const value = isShares ? percent(line[best]) : written(line[best]);
      return numbers === "column" ? `${LETTERS[n]}: ${named[best]}, ${value}` : `${named[n]}: ${LETTERS[best]}, ${value}`;
    });
    return `Largest for ${parts.join("; ")}.`;
  }

  /** @param {string} text */
  tell(text) {
    if (this.isLoud) this.host.sayLater(text);
    this.isLoud = false;
  }
}
