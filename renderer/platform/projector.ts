// Projector mode: everything larger, for a room. The page is zoomed as a whole, so that
// nothing has to know about it; remembered.
import { create } from "zustand";
import { recall, remember } from "./storage.js";

const key = "projector";

export const useProjector = create<{ readonly isOn: boolean }>()(() => ({
  isOn: recall(key, (value) => (typeof value === "boolean" ? value : null)) ?? false,
}));

export function toggleProjector(): void {
  useProjector.setState(({ isOn }) => ({ isOn: !isOn }));
  remember(key, useProjector.getState().isOn);
}

/** Sets the document's mode now and on every change. Once, before the first paint. */
export function applyProjector(): void {
  const apply = ({ isOn }: { readonly isOn: boolean }): void => {
    document.documentElement.toggleAttribute("data-projector", isOn);
  };
  apply(useProjector.getState());
  useProjector.subscribe(apply);
}
