// The doctor's rules with their words, read once from the server when something first shows them.
import { useEffect } from "react";
import { create } from "zustand";
import type { RuleInfo } from "../../../server/contract/doctor-contract.js";
import type { Client } from "../../rpc/connection.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { useClient } from "../../rpc/store.js";

interface RulesState {
  /** Null before they are known. */
  readonly rules: readonly RuleInfo[] | null;
  /** Why they could not be read, a sentence. */
  readonly failure: string | null;
}
export const useRulesStore = create<RulesState>()(() => ({ rules: null, failure: null }));

/** Reads them unless they are known; a failure is in the store. */
export function readRules(client: Client | null): void {
  if (client === null || useRulesStore.getState().rules !== null) return;
  client.doctor.rules().then(
    (rules) => useRulesStore.setState({ rules, failure: null }),
    (error: unknown) => useRulesStore.setState({ failure: problemText(problemOf(error)) }),
  );
}

export function useRules(): RulesState {
  const client = useClient();
  useEffect(() => readRules(client), [client]);
  return useRulesStore();
}

/** The rule with this id; null while it is not known. */
export const useRule = (id: string): RuleInfo | null => useRules().rules?.find((rule) => rule.id === id) ?? null;
