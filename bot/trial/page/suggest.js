// The list above the text field: commands while a slash is typed, results of an inline query.
import { element } from "./menu.js";
import { t } from "./words.js";

let lists = 0;

export class Suggestions {
  constructor(list, field) {
    this.list = list;
    this.field = field;
    this.at = -1;
    this.items = [];
    list.id = `suggestions-${(lists += 1)}`;
    field.setAttribute("aria-controls", list.id);
  }

  get open() { return !this.list.hidden; }

  // items: [{title, detail, choose}]
  show(items) {
    this.items = items;
    this.list.hidden = items.length === 0;
    this.list.setAttribute("aria-label", t("suggestions"));
    this.field.setAttribute("aria-expanded", String(this.open));
    this.list.replaceChildren(...items.map((item, number) => this.row(item, number)));
    this.move(items.length ? 0 : -1);
  }

  hide() { this.show([]); }

  row(item, number) {
    const row = element("li");
    row.id = `${this.list.id}-${number}`;
    row.setAttribute("role", "option");
    row.append(element("strong", "", item.title), element("span", "", item.detail));
    row.addEventListener("pointerdown", (event) => { event.preventDefault(); this.choose(number); });
    return row;
  }

  move(to) {
    this.at = to;
    [...this.list.children].forEach((row, number) => row.setAttribute("aria-selected", String(number === to)));
    const row = this.list.children[to];
    if (row) { this.field.setAttribute("aria-activedescendant", row.id); row.scrollIntoView({ block: "nearest" }); }
    else this.field.removeAttribute("aria-activedescendant");
  }

  choose(number) {
    const item = this.items[number];
    this.hide();
    item?.choose();
  }

  // Whether the key was meant for the list.
  key(event) {
    if (!this.open) return false;
    const count = this.items.length;
    if (event.key === "ArrowDown") this.move((this.at + 1) % count);
    else if (event.key === "ArrowUp") this.move((this.at - 1 + count) % count);
    else if (event.key === "Enter" || event.key === "Tab") this.choose(this.at);
    else if (event.key === "Escape") this.hide();
    else return false;
    event.preventDefault();
    return true;
  }
}
