// The server's life, the same in both shells: started, started again with back-off when it dies, with the folder, the
// port and the window's address it had. What a child is (a utility process, a Node process) and a port come from
// outside.

import { BackOff } from "../base/back-off.js";
import type { Problem } from "../contract/workspace.js";
import { fromServer, type OpenWorkspace, type ServerSettings, type ToServer } from "./messages.js";

/** After so many deaths in a row before being ready, a server starts without the folder: it may be what kills it. */
const deathsWithFolder = 3;
const shutdownMs = 4000;

/** A server process. `Port` is what can travel beside a message. */
export interface ServerChild<Port> {
  post(message: ToServer, ports: readonly Port[]): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Once, also when the process could not be started. */
  onExit(listener: (how: string) => void): void;
  kill(): void;
}
export interface SupervisorOptions<Port> {
  fork(): ServerChild<Port>;
  /** What the first server opens. */
  readonly workspace: OpenWorkspace | null;
  /** Where the first server serves the window, in browser mode; the ones after it serve it at the same place. */
  readonly ui: ServerSettings["ui"];
  /** A server is up, the first one or another. `ui`: the window's address, in browser mode. */
  onReady(ui: string | null): void;
  /** A folder that was asked for by `workspace` or `open` cannot be opened. */
  onNotOpened(problem: Problem): void;
}

export class Supervisor<Port = never> {
  readonly #options: SupervisorOptions<Port>;
  readonly #backOff = new BackOff();
  #child: ServerChild<Port> | null = null;
  #isReady = false;
  #isEnding = false;
  #isRestarting = false;
  #deathsBeforeReady = 0;
  #workspace: OpenWorkspace | null;
  #ui: ServerSettings["ui"];
  #pause: NodeJS.Timeout | null = null;

  constructor(options: SupervisorOptions<Port>) {
    this.#options = options;
    this.#workspace = options.workspace;
    this.#ui = options.ui;
  }

  start(): void {
    const child = this.#options.fork();
    this.#child = child;
    child.onMessage((message) => this.#hear(message));
    child.onExit((how) => this.#died(child, how));
    const workspace = this.#deathsBeforeReady < deathsWithFolder ? this.#workspace : null;
    child.post({ kind: "settings", workspace, ui: this.#ui }, []);
  }

  /** The port at which scripts are served; null while they are not. */
  get scriptPort(): number | null {
    return this.#workspace?.port ?? null;
  }

  /** Gives the running server a port; false when none is up, and then the port is still the caller's. */
  givePort(port: () => Port): boolean {
    if (!this.#child || !this.#isReady) return false;
    this.#child.post({ kind: "port" }, [port()]);
    return true;
  }

  /** Opens a folder in the running server, or in the next one when there is none just now. */
  open(path: string): void {
    if (this.#child) this.#child.post({ kind: "open", path }, []);
    else this.#workspace = { path, port: null };
  }

  /** Ends the server so that it comes back at once: for development, as new code. */
  restart(): void {
    if (!this.#child) return;
    this.#isRestarting = true;
    this.#child.post({ kind: "shutdown" }, []);
  }

  /** Ends the server and its scripts for good; resolves when it is gone, by force after 4 s. */
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
    else {
      this.#isReady = true;
      this.#deathsBeforeReady = 0;
      if (message.ui !== null) this.#ui = placeOf(message.ui);
      this.#options.onReady(message.ui);
    }
  }

  #died(child: ServerChild<Port>, how: string): void {
    if (this.#child !== child) return;
    if (!this.#isReady) this.#deathsBeforeReady++;
    this.#child = null;
    this.#isReady = false;
    if (this.#isEnding) return;
    const pauseMs = this.#isRestarting ? 0 : this.#backOff.died(performance.now());
    if (!this.#isRestarting) console.error(`The server process ended (${how}). It restarts in ${pauseMs} ms.`);
    this.#isRestarting = false;
    this.#pause = setTimeout(() => this.start(), pauseMs);
  }
}

/** Port and token of the window's address, so that an open page finds the next server. */
function placeOf(address: string): ServerSettings["ui"] {
  const { port, hash } = new URL(address);
  return { port: Number(port), token: new URLSearchParams(hash.slice(1)).get("token") };
}
