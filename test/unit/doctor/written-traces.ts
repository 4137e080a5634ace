// Finished traces of scripts that wrote this or that, without running any; and bodies of
// any length that are hard to look through.

import { byteString, toBytes, utf8 } from "../../../server/protocol/byte-string.js";
import { defaultPolicy } from "../../../server/protocol/policy.js";
import { ScriptHeadParser } from "../../../server/protocol/script-head.js";
import { interpretScriptHead } from "../../../server/protocol/script-response.js";
import { CapturedStream } from "../../../server/trace/captured-stream.js";
import { TraceLog } from "../../../server/trace/trace-log.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import { explain } from "../../support/explain.js";

const log = new TraceLog({
  budgetBytes: 1 << 20,
  captureBytes: 2 << 20,
  examine: () => {},
  displayPath: () => null,
  onChange: () => {},
});

export interface Wrote {
  readonly stdout: Uint8Array;
  readonly stderr?: Uint8Array;
  readonly exitCode?: number;
  readonly signal?: string;
}

/** A finished trace of a script that wrote this, as the gateway makes it. */
export function traceOf({ stdout, stderr = new Uint8Array(0), exitCode = 0, signal }: Wrote): TraceRecord {
  const head = {
    head: byteString("GET /x.py HTTP/1.1\r\n\r\n"),
    method: byteString("GET"),
    target: byteString("/x.py"),
    httpVersion: "1.1",
    headers: [],
  };
  const trace = log.begin({
    t0Ms: 0,
    client: { address: "", port: 0, from: "cli" },
    connection: { id: 1, nth: 1 },
    parent: null,
    request: head,
  });
  trace.route = { ...trace.route, kind: "script", file: byteString("/nowhere/x.py") };
  trace.env = [{ name: byteString("PATH"), value: byteString("/usr/bin:/bin"), source: "inherited" }];
  trace.argv = [byteString("/nowhere/x.py")];
  trace.stdin = new CapturedStream(2 << 20);
  trace.stdout = new CapturedStream(2 << 20);
  trace.stderr = new CapturedStream(2 << 20);
  trace.stdout.add(stdout, 1);
  trace.stderr.add(stderr, 1);
  const parser = new ScriptHeadParser();
  const parsed = parser.push(stdout) ?? parser.end();
  const { kind, status, reason, headers, stoppedAt, reasons } = interpretScriptHead(parsed, defaultPolicy);
  trace.script = { kind, status, reason, headers, spans: parsed.spans, stoppedAt, reasons };
  trace.process = {
    pid: 1,
    start: "native",
    exitCode: signal === undefined ? exitCode : null,
    signal: signal ?? null,
    errno: null,
    userMs: null,
    systemMs: null,
    maxRssKb: null,
  };
  trace.outcome = exitCode !== 0 || signal !== undefined ? "crashed" : kind === "invalid" ? "invalid-output" : "ok";
  trace.cause = reasons[0] ?? null;
  log.end(trace);
  return trace;
}

/**
 * That of a script that failed: by default with nothing on stdout, and by itself. `file` null: of an application at an
 * address, of whose process nothing is known.
 */
export function failed(stderr: string, file: string | null = "/w/app.py", wrote: Partial<Wrote> = {}): TraceRecord {
  const trace = traceOf({ stdout: latin1(""), stderr: latin1(utf8(stderr)), exitCode: 1, ...wrote });
  if (file === null) {
    trace.route = { ...trace.route, mode: "fastcgi-external", file };
    return Object.assign(trace, { argv: null, process: null, outcome: "invalid-output" });
  }
  trace.route.file = utf8(file);
  trace.argv = [trace.route.file];
  return trace;
}

/** A response of this status arrived, which the program itself wrote. */
export function withStatus(trace: TraceRecord, status: number): TraceRecord {
  const none = { added: [], changed: [], dropped: [], interim: [] };
  const body = new CapturedStream(0);
  trace.response = { status, reason: byteString("x"), headers: [], framing: "length", ...none, body };
  return trace;
}

/** The rules of its findings. */
export function rulesOf(trace: TraceRecord): string[] {
  explain(trace);
  return trace.findings.map(({ rule }) => rule);
}

export const latin1 = (text: string): Uint8Array => toBytes(byteString(text));

const repeated =
  (text: string) =>
  (bytes: number): Uint8Array => {
    const unit = toBytes(utf8(text));
    return Uint8Array.from({ length: bytes }, (_, at) => unit[at % unit.length] ?? 0);
  };
const page = latin1("Content-Type: text/html; charset=utf-8\n\n");
const after = (body: Uint8Array): Uint8Array => new Uint8Array(Buffer.concat([page, body]));
const random = (bytes: number): Uint8Array =>
  Uint8Array.from({ length: bytes }, (_, i) => (i * 7919 + (i >> 7) * 104_729) & 0xff);

/** What a script may write about so many bytes of. */
export const bodies: readonly (readonly [name: string, wrote: (bytes: number) => Wrote])[] = [
  ["a page of UTF-8", (bytes) => ({ stdout: after(repeated("Grüße an Jürgen, ")(bytes)) })],
  ["a page of ASCII", (bytes) => ({ stdout: after(repeated("<p>hello, world</p>\n")(bytes)) })],
  ["UTF-8 encoded twice", (bytes) => ({ stdout: after(repeated("GrÃ¼ÃŸe ")(bytes)) })],
  [
    "Latin-1 that says it is UTF-8",
    (bytes) => ({ stdout: after(latin1("Gr\xfc\xdfe an J\xfcrgen, ".repeat(bytes / 20))) }),
  ],
  ["bytes of no kind", (bytes) => ({ stdout: after(random(bytes)) })],
  ["no header at all", (bytes) => ({ stdout: repeated("hello\n")(bytes) })],
  ["a log of statuses", (bytes) => ({ stdout: repeated("app: Status: 200 ok\n")(bytes) })],
  ["statuses in one line", (bytes) => ({ stdout: repeated("{id:1,Status: 200},")(bytes) })],
  ["headers that never end", (bytes) => ({ stdout: repeated("a Content-Type: text/x\nb: c\n")(bytes) })],
  ["one line without end", (bytes) => ({ stdout: repeated("x")(bytes) })],
  ["spaces alone", (bytes) => ({ stdout: repeated(" ")(bytes), stderr: repeated(" ")(bytes), exitCode: 1 })],
  ["complaints", (bytes) => ({ stdout: page, stderr: repeated("x at y line 3\n")(bytes), exitCode: 1 })],
  [
    "a PHP error that names no place",
    (bytes) => ({ stdout: page, stderr: repeated("PHP Fatal error:  x in ")(bytes), exitCode: 255 }),
  ],
  ["one complaint without end", (bytes) => ({ stdout: page, stderr: repeated("a: b: ")(bytes), exitCode: 1 })],
  [
    "nothing but line ends",
    (bytes) => ({ stdout: repeated("\r\n")(bytes), stderr: repeated("\n")(bytes), exitCode: 1 }),
  ],
];
