// The script beside another version of it, or beside another script: one mode, rounds in
// turn, and whether the difference is real.

import { useState } from "react";
import type { Measurement } from "../../../server/contract/measure-contract.js";
import { type Mode, modeTraits } from "../../../server/contract/modes.js";
import type { FileEntry } from "../../../server/contract/workspace.js";
import { useLoaded } from "../../platform/use-loaded.js";
import { useClient } from "../../rpc/store.js";
import { Alert } from "../../ui/alert.js";
import { Button } from "../../ui/button.js";
import { Select } from "../../ui/select.js";
import { FigureTable } from "./figure-table.js";
import { cancelMeasuring, compare, useMeasure } from "./measure-store.js";
import type { ModeColumn } from "./mode-columns.js";
import { findChoices } from "./version-choices.js";

interface CompareBoxProps {
  readonly entry: FileEntry;
  readonly columns: readonly ModeColumn[];
  readonly measurement: Measurement | null;
}

/** Of each of the two, where nothing was measured before. */
const usual = { seconds: 5, connections: 1, rate: null } as const;

export function CompareBox({ entry, columns, measurement }: CompareBoxProps) {
  const client = useClient();
  const { running, comparison, failures } = useMeasure();
  const { choices = [], failure = null } =
    useLoaded(entry.path, () => findChoices(entry.path), [entry.modifiedAt]).value ?? {};
  const [chosen, setChosen] = useState<string | null>(null);
  const [mode, setMode] = useState<Mode>(entry.mode ?? "cgi");
  const choice = choices.find(({ key }) => key === chosen) ?? choices[0];
  const { target, seconds, connections, rate } = { target: entry.target ?? "/", ...usual, ...measurement };
  if (choice === undefined) return null;
  return (
    <section className="ways-box" aria-label="Another version">
      <h3>
        Beside another version <span className="ui-dim">In alternating rounds, as above.</span>
      </h3>
      <div className="ui-row ways-settings ways-versions">
        <Select
          aria-label="Compare with"
          value={choice.key}
          choices={choices.map(({ key, title }) => ({ value: key, title }))}
          onChange={setChosen}
        />
        <Select
          aria-label="Mode to compare in"
          value={mode}
          choices={columns
            .filter(({ unfit, wrapper }) => unfit === null && wrapper === null)
            .map((column) => ({ value: column.mode, title: `as ${modeTraits[column.mode].label}` }))}
          onChange={setMode}
        />
        {running?.of !== "versions" ? (
          <Button
            disabled={!client || running !== null}
            onClick={() =>
              void compare(
                { path: entry.path, target, seconds, connections, rate, mode, against: choice.against },
                choice.title,
              )
            }
          >
            Measure both
          </Button>
        ) : (
          <>
            <progress aria-label="Progress of the comparison" value={running.progress?.done ?? 0} max={1} />
            <Button onClick={cancelMeasuring}>Cancel</Button>
          </>
        )}
      </div>
      <Alert>{failures.versions ?? failure}</Alert>
      {comparison !== null && (
        <>
          <FigureTable
            label="Comparison"
            of="Version"
            columns={["Rate", "Rounds", "p50", "p99", "Memory"]}
            rows={comparison.compared.figures.map((figures, index) => ({
              name: index === 0 ? "this file" : comparison.title,
              figures,
            }))}
          />
          <p className={comparison.compared.isProven ? "ui-strong" : "ui-dim"}>
            {comparison.compared.messages.map(({ text }) => text).join(" ")}
          </p>
        </>
      )}
    </section>
  );
}
