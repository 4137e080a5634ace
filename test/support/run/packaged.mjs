// The packaged desktop app of the end-to-end tests: packed, unpacked as it is installed, out
// of the Electron that the other tests use.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { provideElectron } from "./electron.mjs";
import { results } from "./paths.mjs";
import { step } from "./step.mjs";

/** @returns {Promise<{ path: string } | { path: null, why: string }>} the program, or why there is none */
export async function providePackaged() {
  if (process.platform !== "linux") return { path: null, why: "the packaged app is tested on Linux alone" };
  const electron = await provideElectron();
  if (electron.path === null) return electron;
  const output = join(results, "package");
  const command = [
    process.execPath,
    "electron/launch/package.mjs",
    "--linux",
    "--dir",
    `--config.directories.output=${output}`,
  ];
  const { ok } = await step("package the desktop app", command, {
    env: { ELECTRON_OVERRIDE_DIST_PATH: dirname(electron.path) },
  });
  const path = join(output, "linux-unpacked/cgi-workbench");
  return ok && existsSync(path) ? { path } : { path: null, why: "the desktop app could not be packaged" };
}
