// Which view of a trace is open: remembered for the person, not for the trace, and through a reload.
import { create } from "zustand";
import { recall, remember } from "../../platform/storage.js";

export const tabs = [
  "xray",
  "env",
  "stdin",
  "stdout",
  "stderr",
  "response",
  "timing",
  "records",
  "encoding",
  "doctor",
] as const;
export type Tab = (typeof tabs)[number];

/** An offset to show in a tab; a new object for each wish, bound to one trace so that the next one begins at its top. */
export interface RevealWish {
  readonly traceId: string;
  readonly tab: Tab;
  readonly at: number;
  /** The end of what is selected there; nothing is without it. */
  readonly to?: number | undefined;
}
interface InspectorState {
  readonly tab: Tab;
  readonly reveal: RevealWish | null;
}

const storageKey = "inspector-tab";
const remembered = recall(storageKey, (value) => tabs.find((tab) => tab === value) ?? null);

export const useInspectorState = create<InspectorState>()(() => ({ tab: remembered ?? "xray", reveal: null }));

export function showTab(tab: Tab, reveal: Omit<RevealWish, "tab"> | null = null): void {
  remember(storageKey, tab);
  useInspectorState.setState({ tab, reveal: reveal && { ...reveal, tab } });
}
