/* What went wrong, for the reader. */

/**
 * Gives the message of what was thrown.
 * @param {unknown} thrown
 * @returns {string}
 */
export const messageOf = (thrown) => (thrown instanceof Error ? thrown.message : String(thrown));
