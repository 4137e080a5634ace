// Short-lived items are kept in arrays. V8 copies a Map or Set again and again if many items pass through it, and each
// old copy refers to the next one: young collections then keep everything that was in any of them.

/** Removes the item from the list, if it is there. */
export function removeItem<T>(list: T[], item: T): boolean {
  const at = list.indexOf(item);
  if (at < 0) return false;
  // Mostly it is the only one, or the oldest. `splice` makes a list of what it removed, and takes three times as long.
  if (at === list.length - 1) list.pop();
  else if (at === 0) list.shift();
  else list.splice(at, 1);
  return true;
}
