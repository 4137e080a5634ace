// What a dialog's button does: work that may fail, during which it is busy, and whose failure the dialog shows.
import { useState } from "react";
import { problemOf, problemText } from "../rpc/problem.js";
import { useWhy } from "./use-why.js";

interface Attempts<Of extends readonly unknown[]> {
  /** Why the last one failed, a sentence; null: it did not. */
  readonly why: string | null;
  readonly isBusy: boolean;
  readonly attempt: (...of: Of) => Promise<void>;
  /** The user has changed what failed. */
  readonly forget: () => void;
}

/** `work`: what is done with each submission. A string that it resolves with is why it failed. */
export function useAttempt<Of extends readonly unknown[]>(work: (...of: Of) => Promise<unknown>): Attempts<Of> {
  const [why, setWhy] = useWhy();
  const [isBusy, setBusy] = useState(false);
  const attempt = async (...of: Of): Promise<void> => {
    setBusy(true);
    setWhy(null);
    try {
      const failure = await work(...of);
      if (typeof failure === "string") setWhy(failure);
    } catch (error) {
      setWhy(problemText(problemOf(error)));
    } finally {
      setBusy(false);
    }
  };
  return { why, isBusy, attempt, forget: () => setWhy(null) };
}
