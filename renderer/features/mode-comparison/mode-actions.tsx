// Trying a way to run the script with one request, and staying there: written into the configuration, with an Undo.
import { modeTraits } from "../../../server/contract/modes.js";
import type { FileEntry } from "../../../server/contract/workspace.js";
import { formatMs } from "../../format/duration.js";
import { closeModeComparison } from "../../platform/mode-comparison.js";
import { useSelection } from "../../platform/selection.js";
import { useClient } from "../../rpc/store.js";
import { Button } from "../../ui/button.js";
import { type Trial, tryMode, useMeasure } from "./measure-store.js";
import type { ModeColumn } from "./mode-columns.js";
import { nothing } from "./outcome-cells.js";
import { makeWrapper, runAs, showFile } from "./script-changes.js";

interface ModeActionsProps {
  readonly column: ModeColumn;
  readonly entry: FileEntry;
  readonly target: string;
}

export function ModeActions({ column: { mode, measured, unfit, wrapper }, entry, target: own }: ModeActionsProps) {
  const client = useClient();
  const trial = useMeasure(({ trials }) => trials.get(mode));
  if (unfit !== null) return nothing;
  const { label, shortLabel } = modeTraits[mode];
  const isUsed = mode === entry.mode;
  const target = wrapper === null ? own : (measured?.target ?? wrappedTarget(own, entry, wrapper));
  return (
    <div className="ui-row ways-actions">
      <Button
        size="small"
        aria-label={`Try ${shortLabel}`}
        hint={`Send one request in the mode ${label}`}
        disabled={!client || trial === "running"}
        onClick={() => void tryMode(entry.path, target, mode)}
      >
        Try
      </Button>
      {wrapper !== null && (
        <Button size="small" hint={`Open ${wrapper.path}`} onClick={() => showFile(wrapper.path)}>
          Edit
        </Button>
      )}
      {wrapper === null && (
        // It keeps its place and the focus: what would move there is a link that closes the comparison.
        <Button
          size="small"
          look={!isUsed && trial !== undefined && trial !== "running" ? "primary" : "plain"}
          aria-label={isUsed ? `Used: ${shortLabel}` : `Use ${shortLabel}`}
          aria-disabled={isUsed || undefined}
          hint={isUsed ? `${entry.path} runs as ${label}` : `Run ${entry.path} as ${label} from now on`}
          disabled={!client}
          onClick={isUsed ? () => {} : () => void runAs(entry.path, mode)}
        >
          {isUsed ? "Used" : "Use"}
        </Button>
      )}
      {trial !== undefined && trial !== "running" && <TrialResult trial={trial} />}
    </div>
  );
}

/** The request to the script, as a request to the file that makes an application of it: as far as the target shows. */
function wrappedTarget(target: string, entry: FileEntry, wrapper: FileEntry): string {
  const own = entry.target ?? target;
  const query = target.indexOf("?");
  const tailAt = target.startsWith(own) ? own.length : query < 0 ? target.length : query;
  return (wrapper.target ?? "") + target.slice(tailAt);
}

function TrialResult({ trial: { id, status, ms } }: { readonly trial: Trial }) {
  const words = `${status ?? "no response"}${ms === null ? "" : `, ${formatMs(ms)}`}`;
  return (
    <button
      type="button"
      className="ui-link ui-cut"
      title="Show its trace"
      onClick={() => {
        closeModeComparison();
        useSelection.getState().bringUp(id);
      }}
    >
      {words}
    </button>
  );
}

/** Writes the file that makes an application of the script. */
export function MakeWrapper({ path }: { readonly path: string }) {
  const client = useClient();
  return (
    <Button
      size="small"
      hint="Write the file beside the script, and its mode into cgi-workbench.json"
      disabled={!client}
      onClick={() => void makeWrapper(path)}
    >
      Make wrapper
    </Button>
  );
}
