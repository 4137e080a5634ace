// Which view of the bottom panel is shown. Apart from the tabs themselves, because features send the user from one to
// another. Traces and requests are always there; another tab comes when it is asked for, and stays until it is closed.
import { create } from "zustand";
import { togglePane, useLayout } from "./layout-store.js";
import { recall, remember } from "./storage.js";

const bottomViews = [
  "traces",
  "saved",
  "console",
  "compare",
  "variations",
  "search",
  "workers",
  "server",
  "log",
] as const;
export type BottomView = (typeof bottomViews)[number];

/** The server and its log share a tab. */
export type BottomTabName = Exclude<BottomView, "log">;
export const tabOf = (view: BottomView): BottomTabName => (view === "log" ? "server" : view);

const key = "bottom-tab";
const isLeft = (view: BottomView): boolean => view === "variations"; // its rows are no longer there
const remembered =
  recall(key, (value) => bottomViews.find((name) => name === value && !isLeft(name)) ?? null) ?? "traces";

interface BottomTabs {
  readonly view: BottomView;
  readonly open: ReadonlySet<BottomTabName>;
}

export const useBottomTab = create<BottomTabs>()(() => ({
  view: remembered,
  open: new Set(["traces", "saved", tabOf(remembered)]),
}));

/** Turns to the view, and shows the panel when it is hidden. */
export function showBottomTab(view: BottomView): void {
  remember(key, view);
  useBottomTab.setState(({ open }) => ({ view, open: new Set([...open, tabOf(view)]) }));
  if (!useLayout.getState().bottom) togglePane("bottom");
}

/** A tab that can be turned to now; the one that is shown stays. */
export const openBottomTab = (name: BottomTabName): void =>
  useBottomTab.setState((before) => (before.open.has(name) ? before : { open: new Set([...before.open, name]) }));

/** Closes a tab; the traces are shown in the place of the one that was. */
export function closeBottomTab(name: BottomTabName): void {
  const { view, open } = useBottomTab.getState();
  useBottomTab.setState({ open: new Set([...open].filter((other) => other !== name)) });
  if (tabOf(view) === name) showBottomTab("traces");
}
