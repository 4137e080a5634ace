// A store of traces without its thread: what goes into the ring is written when a test says so.

import type { ByteString } from "../../server/contract/bytes-text.js";
import { wordsOf } from "../../server/contract/message.js";
import type { ProblemMessage } from "../../server/contract/problem.js";
import { patterns } from "../../server/formats/query/query-pattern.js";
import { parseTraceQuery } from "../../server/formats/query/trace-query.js";
import { utf8 } from "../../server/protocol/byte-string.js";
import { encodeRecord } from "../../server/protocol/fastcgi/encode-record.js";
import { headerBytes, protocolStatus, recordType } from "../../server/protocol/fastcgi/record-types.js";
import { headersOf } from "../../server/protocol/http1/head-grammar.js";
import { defaultPolicy } from "../../server/protocol/policy.js";
import { newRing } from "../../server/store/shared-ring.js";
import { noMemory } from "../../server/store/store-answers.js";
import { StoreReader } from "../../server/store/store-reader.js";
import type { Found } from "../../server/store/store-search.js";
import { StoreWriter, type StoreWriterOptions } from "../../server/store/store-writer.js";
import { RingSink } from "../../server/store/trace-store.js";
import { CapturedStream } from "../../server/trace/captured-stream.js";
import { type EncodedTrace, TraceEncoder } from "../../server/trace/codec/encode-trace.js";
import { FastcgiRecorder } from "../../server/trace/fastcgi-recorder.js";
import { readAgain } from "../../server/trace/recorded-script.js";
import { newTrace, type TraceRecord } from "../../server/trace/trace-record.js";

const unbounded = { maxBytes: Number.MAX_SAFE_INTEGER, maxGoneMs: Number.MAX_SAFE_INTEGER };

export class StoredTraces implements Disposable {
  readonly path: string;
  readonly sink: RingSink;
  readonly writer: StoreWriter;
  readonly messages: ProblemMessage[] = [];
  readonly #encoder = new TraceEncoder();

  constructor(path: string, options: Partial<StoreWriterOptions> = {}) {
    const ring = options.ring ?? newRing();
    this.path = path;
    this.sink = new RingSink(ring);
    this.writer = new StoreWriter(
      { path, ring, maxBytes: 1 << 30, maxAgeMs: 1e12, all: unbounded, ...options },
      (message) => this.messages.push(message),
    );
  }

  get codes(): string[] {
    return this.messages.map(({ code }) => code);
  }

  /** Passes a trace on as the trace log does. */
  end(trace: TraceRecord): void {
    this.sink.ended(trace, this.#encoder.encode(trace));
  }

  /** Each in a batch of its own. */
  store(...traces: readonly TraceRecord[]): void {
    for (const trace of traces) {
      this.end(trace);
      this.writer.drain();
    }
  }

  find(query: string, limit = 1000): Found {
    return this.read((reader) => find(reader, query, limit));
  }

  read<T>(use: (reader: StoreReader) => T): T {
    const reader = new StoreReader(this.path);
    try {
      return use(reader);
    } finally {
      reader.close();
    }
  }

  [Symbol.dispose](): void {
    this.writer.close();
  }
}

export function find(reader: StoreReader, query: string, limit = 1000): Found {
  const parsed = parseTraceQuery(query, patterns, Date.now());
  if ("mistake" in parsed) throw new Error(wordsOf(parsed.mistake.why.text));
  return reader.find(parsed.query, limit);
}

/** The list of all that match, pinned ones first, step by step. A step has all that was found until then. */
export function* listed(reader: StoreReader, query: string, first = 0, count = 1000) {
  const parsed = parseTraceQuery(query, patterns, Date.now());
  if ("mistake" in parsed) throw new Error(wordsOf(parsed.mistake.why.text));
  const range = { order: null, first, count, around: null, cleared: null, memory: noMemory };
  for (const step of reader.list(parsed.query, range))
    if (step) yield { ...step, found: step.found.flatMap((one) => (typeof one === "number" ? [] : one)) };
}

/** Encoded by itself: it shares nothing with other traces. */
export const encoded = (trace: TraceRecord): EncodedTrace => new TraceEncoder().encode(trace);

/** What work in portions returns. */
export function resultOf<T>(portions: Generator<void, T>): T {
  for (;;) {
    const next = portions.next();
    if (next.done) return next.value;
  }
}

export interface TraceFactsOfTest {
  readonly seq: number;
  readonly target?: string;
  readonly method?: string;
  readonly status?: number | null;
  readonly header?: readonly [string, string];
  readonly variable?: readonly [string, string];
  readonly body?: Uint8Array;
  readonly stdout?: Uint8Array;
  readonly stderr?: Uint8Array;
  readonly tookMs?: number;
  readonly startedAt?: number;
  /** Of the connection: requests on one share what they have in common. */
  readonly connection?: number;
}

const at = 1_700_000_000_000;

/** A trace of a script, as it ends. */
export function traceOf(facts: TraceFactsOfTest): TraceRecord {
  const { seq, target = "/cgi-bin/a.py", method = "GET", status = 200, tookMs = 5, connection = 1 } = facts;
  const [name, value] = facts.header ?? ["Accept", "*/*"];
  const [variable, text] = facts.variable ?? ["SERVER_NAME", "localhost"];
  const stdout = facts.stdout ?? Buffer.from("Content-Type: text/plain\n\nhello\n");
  const bodyAt = Buffer.from(stdout).indexOf("\n\n") + 2;
  const startedAt = facts.startedAt ?? at + seq;
  const length = facts.body ? `Content-Length: ${facts.body.length}\r\n` : "";
  const head: ByteString = utf8(`${method} ${target} HTTP/1.1\r\n${name}: ${value}\r\n${length}\r\n`);
  const trace = newTrace(
    {
      t0Ms: 0,
      client: { address: "127.0.0.1", port: 4000 + connection, from: "other" },
      connection: { id: connection, nth: 1 },
      parent: null,
      request: {
        head,
        method: utf8(method),
        target: utf8(target),
        httpVersion: "1.1",
        headers: headersOf(head),
      },
    },
    {
      id: `${Math.floor(startedAt).toString(36).padStart(9, "0")}abcdef-${seq}`,
      seq,
      startedAt,
      body: CapturedStream.of(facts.body ?? null, 0.5),
    },
  );
  trace.outcome = "ok";
  trace.route = { ...trace.route, kind: "script", file: utf8("/srv/cgi-bin/a.py"), mode: "cgi" };
  trace.argv = [utf8("/srv/cgi-bin/a.py")];
  trace.env = [{ name: utf8(variable), value: utf8(text), source: "server" }];
  trace.notes.policy = defaultPolicy;
  trace.stdin = CapturedStream.of(facts.body ?? null, 0.5);
  trace.stdout = CapturedStream.of(stdout, 3);
  trace.script = readAgain(stdout, defaultPolicy);
  trace.stderr = CapturedStream.of(facts.stderr ?? null, 2);
  trace.timing.doneAt = tookMs;
  if (status !== null)
    trace.response = {
      ...{ status, reason: utf8("OK"), headers: [[utf8("X-Answer"), utf8("yes")]], framing: "length" },
      ...{ added: [], changed: [], dropped: [], interim: [] },
      body: CapturedStream.of(stdout.subarray(bodyAt), 4),
    };
  return trace;
}

/** The same trace, of a FastCGI application that sent its response in records of so many bytes. */
export function inRecords(trace: TraceRecord, contentBytes: number): TraceRecord {
  const { stdout, response } = trace;
  if (!stdout || !response) throw new Error("the trace has no response");
  const bytes = stdout.read(0, stdout.captured);
  const bodyAt = stdout.captured - response.body.captured;
  const contents: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += contentBytes) contents.push(bytes.subarray(at, at + contentBytes));
  const received = new Uint8Array(
    Buffer.concat(contents.map((content) => encodeRecord(recordType.stdout, 1, content, 0))),
  );
  trace.fastcgi = new FastcgiRecorder(0, Number.MAX_SAFE_INTEGER);
  Object.assign(trace.fastcgi, {
    ...{ worker: "tcp:127.0.0.1:9000", attempts: 1 },
    ...{ appStatus: 0, protocolStatus: protocolStatus.requestComplete },
  });
  trace.fastcgi.received.add(received, 3);
  trace.stdout = CapturedStream.of(null, 0);
  const body = CapturedStream.of(null, 0);
  trace.response = { ...response, body };
  let [at, passed] = [0, 0];
  for (const { length } of contents) {
    const content = received.subarray(at + headerBytes, at + headerBytes + length);
    trace.stdout.add(content, 3);
    body.add(content.subarray(Math.max(0, bodyAt - passed)), 4);
    passed += length;
    at += headerBytes + length;
  }
  return trace;
}
