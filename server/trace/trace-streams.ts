// A trace's streams by their public names, and what a kept trace costs.
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

/** Measured: what a short request of a script leaves in the heap. */
const recordBytes = 5800;
const chunkBytes = 40;
const fastcgiRecordBytes = 80;

/**
 * About what the trace keeps in memory. stdin shares its bytes with the request body, a script's response body with stdout; what went
 * to and came from a FastCGI application shares them with all of those, but for the records' frames and the variables.
 */
export function traceCostBytes(trace: TraceRecord): number {
  let cost = recordBytes + 2 * trace.request.head.length; // the head, and what became variables of it
  const { fastcgi } = trace;
  const streams = [trace.request.body, trace.stdin, trace.stdout, trace.stderr, trace.response?.body ?? null, fastcgi?.sent ?? null, fastcgi?.received ?? null];
  for (const stream of streams) cost += (stream?.chunkCount ?? 0) * chunkBytes;
  for (const owner of [trace.request.body, trace.stdout ?? trace.response?.body, trace.stderr]) cost += owner?.captured ?? 0;
  if (fastcgi) cost += fastcgi.recordCount * fastcgiRecordBytes + framesOf(fastcgi.sent, trace.stdin) + framesOf(fastcgi.received, trace.stdout);
  return cost;
}

const framesOf = (whole: CapturedStream, inside: CapturedStream | null): number => Math.max(0, whole.captured - (inside?.captured ?? 0));
