// What the graph shows, to be chosen: one script or all, whole times or phases; and, in one look, what the last save did.
import { comparisonDetails, comparisonWords } from "./comparison.js";
import { showLook, showScope, useLatencyChoice } from "./latency-state.js";
import type { Latency } from "./use-latency.js";

export function LatencyBar({ latency }: { readonly latency: Latency }) {
  const { scope, look } = useLatencyChoice();
  const { file, script, comparison } = latency;
  const words = comparison && comparisonWords(comparison);
  return (
    <div className="latency-bar">
      <Choice
        label="Requests of"
        value={scope}
        items={[
          { value: "script", title: script === null ? "Script" : script.slice(script.lastIndexOf("/") + 1) },
          { value: "all", title: "All" },
        ]}
        onChange={showScope}
      />
      <Choice
        label="Times as"
        value={look}
        items={[
          { value: "total", title: "Total" },
          { value: "phases", title: "Phases" },
        ]}
        onChange={showLook}
      />
      {comparison && words && (
        <span role="status" className={`latency-since ui-cut ui-${words.tone}`} data-part="since-save" title={comparisonDetails(comparison)}>
          {file === null && `${comparison.file.slice(comparison.file.lastIndexOf("/") + 1)}: `}
          {words.text}
        </span>
      )}
    </div>
  );
}

interface ChoiceProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly items: readonly { readonly value: V; readonly title: string }[];
  readonly onChange: (value: V) => void;
}

function Choice<V extends string>({ label, value, items, onChange }: ChoiceProps<V>) {
  return (
    <div role="radiogroup" aria-label={label} className="latency-choice">
      {items.map((item) => (
        <label key={item.value} className="latency-option" data-checked={value === item.value || undefined}>
          <input type="radio" className="ui-hidden" name={`latency-${label}`} checked={value === item.value} onChange={() => onChange(item.value)} />
          <span className="ui-cut">{item.title}</span>
        </label>
      ))}
    </div>
  );
}
