// The core behind every shell: one folder, its script server, the traces. Electron, the browser mode and the command line each hold one.
import { basename, join } from "node:path";
import { Log } from "../base/log.js";
import { ProblemError } from "../base/problem.js";
import { StateFeed } from "../base/state-feed.js";
import { version } from "../base/version.js";
import { CookieJar } from "../client/cookie-jar.js";
import { type RequestOverride, RequestOverrides } from "../client/request-overrides.js";
import { sendComposed, variablesOf } from "../client/send-composed.js";
import { sendRaw } from "../client/send-raw.js";
import { type OutgoingRequest, sendRequest } from "../client/send-request.js";
import { isFailed } from "../contract/failure.js";
import { defaultCaptureBytes, defaultMemoryBytes } from "../contract/limits.js";
import { traitsOf } from "../contract/modes.js";
import type { RawRequest, RequestToSend, Sent } from "../contract/requests-contract.js";
import type { Origin } from "../contract/trace.js";
import type { ExternalState, WorkersState } from "../contract/workers-contract.js";
import type { WorkbenchState } from "../contract/workspace.js";
import { Doctor } from "../doctor/engine/doctor.js";
import { rules } from "../doctor/engine/rules.js";
import { staticRules } from "../doctor/static-checks/markers.js";
import { Previews } from "../http/preview/previews.js";
import { createStarter } from "../spawn/create-starter.js";
import type { Starter } from "../spawn/start.js";
import { ScriptVersions } from "../trace/script-versions.js";
import { TraceLog } from "../trace/trace-log.js";
import type { TraceRecord } from "../trace/trace-record.js";
import { subjectOf } from "../trace/trace-row.js";
import { Workspace, type WorkspaceChange } from "../workspace/workspace.js";
import { Latency } from "./latency.js";
import { followStates } from "./log-state-changes.js";
import { noteOf } from "./request-notes.js";
import { ScriptServer } from "./script-server.js";

const ruleIds: ReadonlySet<string> = new Set([...rules.map(({ id }) => id), ...staticRules]);

export interface WorkbenchOptions {
  /** How scripts are started; "auto": natively where the system allows. */
  readonly start?: "auto" | "native" | "portable";
  /** False: traces are not kept, and their streams not captured. */
  readonly recording?: boolean;
}

export class Workbench {
  readonly traces: TraceLog;
  readonly states: StateFeed<WorkbenchState>;
  /** FastCGI applications: processes that are kept, and those that run elsewhere. */
  readonly workers: StateFeed<WorkersState>;
  readonly latency = new Latency();
  readonly overrides = new RequestOverrides();
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
  readonly #server: ScriptServer;
  #workspace: Workspace | null = null;
  /** Switched off by the configuration. */
  #rulesOff: ReadonlySet<string> = new Set();
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
    this.workers = new StateFeed((rev) => ({
      rev,
      generation: this.generation,
      applications: this.#server.workers?.list() ?? [],
      external: (this.#workspace && this.#server.external?.list(this.#workspace)) ?? [],
    }));
    this.traces = new TraceLog({
      budgetBytes: defaultMemoryBytes,
      captureBytes: defaultCaptureBytes,
      recording,
      examine: (trace) => this.#examine(trace),
      displayPath: (file) => this.#workspace?.relative(file) ?? null,
      onChange: () => this.states.changed(),
    });
    this.previews = new Previews(this.traces);
    this.#server = new ScriptServer({
      starter,
      traces: this.traces,
      overrides: this.overrides,
      previews: this.previews,
      log: this.log,
      onChange: () => this.states.changed(),
      onWorkersChange: () => this.workers.changed(),
    });
    this.doctor = new Doctor({
      off: () => this.#rulesOff,
      get: (id) => this.traces.get(id),
      onExamined: (trace, found) => this.traces.update(trace, found),
      onSettled: (id) => this.traces.settle(id),
      onSkipped: () =>
        this.log.write({
          level: "info",
          about: "workbench",
          message: "There were more requests than the doctor could look at. It looks at each that you select.",
        }),
    });
    followStates(this.states, this.log, this.#ending.signal).catch((error: unknown) =>
      this.log.fault("The state could not be followed.", error),
    );
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
  openFolder(
    path: string,
    port: number | null = null,
    usualPort: number | null = null,
    signal: AbortSignal | null = null,
  ): Promise<void> {
    return this.#inTurn(async () => {
      signal?.throwIfAborted();
      const workspace = await Workspace.open(path, {
        onChange: (change) => this.#changed(change),
        versions: this.versions,
        ruleIds,
      });
      if (signal?.aborted) {
        await workspace.dispose();
        throw signal.reason;
      }
      await this.#close();
      this.#workspace = workspace;
      this.#configured();
      await this.#server.start(workspace, port, usualPort).catch((error: unknown) => {
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
      await this.#server.stop();
      await this.#server.start(this.workspace(), port);
    });
  }

  stopServer(): Promise<void> {
    return this.#inTurn(() => this.#server.stop());
  }

  /** Where scripts are reached, or null while nothing is served. */
  address(): { readonly host: string; readonly port: number; readonly url: string } | null {
    return this.#server.address();
  }

  /** The script origin. @throws ProblemError with the reason why nothing is served */
  servingUrl(): string {
    return this.#server.servingAddress().url;
  }

  /** Sends what was composed; answers when the last exchange is over. @throws ProblemError while nothing is served */
  async send(composed: RequestToSend, from: Origin): Promise<Sent> {
    const address = this.#server.servingAddress();
    const deliver = (request: OutgoingRequest, override: Pick<RequestOverride, "mode" | "variables" | "parent">) =>
      this.deliver(request, { from, ...override });
    return sendComposed(composed, { address, jar: this.cookies, deliver });
  }

  /** Sends bytes as they are; answers with their traces' ids. @throws ProblemError when they became none, or while nothing is served */
  async sendRaw(
    { base64, halfClose, parent, variables }: RawRequest,
    options: { readonly signal: AbortSignal },
  ): Promise<string[]> {
    const address = this.#server.servingAddress();
    const override = {
      from: parent === null ? "composer" : "replay",
      mode: null,
      variables: variablesOf(variables),
      parent,
    } as const;
    const traces = await sendRaw(
      { ...address, overrides: this.overrides },
      { bytes: Buffer.from(base64, "base64"), halfClose },
      override,
      options,
    );
    await Promise.all(traces.map((trace) => this.traces.ended(trace)));
    if (traces.length === 0)
      throw new ProblemError(
        "no-request",
        "The connection was closed before anything came that looks like a request.",
        null,
      );
    return traces.map(({ id }) => id);
  }

  /** Sends a request through the listener and resolves with its trace when the exchange is over. */
  async deliver(
    request: OutgoingRequest,
    {
      from,
      mode = null,
      variables = new Map(),
      parent = null,
    }: Pick<RequestOverride, "from"> & Partial<RequestOverride>,
    onResponse?: Parameters<typeof sendRequest>[3],
  ): Promise<TraceRecord> {
    const address = this.#server.servingAddress();
    const trace = await sendRequest(
      { ...address, overrides: this.overrides },
      request,
      { from, mode, variables, parent },
      onResponse,
    );
    await this.traces.ended(trace);
    return trace;
  }

  /** Replaces the processes of an application, by its name in the list, or one of them, by its id there. @throws ProblemError */
  restartWorkers(script: string, worker: string | null = null): void {
    this.servingUrl();
    this.#server.workers?.restart(script, worker);
  }

  /** Reaches for an application elsewhere, by its address in the list. @throws ProblemError */
  async askApplication(address: string): Promise<ExternalState> {
    this.servingUrl();
    const { external } = this.#server;
    if (!external) throw new ProblemError("not-serving", "The script server is stopped.", "Start it, then try again.");
    return external.ask(address, this.workspace());
  }

  /** Ends a running exchange. False when it is over already. */
  stopExchange(id: string): boolean {
    return this.#server.stopExchange(id);
  }

  /** Ends every script and closes everything; the object is of no use afterwards. */
  async dispose(): Promise<void> {
    await this.#inTurn(() => this.#close());
    this.#ending.abort();
    await this.starter.dispose();
    await this.doctor.dispose();
    this.traces.dispose();
  }

  async #close(): Promise<void> {
    await this.#server.close();
    const workspace = this.#workspace;
    this.#workspace = null;
    this.cookies.clear();
    await workspace?.dispose();
    this.states.changed();
  }

  #changed({ paths, config }: WorkspaceChange): void {
    const workspace = this.#workspace;
    const root = workspace?.root ?? "";
    if (paths === null || paths.length > 0)
      this.#server.workers?.filesChanged(paths?.map((path) => join(root, path)) ?? null);
    if (config && workspace) this.#server.keepWorkers(workspace);
    this.#configured(config);
  }

  /** The configuration or a file changed: limits apply at once, to new requests. */
  #configured(isOther = false): void {
    if (isOther)
      this.log.write({
        level: "info",
        about: "configuration",
        message: "Another configuration is in force, for new requests.",
      });
    const limits = this.#workspace?.config.limits;
    this.#rulesOff = new Set(Object.keys(this.#workspace?.config.doctor.off ?? {}));
    if (limits) {
      this.traces.captureBytes = limits.captureBytes;
      this.traces.budgetBytes = limits.memoryBytes;
    }
    if (isOther)
      this.#inTurn(async () => this.#workspace && this.#server.move(this.#workspace)).catch((error: unknown) =>
        this.log.fault("The changed address could not be served.", error),
      );
    this.states.changed();
  }

  /** True: the doctor examines the trace further. */
  #examine(trace: TraceRecord): boolean {
    const isExaminedLater = this.doctor.ended(trace);
    const note = noteOf(trace);
    if (note) this.log.write(note);
    const { route, timing } = trace;
    if (traitsOf(route.mode)?.isExternal) this.#server.external?.noteEnded(trace);
    const hasFailed = isFailed({ outcome: trace.outcome, status: trace.response?.status ?? null });
    if (route.kind === "script" && timing.doneAt !== null && !hasFailed)
      this.latency.add(
        subjectOf(trace, (file) => this.#workspace?.relative(file) ?? null),
        timing.doneAt,
      );
    return isExaminedLater;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined); // its caller hears of it; the next one goes on
    return mine;
  }

  #state(rev: number): WorkbenchState {
    const workspace = this.#workspace;
    return {
      rev,
      generation: this.generation,
      pid: process.pid,
      version,
      server: this.#server.state(this.#startWhy),
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
        evicted: this.traces.evicted,
        unexamined: this.doctor.skipped,
      },
      interpreters: [...(workspace?.interpreters ?? [])],
    };
  }
}
