// The core behind every shell: one folder, its script server, the traces. Electron, the browser mode and the command line each hold one.
import { basename } from "node:path";
import { Claims } from "./client/claims.js";
import { type OutgoingRequest, sendRequest } from "./client/send-request.js";
import type { ComposedRequest } from "./contract/rpc.js";
import type { Origin } from "./contract/trace.js";
import type { Problem, WorkbenchState } from "./contract/workspace.js";
import { explain } from "./doctor/explain.js";
import { Listener } from "./http/listener.js";
import { portsToTry } from "./http/ports.js";
import { StaticFileServer } from "./http/static-files.js";
import { Latency } from "./metrics/latency.js";
import { ProblemError } from "./problem.js";
import { utf8 } from "./protocol/byte-string.js";
import { createStarter } from "./spawn/create-starter.js";
import type { Starter } from "./spawn/start.js";
import { StateFeed } from "./state-feed.js";
import { toDisplayText } from "./trace/decode-text.js";
import { TraceLog } from "./trace/trace-log.js";
import type { TraceRecord } from "./trace/trace-record.js";
import { version } from "./version.js";
import { Workspace } from "./workspace/workspace.js";

export interface WorkbenchOptions {
  /** How scripts are started; "auto": natively where the system allows. */
  readonly start?: "auto" | "native" | "portable";
}

type Serving =
  | { readonly status: "stopped" }
  | { readonly status: "starting" }
  | { readonly status: "serving"; readonly listener: Listener; readonly host: string; readonly port: number; readonly wishedPort: number | null }
  | { readonly status: "failed"; readonly problem: Problem };

export class Workbench {
  readonly traces: TraceLog;
  readonly states: StateFeed<WorkbenchState>;
  readonly latency = new Latency();
  readonly claims = new Claims();
  readonly starter: Starter;
  readonly #startWhy: string | null;
  #workspace: Workspace | null = null;
  #serving: Serving = { status: "stopped" };
  /** Opening, starting and stopping happen one after the other, in the order they were asked for. */
  #turn: Promise<unknown> = Promise.resolve();

  static async create({ start = "auto" }: WorkbenchOptions = {}): Promise<Workbench> {
    const { starter, why } = await createStarter(start);
    return new Workbench(starter, why);
  }

  private constructor(starter: Starter, startWhy: string | null) {
    this.starter = starter;
    this.#startWhy = startWhy;
    this.states = new StateFeed((rev) => this.#state(rev));
    this.traces = new TraceLog({
      budgetBytes: 256 << 20,
      captureBytes: 8 << 20,
      examine: (trace) => this.#examine(trace),
      displayPath: (file) => this.#workspace?.relative(file) ?? null,
      onChange: () => this.states.changed(),
    });
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

  /** Opens a folder, closes the one before, and starts serving it. @throws ProblemError, and then the folder before stays open */
  openFolder(path: string, port: number | null = null): Promise<void> {
    return this.#inTurn(async () => {
      const workspace = await Workspace.open(path, { onChange: () => this.#configured() });
      await this.#close();
      this.#workspace = workspace;
      this.#configured();
      await this.#start(port).catch((error: unknown) => {
        if (!(error instanceof ProblemError)) throw error; // told by the state: the folder is open all the same
      });
    });
  }

  closeFolder(): Promise<void> {
    return this.#inTurn(() => this.#close());
  }

  /** `port` null: the configured one, else 8080 or the next free one; 0: any free one. @throws ProblemError when it is taken */
  startServer(port: number | null): Promise<void> {
    return this.#inTurn(async () => {
      await this.#stop();
      await this.#start(port);
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

  /** Sends what was composed; answers with the trace's id when the exchange is over. @throws ProblemError while nothing is served */
  async send({ method, target, headers, body, mode }: ComposedRequest, from: Origin): Promise<string> {
    const bytes = body === null ? null : "text" in body ? Buffer.from(body.text) : Buffer.from(body.base64, "base64");
    const request: OutgoingRequest = {
      method: utf8(method),
      target: utf8(target),
      headers: headers.map(([name, value]) => [utf8(name), utf8(value)] as const),
      body: bytes && { bytes },
    };
    const trace = await this.deliver(request, from, mode);
    return trace.id;
  }

  /** Sends a request through the listener and resolves with its trace when the exchange is over. */
  async deliver(request: OutgoingRequest, from: Origin, mode: ComposedRequest["mode"] = null, onResponse?: (bytes: Uint8Array) => void): Promise<TraceRecord> {
    const address = this.address() ?? this.#refuse();
    const trace = await sendRequest({ ...address, claims: this.claims }, request, { from, mode, variables: new Map(), parent: null }, onResponse);
    await this.traces.ended(trace);
    return trace;
  }

  /** Ends a running exchange. False when it is over already. */
  stopExchange(id: string): boolean {
    return this.#serving.status === "serving" && this.#serving.listener.stop(id);
  }

  /** Ends every script and closes everything; the object is of no use afterwards. */
  async dispose(): Promise<void> {
    await this.#inTurn(() => this.#close());
    await this.starter.dispose();
    this.traces.dispose();
  }

  async #start(asked: number | null): Promise<void> {
    const workspace = this.workspace();
    const { host, port: configured } = workspace.config.server;
    const ports = portsToTry(asked ?? configured);
    this.#serve({ status: "starting" });
    const listener = new Listener({
      starter: this.starter,
      routing: workspace.routing,
      staticFiles: new StaticFileServer(),
      traces: this.traces,
      settings: () => workspace.settings,
      claims: this.claims,
    });
    for (const port of ports) {
      try {
        const bound = await listener.listen({ host, port });
        this.#serve({ status: "serving", listener, host: bound.host, port: bound.port, wishedPort: port === ports[0] ? null : (ports[0] ?? null) });
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
    if (serving.status === "serving") await serving.listener.close();
  }

  async #close(): Promise<void> {
    await this.#stop();
    const workspace = this.#workspace;
    this.#workspace = null;
    await workspace?.dispose();
    this.states.changed();
  }

  #serve(serving: Serving): void {
    this.#serving = serving;
    this.states.changed();
  }

  /** The configuration or a file changed: limits apply at once, to new requests. */
  #configured(): void {
    const limits = this.#workspace?.config.limits;
    if (limits) {
      this.traces.captureBytes = limits.captureBytes;
      this.traces.budgetBytes = limits.memoryBytes;
    }
    this.states.changed();
  }

  #examine(trace: TraceRecord): void {
    explain(trace);
    const { route, timing } = trace;
    if (route.kind !== "script" || timing.doneAt === null) return;
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
      traces: { count: this.traces.count, bytes: this.traces.bytes, budgetBytes: this.traces.budgetBytes, dropped: this.traces.dropped },
      interpreters: [...(workspace?.interpreters ?? [])],
    };
  }
}

const isTaken = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "EADDRINUSE";

function listenProblem(error: unknown, host: string, port: number): ProblemError {
  const code = error instanceof Error && "code" in error ? error.code : null;
  const options = { cause: error };
  if (code === "EADDRINUSE")
    return new ProblemError("port-in-use", `Port ${port} on ${host} is in use by another program.`, "Choose another port, or end that program.", options);
  if (code === "EACCES") return new ProblemError("port-not-permitted", `Port ${port} needs more rights than you have.`, "Choose a port above 1023.", options);
  if (code === "EADDRNOTAVAIL")
    return new ProblemError(
      "no-such-address",
      `This machine has no address ${host}.`,
      "Correct server.host in cgi-workbench.json; 127.0.0.1 is always there.",
      options,
    );
  if (error instanceof Error) return new ProblemError("cannot-listen", `Listening on ${host}:${port} failed: ${error.message}`, null, options);
  throw error;
}
