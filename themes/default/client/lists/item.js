// A document in a list, as partials/item.html and partials/items.html write it.
import { element } from "../element.js";

/**
 * A row of the list's data (src/render/data/list_data.rs); what is empty is left out.
 * @typedef {object} Row
 * @property {string} [number]
 * @property {string} goods
 * @property {string} [question]
 * @property {string} url
 * @property {string} [date]
 * @property {string} [datetime]
 * @property {string} kind
 * @property {string[]} [details]
 * @property {string} [status]
 * @property {string} [status_class]
 * @property {string} [status_note]
 * @property {string} [proposed]
 * @property {true} [is_over]
 * @property {{class: string, label: string}} [state]
 * @property {string} [summary]
 * @property {string[]} [categories]
 * @property {string[]} [origin]
 * @property {string[]} [hts]
 */

/**
 * @param {Row} row
 * @param {string} root the address of the site's root
 * @param {{about: string, ended: string}} words the name of the line of facts, and what is said of what is over
 */
export function item(row, root, { about, ended }) {
  const heading = element("p", { class: "usa-collection__heading" }, element("a", { class: "usa-link", href: root + row.url }, row.goods));
  if (row.question) heading.append(" ", element("span", { class: "question" }, row.question));
  if (row.state) heading.append(" ", tag(row.state.class, row.state.label));
  const facts = element("ul", { class: "usa-collection__meta", "aria-label": about });
  /** @param {string} more @param {...(Node | string)} parts */
  const fact = (more, ...parts) => facts.append(element("li", { class: `usa-collection__meta-item${more}` }, ...parts));
  if (row.number) fact(" number item-number", row.number);
  fact("", row.kind);
  if (row.date) fact("", row.datetime ? element("time", { datetime: row.datetime }, row.date) : row.date);
  if (row.is_over) fact("", ended);
  if (row.status) fact("", tag(row.status_class ?? "", row.status), row.status_note ? ` ${row.status_note}` : "");
  if (row.proposed) fact("", tag("proposed", row.proposed));
  for (const detail of row.details ?? []) fact(" number", detail);
  const body = element("div", { class: "usa-collection__body" }, heading, facts);
  if (row.summary) body.append(element("p", { class: "usa-collection__description" }, row.summary));
  return element("li", { class: "usa-collection__item" }, body);
}

/** @param {string} name @param {string} label */
function tag(name, label) {
  return element("strong", { class: `usa-tag status ${name}` }, label);
}
