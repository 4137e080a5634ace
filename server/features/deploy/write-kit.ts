// Writes a kit into a new folder.
import { chmod, copyFile, mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { errorCode } from "../../base/disk.js";
import { systemReason } from "../../base/error-text.js";
import { ProblemError } from "../../base/problem.js";
import { kitFiles } from "./kit.js";
import { deployProblem } from "./messages.js";
import { type Plan, sourcesIn } from "./plan.js";

/** What it will have, by the paths; with `out`, it is written there. @throws ProblemError */
export async function writeKit(plan: Plan, root: string, out: string | null): Promise<string[]> {
  const made = await kitFiles(plan, sourcesIn(root));
  const modeOf = (path: string) => (plan.executable.has(path) ? 0o755 : 0o644);
  const copied = plan.files.map((path) => ({ path: `site/${path}`, from: join(root, path), mode: modeOf(path) }));
  const names = [...made, ...copied].map(({ path }) => path).toSorted();
  if (out === null) return names;
  try {
    await mkdir(out, { recursive: true, mode: 0o755 });
    if ((await readdir(out)).length > 0) throw new ProblemError(deployProblem("kit-folder-refused", { path: out }));
    for (const file of [...made, ...copied]) {
      const to = join(out, file.path);
      await mkdir(dirname(to), { recursive: true, mode: 0o755 });
      if ("from" in file) await copyFile(file.from, to);
      else await writeFile(to, file.text, { flag: "wx" });
      await chmod(to, file.mode);
    }
    return names;
  } catch (error) {
    const code = errorCode(error);
    if (code === "") throw error;
    throw new ProblemError(deployProblem("kit-not-written", { path: out, systemText: systemReason(error) }));
  }
}
