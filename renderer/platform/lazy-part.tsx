// Parts of the window in chunks of their own, so that the first screen comes without them. A part is loaded
// when it is first shown, or when the page is idle, whichever is earlier: after a moment everything is there
// and a server that dies takes nothing away.
import { type ComponentType, createElement, useEffect, useState } from "react";
import { useServer } from "../rpc/store.js";
import { Button } from "../ui/button.js";
import { loadPopups } from "../ui/popups.js";
import { beforeIdle, whenIdle, whenUnused } from "./when-idle.js";

/** Progress is shown for what takes longer than this, ms. */
const patienceMs = 300;

type Load<P> = () => Promise<ComponentType<P>>;

/** Everything that comes later, to be fetched when there is time. */
const parts = new Set<() => Promise<void>>([loadPopups]);

/** A component that is loaded by `load`; until then nothing is shown, and after 300 ms a line “Loading…”. */
export const lazyPart = <P extends object>(load: Load<P>): ComponentType<P> => partOf(load, "shown");

/** A lazy part that is mounted from the beginning and shows nothing until it is opened, such as a dialog. */
export const idlePart = <P extends object>(load: Load<P>): ComponentType<P> => partOf(load, "idle");

function partOf<P extends object>(load: Load<P>, when: "shown" | "idle"): ComponentType<P> {
  let part: ComponentType<P> | null = null;
  let loading: Promise<void> | null = null;
  const fetch = (): Promise<void> => {
    loading ??= load().then(
      (loaded) => {
        part = loaded;
      },
      (error: unknown) => {
        loading = null; // asking again tries again
        throw error;
      },
    );
    return loading;
  };
  parts.add(fetch);

  return function Later(props: P) {
    const [isLoaded, setLoaded] = useState(part !== null);
    const [failure, setFailure] = useState<string | null>(null);
    const [attempt, setAttempt] = useState(0);
    const client = useServer((knowledge) => knowledge.client);
    // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt, and another connection, are reasons to ask again
    useEffect(() => {
      if (isLoaded) return;
      let isGone = false;
      const begin = (): void => {
        setFailure(null);
        const fetching = fetch();
        if (when === "shown") beforeIdle(fetching);
        fetching.then(
          () => !isGone && setLoaded(true),
          (error: unknown) => !isGone && setFailure(error instanceof Error ? error.message : String(error)),
        );
      };
      const cancel = when === "idle" ? whenIdle(begin) : null;
      if (cancel === null) begin();
      return () => {
        isGone = true;
        cancel?.();
      };
    }, [isLoaded, attempt, client]);
    if (isLoaded && part !== null) return createElement(part, props);
    if (when === "idle") return null;
    return failure === null ? <Waiting /> : <Failed why={failure} onRetry={() => setAttempt(attempt + 1)} />;
  };
}

/** Fetches one part after the other, whenever nothing else is to be done. Once, after the first paint. */
export function loadPartsWhenIdle(): void {
  const waiting = [...parts];
  const next = (): void => {
    const fetch = waiting.shift();
    if (fetch)
      fetch().then(
        () => whenUnused(next),
        () => undefined, // the connection is gone: each part is asked for again when it is shown
      );
  };
  whenUnused(next);
}

function Waiting() {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="ui-empty" aria-busy="true">
      {isLong && <p role="status">Loading…</p>}
    </div>
  );
}

function Failed({ why, onRetry }: { readonly why: string; readonly onRetry: () => void }) {
  return (
    <div className="ui-empty" role="alert">
      <strong>This part of the window could not be loaded</strong>
      <p>{why}</p>
      <Button onClick={onRetry}>Try again</Button>
    </div>
  );
}
