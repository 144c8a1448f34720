// Ordinary markdown, the subset bots write: headings, lists, quotes, code, tables, emphasis, web links.

import { h, link } from "./dom.js";
import { EMOJI } from "./emoji.js";
import { channelLink, mention } from "./mrkdwn.js";

const INLINE = [
  [/`([^`]+)`/, (m) => h("code", {}, m[1])],
  [/\*\*(?=\S)(.+?)\*\*/, (m) => h("strong", {}, inline(m[1]))],
  [/(?<!\w)__(?=\S)(.+?)__(?!\w)/, (m) => h("strong", {}, inline(m[1]))],
  [/~~(?=\S)(.+?)~~/, (m) => h("s", {}, inline(m[1]))],
  [/(?<![\w*])\*(?=[^\s*])([^*]*[^\s*])\*(?!\w)/, (m) => h("em", {}, inline(m[1]))],
  [/(?<!\w)_(?=\S)([^_]*\S)_(?!\w)/, (m) => h("em", {}, inline(m[1]))],
  [/!?\[([^\]]*)\]\(([^)\s]+)(?: "[^"]*")?\)/, (m) => link(m[2], inline(m[1]))],
  [/<@([UW][A-Z0-9_]+)>/, (m) => mention(m[1])],
  [/<#(C[A-Z0-9_]+)(?:\|[^>]*)?>/, (m) => channelLink(m[1])],
  [/<(https?:\/\/[^>\s]+)>/, (m) => link(m[1], m[1])],
  [/https?:\/\/[^\s<>)]+/, (m) => link(m[0], m[0])],
  [/:([a-z0-9_+-]+):/, (m) => EMOJI[m[1]] || m[0]],
  [/\\([\\`*_{}[\]()#+\-.!|~>])/, (m) => m[1]],
];

function inline(text) {
  const out = [];
  let rest = text;
  while (rest) {
    let best = null;
    for (const [pattern, make] of INLINE) {
      const match = pattern.exec(rest);
      if (match && (!best || match.index < best.match.index)) best = { match, make };
    }
    if (!best) break;
    if (best.match.index) out.push(rest.slice(0, best.match.index));
    out.push(best.make(best.match));
    rest = rest.slice(best.match.index + best.match[0].length);
  }
  if (rest) out.push(rest);
  return out;
}

const cells = (line) => line.trim().replace(/^\||\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
const RULE = /^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$/;
const ITEM = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/;

function table(lines) {
  const align = cells(lines[1]).map((rule) => (rule.endsWith(":") ? (rule.startsWith(":") ? "center" : "right") : "left"));
  const row = (line, tag) => h("tr", {}, cells(line).map((cell, at) => h(tag, { class: `to-${align[at] || "left"}` }, inline(cell))));
  const body = lines.slice(2).map((line) => row(line, "td"));
  return h("div", { class: "table-frame" }, h("table", {}, h("thead", {}, row(lines[0], "th")), h("tbody", {}, body)));
}

function list(lines) {
  const first = ITEM.exec(lines[0]);
  const ordered = /\d/.test(first[2]);
  const items = [];
  for (const line of lines) {
    const match = ITEM.exec(line);
    if (match && match[1].length <= first[1].length) items.push({ text: match[3], inner: [] });
    else if (items.length) items[items.length - 1].inner.push(line);
  }
  const made = items.map(({ text, inner }) => {
    const nested = inner.some((line) => ITEM.test(line)) ? list(inner.filter((line) => ITEM.test(line))) : null;
    const more = nested ? [] : inner.map((line) => ` ${line.trim()}`);
    return h("li", {}, inline(text + more.join("")), nested);
  });
  const start = ordered ? Number.parseInt(first[2], 10) : undefined;
  return ordered ? h("ol", { start }, made) : h("ul", {}, made);
}

export function markdown(source) {
  const lines = String(source ?? "").replaceAll("\r", "").split("\n");
  const out = [];
  let at = 0;
  const take = (test) => {
    const from = at;
    while (at < lines.length && test(lines[at])) at += 1;
    return lines.slice(from, at);
  };
  while (at < lines.length) {
    const line = lines[at];
    if (!line.trim()) {
      at += 1;
    } else if (line.startsWith("```")) {
      at += 1;
      const code = take((one) => !one.startsWith("```"));
      at += 1;
      out.push(h("pre", {}, code.join("\n")));
    } else if (/^#{1,6}\s/.test(line)) {
      const level = line.indexOf(" ");
      out.push(h(`h${Math.min(level + 2, 6)}`, { class: `md-${level}` }, inline(line.slice(level + 1).replace(/\s#+$/, ""))));
      at += 1;
    } else if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) {
      out.push(h("hr"));
      at += 1;
    } else if (line.startsWith(">")) {
      const quoted = take((one) => one.startsWith(">"));
      out.push(h("blockquote", {}, markdown(quoted.map((one) => one.replace(/^> ?/, "")).join("\n"))));
    } else if (line.includes("|") && RULE.test(lines[at + 1] || "")) {
      out.push(table(take((one) => one.includes("|") && one.trim())));
    } else if (ITEM.test(line)) {
      out.push(list(take((one) => ITEM.test(one) || /^\s{2,}\S/.test(one))));
    } else {
      const from = at;
      const text = take((one) => one.trim() && (at === from || !/^(#{1,6}\s|>|```)/.test(one)) && (at === from || !ITEM.test(one)));
      out.push(h("p", {}, text.flatMap((one, number) => (number ? [h("br"), ...inline(one)] : inline(one)))));
    }
  }
  return h("div", { class: "markdown" }, out);
}
