// What scripts wrote below the folder while recorded requests ran that were watched: also what a library wrote, which
// no line of a source shows.
import type { Workbench } from "../../app/workbench.js";
import { fromBytesText, toDisplayText } from "../../base/decode-text.js";
import type { Touch } from "../../contract/touched.js";
import { isDamagedTrace } from "../../store/messages.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import type { Workspace } from "../../workspace/workspace.js";

const writes: readonly Touch["did"][] = ["wrote", "created", "renamed"];

/** Only the workbench's own senders have a script watched. */
const mayBeWatched = (["browser", "other"] as const).map((value) => [{ key: "from" as const, value, isNegated: true }]);
/** So many of the newest are read. */
const maxRead = 500;

/** The traces of watched requests, in memory and stored, the newest first. @throws the signal's reason */
export async function watchedTraces(
  { list, traces }: Pick<Workbench, "list" | "traces">,
  signal: AbortSignal,
): Promise<TraceRecord[]> {
  const { found } = await list.page(mayBeWatched, { first: 0, count: maxRead }, signal);
  const watched: TraceRecord[] = [];
  for (const { row } of found) {
    const trace = await traces.find(row.id).catch((error: unknown) => {
      if (!isDamagedTrace(error)) throw error;
      return null;
    });
    if (trace?.process?.touched !== undefined) watched.push(trace);
  }
  return watched;
}

/** The files that each script wrote while the requests ran, by the script's path; all paths are in the folder. */
export function writtenFiles(
  recorded: readonly TraceRecord[],
  workspace: Pick<Workspace, "relative">,
): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { route, process } of recorded) {
    const script = route.file && workspace.relative(toDisplayText(route.file));
    for (const { did, name, errno, own } of process?.touched?.touches ?? []) {
      const path = workspace.relative(toDisplayText(fromBytesText(name)));
      if (own || errno !== null || !writes.includes(did) || path === null || script === null) continue;
      found.set(script, (found.get(script) ?? new Set()).add(path));
    }
  }
  return found;
}
