// The response body of a trace that was sent in a content coding: what it is without it, and the trace without it.
import type { TraceJson } from "../../contract/trace.js";
import { decoded, mayBeEncoded } from "./content-coding.js";
import type { StreamJson } from "./read-trace-json.js";

/** The body without its coding. Null: it is in no coding, or not all of it was kept. */
export function plainBody({ response }: TraceJson): Buffer | null {
  if (!response || response.body.captured < response.body.bytes) return null;
  return decoded(Buffer.from(response.body.base64, "base64"), codingsOf(response));
}

/** Whether the body is in a content coding that cannot be undone here, so no secret can be found in it. */
export function isUnreadable(trace: TraceJson): boolean {
  const { response } = trace;
  if (!response || response.body.captured === 0 || plainBody(trace) !== null) return false;
  return mayBeEncoded(Buffer.from(response.body.base64, "base64"), codingsOf(response));
}

function codingsOf({ headers }: NonNullable<TraceJson["response"]>): string {
  const codings = headers.find(([name]) => String(name).toLowerCase() === "content-encoding")?.[1] ?? "";
  return typeof codings === "string" ? codings : "";
}

/** As if none of the body had been kept: not in the script's output either, nor in the records of FastCGI. */
export function withoutBody(trace: TraceJson): TraceJson {
  const { stdout, script, response, fastcgi } = trace;
  const headBytes = script?.spans.find(({ is }) => is === "body")?.from ?? 0;
  return {
    ...trace,
    stdout: stdout && beginningOf(stdout, headBytes),
    response: response && { ...response, body: beginningOf(response.body, 0) },
    fastcgi: fastcgi && { ...fastcgi, received: beginningOf(fastcgi.received, 0) },
  };
}

function beginningOf(stream: StreamJson, length: number): StreamJson {
  const bytes = Buffer.from(stream.base64, "base64").subarray(0, length);
  return { ...stream, captured: bytes.length, base64: bytes.toString("base64") };
}
