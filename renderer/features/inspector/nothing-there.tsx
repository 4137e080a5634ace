// Why a view of this trace is empty: the tabs are the same for every trace.
import type { TraceView } from "../../../server/contract/trace.js";

export const NothingRan = () => <p className="ui-empty">No program ran for this request.</p>;

export function NoRecords({ trace }: { readonly trace: TraceView }) {
  if (trace.env === null) return <NothingRan />;
  return (
    <p className="ui-empty">
      The script ran as CGI, which has no records: it gets its request in the environment and on stdin. FastCGI sends
      the same over a connection, record by record.
    </p>
  );
}
