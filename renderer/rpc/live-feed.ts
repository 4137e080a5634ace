// Something that is pulled from the server while a component shows it: one loop for all
// of them, begun again with each connection.
import { useEffect } from "react";
import type { Client } from "./connection.js";
import { pullLoop } from "./pull-loop.js";
import { useClient } from "./store.js";

/** One request, and the handling of its response. */
type Pull = (signal: AbortSignal) => Promise<void>;

/** A hook that keeps the loop running while a component that uses it is mounted. `begin`: with each new connection. */
export function liveFeed(what: string, begin: (client: Client) => Pull): () => void {
  let users = 0;
  let running: { readonly client: Client; readonly stop: AbortController } | null = null;
  return function useLiveFeed() {
    const client = useClient();
    useEffect(() => {
      if (client === null) return;
      users++;
      if (running?.client !== client) {
        running?.stop.abort();
        running = { client, stop: new AbortController() };
        void pullLoop(what, begin(client), running.stop.signal); // ends by its signal and reports its own failures
      }
      return () => {
        users--;
        if (users > 0) return;
        running?.stop.abort();
        running = null;
      };
    }, [client]);
  };
}
