// What is under way for a moment is listed in arrays. A Map or Set into which much goes and which it soon leaves is copied again and again,
// and V8 lets each old copy refer to the next: the young collections then keep everything that was in any of them.

/** Takes the item out of the list, if it is there. */
export function removeItem<T>(list: T[], item: T): boolean {
  const at = list.indexOf(item);
  if (at >= 0) list.splice(at, 1);
  return at >= 0;
}
