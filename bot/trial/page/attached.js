// What a message carries beside words: pictures, files, places, contacts.
import { element, icon } from "./menu.js";
import { link } from "./rich.js";
import { t } from "./words.js";

const LARGEST = 340;

const address = (file) => `/page/file/${encodeURIComponent(file.file_id)}`;

export function attached(message) {
  if (message.photo) return picture(message.photo.at(-1), message.caption || t("picture"));
  if (message.sticker) return picture(message.sticker, `${t("sticker")} ${message.sticker.emoji}`, "sticker");
  if (message.document) return file(message.document);
  if (message.voice) return chip("voice", t("voice"), `0:${String(message.voice.duration).padStart(2, "0")}`);
  if (message.venue) return chip("place", message.venue.title, message.venue.address, map(message.location));
  if (message.location) return chip("place", t("location"), coordinates(message.location), map(message.location));
  if (message.contact) return contact(message.contact);
  return null;
}

function picture(photo, description, name = "picture") {
  const image = element("img", name);
  image.src = address(photo);
  image.alt = description;
  // The size is known before the picture is there, so nothing jumps when it arrives.
  const scale = Math.min(1, LARGEST / photo.width, LARGEST / photo.height);
  image.width = Math.round(photo.width * scale);
  image.height = Math.round(photo.height * scale);
  if (name === "sticker") return image;
  const around = element("a", "around");
  around.href = image.src;
  around.target = "_blank";
  around.rel = "noopener";
  around.append(image);
  return around;
}

function chip(symbol, title, detail, made = element("div")) {
  made.classList.add("attachment");
  const badge = element("span", "badge");
  badge.append(icon(symbol));
  const words = element("span", "words");
  words.append(element("strong", "", title), element("small", "", detail));
  made.append(badge, words);
  return made;
}

function file(document) {
  const made = element("a");
  made.href = address(document);
  made.download = document.file_name ?? "";
  return chip("doc", document.file_name ?? t("document"), size(document.file_size), made);
}

function contact(person) {
  const name = [person.first_name, person.last_name].filter(Boolean).join(" ");
  return chip("person", name, person.phone_number, link(`tel:${person.phone_number.replace(/[^+\d]/g, "")}`));
}

const coordinates = (place) => `${place.latitude.toFixed(4)}, ${place.longitude.toFixed(4)}`;
const map = (place) => link(`https://www.openstreetmap.org/?mlat=${place.latitude}&mlon=${place.longitude}#map=17/${place.latitude}/${place.longitude}`);

function size(bytes = 0) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1048576 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}
