// The first page: what the workbench does, in one line of boxes, and the way in. Everything else needs a folder.
import { useState } from "react";
import { runCommand, shortcutOf } from "../../app/commands.js";
import { problemText } from "../../rpc/problem.js";
import { useServer } from "../../rpc/store.js";
import { Button, IconButton } from "../../ui/button.js";
import { CheckIcon, CloseIcon } from "../../ui/icon.js";
import { agoText } from "./ago.js";
import { openFolder } from "./open-folder.js";
import { type RecentFolder, removeRecent, useRecent } from "./recent.js";
import "./workspace.css";

export function Welcome() {
  const isConnected = useServer(({ client }) => client !== null);
  return (
    <main className="welcome" aria-label="Welcome" data-pane>
      <div className="welcome-column">
        <div>
          <h1 className="welcome-title">See what your CGI script really does</h1>
          <p className="welcome-lead ui-dim">
            Every request shown byte for byte: what came in, what the script was given, what it wrote, what went out, and how long each step took.
          </p>
        </div>
        <Flow />
        <section className="welcome-open" aria-label="Open a folder">
          <div>
            <h2 className="welcome-subtitle">Open a folder</h2>
            <p className="ui-dim">
              Your own scripts, as they are: Python, Perl, PHP, Ruby, shell, compiled programs. Nothing is changed, nothing needs configuring.
            </p>
          </div>
          <Button look="primary" size="large" disabled={!isConnected} data-pane-focus onClick={() => runCommand("workspace.open")} aria-label="Open folder…">
            Open… <kbd className="ui-kbd">{shortcutOf("workspace.open")}</kbd>
          </Button>
        </section>
        <Recent />
        <Interpreters />
      </div>
    </main>
  );
}

/** A request on its way through a script, in the colours of the X-ray. */
function Flow() {
  return (
    <div
      className="welcome-flow ui-mono"
      role="img"
      aria-label="A request line becomes environment variables, the script runs, its output becomes the response"
    >
      <span className="ui-box">
        <span className="ui-tag ui-tag-1">GET</span> <span className="ui-tag ui-tag-2">/sum.py</span>?<span className="ui-tag ui-tag-4">a=1&amp;b=2</span>
      </span>
      <span className="ui-faint">→</span>
      <span className="ui-box">
        <span className="ui-tag ui-tag-4">QUERY_STRING</span>=a=1&amp;b=2
      </span>
      <span className="ui-faint">→</span>
      <span className="ui-box">sum.py</span>
      <span className="ui-faint">→</span>
      <span className="ui-box">
        Content-Type: text/plain
        <span className="ui-ctl">LF</span>
        <span className="ui-ctl">LF</span>3
      </span>
    </div>
  );
}

function Recent() {
  const folders = useRecent((store) => store.folders);
  const [failed, setFailed] = useState<{ readonly path: string; readonly why: string } | null>(null);
  if (folders.length === 0) return null;
  const now = Date.now();
  const open = async ({ path }: RecentFolder): Promise<void> => {
    const problem = await openFolder(path);
    setFailed(problem && { path, why: problemText(problem) });
  };
  return (
    <section aria-label="Recent folders">
      <h2 className="ui-heading welcome-heading">Recent</h2>
      <ul className="welcome-list">
        {folders.map((folder) => (
          <li key={folder.path} className="welcome-entry">
            <div className="welcome-recent">
              <button type="button" className="welcome-recent-open" aria-label={`Open ${folder.name}, ${folder.path}`} onClick={() => void open(folder)}>
                <strong>{folder.name}</strong>
                <span className="ui-mono ui-dim ui-cut">{folder.path}</span>
                <span className="ui-dim welcome-ago">{agoText(folder.openedAt, now)}</span>
              </button>
              <IconButton label={`Forget ${folder.name}`} size="small" onClick={() => removeRecent(folder.path)}>
                <CloseIcon className="ui-icon" aria-hidden="true" />
              </IconButton>
            </div>
            {failed?.path === folder.path && (
              <p className="welcome-failed ui-bad" role="alert">
                {failed.why}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Interpreters() {
  const interpreters = useServer(({ state }) => state?.interpreters);
  if (!interpreters || interpreters.length === 0) return null;
  return (
    <ul className="welcome-interpreters ui-dim" aria-label="Interpreters found">
      {interpreters.map(({ name, path, version }) => (
        <li key={path} title={path} className="welcome-interpreter">
          <CheckIcon className="ui-icon ui-ok" aria-hidden="true" />
          {name} {version}
        </li>
      ))}
    </ul>
  );
}
