// The fields of one kind of values.
import { useMemo } from "react";
import { probes } from "../../../server/formats/probes/library.js";
import { expectedText, probeGroups } from "../../../server/formats/probes/probe.js";
import { linesOf } from "../../../server/formats/variations/value-text.js";
import { defaultPolicy } from "../../../server/protocol/policy.js";
import { plural } from "../../format/plural.js";
import { keptFile } from "../../model/request/chosen-files.js";
import type { FileRef } from "../../model/request/draft.js";
import { orNotify } from "../../platform/notices.js";
import { TextArea } from "../../ui/text-field.js";
import { FileField } from "../composer/index.js";
import { type Mark, textOf, type ValueKind } from "./plan-draft.js";

interface ValueFieldsProps {
  readonly mark: Mark;
  readonly onChange: (mark: Mark) => void;
}

const labels: Readonly<Partial<Record<ValueKind, string>>> = {
  numbers: "From..to",
  lengths: "From..to, bytes",
  times: "Times",
};

export function ValueFields({ mark, onChange }: ValueFieldsProps) {
  const { kind } = mark;
  const text = textOf(mark);
  const set = (typed: string): void => onChange({ ...mark, texts: { ...mark.texts, [kind]: typed } });
  switch (kind) {
    case "list":
      return (
        <TextArea
          aria-label="Values, one on each line"
          placeholder="One value on each line"
          rows={5}
          value={text}
          onChange={set}
        />
      );
    case "file":
      return <FileOfValues mark={mark} onChange={onChange} />;
    case "probes":
      return <ProbeFields chosen={text} onChange={set} />;
    default:
      return (
        <label className="ui-row vary-line">
          {labels[kind] ?? "Made of"}
          <input
            className="ui-field ui-mono vary-text"
            spellCheck={false}
            maxLength={10_000}
            value={text}
            onChange={({ target }) => set(target.value)}
          />
          {kind === "lengths" && <span className="ui-dim">at and beside powers of 2 and 10</span>}
        </label>
      );
  }
}

function FileOfValues({ mark, onChange }: ValueFieldsProps) {
  const text = textOf(mark);
  const lines = useMemo(() => linesOf(text).length, [text]);
  const read = (file: FileRef): Promise<void> =>
    orNotify("The file could not be read", async () => {
      const values = (await keptFile(file)?.text()) ?? "";
      onChange({ ...mark, file, texts: { ...mark.texts, file: values } });
    });
  return (
    <div className="ui-row vary-line">
      <FileField label="File with a value on each line" file={mark.file} onChoose={(file) => void read(file)} />
      {mark.file !== null && <span className="ui-dim">{plural(lines, "line")}</span>}
    </div>
  );
}

/** All, a group, or one of them, with what it must lead to where no setting differs from the default. */
function ProbeFields({ chosen, onChange }: { readonly chosen: string; readonly onChange: (chosen: string) => void }) {
  const probe = probes.find(({ id }) => id === chosen);
  return (
    <>
      <select
        className="ui-field"
        aria-label="Requests of the library"
        value={chosen}
        onChange={({ target }) => onChange(target.value)}
      >
        <option value="">All of them</option>
        {Object.entries(probeGroups).map(([group, title]) => (
          <optgroup key={group} label={title}>
            <option value={group}>{title}: all</option>
            {probes
              .filter((one) => one.group === group)
              .map(({ id, title: name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
      {probe && (
        <p className="ui-dim">
          {probe.about} Expected with default settings:{" "}
          {expectedText(probe, { policy: defaultPolicy, requestBodyBytes: null })}.
        </p>
      )}
    </>
  );
}
