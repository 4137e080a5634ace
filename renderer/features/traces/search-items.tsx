// The menu of searches: those that everybody needs, and those that were saved for the folder.
import { useEffect } from "react";
import { CommandItem } from "../../platform/command-item.js";
import { notifyFailure } from "../../platform/notices.js";
import { MenuItem, MenuSeparator, Submenu } from "../../ui/menu.js";
import { setFilter, useListState } from "./list-state.js";
import { readSearches, removeSearch, useSavedSearches } from "./saved-searches.js";

export function SearchItems() {
  const { searches, failure } = useSavedSearches();
  const isPaused = useListState().pausedAt !== null;
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
      <CommandItem id="trace.sinceSave" aside="after:save">
        Since the last save
      </CommandItem>
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
      <CommandItem id="trace.saveSearch">Save this search…</CommandItem>
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
      <CommandItem id="trace.deleteShown" aside={isPaused ? "Resume the list first" : undefined} />
    </>
  );
}
