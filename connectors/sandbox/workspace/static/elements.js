// Interactive elements, live: what a person does goes to the app through ctx.act(element, block, value).
// ctx.form collects what inputs hold, so that it can be sent along or submitted.

import { h, link, safeUrl, byId } from "./dom.js";
import { icon } from "./icons.js";
import { plain, textObject } from "./mrkdwn.js";
import { personName, world } from "./world.js";

export function ask(confirm) {
  const dialog = byId("confirm");
  return new Promise((resolve) => {
    const answer = (yes) => () => {
      dialog.close();
      resolve(yes);
    };
    dialog.oncancel = () => resolve(false);
    dialog.replaceChildren(
      h("h2", {}, plain(confirm.title.text)),
      h("div", { class: "modal-body" }, textObject(confirm.text)),
      h("footer", {},
        h("button", { type: "button", class: "button", onclick: answer(false), "data-testid": "confirm-deny" }, plain(confirm.deny.text)),
        h("button", { type: "button", class: `button ${confirm.style === "danger" ? "danger solid" : "primary"}`, onclick: answer(true), "data-testid": "confirm-accept" }, plain(confirm.confirm.text))));
    dialog.showModal();
  });
}

async function use(ctx, element, block, value, control) {
  if (element.confirm && !(await ask(element.confirm))) return false;
  if (control) {
    control.disabled = true;
    control.classList.add("busy");
  }
  await ctx.act(element, block, value);
  if (control) {
    control.disabled = false;
    control.classList.remove("busy");
  }
  return true;
}

const remember = (ctx, block, element, read) => {
  if (!ctx.form.has(block.block_id)) ctx.form.set(block.block_id, new Map());
  ctx.form.get(block.block_id).set(element.action_id, read);
};

const hidden = (element) => element.visible_to_user_ids?.length && !element.visible_to_user_ids.includes(world.me);

function button(element, block, ctx) {
  if (hidden(element)) return null;
  const control = h("button", {
    type: "button", class: `button ${element.style || ""}`, "data-testid": `action-${element.action_id}`,
    "data-value": element.value, "aria-label": element.accessibility_label,
  }, plain(element.text.text));
  control.addEventListener("click", () => {
    const href = element.url && safeUrl(element.url);
    if (href) window.open(href, "_blank", "noopener,noreferrer");
    use(ctx, element, block, element.value, control);
  });
  return control;
}

const choice = (option, chosen) => h("option", { value: option.value, selected: chosen }, plain(option.text.text));

function select(element, block, ctx, many) {
  const first = many ? (element.initial_options || []).map((one) => one.value) : [element.initial_option?.value];
  const made = (options) => options.map((option) => choice(option, first.includes(option.value)));
  const groups = element.option_groups?.map((group) => h("optgroup", { label: plain(group.label.text) }, made(group.options)));
  const control = h("select", { class: "field", multiple: many, "data-testid": `action-${element.action_id}`, "aria-label": plain(element.placeholder?.text || "Choose") },
    !many && h("option", { value: "" }, plain(element.placeholder?.text || "Choose…")), groups || made(element.options || []));
  const read = () => (many ? [...control.selectedOptions].map((option) => option.value) : control.value || null);
  remember(ctx, block, element, read);
  control.addEventListener("change", () => read() && ctx.live(block) && use(ctx, element, block, read()));
  return control;
}

function directory(element, block, ctx, items, many) {
  const options = items.map(([value, text]) => ({ value, text: { text } }));
  const picked = (key) => element[key] && options.filter((option) => [element[key]].flat().includes(option.value));
  const kind = element.type.replace("multi_", "").replace("_select", "").replace(/s$/, "");
  const initial = picked(`initial_${kind}${many ? "s" : ""}`) || [];
  const like = { ...element, options, option_groups: undefined, initial_option: initial[0], initial_options: initial };
  return select(like, block, ctx, many);
}

const people = () => [...world.users.values()].filter((user) => !user.is_bot).map((user) => [user.id, personName(user.id)]);
const places = () => [...world.channels.values()].filter((channel) => !channel.is_im).map((channel) => [channel.id, `#${channel.name}`]);

function overflow(element, block, ctx) {
  const items = element.options.map((option) =>
    h("li", {}, h("button", {
      type: "button", role: "menuitem", "data-testid": `option-${option.value}`,
      onclick: () => {
        menu.open = false;
        const href = option.url && safeUrl(option.url);
        if (href) window.open(href, "_blank", "noopener,noreferrer");
        use(ctx, element, block, option.value);
      },
    }, plain(option.text.text))));
  const menu = h("details", { class: "overflow", "data-testid": `action-${element.action_id}` },
    h("summary", { "aria-label": "More actions" }, "⋯"), h("ul", { role: "menu" }, items));
  menu.addEventListener("focusout", (event) => menu.contains(event.relatedTarget) || (menu.open = false));
  return menu;
}

function choices(element, block, ctx) {
  const radio = element.type === "radio_buttons";
  const first = radio ? [element.initial_option?.value] : (element.initial_options || []).map((one) => one.value);
  const name = `${block.block_id}-${element.action_id}-${Math.random()}`;
  const boxes = element.options.map((option) => h("input", { type: radio ? "radio" : "checkbox", name, value: option.value, checked: first.includes(option.value) }));
  const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);
  remember(ctx, block, element, () => (radio ? chosen()[0] || null : chosen()));
  const rows = element.options.map((option, at) =>
    h("label", { class: "choice" }, boxes[at], h("span", {}, textObject(option.text), option.description && h("small", {}, textObject(option.description)))));
  const group = h("div", { class: "choices", role: radio ? "radiogroup" : "group", "data-testid": `action-${element.action_id}` }, rows);
  group.addEventListener("change", () => ctx.live(block) && use(ctx, element, block, radio ? chosen()[0] : chosen()));
  return group;
}

function typed(element, block, ctx, type, initial) {
  const many = element.multiline;
  const control = h(many ? "textarea" : "input", {
    class: "field", type: many ? undefined : type, placeholder: element.placeholder && plain(element.placeholder.text),
    maxlength: element.max_length && String(element.max_length), minlength: element.min_length && String(element.min_length),
    min: element.min_value, max: element.max_value, step: type === "number" ? (element.is_decimal_allowed ? "any" : "1") : undefined,
    rows: many ? "4" : undefined, "data-testid": `action-${element.action_id}`,
  });
  control.value = initial || "";
  const seconds = type === "datetime-local";
  const read = () => (seconds && control.value ? Math.floor(new Date(control.value).getTime() / 1000) : control.value || null);
  remember(ctx, block, element, read);
  const picker = ["date", "time", "datetime-local"].includes(type);
  control.addEventListener(picker ? "change" : "keydown", (event) => {
    if (!ctx.live(block) || (!picker && (event.key !== "Enter" || many))) return;
    event.preventDefault();
    use(ctx, element, block, read());
  });
  if (element.focus_on_load) control.autofocus = true;
  return control;
}

const localMoment = (seconds) => {
  if (!seconds) return "";
  const moment = new Date(seconds * 1000);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
};

function feedback(element, block, ctx) {
  const one = (answer, sign) => {
    const control = h("button", { type: "button", class: "icon-button", title: plain(answer.text.text), "aria-label": plain(answer.text.text), "data-testid": `feedback-${sign === "up" ? "positive" : "negative"}` }, icon(sign));
    control.addEventListener("click", async () => (await use(ctx, element, block, answer.value, control)) && control.classList.add("chosen"));
    return control;
  };
  return h("span", { class: "feedback" }, one(element.positive_button, "up"), one(element.negative_button, "down"));
}

function iconButton(element, block, ctx) {
  if (hidden(element)) return null;
  const control = h("button", { type: "button", class: "icon-button", title: plain(element.text.text), "aria-label": plain(element.text.text), "data-testid": `action-${element.action_id}` }, icon("trash"));
  control.addEventListener("click", () => use(ctx, element, block, element.value, control));
  return control;
}

export function picture(element, small) {
  const url = element.slack_file ? `/slack/files/${element.slack_file.id || element.slack_file.url.split("/").pop()}` : element.image_url;
  const local = new URL(url, location.href).origin === location.origin || url.startsWith("data:image/");
  if (local) return h("img", { src: url, alt: element.alt_text || "", class: small ? "small-image" : "image", loading: "lazy" });
  return small ? h("span", { class: "small-image missing", title: element.alt_text, role: "img", "aria-label": element.alt_text }) : link(url, element.alt_text || "Image");
}

const KINDS = {
  button,
  workflow_button: button,
  overflow,
  image: (element) => picture(element, true),
  static_select: (element, block, ctx) => select(element, block, ctx, false),
  multi_static_select: (element, block, ctx) => select(element, block, ctx, true),
  users_select: (element, block, ctx) => directory(element, block, ctx, people(), false),
  multi_users_select: (element, block, ctx) => directory(element, block, ctx, people(), true),
  conversations_select: (element, block, ctx) => directory(element, block, ctx, places(), false),
  multi_conversations_select: (element, block, ctx) => directory(element, block, ctx, places(), true),
  channels_select: (element, block, ctx) => directory(element, block, ctx, places(), false),
  multi_channels_select: (element, block, ctx) => directory(element, block, ctx, places(), true),
  radio_buttons: choices,
  checkboxes: choices,
  plain_text_input: (element, block, ctx) => typed(element, block, ctx, "text", element.initial_value),
  number_input: (element, block, ctx) => typed(element, block, ctx, "number", element.initial_value),
  email_text_input: (element, block, ctx) => typed(element, block, ctx, "email", element.initial_value),
  url_text_input: (element, block, ctx) => typed(element, block, ctx, "url", element.initial_value),
  datepicker: (element, block, ctx) => typed(element, block, ctx, "date", element.initial_date),
  timepicker: (element, block, ctx) => typed(element, block, ctx, "time", element.initial_time),
  datetimepicker: (element, block, ctx) => typed(element, block, ctx, "datetime-local", localMoment(element.initial_date_time)),
  feedback_buttons: feedback,
  icon_button: iconButton,
};

export function element(one, block, ctx) {
  const make = KINDS[one.type];
  return make ? make(one, block, ctx) : h("em", { class: "unsupported" }, `(${one.type})`);
}

