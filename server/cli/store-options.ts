// `--store`, `--no-store`, `--no-traces`: what is kept of the requests of a verb.
import type { Storing } from "../app/stored-folder.js";
import { onlyOneOf } from "./only-one.js";

/** For `parseArgs`: of verbs that need their traces. */
export const storeOptions = {
  store: { type: "boolean" },
  "no-store": { type: "boolean" },
} as const;
export const traceOptions = { ...storeOptions, "no-traces": { type: "boolean" } } as const;

type StoreValues = Readonly<Partial<Record<"store" | "no-store" | "no-traces", boolean>>>;

/** Without any of them the folder's settings decide. @throws UsageError for two that contradict each other */
export function storingOf(values: StoreValues): Storing {
  onlyOneOf(values, "store", "no-store");
  onlyOneOf(values, "store", "no-traces");
  if (values.store) return "always";
  return values["no-store"] || values["no-traces"] ? "never" : "as-set";
}
