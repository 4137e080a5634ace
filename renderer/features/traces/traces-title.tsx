// The tab's words: how many traces the window knows.
import { formatCount } from "../../format/size.js";
import { useTraceCount } from "../../model/traces/requests.js";

export function TracesTitle() {
  const count = useTraceCount();
  return (
    <>
      Traces <span className="ui-tab-count">{formatCount(count)}</span>
    </>
  );
}
