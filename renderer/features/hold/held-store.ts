// The held requests of the server, which one is shown, what was changed of each, and what this window holds.
import { create } from "zustand";
import type { HeldRequest, HoldRuleInput, HoldState } from "../../../server/contract/hold-contract.js";
import { notifyFailure } from "../../platform/notices.js";
import { liveFeed } from "../../rpc/live-feed.js";
import { connected } from "../../rpc/store.js";
import type { HeldDraft } from "./held-draft.js";

interface KeptRule extends HoldRuleInput {
  readonly stop: AbortController;
}

interface HeldState {
  readonly held: readonly HeldRequest[];
  /** The key of a held request, or the trace behind them; null: the one that has waited longest is shown. */
  readonly chosen: string | null;
  readonly drafts: ReadonlyMap<string, HeldDraft>;
  /** What this window holds: each rule lasts as long as its call, so that it ends with the page. */
  readonly rules: readonly KeptRule[];
}

export const traceTab = "trace";
/** A request can be held twice. */
export const keyOf = ({ id, plan }: HeldRequest): string => `${id} ${plan.moment}`;

export const useHeld = create<HeldState>()(() => ({ held: [], chosen: null, drafts: new Map(), rules: [] }));

export const useIsHeld = (id: string): boolean => useHeld(({ held }) => held.some((one) => one.id === id));

/** A request that is held later does not take the place of the one that is shown. */
export function shownHeld({ held, chosen }: HeldState): HeldRequest | null {
  return chosen === traceTab ? null : (held.find((one) => keyOf(one) === chosen) ?? held[0] ?? null);
}

export function holdRequests(rule: HoldRuleInput): void {
  const kept: KeptRule = { ...rule, stop: new AbortController() };
  useHeld.setState(({ rules }) => ({ rules: [...rules, kept] }));
  connected()
    .hold.keep(rule, { signal: kept.stop.signal })
    .catch((error: unknown) => kept.stop.signal.aborted || notifyFailure("Requests are not held any more", error))
    .finally(() => useHeld.setState(({ rules }) => ({ rules: rules.filter((one) => one !== kept) })));
}

/** Ends the rules of this window: what they hold goes on as it was. */
export function stopHolding(): void {
  for (const { stop } of useHeld.getState().rules) stop.abort();
}

/** The feed is live while a component that uses it is mounted. */
export const useHeldFeed = liveFeed("The held requests", (client) => {
  let known: HoldState | null = null;
  return async (signal) => {
    known = await client.hold.next({ since: known?.rev ?? -1, generation: known?.generation ?? null }, { signal });
    if (signal.aborted) return;
    const { held } = known;
    const keys = new Set(held.map(keyOf));
    useHeld.setState(({ chosen, drafts }) => ({
      held,
      chosen: held.length === 0 ? null : chosen,
      drafts: new Map([...drafts].filter(([key]) => keys.has(key))),
    }));
  };
});
