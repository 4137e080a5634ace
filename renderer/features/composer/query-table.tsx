// The target's query, decoded, as rows to edit. The target is the truth: a row that is edited is
// encoded anew, the others keep their bytes.
import { useMemo, useRef } from "react";
import { compose } from "../../model/request/composer-store.js";
import type { Pair } from "../../model/request/draft.js";
import { PairTable } from "./pair-table.js";
import { queryPair, queryPairs, withQuery } from "./target.js";

export function QueryTable({ target }: { readonly target: string }) {
  const pairs = useMemo(() => queryPairs(target), [target]);
  // Rows are known by their place; a row typed into being brings its own id for that place.
  const ids = useRef<string[]>([]);
  const rows = useMemo(
    () =>
      pairs.map(({ name, value }, index): Pair => {
        ids.current[index] ??= crypto.randomUUID();
        return { id: ids.current[index], name, value };
      }),
    [pairs],
  );
  const change = (next: readonly Pair[]): void => {
    ids.current = next.map(({ id }) => id);
    const changed = next.map((row) => {
      const index = rows.indexOf(row);
      return (index < 0 ? undefined : pairs[index]) ?? queryPair(row.name, row.value);
    });
    compose({ target: withQuery(target, changed) });
  };
  return <PairTable what="Query parameter" rows={rows} make={(row) => row} onChange={change} />;
}
