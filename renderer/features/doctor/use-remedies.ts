// What can be done about a trace's findings: asked when the trace is shown, and again when it or the folder's files changed.
import { useEffect, useState } from "react";
import type { FixOffer } from "../../../server/contract/repair-contract.js";
import type { TraceView } from "../../../server/contract/trace.js";
import { useClient, useServer } from "../../rpc/store.js";

export interface Remedies {
  /** The script in the workspace; null when it is not there. */
  readonly path: string | null;
  /** For each finding, in their order. */
  readonly offers: readonly (readonly FixOffer[])[];
}
const none: Remedies = { path: null, offers: [] };

export function useRemedies(trace: TraceView): Remedies {
  const client = useClient();
  const filesRev = useServer(({ state }) => state?.workspace?.filesRev ?? 0);
  const [known, setKnown] = useState<{ readonly id: string; readonly remedies: Remedies }>({ id: trace.id, remedies: none });
  const { id, findings } = trace;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed file makes other fixes possible
  useEffect(() => {
    if (client === null || findings.length === 0) return;
    const stop = new AbortController();
    client.doctor.remedies({ traceId: id }, { signal: stop.signal }).then(
      (remedies) => stop.signal.aborted || setKnown({ id, remedies }),
      () => stop.signal.aborted || setKnown({ id, remedies: none }), // no folder, or the trace is gone: nothing can be done about it here
    );
    return () => stop.abort();
  }, [client, id, findings, filesRev]);
  return known.id === id ? known.remedies : none;
}
