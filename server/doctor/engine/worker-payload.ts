// A trace on its way to the worker: plain data, its streams copied into buffers of their own, which are handed over and not copied again.
import type { Finding, StreamInfo } from "../../contract/trace.js";
import type { KeptRecord } from "../../trace/fastcgi-recorder.js";
import { readScriptFile } from "../evidence/read-script-file.js";
import { examineDeferred, isFailure, type RulesOff } from "./examine.js";
import type { Bytes, Subject, TraceFacts } from "./subject.js";

/** How much of a stream is looked at: its beginning; of stderr, where the last words count, the end. */
const lookedAtBytes = 1 << 20;

interface CopiedStream {
  readonly info: StreamInfo;
  /** Offset in the stream of the first byte of `data`. */
  readonly from: number;
  readonly data: Uint8Array<ArrayBuffer>;
}
type PlainFacts = Omit<TraceFacts, "request" | "response" | "stdin" | "stdout" | "stderr" | "fastcgi"> & {
  readonly request: Omit<TraceFacts["request"], "body">;
  readonly response: Omit<NonNullable<TraceFacts["response"]>, "body"> | null;
  readonly records: readonly KeptRecord[] | null;
  readonly fastcgiNotes: readonly string[];
};
export interface Copied {
  readonly facts: PlainFacts;
  readonly streams: Readonly<
    Record<"requestBody" | "responseBody" | "stdin" | "stdout" | "stderr" | "received", CopiedStream | null>
  >;
  readonly atOnce: readonly Finding[];
  readonly off: RulesOff;
}

export function copyOf(trace: TraceFacts, atOnce: readonly Finding[], off: RulesOff): Copied {
  const {
    outcome,
    detail,
    parent,
    route,
    argv,
    cwd,
    env,
    notExported,
    script,
    process,
    timing,
    notes,
    request,
    response,
  } = trace;
  const { body: requestBody, ...requestHead } = request;
  const { body: responseBody, ...responseHead } = response ?? { body: null };
  const fastcgi = outcome === "upstream-error" || outcome === "timeout" ? trace.fastcgi : null; // where a conversation went well nobody asks for its records
  return {
    facts: {
      ...{ outcome, detail, parent, route, argv, cwd, env, notExported, script, process, timing, notes },
      request: requestHead,
      response: "status" in responseHead ? responseHead : null,
      records: fastcgi?.records ?? null,
      fastcgiNotes: fastcgi?.notes ?? [],
    },
    streams: {
      requestBody: copyStream(requestBody),
      // A script's response body is a part of its stdout: not a second time.
      responseBody: responseBody && { info: infoOf(responseBody), from: 0, data: new Uint8Array(0) },
      stdin: trace.stdin && { info: infoOf(trace.stdin), from: 0, data: new Uint8Array(0) },
      stdout: trace.stdout && copyStream(trace.stdout),
      stderr: trace.stderr && copyStream(trace.stderr, Math.max(0, trace.stderr.captured - lookedAtBytes)),
      received: fastcgi && copyStream(fastcgi.received, Math.max(0, fastcgi.received.captured - lookedAtBytes)),
    },
    atOnce,
    off,
  };
}

/** What may be handed over with the message. */
export const buffersOf = ({ streams }: Copied): ArrayBuffer[] =>
  Object.values(streams).flatMap((stream) => (stream ? [stream.data.buffer] : []));

/** All that the other rules find. */
export function examineCopy({ facts, streams, atOnce, off }: Copied): Finding[] {
  const { request, response, records, fastcgiNotes, ...rest } = facts;
  const received = bytesOf(streams.received);
  const subject: TraceFacts = {
    ...rest,
    request: { ...request, body: bytesOf(streams.requestBody) ?? noBytes },
    response: response && { ...response, body: bytesOf(streams.responseBody) ?? noBytes },
    stdin: bytesOf(streams.stdin),
    stdout: bytesOf(streams.stdout),
    stderr: bytesOf(streams.stderr),
    fastcgi: records && received && { records, received, notes: fastcgiNotes },
  };
  return examineDeferred(withFile(subject), atOnce, off);
}

/** With what is known of the script's file, when the request failed. */
export function withFile(facts: TraceFacts): Subject {
  const { file } = facts.route;
  const path = facts.env?.find(({ name }) => name === "PATH")?.value ?? "";
  return {
    ...facts,
    file: file !== null && facts.route.kind === "script" && isFailure(facts) ? readScriptFile(file, path) : null,
  };
}

const noBytes: Bytes = { bytes: 0, captured: 0, chunks: [], read: () => new Uint8Array(0) };
const infoOf = ({ bytes, captured, chunks }: Bytes): StreamInfo => ({ bytes, captured, chunks });
const copyStream = (stream: Bytes, from = 0): CopiedStream => ({
  info: infoOf(stream),
  from,
  data: new Uint8Array(stream.read(from, lookedAtBytes)),
});

function bytesOf(stream: CopiedStream | null): Bytes | null {
  if (stream === null) return null;
  const { info, from, data } = stream;
  return {
    ...info,
    captured: from + data.length,
    read: (at, length) =>
      data.subarray(
        Math.max(0, Math.min(at - from, data.length)),
        Math.max(0, Math.min(at + length - from, data.length)),
      ),
  };
}
