// Server programs that a test starts, in the foreground, each in a process group of its own. They end with what belongs
// to them, also when they never listen.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { waitFor } from "./wait-for.js";

export interface ServerCommand {
  readonly words: readonly string[];
  /** This process's own when absent. */
  readonly env?: NodeJS.ProcessEnv;
  /** Where its standard error goes; "ignore" when absent. */
  readonly stderr?: "ignore" | "inherit" | { readonly file: string };
}
export interface ServerOptions {
  /** For the error when it does not listen. */
  readonly name: string;
  readonly commands: readonly ServerCommand[];
  readonly isUp: () => boolean | Promise<boolean>;
  /** What is removed once they have ended: their folder. */
  readonly own: Disposable;
  /** What each group is sent at the end; SIGTERM when absent. */
  readonly signal?: NodeJS.Signals;
}

/** Resolves when the server is up. */
export async function startServer(options: ServerOptions): Promise<AsyncDisposable> {
  const { name, commands, isUp, own, signal = "SIGTERM" } = options;
  const children = commands.map(start);
  const end = async (by: NodeJS.Signals): Promise<void> => {
    await Promise.all(children.map((child) => endGroup(child, by)));
    own[Symbol.dispose]();
  };
  try {
    await waitFor(`${name} listens`, isUp);
  } catch (error) {
    await end("SIGKILL");
    throw error;
  }
  return { [Symbol.asyncDispose]: () => end(signal) };
}

function start({ words: [program = "", ...args], env = process.env, stderr = "ignore" }: ServerCommand): ChildProcess {
  const errors = typeof stderr === "string" ? stderr : openSync(stderr.file, "a");
  const child = spawn(program, args, { stdio: ["ignore", "ignore", errors], env, detached: true });
  if (typeof errors === "number") closeSync(errors);
  return child;
}

/** Its workers go with it. Nothing is sent to one that has ended: its number may be another one's by now. */
async function endGroup(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const { pid, exitCode, signalCode } = child;
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  const ended = once(child, "exit");
  process.kill(-pid, signal);
  await ended;
}
