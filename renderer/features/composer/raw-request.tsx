// The request as bytes: whatever is typed goes over a plain socket, right or wrong. Begins as what the fields would send.
import { formatExactBytes } from "../../format/size.js";
import { composeRaw, useComposer } from "../../model/request/composer-store.js";
import { rawToBytes } from "../../model/request/raw-text.js";
import { anchor } from "../../platform/anchors.js";
import { outgoingVariables } from "./outgoing.js";

export function RawRequest() {
  const text = useComposer((composer) => composer.raw.text);
  return (
    <textarea
      ref={anchor("composer.request")}
      className="composer-raw ui-mono"
      aria-label="Raw request"
      aria-describedby="composer-raw-help"
      data-pane-focus
      spellCheck={false}
      value={text}
      onChange={(event) => composeRaw({ text: event.target.value })}
    />
  );
}

/** What stands in the request line's place. */
export function RawFacts() {
  const { raw, signIn, variables } = useComposer();
  const beside = outgoingVariables({ signIn, variables }).length;
  return (
    <div className="composer-raw-facts">
      <span className="ui-num">{formatExactBytes(rawToBytes(raw.text).length)}</span>
      <span id="composer-raw-help" className="ui-dim composer-raw-help" title={help}>
        {help}
      </span>
      {beside > 0 && (
        <span className="ui-dim ui-cut">with {beside === 1 ? "1 server variable" : `${beside} server variables`}</span>
      )}
      <span className="ui-spacer" />
      <label
        className="composer-check"
        title="Off: the connection stays open after the last byte until the server closes it, and its time limits can be seen."
      >
        <input
          type="checkbox"
          checked={raw.halfClose}
          onChange={(event) => composeRaw({ halfClose: event.target.checked })}
        />
        Close after sending
      </label>
    </div>
  );
}

const help = "A line ends in CR LF. Other bytes: \\n \\r \\0 \\xFF, and \\\\ for a backslash.";
