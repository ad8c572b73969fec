/* Paper also shows what the screen has not shown yet: the letters of its formulas are fetched first. */

addEventListener("beforeprint", () => document.fonts.forEach((font) => font.load()));
