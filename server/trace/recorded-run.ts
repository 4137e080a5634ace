// A trace as the profiles of other servers take it: the request, the script's file and its output.
import { hostname } from "node:os";
import type { ByteString } from "../contract/bytes-text.js";
import type { Message } from "../contract/message.js";
import { fromBytes, latin1 } from "../protocol/byte-string.js";
import { percentDecode } from "../protocol/percent.js";
import { serverMessage } from "../servers/messages.js";
import type { ServerRun, StartFailure } from "../servers/server-run.js";
import type { CapturedStream } from "./captured-stream.js";
import type { TraceRecord } from "./trace-record.js";

/** Why the system would not start the script, by the code of a trace or of a handler's reason. */
const byCode: Readonly<Record<string, StartFailure>> = {
  "not-found": "not-found",
  "not-executable": "not-executable",
  "not-executable-no-shebang": "not-executable",
  "not-executable-byte-order-mark": "not-executable",
  "no-shebang": "no-program",
  "byte-order-mark-first": "no-program",
  "saved-as-utf-16": "no-program",
  "first-line-carriage-return": "no-interpreter",
  "interpreter-missing": "no-interpreter",
};
const byErrno: Readonly<Record<string, StartFailure>> = {
  EACCES: "not-executable",
  ENOENT: "no-interpreter",
  ENOEXEC: "no-program",
};
const finished = new Set(["ok", "invalid-output", "crashed"]);

/** Why other servers would not start the script, although its handler here does; null: they would. */
export const startFailure = ({ route, process, cause, stdout, notes }: TraceRecord): StartFailure | null =>
  byCode[notes.handlerBecause?.code ?? ""] ??
  byErrno[process?.errno ?? ""] ??
  (route.kind !== "static" && stdout === null ? byCode[cause?.code ?? ""] : undefined) ??
  null;

/** `root`: of the open folder. A message: why there is nothing that a prediction could go by. */
export function recordedRun(trace: TraceRecord, root: ByteString): ServerRun | Message {
  const { route, stdout } = trace;
  const failure = startFailure(trace);
  if (failure === null) {
    if (route.kind === "static") return serverMessage("not-known-file");
    if (stdout === null || !finished.has(trace.outcome ?? "")) return serverMessage("not-known-run");
    if (stdout.captured < stdout.bytes) return serverMessage("not-known-output");
  }
  return runOf(trace, root, failure);
}

/** What is known of a run so far. `variables`: what the script gets here. */
export function runOf(
  trace: TraceRecord,
  root: ByteString,
  failure: StartFailure | null,
  variables: TraceRecord["env"] = trace.env,
): ServerRun {
  const { request, route, stdout, process } = trace;
  return {
    method: request.method,
    target: request.target,
    httpVersion: request.httpVersion,
    headers: request.headers,
    bodyBytes: request.body.bytes,
    ...scriptPlace({ env: variables, route, request }, root),
    pathInfo: route.pathInfo,
    client: trace.client,
    serverPort: variables?.find(({ name }) => name === "SERVER_PORT")?.value ?? "80",
    hostName: hostname(),
    failure,
    stdout: bytesOf(failure === null ? stdout : null),
    stderr: bytesOf(failure === null ? trace.stderr : null),
    signal: process?.signal ?? null,
  };
}

/** Where the script lies and under which path it is asked for. `root`: of the open folder. */
export function scriptPlace(
  {
    env,
    route,
    request,
  }: Pick<TraceRecord, "env" | "route"> & { readonly request: Pick<TraceRecord["request"], "target"> },
  root: ByteString,
) {
  const variables = new Map<string, ByteString>(env?.map(({ name, value }) => [name, value]));
  const documentRoot = variables.get("DOCUMENT_ROOT") ?? root;
  const scriptName = route.scriptName === "" ? pathOf(request.target) : route.scriptName;
  const file = variables.get("SCRIPT_FILENAME") ?? route.file ?? latin1(documentRoot + scriptName);
  return { scriptName, file, root: documentRoot };
}

const bytesOf = (stream: CapturedStream | null): ByteString =>
  stream === null ? latin1("") : fromBytes(stream.read(0, stream.captured));

function pathOf(target: ByteString): ByteString {
  const path = latin1(target.replace(/\?.*/s, ""));
  return percentDecode(path).value;
}
