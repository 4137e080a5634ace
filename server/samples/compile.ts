// Compiles one C or C++ source with the machine's compiler, into a draft beside the program: nothing but an earlier
// compiled program is replaced, and that one stays when the source does not compile.
import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, lstat, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readRange, unlessMissing } from "../base/disk.js";
import { ProblemError } from "../base/problem.js";
import { Containment } from "../routing/containment.js";
import { fileProblem } from "../workspace/files/file-problem.js";
import { moveFile } from "../workspace/files/move-file.js";
import { resolveNewEntry } from "../workspace/files/resolve-entry.js";
import { draftBeside } from "../workspace/files/trash.js";
import type { Environment } from "../workspace/interpreters/own-environment.js";
import { sampleMessage } from "./messages.js";

const timeoutMs = 30_000;
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
  readonly flags: readonly string[];
  /** Folders outside in which the program may lie: the configuration's `links`. */
  readonly links: readonly string[];
  readonly environment: Environment;
}

/** With the compiler's messages; not done: the source does not compile. */
export interface Compiled {
  readonly isDone: boolean;
  readonly output: string;
}

/**
 * @throws ProblemError: "program-name-taken" if another file has the program's name, or why the program cannot be
 * written
 */
export async function compile(compilation: Compilation): Promise<Compiled> {
  const { root, program, links } = compilation;
  try {
    const place = await resolveNewEntry(root, program, new Containment(root, links));
    await access(dirname(place), constants.W_OK);
    await holdsProgram(place, compilation); // before the compiler takes its time
    const draft = draftBeside(place);
    try {
      const compiled = await run(compilation, draft);
      if (!compiled.isDone) return compiled;
      // Again: compiling took time.
      if (await holdsProgram(place, compilation)) await rename(draft, place);
      else await moveFile(draft, place);
      return compiled;
    } finally {
      await rm(draft, { force: true });
    }
  } catch (error) {
    throw fileProblem(error, program);
  }
}

/** `beginning`: its first four bytes. */
export const isCompiled = (beginning: Buffer): boolean => programBeginning.test(beginning.toString("hex"));

/** False: nothing is there. @throws ProblemError "program-name-taken" for anything but a compiled program */
async function holdsProgram(place: string, { source, program }: Compilation): Promise<boolean> {
  const stats = await unlessMissing(lstat(place), null);
  if (stats === null) return false;
  // A link is another file, wherever it leads.
  const beginning = stats.isFile() ? await unlessMissing(readRange(place, 0, 4), null) : Buffer.alloc(0);
  if (beginning === null) return false;
  if (isCompiled(beginning)) return true;
  throw new ProblemError(sampleMessage("program-name-taken", { path: program, source }));
}

/** `draft`: absolute, so it is never an option. */
function run({ compiler, root, source, flags, environment }: Compilation, draft: string): Promise<Compiled> {
  const env = Object.fromEntries(
    ["PATH", "HOME", "TMPDIR", "LANG"].flatMap((name) =>
      environment[name] === undefined ? [] : [[name, environment[name]]],
    ),
  );
  return new Promise((resolve) => {
    // absolute: a name that begins with a dash is no option, and debugging information names the file
    const args = [...flags, "-o", draft, join(root, source), "-lm"];
    execFile(
      compiler,
      args,
      { cwd: root, env, timeout: timeoutMs, killSignal: "SIGKILL", maxBuffer: 1 << 20 },
      (error, _stdout, stderr) => resolve({ isDone: error === null, output: stderr || (error?.message ?? "") }),
    );
  });
}
