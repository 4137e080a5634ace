// A trace's request and start with their bytes, read from the server: what
// copying, editing and comparing are made from.
import type { ByteString, BytesText } from "../../../server/contract/bytes-text.js";
import { isUnread } from "../../../server/contract/failure.js";
import type { StreamInfo, StreamName, TraceView } from "../../../server/contract/trace.js";
import type { RecordedStart } from "../../../server/formats/export/env-command.js";
import type { RecordedRequest } from "../../../server/formats/export/recorded-request.js";
import { byteString, fromBytes } from "../../../server/protocol/byte-string.js";
import type { HeaderPair } from "../../../server/protocol/request.js";
import { toByteString } from "../../format/bytes-text.js";
import { readStream } from "./recorded.js";

/** Throws for a request that was never read: what is made from its fields would be another one. */
export function assertRead(trace: TraceView): void {
  if (isUnread(trace) || trace.request.method === "" || trace.request.target === "")
    throw new Error(`The server did not read #${trace.seq} as a request. Copy it as raw HTTP instead.`);
}

/** Rejects when only the beginning of the body was kept: what is made from it would be another request. */
export async function recordedRequest({ id, seq, request }: TraceView): Promise<RecordedRequest> {
  return {
    method: toByteString(request.method),
    target: toByteString(request.target),
    httpVersion: request.httpVersion === "" ? "1.1" : request.httpVersion,
    headers: request.headers.map(bytePair),
    body: await wholeStream(id, seq, "request-body", request.body),
  };
}

/** Null when no program ran. */
export async function recordedStart({
  id,
  seq,
  argv,
  cwd,
  env,
  stdin,
  request,
}: TraceView): Promise<RecordedStart | null> {
  if (!argv || cwd === null || !env) return null;
  return {
    argv: argv.map(toByteString),
    cwd: toByteString(cwd),
    env: env.map(({ name, value }) => [toByteString(name), toByteString(value)]),
    // The request's body, not what the script has read of it: it may read more this time.
    stdin: stdin === null || request.body.bytes === 0 ? null : await wholeStream(id, seq, "request-body", request.body),
  };
}

async function wholeStream(
  id: string,
  seq: number,
  stream: StreamName,
  { bytes, captured }: StreamInfo,
): Promise<ByteString> {
  if (captured < bytes)
    throw new Error(`Only the first ${captured} of the ${bytes} bytes of the body of #${seq} were kept.`);
  return bytes === 0 ? byteString("") : fromBytes(await readStream(id, stream, bytes));
}

const bytePair = ([name, value]: readonly [BytesText, BytesText]): HeaderPair => [
  toByteString(name),
  toByteString(value),
];
