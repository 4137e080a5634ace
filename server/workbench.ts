// The core behind every shell: one folder, its script server, the traces. Electron, the browser mode and the command line each hold one.
import { basename, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type Claim, Claims } from "./client/claims.js";
import { CookieJar } from "./client/cookie-jar.js";
import { sendComposed, variablesOf } from "./client/send-composed.js";
import { sendRaw } from "./client/send-raw.js";
import { type OutgoingRequest, sendRequest } from "./client/send-request.js";
import type { RawRequest, RequestToSend, Sent } from "./contract/requests-contract.js";
import type { Origin } from "./contract/trace.js";
import type { WorkersState } from "./contract/workers-contract.js";
import type { Problem, WorkbenchState } from "./contract/workspace.js";
import { Doctor } from "./doctor/doctor.js";
import { isTaken, listenProblem } from "./http/listen-problem.js";
import { Listener } from "./http/listener.js";
import { portsToTry } from "./http/ports.js";
import { Previews } from "./http/previews.js";
import { StaticFileServer } from "./http/static-files.js";
import { followStates } from "./log/follow-states.js";
import { Log } from "./log/log.js";
import { noteOf } from "./log/request-notes.js";
import { Latency } from "./metrics/latency.js";
import { ProblemError } from "./problem.js";
import { byteString } from "./protocol/byte-string.js";
import { WorkerManager } from "./runners/managed/worker-manager.js";
import { createStarter } from "./spawn/create-starter.js";
import type { Starter } from "./spawn/start.js";
import { StateFeed } from "./state-feed.js";
import { toDisplayText } from "./trace/decode-text.js";
import { TraceLog } from "./trace/trace-log.js";
import type { TraceRecord } from "./trace/trace-record.js";
import { version } from "./version.js";
import { ScriptVersions } from "./workspace/script-versions.js";
import { Workspace, type WorkspaceChange } from "./workspace/workspace.js";

export interface WorkbenchOptions {
  /** How scripts are started; "auto": natively where the system allows. */
  readonly start?: "auto" | "native" | "portable";
  /** False: traces are not kept, and their streams not captured. */
  readonly recording?: boolean;
}

type Serving =
  | { readonly status: "stopped" }
  | { readonly status: "starting" }
  | {
      readonly status: "serving";
      readonly listener: Listener;
      readonly workers: WorkerManager;
      readonly host: string;
      readonly port: number;
      readonly wishedPort: number | null;
    }
  | { readonly status: "failed"; readonly problem: Problem };

export class Workbench {
  readonly traces: TraceLog;
  readonly states: StateFeed<WorkbenchState>;
  /** Processes kept for FastCGI applications. */
  readonly workers: StateFeed<WorkersState>;
  readonly latency = new Latency();
  readonly claims = new Claims();
  /** The composer's; emptied with the folder. */
  readonly cookies = new CookieJar();
  /** What is worth knowing and belongs to no request. */
  readonly log = new Log();
  readonly #ending = new AbortController();
  /** What scripts were like when they ran. */
  readonly versions = new ScriptVersions();
  /** Recorded responses that a browser shows. */
  readonly previews: Previews;
  readonly doctor: Doctor;
  readonly starter: Starter;
  readonly #startWhy: string | null;
  #workspace: Workspace | null = null;
  /** Switched off by the configuration. */
  #rulesOff: ReadonlySet<string> = new Set();
  #serving: Serving = { status: "stopped" };
  /** Where serving was begun, or tried: by the configuration, except for a port that was asked for. */
  #wished: { readonly host: string; readonly port: number | null; readonly asked: number | null } | null = null;
  /** Where the open folder was served before the server was stopped. */
  #portBefore: number | null = null;
  /** Opening, starting and stopping happen one after the other, in the order they were asked for. */
  #turn: Promise<unknown> = Promise.resolve();

  static async create({ start = "auto", recording = true }: WorkbenchOptions = {}): Promise<Workbench> {
    const { starter, why } = await createStarter(start);
    return new Workbench(starter, why, recording);
  }

  private constructor(starter: Starter, startWhy: string | null, recording: boolean) {
    this.starter = starter;
    this.#startWhy = startWhy;
    this.states = new StateFeed((rev) => this.#state(rev));
    this.workers = new StateFeed((rev) => ({ rev, generation: this.generation, applications: this.#workers()?.list() ?? [] }));
    this.traces = new TraceLog({
      budgetBytes: 256 << 20,
      captureBytes: 8 << 20,
      recording,
      examine: (trace) => this.#examine(trace),
      displayPath: (file) => this.#workspace?.relative(file) ?? null,
      onChange: () => this.states.changed(),
    });
    this.previews = new Previews(this.traces);
    this.doctor = new Doctor({
      off: () => this.#rulesOff,
      onExamined: (trace, found) => found && this.traces.renew(trace),
      onSkipped: () =>
        this.log.write({
          level: "info",
          about: "scripts",
          message: "There were more requests than the doctor could look at. It looks at each that you select.",
        }),
    });
    followStates(this.states, this.log, this.#ending.signal).catch((error: unknown) => this.log.fault("The state could not be followed.", error));
  }

  /** New with each server process. */
  get generation(): string {
    return this.traces.generation;
  }

  /** The open folder. @throws ProblemError when there is none */
  workspace(): Workspace {
    if (!this.#workspace) throw new ProblemError("no-folder", "No folder is open.", "Open a folder first.");
    return this.#workspace;
  }

  /**
   * Opens a folder, closes the one before, and starts serving it: on `port` or not at all, or on `usualPort` if it is free.
   * @throws ProblemError, or the signal's reason when it aborts first; and then the folder before stays open
   */
  openFolder(path: string, port: number | null = null, usualPort: number | null = null, signal: AbortSignal | null = null): Promise<void> {
    return this.#inTurn(async () => {
      signal?.throwIfAborted();
      const workspace = await Workspace.open(path, { onChange: (change) => this.#changed(change), versions: this.versions });
      if (signal?.aborted) {
        await workspace.dispose();
        throw signal.reason;
      }
      await this.#close();
      this.#workspace = workspace;
      this.#configured();
      await this.#start(port, usualPort).catch((error: unknown) => {
        if (!(error instanceof ProblemError)) throw error; // told by the state: the folder is open all the same
      });
    });
  }

  closeFolder(): Promise<void> {
    return this.#inTurn(() => this.#close());
  }

  /** `port` null: the configured one, else the one before, 8080 or the next free one; 0: any free one. @throws ProblemError when it is taken */
  startServer(port: number | null): Promise<void> {
    return this.#inTurn(async () => {
      await this.#stop();
      await this.#start(port, this.#portBefore);
    });
  }

  stopServer(): Promise<void> {
    return this.#inTurn(() => this.#stop());
  }

  /** Where scripts are reached, or null while nothing is served. */
  address(): { readonly host: string; readonly port: number; readonly url: string } | null {
    if (this.#serving.status !== "serving") return null;
    const { host, port } = this.#serving;
    return { host, port, url: `http://${host.includes(":") ? `[${host}]` : host}:${port}` };
  }

  /** The script origin. @throws ProblemError with the reason why nothing is served */
  servingUrl(): string {
    return (this.address() ?? this.#refuse()).url;
  }

  #refuse(): never {
    if (this.#serving.status === "failed") throw new ProblemError(this.#serving.problem.code, this.#serving.problem.message, this.#serving.problem.fix);
    throw new ProblemError("not-serving", "The script server is stopped.", "Start it, then send again.");
  }

  /** Sends what was composed; answers when the last exchange is over. @throws ProblemError while nothing is served */
  async send(composed: RequestToSend, from: Origin): Promise<Sent> {
    const address = this.address() ?? this.#refuse();
    const deliver = (request: OutgoingRequest, claim: Pick<Claim, "mode" | "variables" | "parent">) => this.deliver(request, { from, ...claim });
    return sendComposed(composed, { address, jar: this.cookies, deliver });
  }

  /** Sends bytes as they are; answers with their traces' ids. @throws ProblemError when they became none, or while nothing is served */
  async sendRaw({ base64, halfClose, parent, variables }: RawRequest, options: { readonly signal: AbortSignal }): Promise<string[]> {
    const address = this.address() ?? this.#refuse();
    const claim = { from: parent === null ? "composer" : "replay", mode: null, variables: variablesOf(variables), parent } as const;
    const traces = await sendRaw({ ...address, claims: this.claims }, { bytes: Buffer.from(base64, "base64"), halfClose }, claim, options);
    await Promise.all(traces.map((trace) => this.traces.ended(trace)));
    if (traces.length === 0) throw new ProblemError("no-request", "The connection was closed before anything came that looks like a request.", null);
    return traces.map(({ id }) => id);
  }

  /** Sends a request through the listener and resolves with its trace when the exchange is over. */
  async deliver(
    request: OutgoingRequest,
    { from, mode = null, variables = new Map(), parent = null }: Pick<Claim, "from"> & Partial<Claim>,
    onResponse?: (bytes: Uint8Array) => void,
  ): Promise<TraceRecord> {
    const address = this.address() ?? this.#refuse();
    const trace = await sendRequest({ ...address, claims: this.claims }, request, { from, mode, variables, parent }, onResponse);
    await this.traces.ended(trace);
    return trace;
  }

  /** Replaces the processes of an application, by its name in the list. @throws ProblemError */
  restartWorkers(script: string): void {
    this.servingUrl();
    this.#workers()?.restart(script);
  }

  /** Ends a running exchange. False when it is over already. */
  stopExchange(id: string): boolean {
    return this.#serving.status === "serving" && this.#serving.listener.stop(id);
  }

  /** Ends every script and closes everything; the object is of no use afterwards. */
  async dispose(): Promise<void> {
    await this.#inTurn(() => this.#close());
    this.#ending.abort();
    await this.starter.dispose();
    await this.doctor.dispose();
    this.traces.dispose();
  }

  async #start(asked: number | null, before: number | null = null): Promise<void> {
    const workspace = this.workspace();
    const { host, port: configured } = workspace.config.server;
    this.#wished = { host, port: asked ?? configured, asked };
    const ports = portsToTry(asked ?? configured, before);
    this.#serve({ status: "starting" });
    const workers = new WorkerManager({
      starter: this.starter,
      inherited: () => workspace.settings.inherited,
      displayPath: (file) => workspace.relative(file),
      log: (note) => this.log.write(note),
      onChange: () => this.workers.changed(),
    });
    const listener = new Listener({
      starter: this.starter,
      runners: workers.runners,
      routing: workspace.routing,
      staticFiles: new StaticFileServer(),
      traces: this.traces,
      settings: () => workspace.settings,
      claims: this.claims,
      previews: this.previews,
      onFault: (error) => this.log.fault("A request could not be answered.", error),
    });
    for (const port of ports) {
      try {
        const bound = await listenSoon(listener, { host, port }, port === before ? triesForPortBefore : 1);
        this.#serve({ status: "serving", listener, workers, host: bound.host, port: bound.port, wishedPort: port === ports[0] ? null : (ports[0] ?? null) });
        this.#keepWorkers();
        return;
      } catch (error) {
        if (isTaken(error) && port !== ports.at(-1)) continue;
        const problem = listenProblem(error, host, port);
        this.#serve({ status: "failed", problem: problem.problem });
        throw problem;
      }
    }
  }

  async #stop(): Promise<void> {
    const serving = this.#serving;
    this.#serve({ status: "stopped" });
    if (serving.status !== "serving") return;
    this.#portBefore = serving.port;
    await serving.listener.close();
    await serving.workers.close();
  }

  async #close(): Promise<void> {
    await this.#stop();
    const workspace = this.#workspace;
    this.#workspace = null;
    this.#portBefore = null;
    this.cookies.clear();
    await workspace?.dispose();
    this.states.changed();
  }

  #serve(serving: Serving): void {
    this.#serving = serving;
    this.states.changed();
  }

  #workers(): WorkerManager | null {
    return this.#serving.status === "serving" ? this.#serving.workers : null;
  }

  #changed({ paths, config }: WorkspaceChange): void {
    const root = this.#workspace?.root ?? "";
    const workers = this.#workers();
    if (paths === null || paths.length > 0) workers?.filesChanged(paths?.map((path) => join(root, path)) ?? null);
    if (config) this.#keepWorkers();
    this.#configured(config);
  }

  /** Processes are those that the configuration in force asks for. */
  #keepWorkers(): void {
    const workspace = this.#workspace;
    const workers = this.#workers();
    if (!workspace || !workers) return;
    workers.refresh((path) => workspace.routing.resolve({ path, query: byteString("") }));
    for (const [script, { start }] of Object.entries(workspace.config.scripts)) {
      const route = start === "always" ? workspace.routeOf(script) : null;
      if (route?.kind === "script") workers.keep(route);
    }
  }

  /** The configuration or a file changed: limits apply at once, to new requests. */
  #configured(isOther = false): void {
    if (isOther) this.log.write({ level: "info", about: "configuration", message: "Another configuration is in force, for new requests." });
    const limits = this.#workspace?.config.limits;
    this.#rulesOff = new Set(Object.keys(this.#workspace?.config.doctor.off ?? {}));
    if (limits) {
      this.traces.captureBytes = limits.captureBytes;
      this.traces.budgetBytes = limits.memoryBytes;
    }
    if (isOther) this.#inTurn(() => this.#move()).catch((error: unknown) => this.log.fault("The changed address could not be served.", error));
    this.states.changed();
  }

  /** Serves at another address once the configuration names one. */
  async #move(): Promise<void> {
    const wished = this.#wished;
    const now = this.#workspace?.config.server;
    if (!wished || !now || this.#serving.status === "stopped") return;
    if (now.host === wished.host && (wished.asked ?? now.port) === wished.port) return;
    await this.#stop();
    await this.#start(wished.asked).catch((error: unknown) => {
      if (!(error instanceof ProblemError)) throw error; // told by the state, until the configuration names a better one
    });
  }

  #examine(trace: TraceRecord): void {
    this.doctor.ended(trace);
    const note = noteOf(trace);
    if (note) this.log.write(note);
    const { route, timing } = trace;
    // A failure is never part of a percentile: a fast error is no fast answer.
    const failed = trace.outcome !== "ok" || (trace.response?.status ?? 0) >= 500;
    if (route.kind !== "script" || timing.doneAt === null || failed) return;
    this.latency.add(route.file === null ? null : (this.#workspace?.relative(toDisplayText(route.file)) ?? null), timing.doneAt);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined); // its caller hears of it; the next one goes on
    return mine;
  }

  #state(rev: number): WorkbenchState {
    const serving = this.#serving;
    const address = this.address();
    const listener = serving.status === "serving" ? serving.listener : null;
    const workspace = this.#workspace;
    return {
      rev,
      generation: this.generation,
      pid: process.pid,
      version,
      server: {
        status: serving.status,
        url: address?.url ?? null,
        port: address?.port ?? null,
        wishedPort: serving.status === "serving" ? serving.wishedPort : null,
        problem: serving.status === "failed" ? serving.problem : null,
        start: this.starter.kind,
        startWhy: this.#startWhy,
        running: listener?.running ?? 0,
        queued: listener?.queued ?? 0,
      },
      workspace: workspace && {
        root: workspace.root,
        name: basename(workspace.root) || "/",
        filesRev: workspace.filesRev,
        problems: [...workspace.problems],
        joined: workspace.joined,
      },
      traces: {
        count: this.traces.count,
        bytes: this.traces.bytes,
        budgetBytes: this.traces.budgetBytes,
        dropped: this.traces.dropped,
        unexamined: this.doctor.skipped,
      },
      interpreters: [...(workspace?.interpreters ?? [])],
    };
  }
}

/** A server that was just killed may hold its port for a moment yet. */
const triesForPortBefore = 10;
const betweenTriesMs = 100;

async function listenSoon(listener: Listener, where: { host: string; port: number }, tries: number): Promise<{ host: string; port: number }> {
  try {
    return await listener.listen(where);
  } catch (error) {
    if (!isTaken(error) || tries <= 1) throw error;
    await delay(betweenTriesMs);
    return listenSoon(listener, where, tries - 1);
  }
}
