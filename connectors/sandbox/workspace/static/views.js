// Modals and the App Home: views the app gives one person.

import { get, post, tryPost } from "./api.js";
import { drawBlocks, readForm } from "./blocks.js";
import { byId, h, toast } from "./dom.js";
import { icon } from "./icons.js";
import { plain } from "./mrkdwn.js";
import { world } from "./world.js";

function viewContext(view, form) {
  return {
    key: `view/${view.id}`,
    form,
    live: (block) => block.type !== "input" || block.dispatch_action === true,
    act: async (element, block, value) => {
      await tryPost("click", { user: world.me, view_id: view.id, action_id: element.action_id, block_id: block.block_id, value, state: readForm(form) });
    },
  };
}

let drawn = "";

export function showViews(views) {
  const dialog = byId("modal");
  const view = views[views.length - 1];
  if (!view) {
    drawn = "";
    if (dialog.open) dialog.close();
    return;
  }
  const sign = `${view.id}/${view.hash}/${world.me}`;
  if (sign === drawn && dialog.open) return;
  drawn = sign;
  const form = new Map();
  const body = h("div", { class: "modal-body blocks" }, drawBlocks(view.blocks, viewContext(view, form)));
  const close = () => tryPost("close", { user: world.me, view_id: view.id });
  const submit = h("button", { type: "submit", class: "button primary", "data-testid": "modal-submit" }, plain(view.submit?.text || "Submit"));
  const frame = h("form", { novalidate: true },
    h("header", {}, h("h2", { id: "modal-title" }, plain(view.title.text)), h("button", { type: "button", class: "plain", "aria-label": "Close", onclick: close, "data-testid": "modal-close" }, icon("close"))),
    body,
    h("footer", {}, h("button", { type: "button", class: "button", onclick: close }, plain(view.close?.text || (view.submit ? "Cancel" : "Close"))), view.submit && submit));
  frame.addEventListener("submit", async (event) => {
    event.preventDefault();
    submit.disabled = true;
    try {
      const answer = await post("submit", { user: world.me, view_id: view.id, values: readForm(form) });
      showErrors(body, answer.errors || {});
    } catch (problem) {
      toast(problem.message, "error");
    }
    submit.disabled = false;
  });
  dialog.oncancel = (event) => {
    event.preventDefault();
    close();
  };
  dialog.replaceChildren(frame);
  if (!dialog.open) dialog.showModal();
  body.querySelector("[autofocus], input, select, textarea")?.focus();
}

function showErrors(body, errors) {
  let first = null;
  for (const field of body.querySelectorAll("[data-block]")) {
    const sentence = errors[field.dataset.block] || "";
    field.classList.toggle("wrong", Boolean(sentence));
    field.querySelector(".error").textContent = sentence;
    const control = field.querySelector("input, select, textarea");
    control?.setAttribute("aria-invalid", String(Boolean(sentence)));
    if (sentence && !first) first = control;
  }
  first?.focus();
}

export function drawHome(view) {
  const home = byId("home");
  if (!view) {
    home.replaceChildren(h("p", { class: "empty" }, "The app has not published its home yet."));
    return;
  }
  home.replaceChildren(h("div", { class: "blocks", "data-testid": "home-view" }, drawBlocks(view.blocks, viewContext(view, new Map()))));
}

export async function openHome() {
  byId("home").setAttribute("aria-busy", "true");
  const me = world.me;
  const answer = await get("home", { user: me });
  byId("home").removeAttribute("aria-busy");
  if (world.me !== me) return;
  world.home = answer.view;
  drawHome(world.home);
}
