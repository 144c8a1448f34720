// Where one types: Enter sends, Shift+Enter breaks the line, @ offers the bot, files go along.

import { tryPost } from "./api.js";
import { h, toast } from "./dom.js";
import { icon } from "./icons.js";
import { world } from "./world.js";

const MOST_BYTES = 5_000_000;
const drafts = new Map();

const asBase64 = (file) =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",")[1] || "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });

export function composer({ channel, thread, placeholder, testId }) {
  const key = `${world.me}/${channel}/${thread || ""}`;
  let attached = [];
  const text = h("textarea", { rows: "1", placeholder, "aria-label": placeholder, "data-testid": testId });
  const chips = h("div", { class: "attached" });
  const offer = h("button", { type: "button", class: "mention-offer", hidden: true, "data-testid": `${testId}-mention-offer` }, `@${world.bot.name}`, h("small", {}, "press Tab"));
  const picker = h("input", { type: "file", multiple: true, hidden: true });
  const send = h("button", { type: "submit", class: "send", "aria-label": "Send", title: "Send", "data-testid": testId === "composer" ? "send" : "thread-send" }, icon("send"));

  const grow = () => {
    text.style.height = "auto";
    text.style.height = `${Math.min(text.scrollHeight, 220)}px`;
    send.disabled = !text.value.trim() && !attached.length;
    const word = /(?:^|\s)@(\w*)$/.exec(text.value.slice(0, text.selectionStart));
    offer.hidden = !word || !world.bot.name.startsWith(word[1].toLowerCase()) || word[1] === world.bot.name;
    drafts.set(key, text.value);
  };

  const complete = () => {
    const at = text.selectionStart;
    const head = text.value.slice(0, at).replace(/@\w*$/, `@${world.bot.name} `);
    text.value = head + text.value.slice(at);
    text.focus();
    text.setSelectionRange(head.length, head.length);
    grow();
  };

  const addMention = () => {
    const space = text.value && !/\s$/.test(text.value.slice(0, text.selectionStart)) ? " " : "";
    text.setRangeText(`${space}@`, text.selectionStart, text.selectionEnd, "end");
    complete();
  };

  const showFiles = () => {
    chips.replaceChildren(...attached.map((file) =>
      h("span", { class: "chip" }, file.name, h("button", { type: "button", "aria-label": `Remove ${file.name}`, onclick: () => { attached = attached.filter((one) => one !== file); showFiles(); } }, icon("close")))));
    grow();
  };

  picker.addEventListener("change", () => {
    const small = [...picker.files].filter((file) => file.size <= MOST_BYTES);
    if (small.length < picker.files.length) toast("Files up to 5 MB, please.", "error");
    attached = [...attached, ...small];
    picker.value = "";
    showFiles();
  });

  const submit = async () => {
    const words = text.value;
    if ((!words.trim() && !attached.length) || send.dataset.busy) return;
    send.dataset.busy = "yes";
    const files = await Promise.all(attached.map(async (file) => ({ name: file.name, mimetype: file.type || "application/octet-stream", content: await asBase64(file) })));
    const body = { user: world.me, channel, text: words };
    if (thread) body.thread_ts = thread;
    if (files.length) body.files = files;
    const sent = await tryPost("say", body);
    delete send.dataset.busy;
    if (!sent) return;
    text.value = "";
    attached = [];
    showFiles();
    text.focus();
  };

  text.value = drafts.get(key) || "";
  text.addEventListener("input", grow);
  text.addEventListener("keydown", (event) => {
    if (event.key === "Tab" && !offer.hidden) {
      event.preventDefault();
      complete();
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      submit();
    }
  });
  offer.addEventListener("click", complete);
  const form = h("form", { class: "composer" }, offer, text, chips,
    h("div", { class: "composer-bar" },
      h("button", { type: "button", class: "icon", title: "Attach a file", "aria-label": "Attach a file", onclick: () => picker.click() }, icon("plus")),
      h("button", { type: "button", class: "icon", title: `Mention ${world.bot.name}`, "aria-label": `Mention ${world.bot.name}`, onclick: addMention, "data-testid": `${testId}-mention` }, "@"),
      h("span", { class: "grow" }), h("small", { class: "keys" }, "Shift + Enter for a new line"), picker, send));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  queueMicrotask(grow);
  return form;
}
