// Runs requests of `.http` files through the gateway, one after the other: what one captures, the next ones can use.
import { createHash, randomInt, randomUUID } from "node:crypto";
import { posix } from "node:path";
import { RE2JS, RE2JSException } from "re2js";
import { ResponseReader } from "../../client/response-reader.js";
import type { OutgoingRequest } from "../../client/send-request.js";
import type { ByteString } from "../../contract/bytes-text.js";
import type { Message } from "../../contract/message.js";
import type { SavedFailure, SavedResult } from "../../contract/saved-contract.js";
import type { Origin } from "../../contract/trace.js";
import { fromBytes, latin1, toBytes, utf8 } from "../../protocol/byte-string.js";
import {
  type CheckTools,
  captureFrom,
  checkAssertion,
  type Observed,
  type Search,
} from "../../protocol/http-file/check.js";
import { parseAssertion } from "../../protocol/http-file/conditions.js";
import {
  type FileRequest,
  lineAndColumn,
  type Place,
  type PlacedAssertion,
  titleOf,
} from "../../protocol/http-file/http-file.js";
import { httpFileMessage } from "../../protocol/http-file/messages.js";
import { type Lookup, lookupIn, substitute, targetOf } from "../../protocol/http-file/variables.js";
import type { CapturedStream } from "../../trace/captured-stream.js";
import type { Workbench } from "../workbench.js";
import { resultMessage } from "./messages.js";
import type { Environment, RequestFile } from "./request-files.js";

export interface RunOptions {
  readonly environment: Environment;
  /** Kept by the caller: the values that were captured so far. */
  readonly captured: Map<string, string>;
  readonly from: Origin;
  readonly signal: AbortSignal;
}

type RunParts = Pick<Workbench, "folder" | "sender" | "doctor">;

const maxShown = 300;
/** A response with this status or a higher one fails a request that asserts nothing. */
const implied = "status < 500";

/** Sends one request of the file. @throws the signal's reason, or ProblemError while nothing is served */
export async function runRequest(
  parts: RunParts,
  file: RequestFile,
  request: FileRequest,
  options: RunOptions,
): Promise<SavedResult> {
  const { environment, captured, signal, from } = options;
  const report = new Report(file, request, environment.mask);
  const lookup = lookupIn(
    file.parsed,
    request,
    (name) => captured.get(name) ?? null,
    (name) => environment.values.get(name) ?? dynamicValue(name),
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
    tookMs: trace.timing.doneAt,
    findings,
    env: trace.env,
    stderr: bytesOf(trace.stderr),
  };
  report.sent({
    method: request.method.text,
    target: targetText(outgoing.target),
    trace: trace.id,
    status: observed.status,
    outcome: trace.outcome,
    tookMs: observed.tookMs,
    bodyHash: observed.status === null ? null : createHash("sha256").update(bytes).digest("hex"),
  });
  checkAll(request, observed, lookup, report);
  for (const { capture, ...place } of request.captures) {
    const value = trying(place, report, () => captureFrom(capture, observed, search));
    if (value === undefined) continue;
    if (value === null) report.failed(place, resultMessage("capture-failed", { capture: report.mask(place.text) }));
    else {
      captured.set(capture.variable, value);
      report.captured.push(capture.variable);
    }
  }
  return report.result();
}

/** Those that the file asserts; without any, what the verb `request` would call a failure. */
function checkAll(request: FileRequest, observed: Observed, lookup: Lookup, report: Report): void {
  for (const { assertion, ...place } of request.assertions.length > 0 ? request.assertions : impliedFor(request)) {
    const filled = substitute(place.text, lookup);
    if (filled.missing.length > 0) {
      report.missing(place, filled.missing);
      continue;
    }
    const tools: CheckTools = { search, fill: (text) => substitute(text, lookup).text };
    const failure = trying(place, report, () => checkAssertion(assertion, observed, tools));
    if (failure) report.compared(place, failure.expected, failure.got);
  }
}

function impliedFor({ method, target }: FileRequest): readonly PlacedAssertion[] {
  const parsed = parseAssertion(implied);
  return "value" in parsed ? [{ assertion: parsed.value, text: implied, from: method.from, to: target.to }] : [];
}

/** Undefined: the expression cannot be used, which is a failure of its own. */
function trying<T>(place: Placed, report: Report, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    report.failed(place, resultMessage("expression-unusable", { reason: report.mask(error.message) }));
    return undefined;
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
  const fill = (piece: Placed): ByteString => {
    const filled = substitute(piece.text, lookup);
    if (filled.missing.length > 0) report.missing(piece, filled.missing);
    return latin1(substitute(file.encode(piece.text), bytesLookup(lookup)).text);
  };
  const written = fill(request.target);
  const target = targetOf(written);
  if (target === null && !report.hasFailed)
    report.failed(request.target, httpFileMessage("target-form", { target: report.mask(request.target.text) }));
  const headers = request.fields.map(({ name, value }) => {
    const filled = fill(value);
    if (/[\r\n\0]/.test(filled)) report.failed(value, resultMessage("line-end-in-value", { name: name.text }));
    return [utf8(name.text), basicEncoded(name.text, filled)] as const;
  });
  const body = await bodyOf(folder.workspace(), file, request, fill, lookup, report);
  if (target === null || report.hasFailed) return null;
  return {
    method: utf8(request.method.text),
    target: latin1(target),
    headers,
    body: body === null ? null : { bytes: toBytes(body) },
  };
}

/** `Basic user:password` and `Basic user password`, as editors take them, are encoded. */
function basicEncoded(name: string, value: ByteString): ByteString {
  if (!/^(?:proxy-)?authorization$/i.test(name)) return value;
  const [, user, password] = /^Basic[ \t]+([^\s:]*)(?::|[ \t]+)(.*)$/i.exec(value) ?? [];
  if (user === undefined) return value;
  return latin1(`Basic ${Buffer.from(`${user}:${password}`, "latin1").toString("base64")}`);
}

async function bodyOf(
  workspace: ReturnType<Workbench["folder"]["workspace"]>,
  file: RequestFile,
  { body }: FileRequest,
  fill: (piece: Placed) => ByteString,
  lookup: Lookup,
  report: Report,
): Promise<ByteString | null> {
  if (body === null) return null;
  if (body.kind === "text") return fill(body);
  const path = posix.join(posix.dirname(file.path), body.path);
  const place = { ...body, text: body.path };
  if (posix.isAbsolute(body.path) || path.startsWith("../") || path === ".." || path === ".") {
    report.failed(place, resultMessage("body-file-outside", { path: body.path }));
    return null;
  }
  const read = await workspace.readBytes(path);
  if (read === null) {
    report.failed(place, resultMessage("body-file-missing", { path }));
    return null;
  }
  const bytes = fromBytes(read.bytes);
  if (!body.hasVariables) return bytes;
  const { text, missing } = substitute(bytes, bytesLookup(lookup));
  if (missing.length > 0) report.missing(place, missing);
  return latin1(text);
}

const bytesLookup =
  (lookup: Lookup): Lookup =>
  (name) => {
    const value = lookup(name);
    return value === null ? null : utf8(value);
  };

/** Values that are new for each request, as editors have them. */
function dynamicValue(name: string): string | null {
  const [word, from = "0", to = "1000"] = name.split(/\s+/);
  switch (word) {
    case "$uuid":
    case "$guid":
    case "$random.uuid":
      return randomUUID();
    case "$timestamp":
      return String(Math.floor(Date.now() / 1000));
    case "$isoTimestamp":
      return new Date().toISOString();
    case "$randomInt": {
      const [min, max] = [Number(from), Number(to)];
      return Number.isSafeInteger(min) && Number.isSafeInteger(max) && min < max && max - min < 2 ** 48
        ? String(randomInt(min, max))
        : null;
    }
    default:
      return null;
  }
}

type SentFacts = Pick<SavedResult, "method" | "target" | "trace" | "status" | "outcome" | "tookMs" | "bodyHash">;
type Placed = Place & { readonly text: string };

/** What is known of a request, without secrets. */
class Report {
  readonly captured: string[] = [];
  readonly mask: (text: string) => string;
  readonly #file: RequestFile;
  readonly #request: FileRequest;
  readonly #failures: SavedFailure[] = [];
  #sent: SentFacts;

  constructor(file: RequestFile, request: FileRequest, mask: (text: string) => string) {
    this.#file = file;
    this.#request = request;
    this.mask = mask;
    const nothing = { trace: null, status: null, outcome: null, tookMs: null, bodyHash: null };
    this.#sent = { method: request.method.text, target: mask(request.target.text), ...nothing };
  }

  get hasFailed(): boolean {
    return this.#failures.length > 0;
  }

  sent(facts: SentFacts): void {
    this.#sent = { ...facts, target: this.mask(facts.target) };
  }

  failed(place: Placed, why: Message, expected: string | null = null, got: string | null = null): void {
    const at = lineAndColumn(this.#file.text, place.from);
    this.#failures.push({ text: shown(this.mask(place.text)), ...at, expected, got, why });
  }

  compared(place: Placed, expected: string, got: string | null): void {
    // Masked first: a cut could leave the beginning of a secret.
    const [wanted, found] = [shown(this.mask(expected)), got === null ? null : shown(this.mask(got))];
    const assertion = shown(this.mask(place.text));
    this.failed(place, resultMessage("assertion-failed", { assertion, expected: wanted, got: found }), wanted, found);
  }

  missing(place: Placed, names: readonly string[]): void {
    for (const name of new Set(names)) this.failed(place, httpFileMessage("variable-unknown", { name }));
  }

  result(): SavedResult {
    return {
      file: this.#file.path,
      name: this.mask(titleOf(this.#request)),
      line: lineAndColumn(this.#file.text, this.#request.method.from).line,
      ...this.#sent,
      passed: this.#failures.length === 0,
      assertions: this.#request.assertions.length,
      failures: this.#failures,
      captured: this.captured,
    };
  }
}

/** As much as a person reads; the rest is in the trace. */
const shown = (text: string): string => (text.length > maxShown ? `${text.slice(0, maxShown)}…` : text);
const targetText = (target: ByteString): string => Buffer.from(target, "latin1").toString("utf8");
const bytesOf = (stream: CapturedStream | null): ByteString =>
  stream === null ? utf8("") : fromBytes(stream.read(0, stream.captured));
