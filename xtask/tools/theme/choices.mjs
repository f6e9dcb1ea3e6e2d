// What the themes take from the design system, and which token replaces which of its colors.

/** Elements that the text of a document can have, beside those of templates. */
export const KEPT_TAGS = [
  "html", "body", "a", "abbr", "b", "blockquote", "code", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "img", "li", "mark",
  "ol", "p", "pre", "small", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "caption",
  "input", "select", "option", "button", "label", "fieldset", "legend", "details", "summary", "figure", "figcaption",
];

/** Classes that only the program writes. */
export const KEPT_SELECTORS = [];

/** Both weights of one family; the sloping faces are made by the browser. */
export const FONTS = [
  { file: "portolan-sans-regular.woff2", weight: 400 },
  { file: "portolan-sans-bold.woff2", weight: 700 },
];

/** Icons by their names in the sprite. */
export const ICONS = ["cancel", "check_circle", "edit", "navigate_before", "navigate_next", "update"];

/** Families of the design system, and the token that takes the place of each. */
export const FAMILIES = {
  "Source Sans Pro Web": "font",
  "Merriweather Web": "font-heading",
  "Roboto Mono Web": "font-code",
};

/**
 * A color of the design system, and the token that takes its place: one for all places, or one for text, one for what
 * is behind text, one for edges and shadows.
 */
export const COLORS = {
  "#1b1b1b": { text: "ink", back: "band", edge: "ink" },
  "#ffffff": { text: "on-primary", back: "paper", edge: "paper" },
  "#565c65": "quiet",
  "#2491ff": "focus",
  "#005ea2": { text: "link", back: "primary", edge: "primary" },
  "#54278f": "visited",
  "#1a4480": "primary-dark",
  "#162e51": "primary-dark",
  "#dfe1e2": { text: "on-band", back: "surface", edge: "line" },
  "#f0f0f0": { text: "on-band", back: "surface", edge: "line" },
  "#a9aeb1": { text: "on-band", back: "line", edge: "line" },
  "#e7f6f8": "tint",
  "#00bde3": "accent",
  "#99deea": "accent",
  "#71767a": "quiet",
  "#454545": "quiet",
  "#c9c9c9": "line",
  "#757575": "quiet",
  "#000000": "ink",
  // Backgrounds and edges of alerts that warn, refuse or confirm; their text is ink.
  "#faf3d1": "surface",
  "#ffbe2e": "modified",
  "#f4e3db": "surface",
  "#d54309": "revoked",
  "#ecf3ec": "surface",
  "#00a91c": "in-force",
  "#e6e6e6": "surface",
  "#d9e8f6": "tint",
  "#eff6fb": "tint",
};
