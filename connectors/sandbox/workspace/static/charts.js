// Charts as inline SVG: lines, bars, areas, pies, with axis labels and the same figures as a table.

import { h, svg } from "./dom.js";
import { keep, kept } from "./world.js";

const H = 260;
const PAD = { left: 58, right: 14, top: 12, bottom: 46 };
const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });
const full = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });

function ticks(low, high) {
  const span = high - low || Math.abs(high) || 1;
  const rough = span / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough);
  const out = [];
  for (let value = Math.floor(low / step) * step; value < high + step * 0.999; value += step) out.push(Number(value.toFixed(10)));
  return out;
}

function legend(names) {
  if (names.length < 2) return null;
  return h("ul", { class: "legend" }, names.map((name, at) => h("li", { class: `series-${at + 1}` }, h("i", { "aria-hidden": "true" }), name)));
}

function axes(chart, categories, marks, x, y, W) {
  const { x_label: across, y_label: up } = chart.axis_config || {};
  const every = Math.ceil(categories.length / (categories.some((label) => label.length > 7) ? W / 90 : W / 50));
  return [
    marks.map((mark) => [
      svg("line", { class: mark === 0 ? "zero" : "grid", x1: PAD.left, x2: W - PAD.right, y1: y(mark), y2: y(mark) }),
      svg("text", { class: "tick", x: PAD.left - 8, y: y(mark) + 4, "text-anchor": "end" }, compact.format(mark)),
    ]),
    categories.map((label, at) =>
      at % every ? null : svg("text", { class: "tick", x: x(at), y: H - PAD.bottom + 18, "text-anchor": "middle" }, label.length > 12 ? `${label.slice(0, 11)}…` : label)),
    across && svg("text", { class: "axis", x: (W + PAD.left) / 2, y: H - 6, "text-anchor": "middle" }, across),
    up && svg("text", { class: "axis", x: 0, y: 0, transform: `translate(12 ${(H - PAD.bottom + PAD.top) / 2}) rotate(-90)`, "text-anchor": "middle" }, up),
  ];
}

function plot(chart, W) {
  const categories = chart.axis_config?.categories || chart.series[0].data.map((point) => point.label);
  const values = chart.series.flatMap((series) => series.data.map((point) => point.value));
  const fromZero = chart.type !== "line" || Math.min(...values) < 0 || Math.min(...values) < Math.max(...values) * 0.5;
  const low = fromZero ? Math.min(0, ...values) : Math.min(...values);
  const marks = ticks(low, Math.max(...values, fromZero ? 0 : -Infinity));
  const [bottom, top] = [marks[0], marks[marks.length - 1]];
  const width = W - PAD.left - PAD.right;
  const band = width / categories.length;
  const x = (at) => PAD.left + band * (at + 0.5);
  const y = (value) => PAD.top + (H - PAD.top - PAD.bottom) * (1 - (value - bottom) / (top - bottom || 1));
  const base = y(Math.max(bottom, Math.min(0, top)));
  const drawn = chart.series.map((series, number) => {
    const tip = (point) => svg("title", {}, `${series.name}, ${point.label}: ${full.format(point.value)}`);
    if (chart.type === "bar") {
      const thick = Math.min((band * 0.72) / chart.series.length, 46);
      return series.data.map((point, at) => {
        const left = x(at) - (thick * chart.series.length) / 2 + thick * number;
        const [from, to] = [Math.min(y(point.value), base), Math.max(y(point.value), base)];
        return svg("rect", { class: `bar series-${number + 1}`, x: left + 1, y: from, width: Math.max(thick - 2, 1), height: Math.max(to - from, 1), rx: 2 }, tip(point));
      });
    }
    const points = series.data.map((point, at) => `${x(at)},${y(point.value)}`);
    return [
      chart.type === "area" && svg("polygon", { class: `area series-${number + 1}`, points: `${x(0)},${base} ${points.join(" ")} ${x(series.data.length - 1)},${base}` }),
      svg("polyline", { class: `line series-${number + 1}`, points: points.join(" ") }),
      series.data.map((point, at) => svg("circle", { class: `dot series-${number + 1}`, cx: x(at), cy: y(point.value), r: 3 }, tip(point))),
    ];
  });
  return { picture: [axes(chart, categories, marks, x, y, W), drawn], names: chart.series.map((series) => series.name) };
}

function pie(chart, W) {
  const total = chart.segments.reduce((sum, segment) => sum + segment.value, 0) || 1;
  let turned = -Math.PI / 2;
  const [cx, cy, r] = [W / 2, H / 2, H / 2 - 14];
  const at = (angle, radius) => `${cx + Math.cos(angle) * radius} ${cy + Math.sin(angle) * radius}`;
  const picture = chart.segments.map((segment, number) => {
    const share = segment.value / total;
    const from = turned;
    turned += share * Math.PI * 2 * 0.99999;
    const path = `M ${at(from, r)} A ${r} ${r} 0 ${share > 0.5 ? 1 : 0} 1 ${at(turned, r)} L ${at(turned, r * 0.56)} A ${r * 0.56} ${r * 0.56} 0 ${share > 0.5 ? 1 : 0} 0 ${at(from, r * 0.56)} Z`;
    const middle = (from + turned) / 2;
    const label = share >= 0.07 && svg("text", { class: "slice-label", x: cx + Math.cos(middle) * r * 0.78, y: cy + Math.sin(middle) * r * 0.78 + 4, "text-anchor": "middle" }, `${Math.round(share * 100)}%`);
    return [svg("path", { class: `slice series-${number + 1}`, d: path }, svg("title", {}, `${segment.label}: ${full.format(segment.value)}`)), label];
  });
  return { picture, names: chart.segments.map((segment) => segment.label) };
}

function figures(chart) {
  const series = chart.type === "pie" ? [{ name: "Value", data: chart.segments }] : chart.series;
  const head = h("tr", {}, h("th", {}, chart.axis_config?.x_label || ""), series.map((one) => h("th", { class: "to-right" }, one.name)));
  const rows = series[0].data.map((point, at) =>
    h("tr", {}, h("td", {}, point.label), series.map((one) => h("td", { class: "to-right" }, full.format(one.data[at].value)))));
  return h("div", { class: "table-frame" }, h("table", {}, h("thead", {}, head), h("tbody", {}, rows)));
}

export function chartBlock(block, key, narrow) {
  const chart = block.chart;
  const W = narrow ? 400 : 640;
  const { picture, names } = chart.type === "pie" ? pie(chart, W) : plot(chart, W);
  const label = `${chart.type} chart: ${block.title}`;
  const drawing = h("div", { class: "plot" },
    svg("svg", { viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": label }, picture.flat(9)), chart.type === "pie" ? legend([...names, ""].slice(0, -1)) : legend(names));
  const table = figures(chart);
  const toggle = h("button", { type: "button", class: "plain small" });
  const show = (asTable) => {
    drawing.hidden = asTable;
    table.hidden = !asTable;
    toggle.textContent = asTable ? "Show chart" : "Show figures";
    keep(`${key}/figures`, asTable);
  };
  toggle.addEventListener("click", () => show(!drawing.hidden));
  show(kept(`${key}/figures`, false));
  return h("figure", { class: "chart", "data-testid": "chart" }, h("figcaption", {}, h("strong", {}, block.title), toggle), drawing, table);
}
