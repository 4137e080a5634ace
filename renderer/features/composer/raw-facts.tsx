// A raw request's line in the place of method and target: its size, how it is written, and how it ends.
import { formatExactBytes } from "../../format/size.js";
import { composeRaw, useComposer } from "../../model/request/composer-store.js";
import { rawToBytes } from "../../model/request/raw-text.js";
import { Check } from "../../ui/check.js";
import { outgoingVariables } from "./outgoing.js";

export function RawFacts() {
  const { raw, signIn, variables } = useComposer();
  const beside = outgoingVariables({ signIn, variables }).length;
  return (
    <div className="ui-row composer-raw-facts">
      <span className="ui-num">{formatExactBytes(rawToBytes(raw.text).length)}</span>
      <span id="composer-raw-help" className="ui-small ui-clamp ui-dim composer-raw-help" title={help}>
        {help}
      </span>
      {beside > 0 && (
        <span className="ui-dim ui-cut">
          with {beside === 1 ? "1 environment variable" : `${beside} environment variables`}
        </span>
      )}
      <span className="ui-spacer" />
      <Check
        className="composer-check"
        title="Off: the connection stays open after the last byte until the server closes it, so that you can see its timeouts."
        isOn={raw.halfClose}
        onChange={(halfClose) => composeRaw({ halfClose })}
      >
        Close after sending
      </Check>
    </div>
  );
}

const help = "Lines end in CR LF. Escapes: \\n \\r \\0 \\xff \\\\";
