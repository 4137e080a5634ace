// Filters for what belongs together in time: a run of the server, a version of a script.
import { readTrace } from "../../../model/traces/recorded.js";
import { runOf } from "../../../model/traces/stored-rows.js";
import { showBottomTab } from "../../../platform/bottom-tab-store.js";
import { notify } from "../../../platform/notices.js";
import { setFilter } from "../list-state.js";

function show(filter: string): void {
  showBottomTab("traces");
  setFilter(filter);
}

/** The session that recorded this trace. */
export const onlySession = (id: string): void => show(`session:${runOf(id)}`);
export const onlySinceSave = (): void => show("after:save");

export async function onlyVersion(id: string): Promise<void> {
  const { route } = await readTrace(id);
  if (route.scriptHash === null) notify("info", "No version of a script was recorded for this trace.");
  else show(`version:${route.scriptHash.slice(0, 12)}`);
}
