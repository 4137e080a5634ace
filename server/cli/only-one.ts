// Options that exclude each other, such as two forms of one output.
import { UsageError } from "./usage/usage.js";

/** @throws UsageError if more than one of the options is given */
export function onlyOneOf<Name extends string>(values: { readonly [N in Name]?: unknown }, ...names: Name[]): void {
  const given = names.filter((name) => values[name] !== undefined);
  if (given.length > 1) throw new UsageError(`use only one of ${given.map((name) => `--${name}`).join(", ")}`);
}
