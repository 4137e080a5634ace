// What a breakpoint does, in a few words.
import type { Breakpoint } from "../../../server/contract/debug-contract.js";

export function breakpointWords({ condition, message }: Breakpoint): string {
  const when = condition === null ? "" : `if ${condition}`;
  if (message === null) return when;
  return when === "" ? `prints ${message}` : `${when}, prints ${message}`;
}
