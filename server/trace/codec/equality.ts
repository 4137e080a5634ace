// Comparing the plain data of traces: text, numbers, arrays and objects of them. Anything else,
// bytes for instance, is equal only to itself.

export function isEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one)) {
    if (!Array.isArray(other) || one.length !== other.length) return false;
    for (let i = 0; i < one.length; i++) if (!isEqual(one[i], other[i])) return false;
    return true;
  }
  return isPlain(one) && isPlain(other) && haveEqualValues(one, other);
}

function haveEqualValues(one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): boolean {
  let keys = 0;
  for (const key in one) {
    if (!isEqual(one[key], other[key])) return false;
    keys++;
  }
  for (const _ in other) keys--;
  return keys === 0;
}

const isPlain = (value: object): value is Readonly<Record<string, unknown>> =>
  Object.getPrototypeOf(value) === Object.prototype;

/** Takes each value from `earlier` that is equal there, so that the own one can be collected. */
export function takeEqualValues<T extends object>(own: T, earlier: T): void {
  for (const key in own) if (own[key] !== earlier[key] && isEqual(own[key], earlier[key])) own[key] = earlier[key];
}
