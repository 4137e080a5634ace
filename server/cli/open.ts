// `cgi-workbench [open] [dir]`: the desktop app, or a browser if the app is missing. The launcher decides; see
// electron/launch. An installed package has no launcher and no Electron: it uses a browser.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { entry } from "../base/built-files.js";
import { parsed } from "./config-option.js";
import { endSignals } from "./end-signal.js";
import { UsageError } from "./usage/usage.js";

export async function open(args: readonly string[]): Promise<number> {
  const { positionals } = parsed(args, {});
  if (positionals.length > 1) throw new UsageError("open takes one folder");
  const folder = positionals[0] === undefined ? null : resolve(positionals[0]);
  if (folder !== null && !existsSync(folder))
    throw new UsageError(`${folder} does not exist, and “${positionals[0]}” is not a verb; see cgi-workbench --help`);
  const sources = fileURLToPath(new URL("../../electron/launch/start.mjs", import.meta.url));
  const launcher = existsSync(sources) ? sources : entry("open-browser");
  const child = spawn(process.execPath, folder === null ? [launcher] : [launcher, folder], { stdio: "inherit" });
  for (const signal of endSignals) process.once(signal, () => child.kill(signal));
  const [code] = await once(child, "exit");
  return typeof code === "number" ? code : 1;
}
