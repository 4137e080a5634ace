// The FastCGI applications of a served folder that have worker processes: which run, which wait, and which are replaced
// when a file or the configuration changes. The runner of the modes that keep processes.
import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { toDisplayText } from "../../base/decode-text.js";
import { diskPath, errorCode, isWithin, unlessRefusedSync } from "../../base/disk.js";
import type { Note } from "../../base/log.js";
import { ProblemError } from "../../base/problem.js";
import { runtimeFolder } from "../../base/runtime-folder.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { isPooled, type Mode, modeTraits, type PooledMode } from "../../contract/modes.js";
import type { ApplicationState, OneApplication } from "../../contract/workers-contract.js";
import { byteString, utf8 } from "../../protocol/byte-string.js";
import { isCompiledCopy } from "../../routing/deny-list.js";
import type { Route, ScriptRoute } from "../../routing/route.js";
import { type ListeningSocket, listeningSockets } from "../../spawn/native/listening-socket.js";
import type { Starter } from "../../spawn/start.js";
import type { DebuggedStart, Exchange, ExchangeEvents, Runner, RunRequest } from "../runner.js";
import { Application, type ApplicationNames } from "./application.js";
import { changedSince } from "./changed-since.js";
import { workerMessage } from "./messages.js";
import type { NotPreloaded } from "./not-preloaded.js";
import type { AgentOverrides } from "./worker-modes.js";
import { matchesSpec, specKey, type WorkerSpec, workerSpec } from "./worker-spec.js";

type ListeningSockets = Awaited<ReturnType<typeof listeningSockets>>;

interface WorkerManagerOptions {
  readonly starter: Starter;
  /** What worker processes inherit from the workbench's environment. */
  readonly inherited: (mode: PooledMode) => ReadonlyMap<ByteString, ByteString>;
  /** The path in the workspace, or null. */
  readonly displayPath: (file: string) => string | null;
  readonly log: (note: Note) => void;
  /** Modules that the agent of a script, by its absolute path, could not load before its first request: all of them. */
  readonly notPreloaded: (file: string, failed: readonly NotPreloaded[]) => void;
  /** What agents are started with in place of the configuration; null: nothing. */
  readonly agentOverrides?: AgentOverrides | null;
  /** Something that is shown has changed. */
  readonly onChange: () => void;
}

/** Compiled copies of what a watched folder holds are none: processes write them. `file`: in UTF-8. */
const isNewsFor = (watched: ByteString, file: string): boolean =>
  utf8(file) === watched || (!isCompiledCopy(file) && isWithin(utf8(file), watched));

export class WorkerManager {
  readonly #options: WorkerManagerOptions;
  /** The applications by the keys of their specs. */
  readonly #applications = new Map<ByteString, Application>();
  /** Applications that get no further requests, but have running ones. */
  readonly #retiring = new Set<Application>();
  #sockets: ListeningSockets | null = null;
  #nextId = 1;
  #isClosed = false;

  constructor(options: WorkerManagerOptions) {
    this.#options = options;
  }

  runner(mode: PooledMode): Runner {
    return {
      run: (request, events) =>
        request.debugged
          ? this.#runDebugged(request, events, mode, request.debugged)
          : this.#applicationOf(request.route, mode).run(request, events),
    };
  }

  /** Starts the processes of the route's application that always run. */
  keep(route: ScriptRoute): void {
    if (isPooled(route.mode)) this.#applicationOf(route, route.mode);
  }

  list(): ApplicationState[] {
    return [...this.#applications.values()].map(stateOf);
  }

  /** `script`, `mode` and `only`: as listed; null: every application of the script. @throws ProblemError */
  restart(script: string, mode: Mode, only: OneApplication | null = null): void {
    const found = this.#named(script, mode).filter(({ id }) => only === null || id === only.application);
    if (found.length === 0) throw new ProblemError(workerMessage("no-workers", { script }));
    const worker = only?.worker ?? null;
    for (const application of found)
      if (worker === null) application.restart();
      else if (!application.restartWorker(worker))
        throw new ProblemError(workerMessage("worker-ended", { script, worker }));
  }

  /**
   * The configuration, or the kind of a file, has changed: replaces or ends processes that a request would run
   * differently now.
   */
  refresh(resolve: (path: ByteString) => Route): void {
    for (const [key, application] of [...this.#applications]) {
      const { route, mode } = application.spec();
      const now = resolve(byteString(route.scriptName + route.pathInfo || "/")); // with the settings of its own route
      const isSame = now.kind === "script" && now.mode === mode;
      const spec = isSame ? this.#specOf(now, mode) : null;
      const hasOtherVariables = spec?.route.file === route.file && !modeTraits[mode].sharesProcess;
      if (spec && (spec.key === key || (hasOtherVariables && !this.#applications.has(spec.key)))) {
        this.#applications.delete(key);
        this.#applications.set(spec.key, application);
        application.update(spec);
      } else this.#end(key, application);
    }
  }

  /** Files changed, absolute; null: many, or unknown. A removed script needs no processes. */
  filesChanged(files: readonly string[] | null): void {
    for (const [key, application] of this.#applications) {
      const { watch, route, mode } = application.spec();
      if (
        !modeTraits[mode].sharesProcess &&
        (files === null || files.some((file) => utf8(file) === route.file)) &&
        !existsSync(diskPath(route.file))
      )
        this.#end(key, application);
      else if (watch.length === 0) continue;
      else if (
        files === null
          ? changedSince(watch, application.oldestStart)
          : files.some((file) => watch.some((watched) => isNewsFor(watched, file)))
      )
        application.restart();
    }
  }

  /** Ends every process; resolves when all have exited. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#applications.values(), ...this.#retiring].map((application) => application.close()));
    this.#applications.clear();
    this.#options.onChange();
  }

  #applicationOf(route: ScriptRoute, mode: PooledMode): Application {
    const inherited = this.#options.inherited(mode);
    const known = this.#applications.get(specKey(route, mode));
    if (known && matchesSpec(known.spec(), route, mode, inherited)) return known;
    const spec = this.#specOf(route, mode);
    if (known) {
      known.update(spec);
      return known;
    }
    const application = this.#made(spec);
    this.#applications.set(spec.key, application);
    if (this.#isClosed) void application.close();
    return application;
  }

  #made(spec: WorkerSpec): Application {
    return new Application(this.#namesOf(spec), spec, {
      starter: this.#options.starter,
      listen: () => this.#listen(),
      changed: this.#options.onChange,
      log: this.#options.log,
      notPreloaded: (failed) => this.#options.notPreloaded(toDisplayText(spec.route.file), failed),
    });
  }

  /** The process loads the application under the debugger, serves nothing but this request, and ends. */
  #runDebugged(request: RunRequest, events: ExchangeEvents, mode: PooledMode, debugged: DebuggedStart): Exchange {
    const spec = this.#specOf(request.route, mode);
    const own = { ...spec, ...debugged(spec), count: 1, requests: 1, always: false, watch: [] };
    const application = this.#made(own);
    const exchange = application.run(request, events);
    this.#retire(application);
    return exchange;
  }

  #namesOf({ route, mode, argv }: WorkerSpec): ApplicationNames {
    const { sharesProcess } = modeTraits[mode];
    const file = toDisplayText((sharesProcess && argv[0]) || route.file);
    const name = this.#options.displayPath(file) ?? file;
    const hasPath = !sharesProcess && this.#named(name, mode).length > 0;
    const at = hasPath ? toDisplayText(byteString(route.scriptName + route.pathInfo || "/")) : null;
    return { id: String(this.#nextId++), name, at };
  }

  #named(name: string, mode: Mode): Application[] {
    return [...this.#applications.values()].filter((one) => one.name === name && one.spec().mode === mode);
  }

  #specOf(route: ScriptRoute, mode: PooledMode): WorkerSpec {
    return workerSpec(route, mode, this.#options.inherited(mode), this.#options.agentOverrides);
  }

  #end(key: ByteString, application: Application): void {
    this.#applications.delete(key);
    this.#retire(application);
    this.#options.onChange();
  }

  #retire(application: Application): void {
    this.#retiring.add(application);
    void application.retire().then(() => this.#retiring.delete(application));
  }

  async #listen(): Promise<ListeningSocket> {
    const folder = await runtimeFolder(); // each time: the end of a login, or a cleaner, may have removed it
    this.#sockets ??= await prepareSockets(folder);
    return this.#sockets.listen(join(folder, `fcgi-${process.pid}-${randomUUID().slice(0, 8)}.sock`));
  }
}

async function prepareSockets(folder: string): Promise<ListeningSockets> {
  const sockets = await listeningSockets();
  removeStale(folder);
  return sockets;
}

/** Removes sockets of servers that were killed. */
function removeStale(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = /^fcgi-(\d+)-[0-9a-f]+\.sock$/.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    rmSync(join(folder, name), { force: true }); // another server may have removed it
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM"; // of another user
  }
}

function stateOf(application: Application): ApplicationState {
  const { mode, argv, count } = application.spec();
  return {
    id: application.id,
    script: application.name,
    at: application.at,
    mode,
    command: argv.map(toDisplayText),
    count,
    queued: application.queued,
    problem: application.lastFailure?.message ?? null,
    workers: application.workers.map(({ id, pid, state, requests, startedAt, lastExit, restartsAt, exchange }) => ({
      id,
      pid,
      state,
      requests,
      startedAt,
      memoryBytes: pid === null ? null : residentBytes(pid),
      lastExit,
      restartsAt,
      currentTrace: exchange?.request.traceId ?? null,
    })),
  };
}

/** Null if the system does not report it. */
function residentBytes(pid: number): number | null {
  const status = unlessRefusedSync(() => readFileSync(`/proc/${pid}/status`, "latin1"), "");
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kib === undefined ? null : Number(kib) * 1024;
}
