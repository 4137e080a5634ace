// What the user chose for the graph: one script or all requests, times as a whole or in phases, and the stretch zoomed
// to.
import { create } from "zustand";
import { isRecord, recall, remember } from "../../platform/storage.js";
import type { Zoom } from "./zoom.js";

type Scope = "script" | "all";
export type Look = "total" | "phases";
/** The requests that the window knows, or everything that is stored. */
type Reach = "now" | "stored";
interface LatencyChoice {
  readonly scope: Scope;
  readonly look: Look;
  readonly reach: Reach;
  /** Null: the last requests, or the last minute. */
  readonly zoom: Zoom | null;
}

const storageKey = "latency";
const remembered = recall(storageKey, (value) =>
  isRecord(value)
    ? {
        scope: value["scope"] === "all" ? ("all" as const) : ("script" as const),
        look: value["look"] === "phases" ? ("phases" as const) : ("total" as const),
      }
    : null,
);

export const useLatencyChoice = create<LatencyChoice>()(() => ({
  scope: "script",
  look: "total",
  reach: "now",
  ...remembered,
  zoom: null,
}));

function choose(choice: Partial<Pick<LatencyChoice, "scope" | "look">>): void {
  // Another set of requests has another place for everything.
  useLatencyChoice.setState(choice.scope === undefined ? choice : { ...choice, zoom: null });
  const { scope, look } = useLatencyChoice.getState();
  remember(storageKey, { scope, look });
}
export const showScope = (scope: Scope): void => choose({ scope });
export const showLook = (look: Look): void => choose({ look });
export const showReach = (reach: Reach): void => useLatencyChoice.setState({ reach, zoom: null });
export const zoomTo = (zoom: Zoom | null): void => useLatencyChoice.setState({ zoom });
