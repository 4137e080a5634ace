// A column for each way to run the script, from a process for every request to another server.
import type { ReactNode } from "react";
import type { BenchFigures } from "../../../server/contract/command-output.js";
import type { Measurement } from "../../../server/contract/measure-contract.js";
import { modeTraits } from "../../../server/contract/modes.js";
import type { FileEntry } from "../../../server/contract/workspace.js";
import { formatMs } from "../../format/duration.js";
import { formatBytes } from "../../format/size.js";
import { type Beyond, beyondFor } from "./beyond.js";
import { formatQuantile, formatRate, formatShare, formatTime, formatTimes } from "./figures.js";
import { BytesCell, LeaksCell } from "./outcome-cells.js";
import { proposedPreload } from "./preload.js";
import { MakeWrapper, StopActions } from "./stop-actions.js";
import { type OpenLine, type Stop, timesCgi, whatToDo } from "./stops.js";

export interface StopTableProps {
  readonly entry: FileEntry;
  readonly stops: readonly Stop[];
  readonly measurement: Measurement | null;
  readonly onOpenLine: OpenLine;
}

export function StopTable({ entry, stops, measurement, onOpenLine }: StopTableProps) {
  const preloads = measurement?.startup ? proposedPreload(measurement.startup).length : 0;
  const beyond = beyondFor(
    entry,
    stops.some(({ wrapper }) => wrapper !== null),
  );
  const target = measurement?.target ?? entry.target ?? "/";
  const line = (title: string, cell: (stop: Stop) => ReactNode, last?: (further: Beyond) => ReactNode) => (
    <tr>
      <th scope="row" title={explained[title]}>
        {title}
      </th>
      {stops.map((stop) => (
        <td
          key={stop.mode}
          data-now={stop.mode === entry.mode || undefined}
          data-unfit={stop.unfit !== null || undefined}
        >
          {cell(stop)}
        </td>
      ))}
      {beyond.map((further) => (
        <td key={further.title} data-unfit>
          {last?.(further) ?? <span className="ui-faint">–</span>}
        </td>
      ))}
    </tr>
  );
  const figure = (stop: Stop, text: (figures: BenchFigures) => string | null): ReactNode =>
    (stop.measured?.figures && text(stop.measured.figures)) ?? nothing;
  return (
    <div className="rail-stops">
      <table aria-label="Ways to run">
        <thead>
          <tr>
            <td />
            {stops.map(({ mode, unfit }) => (
              <th
                key={mode}
                scope="col"
                data-now={mode === entry.mode || undefined}
                data-unfit={unfit !== null || undefined}
              >
                <span className="rail-node" aria-hidden="true" />
                <span className="rail-name">
                  {modeTraits[mode].label}
                  {mode === entry.mode && <span className="ui-badge rail-used">in use</span>}
                </span>
                <span className="rail-summary ui-dim">{modeTraits[mode].summary}</span>
              </th>
            ))}
            {beyond.map(({ title, summary }) => (
              <th key={title} scope="col" data-unfit>
                <span className="rail-node" aria-hidden="true" />
                <span className="rail-name">{title}</span>
                <span className="rail-summary ui-dim">{summary}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {line("Same bytes?", (stop) => (
            <BytesCell stop={stop} />
          ))}
          {line("Leaks", (stop) => (
            <LeaksCell stop={stop} onOpenLine={onOpenLine} />
          ))}
          {line("Rate", (stop) => (
            <RateCell stop={stop} times={timesCgi(stop, stops, measurement?.rate ?? null)} />
          ))}
          {line("p50", (stop) => figure(stop, (figures) => formatTime(figures, figures.p50)))}
          {line("p99", (stop) => figure(stop, (figures) => formatQuantile("p99", figures, figures.p99)))}
          {measurement?.rate != null &&
            line("p99 as sent", (stop) => figure(stop, (figures) => formatQuantile("p99", figures, figures.p99Sent)))}
          {measurement !== null && (
            <>
              {line("Start-up", (stop) => figure(stop, ({ startupShare }) => formatShare(startupShare)))}
              {line("CPU", (stop) => figure(stop, ({ cpuMs }) => (cpuMs === null ? null : formatMs(cpuMs))))}
              {line("Memory", (stop) =>
                figure(stop, ({ memoryBytes }) => (memoryBytes === null ? null : formatBytes(memoryBytes))),
              )}
            </>
          )}
          {line(
            "What to do",
            (stop) => whatToDo(stop, preloads),
            ({ todo }) => todo,
          )}
          {line(
            "Try it",
            (stop) => (
              <StopActions stop={stop} entry={entry} target={target} />
            ),
            ({ wraps }) => (wraps ? <MakeWrapper path={entry.path} /> : null),
          )}
        </tbody>
      </table>
    </div>
  );
}

/** What a line says, where its title is short. */
const explained: Readonly<Record<string, string>> = {
  "p99 as sent": "Timed from when a request could be sent: the wait for earlier requests is left out",
  "Start-up": "The part of a request’s time before the script’s own work: interpreter and imports",
  CPU: "Processor time of a request, without the workbench’s own",
  Memory: "Memory of the processes that one request needs. Shared memory is divided among those that share it",
};

const nothing = <span className="ui-faint">–</span>;

function RateCell({ stop, times }: { readonly stop: Stop; readonly times: number | null }) {
  const { figures, problem } = stop.measured ?? {};
  if (problem)
    return (
      <span className="ui-bad rail-words" title={problem.message}>
        {problem.message}
      </span>
    );
  if (!figures) return nothing;
  return (
    <span className="rail-rate">
      <b>{formatRate(figures.perSecond)}/s</b>
      {figures.errors > 0 && <span className="ui-bad">{figures.errors} errors</span>}
      {times !== null && (
        <span className="ui-dim" title="Compared with CGI">
          {formatTimes(times)}
        </span>
      )}
    </span>
  );
}
