/* What leaves the playground and comes back: links, PyTorch code, competition folders. */

import { TO_PASS, exactAccuracy, readFolder, whyNot, writeFolder } from "./competition.js";
import { button, download, element } from "./dom.js";
import { pythonCode } from "./python.js";
import { encode } from "./state.js";

const LARGEST_ARCHIVE = 1_000_000; // bytes
const COMPETITION = new URL("../../../lessons/competitions/spiral/spiral.html", import.meta.url);

/** Names the archive of a network: letters and digits of its name. */
const fileName = (name) => `${name.toLowerCase().match(/[\p{L}\p{N}]+/gu)?.join("-") ?? "submission"}.zip`;

export class Sharing {
  /**
   * @param {() => Run} current Gives the run.
   * @param {(folder: object) => void} open Shows an imported network.
   * @param {(text: string) => void} say Tells the reader what went wrong or well.
   */
  constructor(current, open, say) {
    Object.assign(this, { current, open, say });
    this.link = element("input", { type: "text", readonly: true, "aria-label": "Link to this state", focus: () => this.link.select() });
    this.code = element("pre", { tabindex: 0, role: "region", "aria-label": "PyTorch code of the network" });
    this.name = element("input", { type: "text", maxlength: 80, autocomplete: "off" });
    this.author = element("input", { type: "text", maxlength: 80, autocomplete: "name" });
    this.reason = element("p", { class: "reason" });
    this.folder = button("Download the competition folder (.zip)", () => this.saveFolder());
    this.file = element("input", { type: "file", accept: ".zip,application/zip", change: () => this.readFile() });
    this.panel = element(
      "details", { toggle: () => this.panel.open && this.refresh() },
      element("summary", {}, "Share, export, import"),
      element("p", { class: "title" }, "A link to all of this"),
      element("div", { class: "row" }, this.link, button("Copy the link", () => this.copy(this.link.value, "The link"))),
      element("p", { class: "title" }, "PyTorch code"),
      this.code,
      element(
        "div", { class: "row" },
        button("Copy the code", () => this.copy(this.code.textContent, "The code")),
        button("Download playground.py", () => download("playground.py", new Blob([this.code.textContent]))),
      ),
      element("p", { class: "title" }, "The smallest network that separates the spiral"),
      this.reason,
      element("p", {}, element("a", { href: COMPETITION }, "The competition: rules, boards, how to hand in")),
      element(
        "div", { class: "row" },
        element("label", { class: "field" }, element("span", {}, "Name of the network"), this.name),
        element("label", { class: "field" }, element("span", {}, "Your name"), this.author),
        this.folder,
      ),
      element("label", { class: "file" }, "Open a competition folder (.zip): ", this.file),
    );
  }

  get address() {
    const run = this.current();
    return `${location.href.split("#")[0]}#playground?${encode(run.settings, run)}`;
  }

  /** Writes link, code and the competition's answer anew, if the reader sees them. */
  refresh() {
    if (!this.panel.open) return;
    const run = this.current();
    this.link.value = this.address;
    this.code.textContent = pythonCode(run);
    const reason = whyNot(run);
    this.folder.disabled = Boolean(reason);
    this.reason.textContent = reason ?? this.standing(run);
  }

  standing(run) {
    const accuracy = exactAccuracy(run);
    const share = `${(100 * accuracy).toFixed(2)} %`;
    const count = `${run.network.parameterCount} parameters`;
    return accuracy > TO_PASS
      ? `This network passes: ${share} of all points of the spiral, with ${count}.`
      : `This network has ${share} of all points of the spiral, with ${count}. To pass, it needs more than 83 %.`;
  }

  saveFolder() {
    const name = this.name.value.trim() || "A network from the playground";
    const author = this.author.value.trim() || "anonymous";
    download(fileName(name), writeFolder(this.current(), { name, author, link: this.address }));
    this.say("The competition folder is downloaded.");
  }

  async readFile() {
    const [file] = this.file.files;
    this.file.value = "";
    if (!file) return;
    try {
      if (file.size > LARGEST_ARCHIVE) throw new Error("The archive is larger than a megabyte; no network here is.");
      this.open(await readFolder(new Uint8Array(await file.arrayBuffer())));
      this.say("The network is opened.");
    } catch (error) {
      this.say(error.message);
    }
  }

  async copy(text, what) {
    try {
      await navigator.clipboard.writeText(text);
      this.say(`${what} is copied.`);
    } catch {
      this.say(`${what} could not be copied. Select it and copy it by hand.`);
    }
  }
}
