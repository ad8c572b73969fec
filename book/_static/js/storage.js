/* Where the browser keeps nothing of a site, as with all cookies blocked: what is chosen holds for this page,
   and the reader is told so. Every other script uses localStorage as if it were there. */

(() => {
  const PROBE = "academy-probe";
  const SENTENCE = "This browser keeps nothing of this site, so what you choose here holds only until you leave this page.";

  function works() {
    try {
      localStorage.setItem(PROBE, "");
      localStorage.removeItem(PROBE);
      return true;
    } catch {
      return false;
    }
  }

  let hasTold = false;

  function tell() {
    hasTold = true;
    const notice = Object.assign(document.createElement("p"), { className: "notice", role: "status", popover: "auto" });
    document.body.append(notice);
    notice.showPopover();
    notice.textContent = SENTENCE; // a screen reader says what changes in a status that is shown
  }

  /** Keeps what it is given as long as the page is open. */
  class PageStorage {
    /** @type {Map<string, string>} */
    values = new Map();

    /** @param {string} name */
    getItem(name) {
      return this.values.get(name) ?? null;
    }

    /**
     * @param {string} name
     * @param {string} value
     */
    setItem(name, value) {
      this.values.set(name, value);
      if (navigator.userActivation.isActive && !hasTold) tell(); // the reader's choice, not a script's own note
    }

    /** @param {string} name */
    removeItem(name) {
      this.values.delete(name);
    }
  }

  if (!works()) Object.defineProperty(window, "localStorage", { value: new PageStorage() });
})();
