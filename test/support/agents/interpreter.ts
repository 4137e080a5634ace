// The interpreter itself, where the one on PATH is a wrapper that chooses a version (pyenv):
// that would be most of what a test takes.
import { execFileSync } from "node:child_process";
import { program } from "../temp-workspace.js";

const found = new Map<string, string>();

/** @throws when it is not installed */
export function interpreterPath(name: string): string {
  const known = found.get(name);
  if (known !== undefined) return known;
  const onPath = program(name) ?? name;
  const path =
    name === "python3"
      ? execFileSync(onPath, ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" }).trim()
      : onPath;
  found.set(name, path);
  return path;
}
