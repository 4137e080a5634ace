// Registers a recorded response for showing: once for each trace, and again on request or when the server is back.
import { useEffect, useState } from "react";
import type { OpenedPreview } from "../../../server/contract/preview-contract.js";
import type { Problem } from "../../../server/contract/workspace.js";
import { problemOf } from "../../rpc/problem.js";
import { useClient } from "../../rpc/store.js";

type PreviewState =
  | { readonly is: "opening" }
  | { readonly is: "open"; readonly id: string; readonly opened: OpenedPreview }
  | { readonly is: "failed"; readonly problem: Problem };

/**
 * `origin`: where scripts are served; `again` grows with each reload. The previous page stays until the next one is
 * open.
 */
export function usePreview(
  { id, filledBy, quiet }: { readonly id: string; readonly filledBy: string | null; readonly quiet: boolean },
  isRelaxed: boolean,
  origin: string,
  again: number,
): PreviewState {
  const client = useClient();
  const [state, setState] = useState<PreviewState>({ is: "opening" });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `again` and `origin` say that it must be registered once more
  useEffect(() => {
    if (client === null) return;
    const stop = new AbortController();
    client.preview.open({ id, relaxed: isRelaxed, filledBy, quiet }, { signal: stop.signal }).then(
      (opened) => stop.signal.aborted || setState({ is: "open", id, opened }),
      (error: unknown) => stop.signal.aborted || setState({ is: "failed", problem: problemOf(error) }),
    );
    return () => stop.abort();
  }, [client, id, filledBy, quiet, isRelaxed, origin, again]);
  return state;
}
