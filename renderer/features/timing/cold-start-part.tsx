// Where a cold start of the trace's script goes, when it is asked for: the script runs a few times for it.

import { create } from "zustand";
import type { StartupReport } from "../../../server/contract/command-output.js";
import { examinedLanguage } from "../../../server/contract/measurable.js";
import type { TraceView } from "../../../server/contract/trace.js";
import { readable } from "../../format/bytes-text.js";
import { useFiles } from "../../model/folder/file-store.js";
import { onOtherFolder } from "../../model/folder/workspace-store.js";
import { useTraceRow } from "../../model/traces/trace-store.js";
import { lazyPart } from "../../platform/lazy-part.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { connected, useClient } from "../../rpc/store.js";
import { Button } from "../../ui/button.js";

// The cold starts that were examined in the open folder. One is examined at a time; it can be cancelled.
interface ColdStarts {
  /** The newest is the last one. */
  readonly reports: ReadonlyMap<string, StartupReport>;
  /** The last one that failed, and why, a sentence. */
  readonly failed: { readonly key: string; readonly failure: string } | null;
  readonly running: { readonly key: string; readonly end: AbortController } | null;
}
const nothing: ColdStarts = { reports: new Map(), failed: null, running: null };

/** The key of a report names the script, the time it was saved, and the target. */
export const useColdStarts = create<ColdStarts>()(() => nothing);

/** Reports that are kept: each lists some hundred modules. */
const mostKept = 20;

const cancelColdStart = (): void => useColdStarts.getState().running?.end.abort();

/** In another folder the same paths are other files. */
onOtherFolder(() => {
  cancelColdStart();
  useColdStarts.setState(nothing);
});

async function examineColdStart(key: string, target: string): Promise<void> {
  const end = new AbortController();
  useColdStarts.setState({ running: { key, end }, failed: null });
  const note = (change: Partial<ColdStarts>): void => {
    if (useColdStarts.getState().running?.end === end) useColdStarts.setState({ running: null, ...change });
  };
  try {
    const report = await connected().measure.startup({ target }, { signal: end.signal });
    const kept = [...useColdStarts.getState().reports].filter(([known]) => known !== key).slice(1 - mostKept);
    note({ reports: new Map([...kept, [key, report]]) });
  } catch (error) {
    note(end.signal.aborted ? {} : { failed: { key, failure: problemText(problemOf(error)) } });
  }
}

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
      {report && <ColdStart key={key} report={report} path={file} />}
      <div className="ui-row timing-cold">
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
