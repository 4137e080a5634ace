// The fixes for a trace's findings: requested when the trace is shown, and again when it or the folder's files change.
import { useEffect, useState } from "react";
import type { FixOffer } from "../../../server/contract/repair-contract.js";
import type { TraceView } from "../../../server/contract/trace.js";
import { useClient, useServer } from "../../rpc/store.js";

export interface Remedies {
  /** Of each finding, once every rule has been asked. */
  readonly rules: readonly string[];
  /** The script in the workspace; null when it is not there. */
  readonly path: string | null;
  /** For each finding, in their order. */
  readonly offers: readonly (readonly FixOffer[])[];
}
const none: Remedies = { rules: [], path: null, offers: [] };

/** Null while the doctor is still looking. */
export function useRemedies(trace: TraceView): Remedies | null {
  const client = useClient();
  const filesRev = useServer(({ state }) => state?.workspace?.filesRev ?? 0);
  const [known, setKnown] = useState<{ readonly id: string; readonly remedies: Remedies | null }>({
    id: trace.id,
    remedies: null,
  });
  const { id, findings } = trace;
  const hasEnded = trace.outcome !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed file makes other fixes possible
  useEffect(() => {
    if (client === null || !hasEnded) return;
    const stop = new AbortController();
    client.doctor.remedies({ traceId: id }, { signal: stop.signal }).then(
      (remedies) => stop.signal.aborted || setKnown({ id, remedies }),
      // No folder, or the trace is gone: nothing can be done about it here.
      () => stop.signal.aborted || setKnown({ id, remedies: none }),
    );
    return () => stop.abort();
  }, [client, id, hasEnded, findings, filesRev]);
  return known.id === id ? known.remedies : null;
}
