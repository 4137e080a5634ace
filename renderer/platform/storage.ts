// What the window remembers between loads, in localStorage under one prefix. Stored values are foreign input: each reader says
// what it accepts, and anything else counts as absent.

const prefix = "workbench.";

/** The stored value when `accept` returns it (not null), else null. */
export function recall<T>(key: string, accept: (value: unknown) => T | null): T | null {
  const text = localStorage.getItem(prefix + key);
  if (text === null) return null;
  try {
    return accept(JSON.parse(text));
  } catch {
    // Not JSON: written by an older version or by hand. The default serves.
    return null;
  }
}

/** Stores a value; false when there is no room for it. */
export function remember(key: string, value: unknown): boolean {
  try {
    localStorage.setItem(prefix + key, JSON.stringify(value));
    return true;
  } catch {
    // The quota is used up, the only way this fails: the caller reports the consequence.
    return false;
  }
}

export function forget(key: string): void {
  localStorage.removeItem(prefix + key);
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
