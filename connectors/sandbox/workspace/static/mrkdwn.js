// Slack's own text format: *bold* _italic_ ~strike~ `code`, quotes, preformatted text, and <marked> references.

import { h, link } from "./dom.js";
import { EMOJI } from "./emoji.js";
import { formatted, personName, world } from "./world.js";

const decode = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
const REFERENCE = /<([^<>\n]+)>/;
const EDGE = "(?<![\\w])";
const STYLES = [
  ["code", /`([^`\n]+)`/, (inner) => h("code", {}, decode(inner))],
  ["b", new RegExp(`${EDGE}\\*(?=\\S)([^*\\n]*?\\S)\\*(?!\\w)`), (inner) => h("strong", {}, inline(inner))],
  ["i", new RegExp(`${EDGE}_(?=\\S)([^_\\n]*?\\S)_(?!\\w)`), (inner) => h("em", {}, inline(inner))],
  ["s", new RegExp(`${EDGE}~(?=\\S)([^~\\n]*?\\S)~(?!\\w)`), (inner) => h("s", {}, inline(inner))],
  ["emoji", /:([a-z0-9_+-]+):/, (name) => (EMOJI[name] ? h("span", { title: `:${name}:` }, EMOJI[name]) : `:${name}:`)],
  ["ref", REFERENCE, (inner) => reference(inner)],
];

export const mention = (id) => {
  const own = id === world.me || id === world.bot.user_id;
  return h("span", { class: own ? "mention own" : "mention" }, `@${personName(id)}`);
};

export const channelLink = (id) => {
  const channel = world.channels.get(id);
  return h("a", { class: "mention", href: `#/${id}` }, `#${channel ? channel.name : id}`);
};

const DATES = {
  "{date}": { dateStyle: "long" },
  "{date_num}": { year: "numeric", month: "2-digit", day: "2-digit" },
  "{date_long}": { dateStyle: "full" },
  "{date_short}": { dateStyle: "medium" },
  "{date_pretty}": { dateStyle: "long" },
  "{date_long_pretty}": { dateStyle: "full" },
  "{date_short_pretty}": { dateStyle: "medium" },
  "{time}": { timeStyle: "short" },
  "{time_secs}": { timeStyle: "medium" },
};

export function dateText(seconds, pattern, fallback) {
  if (!Number.isFinite(Number(seconds))) return fallback;
  return pattern.replace(/\{[a-z_]+\}/g, (token) => (DATES[token] ? formatted(seconds, DATES[token]) : token));
}

function reference(inner) {
  const [target, label] = [inner.split("|")[0], inner.includes("|") ? inner.slice(inner.indexOf("|") + 1) : ""];
  if (/^@[UW]/.test(target)) return mention(target.slice(1));
  if (target.startsWith("#C")) return channelLink(target.slice(1));
  if (target.startsWith("!date^")) {
    const [, seconds, pattern] = target.split("^");
    return h("time", {}, dateText(seconds, pattern || "{date}", decode(label)));
  }
  if (target.startsWith("!subteam")) return h("span", { class: "mention" }, decode(label || "@group"));
  if (target.startsWith("!")) return h("span", { class: "mention" }, `@${target.slice(1)}`);
  return link(decode(target), decode(label || target.replace(/^mailto:/, "")));
}

function inline(text) {
  const out = [];
  let rest = text;
  while (rest) {
    let best = null;
    for (const [, pattern, make] of STYLES) {
      const match = pattern.exec(rest);
      if (match && (!best || match.index < best.match.index)) best = { match, make };
    }
    if (!best) break;
    if (best.match.index) out.push(decode(rest.slice(0, best.match.index)));
    out.push(best.make(best.match[1]));
    rest = rest.slice(best.match.index + best.match[0].length);
  }
  if (rest) out.push(decode(rest));
  return out;
}

const withBreaks = (lines) => lines.flatMap((line, at) => (at ? [h("br"), ...inline(line)] : inline(line)));

export function mrkdwn(text) {
  const out = [];
  for (const [at, piece] of String(text ?? "").split("```").entries()) {
    if (at % 2) {
      out.push(h("pre", {}, decode(piece.replace(/^\n/, ""))));
      continue;
    }
    let plain = [];
    let quoted = [];
    const flush = () => {
      if (quoted.length) out.push(h("blockquote", {}, withBreaks(quoted)));
      if (plain.some((line) => line)) out.push(h("span", { class: "line" }, withBreaks(plain)));
      [plain, quoted] = [[], []];
    };
    for (const line of piece.split("\n")) {
      const quote = /^(?:&gt;|>) ?(.*)$/.exec(line);
      if (quote && plain.length) flush();
      if (!quote && quoted.length) flush();
      (quote ? quoted : plain).push(quote ? quote[1] : line);
    }
    flush();
  }
  return h("div", { class: "text" }, out);
}

export const plain = (text) =>
  String(text ?? "").split(/(:[a-z0-9_+-]+:)/).map((piece) => EMOJI[piece.slice(1, -1)] || piece).join("");

// A text object of either kind, as children.
export const textObject = (object) => (object?.type === "mrkdwn" ? mrkdwn(object.text) : plain(object?.text));
