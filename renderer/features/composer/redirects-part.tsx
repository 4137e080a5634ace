// Whether redirects are followed, and where the last request was led: each hop is a trace of its own.
import { statusTone } from "../../format/trace-labels.js";
import { useSelection } from "../../platform/selection.js";
import { setClientOptions, useClientOptions } from "./client-options.js";
import { useSent } from "./send.js";

export function RedirectsPart() {
  const isOn = useClientOptions((options) => options.followRedirects);
  const sent = useSent((store) => store.sent);
  return (
    <div className="composer-part">
      <label className="composer-check">
        <input
          type="checkbox"
          checked={isOn}
          onChange={(event) => setClientOptions({ followRedirects: event.target.checked })}
        />
        Follow redirects within this server, as browsers do
      </label>
      {sent && (sent.hops.length > 1 || sent.notFollowed !== null) && (
        <ol className="composer-hops" aria-label="Redirects of the last request">
          {sent.hops.map(({ id, seq, method, target, status }) => (
            <li key={id}>
              <button type="button" className="ui-entry ui-mono" onClick={() => useSelection.getState().select(id)}>
                <span className="ui-cut">
                  <span className="ui-dim">#{seq}</span> {method} {target}{" "}
                  <span className={`ui-${toneOf(status)}`}>{status ?? "–"}</span>
                </span>
              </button>
            </li>
          ))}
          {sent.notFollowed !== null && (
            <li className="ui-warn" role="status">
              Not followed: {sent.notFollowed.text}
            </li>
          )}
        </ol>
      )}
    </div>
  );
}

/** Every hop is over: one without a status got no response. */
const toneOf = (status: number | null): string => (status === null ? "bad" : statusTone({ status, outcome: "ok" }));
