// The window's searches of the stored traces, as calls.
import type { TraceOrder } from "../../../server/contract/trace-order.js";
import type { FoundTrace } from "../../../server/contract/traces-contract.js";
import { connected } from "../../rpc/store.js";
import type { Mark } from "./stored-stretch.js";
import { useTraceStore } from "./trace-store.js";

/** Rows in one call. */
export const maxPage = 500;

export interface StoredSearch {
  /** Of which server, and of which folder. */
  readonly origin: string;
  readonly query: string;
  /** Rows cannot answer the query, so the live traces are searched, too. */
  readonly isDeep: boolean;
  /** The oldest live trace: those from it on are not among the stored ones; null: there is none. */
  readonly oldestLive: string | null;
  /** The same of the live traces that other processes stored; with it there is one of this server. */
  readonly oldestOther: string | null;
  /** Null: newest first. */
  readonly order: TraceOrder | null;
  /** Unix time in ms, for times such as `2h`. */
  readonly now: number;
  /** The same for the time `save`. */
  readonly lastSave: number | null;
}

type Range = Omit<Parameters<ReturnType<typeof connected>["traces"]["search"]>[0], "query" | "now" | "lastSave">;

const everything = {
  ...{ before: null, after: null, olderThan: null, since: null, others: null, pinned: null },
  ...{ isCounting: false, order: null, skip: 0, limit: maxPage },
} as const satisfies Range;

/** The events of a search, until it ends or is left. */
export async function* eventsOf(
  { query, now, lastSave }: Pick<StoredSearch, "query" | "now" | "lastSave">,
  range: Partial<Range>,
  signal: AbortSignal,
) {
  const call = { ...everything, ...range, query, now, lastSave };
  for await (const event of await connected().traces.search(call, { signal })) {
    if (signal.aborted) return;
    if (event.kind === "found") yield event;
  }
}

/** Those that the list shows below the live ones. */
export const older = ({ oldestLive, oldestOther, order }: StoredSearch) => ({
  ...{ olderThan: oldestLive, others: oldestOther, order, pinned: false },
});

interface Counted {
  readonly found: readonly FoundTrace[];
  readonly marks: readonly Mark[];
  readonly total: number;
  readonly newest: number;
}

/** How many match, and where further pages begin. */
export async function counted(search: StoredSearch, range: Partial<Range>, signal: AbortSignal): Promise<Counted> {
  let all: Counted = { found: [], marks: [], total: 0, newest: 0 };
  for await (const event of eventsOf(search, { ...older(search), ...range, isCounting: true }, signal)) {
    const marks = all.marks.length === 0 ? [{ rank: 0, before: range.before ?? event.newest + 1 }] : all.marks;
    all = {
      ...{ found: [...all.found, ...event.found], total: event.total, newest: event.newest },
      marks: [...marks, { rank: event.total, before: event.oldest }],
    };
  }
  return all;
}

/** Stored pins, without those that are live: those are counted with the live rows. */
export async function findPinned(search: StoredSearch, signal: AbortSignal): Promise<FoundTrace[]> {
  const found: FoundTrace[] = [];
  for await (const event of eventsOf(search, { ...older(search), order: null, pinned: true }, signal))
    found.push(...event.found);
  const live = new Set(useTraceStore.getState().rows.flatMap(({ id, pinned }) => (pinned ? id : [])));
  return found.filter(({ row }) => !live.has(row.id));
}
