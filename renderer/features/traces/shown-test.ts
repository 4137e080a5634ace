// What the store found among the live rows for the filter in force: for `rowTest`, where a row alone cannot tell
// whether it passes.

import { needsStore } from "../../../server/formats/query/trace-row-test.js";
import { isStored, type StoredRows } from "../../model/traces/stored-rows.js";
import type { ListState } from "./list-state.js";

type Filter = Pick<ListState, "query" | "valid">;
type Stored = Pick<StoredRows, "live" | "store" | "failure">;

const nothing: ReadonlySet<string> = new Set();

/** Nothing, until the store has answered. Null: rows alone tell, or the store cannot. */
export const foundFor = ({ query, valid }: Filter, stored: Stored): ReadonlySet<string> | null =>
  !needsStore(query) || !isStored(stored) ? null : stored.live.query === valid ? stored.live.ids : nothing;

export const isAwaited = (filter: Filter, stored: Stored): boolean => foundFor(filter, stored) === nothing;
