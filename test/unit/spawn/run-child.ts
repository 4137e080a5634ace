// One child from start to end, with everything it said: what the tests of both starters look at.
import { setTimeout as delay } from "node:timers/promises";
import type { ByteString } from "../../../server/contract/bytes-text.js";
import { byteString, utf8 } from "../../../server/protocol/byte-string.js";
import { type ProcessEntry, processTable, sessionMembers } from "../../../server/spawn/sessions/process-table.js";
import type { Child, Exit, Starter, StartOptions } from "../../../server/spawn/start.js";

export const path = byteString("PATH=/usr/bin:/bin");

export function shell(script: string, more: Partial<StartOptions> = {}): StartOptions {
  return program("/bin/bash", ["bash", "-c", script], more);
}

export function program(
  file: string,
  argv: readonly string[] = [file],
  more: Partial<StartOptions> = {},
): StartOptions {
  return { file: utf8(file), argv: argv.map(utf8), env: [path], cwd: byteString("/"), stdin: "null", ...more };
}

export interface Result {
  out: ByteString;
  err: ByteString;
  exit: Exit;
  /** In the order they came. */
  events: string[];
  firstByteAt: number | null;
  beganAt: number;
  written: number;
  broken: boolean;
}

export interface Running {
  readonly child: Child;
  readonly result: Promise<Result>;
  /** What stdout said so far. */
  readonly said: () => string;
}

/** From the start to the end. */
export async function finish(starter: Starter, options: StartOptions, body: Uint8Array | null = null): Promise<Result> {
  return (await run(starter, options, body)).result;
}

/** Resolves with the start. */
export async function run(starter: Starter, options: StartOptions, body: Uint8Array | null = null): Promise<Running> {
  const out: string[] = [];
  const err: string[] = [];
  const events: string[] = [];
  const beganAt = performance.now();
  let firstByteAt: number | null = null;
  let exit: Exit | null = null;
  let finish: (result: Result) => void = () => {};
  const result = new Promise<Result>((resolve) => {
    finish = resolve;
  });
  const note = (what: string): void => {
    events.push(what);
    if (exit && events.includes("stdout end") && events.includes("stderr end")) {
      const { written = 0, broken = false } = child.stdin ?? {};
      finish({
        out: byteString(out.join("")),
        err: byteString(err.join("")),
        exit,
        events,
        firstByteAt,
        beganAt,
        written,
        broken,
      });
    }
  };
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");
  const child = await starter.start(body ? { ...options, stdin: "pipe" } : options, {
    stdout(bytes, at) {
      firstByteAt ??= at;
      out.push(text(bytes));
      return true;
    },
    stderr(bytes) {
      err.push(text(bytes));
      return true;
    },
    stdoutEnd: () => note("stdout end"),
    stderrEnd: () => note("stderr end"),
    exit(got) {
      exit = got;
      note("exit");
    },
    stdinDrain: () => child.stdin?.end(),
  });
  if (body && child.stdin?.write(body)) child.stdin.end();
  return { child, result, said: () => out.join("") };
}

/** Polls until `isTrue`, with a deadline. */
export async function until(what: string, isTrue: () => boolean, deadlineMs = 15_000): Promise<void> {
  const end = performance.now() + deadlineMs;
  while (!isTrue()) {
    if (performance.now() > end) throw new Error(`not within ${deadlineMs} ms: ${what}`);
    await delay(5);
  }
}

/** Every live process, as the workbench finds them. */
export function liveProcesses(): readonly ProcessEntry[] {
  const table = processTable();
  if (table === null) throw new Error("the list of processes cannot be read");
  return table;
}

/** Those of the session that `leader` leads or led. */
export const membersOf = (leader: number): readonly ProcessEntry[] => sessionMembers(leader, liveProcesses());
