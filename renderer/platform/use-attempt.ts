// What a dialog's button does: work that may fail, during which it is busy, and whose failure the dialog shows.
import { useState } from "react";
import { problemOf, problemText } from "../rpc/problem.js";
import { useWhy } from "./use-why.js";

interface Attempts {
  /** Why the last one failed, a sentence; null: it did not. */
  readonly why: string | null;
  readonly isBusy: boolean;
  readonly attempt: () => Promise<void>;
  /** The user has changed what failed. */
  readonly forget: () => void;
}

/** `work`: what is done with each submission. */
export function useAttempt(work: () => Promise<void>): Attempts {
  const [why, setWhy] = useWhy();
  const [isBusy, setBusy] = useState(false);
  const attempt = async (): Promise<void> => {
    setBusy(true);
    setWhy(null);
    try {
      await work();
    } catch (error) {
      setWhy(problemText(problemOf(error)));
    } finally {
      setBusy(false);
    }
  };
  return { why, isBusy, attempt, forget: () => setWhy(null) };
}
