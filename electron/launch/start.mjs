#!/usr/bin/env node
// `npm start [-- [--browser] [folder] [-- flags for Electron]]`: installs and builds what is missing, then opens the
// desktop app; where that cannot run, says why in one line and uses the browser instead.
import { runBrowser } from "./browser.mjs";
import { ensureBuilt } from "./build.mjs";
import { runDesktop } from "./desktop.mjs";
import { ensureInstalled } from "./install.mjs";
import { LaunchError, parseWords, say, tellAndExit, whyUnsupported } from "./launch.mjs";

/** Resolves with the exit code. */
async function start() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    throw new LaunchError(`Node 20.19 or later is needed; this is ${process.versions.node}.`);
  const unsupported = whyUnsupported(process);
  if (unsupported) throw new LaunchError(unsupported);
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
