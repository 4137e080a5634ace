// A HAR file as traces: our own with everything that was recorded, another tool's with
// what HAR says of a request and its response.
import { z } from "zod";
import type { ProblemError } from "../../base/problem.js";
import type { Message, Sentence } from "../../contract/message.js";
import type { TraceJson } from "../../contract/trace.js";
import { withoutBlanks } from "../../protocol/blanks.js";
import { firstValue } from "../../protocol/header-values.js";
import { noTiming } from "../trace-record.js";
import { isDecoded } from "./content-coding.js";
import { bytesOf, type ReadBody, responseBody } from "./har-text.js";
import { fieldMistake, importedMessage, importMessage } from "./messages.js";
import type { StreamJson } from "./read-trace-json.js";
import { placedTrace, restoreStreams } from "./stream-places.js";

/** Tools write null for a value that they do not know. */
const header = z.object({
  name: z.string(),
  value: z
    .string()
    .nullable()
    .transform((value) => value ?? ""),
});
const inText = { text: z.string().nullish(), encoding: z.string().nullish(), _encoding: z.string().nullish() };
const pair = z.object({ name: z.string(), value: z.string().nullish() });

const entry = z.object({
  startedDateTime: z.string().refine((text) => !Number.isNaN(Date.parse(text)), "not a date"),
  time: z.number().nullish(),
  request: z.object({
    method: z.string().max(1024),
    url: z.string().max(1 << 20),
    httpVersion: z.string().nullish(),
    headers: z.array(header),
    postData: z.object({ ...inText, mimeType: z.string().nullish(), params: z.array(pair).nullish() }).nullish(),
    bodySize: z
      .number()
      .max(2 ** 50)
      .nullish(),
  }),
  response: z.object({
    /** Without a response 0, or −1. */
    status: z.int().min(-1).max(999),
    statusText: z.string().nullish(),
    headers: z.array(header),
    content: z
      .object({
        ...inText,
        size: z
          .number()
          .max(2 ** 50)
          .nullish(),
      })
      .nullish(),
  }),
  timings: z.object({ receive: z.number().nullish() }).nullish(),
  _cgiWorkbench: z.object({ trace: placedTrace }).optional(),
});
type Entry = z.infer<typeof entry>;
const harFile = z.object({ log: z.object({ entries: z.array(entry) }) });

/**
 * The traces of a HAR file's JSON; those of other tools have the id "". @throws ProblemError by `refuse` if it is none
 */
export function readHar(json: unknown, refuse: (why: Message) => ProblemError): readonly TraceJson[] {
  const checked = harFile.safeParse(json);
  if (!checked.success) throw refuse(fieldMistake(checked.error));
  const { entries } = checked.data.log;
  if (entries.length === 0) throw refuse(importMessage("no-entries"));
  return entries.map((one) => (one._cgiWorkbench ? ownTrace(one, one._cgiWorkbench.trace) : foreignTrace(one)));
}

function ownTrace({ request, response }: Entry, trace: z.infer<typeof placedTrace>): TraceJson {
  return restoreStreams(trace, {
    body: bytesOf(request.postData, null) ?? Buffer.alloc(0),
    content: bytesOf(response.content, null) ?? Buffer.alloc(0),
  });
}

function foreignTrace({ startedDateTime, time, request, response, timings }: Entry): TraceJson {
  const took = Math.max(0, time ?? 0);
  const isUrl = URL.canParse(request.url);
  const url = new URL(isUrl ? request.url : "http://invalid/");
  const target = isUrl ? `${url.pathname}${url.search}` : request.url;
  const headers = fieldsOf(request.headers);
  if (firstValue(headers, "host") === null) headers.unshift(["Host", url.host]);
  const [, httpVersion = "1.1"] = /^(?:HTTP\/|h)([\d.]+)$/i.exec(request.httpVersion ?? "") ?? [];
  const cause = importedMessage("har-entry");
  const body = responseBody(response.content, firstValue(responseFieldsOf(response.headers), "content-type") ?? "");
  const bodySize = Math.max(0, request.bodySize ?? 0) || lengthIn(headers);
  // Browsers write a negative time where they know none.
  const receive = Math.min(took, Math.max(0, timings?.receive ?? 0));
  return {
    schema: 1,
    id: "",
    seq: 1,
    startedAt: new Date(startedDateTime).toISOString(),
    outcome: response.status > 0 ? "ok" : "client-gone",
    detail: cause.text,
    code: cause.code,
    data: cause.data,
    client: { address: "", port: 0, from: "other" },
    connection: { id: 0, nth: 1 },
    parent: null,
    request: {
      head: "",
      method: request.method,
      target,
      httpVersion,
      headers,
      body: streamOf(bytesOf(request.postData, request.bodySize), bodySize, 0),
    },
    route: {
      kind: "none",
      file: null,
      mode: null,
      scriptHash: null,
      scriptName: isUrl ? url.pathname : target,
      pathInfo: "",
    },
    argv: null,
    cwd: null,
    env: null,
    notExported: [],
    stdin: null,
    stdout: null,
    stderr: null,
    script: null,
    response:
      response.status > 0
        ? {
            status: response.status,
            reason: (response.statusText ?? "").replace(/[\r\n\0]+/g, " "),
            ...responseFields(response.headers, body),
            framing: "length",
            interim: [],
            body: streamOf(body.bytes, response.content?.size, took),
          }
        : null,
    process: null,
    timing: { ...noTiming(), headAt: 0, headersAt: took - receive, doneAt: took },
    findings: [],
    fastcgi: null,
  };
}

/** Without the pseudo-header fields of HTTP/2. */
const fieldsOf = (headers: readonly z.infer<typeof header>[]): [string, string][] =>
  headers.flatMap(({ name, value }) => (name.startsWith(":") ? [] : [[name, value]]));

/** Browsers write several fields of one name as lines of one value. */
const responseFieldsOf = (headers: readonly z.infer<typeof header>[]): [string, string][] =>
  fieldsOf(headers).flatMap(([name, value]): [string, string][] => {
    const lines = value
      .split(/[\r\n]+/)
      .map(withoutBlanks)
      .filter((line) => line !== "");
    return lines.length > 1 ? lines.map((line) => [name, line]) : [[name, lines[0] ?? ""]];
  });

/** Those that are about the body as it was sent are left out, or say how the file has it. */
function responseFields(given: readonly z.infer<typeof header>[], { bytes, isConverted }: ReadBody) {
  const fields = responseFieldsOf(given);
  const coding = firstValue(fields, "content-encoding") ?? "";
  const isPlain = bytes !== null && bytes.length > 0 && isDecoded(bytes, coding);
  const headers: [string, string][] = [];
  const dropped: NameAndWhy[] = [];
  const changed: NameAndWhy[] = [];
  for (const [name, value] of fields) {
    const is = name.toLowerCase();
    if (isPlain && (is === "content-encoding" || is === "content-length"))
      dropped.push(because(name, importedMessage("har-body-decoded")));
    else if (isConverted && is === "content-length") dropped.push(because(name, importedMessage("har-body-in-utf-8")));
    else if (isConverted && is === "content-type") {
      changed.push(because(name, importedMessage("har-body-in-utf-8")));
      headers.push([name, `${value.replace(charsetParameter, "")}; charset=utf-8`]);
    } else headers.push([name, value]);
  }
  // Without one it was read as a page, which names its charset itself.
  const isUntyped = isConverted && firstValue(fields, "content-type") === null;
  if (isUntyped) headers.push(["Content-Type", "text/html; charset=utf-8"]);
  const added = isUntyped ? [because("Content-Type", importedMessage("har-body-in-utf-8"))] : [];
  return { headers, added, changed, dropped };
}

const charsetParameter = /;\s*charset\s*=\s*(?:"[^"]*"|[^;\s]*)/gi;

type NameAndWhy = [name: string, why: Sentence, code: string];
const because = (name: string, { text, code }: Message): NameAndWhy => [name, text, code];

/** What Content-Length says; 0 without it. */
function lengthIn(headers: readonly (readonly [string, string])[]): number {
  const value = firstValue(headers, "content-length") ?? "";
  return /^\d{1,15}$/.test(value) ? Number(value) : 0;
}

/** `size`: as the file says, if it does not have the bytes. */
function streamOf(bytes: Buffer | null, size: number | null | undefined, at: number): StreamJson {
  const length = bytes?.length ?? Math.max(0, Math.floor(size ?? 0));
  return {
    bytes: length,
    captured: bytes?.length ?? 0,
    chunks: length === 0 ? [] : [{ at, offset: 0, length }],
    base64: bytes?.toString("base64") ?? "",
  };
}
