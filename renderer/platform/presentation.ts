// Whether the window presents: one request in large type, for a room. The workbench stays behind it as it was,
// hidden; what may be there once only (a shown page, the tour's card) gives way meanwhile.
import { create } from "zustand";

export interface Presentation {
  readonly isOn: boolean;
  /** The trace to begin with. */
  readonly traceId: string | null;
}

export const usePresentation = create<Presentation>()(() => ({ isOn: false, traceId: null }));

export const enterPresentation = (traceId: string): void => usePresentation.setState({ isOn: true, traceId });
export const leavePresentation = (): void => usePresentation.setState({ isOn: false });
