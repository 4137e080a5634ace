// `--store`, `--no-store`, `--no-traces`: what is kept of the requests of a verb.
import type { Storing } from "../app/stored-folder.js";
import { UsageError } from "./usage/usage.js";

/** For `parseArgs`: of verbs that need their traces. */
export const storeOptions = {
  store: { type: "boolean" },
  "no-store": { type: "boolean" },
} as const;
export const traceOptions = { ...storeOptions, "no-traces": { type: "boolean" } } as const;

type StoreValues = Readonly<Partial<Record<"store" | "no-store" | "no-traces", boolean>>>;

/** Without any of them the folder's settings decide. @throws UsageError for two that contradict each other */
export function storingOf(values: StoreValues): Storing {
  if (values.store && values["no-store"]) throw new UsageError("use either --store or --no-store, not both");
  if (values.store && values["no-traces"]) throw new UsageError("use either --store or --no-traces, not both");
  if (values.store) return "always";
  return values["no-store"] || values["no-traces"] ? "never" : "as-set";
}
