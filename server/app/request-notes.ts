// The requests that are logged: those that failed on the workbench's side, before a script could do anything wrong.
import { toDisplayText } from "../base/decode-text.js";
import type { Note } from "../base/log.js";
import type { TraceRecord } from "../trace/trace-record.js";

const ours: ReadonlySet<TraceRecord["outcome"]> = new Set(["spawn-error", "queue-full", "upstream-error"]);

/** The note for an ended request, or null. Without the request's number, so that repeats count as the same note. */
export function noteOf({ id, outcome, cause, route, request }: TraceRecord): Note | null {
  if (!ours.has(outcome)) return null;
  const what = `${toDisplayText(request.method)} ${toDisplayText(route.scriptName)}`;
  return {
    level: outcome === "queue-full" ? "warning" : "error",
    about: "scripts",
    message: `${what}: ${cause?.text ?? "it could not run."}`,
    traceId: id,
  };
}
