// The message list: who said what when, grouped, with replies, reactions, files and live streams.

import { tryPost } from "./api.js";
import { drawBlocks, readForm } from "./blocks.js";
import { h, svg } from "./dom.js";
import { emoji, QUICK } from "./emoji.js";
import { icon } from "./icons.js";
import { mrkdwn } from "./mrkdwn.js";
import { clockTime, dayKey, dayName, fullTime, personName, world } from "./world.js";

const GROUP_SECONDS = 300;
const STREAM_SECONDS = 300;

export function avatar(id, small) {
  const initials = personName(id).split(/[\s_]+/).map((word) => word[0]).slice(0, 2).join("").toUpperCase();
  const tone = [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 997, 7) % 8;
  const bot = id === world.bot.user_id;
  const mark = bot
    ? svg("path", { d: "M13 26V10h13M13 18h10", class: "bot-mark" })
    : svg("text", { x: 18, y: 23, "text-anchor": "middle" }, initials);
  const box = svg("svg", { viewBox: "0 0 36 36", class: `avatar ${bot ? "bot" : `tone-${tone}`}${small ? " tiny" : ""}`, "aria-hidden": "true" },
    svg("rect", { width: 36, height: 36, rx: 8 }), mark);
  return box;
}

const isStreaming = (message) => message.stream && !message.stream.stopped && Date.now() / 1000 - message.stream.started < STREAM_SECONDS;

function reactions(message, channel) {
  if (!message.reactions?.length) return null;
  return h("div", { class: "reactions" }, message.reactions.map((reaction) => {
    const mine = reaction.users.includes(world.me);
    return h("button", {
      type: "button", class: `reaction${mine ? " mine" : ""}`, title: reaction.users.map(personName).join(", "), "aria-pressed": String(mine),
      onclick: () => tryPost("react", { user: world.me, channel, ts: message.ts, name: reaction.name, remove: mine }),
    }, emoji(reaction.name), h("span", {}, String(reaction.count)));
  }));
}

function files(message) {
  if (!message.files?.length) return null;
  return h("div", { class: "files" }, message.files.map((file) => {
    const shown = file.mimetype.startsWith("image/") && file.size > 0;
    if (shown) return h("figure", { class: "image-block" }, h("figcaption", {}, file.title), h("img", { class: "image", src: file.url_private, alt: file.title, loading: "lazy" }));
    return h("a", { class: "file", href: file.url_private, download: file.name }, h("strong", {}, file.title), h("small", {}, `${file.mimetype} · ${file.size} bytes`));
  }));
}

function tools(message, channel, inThread) {
  const react = QUICK.map((name) =>
    h("button", { type: "button", title: `React with ${name}`, "aria-label": `React with ${name}`, onclick: () => tryPost("react", { user: world.me, channel, ts: message.ts, name }) }, emoji(name)));
  const root = message.thread_ts || message.ts;
  const reply = h("a", { href: `#/${channel}/${root}`, title: "Reply in thread", "aria-label": "Reply in thread", "data-testid": "thread-reply" }, icon("reply"));
  return h("div", { class: "tools" }, react, !inThread && reply);
}

function repliesLink(message, channel) {
  const count = message.reply_count;
  if (!count) return null;
  return h("a", { class: "replies", href: `#/${channel}/${message.ts}`, "data-testid": "replies" },
    (message.reply_users || []).slice(0, 3).map((id) => avatar(id, true)), h("strong", {}, `${count} ${count === 1 ? "reply" : "replies"}`),
    h("span", {}, `Last reply ${dayKey(message.latest_reply) === dayKey(message.ts) ? "" : `${dayName(message.latest_reply)} `}at ${clockTime(message.latest_reply)}`));
}

const MARKS = { markdown: (block) => block.text.trim(), task_card: () => true, plan: () => true };

function words(message, channel, inThread) {
  const form = new Map();
  const ctx = {
    key: `${channel}/${message.ts}`,
    form,
    narrow: innerWidth <= 700 || (inThread && innerWidth < 1700),
    live: () => true,
    act: async (element, block, value) => {
      const body = { user: world.me, channel, message_ts: message.ts, action_id: element.action_id, block_id: block.block_id, value, state: readForm(form) };
      await tryPost("click", body);
    },
  };
  const blocks = (message.blocks || []).filter((block) => !MARKS[block.type] || MARKS[block.type](block));
  const drawn = blocks.length ? h("div", { class: "blocks" }, drawBlocks(blocks, ctx)) : message.text && mrkdwn(message.text);
  const edited = message.edited && !message.bot_id && h("small", { class: "edited" }, "(edited)");
  const writing = isStreaming(message) && h("span", { class: "writing", role: "status", "aria-label": "writing" }, h("i"), h("i"), h("i"));
  return [drawn, edited, files(message), writing];
}

export function messageRow(message, channel, before, inThread) {
  const author = message.user;
  const compact = before && before.user === author && message.ts - before.ts < GROUP_SECONDS && !message.ephemeral_to && !before.ephemeral_to && !(before.reply_count && !inThread);
  const time = h("time", { title: fullTime(message.ts), datetime: new Date(message.ts * 1000).toISOString() }, clockTime(message.ts));
  const head = h("div", { class: "message-head" }, h("strong", { class: "author" }, personName(author)), message.bot_id && h("span", { class: "badge" }, "APP"), time);
  const classes = ["message", compact && "compact", message.ephemeral_to && "ephemeral"].filter(Boolean).join(" ");
  return h("li", { class: classes, "data-testid": "message", "data-ts": message.ts, "data-user": author, "data-streaming": isStreaming(message) ? "yes" : "no" },
    h("div", { class: "message-side" }, compact ? time : avatar(author)),
    h("div", { class: "message-main" },
      message.ephemeral_to && h("p", { class: "private", "data-testid": "ephemeral" }, icon("eye"), " Only visible to you"),
      !compact && head, words(message, channel, inThread), reactions(message, channel), !inThread && repliesLink(message, channel)),
    !message.ephemeral_to && tools(message, channel, inThread));
}

// Draws a list, reusing rows that did not change. ``rows`` maps ts to what is on the page.
export function drawMessages(list, messages, channel, rows, inThread) {
  const wanted = [];
  let before = null;
  for (const [at, message] of messages.entries()) {
    const newDay = !before || dayKey(before.ts) !== dayKey(message.ts);
    if (newDay && !inThread) wanted.push(row(rows, `day-${dayKey(message.ts)}`, "", () => h("li", { class: "day", role: "separator" }, h("span", {}, dayName(message.ts)))));
    if (inThread && at === 1) {
      const count = `${messages.length - 1} ${messages.length === 2 ? "reply" : "replies"}`;
      wanted.push(row(rows, "count", count, () => h("li", { class: "day count", role: "separator" }, h("span", {}, count))));
    }
    const previous = newDay && !inThread ? null : before;
    const sign = JSON.stringify([message, previous?.ts, previous?.user, world.me]);
    wanted.push(row(rows, message.ts, sign, () => messageRow(message, channel, previous, inThread)));
    before = message;
  }
  const keepers = new Set(wanted);
  for (const [key, { node }] of rows) if (!keepers.has(node)) rows.delete(key);
  for (const node of [...list.children]) if (!keepers.has(node)) node.remove();
  wanted.forEach((node, at) => list.children[at] !== node && list.insertBefore(node, list.children[at] || null));
}

function row(rows, key, sign, make) {
  const known = rows.get(key);
  if (known && known.sign === sign) return known.node;
  const node = make();
  rows.set(key, { sign, node });
  return node;
}

