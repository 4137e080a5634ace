// The list's heading: how many traces it holds, and the way to forget them all.
import { notifyFailure } from "../../app/notices.js";
import { useClient } from "../../rpc/store.js";
import { Button } from "../../ui/button.js";
import { formatCount } from "../bytes/index.js";

export function TraceListTitle({ count }: { readonly count: number }) {
  const client = useClient();
  const clear = (): void => {
    client?.traces.clear().catch((error: unknown) => notifyFailure("The traces could not be cleared", error));
  };
  return (
    <h2 className="ui-heading trace-list-title">
      Traces {formatCount(count)}
      <span className="ui-spacer" />
      <Button look="quiet" size="small" aria-label="Clear traces" onClick={clear} disabled={!client}>
        Clear
      </Button>
    </h2>
  );
}
