// Filters for what belongs together in time: a run of the server, what came since the last save.
import { runOf } from "../../../../server/protocol/trace-id.js";
import { showBottomTab } from "../../../platform/bottom-tab-store.js";
import { setFilter } from "../list-state.js";

function show(filter: string): void {
  showBottomTab("traces");
  setFilter(filter);
}

/** The session that recorded this trace. */
export const onlySession = (id: string): void => show(`session:${runOf(id)}`);
export const onlySinceSave = (): void => show("after:save");
