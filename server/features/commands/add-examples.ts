// Copies the examples of commands into the folder: over no other file, and through no link.
import { constants, copyFile, mkdir, readdir, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import { commandExamplesFolder } from "../../base/built-files.js";
import { errorCode } from "../../base/disk.js";
import { ProblemError } from "../../base/problem.js";
import { commandsFolder } from "../../contract/commands-folder.js";
import { fileProblem } from "../../workspace/files/file-problem.js";
import { commandProblem } from "./messages.js";

/** Returns the names of the new files. @throws ProblemError */
export async function addExamples(root: string): Promise<string[]> {
  const folder = join(root, commandsFolder);
  try {
    for (const path of [dirname(folder), folder]) {
      await mkdir(path, { recursive: true });
      if ((await realpath(path)) !== path) throw new ProblemError(commandProblem("commands-behind-link"));
    }
    const added: string[] = [];
    for (const name of await readdir(commandExamplesFolder()))
      if (await isCopied(join(commandExamplesFolder(), name), join(folder, name))) added.push(name);
    return added;
  } catch (error) {
    throw fileProblem(error, commandsFolder);
  }
}

/** False: there is a file of that name. */
async function isCopied(from: string, to: string): Promise<boolean> {
  try {
    await copyFile(from, to, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}
