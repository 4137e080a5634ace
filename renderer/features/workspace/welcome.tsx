// The first page: what the workbench does, in one line of boxes, and the way in. Everything else needs a folder.
import { type ReactNode, useEffect, useState } from "react";
import { agoText } from "../../format/ago.js";
import { openFolder } from "../../model/folder/open-folder.js";
import { type RecentFolder, removeRecent, useRecent } from "../../model/folder/recent-folders.js";
import { loadOverview, useSamples } from "../../model/folder/samples-store.js";
import { runCommand, shortcutOf } from "../../platform/command-registry.js";
import { useWhy } from "../../platform/use-why.js";
import { problemText } from "../../rpc/problem.js";
import { useServer } from "../../rpc/store.js";
import { Button, IconButton } from "../../ui/button.js";
import { CloseIcon } from "../../ui/icon.js";
import { LanguagesFound } from "../samples/index.js";
import "./workspace.css";

export function Welcome() {
  const client = useServer((knowledge) => knowledge.client);
  const isConnected = client !== null;
  const count = useSamples(
    ({ overview }) =>
      overview?.samples.filter((sample) =>
        overview.languages.some(({ id, path }) => id === sample.language && path !== null),
      ).length,
  );
  const examplesWords = `${count === undefined ? "Small" : `${count} small`} scripts, from a sum to a guestbook, some of them broken on purpose.`;
  useEffect(() => {
    if (client) void loadOverview(); // keeps its failures
  }, [client]);
  return (
    <main className="welcome" aria-label="Welcome" data-pane>
      <div className="welcome-column">
        <div>
          <h1 className="welcome-title">See what your CGI script really does</h1>
          <p className="welcome-lead ui-dim">
            Follow every request byte for byte: what came in, what the script received, what it wrote, what went out and
            how long each step took.
          </p>
        </div>
        <Flow />
        <div className="welcome-cards">
          <Card title="Try the examples" words={examplesWords} isFirst>
            <Button
              look="primary"
              size="large"
              disabled={!isConnected}
              data-pane-focus
              onClick={() => runCommand("samples.start")}
            >
              Try the examples…
            </Button>
          </Card>
          <Card
            title="Open a folder"
            words="Use your own scripts as they are. Nothing is changed, and nothing needs configuring."
          >
            <Button size="large" disabled={!isConnected} onClick={() => runCommand("workspace.open")}>
              Open folder…{" "}
              <span className="ui-kbd" aria-hidden="true">
                {shortcutOf("workspace.open")}
              </span>
            </Button>
          </Card>
          <Card title="Learn CGI" words="32 lessons, from the first byte to FastCGI. Each is checked by what happened.">
            <Button size="large" disabled={!isConnected} onClick={() => runCommand("lesson.course")}>
              The course…
            </Button>
          </Card>
        </div>
        <Recent />
        <LanguagesFound />
      </div>
    </main>
  );
}

function Card({
  title,
  words,
  isFirst = false,
  children,
}: {
  readonly title: string;
  readonly words: string;
  readonly isFirst?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <section className="welcome-card" data-first={isFirst || undefined} aria-label={title}>
      <h2 className="ui-strong welcome-subtitle">{title}</h2>
      <p className="ui-dim">{words}</p>
      <div>{children}</div>
    </section>
  );
}

/** A request on its way through a script, in the colours of the X-ray. */
function Flow() {
  return (
    <div
      className="ui-row welcome-flow ui-mono"
      role="img"
      aria-label="A request line becomes environment variables, the script runs, its output becomes the response"
    >
      <span className="ui-box">
        <span className="ui-tag ui-tag-1">GET</span> <span className="ui-tag ui-tag-2">/sum</span>?
        <span className="ui-tag ui-tag-4">a=1&amp;b=2</span>
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
  const [failed, setFailed] = useState<string | null>(null);
  const [why, setWhy] = useWhy();
  if (folders.length === 0) return null;
  const now = Date.now();
  const open = async ({ path }: RecentFolder): Promise<void> => {
    const problem = await openFolder(path);
    setFailed(path);
    setWhy(problem && problemText(problem));
  };
  return (
    <section aria-label="Recent folders">
      <h2 className="ui-heading welcome-heading">Recent</h2>
      <ul className="welcome-list">
        {folders.map((folder) => (
          <li key={folder.path} className="welcome-entry">
            <div className="welcome-recent">
              <button type="button" className="ui-row welcome-recent-open" onClick={() => void open(folder)}>
                <strong>
                  <span className="ui-hidden">Open </span>
                  {folder.name}
                  <span className="ui-hidden">,</span>
                </strong>{" "}
                <span className="ui-mono ui-dim ui-cut">{folder.path}</span>{" "}
                <span className="ui-dim welcome-ago">{agoText(folder.openedAt, now)}</span>
              </button>
              <IconButton
                label={`Remove ${folder.name} from this list`}
                onClick={() => removeRecent(folder.path)}
                icon={CloseIcon}
              />
            </div>
            {why !== null && failed === folder.path && (
              <p className="welcome-failed ui-bad" role="alert">
                {why}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
