/* Buttons, and arrow keys on them, that move the digit by a pixel. */

import { button, element } from "../shared/dom.js";

/** @type {[key: string, sign: string, name: string, right: number, down: number][]} */
const STEPS = [
  ["ArrowLeft", "←", "Move left", -1, 0],
  ["ArrowUp", "↑", "Move up", 0, -1],
  ["ArrowDown", "↓", "Move down", 0, 1],
  ["ArrowRight", "→", "Move right", 1, 0],
];

/**
 * Makes the buttons.
 * @param {(right: number, down: number) => void} move Told by how many pixels.
 * @param {() => void} back Told that the digit shall go back to the middle.
 */
export function moveButtons(move, back) {
  /** @param {Event} event */
  const press = (event) => {
    const { key: pressed, altKey, ctrlKey, metaKey } = /** @type {KeyboardEvent} */ (event);
    const step = STEPS.find(([key]) => key === pressed);
    if (!step || altKey || ctrlKey || metaKey) return;
    event.preventDefault();
    move(step[3], step[4]);
  };
  return element(
    "div", { role: "group", "aria-label": "Move the digit by a pixel", class: "moves", keydown: press },
    ...STEPS.map(([, sign, name, right, down]) => button(sign, () => move(right, down), { "aria-label": name })),
    button("Back", back, { "aria-label": "Back to the middle" }),
  );
}

/** @type {(right: number, down: number) => string} */
export function wordsOf(right, down) {
  const parts = [];
  if (right) parts.push(`${Math.abs(right)} to the ${right > 0 ? "right" : "left"}`);
  if (down) parts.push(`${Math.abs(down)} ${down > 0 ? "down" : "up"}`);
  return parts.join(", ");
}
