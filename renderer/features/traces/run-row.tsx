// The line above the traces of an earlier run: of which day they are, and when that run began.
// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one at any scroll position, which table elements cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { clockOf, dayOf } from "../../format/clock.js";
import type { RunLine } from "../../model/traces/list.js";
import { useStoredRows } from "../../model/traces/stored-rows.js";
import { Button } from "../../ui/button.js";
import { setFilter } from "./list-state.js";

interface RunRowProps {
  readonly run: RunLine;
  readonly index: number;
  /** px, of the row in the list. */
  readonly top: number;
  readonly height: number;
}

export function RunRow({ run, index, top, height }: RunRowProps) {
  const known = useStoredRows(({ store }) => store?.runs.find((one) => one.run === run.run) ?? null);
  const from = known?.from ?? run.at;
  const now = Date.now();
  const isOtherDay = dayOf(from, now) !== dayOf(run.at, now);
  const since = `${isOtherDay ? `${dayOf(from, now)} ` : ""}${clockOf(from).slice(0, 5)}`;
  return (
    <div
      role="row"
      className="trace-run"
      aria-rowindex={index + 2}
      style={{ transform: `translateY(${top}px)`, height }}
    >
      <div role="gridcell">
        <strong>{dayOf(run.at, now)}</strong> <span className="ui-dim">session since {since}</span>{" "}
        <Button look="quiet" size="small" tabIndex={-1} onClick={() => setFilter(`session:${run.run}`)}>
          Show only this session
        </Button>
      </div>
    </div>
  );
}
