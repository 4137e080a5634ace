// The life of the server process, the same in both shells: it is started, and restarted after a pause when it dies,
// with its folder, port and window address. The kind of child (utility process, Node process) and of port come from
// outside.

import { BackOff } from "../base/back-off.js";
import { toProblem } from "../contract/problem.js";
import type { Problem } from "../contract/workspace.js";
import { graceMs, lostMs } from "../spawn/start.js";
import { bootMessage, fromServer, type OpenWorkspace, type ServerSettings, type ToServer } from "./messages.js";

/** After so many deaths in a row before its folder was open, a server starts without it: it may be the cause. */
const deathsWithFolder = 3;
/** Every process has ended by then, or never will; the rest is for what is still to be stored. */
export const shutdownMs = graceMs + lostMs + 2000;

/** A server process. `Port` is what can be sent with a message. */
export interface ServerChild<Port> {
  post(message: ToServer, ports: readonly Port[]): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, also if the process could not be started. */
  onExit(listener: (how: string) => void): void;
  kill(): void;
}
export interface SupervisorOptions<Port> {
  fork(): ServerChild<Port>;
  /** What the first server opens. */
  readonly workspace: OpenWorkspace | null;
  /** Where each server serves the window, in browser mode, and the token that it proves to its pages. */
  readonly ui: ServerSettings["ui"];
  /**
   * A server is ready, the first one or a later one. `ui`: an address that opens the window once, in browser mode; null
   * once a window was opened, which finds each later server by itself.
   */
  onReady(ui: string | null): void;
  /** A folder from `workspace` or `open` cannot be opened, or a server that came back is not to open it. */
  onNotOpened(problem: Problem): void;
  /** A port of a new process that sends the load of a benchmark, in the desktop app. */
  loadDriver?(): Port;
}

export class Supervisor<Port = never> {
  readonly #options: SupervisorOptions<Port>;
  readonly #backOff = new BackOff();
  #child: ServerChild<Port> | null = null;
  #isReady = false;
  #wasOpened = false;
  /** The child has not said yet that the folder of its settings is open, or cannot be opened. */
  #isOpening = false;
  #isEnding = false;
  #isRestarting = false;
  #deathsBeforeOpen = 0;
  #workspace: OpenWorkspace | null;
  #pause: NodeJS.Timeout | null = null;

  constructor(options: SupervisorOptions<Port>) {
    this.#options = options;
    this.#workspace = options.workspace;
  }

  start(): void {
    const child = this.#options.fork();
    this.#child = child;
    child.onMessage((message) => this.#hear(message));
    child.onExit((how) => this.#died(child, how));
    const workspace = this.#workspaceToOpen();
    this.#isOpening = workspace !== null;
    child.post({ kind: "settings", workspace, ui: this.#options.ui }, []);
  }

  /** The folder whose scripts are served, and their port; null while none are. */
  get served(): { readonly folder: string; readonly port: number } | null {
    const { path, port } = this.#workspace ?? { path: "", port: null };
    return port === null ? null : { folder: path, port };
  }

  /** Passes a port to the running server; false if none runs, and then the caller keeps the port. */
  givePort(port: () => Port): boolean {
    if (!this.#child || !this.#isReady) return false;
    this.#child.post({ kind: "port" }, [port()]);
    return true;
  }

  /** Opens a folder in the running server, or in the next one if none runs now. */
  open(path: string): void {
    if (this.#child) this.#child.post({ kind: "open", path }, []);
    else this.#workspace = { path, port: null };
  }

  /** Restarts the server at once: for development, with new code. */
  restart(): void {
    if (!this.#child) return;
    this.#isRestarting = true;
    this.#child.post({ kind: "shutdown" }, []);
  }

  /** Ends the server and its scripts for good; resolves when it has exited, by force after `shutdownMs`. */
  async stop(): Promise<void> {
    this.#isEnding = true;
    if (this.#pause) clearTimeout(this.#pause);
    const child = this.#child;
    if (!child) return;
    const gone = new Promise<void>((resolve) => child.onExit(() => resolve()));
    child.post({ kind: "shutdown" }, []);
    const late = setTimeout(() => child.kill(), shutdownMs);
    await gone;
    clearTimeout(late);
  }

  #hear(data: unknown): void {
    const message = fromServer.parse(data);
    if (message.kind === "workspace") this.#workspace = message.workspace;
    else if (message.kind === "not-opened") this.#options.onNotOpened(message.problem);
    else if (message.kind === "load-driver") this.#startLoadDriver();
    else if (message.kind === "opened") this.#wasOpened = true;
    else if (message.kind === "ready") {
      this.#isReady = true;
      this.#options.onReady(this.#wasOpened ? null : message.ui);
    }
    if (message.kind === "workspace" || message.kind === "not-opened") this.#isOpening = false;
    if (this.#isReady && !this.#isOpening) this.#deathsBeforeOpen = 0;
  }

  /** The folder that was open, unless it seems to end each server that opens it. */
  #workspaceToOpen(): OpenWorkspace | null {
    const workspace = this.#workspace;
    if (workspace === null || this.#deathsBeforeOpen < deathsWithFolder) return workspace;
    this.#workspace = null;
    const { path } = workspace;
    this.#options.onNotOpened(toProblem(bootMessage("folder-given-up", { path, deaths: deathsWithFolder })));
    return null;
  }

  #startLoadDriver(): void {
    const port = this.#options.loadDriver?.();
    if (port !== undefined) this.#child?.post({ kind: "load-driver" }, [port]);
  }

  #died(child: ServerChild<Port>, how: string): void {
    if (this.#child !== child) return;
    if ((!this.#isReady || this.#isOpening) && !this.#isRestarting) this.#deathsBeforeOpen++;
    this.#child = null;
    this.#isReady = false;
    if (this.#isEnding) return;
    const pauseMs = this.#isRestarting ? 0 : this.#backOff.died(performance.now());
    if (!this.#isRestarting) console.error(`The server process ended (${how}). It restarts in ${pauseMs} ms.`);
    this.#isRestarting = false;
    this.#pause = setTimeout(() => this.start(), pauseMs);
  }
}
