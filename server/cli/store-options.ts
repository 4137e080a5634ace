// `--store`: traces are stored on disk, too.
import { UsageError } from "./usage.js";

/** For `parseArgs`. */
export const storeOptions = {
  store: { type: "boolean" },
  "no-store": { type: "boolean" },
} as const;

/** @throws UsageError for both at once, or for a store of nothing */
export function isStoring(values: Readonly<Partial<Record<"store" | "no-store" | "no-traces", boolean>>>): boolean {
  if (values.store && values["no-store"]) throw new UsageError("use either --store or --no-store, not both");
  if (values.store && values["no-traces"]) throw new UsageError("use either --store or --no-traces, not both");
  return values.store === true;
}
