// Which view of a trace is open, and in which of the inspector's tabs: remembered per
// user, not per trace, also after a reload.
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
  "servers",
] as const;
/** A view of a trace, by the name that links and commands give it. */
export type Tab = (typeof tabs)[number];

/** The inspector's tabs, always these five, and the views that each of them holds. */
const viewsOf = {
  xray: ["xray", "env"],
  streams: ["stdin", "stdout", "stderr"],
  response: ["response"],
  timing: ["timing", "records"],
  doctor: ["doctor", "encoding", "servers"],
} as const satisfies Record<string, readonly Tab[]>;
export type MainTab = keyof typeof viewsOf;
type StreamTab = (typeof viewsOf.streams)[number];

const mainTabs: Readonly<Record<Tab, MainTab>> = {
  xray: "xray",
  env: "xray",
  stdin: "streams",
  stdout: "streams",
  stderr: "streams",
  response: "response",
  timing: "timing",
  records: "timing",
  doctor: "doctor",
  encoding: "doctor",
  servers: "doctor",
};
/** The tab that holds a view. */
export const mainTabOf = (tab: Tab): MainTab => mainTabs[tab];

/**
 * An offset to show in a tab; a new object for each request, bound to one trace so that the next one begins at its top.
 */
interface RevealRequest {
  readonly traceId: string;
  readonly tab: Tab;
  readonly at: number;
  /** The end of the selection; without it nothing is selected. */
  readonly to?: number | undefined;
}
/** A variable to show, marked until the next one is; a new object for each request. */
interface VariableRequest {
  readonly traceId: string;
  readonly name: string;
}
interface InspectorState {
  readonly tab: Tab;
  /** The stream that was looked at last: what the streams' tab opens. */
  readonly stream: StreamTab;
  readonly reveal: RevealRequest | null;
  readonly variable: VariableRequest | null;
}

const storageKey = "inspector-tab";
const remembered = recall(storageKey, (value) => tabs.find((tab) => tab === value) ?? null);

export const useInspectorState = create<InspectorState>()(() => ({
  tab: remembered ?? "xray",
  stream: asStream(remembered) ?? "stdout",
  reveal: null,
  variable: null,
}));

export function showTab(tab: Tab, reveal: Omit<RevealRequest, "tab"> | null = null): void {
  remember(storageKey, tab);
  const stream = asStream(tab) ?? useInspectorState.getState().stream;
  useInspectorState.setState({ tab, stream, reveal: reveal && { ...reveal, tab } });
}

/** Opens one of the five tabs at its first view; the streams at the one that was looked at last. */
export function showMainTab(main: MainTab): void {
  showTab(main === "streams" ? useInspectorState.getState().stream : viewsOf[main][0]);
}

function asStream(tab: Tab | null): StreamTab | null {
  return viewsOf.streams.find((stream) => stream === tab) ?? null;
}

/** Turns to a view of the trace and shows a variable in it. */
export function showVariable(tab: "xray" | "env", variable: VariableRequest): void {
  showTab(tab);
  useInspectorState.setState({ variable });
}

/** Puts the focus on the tab of the view that is shown, from where the arrow keys go on. */
export const focusShownTab = (): void => focusAnchor(`inspector.tab.${mainTabOf(useInspectorState.getState().tab)}`);

/** The same, in an inspector that may be hidden. */
export function focusInspector(): void {
  if (!useLayout.getState().inspector) togglePane("inspector");
  focusShownTab();
}
