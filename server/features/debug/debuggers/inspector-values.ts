// Values of Node's inspector as text of a bounded length.
import { z } from "zod";
import { cut } from "./translated-link.js";

export const remoteValue = z.object({
  type: z.string(),
  subtype: z.string().optional(),
  value: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional(),
  unserializableValue: z.string().optional(),
  description: z.string().optional(),
  objectId: z.string().optional(),
});

export function remoteText(of: z.infer<typeof remoteValue>): string {
  if (typeof of.value === "string") return cut(JSON.stringify(of.value.slice(0, 1001)));
  if (of.subtype === "error") return cut(of.description ?? "").split("\n    at ", 1)[0] ?? "";
  return cut(of.unserializableValue ?? of.description ?? String(of.value));
}
