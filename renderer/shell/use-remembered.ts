// The sizes that the user gave to panes, kept for each set of panes that are shown together.
import { useState } from "react";
import { useDefaultLayout } from "react-resizable-panels";
import { windowStorage } from "../platform/storage.js";

/** The sizes that the user chose for these panes, and whether there are any. `forget` removes them. */
export function useRemembered(id: string, panelIds: string[]) {
  const name = `workbench.${id}`;
  const { defaultLayout, onLayoutChanged } = useDefaultLayout({
    id: name,
    panelIds,
    storage: windowStorage,
    onlySaveAfterUserInteractions: true,
  });
  /** The name that the library stores them under. */
  const key = ["react-resizable-panels", name, ...panelIds].join(":");
  /** What was chosen or removed since the page was loaded, by key. */
  const [chosen, setChosen] = useState<Readonly<Record<string, boolean>>>({});
  const note = (isChosen: boolean): void => setChosen((before) => ({ ...before, [key]: isChosen }));
  const group = {
    id,
    defaultLayout,
    onLayoutChanged: (...[layout, meta]: Parameters<typeof onLayoutChanged>): void => {
      onLayoutChanged(layout, meta);
      if (meta.isUserInteraction) note(true);
    },
  };
  const forget = (): void => {
    windowStorage.removeItem(key);
    note(false);
  };
  return { group, isChosen: chosen[key] ?? defaultLayout !== undefined, forget };
}
