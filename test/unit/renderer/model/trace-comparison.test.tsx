// What the selected trace is compared with: live and stored traces alike.
import { beforeEach, expect, test } from "vitest";
import { compareSelected, toggleMark, useTraceComparison } from "../../../../renderer/model/traces/trace-comparison.js";
import { noRows } from "../../../../renderer/model/traces/trace-rows.js";
import { useTraceStore } from "../../../../renderer/model/traces/trace-store.js";
import { useSelection } from "../../../../renderer/platform/selection.js";
import type { TraceRow } from "../../../../server/contract/trace.js";
import { showListed } from "../listed.js";
import { rowOf } from "../rows.js";

/** The nth trace of a run. Runs begin an hour after each other. */
const of = (run: number, nth: number, differences: Partial<TraceRow> = {}): TraceRow =>
  rowOf(nth, { id: `00000000${run}run00${run}-${nth}`, startedAt: run * 3_600_000 + nth, ...differences });

function show(stored: readonly TraceRow[], live: readonly TraceRow[]): void {
  useTraceStore.setState({ ...noRows, rows: live }, true);
  showListed(stored);
}

beforeEach(() => {
  show([], []);
  useTraceComparison.setState({ marked: null, left: null, right: null });
});

function comparedWith({ id }: TraceRow): string | null {
  useSelection.getState().select(id);
  compareSelected();
  return useTraceComparison.getState().left;
}

test("a stored trace is compared with the one before it at its address, whatever the list's order is", () => {
  const [first, other, second] = [
    of(1, 1),
    of(1, 2, { target: "/b", file: "b" }),
    of(1, 3, { target: "/cgi-bin/a.py?x" }),
  ];
  const later = of(1, 4);
  show([other, later, first, second], [of(2, 1)]);
  expect(comparedWith(second)).toBe(first.id);
});

test("the first of a run is compared with a stored one of the run before, although that has a greater number", () => {
  const before = of(1, 7);
  const [first, running] = [of(2, 1), of(2, 2, { outcome: null })];
  show([of(1, 6), before], [first, running]);
  expect(comparedWith(first)).toBe(before.id);
});

test("without one at its address: one of its script, else simply the one before; the very first has none", () => {
  const [first, second] = [of(1, 1, { target: "/index.html", file: null }), of(1, 2)];
  const elsewhere = of(1, 3, { target: "/other/a.py" });
  show([], [first, second, elsewhere]);
  expect(comparedWith(elsewhere)).toBe(second.id);
  expect(comparedWith(second)).toBe(first.id);
  expect(comparedWith(first)).toBeNull();
});

test("what it repeats goes first, and a marked one before all", () => {
  const [first, second] = [of(1, 1, { target: "/b", file: "b" }), of(1, 2)];
  const again = of(2, 1, { parent: { kind: "replay", id: first.id } });
  show([first, second], [again]);
  expect(comparedWith(again)).toBe(first.id);
  toggleMark(second.id);
  expect(comparedWith(again)).toBe(second.id);
});
