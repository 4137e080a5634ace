// The state of the tour: which trace it is about and which step is shown. The last step is remembered.
import { create } from "zustand";
import type { TraceRow } from "../../../server/contract/trace.js";
import { examplesStarts } from "../../model/folder/samples-store.js";
import { showTab, type Tab, useInspectorState } from "../../model/traces/inspector-state.js";
import { useTraceStore } from "../../model/traces/trace-store.js";
import { togglePane, useLayout } from "../../platform/layout-store.js";
import { useSelection } from "../../platform/selection.js";
import { isRecord, recall, remember } from "../../platform/storage.js";

export interface Tour {
  /** Null while there is no tour. */
  readonly traceId: string | null;
  /** From 0. */
  readonly step: number;
  /** The folder for which the tour is offered. */
  readonly offeredIn: string | null;
}
interface Remembered {
  /** The step at which the last tour was left, from 0; 0 when it was finished. */
  readonly step: number;
  /** A tour was finished once, or declined: it is not offered again. */
  readonly isKnown: boolean;
}

const key = "tour";
let remembered: Remembered = recall(key, accept) ?? { step: 0, isKnown: false };
let focusBefore: Element | null = null;
/** What the window showed when the tour began, to be shown again when it ends. */
let shownBefore: {
  readonly traceId: string | null;
  readonly isFollowing: boolean;
  readonly tab: Tab;
  readonly hasInspector: boolean;
} | null = null;

export const useTour = create<Tour>()(() => ({ traceId: null, step: 0, offeredIn: null }));

/**
 * Offers the tour once the examples were opened; never again after a tour or a
 * “Not now”. Once, at the start of the page.
 */
export function offerAfterExamples(): void {
  examplesStarts.on(({ root }) => {
    if (!remembered.isKnown) useTour.setState({ offeredIn: root });
  });
}

export function declineTour(): void {
  keep({ ...remembered, isKnown: true });
  useTour.setState({ offeredIn: null });
}

/** The trace for a tour: the one that is shown when a script ran for it, else the newest for which one did. */
function traceToTour(): TraceRow | null {
  const { rows } = useTraceStore.getState();
  const ran = ({ kind, mode, outcome }: TraceRow): boolean => kind === "script" && mode !== null && outcome !== null;
  const { traceId } = useSelection.getState();
  return rows.find((row) => row.id === traceId && ran(row)) ?? rows.findLast(ran) ?? null;
}

export const whyNoTour = (): string | null => (traceToTour() ? null : "Send a request to a script first.");

/** Starts, or continues where the last tour was left. */
export function startTour(): void {
  const trace = traceToTour();
  if (!trace) return;
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
  useTour.setState({ traceId: trace.id, step: remembered.step, offeredIn: null });
}

/** To a step, from 0; beyond the last of `count` the tour is over. */
export function goToStep(step: number, count: number): void {
  if (step >= count) {
    keep({ step: 0, isKnown: true });
    leave();
    return;
  }
  const to = Math.max(0, step);
  keep({ ...remembered, step: to });
  useTour.setState({ step: to });
}

/** Ends the tour at this step; the next one continues from it. */
export function endTour(): void {
  keep({ ...remembered, isKnown: true });
  leave();
}

function leave(): void {
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

function keep(next: Remembered): void {
  remembered = next;
  remember(key, next); // without room it lasts as long as the page
}

function accept(value: unknown): Remembered | null {
  if (!isRecord(value)) return null;
  const { step, isKnown } = value;
  return {
    step: typeof step === "number" && Number.isInteger(step) && step >= 0 ? step : 0,
    isKnown: isKnown === true,
  };
}
