// The right of the tab line: the count of what the filter lets through, the filter, and one menu for all else.
import { useId } from "react";
import { formatCount } from "../../format/size.js";
import { useTraceList } from "../../model/traces/list.js";
import { useStoredRows } from "../../model/traces/stored-rows.js";
import { useTraceRows } from "../../model/traces/trace-store.js";
import { anchor, elementAt } from "../../platform/anchors.js";
import { hintOf, runCommand } from "../../platform/command-registry.js";
import { idlePart, lazyPart } from "../../platform/lazy-part.js";
import { Button } from "../../ui/button.js";
import { MoreIcon, PlayIcon } from "../../ui/icon.js";
import { IconMenu } from "../../ui/icon-menu.js";
import { Tooltip } from "../../ui/tooltip.js";
import { setFilter, useListState } from "./list-state.js";
import "./trace-list.css";

const ListItems = lazyPart(async () => (await import("./later.js")).ListItems);
const Suggestions = idlePart(async () => (await import("./later.js")).Suggestions);

export function TraceBar() {
  return (
    <div className="ui-row trace-bar">
      <Count />
      <FilterField />
      <Paused />
      <IconMenu label="More for this list" icon={MoreIcon}>
        <ListItems />
      </IconMenu>
    </div>
  );
}

function FilterField() {
  const filter = useListState((state) => state.filter);
  const why = useListState((state) => state.filterWhy);
  const list = useId();
  const field = (
    <input
      ref={anchor("traces.filter")}
      type="search"
      className="ui-field ui-mono trace-bar-filter"
      aria-label="Filter traces"
      aria-invalid={why !== null}
      placeholder="Filter: status:5xx took:>100ms"
      list={list}
      spellCheck={false}
      autoComplete="off"
      value={filter}
      onChange={(event) => setFilter(event.target.value)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return; // the key belongs to the input method
        if (event.key === "Escape" && filter !== "") event.stopPropagation();
        if (event.key === "Escape") setFilter("");
        if (event.key === "Enter" || (event.key === "Escape" && filter === "")) elementAt("traces.list")?.focus();
      }}
    />
  );
  return (
    <>
      <Tooltip
        hint={
          why ??
          "Type text, or a key with a value: status: method: path: file: took: tag: after: and more; body: header: env: search stored traces. Prefix with - to exclude, OR joins two. path:=/x is that path alone. /…/ is a regular expression"
        }
      >
        {field}
      </Tooltip>
      <Suggestions id={list} />
    </>
  );
}

/** "12 of 128", while a filter holds some back; with "+" while traces are searched. */
function Count() {
  const isFiltered = useListState(({ query }) => query.length > 0);
  const { total, isBusy, searched } = useTraceList();
  const all = useStoredRows((stored) => stored.all);
  if (!isFiltered || total === null) return null;
  return (
    <span className="ui-dim ui-figures trace-bar-count" role="status">
      {formatCount(total)}
      {isBusy && searched < 1 && "+"} of {formatCount(Math.max(total, all))}
    </span>
  );
}

/** Only while the list is paused: how many traces wait, and the way on. */
function Paused() {
  const pausedAt = useListState((state) => state.pausedAt);
  const rows = useTraceRows();
  if (pausedAt === null) return null;
  const waiting = rows.filter(({ startedAt }) => startedAt >= pausedAt).length;
  return (
    <Button size="small" hint={hintOf("trace.pause", "Resume the list")} onClick={() => runCommand("trace.pause")}>
      <PlayIcon />
      {waiting === 0 ? "Paused" : `${formatCount(waiting)} waiting`}
    </Button>
  );
}
