// What several rules ask for, one after the other, is computed once.

/** Weak: a result is not kept longer than what it was computed of. */
export function remembered<Of extends object, Result>(compute: (of: Of) => Result): (of: Of) => Result {
  const known = new WeakMap<Of, { readonly result: Result }>();
  return (of) => {
    const found = known.get(of) ?? { result: compute(of) };
    known.set(of, found);
    return found.result;
  };
}
