// The beginning of a script's hash as a number: short enough for each row of a trace, long enough to tell a folder's
// versions apart. What is run again goes by the whole hash.

/** Hexadecimal digits. */
const keyDigits = 12;

/** Null: it is not a hash of ours (of an imported trace). */
export const versionKey = (hash: string): number | null =>
  /^[0-9a-f]{64}$/.test(hash) ? numberOf(hash.slice(0, keyDigits)) : null;

const numberOf = (digits: string): number => Number.parseInt(digits, 16);

/** The text in which a version is searched for and shown. */
export const keyText = (key: number): string => key.toString(16).padStart(keyDigits, "0");

/** The keys of the hashes that begin with these digits: from and up to, both included. */
export function keysFor(beginning: string): readonly [number, number] {
  const digits = beginning.toLowerCase().slice(0, keyDigits);
  return [numberOf(digits.padEnd(keyDigits, "0")), numberOf(digits.padEnd(keyDigits, "f"))];
}
