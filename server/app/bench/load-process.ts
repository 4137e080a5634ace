// The process that sends the load of a benchmark. Node forks it; a desktop app that may not run as Node gets it from its main
// process.
import { fork } from "node:child_process";
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

export const forkLoad: StartLoad = async () => {
  const child = fork(entry("load-driver"), { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  let listener: (message: unknown) => void = () => {};
  child.on("message", (message) => listener(message));
  return {
    send: (message) => void child.send(message),
    listen: (onMessage) => {
      listener = onMessage;
    },
    ended: new Promise((resolve) => child.once("exit", () => resolve()).once("error", () => resolve())),
    end: () => void child.kill("SIGKILL"),
  };
};
