// The held requests of the server, which one is shown, and what was changed of each.
import { create } from "zustand";
import type { HeldRequest } from "../../../server/contract/hold-contract.js";
import { liveFeed } from "../../rpc/live-feed.js";
import type { HeldDraft } from "./held-draft.js";

interface HeldState {
  readonly held: readonly HeldRequest[];
  /** The key of a held request, or the trace behind them; null: the one that has waited longest is shown. */
  readonly chosen: string | null;
  readonly drafts: ReadonlyMap<string, HeldDraft>;
}

export const traceTab = "trace";
/** A request can be held twice. */
export const keyOf = ({ id, plan }: HeldRequest): string => `${id} ${plan.moment}`;

export const useHeld = create<HeldState>()(() => ({ held: [], chosen: null, drafts: new Map() }));

/** A request that is held later does not take the place of the one that is shown. */
export function shownHeld({ held, chosen }: HeldState): HeldRequest | null {
  return chosen === traceTab ? null : (held.find((one) => keyOf(one) === chosen) ?? held[0] ?? null);
}

export const changeDraft = (key: string, draft: HeldDraft | null): void =>
  useHeld.setState(({ drafts }) => {
    const next = new Map(drafts);
    if (draft) next.set(key, draft);
    else next.delete(key);
    return { drafts: next };
  });

/** The feed is live while a component that uses it is mounted. */
export const useHeldFeed = liveFeed("The held requests", (client) => {
  let known: { readonly rev: number; readonly generation: string } | null = null;
  return async (signal) => {
    const state = await client.hold.next(
      { since: known?.rev ?? -1, generation: known?.generation ?? null },
      { signal },
    );
    if (signal.aborted) return;
    known = state;
    const keys = new Set(state.held.map(keyOf));
    useHeld.setState(({ chosen, drafts }) => ({
      held: state.held,
      chosen: state.held.length === 0 ? null : chosen,
      drafts: new Map([...drafts].filter(([key]) => keys.has(key))),
    }));
  };
});
