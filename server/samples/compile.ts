// Compiles one C source with the machine's compiler; what it says is told when it fails.
import { execFile } from "node:child_process";
import { ProblemError } from "../base/problem.js";
import type { Environment } from "../workspace/interpreters/own-environment.js";

const timeoutMs = 30_000;
/** Of what the compiler said, lines. */
const maxLines = 6;

/** `source` and `program`: below `root`, which is where the compiler runs. @throws ProblemError with the compiler's words */
export function compile(
  compiler: string,
  root: string,
  source: string,
  program: string,
  environment: Environment,
): Promise<void> {
  const env = Object.fromEntries(
    ["PATH", "HOME", "TMPDIR", "LANG"].flatMap((name) =>
      environment[name] === undefined ? [] : [[name, environment[name]]],
    ),
  );
  return new Promise((resolve, reject) => {
    // "./": a name that begins with a dash is no option.
    const args = ["-O2", "-Wall", "-o", `./${program}`, `./${source}`];
    execFile(
      compiler,
      args,
      { cwd: root, env, timeout: timeoutMs, killSignal: "SIGKILL", maxBuffer: 1 << 20 },
      (error, _stdout, stderr) => {
        if (!error) return resolve();
        const said = stderr.trim().split("\n").slice(0, maxLines).join("\n");
        reject(
          new ProblemError(
            "not-compiled",
            `${source} does not compile. ${said || error.message}`,
            "Mend it and compile again.",
            { cause: error },
          ),
        );
      },
    );
  });
}
