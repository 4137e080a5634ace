// Runs browser mode: the same server and window, without Electron. Loads the built supervisor, so only after a build.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { hasDisplay } from "./desktop.mjs";
import { root, say } from "./launch.mjs";

/** How long the address on a terminal is good, and the page that forwards to it is there. */
const linkLifeMs = 60_000;

/** Runs until SIGINT or SIGTERM; prints the address on stdout and opens it where there is a display. */
export async function runBrowser({ folder = null }) {
  let forward = null;
  let isShown = false;
  const shell = await startBrowserShell({
    folder,
    onReady: (address) => {
      if (isShown) return; // a server that came back: the page finds it by itself
      isShown = true;
      process.stdout.write(`${address}\n`);
      if (hasDisplay()) forward = openInBrowser(address);
      else say("Open this address in a browser. It is good once; “cgi-workbench link” prints another.");
    },
  });
  await new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, resolve);
  });
  forward?.remove();
  await shell.stop();
}

/** The supervised server. `port`: for the window, 0 for any. `page`: host and port of the page, if another server gives it out. */
export async function startBrowserShell({ folder = null, port = 0, page = null, onReady }) {
  const built = await import(pathToFileURL(join(root, "dist/node/browser-shell.js")).href);
  return built.startBrowserShell({
    workspace: folder === null ? null : { path: folder, port: null },
    port,
    page,
    linkLifeMs: process.stdout.isTTY ? linkLifeMs : null,
    onReady,
    onNotOpened: ({ message, fix }) => say(fix === null ? message : `${message} ${fix}`),
  });
}

/** The browser gets a private file that forwards it: every user of the machine can read the arguments of a process. */
function openInBrowser(address) {
  const forward = forwardingPage(address);
  const [command, ...args] = { darwin: ["open"], win32: ["cmd", "/c", "start", ""] }[process.platform] ?? ["xdg-open"];
  const opener = spawn(command, [...args, forward.file], { stdio: "ignore", detached: true });
  const askPerson = () => say("Open this address in a browser.");
  opener.once("error", askPerson);
  opener.once("exit", (code) => code !== 0 && askPerson());
  opener.unref();
  return forward;
}

/** A page in a folder that no other user can open; removed after a minute. */
function forwardingPage(address) {
  const folder = mkdtempSync(join(tmpdir(), "cgi-workbench-open-")); // mode 0700
  const file = join(folder, "workbench.html");
  const page = `<!doctype html><meta charset="utf-8"><title>CGI Workbench</title><script>location.replace(${JSON.stringify(address)})</script>`;
  writeFileSync(file, page, { mode: 0o600, flag: "wx" });
  const remove = () => rmSync(folder, { recursive: true, force: true });
  setTimeout(remove, linkLifeMs).unref();
  return { file, remove };
}
