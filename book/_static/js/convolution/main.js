/* Step through a convolution: a picture to draw on, a kernel to write, each sum term by term, and what a unit sees. */

import { addressOf, stateIn } from "../shared/address.js";
import { button, choice, element } from "../shared/dom.js";
import { messageOf } from "../shared/errors.js";
import { Link } from "../shared/link.js";
import { troubleOf } from "../shared/state.js";
import { calm } from "../shared/watching.js";
import { Bench, geometryOf } from "./bench.js";
import { FieldMaps } from "./field_maps.js";
import { filtersIn } from "./filters.js";
import { LARGEST as LARGEST_KERNEL, kernelName, kernelsWith, withSize } from "./kernels.js";
import { BRIGHTEST, LARGEST, PICTURES, SMALLEST, pictureName, withSide } from "./pictures.js";
import { DILATIONS, PADDINGS, STRIDES, decode, encode } from "./state.js";
import { Sweep } from "./sweep.js";

/** @import { Settings } from "./state.js" */

const NAME = "convolution";
const OWN = "own"; // what is in no list

/** @type {(values: number[]) => [number, string][]} */
const plain = (values) => values.map((value) => [value, String(value)]);
/** @type {(least: number, most: number) => number[]} */
const range = (least, most) => Array.from({ length: most - least + 1 }, (_, k) => least + k);
/** @type {(least: number, most: number) => [number, string][]} */
const squares = (least, most) => range(least, most).map((side) => [side, `${side} × ${side}`]);

/**
 * Builds it, with the filters of the chapter's network among the kernels: they take less room than this file.
 * @param {HTMLElement} stage Where it stands.
 * @param {{data?: string}} dataset Where the filters are.
 */
export async function mount(stage, { data }) {
  /** @type {number[][][]} */
  let filters = [];
  let trouble = "";
  try {
    if (data) filters = await filtersIn(data);
  } catch (error) {
    trouble = `The network’s filters did not arrive (${messageOf(error)}). All else works; reload the page to try again.`;
  }
  const convolution = new Convolution(stage, filters);
  if (trouble) convolution.say(trouble);
}

class Convolution {
  /** @type {Settings} What the reader has chosen; from a link first. */
  settings;
  /** Whether sums show only as far as the window has come. */
  isFilling = false;

  /**
   * @param {HTMLElement} stage
   * @param {number[][][]} filters
   */
  constructor(stage, filters) {
    this.stage = stage;
    this.kernels = kernelsWith(filters);
    this.bench = new Bench(
      (values, isLast) => this.choose(values, isLast),
      (place, isPointed) => this.point(place, isPointed),
      (text) => this.say(text),
    );
    this.fields = new FieldMaps((layer, unit) => this.look(layer, unit));
    this.sweep = new Sweep((index) => this.go(index), () => this.end());
    this.status = element("p", { role: "status", class: "said" });
    this.play = button("Sweep", () => (this.sweep.isPlaying ? this.pause() : this.begin()), { class: "play" });
    this.back = button("Back", () => this.step(-1));
    this.next = button("Next", () => this.step(1));
    /** @type {HTMLInputElement} */
    this.slider = element("input", {
      type: "range", min: 1, step: 1, "aria-label": "Window", input: () => this.scrub(), change: () => this.report(),
    });
    this.stepLabel = element("span", { class: "brief", "aria-hidden": "true" });
    this.link = new Link((text) => this.say(text));
    /** @type {Record<string, HTMLSelectElement>} */
    this.selects = {};
    this.layOut();
    addEventListener("hashchange", () => this.open(stateIn(location.hash, NAME)));
    this.open(stateIn(location.hash, NAME) ?? "");
  }

  layOut() {
    this.stage.append(
      element("div", { class: "row bar" }, this.play, this.back, this.next, this.slider, this.stepLabel),
      element("div", { class: "fields" }, ...this.choices()),
      this.status,
      ...this.bench.parts,
      element(
        "section", { "aria-label": "Receptive field" },
        element("p", { class: "title" }, "Three such layers: choose a unit (stronger color, more roads)"),
        this.fields.row,
        this.fields.text,
      ),
      element("section", { "aria-label": "Link" }, element("p", { class: "title" }, "A link to this state"), this.link.row),
    );
  }

  choices() {
    /** @type {[string, string][]} */
    const pictures = Object.entries(PICTURES).map(([name, { label }]) => [name, label]);
    /** @type {[string, string][]} */
    const kernels = [...this.kernels].map(([name, { label }]) => [name, label]);
    const { drawing } = this.bench;
    const brush = choice("Draw with", plain(range(0, BRIGHTEST)), (value) => (drawing.brush = Number(value)));
    brush.select.value = String(drawing.brush);
    return [
      this.field("picture", "Picture", [...pictures, [OWN, "Your own"]], (name) => (name === OWN ? {} : { picture: PICTURES[name].picture })),
      this.field("side", "Picture’s side", squares(SMALLEST, LARGEST), (side) => ({ picture: withSide(this.settings.picture, Number(side)) })),
      brush.field,
      this.field("kernel", "Kernel", [...kernels, [OWN, "Your own"]], (name) => ({ kernel: this.kernels.get(name)?.weights ?? this.settings.kernel })),
      this.field("size", "Kernel’s side", squares(1, LARGEST_KERNEL), (size) => ({ kernel: withSize(this.settings.kernel, Number(size)) })),
      this.field("padding", "Padding", plain(PADDINGS)),
      this.field("stride", "Stride", plain(STRIDES)),
      this.field("dilation", "Dilation", plain(DILATIONS)),
    ];
  }

  /**
   * Makes a choice.
   * @param {string} name
   * @param {string} label
   * @param {[string|number, string][]} choices
   * @param {(value: string) => Partial<Settings>} [values] The settings that a choice means.
   */
  field(name, label, choices, values = (value) => ({ [name]: Number(value) })) {
    const { field, select } = choice(label, choices, (text) => this.choose(values(text)));
    this.selects[name] = select;
    return field;
  }

  /* What the reader does */

  /**
   * Takes a state from a link; null is the address of something else.
   * @param {string|null} text
   */
  open(text) {
    if (text === null) return;
    const { settings, problems, unknown } = decode(text, this.kernels);
    this.settings = settings;
    this.renew();
    const trouble = troubleOf(problems, unknown, "the convolution");
    if (trouble) this.say(trouble);
    else if (text) this.report();
    else this.say("Press Next, or choose one of the sums: the window moves, and what it gives is written out.");
  }

  /**
   * Takes a choice; all sums are computed anew at once.
   * @param {Partial<Settings>} values
   * @param {boolean} [isLast] Whether the hand rests.
   */
  choose(values, isLast = true) {
    this.settings = { ...this.settings, ...values };
    this.renew();
    if (isLast) this.report();
  }

  /**
   * Moves the window to a place; all sums show.
   * @param {number[]} place
   * @param {boolean} isPointed Else the keys' own cell says what is there.
   */
  point(place, isPointed) {
    this.stop();
    this.isFilling = false;
    this.settings = { ...this.settings, at: place };
    this.showWindow();
    if (isPointed) this.report();
  }

  /**
   * Shows another unit's field.
   * @param {number} layer
   * @param {number[]} unit
   */
  look(layer, unit) {
    this.settings = { ...this.settings, layer, unit };
    this.showField();
    this.say(this.fields.summary);
  }

  /* Going through all windows */

  get side() {
    return this.bench.sums.length;
  }

  /** The window's number, from 0 on. */
  get index() {
    const [row, column] = this.settings.at;
    return row * this.side + column;
  }

  /** @param {number} index */
  go(index) {
    this.settings = { ...this.settings, at: [Math.floor(index / this.side), index % this.side] };
    this.showWindow();
  }

  /** @param {number} by */
  step(by) {
    this.stop();
    this.go(Math.max(0, Math.min(this.side ** 2 - 1, this.index + by)));
    this.report();
  }

  scrub() {
    this.stop();
    this.go(this.slider.valueAsNumber - 1);
  }

  begin() {
    if (calm.matches) {
      this.go(this.side ** 2 - 1);
      return this.end();
    }
    this.isFilling = true;
    this.say(""); // where the window was before
    this.play.textContent = "Pause";
    this.sweep.begin(this.index, this.side ** 2);
  }

  pause() {
    this.stop();
    this.report();
  }

  end() {
    this.stop();
    this.isFilling = false;
    this.showWindow();
    this.say(this.bench.summary);
  }

  stop() {
    this.sweep.stop();
    this.play.textContent = "Sweep";
  }

  /* What shows */

  renew() {
    this.stop();
    this.isFilling = false;
    this.bench.show(this.settings);
    const last = Math.max(0, this.side - 1);
    this.settings = { ...this.settings, at: this.settings.at.map((place) => Math.min(place, last)) };
    const { picture, kernel, padding, stride, dilation } = this.settings;
    const chosen = {
      picture: pictureName(picture) ?? OWN, side: picture.length, kernel: kernelName(kernel, this.kernels) ?? OWN,
      size: kernel.length, padding, stride, dilation,
    };
    for (const [name, value] of Object.entries(chosen)) this.selects[name].value = String(value);
    this.showWindow();
    this.showField();
  }

  showWindow() {
    const count = this.side ** 2;
    this.bench.showWindow(this.settings, this.isFilling);
    this.slider.max = String(Math.max(1, count));
    this.slider.value = String(this.index + 1);
    this.stepLabel.textContent = count ? `window ${this.index + 1} of ${count}` : "no window";
    this.play.disabled = this.slider.disabled = !count;
    this.back.disabled = !this.index;
    this.next.disabled = this.index >= count - 1;
    this.showLink();
  }

  showField() {
    const { picture, layer, unit } = this.settings;
    this.fields.show(picture.length, geometryOf(this.settings), layer, unit);
    this.showLink();
  }

  showLink() {
    this.link.show(addressOf(NAME, encode(this.settings, this.kernels)));
  }

  report() {
    this.say(this.bench.report);
  }

  /** @param {string} text */
  say(text) {
    this.status.textContent = text;
  }
}
