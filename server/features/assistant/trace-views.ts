// What an assistant is shown of a masked trace: its summary, its parts with ranges of its streams, and its findings.
import { isUtf8 } from "node:buffer";
import type { CallToolResult } from "@modelcontextprotocol/server";
import { z } from "zod";
import { fromBytesText, toDisplayText } from "../../base/decode-text.js";
import type { BytesText } from "../../contract/bytes-text.js";
import type { TraceJson } from "../../contract/trace.js";
import { answer } from "./tool.js";

const maxBytes = 64 << 10;
/** Beside what a finding is about. */
const besideBytes = 80;

export const range = z
  .object({ from: z.int().nonnegative(), length: z.int().min(1).max(maxBytes) })
  .default({ from: 0, length: 2048 });
type Range = z.infer<typeof range>;
const beginning = range.parse(undefined);

/** As docs/trace.schema.json describes them. */
export const partNames = [
  ...(["request", "route", "argv", "cwd", "env", "notExported", "stdin", "stdout", "stderr", "script"] as const),
  ...(["response", "process", "timing", "fastcgi"] as const),
] as const;

const textOf = (text: BytesText): string => toDisplayText(fromBytesText(text));

export const summaryOf = ({ id, outcome, code, startedAt, route, request, detail, ...trace }: TraceJson) => ({
  id,
  outcome,
  code,
  startedAt,
  mode: route.mode,
  status: trace.response?.status ?? null,
  tookMs: trace.timing.doneAt,
  exitCode: trace.process?.exitCode ?? null,
  data: {
    method: textOf(request.method),
    target: textOf(request.target),
    script: route.file && textOf(route.file),
    detail,
  },
});

/** Its summary, with `more`, and `data` that requests and scripts wrote. */
export function answerAbout(trace: TraceJson, data: object, more: object = {}): CallToolResult {
  const summary = summaryOf(trace);
  const { id, status, outcome, tookMs } = summary;
  const text = `Trace ${id}: ${status ?? "no response"}, ${outcome}, ${tookMs?.toFixed(1)} ms.`;
  return answer(text, { ...summary, ...more, data: { ...summary.data, ...data } });
}

export const partsOf = (trace: TraceJson, names: readonly (keyof TraceJson)[], asked: Range = beginning) =>
  Object.fromEntries(names.map((name) => [name, withSlices(trace[name], asked)]));

/** Its streams are cut. */
export function withSlices(value: unknown, asked: Range = beginning): unknown {
  if (Array.isArray(value) || typeof value !== "object" || value === null) return value;
  const { data: stream } = streamShape.safeParse(value);
  if (stream) return sliceOf(stream, asked);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withSlices(item, asked)]));
}
const streamShape = z.object({ bytes: z.number(), captured: z.number(), base64: z.string() });

/** Text if it is UTF-8. Characters stay whole: a range begins and ends with one. */
function sliceOf({ bytes, captured, base64 }: z.infer<typeof streamShape>, { from: first, length }: Range) {
  const kept = Buffer.from(base64, "base64");
  const backTo = (at: number): number => {
    let to = Math.min(at, kept.length);
    while (to > 0 && at - to < 3 && ((kept[to] ?? 0) & 0xc0) === 0x80) to--;
    return to;
  };
  const from = backTo(first);
  const part = kept.subarray(from, backTo(first + length));
  const shown = isUtf8(part) ? { text: part.toString() } : { base64: part.toString("base64") };
  return { bytes, captured, from, to: from + part.length, ...shown };
}

/** Each with the bytes that it is about, and some before and after them. */
export const findingsOf = (trace: TraceJson) =>
  trace.findings.map(({ rule, severity, line, ...rest }) => {
    const head = Buffer.from(fromBytesText(trace.request.head), "latin1");
    const request = { bytes: head.length, captured: head.length, base64: head.toString("base64") };
    const { stdin, stdout, stderr, response } = trace;
    const of = rest.stream && { request, stdin, stdout, stderr, response: response?.body ?? null }[rest.stream];
    const from = Math.max(0, (rest.range?.[0] ?? 0) - besideBytes);
    const to = Math.min(from + maxBytes, (rest.range?.[1] ?? 0) + besideBytes);
    const bytes = of && rest.range ? sliceOf(of, { from, length: to - from }) : null;
    return { rule, severity, line, data: { ...rest, bytes } };
  });
