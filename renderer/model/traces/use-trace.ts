// The whole of one trace, without its streams' bytes. Fetched when it is selected, again when its row shows progress,
// and after a reconnection. While the next one is on its way the last one stays on the screen.
import { useEffect, useMemo, useState } from "react";
import type { TraceView } from "../../../server/contract/trace.js";
import { isConnectionLost, problemOf, problemText } from "../../rpc/problem.js";
import { useClient } from "../../rpc/store.js";
import { useTraceRow } from "./trace-store.js";
import { useWithheld } from "./withheld.js";

interface KnownTrace {
  /** The last trace that was read; it may still be the one before `id`. */
  readonly trace: TraceView | null;
  /** Why the selected one could not be read, a sentence. */
  readonly error: string | null;
}

export function useTrace(id: string | null): KnownTrace {
  const client = useClient();
  const rev = useTraceRow(id)?.rev ?? 0;
  const [known, setKnown] = useState<KnownTrace>({ trace: null, error: null });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `rev` is what says that there is something new to read
  useEffect(() => {
    if (client === null || id === null) return;
    const stop = new AbortController();
    client.traces.get({ id }, { signal: stop.signal }).then(
      (trace) => stop.signal.aborted || setKnown({ trace, error: null }),
      (error: unknown) =>
        stop.signal.aborted ||
        isConnectionLost(error) || // asked again over the next connection
        setKnown((before) => ({
          trace: before.trace?.id === id ? before.trace : null,
          error: problemText(problemOf(error)),
        })),
    );
    return () => stop.abort();
  }, [client, id, rev]);
  const hasFindings = useWithheld(({ findings }) => !findings);
  return useMemo(() => {
    if (id === null) return { trace: null, error: null };
    const { trace, error } = known;
    return hasFindings || trace === null ? known : { trace: { ...trace, findings: [] }, error };
  }, [id, known, hasFindings]);
}
