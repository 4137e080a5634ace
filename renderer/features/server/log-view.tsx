// The log: the workbench's messages, newest last, by level. It follows its end until the user scrolls up.
import { useState } from "react";
import { create } from "zustand";
import type { LogBatch, LogEntry } from "../../../server/contract/log-contract.js";
import { wordsOf } from "../../../server/contract/message.js";
import { clockOf } from "../../format/clock.js";
import { formatCount } from "../../format/size.js";
import { useTraceRow } from "../../model/traces/trace-store.js";
import { useSelection } from "../../platform/selection.js";
import { liveFeed } from "../../rpc/live-feed.js";
import { Button } from "../../ui/button.js";
import { Choice } from "../../ui/choice.js";
import { ErrorIcon, InfoIcon, WarningIcon } from "../../ui/icon.js";
import { useEndOf } from "../../ui/use-end-of.js";
import { lineLabel } from "./problem-note.js";
import "./log-view.css";

// Merges the server's new entries into the window's log.
interface LogLines {
  /** The server process that wrote the entries; null before the first answer. */
  readonly generation: string | null;
  /** What to ask for next. */
  readonly next: number;
  /** Oldest first. */
  readonly entries: readonly LogEntry[];
  /** Entries that had left the server's log before this window read them. */
  readonly missed: number;
}
export const noLines: LogLines = { generation: null, next: 0, entries: [], missed: 0 };

/** Entries the window keeps; the oldest leave first. */
const maxKept = 2000;

/** The log with a batch merged in: an entry that came again moves to the end. */
export function mergeLog(before: LogLines, { generation, entries, next, missed }: LogBatch): LogLines {
  const isSame = before.generation === generation;
  const known = isSame ? before.entries : [];
  const renewed = new Set(entries.map(({ id }) => id));
  return {
    generation,
    next,
    entries: [...known.filter(({ id }) => !renewed.has(id)), ...entries].slice(-maxKept),
    missed: (isSame ? before.missed : 0) + missed,
  };
}

// The window's copy of the workbench's log, pulled while something shows it; another server process starts a new one.
const useLog = create<LogLines>()(() => noLines);

const useFeed = liveFeed("The log", (client) => async (signal) => {
  const { generation, next } = useLog.getState();
  const batch = await client.log.next({ since: generation === null ? 0 : next, generation }, { signal });
  if (!signal.aborted) useLog.setState(mergeLog(useLog.getState(), batch), true);
});

/** The log, live while the component is mounted. */
function useLogLines(): LogLines {
  useFeed();
  return useLog();
}

const shown = { info: ["info", "warning", "error"], warning: ["warning", "error"], error: ["error"] } as const;
type Least = keyof typeof shown;

export function LogView() {
  const { entries, missed } = useLogLines();
  const [least, setLeast] = useState<Least>("info");
  const levels: readonly string[] = shown[least];
  const visible = entries.filter(({ level }) => levels.includes(level));
  const scroller = useEndOf(`${visible.length} ${visible.at(-1)?.rev}`);
  return (
    <section className="ui-pane server-log" aria-label="Log">
      <div className="ui-row server-log-bar">
        <Choice
          label="Levels shown"
          value={least}
          onChange={setLeast}
          choices={[
            { value: "info", title: "All" },
            { value: "warning", title: "Warnings and errors" },
            { value: "error", title: "Errors" },
          ]}
        />
        {missed > 0 && <span className="ui-dim">{formatCount(missed)} older entries were evicted.</span>}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <div ref={scroller} className="server-log-lines" tabIndex={0} role="log" aria-label="Log entries">
        {visible.length === 0 ? (
          <p className="ui-empty">{entries.length === 0 ? "No entries yet." : "No entries at this level."}</p>
        ) : (
          visible.map((entry) => <Line key={entry.id} entry={entry} />)
        )}
      </div>
    </section>
  );
}

const looks = {
  info: { Icon: InfoIcon, tone: "dim", word: "Information" },
  warning: { Icon: WarningIcon, tone: "warn", word: "Warning" },
  error: { Icon: ErrorIcon, tone: "bad", word: "Error" },
} as const;

function Line({ entry }: { readonly entry: LogEntry }) {
  const { at, level, about, message, fix, times, file, line } = entry;
  const { Icon, tone, word } = looks[level];
  return (
    <div className="server-log-line" data-level={level} data-about={about}>
      <time className="ui-mono ui-dim" dateTime={new Date(at).toISOString()}>
        {clockOf(at).slice(0, "14:02:11".length)}
      </time>
      <Icon className={`ui-beside ui-${tone}`} role="img" aria-label={word} />
      <div className="ui-wrap server-log-words">
        {wordsOf(message)}
        {times > 1 && <span className="ui-badge server-log-times">{formatCount(times)} times</span>}
        {fix !== null && <div className="ui-dim">{wordsOf(fix)}</div>}
      </div>
      {file !== null && (
        <Button size="small" look="quiet" onClick={() => useSelection.getState().open(file, line ?? undefined)}>
          Go to {lineLabel(file, line)}
        </Button>
      )}
      <TraceButton id={entry.traceId} />
    </div>
  );
}

function TraceButton({ id }: { readonly id: string | null }) {
  const row = useTraceRow(id);
  return (
    row && (
      <Button size="small" look="quiet" onClick={() => useSelection.getState().select(row.id)}>
        Show #{row.seq}
      </Button>
    )
  );
}
