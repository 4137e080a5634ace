// A trace as a message to the worker: plain data, and its streams copied once into
// buffers that are transferred, not copied again.
import { toDisplayText } from "../../base/decode-text.js";
import type { Message } from "../../contract/message.js";
import type { Finding, StreamInfo } from "../../contract/trace.js";
import type { KeptRecord } from "../../trace/fastcgi-recorder.js";
import type { Bytes, FactsWithFile, TraceFacts } from "../base/facts.js";
import { readScriptFile, type ScriptFile } from "../base/script-file.js";
import type { Site } from "../base/site.js";
import { hasClientData } from "../evidence/client-data.js";
import { mayBeCut } from "../evidence/node-exit.js";
import { startedFile } from "../evidence/process.js";
import { unreadForm } from "../evidence/unread-form.js";
import { examineDeferred, isFailure, type RulesOff } from "./examine.js";

/** How much of a stream the rules examine: its beginning, or, for stderr and the received records, its end. */
const examinedBytes = 1 << 20;

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
  readonly fastcgiNotes: readonly Message[];
};
export interface TraceCopy {
  readonly facts: PlainFacts;
  readonly streams: Readonly<
    Record<"requestBody" | "responseBody" | "stdin" | "stdout" | "stderr" | "received", CopiedStream | null>
  >;
  readonly inline: readonly Finding[];
  readonly off: RulesOff;
  readonly site: Site | null;
}

/** `inline`: the findings of the inline rules. */
export function copyTrace(
  trace: TraceFacts,
  inline: readonly Finding[],
  off: RulesOff,
  site: Site | null = null,
): TraceCopy {
  const {
    outcome,
    cause,
    client,
    parent,
    route,
    argv,
    cwd,
    env,
    notExported,
    held,
    script,
    process,
    timing,
    notes,
    request,
    response,
  } = trace;
  const { body: requestBody, ...requestHead } = request;
  const { body: responseBody, ...responseHead } = response ?? { body: null };
  // Rules need the records of failed exchanges only.
  const fastcgi = outcome === "upstream-error" || outcome === "timeout" ? trace.fastcgi : null;
  return {
    facts: {
      ...{ outcome, cause, client, parent, route, argv, cwd, env, notExported, held, script, process, timing, notes },
      request: requestHead,
      response: "status" in responseHead ? responseHead : null,
      records: fastcgi?.records ?? null,
      fastcgiNotes: fastcgi?.notes ?? [],
    },
    streams: {
      requestBody: copyStream(requestBody),
      // A script's response body is part of its stdout, so it is not copied twice.
      responseBody: responseBody && { info: infoOf(responseBody), from: 0, data: new Uint8Array(0) },
      stdin: trace.stdin && { info: infoOf(trace.stdin), from: 0, data: new Uint8Array(0) },
      stdout: trace.stdout && copyStream(trace.stdout),
      stderr: trace.stderr && copyStream(trace.stderr, Math.max(0, trace.stderr.captured - examinedBytes)),
      received: fastcgi && copyStream(fastcgi.received, Math.max(0, fastcgi.received.captured - examinedBytes)),
    },
    inline,
    off,
    site,
  };
}

/** The buffers to transfer with the message. */
export const transferableBuffers = ({ streams }: TraceCopy): ArrayBuffer[] =>
  Object.values(streams).flatMap((stream) => (stream ? [stream.data.buffer] : []));

/** Runs the deferred rules on a copy. */
export function examineCopy({ facts, streams, inline, off, site }: TraceCopy): Finding[] {
  const { request, response, records, fastcgiNotes, ...rest } = facts;
  const received = bytesOf(streams.received);
  const copied: TraceFacts = {
    ...rest,
    request: { ...request, body: bytesOf(streams.requestBody) ?? noBytes },
    response: response && { ...response, body: bytesOf(streams.responseBody) ?? noBytes },
    stdin: bytesOf(streams.stdin),
    stdout: bytesOf(streams.stdout),
    stderr: bytesOf(streams.stderr),
    fastcgi: records && received && { records, received, notes: fastcgiNotes },
  };
  return examineDeferred(withScriptFile(copied, site), inline, off);
}

/** Adds the script's file, if the request failed, has data of the client, or has a form that the script left unread. */
export const withScriptFile = (facts: TraceFacts, site: Site | null = null): FactsWithFile => ({
  ...facts,
  site,
  file:
    facts.route.kind === "script" &&
    (isFailure(facts) ||
      (facts.stderr?.bytes ?? 0) > 0 ||
      hasClientData(facts) ||
      mayBeCut(facts) ||
      unreadForm(facts) !== null)
      ? scriptFile(facts)
      : null,
});

/**
 * The script's file. An earlier version is read from the copy that was started, and has the script's own path; null
 * once the copy is removed.
 */
function scriptFile(facts: TraceFacts): ScriptFile | null {
  const { file } = facts.route;
  const started = startedFile(facts);
  if (file === null || started === null) return null;
  const read = readScriptFile(started, facts.env?.find(({ name }) => name === "PATH")?.value ?? "");
  if (started === file) return read;
  return read.exists ? { ...read, path: toDisplayText(file) } : null;
}

const noBytes: Bytes = { bytes: 0, captured: 0, chunks: [], read: () => new Uint8Array(0) };
const infoOf = ({ bytes, captured, chunks }: Bytes): StreamInfo => ({ bytes, captured, chunks });
const copyStream = (stream: Bytes, from = 0): CopiedStream => ({
  info: infoOf(stream),
  from,
  data: new Uint8Array(stream.read(from, examinedBytes)),
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
