/* The chapter's CNN from inside: a digit, all of its maps, and what becomes of them when it is moved. */

import { addressOf, stateIn } from "../shared/address.js";
import { Bars, answerOf, percent, probabilitiesOf } from "../shared/answers.js";
import { button, choice, element } from "../shared/dom.js";
import { palette } from "../shared/drawing.js";
import { Link } from "../shared/link.js";
import { Loading } from "../shared/loading.js";
import { Model } from "../shared/model.js";
import { Pad } from "../shared/pad.js";
import { captioned, picture } from "../shared/pictures.js";
import { FRAME, blank, prepare, shifted } from "../shared/preparing.js";
import { troubleOf } from "../shared/state.js";
import { paperOf } from "../shared/strokes.js";
import { watch } from "../shared/watching.js";
import { DIGITS, LAYERS, insideOf } from "./inside.js";
import { moveButtons, wordsOf } from "./moving.js";
import { OneMap } from "./one_map.js";
import { Shifts, answersAround } from "./shifts.js";
import { USUAL, decode, encode, reachable } from "./state.js";
import { Strip } from "./strip.js";
import { offBy } from "./tracing.js";

/** @import { Pixels } from "../shared/preparing.js" */
/** @import { Inside } from "./inside.js" */
/** @import { Settings } from "./state.js" */

const NAME = "feature-maps";
const OWN = "–"; // in place of a digit kept back
const BEGIN = "Draw a digit with a pen, a finger or the mouse, or take one that was kept back.";

/**
 * Builds the view into the network.
 * @param {HTMLElement} stage Where it stands.
 * @param {{files: string}} told What the page says of it: the files of the network.
 */
export const mount = (stage, told) => new FeatureMaps(stage, told);

class FeatureMaps {
  /** @type {Settings} What the reader has chosen; from a link first. */
  settings = USUAL;

  /**
   * @param {HTMLElement} stage
   * @param {{files: string}} told
   */
  constructor(stage, { files }) {
    this.stage = stage;
    this.model = new Model(files);
    this.isFinished = true;
    this.pending = 0;
    this.turn = {};
    /** @type {{still: Inside, there: Inside}|null} The net on the digit in the middle, and on the moved one. */
    this.inside = null;
    /** @type {Float32Array|null} The digits kept back, once the net has come. */
    this.digits = null;
    this.status = element("p", { role: "status", class: "said" });
    this.pad = new Pad(
      element("canvas", { role: "img", class: "pad", "aria-label": "Paper to draw a digit on. Digits to take are below it." }),
      (isFinished) => this.follow(isFinished),
    );
    this.loading = new Loading(this.model, "your first digit", (text) => this.say(text), () => this.look(true));
    this.bars = new Bars();
    this.seen = element("div", {});
    this.brief = element("span", { class: "brief" });
    /** @type {[string, string][]} */
    const digits = [OWN, ...Array(DIGITS).keys()].map((digit) => [String(digit), String(digit)]);
    this.sample = choice("Or one kept back", digits, (digit) => this.takeSample(digit));
    this.strips = LAYERS.map((_, number) => new Strip(number, (map) => this.choose(number, map)));
    this.oneMap = new OneMap();
    this.shifts = new Shifts((right, down) => this.moveTo(right, down));
    this.link = new Link((text) => this.say(text));
    this.layOut();
    watch(stage, { resized: () => this.redraw(), seen: () => {}, recolored: () => this.redraw() });
    addEventListener("hashchange", () => this.open(stateIn(location.hash, NAME)));
    this.open(stateIn(location.hash, NAME) ?? "", false);
  }

  layOut() {
    this.stage.append(
      this.loading.panel,
      element(
        "div", { class: "pictures" },
        element(
          "section", { "aria-label": "The paper" },
          element("p", { class: "title" }, "Draw one digit here"),
          this.pad.canvas,
          element("div", { class: "row" }, button("Clear", () => this.clear()), this.sample.field),
        ),
        element(
          "section", { "aria-label": "What the network says" },
          this.status,
          element("div", { class: "answer" }, this.seen, this.bars.table),
        ),
      ),
      element(
        "div", { class: "row bar" },
        moveButtons(
          (right, down) => this.moveTo(this.settings.right + right, this.settings.down + down),
          () => this.moveTo(0, 0),
        ),
        this.brief,
      ),
      element(
        "p", { class: "note" },
        "The bluer, the stronger. Press a map to enlarge it. Arrow keys go through the maps, and on the buttons above they move the digit.",
      ),
      ...this.strips.map(({ section }) => section),
      this.shifts.section,
      element(
        "p", { class: "note" },
        "In kernels blue is above 0, orange below. “Off by” compares a layer’s maps with those of the digit in the middle, pushed along by as many whole places: the mean difference as a share of their mean size, away from the borders.",
      ),
      element("p", { class: "title" }, "A link to this digit and map (your own drawing stays with you)"),
      this.link.row,
    );
  }

  /* What the reader does */

  /**
   * Takes a state from a link; null is the address of something else.
   * @param {string|null} text
   * @param {boolean} [isPressed] Whether the reader has just followed it, so that the net may come.
   */
  open(text, isPressed = true) {
    if (text === null) return;
    const { settings, problems, unknown } = decode(text);
    this.take(settings, []);
    const isAwaited = settings.digit !== null && !isPressed;
    if (isAwaited || settings.digit === null) this.empty();
    else this.change(true);
    const trouble = troubleOf(problems, unknown, "this figure");
    if (trouble) this.say(trouble);
    else this.say(isAwaited ? "Press “Fetch the network” to see the digit of the link." : BEGIN);
  }

  /** @param {string} digit */
  takeSample(digit) {
    if (digit === OWN) return this.clear();
    this.take({ ...this.settings, digit: Number(digit), right: 0, down: 0 }, []);
    this.change(true);
  }

  clear() {
    this.take({ ...this.settings, digit: null, right: 0, down: 0 }, []);
    this.empty();
    this.say(BEGIN);
  }

  /**
   * Follows the pen.
   * @param {boolean} isFinished
   */
  follow(isFinished) {
    this.take({ ...this.settings, digit: null, right: 0, down: 0 }, this.pad.strokes);
    this.change(isFinished);
  }

  /**
   * Takes another digit.
   * @param {Settings} settings
   * @param {number[][][]} strokes
   */
  take(settings, strokes) {
    this.turn = {}; // an answer on its way is about another digit
    this.settings = settings;
    this.pad.strokes = strokes;
    this.shifts.take(null);
    this.renew();
  }

  /** @type {(right: number, down: number) => void} */
  moveTo(right, down) {
    if (this.isBlank) return this.say("Draw a digit first, or take one; then move it.");
    this.turn = {};
    this.settings = { ...this.settings, right: reachable(right), down: reachable(down) };
    this.renew();
    this.change(true);
  }

  /**
   * Takes a map to look at.
   * @param {number} number
   * @param {number} map
   */
  choose(number, map) {
    this.settings = { ...this.settings, layer: number + 1, map: map + 1 };
    const place = this.strips[number].section;
    const before = place.getBoundingClientRect().top;
    this.renew();
    scrollBy({ top: place.getBoundingClientRect().top - before, behavior: "instant" }); // the map stays in place
    const words = this.showMap();
    if (words) this.say(words);
  }

  /* Running */

  get isBlank() {
    return this.settings.digit === null && !this.pad.strokes.length;
  }

  /** Shows what was chosen, wherever it is named. */
  renew() {
    const { digit, layer, map } = this.settings;
    this.sample.select.value = digit === null ? OWN : String(digit);
    this.strips.forEach((strip, number) => strip.mark(number === layer - 1 ? map - 1 : null));
    const { section } = this.strips[layer - 1];
    if (section.nextSibling !== this.oneMap.panel) section.after(this.oneMap.panel);
    this.link.show(addressOf(NAME, encode(this.settings)));
  }

  /** Shows that there is no digit. */
  empty() {
    this.turn = {};
    this.inside = null;
    this.brief.textContent = "";
    this.brief.classList.remove("other");
    this.bars.show();
    this.seen.replaceChildren(captioned(picture(blank(), "No digit yet."), "what the network gets"));
    this.redraw();
  }

  /**
   * Looks at the digit once a frame; says the answer when the pen is up.
   * @param {boolean} isFinished
   */
  change(isFinished) {
    this.isFinished = isFinished;
    this.pending ||= requestAnimationFrame(() => {
      this.pending = 0;
      this.pad.draw(palette(this.stage));
      this.look(this.isFinished);
    });
  }

  /** @param {boolean} isFinished Whether the pen is up. */
  async look(isFinished) {
    if (this.isBlank) return this.empty();
    const turn = (this.turn = {});
    if (this.loading.hasFailed && !isFinished) return; // the next try is at the end of a stroke
    if (!(await this.loading.ready()) || turn !== this.turn) return; // the pen has moved on
    const image = await this.image();
    const { right, down } = this.settings;
    const there = shifted(image, down, right);
    const [still, moved] = await this.read([image, there]);
    if (turn !== this.turn) return;
    this.inside = { still, there: moved };
    this.show(there, isFinished);
    if (!isFinished || this.shifts.answers) return;
    const answers = await answersAround(image, (images) => this.read(images), () => turn === this.turn);
    if (!answers || turn !== this.turn) return;
    this.shifts.take(answers);
    this.redraw();
  }

  /** Gives the digit in the middle, as the net gets it. */
  async image() {
    const { digit } = this.settings;
    if (digit === null) return prepare(paperOf(this.pad.drawing))?.center ?? blank();
    this.digits ??= (await this.read([blank()]))[0].digits;
    return { height: FRAME, width: FRAME, data: this.digits.slice(digit * FRAME ** 2, (digit + 1) * FRAME ** 2) };
  }

  /**
   * Runs the net.
   * @param {Pixels[]} images
   */
  async read(images) {
    const pixels = new Float32Array(images.length * FRAME * FRAME);
    images.forEach(({ data }, n) => pixels.set(data, n * FRAME * FRAME));
    return insideOf(await this.model.run(pixels, [images.length, 1, FRAME, FRAME]));
  }

  /* Pictures and words */

  /**
   * Shows the digit where it is now, and the answer.
   * @param {Pixels} image
   * @param {boolean} isFinished
   */
  show(image, isFinished) {
    if (!this.inside) return;
    const [still, there] = [this.inside.still, this.inside.there].map(({ logits }) => probabilitiesOf(logits)[0]);
    this.bars.show(there);
    this.seen.replaceChildren(captioned(picture(image, "The digit as the network gets it."), "what the network gets"));
    const [before, now] = [answerOf(still), answerOf(there)];
    const { right, down } = this.settings;
    const where = wordsOf(right, down);
    const other = before.digit === now.digit ? "" : `, in the middle ${before.digit}`;
    this.brief.textContent = `${where || "in the middle"}: reads ${now.digit}, ${percent(now.probability)}${other}`;
    this.brief.classList.toggle("other", Boolean(other));
    if (isFinished) this.say(this.sentence(where, before.digit, now.digit, now.probability));
    this.redraw();
  }

  /** @type {(where: string, before: number, now: number, probability: number) => string} */
  sentence(where, before, now, probability) {
    const { digit } = this.settings;
    const sure = `${percent(probability)} sure`;
    if (where) {
      return before === now
        ? `Moved by ${where}: still ${named(now)}, ${sure}.`
        : `Moved by ${where}: no longer ${named(before)}; the network reads ${named(now)}, ${sure}.`;
    }
    const truth = digit === null || digit === now ? "" : ` It is ${named(digit)}.`;
    return `The network reads ${named(now)}, ${sure}.${truth}`;
  }

  redraw() {
    const colors = palette(this.stage);
    this.pad.draw(colors);
    this.shifts.draw(this.settings.right, this.settings.down, colors);
    const { settings, inside } = this;
    const isMoved = settings.right || settings.down;
    this.strips.forEach((strip, number) => {
      const layer = LAYERS[number];
      strip.show(inside?.there.maps[number] ?? new Float32Array(layer.channels * layer.side ** 2), colors);
      const off = inside && isMoved ? offBy(number, layer, inside.still, inside.there, settings) : null;
      strip.off.textContent = off === null ? "" : `moved along, off by ${(100 * off).toFixed(0)}%`;
    });
    this.showMap();
  }

  /** Shows the chosen map and gives what there is to see. */
  showMap() {
    const { layer, map } = this.settings;
    return this.oneMap.show(layer - 1, map - 1, this.inside?.there ?? null, palette(this.stage));
  }

  /** @param {string} text */
  say(text) {
    this.status.textContent = text;
  }
}

/** @type {(digit: number) => string} */
const named = (digit) => (digit === 8 ? "an 8" : `a ${digit}`);
