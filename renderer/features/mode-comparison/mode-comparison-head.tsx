// The heading of the comparison: what was measured and when, and the one button that measures.
import { useState } from "react";
import type { Measurement, MeasureProgress, Outdated } from "../../../server/contract/measure-contract.js";
import { modeTraits } from "../../../server/contract/modes.js";
import type { FileEntry } from "../../../server/contract/workspace.js";
import { baseOf } from "../../format/file-path.js";
import { plural } from "../../format/plural.js";
import { closeModeComparison } from "../../platform/mode-comparison.js";
import { copyText, orNotify } from "../../platform/notices.js";
import { saveFile } from "../../platform/save-file.js";
import { Button, IconButton } from "../../ui/button.js";
import { ChevronDownIcon, CloseIcon, WarningIcon } from "../../ui/icon.js";
import { Menu, MenuItem } from "../../ui/menu.js";
import { asCsv, asMarkdown } from "./export.js";
import { MeasureForm, type MeasureInput } from "./measure-form.js";
import { cancelMeasuring, useMeasure } from "./measure-store.js";

interface ModeComparisonHeadProps {
  readonly entry: FileEntry;
  readonly measurement: Measurement | null;
}

export function ModeComparisonHead({ entry, measurement }: ModeComparisonHeadProps) {
  const { running, outdated } = useMeasure();
  // Here, so that a measurement does not forget what was typed for it.
  const [input, setInput] = useState<MeasureInput>({ target: null, seconds: "5", connections: "1", rate: "" });
  return (
    <header className="ui-row ways-head">
      <div className="ways-title">
        <h2>Ways to run {baseOf(entry.path)}</h2>
        <p className="ui-small ui-dim">
          {measurement === null ? "Not measured yet. Measure sends real requests in each mode." : whatWas(measurement)}
          {outdated !== null && (
            <span className="ways-stale ui-warn">
              <WarningIcon /> {outdatedWords[outdated]}
            </span>
          )}
        </p>
      </div>
      {running?.of === "modes" ? (
        <Running progress={running.progress} />
      ) : (
        <MeasureForm entry={entry} measurement={measurement} input={input} onInput={setInput} />
      )}
      {measurement !== null && <Export measurement={measurement} />}
      <IconButton label="Close" hint="Close (Esc)" onClick={closeModeComparison} icon={CloseIcon} />
    </header>
  );
}

const outdatedWords: Readonly<Record<Outdated, string>> = {
  script: "The script has changed since.",
  wrapper: "The wrapper has changed since.",
  preload: "What it preloads has changed since.",
};

const when = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

const whatWas = ({ measuredAt, cores, target, seconds, connections, rate }: Measurement): string =>
  `Measured ${when.format(new Date(measuredAt))} on this machine (${plural(cores, "processor")}) with GET ${target}, ${seconds} s for each mode, ${plural(connections, "connection")}${rate === null ? "" : `, ${plural(rate, "request")} due a second`}. `;

const steps: Readonly<Record<MeasureProgress["step"], string>> = {
  outputs: "Comparing outputs",
  startup: "Examining the cold start",
  rounds: "Measuring",
};

function Running({ progress }: { readonly progress: MeasureProgress | null }) {
  const mode = progress?.mode == null ? "" : `: ${modeTraits[progress.mode].label}`;
  const round = progress?.round == null ? "" : `, round ${progress.round} of ${progress.rounds}`;
  return (
    <div className="ui-row ways-running">
      <span role="status">{progress === null ? "Starting" : `${steps[progress.step]}${mode}${round}`}</span>
      <progress aria-label="Progress of the measurement" value={progress?.done ?? 0} max={1} />
      <Button onClick={cancelMeasuring}>Cancel</Button>
    </div>
  );
}

function Export({ measurement }: { readonly measurement: Measurement }) {
  const copy = (text: string, form: string): void => void copyText(`the measurement as ${form}`, text);
  return (
    <Menu
      align="end"
      trigger={
        <Button>
          Export <ChevronDownIcon />
        </Button>
      }
    >
      <MenuItem onSelect={() => copy(asMarkdown(measurement), "Markdown")}>Copy as Markdown</MenuItem>
      <MenuItem onSelect={() => copy(asCsv(measurement), "CSV")}>Copy as CSV</MenuItem>
      <MenuItem onSelect={() => void savePicture(measurement)}>Save as PNG…</MenuItem>
    </Menu>
  );
}

const savePicture = (measurement: Measurement): Promise<void> =>
  orNotify("No picture was made", async () => {
    const name = baseOf(measurement.path);
    const { pictureOf } = await import("./picture.js");
    saveFile(`${name}-ways-to-run.png`, [await pictureOf(measurement, `Ways to run ${name}`, whatWas(measurement))]);
  });
