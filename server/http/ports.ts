// Which ports to try, in order: one that was asked for is taken as it is, or refused; without a wish, the usual one and its neighbours.
const usual = 8080;
const neighbours = 100;

/** `asked` null: 8080 and the 100 after it, then any free one. */
export function portsToTry(asked: number | null): readonly number[] {
  return asked === null ? [...Array.from({ length: neighbours + 1 }, (_, n) => usual + n), 0] : [asked];
}
