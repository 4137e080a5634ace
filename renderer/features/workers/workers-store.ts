// The processes kept for FastCGI applications, pulled while something shows them; another server process starts a new
// list.
import { create } from "zustand";
import type { WorkersState } from "../../../server/contract/workers-contract.js";
import { delay } from "../../rpc/delay.js";
import { liveFeed } from "../../rpc/live-feed.js";

/** Null before the first answer. */
const useWorkersState = create<{ readonly state: WorkersState | null }>()(() => ({ state: null }));

/** A busy application changes with each request; the view needs no more updates than this. */
const restMs = 200;

const useFeed = liveFeed("The workers", (client) => {
  let known: WorkersState | null = null;
  return async (signal) => {
    known = await client.workers.next({ since: known?.rev ?? -1, generation: known?.generation ?? null }, { signal });
    if (signal.aborted) return;
    useWorkersState.setState({ state: known });
    await delay(restMs, signal);
  };
});

/** Live while a component that uses it is mounted; null before the first answer. */
export function useWorkers(): WorkersState | null {
  useFeed();
  return useWorkersState(({ state }) => state);
}
