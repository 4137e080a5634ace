// Runs an interpreter's syntax check with a script on its stdin: with a short time limit, little captured output, and
// the environment of a script, so that the check uses the same interpreter and the same modules.
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString, toBytes, utf8 } from "../../protocol/byte-string.js";
import type { Child, Starter } from "../../spawn/start.js";
import type { CheckOutput } from "./syntax-checks.js";

const defaultLimitMs = 4000;
const capturedBytes = 64 << 10;

interface SyntaxCheckRun {
  /** Absolute. */
  readonly program: string;
  readonly args: readonly string[];
  /** Absolute: the script's own folder, where it imports its modules from. */
  readonly folder: string;
  readonly environment: ReadonlyMap<ByteString, ByteString>;
  readonly source: ByteString;
}

/** Null if the interpreter could not be started or did not finish in time. */
export async function runSyntaxCheck(
  starter: Starter,
  { program, args, folder, environment, source }: SyntaxCheckRun,
  limitMs = defaultLimitMs,
): Promise<CheckOutput | null> {
  const output = { stdout: "", stderr: "" };
  let exitCode: number | null | undefined;
  let isTimedOut = false;
  let resolveEnded: () => void = () => {};
  const ended = new Promise<void>((resolve) => {
    resolveEnded = resolve;
  });
  const open = new Set(["stdout", "stderr", "exit"]);
  const close = (what: string): void => {
    open.delete(what);
    if (open.size === 0) resolveEnded();
  };
  const capture = (stream: "stdout" | "stderr") => (bytes: Uint8Array) => {
    if (output[stream].length < capturedBytes) output[stream] += Buffer.from(bytes).toString("latin1");
    return true;
  };
  const bytes = toBytes(source);
  let child: Child;
  let sent = 0;
  const send = (): void => {
    while (child.stdin && sent < bytes.length) {
      const part = bytes.subarray(sent, sent + (64 << 10));
      sent += part.length;
      if (!child.stdin.write(part)) return;
    }
    child.stdin?.end();
  };
  const env = [...environment].map(([name, value]) => byteString(`${name}=${value}`));
  try {
    child = await starter.start(
      { file: utf8(program), argv: [program, ...args].map(utf8), env, cwd: utf8(folder), stdin: "pipe" },
      {
        stdout: capture("stdout"),
        stderr: capture("stderr"),
        stdoutEnd: () => close("stdout"),
        stderrEnd: () => close("stderr"),
        exit: (exit) => {
          exitCode = exit.exitCode;
          close("exit");
        },
        stdinDrain: send,
      },
    );
  } catch {
    return null; // the checks of the file report what is wrong with the interpreter
  }
  const timer = setTimeout(() => {
    isTimedOut = true;
    child.end(0);
    child.stdout.close(); // a process that left the session may hold them
    child.stderr.close();
    resolveEnded();
  }, limitMs);
  send();
  await ended;
  clearTimeout(timer);
  return isTimedOut
    ? null
    : { stdout: decoded(output.stdout), stderr: decoded(output.stderr), exitCode: exitCode ?? null };
}

const decoded = (bytes: string): string => Buffer.from(bytes, "latin1").toString("utf8");
