/* Pictures found by words, as they are typed. */

import { choice, element } from "../shared/dom.js";
import { Newest } from "../shared/newest.js";
import { Pause } from "./pause.js";
import { NOTHING, canvasOf, written } from "./shown.js";
import { LONGEST, oneLine } from "./texts.js";
import { lengthOf, sum, unit } from "./vectors.js";

/** @import { Catalogue, Picture } from "./catalogue.js" */
/** @import { Found } from "../shared/search.js" */
/** @import { SearchWords } from "./main.js" */
/** @typedef {{words: string, without: string, style: string, among: "unseen"|"all"}} Wish */
/** @typedef {{title: string, found: Found[]}|{wrong: string}} Answer */

const FOUND = 10;
const LEAST = 0.05; // length of a sum of unit vectors below which its direction says nothing
const PAUSE = 150; // milliseconds without a key after which is searched
/** @type {[string, string][]} */
const AMONG = [["unseen", "200 things it never saw"], ["all", "these and 100 trained on"]];

export class Search {
  /** @param {SearchWords} host */
  constructor(host) {
    this.host = host;
    this.isLoud = false;
    this.pause = new Pause();
    /** @type {Newest<Wish, Answer>} */
    this.newest = new Newest((wish) => this.answer(wish), (answer) => this.show(answer));
    this.words = this.box("search-words-words", "insects");
    this.without = this.box("search-words-without", "");
    const style = choice("Drawn by", [["", NOTHING]], (value) => host.change({ style: value }, this));
    const among = choice("Look among", AMONG, (value) => host.change({ among: /** @type {"all"} */ (value) }, this));
    this.selects = { style: style.select, among: among.select };
    this.slots = Array.from({ length: FOUND }, () => new Slot());
    this.title = element("p", { class: "title found" }, "Nearest pictures");
    this.section = element(
      "section", { "aria-label": "Search by words" },
      element("p", { class: "title" }, "1. Search by words"),
      element(
        "div", { class: "fields" },
        this.field("Words", this.words), this.field("Without", this.without), style.field, among.field,
      ),
      this.title,
      element("ol", { class: "tiles" }, ...this.slots.map(({ item }) => item)),
    );
  }

  /**
   * @param {string} id
   * @param {string} placeholder
   */
  box(id, placeholder) {
    /** @type {HTMLInputElement} */
    const box = element("input", {
      type: "search", id, placeholder, autocomplete: "off", autocapitalize: "none", maxlength: LONGEST,
      input: () => this.type(PAUSE), change: () => this.type(0),
    });
    return box;
  }

  /**
   * @param {string} label
   * @param {HTMLInputElement} box
   */
  field(label, box) {
    return element("p", { class: "field" }, element("label", { for: box.id }, label), box);
  }

  /** @param {number} milliseconds */
  type(milliseconds) {
    this.pause.wait(milliseconds, () => {
      this.host.change({ words: oneLine(this.words.value), without: oneLine(this.without.value) }, this);
    });
  }

  /** @param {Catalogue} catalogue */
  arrive({ styles }) {
    this.selects.style.replaceChildren(...styles.map((style) => element("option", { value: style }, style)));
  }

  /** Shows in the fields what is asked; what the reader is writing stays as it is. */
  fill() {
    const { words, without, style, among } = this.host.settings;
    const boxes = [{ box: this.words, text: words }, { box: this.without, text: without }];
    for (const { box, text } of boxes) if (!this.pause.isRunning && oneLine(box.value) !== text) box.value = text;
    Object.assign(this.selects.style, { value: style });
    this.selects.among.value = among;
  }

  /** @param {boolean} isLoud Whether the answer is told, too. */
  update(isLoud) {
    this.isLoud ||= isLoud;
    const { words, without, style, among } = this.host.settings;
    return this.newest.want({ words, without, style, among });
  }

  /**
   * Looks for the nearest pictures.
   * @param {Wish} wish
   * @returns {Promise<Answer>}
   */
  async answer({ words, without, style, among }) {
    const { texts, catalogue } = this.host.towers;
    if (!words) return { wrong: without ? "“Without” only takes away: write also what to search for." : "Write what to search for." };
    const signed = [{ text: words, sign: 1 }, { text: without, sign: -1 }].filter(({ text }) => text);
    const wrong = signed.map(({ text }) => texts.whyNot(text)).find(Boolean);
    if (wrong) return { wrong };
    const vectors = await texts.vectorsOf(signed.map(({ text }) => text));
    const total = sum(signed.map(({ sign }, n) => ({ vector: vectors[n], sign })));
    if (lengthOf(total) < LEAST) return { wrong: "What is searched for and what is taken away mean the same: nothing is left." };
    const title = `Nearest to “${words}”${without ? ` without “${without}”` : ""}`;
    return { title, found: catalogue.nearest(unit(total), style, among, FOUND) };
  }

  /** @param {Answer} answer Where there is none, what was found last stays. */
  show(answer) {
    if ("wrong" in answer) {
      this.tell(answer.wrong);
      return;
    }
    this.title.textContent = answer.title;
    const pictures = answer.found.map(({ place, cosine }) => ({ ...this.host.towers.catalogue.at(place), cosine }));
    this.slots.forEach((slot, rank) => slot.show(pictures[rank]));
    const first = pictures.slice(0, 3).map(({ name, cosine }) => `${name} ${written(cosine)}`);
    this.tell(`${answer.title}: ${first.join(", ")} …`);
  }

  /** @param {string} text */
  tell(text) {
    if (this.isLoud) this.host.sayLater(text);
    this.isLoud = false;
  }
}

class Slot {
  constructor() {
    this.canvas = canvasOf();
    this.cosine = element("strong", {}, NOTHING);
    this.name = element("span", { class: "name" }, NOTHING);
    this.note = element("span", { class: "more" }, NOTHING);
    this.item = element("li", {}, this.canvas, this.cosine, " ", this.name, " ", this.note);
  }

  /** @param {Picture & {cosine: number}} [picture] Nothing where there are no more. */
  show(picture) {
    this.item.hidden = !picture;
    if (!picture) return;
    picture.draw(this.canvas);
    this.cosine.textContent = written(picture.cosine);
    this.name.textContent = picture.name;
    this.note.textContent = picture.note;
  }
}
