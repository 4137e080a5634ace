// A whole script origin for conformance tests, wired by the product's own functions over a temporary folder. Tests
// speak to it over raw sockets and read the traces as they are once the doctor has examined them.
import { chmodSync, mkdirSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { dirname, relative } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { wireTraces } from "../../server/app/trace-events.js";
import { wireServer } from "../../server/app/wire-server.js";
import type { Note } from "../../server/base/log.js";
import { RequestOverrides } from "../../server/client/request-overrides.js";
import { type Config, config } from "../../server/contract/config.js";
import { trace as traceSchema } from "../../server/contract/trace.js";
import { siteOf } from "../../server/doctor/base/site.js";
import type { Doctor } from "../../server/doctor/engine/doctor.js";
import { Holds } from "../../server/http/exchange/holds.js";
import type { Listener } from "../../server/http/gateway/listener.js";
import { Previews } from "../../server/http/preview/previews.js";
import { Routing } from "../../server/routing/routing.js";
import { MailCatcher } from "../../server/runners/mail/mail-catcher.js";
import type { WorkerManager } from "../../server/runners/pool/worker-manager.js";
import { createStarter } from "../../server/spawn/create-starter.js";
import type { Starter } from "../../server/spawn/start.js";
import { toTraceJson } from "../../server/trace/formats/trace-json.js";
import type { TraceLog } from "../../server/trace/trace-log.js";
import type { TraceRecord } from "../../server/trace/trace-record.js";
import { Interpreters } from "../../server/workspace/interpreters/interpreters.js";
import { inheritedVariables } from "../../server/workspace/interpreters/own-environment.js";
import { fcgiwrap, RunningProgram } from "./fastcgi-programs.js";
import { type TempFolder, tempFolder } from "./temp-workspace.js";
import { isThroughFcgiwrap, throughProgram } from "./through-program.js";
import { throughStore } from "./through-store.js";
import { waitFor, within } from "./wait-for.js";

export interface TestGatewayOptions {
  /** As in cgi-workbench.json. */
  readonly config?: unknown;
  /** 127.0.0.1 unless said otherwise. */
  readonly host?: string;
  readonly start?: "native" | "portable" | "auto";
  readonly captureBytes?: number;
  /** Replaces what the starter does: for what real processes cannot be made to do. */
  readonly wrapStarter?: (starter: Starter) => Starter;
}

export class TestGateway implements AsyncDisposable {
  readonly folder: TempFolder;
  readonly listener: Listener;
  readonly traces: TraceLog;
  readonly doctor: Doctor;
  readonly overrides: RequestOverrides;
  readonly holds: Holds;
  readonly port: number;
  /** Our own failures: a test that leaves any fails. */
  readonly faults: unknown[];
  readonly workers: WorkerManager;
  /** What would be in the log. */
  readonly notes: Note[];
  readonly #ended: EndedTraces;
  /** Those that ended and were asked for: as they are once examined and encoded. */
  readonly #found: TraceRecord[] = [];
  #collecting: Promise<void> = Promise.resolve();
  readonly #disposals: (() => Promise<void> | void)[];

  constructor(
    parts: Pick<
      TestGateway,
      "folder" | "listener" | "traces" | "doctor" | "overrides" | "holds" | "port" | "faults" | "workers" | "notes"
    > & {
      ended: EndedTraces;
      disposals: (() => Promise<void> | void)[];
    },
  ) {
    this.folder = parts.folder;
    this.listener = parts.listener;
    this.traces = parts.traces;
    this.doctor = parts.doctor;
    this.overrides = parts.overrides;
    this.holds = parts.holds;
    this.port = parts.port;
    this.faults = parts.faults;
    this.workers = parts.workers;
    this.notes = parts.notes;
    this.#ended = parts.ended;
    this.#disposals = parts.disposals;
  }

  /** Writes an executable script; without a shebang it becomes a shell script. */
  script(name: string, text: string): void {
    this.file(name, text.startsWith("#!") ? text : `#!/bin/sh\n${text}\n`);
    this.folder.makeExecutable(name);
  }

  file(name: string, text: string | Uint8Array): void {
    mkdirSync(dirname(this.folder.file(name)), { recursive: true });
    this.folder.write(name, text);
    chmodSync(this.folder.file(name), 0o644);
  }

  /** Sends bytes, reads until the server closes. */
  async ask(bytes: string | Uint8Array): Promise<string> {
    const client = await this.connect();
    client.send(bytes);
    return client.rest();
  }

  /** A GET on a connection of its own. */
  get(target: string, ...headers: string[]): Promise<string> {
    return this.ask(request("GET", target, ["Connection: close", ...headers]));
  }

  async connect(host = "127.0.0.1"): Promise<Client> {
    const socket = connect({ port: this.port, host, allowHalfOpen: true, noDelay: true });
    await new Promise<void>((resolve, reject) => {
      socket.once("error", reject).once("connect", () => {
        socket.off("error", reject);
        resolve();
      });
    });
    return new Client(socket);
  }

  /**
   * The first `count` traces in the order of their requests, once that many have ended and the doctor has examined
   * them: as they are read later, from their bytes.
   */
  async ended(count: number, deadlineMs = 20_000): Promise<TraceRecord[]> {
    const enough = new Promise<void>((resolve) => {
      const look = () => {
        if (this.endedSoFar >= count) resolve();
        else this.#ended.next(look);
      };
      look();
    });
    await within(() => `${count} ended traces (${this.endedSoFar} so far)`, enough, deadlineMs);
    this.#collecting = this.#collecting.then(() => this.#collect());
    await this.#collecting;
    return this.#found.toSorted((a, b) => a.seq - b.seq);
  }

  async #collect(): Promise<void> {
    for (const ended of this.#ended.list) this.#found.push(await this.#examined(ended)); // more may end meanwhile
    this.#ended.list.length = 0;
  }

  /** Neither keeping a trace nor storing it may change what it says; the doctor only adds findings. */
  async #examined({ trace, asItEnded }: Ended): Promise<TraceRecord> {
    const examined = await this.doctor.examined(trace);
    assertSame(asItEnded, jsonOf({ ...examined, findings: [] }));
    const before = jsonOf(examined);
    const stored = throughStore(examined);
    if (stored) assertSame(before, jsonOf(stored));
    const found = this.traces.get(trace.id) ?? examined;
    assertSame(before, jsonOf(found));
    return found;
  }

  /** How many traces have ended. */
  get endedSoFar(): number {
    return this.#ended.count;
  }

  /** The only trace so far, when it has ended. */
  async trace(): Promise<TraceRecord> {
    const [trace, ...more] = await this.ended(1);
    if (!trace || more.length > 0) throw new Error(`${1 + more.length} traces instead of one`);
    return trace;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const dispose of this.#disposals) await dispose();
    if (this.listener.heldBytes !== 0) throw new Error(`${this.listener.heldBytes} bytes are counted as held for ever`);
    if (this.faults.length > 0) throw new AggregateError(this.faults, "the gateway itself failed");
  }
}

interface Ended {
  readonly trace: TraceRecord;
  /** Without its findings. */
  readonly asItEnded: string;
}

/**
 * All that the record holds: what `--json` shows, which has all that the published schema names and
 * nothing else, and the notes for the doctor.
 */
function jsonOf(trace: TraceRecord): string {
  const json = toTraceJson(trace);
  if (!isDeepStrictEqual(traceSchema.parse(json), json)) throw new Error("The trace has more than its schema names.");
  const text = JSON.stringify(json);
  if (text.includes("[object Object]")) throw new Error(`An object stands where words should be:\n${text}`);
  return text + JSON.stringify(trace.notes);
}

function assertSame(before: string, after: string): void {
  if (after === before) return;
  let at = 0;
  while (before[at] === after[at]) at++;
  const around = (text: string) => text.slice(Math.max(0, at - 200), at + 200);
  throw new Error(`A kept trace says something else, at ${at}:\n…${around(before)}…\n…${around(after)}…`);
}

/** Traces as they end, and who waits for the next one. */
class EndedTraces {
  /** Those that were not examined yet. */
  readonly list: Ended[] = [];
  count = 0;
  #waiting: (() => void)[] = [];

  add(trace: TraceRecord): void {
    this.count++;
    this.list.push({ trace, asItEnded: jsonOf({ ...trace, findings: [] }) });
    for (const look of this.#waiting.splice(0)) look();
  }

  next(look: () => void): void {
    this.#waiting.push(look);
  }
}

export async function startGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const folder = tempFolder();
  const configured: Config = config.parse(options.config ?? {});
  const { starter: real } = await createStarter(options.start ?? "auto");
  const starter = options.wrapStarter?.(real) ?? real;
  const ended = new EndedTraces();
  const faults: unknown[] = [];
  const notes: Note[] = [];
  const log = {
    write: (note: Note) => void notes.push(note),
    fault: (_what: string, error: unknown) => void faults.push(error),
  };
  const { traces, doctor } = wireTraces({
    recording: true,
    displayPath: () => null,
    rulesOff: () => new Set(),
    site: () => siteOf(folder.path, configured),
    applications: () => wired.applications,
    log,
    onDidEnd: (trace) => ended.add(trace),
    onCounts: () => {},
  });
  traces.budgetBytes = 64 << 20;
  traces.captureBytes = options.captureBytes ?? 1 << 20;
  const interpreters = new Interpreters({ environment: process.env, cwd: folder.path, onChange: () => {} });
  const wrap = isThroughFcgiwrap ? await RunningProgram.start(fcgiwrap(8)) : null;
  const own = new Routing({ root: folder.path, config: configured, interpreters });
  const overrides = new RequestOverrides();
  const holds = new Holds();
  const mail = new MailCatcher();
  const wired = wireServer({
    folder: {
      root: folder.path,
      config: configured,
      inherited: inheritedVariables(configured.inherit, process.env),
      routing: wrap ? throughProgram(own, wrap.address) : own,
      relative: (file) => relative(folder.path, file),
      isTrusted: true,
      notPreloaded: () => {},
    },
    ...{ starter, traces, overrides, holds, debuggers: new Set(), log },
    previews: new Previews(traces),
    mail,
    onWorkersChange: () => {},
  });
  const { listener, workers } = wired;
  const { port } = await listener.listen({ host: options.host ?? "127.0.0.1", port: 0 });
  wired.configured();
  const disposals = [
    () => wired.close(),
    () => mail.close(),
    () => wrap?.[Symbol.asyncDispose](),
    () => starter.dispose(),
    () => interpreters.dispose(),
    () => doctor.dispose(),
    () => traces.dispose(),
    () => folder[Symbol.dispose](),
  ];
  return new TestGateway({
    folder,
    listener,
    traces,
    doctor,
    overrides,
    holds,
    port,
    faults,
    workers,
    notes,
    ended,
    disposals,
  });
}

/** A request's head with the Host field; `body` is appended as it is. */
export function request(method: string, target: string, headers: readonly string[] = [], body = ""): string {
  return `${[`${method} ${target} HTTP/1.1`, "Host: localhost", ...headers].join("\r\n")}\r\n\r\n${body}`;
}

/** Status line and header lines. */
export function headOf(response: string): string {
  return response.slice(0, response.indexOf("\r\n\r\n"));
}

/** What follows the head, as it came. */
export function bodyOf(response: string): string {
  return response.slice(response.indexOf("\r\n\r\n") + 4);
}

/** One raw connection; bytes as latin1 text. */
export class Client {
  readonly socket: Socket;
  received = "";
  readonly #over: Promise<void>;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on("data", (bytes: Buffer) => {
      this.received += bytes.toString("latin1");
    });
    this.#over = new Promise((resolve) => {
      for (const event of ["end", "close", "error"] as const) socket.on(event, () => resolve());
    });
  }

  send(bytes: string | Uint8Array): void {
    if (typeof bytes === "string") this.socket.write(bytes, "latin1");
    else this.socket.write(bytes);
  }

  /** Waits until the text has come. */
  async until(text: string, deadlineMs?: number): Promise<string> {
    await waitFor(
      () => `"${text}" in the response, so far: ${JSON.stringify(this.received.slice(-300))}`,
      () => this.received.includes(text),
      deadlineMs,
    );
    return this.received;
  }

  /** Everything until the server closes. */
  async rest(deadlineMs = 20_000): Promise<string> {
    await within("the server closes the connection", this.#over, deadlineMs);
    this.socket.destroy();
    return this.received;
  }
}
