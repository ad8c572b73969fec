/* The net goes on with a text: one token at a time, by chance or as the reader chooses. */

import { percent } from "../shared/answers.js";
import { button, element } from "../shared/dom.js";
import { Random } from "../shared/random.js";
import { calm } from "../shared/watching.js";
import { Branches, PERPLEXITY, likelihood } from "./branches.js";
import { Candidates } from "./candidates.js";
import { chances, drawn, heated, softmax } from "./filters.js";
import { CONTEXT } from "./gpt.js";
import { changesOf, fitted } from "./letters.js";
import { Setting } from "./setting.js";
import { ALL, LIMITS, MOST_LETTERS, MOST_SEED, MOST_WRITTEN } from "./state.js";

/** @import { Written } from "./branches.js" */
/** @import { Desk } from "./main.js" */

const LENGTH = 40; // tokens that are written at once
const BEGINNINGS = ["Captain Wentworth was", "It is a truth universally acknowledged, that", "“My dear Mr. Bennet,” said", ""];
const SETTINGS = {
  temperature: {
    label: "Temperature", step: 0.01, stops: Array.from({ length: 40 }, (_, k) => (k + 1) / 20),
    refusal: "a temperature lies between 0.01 and 5. At 0 one would divide by 0; for the likeliest token take top-k 1.",
  },
  k: {
    label: "Top-k", step: 1, stops: [1, 2, 3, 5, 10, 20, 50, 100, 200, 500, ALL],
    refusal: `top-k keeps 1 to ${ALL.toLocaleString("en")} tokens; all of them is no cut.`,
  },
  p: {
    label: "Top-p", step: 0.01, stops: Array.from({ length: 20 }, (_, k) => (k + 1) / 20),
    refusal: "top-p lies between 0.01 and 1. A share of 0 would leave no token; 1 is no cut.",
  },
};

export class Writer {
  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.turn = {};
    this.running = {}; // the turn of what is being written
    this.wanted = 0; // tokens of it that are to come
    /** @type {(Written & {seed: number})[]} What was there before, the last one last. */
    this.past = [];
    /** @type {{key: string, logits: Float32Array}} Of the text last asked about. */
    this.known = { key: "none", logits: new Float32Array(ALL) };
    const id = "next-token-beginning";
    /** @type {HTMLTextAreaElement} */
    this.field = element("textarea", {
      id, rows: 2, maxlength: MOST_LETTERS, spellcheck: "false", input: () => this.begin(this.field.value),
    });
    this.beginning = element("div", { class: "field" }, element("label", { for: id }, "A beginning in English"), this.field);
    this.passage = element("p", { class: "passage", tabindex: 0, role: "group", "aria-label": "The text so far" });
    this.note = element("p", { class: "note" });
    this.likelihood = element("p", { class: "note" });
    this.writing = button(`Write ${LENGTH}`, () => (this.isWriting ? this.halt() : this.write()));
    this.candidates = new Candidates((token) => this.choose(token));
    /** @param {keyof typeof SETTINGS} name */
    const setting = (name) =>
      new Setting({ ...SETTINGS[name], ...LIMITS[name] }, (value) => this.alter({ [name]: value }), desk.say);
    this.temperature = setting("temperature");
    this.k = setting("k");
    this.p = setting("p");
    const seed = { label: "Seed", least: 0, most: MOST_SEED, step: 1, stops: [0], refusal: "a seed is a whole number up to 999,999." };
    this.seed = new Setting(seed, (value) => this.alter({ seed: value }), desk.say);
    this.seed.slider.hidden = true; // no seed is near to another
    this.branches = new Branches((written) => this.restore(written), desk.say);
    this.isWriting = false;
    this.panel = this.laidOut();
  }

  laidOut() {
    return element(
      "div", { class: "task" },
      this.beginning,
      element(
        "div", { class: "row examples", role: "group", "aria-label": "Examples of beginnings" },
        ...BEGINNINGS.map((text) => button(text || "nothing: a new paragraph", () => this.begin(text))),
      ),
      this.passage,
      element(
        "div", { class: "row" },
        button("Step", () => this.step(), { class: "play" }), this.writing,
        button("Undo", () => this.undo()),
        button("Again, other seed", () => this.again()), button("Branch", () => this.branch()),
      ),
      this.likelihood,
      this.note,
      element(
        "div", { class: "pictures" },
        this.candidates.section,
        element(
          "section", { "aria-label": "How a token is drawn" },
          element("p", { class: "title" }, "How a token is drawn"),
          this.temperature.field, this.k.field, this.p.field, this.seed.field,
          element("p", { class: "note" }, `First the temperature, then top-k, then top-p; the rest is made to sum to 1. ${PERPLEXITY}`),
        ),
      ),
      this.branches.section,
    );
  }

  get added() {
    return this.desk.settings.added;
  }

  /** All tokens, those of the beginning first. */
  get ids() {
    const { pairs, letters, settings } = this.desk;
    return [...pairs.encode(fitted(settings.text, letters).text), ...settings.added];
  }

  /* What the reader does */

  /** @param {string} text */
  begin(text) {
    if (this.added.length) this.remember();
    this.desk.change({ text, added: [] });
    this.look();
  }

  /** @param {Partial<Record<"temperature"|"k"|"p"|"seed", number>>} values */
  alter(values) {
    this.desk.change(values);
    this.look();
  }

  step() {
    const isAtIt = this.running === this.turn && !this.isWriting;
    if (isAtIt) this.wanted++;
    else this.advance(1, true);
  }

  write() {
    this.advance(LENGTH, true);
  }

  /** Writes as many tokens anew, with other chance. */
  again() {
    const count = Math.max(1, this.added.length);
    this.remember();
    this.desk.change({ seed: (this.desk.settings.seed + 1) % (MOST_SEED + 1), added: [] });
    this.advance(count, false);
  }

  /** @param {number} id Of the token that the reader takes. */
  choose(id) {
    if (this.isFull()) return;
    this.remember();
    this.desk.change({ added: [...this.added, id] });
    this.look(`${this.desk.pairs.wordsOf(id)} is taken.`);
  }

  undo() {
    const last = this.past.pop();
    if (!last) return this.desk.say("There is nothing to undo.");
    this.desk.change(last);
    this.look("Undone.");
  }

  /** @param {Written} written */
  restore({ text, added }) {
    this.remember();
    this.desk.change({ text, added });
    this.look("The branch is the present text.");
  }

  async branch() {
    const { settings: { text, added }, pairs } = this.desk;
    const bits = await this.look();
    if (bits !== null) this.branches.keep({ written: { text, added }, continuation: pairs.decode(added), bits });
  }

  /* What the net does */

  remember() {
    const { text, added, seed } = this.desk.settings;
    this.past.push({ text, added, seed });
  }

  isFull() {
    const isFull = this.added.length >= MOST_WRITTEN;
    if (isFull) this.desk.say(`${MOST_WRITTEN} tokens are as many as are written here. Undo some, or begin anew.`);
    return isFull;
  }

  halt() {
    this.desk.change({});
    this.look("Stopped.");
  }

  /** @param {boolean} isWriting */
  mark(isWriting) {
    this.isWriting = isWriting;
    this.writing.textContent = isWriting ? "Stop" : `Write ${LENGTH}`;
  }

  /** Gives the logits of what comes next. */
  async expected() {
    const { ids } = this;
    const key = ids.join();
    if (this.known.key !== key) this.known = { key, logits: await this.desk.gpt.next(ids) };
    return this.known.logits;
  }

  /**
   * Draws tokens, one after the other; whatever the reader does meanwhile ends it.
   * @param {number} count
   * @param {boolean} isUndoneSingly Whether each can be taken back.
   */
  async advance(count, isUndoneSingly) {
    if (this.isFull()) return;
    const turn = (this.turn = this.running = {});
    this.wanted = count;
    this.mark(count > 1);
    if (!(await this.desk.ready())) return this.end(turn);
    if (turn === this.turn && count > 1) this.desk.say("It writes …");
    let said = "";
    for (; this.wanted && this.added.length < MOST_WRITTEN; this.wanted--) {
      const logits = await this.expected();
      if (turn !== this.turn) return;
      const { seed } = this.desk.settings;
      const likely = chances(logits, this.desk.settings);
      const id = drawn(likely, new Random(seed, "next token", this.added.length).next());
      said = `${this.desk.pairs.wordsOf(id)} is drawn; its chance was ${percent(likely[id])}.`;
      if (isUndoneSingly) this.remember();
      this.desk.change({ added: [...this.added, id] }, !calm.matches);
      if (count > 1 && !calm.matches) await new Promise(requestAnimationFrame);
    }
    if (turn !== this.turn) return;
    this.desk.change({});
    this.look(count > 1 ? "It is written." : said);
  }

  /** @param {object} turn Of what could not be written. */
  end(turn) {
    if (turn !== this.turn) return;
    this.running = {};
    this.mark(false);
  }

  /**
   * Shows what may come next.
   * @param {string} [said] For the status, when it is there.
   * @returns {Promise<number|null>} The surprise at what was written, in bits; null where there is none, or no longer.
   */
  async look(said = "") {
    const turn = (this.turn = {});
    this.mark(false);
    if (!(await this.desk.ready())) return null;
    await this.desk.gpt.last; // of texts that are typed meanwhile the last one counts
    if (turn !== this.turn) return null;
    const logits = await this.expected();
    const surprises = await this.desk.gpt.surprises(this.ids);
    if (turn !== this.turn) return null;
    const { settings, pairs } = this.desk;
    this.candidates.show(pairs, logits, softmax(heated(logits, settings.temperature)), chances(logits, settings));
    const { length } = this.added;
    const bits = length ? surprises.slice(-length).reduce((sum, each) => sum + each.bits, 0) : 0;
    this.likelihood.textContent = `By the net: ${likelihood(length, bits)}`;
    this.desk.say(said);
    return bits;
  }

  /** Shows all that needs no net. */
  show() {
    const { settings, pairs, letters } = this.desk;
    const { text, added } = settings;
    if (this.field.value !== text) this.field.value = text;
    this.temperature.show(settings.temperature);
    this.k.show(settings.k);
    this.p.show(settings.p);
    this.seed.show(settings.seed);
    const begun = fitted(text, letters);
    this.passage.replaceChildren(
      begun.text,
      element("span", { class: "drawn" }, pairs.decode(added.slice(0, -1)), element("span", { class: "newest" }, pairs.decode(added.slice(-1)))),
    );
    this.passage.scrollTop = this.passage.scrollHeight;
    const count = this.ids.length + 1;
    const sentences = [changesOf(begun)];
    if (!added.length && begun.text.endsWith(" ")) sentences.push("The beginning ends with a space, and tokens begin with theirs.");
    if (count > CONTEXT) sentences.push(`The net sees the last ${CONTEXT} of ${count} tokens.`);
    this.note.textContent = sentences.join(" ").trim();
    this.likelihood.textContent = "";
    this.candidates.wait();
  }
}
