// Where a program lies along PATH, and a PATH that leads tests to interpreters instead of to the shims of a version
// manager.
import { spawnSync } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { basename, delimiter, dirname, isAbsolute, join } from "node:path";

/** @param {string} name @returns {string | null} absolute path, or null */
export function findProgram(name, path = process.env.PATH ?? "") {
  for (const folder of path.split(delimiter)) {
    const file = join(folder || ".", name);
    try {
      accessSync(file, constants.X_OK);
      if (statSync(file).isFile()) return file;
    } catch {
      // Not in this folder: the next one.
    }
  }
  return null;
}

/** What makes an interpreter print its own path. */
const ownPath = {
  python3: ["-c", "import sys; print(sys.executable)"],
  perl: ["-e", "print $^X"],
  ruby: ["-e", "print RbConfig.ruby"],
  php: ["-r", "echo PHP_BINARY;"],
};

const isShim = (file) => basename(dirname(file)) === "shims";

/**
 * The same interpreters without the shims of pyenv and its like: a shim takes several times as long as the
 * interpreter's start, for each script that a test runs.
 * @param {string} path @returns {string}
 */
export function withoutShims(path) {
  const folders = [];
  for (const [name, args] of Object.entries(ownPath)) {
    const found = findProgram(name, path);
    if (found === null || !isShim(found)) continue;
    const real = spawnSync(found, args, { encoding: "utf8", env: { ...process.env, PATH: path } }).stdout?.trim() ?? "";
    if (isAbsolute(real) && !isShim(real)) folders.push(dirname(real));
  }
  return [...new Set(folders), path].join(delimiter);
}
