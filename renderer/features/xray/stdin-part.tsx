// What the script could read: the first line of the request's body, its length beside
// CONTENT_LENGTH, and a form's fields decoded.

import type { ReactNode } from "react";
import { useMemo } from "react";
import type { StreamInfo, TraceView } from "../../../server/contract/trace.js";
import { type FormFields, formFields, maxFormBytes } from "../../../server/formats/form-fields.js";
import { readable, readableValue } from "../../format/bytes-text.js";
import { plural } from "../../format/plural.js";
import { formatBytes, formatCount, formatExactBytes } from "../../format/size.js";
import { anchor } from "../../platform/anchors.js";
import { ByteTokens, ByteValue, tokensOf, useRange, wholeTo } from "../bytes/index.js";
import { Card } from "./card.js";
import { Fold } from "./fold.js";
import { VariableTag } from "./highlight.js";

/** Bytes of the first line, and fields, that are shown before anything is unfolded. */
const lineBytes = 240;
const firstFields = 3;

export function StdinPart({
  trace,
  findings,
  onShowAll,
}: {
  readonly trace: TraceView;
  readonly findings: ReactNode;
  readonly onShowAll: () => void;
}) {
  const { stdin, request, outcome } = trace;
  const info = stdin ?? (request.body.bytes > 0 ? request.body : null);
  if (info === null) return null;
  const title = stdin === null ? "Request body" : "Stdin";
  const cardRef = anchor("xray.stdin");
  if (info.bytes === 0)
    return (
      <Card
        label="Stdin"
        title={title}
        cardRef={cardRef}
        aside={`empty: ${
          request.body.bytes === 0
            ? "the request has no body"
            : outcome === null
              ? "the script has not read the body yet"
              : "the script did not read the body"
        }`}
        findings={findings}
      />
    );
  return (
    <Body
      trace={trace}
      stream={stdin === null ? "request-body" : "stdin"}
      info={info}
      title={title}
      onShowAll={onShowAll}
    >
      {findings}
    </Body>
  );
}

function Body({
  trace,
  stream,
  info,
  title,
  onShowAll,
  children,
}: {
  readonly trace: TraceView;
  readonly stream: "stdin" | "request-body";
  readonly info: StreamInfo;
  readonly title: string;
  readonly onShowAll: () => void;
  readonly children: ReactNode;
}) {
  const left = stream === "stdin" ? unreadBytes(trace) : 0;
  const bytes = useRange(trace.id, stream, 0, Math.min(info.captured, maxFormBytes));
  const contentType = readableValue(trace.request.headers, "content-type") ?? "";
  const form = useMemo(
    () => bytes && formFields(contentType, bytes, bytes.length === info.bytes),
    [bytes, contentType, info.bytes],
  );
  const feed = bytes?.indexOf(0x0a) ?? -1;
  const lineEnd = feed === -1 ? info.bytes : feed + 1;
  const cut = Math.min(lineEnd, lineBytes, bytes?.length ?? 0);
  const end = bytes && cut < lineEnd ? wholeTo(bytes, 0, cut, "utf-8") : cut;
  return (
    <Card
      label="Stdin"
      cardRef={anchor("xray.stdin")}
      title={
        <>
          {title}{" "}
          <VariableTag variable="CONTENT_LENGTH" className="xray-length">
            {left > 0
              ? `read ${formatCount(info.bytes - left)} of ${formatExactBytes(info.bytes)}`
              : lengthLabel(trace, info.bytes)}
          </VariableTag>
        </>
      }
      aside={
        <button type="button" className="ui-link" onClick={onShowAll}>
          Open {title.toLowerCase()}
        </button>
      }
      findings={children}
    >
      <div className="ui-mono xray-first-line" data-part="first-line">
        {bytes && (
          <span className="ui-tag ui-tag-5">
            <ByteTokens tokens={tokensOf(bytes, 0, end, "utf-8")} />
          </span>
        )}
      </div>
      {form && form.fields.length > 0 && <Fields form={form} examined={bytes?.length ?? 0} />}
    </Card>
  );
}

/** `examined`: bytes of the body. */
function Fields({ form, examined }: { readonly form: FormFields; readonly examined: number }) {
  const rest = form.fields.slice(firstFields);
  const more = rest.length + form.omitted;
  // How many fields are behind the examined bytes is not known.
  const title = form.isCut ? "more fields" : plural(more, "more field");
  return (
    <>
      <dl className="ui-mono xray-fields" aria-label="Form fields">
        {rows(form.fields.slice(0, firstFields))}
      </dl>
      <p className="ui-small xray-decoded ui-dim">{decodedLabel(form)}</p>
      {form.isCut && (
        <p className="ui-small xray-decoded ui-dim" data-part="fields-cut">
          Only the first {formatBytes(examined)} of the body were read for this list.
        </p>
      )}
      {more > 0 && (
        <Fold title={title} names={rest.map(({ name }) => name).join(", ")}>
          <dl className="ui-mono xray-fields">{rows(rest)}</dl>
          {form.omitted > 0 && (
            <p className="ui-dim">
              {form.isCut
                ? "Further fields are not listed here."
                : `The last ${formatCount(form.omitted)} are not listed here.`}
            </p>
          )}
        </Fold>
      )}
    </>
  );
}

const rows = (fields: FormFields["fields"]): ReactNode =>
  fields.map(({ name, value, file, isWhole }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat, and the list never changes
    <div key={index} className="xray-field">
      <dt className="ui-cut ui-dim">
        {name === "" ? <span className="ui-faint">no name</span> : <ByteValue value={name} />}
      </dt>
      <dd className="ui-cut" title={value}>
        {file !== null ? (
          <>
            {file.name === "" ? "no file" : <ByteValue value={file.name} />}{" "}
            <span className="ui-dim">
              {isWhole ? "" : "at least "}
              {formatExactBytes(file.bytes)}
            </span>
          </>
        ) : value === "" ? (
          <span className="ui-faint">empty</span>
        ) : (
          <ByteValue value={value} />
        )}
      </dd>
    </div>
  ));

function decodedLabel({ charset, reason }: FormFields): string {
  const name = charset.toUpperCase().replace("WINDOWS", "windows");
  if (reason === "unknown") return `decoded as ${name}: the charset in Content-Type does not exist`;
  if (reason === "fallback") return `decoded as ${name}: the bytes are not valid UTF-8`;
  return `decoded as ${name}`;
}

/** The pipe tells for a script's own process, and the agent for one that serves many requests. */
function unreadBytes({ process, fastcgi }: TraceView): number {
  const told = fastcgi?.noteCodes.find(({ code }) => code === "body-unread")?.data?.["bytes"];
  return process?.stdinLeft ?? Number(told ?? 0);
}

/** `57 bytes = CONTENT_LENGTH`, or what the script was told instead. */
function lengthLabel({ env }: TraceView, bytes: number): string {
  const told = env?.find(({ name }) => readable(name) === "CONTENT_LENGTH");
  const length = formatExactBytes(bytes);
  if (!told) return length;
  const value = readable(told.value);
  return value === String(bytes) ? `${length} = CONTENT_LENGTH` : `${length}, CONTENT_LENGTH is ${value}`;
}
