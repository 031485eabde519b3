// One chat on the screen: the client's phone or the clinic's group.
import { bubble, dayName, inShort } from "./bubble.js";
import { Composer } from "./composer.js";
import { element, openMenu } from "./menu.js";
import { link } from "./rich.js";
import { act } from "./wire.js";
import { languageOf, t, translate } from "./words.js";

const TAP_PATIENCE = 15000;
const TYPING_LASTS = 5000;
const TOAST_LASTS = 5000;

export class Pane {
  constructor(name) {
    this.root = document.getElementById("pane").content.firstElementChild.cloneNode(true);
    this.root.classList.add(name);
    this.isGroup = name === "group";
    this.chat = null;
    this.bot = null;
    this.me = null;
    this.taps = new Map();
    this.drawn = new Map();
    this.find = (selector) => this.root.querySelector(selector);
    this.log = this.find(".log");
    this.scroll = this.find(".scroll");
    this.composer = new Composer(this.root, this);
    this.scroll.addEventListener("scroll", () => { this.find(".newest").hidden = this.atEnd(); });
    this.find(".newest").addEventListener("click", () => this.toEnd());
    this.find(".more").addEventListener("click", (event) => openMenu(event.currentTarget, this.further()));
    this.log.addEventListener("click", (event) => this.follow(event));
    this.find(".pinned").addEventListener("click", () => this.show(this.chat.pinned.at(-1)));
  }

  get person() { return this.chat.people.find((one) => one.id === this.me); }
  get menu() { return this.person?.menu ?? []; }

  // The whole chat, from a state. Another chat begins with an empty log.
  set(chat, bot) {
    if (this.chat?.id !== chat.id) { this.log.replaceChildren(); this.drawn.clear(); this.composer.drop(); }
    const before = this.me;
    this.chat = chat;
    this.bot = bot;
    if (!chat.people.some((one) => one.id === this.me)) this.me = chat.people[0]?.id;
    if (before !== this.me) this.drawn.clear();
    this.draw();
  }

  draw() {
    const { chat } = this;
    this.find("h2").textContent = chat.title;
    this.find(".face").textContent = [...chat.title][0] ?? "";
    this.root.setAttribute("aria-label", chat.title);
    this.find(".more").hidden = this.isGroup || !chat.started;
    this.typing(false);
    this.drawSpeakers();
    this.drawAbout();
    this.drawPinned();
    this.drawLog();
    this.composer.draw();
    translate(this.root);
  }

  drawLog() {
    const end = this.atEnd();
    this.settled = this.drawn.size > 0;
    this.log.setAttribute("aria-label", t("to_group", this.chat.title));
    // A whole chat that appears at once is not read aloud from its beginning.
    this.log.setAttribute("aria-live", this.settled ? "polite" : "off");
    const ids = new Set(this.chat.messages.map((one) => one.message_id));
    for (const [id, { item }] of this.drawn) if (!ids.has(id)) { item.remove(); this.drawn.delete(id); }
    if (!this.drawn.size) this.log.replaceChildren();
    for (const message of this.chat.messages) this.put(message);
    this.days();
    if (end) this.toEnd();
    requestAnimationFrame(() => this.log.setAttribute("aria-live", "polite"));
  }

  put(message) {
    const written = JSON.stringify(message);
    const old = this.drawn.get(message.message_id);
    if (old?.written === written && old.language === document.documentElement.lang) return;
    const item = bubble(message, this);
    if (old) {
      const inside = old.item.contains(document.activeElement);
      old.item.replaceWith(item);
      if (inside) (item.querySelector(".key") ?? this.log).focus({ preventScroll: true });
    } else {
      item.classList.toggle("new", this.settled);
      this.log.append(item);
    }
    this.drawn.set(message.message_id, { item, written, language: document.documentElement.lang });
  }

  // A chip before each day's first message; those that stand are left alone, so that none is read aloud again.
  days() {
    const stale = new Set(this.log.querySelectorAll(".day"));
    let last = "";
    for (const message of this.chat.messages) {
      const name = dayName(message.date);
      if (name === last) continue;
      last = name;
      const { item } = this.drawn.get(message.message_id);
      const before = item.previousElementSibling;
      if (before?.classList.contains("day") && before.textContent === name) { stale.delete(before); continue; }
      const day = element("div", "day");
      day.append(element("span", "chip", name));
      item.before(day);
    }
    for (const day of stale) day.remove();
  }

  drawAbout() {
    const about = this.find(".about");
    const words = this.isGroup ? "" : this.chat.about;
    about.hidden = this.chat.messages.length > 0;
    about.querySelector("h3").textContent = words ? t("about") : t("empty");
    about.querySelector("p").textContent = words;
    about.lang = languageOf(about.textContent);
  }

  drawPinned() {
    const message = this.chat.messages.find((one) => one.message_id === this.chat.pinned.at(-1));
    this.find(".pinned").hidden = !message;
    if (message) this.find(".pinned span").textContent = inShort(message);
  }

  drawSpeakers() {
    const group = this.find(".speakers");
    group.hidden = !this.isGroup;
    if (!this.isGroup) return;
    if (group.children.length !== this.chat.people.length) {
      group.replaceChildren(...this.chat.people.map((person) => this.speaker(person)));
    }
    for (const one of group.children) {
      const chosen = Number(one.dataset.person) === this.me;
      one.setAttribute("aria-checked", String(chosen));
      one.tabIndex = chosen ? 0 : -1;
    }
  }

  speaker(person) {
    const made = element("button", "", person.name.split(" ")[0]);
    made.type = "button";
    made.dataset.person = person.id;
    made.setAttribute("role", "radio");
    const choose = (one) => { this.me = Number(one.dataset.person); this.drawn.clear(); this.draw(); one.focus(); };
    made.addEventListener("click", () => choose(made));
    made.addEventListener("keydown", (event) => {
      const to = { ArrowRight: made.nextElementSibling, ArrowLeft: made.previousElementSibling }[event.key];
      if (to) { event.preventDefault(); choose(to); }
    });
    return made;
  }

  further() {
    return [this.chat.blocked ? [t("unblock"), () => this.does("unblock")] : [t("block"), () => this.does("block")]];
  }

  // A change of this chat. Returns whether it brought something new to read.
  change({ what, body }) {
    const at = this.chat.messages.findIndex((one) => one.message_id === body.message_id);
    if (what === "typing") this.typing(true);
    if (what === "tapped") this.begin(body);
    if (what === "answered") this.end(body.id);
    if (what === "deleted" && at >= 0) this.chat.messages.splice(at, 1);
    if (what === "message" || what === "edited") {
      if (at >= 0) this.chat.messages[at] = body;
      else this.chat.messages.push(body);
      if (body.from.is_bot) this.typing(false);
      if (!this.chat.started) { this.chat.started = true; this.draw(); }
    }
    if (["message", "edited", "deleted"].includes(what)) { this.drawLog(); this.drawAbout(); this.drawPinned(); this.composer.draw(); }
    return what === "message" && body.from.id !== this.me;
  }

  typing(on) {
    clearTimeout(this.typingTimer);
    const quiet = this.isGroup ? t("members", this.chat.people.length) : t("bot");
    this.find(".sub").textContent = on ? t("typing") : quiet;
    this.find(".sub").classList.toggle("typing", on);
    if (on) this.typingTimer = setTimeout(() => this.typing(false), TYPING_LASTS);
  }

  tap(message, data) { if (!this.waits(message.message_id, data)) this.does("tap", { message_id: message.message_id, data }); }
  waits(id, data) { return [...this.taps.values()].some((one) => one.message_id === id && one.data === data); }

  begin(tap) {
    this.taps.set(tap.id, tap);
    this.busy();
    setTimeout(() => { if (this.taps.has(tap.id)) { this.end(tap.id); this.tell(t("unanswered")); } }, TAP_PATIENCE);
  }

  end(id) { this.taps.delete(id); this.busy(); }

  busy() {
    for (const key of this.log.querySelectorAll("[data-data]")) {
      const waiting = this.waits(Number(key.closest(".message").dataset.id), key.dataset.data);
      if (waiting) key.setAttribute("aria-busy", "true");
      else key.removeAttribute("aria-busy");
    }
  }

  // A link to the bot itself opens no page: it starts the bot with what the link carries.
  follow(event) {
    const address = event.target.closest("a[href]")?.href ?? "";
    const [, name, payload] = /^https:\/\/t\.me\/(\w+)\?start=([\w-]{1,64})$/.exec(address) ?? [];
    if (this.isGroup || name !== this.bot.username) return;
    event.preventDefault();
    this.say(`/start ${payload}`);
  }

  say(text, replyTo) { return this.does("send", { text, reply_to: replyTo }); }
  does(name, more) { return this.attempt(() => act(name, this.me, this.chat.id, more)); }

  async attempt(work) {
    try { await work(); this.toEnd(); return true; } catch (error) { this.tell(`${t("refused")} ${error.message}`); return false; }
  }

  copy(words) { navigator.clipboard?.writeText(words).then(() => this.tell(t("copied")), () => this.tell(t("refused"))); }

  show(id) {
    const item = this.drawn.get(id)?.item;
    item?.scrollIntoView({ block: "center" });
    item?.classList.add("found");
    setTimeout(() => item?.classList.remove("found"), 1500);
  }

  tell(text, address = "") {
    const made = element("div", "toast", text);
    if (address) {
      const more = link(address);
      more.textContent = address;
      made.append(" ", more);
    }
    this.find(".toasts").append(made);
    setTimeout(() => made.remove(), TOAST_LASTS);
  }

  atEnd() { return this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight < 80; }
  toEnd() { this.scroll.scrollTop = this.scroll.scrollHeight; }
}
