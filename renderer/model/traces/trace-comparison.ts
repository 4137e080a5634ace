// Which two traces are compared, and the one that is marked to be compared with.
import { create } from "zustand";
import type { TraceRow } from "../../../server/contract/trace.js";
import { showBottomTab } from "../../platform/bottom-tab-store.js";
import { useSelection } from "../../platform/selection.js";
import { recall, remember } from "../../platform/storage.js";
import { newestRow } from "./requests.js";
import { isEarlier } from "./trace-rows.js";
import { knownRow } from "./trace-store.js";

interface TraceComparison {
  /** The trace that others are compared with; null when none is marked. */
  readonly marked: string | null;
  readonly left: string | null;
  /** Null: whatever trace is selected. */
  readonly right: string | null;
  readonly onlyDifferences: boolean;
}

export const useTraceComparison = create<TraceComparison>()(() => ({
  marked: null,
  left: null,
  right: null,
  onlyDifferences: recall("compare-differences", (value) => (typeof value === "boolean" ? value : null)) ?? true,
}));

export function setOnlyDifferences(onlyDifferences: boolean): void {
  remember("compare-differences", onlyDifferences);
  useTraceComparison.setState({ onlyDifferences });
}

export const useMarked = (): string | null => useTraceComparison((comparison) => comparison.marked);

/** Marks a trace, or takes its mark away. */
export function toggleMark(id: string): void {
  useTraceComparison.setState(({ marked }) => ({ marked: marked === id ? null : id }));
}

/** What was on the left is what the other is measured against. */
export function compare(left: string | null, right: string | null): void {
  useTraceComparison.setState({ left, right });
}

/**
 * What the selected trace would be compared with: the marked one; without a mark its origin, or the
 * last one before it that is most like it. Null for none.
 */
export function otherOfSelected(): string | null {
  const { traceId } = useSelection.getState();
  const { marked } = useTraceComparison.getState();
  if (traceId === null) return null;
  const row = knownRow(traceId);
  return marked !== null && marked !== traceId ? marked : row && predecessorOf(row);
}

/** Compares the selected trace with it. */
export function compareSelected(): void {
  compare(otherOfSelected(), null);
  showBottomTab("compare");
}

/**
 * What a trace is most likely to be compared with: what it repeats, the same address, the
 * same script, or simply the one before it.
 */
function predecessorOf(row: TraceRow): string | null {
  if (row.parent?.kind === "replay" && knownRow(row.parent.id)) return row.parent.id;
  const last = (isWanted: (other: TraceRow) => boolean): TraceRow | null =>
    newestRow((other) => other.outcome !== null && isEarlier(other, row) && isWanted(other));
  const path = pathOf(row);
  const like =
    last((other) => other.method === row.method && pathOf(other) === path) ??
    last((other) => row.file !== null && other.file === row.file) ??
    last(() => true);
  return like?.id ?? null;
}

const pathOf = ({ target }: TraceRow): string => target.split("?", 1)[0] ?? target;
