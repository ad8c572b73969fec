/* The embedding explorer: neighbors, sums and axes of words, and a map that turns. */

import { addressOf, stateIn } from "../shared/address.js";
import { Data } from "../shared/data.js";
import { button, choice, element } from "../shared/dom.js";
import { Link } from "../shared/link.js";
import { Loading } from "../shared/loading.js";
import { troubleOf } from "../shared/state.js";
import { watch } from "../shared/watching.js";
import { ANSWERS } from "./answers.js";
import { AXES, SUMS, WORDS } from "./examples.js";
import { WordMap } from "./map.js";
import { Mistake, asked } from "./reading.js";
import { Scenes } from "./scenes.js";
import { completions } from "./spelling.js";
import { ASKS, USUAL, decode, encode } from "./state.js";
import { termsOf, written } from "./sums.js";
import { neighborTable, placeTable } from "./tables.js";
import { Words } from "./vectors.js";
import { WordField } from "./word_field.js";

/** @import { Answer } from "./answers.js" */
/** @import { Point } from "./map.js" */
/** @import { Ask, Settings } from "./state.js" */

const NAME = "embedding-explorer";
/** @type {Record<Ask, {title: string, legend: string}>} */
const QUESTIONS = {
  neighbors: { title: "Neighbors of a word", legend: "■ the word, ● its 30 nearest" },
  sum: { title: "A sum of words", legend: "■ given, ● nearest of the others, → the same step twice" },
  axis: { title: "Words along an axis", legend: "■ the one pole, ▲ the other, ● the words, → the axis" },
};
const LABELS = {
  word: "Word",
  sum: "Sum, with + and −",
  from: "One pole: a word, or several",
  to: "The other pole",
  along: "Words to place along the axis",
};
const COMING = {
  name: "the words",
  come: "5,000 words with 300 numbers each come",
  after: "Nothing that you type leaves your device.",
  here: "The words are here",
  safe: "What you typed is still there.",
};

/**
 * Builds the explorer.
 * @param {HTMLElement} stage Where it stands.
 * @param {{data: string}} told What the page says of it: the file of the words.
 */
export const mount = (stage, told) => new EmbeddingExplorer(stage, told);

class EmbeddingExplorer {
  /** @type {Settings} The last question that was understood. */
  settings = USUAL;
  /** @type {Words|null} Once they are here. */
  words = null;
  /** @type {Scenes} Made with the words. */
  scenes;
  /** @type {Point[]} On the map. */
  points = [];

  /**
   * @param {HTMLElement} stage
   * @param {{data: string}} told
   */
  constructor(stage, { data }) {
    this.stage = stage;
    this.data = new Data(data);
    this.turn = {};
    /** @param {string} text */
    const say = (text) => {
      if (this.status.textContent !== text) this.status.textContent = text; // said again, it would be read again
    };
    this.say = say;
    this.status = element("p", { role: "status", class: "said" });
    this.loading = new Loading(this.data, "your first question", say, () => this.look(true), COMING);
    this.map = new WordMap((row) => this.askFor(row));
    this.link = new Link(say);
    this.fields = new Map(Object.entries(LABELS).map(([name, label]) => [name, this.field(label)]));
    this.buttons = ASKS.map((ask) => button(QUESTIONS[ask].title, () => this.choose({ ask })));
    const spread = choice(
      "The map shows the spread of", [["these", "these words"], ["all", "all 5,000 words"]],
      (map) => this.choose({ map: map === "all" ? "all" : "these" }),
    );
    this.spread = spread.select;
    this.panels = this.questions();
    this.result = element("div", {});
    this.beside = element("p", { class: "note" });
    this.legend = element("p", { class: "note" });
    this.shares = element("p", { class: "note shares" });
    this.places = element("div", { class: "places" });
    /** @type {HTMLDetailsElement} */
    this.details = element(
      "details", { toggle: () => this.listPlaces() }, element("summary", {}, "The map as a table"), this.places,
    );
    this.layOut(spread.field);
    watch(stage, {
      resized: () => this.map.draw(),
      seen: (isInView) => isInView || this.map.stop(),
      recolored: () => this.map.recolor(),
    });
    addEventListener("hashchange", () => this.open(stateIn(location.hash, NAME)));
    this.open(stateIn(location.hash, NAME) ?? "");
  }

  /** @param {string} label */
  field(label) {
    return new WordField(
      label, (begun, count) => completions(this.words?.names ?? [], begun, count), (isDone) => this.look(isDone),
    );
  }

  /** Makes what is asked with, a panel for each question. */
  questions() {
    /** @type {(...names: string[]) => HTMLElement[]} */
    const fields = (...names) => names.map((name) => /** @type {WordField} */ (this.fields.get(name)).field);
    /** @type {(examples: [name: string, settings: Partial<Settings>][]) => HTMLElement} */
    const examples = (all) =>
      element(
        "div", { class: "row examples", role: "group", "aria-label": "Examples" },
        ...all.map(([name, settings]) => button(name, () => this.choose(settings))),
      );
    const axes = Object.entries(AXES);
    return [
      [...fields("word"), examples(WORDS.map((word) => [word, { word }]))],
      [...fields("sum"), examples(SUMS.map((text) => [text, { sum: termsOf(text) }]))],
      [
        element("div", { class: "poles" }, ...fields("from", "to")), ...fields("along"),
        examples(axes.map(([name, { from, to, along }]) => [name, { from, to, along }])),
      ],
    ].map((parts) => element("div", { class: "question" }, ...parts));
  }

  /** @param {HTMLElement} spread The choice of the map's directions. */
  layOut(spread) {
    this.stage.append(
      this.loading.panel,
      element("div", { class: "row asks", role: "group", "aria-label": "What to ask" }, ...this.buttons),
      ...this.panels,
      this.status,
      element(
        "div", { class: "pictures" },
        element("section", { "aria-label": "The answer" }, this.result, this.beside),
        element(
          "section", { "aria-label": "The map" },
          this.map.ground, this.legend, this.map.row, spread, this.shares, this.details,
        ),
      ),
      element("p", { class: "title" }, "A link to this question"),
      this.link.row,
      element(
        "p", { class: "note" },
        "The words: the most frequent ones of spaCy’s en_core_web_md and some of this lesson’s, each in one spelling, without swearing. Their vectors were learned from web pages, news, Wikipedia and film subtitles, and repeat what people wrote there, prejudices included.",
      ),
    );
  }

  /* What the reader does */

  /**
   * Takes a state from a link; null is the address of something else. Only a link that asks something fetches.
   * @param {string|null} text
   */
  open(text) {
    if (text === null) return;
    const { settings, problems, unknown } = decode(text);
    this.take(settings);
    if (!this.words) this.result.replaceChildren(neighborTable(null, "a word", [], () => {}));
    if (text) this.look(true, troubleOf(problems, unknown, "the explorer"));
    else this.say("Press an example, or type a word of your own.");
  }

  /** @param {Partial<Settings>} values */
  choose(values) {
    this.take(values);
    this.look(true);
  }

  /** @param {number} row Of a word that was pressed. */
  askFor(row) {
    if (this.words) this.choose({ ask: "neighbors", word: this.words.names[row] });
  }

  /**
   * Takes settings, and shows them where they are changed; what else is typed stays.
   * @param {Partial<Settings>} values
   */
  take(values) {
    this.settings = { ...this.settings, ...values };
    const { sum, word, from, to, along } = values;
    const texts = { word, sum: sum && written(sum), from: from?.join(" "), to: to?.join(" "), along: along?.join(" ") };
    for (const [name, text] of Object.entries(texts)) {
      if (text !== undefined) this.fields.get(name)?.show(text);
    }
    this.spread.value = this.settings.map;
    ASKS.forEach((ask, k) => {
      this.buttons[k].setAttribute("aria-pressed", String(ask === this.settings.ask));
      this.panels[k].hidden = ask !== this.settings.ask;
    });
    const others = this.settings.map === "all" ? ", · all others: click one for its neighbors" : "";
    this.legend.textContent = `${QUESTIONS[this.settings.ask].legend}${others}`;
    this.link.show(addressOf(NAME, encode(this.settings)));
  }

  /**
   * Answers what the fields ask, and fetches the words if need be. Of questions that wait, the last one counts.
   * @param {boolean} isDone Whether the reader has ended a word; before, nothing is said and no mistake is told.
   * @param {string} [first] What is said before the answer.
   */
  async look(isDone, first = "") {
    const turn = (this.turn = {});
    if (this.loading.hasFailed && !isDone) return; // the next try is at the end of a word
    if (!(await this.loading.ready()) || turn !== this.turn) return;
    const words = this.words ?? this.arrive();
    /** @param {string} text */
    const tell = (text) => this.say([first, text].join(" ").trim());
    try {
      this.settings = asked(words, this.settings, (name) => this.fields.get(name)?.text ?? "");
      const answer = ANSWERS[this.settings.ask](words, this.settings, (row) => this.askFor(row));
      this.show(answer);
      tell(isDone ? answer.said : "");
    } catch (error) {
      if (!(error instanceof Mistake)) throw error;
      if (isDone) tell(error.message);
    }
  }

  /** Makes the words of what has come, and offers some where the reader has begun one. */
  arrive() {
    const { contents } = this.data;
    const words = (this.words = new Words(contents));
    this.scenes = new Scenes(words, contents.tensors);
    for (const field of this.fields.values()) if (field.input === document.activeElement) field.offer();
    return words;
  }

  /* Pictures and words */

  /** @param {Answer} answer */
  show(answer) {
    const isAll = this.settings.map === "all";
    const { share, ...scene } = this.scenes.of(answer, isAll);
    this.result.replaceChildren(answer.table);
    this.beside.textContent = answer.beside;
    this.link.show(addressOf(NAME, encode(this.settings)));
    this.map.show(scene);
    this.shares.textContent = `Three directions of 300 are shown. They hold ${Math.round(100 * share)}% of the spread of ${isAll ? "all words" : "these words"}.`;
    this.points = scene.points;
    this.listPlaces();
  }

  /** Lists the map, where the reader has opened the list. */
  listPlaces() {
    if (this.details.open) this.places.replaceChildren(placeTable(this.points));
  }
}
