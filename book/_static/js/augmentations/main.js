/* Augmentations: the list, its draws, what a network says of them, and the same in torchvision. */

import { stateIn } from "../shared/address.js";
import { button, element } from "../shared/dom.js";
import { messageOf } from "../shared/errors.js";
import { Loading } from "../shared/loading.js";
import { Model } from "../shared/model.js";
import { troubleOf } from "../shared/state.js";
import { answerOf, percent, probabilitiesOf } from "./answers.js";
import { Choices } from "./choices.js";
import { Chosen } from "./chosen.js";
import { Codes } from "./codes.js";
import { drawn, fitted } from "./draws.js";
import { Hand } from "./hand.js";
import { fileIn, pictureIn } from "./own.js";
import { SIDE } from "./pixels.js";
import { QUESTIONS, SAMPLES, brokenBy, inReach, sampleOf } from "./samples.js";
import { COUNT, PRESETS, decode, nextSeed } from "./state.js";
import { changed } from "./steps.js";
import { Tiles } from "./tiles.js";
import { NAMES, TRANSFORMS, wordsOf } from "./transforms.js";

/** @import { Picture } from "./pixels.js" */
/** @import { Rule } from "./samples.js" */
/** @import { Settings } from "./state.js" */
/** @import { Amounts } from "./transforms.js" */

const NAME = "augmentations";

/**
 * A picture with what was done to it; the key names what decides its pixels.
 * @typedef {{amounts: Amounts, key: string, picture: Picture, answer?: number[]}} Draw
 */

/**
 * Builds the stage.
 * @param {HTMLElement} stage Where it stands.
 * @param {{files?: string}} told What the page says of it: the files of the network.
 */
export const mount = (stage, told) => new Augmentations(stage, told);

class Augmentations {
  /** @type {Settings} What the reader has chosen; from a link first. */
  settings;
  /** @type {Picture} As it is. */
  picture;
  /** @type {Draw[]} The first is not changed. */
  draws = [];
  /** @type {Picture|null} What the reader has brought. */
  own = null;
  isOwn = false;

  /**
   * @param {HTMLElement} stage
   * @param {{files?: string}} told
   */
  constructor(stage, { files = "{}" }) {
    this.stage = stage;
    this.pending = 0;
    this.isFinished = true;
    this.turn = {};
    this.bringing = {};
    /** @param {string} text */
    const say = (text) => (this.status.textContent = text);
    this.say = say;
    this.status = element("p", { role: "status", class: "said" });
    this.model = new Model(files);
    this.loading = new Loading(this.model, "this button", say, () => this.ask());
    this.choices = new Choices({
      choose: (values, isLast) => this.choose(values, isLast),
      take: (sample) => this.take(sample),
      bring: (file) => this.bring(file),
    });
    this.tiles = new Tiles(COUNT, (chosen) => this.choose({ chosen, hand: null }));
    this.warnings = element("ul", { class: "warnings" });
    this.chosen = new Chosen();
    this.hand = new Hand((amounts, isLast) => this.choose({ hand: fitted(amounts) }, isLast));
    this.codes = new Codes(NAME, say);
    this.layOut();
    this.listenToDrops();
    addEventListener("hashchange", () => this.open(stateIn(location.hash, NAME)));
    this.open(stateIn(location.hash, NAME) ?? "");
  }

  layOut() {
    const { choices } = this;
    this.stage.append(
      element("div", { class: "row" }, ...choices.fields, button("Draw others", () => this.drawOthers(), { class: "play" })),
      element(
        "div", { class: "file" },
        element("span", {}, "Or your own picture, chosen or dropped here; it never leaves this page:"), choices.file,
      ),
      this.loading.panel,
      this.status,
      element(
        "div", { class: "pictures" },
        element(
          "section", { "aria-label": "The picture and eleven changed ones" },
          element("p", { class: "title" }, "As it is, and eleven draws: choose one"),
          this.tiles.grid,
        ),
        element(
          "section", { "aria-label": "How far each transform may go" },
          element("p", { class: "title" }, "How far may each go?"),
          element("div", { class: "sliders" }, ...NAMES.map((name) => choices.sliders[name].field)),
        ),
      ),
      element(
        "section", { "aria-label": "Still the same label?" },
        element("p", { class: "title" }, "Still the same label?"),
        this.warnings,
      ),
      element(
        "div", { class: "pictures" },
        element(
          "section", { "aria-label": "The chosen picture" },
          element("p", { class: "title" }, "The chosen one, before and after"),
          this.chosen.pair,
          this.chosen.done,
        ),
        element(
          "section", { "aria-label": "What the network says of it" },
          this.chosen.bars.table,
          element("p", { class: "note" }, "It was taught drawings alone, so a photo can fool it. It has no other answers: a 6 or a word is none of these kinds."),
        ),
      ),
      element("details", {}, element("summary", {}, "Set the amounts of the chosen one by hand"), this.hand.fields),
      this.codes.details,
    );
  }

  listenToDrops() {
    const { classList } = this.stage;
    this.stage.addEventListener("dragover", (event) => {
      event.preventDefault();
      classList.add("over");
    });
    this.stage.addEventListener("dragleave", () => classList.remove("over"));
    this.stage.addEventListener("drop", (event) => {
      event.preventDefault();
      classList.remove("over");
      this.bring(fileIn(event.dataTransfer));
    });
  }

  /* What the reader does */

  /**
   * Takes a state from a link; null is the address of something else.
   * @param {string|null} text
   */
  open(text) {
    if (text === null) return;
    const { settings, problems, unknown } = decode(text);
    this.settings = settings;
    this.trouble = troubleOf(problems, unknown, "this list");
    this.take(settings.sample, settings.hand);
  }

  /**
   * Takes a sample, or the picture that the reader has brought before.
   * @param {string|null} sample
   * @param {Amounts|null} [hand]
   */
  take(sample, hand = null) {
    this.bringing = {}; // a file that is still being read comes too late
    this.isOwn = sample === null;
    this.picture = this.isOwn && this.own ? this.own : sampleOf(sample ?? this.settings.sample);
    this.choose({ sample: sample ?? this.settings.sample, hand });
  }

  /** @param {File|undefined} file */
  async bring(file) {
    if (!file) return;
    const bringing = (this.bringing = {});
    try {
      const picture = await pictureIn(file);
      if (bringing !== this.bringing) return;
      this.own = picture;
      this.take(null);
    } catch (error) {
      if (bringing === this.bringing) this.say(messageOf(error));
    }
  }

  drawOthers() {
    this.choose({ seed: nextSeed(this.settings.seed), hand: null });
  }

  /**
   * Takes a choice; pictures follow once a frame, the network's answers when the reader has let go.
   * @param {Partial<Settings>} values
   * @param {boolean} [isLast]
   */
  choose(values, isLast = true) {
    this.settings = { ...this.settings, ...values };
    this.isFinished = isLast;
    this.pending ||= requestAnimationFrame(() => this.frame());
  }

  /* Pictures and words */

  frame() {
    this.pending = 0;
    this.turn = {}; // what is being asked is out of date
    this.draws = Array.from({ length: COUNT + 1 }, (_, number) => this.drawOf(number));
    const { settings, draws } = this;
    this.tiles.paint(draws.map(({ picture }) => picture));
    this.choices.show(settings, this.isOwn);
    this.hand.show(settings, draws[settings.chosen].amounts);
    this.codes.show(settings, draws[settings.chosen].amounts);
    this.showRules();
    this.showChosen();
    this.tell();
    if (this.isFinished) this.finish();
  }

  /**
   * Makes a picture, or gives the one that is there if it is the same.
   * @param {number} number
   * @returns {Draw}
   */
  drawOf(number) {
    const { seed, chosen, hand, fill } = this.settings;
    const isByHand = number === chosen && hand;
    const amounts = isByHand ? hand : drawn(number ? this.settings : PRESETS.none, seed, number);
    const key = `${fill} ${Object.values(amounts)}`;
    const before = this.draws[number];
    const isSame = before?.key === key && this.draws[0].picture === this.picture;
    return isSame ? before : { amounts, key, picture: changed(this.picture, amounts, fill) };
  }

  finish() {
    if (this.trouble) this.say(this.trouble);
    else if (!this.loading.isReady) this.say("Eleven changed pictures. Fetch the network to see what it says of each.");
    this.trouble = "";
    if (this.loading.isReady) this.ask();
  }

  /** Asks the network about every picture that it has not seen, one at a time, so that the page stays awake. */
  async ask() {
    const turn = (this.turn = {});
    for (const draw of this.draws) {
      if (draw.answer) continue;
      const logits = await this.model.run(draw.picture.data, [1, 3, SIDE, SIDE]);
      draw.answer = probabilitiesOf(logits); // of its own picture, whatever has happened since
      await new Promise((resolve) => setTimeout(resolve));
      if (turn !== this.turn) return; // the reader has gone on
      this.tell();
    }
    this.report();
  }

  /** @returns {Rule[]} */
  rules() {
    return this.isOwn ? QUESTIONS : SAMPLES[this.settings.sample].rules;
  }

  showRules() {
    const rules = inReach(this.rules(), this.settings);
    const label = this.isOwn ? "what you call it" : SAMPLES[this.settings.sample].label;
    this.warnings.replaceChildren(
      ...rules.map(({ transform, text }) => element("li", {}, element("strong", {}, `${TRANSFORMS[transform].label}. `), text)),
    );
    if (!rules.length) {
      this.warnings.append(element("li", { class: "fine" }, `At these strengths nothing makes it anything other than ${label}.`));
    }
  }

  /**
   * Gives why the label of a draw is in doubt; of the reader's own picture only the reader knows.
   * @param {Draw} draw
   */
  doubtsOf({ amounts }) {
    return this.isOwn ? [] : brokenBy(this.rules(), amounts);
  }

  showChosen() {
    const { chosen } = this.settings;
    const draw = this.draws[chosen];
    this.chosen.show(chosen, [this.picture, draw.picture], wordsOf(draw.amounts), this.doubtsOf(draw));
  }

  /** Says of each picture what is known of it. */
  tell() {
    const { chosen } = this.settings;
    this.tiles.tell(chosen, this.draws.map((draw) => ({
      words: wordsOf(draw.amounts), answer: draw.answer, isDoubtful: this.doubtsOf(draw).length > 0,
    })));
    this.chosen.bars.show([this.draws[0].answer, this.draws[chosen].answer]);
  }

  report() {
    const [own, ...others] = this.draws.flatMap(({ answer }) => (answer ? [answerOf(answer)] : []));
    const count = others.filter(({ kind }) => kind !== own.kind).length;
    const outcome = count ? `${count} of ${COUNT} changed pictures get another answer` : "all changed pictures get the same answer";
    const { kind, probability } = others[this.settings.chosen - 1];
    this.say(`As it is, the network says ${own.kind}, ${percent(own.probability)}; ${outcome}. Picture ${this.settings.chosen}: ${kind}, ${percent(probability)}.`);
  }
}
