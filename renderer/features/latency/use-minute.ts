// The last minute's percentiles as the server counted them: it has seen every request,
// the window only those whose rows it has.
import { useEffect, useState } from "react";
import type { LatencySummary } from "../../../server/contract/workspace.js";
import { useClient } from "../../rpc/store.js";

/**
 * `beat` changes each second; null while the figures are not needed or not known. The server counts scripts, so it is
 * of one script.
 */
export function useMinute(file: string | null, beat: number, isWanted: boolean): LatencySummary | null {
  const client = useClient();
  const [known, setKnown] = useState<{ readonly file: string; readonly summary: LatencySummary } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked at each beat
  useEffect(() => {
    if (!client || !isWanted || file === null) return;
    const stop = new AbortController();
    client.metrics.latency({ file }, { signal: stop.signal }).then(
      (summary) => stop.signal.aborted || setKnown({ file, summary }),
      // A lost connection: the window uses its own figures, and the banner reports the loss.
      () => undefined,
    );
    return () => stop.abort();
  }, [client, file, beat, isWanted]);
  return isWanted && known?.file === file ? known.summary : null;
}
