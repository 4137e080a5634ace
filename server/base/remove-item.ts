// Short-lived items are kept in arrays. V8 copies a Map or Set again and again if many items pass through it, and each
// old copy refers to the next one: young collections then keep everything that was in any of them.

/** Removes the item from the list, if it is there. */
export function removeItem<T>(list: T[], item: T): boolean {
  const at = list.indexOf(item);
  if (at >= 0) list.splice(at, 1);
  return at >= 0;
}
