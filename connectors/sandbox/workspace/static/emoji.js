// The short codes that bots and shop people use most.

export const EMOJI = {
  white_check_mark: "✅", heavy_check_mark: "✔️", x: "❌", warning: "⚠️", rotating_light: "🚨", no_entry: "⛔",
  no_entry_sign: "🚫", question: "❓", exclamation: "❗", information_source: "ℹ️", bulb: "💡", eyes: "👀", tada: "🎉",
  raised_hands: "🙌", clap: "👏", thumbsup: "👍", "+1": "👍", thumbsdown: "👎", "-1": "👎", wave: "👋", pray: "🙏", ok_hand: "👌",
  point_right: "👉", smile: "😄", slightly_smiling_face: "🙂", thinking_face: "🤔", sweat_smile: "😅", heart: "❤️",
  fire: "🔥", star: "⭐", sparkles: "✨", rocket: "🚀", zap: "⚡", hourglass: "⌛", hourglass_flowing_sand: "⏳",
  stopwatch: "⏱️", alarm_clock: "⏰", calendar: "📅", spiral_calendar_pad: "🗓️", date: "📅", clock6: "🕕", sunrise: "🌅", sunny: "☀️",
  cloud: "☁️", rain_cloud: "🌧️", umbrella: "☔", snowflake: "❄️", chart_with_upwards_trend: "📈",
  chart_with_downwards_trend: "📉", bar_chart: "📊", moneybag: "💰", dollar: "💵", credit_card: "💳", label: "🏷️",
  shopping_trolley: "🛒", shopping_bags: "🛍️", package: "📦", truck: "🚚", convenience_store: "🏪",
  department_store: "🏬", receipt: "🧾", memo: "📝", clipboard: "📋", pushpin: "📌", mag: "🔍", link: "🔗", lock: "🔒",
  unlock: "🔓", key: "🔑", bell: "🔔", no_bell: "🔕", gear: "⚙️", wrench: "🔧", robot_face: "🤖", thread: "🧵",
  leftwards_arrow_with_hook: "↩️", arrow_up: "⬆️", arrow_down: "⬇️", arrow_right: "➡️", arrow_up_small: "🔼", arrow_down_small: "🔽",
  arrows_counterclockwise: "🔄", large_green_circle: "🟢", large_yellow_circle: "🟡", large_orange_circle: "🟠", red_circle: "🔴", large_blue_circle: "🔵", white_circle: "⚪", black_circle: "⚫",
  busts_in_silhouette: "👥", bust_in_silhouette: "👤", speech_balloon: "💬", wastebasket: "🗑️", trash: "🗑️", apple: "🍎", bread: "🍞", milk_glass: "🥛", coffee: "☕",
};

export const QUICK = ["eyes", "white_check_mark", "+1"];
export const emoji = (name) => EMOJI[name] || `:${name}:`;
