// The fields of one kind of values.
import { maxShownVariations } from "../../../server/contract/limits.js";
import { probes } from "../../../server/formats/probes/library.js";
import { expectedText, probeGroups } from "../../../server/formats/probes/probe.js";
import { defaultPolicy } from "../../../server/protocol/policy.js";
import { formatCount } from "../../format/size.js";
import type { Mark } from "./plan-draft.js";

interface ValueFieldsProps {
  readonly mark: Mark;
  readonly onChange: (mark: Mark) => void;
}

export function ValueFields({ mark, onChange }: ValueFieldsProps) {
  const number = (label: string, name: "from" | "to" | "times", min?: number) => (
    <label className="ui-row vary-line">
      {label}
      <input
        className="ui-field vary-number"
        type="number"
        min={min}
        max={name === "times" ? maxShownVariations : undefined}
        value={mark[name]}
        onChange={({ target }) => onChange({ ...mark, [name]: target.value })}
      />
    </label>
  );
  switch (mark.kind) {
    case "list":
      return (
        <textarea
          className="ui-field ui-mono vary-list"
          aria-label="Values, one on each line"
          placeholder="One value on each line"
          rows={5}
          spellCheck={false}
          value={mark.list}
          onChange={({ target }) => onChange({ ...mark, list: target.value })}
        />
      );
    case "file":
      return (
        <label className="ui-row vary-line">
          <input
            type="file"
            aria-label="File with a value on each line"
            onChange={({ target }) => void readLines(target.files?.[0], (file) => onChange({ ...mark, file }))}
          />
          {mark.file && `${formatCount(mark.file.lines.length)} values`}
        </label>
      );
    case "numbers":
    case "lengths":
      return (
        <div className="ui-row vary-line">
          {number("From", "from", mark.kind === "lengths" ? 0 : undefined)}
          {number("to", "to", mark.kind === "lengths" ? 0 : undefined)}
          {mark.kind === "lengths" && <span className="ui-dim">bytes: at and beside powers of 2 and 10</span>}
        </div>
      );
    case "times":
      return number("Times", "times", 1);
    case "probes":
      return <ProbeFields mark={mark} onChange={onChange} />;
    default:
      return (
        <label className="ui-row vary-line">
          Made of
          <input
            className="ui-field ui-mono vary-text"
            spellCheck={false}
            maxLength={10_000}
            value={mark.text}
            onChange={({ target }) => onChange({ ...mark, text: target.value })}
          />
        </label>
      );
  }
}

async function readLines(file: File | undefined, onRead: (read: Mark["file"]) => void): Promise<void> {
  if (file) onRead({ name: file.name, lines: (await file.text()).replace(/\r?\n$/, "").split(/\r?\n/) });
}

/** All, a group, or one of them, with what it must lead to where no setting differs from the default. */
function ProbeFields({ mark, onChange }: ValueFieldsProps) {
  const chosen = probes.find(({ id }) => id === mark.probes);
  return (
    <>
      <select
        className="ui-field"
        aria-label="Requests of the library"
        value={mark.probes}
        onChange={({ target }) => onChange({ ...mark, probes: target.value })}
      >
        <option value="">All of them</option>
        {Object.entries(probeGroups).map(([group, title]) => (
          <optgroup key={group} label={title}>
            <option value={group}>{title}: all</option>
            {probes
              .filter((probe) => probe.group === group)
              .map(({ id, title: name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
      {chosen && (
        <p className="ui-dim">
          {chosen.about} Expected with default settings:{" "}
          {expectedText(chosen, { policy: defaultPolicy, requestBodyBytes: null })}.
        </p>
      )}
    </>
  );
}
