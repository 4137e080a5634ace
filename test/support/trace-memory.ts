// What kept traces take in memory. One real request of each kind is made, and its trace is copied many times
// over into a log of its own, with new strings and objects as each request makes them: what is in the heap after
// a collection grows by nothing else then.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Workbench } from "../../server/app/workbench.js";
import { Slab } from "../../server/base/slab.js";
import type { ByteString } from "../../server/contract/bytes-text.js";
import { latin1, utf8 } from "../../server/protocol/byte-string.js";
import { CapturedStream } from "../../server/trace/captured-stream.js";
import { TraceLog } from "../../server/trace/trace-log.js";
import type { RecordedVariable, TraceRecord } from "../../server/trace/trace-record.js";
import { tempFolder } from "./temp-workspace.js";

export interface TraceMemory {
  readonly kind: TraceKind;
  readonly traces: number;
  /** Heap and external memory that each trace takes. */
  readonly measuredBytes: number;
  /** What the trace log counts for each against its budget. */
  readonly countedBytes: number;
}

/**
 * "static": a file of 6 bytes. "script": a script's response with as short a body. "script, new head":
 * the same, and no two requests are equal. "script, stderr": with warnings besides. "script, two writes":
 * the same as "script" with output in two pieces.
 */
export const traceKinds = ["static", "script", "script, new head", "script, stderr", "script, two writes"] as const;
export type TraceKind = (typeof traceKinds)[number];

export async function measureTraces(kind: TraceKind, traces: number): Promise<TraceMemory> {
  const { log, add } = await logOf(kind);
  const fill = async (count: number): Promise<{ held: number; counted: number }> => {
    add(count);
    return { held: await heldBytes(), counted: log.bytes };
  };
  const before = await fill(500);
  const after = await fill(traces);
  log.dispose();
  return {
    kind,
    traces,
    measuredBytes: Math.round((after.held - before.held) / traces),
    countedBytes: Math.round((after.counted - before.counted) / traces),
  };
}

/** A log of its own, and what adds traces of one kind to it. */
export async function logOf(kind: TraceKind): Promise<{ log: TraceLog; add: (count: number) => void }> {
  const template = await templateOf(kind);
  const log = new TraceLog({
    budgetBytes: 1 << 30,
    captureBytes: 1 << 20,
    examine: () => {},
    displayPath: () => null,
    onChange: () => {},
  });
  const slab = new Slab();
  const add = (count: number): void => {
    for (let n = 0; n < count; n++) addCopy(log, slab, template, kind);
  };
  return { log, add };
}

/** Collects what nothing refers to, and lets finalizers run. */
export async function collectGarbage(): Promise<void> {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect !== "function") throw new Error("This process has no garbage collector to call.");
  for (let n = 0; n < 3; n++) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Heap and external memory after a collection. */
export async function heldBytes(): Promise<number> {
  await collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** The trace of one request as a browser sends it. */
async function templateOf(kind: TraceKind): Promise<TraceRecord> {
  using folder = tempFolder();
  folder.write("page.txt", "hello\n");
  folder.write("hello.sh", "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nhello\\n'\n");
  folder.makeExecutable("hello.sh");
  const workbench = await Workbench.create();
  try {
    await workbench.folder.open(folder.path, { port: 0, run: { host: null } });
    const request = {
      method: utf8("GET"),
      target: utf8(kind === "static" ? "/page.txt" : "/hello.sh"),
      headers: Object.entries(browserHeaders).map(([name, value]) => [utf8(name), utf8(value)] as const),
      body: null,
    };
    const trace = await workbench.sender.deliver(request, { from: "browser" });
    if (trace.response?.status !== 200) throw new Error(`The request was answered with ${trace.response?.status}.`);
    return trace;
  } finally {
    await workbench.dispose();
  }
}

const browserHeaders = {
  "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  Accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
  "Accept-Language": "en-US,en;q=0.5",
  Connection: "keep-alive",
};

const warnings = Buffer.alloc(2048, "w");
let made = 0;

/** Ends another request like the one of the template. */
function addCopy(log: TraceLog, slab: Slab, template: TraceRecord, kind: TraceKind): void {
  const { request, route, argv, cwd, env, notExported, script, response, process, timing, notes } = template;
  const target = kind === "script, new head" ? latin1(`${request.target}?${++made}`) : copy(request.target);
  const trace = log.begin({
    t0Ms: performance.now(),
    client: { ...template.client },
    connection: { id: template.connection.id, nth: ++made },
    parent: null,
    request: {
      head: latin1(`${request.method} ${target}${request.head.slice(request.head.indexOf(" HTTP/"))}`),
      method: copy(request.method),
      target,
      httpVersion: request.httpVersion,
      headers: request.headers.map(([name, value]) => [copy(name), copy(value)]),
    },
  });
  const variables = env?.map(({ name, value, source }): RecordedVariable => {
    const isTarget = value === request.target && kind === "script, new head";
    return { name, value: isTarget ? target : copy(value), source };
  });
  trace.route = { ...route };
  trace.argv = argv && [...argv];
  trace.cwd = cwd && copy(cwd);
  trace.env = variables ? log.variables.share(variables, template.connection.id).variables : null;
  trace.notExported = notExported.map(([name, why]) => [copy(name), why]);
  trace.script = script && { ...script, spans: script.spans.map((span) => ({ ...span })) };
  trace.stdin = template.stdin && new CapturedStream(log.captureBytes);
  trace.stderr = template.stderr && new CapturedStream(log.captureBytes);
  if (kind === "script, stderr") trace.stderr = streamOf(slab.copy(warnings, warnings.length));
  const out = bytesOf(template.stdout, slab);
  if (out) trace.stdout = streamOf(out, kind === "script, two writes");
  if (response) {
    const body = bytesOf(response.body, slab);
    trace.response = {
      ...response,
      headers: response.headers.map(([name, value]) => [name, copy(value)]),
      added: response.added.map(([name, why]) => [name, why]),
      changed: [...response.changed],
      dropped: [...response.dropped],
      interim: [],
      body: streamOf(out && body ? out.subarray(out.length - body.length) : body),
    };
  }
  trace.process = process && { ...process, userMs: made / 7 };
  Object.assign(
    trace.timing,
    Object.fromEntries(Object.entries(timing).map(([name, ms]) => [name, ms && ms + 1 / made])),
  );
  trace.notes = { ...notes };
  trace.examined = true;
  log.end(trace);
}

/** As from a socket: new bytes in memory. */
const copy = (text: ByteString): ByteString => latin1(Buffer.from(text, "latin1").toString("latin1"));

function bytesOf(stream: CapturedStream | null, slab: Slab): Uint8Array | null {
  return stream && slab.copy(stream.read(0, stream.captured), stream.captured);
}

function streamOf(bytes: Uint8Array | null, inTwo = false): CapturedStream {
  if (!inTwo || !bytes) return CapturedStream.of(bytes, 1.5);
  const stream = CapturedStream.of(bytes.subarray(0, 5), 1.5);
  stream.add(bytes.subarray(5), 2.5);
  return stream;
}
