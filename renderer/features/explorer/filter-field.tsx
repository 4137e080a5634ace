// Narrows the tree to the files whose path contains the typed text. Esc empties it and goes back to the tree; the arrow
// goes on to the list, Enter opens its first file.
import { type KeyboardEvent, useMemo } from "react";
import { formatCount } from "../../format/size.js";
import { setFilter, useExplorer } from "../../model/folder/explorer-state.js";
import { useFiles } from "../../model/folder/file-store.js";
import { anchor, elementAt } from "../../platform/anchors.js";
import { useSelection } from "../../platform/selection.js";
import { useExpanded } from "./expanded-folders.js";
import { filterTest, treeRows } from "./tree-rows.js";

export function FilterField() {
  const filter = useExplorer((store) => store.filter);
  const entries = useFiles((files) => files.entries);
  const { found, all } = useMemo(() => {
    const matches = filterTest(filter);
    const files = entries.filter(({ kind }) => kind === "file");
    return {
      found: filter === "" ? files.length : files.filter(({ path }) => matches(path)).length,
      all: files.length,
    };
  }, [entries, filter]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return; // the key belongs to the input method
    if (event.key === "Escape") setFilter("");
    else if (event.key === "Enter") {
      const matches = filterTest(filter);
      const first = treeRows(entries, useExpanded.getState().paths, filter).find(
        ({ entry }) => entry.kind === "file" && matches(entry.path),
      );
      if (first) useSelection.getState().open(first.entry.path);
    } else if (event.key !== "ArrowDown") return;
    event.preventDefault();
    elementAt("explorer.tree")?.focus();
  };
  return (
    <div className="ui-row explorer-filter">
      <input
        ref={anchor("explorer.filter")}
        type="search"
        className="ui-field"
        aria-label="Filter files"
        placeholder="Filter files"
        value={filter}
        spellCheck={false}
        onChange={(event) => setFilter(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {filter !== "" && (
        <span className="ui-dim ui-small ui-figures explorer-count" role="status">
          {formatCount(found)} of {formatCount(all)}
        </span>
      )}
    </div>
  );
}
