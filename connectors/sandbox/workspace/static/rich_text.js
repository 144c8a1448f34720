// rich_text blocks: sections, lists, quotes, preformatted text.

import { h, link } from "./dom.js";
import { emoji } from "./emoji.js";
import { channelLink, dateText, mention } from "./mrkdwn.js";

const TAGS = { code: "code", strike: "s", italic: "em", bold: "strong" };

function styled(node, style = {}) {
  return Object.entries(TAGS).reduce((inner, [name, tag]) => (style[name] ? h(tag, {}, inner) : inner), node);
}

const broken = (text) => String(text ?? "").split("\n").flatMap((line, at) => (at ? [h("br"), line] : [line]));

const PARTS = {
  text: (part) => styled(h("span", {}, broken(part.text)), part.style),
  link: (part) => styled(link(part.url, part.text || part.url), part.style),
  emoji: (part) => emoji(part.name),
  user: (part) => mention(part.user_id),
  channel: (part) => channelLink(part.channel_id),
  broadcast: (part) => h("span", { class: "mention" }, `@${part.range}`),
  date: (part) => h("time", {}, dateText(part.timestamp, part.format || "{date}", part.fallback || "")),
  color: (part) => h("code", {}, part.value),
};

const parts = (elements) => (elements || []).map((part) => (PARTS[part.type] ? PARTS[part.type](part) : part.text || ""));

const SECTIONS = {
  rich_text_section: (section) => h("div", { class: "rich-line" }, parts(section.elements)),
  rich_text_quote: (section) => h("blockquote", {}, parts(section.elements)),
  rich_text_preformatted: (section) => h("pre", {}, parts(section.elements)),
  rich_text_list: (section) =>
    h(section.style === "ordered" ? "ol" : "ul", { class: `indent-${Math.min(section.indent || 0, 6)}` },
      section.elements.map((item) => h("li", {}, parts(item.elements)))),
};

export const richText = (block) =>
  h("div", { class: "rich-text" }, (block.elements || []).map((section) => SECTIONS[section.type]?.(section)));
