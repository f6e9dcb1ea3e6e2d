// Firefox as it is released, by WebDriver BiDi: https://www.w3.org/TR/webdriver-bidi/.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { temporaryFolder } from "./portolan.mjs";
import { Tab } from "./tab.mjs";

/** @typedef {(method: string, params: object) => Promise<any>} Send */

/** Starts Firefox with one tab. @param {{after: (end: () => unknown) => void}} t */
export async function firefoxTab(t) {
  const send = await connect(await start(t));
  t.after(() => send("browser.close", {}));
  await send("session.new", { capabilities: {} });
  const { contexts } = await send("browsingContext.getTree", {});
  const { context } = contexts[0];
  return new Tab({
    open: (url) => send("browsingContext.navigate", { context, url, wait: "complete" }),
    perform: (actions) => send("input.performActions", { context, actions }),
    async run(work, ...given) {
      const made = await send("script.evaluate", {
        expression: `Promise.resolve((${work})(...${JSON.stringify(given)})).then((value) => JSON.stringify(value ?? null))`,
        target: { context },
        awaitPromise: true,
      });
      if (made.type === "exception") throw new Error(made.exceptionDetails.text);
      return JSON.parse(made.result.value);
    },
  });
}

/** @param {{after: (end: () => unknown) => void}} t @returns {Promise<string>} where it takes commands */
async function start(t) {
  const program = process.env.FIREFOX ?? "/usr/bin/firefox-esr";
  const profile = temporaryFolder(t);
  const child = spawn(program, ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = once(child, "exit");
  t.after(async () => {
    child.kill();
    await ended;
  });
  for await (const line of createInterface(child.stderr)) {
    const [, address] = /WebDriver BiDi listening on (ws:\S+)/.exec(line) ?? [];
    if (address) {
      child.stderr.resume();
      return `${address}/session`;
    }
  }
  throw new Error(`${program} does not take commands`);
}

/** @param {string} address @returns {Promise<Send>} */
async function connect(address) {
  const socket = new WebSocket(address);
  await once(socket, "open");
  let last = 0;
  /** @type {Map<number, (message: any) => void>} */
  const waiting = new Map();
  socket.addEventListener("message", ({ data }) => {
    const message = JSON.parse(data);
    waiting.get(message.id)?.(message);
  });
  return async (method, params) => {
    const id = ++last;
    const answer = new Promise((resolve) => void waiting.set(id, resolve));
    socket.send(JSON.stringify({ id, method, params }));
    const { result, error, message } = await answer;
    waiting.delete(id);
    if (error) throw new Error(`${method}: ${error}: ${message}`);
    return result;
  };
}
