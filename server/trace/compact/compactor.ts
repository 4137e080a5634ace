// A kept trace in as little memory as it can be made from again: one object instead of a hundred. What can be computed
// is computed again when the trace is read, by the functions that computed it first: header fields from the head, the
// script's response and its spans from stdout, FastCGI records from the bytes. (V8's collector copies a young object
// twice before it is old. Whole records would make that copying the largest part of what tracing costs.)
import { timingNames } from "../../contract/trace-values.js";
import type { CapturedStream } from "../captured-stream.js";
import type { TraceRecord } from "../trace-record.js";
import { type CompactTrace, conversationIntegers, conversationTimes, keptStreams, place, streamIn } from "./fields.js";
import { longestMs, NumberPages } from "./number-pages.js";
import { SharedContexts } from "./shared-contexts.js";

/**
 * Measured by test/bench/trace-memory.mjs, checked by test/unit/trace/trace-memory.test.ts: what a
 * compact trace takes beside its streams' bytes.
 */
const compactBytes = 290;
/** Of the same: how a script's process ended. */
const processBytes = 110;
/**
 * Of the same: what a context takes that no other trace shares, beside two times the request's head
 * (itself, and what became variables of it).
 */
const contextBytes = 500;
/** Of the same: a stream whose bytes do not lie within the response's. */
const ownStreamBytes = 110;

// One empty list for all traces that have nothing to list.
const noBytes: readonly Uint8Array[] = [];
const noFindings: TraceRecord["findings"] = [];

/** Makes traces compact, for one trace log. It remembers what traces share. */
export class TraceCompactor {
  readonly #pages = new NumberPages();
  readonly #contexts = new SharedContexts();

  /** Null: the trace holds something that only the whole record can hold. The trace has ended. */
  compact(trace: TraceRecord): CompactTrace | null {
    if (!canBeCompact(trace)) return null;
    const { seq, process, fastcgi, findings, examined, pinned, rev } = trace;
    const { context, isNew } = this.#contexts.of(trace);
    const main = (fastcgi?.received ?? trace.stdout ?? trace.response?.body)?.firstBytes;
    const memory = main?.buffer ?? null;
    const begin = main?.byteOffset ?? 0;
    const end = begin + (main?.length ?? 0);
    const pages = this.#pages;
    pages.begin();
    pages.double(trace.t0Ms);
    pages.double(trace.startedAt);
    pages.integer(trace.connection.nth);
    for (const name of timingNames) pages.time(trace.timing[name]);
    if (fastcgi) {
      pages.integer(fastcgi.reused ? 1 : 0);
      for (const name of conversationIntegers) pages.integer(fastcgi[name]);
      for (const name of conversationTimes) pages.time(fastcgi[name]);
    }
    let own: Uint8Array[] | null = null;
    for (const name of keptStreams) {
      const stream = streamIn[name](trace);
      const bytes = stream?.firstBytes;
      if (!bytes) {
        pages.integer(stream ? place.empty : place.noStream);
        continue;
      }
      const isShared = stream === fastcgi?.sent && bytes === context.sent;
      // `buffer` is asked for once: it is a call into V8's runtime. Beside the response other traces' bytes may lie,
      // which must not come into this one's record.
      const isInMemory =
        !isShared && bytes.buffer === memory && bytes.byteOffset >= begin && bytes.byteOffset + bytes.length <= end;
      pages.integer(isShared ? place.context : isInMemory ? place.memory : place.own);
      pages.time(stream.firstAt);
      if (isShared) continue;
      if (isInMemory) {
        pages.integer(bytes.byteOffset);
        pages.integer(bytes.length);
      } else if (own) own.push(bytes);
      else own = [bytes];
    }
    const { numbers, from } = pages.end();
    return {
      isCompact: true,
      numbers,
      from,
      seq,
      context,
      memory,
      own: own ?? noBytes,
      worker: fastcgi?.worker ?? null,
      process,
      findings: findings.length === 0 ? noFindings : findings,
      examined,
      pinned,
      rev,
      cost: costOf(trace, own ?? noBytes) + (isNew ? contextBytes + 2 * trace.request.head.length : 0),
    };
  }

  /** Forgets what traces share. */
  clear(): void {
    this.#contexts.clear();
  }
}

function costOf(trace: TraceRecord, own: readonly Uint8Array[]): number {
  const { request, stdout, stderr, response, process, fastcgi } = trace;
  const answer = fastcgi?.received ?? stdout ?? response?.body;
  const isOwn = stderr?.firstBytes && own.includes(stderr.firstBytes); // else it lies in FastCGI records
  const bytes = request.body.captured + (answer?.captured ?? 0) + (isOwn ? stderr.captured : 0);
  return compactBytes + bytes + own.length * ownStreamBytes + (process ? processBytes : 0);
}

/** Its streams passed in one piece each and were kept whole, and what is not kept can be computed from what is. */
function canBeCompact({ request, script, stdin, stdout, stderr, response, timing, fastcgi, notes }: TraceRecord) {
  return (
    (timing.doneAt ?? 0) < longestMs &&
    request.head !== "" &&
    request.headers.length > 0 &&
    response !== null &&
    script?.kind !== "nph" &&
    (script === null ? notes.policy === null : notes.policy !== null && stdout !== null && stdout.bytes > 0) &&
    isSimple(request.body) &&
    isSimple(stdin) &&
    isSimple(stdout) &&
    isSimple(stderr) &&
    isSimple(response.body) &&
    (fastcgi === null || fastcgi.isSimple)
  );
}

const isSimple = (stream: CapturedStream | null): boolean => stream === null || stream.isSimple;
