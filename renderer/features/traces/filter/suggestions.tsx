// The list of suggestions for the filter field.
import { useMemo } from "react";
import { lastWord } from "../../../../server/formats/query/typed-query.js";
import { useTraceRows } from "../../../model/traces/trace-store.js";
import { useListState } from "../list-state.js";
import { suggestionsFor } from "./filter-suggestions.js";

export function Suggestions({ id }: { readonly id: string }) {
  const filter = useListState((state) => state.filter);
  const rows = useTraceRows();
  const suggestions = useMemo(() => suggestionsFor(filter, rows), [filter, rows]);
  return (
    <datalist id={id}>
      {suggestions.map((suggestion) => (
        // Browsers leave out an option without the typed text: tag:"a b" for tag:a, if it has no label.
        <option
          key={suggestion}
          value={suggestion}
          label={has(suggestion, filter) ? undefined : unquotedLast(suggestion)}
        />
      ))}
    </datalist>
  );
}

const has = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());

function unquotedLast(filter: string): string {
  const last = lastWord(filter);
  if (last === null) return filter;
  return `${filter.slice(0, last.from)}${last.isNegated ? "-" : ""}${last.key ?? ""}:${last.value}`;
}
