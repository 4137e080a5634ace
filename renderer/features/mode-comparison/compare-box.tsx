// The script beside another version of it, or beside another script: one mode, rounds in
// turn, and whether the difference is real.

import { useEffect, useState } from "react";
import type { BenchFigures } from "../../../server/contract/command-output.js";
import type { Measurement } from "../../../server/contract/measure-contract.js";
import { type Mode, modeTraits } from "../../../server/contract/modes.js";
import type { FileEntry } from "../../../server/contract/workspace.js";
import { formatBytes } from "../../format/size.js";
import { useClient } from "../../rpc/store.js";
import { Alert } from "../../ui/alert.js";
import { Button } from "../../ui/button.js";
import { FactTable } from "../../ui/fact-table.js";
import { Select } from "../../ui/select.js";
import { cancelComparing, compare, findChoices, useCompare } from "./compare-store.js";
import { formatQuantile, formatRate, formatTime } from "./figures.js";
import { useMeasure } from "./measure-store.js";
import type { ModeColumn } from "./mode-columns.js";

interface CompareBoxProps {
  readonly entry: FileEntry;
  readonly columns: readonly ModeColumn[];
  readonly measurement: Measurement | null;
}

/** Of each of the two, where nothing was measured before. */
const usual = { seconds: 5, connections: 1, rate: null } as const;

export function CompareBox({ entry, columns, measurement }: CompareBoxProps) {
  const client = useClient();
  const { path, choices, progress, result, failure } = useCompare();
  const isMeasuring = useMeasure((store) => store.progress !== null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [mode, setMode] = useState<Mode>(entry.mode ?? "cgi");
  // biome-ignore lint/correctness/useExhaustiveDependencies: a saved script has other versions beside it
  useEffect(() => {
    if (client) void findChoices(entry.path); // keeps its own failures
  }, [client, entry.path, entry.modifiedAt]);
  const choice = choices.find(({ key }) => key === chosen) ?? choices[0];
  const { target, seconds, connections, rate } = { target: entry.target ?? "/", ...usual, ...measurement };
  if (path !== entry.path || choice === undefined) return null;
  return (
    <section className="rail-box" aria-label="Another version">
      <h3>
        Beside another version <span className="ui-dim">In alternating rounds, as above.</span>
      </h3>
      <div className="ui-row rail-settings rail-versions">
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
        {progress === null ? (
          <Button
            disabled={!client || isMeasuring}
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
            <progress
              aria-label="Progress of the comparison"
              value={progress === "begun" ? 0 : progress.done}
              max={1}
            />
            <Button onClick={cancelComparing}>Cancel</Button>
          </>
        )}
      </div>
      <Alert>{failure}</Alert>
      {result !== null && (
        <>
          <FactTable label="Comparison" columns={headings} className="rail-capacity">
            {result.compared.figures.map((figures, index) => (
              <tr key={figures.target}>
                <th scope="row">{index === 0 ? "this file" : result.title}</th>
                {cellsOf(figures).map((cell, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns never move
                  <td key={column} className="ui-num">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </FactTable>
          <p className={result.compared.isProven ? "ui-strong" : "ui-dim"}>
            {result.compared.messages.map(({ text }) => text).join(" ")}
          </p>
        </>
      )}
    </section>
  );
}

const headings = [
  { title: "Version" },
  { title: "Rate", isNumber: true },
  { title: "Rounds", isNumber: true },
  { title: "p50", isNumber: true },
  { title: "p99", isNumber: true },
  { title: "Memory", isNumber: true },
] as const;

function cellsOf(figures: BenchFigures): readonly string[] {
  const { perSecond, rounds, p50, p99, memoryBytes } = figures;
  return [
    `${formatRate(perSecond)}/s`,
    `${formatRate(Math.min(...rounds))} to ${formatRate(Math.max(...rounds))}`,
    formatTime(figures, p50) ?? "–",
    formatQuantile("p99", figures, p99) ?? "–",
    memoryBytes === null ? "–" : formatBytes(memoryBytes),
  ];
}
