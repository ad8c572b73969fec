/* Which pictures are alike? The chapter's index, searched in the page by two ways beside each other. */

import { addressOf, stateIn } from "../shared/address.js";
import { button, choice, element } from "../shared/dom.js";
import { messageOf } from "../shared/errors.js";
import { Link } from "../shared/link.js";
import { Loading } from "../shared/loading.js";
import { Model } from "../shared/model.js";
import { pixelsOf } from "../shared/photos.js";
import { nearest } from "../shared/search.js";
import { troubleOf } from "../shared/state.js";
import { Index, WAYS } from "./collection.js";
import { Measure, NEIGHBORS } from "./measure.js";
import { ownOf } from "./own.js";
import { decode, encode } from "./state.js";
import { Neighbors, Query, Table, choiceOf, written } from "./tiles.js";

/** @import { Collection, Way } from "./collection.js" */
/** @import { Own } from "./own.js" */
/** @import { Test } from "../shared/search.js" */
/** @import { Settings } from "./state.js" */
/** @typedef {{own: Own|null, thing: string, style: string}} Asked A picture of the reader's own, or one of the index. */

const NAME = "similar-pictures";
const PICTURES = {
  name: "the pictures", come: "The pictures, and what is compared of them, come",
  after: "They are searched on your device.", here: "The pictures are here", safe: "Nothing is lost.",
};
const NETWORK = {
  name: "the network", come: "The network and what runs it come",
  after: "Your picture stays on your device.", here: "The network is here", safe: "Nothing is lost.",
};
/** @type {Record<Way, [title: string, explanation: string]>} */
const TITLES = {
  features: ["Trained features", "1,280 numbers in front of the network’s last layer"],
  pixels: ["Small pixels", "8 × 8 × 3 numbers less their mean: the baseline"],
};
/** @type {[string, string][]} */
const AMONG = [["others", "the other styles"], ["all", "all four styles"]];
const INVITATION = "Find a picture by name, or take any; then press a neighbor to walk on.";
const EXPLANATION = `★ marks another kind than that of the picture asked for. Precision@${NEIGHBORS}: the share of the ${NEIGHBORS} that are of its kind, over all pictures in its style.`;
/** @type {(share: number) => string} */
const percent = (share) => `${Math.round(100 * share)}%`;

/**
 * Says what came of a name.
 * @param {number} count
 * @param {number} shown
 */
function foundOf(count, shown) {
  if (!count) return "No picture is called so. Or ask for a kind: faces, animals, vehicles, signs …";
  if (count > shown) return `${count} things are called so; here are the first ${shown}.`;
  return count === 1 ? "One thing is called so. Press it, or Enter." : `${count} things are called so. Press one, or Enter for the first.`;
}

/**
 * Builds the search.
 * @param {HTMLElement} stage Where it stands.
 * @param {{data: string, files: string}} told What the page says of it: files of the index and of the network.
 */
export const mount = (stage, told) => new SimilarPictures(stage, told);

class SimilarPictures {
  /** @type {Collection} There once it has been fetched. */
  collection;
  /** @type {Measure} */
  measure;
  /** @type {Settings} */
  settings;
  /** @type {Own|null} */
  own = null;
  /** @type {Asked[]} */
  walked = [];

  /**
   * @param {HTMLElement} stage
   * @param {{data: string, files: string}} told
   */
  constructor(stage, { data, files }) {
    this.stage = stage;
    this.index = new Index(data);
    this.model = new Model(files);
    this.turn = {};
    this.taking = {};
    /** @param {string} text */
    const say = (text) => (this.status.textContent = text);
    this.status = element("p", { role: "status", class: "said" }, INVITATION);
    this.loading = new Loading(this.index, "your first choice", say, () => this.ready(), PICTURES);
    this.fetching = new Loading(this.model, "a picture of your own", say, () => say("The network is here. Choose a picture."), NETWORK);
    /** @type {HTMLInputElement} */
    this.box = element("input", {
      type: "search", id: "similar-pictures-name", autocomplete: "off", placeholder: "cat, or: vehicles", input: () => this.find(),
      keydown: (event) => /** @type {KeyboardEvent} */ (event).key === "Enter" && this.takeFirst(),
    });
    this.matches = element("ul", { class: "matches", "aria-label": "Things that are called so", hidden: true });
    this.back = button("Back", () => this.goBack(), { disabled: true });
    const style = choice("Drawn by", [["", "–"]], (value) => this.change({ style: value }));
    const limit = choice("Look among", AMONG, (value) => this.change({ among: value }));
    /** @type {HTMLInputElement} */
    this.leaveOut = element("input", { type: "checkbox", change: () => this.change({ same: !this.leaveOut.checked }) });
    this.selects = { style: style.select, among: limit.select };
    this.query = new Query();
    this.found = Object.fromEntries(
      WAYS.map((way) => [way, new Neighbors(...TITLES[way], (place) => this.walkTo(place))]),
    );
    this.table = new Table(WAYS.map((way) => TITLES[way][0]));
    this.link = new Link(say);
    this.linked = element("div", {}, element("p", { class: "title" }, "A link to this search"), this.link.row);
    this.say = say;
    this.layOut(style.field, limit.field);
    this.asked = stateIn(location.hash, NAME);
    if (this.asked) say("The link leads to a picture. Fetch the pictures to see it.");
    addEventListener("hashchange", () => {
      this.taking = {};
      this.open(stateIn(location.hash, NAME));
    });
  }

  /**
   * @param {HTMLElement} style
   * @param {HTMLElement} limit
   */
  layOut(style, limit) {
    this.stage.append(
      this.loading.panel,
      element(
        "div", { class: "fields" },
        element("p", { class: "field" }, element("label", { for: this.box.id }, "Name or kind"), this.box),
        button("Any picture", () => this.takeAny()),
        this.back,
        style, limit,
        element("label", { class: "check" }, this.leaveOut, "leave out the same thing"),
      ),
      this.matches,
      element("div", { class: "asked" }, this.query.figure, this.status),
      element("div", { class: "ways" }, ...WAYS.map((way) => this.found[way].section)),
      element("p", { class: "note" }, EXPLANATION),
      element("details", {}, element("summary", {}, "How good is each way, kind by kind?"), this.table.table),
      element(
        "section", { "aria-label": "A picture of your own" },
        element("p", { class: "title" }, "A picture of your own"),
        this.fetching.panel,
        this.dropPlace(),
      ),
      this.linked,
    );
  }

  dropPlace() {
    /** @type {HTMLInputElement} */
    const input = element("input", {
      type: "file", accept: "image/*",
      change: () => {
        if (input.files?.[0]) this.take(input.files[0]);
        input.value = ""; // or the same file could not be taken twice
      },
    });
    const label = element("label", { class: "file" }, "Choose a picture, or drop one here:", input);
    const place = element("div", { class: "drop" }, label);
    /** @param {boolean} isOver */
    const mark = (isOver) => place.classList.toggle("over", isOver);
    place.addEventListener("dragover", (event) => {
      event.preventDefault();
      mark(true);
    });
    place.addEventListener("dragleave", () => mark(false));
    place.addEventListener("drop", (event) => {
      event.preventDefault();
      mark(false);
      const file = event.dataTransfer?.files[0];
      if (file) this.take(file);
    });
    return place;
  }

  /* What the reader does */

  /**
   * Waits for the pictures; the first time a link's picture is shown, or the usual one.
   * @returns {Promise<boolean>} Whether they are here.
   */
  async ready() {
    if (!(await this.loading.ready())) return false;
    if (this.collection) return true;
    this.collection = this.index.collection;
    this.measure = new Measure(this.collection);
    const { styles } = this.collection;
    this.selects.style.replaceChildren(...styles.map((style) => element("option", { value: style }, style)));
    this.open(this.asked ?? "");
    return true;
  }

  /**
   * Takes a state from a link; null is the address of something else.
   * @param {string|null} text
   */
  open(text) {
    if (text === null) return;
    this.asked = text;
    if (!this.collection) return this.say("The link leads to a picture. Fetch the pictures to see it.");
    const { settings, problems, unknown } = decode(this.collection, text);
    this.settings = settings;
    this.own = null;
    this.show();
    const trouble = troubleOf(problems, unknown, "the search");
    if (trouble) this.say(trouble);
  }

  /**
   * Takes a choice.
   * @param {Partial<Settings>} values
   */
  async change(values) {
    if (!(await this.ready())) return this.keepChoices();
    this.settings = { ...this.settings, ...values };
    this.show();
  }

  /** Shows in the fields what is chosen, where a choice could not be taken. */
  keepChoices() {
    this.selects.among.value = this.settings?.among ?? "others";
    this.leaveOut.checked = !(this.settings?.same ?? true);
  }

  async find() {
    if (!(await this.ready())) return;
    const { things, count } = this.collection.matching(this.box.value);
    const style = this.collection.styles.indexOf(this.settings.style);
    this.matches.hidden = !things.length;
    this.matches.replaceChildren(
      ...things.map((thing) => {
        const place = this.collection.placeOf(thing, style);
        return choiceOf(this.collection, place, () => this.walkTo(place));
      }),
    );
    this.say(this.box.value.trim() ? foundOf(count, things.length) : INVITATION);
  }

  takeFirst() {
    this.matches.querySelector("button")?.click();
  }

  async takeAny() {
    if (!(await this.ready())) return;
    this.walkTo(Math.floor(Math.random() * this.collection.names.length * this.collection.styles.length));
  }

  /**
   * Asks for a picture of the index.
   * @param {number} place
   */
  walkTo(place) {
    const { name, style } = this.collection.wordsOf(place);
    this.goTo({ own: null, thing: name, style });
  }

  /** @param {Asked} asked */
  goTo(asked) {
    this.walked.push({ own: this.own, thing: this.settings.thing, style: this.settings.style });
    this.ask(asked);
  }

  goBack() {
    const last = this.walked.pop();
    if (last) this.ask(last);
  }

  /** @param {Asked} asked */
  ask({ own, thing, style }) {
    this.taking = {};
    this.own = own;
    this.settings = { ...this.settings, thing, style };
    this.show();
  }

  /**
   * Takes a picture of the reader's own.
   * @param {File} file
   */
  async take(file) {
    const taking = (this.taking = {});
    try {
      const pixels = await pixelsOf(file);
      if (!(await this.ready()) || !(await this.fetching.ready())) return;
      const own = await ownOf(file.name, pixels, this.model);
      if (taking === this.taking) this.goTo({ ...this.settings, own }); // or the reader has walked on
    } catch (error) {
      if (taking === this.taking) this.say(messageOf(error));
    }
  }

  /* What is shown */

  get place() {
    const { names, styles } = this.collection;
    return this.collection.placeOf(names.indexOf(this.settings.thing), styles.indexOf(this.settings.style));
  }

  show() {
    const { style, among } = this.settings;
    this.selects.style.value = style;
    this.keepChoices();
    this.selects.among.value = among;
    this.back.disabled = !this.walked.length;
    for (const field of [...Object.values(this.selects), this.leaveOut]) field.disabled = Boolean(this.own);
    this.linked.hidden = Boolean(this.own);
    if (this.own) this.query.showOwn(this.own);
    else this.query.show(this.collection, this.place);
    const nearestOf = WAYS.map((way) => this.search(way));
    this.report(nearestOf.map(([first]) => first));
    this.link.show(addressOf(NAME, encode(this.collection, this.settings)));
    this.assess();
  }

  /**
   * Shows what is nearest by one way.
   * @param {Way} way
   */
  search(way) {
    const { collection, own } = this;
    /** @type {Test} */
    const everything = () => true;
    const cosines = own ? collection.vectors[way].cosines(own.vectors[way]) : this.measure.cosines(way, this.place);
    const isAllowed = own ? everything : collection.allowed(this.place, this.settings);
    const found = nearest(cosines, isAllowed, NEIGHBORS);
    this.found[way].show(collection, found, own ? everything : collection.relevant(this.place));
    return found;
  }

  /** @param {{place: number, cosine: number}[]} firsts The nearest by each way. */
  report(firsts) {
    const words = firsts.map(({ place, cosine }, k) => {
      const { name, style } = this.collection.wordsOf(place);
      return `by ${TITLES[WAYS[k]][0].toLowerCase()} ${name} (${style}), ${written(cosine)}`;
    });
    const asked = this.own ? this.own.name : `${this.settings.thing} (${this.settings.style})`;
    const note = this.own ? " Your picture stays on your device, so no link leads to it." : "";
    this.say(`Nearest to ${asked}: ${words.join("; ")}.${note}`);
  }

  /** Says how good both ways are over all pictures of this style. */
  async assess() {
    const turn = (this.turn = {});
    const { style, among, same } = this.settings;
    const { styles, names, kinds } = this.collection;
    const scores = await this.measure.scores(styles.indexOf(style), { among, same }, () => turn === this.turn);
    if (!scores) return;
    for (const way of WAYS) {
      this.found[way].score.textContent = this.own ? "–" : `Precision@${NEIGHBORS}: ${percent(scores[way].all)}`;
    }
    this.table.show(
      `Precision@${NEIGHBORS} over ${style}’s ${names.length} pictures`,
      [
        ["all", WAYS.map((way) => percent(scores[way].all))],
        ...kinds.map((kind, k) => /** @type {[string, string[]]} */ ([kind, WAYS.map((way) => percent(scores[way].kinds[k]))])),
      ],
    );
  }
}
