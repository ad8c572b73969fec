/* What leaves the playground and comes back: links, PyTorch code, competition folders. */

import { addressOf } from "../shared/address.js";
import { button, download, element } from "../shared/dom.js";
import { messageOf } from "../shared/errors.js";
import { Link, copy } from "../shared/link.js";
import { LONGEST_LINK, TO_PASS, exactAccuracy, linkOf, readFolder, whyNot, writeFolder } from "./competition.js";
import { NameField } from "./name_field.js";
import { pythonCode } from "./python.js";
import { encode, save } from "./state.js";

/** @import { Entry } from "./competition.js" */
/** @import { Run } from "./run.js" */

export const LARGEST_ARCHIVE = 1_000_000; // bytes
const COMPETITION = new URL("../../../lessons/competitions/spiral/spiral.html", import.meta.url);

const LONGEST_FILE_NAME = 40; // characters; file systems take 255 bytes, and a character may have four

/** @param {number} count */
const grouped = (count) => count.toLocaleString("en");

/**
 * Names the archive of a network: letters and digits of its name.
 * @param {string} name
 */
function fileName(name) {
  const words = name.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu)?.join("-") ?? "submission";
  return `${[...words].slice(0, LONGEST_FILE_NAME).join("")}.zip`;
}

export class Sharing {
  /**
   * @param {() => Run} current Gives the run.
   * @param {(entry: Entry) => void} open Shows an imported network.
   * @param {(text: string) => void} say Tells the reader what went wrong or well.
   */
  constructor(current, open, say) {
    this.current = current;
    this.open = open;
    this.say = say;
    this.link = new Link(say);
    this.code = element("pre", { tabindex: 0, role: "region", "aria-label": "PyTorch code of the network", translate: "no" });
    this.text = ""; // of the code; a browser may have translated what it shows
    this.name = new NameField("Name of the network", "off");
    this.author = new NameField("Your name", "name");
    this.reason = element("p");
    this.linkNote = element("p", { class: "note" });
    this.folder = button("Download the competition folder (.zip)", () => this.saveFolder());
    this.file = element("input", { type: "file", accept: ".zip,application/zip", change: () => this.readFile() });
    /** @type {HTMLDetailsElement} */
    this.panel = element(
      "details", { toggle: () => this.panel.open && this.refresh() },
      element("summary", {}, "Share, export, import"),
      element("p", { class: "title" }, "A link to all of this"),
      this.link.row,
      element("p", { class: "title" }, "PyTorch code"),
      this.code,
      element(
        "div", { class: "row" },
        button("Copy the code", () => copy(this.text, "The code", say)),
        button("Download playground.py", () => download("playground.py", new Blob([this.text]))),
      ),
      element("p", { class: "title" }, "The smallest network that separates the spiral"),
      this.reason,
      element("p", {}, element("a", { href: COMPETITION }, "The competition: rules, boards, how to hand in")),
      element("div", { class: "row names" }, this.name.field, this.author.field),
      element("div", { class: "row" }, this.folder),
      this.linkNote,
      element("label", { class: "file" }, "Open a competition folder (.zip): ", this.file),
    );
  }

  /** Writes link, code and the competition's answer anew, if the reader sees them. */
  refresh() {
    if (!this.panel.open) return;
    const run = this.current();
    this.link.show(addressOf("playground", encode(run.settings, save(run))));
    this.code.textContent = this.text = pythonCode(run);
    const reason = whyNot(run);
    this.folder.disabled = Boolean(reason);
    this.reason.textContent = reason ?? this.standing(run);
    this.linkNote.textContent = reason ? "" : this.noteOnLink(run);
  }

  /** @param {Run} run */
  standing(run) {
    const accuracy = exactAccuracy(run);
    const share = `${(100 * accuracy).toFixed(2)}%`;
    const count = `${run.network.parameterCount} parameters`;
    return accuracy > TO_PASS
      ? `This network passes: ${share} of all points of the spiral, with ${count}.`
      : `This network has ${share} of all points of the spiral, with ${count}. To pass, it needs more than ${100 * TO_PASS}%.`;
  }

  /** @param {Run} run */
  noteOnLink(run) {
    const { length, holdsWeights } = linkOf(run);
    if (holdsWeights) return "";
    return (
      `Your entry's link on the board will open these settings, not the trained network: its weights would make ` +
      `the link ${grouped(length)} characters long, and the board takes ${grouped(LONGEST_LINK)}. The folder has all weights.`
    );
  }

  saveFolder() {
    const wrong = [this.name, this.author].find((field) => !field.check());
    if (wrong) return wrong.input.focus(); // where its message is read
    const run = this.current();
    const reason = whyNot(run); // it may have trained on since that was last shown
    if (reason) return this.say(reason);
    const name = this.name.value || "A network from the playground";
    const author = this.author.value || "anonymous";
    download(fileName(name), writeFolder(run, { name, author, link: linkOf(run).link }));
    this.say("The competition folder is downloaded.");
  }

  async readFile() {
    const [file] = this.file.files ?? [];
    this.file.value = "";
    if (!file) return;
    try {
      if (file.size > LARGEST_ARCHIVE) throw new Error("The archive is larger than a megabyte; no network here is.");
      this.open(await readFolder(new Uint8Array(await file.arrayBuffer())));
      this.say("The network is opened.");
    } catch (error) {
      this.say(messageOf(error));
    }
  }
}
