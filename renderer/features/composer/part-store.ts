// Which part of the request is open, and how much height it would like.
import { create } from "zustand";
import { useComposer } from "../../model/request/composer-store.js";
import type { FurtherPartName } from "./lazy-tabs.js";

export type Part = "query" | FurtherPartName;

export const useComposerPart = create<{ readonly part: Part }>()(() => ({ part: "query" }));
export const showPart = (part: Part): void => useComposerPart.setState({ part });

/** The request's line, the result's and the tabs, px. */
const linesPx = 100;
/** A row of a table, and what is below it. */
const tablePx = 26;
const bodyPx = 92;
/** A request line, two headers, the blank line and a body. */
const rawPx = 120;

/** The height at which nothing that matters of the open part is cut off, px. */
export function useComposerNeed(): number {
  const isRaw = useComposer(({ raw }) => raw.isOn);
  const part = useComposerPart((state) => state.part);
  return linesPx + (isRaw ? rawPx : part === "body" ? bodyPx : tablePx);
}
