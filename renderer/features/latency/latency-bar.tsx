// What the graph shows, to be chosen: one script or all, whole times or phases;
// and, in one look, what the last save did.
import { baseOf, scriptLabel } from "../../format/file-path.js";
import { useStoredRows } from "../../model/traces/stored-rows.js";
import { Choice } from "../../ui/choice.js";
import { showLook, showReach, showScope, useLatencyChoice } from "./latency-state.js";
import { modeFiguresLabel } from "./mode-figures.js";
import { comparisonDetails, saveEffectLabel } from "./save-effect.js";
import type { Latency } from "./use-latency.js";

export function LatencyBar({ latency }: { readonly latency: Latency }) {
  const { scope, look, reach } = useLatencyChoice();
  const hasStored = useStoredRows(({ all, store }) => all > 0 || store?.isStoring === true);
  const { file, script, comparison, points, zoom } = latency;
  if (points.length === 0 && zoom === null && !hasStored && reach === "now") return null;
  // The most recent event matters most: a save, or a mode change after it.
  const modes = latency.modesSinceSave.length > 1 ? modeFiguresLabel(latency.modesSinceSave) : null;
  const words = comparison && modes === null ? saveEffectLabel(comparison) : null;
  return (
    <div className="ui-row latency-bar">
      <Choice
        size="small"
        label="Requests of"
        value={scope}
        choices={[
          { value: "script", title: script === null ? "Script" : scriptLabel(script) },
          { value: "all", title: "All" },
        ]}
        onChange={showScope}
      />
      {(hasStored || reach === "stored") && (
        <Choice
          size="small"
          label="Reaches back to"
          value={reach}
          choices={[
            { value: "now", title: "Now" },
            { value: "stored", title: "Days" },
          ]}
          onChange={showReach}
        />
      )}
      {reach === "now" && (
        <Choice
          size="small"
          label="Times as"
          value={look}
          choices={[
            { value: "total", title: "Total" },
            { value: "phases", title: "Phases" },
          ]}
          onChange={showLook}
        />
      )}
      {/* No live regions: these figures change each second. */}
      {modes && reach === "now" && (
        <span
          className={`ui-strong ui-figures latency-since ui-cut ui-${modes.tone}`}
          data-part="modes"
          title={`${modes.text}. ${modes.details}`}
        >
          {modes.text}
        </span>
      )}
      {comparison && words && reach === "now" && (
        <span
          className={`ui-strong ui-figures latency-since ui-cut ui-${words.tone}`}
          data-part="since-save"
          title={comparisonDetails(comparison)}
        >
          {file === null && `${baseOf(comparison.file)}: `}
          {words.text}
        </span>
      )}
    </div>
  );
}
