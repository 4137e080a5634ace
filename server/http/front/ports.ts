// Which ports to try, in order: one that was asked for is taken as it is, or refused; without a wish, the one the
// folder had before, then the usual one and its neighbours.
const usual = 8080;
const neighbours = 100;

/** `asked` null: `before` (unless null), 8080 and the 100 after it, then any free one. */
export function portsToTry(asked: number | null, before: number | null): readonly number[] {
  if (asked !== null) return [asked];
  const first = before === null ? [] : [before];
  return [...first, ...Array.from({ length: neighbours + 1 }, (_, n) => usual + n), 0];
}
