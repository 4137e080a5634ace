// Which ports to try, in order: a requested one is taken as it is, or refused; without one, the one that the folder had
// before, then the default and its neighbours.
const defaultPort = 8080;
const neighbours = 100;

/** `requested` null: `usual` (unless null), 8080 and the 100 after it, then any free one. */
export function portsToTry(requested: number | null, usual: number | null): readonly number[] {
  if (requested !== null) return [requested];
  const first = usual === null ? [] : [usual];
  return [...first, ...Array.from({ length: neighbours + 1 }, (_, n) => defaultPort + n), 0];
}
