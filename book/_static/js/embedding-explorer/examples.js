/* Questions to begin with. */

/** @typedef {{from: string[], to: string[], along: string[]}} Axis The words of both poles, and those to place. */

export const WORDS = ["river", "bank", "good", "doctor", "Paris", "Monday"];

export const SUMS = [
  "king − man + woman",
  "Paris − France + Germany",
  "sushi − Japan + Italy",
  "dogs − dog + cat",
  "doctor − man + woman",
];

const EVENTS = "accident crime disaster disease gift love party school vacation war weather wedding".split(" ");
const OCCUPATIONS = "coach cook dancer doctor engineer judge nanny nurse pilot soldier surgeon teacher".split(" ");
const THINGS = "ant cat city cup dog elephant hill house mountain ocean planet whale".split(" ");

/** @type {Record<string, Axis>} */
export const AXES = {
  "bad – good": {
    from: ["bad"],
    to: ["good"],
    along: EVENTS,
  },
  "three words a pole": {
    from: ["bad", "terrible", "horrible"],
    to: ["good", "great", "wonderful"],
    along: EVENTS,
  },
  "she – he": {
    from: ["she"],
    to: ["he"],
    along: OCCUPATIONS,
  },
  "they – he": {
    from: ["they"],
    to: ["he"],
    along: OCCUPATIONS,
  },
  "small – large": {
    from: ["small", "tiny", "little"],
    to: ["large", "huge", "vast"],
    along: THINGS,
  },
};
