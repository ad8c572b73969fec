/* The address that holds the state of an interactive: written, and read as mail programs may have left it. */

/* A “?”, “&”, “=” or “,” that was encoded, once or again and again. No state holds one of its own. */
const ENCODED = /%(?:25)*(3F|26|3D|2C|3B)/gi;

/**
 * Gives the address of this page with an interactive in a state; what led the reader here is left out.
 * @param {string} name
 * @param {string} state
 * @returns {string}
 */
export const addressOf = (name, state) => `${location.href.split(/[?#]/)[0]}#${name}?${state}`;

/**
 * Gives the state that the address names for an interactive, or null.
 * @param {string} hash
 * @param {string} name
 * @returns {string|null}
 */
export function stateIn(hash, name) {
  const written = hash.replace(ENCODED, (_, code) => decodeURIComponent(`%${code}`)).replace(/&(?:amp;)+/gi, "&");
  const start = `#${name}?`;
  return written.startsWith(start) ? written.slice(start.length) : null;
}
