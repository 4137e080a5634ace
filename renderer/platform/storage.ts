// What the window remembers between loads, in localStorage under one prefix. Stored values are foreign input: each
// reader says what it accepts, and anything else counts as absent.

const prefix = "workbench.";

type Listener = (key: string, value: string | null) => void;
const listeners = new Set<Listener>();

/** localStorage; listeners hear of each change that this page makes. */
export const windowStorage = {
  getItem: (key: string): string | null => localStorage.getItem(key),
  /** @throws DOMException if the quota is used up */
  setItem(key: string, value: string): void {
    if (localStorage.getItem(key) === value) return;
    localStorage.setItem(key, value);
    for (const listener of listeners) listener(key, value);
  },
  removeItem(key: string): void {
    if (localStorage.getItem(key) === null) return;
    localStorage.removeItem(key);
    for (const listener of listeners) listener(key, null);
  },
};

/** `listener` gets each change of a value, null for one that was removed. */
export function onStored(listener: Listener): void {
  listeners.add(listener);
}

/** The stored value when `accept` returns it (not null), else null. */
export function recall<T>(key: string, accept: (value: unknown) => T | null): T | null {
  const text = windowStorage.getItem(prefix + key);
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
    windowStorage.setItem(prefix + key, JSON.stringify(value));
    return true;
  } catch {
    // The quota is used up, the only way this fails: the caller reports the consequence.
    return false;
  }
}

export function forget(key: string): void {
  windowStorage.removeItem(prefix + key);
}

/** The keys that begin so. */
export const rememberedKeys = (beginning: string): readonly string[] =>
  Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix + beginning))
    .map((key) => key.slice(prefix.length));

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
