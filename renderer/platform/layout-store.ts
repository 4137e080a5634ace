// Which panes are shown. Their sizes are remembered by the panel groups themselves.
import { create } from "zustand";
import { isRecord, recall, remember } from "./storage.js";

export const panes = ["explorer", "inspector", "bottom"] as const;
export type Pane = (typeof panes)[number];
export type Layout = Readonly<Record<Pane, boolean>>;

const initial: Layout = recall("panes", accept) ?? { explorer: true, inspector: true, bottom: true };

export const useLayout = create<Layout>()(() => initial);

export function togglePane(pane: Pane): void {
  useLayout.setState((layout) => ({ [pane]: !layout[pane] }));
  remember("panes", useLayout.getState());
}

function accept(value: unknown): Layout | null {
  if (!isRecord(value)) return null;
  const shown = (pane: Pane): boolean => value[pane] !== false;
  return { explorer: shown("explorer"), inspector: shown("inspector"), bottom: shown("bottom") };
}
