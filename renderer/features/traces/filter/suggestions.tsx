// The list of suggestions for the filter field.
import { useMemo } from "react";
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
        <option key={suggestion} value={suggestion} />
      ))}
    </datalist>
  );
}
