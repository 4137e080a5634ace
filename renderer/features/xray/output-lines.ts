// The script's output as lines: the header lines that the grammar found (RFC 3875 §6), the blank line, then the
// beginning of the body up to a bound. Offsets are those of stdout.
import type { Span } from "../../../server/contract/trace.js";

export interface OutputPart {
  readonly is: Span["is"];
  readonly from: number;
  readonly to: number;
}
export interface OutputLine {
  readonly is: "status-line" | "header" | "empty-line" | "body" | "malformed" | "unread";
  readonly from: number;
  readonly to: number;
  readonly parts: readonly OutputPart[];
}

/** Header lines shown at most. */
export const maxHeadLines = 200;
/** Lines and bytes of the body shown at most. */
const maxBodyLines = 10;
export const maxBodyBytes = 1024;
/** Bytes of one line shown at most. */
export const maxLineBytes = 2048;

interface HeadLines {
  readonly lines: readonly OutputLine[];
  /** Header lines that are left out after those, and where the first of them begins; null: none. */
  readonly omitted: { readonly count: number; readonly at: number } | null;
  /** What comes after the omitted ones: the blank line, or the one that is not valid. */
  readonly last: readonly OutputLine[];
}

/** The head's lines as far as they are shown. */
export function headLines(spans: readonly Span[]): HeadLines {
  const all = allHeadLines(spans);
  const rest = all.slice(maxHeadLines);
  const omitted = rest.filter(({ is }) => is === "header");
  const [first] = omitted;
  return {
    lines: all.slice(0, maxHeadLines),
    omitted: first === undefined ? null : { count: omitted.length, at: first.from },
    last: rest.filter(({ is }) => is !== "header"),
  };
}

/** A line holds everything up to and including its line end. */
function allHeadLines(spans: readonly Span[]): OutputLine[] {
  const lines: OutputLine[] = [];
  let parts: OutputPart[] = [];
  const flush = (): void => {
    const [first] = parts;
    const last = parts[parts.length - 1];
    if (!first || !last) return;
    const has = (is: Span["is"]): boolean => parts.some((part) => part.is === is);
    const is = has("malformed")
      ? "malformed"
      : has("empty-line")
        ? "empty-line"
        : has("status-line")
          ? "status-line"
          : "header";
    lines.push({ is, from: first.from, to: last.to, parts });
    parts = [];
  };
  for (const span of spans) {
    if (span.is === "body") break;
    parts.push(span);
    if (span.is === "line-end" || span.is === "empty-line") flush();
  }
  flush();
  return lines;
}

/** The first lines of what comes after the head, cut at line feeds; `bytes` holds stdout's beginning. */
export function bodyLines(bytes: Uint8Array, from: number, is: "body" | "unread", charset = "utf-8"): OutputLine[] {
  const lines: OutputLine[] = [];
  const stop = Math.min(bytes.length, from + maxBodyBytes);
  for (let at = from; at < stop && lines.length < maxBodyLines; ) {
    const to = lineEnd(bytes, at, stop, charset);
    lines.push({ is, from: at, to, parts: [{ is: "body", from: at, to }] });
    at = to;
  }
  return lines;
}

/** After the next line feed, which is two bytes in UTF-16; `stop` when there is none before it. */
function lineEnd(bytes: Uint8Array, from: number, stop: number, charset: string): number {
  const feed = charset === "utf-16le" ? [0x0a, 0] : charset === "utf-16be" ? [0, 0x0a] : [0x0a];
  for (let at = from; at + feed.length <= stop; at += feed.length)
    if (feed.every((byte, index) => bytes[at + index] === byte)) return at + feed.length;
  return stop;
}
