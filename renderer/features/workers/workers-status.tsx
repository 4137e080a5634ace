// How many processes are kept for the script that is worked on, and how the selected request came to one.
import type { FastcgiTurn, TraceRow } from "../../../server/contract/trace.js";
import type { FileEntry } from "../../../server/contract/workspace.js";
import { showBottomTab } from "../../platform/bottom-tab-store.js";
import { applicationsOf } from "./open-first.js";
import { turnLabel, workersLabel } from "./worker-labels.js";
import { useWorkers } from "./workers-store.js";

export function Kept({ entry }: { readonly entry: FileEntry }) {
  const state = useWorkers();
  if (state === null) return null;
  const { text, tone } = workersLabel(entry.path, applicationsOf(state.applications, entry));
  return (
    <button
      type="button"
      className={`status-button status-number${tone === "dim" ? "" : ` ui-${tone}`}`}
      title="Show workers"
      onClick={() => showBottomTab("workers")}
    >
      {text}
    </button>
  );
}

export function Turn({ row, turn }: { readonly row: TraceRow; readonly turn: FastcgiTurn }) {
  return (
    <span className="status-number status-turn" title={`Request #${row.seq}: its Timing tab has more`}>
      {turnLabel(turn, row.timing.admittedAt ?? 0, row.outcome !== null)}
    </span>
  );
}
