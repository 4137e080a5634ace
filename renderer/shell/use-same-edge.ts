// The graph's left edge stays under the inspector's: when the window, or the inspector, gets another width, the graph follows. Moved on
// its own it goes its own way.
import { type RefObject, useRef } from "react";
import type { GroupImperativeHandle } from "react-resizable-panels";

/** Edges so close are one, percent of the window's width. */
const together = 0.6;

/** Receives the inspector's share of the width, in percent; null while it is hidden. */
export function useSameEdge(below: RefObject<GroupImperativeHandle | null>): (share: number | null) => void {
  const last = useRef<number | null>(null);
  return (share) => {
    const before = last.current;
    if (share !== null) last.current = share;
    const graph = below.current?.getLayout()["latency"];
    if (share === null || before === null || graph === undefined || Math.abs(graph - before) > together) return;
    below.current?.setLayout({ traces: 100 - share, latency: share });
  };
}
