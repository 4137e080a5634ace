#!/usr/bin/env node
// `npm run package [-- arguments of electron-builder]`: builds, then packs the desktop app into release/. Where
// ELECTRON_OVERRIDE_DIST_PATH names an unpacked Electron, that one is packed: with `--dir` nothing is downloaded then.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { ensureSupported, root, tellAndExit } from "./launch.mjs";

const builder = join(root, "node_modules/electron-builder/cli.js");

/** @param {string | undefined} folder */
function withElectronOf(folder) {
  if (!folder) return [];
  const version = readFileSync(join(folder, "version"), "utf8").trim().replace(/^v/, "");
  return [`--config.electronDist=${folder}`, `--config.electronVersion=${version}`];
}

try {
  ensureSupported();
  ensureBuilt();
  const given = withElectronOf(process.env.ELECTRON_OVERRIDE_DIST_PATH);
  const args = ["--publish", "never", ...given, ...process.argv.slice(2)];
  const { status } = spawnSync(process.execPath, [builder, ...args], { cwd: root, stdio: "inherit" });
  process.exitCode = status ?? 1;
} catch (error) {
  tellAndExit(error);
}
