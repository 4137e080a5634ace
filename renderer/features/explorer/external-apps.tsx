// Below the tree: paths that lead to FastCGI applications that run outside the workbench. There is no file to open; a
// click puts the path into the composer.
import { useExplorer } from "../../model/folder/explorer-state.js";
import { useFiles } from "../../model/folder/file-store.js";
import { showApplication, useComposer } from "../../model/request/composer-store.js";
import { runCommand } from "../../platform/command-registry.js";
import { IconButton } from "../../ui/button.js";
import { ServerIcon } from "../../ui/icon.js";
import { LastStatusBadge } from "./last-status-badge.js";
import { filterTest } from "./tree-rows.js";

export function ExternalApps() {
  const elsewhere = useFiles((files) => files.elsewhere);
  const filter = useExplorer((store) => store.filter);
  const shown = elsewhere.filter(({ path, address }) => filter === "" || filterTest(filter)(`${path} ${address}`));
  if (elsewhere.length === 0) return null;
  return (
    <section className="ui-column external-apps" aria-label="External applications">
      <div className="ui-heading external-apps-heading">
        <h2>External applications</h2>
        <IconButton label="Show workers" onClick={() => runCommand("workers.show")} icon={ServerIcon} />
      </div>
      <ul className="external-apps-list">
        {shown.map(({ path, address }) => (
          <li key={path}>
            <Row path={path} address={address} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Row({ path, address }: { readonly path: string; readonly address: string }) {
  const isShown = useComposer(({ subject }) => subject === path);
  return (
    <button
      type="button"
      className="ui-entry external-apps-row"
      aria-current={isShown || undefined}
      title={`Requests to ${path} go to the FastCGI application at ${address}. Click to compose one.`}
      onClick={() => showApplication(path)}
    >
      <span className="external-apps-path">{path}</span>
      <span className="ui-small ui-cut ui-dim">{address}</span>
      <span className="ui-row file-badges">
        <LastStatusBadge subject={path.replace(/(.)\/$/, "$1")} />
      </span>
    </button>
  );
}
