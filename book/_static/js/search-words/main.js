/* The chapter's two encoders in the page: search by words, a table of cosines, a classifier without examples. */

import { addressOf, stateIn } from "../shared/address.js";
import { element } from "../shared/dom.js";
import { messageOf } from "../shared/errors.js";
import { Link } from "../shared/link.js";
import { Loading } from "../shared/loading.js";
import { troubleOf } from "../shared/state.js";
import { Classes } from "./classes.js";
import { Matrix } from "./matrix.js";
import { OWN } from "./picker.js";
import { Search } from "./search.js";
import { USUAL, decode, encode, usualOf } from "./state.js";
import { PictureEncoder, Towers } from "./towers.js";
import { dot, unit } from "./vectors.js";

/** @import { Picture } from "./catalogue.js" */
/** @import { Settings } from "./state.js" */
/** @import { Vector } from "./vectors.js" */
/**
 * What the chapter says of its towers.
 * @typedef {{scale: number, templates: string[], stays: string}} Told
 */

const NAME = "search-words";
const TO_FETCH = "The link leads to a search. Fetch the encoder to see it.";
const INVITATION = "Write what you look for, in your own words.";
const QUIET = 700; // milliseconds without an answer after which the last one is told
const TEXTS = {
  name: "the text encoder", come: "The encoder of texts, what runs it, and 600 pictures come",
  after: "What you write stays on your device.", here: "The encoder is here", safe: "Nothing you wrote is lost.",
};
const PICTURES = {
  name: "the picture encoder", come: "The encoder of pictures comes",
  after: "Your picture stays on your device.", here: "The encoder is here", safe: "Nothing is lost.",
};

/**
 * Builds the search.
 * @param {HTMLElement} stage Where it stands.
 * @param {{files: string, secondFiles: string, data: string, value: string}} told What the page says of it.
 */
export const mount = (stage, told) => new SearchWords(stage, told);

export class SearchWords {
  /** @type {Settings} */
  settings = { ...USUAL };
  /** @type {Partial<Settings>} What the reader chose before there was an answer. */
  chosen = {};
  /** @type {Picture|null} */
  own = null;
  isAlive = false;

  /**
   * @param {HTMLElement} stage
   * @param {{files: string, secondFiles: string, data: string, value: string}} told
   */
  constructor(stage, { files, secondFiles, data, value }) {
    /** @type {Told} */
    this.told = JSON.parse(value);
    this.towers = new Towers(files, data);
    this.encoder = new PictureEncoder(secondFiles, this.towers);
    this.status = element("p", { role: "status", class: "said" }, INVITATION);
    this.loading = new Loading(this.towers, "your first words", (text) => this.say(text), () => this.ready(), TEXTS);
    const arrived = () => this.say("The encoder of pictures is here. Choose a picture.");
    this.fetching = new Loading(this.encoder, "a picture of your own", (text) => this.say(text), arrived, PICTURES);
    this.search = new Search(this);
    this.matrix = new Matrix(this);
    this.classes = new Classes(this);
    this.parts = [this.search, this.matrix, this.classes];
    this.link = new Link((text) => this.say(text));
    stage.append(
      this.loading.panel, this.status, ...this.parts.map(({ section }) => section), this.ownPicture(),
      element("div", {}, element("p", { class: "title" }, "A link to all three"), this.link.row),
      element("p", { class: "note" }, this.told.stays),
    );
    for (const part of this.parts) part.fill();
    this.asked = stateIn(location.hash, NAME);
    if (this.asked !== null) this.say(TO_FETCH);
    addEventListener("hashchange", () => {
      for (const { pause } of this.parts) pause.end(); // what a link says counts
      this.open(stateIn(location.hash, NAME));
    });
  }

  ownPicture() {
    /** @type {HTMLInputElement} */
    const input = element("input", {
      type: "file", accept: "image/*",
      change: () => {
        if (input.files?.[0]) this.take(input.files[0]);
        input.value = ""; // or the same file could not be taken twice
      },
    });
    return element(
      "section", { "aria-label": "A picture of your own" },
      element("p", { class: "title" }, "A picture of your own, for the table and the classifier"),
      this.fetching.panel,
      element("label", { class: "file" }, "Choose a picture:", input),
    );
  }

  /* What the reader does */

  /**
   * Waits for encoder and pictures; the first time a link's state is shown, or the usual one, with what was chosen.
   * @returns {Promise<boolean>} Whether they are here.
   */
  async ready() {
    if (!(await this.loading.ready())) return false;
    if (!this.isAlive) {
      this.isAlive = true;
      for (const part of this.parts) part.arrive(this.towers.catalogue);
      this.open(this.asked ?? "", this.chosen);
    }
    return true;
  }

  /**
   * Takes a state from a link; null is the address of something else.
   * @param {string|null} text
   * @param {Partial<Settings>} [chosen] What counts more than the link.
   */
  open(text, chosen = {}) {
    if (text === null) return;
    this.asked = text;
    if (!this.isAlive) return this.say(TO_FETCH);
    const { settings, problems, unknown } = decode(this.towers.catalogue, this.told.templates, text);
    this.settings = { ...settings, ...chosen };
    const trouble = troubleOf(problems, unknown, "the search");
    this.show(trouble ? null : this.search);
    if (trouble) this.say(trouble);
  }

  /**
   * Takes a choice of one part.
   * @param {Partial<Settings>} values
   * @param {Search|Matrix|Classes} part
   */
  async change(values, part) {
    Object.assign(this.settings, values);
    Object.assign(this.chosen, values);
    if (!this.isAlive) return this.ready();
    this.show(part);
  }

  /**
   * Takes a picture of the reader's own, into the first row and the classifier.
   * @param {File} file
   */
  async take(file) {
    const taking = (this.taking = {});
    try {
      const ready = async () => (await this.ready()) && (await this.fetching.ready());
      const own = await this.encoder.pictureOf(file, ready);
      if (!own || taking !== this.taking) return;
      this.own = own;
      for (const picker of [...this.matrix.pickers, this.classes.picker]) picker.offer(own);
      this.settings = { ...this.settings, picture: OWN, pictures: [OWN, ...this.settings.pictures.slice(1)] };
      this.show(this.classes);
    } catch (error) {
      if (taking === this.taking) this.say(messageOf(error));
    }
  }

  /* What is shown */

  /**
   * Gives a picture by its name, in the style that is chosen.
   * @param {string} name
   * @returns {Picture}
   */
  picture(name) {
    return name === OWN && this.own ? this.own : this.towers.catalogue.picture(name, this.settings.style);
  }

  /**
   * @param {string} name Of a picture.
   * @param {Vector} vector Of a text, of length 1.
   */
  cosine(name, vector) {
    return dot(unit(Float64Array.from(this.picture(name).vector)), vector);
  }

  /** @param {Search|Matrix|Classes|null} loud The part that tells its answer, too. */
  show(loud) {
    for (const part of this.parts) {
      part.fill();
      part.update(part === loud);
    }
    const { catalogue } = this.towers;
    const usual = usualOf(catalogue);
    /** @type {(name: string, other: string) => string} */
    const linked = (name, other) => (name === OWN ? other : name);
    const settings = {
      ...this.settings, picture: linked(this.settings.picture, usual.picture),
      pictures: this.settings.pictures.map((name, row) => linked(name, usual.pictures[row])),
    };
    this.link.show(addressOf(NAME, encode(catalogue, this.told.templates, settings)));
  }

  /** @param {string} text */
  say(text) {
    clearTimeout(this.telling);
    this.status.textContent = text;
  }

  /**
   * Tells an answer once no other follows.
   * @param {string} text
   */
  sayLater(text) {
    clearTimeout(this.telling);
    this.telling = setTimeout(() => this.say(text), QUIET);
  }
}
