// In which order the trace list's columns stand.
import { type ColumnKey, columnKeys } from "./columns.js";

/** The order with one column put before another; `before` null: at the end. */
export function placedBefore(order: readonly ColumnKey[], key: ColumnKey, before: ColumnKey | null): ColumnKey[] {
  if (before === key) return [...order];
  const others = order.filter((other) => other !== key);
  const at = before === null ? others.length : others.indexOf(before);
  return [...others.slice(0, at), key, ...others.slice(at)];
}

/** The order with one column beyond its neighbour among those that are shown; null when it has none on that side. */
export function stepped(
  order: readonly ColumnKey[],
  hidden: readonly ColumnKey[],
  key: ColumnKey,
  step: 1 | -1,
): ColumnKey[] | null {
  const shown = order.filter((other) => other === key || !hidden.includes(other));
  const at = shown.indexOf(key);
  const neighbour = shown[at + step];
  if (neighbour === undefined) return null;
  return placedBefore(order, key, step === -1 ? neighbour : (order[order.indexOf(neighbour) + 1] ?? null));
}

/** A remembered order: unknown names are left out, missing columns go to their usual place. */
export function orderFrom(value: unknown): readonly ColumnKey[] {
  const known = Array.isArray(value)
    ? [...new Set<unknown>(value)].flatMap((name) => columnKeys.find((key) => key === name) ?? [])
    : [];
  return columnKeys.reduce<readonly ColumnKey[]>((order, key, index) => {
    if (order.includes(key)) return order;
    const next = columnKeys.slice(index + 1).find((other) => order.includes(other));
    return placedBefore(order, key, next ?? null);
  }, known);
}
