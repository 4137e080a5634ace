// Which tabs are shown where a bar has no room for all of them: the others go into a menu behind the row.

interface TabWidth {
  /** Pixels. */
  readonly width: number;
  /** The higher, the longer it stays in sight; of equals the first stays longest. Below 0: in the menu unless chosen. */
  readonly rank: number;
}

/**
 * Indexes of the tabs that are shown, in ascending order: all when they fit into `room`, else the most wanted ones
 * beside the menu's button. The chosen one is always among them. Room and widths in pixels.
 */
export function fitTabs(tabs: readonly TabWidth[], room: number, menuWidth: number, chosen: number): number[] {
  const all = tabs.flatMap(({ rank }, index) => (rank >= 0 || index === chosen ? [index] : []));
  const total = all.reduce((sum, index) => sum + (tabs[index]?.width ?? 0), all.length < tabs.length ? menuWidth : 0);
  if (total <= room) return all;
  const wanted = [...all].sort(
    (a, b) => Number(b === chosen) - Number(a === chosen) || (tabs[b]?.rank ?? 0) - (tabs[a]?.rank ?? 0) || a - b,
  );
  const shown: number[] = [];
  let left = room - menuWidth;
  for (const index of wanted) {
    left -= tabs[index]?.width ?? 0;
    if (left < 0 && index !== chosen) break; // no smaller, less wanted one instead: the row would jump about
    shown.push(index);
  }
  return shown.sort((a, b) => a - b);
}

/** How a row was before one of its tabs grew, came or went: by name, whether it was shown. */
export type Arrangement = ReadonlyMap<string, boolean>;

/**
 * The same row after that: shown tabs stay, tabs in the menu stay there, and new ones are shown where there is room
 * after or between them. Null when the row cannot stay: it has grown beyond the room, or the chosen tab would be in
 * the menu.
 */
export function keepTabs(
  tabs: readonly (TabWidth & { readonly name: string })[],
  before: Arrangement,
  room: number,
  menuWidth: number,
  chosen: number,
): number[] | null {
  const shown = new Set(
    tabs.flatMap(({ name, rank }, index) => {
      const wasShown = before.get(name) === true && (rank >= 0 || index === chosen);
      return wasShown || (index === chosen && !before.has(name)) ? [index] : [];
    }),
  );
  if (!shown.has(chosen)) return null;
  let width = [...shown].reduce((sum, index) => sum + (tabs[index]?.width ?? 0), 0);
  const fresh = tabs.flatMap(({ name, rank }, index) =>
    before.has(name) || shown.has(index) || rank < 0 ? [] : [index],
  );
  for (const [nth, index] of fresh.entries()) {
    const more = tabs[index]?.width ?? 0;
    const needsMenu = shown.size + (fresh.length - nth) < tabs.length;
    if (width + more + (needsMenu ? menuWidth : 0) > room) break;
    shown.add(index);
    width += more;
  }
  return width + (shown.size < tabs.length ? menuWidth : 0) > room ? null : [...shown].sort((a, b) => a - b);
}
