// The finding that the last fix was for, and the request that was sent again to prove it.
import { create } from "zustand";
import type { AvailableFix } from "../../../server/contract/fix-contract.js";

export interface Proof {
  /** The request that was sent again. */
  readonly traceId: string;
  /** The one with the finding. */
  readonly before: string;
  readonly fix: Pick<AvailableFix, "title">;
  readonly finding: { readonly rule: string; readonly title: string };
  /** Of the findings that the request had before. */
  readonly rulesBefore: readonly string[];
  /** The rule that must find something now, where the change is no fix but a search for the cause. */
  readonly seeks?: string;
  readonly undo: () => void;
}

export const useProof = create<{ readonly proof: Proof | null }>()(() => ({ proof: null }));
