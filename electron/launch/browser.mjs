// Runs browser mode: the same server and window, without Electron. Loads the built supervisor, so only after a build.
import { spawn } from "node:child_process";
import { delimiter, isAbsolute, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { hasDisplay } from "./desktop.mjs";
import { writeForwardingPage } from "./forwarding-page.mjs";
import { base, endSignals, root, say } from "./launch.mjs";

/** How long the address on a terminal is good if nobody uses it: it stays in the scrollback. */
const linkLifeMs = 600_000;

/** One word of a line for a shell. */
const quoted = (word) => (/^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/**
 * Runs until SIGINT, SIGTERM or SIGHUP; prints the address on stdout and opens it where there is a display. `command`:
 * the command line, as the user can type it.
 */
export async function runBrowser({
  folder = null,
  command = `node ${quoted(relative(base, join(root, "dist/node/cli.js")))}`,
}) {
  let forward = null;
  const shell = await startBrowserShell({
    folder,
    onAddress: (address, isFirst) => {
      const opens = isFirst && hasDisplay();
      // A browser that cannot read the page reports no error here.
      const open = opens ? "If no page opens, open" : "Open";
      const life = process.stdout.isTTY ? `, within ${linkLifeMs / 60_000} minutes` : "";
      say(`${open} this address in a browser. It works once${life}; “${command} link FOLDER” prints another.`);
      if (opens) forward = openInBrowser(address);
      else forward?.renew(address); // for a browser that has not read it yet; one tab is enough
    },
  });
  await new Promise((resolve) => {
    for (const signal of endSignals) process.on(signal, resolve);
  });
  forward?.remove();
  await shell.stop();
}

/**
 * The supervised server; prints its address on stdout, and calls `onAddress` after that. `port`: for the window, 0 for
 * any. `page`: host and port of the page, if another server gives it out.
 */
export async function startBrowserShell({ folder = null, port = 0, page = null, onAddress = () => {} }) {
  let isFirst = true;
  const built = await import(pathToFileURL(join(root, "dist/node/browser-shell.js")).href);
  return built.startBrowserShell({
    workspace: folder === null ? null : { path: folder, port: null },
    port,
    page,
    linkLifeMs: process.stdout.isTTY ? linkLifeMs : null,
    onReady: (address) => {
      if (address === null) return;
      if (!isFirst) say("The server was restarted. The earlier address no longer works: use this one.");
      process.stdout.write(`${address}\n`);
      onAddress(address, isFirst);
      isFirst = false;
    },
    onNotOpened: ({ message, fix }) => say(fix === null ? message : `${message} ${fix}`),
  });
}

/** A relative or empty folder is the one in which the user is: it would choose what opens the address. */
const absoluteFolders = (path = "") => path.split(delimiter).filter(isAbsolute).join(delimiter);

/** The browser gets a private file that forwards it: every user of the machine can read the arguments of a process. */
function openInBrowser(address) {
  const forward = writeForwardingPage(address);
  if (!forward) return null;
  const opener = spawn(process.platform === "darwin" ? "open" : "xdg-open", [forward.file], {
    stdio: "ignore",
    detached: true,
    cwd: "/",
    env: { ...process.env, PATH: absoluteFolders(process.env.PATH) },
  });
  opener.once("error", () => {}); // the user opens the address
  opener.unref();
  return forward;
}
