/* Draw a digit, and the chapter's own network reads it. */

import { Bars, answerOf, percent, probabilitiesOf } from "../shared/answers.js";
import { button, choice, element } from "../shared/dom.js";
import { palette } from "../shared/drawing.js";
import { Loading } from "../shared/loading.js";
import { Model } from "../shared/model.js";
import { Pad } from "../shared/pad.js";
import { captioned, picture } from "../shared/pictures.js";
import { FRAME, blank, prepare, shifted } from "../shared/preparing.js";
import { intoCorner, paperOf, tilted, withPen } from "../shared/strokes.js";
import { watch } from "../shared/watching.js";
import { drawings } from "./drawings.js";

/** @import { Pixels } from "../shared/preparing.js" */
/** @import { Drawing } from "../shared/strokes.js" */

/** @type {[string, string][]} */
const PENS = [["0.05", "thin"], ["0.085", "medium"], ["0.13", "thick"]];
const SHIFT = 5; // pixels in the frame
const LEAN = 25; // degrees
/* The steps that are shown, with their names; on clean paper nothing else changes between them. */
const SHOWN = [
  ["invert", "inverted"],
  ["dropSpecks", "paper and specks dropped"],
  ["crop", "cropped"],
  ["fitBox", "fitted into 20 × 20"],
  ["center", "centered in 28 × 28"],
];
/**
 * The same digit otherwise: what is done to the strokes, or afterwards to the pixels.
 * @type {[name: string, change: (drawing: Drawing) => Drawing, afterwards?: (image: Pixels) => Pixels][]}
 */
const VARIANTS = [
  ["as you drew it", (drawing) => drawing],
  ["in the corner of the paper", intoCorner],
  ["thinner", (drawing) => withPen(drawing, 0.5)],
  ["thicker", (drawing) => withPen(drawing, 1.8)],
  ["tilted to the left", (drawing) => tilted(drawing, -LEAN)],
  ["tilted to the right", (drawing) => tilted(drawing, LEAN)],
  [`moved by ${SHIFT} pixels after all steps`, (drawing) => drawing, (image) => shifted(image, SHIFT, SHIFT)],
];

/**
 * Builds the reader of digits.
 * @param {HTMLElement} stage Where it stands.
 * @param {{files: string}} told What the page says of it: the files of the network.
 */
export const mount = (stage, told) => new DrawADigit(stage, told);

class DrawADigit {
  /**
   * @param {HTMLElement} stage
   * @param {{files: string}} told
   */
  constructor(stage, { files }) {
    this.stage = stage;
    this.model = new Model(files);
    this.drawings = drawings();
    this.isFinished = true;
    this.pending = 0;
    this.turn = {};
    /** @param {string} text */
    const say = (text) => (this.status.textContent = text);
    this.status = element("p", { role: "status", class: "said" });
    this.pad = new Pad(
      element("canvas", { role: "img", class: "pad", "aria-label": "Paper to draw a digit on. Samples are below it." }),
      (isFinished) => this.change(isFinished),
    );
    this.loading = new Loading(this.model, "your first stroke", say, () => this.look(true));
    this.bars = new Bars();
    const pen = choice("Pen", PENS, (value) => {
      this.pad.width = Number(value);
      this.change(true);
    });
    pen.select.value = "0.085";
    this.pen = pen.select;
    /** @type {[number, string][]} */
    const digits = [...Array(10).keys()].map((digit) => [digit, String(digit)]);
    /** @type {[string, string][]} */
    const styles = [...new Set(this.drawings.map(({ style }) => style))].map((style) => [style, style]);
    const digit = choice("Sample", digits, () => this.useSample());
    const style = choice("Style", styles, () => this.useSample());
    this.sample = { digit: digit.select, style: style.select };
    this.steps = element("div", { class: "strip" });
    this.variants = element("div", { class: "strip" });
    this.test = element("div", { class: "strip small" });
    this.tested = element("p", {});
    this.layOut(pen.field, digit.field, style.field);
    this.clear();
    this.look(true); // at once, so that what stands below has its place from the start
    watch(stage, { resized: () => this.redraw(), seen: () => {}, recolored: () => this.redraw() });
  }

  /** @param {...HTMLElement} fields What the reader chooses with. */
  layOut(...fields) {
    this.stage.append(
      this.loading.panel,
      element(
        "div", { class: "pictures" },
        element(
          "section", { "aria-label": "The paper" },
          element("p", { class: "title" }, "Draw one digit here"),
          this.pad.canvas,
          element(
            "div", { class: "row" },
            button("Clear", () => this.clear()), ...fields,
            button("Draw the sample", () => this.useSample()),
          ),
        ),
        element("section", { "aria-label": "What the network says" }, this.status, this.bars.table),
      ),
      element("p", { class: "title" }, "What the network gets to see"),
      this.steps,
      element("p", { class: "title" }, "Why? The same digit otherwise"),
      this.variants,
      element(
        "p", { class: "note" },
        "The steps undo where and how large you write, so the corner changes nothing. They do not undo the pen or a tilt: there the network must have learned enough. Moved after all steps, the same strokes meet other weights, for this network has its own weights for each pixel.",
      ),
      element(
        "details", {},
        element("summary", {}, "Fifty drawings as a test"),
        element(
          "p", {},
          "Each digit in five styles, set down point by point by the book’s makers and varied by chance. They are not the handwriting of fifty people, and the network was not trained on them.",
        ),
        element("div", { class: "row" }, button("Read all fifty", () => this.readAll()), this.tested),
        this.test,
      ),
    );
  }

  clear() {
    this.pad.use({ strokes: [], width: Number(this.pen.value) });
    this.status.textContent = "Draw a digit with a pen, a finger or the mouse, or take a sample.";
  }

  useSample() {
    const { digit, style } = this.sample;
    const found = this.drawings.find((each) => String(each.digit) === digit.value && each.style === style.value);
    if (found) this.pad.use(found);
  }

  redraw() {
    this.pad.draw(palette(this.stage));
  }

  /**
   * Draws at once; looks at the digit once a frame; says the answer when the pen is up.
   * @param {boolean} isFinished
   */
  change(isFinished) {
    this.isFinished = isFinished;
    this.pending ||= requestAnimationFrame(() => {
      this.pending = 0;
      this.redraw();
      this.look(this.isFinished);
    });
  }

  /** @param {boolean} isFinished Whether the pen is up. */
  async look(isFinished) {
    const turn = (this.turn = {});
    const paper = paperOf(this.pad.drawing);
    const stages = this.pad.strokes.length ? prepare(paper) : null;
    this.showSteps(paper, stages);
    if (!stages) return this.show(VARIANTS.map(([name]) => [name, blank()]), null, false);
    if (this.loading.hasFailed && !isFinished) return; // the next try is at the end of a stroke
    if (!(await this.loading.ready()) || turn !== this.turn) return; // the pen has moved on
    /** @type {[string, Pixels][]} */
    const seen = VARIANTS.map(([name, change, afterwards = (image) => image]) => [
      name, afterwards(preparedOf(change(this.pad.drawing))),
    ]);
    const answers = await this.read(seen.map(([, image]) => image));
    if (turn === this.turn) this.show(seen, answers, isFinished);
  }

  /**
   * Gives the probabilities of prepared images.
   * @param {Pixels[]} images
   */
  async read(images) {
    const pixels = new Float32Array(images.length * FRAME * FRAME);
    images.forEach(({ data }, n) => pixels.set(data, n * FRAME * FRAME));
    return probabilitiesOf(await this.model.run(pixels, [images.length, 1, FRAME, FRAME]));
  }

  /**
   * Shows what becomes of the paper.
   * @param {Pixels} paper
   * @param {Record<string, Pixels>|null} stages
   */
  showSteps(paper, stages) {
    this.steps.replaceChildren(
      captioned(picture(paper, "Your drawing.", { isPaper: true }), "your drawing"),
      ...SHOWN.map(([step, name]) => captioned(picture(stages?.[step] ?? blank(), `The digit, ${name}.`), name)),
    );
  }

  /**
   * Shows the digit and its variants with their answers; frames and dashes where nothing is drawn.
   * @param {[string, Pixels][]} seen
   * @param {number[][]|null} answers
   * @param {boolean} isFinished
   */
  show(seen, answers, isFinished) {
    this.bars.show(answers?.[0]);
    const own = answers && answerOf(answers[0]);
    this.variants.replaceChildren(
      ...seen.map(([name, image], n) => {
        const answer = answers && answerOf(answers[n]);
        const said = element("strong", {}, answer ? `${answer.digit}, ${percent(answer.probability)}` : "–");
        const shown = captioned(picture(image, `The digit ${name}.`), name, element("br"), said);
        shown.classList.toggle("other", answer?.digit !== own?.digit);
        return shown;
      }),
    );
    if (isFinished && own) this.status.textContent = `The network reads a ${own.digit}, ${percent(own.probability)} sure.`;
  }

  async readAll() {
    if (!(await this.loading.ready())) return;
    const images = this.drawings.map(preparedOf);
    const answers = (await this.read(images)).map(answerOf);
    const right = answers.filter(({ digit }, n) => digit === this.drawings[n].digit).length;
    this.tested.textContent = `${right} of ${images.length} are read rightly.`;
    this.test.replaceChildren(
      ...images.map((image, n) => {
        const isRight = answers[n].digit === this.drawings[n].digit;
        const shown = captioned(
          picture(image, `A ${this.drawings[n].digit}, ${this.drawings[n].style}.`),
          element(isRight ? "span" : "strong", {}, isRight ? String(answers[n].digit) : `${answers[n].digit} ✗`),
        );
        shown.classList.toggle("other", !isRight);
        return shown;
      }),
    );
  }
}

/**
 * Gives what the network gets of a drawing; an empty frame where the steps leave nothing of it.
 * @param {Drawing} drawing
 */
const preparedOf = (drawing) => prepare(paperOf(drawing))?.center ?? blank();
