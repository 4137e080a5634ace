// Whether the window is a stage: one request in large type, for a room. The workbench stays behind it as it was,
// hidden; what may be there once only (a shown page, the tour's card) gives way meanwhile.
import { create } from "zustand";

export interface Stage {
  readonly isOn: boolean;
  /** The trace to begin with. */
  readonly traceId: string | null;
}

export const useStage = create<Stage>()(() => ({ isOn: false, traceId: null }));

export const enterStage = (traceId: string): void => useStage.setState({ isOn: true, traceId });
export const leaveStage = (): void => useStage.setState({ isOn: false });
