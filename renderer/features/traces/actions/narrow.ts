// Filters for what belongs together: a run of the server, what came since the last save, a version of a script.
import { runOf } from "../../../../server/protocol/trace-id.js";
import { readTrace } from "../../../model/traces/recorded.js";
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

/** The traces of the version that this one ran. */
export async function onlyVersion(id: string): Promise<void> {
  const { route, seq } = await readTrace(id);
  if (route.scriptHash === null) return notify("info", `#${seq} ran no script whose version is known.`);
  show(`version:${route.scriptHash.slice(0, 12)}`);
}
