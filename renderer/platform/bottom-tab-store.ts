// Which tab of the bottom panel is shown. Apart from the tabs themselves, because features send the user from one to
// another.
import { create } from "zustand";
import { togglePane, useLayout } from "./layout-store.js";
import { recall, remember } from "./storage.js";

const bottomTabNames = ["traces", "compare", "saved", "search", "workers", "log", "server"] as const;
export type BottomTabName = (typeof bottomTabNames)[number];

const key = "bottom-tab";

export const useBottomTab = create<{ readonly tab: BottomTabName }>()(() => ({
  tab: recall(key, (value) => bottomTabNames.find((name) => name === value) ?? null) ?? "traces",
}));

/** Turns to the tab, and shows the panel when it is hidden. */
export function showBottomTab(tab: BottomTabName): void {
  remember(key, tab);
  useBottomTab.setState({ tab });
  if (!useLayout.getState().bottom) togglePane("bottom");
}
