// Which tabs are shown where a bar has no room for all of them: the others go into a menu behind the row.

export interface TabWidth {
  /** Pixels. */
  readonly width: number;
  /** The higher, the longer it stays in sight; of equals the first stays longest. */
  readonly rank: number;
}

/**
 * Indexes of the tabs that are shown, in ascending order: all when they fit into `room`, else the most wanted ones beside the menu's
 * button. The chosen one is always among them. Room and widths in pixels.
 */
export function fitTabs(tabs: readonly TabWidth[], room: number, menuWidth: number, chosen: number): number[] {
  const total = tabs.reduce((sum, { width }) => sum + width, 0);
  const all = tabs.map((_, index) => index);
  if (total <= room) return all;
  const wanted = [...all].sort((a, b) => Number(b === chosen) - Number(a === chosen) || (tabs[b]?.rank ?? 0) - (tabs[a]?.rank ?? 0) || a - b);
  const shown: number[] = [];
  let left = room - menuWidth;
  for (const index of wanted) {
    left -= tabs[index]?.width ?? 0;
    if (left < 0 && index !== chosen) break; // no smaller, less wanted one instead: what is shown would jump about
    shown.push(index);
  }
  return shown.sort((a, b) => a - b);
}
