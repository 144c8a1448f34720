// Every block kind, drawn. ctx: { key, act, form, live } says where the blocks are and how to act from them.

import { chartBlock } from "./charts.js";
import { h, link } from "./dom.js";
import { element, picture } from "./elements.js";
import { markdown } from "./markdown.js";
import { plain, textObject } from "./mrkdwn.js";
import { richText } from "./rich_text.js";
import { dataTableBlock, tableBlock } from "./tables.js";
import { keep, kept } from "./world.js";

const SIGNS = { pending: "○", in_progress: "", complete: "✓", error: "!" };
const STATES = { pending: "waiting", in_progress: "in progress", complete: "done", error: "failed" };

function task(card) {
  const more = [card.details && h("div", { class: "task-details" }, richText(card.details)), card.output && h("div", { class: "task-output" }, richText(card.output))];
  const sources = (card.sources || []).map((source) => h("li", {}, link(source.url, source.text || source.url)));
  return h("div", { class: `task ${card.status}`, "data-testid": "task", "data-status": card.status },
    h("span", { class: "task-sign", role: "img", "aria-label": STATES[card.status] }, SIGNS[card.status]),
    h("div", { class: "task-words" }, h("span", { class: "task-title" }, card.title), more, sources.length > 0 && h("ul", { class: "sources" }, sources)));
}

function foldable(key, open, summary, body, props) {
  const details = h("details", { ...props, open: kept(key, open) }, h("summary", {}, summary), body);
  details.addEventListener("toggle", () => keep(key, details.open));
  return details;
}

function container(block, ctx, key) {
  const title = block.rich_text_title ? richText(block.rich_text_title) : plain(block.title.text);
  const words = h("span", { class: "container-title" }, h("strong", {}, title), block.subtitle && h("small", {}, textObject(block.subtitle)));
  const head = [block.icon && picture(block.icon, true), words];
  const body = h("div", { class: "container-body" }, drawBlocks(block.child_blocks, { ...ctx, key }));
  const kind = `container ${block.width || "standard"}`;
  if (block.is_collapsible) return foldable(`${key}/open`, !block.default_collapsed, head, body, { class: kind, "data-testid": "container" });
  return h("section", { class: kind, "data-testid": "container" }, h("header", { class: block.has_header_divider ? "ruled" : "" }, head), body);
}

function card(block, ctx) {
  const actions = (block.actions || []).map((one) => element(one, block, ctx));
  return h("article", { class: "card", "data-testid": "card" },
    block.hero_image && h("div", { class: "hero" }, picture(block.hero_image)),
    h("div", { class: "card-head" }, block.icon && picture(block.icon, true),
      h("div", {}, block.title && h("strong", { class: "card-title" }, textObject(block.title)), block.subtitle && h("div", { class: "card-subtitle" }, textObject(block.subtitle)))),
    block.body && h("div", { class: "card-body" }, textObject(block.body)),
    actions.length > 0 && h("div", { class: "actions" }, actions));
}

function input(block, ctx) {
  const id = `field-${Math.random().toString(36).slice(2)}`;
  const control = element(block.element, block, ctx);
  const single = control.matches("input, select, textarea");
  if (single) {
    control.id = id;
    control.setAttribute("aria-describedby", `${id}-error`);
  }
  return h("div", { class: "input", "data-block": block.block_id, "data-testid": `input-${block.block_id}` },
    h("label", single ? { for: id } : {}, plain(block.label.text), block.optional && h("small", {}, " (optional)")),
    control, block.hint && h("p", { class: "hint" }, plain(block.hint.text)), h("p", { class: "error", id: `${id}-error`, role: "alert" }));
}

function section(block, ctx) {
  const fields = (block.fields || []).map((field) => h("div", { class: "section-field" }, textObject(field)));
  return h("div", { class: "section" },
    h("div", { class: "section-words" }, block.text && h("div", { class: "section-text" }, textObject(block.text)), fields.length > 0 && h("div", { class: "fields" }, fields)),
    block.accessory && h("div", { class: "accessory" }, element(block.accessory, block, ctx)));
}

function plan(block, key) {
  const done = block.tasks?.filter((one) => one.status === "complete").length || 0;
  const count = block.tasks?.length ? h("small", {}, ` ${done} of ${block.tasks.length}`) : null;
  if (!block.tasks?.length) return h("div", { class: "plan bare", "data-testid": "plan" }, h("strong", {}, block.title));
  return foldable(`${key}/open`, true, [h("strong", {}, block.title), count], h("div", { class: "tasks" }, block.tasks.map(task)), { class: "plan", "data-testid": "plan" });
}

const KINDS = {
  section,
  header: (block) => h("h3", { class: "header-block" }, plain(block.text.text)),
  divider: () => h("hr"),
  context: (block) => h("div", { class: "context" }, block.elements.map((one) => (one.type === "image" ? picture(one, true) : h("span", { class: "context-part" }, textObject(one))))),
  actions: (block, ctx) => h("div", { class: "actions", "data-testid": "actions" }, block.elements.map((one) => element(one, block, ctx))),
  context_actions: (block, ctx) => h("div", { class: "context-actions" }, block.elements.map((one) => element(one, block, ctx))),
  image: (block) => h("figure", { class: "image-block" }, block.title && h("figcaption", {}, plain(block.title.text)), picture(block)),
  input,
  rich_text: richText,
  markdown: (block) => markdown(block.text),
  table: tableBlock,
  data_table: (block, _ctx, key) => dataTableBlock(block, key),
  data_visualization: (block, ctx, key) => chartBlock(block, key, ctx.narrow),
  container,
  card,
  carousel: (block, ctx) => h("div", { class: "carousel", tabindex: "0", role: "group", "aria-label": "Cards" }, block.elements.map((one) => card(one, ctx))),
  plan: (block, _ctx, key) => plan(block, key),
  task_card: task,
  alert: (block) => h("div", { class: `alert ${block.level || "default"}`, role: "alert" }, textObject(block.text)),
  video: (block) => h("p", { class: "fallback" }, "Video: ", link(block.title_url || block.video_url, plain(block.title.text))),
  file: (block) => h("p", { class: "fallback" }, `File ${block.external_id}`),
};

export function drawBlocks(blocks, ctx) {
  return blocks.map((block, at) => {
    const make = KINDS[block.type];
    const key = `${ctx.key}/${at}`;
    const drawn = make ? make(block, ctx, key) : h("p", { class: "fallback" }, `(${block.type} block)`);
    return h("div", { class: `block block-${block.type}`, "data-block-type": block.type }, drawn);
  });
}

// What the inputs of a form hold, by block and action id.
export const readForm = (form) =>
  Object.fromEntries([...form].map(([block, fields]) => [block, Object.fromEntries([...fields].map(([action, read]) => [action, read()]))]));
