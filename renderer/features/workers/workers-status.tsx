// FastCGI in the status bar: how many processes are kept for the script that is worked on, and how the selected request came to one.
import { showBottomTab } from "../../app/bottom-tab-store.js";
import { useSelection } from "../../app/selection.js";
import { useFiles } from "../explorer/file-store.js";
import { useTraceRow } from "../traces/trace-store.js";
import { openFirst } from "./open-first.js";
import { turnWords, workersWords } from "./worker-words.js";
import { useWorkers } from "./workers-store.js";

/** Only while a script is shown whose processes are kept. */
export function WorkersStatus() {
  const file = useSelection(({ openFile }) => openFile);
  const entry = useFiles(({ byPath }) => byPath.get(file ?? "")) ?? null;
  return entry?.mode === "fastcgi" || entry?.mode === "php-cgi" ? <Kept entry={entry} /> : null;
}

function Kept({ entry }: { readonly entry: Parameters<typeof openFirst>[1] & object }) {
  const state = useWorkers();
  const [first] = openFirst(state?.applications ?? [], entry);
  const application = first && (first.script === entry.path || first.mode === "php-cgi") ? first : null;
  if (state === null) return null;
  const { text, tone } = workersWords(entry.path, application);
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

/** Of the selected request, when an application answered it. */
export function TurnStatus() {
  const row = useTraceRow(useSelection(({ traceId }) => traceId));
  if (!row?.fastcgi) return null;
  return (
    <span className="status-number" title={`Request #${row.seq}: its Timing tab has more`}>
      {turnWords(row.fastcgi, row.timing.admittedAt ?? 0, row.outcome !== null)}
    </span>
  );
}
