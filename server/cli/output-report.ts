// The file of `--junit`: opened before anything is done that could not be done again, written when there is a report.
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { errorCode } from "../base/disk.js";
import { systemReason } from "../base/error-text.js";
import { toProblem } from "../contract/problem.js";
import { cliMessage } from "./messages.js";
import { tellProblems } from "./tell-problems.js";
import { UsageError } from "./usage/usage.js";

/** @throws UsageError */
export async function openReport(path: string): Promise<{ readonly path: string; readonly file: FileHandle }> {
  // The file keeps its content until there is a report: the run may be ended before.
  const file = await open(path, constants.O_WRONLY | constants.O_CREAT).catch((error: unknown) => {
    throw new UsageError(`the file of --junit cannot be written: ${path}, ${errorCode(error)}`);
  });
  return { path, file };
}

/** False, and a message, if that fails. */
export async function writeReport(
  { path, file }: Awaited<ReturnType<typeof openReport>>,
  text: string,
): Promise<boolean> {
  try {
    if ((await file.stat()).isFile()) await file.truncate();
    await file.writeFile(text);
    return true;
  } catch (error) {
    if (errorCode(error) === "") throw error;
    tellProblems([toProblem(cliMessage("report-not-written", { path, systemText: systemReason(error) }))]);
    return false;
  }
}
