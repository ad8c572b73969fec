/* What the reader chooses with: the picture, and how far each transform may go. */

import { choice, element } from "../shared/dom.js";
import { SAMPLES } from "./samples.js";
import { Slider } from "./sliders.js";
import { FILLS, PRESETS } from "./state.js";
import { NAMES, TRANSFORMS } from "./transforms.js";

/** @import { Settings } from "./state.js" */
/** @import { Strengths } from "./transforms.js" */

const OWN = "own";
const FILL_NAMES = ["black", "gray", "white"];
/** @type {[string, string][]} */
const PRESET_NAMES = [["", "as set below"], ...Object.keys(PRESETS).map((name) => /** @type {[string, string]} */ ([name, name]))];

/**
 * @typedef {object} Told
 * @property {(values: Partial<Settings>, isLast: boolean) => void} choose Told settings, and whether the reader let go.
 * @property {(sample: string|null) => void} take Told a sample, or null for the reader's own picture.
 * @property {(file: File|undefined) => void} bring Told a file.
 */

export class Choices {
  /** @param {Told} told */
  constructor({ choose, take, bring }) {
    /** @type {[string, string][]} */
    const samples = Object.entries(SAMPLES).map(([key, { name }]) => [key, name]);
    const sample = choice("Picture", [...samples, [OWN, "Your own"]], (key) => take(key === OWN ? null : key));
    const preset = choice("Strengths", PRESET_NAMES, (key) => choose({ ...PRESETS[key], hand: null }, true));
    /** @type {[number, string][]} */
    const fills = FILLS.map((value, k) => [value, FILL_NAMES[k]]);
    const fill = choice("Corners are filled", fills, (value) => choose({ fill: Number(value) }, true));
    this.selects = { sample: sample.select, preset: preset.select, fill: fill.select };
    this.fields = [sample.field, preset.field, fill.field];
    this.ownOption = sample.select.options[samples.length];
    this.ownOption.disabled = true;
    preset.select.options[0].disabled = true; // it is shown, not chosen
    /** @type {HTMLInputElement} */
    this.file = element("input", {
      type: "file", accept: "image/*", "aria-label": "A picture of your own", change: () => bring(this.file.files?.[0]),
    });
    const sliders = NAMES.map((name) => [
      name,
      new Slider(TRANSFORMS[name].label, { ...TRANSFORMS[name], least: 0 }, (value, isLast) =>
        choose({ [name]: value, hand: null }, isLast)),
    ]);
    /** @type {Record<keyof Strengths, Slider>} */
    this.sliders = Object.fromEntries(sliders);
  }

  /**
   * Shows what is chosen.
   * @param {Settings} settings
   * @param {boolean} isOwn Whether the picture is the reader's own.
   */
  show(settings, isOwn) {
    if (isOwn) this.ownOption.disabled = false;
    this.selects.sample.value = isOwn ? OWN : settings.sample;
    this.selects.fill.value = String(settings.fill);
    const preset = Object.entries(PRESETS).find(([, strengths]) => NAMES.every((name) => strengths[name] === settings[name]));
    this.selects.preset.value = preset?.[0] ?? "";
    for (const name of NAMES) {
      this.sliders[name].show(settings[name], settings[name] ? TRANSFORMS[name].range(settings[name]) : "off");
    }
  }
}
