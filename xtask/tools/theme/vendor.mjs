// Makes the part of the U.S. Web Design System that the themes use: `node vendor.mjs REPOSITORY`.
//
// Rules of classes that no template and no script has are left out, colors become the tokens of a theme, icons of
// rules become data. The list of what was made, with hashes and licenses, is written by xtask/src/theme.rs.
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { transform } from "lightningcss";
import { PurgeCSS } from "purgecss";
import { COLORS, FAMILIES, FONTS, ICONS, KEPT_SELECTORS, KEPT_TAGS } from "./choices.mjs";

const repository = process.argv[2];
const out = join(repository, "themes/default/static");
const upstream = join(import.meta.dirname, "node_modules/@uswds/uswds");
const version = JSON.parse(readFileSync(join(upstream, "package.json"), "utf8")).version;

/** Everything that can have a class of the design system, from the repository's root. */
const users = [
  "themes/*/templates/**/*.html",
  "themes/*/static/*.js",
  "themes/*/client/**/*.js",
].flatMap((pattern) => globSync(pattern, { cwd: repository })).sort();

/** @param {string} text a template or a script */
function words(text) {
  // A class in a branch of a template is outside of the tags of the template language.
  const plain = text.replaceAll(/\{[{%#].*?[#%}]\}/gs, " ");
  const attributes = [...plain.matchAll(/\b(?:class|id|type|role|rel)="([^"]*)"/g)].flatMap(([, value]) => value.split(/\s+/));
  const tags = [...plain.matchAll(/<([a-z][a-z0-9]*)/g)].map(([, tag]) => tag);
  const names = [...plain.matchAll(/\busa-[\w-]+/g)].map(([name]) => name);
  const attributeNames = [...plain.matchAll(/\s([a-z-]+)(?==")/g)].map(([, name]) => name);
  return [...new Set([...attributes, ...tags, ...names, ...attributeNames])];
}

async function purged() {
  const [{ css }] = await new PurgeCSS().purge({
    content: users.map((file) => ({ raw: readFileSync(join(repository, file), "utf8"), extension: "used" })),
    css: [join(upstream, "dist/css/uswds.min.css")],
    extractors: [{ extractor: words, extensions: ["used"] }],
    safelist: { standard: [...KEPT_TAGS, ...KEPT_SELECTORS] },
    fontFace: false,
    keyframes: true,
    variables: true,
  });
  return css;
}

/** By where a color is used its token may be another one: for text, for what is behind text, and for edges. */
const PLACES = { text: /^(?:color|fill|-webkit-text-fill-color)$/, back: /^background/, edge: /./ };

/**
 * @param {string} property
 * @param {string} color in small letters
 */
function token(property, color) {
  const choice = COLORS[color];
  if (!choice) throw new Error(`choices.mjs names no token for ${color} in \`${property}\``);
  if (typeof choice === "string") return `var(--${choice})`;
  const place = Object.keys(PLACES).find((place) => PLACES[place].test(property));
  if (!choice[place]) throw new Error(`choices.mjs names no token for ${color} as ${place}, in \`${property}\``);
  return `var(--${choice[place]})`;
}

/** @param {string} css */
function withTokens(css) {
  return css.replaceAll(/([a-z-]+):([^;{}]*)/g, (whole, property, value) => {
    if (value.includes("url(")) return whole;
    const changed = value
      .replaceAll(/#[0-9a-f]{3,8}\b/gi, (color) => ` ${token(property, long(color.toLowerCase()))} `)
      .replaceAll(/(?<=^|[\s,(])(white|black)(?=$|[\s,)!])/g, (name) => token(property, name === "white" ? "#ffffff" : "#000000"));
    return `${property}:${changed}`;
  }).replaceAll(/font-family:([^;}]*)/g, (whole, value) => {
    const family = Object.keys(FAMILIES).find((name) => value.startsWith(name));
    return family ? `font-family:var(--${FAMILIES[family]})` : whole;
  }).replaceAll(/border-radius:\.25rem(?=[;}])/g, "border-radius:var(--radius)");
}

/** @param {string} color */
const long = (color) => (color.length === 4 ? `#${[...color.slice(1)].map((digit) => digit + digit).join("")}` : color);

/** Pictures of rules as data, so that a page asks for none of them. @param {string} css */
function withPictures(css) {
  return css.replaceAll(/url\((["']?)(\.\.\/img\/[^)"']+)\1\)/g, (_, __, path) => {
    const file = join(upstream, "dist/css", path.split("?")[0]);
    if (!file.endsWith(".svg")) throw new Error(`${path} is no SVG: choose another rule or component`);
    const svg = readFileSync(file, "utf8").replaceAll(/\s+/g, " ").replaceAll('"', "'").trim();
    return `url("data:image/svg+xml,${svg.replaceAll(/[%#<>{}]/g, encodeURIComponent)}")`;
  });
}

/** The font faces are written here: only those that are vendored, shown at once in a face of the same width. */
function fontFaces() {
  return FONTS.map(
    ({ file, weight }) =>
      `@font-face{font-family:"Portolan Sans";font-style:normal;font-weight:${weight};font-display:swap;` +
      `src:url(fonts/${file}) format("woff2")}`,
  ).join("");
}

function sprite() {
  const whole = readFileSync(join(upstream, "dist/img/sprite.svg"), "utf8");
  const symbols = ICONS.map((name) => {
    const found = whole.match(new RegExp(`<symbol[^>]*id="${name}"[^>]*>.*?</symbol>`, "s"));
    if (!found) throw new Error(`there is no icon ${name}`);
    return found[0];
  });
  return `<!-- Material Icons, Apache License 2.0: see licenses/NOTICE.txt --><svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}

const stripped = (await purged()).replaceAll(/@font-face\{[^}]*\}/g, "").replace("@charset \"UTF-8\";", "");
const { code } = transform({
  filename: "uswds.css",
  // Below every rule of a theme's own, however specific a selector of the design system is (style.css).
  code: Buffer.from(`${fontFaces()}@layer base{${withPictures(withTokens(stripped))}}`),
  minify: true,
  // All have layers. A newer way of writing media queries would leave the older ones without any rule for wide screens.
  targets: { chrome: 100 << 16, firefox: 100 << 16, safari: (15 << 16) | (4 << 8) },
});
const note = `/*! USWDS ${version}, the rules that this portal uses. Made by \`cargo xtask theme\`; do not edit. See licenses/NOTICE.txt. */\n`;
mkdirSync(join(out, "fonts"), { recursive: true });
writeFileSync(join(out, "uswds.css"), note + code);
writeFileSync(join(out, "icons.svg"), sprite());
console.error(`uswds.css: ${note.length + code.length} bytes of ${users.length} users`);
