/* What the reader sees of a net on its way: its size before, how far it is, and what went wrong. */

import { button, element } from "./dom.js";
import { whyNot } from "./model.js";

export const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

export class Loading {
  /**
   * @param {Model} model
   * @param {string} occasion What makes the net come, as in “your first stroke”.
   * @param {(text: string) => void} say Tells the reader how it went.
   */
  constructor(model, occasion, say) {
    Object.assign(this, { model, say });
    this.bar = element("progress", { max: 1, "aria-label": "Fetching the network", hidden: true });
    this.button = button(`Fetch the network (${megabytes(model.bytes)})`, () => this.ready().catch(() => {}));
    this.words = element(
      "p", {},
      `The network and what runs it come with ${occasion}: ${megabytes(model.bytes)}, once. All stays on your device.`,
    );
    this.panel = element("div", { class: "loading row" }, this.words, this.button, this.bar);
    const reason = whyNot();
    if (reason) this.refuse(reason);
  }

  refuse(reason) {
    this.refused = reason;
    this.words.textContent = reason;
    this.button.hidden = true;
  }

  /**
   * Waits until the net can run, and fetches it if need be.
   * @throws {Error} If it cannot; the reader is told.
   */
  async ready() {
    if (this.refused) throw new Error(this.refused);
    this.button.disabled = true;
    this.bar.hidden = false;
    try {
      await this.model.load((share) => (this.bar.value = share));
      this.panel.hidden = true;
    } catch (error) {
      this.button.textContent = "Try again";
      this.words.textContent = `The network did not arrive (${error.message}). Nothing of your drawing is lost.`;
      this.say("The network did not arrive. Press “Try again”.");
      throw error;
    } finally {
      this.button.disabled = false;
      this.bar.hidden = true;
    }
  }
}
