// What the list says when it shows nothing, or not everything.
import { maxTraces } from "../../../server/contract/limits.js";
import { formatCount } from "../../format/size.js";
import { isStored, useStoredRows } from "../../model/traces/stored-rows.js";
import { useTraceStore } from "../../model/traces/trace-store.js";
import { keepsFocus } from "../../platform/focus-pane.js";
import { Button } from "../../ui/button.js";
import { setFilter } from "./list-state.js";

export function NothingFound() {
  const all = useStoredRows((stored) => stored.all);
  return (
    <div ref={keepsFocus} className="ui-row ui-dim trace-list-nothing">
      <p>None of the {formatCount(all)} traces matches the filter.</p>
      <Button size="small" onClick={() => setFilter("")}>
        Clear filter
      </Button>
    </div>
  );
}

/** Reports the traces that the list does not hold. While traces are stored, it has them from there. */
export function Missed() {
  const areStored = useStoredRows(isStored);
  const missed = useTraceStore((state) => state.missed);
  const forgotten = useTraceStore((state) => state.forgotten);
  const words = [
    missed > 0 ? `The server evicted ${formatCount(missed)} older updates before this window could load them.` : "",
    forgotten > 0
      ? `The list shows the newest ${formatCount(maxTraces)} traces. Evicted: ${formatCount(forgotten)}.`
      : "",
  ];
  if (areStored) return null;
  return (
    <p role="status" className="ui-dim trace-list-note">
      {words.filter((sentence) => sentence !== "").join(" ")}
    </p>
  );
}
