// Runs an interpreter with a script on its stdin, to be looked at and not run: a short time limit, little output kept, and the
// environment of a script, so that it is the same interpreter with the same modules.

import type { ByteString } from "../../contract/bytes-text.js";
import { byteString, toBytes, utf8 } from "../../protocol/byte-string.js";
import type { Child, Starter } from "../../spawn/start.js";
import type { Answer } from "./questions.js";

const timeoutMs = 4000;
const keptBytes = 64 << 10;

export interface ToAsk {
  /** Absolute. */
  readonly program: string;
  readonly args: readonly string[];
  /** Absolute: the script's own folder, where it finds its modules. */
  readonly folder: string;
  readonly environment: ReadonlyMap<ByteString, ByteString>;
  readonly source: ByteString;
}

/** Null when it could not be started, or did not answer in time. */
export async function askInterpreter(
  starter: Starter,
  { program, args, folder, environment, source }: ToAsk,
): Promise<Answer | null> {
  const said = { stdout: "", stderr: "" };
  let exitCode: number | null | undefined;
  let isLate = false;
  let over: () => void = () => {};
  const ended = new Promise<void>((resolve) => {
    over = resolve;
  });
  const open = new Set(["stdout", "stderr", "exit"]);
  const close = (what: string): void => {
    open.delete(what);
    if (open.size === 0) over();
  };
  const keep = (stream: "stdout" | "stderr") => (bytes: Uint8Array) => {
    if (said[stream].length < keptBytes) said[stream] += Buffer.from(bytes).toString("latin1");
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
        stdout: keep("stdout"),
        stderr: keep("stderr"),
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
    return null; // no interpreter, no answer; what is wrong with it is said of the first line
  }
  const timer = setTimeout(() => {
    isLate = true;
    child.end(0);
  }, timeoutMs);
  send();
  await ended;
  clearTimeout(timer);
  return isLate ? null : { stdout: decoded(said.stdout), stderr: decoded(said.stderr), exitCode: exitCode ?? null };
}

const decoded = (bytes: string): string => Buffer.from(bytes, "latin1").toString("utf8");
