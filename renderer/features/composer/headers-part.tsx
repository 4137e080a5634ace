// The typed headers, and below them what is added when the request is sent, each
// with the reason: nothing goes out unseen.
import { useMemo, useState } from "react";
import type { AddedHeader } from "../../../server/protocol/missing-headers.js";
import { readable } from "../../format/bytes-text.js";
import { compose, useComposer } from "../../model/request/composer-store.js";
import { useChosenEnvironment } from "../../model/request/environments.js";
import { useServer } from "../../rpc/store.js";
import { PairTable } from "../../ui/pair-table.js";
import { Explanation } from "../header-help/index.js";
import { useClientOptions } from "./client-options.js";
import { useJar } from "./jar-store.js";
import { addedHeaders } from "./outgoing.js";
import { VaryButton } from "./vary-button.js";

/** Names, each with values that are often sent. */
const suggestions: Readonly<Record<string, readonly string[]>> = {
  Accept: ["*/*", "application/json", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", "text/event-stream"],
  "Accept-Charset": ["utf-8", "iso-8859-1"],
  "Accept-Encoding": ["gzip", "identity"],
  "Accept-Language": ["de", "de-DE,de;q=0.9,en;q=0.8", "en", "fr"],
  Authorization: [],
  "Cache-Control": ["no-cache", "max-age=0"],
  Connection: ["close", "keep-alive"],
  "Content-Type": [
    "application/json",
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-8",
    "application/xml",
    "multipart/form-data; boundary=xxx",
    "text/plain; charset=utf-8",
  ],
  Cookie: [],
  Expect: ["100-continue"],
  Host: [],
  "If-Modified-Since": [],
  "If-None-Match": ["*"],
  Origin: ["null", "http://localhost"],
  Range: ["bytes=0-99", "bytes=-100"],
  Referer: [],
  "User-Agent": [],
  "X-Forwarded-For": [],
  "X-Forwarded-Proto": ["https"],
  "X-Requested-With": ["XMLHttpRequest"],
};

export function HeadersPart() {
  const headers = useComposer((composer) => composer.headers);
  const [focused, setFocused] = useState<string | null>(null);
  return (
    <>
      <PairTable
        what="Header"
        rows={headers}
        make={(pair) => pair}
        suggestions={suggestions}
        onChange={(next) => compose({ headers: next })}
        onNameFocus={setFocused}
        aside={({ name }) => <VaryButton kind="header" name={name} />}
      />
      {focused !== null && focused !== "" && (
        <p className="ui-small ui-dim composer-header-help" role="status" aria-label="What the header means">
          <Explanation about={{ field: focused }} />
        </p>
      )}
      <AddedHeaders />
    </>
  );
}

function AddedHeaders() {
  const composer = useComposer();
  const { host, cookies } = useAdditions();
  const isFilled = useChosenEnvironment() !== null;
  const { before, after } = useMemo(
    () => addedHeaders(composer, host, cookies, isFilled),
    [composer, host, cookies, isFilled],
  );
  return (
    <dl className="ui-dim composer-added" aria-label="Headers added when sent">
      {[...before, ...after].map((header) => (
        <Added key={header.name} {...header} />
      ))}
    </dl>
  );
}

function Added({ name, value, why }: AddedHeader) {
  return (
    <div className="composer-added-row">
      <dt className="ui-mono">{name}</dt>
      <dd className="ui-mono ui-cut" title={value}>
        {value}
      </dd>
      <dd className="ui-small composer-added-why ui-cut" title={why}>
        {why}
      </dd>
    </div>
  );
}

/** What the server and the jar bring along: the Host field's value and the Cookie field's. */
function useAdditions(): { readonly host: string; readonly cookies: string | null } {
  const url = useServer(({ state }) => state?.server.url ?? null);
  const isOn = useClientOptions((options) => options.cookies);
  const header = useJar((jar) => jar.header);
  return {
    host: url?.replace(/^http:\/\//, "") ?? "127.0.0.1",
    cookies: isOn && header !== null ? readable(header) : null,
  };
}
