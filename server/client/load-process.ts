// The process that sends the load of a benchmark. Node forks it; a desktop app that may not
// run as Node gets it from its main process.
import { type ChildProcess, fork } from "node:child_process";
import { entry } from "../base/built-files.js";

export interface LoadProcess {
  send(message: object): void;
  /** Another listener takes the place of this one. */
  listen(onMessage: (message: unknown) => void): void;
  /** Settles when the process has ended. */
  readonly ended: Promise<void>;
  /** Ends it at once. Idempotent. */
  end(): void;
}
export type StartLoad = () => Promise<LoadProcess>;

export const forkLoad: StartLoad = async () => loadFrom(entry("load-driver"));

/** `file`: its program. */
export const loadFrom = (file: string): LoadProcess =>
  loadIn(fork(file, { stdio: ["ignore", "ignore", "inherit", "ipc"], env: loadEnvironment() }));

/**
 * What Node and Electron need to start, and nothing else: scripts that run meanwhile can read the environment of the
 * load's process, and must not find there what the server does not pass on to them.
 */
export function loadEnvironment(): Record<string, string> {
  const needed: Record<string, string> = {};
  for (const name of neededNames) {
    const value = process.env[name];
    if (value !== undefined) needed[name] = value;
  }
  return needed;
}
const neededNames = ["PATH", "LD_LIBRARY_PATH", "SystemRoot", "ELECTRON_RUN_AS_NODE"];

export function loadIn(child: ChildProcess): LoadProcess {
  let listener: (message: unknown) => void = () => {};
  let isOver = false;
  child.on("message", (message) => {
    if (!isOver) listener(message); // what it sent before it was killed still comes
  });
  return {
    send: (message) => {
      if (child.connected) child.send(message, () => {}); // if it dies meanwhile, `ended` says so
    },
    listen: (onMessage) => {
      listener = onMessage;
    },
    ended: new Promise((resolve) => child.once("exit", () => resolve()).on("error", () => resolve())),
    end: () => {
      isOver = true;
      child.kill("SIGKILL");
    },
  };
}
