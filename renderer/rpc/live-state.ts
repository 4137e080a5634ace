// A state of the server with a revision, pulled while a component shows it; another server process begins a new one.
import { create } from "zustand";
import type { Client } from "./connection.js";
import { delay } from "./delay.js";
import { liveFeed } from "./live-feed.js";

interface Numbered {
  readonly rev: number;
  readonly generation: string;
}
interface Since {
  readonly since: number;
  readonly generation: string | null;
}

/**
 * A hook that has the state, live while a component that uses it is mounted; null before the first answer.
 * @param restMs between two states
 */
export function liveState<State extends Numbered>(
  what: string,
  next: (client: Client, since: Since, signal: AbortSignal) => Promise<State>,
  restMs = 0,
): () => State | null {
  const useKept = create<{ readonly state: State | null }>()(() => ({ state: null }));
  const useFeed = liveFeed(what, (client) => {
    let known: State | null = null;
    return async (signal) => {
      known = await next(client, { since: known?.rev ?? -1, generation: known?.generation ?? null }, signal);
      if (signal.aborted) return;
      useKept.setState({ state: known });
      await delay(restMs, signal);
    };
  });
  return function useLiveState() {
    useFeed();
    return useKept(({ state }) => state);
  };
}
