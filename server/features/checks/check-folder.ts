// Checks of a folder before any request: its scripts, those that routes lead to, and its `.htaccess` files.
import { constants } from "node:fs";
import { access, lstat } from "node:fs/promises";
import type { Workbench } from "../../app/workbench.js";
import { ProblemError } from "../../base/problem.js";
import type { CheckedScript } from "../../contract/command-output.js";
import type { Finding } from "../../contract/trace.js";
import type { Checked } from "../../doctor/static-checks/static-checker.js";
import { fileProblem } from "../../workspace/files/file-problem.js";
import { filesElsewhere } from "./files-elsewhere.js";

/** The codes of what the system refuses to read. A file that is too large, or gone by now, is no fault. */
const refusals: ReadonlySet<string> = new Set(["no-permission", "file-system"]);
const unread: ReadonlySet<string> = new Set([...refusals, "too-large"]);

export const isRefusedFile = ({ uncheckedWhy }: Pick<CheckedScript, "uncheckedWhy">): boolean =>
  uncheckedWhy !== null && refusals.has(uncheckedWhy.code);

interface CheckedFolder {
  readonly checked: CheckedScript[];
  /** The list of the folder was cut after so many; null: it is whole. */
  readonly maxEntries: number | null;
  readonly isElsewhereCut: boolean;
}

/** Those of its `.htaccess` files that ask for something. */
export async function checkFolder(
  { folder, scripts }: Pick<Workbench, "folder" | "scripts">,
  signal: AbortSignal,
): Promise<CheckedFolder> {
  const workspace = folder.workspace();
  const { entries, truncated, maxEntries } = await workspace.list();
  const checked: CheckedScript[] = [];
  /** A photo or a database, which no request runs, need not be read. */
  const check = async (path: string, diagnose: () => Promise<Checked>, isRun = true): Promise<void> => {
    signal.throwIfAborted();
    const found = await checkBefore(path, diagnose);
    const isLeft = !isRun && found.uncheckedWhy !== null && unread.has(found.uncheckedWhy.code);
    checked.push({ ...found, ...(isLeft && { unchecked: null, uncheckedWhy: null }), request: null });
  };
  for (const { path, kind, mode } of entries)
    if (kind === "file") await check(path, () => scripts.diagnose(path, null), mode !== null);
    else {
      const found = await checkBefore(path, () => checkListed(workspace.root, path));
      if (isRefusedFile(found)) checked.push({ ...found, request: null });
    }
  const elsewhere = await filesElsewhere(workspace);
  for (const { file, runs } of elsewhere.files) await check(file, () => scripts.diagnoseElsewhere(file, runs));
  for (const path of await scripts.htaccessFiles()) {
    const found = await checkBefore(path, () => scripts.diagnose(path, null));
    if (found.before.length > 0 || found.uncheckedWhy !== null) checked.push({ ...found, request: null });
  }
  return { checked, maxEntries: truncated ? maxEntries : null, isElsewhereCut: elsewhere.isCut };
}

/** A folder that cannot be listed hides its scripts. A link to one is refused, or shows what its target shows. */
async function checkListed(root: string, path: string): Promise<Checked> {
  const folder = `${root}/${path}`;
  try {
    if (!(await lstat(folder)).isSymbolicLink()) await access(folder, constants.R_OK | constants.X_OK);
  } catch (error) {
    throw fileProblem(error, path);
  }
  return { diagnostics: [], unchecked: null };
}

export async function checkBefore(
  path: string,
  diagnose: () => Promise<Checked>,
): Promise<Omit<CheckedScript, "request">> {
  try {
    const { diagnostics, unchecked } = await diagnose();
    return { path, before: diagnostics.map(asFinding), unchecked: unchecked?.text ?? null, uncheckedWhy: unchecked };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { code, data, message } = error.problem;
    return { path, before: [], unchecked: message, uncheckedWhy: { code, data, text: message } };
  }
}

const asFinding = ({ rule, severity, title, detail, line, fixes }: Checked["diagnostics"][number]): Finding => ({
  rule,
  severity,
  title,
  detail,
  line,
  stream: null,
  range: null,
  reference: null,
  fixes: [...fixes],
  evidence: [],
});
