// What the list says about the stored traces: how far a search is, why it failed, and what is not shown.
import type { ReactNode } from "react";
import { asksStored } from "../../../server/formats/query/trace-row-test.js";
import { plural } from "../../format/plural.js";
import { useTraceList } from "../../model/traces/list.js";
import { cancelSearch } from "../../model/traces/list-feed.js";
import { useStoredRows } from "../../model/traces/stored-rows.js";
import { runCommand } from "../../platform/command-registry.js";
import { keepsFocus } from "../../platform/focus-pane.js";
import { Button } from "../../ui/button.js";
import { useListState } from "./list-state.js";

export function StoredNote() {
  const { failure, isCleared, all, store } = useStoredRows();
  const { isBusy, searched, isCancelled, total } = useTraceList();
  const earlier = all - (total ?? all);
  const isFiltered = useListState((state) => state.query.length > 0);
  const asks = useListState((state) => asksStored(state.query));
  if (failure !== null) return <Note words={failure} />;
  if (isBusy && searched < 1 && searched > 0)
    return (
      <Note words={`Searching stored traces: ${Math.floor(searched * 100)} %`}>
        <Button size="small" onClick={cancelSearch}>
          Cancel
        </Button>
      </Note>
    );
  if (isCancelled && searched < 1)
    return <Note words={`The search was cancelled at ${Math.floor(searched * 100)} % of the stored traces.`} />;
  if (asks && store !== null && !store.isStoring)
    return (
      <Note words="Traces are not stored on disk, so headers, variables and bodies of new ones are not searched.">
        <Button size="small" onClick={() => runCommand("settings.open")}>
          Settings
        </Button>
      </Note>
    );
  if (isCleared && !isFiltered && earlier > 0)
    return (
      <Note words={`${plural(earlier, "earlier trace is", "earlier traces are")} stored.`}>
        <Button size="small" onClick={() => useStoredRows.setState({ isCleared: false })}>
          Show earlier traces
        </Button>
      </Note>
    );
  return null;
}

function Note({ words, children }: { readonly words: string; readonly children?: ReactNode }) {
  return (
    <p ref={keepsFocus} role="status" className="ui-dim trace-list-note ui-row">
      {words}
      {children}
    </p>
  );
}
