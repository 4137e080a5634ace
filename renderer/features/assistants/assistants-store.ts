// The assistants that are connected to the server, pulled while the dialog shows them.
import { create } from "zustand";
import type { AssistantsState } from "../../../server/contract/assistants-contract.js";
import { liveFeed } from "../../rpc/live-feed.js";

/** Null before the first answer. */
const useAssistantsState = create<{ readonly state: AssistantsState | null }>()(() => ({ state: null }));

const useFeed = liveFeed("The assistants", (client) => {
  let known: AssistantsState | null = null;
  return async (signal) => {
    const since = { since: known?.rev ?? -1, generation: known?.generation ?? null };
    known = await client.assistants.next(since, { signal });
    if (!signal.aborted) useAssistantsState.setState({ state: known });
  };
});

/** Live while a component that uses it is mounted; null before the first answer. */
export function useAssistants(): AssistantsState | null {
  useFeed();
  return useAssistantsState(({ state }) => state);
}
