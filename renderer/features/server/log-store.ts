// The window's copy of the workbench's log, pulled while something shows it; another server process begins anew.
import { useEffect } from "react";
import { create } from "zustand";
import type { LogBatch, LogEntry } from "../../../server/contract/log-contract.js";
import type { Client } from "../../rpc/connection.js";
import { delay } from "../../rpc/delay.js";
import { useClient } from "../../rpc/store.js";

export interface LogLines {
  /** Of the server process the entries are from; null before the first answer. */
  readonly generation: string | null;
  /** What to ask for next. */
  readonly next: number;
  /** Oldest first. */
  readonly entries: readonly LogEntry[];
  /** Entries that had left the server's log before this window read them. */
  readonly missed: number;
}
export const noLines: LogLines = { generation: null, next: 0, entries: [], missed: 0 };

export const useLog = create<LogLines>()(() => noLines);

/** Entries the window keeps; the oldest leave first. */
const maxKept = 2000;
const retryMs = 500;

/** The log with a batch merged in: an entry that came again moves to the end. */
export function mergeLog(before: LogLines, { generation, entries, next, missed }: LogBatch): LogLines {
  const isSame = before.generation === generation;
  const known = isSame ? before.entries : [];
  const renewed = new Set(entries.map(({ id }) => id));
  return {
    generation,
    next,
    entries: [...known.filter(({ id }) => !renewed.has(id)), ...entries].slice(-maxKept),
    missed: isSame ? before.missed : missed,
  };
}

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
