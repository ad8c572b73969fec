/* Sliders along the principal components of the codes, and a walk between two faces; the chapter's decoder
   draws each face. */

import { addressOf, stateIn } from "../shared/address.js";
import { button, element } from "../shared/dom.js";
import { contextOf } from "../shared/drawing.js";
import { Link } from "../shared/link.js";
import { Loading, megabytes } from "../shared/loading.js";
import { Model } from "../shared/model.js";
import { troubleOf } from "../shared/state.js";
import { calm } from "../shared/watching.js";
import { Slider, signed } from "./controls.js";
import { Faces, SIDE, keyOf } from "./faces.js";
import { Newest } from "../shared/newest.js";
import { Numbers } from "./numbers.js";
import { FARTHEST, between, drawn, padded, rounded } from "./positions.js";
import { decode, encode } from "./state.js";

/** @import { Face } from "./faces.js" */
/** @import { Settings } from "./state.js" */
/**
 * What the page's cells tell: the names of the sliders; of the lesson's two faces where all sliders stand,
 * and pictures of them as addresses.
 * @typedef {{names: string[], faces: number[][], pictures: string[]}} Told
 * @typedef {{shown: number[], settings: Settings}} Wish
 */

const NAME = "face-sliders";
const WORDS = {
  name: "the network",
  come: "The network and what runs it come",
  after: "All stays on your device.",
  here: "The network is here",
  safe: "The sliders stay where they are.",
};
const DURATION = 5_000; // milliseconds of a walk
const HINT = "Move a slider, draw a face at random, or walk to the second face.";
const POSITIONS = { min: -FARTHEST, max: FARTHEST, step: 0.1 };
const WAY = { min: 0, max: 100, step: 1 };

/**
 * Builds the sliders.
 * @param {HTMLElement} stage Where they stand.
 * @param {{files: string, value: string}} told The files of the network, and what the page's cells tell.
 */
export const mount = (stage, told) => new FaceSliders(stage, told);

/**
 * Says of what comes how much is the network: what runs it is the larger part.
 * @param {Model} model
 */
const partsOf = ({ bytes, files }) =>
  `${megabytes(files.model.bytes)} are the network, ${megabytes(bytes - files.model.bytes)} what runs it. Your browser keeps both.`;

/** @param {string} label */
function canvasOf(label) {
  const canvas = element("canvas", { role: "img", "aria-label": label });
  canvas.width = canvas.height = SIDE;
  return canvas;
}

class FaceSliders {
  /** @type {Settings} What the reader has chosen; from a link first. */
  settings;

  /**
   * @param {HTMLElement} stage
   * @param {{files: string, value: string}} told
   */
  constructor(stage, { files, value }) {
    this.stage = stage;
    /** @type {Told} */
    this.told = JSON.parse(value);
    const [face, other] = this.told.faces.map(padded);
    /** @type {Settings} */
    this.usual = { face, other, way: 0 };
    const model = new Model(files);
    /** @param {string} text */
    const say = (text) => (this.status.textContent = text);
    this.say = say;
    this.status = element("p", { role: "status", class: "said" });
    this.loading = new Loading(model, "your first move", say, () => this.draw(true), WORDS);
    this.faces = new Faces(model);
    /** @type {Newest<Wish, Face[]>} */
    this.newest = new Newest((wish) => this.make(wish), (made, wish) => this.show(made, wish));
    this.isPlaying = false;
    this.pending = 0;
    this.startedAt = 0;
    this.isAwake = false; // nothing is fetched before the reader's first move
    this.isLast = false; // whether the reader has let go
    this.message = "The network is here: the face follows the sliders."; // said when the picture is there
    this.large = canvasOf("No face is drawn yet.");
    this.ends = ["The first face", "The second face"].map(canvasOf);
    this.caption = element("p", { class: "caption" });
    this.sliders = this.told.names.map(
      (name, k) => new Slider(capitalized(name), POSITIONS, signed, (position, isLast) => this.turn(k, position, isLast)),
    );
    this.way = new Slider("Way to the second face", WAY, (way) => `${Math.round(way)}%`, (way, isLast) => this.goTo(way, isLast));
    this.play = button("Walk", () => (this.isPlaying ? this.pause() : this.begin()), { class: "play" });
    this.numbers = new Numbers(say);
    this.link = new Link(say);
    this.layOut(partsOf(model));
    addEventListener("hashchange", () => this.open(stateIn(location.hash, NAME), true));
    this.open(stateIn(location.hash, NAME) ?? "", false);
    this.showPictures();
  }

  /** @param {string} parts What of the network and what runs it is which. */
  layOut(parts) {
    const [first, second] = this.ends;
    this.loading.panel.append(element("p", { class: "note" }, parts));
    this.stage.append(
      this.loading.panel,
      element(
        "div", { class: "studio" },
        element("div", { class: "face" }, this.large, this.caption),
        element(
          "section", { "aria-label": "Sliders" },
          element("div", { class: "sliders" }, ...this.sliders.map(({ field }) => field)),
          element(
            "div", { class: "row" },
            button("Random face", () => this.draws()),
            button("Reset", () => this.choose({ face: padded([]), way: 0 }, "All sliders are at 0: the mean face.")),
            button("The lesson’s faces", () => this.choose(this.usual, "The lesson’s two faces.")),
          ),
          this.status,
        ),
        element(
          "section", { class: "walk", "aria-label": "Walk between two faces" },
          first,
          element(
            "div", { class: "path" },
            this.way.field, this.play, button("Another second face", () => this.drawsOther()),
          ),
          second,
        ),
      ),
      this.numbers.details,
      element("p", { class: "title" }, "A link to these faces"),
      this.link.row,
    );
  }

  /* The pictures of the lesson's faces, which come with the page; the network's own take their place. */
  showPictures() {
    const places = [[this.large, this.ends[0]], [this.ends[1]]];
    this.told.pictures.forEach(async (address, n) => {
      const picture = Object.assign(new Image(), { src: address });
      await picture.decode();
      const isUsual = [this.settings.face, this.settings.other][n].every((each, k) => each === this.told.faces[n][k]);
      if (!isUsual || this.isAwake) return;
      for (const canvas of places[n]) contextOf(canvas).drawImage(picture, 0, 0);
      if (n === 0) this.describe(this.usual.face, this.usual);
    });
  }

  /* What the reader does */

  /**
   * Takes a state from a link; null is the address of something else.
   * @param {string|null} text
   * @param {boolean} isAsked Whether the reader has pressed the link on this page.
   */
  open(text, isAsked) {
    if (text === null) return;
    const { settings, problems, unknown } = decode(text, this.usual);
    const trouble = troubleOf(problems, unknown, "the figure");
    this.settings = settings;
    this.pause();
    this.say(trouble || HINT);
    if (isAsked) this.draw(true);
    else this.sketch();
  }

  /**
   * Takes a choice.
   * @param {Partial<Settings>} values
   * @param {string} message What is said when its picture is there.
   * @param {boolean} [isLast] Whether the reader has let go.
   */
  choose(values, message, isLast = true) {
    this.pause();
    this.settings = { ...this.settings, ...values };
    this.message = message || (this.loading.isReady ? "" : this.message);
    if (!message) this.say("");
    this.draw(isLast);
  }

  /**
   * Moves one slider of the face that is shown, which becomes the first face.
   * @param {number} place
   * @param {number} position
   * @param {boolean} isLast
   */
  turn(place, position, isLast) {
    const { face, way } = this.settings;
    const from = way === 0 ? face : this.shown().map(rounded);
    this.choose({ face: from.with(place, rounded(position)), way: 0 }, "", isLast);
  }

  draws() {
    this.choose({ face: drawn(seed()), way: 0 }, "A face drawn at random.");
  }

  drawsOther() {
    this.choose({ other: drawn(seed()) }, "Another second face, drawn at random.");
  }

  /**
   * Goes some of the way to the second face.
   * @param {number} way In percent.
   * @param {boolean} isLast
   */
  goTo(way, isLast) {
    this.choose({ way }, "", isLast);
  }

  begin() {
    const isAtEnd = this.settings.way >= 100;
    if (calm.matches) return this.choose({ way: isAtEnd ? 0 : 100 }, isAtEnd ? "The first face." : "The second face.");
    if (isAtEnd) this.settings = { ...this.settings, way: 0 };
    this.isPlaying = true;
    this.play.textContent = "Pause";
    this.startedAt = 0; // with the first picture: the network may have to come first
    this.draw(true);
  }

  pause() {
    this.isPlaying = false;
    this.play.textContent = "Walk";
  }

  /* Pictures and words */

  /** Gives where the sliders of the face that is shown stand. */
  shown() {
    const { face, other, way } = this.settings;
    return between(face, other, way / 100);
  }

  /** @param {boolean} isLast Whether the reader has let go. */
  draw(isLast) {
    this.isAwake = true;
    this.isLast ||= isLast;
    this.pending ||= requestAnimationFrame((now) => this.frame(now));
  }

  /** @param {number} now In milliseconds. */
  frame(now) {
    this.pending = 0;
    if (this.isPlaying && this.loading.isReady) this.walk(now);
    this.sketch();
    const mayTry = this.isLast || !this.loading.hasFailed; // the next try is when the reader lets go
    this.isLast = false;
    if (mayTry) this.newest.want({ shown: this.shown(), settings: this.settings });
  }

  /** @param {number} now In milliseconds. */
  walk(now) {
    this.startedAt ||= now - (this.settings.way / 100) * DURATION;
    const way = Math.min(100, Math.max(0, (100 * (now - this.startedAt)) / DURATION));
    this.settings = { ...this.settings, way };
    if (way < 100) return;
    this.pause();
    this.message = "The second face.";
  }

  /* All that needs no network. */
  sketch() {
    const shown = this.shown();
    this.sliders.forEach((slider, k) => slider.show(shown[k]));
    this.way.show(this.settings.way);
    this.caption.textContent = placeOf(this.settings);
    const way = Math.round(this.settings.way);
    this.link.show(addressOf(NAME, encode({ ...this.settings, way }, this.usual)));
    if (!this.loading.isReady) {
      const [ofLarge, ofFirst, ofSecond] = [shown, this.settings.face, this.settings.other].map(keyOf);
      const [first, second] = this.told.faces.map((face) => keyOf(padded(face)));
      this.large.classList.toggle("stale", ofLarge !== first);
      this.ends[0].classList.toggle("stale", ofFirst !== first);
      this.ends[1].classList.toggle("stale", ofSecond !== second);
    }
  }

  /** @param {Wish} wish */
  async make({ shown, settings: { face, other } }) {
    if (!this.loading.isReady && !this.loading.refusal) this.say("The network is on its way.");
    if (await this.loading.ready()) return this.faces.of([shown, face, other]);
    this.pause();
    return null;
  }

  /**
   * Shows what was made.
   * @param {Face[]} made
   * @param {Wish} wish
   */
  show(made, { shown, settings }) {
    [this.large, ...this.ends].forEach((canvas, n) => {
      contextOf(canvas).putImageData(made[n].picture, 0, 0);
      canvas.classList.remove("stale");
    });
    this.describe(shown, settings);
    this.numbers.show(made[0].code);
    if (this.message && keyOf(shown) === keyOf(this.shown())) {
      this.say(this.message);
      this.message = "";
    }
    if (this.isPlaying) this.draw(false);
  }

  /**
   * Says of the large picture where its sliders stand.
   * @param {number[]} shown
   * @param {Settings} settings
   */
  describe(shown, settings) {
    const sliders = this.told.names.map((name, k) => `${name} ${signed(shown[k])}`);
    this.large.setAttribute("aria-label", `${placeOf(settings)}, with its sliders at ${sliders.join(", ")}.`);
  }
}

/**
 * Says how far on the way a face is.
 * @param {Settings} settings
 */
function placeOf({ way }) {
  if (way === 0) return "The first face";
  return way === 100 ? "The second face" : `${Math.round(way)}% of the way to the second face`;
}

/** @param {string} name */
const capitalized = (name) => name[0].toUpperCase() + name.slice(1);

const seed = () => crypto.getRandomValues(new Uint32Array(1))[0];
