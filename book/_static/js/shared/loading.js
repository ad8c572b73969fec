/* What the reader sees of a net on its way: its size before, how far it is, and what went wrong. */

import { button, element } from "./dom.js";
import { messageOf } from "./errors.js";
import { whyNot } from "./model.js";

/** @import { Model } from "./model.js" */

/** @type {(bytes: number) => string} */
export const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

export class Loading {
  /**
   * @param {Model} model
   * @param {string} occasion What makes the net come, as in “your first stroke”.
   * @param {(text: string) => void} say Tells the reader how it went.
   * @param {() => void} arrived Told when the reader has asked for the net itself, and it is there.
   */
  constructor(model, occasion, say, arrived) {
    this.model = model;
    this.say = say;
    this.hasFailed = false;
    this.isReady = false;
    const size = megabytes(model.bytes);
    this.announcement = `The network and what runs it come with ${occasion}: ${size}, once. All stays on your device.`;
    this.words = element("p", {}, this.announcement);
    this.bar = element("progress", { max: 1, "aria-label": "Fetching the network", hidden: true });
    this.button = button(`Fetch the network (${size})`, async () => (await this.ready()) && arrived());
    this.panel = element("div", { class: "loading" }, this.words, this.button, this.bar);
    this.refusal = whyNot();
    if (this.refusal) this.refuse();
  }

  refuse() {
    this.words.textContent = this.refusal;
    this.button.hidden = true;
  }

  /**
   * Waits until the net can run, and fetches it if need be.
   * @returns {Promise<boolean>} Whether it can; if not, the reader is told why.
   */
  async ready() {
    if (this.refusal || this.isReady) return !this.refusal;
    this.button.disabled = true;
    this.bar.hidden = false;
    try {
      await this.model.load((share) => (this.bar.value = share));
      this.arrive();
    } catch (error) {
      this.fail(messageOf(error));
    }
    this.bar.hidden = true;
    return this.isReady;
  }

  arrive() {
    this.isReady = true;
    this.hasFailed = false;
    this.words.textContent = this.announcement;
    this.button.textContent = "The network is here";
  }

  /** @param {string} reason */
  fail(reason) {
    this.hasFailed = true;
    this.words.textContent = `The network did not arrive (${reason}). Nothing you drew is lost.`;
    this.button.textContent = "Try again";
    this.button.disabled = false;
    this.say("The network did not arrive. Press “Try again”.");
  }
}
