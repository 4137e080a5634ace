// The version of the script that the selected trace ran: run again, beside today's, and the other traces of it.
import { readTrace } from "../../../model/traces/recorded.js";
import { compare } from "../../../model/traces/trace-comparison.js";
import { showBottomTab } from "../../../platform/bottom-tab-store.js";
import { notify } from "../../../platform/notices.js";
import { useSelection } from "../../../platform/selection.js";
import { untilEnded } from "../../../rpc/sending.js";
import { connected } from "../../../rpc/store.js";
import { setFilter } from "../list-state.js";

/** Sends the request to the script as it was, and shows the new trace. */
export async function runThen(id: string): Promise<void> {
  const { id: again } = await untilEnded(await connected().traces.replay({ id, version: "then" }));
  useSelection.getState().showSent(again);
}

/** Sends it to the script as it was, then to the script as it is, and shows both traces side by side. */
export async function runBoth(id: string): Promise<void> {
  const { id: then } = await untilEnded(await connected().traces.replay({ id, version: "then" }));
  const { id: now } = await untilEnded(await connected().traces.replay({ id, version: "now" }));
  useSelection.getState().showSent(now);
  compare(then, now);
  showBottomTab("compare");
}

export async function onlyVersion(id: string): Promise<void> {
  const { route, seq } = await readTrace(id);
  if (route.scriptHash === null) return notify("info", `#${seq} ran no script whose version is known.`);
  setFilter(`version:${route.scriptHash.slice(0, 12)}`);
  showBottomTab("traces");
}
