// The page's own signs, drawn rather than taken from an emoji font that may not be there.

import { svg } from "./dom.js";

const PATHS = {
  plus: "M12 5v14M5 12h14",
  send: "M4 12 20 4l-5 16-3-7z",
  reply: "M4 5h16v11H10l-4 4v-4H4z",
  eye: "M2 12s4-6 10-6 10 6 10 6-4 6-10 6S2 12 2 12zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
  up: "M7 11v9H4v-9zM7 11l4-8c1.500 0 2.500 1 2.500 2.500L13 9h6c1.200 0 1.800 1 1.500 2.200l-1.700 7c-.2 1-1 1.800-2 1.800H7",
  down: "M17 13V4h3v9zM17 13l-4 8c-1.500 0-2.500-1-2.500-2.500L11 15H5c-1.200 0-1.800-1-1.500-2.200l1.700-7C5.400 4.800 6.200 4 7.200 4H17",
  trash: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5",
  close: "M6 6l12 12M18 6 6 18",
  menu: "M4 7h16M4 12h16M4 17h16",
};

export const icon = (name) =>
  svg("svg", { viewBox: "0 0 24 24", class: "sign", "aria-hidden": "true" }, svg("path", { d: PATHS[name] }));
