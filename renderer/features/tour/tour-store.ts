// Where the walk stands: which trace it is about and which step is shown. How far a person came is remembered.
import { create } from "zustand";
import type { TraceRow } from "../../../server/contract/trace.js";
import { examplesStarts } from "../../model/folder/samples-store.js";
import { useTraceStore } from "../../model/traces/trace-store.js";
import { togglePane, useLayout } from "../../platform/layout-store.js";
import { useSelection } from "../../platform/selection.js";
import { isRecord, recall, remember } from "../../platform/storage.js";

export interface Walk {
  /** Null while nobody walks. */
  readonly traceId: string | null;
  /** From 0. */
  readonly step: number;
  /** The folder above whose panes a line asks whether one would like to. */
  readonly offeredIn: string | null;
}
interface Remembered {
  /** Where the last walk was left, from 0; 0 when it was walked to its end. */
  readonly step: number;
  /** It was walked to its end once, or declined: not offered again. */
  readonly isKnown: boolean;
}

const key = "walk";
let remembered: Remembered = recall(key, accept) ?? { step: 0, isKnown: false };
let focusBefore: Element | null = null;
let wasFollowing = true;

export const useWalk = create<Walk>()(() => ({ traceId: null, step: 0, offeredIn: null }));

/** Offers the tour once the examples were opened; never again after a tour or a “Not now”. Once, at the start of the page. */
export function offerAfterExamples(): void {
  examplesStarts.on(({ root }) => {
    if (!remembered.isKnown) useWalk.setState({ offeredIn: root });
  });
}

export function declineWalk(): void {
  keep({ ...remembered, isKnown: true });
  useWalk.setState({ offeredIn: null });
}

/** The trace to walk over: the one that is shown when a script ran for it, else the newest for which one did. */
export function walkable(): TraceRow | null {
  const { rows } = useTraceStore.getState();
  const ran = ({ kind, mode, outcome }: TraceRow): boolean => kind === "script" && mode !== null && outcome !== null;
  const { traceId } = useSelection.getState();
  return rows.find((row) => row.id === traceId && ran(row)) ?? rows.findLast(ran) ?? null;
}

export const whyNoWalk = (): string | null => (walkable() ? null : "Send a request to a script first.");

/** Begins, or goes on where the last walk was left. */
export function startWalk(): void {
  const trace = walkable();
  if (!trace) return;
  focusBefore = document.activeElement;
  const selection = useSelection.getState();
  wasFollowing = selection.followLatest;
  selection.select(trace.id); // and stays: newer requests must not take it away
  if (!useLayout.getState().inspector) togglePane("inspector");
  useWalk.setState({ traceId: trace.id, step: remembered.step, offeredIn: null });
}

/** To a step, from 0; beyond the last of `count` the walk is over. */
export function goToStep(step: number, count: number): void {
  if (step >= count) {
    keep({ step: 0, isKnown: true });
    leave();
    return;
  }
  const to = Math.max(0, step);
  keep({ ...remembered, step: to });
  useWalk.setState({ step: to });
}

/** Ends it where it is; the next one goes on from there. */
export function endWalk(): void {
  keep({ ...remembered, isKnown: true });
  leave();
}

function leave(): void {
  useWalk.setState({ traceId: null });
  useSelection.getState().setFollowLatest(wasFollowing);
  if (focusBefore instanceof HTMLElement && focusBefore.isConnected) focusBefore.focus();
  focusBefore = null;
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
