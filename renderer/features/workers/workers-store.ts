// The processes kept for FastCGI applications, pulled while something shows them; another server process begins anew.
import { useEffect } from "react";
import { create } from "zustand";
import type { WorkersState } from "../../../server/contract/workers-contract.js";
import type { Client } from "../../rpc/connection.js";
import { delay } from "../../rpc/delay.js";
import { useClient } from "../../rpc/store.js";

/** Null before the first answer. */
const useWorkersState = create<{ readonly state: WorkersState | null }>()(() => ({ state: null }));

const retryMs = 500;
/** A busy application changes with each request: nobody reads faster than this. */
const restMs = 200;

async function pull(client: Client, signal: AbortSignal): Promise<void> {
  let known: WorkersState | null = null;
  while (!signal.aborted) {
    try {
      known = await client.workers.next({ since: known?.rev ?? -1, generation: known?.generation ?? null }, { signal });
      if (signal.aborted) return;
      useWorkersState.setState({ state: known });
      await delay(restMs, signal);
    } catch (error) {
      if (signal.aborted) return;
      console.error("The workers could not be read; trying again.", error);
      await delay(retryMs, signal);
    }
  }
}

let users = 0;
let pulling: { readonly client: Client; readonly stop: AbortController } | null = null;

/** Live while a component that uses it is mounted, one loop for all of them; null before the first answer. */
export function useWorkers(): WorkersState | null {
  const client = useClient();
  useEffect(() => {
    if (client === null) return;
    users++;
    if (pulling?.client !== client) {
      pulling?.stop.abort();
      pulling = { client, stop: new AbortController() };
      void pull(client, pulling.stop.signal); // ends by its signal and reports its own failures
    }
    return () => {
      users--;
      if (users > 0) return;
      pulling?.stop.abort();
      pulling = null;
    };
  }, [client]);
  return useWorkersState(({ state }) => state);
}
