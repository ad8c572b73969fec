/* Elements of the page in one call each. */

/**
 * Makes an element.
 * @param {string} tag
 * @param {object} [attributes] A function is listened with; true and false set or leave out an attribute.
 * @param {...(Node|string)} children
 */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (typeof value === "boolean") node.toggleAttribute(name, value);
    else node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

/** Makes a button. */
export const button = (text, click, attributes = {}) =>
  element("button", { type: "button", click, ...attributes }, text);

let made = 0;

/** Makes a choice with its label; `choices` are pairs of value and text. */
export function choice(label, choices, change) {
  const id = `choice-${++made}`;
  const select = element(
    "select",
    { id, change: () => change(select.value) },
    ...choices.map(([value, text]) => element("option", { value: String(value) }, text)),
  );
  return { field: element("div", { class: "field" }, element("label", { for: id }, label), select), select };
}

/** Hands a file to the reader. */
export function download(name, blob) {
  const address = URL.createObjectURL(blob);
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
