// The whole of one trace, without its streams' bytes. Fetched when it is selected, again when its row shows progress,
// and after a reconnection. While the next one is on its way the last one stays on the screen.
import { useMemo } from "react";
import type { TraceView } from "../../../server/contract/trace.js";
import { useLoaded } from "../../platform/use-loaded.js";
import { useTraceRow } from "./trace-store.js";
import { useWithheld } from "./withheld.js";

interface KnownTrace {
  /** The last trace that was read; it may still be the one before `id`. */
  readonly trace: TraceView | null;
  /** Why the selected one could not be read, a sentence. */
  readonly error: string | null;
}

export function useTrace(id: string | null): KnownTrace {
  const rev = useTraceRow(id)?.rev ?? 0;
  const { value, error } = useLoaded(
    id === null ? null : "trace",
    (client, signal) => client.traces.get({ id: id ?? "" }, { signal }),
    [id, rev],
  );
  const known = error === null || value?.id === id ? value : null; // another one is not shown for it
  const hasFindings = useWithheld(({ findings }) => !findings);
  const trace = useMemo(() => (hasFindings ? known : known && { ...known, findings: [] }), [known, hasFindings]);
  return { trace, error };
}
