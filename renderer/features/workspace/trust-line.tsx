// What a folder that is not trusted wants, in one line under the header, with the button that trusts it. Its words come
// from the folder: they are shown as text, with control characters visible, and never long.
import type { TrustedSetting, TrustReport } from "../../../server/contract/trust-contract.js";
import { runCommand } from "../../platform/command-registry.js";
import { useServer } from "../../rpc/store.js";
import { Button } from "../../ui/button.js";
import { WarningIcon } from "../../ui/icon.js";
import { Popover } from "../../ui/popover.js";
import "./trust-line.css";

/** What fits in the line beside the sentence. */
const maxShown = 2;

export function TrustLine() {
  const trust = useServer(({ state }) => state?.workspace?.trust ?? null);
  if (trust === null || trust.state === "trusted") return null;
  const { wants } = trust;
  return (
    <section className="app-banner app-banner-warn trust-line" aria-label="Trust">
      <WarningIcon className="ui-warn" />
      <span className="trust-words">
        <strong>{titles[trust.state]}</strong>{" "}
        {wants.length === 0 ? "Only the composer and the preview run its scripts." : "It asks for:"}
      </span>
      {wants.length > 0 && <Wants wants={wants} />}
      <span className="ui-spacer" />
      <Popover
        title="Until you trust this folder"
        trigger={
          <Button size="small" look="quiet">
            Details
          </Button>
        }
      >
        <Details trust={trust} />
      </Popover>
      <Button size="small" look="primary" onClick={() => runCommand("workspace.trust")}>
        Trust this folder
      </Button>
    </section>
  );
}

const titles: Readonly<Record<Exclude<TrustReport["state"], "trusted">, string>> = {
  new: "You have not trusted this folder yet.",
  changed: "The settings of this folder were changed outside this window.",
};

function Wants({ wants }: { readonly wants: readonly TrustedSetting[] }) {
  return (
    <span className="ui-row trust-wants">
      {wants.slice(0, maxShown).map(({ setting, value }) => (
        <code key={setting} className="ui-cut">
          {visible(`${setting}: ${value}`)}
        </code>
      ))}
      {wants.length > maxShown && <span className="trust-more">and {wants.length - maxShown} more</span>}
    </span>
  );
}

function Details({ trust: { wants } }: { readonly trust: TrustReport }) {
  return (
    <div className="trust-details">
      <ul>
        <li>The folder starts nothing by itself, and saving sends no request.</li>
        <li>The composer and the preview run its scripts. Other clients get 503.</li>
        {wants.length > 0 && <li>These settings have no effect, and requests that need them are refused:</li>}
      </ul>
      {wants.length > 0 && (
        <dl>
          {wants.map(({ setting, value }) => (
            <div key={setting}>
              <dt>{visible(setting)}</dt>
              <dd>
                <code>{visible(value)}</code>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <p className="ui-dim">Trust it only if you know who wrote it: its programs run with your rights.</p>
    </div>
  );
}

/** Characters that show nothing, or turn the direction of text, as their code points. */
const visible = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
