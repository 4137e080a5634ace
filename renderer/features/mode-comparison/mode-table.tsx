// A column for each way to run the script, from a process for every request to another server.
import type { ReactNode } from "react";
import type { BenchFigures } from "../../../server/contract/command-output.js";
import type { Measurement } from "../../../server/contract/measure-contract.js";
import { wordsOf } from "../../../server/contract/message.js";
import { type AgentLanguage, callsApplication, modeTraits } from "../../../server/contract/modes.js";
import type { FileEntry } from "../../../server/contract/workspace.js";
import { formatMs } from "../../format/duration.js";
import { baseOf } from "../../format/file-path.js";
import { formatBytes } from "../../format/size.js";
import { formatQuantile, formatRate, formatShare, formatTime, formatTimes } from "./figures.js";
import { MakeWrapper, ModeActions } from "./mode-actions.js";
import { type ModeColumn, timesCgi, whatToDo } from "./mode-columns.js";
import { BytesCell, LeaksCell, nothing } from "./outcome-cells.js";
import { proposedPreload } from "./preload.js";

// The columns after the modes: other ways to run the script, and what they ask for.
interface OtherWay {
  readonly title: string;
  readonly summary: string;
  readonly todo: ReactNode;
  /** A file that makes an application of the script can be written. */
  readonly wraps: boolean;
}

/** What a rewrite would be called. */
const interfaces: Readonly<Record<AgentLanguage, string>> = { python: "WSGI", perl: "PSGI", ruby: "Rack" };

/** `isWrapped`: the file that makes an application of the script is there, and has a column of its own. */
export function otherWaysFor(
  { agent, mode, path }: Pick<FileEntry, "agent" | "mode" | "path">,
  isWrapped: boolean,
): readonly OtherWay[] {
  const isApplication = mode !== null && callsApplication(mode);
  const elsewhere: OtherWay = {
    title: "Elsewhere",
    summary: "the same file behind another server",
    todo:
      agent === null ? (
        "Copy the script to a server with CGI or FastCGI."
      ) : (
        <>
          Copy the script, and <code className="ui-mono">cgi-workbench agent {agent}</code> beside it.
        </>
      ),
    wraps: false,
  };
  if (isApplication || isWrapped || agent === null) return [elsewhere];
  const application: OtherWay = {
    title: "Application",
    summary: "your code, called for each request",
    todo: `A file beside ${baseOf(path)} calls it as a ${interfaces[agent]} application: the first step of a rewrite.`,
    wraps: true,
  };
  return [application, elsewhere];
}

interface ModeTableProps {
  readonly entry: FileEntry;
  readonly columns: readonly ModeColumn[];
  readonly measurement: Measurement | null;
}

export function ModeTable({ entry, columns, measurement }: ModeTableProps) {
  const preloads = measurement?.startup ? proposedPreload(measurement.startup).length : 0;
  const otherWays = otherWaysFor(
    entry,
    columns.some(({ wrapper }) => wrapper !== null),
  );
  const target = measurement?.target ?? entry.target ?? "/";
  const line = (title: string, cell: (column: ModeColumn) => ReactNode, last?: (way: OtherWay) => ReactNode) => (
    <tr>
      <th scope="row" title={explained[title]}>
        {title}
      </th>
      {columns.map((column) => (
        <td
          key={column.mode}
          data-now={column.mode === entry.mode || undefined}
          data-unfit={column.unfit !== null || undefined}
        >
          {cell(column)}
        </td>
      ))}
      {otherWays.map((way) => (
        <td key={way.title} data-unfit>
          {last?.(way) ?? nothing}
        </td>
      ))}
    </tr>
  );
  const figure = (column: ModeColumn, text: (figures: BenchFigures) => string | null): ReactNode =>
    (column.measured?.figures && text(column.measured.figures)) ?? nothing;
  return (
    <div className="ways-stops">
      <table aria-label="Ways to run">
        <thead>
          <tr>
            <td />
            {columns.map(({ mode, unfit }) => (
              <Head
                key={mode}
                title={modeTraits[mode].label}
                summary={modeTraits[mode].summary}
                isUsed={mode === entry.mode}
                isUnfit={unfit !== null}
              />
            ))}
            {otherWays.map(({ title, summary }) => (
              <Head key={title} title={title} summary={summary} isUnfit />
            ))}
          </tr>
        </thead>
        <tbody>
          {line("Same bytes?", (column) => (
            <BytesCell column={column} />
          ))}
          {line("Leaks", (column) => (
            <LeaksCell column={column} />
          ))}
          {line("Rate", (column) => (
            <RateCell column={column} times={timesCgi(column, columns, measurement?.rate ?? null)} />
          ))}
          {line("p50", (column) => figure(column, (figures) => formatTime(figures, figures.p50)))}
          {line("p99", (column) => figure(column, (figures) => formatQuantile("p99", figures, figures.p99)))}
          {measurement?.rate != null &&
            line("p99 as sent", (column) =>
              figure(column, (figures) => formatQuantile("p99", figures, figures.p99Sent)),
            )}
          {measurement !== null && (
            <>
              {line("Start-up", (column) => figure(column, ({ startupShare }) => formatShare(startupShare)))}
              {line("CPU", (column) => figure(column, ({ cpuMs }) => (cpuMs === null ? null : formatMs(cpuMs))))}
              {line("Memory", (column) =>
                figure(column, ({ memoryBytes }) => (memoryBytes === null ? null : formatBytes(memoryBytes))),
              )}
            </>
          )}
          {line(
            "What to do",
            (column) => whatToDo(column, preloads),
            ({ todo }) => todo,
          )}
          {line(
            "Try it",
            (column) => (
              <ModeActions column={column} entry={entry} target={target} />
            ),
            ({ wraps }) => (wraps ? <MakeWrapper path={entry.path} /> : null),
          )}
        </tbody>
      </table>
    </div>
  );
}

interface HeadProps extends Pick<OtherWay, "title" | "summary"> {
  readonly isUsed?: boolean;
  readonly isUnfit: boolean;
}

const Head = ({ title, summary, isUsed = false, isUnfit }: HeadProps) => (
  <th scope="col" data-now={isUsed || undefined} data-unfit={isUnfit || undefined}>
    <span className="ways-node" aria-hidden="true" />
    <span className="ui-row ways-name">
      {title}
      {isUsed && <span className="ui-badge ways-used">in use</span>}
    </span>
    <span className="ui-small ways-summary ui-dim">{summary}</span>
  </th>
);

/** What a line says, where its title is short. */
const explained: Readonly<Record<string, string>> = {
  "p99 as sent": "Timed from when a request could be sent: the wait for earlier requests is left out",
  "Start-up": "The part of a request’s time before the script’s own work: interpreter and imports",
  CPU: "Processor time of a request, without the workbench’s own",
  Memory: "Memory of the processes that one request needs. Shared memory is divided among those that share it",
};

function RateCell({ column, times }: { readonly column: ModeColumn; readonly times: number | null }) {
  const { figures, problem } = column.measured ?? {};
  if (problem)
    return (
      <span className="ui-bad ui-clamp" title={wordsOf(problem.message)}>
        {wordsOf(problem.message)}
      </span>
    );
  if (!figures) return nothing;
  return (
    <span className="ways-rate">
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
