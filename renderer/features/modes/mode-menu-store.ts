// The menu in which the way to run a script is chosen: for which script, and where. One menu for the badges, the file menu and the command.
import { create } from "zustand";

export interface ModeMenuAt {
  readonly path: string;
  readonly x: number;
  readonly y: number;
  /** Gets the focus back. */
  readonly from: HTMLElement | null;
}

export const useModeMenu = create<{ readonly at: ModeMenuAt | null }>()(() => ({ at: null }));

/** Below the element. */
export function openModeMenu(path: string, from: HTMLElement): void {
  const { left, bottom } = from.getBoundingClientRect();
  useModeMenu.setState({ at: { path, x: left, y: bottom, from } });
}

export const closeModeMenu = (): void => useModeMenu.setState({ at: null });
