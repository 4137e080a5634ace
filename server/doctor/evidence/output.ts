// What the rules about a script's output share: whether there was a response at all, and the line at which reading stopped.
import type { ByteString } from "../../contract/bytes-text.js";
import { endedBadly } from "../../contract/failure.js";
import { traitsOf } from "../../contract/modes.js";
import type { Evidence, Span } from "../../contract/trace.js";
import { byteString, fromBytes } from "../../protocol/byte-string.js";
import type { Bytes, TraceFacts } from "../engine/subject.js";

/** How far a rule looks into the output for a header. */
const headBytes = 64 << 10;

/** The script ran, and there is no response that could be passed on. */
export function hasNoResponse({ outcome, script }: TraceFacts): boolean {
  return (outcome === "invalid-output" || outcome === "crashed") && (script === null || script.kind === "invalid");
}

/** The same, with nothing at all on stdout. */
export const wroteNothing = (facts: TraceFacts): boolean => hasNoResponse(facts) && (facts.stdout?.bytes ?? 0) === 0;

/** How a process that is kept ended: its runner knows what it wrote, also while it served another request, and when it is started again. */
export const endOfKept = ({ route, detail }: TraceFacts): string | null =>
  traitsOf(route.mode)?.keepsProcesses ? detail : null;

/** `text` without its line end; `[from, to)` in stdout, line end excluded. */
export interface OutputLine {
  readonly text: ByteString;
  readonly from: number;
  readonly to: number;
}
export interface BadOutput {
  /** The first 64 KiB. */
  readonly head: ByteString;
  /** Where reading the header stopped making sense. */
  readonly stopped: OutputLine;
  readonly stdout: Bytes;
}

/** Output that is no response, and where that showed; null when there was none, or it is one. */
export function badOutput(facts: TraceFacts): BadOutput | null {
  const { stdout, script } = facts;
  if (!hasNoResponse(facts) || !stdout || stdout.captured === 0) return null;
  const head = fromBytes(stdout.read(0, headBytes));
  const from = Math.min(script?.stoppedAt ?? 0, head.length);
  const lineFeed = head.indexOf("\n", from);
  const to = lineFeed < 0 ? head.length : lineFeed;
  return { head, stopped: { text: byteString(head.slice(from, to).replace(/\r$/, "")), from, to }, stdout };
}

/** A line that can only be a CGI field (RFC 3875 §6.3), with the offset at which it begins. */
export function cgiFieldAfter(head: string, from: number): number | null {
  const field = /^(?:content-type|status|location)[ \t]*:/im;
  const match = field.exec(head.slice(from));
  return match === null ? null : from + match.index;
}

/** In its title a rule may name the process's end; its evidence always does, when it ended badly. */
export function processEvidence({ process }: TraceFacts): Evidence[] {
  return process && endedBadly(process)
    ? [{ kind: "process", exitCode: process.exitCode, signal: process.signal }]
    : [];
}

/** A finding must point at something: at least one byte, within the stream. */
export function rangeIn({ bytes }: Pick<Bytes, "bytes">, from: number, to: number): [number, number] {
  const start = Math.max(0, Math.min(from, bytes - 1));
  return [start, Math.max(start, Math.min(Math.max(to, start + 1), bytes))];
}

/** Where the line of the script's `index`-th field stands in stdout: [from, to) without its line end. */
export function fieldRange({ script }: TraceFacts, index: number): [number, number] | null {
  let names = 0;
  let from: number | null = null;
  let to = 0;
  for (const span of script?.spans ?? []) {
    if (span.is === "name") {
      if (from !== null) break;
      if (names++ === index) from = span.from;
    }
    if (from !== null && span.is !== "line-end" && span.is !== "empty-line") to = span.to;
  }
  return from === null ? null : [from, to];
}

/** The empty line that ends the header; null when it never came. Its `to` is the header's size. */
export const emptyLine = ({ script }: Pick<TraceFacts, "script">): Span | null =>
  script?.spans.findLast(({ is }) => is === "empty-line") ?? null;
