/* Elements of the page in one call each. */

/**
 * Makes an element.
 * @param {string} tag
 * @param {object} [attributes] A function is listened with; true and false set or leave out an attribute.
 * @param {...(Node|string)} children
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (typeof value === "boolean") made.toggleAttribute(name, value);
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/** Makes a button. */
export const button = (text, click, attributes = {}) =>
  element("button", { type: "button", click, ...attributes }, text);

/** Makes a choice with its label; `choices` are pairs of value and text. */
export function choice(label, choices, change) {
  const select = element(
    "select",
    { change: () => change(select.value) },
    ...choices.map(([value, text]) => element("option", { value: String(value) }, text)),
  );
  return { field: element("label", { class: "field" }, element("span", {}, label), select), select };
}

/** Hands a file to the reader. */
export function download(name, blob) {
  const address = URL.createObjectURL(blob);
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
