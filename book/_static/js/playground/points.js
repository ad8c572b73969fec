/* Points of the reader's own: clicked into the plane, typed, or from a file. */

import { button, element } from "../shared/dom.js";
import { messageOf } from "../shared/errors.js";
import { LARGEST_FILE, MOST_POINTS, parsePoints, textOf } from "./csv.js";

/** @import { Points } from "./data.js" */

/** @type {Points} */
const NOTHING = { points: new Float64Array(0), labels: new Uint8Array(0) };

export class OwnPoints {
  /**
   * @param {(own: Points, renews: boolean) => void} change Told the new points, and whether all are new.
   * @param {(text: string) => void} say Tells the reader what went wrong or well.
   */
  constructor(change, say) {
    this.change = change;
    this.say = say;
    this.own = NOTHING;
    /** @param {string} name */
    const number = (name) =>
      element("input", { type: "number", min: -1.5, max: 1.5, step: "any", value: 0, required: true, "aria-label": name });
    this.coordinates = [number("x of the point"), number("y of the point")];
    this.label = element(
      "select", { "aria-label": "Class of the point" },
      element("option", { value: 0 }, "● blue disk"), element("option", { value: 1 }, "▲ orange triangle"),
    );
    this.file = element("input", { type: "file", accept: ".csv,.tsv,.txt,text/csv", change: () => this.readFile() });
    const form = element(
      "form", { class: "row", novalidate: true, submit: (event) => this.readForm(event) },
      element("span", {}, "Class"), this.label, element("span", {}, "x"), this.coordinates[0],
      element("span", {}, "y"), this.coordinates[1], element("button", { type: "submit" }, "Add the point"),
    );
    this.panel = element(
      "div", { class: "own", hidden: true },
      element("p", {}, "Click into the plane to add points of the chosen class, or type where they are."),
      form,
      element(
        "div", { class: "row" },
        button("Remove the last point", () => this.keep(this.own.labels.length - 1)),
        button("Remove all", () => this.keep(0)),
        element("label", { class: "file" }, "CSV file with x, y and class: ", this.file),
      ),
    );
  }

  /**
   * Shows the panel where the data are the reader's own.
   * @param {{data: string, points: Points}} settings
   */
  show({ data, points }) {
    this.panel.hidden = data !== "own";
    this.own = points;
  }

  /**
   * Adds one point of the chosen class.
   * @param {number} x
   * @param {number} y
   */
  add(x, y) {
    const { points, labels } = this.own;
    if (labels.length >= MOST_POINTS) return this.say(`There are ${MOST_POINTS} points, and more do not fit.`);
    const place = [x, y].map(Math.fround); // as a link will hold it
    this.change(
      { points: Float64Array.of(...points, ...place), labels: Uint8Array.of(...labels, Number(this.label.value)) },
      false,
    );
  }

  /**
   * Keeps the first points.
   * @param {number} count
   */
  keep(count) {
    const { points, labels } = this.own;
    if (count >= 0) this.change({ points: points.slice(0, 2 * count), labels: labels.slice(0, count) }, false);
  }

  /** @param {Event} event */
  readForm(event) {
    event.preventDefault();
    const wrong = this.coordinates.find((input) => !input.checkValidity());
    if (wrong) this.say("x and y must be numbers between −1.5 and 1.5.");
    else this.add(this.coordinates[0].valueAsNumber, this.coordinates[1].valueAsNumber);
  }

  async readFile() {
    const [file] = this.file.files ?? [];
    this.file.value = ""; // so that the same file can be read again
    if (!file) return;
    try {
      if (file.size > LARGEST_FILE) {
        throw new Error(`The file has ${(file.size / 1e6).toFixed(1)} MB, and the playground takes 1 MB. Keep some rows.`);
      }
      const { points, labels, note } = parsePoints(textOf(new Uint8Array(await file.arrayBuffer())));
      this.change({ points: points.map(Math.fround), labels }, true);
      this.say(`${labels.length} points read. ${note}`);
    } catch (error) {
      this.say(messageOf(error));
    }
  }
}
