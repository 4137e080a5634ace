// The stored traces in the order of a column. A search goes from the newest to the oldest in any case; of each part that was searched only
// the first ones in the order are kept.
import { modeNames, modeTraits } from "../../contract/modes.js";
import {
  compareKeys,
  outcomeNames,
  type SortColumn,
  type SortKey,
  type TraceOrder,
} from "../../contract/trace-order.js";

export interface KeyedId {
  readonly id: number;
  readonly key: SortKey;
}

const cases = (column: string, texts: readonly (readonly [name: string, text: string])[]): string =>
  `case ${column} ${texts.map(([name, text]) => `when '${name}' then '${text}'`).join(" ")} else ${column} end`;

/** As the window's list shows it. */
const modeText = `case when kind='static' then 'file' when mode is null then '–' else ${cases(
  "mode",
  modeNames.map((name) => [name, modeTraits[name].label]),
)} end`;
const statusText = `case when status is not null then status when outcome='ok' then -1 else ${cases(
  "outcome",
  Object.entries(outcomeNames),
)} end`;

/** Never null. */
const keys: Readonly<Record<SortColumn, string>> = {
  seq: "cast(substr(name,17) as integer)",
  time: "started",
  method: "method",
  path: "target",
  mode: modeText,
  status: statusText,
  size: "sent",
  took: "coalesce(took,9e999)",
};

/**
 * The first ids of the rows for which `where` holds, with their keys. The rows come newest first from within: if SQLite sorted by id as
 * well, each newer one of many equal rows would displace one of the best.
 */
export const orderedSql = (where: string, { column, isDescending }: TraceOrder): string =>
  `select id, key from (select id, ${keys[column]} as key from trace where ${where} order by id desc limit -1)
   order by key collate nocase ${isDescending ? "desc" : "asc"} limit ?`;

/** Both in order; of equal ones those of `newer` come first. */
export function firstOf(
  newer: readonly KeyedId[],
  older: readonly KeyedId[],
  { isDescending }: TraceOrder,
  limit: number,
): KeyedId[] {
  const merged: KeyedId[] = [];
  for (let [n, o] = [0, 0]; merged.length < limit; ) {
    const [a, b] = [newer[n], older[o]];
    const isNewer = a !== undefined && (b === undefined || !isBefore(b, a, isDescending));
    const next = isNewer ? a : b;
    if (next === undefined) break;
    merged.push(next);
    if (isNewer) n++;
    else o++;
  }
  return merged;
}

function isBefore(a: KeyedId, b: KeyedId, isDescending: boolean): boolean {
  const order = compareKeys(a.key, b.key);
  return isDescending ? order > 0 : order < 0;
}
