// The last minute's percentiles as the server counted them: it has seen every request,
// the window only those whose rows it has.
import { useEffect, useState } from "react";
import type { LatencySummary } from "../../../server/contract/workspace.js";
import { delay } from "../../rpc/delay.js";
import { useClient } from "../../rpc/store.js";

/** From one call's end to the next call, ms. */
const beatMs = 1000;

/** Null while the figures are not wanted or not known. The server counts scripts, so they are of one script. */
export function useMinute(file: string | null, isWanted: boolean): LatencySummary | null {
  const client = useClient();
  const [known, setKnown] = useState<{ readonly file: string; readonly summary: LatencySummary } | null>(null);
  useEffect(() => {
    if (!client || !isWanted || file === null) return;
    const stop = new AbortController();
    const read = async (): Promise<void> => {
      while (!stop.signal.aborted) {
        const next = await client.metrics.latency({ file }, { signal: stop.signal }).then(
          (summary) => ({ file, summary }),
          // A lost connection: the window uses its own figures, and the banner reports the loss.
          () => null,
        );
        if (!stop.signal.aborted) setKnown(next);
        await delay(beatMs, stop.signal);
      }
    };
    void read();
    return () => stop.abort();
  }, [client, file, isWanted]);
  return isWanted && known?.file === file ? known.summary : null;
}
