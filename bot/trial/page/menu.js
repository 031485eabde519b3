// A small menu at a button: arrows move, Escape closes and gives the focus back.
let closing = null;

export function openMenu(anchor, items) {
  closing?.();
  const menu = document.createElement("div");
  menu.className = "menu";
  menu.setAttribute("role", "menu");
  for (const [label, action] of items) {
    const item = document.createElement("button");
    item.type = "button";
    item.setAttribute("role", "menuitem");
    item.textContent = label;
    item.addEventListener("click", () => { close(); action(); });
    menu.append(item);
  }
  document.body.append(menu);
  place(menu, anchor);
  anchor.setAttribute("aria-expanded", "true");
  const away = (event) => { if (!menu.contains(event.target) && !anchor.contains(event.target)) close(false); };
  const close = (refocus = true) => {
    document.removeEventListener("pointerdown", away);
    menu.remove();
    anchor.setAttribute("aria-expanded", "false");
    if (refocus) anchor.focus();
    closing = null;
  };
  closing = close;
  document.addEventListener("pointerdown", away);
  menu.addEventListener("keydown", (event) => {
    const all = [...menu.children];
    const at = all.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) { event.preventDefault(); all[(to + all.length) % all.length].focus(); }
    if (event.key === "Escape" || event.key === "Tab") { event.preventDefault(); close(); }
  });
  menu.firstChild.focus();
}

function place(menu, anchor) {
  const box = anchor.getBoundingClientRect();
  const own = menu.getBoundingClientRect();
  const above = box.top - own.height - 6;
  const left = Math.min(Math.max(8, box.left), innerWidth - own.width - 8);
  menu.style.left = `${left}px`;
  menu.style.top = `${above > 8 ? above : Math.min(box.bottom + 6, innerHeight - own.height - 8)}px`;
}

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

export function element(tag, name = "", text = "") {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text) made.textContent = text;
  return made;
}
