/* What happens around an interactive: its room, its being seen, the theme, the address. */

/**
 * Watches all that changes pictures.
 * @param {HTMLElement} stage Where the interactive stands.
 * @param {{resized: () => void, seen: (isInView: boolean) => void, recolored: () => void}} told
 */
export function watch(stage, { resized, seen, recolored }) {
  new ResizeObserver(() => stage.clientWidth && resized()).observe(stage); // none on paper
  new IntersectionObserver(([{ isIntersecting }]) => seen(isIntersecting)).observe(stage);
  new MutationObserver(recolored).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolored);
}

/** Tells whether the reader asks for little motion. */
export const calm = matchMedia("(prefers-reduced-motion: reduce)");
