// The parts of the request that a folder's first look does not show: they come when one
// of them is chosen, or when there is time.
import type { ComponentType } from "react";
import { wordsOf } from "../../../server/contract/message.js";
import { statusTone } from "../../format/trace-labels.js";
import { useSelection } from "../../platform/selection.js";
import { Check } from "../../ui/check.js";
import { BodyPart } from "./body-part.js";
import { setClientOptions, useClientOptions } from "./client-options.js";
import { CookiesPart } from "./cookies-part.js";
import { HeadersPart } from "./headers-part.js";
import { useSent } from "./send.js";
import { SignInPart } from "./sign-in-part.js";
import { VariablesPart } from "./variables-part.js";

// Whether redirects are followed, and where the last request was led: each hop is a trace of its own.
function RedirectsPart() {
  const isOn = useClientOptions((options) => options.followRedirects);
  const sent = useSent((store) => store.sent);
  return (
    <div className="composer-part">
      <Check
        className="composer-check"
        isOn={isOn}
        onChange={(followRedirects) => setClientOptions({ followRedirects })}
      >
        Follow redirects within this server, as browsers do
      </Check>
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
              Not followed: {wordsOf(sent.notFollowed.text)}
            </li>
          )}
        </ol>
      )}
    </div>
  );
}

/** Every hop is over: one without a status got no response. */
const toneOf = (status: number | null): string => (status === null ? "bad" : statusTone({ status, outcome: "ok" }));

export type FurtherPartName = "headers" | "body" | "cookies" | "redirects" | "sign-in" | "variables";

const parts: Readonly<Record<FurtherPartName, ComponentType>> = {
  headers: HeadersPart,
  body: BodyPart,
  cookies: CookiesPart,
  redirects: RedirectsPart,
  "sign-in": SignInPart,
  variables: VariablesPart,
};

export function FurtherPart({ part }: { readonly part: FurtherPartName }) {
  const Part = parts[part];
  return <Part />;
}
