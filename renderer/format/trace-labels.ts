// Short words for a trace's properties, the same in the list, the inspector and the graph.
import { isFailed } from "../../server/contract/failure.js";
import type { Outcome, TraceRow } from "../../server/contract/trace.js";
import { outcomeNames } from "../../server/contract/trace-order.js";
import { ranName, ranOf } from "../../server/formats/query/filter-values.js";

/** How it was run: a mode's name, `file` for a static file, a dash when nothing ran. */
export const modeName = (row: Pick<TraceRow, "kind" | "mode">): string => ranName(ranOf(row));

/** An outcome in two words at most; `running` while there is none. */
export const outcomeName = (outcome: Outcome | null): string => (outcome === null ? "running" : outcomeNames[outcome]);

/**
 * The status as text: the number on the wire, else how it ended, also for an NPH script without a status line (0); a
 * dash when nothing was meant to be sent (a local redirect's further runs).
 */
export const statusText = ({ status, outcome }: Pick<TraceRow, "status" | "outcome">): string =>
  status !== null && status > 0 ? String(status) : outcome === "ok" ? "–" : outcomeName(outcome);

/** What the colour of a status depends on. `exitCode` not there: nothing ran. */
interface Ended extends Pick<TraceRow, "status" | "outcome"> {
  readonly exitCode?: number | null | undefined;
}

/** The colour role of a status: failures red, 4xx and exit codes amber, other responses green, the rest quiet. */
export function statusTone(row: Ended): "ok" | "warn" | "bad" | "dim" {
  if (isFailed(row)) return "bad";
  if (row.status === null || row.outcome === null) return "dim"; // still running, or nothing to send
  if (row.status >= 400 || exitText(row) !== null) return "warn";
  return row.status === 304 || row.status < 200 ? "dim" : "ok";
}

/** The exit code behind a whole response, which no server reports; null for 0. */
export const exitText = ({ outcome, exitCode }: Omit<Ended, "status">): string | null =>
  outcome === "ok" && exitCode ? `exit ${exitCode}` : null;

/** How it ended, with the exit code behind a whole response. */
export const endText = (row: Omit<Ended, "status">): string => exitText(row) ?? outcomeName(row.outcome);

interface RowSign {
  readonly tone: "bad" | "warn";
  readonly words: string;
}

/** A failure, else the gravest finding or an exit code; null when there is none of them. */
export function signOf(row: Pick<TraceRow, "outcome" | "severity" | "exitCode">): RowSign | null {
  const { outcome, severity } = row;
  if (outcome !== null && outcome !== "ok") return { tone: "bad", words: outcomeName(outcome) };
  if (severity === "error") return { tone: "bad", words: "has an error finding" };
  const exit = exitText(row);
  if (exit !== null) return { tone: "warn", words: exit };
  return severity === "warning" ? { tone: "warn", words: "has a warning" } : null;
}
