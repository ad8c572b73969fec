/* What the reader sees of a net, or of data, on the way: its size before, how far it is, and what went wrong. */

import { button, element } from "./dom.js";
import { messageOf } from "./errors.js";

/** @import { Arrival } from "./files.js" */
/**
 * What comes, in words.
 * @typedef {object} Words
 * @property {string} name As in “the network”.
 * @property {string} come All that comes, with its verb.
 * @property {string} after What is said after its size.
 * @property {string} here That it is here.
 * @property {string} safe What is not lost where it does not come.
 */

/** @type {Words} */
const NETWORK = {
  name: "the network",
  come: "The network and what runs it come",
  after: "All stays on your device.",
  here: "The network is here",
  safe: "Nothing you drew is lost.",
};

/** @type {(bytes: number) => string} */
export const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

/** @param {string} text */
const capitalized = (text) => text[0].toUpperCase() + text.slice(1);

export class Loading {
  /**
   * @param {Arrival} arrival
   * @param {string} occasion What makes it come, as in “your first stroke”.
   * @param {(text: string) => void} say Tells the reader how it went.
   * @param {() => void} arrived Told when the reader has asked for it alone, and it is there.
   * @param {Words} [told] Where it is no network.
   */
  constructor(arrival, occasion, say, arrived, told = NETWORK) {
    this.arrival = arrival;
    this.say = say;
    this.told = told;
    this.hasFailed = false;
    this.isReady = false;
    const size = megabytes(arrival.bytes);
    this.announcement = `${told.come} with ${occasion}: ${size}, once. ${told.after}`;
    this.words = element("p", {}, this.announcement);
    this.bar = element("progress", { max: 1, "aria-label": `Fetching ${told.name}`, hidden: true });
    this.button = button(`Fetch ${told.name} (${size})`, async () => (await this.ready()) && arrived());
    this.panel = element("div", { class: "loading" }, this.words, this.button, this.bar);
    this.refusal = arrival.whyNot();
    if (this.refusal) this.refuse();
  }

  refuse() {
    this.words.textContent = this.refusal;
    this.button.hidden = true;
  }

  /**
   * Waits until it is here, and fetches it if need be.
   * @returns {Promise<boolean>} Whether it is; if not, the reader is told why.
   */
  async ready() {
    if (this.refusal || this.isReady) return !this.refusal;
    this.button.disabled = true;
    this.bar.hidden = false;
    try {
      await this.arrival.load((share) => (this.bar.value = share));
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
    this.button.textContent = this.told.here;
  }

  /** @param {string} reason */
  fail(reason) {
    const { name, safe } = this.told;
    this.hasFailed = true;
    this.words.textContent = `${capitalized(name)} did not arrive (${reason}). ${safe}`;
    this.button.textContent = "Try again";
    this.button.disabled = false;
    this.say(`${capitalized(name)} did not arrive. Press “Try again”.`);
  }
}
