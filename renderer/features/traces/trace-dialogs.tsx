// Asks what to write to a trace, and under which name a search is kept.
import { useState } from "react";
import { maxNameLength, maxNoteLength, maxTagLength, maxTags } from "../../../server/contract/limits.js";
import { useTraceList } from "../../model/traces/list.js";
import { knownRow, useTraceStore } from "../../model/traces/trace-store.js";
import { closeDialog, useDialogSubject } from "../../platform/dialogs.js";
import { notify } from "../../platform/notices.js";
import { useAttempt } from "../../platform/use-attempt.js";
import { useIsShown } from "../../platform/use-is-shown.js";
import { connected } from "../../rpc/store.js";
import { FormDialog } from "../../ui/dialog.js";
import { saveSearch } from "./saved-searches.js";
import "./trace-dialogs.css";

export function TraceDialogs() {
  const trace = useDialogSubject("annotate");
  const query = useDialogSubject("save-search");
  return (
    <>
      {trace !== null && <Annotating key={trace} id={trace} />}
      {query !== null && <SavingSearch key={query} query={query} />}
    </>
  );
}

function Annotating({ id }: { readonly id: string }) {
  const row = knownRow(id);
  const [name, setName] = useState(row?.marks?.name ?? "");
  const [tags, setTags] = useState(row?.marks?.tags.join(", ") ?? "");
  const [note, setNote] = useState(row?.marks?.note ?? "");
  const isShown = useIsShown();
  const list = [...new Set(tags.split(",").map((tag) => tag.trim()))].filter((tag) => tag !== "");
  const isLong = list.length > maxTags || list.some((tag) => tag.length > maxTagLength);
  const { isBusy, why, attempt } = useAttempt(async () => {
    const marks = { name: name.trim() || null, note: note.trim() || null, tags: list };
    await connected().traces.mark({ id, marks });
    if (isShown()) closeDialog("annotate");
  });
  return (
    <FormDialog
      title={row === null ? "Name, note and tags" : `Name, note and tags of #${row.seq}`}
      action="Save"
      isPossible={!isLong}
      isBusy={isBusy}
      problem={isLong ? `A tag has at most ${maxTagLength} characters, a trace at most ${maxTags} tags.` : why}
      onClose={() => closeDialog("annotate")}
      onSubmit={attempt}
    >
      <label className="trace-field">
        <span>Name</span>
        <input
          className="ui-field"
          value={name}
          maxLength={maxNameLength}
          placeholder="What makes this request worth finding again"
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <label className="trace-field">
        <span>Tags</span>
        <input
          className="ui-field"
          value={tags}
          list="trace-tags"
          placeholder="customer 4711, before the move"
          onChange={(event) => setTags(event.target.value)}
        />
      </label>
      <datalist id="trace-tags">
        {knownTags()
          .filter((tag) => !list.includes(tag))
          .map((tag) => (
            <option key={tag} value={[...list, tag].join(", ")} />
          ))}
      </datalist>
      <label className="trace-field">
        <span>Note</span>
        <textarea
          className="ui-field"
          rows={4}
          value={note}
          maxLength={maxNoteLength}
          onChange={(event) => setNote(event.target.value)}
        />
      </label>
    </FormDialog>
  );
}

/** Tags of the traces that the window knows. */
function knownTags(): readonly string[] {
  const rows = [...useTraceStore.getState().rows, ...useTraceList.getState().rows];
  return [...new Set(rows.flatMap(({ marks }) => marks?.tags ?? []))].sort();
}

function SavingSearch({ query }: { readonly query: string }) {
  const [name, setName] = useState("");
  const isShown = useIsShown();
  const { isBusy, why, attempt } = useAttempt(async () => {
    await saveSearch(name.trim(), query);
    if (isShown()) closeDialog("save-search");
    notify("info", `Saved the search “${name.trim()}”.`);
  });
  return (
    <FormDialog
      title="Save search"
      description={<span className="ui-mono">{query}</span>}
      action="Save"
      isPossible={name.trim() !== ""}
      isBusy={isBusy}
      problem={why}
      onClose={() => closeDialog("save-search")}
      onSubmit={attempt}
    >
      <label className="trace-field">
        <span>Name</span>
        <input
          className="ui-field"
          value={name}
          required
          maxLength={maxNameLength}
          placeholder="500s this week"
          onChange={(event) => setName(event.target.value)}
        />
      </label>
    </FormDialog>
  );
}
