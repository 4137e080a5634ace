// The rounds of each mode on one logarithmic scale: a dot is a round, the band their spread.
import type { CSSProperties } from "react";
import type { BenchFigures } from "../../../server/contract/command-output.js";
import type { Measurement } from "../../../server/contract/measure-contract.js";
import { modeTraits } from "../../../server/contract/modes.js";
import { formatCount } from "../../format/size.js";
import { formatRate } from "./figures.js";
import type { ModeColumn } from "./mode-columns.js";

interface RoundsChartProps {
  readonly columns: readonly ModeColumn[];
  readonly measurement: Measurement;
}

export function RoundsChart({ columns, measurement: { verdict } }: RoundsChartProps) {
  const shown = columns.flatMap(({ measured }) => measured?.figures ?? []);
  const scale = scaleOf(shown.flatMap(({ rounds }) => rounds));
  const count = shown[0]?.rounds.length ?? 0;
  return (
    <section className="ways-box" aria-label="Benchmark">
      <h3>
        Benchmark{" "}
        <span className="ui-dim">
          Requests a second. {count} alternating rounds: a dot is a round, the band their spread.
        </span>
      </h3>
      <div className="ways-chart">
        {shown.map((figures) => (
          <Lane key={figures.mode} figures={figures} scale={scale} isChosen={figures.mode === verdict.mode} />
        ))}
        <div className="ways-lane ways-scale" aria-hidden="true">
          <span />
          <div>
            {scale.ticks.map((tick) => (
              <span key={tick} style={{ left: `${scale.at(tick)}%` }}>
                {formatCount(tick)}
              </span>
            ))}
          </div>
          <span />
        </div>
      </div>
    </section>
  );
}

function Lane({
  figures: { mode, rounds, perSecond },
  scale,
  isChosen,
}: {
  readonly figures: BenchFigures;
  readonly scale: RateScale;
  readonly isChosen: boolean;
}) {
  const least = Math.min(...rounds);
  const most = Math.max(...rounds);
  const colour: CSSProperties & Record<"--lane", string> = { "--lane": `var(${modeTraits[mode].colour})` };
  const range = `${formatRate(least)} to ${formatRate(most)}`;
  return (
    <div className="ways-lane" style={colour}>
      <span className={isChosen ? "ui-strong" : undefined}>{modeTraits[mode].label}</span>
      <div role="img" aria-label={`${modeTraits[mode].label}: ${formatRate(perSecond)} a second, ${range}`}>
        <span
          className="ways-band"
          style={{ left: `${scale.at(least)}%`, width: `${scale.at(most) - scale.at(least)}%` }}
        />
        {rounds.map((rate, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a round has no other name
          <span key={index} className="ways-dot" style={{ left: `${scale.at(rate)}%`, top: `${dotTop(index)}%` }} />
        ))}
      </div>
      <span className="ui-num">
        <b>{formatRate(perSecond)}</b> <span className="ui-dim">{range}</span>
      </span>
    </div>
  );
}

interface RateScale {
  readonly ticks: readonly number[];
  /** From 0 to 100. */
  at(rate: number): number;
}

/** Powers of ten around the rates. */
function scaleOf(rates: readonly number[]): RateScale {
  const logs = rates.filter((rate) => rate > 0).map(Math.log10);
  const from = Math.floor(Math.min(...logs, 3));
  const to = Math.max(Math.ceil(Math.max(...logs, from)), from + 1);
  return {
    ticks: Array.from({ length: to - from + 1 }, (_, index) => 10 ** (from + index)),
    at: (rate) => (100 * (Math.log10(Math.max(rate, 10 ** from)) - from)) / (to - from),
  };
}

/** A round's place in its lane, in percent: one below the other, so that equal rounds stay apart. */
const dotTop = (index: number): number => 20 + ((index * 15) % 75);
