// What a machine could serve in each mode, as arithmetic in the open.
import { useState } from "react";
import type { Measurement } from "../../../server/contract/measure-contract.js";
import { modeTraits } from "../../../server/contract/modes.js";
import { formatCount } from "../../format/size.js";
import { FactTable } from "../../ui/fact-table.js";
import { formatMany, formatRate } from "./figures.js";
import type { ModeColumn } from "./mode-columns.js";

const secondsOfDay = 86_400;

/**
 * Requests a second of one processor. `measuredOn`: the processors of the machine that was measured; a connection, and
 * a worker process, keeps one of them busy at most. `workers` null: each request has its own process.
 */
export function perCoreOf(
  perSecond: number,
  machine: { readonly connections: number; readonly measuredOn: number; readonly workers: number | null },
): number {
  const { connections, measuredOn, workers } = machine;
  return perSecond / Math.max(1, Math.min(connections, measuredOn, workers ?? measuredOn));
}

const maxCores = 4096;

interface CapacityTableProps {
  readonly columns: readonly ModeColumn[];
  readonly measurement: Measurement;
}

export function CapacityTable({ columns, measurement }: CapacityTableProps) {
  const [typed, setTyped] = useState(String(measurement.cores));
  const cores = Number(typed);
  const isCount = Number.isInteger(cores) && cores >= 1 && cores <= maxCores;
  const { connections, cores: measuredOn } = measurement;
  return (
    <section className="ways-box" aria-label="Capacity">
      <h3>
        Capacity{" "}
        <label className="ui-dim">
          of{" "}
          <input
            className="ui-field ways-number"
            type="number"
            min={1}
            max={maxCores}
            aria-label="Processors"
            aria-invalid={!isCount}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />{" "}
          processors
        </label>
      </h3>
      {isCount && (
        <FactTable label="Capacity of each mode" columns={headings} className="ways-capacity">
          {columns.flatMap(({ mode, measured }) => {
            if (!measured?.figures) return [];
            const { figures, workers } = measured;
            const perCore = perCoreOf(figures.perSecond, { connections, measuredOn, workers });
            return (
              <tr key={mode}>
                <th scope="row">{modeTraits[mode].label}</th>
                <td className="ui-num">
                  {cores} × {formatRate(perCore)}
                </td>
                <Load perSecond={perCore * cores} />
                <Load perSecond={(perCore * cores) / 2} />
              </tr>
            );
          })}
        </FactTable>
      )}
      <p className="ui-dim">
        Requests a second of one processor, times the processors, times {formatCount(secondsOfDay)} s a day. It assumes
        that nothing else is the limit, such as a database.
      </p>
    </section>
  );
}

const Load = ({ perSecond }: { readonly perSecond: number }) => (
  <td className="ui-num">
    {formatRate(perSecond)}/s <span className="ui-dim ways-day">{formatMany(perSecond * secondsOfDay)} a day</span>
  </td>
);

const headings = [
  { title: "Mode" },
  { title: "Rate", isNumber: true },
  { title: "At 100 %", isNumber: true },
  { title: "At 50 %", isNumber: true },
] as const;
