// Answers searches away from the page, so that typing never waits.
import { Answerer } from "./answerer.js";

const answerer = new Answerer((reply) => postMessage(reply));
addEventListener("message", (/** @type {MessageEvent<import("./searcher.js").Question | import("./searcher.js").Order>} */ { data }) => answerer.receive(data));
