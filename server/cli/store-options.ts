// `--store` and `--no-store`: whether traces are stored on disk, too.
import type { Storing } from "../app/stored-folder.js";
import { UsageError } from "./usage.js";

/** For `parseArgs`. */
export const storeOptions = {
  store: { type: "boolean" },
  "no-store": { type: "boolean" },
} as const;

type StoreValues = Readonly<Partial<Record<"store" | "no-store" | "no-traces", boolean>>>;

/** Without either option the folder's settings decide. @throws UsageError for both at once, or for a store of nothing */
export function storingOf(values: StoreValues): Storing {
  if (values.store && values["no-store"]) throw new UsageError("use either --store or --no-store, not both");
  if (values.store && values["no-traces"]) throw new UsageError("use either --store or --no-traces, not both");
  if (values.store) return "always";
  return values["no-store"] ? "never" : "as-set";
}
