// One message: its name, what it answers, its content, its buttons, its time.
import { attached } from "./attached.js";
import { element, icon, openMenu } from "./menu.js";
import { link, rich } from "./rich.js";
import { current, languageOf, t } from "./words.js";

export const clockTime = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString(current(), { hour: "2-digit", minute: "2-digit", hour12: false });

export const dayName = (seconds) => {
  const day = new Date(seconds * 1000);
  if (day.toDateString() === new Date().toDateString()) return t("today");
  return day.toLocaleDateString(current(), { weekday: "short", month: "long", day: "numeric" });
};

export const fullName = (person) => [person.first_name, person.last_name].filter(Boolean).join(" ");

// A line that stands for a message in a reply, a banner or the pin.
export function inShort(message) {
  const words = message.text ?? message.caption;
  if (words) return words;
  if (message.document) return message.document.file_name ?? t("document");
  if (message.venue) return message.venue.title;
  for (const kind of ["photo", "voice", "sticker", "contact"]) if (message[kind]) return t(kind === "photo" ? "picture" : kind);
  return message.location ? t("location") : "";
}

export function bubble(message, pane) {
  const own = message.from.id === pane.me;
  const item = element("div", `message${own ? " own" : ""}${message.from.is_bot ? " of-bot" : ""}`);
  item.dataset.id = message.message_id;
  const service = serviceText(message);
  if (service) {
    item.classList.add("service");
    item.append(element("span", "chip", service));
    return item;
  }
  const body = element("div", "bubble");
  item.append(body);
  if (pane.isGroup && !own) body.append(element("b", "name", fullName(message.from)));
  else body.append(element("b", "visually-hidden", fullName(message.from)));
  const origin = message.forward_origin?.sender_user;
  if (origin) body.append(element("small", "forwarded", t("forwarded", fullName(origin))));
  if (message.reply_to_message) body.append(quote(message.reply_to_message, pane));
  const kinds = attached(message);
  if (kinds) body.append(kinds);
  const words = message.text ?? message.caption;
  if (words) {
    const text = element("div", "text");
    text.lang = languageOf(words);
    text.append(rich(words, message.entities ?? message.caption_entities, (command) => pane.say(command)));
    body.append(text);
  }
  if (message.sticker) body.classList.add("bare");
  body.append(foot(message, own, pane));
  if (message.reply_markup?.inline_keyboard) item.append(buttons(message, pane));
  return item;
}

function serviceText(message) {
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return t("moved");
  if (message.pinned_message) return `${t("pinned")}: ${inShort(message.pinned_message)}`;
  return "";
}

function quote(message, pane) {
  const made = element("button", "quote");
  made.type = "button";
  made.append(element("b", "", fullName(message.from)), element("span", "", inShort(message)));
  made.addEventListener("click", () => pane.show(message.message_id));
  return made;
}

function foot(message, own, pane) {
  const made = element("div", "meta");
  for (const emoji of message.reactions ?? []) {
    const reaction = element("span", "reaction", emoji);
    reaction.setAttribute("aria-label", `${t("reaction")} ${emoji}`);
    made.append(reaction);
  }
  if (message.edit_date) made.append(element("span", "", t("edited")));
  const time = element("time", "", clockTime(message.date));
  time.dateTime = new Date(message.date * 1000).toISOString();
  made.append(time);
  const more = element("button", "tool icon act");
  more.type = "button";
  more.setAttribute("aria-label", t("actions"));
  more.setAttribute("aria-haspopup", "menu");
  more.append(icon("more"));
  more.addEventListener("click", () => openMenu(more, actions(message, own, pane)));
  made.append(more);
  return made;
}

function actions(message, own, pane) {
  const items = [[t("reply"), () => pane.composer.reply(message)]];
  if (own && message.text) items.push([t("edit"), () => pane.composer.edit(message)]);
  const words = message.text ?? message.caption;
  if (words && !message.has_protected_content) items.push([t("copy"), () => pane.copy(words)]);
  return items;
}

function buttons(message, pane) {
  const grid = element("div", "buttons");
  for (const row of message.reply_markup.inline_keyboard) {
    const line = element("div", "row");
    for (const key of row) line.append(keyOf(key, message, pane));
    grid.append(line);
  }
  return grid;
}

function keyOf(key, message, pane) {
  let made;
  if (key.url) {
    made = link(key.url);
    made.append(key.text, element("span", "visually-hidden", ` (${t("opens")})`), element("span", "corner", "↗"));
  } else {
    made = element("button", "", key.text);
    made.type = "button";
    if (key.callback_data !== undefined) {
      made.dataset.data = key.callback_data;
      made.addEventListener("click", () => pane.tap(message, key.callback_data));
      if (pane.waits(message.message_id, key.callback_data)) made.setAttribute("aria-busy", "true");
    } else if (key.copy_text) made.addEventListener("click", () => pane.copy(key.copy_text.text));
    else made.addEventListener("click", () => pane.composer.offer(`@${pane.bot.username} ${key.switch_inline_query_current_chat ?? key.switch_inline_query ?? ""}`));
  }
  made.classList.add("key");
  made.lang = languageOf(key.text);
  return made;
}
