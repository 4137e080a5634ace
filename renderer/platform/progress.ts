// Work that takes longer than a moment is shown and can be cancelled. Quick work shows nothing: a flash would only
// disturb.
import { create } from "zustand";

export interface Progress {
  readonly id: number;
  /** What is going on: "Opening /srv/shop". */
  readonly text: string;
  readonly cancel: () => void;
}

/** Nothing is shown before, ms. */
export const patienceMs = 300;
let lastId = 0;

export const useProgress = create<{ readonly running: readonly Progress[] }>()(() => ({ running: [] }));

/** The work's result; rejects with a message when it is cancelled. Changes made by then are kept. */
export async function orCancelled<T>(signal: AbortSignal, work: Promise<T> | T): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (signal.aborted) throw new Error("Cancelled. Changes made before you cancelled were kept.");
    throw error;
  }
}

/** For work that changes nothing: its result, or null when it was cancelled. */
export async function orNothing<T>(signal: AbortSignal, work: Promise<T>): Promise<T | null> {
  try {
    const result = await work;
    return signal.aborted ? null : result;
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  }
}

/** Does the work, visibly when it takes long. Cancelling aborts the signal, and the work then ends as it sees fit. */
export async function withProgress<T>(text: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  lastId += 1;
  const progress: Progress = { id: lastId, text, cancel: () => stop.abort() };
  const timer = setTimeout(
    () => useProgress.setState(({ running }) => ({ running: [...running, progress] })),
    patienceMs,
  );
  try {
    return await work(stop.signal);
  } finally {
    clearTimeout(timer);
    useProgress.setState(({ running }) => ({ running: running.filter(({ id }) => id !== progress.id) }));
  }
}
