// Which view of a trace is open: remembered per user, not per trace, also after a reload.
import { create } from "zustand";
import { focusAnchor } from "../../platform/anchors.js";
import { togglePane, useLayout } from "../../platform/layout-store.js";
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

/** An offset to show in a tab; a new object for each request, bound to one trace so that the next one begins at its top. */
export interface RevealRequest {
  readonly traceId: string;
  readonly tab: Tab;
  readonly at: number;
  /** The end of the selection; without it nothing is selected. */
  readonly to?: number | undefined;
}
/** A variable to show, marked until the next one is; a new object for each request. */
export interface VariableRequest {
  readonly traceId: string;
  readonly name: string;
}
interface InspectorState {
  readonly tab: Tab;
  readonly reveal: RevealRequest | null;
  readonly variable: VariableRequest | null;
}

const storageKey = "inspector-tab";
const remembered = recall(storageKey, (value) => tabs.find((tab) => tab === value) ?? null);

export const useInspectorState = create<InspectorState>()(() => ({
  tab: remembered ?? "xray",
  reveal: null,
  variable: null,
}));

export function showTab(tab: Tab, reveal: Omit<RevealRequest, "tab"> | null = null): void {
  remember(storageKey, tab);
  useInspectorState.setState({ tab, reveal: reveal && { ...reveal, tab } });
}

/** Turns to a view of the trace and shows a variable in it. */
export function showVariable(tab: "xray" | "env", variable: VariableRequest): void {
  showTab(tab);
  useInspectorState.setState({ variable });
}

/** Puts the focus on the tab of the view that is shown, from where the arrow keys go on. */
export function focusInspector(): void {
  if (!useLayout.getState().inspector) togglePane("inspector");
  focusAnchor(`inspector.tab.${useInspectorState.getState().tab}`);
}
