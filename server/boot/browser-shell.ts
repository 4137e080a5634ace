// Browser mode's other half: runs in the launcher (electron/launch, which loads the built file), forks the server and keeps it
// alive. The page then finds a server that came back at the same address, with the same token.
import { type ChildProcess, fork } from "node:child_process";
import { entry } from "../base/built-files.js";
import { type ServerChild, Supervisor, type SupervisorOptions } from "./supervisor.js";

export type BrowserShellOptions = Pick<SupervisorOptions<never>, "workspace" | "ui" | "onReady" | "onNotOpened">;

/** Starts the server; `onReady` gets the window's address each time one is up. */
export function startBrowserShell(options: BrowserShellOptions): Supervisor {
  const supervisor = new Supervisor({ ...options, fork: forkNode });
  supervisor.start();
  return supervisor;
}

function forkNode(): ServerChild<never> {
  const child: ChildProcess = fork(entry("browser"), [], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  return {
    post: (message) => {
      // A process that has just died cannot hear; its exit is told anyway.
      if (child.connected) child.send(message, () => undefined);
    },
    onMessage: (listener) => child.on("message", listener),
    onExit: (listener) => {
      child.once("exit", (code, signal) => listener(signal ?? `exit code ${code}`));
      child.once("error", (error) => child.pid === undefined && listener(error.message)); // it never started: no exit follows
    },
    kill: () => child.kill("SIGKILL"),
  };
}
