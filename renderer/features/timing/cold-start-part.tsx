// Where a cold start of the trace's script goes, when it is asked for: the script runs a few times for it.
import { examinedLanguage } from "../../../server/contract/measurable.js";
import type { TraceView } from "../../../server/contract/trace.js";
import { readable } from "../../format/bytes-text.js";
import { useFiles } from "../../model/folder/file-store.js";
import { useTraceRow } from "../../model/traces/trace-store.js";
import { lazyPart } from "../../platform/lazy-part.js";
import { useSelection } from "../../platform/selection.js";
import { useClient } from "../../rpc/store.js";
import { Button } from "../../ui/button.js";
import { cancelColdStart, examineColdStart, useColdStarts } from "./cold-starts.js";

const ColdStart = lazyPart(async () => (await import("../mode-comparison/cold-start.js")).ColdStart);

export function ColdStartPart({ trace }: { readonly trace: TraceView }) {
  const client = useClient();
  const file = useTraceRow(trace.id)?.file ?? null;
  const entry = useFiles(({ byPath }) => byPath.get(file ?? "") ?? null);
  const target = readable(trace.request.target);
  const key = `${file} ${entry?.modifiedAt} ${target}`; // the script runs as it is now, whatever the trace ran
  const { reports, failed, running } = useColdStarts();
  if (file === null || examinedLanguage(entry?.agent ?? null) === null) return null;
  if (trace.route.mode !== "cgi" || trace.process === null) return null;
  const isRunning = running?.key === key;
  const report = isRunning ? undefined : reports.get(key);
  return (
    <>
      {report && (
        <ColdStart
          key={key}
          report={report}
          path={file}
          onOpenLine={(path, line) => useSelection.getState().open(path, line)}
        />
      )}
      <div className="timing-cold">
        <Button
          size="small"
          disabled={!client || running !== null}
          aria-busy={isRunning}
          onClick={() => void examineColdStart(key, target)}
        >
          {report ? "Measure again" : "Show cold start"}
        </Button>
        {running !== null && (
          <Button size="small" onClick={cancelColdStart}>
            Cancel
          </Button>
        )}
        {failed?.key === key ? (
          <span className="ui-bad" role="alert">
            {failed.failure}
          </span>
        ) : (
          <span className="ui-dim">
            {running !== null && !isRunning
              ? "Another cold start is being measured."
              : report
                ? "Of the script as it is now, which need not be the version that this request ran."
                : "Where a new process of the script as it is now spends its time. Sends a few GET requests."}
          </span>
        )}
      </div>
    </>
  );
}
