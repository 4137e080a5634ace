// Serves the open folder's scripts: a listener on the configured port or a free one, and the worker processes of
// FastCGI applications.
import { setTimeout as delay } from "node:timers/promises";
import { type Log, noteOf } from "../base/log.js";
import { ProblemError } from "../base/problem.js";
import { type Mode, traitsOf } from "../contract/modes.js";
import type { ExternalState, OneApplication } from "../contract/workers-contract.js";
import type { WorkbenchCounts, WorkbenchState } from "../contract/workspace.js";
import { isTaken, listenProblem } from "../http/front/listen-problem.js";
import { portsToTry } from "../http/front/ports.js";
import type { Listener } from "../http/gateway/listener.js";
import { byteString } from "../protocol/byte-string.js";
import type { ExternalApplications } from "../runners/fastcgi/external-applications.js";
import type { WorkerManager } from "../runners/pool/worker-manager.js";
import type { Workspace } from "../workspace/workspace.js";
import { appMessage, logMessage } from "./messages.js";
import { type ServerParts, type WiredServer, wireServer } from "./wire-server.js";

interface ScriptServerOptions extends Omit<ServerParts, "folder"> {
  /** Why scripts are started portably; null for the native start. */
  readonly startWhy: string | null;
  readonly log: Log;
  /** The server started, stopped or failed. */
  readonly onChange: () => void;
}

interface ServingAddress {
  readonly host: string;
  readonly port: number;
  readonly url: string;
}

interface RequestedAddress {
  readonly host: string;
  /** Null: any. */
  readonly port: number | null;
  /** False: the port is the configuration's. */
  readonly portFromCaller: boolean;
}

interface StartPorts {
  /** This one or none; null: the configured one, or any. */
  readonly port: number | null;
  /** Tried before any other where any is right; null: none. By default the one before the server was stopped. */
  readonly usualPort?: number | null;
}

interface Serving {
  readonly status: "serving";
  readonly wired: WiredServer;
  readonly host: string;
  readonly port: number;
  readonly requestedPort: number | null;
}
type Status =
  | { readonly status: "stopped" }
  | { readonly status: "starting" }
  | Serving
  | { readonly status: "failed"; readonly error: ProblemError };

export class ScriptServer {
  readonly #options: ScriptServerOptions;
  #now: Status = { status: "stopped" };
  /** The folders that each port was served for, absolute. */
  readonly #folders = new Map<number, Set<string>>();
  /** At another port than the requested one, which another folder had. */
  #isAside = false;
  /** Settles when what was served last has ended. */
  #ending = Promise.resolve();
  /** The address of the last start, or attempt. */
  #requested: RequestedAddress | null = null;
  /** The port before the server was stopped. */
  #lastPort: number | null = null;

  constructor(options: ScriptServerOptions) {
    this.#options = options;
  }

  /** FastCGI applications with worker processes; null while nothing is served. */
  get workers(): WorkerManager | null {
    return this.#wired?.workers ?? null;
  }

  /** External FastCGI applications; null while nothing is served. */
  get applications(): ExternalApplications | null {
    return this.#wired?.applications ?? null;
  }

  get #wired(): WiredServer | null {
    return this.#now.status === "serving" ? this.#now.wired : null;
  }

  /** Null while nothing is served. */
  address(): ServingAddress | null {
    return this.#now.status === "serving" ? addressOf(this.#now) : null;
  }

  /** @throws ProblemError with the reason if nothing is served */
  servingAddress(): ServingAddress {
    return addressOf(this.#serving());
  }

  /** @throws ProblemError */
  async start(workspace: Workspace, { port: callersPort, usualPort = this.#lastPort }: StartPorts): Promise<void> {
    const { host, port: configured } = workspace.config.server;
    const requested = callersPort ?? configured;
    this.#requested = { host, port: requested, portFromCaller: callersPort !== null };
    const ports = this.#portsFor(workspace, requested, usualPort);
    this.#set({ status: "starting" });
    const wired = wireServer({ ...this.#options, folder: workspace });
    for (const port of ports) {
      try {
        const bound = await listenSoon(wired.listener, { host, port }, port === usualPort ? triesForUsualPort : 1);
        const requestedPort = port === ports[0] ? null : (ports[0] ?? null);
        this.#set({ status: "serving", wired, ...bound, requestedPort });
        this.#isAside = requested !== null && !ports.includes(requested);
        if (this.#isAside && requested !== null)
          this.#options.log.write(
            noteOf("info", "server", logMessage("port-of-other-folder", { requested, port: bound.port })),
          );
        this.#folders.set(bound.port, (this.#folders.get(bound.port) ?? new Set()).add(workspace.root));
        this.keepWorkers(workspace);
        return;
      } catch (error) {
        if (isTaken(error) && port !== ports.at(-1)) continue;
        const problem = listenProblem(error, host, port);
        this.#set({ status: "failed", error: problem });
        throw problem;
      }
    }
  }

  /**
   * A page of another folder that is still open would count as a page of this one, and run its scripts: a folder that
   * is not trusted gets no port that another one had.
   */
  #portsFor({ root, isTrusted }: Workspace, requested: number | null, usualPort: number | null): readonly number[] {
    const ports = portsToTry(requested, usualPort);
    if (isTrusted || this.#requested?.portFromCaller === true) return ports;
    const isOwn = (port: number): boolean => this.#isOwn(port, root);
    const own = ports.filter(isOwn);
    return own.length > 0 ? own : portsToTry(null, null).filter(isOwn);
  }

  /** No other folder had the port. */
  #isOwn(port: number, root: string): boolean {
    return [...(this.#folders.get(port) ?? [])].every((folder) => folder === root);
  }

  async stop(): Promise<void> {
    const now = this.#now;
    this.#set({ status: "stopped" });
    if (now.status === "serving") {
      this.#lastPort = now.port;
      this.#ending = now.wired.close();
    }
    await this.#ending;
  }

  /** Stops for good: another folder does not take over this port. */
  async close(): Promise<void> {
    await this.stop();
    this.#lastPort = null;
  }

  /**
   * Moves to another address if the configuration names one, to its own when the folder is trusted now, and away from
   * one that another folder had when it is no longer trusted.
   */
  async move(workspace: Workspace): Promise<void> {
    const requested = this.#requested;
    const { host, port } = workspace.config.server;
    if (!requested || this.#now.status === "stopped") return;
    const callersPort = requested.portFromCaller ? requested.port : null;
    const isMoved = host !== requested.host || (callersPort ?? port) !== requested.port;
    const now = this.address();
    const isMisplaced = workspace.isTrusted
      ? this.#isAside
      : !requested.portFromCaller && now !== null && !this.#isOwn(now.port, workspace.root);
    if (!isMoved && !isMisplaced) return;
    await this.stop();
    await this.start(workspace, { port: callersPort, usualPort: null }).catch((error: unknown) => {
      // the state shows it until the configuration names a better one
      if (!(error instanceof ProblemError)) throw error;
    });
  }

  /** Starts and ends processes as the active configuration asks. */
  keepWorkers(workspace: Workspace): void {
    const wired = this.#wired;
    if (!wired) return;
    wired.configured();
    const { workers } = wired;
    workers.refresh((path) => workspace.routing.resolve({ path, query: byteString("") }));
    for (const [script, { start }] of Object.entries(workspace.config.scripts)) {
      const route = start === "always" ? workspace.routeOf(script) : null;
      if (route?.kind === "script") workers.keep(route);
    }
    this.#keepShared(workspace, workers).catch((error: unknown) =>
      this.#options.log.fault("The shared worker processes could not be started.", error),
    );
  }

  /** Processes that scripts share (php-cgi) start as soon as the folder has one such script. */
  async #keepShared(workspace: Workspace, workers: WorkerManager): Promise<void> {
    if (!Object.values(workspace.config.handlers).some((handler) => handler?.start === "always")) return;
    const { entries } = await workspace.list();
    const script = entries.find(({ mode }) => traitsOf(mode)?.sharesProcess);
    const route = script === undefined || this.workers !== workers ? null : workspace.routeOf(script.path);
    if (route?.kind === "script" && route.workers.always) workers.keep(route);
  }

  /** Ends a running exchange. False if it has ended already. */
  stopExchange(id: string): boolean {
    return this.#wired?.listener.stop(id) ?? false;
  }

  /**
   * Restarts the processes of a script, by its name in the list; or those of one of its applications, by the id there.
   * @throws ProblemError
   */
  restartWorkers(script: string, mode: Mode, only: OneApplication | null = null): void {
    this.#serving().wired.workers.restart(script, mode, only);
  }

  /** Connects to an external application, by its address in the list, and asks for its values. @throws ProblemError */
  askApplication(address: string, workspace: Workspace): Promise<ExternalState> {
    return this.#serving().wired.applications.ask(address, workspace);
  }

  state(): WorkbenchState["server"] {
    const now = this.#now;
    const address = this.address();
    return {
      status: now.status,
      url: address?.url ?? null,
      port: address?.port ?? null,
      requestedPort: now.status === "serving" ? now.requestedPort : null,
      problem: now.status === "failed" ? now.error.problem : null,
      start: this.#options.starter.kind,
      startWhy: this.#options.startWhy,
    };
  }

  counts(): Pick<WorkbenchCounts, "running" | "queued"> {
    const { running = 0, queued = 0 } = this.#wired?.listener ?? {};
    return { running, queued };
  }

  /** @throws ProblemError with the reason if nothing is served */
  #serving(): Serving {
    if (this.#now.status === "serving") return this.#now;
    if (this.#now.status === "failed") throw this.#now.error;
    throw new ProblemError(appMessage("not-serving"));
  }

  #set(now: Status): void {
    this.#now = now;
    this.#options.onChange();
  }
}

const addressOf = ({ host, port }: Serving): ServingAddress => ({
  host,
  port,
  url: `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
});

/** A server that was just killed may hold its port for another moment. */
const triesForUsualPort = 10;
const betweenTriesMs = 100;

async function listenSoon(
  listener: Listener,
  where: { host: string; port: number },
  tries: number,
): Promise<{ host: string; port: number }> {
  try {
    return await listener.listen(where);
  } catch (error) {
    if (!isTaken(error) || tries <= 1) throw error;
    await delay(betweenTriesMs);
    return listenSoon(listener, where, tries - 1);
  }
}
