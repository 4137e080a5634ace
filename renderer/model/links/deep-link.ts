// The address and the window in step: a link opens its place, and a trace that was chosen by hand is in the
// address, so that a reload or a bookmark finds it again. The browser shell's token never is: it leaves the
// address before anything of this comes into it.
import { togglePane, useLayout } from "../../platform/layout-store.js";
import { useSelection } from "../../platform/selection.js";
import { useWorkspace } from "../folder/workspace-store.js";
import { showTab, type Tab, tabs, useInspectorState } from "../traces/inspector-state.js";
import { formatLink, type LinkTarget, parseLink } from "./link.js";

/** Browsers stop listening to a page that changes its address all the time. */
const settleMs = 250;

/** Once, at the start of the page, after the stores that follow the folder. */
export function followLinks(): void {
  let waiting = parseLink(location.hash);
  const open = (): void => {
    if (waiting === null || useWorkspace.getState().workspace === null) return;
    const place = waiting;
    waiting = null;
    openLink(place);
  };
  open();
  useWorkspace.subscribe(open);
  window.addEventListener("hashchange", ({ newURL }) => {
    // The event's address, not the page's: between the two the mirror below may have written the selection over it.
    waiting = parseLink(new URL(newURL).hash) ?? waiting;
    open();
  });
  mirrorSelection();
}

/** Shows a place. */
export function openLink(place: LinkTarget): void {
  if (place.kind === "file") {
    useSelection.getState().open(place.path, place.line ?? undefined);
    return;
  }
  const tab: Tab | undefined = tabs.find((name) => name === place.tab);
  if (tab !== undefined) showTab(tab);
  useSelection.getState().select(place.id);
  if (!useLayout.getState().inspector) togglePane("inspector");
}

/** The link to a trace as it is shown now. */
export function traceLink(id: string): string {
  return location.href.replace(/#.*$/s, "") + formatLink({ kind: "trace", id, tab: useInspectorState.getState().tab });
}

function mirrorSelection(): void {
  let timer = 0;
  const write = (): void => {
    const { traceId, followLatest, openFile } = useSelection.getState();
    const there = parseLink(location.hash);
    let fragment = "";
    if (traceId !== null && !followLatest)
      fragment = formatLink({ kind: "trace", id: traceId, tab: useInspectorState.getState().tab });
    else if (there?.kind === "file" && there.path === openFile) fragment = location.hash;
    if (fragment !== location.hash)
      history.replaceState(history.state, "", location.pathname + location.search + fragment);
  };
  const later = (): void => {
    if (useWorkspace.getState().workspace === null) return; // the address still has the target
    window.clearTimeout(timer);
    timer = window.setTimeout(write, settleMs);
  };
  useSelection.subscribe(later);
  useInspectorState.subscribe(later);
}
