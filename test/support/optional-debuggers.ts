// The debuggers that a system may lack: their tests run where they are.
import { spawnSync } from "node:child_process";
import { lldbAdapter } from "../../server/features/debug/debuggers/lldb-link.js";

/** It is there, whether PHP's configuration loads it or not. */
export const hasXdebug =
  spawnSync("php", ["-r", "exit(is_file(ini_get('extension_dir') . '/xdebug.so') ? 0 : 1);"]).status === 0;

export const hasLldb = lldbAdapter() !== null && spawnSync("cc", ["--version"]).status === 0;
