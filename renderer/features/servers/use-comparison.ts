// What other servers would have done with a trace's request: asked when it is shown, once the request has ended.
import { useEffect, useState } from "react";
import type { ServerComparison } from "../../../server/contract/servers-contract.js";
import type { TraceView } from "../../../server/contract/trace.js";
import { isConnectionLost, problemOf, problemText } from "../../rpc/problem.js";
import { useClient } from "../../rpc/store.js";

type Asked = ServerComparison | { readonly failed: string };

/** Null while it is not known. */
export function useComparison({ id, outcome }: TraceView): Asked | null {
  const client = useClient();
  const [known, setKnown] = useState<{ readonly id: string; readonly asked: Asked } | null>(null);
  const hasEnded = outcome !== null;
  useEffect(() => {
    if (client === null || !hasEnded) return;
    const stop = new AbortController();
    client.servers.compare({ id }, { signal: stop.signal }).then(
      (asked) => stop.signal.aborted || setKnown({ id, asked }),
      (error: unknown) =>
        stop.signal.aborted ||
        isConnectionLost(error) || // asked again over the next connection
        setKnown({ id, asked: { failed: problemText(problemOf(error)) } }),
    );
    return () => stop.abort();
  }, [client, id, hasEnded]);
  return known?.id === id ? known.asked : null;
}
