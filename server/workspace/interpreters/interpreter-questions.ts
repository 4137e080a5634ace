// What the workbench asks interpreters: the program behind a version manager's shim, and the version. Each runs with a
// short time limit and the few variables that version managers need; an interpreter that is not listed here is not run.
import { execFile } from "node:child_process";
import { readlinkSync, realpathSync } from "node:fs";
import { posix } from "node:path";
import { unlessRefusedSync } from "../../base/disk.js";

const timeoutMs = 5000;

interface Questions {
  readonly names: RegExp;
  /** Arguments that make it print its own path; null: there are none. */
  readonly program: readonly string[] | null;
  readonly version: readonly string[];
  /** For interpreters that accept a program only on stdin. */
  readonly versionInput?: string;
}

const known: readonly Questions[] = [
  { names: /^python[\d.]*$/, program: ["-c", "import sys; print(sys.executable)"], version: ["--version"] },
  { names: /^perl[\d.]*$/, program: ["-e", "print $^X"], version: ["-v"] },
  { names: /^php-cgi[\d.]*$/, program: null, version: ["-v"] },
  { names: /^php[\d.]*$/, program: ["-r", "echo PHP_BINARY;"], version: ["-v"] },
  { names: /^ruby[\d.]*$/, program: ["-e", "print RbConfig.ruby"], version: ["--version"] },
  { names: /^node[\d.]*$/, program: ["-p", "process.execPath"], version: ["--version"] },
  { names: /^cc$/, program: null, version: ["--version"] },
  { names: /^lua[\d.]*$/, program: null, version: ["-v"] },
  { names: /^tclsh[\d.]*$/, program: null, version: [], versionInput: "puts [info patchlevel]; exit\n" },
];

export interface Circumstances {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

const maxLinks = 40;

/** Whether the path, or one of the links behind it, is in a folder in which version managers keep their shims. */
export function isShim(path: string): boolean {
  let file = path;
  for (let link = 0; link < maxLinks; link++) {
    if (posix.basename(posix.dirname(file)) === "shims") return true;
    try {
      file = posix.resolve(realpathSync.native(posix.dirname(file)), readlinkSync(file));
    } catch {
      return posix.basename(posix.dirname(realpathOr(file))) === "shims"; // no link
    }
  }
  return false; // a circle
}

/** The path as it is, if it is missing, or not to be examined: then it cannot be started either. */
const realpathOr = (path: string): string => unlessRefusedSync(() => realpathSync.native(path), path);

/** The absolute path of the interpreter behind a shim; null if it does not print one. */
export async function askForProgram(name: string, shim: string, circumstances: Circumstances): Promise<string | null> {
  const questions = questionsFor(name);
  if (!questions?.program) return null;
  const answer = (await run(shim, questions.program, "", circumstances)).trim();
  return answer.startsWith("/") && !isShim(answer) ? answer : null;
}

/** "3.12.1"; null if it does not print one. */
export async function askForVersion(name: string, path: string, circumstances: Circumstances): Promise<string | null> {
  const questions = questionsFor(name);
  if (!questions) return null;
  return (
    /\d+(\.\d+)+/.exec(await run(path, questions.version, questions.versionInput ?? "", circumstances))?.[0] ?? null
  );
}

function questionsFor(name: string): Questions | undefined {
  return known.find(({ names }) => names.test(posix.basename(name)));
}

/** Its output, from stdout or stderr; "" if it could not run, failed or took too long. */
function run(
  path: string,
  args: readonly string[],
  input: string,
  { cwd, environment, signal }: Circumstances,
): Promise<string> {
  const env = Object.fromEntries(
    Object.entries(environment).filter(([name]) => /^(PATH|HOME|(PYENV|RBENV|PLENV|PHPENV|ASDF|MISE)_.*)$/.test(name)),
  );
  return new Promise((resolve) => {
    const options = { cwd, env, signal, timeout: timeoutMs, killSignal: "SIGKILL", maxBuffer: 1 << 16 } as const;
    try {
      const child = execFile(path, args, options, (error, stdout, stderr) => resolve(error ? "" : stdout + stderr));
      child.stdin?.on("error", () => {}); // it may exit without reading, and its output counts all the same
      child.stdin?.end(input);
    } catch {
      resolve(""); // a system that is short of memory, for one, refuses a start at once
    }
  });
}
