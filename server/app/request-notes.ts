// The requests that are logged: those that failed on the workbench's side, before a script could do anything wrong.
import { toDisplayText } from "../base/decode-text.js";
import { type Note, noteOf } from "../base/log.js";
import { wordsOf } from "../contract/message.js";
import type { TraceRecord } from "../trace/trace-record.js";
import { logMessage } from "./messages.js";

const ours: ReadonlySet<TraceRecord["outcome"]> = new Set(["spawn-error", "queue-full", "upstream-error"]);

/** The note for an ended request, or null. Without the request's number, so that repeats count as the same note. */
export function requestNote({ id, outcome, cause, route, request: head }: TraceRecord): Note | null {
  if (!ours.has(outcome)) return null;
  const request = `${toDisplayText(head.method)} ${toDisplayText(route.scriptName)}`;
  const message = logMessage("request-not-run", { request, why: wordsOf(cause?.text ?? null) });
  return { ...noteOf(outcome === "queue-full" ? "warning" : "error", "scripts", message), traceId: id };
}
