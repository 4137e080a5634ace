// Writes a kit into a new folder.
import { chmod, copyFile, mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { errorCode } from "../../base/disk.js";
import { systemReason } from "../../base/error-text.js";
import { ProblemError } from "../../base/problem.js";
import { kitFiles } from "./kit.js";
import { deployProblem } from "./messages.js";
import { type Plan, sourcesIn } from "./plan.js";

/** What it will have, by the paths. */
export async function filesOf(plan: Plan, root: string): Promise<string[]> {
  const made = await kitFiles(plan, sourcesIn(root));
  return [...made.map(({ path }) => path), ...plan.files.map((path) => `site/${path}`)].toSorted();
}

/** Resolves with the paths that were written, in `out`. @throws ProblemError */
export async function writeKit(plan: Plan, root: string, out: string): Promise<string[]> {
  try {
    await demandEmpty(out);
    const made = await kitFiles(plan, sourcesIn(root));
    for (const { path, text, mode } of made) {
      await mkdir(dirname(join(out, path)), { recursive: true, mode: 0o755 });
      await writeFile(join(out, path), text, { flag: "wx" });
      await chmod(join(out, path), mode);
    }
    for (const path of plan.files) {
      const to = join(out, "site", path);
      await mkdir(dirname(to), { recursive: true, mode: 0o755 });
      await copyFile(join(root, path), to);
      await chmod(to, plan.executable.has(path) ? 0o755 : 0o644);
    }
    return [...made.map(({ path }) => path), ...plan.files.map((path) => `site/${path}`)].toSorted();
  } catch (error) {
    const code = errorCode(error);
    if (code === "") throw error;
    throw new ProblemError(deployProblem("kit-not-written", { path: out, systemText: systemReason(error) }));
  }
}

async function demandEmpty(out: string): Promise<void> {
  const names = await readdir(out).catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return [];
    throw errorCode(error) === "ENOTDIR" ? new ProblemError(deployProblem("kit-folder-refused", { path: out })) : error;
  });
  if (names.length > 0) throw new ProblemError(deployProblem("kit-folder-refused", { path: out }));
}
