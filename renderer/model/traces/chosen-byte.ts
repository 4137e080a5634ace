// The byte at the caret, or the first of the selection, in the byte view that had the focus last.
import { create } from "zustand";
import type { StreamName } from "../../../server/contract/trace.js";

export interface ChosenByte {
  readonly traceId: string;
  readonly stream: StreamName;
  readonly at: number;
}

/** Null: no byte view is on the screen. */
export const useChosenByte = create<{ readonly chosen: (() => ChosenByte | null) | null }>()(() => ({ chosen: null }));
export const chosenByte = (): ChosenByte | null => useChosenByte.getState().chosen?.() ?? null;
