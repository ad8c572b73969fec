/* The first network of the course, learning the spiral on the front page: the reader has pressed Play.

   The engine is the playground's, and so are its usual settings. */

import { Diagram, FIRST } from "../playground/diagram.js";
import { Grid } from "../playground/grid.js";
import { classPalette } from "../playground/marks.js";
import { Plane } from "../playground/planes.js";
import { Run } from "../playground/run.js";
import { decode } from "../playground/state.js";
import { element } from "../shared/dom.js";
import { calm, watch } from "../shared/watching.js";

/** @import { Colors } from "../playground/marks.js" */

const PACE = 0.35; // steps a millisecond, so that an eye can follow
const MOST = 25; // steps a picture, however late it comes
const LAST = 4_000; // steps
const GAP = 16; // pixels between the pictures
const NARROWEST = 140; // pixels that the network needs; with less, the plane stands alone
const SAY_EVERY = 8_000; // milliseconds between two words to a screen reader
const CALM_EVERY = 1_000; // milliseconds between two pictures for who asked for little motion

/**
 * Starts the network's training.
 * @param {HTMLElement} stage Where it stands; beside it are the button that was pressed and a note.
 */
export function mount(stage) {
  return new FirstNetwork(stage);
}

class FirstNetwork {
  /** @type {Run} */
  run;
  /** @type {Grid} */
  grid;

  /** @param {HTMLElement} stage */
  constructor(stage) {
    this.stage = stage;
    const place = /** @type {HTMLElement} */ (stage.parentElement);
    this.button = /** @type {HTMLButtonElement} */ (place.querySelector("button"));
    this.note = /** @type {HTMLElement} */ (place.querySelector(".note"));
    this.diagram = new Diagram(element("canvas", { role: "img", class: "diagram" }));
    this.plane = new Plane(element("canvas", { role: "img", class: "plane" }));
    this.status = element("p", { role: "status", class: "heard" });
    stage.append(this.diagram.canvas, this.plane.canvas, this.status);
    this.isPlaying = false;
    this.isSeen = true;
    this.isStale = true;
    this.pending = 0;
    this.lastFrame = 0;
    this.lastPicture = 0;
    this.lastSaid = 0;
    /** @type {Colors|null} */
    this.colors = null;
    this.begin();
    this.button.addEventListener("click", () => (this.isPlaying ? this.pause("Play") : this.play()));
    watch(stage, {
      resized: () => this.arrange(),
      seen: (isSeen) => {
        this.isSeen = isSeen;
        this.draw();
      },
      recolored: () => {
        this.colors = null;
        this.draw();
      },
    });
    this.play();
  }

  /** Takes a network that has learned nothing. */
  begin() {
    this.run = new Run(decode("").settings);
    this.grid = new Grid(this.run);
    this.arrange();
    const { widths, parameterCount } = this.run.network;
    const { training, test } = this.run;
    this.diagram.canvas.setAttribute("aria-label", `Network ${widths.join("-")} with ${parameterCount} parameters; each unit shows its field.`);
    this.plane.canvas.setAttribute(
      "aria-label",
      `Two spiral arms of points, ${training.labels.length} to learn from and ${test.labels.length} kept back, on the tint of what the network decides.`,
    );
  }

  arrange() {
    const { clientWidth, clientHeight } = this.stage;
    const { widths } = this.run.network;
    const room = clientWidth - clientHeight - GAP;
    this.diagram.canvas.hidden = room < NARROWEST;
    this.diagram.arrange(widths, Math.floor((room - FIRST) / (widths.length - 1)), clientHeight);
    this.draw();
  }

  play() {
    if (this.run.steps >= LAST) this.begin();
    this.isPlaying = true;
    this.button.textContent = "Pause";
    this.lastFrame = this.lastSaid = performance.now();
    this.request();
  }

  /** @param {string} next What the button does then. */
  pause(next) {
    this.isPlaying = false;
    this.button.textContent = next;
    this.draw();
    this.tell();
  }

  draw() {
    this.isStale = true;
    this.request();
  }

  request() {
    this.pending ||= requestAnimationFrame((now) => this.frame(now));
  }

  /** @param {number} now In milliseconds. */
  frame(now) {
    this.pending = 0;
    if (!this.isSeen) return;
    if (this.isPlaying) this.train(now);
    if (this.isStale || !calm.matches || now - this.lastPicture > CALM_EVERY) this.picture(now);
    if (this.isPlaying) this.request();
  }

  /** @param {number} now In milliseconds. */
  train(now) {
    const due = Math.min(MOST, Math.max(1, PACE * (now - this.lastFrame)), LAST - this.run.steps);
    this.lastFrame = now;
    for (let taken = 0; taken < due; taken++) this.run.step();
    if (this.run.steps >= LAST) this.pause("Again");
    else if (now - this.lastSaid > SAY_EVERY) this.tell();
  }

  /** @param {number} now In milliseconds. */
  picture(now) {
    this.isStale = false;
    this.lastPicture = now;
    const colors = (this.colors ??= classPalette(this.stage));
    this.grid.update();
    this.diagram.draw(this.grid, this.run, null, colors);
    this.plane.draw(this.grid, this.run, null, colors);
    this.note.textContent = this.summary();
  }

  /** Tells a screen reader what the note shows. */
  tell() {
    this.lastSaid = performance.now();
    this.status.textContent = this.summary();
  }

  summary() {
    const { accuracy } = this.run.evaluate(this.run.test);
    return `Step ${this.run.steps.toLocaleString("en")}: right on ${(100 * (accuracy ?? 0)).toFixed(1)}% of the points kept back.`;
  }
}
