// The languages that are not installed, each with the way to install it.
import type { Language } from "../../../server/contract/samples-contract.js";
import { copyText } from "../../platform/notices.js";
import { IconButton } from "../../ui/button.js";
import { CopyIcon } from "../../ui/icon.js";

export function MissingLanguages({ languages }: { readonly languages: readonly Language[] }) {
  const missing = languages.filter(({ path }) => path === null);
  if (missing.length === 0)
    return <p className="ui-dim">All {languages.length} languages of the examples are installed here.</p>;
  return (
    <section className="ui-column samples-missing" aria-label="Languages not installed">
      <p className="ui-dim">Install these languages to get the examples written in them:</p>
      <dl>
        {missing.map(({ id, title, program, get }) => (
          <div key={id} className="samples-missing-row">
            <dt>
              {title} <span className="ui-faint ui-mono">{program}</span>
            </dt>
            <dd className="ui-mono">{get.command ?? get.address}</dd>
            <dd>
              <IconButton
                label={`Copy how to install ${title}`}
                onClick={() => void copyText(`how to install ${title}`, get.command ?? get.address)}
                icon={CopyIcon}
              />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
