// The request under the editor: method, target, and in tabs everything else that goes along; or its bytes. Opening a
// script fills in its address; Send (Ctrl+Enter) sends it through the same listener as any other client's request.

import { useMemo } from "react";
import { compose, useComposer } from "../../model/request/composer-store.js";
import type { BodyDraft, Pair } from "../../model/request/draft.js";
import { chosenEnvironment } from "../../model/request/environments.js";
import { hintOf, runCommand } from "../../platform/command-registry.js";
import { lazyPart } from "../../platform/lazy-part.js";
import { problemText } from "../../rpc/problem.js";
import { Alert } from "../../ui/alert.js";
import { Button } from "../../ui/button.js";
import { PairTable } from "../../ui/pair-table.js";
import { type TabItem, Tabs } from "../../ui/tabs.js";
import { useClientOptions } from "./client-options.js";
import { useJar } from "./jar-store.js";
import { useLastResult } from "./last-sent.js";
import { type Part, showPart, useComposerPart } from "./part-store.js";
import { RequestLine } from "./request-line.js";
import { useSent } from "./send.js";
import { editedPair, queryPair, queryPairs, withQuery } from "./target.js";
import { VaryButton } from "./vary-button.js";
import "./composer.css";

// The line under Send: what came of the script's last request, whoever sent it. Its place is there before, so
// that nothing moves when the answer comes.
const ResultLine = lazyPart(async () => (await import("./result-line.js")).ResultLine);

function ResultPlace() {
  const id = useLastResult();
  return (
    <div className="ui-small composer-result-place" aria-live="polite">
      {id === null ? <span className="composer-result-none">The response appears here.</span> : <ResultLine id={id} />}
    </div>
  );
}

const SaveQuestion = lazyPart(async () => (await import("./save-question.js")).SaveQuestion);
const FurtherPart = lazyPart(async () => (await import("./lazy-tabs.js")).FurtherPart);
const RawParts = lazyPart(async () => (await import("./raw-parts.js")).RawParts);

export function Composer() {
  const isRaw = useComposer((composer) => composer.raw.isOn);
  return (
    <section className="ui-pane composer" aria-label="Request" data-pane>
      <RequestLine />
      <ResultPlace />
      <SendNotes />
      {isRaw ? <RawParts aside={<RawToggle />} /> : <Parts />}
    </section>
  );
}

/** Why a request was not sent, and what is to be decided before one is. */
export function SendNotes() {
  const problem = useComposer((composer) => composer.problem);
  const isAsking = useComposer((composer) => composer.isAsking);
  return (
    <>
      <Alert className="ui-wrap composer-problem">{problem && problemText(problem)}</Alert>
      {isAsking && <SaveQuestion />}
    </>
  );
}

function Parts() {
  const { target, headers, body, variables, signIn } = useComposer();
  const part = useComposerPart((state) => state.part);
  const keepsCookies = useClientOptions((options) => options.cookies);
  const cookies = useJar((jar) => jar.cookies).filter(({ withheld }) => withheld === null).length;
  const followed = useSent(({ sent }) => (sent?.hops.length ?? 1) - 1);
  const items: readonly TabItem<Part>[] = [
    { value: "query", title: "Query", count: queryPairs(target).length },
    { value: "headers", title: "Headers", count: named(headers) },
    { value: "body", title: "Body", count: hasBody(body) ? "•" : null },
    { value: "cookies", title: "Cookies", rank: -1, count: keepsCookies ? cookies : null },
    { value: "redirects", title: "Redirects", rank: -1, count: followed },
    { value: "sign-in", title: "Sign-in", rank: -1, count: signIn.user === "" ? null : "•" },
    { value: "variables", title: "Variables", rank: -1, count: named(variables) },
  ];
  return (
    <Tabs
      label="Parts of the request"
      size="small"
      className="composer-parts"
      stillFor="request"
      value={part}
      onChange={showPart}
      aside={<RawToggle />}
      items={items}
    >
      {part === "query" ? <QueryTable target={target} /> : <FurtherPart part={part} />}
    </Tabs>
  );
}

const named = (pairs: readonly Pair[]): number => pairs.filter(({ name }) => name !== "").length;

function hasBody({ kind, text, fields, file }: BodyDraft): boolean {
  if (kind === "text") return text !== "";
  return kind === "file" ? file !== null : fields.length > 0;
}

function RawToggle() {
  const isRaw = useComposer((composer) => composer.raw.isOn);
  return (
    <Button
      size="small"
      aria-pressed={isRaw}
      hint={hintOf("request.raw", isRaw ? "Back to the fields" : "The request as bytes")}
      onClick={() => runCommand("request.raw")}
    >
      Raw
    </Button>
  );
}

// The target's query, decoded, as rows to edit. The target is the truth: a name or a value that is edited is encoded
// again, all others keep their bytes.
export function QueryTable({ target }: { readonly target: string }) {
  const pairs = useMemo(() => queryPairs(target), [target]);
  const change = (next: readonly Pair[]): void => {
    const isFilled = chosenEnvironment() !== null;
    const changed = next.map(({ id, name, value }) => {
      const pair = pairs[Number(id)];
      return pair ? editedPair(pair, name, value, isFilled) : queryPair(name, value, isFilled);
    });
    compose({ target: withQuery(target, changed) });
  };
  return (
    <PairTable
      what="Query parameter"
      rows={pairs.map(({ name, value }, index) => ({ id: `${index}`, name, value }))}
      make={(row) => row}
      onChange={change}
      aside={({ name }) => <VaryButton kind="query" name={name} />}
    />
  );
}
