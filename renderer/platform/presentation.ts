// Whether the window presents: the selected request in large type, for a room. The workbench stays behind it, hidden;
// a shown page, of which there may be one only, gives way meanwhile.
import { create } from "zustand";
import { useSelection } from "./selection.js";

interface Presentation {
  readonly isOn: boolean;
  /** The tour's step over the request, from 0; null: there is no tour. */
  readonly tourStep: number | null;
  /** The trace whose script is shown: a save sends its request again. Null: the page is shown. */
  readonly scriptOf: string | null;
  /** A question covers the request, which stays the same meanwhile. */
  readonly isAsking: boolean;
}

export const usePresentation = create<Presentation>()(() => ({
  isOn: false,
  tourStep: null,
  scriptOf: null,
  isAsking: false,
}));

/** The trace that the workbench showed before. */
let shownBefore: string | null = null;

export function enterPresentation(traceId: string, tourStep: number | null = null): void {
  const selection = useSelection.getState();
  if (!usePresentation.getState().isOn) shownBefore = selection.traceId;
  if (selection.traceId !== traceId) selection.select(traceId);
  usePresentation.setState({ isOn: true, tourStep });
}

/** The workbench then shows the request that was presented last. */
export function leavePresentation(): void {
  usePresentation.setState({ isOn: false });
  const { traceId, sentId, bringUp } = useSelection.getState();
  if (traceId !== null && traceId !== sentId && traceId !== shownBefore) bringUp(traceId);
}
