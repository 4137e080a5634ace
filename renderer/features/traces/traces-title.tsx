// The tab's words: how many traces the window knows.
import { formatCount } from "../../format/size.js";
import { useStoredRows } from "../../model/traces/stored-rows.js";
import { useTraceRows } from "../../model/traces/trace-store.js";

export function TracesTitle() {
  const stored = useStoredRows(({ all }) => all);
  const count = useTraceRows().length + stored;
  return (
    <>
      Traces <span className="ui-tab-count">{formatCount(count)}</span>
    </>
  );
}
