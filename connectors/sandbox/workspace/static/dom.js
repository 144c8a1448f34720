// Building elements. Text always becomes a text node, so nothing a message says is ever parsed as markup.

const SVG = "http://www.w3.org/2000/svg";
const PICTURES = /\p{Extended_Pictographic}[\u{FE0F}\u{200D}\u{1F3FB}-\u{1F3FF}]*/gu;

// Without a colour emoji font, pictures become the nearest plain sign, or nothing, rather than empty boxes.
const NEAREST = {
  "✅": "✓", "✔": "✓", "❌": "✗", "⛔": "✗", "🚫": "✗", "⚠": "⚠", "🚨": "⚠", "❗": "!", "❓": "?", "📈": "↗", "📉": "↘", "⬆": "↑",
  "⬇": "↓", "➡": "→", "🔼": "▲", "🔽": "▼", "⭐": "★", "✨": "★", "☀": "☀", "☁": "☁", "☔": "☂", "❄": "❄", "❤": "♥", "⚡": "↯",
  "🟢": "●", "🟡": "●", "🟠": "●", "🔴": "●", "🔵": "●", "⚪": "○", "⚫": "●", "👀": "◉", "🙌": "\\o/", "👍": "+1", "👎": "−1", "↩": "↩", "👉": "→",
  "✓": "✓", "✗": "✗", "©": "©", "®": "®", "™": "™",
};

function hasColourEmoji() {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 24;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.font = "18px sans-serif";
  pen.fillText("🍎", 0, 20);
  const pixels = pen.getImageData(0, 0, 24, 24).data;
  for (let at = 0; at < pixels.length; at += 4) if (Math.abs(pixels[at] - pixels[at + 2]) > 40) return true;
  return false;
}

const drawable = hasColourEmoji();
const shown = (child) =>
  drawable || typeof child !== "string" ? child : child.replace(PICTURES, (one) => NEAREST[one.replace("\u{FE0F}", "")] ?? "");

function fill(node, props, children) {
  for (const [name, value] of Object.entries(props || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") node.setAttribute("class", value);
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name in node && !(node instanceof SVGElement) && typeof value !== "string") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false).map(shown));
  return node;
}

export const h = (tag, props, ...children) => fill(document.createElement(tag), props, children);
export const svg = (tag, props, ...children) => fill(document.createElementNS(SVG, tag), props, children);
export const byId = (id) => document.getElementById(id);

// Only web links leave the page; anything else is shown as text.
export function safeUrl(url) {
  try {
    const parsed = new URL(url, location.href);
    return ["http:", "https:", "mailto:"].includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}

export function link(url, ...children) {
  const href = safeUrl(url);
  if (!href) return h("span", {}, ...children);
  const inside = new URL(href).origin === location.origin && new URL(href).hash;
  return h("a", inside ? { href } : { href, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

export function toast(text, kind = "info") {
  const note = h("p", { class: `toast ${kind}`, "data-testid": "toast" }, text);
  byId("toasts").append(note);
  setTimeout(() => note.remove(), 7000);
}
