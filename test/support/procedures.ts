// The calls of the window, by their paths.
import { z } from "zod";
import { contract } from "../../server/contract/rpc.js";

export interface Procedure {
  readonly path: string;
  readonly takes: z.ZodType;
}
const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** The procedures of the contract that take something. */
export function procedures(router: object = contract, above = ""): Procedure[] {
  return Object.entries(router).flatMap(([name, entry]: [string, unknown]): Procedure[] => {
    const path = `${above}/${name}`;
    const parts: unknown = isObject(entry) && "~orpc" in entry ? entry["~orpc"] : null;
    if (!isObject(parts)) return isObject(entry) || typeof entry === "function" ? procedures(entry, path) : [];
    const takes = "inputSchema" in parts ? parts.inputSchema : null;
    return takes instanceof z.ZodType ? [{ path, takes }] : [];
  });
}
