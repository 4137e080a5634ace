// What a report for people has of a trace, the same in Markdown and in HTML: facts, findings,
// and bytes as text in which nothing hides.
import { fromBytesText, toDisplayText } from "../../base/decode-text.js";
import { terminalText } from "../../base/terminal-text.js";
import type { BytesText } from "../../contract/bytes-text.js";
import { wordsOf } from "../../contract/message.js";
import type { Finding, TraceJson } from "../../contract/trace.js";
import { hexEscape } from "../../protocol/hex.js";
import type { StreamJson } from "./read-trace-json.js";
import { sentVersionOf } from "./sent-version.js";

/** Of each stream; a report is read, not replayed. */
const maxShownBytes = 64 << 10;

interface ShownTrace {
  readonly title: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly findings: readonly {
    readonly severity: Finding["severity"];
    readonly title: string;
    readonly detail: string;
  }[];
  /** In the order of a request's life; those without bytes are left out. */
  readonly parts: readonly { readonly name: string; readonly text: string; readonly note: string | null }[];
}

/** `note`: what it says of its secrets. */
export function shownTrace(trace: TraceJson, note: string | null): ShownTrace {
  const { request, response, route, process, timing } = trace;
  const version = sentVersionOf(trace);
  const status = response ? (version === null ? "no status line" : statusOf(response)) : "no response";
  const facts: readonly (readonly [string, string | null])[] = [
    ["Started", trace.startedAt],
    ["Took", timing.doneAt === null ? null : `${timing.doneAt.toFixed(1)} ms`],
    ["Outcome", trace.detail === null ? trace.outcome : `${trace.outcome}. ${terminalText(wordsOf(trace.detail))}`],
    ["Script", route.file === null ? null : lineOf(route.file)],
    ["Mode", route.mode],
    ["Command", trace.argv?.map(lineOf).join(" ") ?? null],
    ["Directory", trace.cwd === null ? null : lineOf(trace.cwd)],
    ["Exit", exitOf(process)],
    ["Trace", trace.id],
    ["Secrets", note],
  ];
  return {
    title: `${lineOf(request.method)} ${lineOf(request.target)}: ${status}`,
    facts: facts.flatMap(([name, value]) => (value === null || value === "" ? [] : [[name, value] as const])),
    findings: trace.findings.map(({ severity, title, detail }) => ({
      severity,
      title: terminalText(wordsOf(title)),
      detail: terminalText(wordsOf(detail)),
    })),
    parts: partsOf(trace, version),
  };
}

const statusOf = ({ status, reason }: NonNullable<TraceJson["response"]>): string =>
  `${status} ${lineOf(reason)}`.trim();

/** `version`: in the status line that the client got; null: it got none. */
function partsOf(trace: TraceJson, version: string | null): ShownTrace["parts"] {
  const { request, response, env, stdout, stderr } = trace;
  const text = (name: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [{ name, text: lines.join("\n"), note: null }];
  const bytes = (name: string, stream: StreamJson | null | undefined) =>
    stream && stream.bytes > 0 ? [{ name, ...shownBytes(stream) }] : [];
  return [
    ...text("Request headers", headLines(request)),
    ...bytes("Request body", request.body),
    ...text(
      "Environment",
      (env ?? []).map(({ name, value }) => `${lineOf(name)}=${lineOf(value)}`),
    ),
    ...bytes("Standard output", stdout),
    ...bytes("Standard error", stderr),
    ...text(
      "Response headers",
      response
        ? [
            ...(version === null ? [] : [`${terminalText(version)} ${statusOf(response)}`.trim()]),
            ...response.headers.map(headerLine),
          ]
        : [],
    ),
    ...bytes("Response body", isInOutput(trace) ? null : response?.body),
  ];
}

/** Whether the response body is what follows the headers in the script's output, which is shown already. */
function isInOutput({ script, stdout, response }: TraceJson): boolean {
  const body = script?.spans.find(({ is }) => is === "body");
  if (!body || !stdout || !response || script?.kind === "local-redirect") return false;
  const kept = Buffer.from(stdout.base64, "base64").subarray(body.from);
  const sent = Buffer.from(response.body.base64, "base64");
  const both = Math.min(kept.length, sent.length); // of either the end may be missing
  return kept.subarray(0, both).equals(sent.subarray(0, both));
}

const headerLine = ([name, value]: readonly [BytesText, BytesText]): string => `${lineOf(name)}: ${lineOf(value)}`;

const headLines = ({ head, method, target, httpVersion, headers }: TraceJson["request"]): readonly string[] =>
  head === ""
    ? [`${lineOf(method)} ${lineOf(target)} HTTP/${httpVersion}`, ...headers.map(headerLine)]
    : [terminalText(toDisplayText(fromBytesText(head)).replace(/\r\n/g, "\n").trimEnd())];

function exitOf(process: TraceJson["process"]): string | null {
  if (!process) return null;
  if (process.errno !== null) return process.errno;
  return process.signal ?? (process.exitCode === null ? null : String(process.exitCode));
}

/** On one line, without control characters. */
const lineOf = (text: BytesText): string =>
  terminalText(toDisplayText(fromBytesText(text))).replace(/[\t\n]/g, (sign) => (sign === "\n" ? "\\n" : "\\t"));

/** Text if it is UTF-8; else every byte that is not printable ASCII as an escape. */
function shownBytes({ bytes, captured, base64 }: StreamJson): { readonly text: string; readonly note: string | null } {
  const kept = Buffer.from(base64, "base64");
  const shown = kept.subarray(0, maxShownBytes);
  const notes = [
    ...(captured < bytes ? [`${captured} of ${bytes} bytes were kept`] : []),
    ...(shown.length < kept.length ? [`the first ${shown.length} of ${kept.length} bytes are shown`] : []),
  ];
  let text: string | null = null;
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    text = decoder.decode(shown, { stream: shown.length < kept.length }); // a character may be cut
  } catch {
    notes.push("bytes that are not text are shown as escapes"); // not UTF-8
  }
  return {
    text:
      text === null
        ? shown.toString("latin1").replace(/[^\t\n\x20-\x7e]/g, hexEscape)
        : terminalText(text.replace(/\r\n/g, "\n")),
    note: notes.length === 0 ? null : `${notes.join("; ")}.`,
  };
}
