// The line above the traces of an earlier run: when the newest of those that are listed began.
// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one at any scroll position, which table elements cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { clockOf, dayOf } from "../../format/clock.js";
import type { RunLine } from "../../model/traces/list.js";
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
  return (
    <div
      role="row"
      className="trace-run"
      aria-rowindex={index + 2}
      style={{ transform: `translateY(${top}px)`, height }}
    >
      <div role="gridcell">
        <strong>{dayOf(run.at, Date.now())}</strong>{" "}
        <span className="ui-dim">session, newest shown {clockOf(run.at).slice(0, 5)}</span>{" "}
        <Button look="quiet" size="small" tabIndex={-1} onClick={() => setFilter(`session:${run.run}`)}>
          Show only this session
        </Button>
      </div>
    </div>
  );
}
