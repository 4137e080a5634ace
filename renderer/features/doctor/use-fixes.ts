// The fixes for a trace's findings: requested when the trace is shown, and again when it or the folder's files change.
import { useEffect, useState } from "react";
import type { TraceFixes } from "../../../server/contract/fix-contract.js";
import type { TraceView } from "../../../server/contract/trace.js";
import { isConnectionLost, problemOf, problemText } from "../../rpc/problem.js";
import { useClient, useServer } from "../../rpc/store.js";

type Fixes = Pick<TraceFixes, "rules" | "path" | "fixes"> & {
  /** Why they are not known; null if they are. */
  readonly failed: string | null;
};

/** Null while the doctor is still looking. */
export function useFixes(trace: TraceView): Fixes | null {
  const client = useClient();
  const filesRev = useServer(({ state }) => state?.workspace?.filesRev ?? 0);
  const [known, setKnown] = useState<{ readonly id: string; readonly fixes: Fixes | null }>({
    id: trace.id,
    fixes: null,
  });
  const { id, findings } = trace;
  const hasEnded = trace.outcome !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed file makes other fixes possible
  useEffect(() => {
    if (client === null || !hasEnded) return;
    const stop = new AbortController();
    client.doctor.fixes({ traceId: id }, { signal: stop.signal }).then(
      (fixes) => stop.signal.aborted || setKnown({ id, fixes: { ...fixes, failed: null } }),
      (error: unknown) => {
        if (stop.signal.aborted || isConnectionLost(error)) return;
        setKnown({ id, fixes: { rules: [], path: null, fixes: [], failed: problemText(problemOf(error)) } });
      },
    );
    return () => stop.abort();
  }, [client, id, hasEnded, findings, filesRev]);
  return known.id === id ? known.fixes : null;
}
