// The path of a character through the selected trace, from its real bytes.
import { useMemo } from "react";
import type { TraceView } from "../../../server/contract/trace.js";
import { languageOf } from "../../../server/formats/encodings/interpreter-text.js";
import { type TraceEncodingPath, traceEncodingPath } from "../../../server/formats/encodings/trace-path.js";
import { byteString, fromBytes } from "../../../server/protocol/byte-string.js";
import { charsetOf } from "../../../server/protocol/charset.js";
import { readable, toByteString } from "../../format/bytes-text.js";
import { baseOf } from "../../format/file-path.js";
import { Button } from "../../ui/button.js";
import { useRange } from "../bytes/index.js";
import { decidingNames } from "./environments.js";
import { chooseMode, setLab } from "./lab-store.js";
import { contentTypeOf, maxPageBytes, pageSource } from "./page-source.js";
import { Repaired } from "./repaired.js";
import { StageList } from "./stage-list.js";

export function TracePathView({ trace }: { readonly trace: TraceView }) {
  const source = pageSource(trace);
  const page = useRange(trace.id, source?.stream ?? "stdout", source?.from ?? 0, source?.length ?? 0);
  const requestLength = Math.min(trace.request.body.captured, maxPageBytes);
  const body = useRange(trace.id, "request-body", 0, requestLength);
  const way = useMemo(
    () => (source === null || page === null || body === null ? null : wayOf(trace, source, page, body)),
    [trace, source, page, body],
  );
  if (source === null)
    return <p className="ui-empty">This request has no response whose characters could be followed.</p>;
  if (source.contentEncoding !== "")
    return (
      <p className="ui-empty">
        The body is compressed ({source.contentEncoding}); its characters cannot be followed here.
      </p>
    );
  if (way === null) return null;
  if (way.page === null)
    return <p className="ui-empty">The response is not text ({source.contentType}), so it has no encoding.</p>;
  if (way.word === null && way.steps.length === 0)
    return (
      <div className="ui-empty">
        <strong>Everything here is ASCII</strong>
        <p>
          ASCII characters are the same bytes in nearly every encoding, so nothing can go wrong. Send a character such
          as “ü” or “€”, or try one in the lab.
        </p>
        <Button size="small" onClick={() => chooseMode("lab")}>
          Open lab
        </Button>
      </div>
    );
  return (
    <>
      <Summary way={way} />
      <StageList steps={way.steps} />
      <Repaired shown={way.page.shown} meant={way.page.meant} />
      <p>
        <Button size="small" onClick={() => tryInLab(trace, way, source.contentType)}>
          Try it in the lab
        </Button>
      </p>
    </>
  );
}

function Summary({ way: { steps, word } }: { readonly way: TraceEncodingPath }) {
  const broken = steps.find(({ verdict }) => verdict === "breaks");
  if (word === null)
    return <p className="way-summary">The request has non-ASCII characters, and the response has none.</p>;
  if (!broken)
    return (
      <p className="way-summary">
        <b className="ui-mono">{word.shown}</b> arrives correctly.
      </p>
    );
  return (
    <p className="way-summary">
      The screen shows <b className="ui-mono">{word.shown}</b>
      {word.meant !== word.shown && (
        <>
          {" "}
          instead of <b className="ui-mono">{word.meant}</b>
        </>
      )}
      . It breaks at “{broken.title}”.
    </p>
  );
}

function wayOf(
  trace: TraceView,
  source: NonNullable<ReturnType<typeof pageSource>>,
  page: Uint8Array,
  body: Uint8Array,
): TraceEncodingPath {
  const value = (name: string) => trace.env?.find((variable) => readable(variable.name) === name)?.value;
  const query = value("QUERY_STRING");
  return traceEncodingPath({
    query: query === undefined ? byteString("") : toByteString(query),
    requestBody: fromBytes(body),
    requestType: contentTypeOf(trace.request.headers),
    language: languageOfTrace(trace),
    script: trace.route.file === null ? "the script" : baseOf(readable(trace.route.file)),
    variable: (name) => {
      const found = value(name);
      return found === undefined ? undefined : readable(found);
    },
    contentType: source.contentType,
    page,
    isWhole: source.isWhole && trace.outcome === "ok",
  });
}

function languageOfTrace({ argv, route }: TraceView) {
  return languageOf(
    argv?.[0] === undefined ? null : readable(argv[0]),
    route.file === null ? "" : readable(route.file),
  );
}

function tryInLab(trace: TraceView, { word, page }: TraceEncodingPath, contentType: string): void {
  const env = new Map(trace.env?.map(({ name, value }) => [readable(name), readable(value)]));
  const variables = Object.fromEntries(
    decidingNames.flatMap((name) => (env.has(name) ? [[name, env.get(name) ?? ""]] : [])),
  );
  const broken = page?.problems.map(({ kind }) => kind) ?? [];
  setLab({
    text: word?.meant ?? "Grüße, 12 €",
    form: "utf-8",
    language: languageOfTrace(trace),
    variables,
    reads: "language",
    writes: broken.includes("not-utf-8") ? "windows-1252" : broken.includes("encoded-twice") ? "utf-8" : "language",
    header: charsetOf(contentType),
    meta: page?.browser.inPage?.name ?? null,
  });
  chooseMode("lab");
}
