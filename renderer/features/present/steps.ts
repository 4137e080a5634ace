// The requests that a room is led through: those that ran a script, in their order, a few of them in sight.
import type { TraceRow } from "../../../server/contract/trace.js";
import { numberOf } from "../../../server/protocol/trace-id.js";

/** A local redirect's further runs belong to the request before them (RFC 3875 §6.2.2). */
export const stepsOf = (rows: readonly TraceRow[]): readonly TraceRow[] =>
  rows.filter(
    ({ kind, outcome, parent }) => kind === "script" && outcome !== null && parent?.kind !== "local-redirect",
  );

/**
 * Where a trace is among the steps; of one that ran no script, such as a linked
 * file, the step before it. −1: before all.
 */
export function placeOf(steps: readonly TraceRow[], id: string): number {
  const at = steps.findIndex((step) => step.id === id);
  if (at !== -1) return at;
  return steps.findLastIndex((step) => step.seq < numberOf(id));
}

/** `[from, to)`: `most` steps with this one among them and, where there is one, its successor. */
export function stepsInSight(count: number, at: number, most: number): readonly [from: number, to: number] {
  const to = Math.min(count, Math.max(most, at + 2));
  return [Math.max(0, to - most), to];
}

/** A redirect sent the client from one to the next. */
export const leadsTo = (before: TraceRow, after: TraceRow): boolean =>
  (after.parent?.id === before.id && after.parent.kind !== "replay") ||
  (before.status !== null &&
    before.status >= 300 &&
    before.status < 400 &&
    before.status !== 304 &&
    after.method === "GET");
