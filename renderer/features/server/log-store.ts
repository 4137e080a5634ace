// The window's copy of the workbench's log, pulled while something shows it; another server process begins anew.
import { useEffect } from "react";
import { create } from "zustand";
import type { Client } from "../../rpc/connection.js";
import { delay } from "../../rpc/delay.js";
import { useClient } from "../../rpc/store.js";
import { type LogLines, mergeLog, noLines } from "./merge-log.js";

export const useLog = create<LogLines>()(() => noLines);

const retryMs = 500;

async function pull(client: Client, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const { generation, next } = useLog.getState();
    try {
      const batch = await client.log.next({ since: generation === null ? 0 : next, generation }, { signal });
      if (!signal.aborted) useLog.setState(mergeLog(useLog.getState(), batch), true);
    } catch (error) {
      if (signal.aborted) return;
      console.error("The log could not be read; trying again.", error);
      await delay(retryMs, signal);
    }
  }
}

/** The log, live while the component is mounted. */
export function useLogLines(): LogLines {
  const client = useClient();
  useEffect(() => {
    if (client === null) return;
    const stop = new AbortController();
    void pull(client, stop.signal); // ends by its signal and reports its own failures
    return () => stop.abort();
  }, [client]);
  return useLog();
}
