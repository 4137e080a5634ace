// What a machine could serve in each mode, as arithmetic in the open.
import { useState } from "react";
import type { Measurement } from "../../../server/contract/measure-contract.js";
import { modeTraits } from "../../../server/contract/modes.js";
import { formatCount } from "../../format/size.js";
import { FactTable } from "../../ui/fact-table.js";
import { formatMany, formatRate } from "./figures.js";
import type { ModeColumn } from "./mode-columns.js";

// What a machine could serve, from what was measured: arithmetic, and nothing that is not on the screen.
const secondsOfDay = 86_400;

interface Capacity {
  /** Requests a second of one processor. */
  readonly perCore: number;
  /** Requests a second of all processors, at 100 % and at 50 % load. */
  readonly full: number;
  readonly half: number;
  readonly fullDay: number;
  readonly halfDay: number;
}

/**
 * `measuredOn`: the processors of the machine that was measured; a connection, and a worker process, keeps one of them
 * busy at most. `workers` null: each request has its own process.
 */
export function capacityOf(
  perSecond: number,
  {
    connections,
    measuredOn,
    workers,
    cores,
  }: {
    readonly connections: number;
    readonly measuredOn: number;
    readonly workers: number | null;
    readonly cores: number;
  },
): Capacity {
  const perCore = perSecond / Math.max(1, Math.min(connections, measuredOn, workers ?? measuredOn));
  const full = perCore * cores;
  return { perCore, full, half: full / 2, fullDay: full * secondsOfDay, halfDay: (full / 2) * secondsOfDay };
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
    <section className="rail-box" aria-label="Capacity">
      <h3>
        Capacity{" "}
        <label className="ui-dim">
          of{" "}
          <input
            className="ui-field rail-number"
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
        <FactTable label="Capacity of each mode" columns={headings} className="rail-capacity">
          {columns.flatMap(({ mode, measured }) => {
            if (!measured?.figures) return [];
            const { perCore, full, half, fullDay, halfDay } = capacityOf(measured.figures.perSecond, {
              connections,
              measuredOn,
              workers: measured.workers,
              cores,
            });
            return (
              <tr key={mode}>
                <th scope="row">{modeTraits[mode].label}</th>
                <td className="ui-num">
                  {cores} × {formatRate(perCore)}
                </td>
                <Load perSecond={full} perDay={fullDay} />
                <Load perSecond={half} perDay={halfDay} />
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

const Load = ({ perSecond, perDay }: { readonly perSecond: number; readonly perDay: number }) => (
  <td className="ui-num">
    {formatRate(perSecond)}/s <span className="ui-dim rail-day">{formatMany(perDay)} a day</span>
  </td>
);

const headings = [
  { title: "Mode" },
  { title: "Rate", isNumber: true },
  { title: "At 100 %", isNumber: true },
  { title: "At 50 %", isNumber: true },
] as const;
