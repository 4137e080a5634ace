// The recorded page that a form's request was sent from.
import { useEffect, useState } from "react";
import type { TraceView } from "../../../server/contract/trace.js";
import { useClient } from "../../rpc/store.js";

export type Sender = { readonly is: "asked" } | { readonly is: "none" } | { readonly is: "found"; readonly id: string };

export function useSender({ id, request }: TraceView): Sender {
  const client = useClient();
  const hasBody = request.body.bytes > 0;
  const [known, setKnown] = useState<{ readonly of: string; readonly sender: Sender } | null>(null);
  useEffect(() => {
    if (client === null || !hasBody) return;
    const stop = new AbortController();
    const tell = (sender: Sender): void => {
      if (!stop.signal.aborted) setKnown({ of: id, sender });
    };
    client.preview.sentFrom({ id }, { signal: stop.signal }).then(
      (page) => tell(page ? { is: "found", id: page.id } : { is: "none" }),
      () => tell({ is: "none" }), // the server is stopped: the page's own place says so
    );
    return () => stop.abort();
  }, [client, id, hasBody]);
  if (!hasBody) return { is: "none" };
  return known?.of === id ? known.sender : { is: "asked" };
}
