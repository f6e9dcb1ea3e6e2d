// The feed of a search that is a list which has one: of a kind, a Center, both, or a chapter of the tariff.
import { COLUMNS } from "../address.js";

/**
 * @param {import("../address.js").State} state
 * @param {import("../words.js").Words} words `folder` has the folder of each kind
 * @returns {string | undefined} relative to the site's root
 */
export function feedOf(state, words) {
  if (state.query.trim() !== "" || state.from || state.to) return undefined;
  const chosen = COLUMNS.filter((column) => state.filters[column].length > 0);
  if (chosen.some((column) => state.filters[column].length > 1)) return undefined;
  const [center] = state.filters.center;
  const [kind] = state.filters.kind;
  const [chapter] = state.filters.chapter;
  const folder = kind && words.find("folder", kind);
  switch (chosen.join(" ")) {
    case "center": return `${center}/feed.xml`;
    case "kind": return folder && `${folder}/feed.xml`;
    case "center kind": return folder && `${center}/${folder}/feed.xml`;
    case "chapter": return `hts/${chapter}/feed.xml`;
    default: return undefined;
  }
}
