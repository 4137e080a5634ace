// A file of traces: a capsule, a HAR file, or the JSON of one trace. It may come
// from anywhere, and nothing of it is run.

import { errorText } from "../../base/error-text.js";
import { ProblemError } from "../../base/problem.js";
import type { Message } from "../../contract/message.js";
import { type TraceJson, trace as traceSchema } from "../../contract/trace.js";
import { exportMessage, fieldMistake, importMessage } from "./messages.js";
import { isCapsule, readCapsule } from "./read-capsule.js";
import { readHar } from "./read-har.js";
import {
  hasTooManyValues,
  headerWithLineEnd,
  isShownRequest,
  isTooDeep,
  maxValues,
  unsoundStream,
} from "./read-trace-json.js";

const examinedCharacters = 4096;
/** What other tools write, by how it begins. */
const otherForms: readonly { readonly pattern: RegExp; readonly form: string }[] = [
  { pattern: /^(?:openapi|swagger)\s*:/m, form: "a description of an interface (OpenAPI)" },
  { pattern: /^\s*\{\s*"(?:openapi|swagger)"\s*:/, form: "a description of an interface (OpenAPI)" },
  { pattern: /^\s*<(?:\?xml[^>]*>\s*<)?(?:\w+:)?definitions\b/, form: "a description of an interface (WSDL)" },
  { pattern: /^\s*(?:<\?xml[^>]*>\s*)?<jmeterTestPlan\b/, form: "a test plan of JMeter" },
  { pattern: /^\s*\{\s*"(?:client|clientName)"\s*:\s*"Thunder Client"/, form: "a collection of Thunder Client" },
  { pattern: /^PK\x03\x04/, form: "a ZIP archive" },
];

/** `path`: for the message. Traces of other tools have the id "". @throws ProblemError for any other file */
export function readTraces(path: string, file: Buffer): readonly TraceJson[] {
  const refuse = (why: Message): ProblemError => new ProblemError(exportMessage("not-imported", { path, why }));
  const traces = isCapsule(file) ? [readCapsule(file.toString("latin1"), refuse)] : fromJson(path, file, refuse);
  for (const trace of traces) {
    const stream = unsoundStream(trace);
    if (stream !== null) throw refuse(importMessage("bad-stream", { stream }));
    const split = headerWithLineEnd(trace);
    if (split !== null) throw refuse(importMessage("line-end-in-header", { name: split }));
    if (!isShownRequest(trace)) throw refuse(importMessage("head-differs"));
  }
  return traces;
}

function fromJson(path: string, file: Buffer, refuse: (why: Message) => ProblemError): readonly TraceJson[] {
  const text = file.toString("utf8").replace(/^\ufeff/, "");
  if (text.trim() === "") throw refuse(importMessage("file-empty"));
  const form = otherForms.find(({ pattern }) => pattern.test(text.slice(0, examinedCharacters)))?.form;
  if (form !== undefined) throw new ProblemError(exportMessage("import-other-form", { path, form }));
  if (!/^\s*\{/.test(text)) throw refuse(importMessage("file-unknown"));
  if (hasTooManyValues(text)) throw new ProblemError(exportMessage("import-too-complex", { path, maxValues }));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw refuse(importMessage("not-json", { systemText: errorText(error) }));
  }
  if (isTooDeep(json)) throw refuse(importMessage("too-deep"));
  if (typeof json !== "object" || json === null) throw refuse(importMessage("no-field-log"));
  if ("log" in json) return readHar(json, refuse);
  if (!("schema" in json)) throw refuse(importMessage("no-field-log"));
  const checked = traceSchema.safeParse(json);
  if (!checked.success) throw refuse(fieldMistake(checked.error));
  return [checked.data];
}
