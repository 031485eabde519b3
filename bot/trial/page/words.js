// What the page itself says. Messages are never translated: they are the bot's and the people's.
const WORDS = {
  en: {
    trial: "trial", client: "Client", new_client: "New client", phone_language: "Language of the phone",
    theme: "Light or dark", lost: "Connection lost. Trying again…", views: "Views", phone: "Phone",
    clinic: "Clinic", ok: "OK", speaker: "Who speaks", more: "More", newest: "To the newest message",
    cancel: "Cancel", commands: "Commands", attach: "Attach", keyboard: "Keyboard of the bot", send: "Send",
    write: "Message", bot: "bot", typing: "typing…", members: (n) => `${n} people and the bot`,
    start: "Start", restart: "Unblock and go on", block: "Block the bot", unblock: "Unblock the bot",
    reply: "Reply", edit: "Edit", copy: "Copy text", copied: "Copied", edited: "edited",
    actions: "What to do with this message", reply_to: (name) => `Reply to ${name}`, editing: "Edit message",
    a_photo: "Picture…", a_document: "File…", photo: "Sample picture", voice: "Voice message",
    sticker: "Sticker", location: "Location", document: "Sample file", contact: "My contact",
    picture: "Picture", pinned: "Pinned", to_group: (name) => `Chat: ${name}`, opens: "opens a page",
    waits: "waiting", reveal: "Show the hidden text", refused: "That did not work.", about: "What can this bot do?",
    empty: "No messages yet.", moved: "The group was upgraded to a supergroup.", reaction: "Reaction",
    unanswered: "The bot has not answered the tap.", show_more: "More", show_less: "Less", today: "Today",
    suggestions: "Suggestions", forwarded: (name) => `Forwarded from ${name}`,
  },
  ja: {
    trial: "お試し", client: "お客さま", new_client: "新しいお客さま", phone_language: "スマホの言語",
    theme: "明るさの切り替え", lost: "接続が切れました。つなぎ直しています…", views: "表示", phone: "スマホ",
    clinic: "院内", ok: "OK", speaker: "話す人", more: "その他", newest: "最新のメッセージへ",
    cancel: "取り消す", commands: "コマンド", attach: "添付", keyboard: "ボットのキーボード", send: "送信",
    write: "メッセージ", bot: "ボット", typing: "入力中…", members: (n) => `メンバー${n}人とボット`,
    start: "はじめる", restart: "ブロックを解除して再開", block: "ボットをブロック", unblock: "ブロックを解除",
    reply: "返信", edit: "編集", copy: "テキストをコピー", copied: "コピーしました", edited: "編集済み",
    actions: "このメッセージの操作", reply_to: (name) => `${name}さんへの返信`, editing: "メッセージの編集",
    a_photo: "写真を選ぶ…", a_document: "ファイルを選ぶ…", photo: "見本の写真", voice: "ボイスメッセージ",
    sticker: "スタンプ", location: "位置情報", document: "見本のファイル", contact: "自分の連絡先",
    picture: "写真", pinned: "固定", to_group: (name) => `チャット：${name}`, opens: "ページを開きます",
    waits: "処理中", reveal: "隠れた文字を表示", refused: "うまくいきませんでした。", about: "このボットでできること",
    empty: "まだメッセージはありません。", moved: "グループはスーパーグループになりました。", reaction: "リアクション",
    unanswered: "ボットからの応答がありません。", show_more: "もっと見る", show_less: "閉じる", today: "今日",
    suggestions: "候補", forwarded: (name) => `${name}さんからの転送`,
  },
};
let language = "en";

export function t(key, ...values) {
  const word = WORDS[language][key];
  return typeof word === "function" ? word(...values) : word;
}

export const current = () => language;

export function speak(code) {
  language = code === "ja" ? "ja" : "en";
  document.documentElement.lang = language;
  translate(document);
}

export function translate(root) {
  for (const element of root.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t);
  for (const element of root.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", t(element.dataset.label));
    element.title = t(element.dataset.label);
  }
  for (const element of root.querySelectorAll("[data-aria]")) element.setAttribute("aria-label", t(element.dataset.aria));
}

// Kana or kanji make a text Japanese: fonts and screen readers choose by it.
export const languageOf = (text) => (/[\u3040-\u30ff\u3400-\u9fff]/.test(text) ? "ja" : "en");
