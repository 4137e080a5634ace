// A trace's streams by their public names.
import type { StreamName } from "../contract/trace.js";
import type { CapturedStream } from "./captured-stream.js";
import type { TraceRecord } from "./trace-record.js";

export const streamIn: Readonly<Record<StreamName, (trace: TraceRecord) => CapturedStream | null>> = {
  "request-body": ({ request }) => request.body,
  stdin: ({ stdin }) => stdin,
  stdout: ({ stdout }) => stdout,
  stderr: ({ stderr }) => stderr,
  "response-body": ({ response }) => response?.body ?? null,
  "fastcgi-sent": ({ fastcgi }) => fastcgi?.sent ?? null,
  "fastcgi-received": ({ fastcgi }) => fastcgi?.received ?? null,
};

/** Bytes of all streams. Those that were read from a file share none. */
export const allBytes = (trace: TraceRecord): number =>
  Object.values(streamIn).reduce((sum, streamOf) => sum + (streamOf(trace)?.captured ?? 0), 0);

/** The request is over: what its streams keep is part of what its trace costs. */
export function settleStreams({ request, stdin, stdout, stderr, response }: TraceRecord): void {
  for (const stream of [request.body, stdin, stdout, stderr, response?.body]) stream?.settle();
}
