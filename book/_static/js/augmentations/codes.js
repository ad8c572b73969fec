/* The same in torchvision, to copy, and the link. */

import { addressOf } from "../shared/address.js";
import { button, element } from "../shared/dom.js";
import { Link, copy } from "../shared/link.js";
import { encode } from "./state.js";
import { listCode, pictureCode } from "./steps.js";

/** @import { Settings } from "./state.js" */
/** @import { Amounts } from "./transforms.js" */

export class Codes {
  /**
   * @param {string} name Of the interactive.
   * @param {(text: string) => void} say
   */
  constructor(name, say) {
    this.name = name;
    this.list = element("pre", { tabindex: 0, role: "region", "aria-label": "The list in torchvision" });
    this.picture = element("pre", { tabindex: 0, role: "region", "aria-label": "The chosen picture in torchvision" });
    this.link = new Link(say);
    this.details = element(
      "details", {},
      element("summary", {}, "The same in torchvision, and a link"),
      element("p", { class: "title" }, "The list, for training: it draws anew each time"),
      this.list,
      button("Copy the list", () => copy(this.list.textContent ?? "", "The list", say)),
      element("p", { class: "title" }, "The chosen picture: the same pixels, to 1 of 255 levels"),
      this.picture,
      button("Copy the function", () => copy(this.picture.textContent ?? "", "The function", say)),
      element("p", { class: "title" }, "A link to these settings; a picture of yours is not in it"),
      this.link.row,
    );
  }

  /**
   * @param {Settings} settings
   * @param {Amounts} amounts Of the chosen picture.
   */
  show(settings, amounts) {
    this.list.textContent = listCode(settings, settings.fill);
    this.picture.textContent = pictureCode(amounts, settings.fill);
    this.link.show(addressOf(this.name, encode(settings)));
  }
}
