// A reload ends the page's call, and so the session: the page that comes says what became of the script.
import type { NextDebugged } from "../../../server/contract/debug-contract.js";
import { notify } from "../../platform/notices.js";

const key = "debug.running";

/** `next`: whose request is debugged; null: none any more. */
export function noteRunning(next: NextDebugged | null): void {
  if (next === null) sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, next === "own" ? next : "any");
}

/** Once, at the start of the page. */
export function sayWhatReloadEnded(): void {
  const next = sessionStorage.getItem(key);
  if (next === null) return;
  noteRunning(null);
  notify(
    "info",
    next === "own"
      ? "The window was reloaded, so the request that was debugged has ended."
      : "The window was reloaded, so the debugger is gone. The script runs on without it.",
  );
}
