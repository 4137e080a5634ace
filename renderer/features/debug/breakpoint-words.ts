// What a breakpoint does, in a few words.
import type { Breakpoint } from "../../../server/contract/debug-contract.js";

export function breakpointWords({ condition, logMessage }: Breakpoint): string {
  const when = condition === "" ? "" : `if ${condition}`;
  if (logMessage === "") return when;
  return when === "" ? `prints ${logMessage}` : `${when}, prints ${logMessage}`;
}
