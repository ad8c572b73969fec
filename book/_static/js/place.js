/* Where the reader is: the list of sections marks the one at the top of the screen. */

/** @type {NodeListOf<HTMLAnchorElement>} */
const listed = document.querySelectorAll("#pst-page-toc-nav a[href^='#']");
/** @type {Map<Element, HTMLAnchorElement>} */
const links = new Map();
for (const link of listed) {
  const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)))?.querySelector("h2");
  if (heading) links.set(heading, link);
}

/** @param {HTMLAnchorElement|undefined} current */
function mark(current) {
  for (const link of links.values()) {
    link.classList.toggle("active", link === current);
    if (link === current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

const seen = new IntersectionObserver((entries) => {
  const heading = entries.filter((entry) => entry.isIntersecting).pop()?.target;
  if (heading) mark(links.get(heading));
}, { rootMargin: "0px 0px -70% 0px" });

for (const heading of links.keys()) seen.observe(heading);
