// The server at a glance, and all its actions a click away.

import { type FormEvent, useId, useState } from "react";
import { runCommand } from "../../platform/command-registry.js";
import { problemText } from "../../rpc/problem.js";
import { useCounts, useServer } from "../../rpc/store.js";
import { Alert } from "../../ui/alert.js";
import { Button } from "../../ui/button.js";
import { CopyIcon, ExternalLinkIcon, PlayIcon, StopIcon, WarningIcon } from "../../ui/icon.js";
import { Popover } from "../../ui/popover.js";
import { startServer } from "./server-actions.js";
import { useServerStatusLabel } from "./status-label.js";
import "./server.css";

export function ServerPill() {
  const { tone, title, isMoved } = useServerStatusLabel();
  const url = useServer(({ state }) => state?.server.url ?? null);
  return (
    <>
      <Popover
        title={title}
        trigger={
          <button
            type="button"
            className="server-pill"
            aria-label={`Server: ${title}${url === null ? "" : ` at ${url}`}`}
          >
            <span className={`ui-dot ui-${tone}`} />
            <span className={url === null ? undefined : "ui-mono"}>{url ?? title}</span>
            {isMoved && <WarningIcon className="ui-warn" />}
          </button>
        }
      >
        <Panel />
      </Popover>
      {url === null && (
        <Button onClick={() => runCommand("server.start")}>
          <PlayIcon />
          Start server
        </Button>
      )}
    </>
  );
}

function Panel() {
  const server = useServer(({ state }) => state?.server ?? null);
  const { running, queued } = useCounts(({ counts }) => counts) ?? { running: 0, queued: 0 };
  if (!server) return <p className="ui-dim">Waiting for the server process.</p>;
  const { url, problem, requestedPort, port, start } = server;
  return (
    <>
      <Alert isNote>{problem && problemText(problem)}</Alert>
      {requestedPort !== null && requestedPort !== port && (
        <div className="ui-note ui-note-warn">
          Port {requestedPort} is in use by another program. The server uses port {port} instead.
        </div>
      )}
      {url !== null && (
        <div className="ui-row">
          <code className="ui-mono ui-cut server-url">{url}</code>
          <Button size="small" onClick={() => runCommand("server.copy")}>
            <CopyIcon />
            Copy
          </Button>
          <Button size="small" onClick={() => runCommand("server.open")}>
            <ExternalLinkIcon />
            Open in browser
          </Button>
        </div>
      )}
      <PortForm key={port} port={port} isServing={url !== null} />
      <p className="ui-dim ui-small">
        {running} running, {queued} waiting. By default, only this computer can reach the server.
        {start === "portable" &&
          " Processes are started with child_process: scripts cannot get non-UTF-8 bytes in environment variables or open /dev/stderr."}
      </p>
    </>
  );
}

function PortForm({ port, isServing }: { readonly port: number | null; readonly isServing: boolean }) {
  const id = useId();
  const [text, setText] = useState(port === null ? "" : String(port));
  const requested = text.trim() === "" ? null : Number(text);
  const isValid = requested === null || (Number.isInteger(requested) && requested >= 0 && requested <= 65_535);
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (isValid) void startServer(requested); // reports its own failures
  };
  return (
    <form className="ui-row" onSubmit={onSubmit}>
      <label htmlFor={id}>Port</label>
      <input
        id={id}
        className="ui-field ui-mono server-port"
        inputMode="numeric"
        placeholder="8080"
        aria-invalid={!isValid}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button
        type="submit"
        look={isServing ? "plain" : "primary"}
        disabled={!isValid || (isServing && requested === port)}
      >
        {isServing ? "Use this port" : "Start"}
      </Button>
      {isServing && (
        <Button
          look="danger"
          className="server-stop"
          aria-label="Stop server"
          onClick={() => runCommand("server.stop")}
        >
          <StopIcon />
          Stop
        </Button>
      )}
    </form>
  );
}
