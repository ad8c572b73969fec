/* What do heads look at? The first layers of the chapter's encoder, on a sentence of the reader's own. */

import { addressOf, stateIn } from "../shared/address.js";
import { Data } from "../shared/data.js";
import { button, choice, element } from "../shared/dom.js";
import { palette } from "../shared/drawing.js";
import { Link } from "../shared/link.js";
import { Loading, megabytes } from "../shared/loading.js";
import { Model } from "../shared/model.js";
import { troubleOf } from "../shared/state.js";
import { Tokenizer } from "../shared/tokenizer.js";
import { watch } from "../shared/watching.js";
import { EXAMPLES, HEADS } from "./examples.js";
import { OneHead } from "./one_head.js";
import { Overview } from "./overview.js";
import { fitting, inputOf, seenIn, weightsOf } from "./seen.js";
import { habitOf, lookOf, shortened } from "./sentences.js";
import { LONGEST, USUAL, decode, encode } from "./state.js";

/** @import { Seen } from "./seen.js" */
/** @import { Settings } from "./state.js" */

const NAME = "attention-heads";
const OWN = "own";
const SENTENCES = {
  name: "the sentences", come: "The other sentences and the list of word pieces come", after: "",
  here: "The sentences are here", safe: "Nothing is lost.",
};
const NETWORK = {
  name: "the network", come: "The network and what runs it come", after: "Your sentence stays on your device.",
  here: "The network is here", safe: "Your sentence is still there.",
};

/**
 * Builds the figure.
 * @param {HTMLElement} stage Where it stands.
 * @param {{data: string, files: string, value: string}} told What the page says of it: files of sentences and network,
 *     and the first sentence as it was read.
 */
export const mount = (stage, told) => new AttentionHeads(stage, told);

class AttentionHeads {
  /** @type {Settings} */
  settings = USUAL;
  /** @type {Tokenizer|null} Once its pieces are here. */
  tokenizer = null;

  /**
   * @param {HTMLElement} stage
   * @param {{data: string, files: string, value: string}} told
   */
  constructor(stage, { data, files, value }) {
    this.stage = stage;
    this.seen = seenIn(value);
    /** @type {Map<string, Seen>} Sentences that were read, by their text. */
    this.known = new Map([[this.seen.text, this.seen]]);
    this.data = new Data(data);
    this.model = new Model(files);
    this.turn = {};
    this.status = element("p", { role: "status", class: "said" });
    /** @param {string} text */
    const say = (text) => (this.status.textContent = text);
    this.say = say;
    this.sentences = new Loading(this.data, "your first choice", say, () => this.read(), SENTENCES);
    this.network = new Loading(this.model, "a sentence of your own", say, () => this.read(), NETWORK);
    this.sentences.panel.hidden = true;
    /** @type {[string, string][]} */
    const offered = [...EXAMPLES.map((text, k) => /** @type {[string, string]} */ ([String(k), text])), [OWN, "your own"]];
    this.example = choice(
      `Sentence (the others come with your first choice: ${megabytes(this.data.bytes)})`, offered,
      (chosen) => this.takeExample(chosen),
    );
    /** @type {HTMLInputElement} */
    this.own = element("input", {
      type: "text", id: "attention-heads-own", maxlength: LONGEST, autocomplete: "off", spellcheck: "false",
    });
    this.overview = new Overview((head) => this.choose(head));
    this.oneHead = new OneHead((place) => this.choose({ piece: place + 1 }), () => this.oneHead.draw(palette(stage)));
    this.title = element("p", { class: "title" });
    this.habit = element("p", { class: "habit" });
    this.shortened = element("p", { class: "note" });
    this.named = HEADS.map(([name, head]) =>
      button(`${name} (${head.layer}, ${head.head})`, () => this.choose(head)),
    );
    this.link = new Link(say);
    this.layOut();
    watch(stage, { resized: () => this.redraw(), seen: () => {}, recolored: () => this.redraw() });
    addEventListener("hashchange", () => this.open(stateIn(location.hash, NAME)));
    this.open(stateIn(location.hash, NAME) ?? "", false);
  }

  layOut() {
    const form = element(
      "form",
      {
        class: "own",
        submit: (event) => {
          event.preventDefault();
          this.takeOwn();
        },
      },
      element("p", { class: "field" }, element("label", { for: this.own.id }, "Or a sentence of your own, in English"), this.own),
      element("button", { type: "submit" }, "Read it"),
    );
    this.stage.append(
      this.example.field,
      this.sentences.panel,
      form,
      this.network.panel,
      this.status,
      element(
        "div", { class: "pictures" },
        element(
          "section", { "aria-label": "All heads" },
          element("p", { class: "title" }, "48 heads: four layers, twelve in each"),
          element("div", { class: "numbered" }, ...numbers(), this.overview.list),
          element("p", { class: "note" }, "Rows look at columns; the bluer, the more. Press a head, or use arrow keys. A piece that begins with ## continues a word."),
          element("p", { class: "title" }, "Heads that look at (layer, head)"),
          element("div", { class: "row named", role: "group", "aria-label": "Heads that look at" }, ...this.named),
        ),
        element(
          "section", { "aria-label": "One head" },
          this.title, this.habit, this.oneHead.panel, this.shortened,
        ),
      ),
      element("p", { class: "title" }, "A link to this sentence, head and piece"),
      this.link.row,
    );
  }

  /* What the reader does */

  /**
   * Takes a state from a link; null is the address of something else.
   * @param {string|null} text
   * @param {boolean} [isPressed] Whether the reader has just followed it, so that files may come.
   */
  async open(text, isPressed = true) {
    if (text === null) return;
    const { settings, problems, unknown } = decode(text);
    this.settings = settings;
    if (!EXAMPLES.includes(settings.text)) this.own.value = settings.text;
    const trouble = troubleOf(problems, unknown, "this figure");
    if (!this.known.has(settings.text) && !isPressed) {
      const isExample = EXAMPLES.includes(settings.text);
      this.redraw();
      this.sentences.panel.hidden = !isExample;
      return this.say(`${trouble} Press “Fetch the ${isExample ? "sentences" : "network"}” to read the sentence of the link.`.trim());
    }
    const isHere = await this.read(!isPressed && !trouble);
    if (isHere && trouble) this.say(trouble);
    else if (isHere && !isPressed) this.say("Press a head or a word, choose a sentence, or type your own.");
  }

  /** @param {string} chosen */
  takeExample(chosen) {
    if (chosen === OWN) return this.own.focus();
    this.choose({ text: EXAMPLES[Number(chosen)], piece: 2 });
  }

  takeOwn() {
    const text = this.own.value.trim();
    if (!text) {
      this.own.focus();
      return this.say("Type a sentence first.");
    }
    this.choose({ text, piece: 2 });
  }

  /** @param {Partial<Settings>} values */
  choose(values) {
    this.settings = { ...this.settings, ...values };
    const isAwaited = values.text === undefined && !this.known.has(this.settings.text);
    if (isAwaited) this.redraw(); // the sentence that is shown; to fetch another one is not asked for
    else this.read();
  }

  /* Reading */

  /**
   * Reads the sentence, fetching what it takes; of sentences that wait, the last one counts.
   * @param {boolean} [isSilent]
   * @returns {Promise<boolean>} Whether it is shown.
   */
  async read(isSilent = false) {
    const turn = (this.turn = {});
    const { text } = this.settings;
    this.redraw();
    const seen = this.known.get(text) ?? (await this.fetched(text));
    if (!seen || turn !== this.turn) return false;
    this.known.set(text, seen);
    if (seen !== this.seen || !this.oneHead.seen) {
      this.seen = seen;
      this.oneHead.take(seen);
    }
    this.settings.piece = Math.min(this.settings.piece, seen.pieces.length);
    this.redraw();
    if (!isSilent) this.say([shortened(seen), lookOf(seen, this.settings, this.settings.piece - 1)].join(" ").trim());
    return true;
  }

  /**
   * Gives a sentence that is not known yet; null where something did not come.
   * @param {string} text
   * @returns {Promise<Seen|null>}
   */
  async fetched(text) {
    const isReady = await this.sentences.ready();
    this.sentences.panel.hidden = !this.sentences.hasFailed && !this.sentences.refusal;
    if (!isReady) return null;
    const { pieces, examples } = this.data.contents.texts;
    this.tokenizer ??= new Tokenizer(pieces);
    for (const seen of examples.map(seenIn)) if (!this.known.has(seen.text)) this.known.set(seen.text, seen);
    const found = this.known.get(text);
    if (found) return found;
    if (!(await this.network.ready())) return null;
    const all = this.tokenizer.cut(text);
    const read = fitting(all);
    const { values, shape } = inputOf(read);
    const weights = weightsOf(await this.model.run(values, shape), read.length);
    return { text, pieces: read.map(({ piece }) => piece), leftOut: all.length - read.length, weights };
  }

  /* Pictures and words */

  /** Marks what was chosen, wherever it is named. */
  mark() {
    const { text, layer, head } = this.settings;
    const place = EXAMPLES.indexOf(text);
    this.example.select.value = place < 0 ? OWN : String(place);
    this.overview.mark({ layer, head });
    HEADS.forEach(([, each], k) =>
      this.named[k].setAttribute("aria-pressed", String(each.layer === layer && each.head === head)),
    );
    this.link.show(addressOf(NAME, encode(this.settings)));
  }

  /** Shows what was chosen, for the sentence that was read last. */
  redraw() {
    this.mark();
    const { seen, settings } = this;
    const colors = palette(this.stage);
    if (!this.oneHead.seen) this.oneHead.take(seen);
    this.overview.show(seen, colors);
    this.title.textContent = `Layer ${settings.layer}, head ${settings.head}`;
    this.habit.textContent = habitOf(seen, settings);
    this.shortened.textContent = shortened(seen);
    this.oneHead.show(settings, Math.min(settings.piece, seen.pieces.length) - 1, colors);
  }
}

/** Gives the numbers of layers and heads beside the maps; the maps' own names say them, too. */
function numbers() {
  /** @type {(count: number, kind: string) => HTMLElement} */
  const line = (count, kind) =>
    element(
      "div", { class: kind, "aria-hidden": "true" },
      ...Array.from({ length: count }, (_, k) => element("span", {}, String(k + 1))),
    );
  return [line(12, "of-heads"), line(4, "of-layers")];
}
