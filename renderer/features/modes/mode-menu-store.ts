// The menu in which the way to run a script is chosen: for which script, and where. One menu for
// the badges, the file menu and the command.
import { create } from "zustand";

export interface ModeMenuAt {
  readonly path: string;
  readonly x: number;
  readonly y: number;
  /** Gets the focus back. */
  readonly from: HTMLElement;
}

export const useModeMenu = create<{ readonly at: ModeMenuAt | null }>()(() => ({ at: null }));

/**
 * Below the element. A badge in the tree goes when its script becomes plain CGI,
 * and never had the focus: the tree has it.
 */
export function openModeMenu(path: string, below: HTMLElement): void {
  const { left, bottom } = below.getBoundingClientRect();
  const from = below.closest<HTMLElement>(".file-tree") ?? below;
  useModeMenu.setState({ at: { path, x: left, y: bottom, from } });
}

export const closeModeMenu = (): void => useModeMenu.setState({ at: null });
