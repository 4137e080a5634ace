// The request under the editor: method, target, query, headers, body. Opening a script fills in its address; Send (Ctrl+Enter)
// sends it through the same listener as any other client's request.
import { type ReactNode, useState } from "react";
import { hintOf, runCommand, shortcutOf } from "../../app/commands.js";
import { problemText } from "../../rpc/problem.js";
import { Autocomplete } from "../../ui/autocomplete.js";
import { Button } from "../../ui/button.js";
import { StopIcon } from "../../ui/icon.js";
import { Tabs } from "../../ui/tabs.js";
import { answerUnsafe, compose, isSafe, setSendOnSave, useComposer } from "./composer-store.js";
import { PairTable } from "./pair-table.js";
import { QueryTable } from "./query-table.js";
import { queryPairs } from "./target.js";
import "./composer.css";

const methods = ["GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"];
const headerNames = [
  "Accept",
  "Accept-Language",
  "Authorization",
  "Content-Type",
  "Cookie",
  "If-Modified-Since",
  "If-None-Match",
  "Origin",
  "Referer",
  "User-Agent",
  "X-Requested-With",
];

type Part = "query" | "headers" | "body";

export function Composer() {
  const { method, target, headers, body, problem } = useComposer();
  const [part, setPart] = useState<Part>("query");
  return (
    <section className="composer" aria-label="Request" data-pane>
      <RequestLine method={method} target={target} />
      {problem && (
        <p className="composer-problem ui-bad" role="alert">
          {problemText(problem)}
        </p>
      )}
      <SaveQuestion />
      <Tabs
        label="Parts of the request"
        size="small"
        className="composer-parts"
        value={part}
        onChange={setPart}
        aside={<SendOnSave />}
        items={[
          { value: "query", title: "Query", count: queryPairs(target).length },
          { value: "headers", title: "Headers", count: headers.filter(({ name }) => name !== "").length },
          { value: "body", title: "Body", count: body === "" ? null : "•" },
        ]}
      >
        {part === "query" && <QueryTable target={target} />}
        {part === "headers" && <PairTable what="Header" rows={headers} suggestions={headerNames} onChange={(next) => compose({ headers: next })} />}
        {part === "body" && (
          <textarea
            className="composer-body ui-mono"
            aria-label="Request body"
            placeholder="Text, sent as UTF-8. Add a Content-Type header for the script to know what it is."
            spellCheck={false}
            value={body}
            onChange={(event) => compose({ body: event.target.value })}
          />
        )}
      </Tabs>
    </section>
  );
}

function RequestLine({ method, target }: { readonly method: string; readonly target: string }) {
  const isMethodBad = !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(method);
  return (
    <form
      className="composer-line"
      onSubmit={(event) => {
        event.preventDefault();
        runCommand("request.send");
      }}
    >
      <Autocomplete
        label="Method"
        value={method}
        onChange={(next) => compose({ method: next.trim() })}
        suggestions={methods}
        className={`composer-method ui-mono ${isSafe(method) ? "ui-ok" : "ui-warn"}`}
        invalid={isMethodBad}
      />
      <input
        className="ui-field ui-mono composer-target"
        aria-label="Request target"
        aria-invalid={target === ""}
        data-pane-focus
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        value={target}
        onChange={(event) => compose({ target: event.target.value })}
      />
      <SendButton isReady={!isMethodBad && target !== ""} />
    </form>
  );
}

function SendButton({ isReady }: { readonly isReady: boolean }) {
  const isRunning = useComposer((composer) => composer.isRunning);
  if (isRunning) {
    return (
      <Button
        size="large"
        look="danger"
        className="composer-send"
        aria-label="Stop request"
        hint={hintOf("request.stop")}
        onClick={() => runCommand("request.stop")}
      >
        <StopIcon className="ui-icon" aria-hidden="true" />
        Stop
      </Button>
    );
  }
  return (
    <Button type="submit" size="large" look="primary" className="composer-send" aria-label="Send" disabled={!isReady}>
      Send
      <kbd className="ui-kbd">{shortcutOf("request.send")}</kbd>
    </Button>
  );
}

function SendOnSave(): ReactNode {
  const isOn = useComposer((composer) => composer.sendOnSave);
  return (
    <label className="composer-on-save">
      <input type="checkbox" checked={isOn} onChange={(event) => setSendOnSave(event.target.checked)} />
      Send on save
    </label>
  );
}

/** Asked once a folder: GET and HEAD change nothing by definition, other methods may. */
function SaveQuestion(): ReactNode {
  const isAsking = useComposer((composer) => composer.isAsking);
  const method = useComposer((composer) => composer.method);
  if (!isAsking) return null;
  return (
    <div className="composer-question" role="alert">
      <span>Saved. Send {method} again at each save? It may change something.</span>
      <Button
        size="small"
        onClick={() => {
          answerUnsafe(true);
          runCommand("request.send");
        }}
      >
        Send at each save
      </Button>
      <Button size="small" onClick={() => answerUnsafe(false)}>
        Only GET and HEAD
      </Button>
    </div>
  );
}
