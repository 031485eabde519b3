// Formatted text from entities, as elements. Nothing that somebody wrote is ever parsed as HTML.
import { t } from "./words.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

const BLOCKS = ["pre", "blockquote", "expandable_blockquote"];

export function rich(text, entities = [], onCommand = () => {}) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return build(text, 0, text.length, sorted, onCommand);
}

function build(text, from, to, entities, onCommand) {
  const out = document.createDocumentFragment();
  let at = from;
  let rest = entities;
  while (rest.length) {
    const [first, ...others] = rest;
    const end = Math.min(first.offset + first.length, to);
    if (first.offset < at) { rest = others; continue; }
    const block = BLOCKS.includes(first.type);
    // A block has its own lines: the line breaks around it would show as empty ones.
    const before = block && first.offset > at && text[first.offset - 1] === "\n" ? first.offset - 1 : first.offset;
    out.append(text.slice(at, before));
    const inside = others.filter((one) => one.offset < end);
    const element = wrap(first, text.slice(first.offset, end), onCommand);
    element.append(build(text, first.offset, end, inside, onCommand));
    out.append(finish(first, element));
    const free = !others.some((one) => one.offset === end);
    at = block && free && end < to && text[end] === "\n" ? end + 1 : end;
    rest = others.filter((one) => one.offset >= end);
  }
  out.append(text.slice(at, to));
  return out;
}

function wrap(entity, words, onCommand) {
  switch (entity.type) {
    case "url": return link(/^https?:/i.test(words) ? words : `https://${words}`);
    case "text_link": return link(entity.url);
    case "email": return link(`mailto:${words}`);
    case "phone_number": return link(`tel:${words.replace(/[^+#\d]/g, "")}`);
    case "bot_command": return button("command", () => onCommand(words));
    case "spoiler": return spoiler();
    default: return document.createElement(TAGS[entity.type] ?? "span");
  }
}

function finish(entity, element) {
  if (entity.type !== "expandable_blockquote") return element;
  element.classList.add("folded");
  const toggle = button("fold", () => {
    const folded = element.classList.toggle("folded");
    toggle.setAttribute("aria-expanded", String(!folded));
    toggle.textContent = folded ? t("show_more") : t("show_less");
  });
  toggle.setAttribute("aria-expanded", "false");
  toggle.textContent = t("show_more");
  const both = document.createDocumentFragment();
  both.append(element, toggle);
  return both;
}

export function link(address) {
  const element = document.createElement("a");
  if (/^(https?|mailto|tel|tg):/i.test(address)) element.href = address;
  if (/^https?:/i.test(address)) { element.target = "_blank"; element.rel = "noopener noreferrer"; }
  return element;
}

function button(name, onClick) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = name;
  element.addEventListener("click", onClick);
  return element;
}

function spoiler() {
  const element = button("spoiler", () => { element.classList.add("shown"); element.removeAttribute("aria-label"); });
  element.setAttribute("aria-label", t("reveal"));
  return element;
}
