// Where a cold start of the trace's script goes, when it is asked for: the script runs a few times for it.
import { create } from "zustand";
import type { StartupReport } from "../../../server/contract/command-output.js";
import type { TraceView } from "../../../server/contract/trace.js";
import { readable } from "../../format/bytes-text.js";
import { useFiles } from "../../model/folder/file-store.js";
import { useTraceRow } from "../../model/traces/trace-store.js";
import { lazyPart } from "../../platform/lazy-part.js";
import { useSelection } from "../../platform/selection.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { connected, useClient } from "../../rpc/store.js";
import { Button } from "../../ui/button.js";

const ColdStart = lazyPart(async () => (await import("../rail/cold-start.js")).ColdStart);

type Examined = StartupReport | "running" | { readonly failure: string };

/** By the version of the script and the target. */
const useStartups = create<{ readonly byKey: ReadonlyMap<string, Examined> }>()(() => ({ byKey: new Map() }));

async function examine(key: string, target: string): Promise<void> {
  const note = (examined: Examined): void =>
    useStartups.setState(({ byKey }) => ({ byKey: new Map(byKey).set(key, examined) }));
  note("running");
  try {
    note(await connected().measure.startup({ target }));
  } catch (error) {
    note({ failure: problemText(problemOf(error)) });
  }
}

export function ColdStartPart({ trace }: { readonly trace: TraceView }) {
  const client = useClient();
  const file = useTraceRow(trace.id)?.file ?? null;
  const agent = useFiles(({ byPath }) => byPath.get(file ?? "")?.agent ?? null);
  const target = readable(trace.request.target);
  const key = `${file} ${trace.route.scriptHash} ${target}`;
  const examined = useStartups(({ byKey }) => byKey.get(key));
  if (file === null || agent === null || trace.route.mode !== "cgi" || trace.process === null) return null;
  if (typeof examined === "object" && "imports" in examined)
    return (
      <ColdStart
        key={key}
        report={examined}
        path={file}
        onOpenLine={(path, line) => useSelection.getState().open(path, line)}
      />
    );
  return (
    <div className="timing-cold">
      <Button
        size="small"
        disabled={!client || examined === "running"}
        aria-busy={examined === "running"}
        onClick={() => void examine(key, target)}
      >
        Show cold start
      </Button>
      <span className="ui-dim">
        {examined === undefined || examined === "running"
          ? "Where the time of a new process goes, import by import. Sends a few GET requests."
          : ""}
      </span>
      {typeof examined === "object" && (
        <span className="ui-bad" role="alert">
          {examined.failure}
        </span>
      )}
    </div>
  );
}
