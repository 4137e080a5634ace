// Before the first request: what to do, with the address and a command line to copy.
import { useComposer } from "../../model/request/composer-store.js";
import { hintOf, runCommand } from "../../platform/command-registry.js";
import { copyText } from "../../platform/notices.js";
import { useServer } from "../../rpc/store.js";
import { Button } from "../../ui/button.js";
import { CopyIcon } from "../../ui/icon.js";

/** One word of a command line; quoted when a shell would interpret it. */
const word = (text: string): string => (/^[\w./:%~-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

const copy = (command: string): Promise<void> => copyText("the command line", command);

export function TracesEmpty() {
  const url = useServer((server) => server.state?.server.url ?? null);
  const target = useComposer((composer) => composer.target);
  const command =
    url === null ? null : `curl -i ${word(url.replace(/\/$/, "") + (target.startsWith("/") ? target : "/"))}`;
  return (
    <section className="ui-empty" aria-label="Traces">
      <h3 className="ui-strong traces-empty-title">No requests yet</h3>
      {command === null ? (
        <p>Requests from every client appear here. Start the server first.</p>
      ) : (
        <>
          <p>Every request appears here. Click Send above, open the address in a browser, or use any client:</p>
          <div className="ui-row traces-empty-command">
            <code className="ui-mono ui-cut">{command}</code>
            <Button size="small" onClick={() => void copy(command)}>
              <CopyIcon />
              Copy
            </Button>
            <Button
              size="small"
              hint={hintOf("request.send", "What is in the composer")}
              onClick={() => runCommand("request.send")}
            >
              Send a first request
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
