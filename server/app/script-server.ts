// Where the open folder's scripts are reached: a listener on a port that is free, and the processes kept for FastCGI applications.
import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "../base/log.js";
import { ProblemError } from "../base/problem.js";
import type { RequestOverrides } from "../client/request-overrides.js";
import { traitsOf } from "../contract/modes.js";
import type { Problem, WorkbenchState } from "../contract/workspace.js";
import { isTaken, listenProblem } from "../http/front/listen-problem.js";
import { Listener } from "../http/front/listener.js";
import { portsToTry } from "../http/front/ports.js";
import type { Previews } from "../http/preview/previews.js";
import { StaticFileServer } from "../http/static/static-files.js";
import { byteString } from "../protocol/byte-string.js";
import { connectionsByAddress } from "../routing/external-targets.js";
import { ExternalApplications } from "../runners/fastcgi/external-applications.js";
import { ExternalRunner } from "../runners/fastcgi/external-runner.js";
import { WorkerManager } from "../runners/pool/worker-manager.js";
import { runnersFor } from "../runners/runners.js";
import type { Starter } from "../spawn/start.js";
import type { TraceLog } from "../trace/trace-log.js";
import type { Workspace } from "../workspace/workspace.js";
import { gatewaySettingsOf } from "./gateway-settings.js";

export interface ScriptServerOptions {
  readonly starter: Starter;
  readonly traces: TraceLog;
  readonly overrides: RequestOverrides;
  readonly previews: Previews;
  readonly log: Log;
  readonly onChange: () => void;
  /** Of the processes kept. */
  readonly onWorkersChange: () => void;
}

type Status =
  | { readonly status: "stopped" }
  | { readonly status: "starting" }
  | {
      readonly status: "serving";
      readonly listener: Listener;
      readonly workers: WorkerManager;
      readonly external: ExternalRunner;
      readonly applications: ExternalApplications;
      readonly host: string;
      readonly port: number;
      readonly requestedPort: number | null;
    }
  | { readonly status: "failed"; readonly problem: Problem };

export class ScriptServer {
  readonly #options: ScriptServerOptions;
  #now: Status = { status: "stopped" };
  /** Where serving was begun, or tried: by the configuration, except for a port that was asked for. */
  #wished: { readonly host: string; readonly port: number | null; readonly asked: number | null } | null = null;
  /** Where the folder was served before it was stopped. */
  #portBefore: number | null = null;

  constructor(options: ScriptServerOptions) {
    this.#options = options;
  }

  get workers(): WorkerManager | null {
    return this.#now.status === "serving" ? this.#now.workers : null;
  }

  /** Those that run elsewhere. */
  get external(): ExternalApplications | null {
    return this.#now.status === "serving" ? this.#now.applications : null;
  }

  /** Null while nothing is served. */
  address(): { readonly host: string; readonly port: number; readonly url: string } | null {
    if (this.#now.status !== "serving") return null;
    const { host, port } = this.#now;
    return { host, port, url: `http://${host.includes(":") ? `[${host}]` : host}:${port}` };
  }

  /** @throws ProblemError with the reason why nothing is served */
  servingAddress(): { readonly host: string; readonly port: number; readonly url: string } {
    const address = this.address();
    if (address) return address;
    if (this.#now.status === "failed")
      throw new ProblemError(this.#now.problem.code, this.#now.problem.message, this.#now.problem.fix);
    throw new ProblemError("not-serving", "The script server is stopped.", "Start it, then send again.");
  }

  /** `asked`: this port or none; else the configured one, `before`, 8080 or the next free one. @throws ProblemError */
  async start(workspace: Workspace, asked: number | null, before: number | null = this.#portBefore): Promise<void> {
    const { host, port: configured } = workspace.config.server;
    this.#wished = { host, port: asked ?? configured, asked };
    const ports = portsToTry(asked ?? configured, before);
    this.#set({ status: "starting" });
    const { starter, traces, overrides, previews, log, onWorkersChange } = this.#options;
    const workers = new WorkerManager({
      starter,
      inherited: () => workspace.inherited,
      displayPath: (file) => workspace.relative(file),
      log: (note) => log.write(note),
      onChange: onWorkersChange,
    });
    const external = new ExternalRunner(onWorkersChange);
    const applications = new ExternalApplications(external, onWorkersChange);
    const listener = new Listener({
      runners: runnersFor(starter, workers, external),
      routing: workspace.routing,
      staticFiles: new StaticFileServer(),
      traces,
      settings: gatewaySettingsOf(workspace),
      overrides,
      previews,
      onFault: (error) => log.fault("A request could not be answered.", error),
    });
    for (const port of ports) {
      try {
        const bound = await listenSoon(listener, { host, port }, port === before ? triesForPortBefore : 1);
        const requestedPort = port === ports[0] ? null : (ports[0] ?? null);
        this.#set({
          status: "serving",
          listener,
          workers,
          external,
          applications,
          host: bound.host,
          port: bound.port,
          requestedPort,
        });
        this.keepWorkers(workspace);
        return;
      } catch (error) {
        if (isTaken(error) && port !== ports.at(-1)) continue;
        const problem = listenProblem(error, host, port);
        this.#set({ status: "failed", problem: problem.problem });
        throw problem;
      }
    }
  }

  async stop(): Promise<void> {
    const now = this.#now;
    this.#set({ status: "stopped" });
    if (now.status !== "serving") return;
    this.#portBefore = now.port;
    await now.listener.close();
    now.external.close();
    await now.workers.close();
  }

  /** Stops for good: another folder has nothing to do with this one's port. */
  async close(): Promise<void> {
    await this.stop();
    this.#portBefore = null;
  }

  /** Serves at another address once the configuration names one. */
  async move(workspace: Workspace): Promise<void> {
    const wished = this.#wished;
    const { host, port } = workspace.config.server;
    if (!wished || this.#now.status === "stopped") return;
    if (host === wished.host && (wished.asked ?? port) === wished.port) return;
    await this.stop();
    await this.start(workspace, wished.asked, null).catch((error: unknown) => {
      if (!(error instanceof ProblemError)) throw error; // told by the state, until the configuration names a better one
    });
  }

  /** Processes are those that the configuration in force asks for. */
  keepWorkers(workspace: Workspace): void {
    if (this.#now.status !== "serving") return;
    const { workers, external } = this.#now;
    external.keep(connectionsByAddress(workspace.config, workspace.root));
    this.#options.onWorkersChange(); // routes to applications elsewhere may be others
    workers.refresh((path) => workspace.routing.resolve({ path, query: byteString("") }));
    for (const [script, { start }] of Object.entries(workspace.config.scripts)) {
      const route = start === "always" ? workspace.routeOf(script) : null;
      if (route?.kind === "script") workers.keep(route);
    }
    this.#keepShared(workspace, workers).catch((error: unknown) =>
      this.#options.log.fault("The shared worker processes could not be started.", error),
    );
  }

  /** Processes that scripts share (php-cgi) run from the start as soon as the folder holds one such script. */
  async #keepShared(workspace: Workspace, workers: WorkerManager): Promise<void> {
    if (!Object.values(workspace.config.handlers).some((handler) => handler?.start === "always")) return;
    const { entries } = await workspace.list();
    const script = entries.find(({ mode }) => traitsOf(mode)?.sharesProcess);
    const route = script === undefined || this.workers !== workers ? null : workspace.routeOf(script.path);
    if (route?.kind === "script" && route.workers.always) workers.keep(route);
  }

  /** Ends a running exchange. False when it is over already. */
  stopExchange(id: string): boolean {
    return this.#now.status === "serving" && this.#now.listener.stop(id);
  }

  state(startWhy: string | null): WorkbenchState["server"] {
    const now = this.#now;
    const address = this.address();
    const listener = now.status === "serving" ? now.listener : null;
    return {
      status: now.status,
      url: address?.url ?? null,
      port: address?.port ?? null,
      requestedPort: now.status === "serving" ? now.requestedPort : null,
      problem: now.status === "failed" ? now.problem : null,
      start: this.#options.starter.kind,
      startWhy,
      running: listener?.running ?? 0,
      queued: listener?.queued ?? 0,
    };
  }

  #set(now: Status): void {
    this.#now = now;
    this.#options.onChange();
  }
}

/** A server that was just killed may hold its port for a moment yet. */
const triesForPortBefore = 10;
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
