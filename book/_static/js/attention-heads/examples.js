/* Sentences to begin with, whose attention comes without the network, and heads worth a look. */

/** @typedef {{layer: number, head: number}} Head Both from 1. */

export const EXAMPLES = [
  "The keys to the old cabinet in the kitchen are missing.",
  "The trophy did not fit into the suitcase because it was too big.",
  "My sister said that she had lost her red umbrella on the train.",
  "It was not a good film, but a very good book.",
  "Time flies like an arrow; fruit flies like a banana.",
];

/** @type {[name: string, Head][]} What they look at, as this lesson's tests measure it. */
export const HEADS = [
  ["the piece before", { layer: 1, head: 3 }],
  ["the piece after", { layer: 2, head: 9 }],
  ["“not”, from what it negates", { layer: 2, head: 7 }],
  ["the same word elsewhere", { layer: 3, head: 10 }],
  ["a noun, as from “are”", { layer: 4, head: 2 }],
];
