// The target's query, decoded, as rows to edit. The target is the truth: a name or a value that is edited is encoded
// again, all others keep their bytes.
import { useMemo, useRef } from "react";
import { compose } from "../../model/request/composer-store.js";
import type { Pair } from "../../model/request/draft.js";
import { chosenEnvironment } from "../../model/request/environments.js";
import { PairTable } from "../../ui/pair-table.js";
import { editedPair, queryPair, queryPairs, withQuery } from "./target.js";
import { VaryButton } from "./vary-button.js";

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
    const isFilled = chosenEnvironment() !== null;
    const changed = next.map(({ id, name, value }) => {
      const pair = pairs[rows.findIndex((row) => row.id === id)];
      return pair ? editedPair(pair, name, value, isFilled) : queryPair(name, value, isFilled);
    });
    compose({ target: withQuery(target, changed) });
  };
  return (
    <PairTable
      what="Query parameter"
      rows={rows}
      make={(row) => row}
      onChange={change}
      aside={({ name }) => <VaryButton kind="query" name={name} />}
    />
  );
}
