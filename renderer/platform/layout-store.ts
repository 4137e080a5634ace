// Which panes are shown. Their sizes are remembered by the panel groups themselves.
import { create } from "zustand";
import { isRecord, recall, remember } from "./storage.js";

export const panes = ["explorer", "inspector", "bottom"] as const;
export type Pane = (typeof panes)[number];
interface Layout extends Readonly<Record<Pane, boolean>> {
  /** The latency graph is open, or folded to a line. Null: nobody chose, and the window's height decides. */
  readonly graph: boolean | null;
}

const initial: Layout = recall("panes", accept) ?? { explorer: true, inspector: true, bottom: true, graph: null };

export const useLayout = create<Layout>()(() => initial);

export function togglePane(pane: Pane): void {
  useLayout.setState((layout) => ({ [pane]: !layout[pane] }));
  remember("panes", useLayout.getState());
}

/** In windows higher than this the graph is open by itself, px. */
const graphFromPx = 900;

export const isGraphOpen = ({ graph }: Layout, windowHeight: number): boolean => graph ?? windowHeight > graphFromPx;

/** Opens or folds the graph, whose place is under the inspector. */
export function showGraph(isOpen: boolean): void {
  useLayout.setState(({ inspector }) => ({ graph: isOpen, inspector: inspector || isOpen }));
  remember("panes", useLayout.getState());
}

function accept(value: unknown): Layout | null {
  if (!isRecord(value)) return null;
  const shown = (pane: Pane): boolean => value[pane] !== false;
  const graph = typeof value["graph"] === "boolean" ? value["graph"] : null;
  return { explorer: shown("explorer"), inspector: shown("inspector"), bottom: shown("bottom"), graph };
}
