// A file of traces: a capsule, a HAR file, or the JSON of one trace. It may come
// from anywhere, and nothing of it is run.

import { errorText } from "../../base/error-text.js";
import { ProblemError } from "../../base/problem.js";
import type { Message } from "../../contract/message.js";
import { type TraceJson, trace as traceSchema } from "../../contract/trace.js";
import { exportMessage, fieldMistake, importMessage } from "./messages.js";
import { isCapsule, readCapsule } from "./read-capsule.js";
import { readHar } from "./read-har.js";
import { hasTooManyValues, isShownRequest, isTooDeep, maxValues, unsoundStream } from "./read-trace-json.js";

/** `path`: for the message. Traces of other tools have the id "". @throws ProblemError for any other file */
export function readTraces(path: string, file: Buffer): readonly TraceJson[] {
  const refuse = (why: Message): ProblemError => new ProblemError(exportMessage("not-imported", { path, why }));
  const traces = isCapsule(file) ? [readCapsule(file.toString("latin1"), refuse)] : fromJson(path, file, refuse);
  for (const trace of traces) {
    const stream = unsoundStream(trace);
    if (stream !== null) throw refuse(importMessage("bad-stream", { stream }));
    if (!isShownRequest(trace)) throw refuse(importMessage("head-differs"));
  }
  return traces;
}

function fromJson(path: string, file: Buffer, refuse: (why: Message) => ProblemError): readonly TraceJson[] {
  const text = file.toString("utf8").replace(/^\ufeff/, "");
  if (!/^\s*\{/.test(text)) throw refuse(importMessage("file-unknown"));
  if (hasTooManyValues(text)) throw new ProblemError(exportMessage("import-too-complex", { path, maxValues }));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw refuse(importMessage("not-json", { systemText: errorText(error) }));
  }
  if (isTooDeep(json)) throw refuse(importMessage("too-deep"));
  if (typeof json !== "object" || json === null || !("schema" in json)) return readHar(json, refuse);
  const checked = traceSchema.safeParse(json);
  if (!checked.success) throw refuse(fieldMistake(checked.error));
  return [checked.data];
}
