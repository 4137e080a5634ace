// Which part of the request is open, and how much height it would like.
import { create } from "zustand";
import { type Composer, useComposer } from "../../model/request/composer-store.js";
import { useLastSent } from "./last-sent.js";
import type { FurtherPartName } from "./lazy-tabs.js";
import { queryPairs } from "./target.js";

export type Part = "query" | FurtherPartName;

export const useComposerPart = create<{ readonly part: Part }>()(() => ({ part: "query" }));
export const showPart = (part: Part): void => useComposerPart.setState({ part });

/** The request's line, the result's and the tabs, px. */
const linesPx = 100;
/** The first row of a table, and what is below the table. */
const tablePx = 26;
const rowPx = 25;
/** Host and Connection, which every request is sent with: they are listed below the typed ones. */
const addedHeaders = 2;
/** A table with more rows scrolls. */
const mostRows = 6;
/** The bar of a body, and a field of three lines. */
const bodyPx = 92;
const bodyBarPx = 28;
/** Ten lines: a request line, headers, the blank line and a body. */
const rawPx = 208;

interface ComposerNeed {
  readonly part: Part | "raw";
  /** The trace of the last request. */
  readonly sent: string | null;
  /** The height at which nothing that matters of the open part is cut off, px. */
  readonly px: number;
}

export function useComposerNeed(): ComposerNeed {
  const isRaw = useComposer(({ raw }) => raw.isOn);
  const shown = useComposerPart((state) => state.part);
  const part = isRaw ? "raw" : shown;
  const px = useComposer((composer) => partPx(part, composer));
  return { part, sent: useLastSent(), px: linesPx + px };
}

function partPx(part: ComposerNeed["part"], { target, headers, variables, body }: Composer): number {
  if (part === "raw") return rawPx;
  if (part === "body") return Math.max(bodyPx, bodyBarPx + rowsPx(body.fields.length));
  if (part === "query") return rowsPx(queryPairs(target).length);
  if (part === "headers") return rowsPx(headers.length + addedHeaders);
  return part === "variables" ? rowsPx(Math.max(1, variables.length)) : tablePx; // without one there is a note
}

/** With the empty row at the end. */
const rowsPx = (filled: number): number => tablePx + (Math.min(filled + 1, mostRows) - 1) * rowPx;
