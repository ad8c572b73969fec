// Dark or light: what the reader chose last, here or in the book; otherwise what the system prefers.
const scheme = {
  prefersDark: matchMedia("(prefers-color-scheme: dark)"),

  current() {
    if (new URLSearchParams(location.search).get("view") === "print") return "light";
    const chosen = localStorage.getItem("mode");
    if (chosen === "dark" || chosen === "light") return chosen;
    return this.prefersDark.matches ? "dark" : "light";
  },

  apply() {
    document.documentElement.dataset.scheme = this.current();
  },

  toggle() {
    const next = this.current() === "dark" ? "light" : "dark";
    localStorage.setItem("mode", next);
    this.apply();
  },
};

scheme.apply();
scheme.prefersDark.addEventListener("change", () => scheme.apply());
addEventListener("storage", () => scheme.apply());
