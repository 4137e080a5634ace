// The figures of the stored traces of one script, or of all, kept up to date while they are shown.
import { useEffect, useState } from "react";
import type { StoredFigures } from "../../../server/contract/figures-contract.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { useStoredRows } from "../../model/traces/stored-rows.js";
import { useTraceRows, useTraceStore } from "../../model/traces/trace-store.js";
import { delay } from "../../rpc/delay.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { useClient } from "../../rpc/store.js";

interface KnownFigures {
  /** Null: not read yet. */
  readonly figures: StoredFigures | null;
  /** Why they could not be read, a sentence. */
  readonly error: string | null;
}

/** New requests are in the file a little later; they are counted together, ms. */
const settleMs = 1000;

/** `file`: a workspace path; null: all requests. */
export function useStoredFigures(file: string | null): KnownFigures {
  const client = useClient();
  useTraceRows(); // each is a reason to read again
  const root = useWorkspace(({ workspace }) => workspace?.root ?? null);
  const of = `${root} ${file}`; // in another folder the same path is another script
  const [known, setKnown] = useState<KnownFigures & { readonly of: string }>({ figures: null, error: null, of });
  useEffect(() => {
    if (client === null) return;
    const stop = new AbortController();
    const read = async (): Promise<void> => {
      const next = await client.traces.figures({ file, from: null }, { signal: stop.signal }).then(
        (figures) => ({ figures, error: null, of }),
        (error: unknown) => ({ figures: null, error: problemText(problemOf(error)), of }),
      );
      if (!stop.signal.aborted) setKnown(next);
    };
    void readWithTraces(read, stop.signal); // the reading keeps its own failure
    return () => stop.abort();
  }, [client, file, of]);
  return known.of === of ? known : { figures: null, error: null };
}

/**
 * At once, and again a while after the figures may have changed, however often: one reading after the other, until the
 * signal aborts.
 */
async function readWithTraces(read: () => Promise<void>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const before = causes();
    await read();
    await untilOther(before, signal);
    await delay(settleMs, signal);
  }
}

/** One of them changes when the figures may: rows came, or stored traces were deleted or restored. */
function causes(): readonly unknown[] {
  const { turn, all } = useStoredRows.getState();
  return [useTraceStore.getState().rows, turn, all];
}

/** Resolves when one of the causes is no longer as it was, or when the signal aborts. */
function untilOther(before: readonly unknown[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!signal.aborted && causes().every((cause, index) => cause === before[index])) return;
      for (const stop of stops) stop();
      signal.removeEventListener("abort", look);
      resolve();
    };
    const stops = [useTraceStore.subscribe(look), useStoredRows.subscribe(look)];
    signal.addEventListener("abort", look);
    look();
  });
}
