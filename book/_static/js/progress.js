/* Lessons the reader has marked as read; kept in this browser, shown in each lesson and on the front page. */

const KEY = "lessons-read";

/** @type {NodeListOf<HTMLElement>} */
const shown = document.querySelectorAll("[data-lesson]");
/** @type {HTMLButtonElement|null} */
const button = document.querySelector("button[data-lesson]");

/** @returns {Set<number>} */
function read() {
  try {
    return new Set(JSON.parse(localStorage.getItem(KEY) ?? "[]"));
  } catch {
    return new Set();
  }
}

function show() {
  const lessons = read();
  for (const element of shown) {
    const done = lessons.has(Number(element.dataset.lesson));
    element.classList.toggle("read", done);
    if (element.matches("button")) element.setAttribute("aria-pressed", String(done));
  }
}

button?.addEventListener("click", () => {
  const lessons = read();
  const lesson = Number(button.dataset.lesson);
  if (!lessons.delete(lesson)) lessons.add(lesson);
  localStorage.setItem(KEY, JSON.stringify([...lessons]));
  show();
});
addEventListener("storage", show);
show();
