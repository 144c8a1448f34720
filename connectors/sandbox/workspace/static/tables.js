// The two table blocks: a plain one, and one that sorts and pages.

import { h } from "./dom.js";
import { richText } from "./rich_text.js";
import { keep, kept } from "./world.js";

const shown = (cell) => (cell.type === "rich_text" ? richText(cell) : cell.text ?? String(cell.value ?? ""));
const NUMBER = /^[-+−(]?\s*[$€£]?\s*[\d.,]+\s*%?\)?$/;
const textOf = (cell) => (cell.type === "rich_text" ? richText(cell).textContent : String(cell.text ?? cell.value ?? ""));
const amount = (cell) => {
  if (cell.type === "raw_number") return cell.value;
  const text = textOf(cell).trim();
  return NUMBER.test(text) ? Number(text.replace("−", "-").replace(/[^\d.-]/g, "")) : NaN;
};
const looksNumeric = (rows, column) => rows.length > 0 && rows.every((row) => row[column] && !Number.isNaN(amount(row[column])));

export function tableBlock(block) {
  const [head, ...rows] = block.rows;
  const side = head.map((_, at) => block.column_settings?.[at]?.align || (looksNumeric(rows, at) ? "right" : "left"));
  const line = (row, tag) => h("tr", {}, row.map((cell, at) => h(tag, { class: `to-${side[at]}` }, shown(cell))));
  return h("div", { class: "table-frame", "data-testid": "table", tabindex: "0" },
    h("table", {}, h("thead", {}, line(head, "th")), h("tbody", {}, rows.map((row) => line(row, "td")))));
}

export function dataTableBlock(block, key) {
  const [head, ...rows] = block.rows;
  const size = block.page_size || 5;
  const numeric = head.map((_, at) => looksNumeric(rows, at));
  const view = kept(key, { page: 0, column: -1, down: false });
  const holder = h("div", { class: "data-table", "data-testid": "data-table" });

  const sorted = () => {
    if (view.column < 0) return rows;
    const at = view.column;
    const order = (a, b) => (numeric[at] ? amount(a[at]) - amount(b[at]) : textOf(a[at]).localeCompare(textOf(b[at])));
    return [...rows].sort((a, b) => (view.down ? order(b, a) : order(a, b)));
  };

  const sortBy = (at) => {
    Object.assign(view, { down: view.column === at ? !view.down : numeric[at], column: at, page: 0 });
    draw(`sort-${at}`);
  };

  const turn = (by, id) => {
    view.page += by;
    draw(id);
  };

  function heading(cell, at) {
    const mine = view.column === at;
    const mark = mine ? (view.down ? " ▾" : " ▴") : "";
    return h("th", { class: numeric[at] ? "to-right" : "", "aria-sort": mine ? (view.down ? "descending" : "ascending") : "none", scope: "col" },
      h("button", { type: "button", class: "sort", "data-key": `sort-${at}`, onclick: () => sortBy(at) }, textOf(cell), mark));
  }

  function pager() {
    const pages = Math.ceil(rows.length / size);
    if (pages < 2) return null;
    const step = (by, sign, label) =>
      h("button", { type: "button", class: "plain small", "data-key": label, "aria-label": label, disabled: view.page + by < 0 || view.page + by >= pages, onclick: () => turn(by, label) }, sign);
    const first = view.page * size;
    return h("div", { class: "pager" }, h("span", {}, `${first + 1}–${Math.min(first + size, rows.length)} of ${rows.length}`),
      step(-1, "‹", "Previous rows"), step(1, "›", "Next rows"));
  }

  function draw(focus) {
    keep(key, view);
    const page = sorted().slice(view.page * size, (view.page + 1) * size);
    const body = page.map((row) => h("tr", {}, row.map((cell, at) => h("td", { class: numeric[at] ? "to-right" : "" }, shown(cell)))));
    holder.replaceChildren(
      h("div", { class: "table-frame", tabindex: "0" },
        h("table", {}, h("caption", {}, block.caption), h("thead", {}, h("tr", {}, head.map(heading))), h("tbody", {}, body))),
      pager() || "");
    if (focus) holder.querySelector(`[data-key="${focus}"]`)?.focus();
  }

  draw();
  return holder;
}
