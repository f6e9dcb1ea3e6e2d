// What lasts for all tests of a file: a browser, a server, a folder.
import { after } from "node:test";

/** Takes what is to be done after the last test of the file, the latest first, as a test's own context does for one. */
export function lasting() {
  /** @type {(() => unknown)[]} */
  const ends = [];
  after(async () => {
    for (const end of ends.reverse()) await end();
  });
  return { after: (/** @type {() => unknown} */ end) => void ends.push(end) };
}
