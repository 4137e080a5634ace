// Runs browser mode: the same server and window, without Electron. Loads the built supervisor, so only after a build.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { hasDisplay } from "./desktop.mjs";
import { root, say } from "./launch.mjs";

/** Runs until SIGINT or SIGTERM; prints the address on stdout and opens it where there is a display. */
export async function runBrowser({ folder = null }) {
  let isShown = false;
  const shell = await startBrowserShell({
    folder,
    onReady: (address) => {
      if (isShown) return; // a server that came back: the page finds it by itself
      isShown = true;
      process.stdout.write(`${address}\n`);
      if (hasDisplay()) openInBrowser(address);
      else say("Open this address in a browser.");
    },
  });
  await new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, resolve);
  });
  await shell.stop();
}

/** The supervised server. `ui`: a fixed port and token for the window, or null. */
export async function startBrowserShell({ folder = null, ui = null, onReady }) {
  const built = await import(pathToFileURL(join(root, "dist/node/browser-shell.js")).href);
  return built.startBrowserShell({
    workspace: folder === null ? null : { path: folder, port: null },
    ui,
    onReady,
    onNotOpened: ({ message, fix }) => say(fix === null ? message : `${message} ${fix}`),
  });
}

function openInBrowser(address) {
  const [command, ...args] = { darwin: ["open"], win32: ["cmd", "/c", "start", ""] }[process.platform] ?? ["xdg-open"];
  const opener = spawn(command, [...args, address], { stdio: "ignore", detached: true });
  const askPerson = () => say("Open this address in a browser.");
  opener.once("error", askPerson);
  opener.once("exit", (code) => code !== 0 && askPerson());
  opener.unref();
}
