// Whether the ways to run a script are shown side by side, of which script, and what had the focus before, which gets
// it back. They are over the workbench, which stays as it is.
import { create } from "zustand";

export const useModeComparison = create<{ readonly path: string | null; readonly from: Element | null }>()(() => ({
  path: null,
  from: null,
}));

export const openModeComparison = (path: string): void =>
  useModeComparison.setState({ path, from: document.activeElement });
export const closeModeComparison = (): void => useModeComparison.setState({ path: null });
