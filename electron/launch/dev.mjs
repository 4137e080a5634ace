// `npm run dev [-- [--browser] [folder] [-- flags for Electron]]`: the window with hot reload; server and main are
// rebuilt and started again when their sources change. The window stays, and the server comes back with its folder.
import { createServer } from "node:net";
import { join, relative } from "node:path";
import { startBrowserShell } from "./browser.mjs";
import { forgetBuild } from "./build.mjs";
import { runDesktop } from "./desktop.mjs";
import { ensureInstalled } from "./install.mjs";
import { endSignals, ensureSupported, parseWords, root, say, tellAndExit } from "./launch.mjs";

async function dev() {
  ensureSupported();
  const { folder, flags, wantsBrowser } = parseWords("dev");
  ensureInstalled();
  const vite = await import("vite");
  const port = await freePort();
  const window = await serveWindow(vite, port);
  const options = { address: window.resolvedUrls.local[0], folder, flags, port };

  forgetBuild();
  await vite.build({ configFile: join(root, "electron/vite.preload.config.ts") });
  // The preload lies in the same folder: it must not be emptied.
  const node = await vite.build({
    configFile: join(root, "server/vite.config.ts"),
    build: { watch: {}, emptyOutDir: false },
  });
  const builds = onBuild(node);
  await builds.next();
  const desktop = wantsBrowser ? null : runDesktopAgain(options);
  let shell = desktop ?? (await runInBrowser(options));
  builds.each((changed) => shell.rebuilt(changed));

  const result = await Promise.race([signalled(), ...(desktop ? [desktop.ended] : [])]);
  if (result?.why) {
    say(`${result.why}: using the browser instead.`);
    shell = await runInBrowser(options);
    await signalled();
  }
  await shell.stop();
  await node.close();
  await window.close();
}

/**
 * Vite's server: the same Content-Security-Policy as in the product, and browser mode's
 * socket passed on to the server behind it.
 */
async function serveWindow(vite, uiPort) {
  const { module } = await vite.runnerImport(join(root, "server/window/csp.ts"));
  const server = await vite.createServer({
    configFile: join(root, "renderer/vite.config.ts"),
    logLevel: "warn", // stdout is for the address
    server: {
      host: "127.0.0.1",
      port: await freePort(),
      strictPort: true,
      headers: { "content-security-policy": module.contentSecurityPolicy({ dev: true }) },
      // A plain key would be a prefix and swallow the page's own modules below rpc/. The target must be http:, so that
      // the rewritten Origin is one the server accepts; the page proves its secret all the same.
      proxy: {
        "^/rpc$": { target: `http://127.0.0.1:${uiPort}`, ws: true, changeOrigin: true, rewriteWsOrigin: true },
      },
    },
  });
  return server.listen();
}

/**
 * `next()` resolves with the next finished build; `each` then hears of every later one, with the paths that changed.
 */
function onBuild(watcher) {
  const changed = new Set();
  let hear = () => {};
  watcher.on("change", (path) => changed.add(relative(root, path)));
  watcher.on("event", (event) => {
    if (event.code === "ERROR") say(event.error.message);
    if (event.code === "BUNDLE_END") void event.result.close(); // frees the bundle's memory; nothing waits for that
    if (event.code !== "END") return;
    hear([...changed]);
    changed.clear();
  });
  return {
    next: () =>
      new Promise((resolve) => {
        hear = resolve;
      }),
    each: (listener) => {
      hear = listener;
    },
  };
}

/** The desktop app with the development page. A change of main starts it again, any other only its server. */
function runDesktopAgain({ address, folder, flags }) {
  let child = null;
  let isAgain = false;
  const run = async () => {
    for (;;) {
      const result = await runDesktop({
        folder,
        flags,
        env: { RENDERER_URL: address },
        onStart: (started) => {
          child = started;
        },
      });
      if (!isAgain) return result;
      isAgain = false;
    }
  };
  return {
    ended: run(),
    rebuilt: (changed) => {
      isAgain = changed.some((path) => path.startsWith("electron"));
      if (isAgain) child?.kill();
      else if (child?.connected) child.send({ kind: "rebuilt" });
    },
    stop: () => child?.kill(),
  };
}

async function runInBrowser({ address, folder, port }) {
  const shell = await startBrowserShell({ folder, port, page: new URL(address).host });
  return { rebuilt: () => shell.restart(), stop: () => shell.stop() };
}

const signalled = () =>
  new Promise((resolve) => {
    for (const signal of endSignals) process.once(signal, () => resolve(null));
  });

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

dev().then(() => process.exit(0), tellAndExit);
