// What this window holds: each rule lasts as long as its call, so that it ends with the page.
import { create } from "zustand";
import type { HoldRuleInput } from "../../../server/contract/hold-contract.js";
import { notifyFailure } from "../../platform/notices.js";
import { connected } from "../../rpc/store.js";

interface KeptRule extends HoldRuleInput {
  readonly stop: AbortController;
}

export const useHoldRules = create<{ readonly rules: readonly KeptRule[] }>()(() => ({ rules: [] }));

export function holdRequests(rule: HoldRuleInput): void {
  const kept: KeptRule = { ...rule, stop: new AbortController() };
  useHoldRules.setState(({ rules }) => ({ rules: [...rules, kept] }));
  connected()
    .hold.keep(rule, { signal: kept.stop.signal })
    .catch((error: unknown) => kept.stop.signal.aborted || notifyFailure("Requests are not held any more", error))
    .finally(() => useHoldRules.setState(({ rules }) => ({ rules: rules.filter((one) => one !== kept) })));
}

/** Ends the rules of this window: what they hold goes on as it was. */
export function stopHolding(): void {
  for (const { stop } of useHoldRules.getState().rules) stop.abort();
}
