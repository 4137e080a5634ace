// Compiles one C source with the machine's compiler, into a draft beside the program: nothing but an earlier compiled
// program is replaced, and that one stays when the source does not compile. A failure has the compiler's messages.
import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, lstat, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { errorCode, readRange } from "../base/disk.js";
import { ProblemError } from "../base/problem.js";
import { Containment } from "../routing/containment.js";
import { fileProblem } from "../workspace/files/file-problem.js";
import { moveFile } from "../workspace/files/move-file.js";
import { resolveNewEntry } from "../workspace/files/resolve-entry.js";
import { draftBeside } from "../workspace/files/trash.js";
import type { Environment } from "../workspace/interpreters/own-environment.js";
import { sampleMessage } from "./messages.js";

const timeoutMs = 30_000;
/** Lines of the compiler's messages that a failure has. */
const maxLines = 6;
/** The first bytes of what a C compiler makes, in hex: ELF, and Mach-O of 32 and 64 bits in both byte orders. */
const programBeginning = /^(7f454c46|feedface|feedfacf|cefaedfe|cffaedfe)$/;

export interface Compilation {
  /** Absolute. */
  readonly compiler: string;
  /** The folder, where the compiler runs; absolute and without links. */
  readonly root: string;
  /** In the folder. */
  readonly source: string;
  /** In the folder; missing folders above it are created. */
  readonly program: string;
  /** Folders outside in which the program may lie: the configuration's `links`. */
  readonly links: readonly string[];
  readonly environment: Environment;
}

/**
 * @throws ProblemError: "not-compiled" with the compiler's messages, "program-name-taken" if another file has the
 * program's name, or why the program cannot be written
 */
export async function compile(compilation: Compilation): Promise<void> {
  const { root, program, links } = compilation;
  try {
    const place = await resolveNewEntry(root, program, new Containment(root, links));
    await access(dirname(place), constants.W_OK);
    await holdsProgram(place, compilation); // before the compiler takes its time
    const draft = draftBeside(place);
    try {
      await run(compilation, draft);
      // Again: compiling took time.
      if (await holdsProgram(place, compilation)) await rename(draft, place);
      else await moveFile(draft, place);
    } finally {
      await rm(draft, { force: true });
    }
  } catch (error) {
    throw fileProblem(error, program);
  }
}

/** False: nothing is there. @throws ProblemError "program-name-taken" for anything but a compiled program */
async function holdsProgram(place: string, { source, program }: Compilation): Promise<boolean> {
  try {
    // A link is another file, wherever it leads.
    if ((await lstat(place)).isFile() && programBeginning.test((await readRange(place, 0, 4)).toString("hex")))
      return true;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return false;
    throw error;
  }
  throw new ProblemError(sampleMessage("program-name-taken", { path: program, source }));
}

/** `draft`: absolute, so it is never an option. */
function run({ compiler, root, source, environment }: Compilation, draft: string): Promise<void> {
  const env = Object.fromEntries(
    ["PATH", "HOME", "TMPDIR", "LANG"].flatMap((name) =>
      environment[name] === undefined ? [] : [[name, environment[name]]],
    ),
  );
  return new Promise((resolve, reject) => {
    // "./": so that a name that begins with a dash is not an option
    const args = ["-O2", "-Wall", "-o", draft, `./${source}`];
    execFile(
      compiler,
      args,
      { cwd: root, env, timeout: timeoutMs, killSignal: "SIGKILL", maxBuffer: 1 << 20 },
      (error, _stdout, stderr) => {
        if (!error) return resolve();
        const output = stderr.trim().split("\n").slice(0, maxLines).join("\n");
        reject(
          new ProblemError(sampleMessage("not-compiled", { path: source, output: output || error.message }), {
            cause: error,
          }),
        );
      },
    );
  });
}
