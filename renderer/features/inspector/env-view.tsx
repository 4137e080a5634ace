// The whole environment with the source of each variable, the command line and the folder it ran in.
import { useDeferredValue, useMemo, useState } from "react";
import type { TraceView, Variable } from "../../../server/contract/trace.js";
import { readable, toByteString } from "../../format/bytes-text.js";
import { useInspectorState } from "../../model/traces/inspector-state.js";
import { useShownVariable } from "../../model/traces/use-shown-variable.js";
import { ByteValue } from "../bytes/index.js";
import { coloursOf, HighlightScope, requestLines, sourceLabel, variablesOf } from "../xray/index.js";
import { firstOpen, type GroupName, groupOf, groupsOf } from "./env-groups.js";
import { VariableGroup } from "./env-table.js";

export function EnvView({ trace }: { readonly trace: TraceView }) {
  const [filter, setFilter] = useState("");
  const typed = useDeferredValue(filter);
  // What is asked for is scrolled into sight as soon as the filter is gone.
  const wanted = filter === "" ? "" : typed.trim().toLowerCase();
  const colours = useMemo(() => coloursOf(variablesOf(linesOf(trace))), [trace]);
  const asked = useShownVariable(trace.id);
  const env = trace.env;
  const folds = useFolds(trace.id, env ?? [], wanted, () => setFilter(""));
  if (!env) return <p className="ui-empty">No program ran, so there is no environment.</p>;
  const sorted = [...env].sort(byName);
  const shown =
    wanted === ""
      ? sorted
      : sorted.filter((variable) =>
          [readable(variable.name), readable(variable.value), sourceLabel(variable.source)].some((text) =>
            text.toLowerCase().includes(wanted),
          ),
        );
  return (
    <HighlightScope colours={colours}>
      <div className="env">
        <dl className="ui-pairs">
          <dt>Command</dt>
          <dd className="ui-mono">
            {trace.argv?.map((word, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: words of one command line never move
              <span key={index} className="env-word">
                <ByteValue value={word} />
              </span>
            )) ?? "–"}
          </dd>
          <dt>Folder</dt>
          <dd className="ui-mono">{trace.cwd === null ? "–" : <ByteValue value={trace.cwd} />}</dd>
        </dl>
        <div className="ui-row env-bar">
          <input
            type="search"
            className="ui-field env-filter"
            aria-label="Filter variables"
            placeholder="Filter by name, value or source"
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
          />
          <span role="status" className="ui-dim ui-num">
            {wanted !== "" && `${shown.length} of ${env.length}`}
          </span>
        </div>
        <table className="ui-table env-table" aria-label="Environment variables">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Value</th>
              <th scope="col">From</th>
            </tr>
          </thead>
          {groupsOf(shown).map(({ name: group, variables }) => (
            <VariableGroup
              key={group}
              name={group}
              variables={variables}
              asked={asked}
              isOpen={folds.isOpen(group)}
              onFold={() => folds.turn(group)}
            />
          ))}
        </table>
      </div>
    </HighlightScope>
  );
}

function linesOf(trace: TraceView) {
  const route = { scriptName: toByteString(trace.route.scriptName), pathInfo: toByteString(trace.route.pathInfo) };
  return requestLines(
    toByteString(trace.request.head),
    route,
    new Set(trace.env?.map((variable) => readable(variable.name))),
    trace.notExported,
  );
}

function byName(a: Variable, b: Variable): number {
  const left = readable(a.name);
  const right = readable(b.name);
  return left < right ? -1 : left > right ? 1 : 0;
}

// Which groups of the environment's table are open. A filter opens all that it leaves, so that what it finds is seen;
// what is folded then is folded for this filter alone.
interface Folds {
  readonly isOpen: (name: GroupName) => boolean;
  /** Folds the group if it is open, else unfolds it. */
  readonly turn: (name: GroupName) => void;
}

/** `filter`: "" for none. `onAsked`: a variable of this environment is to be shown. */
function useFolds(traceId: string, env: readonly Variable[], filter: string, onAsked: () => void): Folds {
  const [open, setOpen] = useState(firstOpen);
  const [folded, setFolded] = useState<{ readonly filter: string; readonly names: ReadonlySet<GroupName> }>({
    filter: "",
    names: new Set(),
  });
  const inFilter = folded.filter === filter ? folded.names : new Set<GroupName>();
  const requested = useInspectorState(({ variable }) => variable);
  const [followed, setFollowed] = useState<typeof requested>(null);
  // Opened while it is drawn: the variable is scrolled into sight right after that.
  if (requested !== followed) {
    setFollowed(requested);
    const asked =
      requested?.traceId === traceId ? env.find(({ name }) => readable(name) === requested.name) : undefined;
    if (asked) {
      setOpen(new Set([...open, groupOf(asked.source)]));
      onAsked();
    }
  }
  return {
    isOpen: (name) => (filter === "" ? open.has(name) : !inFilter.has(name)),
    turn: (name) =>
      filter === "" ? setOpen(turned(open, name)) : setFolded({ filter, names: turned(inFilter, name) }),
  };
}

function turned(names: ReadonlySet<GroupName>, name: GroupName): ReadonlySet<GroupName> {
  const next = new Set(names);
  if (!next.delete(name)) next.add(name);
  return next;
}
