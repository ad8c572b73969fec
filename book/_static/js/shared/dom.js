/* Elements of the page in one call each. */

/**
 * @typedef {Record<string, string|number|boolean|URL|((event: Event) => void)>} Attributes
 *     A function is listened with; true and false set or leave out an attribute.
 */

/**
 * Makes an element.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...(Node|string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (typeof value === "boolean") node.toggleAttribute(name, value);
    else node.setAttribute(name, String(value));
  }
  node.append(...children);
  return node;
}

/**
 * Makes a button.
 * @param {string} text
 * @param {() => void} click
 * @param {Attributes} [attributes]
 */
export const button = (text, click, attributes = {}) =>
  element("button", { type: "button", click, ...attributes }, text);

let made = 0;

/**
 * Makes a choice with its label.
 * @param {string} label
 * @param {[value: string|number, text: string][]} choices
 * @param {(value: string) => void} change Told the value that the reader has chosen.
 * @returns {{field: HTMLElement, select: HTMLSelectElement}} Both together, and what is chosen with.
 */
export function choice(label, choices, change) {
  const id = `choice-${++made}`;
  /** @type {HTMLSelectElement} */
  const select = element(
    "select",
    { id, change: () => change(select.value) },
    ...choices.map(([value, text]) => element("option", { value: String(value) }, text)),
  );
  return { field: element("div", { class: "field" }, element("label", { for: id }, label), select), select };
}

/**
 * Hands a file to the reader.
 * @param {string} name
 * @param {Blob} blob
 */
export function download(name, blob) {
  const address = URL.createObjectURL(blob);
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
