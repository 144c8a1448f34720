// What the page knows: who one is, who else there is, the place and thread that are open.

export const world = {
  me: "",
  bot: { user_id: "", name: "" },
  users: new Map(),
  channels: new Map(),
  place: "",
  thread: "",
  tab: "messages",
  messages: new Map(),
  replies: new Map(),
  statuses: new Map(),
  prompts: null,
  home: null,
  kept: new Map(),
};

export const personName = (id) => {
  const user = world.users.get(id);
  return user ? user.real_name || user.name : id;
};

export const placeName = (channel) => (channel.is_im ? world.bot.name : channel.name);

const zone = () => world.users.get(world.me)?.tz || "America/New_York";

const format = (ts, options) =>
  new Intl.DateTimeFormat("en-US", { timeZone: zone(), ...options }).format(new Date(Number(ts) * 1000));

export const clockTime = (ts) => format(ts, { hour: "numeric", minute: "2-digit" });
export const dayName = (ts) => format(ts, { weekday: "long", month: "long", day: "numeric" });
export const dayKey = (ts) => format(ts, { year: "numeric", month: "2-digit", day: "2-digit" });
export const fullTime = (ts) => format(ts, { dateStyle: "full", timeStyle: "long" });
export const formatted = (seconds, options) => format(seconds, options);

// Small things a person changed in a message (an open container, a sorted table) outlive its redrawing.
export const keep = (key, value) => world.kept.set(key, value);
export const kept = (key, otherwise) => (world.kept.has(key) ? world.kept.get(key) : otherwise);
