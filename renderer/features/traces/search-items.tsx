// The menu of searches: those that everybody needs, and those that were saved for the folder.
import { useEffect } from "react";
import { runCommand } from "../../platform/command-registry.js";
import { notifyFailure } from "../../platform/notices.js";
import { MenuItem, MenuSeparator, Submenu } from "../../ui/menu.js";
import { hasSearch, setFilter, useListState } from "./list-state.js";
import { readSearches, removeSearch, useSavedSearches } from "./saved-searches.js";

export function SearchItems() {
  const { searches, failure } = useSavedSearches();
  const list = useListState();
  const isSearch = hasSearch(list);
  const isPaused = list.pausedAt !== null;
  useEffect(() => void readSearches(), []);
  const remove = (name: string): void => {
    removeSearch(name).catch((error: unknown) => notifyFailure("Remove saved search", error));
  };
  return (
    <>
      <MenuItem onSelect={() => setFilter("pinned:yes")} aside="pinned:yes">
        Pinned
      </MenuItem>
      <MenuItem onSelect={() => setFilter("tag:* OR name:*")} aside="tag:* OR name:*">
        Named or tagged
      </MenuItem>
      <MenuItem onSelect={() => runCommand("trace.sinceSave")} aside="after:save">
        Since the last save
      </MenuItem>
      <MenuSeparator />
      {searches.map(({ name, query }) => (
        <MenuItem
          key={name}
          onSelect={() => setFilter(query)}
          aside={query.length > 40 ? `${query.slice(0, 40)}…` : query}
        >
          {name}
        </MenuItem>
      ))}
      {failure !== null && (
        <MenuItem disabled onSelect={() => undefined}>
          {failure}
        </MenuItem>
      )}
      <MenuItem onSelect={() => runCommand("trace.saveSearch")} disabled={!isSearch}>
        Save this search…
      </MenuItem>
      {searches.length > 0 && (
        <Submenu title="Remove a saved search">
          {searches.map(({ name }) => (
            <MenuItem key={name} onSelect={() => remove(name)}>
              {name}
            </MenuItem>
          ))}
        </Submenu>
      )}
      <MenuSeparator />
      <MenuItem
        onSelect={() => runCommand("trace.deleteShown")}
        disabled={!isSearch || isPaused}
        aside={isPaused ? "Resume the list first" : undefined}
      >
        Delete all traces that the filter shows
      </MenuItem>
    </>
  );
}
