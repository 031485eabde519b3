// The foot of a pane: text field, commands, attachments, replies, edits, the bot's own keyboard.
import { fullName, inShort } from "./bubble.js";
import { element, openMenu } from "./menu.js";
import { Suggestions } from "./suggest.js";
import { act, upload } from "./wire.js";
import { current, languageOf, t } from "./words.js";

const INLINE_PAUSE = 350;

export class Composer {
  constructor(root, pane) {
    this.pane = pane;
    this.find = (name) => root.querySelector(name);
    this.field = this.find("textarea");
    this.suggestions = new Suggestions(this.find(".suggestions"), this.field);
    this.replying = null;
    this.editing = null;
    this.keysShown = true;
    this.forced = null;
    this.listen();
  }

  listen() {
    this.find("form").addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    this.field.addEventListener("input", () => { this.grow(); this.suggest(); });
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("blur", () => this.suggestions.hide());
    this.find(".drop").addEventListener("click", () => { this.drop(); this.field.focus(); });
    this.find(".commands").addEventListener("click", () => this.toggleCommands());
    this.find(".attach").addEventListener("click", (event) => openMenu(event.currentTarget, this.attachments()));
    this.find(".keys").addEventListener("click", () => { this.keysShown = !this.keysShown; this.drawKeyboard(); });
    this.find(".start").addEventListener("click", () => (this.pane.chat.blocked ? this.pane.does("unblock") : this.begin()));
    this.find(".picked").addEventListener("change", (event) => {
      const [file] = event.target.files;
      if (file) this.pane.attempt(() => upload(this.pane.me, this.pane.chat.id, file));
      event.target.value = "";
    });
  }

  // The page's own address may carry what a deep link would: ?start=book
  begin() {
    const payload = /^[\w-]{1,64}$/.exec(new URLSearchParams(location.search).get("start") ?? "");
    this.pane.say(payload ? `/start ${payload[0]}` : "/start");
  }

  key(event) {
    if (event.isComposing || this.suggestions.key(event)) return;  // Enter ends a Japanese conversion first.
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); this.send(); }
    if (event.key === "Escape") this.drop();
    if (event.key === "ArrowUp" && !this.field.value) {
      const last = this.pane.chat.messages.filter((one) => one.from.id === this.pane.me && one.text).at(-1);
      if (last) { event.preventDefault(); this.edit(last); }
    }
  }

  async send() {
    const text = this.field.value.trim();
    if (!text) return;
    const { editing, replying } = this;
    this.field.value = "";
    this.drop();
    this.grow();
    this.suggestions.hide();
    const done = editing
      ? await this.pane.does("edit", { message_id: editing.message_id, text })
      : await this.pane.say(text, replying?.message_id);
    if (!done && !this.field.value) this.offer(text);
  }

  offer(text) {
    this.field.value = text;
    this.field.focus();
    this.grow();
    this.suggest();
  }

  reply(message) { this.drop(); this.replying = message; this.banner(t("reply_to", fullName(message.from)), inShort(message)); }

  edit(message) {
    this.drop();
    this.editing = message;
    this.banner(t("editing"), message.text);
    this.field.value = message.text;
    this.grow();
  }

  banner(title, detail) {
    const shown = this.find(".banner");
    shown.querySelector("strong").textContent = title;
    shown.querySelector("span").textContent = detail;
    shown.hidden = false;
    this.field.focus();
  }

  drop() {
    if (this.editing) { this.field.value = ""; this.grow(); }
    this.replying = null;
    this.editing = null;
    this.find(".banner").hidden = true;
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 140)}px`;
    this.field.lang = this.field.value ? languageOf(this.field.value) : current();
  }

  toggleCommands() {
    if (this.suggestions.open) { this.suggestions.hide(); return; }
    this.field.focus();
    this.suggestions.show(this.commandsLike("/"));
  }

  suggest() {
    const { value } = this.field;
    clearTimeout(this.inlineTimer);
    if (/^\/\w*$/.test(value)) { this.suggestions.show(this.commandsLike(value)); return; }
    this.suggestions.hide();
    const name = `@${this.pane.bot.username} `;
    if (this.pane.bot.inline && value.startsWith(name)) {
      this.inlineTimer = setTimeout(() => this.inline(value, value.slice(name.length)), INLINE_PAUSE);
    }
  }

  async inline(typed, query) {
    const { me, chat } = this.pane;
    const { results } = await act("inline", me, chat.id, { query }).catch(() => ({ results: [] }));
    if (this.field.value !== typed) return;
    this.suggestions.show(results.map((one) => ({
      title: one.title,
      detail: one.description,
      choose: () => { this.field.value = ""; this.grow(); this.pane.does("choose", { query: one.query, number: one.number }); },
    })));
  }

  commandsLike(typed) {
    return this.pane.menu
      .filter((one) => `/${one.command}`.startsWith(typed))
      .map((one) => ({
        title: `/${one.command}`,
        detail: one.description,
        choose: () => { this.field.value = ""; this.grow(); this.pane.say(`/${one.command}`); },
      }));
  }

  attachments() {
    const pick = (accept) => () => { const input = this.find(".picked"); input.accept = accept; input.click(); };
    const sample = (kind) => [t(kind), () => this.pane.does("attach", { kind })];
    const samples = ["photo", "voice", "sticker", "location", "document"].map(sample);
    const contact = this.pane.isGroup ? [] : [sample("contact")];
    return [[t("a_photo"), pick("image/png,image/jpeg,image/webp")], [t("a_document"), pick("")], ...samples, ...contact];
  }

  draw() {
    const { chat } = this.pane;
    const closed = chat.blocked || !chat.started;
    const pressed = document.activeElement === this.find(".start");
    this.find(".start").hidden = !closed;
    this.find(".start").textContent = chat.blocked ? t("restart") : t("start");
    this.find("form").hidden = closed;
    this.find(".commands").hidden = this.pane.menu.length === 0;
    this.field.placeholder = chat.keyboard?.input_field_placeholder ?? t("write");
    this.field.setAttribute("aria-label", t("to_group", chat.title));
    this.drawKeyboard();
    this.force();
    if (pressed && !closed) this.field.focus();
  }

  drawKeyboard() {
    const rows = this.pane.chat.keyboard?.keyboard ?? [];
    const shown = this.find(".keyboard");
    const toggle = this.find(".keys");
    toggle.hidden = rows.length === 0;
    toggle.setAttribute("aria-expanded", String(this.keysShown));
    shown.hidden = rows.length === 0 || !this.keysShown || this.find("form").hidden;
    shown.replaceChildren(...rows.map((row) => {
      const line = element("div", "row");
      line.append(...row.map((key) => this.keyOf(key)));
      return line;
    }));
  }

  keyOf(key) {
    const made = element("button", "key", key.text);
    made.type = "button";
    made.lang = languageOf(key.text);
    made.addEventListener("click", () => this.pane.does("press", { label: key.text }));
    return made;
  }

  force() {
    const asked = this.pane.chat.keyboard;
    if (!asked?.force_reply || this.forced === asked.message_id) return;
    this.forced = asked.message_id;
    const message = this.pane.chat.messages.find((one) => one.message_id === asked.message_id);
    if (message) this.reply(message);
  }
}
