// The control calls and the live stream.

import { toast } from "./dom.js";

async function ask(path, options) {
  const reply = await fetch(`/api/sandbox/${path}`, options);
  const body = await reply.json();
  if (!reply.ok) throw new Error(body.error || `The workspace answered ${reply.status}.`);
  return body;
}

export const get = (name, query = {}) => ask(`${name}?${new URLSearchParams(query)}`);

export const post = (name, body) =>
  ask(name, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

// As post, but a refusal becomes a notice; resolves to null then.
export async function tryPost(name, body) {
  try {
    const answer = await post(name, body);
    if (answer.note) toast(answer.note, "warning");
    return answer;
  } catch (problem) {
    toast(problem.message, "error");
    return null;
  }
}

export function watch(user, onChange, onState) {
  const source = new EventSource(`/api/sandbox/stream?user=${encodeURIComponent(user)}`);
  let dropped = false;
  source.onopen = () => {
    onState("open", dropped);
    dropped = false;
  };
  source.onerror = () => {
    dropped = true;
    onState("closed", true);
  };
  source.onmessage = (event) => onChange(JSON.parse(event.data));
  return source;
}
