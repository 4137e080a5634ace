// A trace's streams by their public names, and what a whole record costs to keep.
import type { StreamName } from "../contract/trace.js";
import type { CapturedStream } from "./captured-stream.js";
import type { TraceRecord } from "./trace-record.js";

export function streamOf(trace: TraceRecord, name: StreamName): CapturedStream | null {
  switch (name) {
    case "request-body":
      return trace.request.body;
    case "stdin":
      return trace.stdin;
    case "stdout":
      return trace.stdout;
    case "stderr":
      return trace.stderr;
    case "response-body":
      return trace.response?.body ?? null;
    case "fastcgi-sent":
      return trace.fastcgi?.sent ?? null;
    case "fastcgi-received":
      return trace.fastcgi?.received ?? null;
  }
}

/** The request is over: what its streams keep is part of what its trace costs. */
export function settleStreams({ request, stdin, stdout, stderr, response }: TraceRecord): void {
  for (const stream of [request.body, stdin, stdout, stderr, response?.body]) stream?.settle();
}

/**
 * Measured by test/bench/trace-memory.mjs, checked by test/unit/trace/trace-memory.test.ts:
 * a whole record beside its streams' bytes.
 */
const recordBytes = 4800;
const chunkBytes = 40;
const fastcgiRecordBytes = 80;

/**
 * About what the whole record takes in memory, bytes. stdin usually shares its bytes with the request body, and a
 * script's response body with stdout. A FastCGI conversation shares them with all of those, except for the frames of
 * its records and the variables. A body that was read back from a file shares none, nor does a trace from a file.
 */
export function traceCostBytes({ request, stdin, stdout, stderr, response, fastcgi }: TraceRecord): number {
  const body = response?.body ?? null;
  let cost = recordBytes + 2 * request.head.length; // the head, and the variables that were made from it
  cost +=
    chunkBytes * (request.body.chunkCount + chunksOf(stdin) + chunksOf(stdout) + chunksOf(stderr) + chunksOf(body));
  for (const stream of [request.body, stdin, stdout, stderr, body]) cost += ownBytes(stream);
  if (!fastcgi) return cost;
  const { sent, received, recordCount } = fastcgi;
  return (
    cost +
    chunkBytes * (chunksOf(sent) + chunksOf(received)) +
    recordCount * fastcgiRecordBytes +
    framesOf(sent, stdin) +
    framesOf(received, stdout)
  );
}

const chunksOf = (stream: CapturedStream | null): number => stream?.chunkCount ?? 0;
const ownBytes = (stream: CapturedStream | null): number =>
  stream === null || stream.sharesBytes ? 0 : stream.captured;
const framesOf = (whole: CapturedStream, inside: CapturedStream | null): number =>
  whole.sharesBytes ? Math.max(0, whole.captured - (inside?.captured ?? 0)) : whole.captured;
