// The deferred rules on a trace that comes as bytes, from another thread.
import type { Finding } from "../../contract/trace.js";
import { decodeStored } from "../../trace/codec/decode-trace.js";
import type { HandedOver } from "../../trace/codec/encode-trace.js";
import type { Bytes } from "../base/facts.js";
import type { Site } from "../base/site.js";
import { examineDeferred, type RulesOff } from "./examine.js";
import { withScriptFile } from "./script-of.js";

/** How much of a stream the rules examine: its beginning, or, for stderr and the received records, its end. */
const examinedBytes = 1 << 20;

/** `trace` comes with the findings of the inline rules. */
export interface HandedTrace {
  readonly trace: HandedOver;
  readonly off: RulesOff;
  readonly site: Site | null;
}

export function examineStored({ trace, off, site }: HandedTrace): Finding[] {
  const decoded = decodeStored(trace);
  const { request, response, stdin, stdout, stderr, fastcgi } = decoded;
  const facts = {
    ...decoded,
    request: { ...request, body: part(request.body, 0) },
    response: response && { ...response, body: part(response.body, 0) },
    stdin: stdin && part(stdin, 0),
    stdout: stdout && part(stdout, 0),
    stderr: stderr && part(stderr, stderr.captured - examinedBytes),
    fastcgi: fastcgi && {
      records: fastcgi.records,
      notes: fastcgi.notes,
      received: part(fastcgi.received, fastcgi.received.captured - examinedBytes),
    },
  };
  return examineDeferred(withScriptFile(facts, site), decoded.findings, off);
}

/** The part of a stream that is examined begins there. */
function part(stream: Bytes, from: number): Bytes {
  const first = Math.max(0, from);
  const end = Math.min(stream.captured, first + examinedBytes);
  const { bytes, chunks } = stream;
  return {
    bytes,
    chunks,
    captured: end,
    read: (at, length) =>
      stream.read(Math.max(at, first), Math.max(0, Math.min(at + length, end) - Math.max(at, first))),
  };
}
