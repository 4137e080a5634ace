// The process that sends the load of a benchmark. Node forks it; a desktop app that may not
// run as Node gets it from its main process.
import { type ChildProcess, fork } from "node:child_process";
import { entry } from "../../base/built-files.js";

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

export const forkLoad: StartLoad = async () =>
  loadIn(fork(entry("load-driver"), { stdio: ["ignore", "ignore", "inherit", "ipc"] }));

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
