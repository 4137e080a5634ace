// What interpreters are asked about themselves: the true program behind a version manager's shim, and the version. Each is run with
// a short time limit and the little environment that version managers need; one that is not known here is not run at all.
import { execFile } from "node:child_process";
import { posix } from "node:path";

const timeoutMs = 5000;

interface Questions {
  readonly names: RegExp;
  /** Arguments that make it print its own path; null: it cannot. */
  readonly program: readonly string[] | null;
  readonly version: readonly string[];
  /** For interpreters that take a program only from their input. */
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

/** pyenv, rbenv, plenv, asdf and mise all keep their stand-ins in a folder of this name. */
export function isShim(path: string): boolean {
  return posix.basename(posix.dirname(path)) === "shims";
}

/** The absolute path of the interpreter behind a shim; null when it does not say. */
export async function askForProgram(name: string, shim: string, circumstances: Circumstances): Promise<string | null> {
  const questions = questionsFor(name);
  if (!questions?.program) return null;
  const answer = (await run(shim, questions.program, "", circumstances)).trim();
  return answer.startsWith("/") && !isShim(answer) ? answer : null;
}

/** "3.12.1"; null when it does not say. */
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

/** What it printed on either output; "" when it could not be run, failed or took too long: then there is simply no answer. */
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
    const child = execFile(path, args, options, (error, stdout, stderr) => resolve(error ? "" : stdout + stderr));
    child.stdin?.on("error", () => {}); // it may have ended without reading, and its answer counts all the same
    child.stdin?.end(input);
  });
}
