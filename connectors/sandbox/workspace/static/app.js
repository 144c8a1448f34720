// The page: who one is, which place and thread are open, and live changes from the stream.

import { get, tryPost, watch } from "./api.js";
import { composer } from "./composer.js";
import { byId, h, toast } from "./dom.js";
import { icon } from "./icons.js";
import { avatar, drawMessages } from "./messages.js";
import { drawHome, openHome, showViews } from "./views.js";
import { personName, placeName, world } from "./world.js";

const rows = new Map();
const threadRows = new Map();
let source = null;
let seen = {};
let scheduled = false;

const isRoot = (message) => !message.thread_ts || message.thread_ts === message.ts;
const inOrder = (messages) => [...messages.values()].sort((a, b) => (a.ts < b.ts ? -1 : 1));
const place = () => world.channels.get(world.place);

// --- who

async function start() {
  const [about, { users }] = await Promise.all([get("about"), get("users")]);
  world.bot = about.bot;
  world.users = new Map(users.map((user) => [user.id, user]));
  byId("team").textContent = about.team.name;
  document.title = `${about.team.name} · stand-in workspace`;
  const people = users.filter((user) => !user.is_bot && !user.deleted);
  const rank = (user) => ["Owner", "District", "Analyst", "Store", "Associate", "Guest"].findIndex((word) => user.title.startsWith(word));
  people.sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
  const picker = byId("user-picker");
  picker.replaceChildren(...people.map((user) => h("option", { value: user.id }, `${personName(user.id)}${user.title ? ` · ${user.title}` : ""}`)));
  const asked = new URLSearchParams(location.search).get("user") || localStorage.getItem("me");
  picker.value = people.some((user) => user.id === asked) ? asked : people[0].id;
  picker.addEventListener("change", () => become(picker.value));
  byId("menu").append(icon("menu"));
  byId("thread-close").append(icon("close"));
  byId("menu").addEventListener("click", () => document.body.classList.toggle("listing"));
  byId("thread-close").addEventListener("click", () => go(world.place));
  byId("thread-stop").addEventListener("click", () => tryPost("stop", { user: world.me, channel: world.place, thread_ts: world.thread }));
  addEventListener("hashchange", route);
  await become(picker.value);
}

async function become(user) {
  world.me = user;
  localStorage.setItem("me", user);
  byId("who-title").textContent = world.users.get(user).title;
  byId("who-title").title = user;
  seen = JSON.parse(localStorage.getItem(`seen-${user}`) || "{}");
  world.statuses.clear();
  world.kept.clear();
  world.home = null;
  world.place = "";
  rows.clear();
  threadRows.clear();
  await loadPlaces();
  source?.close();
  source = watch(user, heard, (state, again) => {
    byId("connection").textContent = state === "open" ? "" : "Connection lost, trying again…";
    if (state !== "open") return;
    if (again) reload();
    else if (world.place) loadState();
  });
  showViews((await get("views", { user })).views);
  await route();
}

async function loadPlaces() {
  const { channels } = await get("channels", { user: world.me });
  world.channels = new Map(channels.map((channel) => [channel.id, channel]));
  for (const channel of channels) if (!(channel.id in seen)) seen[channel.id] = channel.last_ts || "0";
  drawPlaces();
}

// --- where

const go = (channel, thread) => {
  location.hash = thread ? `#/${channel}/${thread}` : `#/${channel}`;
};

async function route() {
  const [, channel = "", thread = "", ...rest] = location.hash.split("/");
  const first = [...world.channels.values()].find((one) => !one.is_im) || [...world.channels.values()][0];
  const next = world.channels.has(channel) ? channel : first.id;
  const tab = thread === "home" ? "home" : "messages";
  if (rest.length || next !== channel) {
    history.replaceState(null, "", `#/${next}`);
  }
  const moved = next !== world.place;
  document.body.classList.remove("listing");
  world.place = next;
  world.tab = world.channels.get(next).is_im ? tab : "messages";
  if (moved) await openPlace();
  drawTabs();
  const wanted = next === channel && thread !== "home" ? thread : "";
  if (wanted !== world.thread || moved) await openThread(wanted);
  if (world.tab === "home") openHome().catch((problem) => toast(problem.message, "error"));
}

async function openPlace() {
  const channel = place();
  rows.clear();
  byId("messages").replaceChildren();
  byId("place-name").textContent = channel.is_im ? world.bot.name : `# ${channel.name}`;
  byId("place-topic").textContent = channel.is_im ? "Direct message with the app" : `${channel.topic}${channel.topic ? " · " : ""}${channel.members.length} members`;
  const hint = channel.is_im ? `Message ${world.bot.name}` : `Ask @${world.bot.name} in #${channel.name}`;
  world.prompts = null;
  const id = channel.id;
  byId("foot").replaceChildren(
    h("div", { class: "prompts", id: "prompts" }), h("p", { class: "status", id: "status", role: "status", "data-testid": "status" }),
    composer({ channel: id, thread: "", placeholder: hint, testId: "composer" }));
  if (channel.is_im) tryPost("open", { user: world.me, channel: id });
  await loadMessages();
  if (world.place !== id) return;
  await loadState();
  if (world.place !== id) return;
  if (matchMedia("(hover: hover) and (min-width: 701px)").matches) byId("foot").querySelector("textarea").focus();
}

// What was heard on the stream is never older than what is fetched here, so it stands.
async function loadState() {
  const id = world.place;
  const state = await get("state", { channel: id, user: world.me });
  if (world.place !== id) return;
  for (const line of state.statuses) {
    const key = `${id}/${line.thread_ts}`;
    if (!world.statuses.has(key)) world.statuses.set(key, line);
  }
  world.prompts ??= state.prompts[0] ?? null;
  drawPrompts();
  drawStatus();
}

async function loadMessages() {
  const id = world.place;
  const { messages } = await get("messages", { channel: id, user: world.me, roots: "1" });
  if (world.place !== id) return;
  world.messages = new Map(messages.map((message) => [message.ts, message]));
  markSeen();
  drawNow();
  follow(byId("scroll"));
}

async function openThread(thread) {
  world.thread = thread;
  const pane = byId("thread");
  pane.hidden = !thread;
  document.body.classList.toggle("in-thread", Boolean(thread));
  threadRows.clear();
  byId("thread-messages").replaceChildren();
  world.replies = new Map();
  if (!thread) {
    if (matchMedia("(max-width: 1050px)").matches) follow(byId("scroll"));
    return;
  }
  byId("thread-place").textContent = place().is_im ? world.bot.name : `# ${place().name}`;
  try {
    const { messages } = await get("messages", { channel: world.place, thread_ts: thread, user: world.me });
    if (world.thread !== thread) return;
    world.replies = new Map(messages.map((message) => [message.ts, message]));
  } catch (problem) {
    toast(problem.message, "error");
    go(world.place);
    return;
  }
  byId("thread-foot").replaceChildren(
    h("p", { class: "status", id: "thread-status", role: "status", "data-testid": "thread-status" }),
    composer({ channel: world.place, thread, placeholder: "Reply…", testId: "thread-composer" }));
  drawNow();
  drawStatus();
  follow(byId("thread-scroll"));
  if (matchMedia("(hover: hover) and (min-width: 701px)").matches) byId("thread-foot").querySelector("textarea").focus();
}

async function reload() {
  world.statuses.clear();
  world.prompts = null;
  await loadPlaces();
  await loadMessages();
  await loadState();
  if (world.thread) await openThread(world.thread);
  showViews((await get("views", { user: world.me })).views);
}

// --- drawing

function drawPlaces() {
  const item = (channel) => {
    const unread = (channel.last_ts || "0") > (seen[channel.id] || "0") && channel.id !== world.place;
    const mark = channel.is_im ? avatar(world.bot.user_id, true) : h("span", { class: "hash", "aria-hidden": "true" }, "#");
    return h("a", { href: `#/${channel.id}`, class: `place-link${unread ? " unread" : ""}`, "aria-current": channel.id === world.place ? "page" : undefined, "data-testid": `channel-${channel.id}` },
      mark, h("span", { class: "place-label" }, placeName(channel)), unread && h("span", { class: "unread-dot", role: "img", "aria-label": "unread", "data-testid": `unread-${channel.id}` }));
  };
  const all = [...world.channels.values()];
  byId("places").replaceChildren(
    h("h3", {}, "Channels"), ...all.filter((channel) => !channel.is_im).map(item),
    h("h3", {}, "Apps"), ...all.filter((channel) => channel.is_im).map(item));
}

function drawTabs() {
  const tabs = byId("tabs");
  const channel = place();
  tabs.hidden = !channel.is_im;
  const tab = (name, label, href) => h("a", { role: "tab", href, "aria-selected": String(world.tab === name), "data-testid": `tab-${name}` }, label);
  tabs.replaceChildren(tab("home", "Home", `#/${channel.id}/home`), tab("messages", "Messages", `#/${channel.id}`));
  byId("home").hidden = world.tab !== "home";
  byId("scroll").hidden = world.tab === "home";
  byId("foot").hidden = world.tab === "home";
  drawPlaces();
}

// To the end, but never past the first line of a last message that is taller than the pane.
function follow(scroll) {
  const last = scroll.querySelector("li.message:last-child");
  const top = last ? last.offsetTop - 12 : 0;
  scroll.scrollTop = last && last.offsetHeight > scroll.clientHeight ? top : scroll.scrollHeight;
  scroll.dataset.followed = String(scroll.scrollTop);
}

function drawNow() {
  scheduled = false;
  const near = (scroll) =>
    scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 120 || Math.abs(scroll.scrollTop - Number(scroll.dataset.followed ?? -99)) < 4;
  const panes = [["scroll", "messages", world.messages, rows, false], ["thread-scroll", "thread-messages", world.replies, threadRows, true]];
  for (const [scrollId, listId, messages, known, inThread] of panes) {
    const scroll = byId(scrollId);
    const stay = near(scroll);
    drawMessages(byId(listId), inOrder(messages), world.place, known, inThread);
    if (stay) follow(scroll);
  }
  if (!world.messages.size) {
    const channel = place();
    const words = channel.is_im ? `Ask ${world.bot.name} anything about your stores.` : `This is the very beginning of #${channel.name}. Ask a question with @${world.bot.name}.`;
    byId("messages").replaceChildren(h("li", { class: "empty" }, words));
    rows.clear();
  }
  const running = [...world.replies.values()].some((message) => message.stream && !message.stream.stopped);
  byId("thread-stop").hidden = !running;
}

function draw() {
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(drawNow);
}

function drawPrompts() {
  const holder = byId("prompts");
  if (!holder) return;
  const prompts = world.prompts;
  const ask = (prompt) => tryPost("say", { user: world.me, channel: world.place, text: prompt.message });
  holder.replaceChildren(...(prompts && !prompts.thread_ts
    ? [prompts.title && h("p", {}, prompts.title), ...prompts.prompts.map((prompt) => h("button", { type: "button", class: "prompt", onclick: () => ask(prompt), "data-testid": "prompt" }, prompt.title))].filter(Boolean)
    : []));
}

function statusText(line) {
  const words = line.loading_messages?.length ? line.loading_messages[Math.floor(Date.now() / 2500) % line.loading_messages.length] : line.status;
  return /^(is|are) /.test(words) ? `${world.bot.name} ${words}` : words;
}

function drawStatus() {
  const lines = [...world.statuses].filter(([key, line]) => line.status && key.startsWith(`${world.place}/`)).map(([, line]) => line);
  const show = (id, line) => {
    const node = byId(id);
    if (node) node.replaceChildren(...(line ? [h("span", { class: "writing" }, h("i"), h("i"), h("i")), ` ${statusText(line)}`] : []));
  };
  show("status", lines[lines.length - 1]);
  show("thread-status", lines.find((line) => line.thread_ts === world.thread));
}

function markSeen() {
  const channel = place();
  const last = [...world.messages.values(), ...world.replies.values()].reduce((newest, message) => (message.ts > newest ? message.ts : newest), channel.last_ts || "0");
  channel.last_ts = last;
  seen[channel.id] = last;
  localStorage.setItem(`seen-${world.me}`, JSON.stringify(seen));
}

// --- live

const changes = {
  message: ({ channel, message }) => {
    const known = world.channels.get(channel);
    if (known && message.ts > (known.last_ts || "0")) known.last_ts = message.ts;
    if (channel === world.place) {
      if (isRoot(message)) world.messages.set(message.ts, message);
      if ((message.thread_ts || message.ts) === world.thread) world.replies.set(message.ts, message);
      else if (!isRoot(message) && message.ephemeral_to && message.thread_ts !== world.thread) toast("There is a new message for you in a thread.");
      markSeen();
      draw();
    }
    drawPlaces();
  },
  deleted: ({ channel, ts }) => {
    if (channel !== world.place) return;
    world.messages.delete(ts);
    world.replies.delete(ts);
    draw();
  },
  status: ({ channel, ...line }) => {
    world.statuses.set(`${channel}/${line.thread_ts}`, line);
    drawStatus();
  },
  prompts: ({ channel, ...prompts }) => {
    if (channel !== world.place || prompts.thread_ts) return;
    world.prompts = prompts;
    drawPrompts();
  },
  views: ({ views }) => showViews(views),
  home: ({ view }) => {
    world.home = view;
    if (world.tab === "home") drawHome(view);
  },
  channels: () => loadPlaces(),
};

const heard = (change) => changes[change.kind]?.(change);

matchMedia("(max-width: 700px)").addEventListener("change", () => {
  rows.clear();
  threadRows.clear();
  draw();
});
setInterval(drawStatus, 2500);
start().catch((problem) => toast(problem.message, "error"));
