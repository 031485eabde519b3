// The two panes, the tools above them, and the line to the server.
import { Pane } from "./pane.js";
import { act, listen, readState } from "./wire.js";
import { speak, t } from "./words.js";

const by = (id) => document.getElementById(id);
const THEMES = ["auto", "light", "dark"];

const phone = new Pane("phone");
const group = new Pane("group");
by("panes").append(phone.root, group.root);
let state = null;
let wanted = Number(sessionStorage.getItem("client"));
let reading = null;
let again = false;

function draw() {
  const client = state.clients.find((one) => one.id === wanted) ?? state.clients[0];
  wanted = client.id;
  speak(client.people[0].language);
  by("client").replaceChildren(...state.clients.map((one) => new Option(one.people[0].name, one.id, false, one.id === wanted)));
  by("lang-en").setAttribute("aria-pressed", String(client.people[0].language !== "ja"));
  by("lang-ja").setAttribute("aria-pressed", String(client.people[0].language === "ja"));
  phone.set(client, state.bot);
  group.set(state.group, state.bot);
}

// One reading at a time; what changes meanwhile asks for one more.
async function refresh() {
  if (reading) { again = true; return; }
  reading = readState();
  const read = await reading.catch(() => null);
  reading = null;
  by("lost").hidden = read !== null;
  if (read) {
    state = read;
    draw();
    document.body.dataset.ready = "true";
  }
  if (again) { again = false; await refresh(); }
}

function changed(change) {
  if (!state) return;
  if (change.number <= state.number) return;
  if (change.what === "chats") { refresh(); return; }
  if (change.what === "answered") answered(change);
  const chat = [...state.clients, state.group].find((one) => one.id === change.chat);
  const pane = [phone, group].find((one) => one.chat === chat);
  if (!chat || !pane) { if (change.what === "message") refresh(); return; }
  if (pane.change(change)) mark(pane);
  if (reading) again = true;  // The state that is on its way may be older than this change.
}

// The answer to a tap is for who tapped: the client shown, or anybody in the group.
function answered({ chat, body: { text, show_alert: loud, url, person } }) {
  const pane = chat === group.chat.id ? group : phone;
  if (!pane.chat.people.some((one) => one.id === person)) return;
  if (loud && text) { by("alert-text").textContent = text; by("alert").showModal(); }
  else if (text || url) pane.tell(text ?? "", url);
}

function mark(pane) {
  const name = pane.isGroup ? "group" : "phone";
  if (by("panes").dataset.view !== name) by(`tab-${name}`).querySelector(".dot").hidden = false;
}

function view(name) {
  by("panes").dataset.view = name;
  for (const one of ["phone", "group"]) by(`tab-${one}`).setAttribute("aria-pressed", String(one === name));
  by(`tab-${name}`).querySelector(".dot").hidden = true;
  (name === "phone" ? phone : group).toEnd();
}

function choose(id) {
  wanted = Number(id);
  sessionStorage.setItem("client", String(wanted));
}

function paint(theme) {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  localStorage.setItem("theme", theme);
}

function nextTheme() {
  const now = localStorage.getItem("theme") ?? "auto";
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  // From "as the system" the first press goes to the other look, so that it is seen to do something.
  if (now === "auto") return dark ? "light" : "dark";
  return THEMES.includes(now) && now === (dark ? "light" : "dark") ? "auto" : dark ? "light" : "dark";
}

by("theme").addEventListener("click", () => paint(nextTheme()));
by("client").addEventListener("change", (event) => { choose(event.target.value); draw(); });
by("new-client").addEventListener("click", () => phone.attempt(async () => {
  const made = await act("client", phone.me, phone.chat.id, { language: phone.person.language });
  choose(made.chat);
  await refresh();
  view("phone");
  phone.tell(t("new_client"));
}));
for (const code of ["en", "ja"]) by(`lang-${code}`).addEventListener("click", () => phone.does("language", { language: code }));
for (const name of ["phone", "group"]) by(`tab-${name}`).addEventListener("click", () => view(name));

paint(localStorage.getItem("theme") ?? "auto");
view("phone");
listen({ opened: refresh, changed, lost: () => { by("lost").hidden = false; } });
