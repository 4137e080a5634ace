// Compiles one C source with the machine's compiler. A failure has the compiler's messages.
import { execFile } from "node:child_process";
import { ProblemError } from "../base/problem.js";
import type { Environment } from "../workspace/interpreters/own-environment.js";
import { sampleMessage } from "./messages.js";

const timeoutMs = 30_000;
/** Lines of the compiler's messages that a failure has. */
const maxLines = 6;

/**
 * `source` and `program`: below `root`, where the compiler runs. @throws ProblemError
 * "not-compiled" with the compiler's messages
 */
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
    // "./": so that a name that begins with a dash is not an option
    const args = ["-O2", "-Wall", "-o", `./${program}`, `./${source}`];
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
