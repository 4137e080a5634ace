#!/usr/bin/env node
// `npm start [-- [--browser] [folder] [-- flags for Electron]]`: installs and builds what is missing, then opens the
// desktop app; where that cannot run, says why in one line and uses the browser instead.
import { runBrowser } from "./browser.mjs";
import { ensureBuilt } from "./build.mjs";
import { runDesktop } from "./desktop.mjs";
import { ensureInstalled } from "./install.mjs";
import { ensureSupported, parseWords, say, tellAndExit } from "./launch.mjs";

/** Resolves with the exit code. */
async function start() {
  ensureSupported();
  const { folder, flags, wantsBrowser } = parseWords("start");
  ensureInstalled();
  ensureBuilt();
  if (!wantsBrowser) {
    const { why, exitCode } = await runDesktop({ folder, flags });
    if (why === undefined) return exitCode;
    say(`${why}: using the browser instead.`);
  }
  await runBrowser({ folder });
  return 0;
}

start().then((exitCode) => process.exit(exitCode), tellAndExit);
