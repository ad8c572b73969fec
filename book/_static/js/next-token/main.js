/* The lesson's GPT in the page: it goes on with a text, token by token, and says what surprises it in another. */

import { addressOf, stateIn } from "../shared/address.js";
import { button, element } from "../shared/dom.js";
import { Link } from "../shared/link.js";
import { Loading, megabytes } from "../shared/loading.js";
import { Model } from "../shared/model.js";
import { troubleOf } from "../shared/state.js";
import { BytePairs } from "./byte_pairs.js";
import { Gpt } from "./gpt.js";
import { Reader } from "./reader.js";
import { TASKS, USUAL, decode, encode } from "./state.js";
import { Writer } from "./writer.js";

/** @import { Settings, Task } from "./state.js" */
/**
 * What the page's cell tells: the merges of the byte pairs, the letters of the novels, and how surprised the net is at
 * the novel it was chosen by, in bits.
 * @typedef {{merges: number[], letters: string, judged: {title: string, token: number, character: number}}} Told
 */
/**
 * What both tasks work with.
 * @typedef {object} Desk
 * @property {Settings} settings
 * @property {BytePairs} pairs
 * @property {string} letters
 * @property {Told["judged"]} judged
 * @property {Gpt} gpt
 * @property {() => Promise<boolean>} ready Fetches the net if need be.
 * @property {(text: string) => void} say
 * @property {(values: Partial<Settings>, isShown?: boolean) => void} change
 */

const NAME = "next-token";
const WORDS = {
  name: "the network",
  come: "The network and what runs it come",
  after: "What you type stays on your device.",
  here: "The network is here",
  safe: "What you typed is still there.",
};
/** @type {Record<Task, string>} */
const TITLES = { write: "It goes on with a text", read: "It reads a text of yours" };
const HINTS = {
  write: "Press “Step”, or type a beginning of your own.",
  read: "Press “Read it”, or type a text of your own.",
};

/**
 * Builds both tasks.
 * @param {HTMLElement} stage Where they stand.
 * @param {{files: string, value: string}} told The files of the network, and what the page's cell tells.
 */
export const mount = (stage, told) => new NextToken(stage, told);

/** @implements {Desk} */
class NextToken {
  settings = USUAL;

  /**
   * @param {HTMLElement} stage
   * @param {{files: string, value: string}} told
   */
  constructor(stage, { files, value }) {
    /** @type {Told} */
    const { merges, letters, judged } = JSON.parse(value);
    const model = new Model(files);
    /** @param {string} text */
    this.say = (text) => {
      if (this.status.textContent !== text) this.status.textContent = text; // said again, it would be read again
    };
    this.letters = letters;
    this.judged = judged;
    this.pairs = new BytePairs(merges);
    this.gpt = new Gpt(model, this.pairs.encode("\n")[0]);
    this.status = element("p", { role: "status", class: "said" });
    this.loading = new Loading(model, "your first step", this.say, () => this.task.look(), WORDS);
    this.ready = () => this.loading.ready();
    this.tasks = { write: new Writer(this), read: new Reader(this) };
    this.buttons = TASKS.map((task) => button(TITLES[task], () => this.turnTo(task)));
    this.link = new Link(this.say);
    this.loading.panel.append(element("p", { class: "note" }, partsOf(model)));
    stage.append(
      this.loading.panel,
      element("div", { class: "row asks", role: "group", "aria-label": "What the network does" }, ...this.buttons),
      this.status,
      ...TASKS.map((task) => this.tasks[task].panel),
      element("p", { class: "title" }, "A link to these texts and settings"),
      this.link.row,
    );
    addEventListener("hashchange", () => this.open(stateIn(location.hash, NAME), true));
    this.open(stateIn(location.hash, NAME) ?? "", false);
  }

  get task() {
    return this.tasks[this.settings.task];
  }

  /**
   * Takes a state from a link; null is the address of something else.
   * @param {string|null} text
   * @param {boolean} isAsked Whether the reader has pressed the link on this page.
   */
  open(text, isAsked) {
    if (text === null) return;
    const { settings, problems, unknown } = decode(text);
    if (isAsked) this.tasks.write.remember();
    this.change(settings);
    this.say(troubleOf(problems, unknown, "the figure") || HINTS[settings.task]);
    if (isAsked) this.task.look();
  }

  /** @param {Task} task */
  turnTo(task) {
    this.change({ task });
    this.say(HINTS[task]);
    if (this.loading.isReady) this.task.look();
  }

  /**
   * Takes settings.
   * @param {Partial<Settings>} values
   * @param {boolean} [isShown] Else they are shown with the next.
   */
  change(values, isShown = true) {
    this.settings = { ...this.settings, ...values };
    if (!isShown) return;
    TASKS.forEach((task, n) => {
      this.buttons[n].setAttribute("aria-pressed", String(task === this.settings.task));
      this.tasks[task].panel.hidden = task !== this.settings.task;
    });
    this.task.show();
    this.link.show(addressOf(NAME, encode(this.settings)));
  }
}

/**
 * Says of what comes how much is the network: what runs it is the larger part.
 * @param {Model} model
 */
const partsOf = ({ bytes, files }) =>
  `${megabytes(files.model.bytes)} are the network, ${megabytes(bytes - files.model.bytes)} what runs it. Your browser keeps both.`;
