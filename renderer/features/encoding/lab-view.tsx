// The lab: a text, a form, a script and a page, with every step switchable; the result shows at once.
import { useMemo } from "react";
import { textLanguages } from "../../../server/formats/encodings/interpreter-text.js";
import { type LabSettings, labEncodingPath } from "../../../server/formats/encodings/lab-path.js";
import { Button } from "../../ui/button.js";
import { Select } from "../../ui/select.js";
import { environmentsOf, languageTitles, type NamedEnvironment } from "./environments.js";
import { resetLab, setLab, useLab } from "./lab-store.js";
import { StageList } from "./stage-list.js";

type Option<V> = readonly [value: V, title: string];

export function LabView() {
  const settings = useLab((lab) => lab.settings);
  const { steps, isRight } = useMemo(() => labEncodingPath(settings), [settings]);
  const shown = steps.at(-1)?.text ?? null;
  return (
    <>
      <p className={`way-summary way-arrives${isRight ? " ui-ok" : ""}`} role="status">
        {isRight ? (
          <>
            <b className="ui-mono">{shown}</b> arrives correctly.
          </>
        ) : shown === null ? (
          "Nothing arrives: the script fails."
        ) : (
          <>
            <b className="ui-mono">{shown}</b> arrives instead of <b className="ui-mono">{settings.text}</b>.
          </>
        )}
      </p>
      <div className="ui-stack lab-halves">
        <LabForm settings={settings} />
        <StageList steps={steps} />
      </div>
    </>
  );
}

function LabForm({ settings }: { readonly settings: LabSettings }) {
  const environments = withOwn(environmentsOf(settings.language), settings.variables);
  const chosen = environments.findIndex(({ variables }) => isSame(variables, settings.variables));
  return (
    <fieldset className="way-form" aria-label="Lab">
      <label className="ui-stack ui-small ui-dim way-field way-field-wide">
        <span>Text</span>
        <input
          className="ui-field"
          value={settings.text}
          maxLength={60}
          spellCheck={false}
          onChange={(event) => setLab({ text: event.target.value })}
        />
      </label>
      <Way
        label="Form page encoding"
        value={settings.form}
        options={[
          ["utf-8", "utf-8"],
          ["windows-1252", "windows-1252 (Latin-1)"],
        ]}
        onChange={(form) => setLab({ form })}
      />
      <Way
        label="Language"
        value={settings.language}
        options={textLanguages.map((language): Option<typeof language> => [language, languageTitles[language]])}
        onChange={(language) => setLab({ language, variables: {} })}
      />
      <Way
        label="Environment"
        value={String(Math.max(0, chosen))}
        options={environments.map(({ title }, index): Option<string> => [String(index), title])}
        onChange={(index) => setLab({ variables: environments[Number(index)]?.variables ?? {} })}
      />
      <Way
        label="Script decodes input"
        value={settings.reads}
        options={[
          ["language", "language default"],
          ["utf-8", "as utf-8, by its own code"],
          ["windows-1252", "as windows-1252, by its own code"],
        ]}
        onChange={(reads) => setLab({ reads })}
      />
      <Way
        label="Script encodes output"
        value={settings.writes}
        options={[
          ["language", "language default"],
          ["utf-8", "utf-8"],
          ["windows-1252", "windows-1252 (Latin-1)"],
        ]}
        onChange={(writes) => setLab({ writes })}
      />
      <Way
        label="Content-Type declares"
        value={settings.header ?? ""}
        options={charsets(settings.header, "no charset")}
        onChange={(name) => setLab({ header: name === "" ? null : name })}
      />
      <Way
        label="Page’s <meta> declares"
        value={settings.meta ?? ""}
        options={charsets(settings.meta, "nothing")}
        onChange={(name) => setLab({ meta: name === "" ? null : name })}
      />
      <Button size="small" onClick={resetLab}>
        Start over
      </Button>
    </fieldset>
  );
}

function charsets(own: string | null, none: string): Option<string>[] {
  const names = ["utf-8", "iso-8859-1", "windows-1252", "utf-16", "koi8-r"];
  const all = own === null || names.includes(own) ? names : [own, ...names];
  return [["", none], ...all.map((name): Option<string> => [name, name])];
}

/** The trace's own environment is a choice too. */
function withOwn(
  environments: readonly NamedEnvironment[],
  variables: Readonly<Record<string, string>>,
): readonly NamedEnvironment[] {
  if (environments.some((environment) => isSame(environment.variables, variables))) return environments;
  const title = Object.entries(variables)
    .map(([name, value]) => `${name}=${value}`)
    .join(", ");
  return [{ title, variables }, ...environments];
}

const isSame = (a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([name, value]) => b[name] === value);

interface WayProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly options: readonly Option<V>[];
  readonly onChange: (value: V) => void;
}

const Way = <V extends string>({ label, options, ...select }: WayProps<V>) => (
  <label className="ui-stack ui-small ui-dim way-field">
    <span>{label}</span>
    <Select aria-label={label} choices={options.map(([value, title]) => ({ value, title }))} {...select} />
  </label>
);
