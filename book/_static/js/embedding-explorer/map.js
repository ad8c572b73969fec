/* The map: words as points in three dimensions, turned by a pointer, keys or buttons. */

import { button, element } from "../shared/dom.js";
import { palette, sharp } from "../shared/drawing.js";
import { calm } from "../shared/watching.js";
import { View, WIDEST } from "./turning.js";

/** @import { Palette } from "../shared/drawing.js" */
/** @import { Role } from "./questions.js" */
/** @import { Seen } from "./turning.js" */
/**
 * @typedef {{name: string, role: Role, place: number[]}} Point A named word; its place has three coordinates.
 * @typedef {object} Scene
 * @property {Point[]} points
 * @property {number[][]} cloud Places of all words; empty where only the named ones are shown.
 * @property {number[][][]} arrows From one place to another.
 * @property {string} label What the map shows, in words.
 */

/** @type {Record<string, [around: number, above: number]>} */
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const STEP = Math.PI / 12; // of a key or a button
const SPIN = Math.PI / 6; // radians a second
const NEAR = 14; // pixels from a pointer to the word that it means
const STILL = 4; // pixels that a pointer moves in a click

/** @typedef {{color: keyof Palette, mark: "disk"|"square"|"triangle"}} Look */
/** How each role is drawn, so that color alone never tells. @type {Record<Role, Look>} */
const LOOKS = {
  given: { color: "orange", mark: "square" },
  answer: { color: "blue", mark: "disk" },
  from: { color: "orange", mark: "square" },
  to: { color: "green", mark: "triangle" },
  placed: { color: "blue", mark: "disk" },
};
/** @type {Role[]} */
const FIRST_NAMED = ["given", "from", "to"];

export class WordMap {
  /** @param {(row: number) => void} choose Told the number of the point in the cloud that was clicked. */
  constructor(choose) {
    this.choose = choose;
    this.view = new View();
    /** @type {Scene} */
    this.scene = { points: [], cloud: [], arrows: [], label: "The map comes with the words." };
    this.radius = 1;
    this.pending = 0;
    this.spunAt = 0;
    /** @type {Palette|null} */
    this.colors = null;
    this.canvas = element("canvas", { role: "img", "aria-label": this.scene.label });
    this.ground = element(
      "div", { class: "map", tabindex: 0, role: "group", "aria-label": "Map. Arrow keys turn it." },
      this.canvas,
    );
    this.ground.addEventListener("keydown", (event) => this.press(event));
    this.canvas.addEventListener("pointerdown", (event) => this.grasp(event));
    this.spinner = button("Spin", () => (this.isSpinning ? this.stop() : this.spin()), { hidden: calm.matches });
    calm.addEventListener("change", () => {
      this.stop();
      this.spinner.hidden = calm.matches;
    });
    this.row = element(
      "div", { class: "row turns" },
      ...Object.entries({ "←": "left", "→": "right", "↑": "up", "↓": "down" }).map(([sign, way]) => {
        const key = `Arrow${way[0].toUpperCase()}${way.slice(1)}`;
        return button(sign, () => this.turn(...KEYS[key]), { "aria-label": `Turn the map ${way}` });
      }),
      this.spinner,
      button("Reset", () => this.front(), { "aria-label": "Reset the map" }),
    );
  }

  get isSpinning() {
    return this.spunAt > 0;
  }

  /** @param {Scene} scene */
  show(scene) {
    this.scene = scene;
    const places = [...scene.points.map(({ place }) => place), ...scene.arrows.flat(), ...scene.cloud];
    this.radius = places.reduce((most, place) => Math.max(most, Math.hypot(...place)), 1e-9);
    this.canvas.setAttribute("aria-label", scene.label);
    this.draw();
  }

  /* Turning */

  /** @param {KeyboardEvent} event */
  press(event) {
    if (!KEYS[event.key] || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.turn(...KEYS[event.key]);
  }

  /** @type {(around: number, above: number) => void} */
  turn(around, above) {
    this.stop();
    this.view.turn(STEP * around, STEP * above);
    this.draw();
  }

  front() {
    this.stop();
    this.view.front();
    this.draw();
  }

  spin() {
    this.spunAt = performance.now();
    this.spinner.textContent = "Stop";
    this.draw();
  }

  stop() {
    this.spunAt = 0;
    this.spinner.textContent = "Spin";
  }

  /**
   * Follows a pointer: a drag turns, a click names a word. A finger that moves up or down scrolls the page.
   * @param {PointerEvent} event
   */
  grasp(event) {
    if (event.button) return;
    this.stop();
    const { canvas } = this;
    let [x, y] = [event.clientX, event.clientY];
    let way = 0;
    /** @param {PointerEvent} moved */
    const drag = (moved) => {
      const [across, down] = [moved.clientX - x, moved.clientY - y];
      [x, y] = [moved.clientX, moved.clientY];
      way += Math.hypot(across, down);
      const perPixel = Math.PI / canvas.clientWidth;
      this.view.turn(across * perPixel, down * perPixel);
      this.draw();
    };
    /** @param {PointerEvent} moved */
    const stop = (moved) => {
      canvas.removeEventListener("pointermove", drag);
      canvas.removeEventListener("pointerup", stop);
      canvas.removeEventListener("pointercancel", stop);
      if (moved.type === "pointerup" && way < STILL) this.click(moved);
    };
    canvas.setPointerCapture(event.pointerId);
    canvas.addEventListener("pointermove", drag);
    canvas.addEventListener("pointerup", stop);
    canvas.addEventListener("pointercancel", stop);
  }

  /** @param {PointerEvent} event */
  click({ clientX, clientY }) {
    const box = this.canvas.getBoundingClientRect();
    const [x, y] = [clientX - box.left, clientY - box.top];
    let best = -1;
    let least = NEAR;
    this.scene.cloud.forEach((place, row) => {
      const seen = this.at(place);
      const off = Math.hypot(seen.x - x, seen.y - y);
      if (off < least) [best, least] = [row, off];
    });
    if (best >= 0) this.choose(best);
  }

  /* Drawing */

  recolor() {
    this.colors = null;
    this.draw();
  }

  draw() {
    this.pending ||= requestAnimationFrame((now) => this.frame(now));
  }

  /** @param {number} now In milliseconds. */
  frame(now) {
    this.pending = 0;
    if (this.isSpinning) {
      this.view.turn((SPIN * Math.max(0, now - this.spunAt)) / 1000, 0);
      this.spunAt = now;
      this.draw();
    }
    this.colors ??= palette(this.canvas);
    this.paint(this.colors);
  }

  /**
   * Gives where a place is seen, in pixels of the canvas.
   * @param {number[]} place
   * @returns {Seen}
   */
  at(place) {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const { x, y, depth } = this.view.seen(place, this.radius);
    const scale = (Math.min(width, height) / 2 - 16) / WIDEST;
    return { x: width / 2 + scale * x, y: height / 2 - scale * y, depth };
  }

  /** @param {Palette} colors */
  paint(colors) {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const context = sharp(this.canvas, width, height);
    const { points, cloud, arrows } = this.scene;
    this.paintAxes(context, colors);
    if (!points.length) context.fillText(this.scene.label, width / 2, height - 20);
    context.fillStyle = colors.quiet;
    for (const place of cloud) {
      const { x, y, depth } = this.at(place);
      context.globalAlpha = 0.35 + 0.25 * depth;
      context.fillRect(x - 1, y - 1, 2, 2);
    }
    context.globalAlpha = 1;
    for (const [start, end] of arrows) drawArrow(context, this.at(start), this.at(end), colors);
    const seen = points.map((point) => ({ ...point, ...this.at(point.place) })).sort((a, b) => a.depth - b.depth);
    for (const point of seen) drawMark(context, point, colors);
    writeNames(context, [...seen].reverse(), width, colors);
  }

  /**
   * Draws the three directions, so that a turn is seen.
   * @param {CanvasRenderingContext2D} context
   * @param {Palette} colors
   */
  paintAxes(context, colors) {
    Object.assign(context, {
      strokeStyle: colors.line, lineWidth: 1, fillStyle: colors.quiet, font: "12px system-ui, sans-serif",
      textAlign: "center", textBaseline: "middle",
    });
    ["1st", "2nd", "3rd"].forEach((name, k) => {
      const end = [0, 0, 0];
      end[k] = this.radius;
      const [tip, back] = [this.at(end), this.at(end.map((value) => -value))];
      context.beginPath();
      context.moveTo(back.x, back.y);
      context.lineTo(tip.x, tip.y);
      context.stroke();
      context.fillText(name, tip.x, tip.y);
    });
  }
}

/**
 * Draws an arrow between two places.
 * @param {CanvasRenderingContext2D} context
 * @param {Seen} start
 * @param {Seen} end
 * @param {Palette} colors
 */
function drawArrow(context, start, end, colors) {
  const angle = Math.atan2(end.y - start.y, end.x - start.x);
  Object.assign(context, { strokeStyle: colors.ink, lineWidth: 1.5 });
  context.beginPath();
  context.moveTo(start.x, start.y);
  context.lineTo(end.x, end.y);
  for (const side of [-1, 1]) {
    context.moveTo(end.x, end.y);
    context.lineTo(end.x - 9 * Math.cos(angle + 0.4 * side), end.y - 9 * Math.sin(angle + 0.4 * side));
  }
  context.stroke();
}

/**
 * Draws a word's mark, larger where it is nearer.
 * @param {CanvasRenderingContext2D} context
 * @param {Point & Seen} point
 * @param {Palette} colors
 */
function drawMark(context, { role, x, y, depth }, colors) {
  const { color, mark } = LOOKS[role];
  const size = 5 + 1.5 * depth;
  context.beginPath();
  if (mark === "disk") context.arc(x, y, size, 0, 2 * Math.PI);
  else if (mark === "square") context.rect(x - size, y - size, 2 * size, 2 * size);
  else {
    context.moveTo(x, y - 1.3 * size);
    context.lineTo(x + 1.2 * size, y + 0.9 * size);
    context.lineTo(x - 1.2 * size, y + 0.9 * size);
    context.closePath();
  }
  Object.assign(context, { fillStyle: colors[color], strokeStyle: colors.paper, lineWidth: 1.5 });
  context.fill();
  context.stroke();
}

/**
 * Writes the words beside their marks, none over another: those that were given first, then the nearer ones,
 * where no mark is in the way.
 * @param {CanvasRenderingContext2D} context
 * @param {(Point & Seen)[]} seen The nearest first.
 * @param {number} width
 * @param {Palette} colors
 */
function writeNames(context, seen, width, colors) {
  Object.assign(context, {
    textBaseline: "middle", textAlign: "left", lineJoin: "round", lineWidth: 3, strokeStyle: colors.paper,
    fillStyle: colors.ink,
  });
  /** @type {number[][]} */
  const names = [];
  const marks = seen.map(({ x, y }) => [x - 4, y - 4, x + 4, y + 4]);
  /** @param {Point} point */
  const isFirst = ({ role }) => FIRST_NAMED.includes(role);
  for (const point of [...seen.filter(isFirst), ...seen.filter((each) => !isFirst(each))]) {
    const { name, x, y } = point;
    context.font = `${isFirst(point) ? "bold " : ""}13px system-ui, sans-serif`;
    const taken = isFirst(point) ? names : [...names, ...marks];
    const box = roomFor(context.measureText(name).width, x, y, width, taken);
    if (!box) continue;
    names.push(box);
    context.strokeText(name, box[0], (box[1] + box[3]) / 2);
    context.fillText(name, box[0], (box[1] + box[3]) / 2);
  }
}

/**
 * Finds room for a name at a mark: right, left, above or below.
 * @param {number} long In pixels, as x, y and width.
 * @param {number} x
 * @param {number} y
 * @param {number} width Of the canvas.
 * @param {number[][]} taken Left, top, right and bottom of what is there.
 * @returns {number[]|undefined} Nothing where there is none.
 */
function roomFor(long, x, y, width, taken) {
  const places = [[x + 9, y], [x - 9 - long, y], [x - long / 2, y - 15], [x - long / 2, y + 15]];
  const boxes = places.map(([left, middle]) => [left, middle - 7, left + long, middle + 7]);
  return boxes.find(
    (box) => box[0] >= 0 && box[2] <= width && !taken.some((other) => isOver(box, other)),
  );
}

/** @type {(first: number[], second: number[]) => boolean} */
const isOver = (first, second) =>
  first[0] < second[2] && second[0] < first[2] && first[1] < second[3] && second[1] < first[3];
