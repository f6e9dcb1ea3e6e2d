// WebKitGTK as Debian brings it, by WebDriver: https://www.w3.org/TR/webdriver2/.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { Tab } from "./tab.mjs";

/** @typedef {{after: (end: () => unknown) => void}} Context */

/** Starts a browser of WebKitGTK with one tab. @param {Context} t */
export async function webkitTab(t) {
  const address = await start(t);
  const { sessionId } = await command("POST", `${address}/session`, { capabilities: {} });
  const session = `${address}/session/${sessionId}`;
  t.after(() => command("DELETE", session));
  return new Tab({
    open: (url) => command("POST", `${session}/url`, { url }),
    perform: (actions) => command("POST", `${session}/actions`, { actions }),
    async run(work, ...given) {
      const script = `Promise.resolve((${work})(...${JSON.stringify(given)})).then((value) => JSON.stringify(value ?? null)).then(arguments[0])`;
      return JSON.parse(await command("POST", `${session}/execute/async`, { script, args: [] }));
    },
  });
}

/** @param {"POST" | "DELETE"} method @param {string} url @param {object} [body] */
async function command(method, url, body) {
  const response = await fetch(url, { method, body: JSON.stringify(body) });
  const { value } = /** @type {{value: any}} */ (await response.json());
  if (!response.ok) throw new Error(`${url}: ${value.error}: ${value.message}`);
  return value;
}

/** Starts the driver, with a display that nobody sees. @param {Context} t @returns {Promise<string>} where it takes commands */
async function start(t) {
  const display = spawn(process.env.XVFB ?? "/usr/bin/Xvfb", ["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", "1280x1024x24"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  t.after(() => display.kill());
  const [number] = await Promise.race([once(display.stdout, "data"), ends(display)]);
  const port = await freePort();
  const driver = spawn(process.env.WEBKIT_DRIVER ?? "/usr/bin/WebKitWebDriver", [`--port=${port}`], {
    stdio: "ignore",
    env: { ...process.env, DISPLAY: `:${String(number).trim()}`, GDK_BACKEND: "x11", LIBGL_ALWAYS_SOFTWARE: "1", NO_AT_BRIDGE: "1" },
  });
  t.after(() => driver.kill());
  const address = `http://127.0.0.1:${port}`;
  // It does not say when it listens.
  const listens = async () => {
    while (!(await fetch(`${address}/status`).then(({ ok }) => ok, () => false))) await pause(50);
  };
  await Promise.race([listens(), ends(driver)]);
  return address;
}

/** Rejects when a program cannot be started, or ends. @param {import("node:child_process").ChildProcess} child @returns {Promise<never>} */
async function ends(child) {
  const [code] = await once(child, "exit");
  throw new Error(`${child.spawnfile} ended with ${code}`);
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  server.close();
  await once(server, "close");
  return port;
}
