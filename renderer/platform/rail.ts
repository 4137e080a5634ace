// Whether the ways to run a script are shown side by side, and of which script. They are over the workbench, which stays as it is.
import { create } from "zustand";

export const useRail = create<{ readonly path: string | null }>()(() => ({ path: null }));

export const openRail = (path: string): void => useRail.setState({ path });
export const closeRail = (): void => useRail.setState({ path: null });
