// The tour over a trace.
import type { TraceRow } from "../../../server/contract/trace.js";
import { needsFolder } from "../../model/folder/command-needs.js";
import { useTraceStore } from "../../model/traces/trace-store.js";
import { type Commands, command } from "../../platform/command-registry.js";
import { useSelection } from "../../platform/selection.js";

/** The trace for a tour: the one that is shown when a script ran for it, else the newest for which one did. */
function traceToTour(): TraceRow | null {
  const { rows } = useTraceStore.getState();
  const ran = ({ kind, mode, outcome }: TraceRow): boolean => kind === "script" && mode !== null && outcome !== null;
  const { traceId } = useSelection.getState();
  return rows.find((row) => row.id === traceId && ran(row)) ?? rows.findLast(ran) ?? null;
}

const whyNoTour = (): string | null => (traceToTour() ? null : "Send a request to a script first.");

export const tourCommands = {
  "tour.start": command(
    () => needsFolder() ?? whyNoTour(),
    async () => {
      const trace = traceToTour();
      if (trace) (await import("./tour-store.js")).startTour(trace);
    },
  ),
} satisfies Partial<Commands>;
