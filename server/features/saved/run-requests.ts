// Runs requests of `.http` files through the gateway, one after the other: what one captures, the next ones can use.
import { createHash } from "node:crypto";
import { posix } from "node:path";
import { RE2JS, RE2JSException } from "re2js";
import type { Workbench } from "../../app/workbench.js";
import { ResponseReader } from "../../client/response-reader.js";
import type { OutgoingRequest } from "../../client/send-request.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { maxComposedBodyBytes } from "../../contract/limits.js";
import type { Message } from "../../contract/message.js";
import type { SavedResult } from "../../contract/saved-contract.js";
import type { Origin } from "../../contract/trace.js";
import {
  type CheckTools,
  captureFrom,
  checkAssertion,
  type Observed,
  type Search,
} from "../../formats/http-file/check.js";
import { type Assertion, parseAssertion } from "../../formats/http-file/conditions.js";
import type { BodyFile, FileRequest, PlacedAssertion } from "../../formats/http-file/http-file.js";
import { httpFileMessage } from "../../formats/http-file/messages.js";
import { sentEnd, sentText } from "../../formats/http-file/sent-body.js";
import { type Lookup, lookupIn, substitute, targetOf } from "../../formats/http-file/variables.js";
import { fromBytes, latin1, toBytes, utf8 } from "../../protocol/byte-string.js";
import { firstValue } from "../../protocol/header-values.js";
import { pathWithin, realPath } from "../../routing/containment.js";
import { unservedPath } from "../../routing/deny-list.js";
import type { CapturedStream } from "../../trace/captured-stream.js";
import { dynamicValue } from "./dynamic-values.js";
import { headerMistake, targetMistake } from "./filled.js";
import { resultMessage } from "./messages.js";
import { type Captured, type Environment, type RequestFile, shownTitle, whyOf } from "./request-files.js";
import { type Placed, Report } from "./request-report.js";

interface RunOptions {
  readonly environment: Environment;
  /** Kept by the caller: the values that were captured so far. */
  readonly captured: Map<string, string>;
  readonly from: Origin;
  readonly signal: AbortSignal;
}

/** All that came into the map, also what was replaced or removed since: a response may repeat it. */
const everCaptured = new WeakMap<RunOptions["captured"], Captured[]>();

type RunParts = Pick<Workbench, "folder" | "sender" | "doctor">;

/** A response with this status or a higher one fails a request that asserts nothing. */
const implied = "status < 500";
const ofResponse: ReadonlySet<Assertion["subject"]> = new Set(["status", "field", "body"]);

/** Sends one request of the file. @throws the signal's reason, or ProblemError while nothing is served */
export async function runRequest(
  parts: RunParts,
  file: RequestFile,
  request: FileRequest,
  options: RunOptions,
): Promise<SavedResult> {
  const { environment, captured, signal, from } = options;
  const title = shownTitle(request, environment.maskFor(file));
  const all = everCaptured.get(captured) ?? [];
  everCaptured.set(captured, all);
  const report = new Report(file, request, title, environment.maskFor(file, all));
  // All of it in bytes: those of the file as they are there, values from elsewhere in UTF-8.
  const lookup = lookupIn(
    file.parsed,
    request,
    (name) => inUtf8(captured.get(name) ?? null),
    (name) => inUtf8(environment.values.get(file.decode(latin1(name))) ?? dynamicValue(name)),
    file.encode,
  );
  const outgoing = await outgoingOf(parts, file, request, lookup, report);
  if (outgoing === null) return report.result();

  const body: Uint8Array[] = [];
  const reader = new ResponseReader(
    () => {}, // the trace has the headers
    (bytes) => body.push(bytes.slice()),
  );
  const trace = await parts.sender.deliver(outgoing, { from }, { signal, onResponse: (bytes) => reader.push(bytes) });
  const needsDoctor = request.assertions.some(({ assertion }) => assertion.subject === "finding");
  const { findings } = needsDoctor ? await parts.doctor.examined(trace) : trace;
  const bytes = Buffer.concat(body);
  const observed: Observed = {
    status: trace.response?.status ?? null,
    headers: trace.response?.headers ?? [],
    body: fromBytes(bytes),
    tookMs: trace.held ? null : trace.timing.doneAt, // a person has taken of it
    findings,
    env: trace.env,
    stderr: bytesOf(trace.stderr),
    stderrBytes: trace.stderr?.bytes ?? 0,
  };
  const taken = request.captures.map(({ capture, ...place }) => ({
    place,
    name: capture.variable,
    value: attempt(() => captureFrom(capture, observed, search)),
  }));
  // Before anything of the response is reported. What is used in the assertions is still the value before.
  const values = taken.flatMap(({ name, value }) => (typeof value === "string" ? [[name, value] as const] : []));
  all.push(...values);
  report.mask = environment.maskFor(file, all);
  report.sent({
    method: request.method.text,
    target: targetText(outgoing.target),
    trace: trace.id,
    status: observed.status,
    outcome: trace.outcome,
    tookMs: observed.tookMs,
    bodyHash: observed.status === null ? null : createHash("sha256").update(bytes).digest("hex"),
  });
  checkAll(file, request, observed, lookup, report);
  for (const { place, name, value } of taken) {
    if (typeof value === "string") {
      captured.set(name, value);
      report.captured.push(name);
      continue;
    }
    captured.delete(name); // the next requests must not pass with the value of an earlier response
    if (value === null) report.failed(place, resultMessage("capture-failed", { capture: report.mask(place.text) }));
    else report.unusable(place, value);
  }
  return report.result();
}

/** Those that the file asserts; without any, and without a response, what the verb `request` would call a failure. */
function checkAll(
  { encode, decode }: RequestFile,
  request: FileRequest,
  observed: Observed,
  lookup: Lookup,
  report: Report,
): void {
  for (const { assertion, ...place } of assertionsOf(request, observed)) {
    const { missing } = substitute(encode(place.text), lookup);
    if (missing.length > 0) {
      report.missing(place, missing);
      continue;
    }
    const fill: CheckTools["fill"] = (bytes, quote = (value) => value) =>
      latin1(substitute(bytes, (name) => quotedBy(quote, lookup(name))).text);
    const tools: CheckTools = { search, encode, decode, fill };
    const failure = attempt(() => checkAssertion(assertion, observed, tools));
    if (failure instanceof RE2JSException) report.unusable(place, failure);
    else if (failure !== null) report.compared(place, failure);
  }
}

const quotedBy = (quote: (value: string) => string, value: string | null): string | null =>
  value === null ? null : quote(value);

function assertionsOf(request: FileRequest, { status }: Observed): readonly PlacedAssertion[] {
  const { assertions } = request;
  // Without a status, only assertions of the response itself tell that there was one.
  const telling = status ? assertions : assertions.filter(({ assertion }) => ofResponse.has(assertion.subject));
  return telling.length > 0 ? assertions : [...impliedFor(request), ...assertions];
}

function impliedFor({ method, target }: FileRequest): readonly PlacedAssertion[] {
  const parsed = parseAssertion(implied);
  return "value" in parsed ? [{ assertion: parsed.value, text: implied, from: method.from, to: target.to }] : [];
}

/** Or why the expression cannot be used. */
function attempt<T>(work: () => T): T | RE2JSException {
  try {
    return work();
  } catch (error) {
    if (error instanceof RE2JSException) return error;
    throw error;
  }
}

/** In linear time, whatever the expression is. */
const search: Search = ({ pattern, flags }, text) => {
  const bits = { i: RE2JS.CASE_INSENSITIVE, m: RE2JS.MULTILINE, s: RE2JS.DOTALL };
  const mode =
    (flags.includes("i") ? bits.i : 0) | (flags.includes("m") ? bits.m : 0) | (flags.includes("s") ? bits.s : 0);
  const matcher = RE2JS.compile(pattern, mode).matcher(text);
  if (!matcher.find()) return null;
  return Array.from({ length: matcher.groupCount() + 1 }, (_, index) => matcher.group(index));
};

/** Null: it cannot be sent, and the report says why. */
async function outgoingOf(
  { folder }: RunParts,
  file: RequestFile,
  request: FileRequest,
  lookup: Lookup,
  report: Report,
): Promise<OutgoingRequest | null> {
  const fill = (place: Placed, bytes = file.encode(place.text)): ByteString => {
    const filled = substitute(bytes, lookup);
    if (filled.missing.length > 0) report.missing(place, filled.missing);
    return latin1(filled.text);
  };
  for (const { why, ...place } of request.unsupported) report.failed(place, why);
  if (report.hasFailed) return null;
  const target = targetOf(fill(request.target));
  if (!report.hasFailed) {
    const form = httpFileMessage("target-form", { target: report.mask(request.target.text) });
    const mistake = target === null ? form : targetMistake(target);
    if (mistake !== null) report.failed(request.target, mistake);
  }
  const headers = request.fields.map(({ name, value }) => {
    // Before it is filled: a user's name may have a space.
    const pair = basicPair(name.text, value.text)?.map((half) => fill(value, file.encode(half)));
    const filled = pair ? latin1(pair.join(":")) : fill(value);
    const mistake = headerMistake(name.text, filled);
    if (mistake !== null) report.failed(value, mistake);
    const toEncode = pair ?? basicPair(name.text, filled);
    return [utf8(name.text), toEncode ? basicValue(toEncode.join(":")) : filled] as const;
  });
  const type = firstValue(headers, "content-type") ?? "";
  const body = await bodyOf(folder.workspace(), file, { ...request, type }, fill, report);
  if (target === null || report.hasFailed) return null;
  return {
    method: utf8(request.method.text),
    target: latin1(target),
    headers,
    body: body === null ? null : { bytes: toBytes(body) },
  };
}

/** Of `Basic user:password` and `Basic user password`, as editors take them. Null: it is encoded, or is no Basic. */
function basicPair(name: string, value: string): readonly [user: string, password: string] | null {
  if (!/^(?:proxy-)?authorization$/i.test(name)) return null;
  const [, user, password] = basicWords.exec(value) ?? [];
  return user === undefined || password === undefined ? null : [user, password];
}
/** A variable may have spaces within its braces. */
const basicWords = /^Basic[ \t]+((?:\{\{[^{}\n]*\}\}|(?!\{\{[^{}\n]*\}\})[^ \t:])*)(?::|[ \t]+)(.*)$/i;

const basicValue = (pair: string): ByteString => latin1(`Basic ${Buffer.from(pair, "latin1").toString("base64")}`);

async function bodyOf(
  workspace: ReturnType<Workbench["folder"]["workspace"]>,
  file: RequestFile,
  { body, type }: Pick<FileRequest, "body"> & { readonly type: string },
  fill: (place: Placed, bytes?: ByteString) => ByteString,
  report: Report,
): Promise<ByteString | null> {
  if (body === null) return null;
  if (body.kind === "file") return contentOf(workspace, file, body, fill, report);
  let sent = "";
  let from = body.from;
  const textTo = (to: number): ByteString => {
    const place = { from, to, text: body.text.slice(from - body.from, to - body.from) };
    return fill(place, file.encode(sentText(type, place.text)));
  };
  for (const part of body.files) {
    sent += textTo(part.from) + ((await contentOf(workspace, file, part, fill, report)) ?? "");
    from = part.to;
    if (sent.length > maxComposedBodyBytes) {
      const why = resultMessage("body-file-too-large", { path: part.path, maxBytes: maxComposedBodyBytes });
      report.failed({ ...part, text: part.path }, why);
      return null;
    }
  }
  return latin1(sent + textTo(body.to) + sentEnd(type));
}

/** Null: the file cannot be sent, and the report says why. */
async function contentOf(
  workspace: ReturnType<Workbench["folder"]["workspace"]>,
  file: RequestFile,
  body: BodyFile,
  fill: (place: Placed, bytes?: ByteString) => ByteString,
  report: Report,
): Promise<ByteString | null> {
  const path = posix.join(posix.dirname(file.path), body.path);
  const place = { ...body, text: body.path };
  if (posix.isAbsolute(body.path) || path.startsWith("../") || path === ".." || path === ".") {
    report.failed(place, resultMessage("body-file-outside", { path: body.path }));
    return null;
  }
  if (isUnserved(workspace.root, path)) {
    report.failed(place, resultMessage("body-file-unserved", { path }));
    return null;
  }
  // As long as a body of the composer may be: the editor's limit is lower.
  const read = await workspace.readRange(path, 0, maxComposedBodyBytes + 1).catch(whyOf);
  if ("code" in read || read.length > maxComposedBodyBytes) {
    report.failed(place, whyNotRead(read, path));
    return null;
  }
  const bytes = fromBytes(read);
  return body.hasVariables ? fill(place, bytes) : bytes;
}

/** A script of the folder would get what no request may read. Bodies of saved requests are there for it. */
function isUnserved(root: string, path: string): boolean {
  const real = realPath(utf8(posix.join(root, path)));
  const behind = real && (pathWithin(real, utf8(root)) ?? latin1(posix.basename(real)));
  return [utf8(path), ...(behind ? [behind] : [])].some((one) => {
    const why = unservedPath(one);
    return why !== null && !(why === "request-file" && /\.http-body$/i.test(one));
  });
}

function whyNotRead(read: Buffer | Message, path: string): Message {
  if (!("code" in read)) return resultMessage("body-file-too-large", { path, maxBytes: maxComposedBodyBytes });
  return read.code === "not-found" ? resultMessage("body-file-missing", { path }) : read;
}

const inUtf8 = (value: string | null): ByteString | null => (value === null ? null : utf8(value));

const targetText = (target: ByteString): string => Buffer.from(target, "latin1").toString("utf8");
const bytesOf = (stream: CapturedStream | null): ByteString =>
  stream === null ? utf8("") : fromBytes(stream.read(0, stream.captured));
