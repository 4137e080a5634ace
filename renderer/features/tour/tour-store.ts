// The state of the tour: which trace it is about and which step is shown. The last step is remembered.
import { create } from "zustand";
import type { TraceRow } from "../../../server/contract/trace.js";
import { showTab, type Tab, useInspectorState } from "../../model/traces/inspector-state.js";
import { togglePane, useLayout } from "../../platform/layout-store.js";
import { useSelection } from "../../platform/selection.js";
import { isRecord, recall, remember } from "../../platform/storage.js";

export interface Tour {
  /** Null while there is no tour. */
  readonly traceId: string | null;
  /** From 0. */
  readonly step: number;
}

const key = "tour";
/** The step at which the last tour was left, from 0; 0 when it was finished. */
let lastStep = recall(key, accept) ?? 0;
let focusBefore: Element | null = null;
/** What the window showed when the tour began, to be shown again when it ends. */
let shownBefore: {
  readonly traceId: string | null;
  readonly isFollowing: boolean;
  readonly tab: Tab;
  readonly hasInspector: boolean;
} | null = null;

export const useTour = create<Tour>()(() => ({ traceId: null, step: 0 }));

/** Starts, or continues where the last tour was left. */
export function startTour(trace: TraceRow): void {
  const selection = useSelection.getState();
  const { inspector: hasInspector } = useLayout.getState();
  // Started again while it runs, it still goes back to what was shown before it.
  if (useTour.getState().traceId === null) {
    focusBefore = document.activeElement;
    const { traceId, followLatest: isFollowing } = selection;
    shownBefore = { traceId, isFollowing, tab: useInspectorState.getState().tab, hasInspector };
  }
  selection.select(trace.id); // and stays: newer requests must not take it away
  if (!hasInspector) togglePane("inspector");
  useTour.setState({ traceId: trace.id, step: lastStep });
}

/** To a step, from 0; beyond the last of `count` the tour is over. */
export function goToStep(step: number, count: number): void {
  if (step >= count) {
    keep(0);
    endTour();
    return;
  }
  const to = Math.max(0, step);
  keep(to);
  useTour.setState({ step: to });
}

/** Ends the tour at this step; the next one continues from it. */
export function endTour(): void {
  const { traceId } = useTour.getState();
  useTour.setState({ traceId: null });
  if (shownBefore) restore(shownBefore, traceId);
  shownBefore = null;
  if (focusBefore instanceof HTMLElement && focusBefore.isConnected) focusBefore.focus();
  focusBefore = null;
}

/** What the user selected meanwhile stays selected, and whether newer traces are followed stays as it is with that. */
function restore(
  { traceId, isFollowing, tab, hasInspector }: NonNullable<typeof shownBefore>,
  toured: string | null,
): void {
  const selection = useSelection.getState();
  if (selection.traceId === toured) {
    selection.select(traceId);
    selection.setFollowLatest(isFollowing);
  }
  showTab(tab);
  if (!hasInspector && useLayout.getState().inspector) togglePane("inspector");
}

function keep(step: number): void {
  lastStep = step;
  remember(key, { step }); // without room it lasts as long as the page
}

function accept(value: unknown): number | null {
  const step = isRecord(value) ? value["step"] : null;
  return typeof step === "number" && Number.isInteger(step) && step >= 0 ? step : null;
}
