// The whole environment with the source of each variable, the command line and the folder it ran in.
import { useDeferredValue, useMemo, useState } from "react";
import type { TraceView, Variable } from "../../../server/contract/trace.js";
import { readable, toByteString } from "../../format/bytes-text.js";
import { useShownVariable } from "../../model/traces/use-shown-variable.js";
import { ByteValue } from "../bytes/index.js";
import { coloursOf, HighlightScope, requestLines, sourceLabel, variablesOf } from "../xray/index.js";
import { groupsOf } from "./env-groups.js";
import { VariableGroup } from "./env-table.js";
import { useFolds } from "./use-folds.js";

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
        <div className="env-bar">
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
  const [left, right] = [readable(a.name), readable(b.name)];
  return left < right ? -1 : left > right ? 1 : 0;
}
