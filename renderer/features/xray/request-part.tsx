// The request's head, coloured like the variables its pieces became.
import type { ReactNode } from "react";
import type { ByteString } from "../../../server/contract/bytes-text.js";
import { toBytes } from "../../../server/protocol/byte-string.js";
import { plural } from "../../format/plural.js";
import { formatCount } from "../../format/size.js";
import { anchor } from "../../platform/anchors.js";
import { useJoinedRefs } from "../../ui/use-joined-refs.js";
import { ByteTokens, type Mark, tokensOf } from "../bytes/index.js";
import { Explained, useNameKeys } from "../header-help/index.js";
import { Card } from "./card.js";
import { Fold } from "./fold.js";
import { VariableTag } from "./highlight.js";
import { firstLines, isTelling, type LinePiece, type RequestLine } from "./request-lines.js";

/** Lines shown at most: a head may hold thousands. */
const maxLines = 120;
/** So few are not worth folding. */
const fewLines = 3;

/** Why a header's variable is missing from the environment, where a rule withholds it. */
const withheldWhy: Record<string, string> = {
  HTTP_PROXY: "not passed on: programs would use it as their proxy (httpoxy)",
  HTTP_AUTHORIZATION: "not passed on: credentials stay with the server (RFC 3875 §9.2)",
  HTTP_CONNECTION: "not passed on: it is about the connection, not the request",
};

const refusedHere = "The server refused the request because of these bytes";

export function RequestPart({
  head,
  lines,
  marks,
  hasEnvironment,
  isMade,
  findings,
}: {
  readonly head: ByteString;
  readonly lines: readonly RequestLine[];
  readonly marks: readonly Mark[];
  readonly hasEnvironment: boolean;
  /** True when it came over no wire. */
  readonly isMade: boolean;
  readonly findings: ReactNode;
}) {
  const shown = firstLines(lines, marks, maxLines);
  const rest = shown.filter((line) => !isTelling(line, marks));
  const isFolded = rest.length > fewLines;
  const visible = isFolded ? shown.filter((line) => !rest.includes(line)) : shown;
  const bytes = toBytes(head);
  const box = useJoinedRefs(useNameKeys<HTMLDivElement>(), anchor("xray.request"));
  // Visible ones first: a name in the closed fold cannot have the focus.
  const firstName = [...visible, ...rest].flatMap(({ pieces }) => pieces).find(({ nameTo }) => nameTo !== undefined);
  const part = (from: number, to: number) => <ByteTokens tokens={tokensOf(bytes, from, to, "utf-8", marks)} />;
  const tokens = (piece: LinePiece, title?: string) =>
    piece.nameTo === undefined ? (
      part(piece.from, piece.to)
    ) : (
      <>
        <Explained about={{ field: head.slice(piece.from, piece.nameTo) }} isFirst={piece === firstName}>
          {part(piece.from, piece.nameTo)}
        </Explained>
        <span title={title}>{part(piece.nameTo, piece.to)}</span>
      </>
    );
  const lineView = (line: RequestLine) => (
    <div key={line.from} className="ui-wrap xray-line">
      {line.pieces.map((piece) => {
        if (piece.variable !== null) {
          const title = `became ${piece.variable}`;
          return (
            <VariableTag key={piece.from} variable={piece.variable} {...(piece.nameTo === undefined && { title })}>
              {tokens(piece, title)}
            </VariableTag>
          );
        }
        const withheld =
          hasEnvironment && piece.withheld !== null
            ? (withheldWhy[piece.withheld] ?? "not passed on to the script")
            : undefined;
        return (
          <span
            key={piece.from}
            className={
              piece.is === "invalid" ? "xray-malformed" : piece.is === "quiet" || withheld ? "ui-faint" : undefined
            }
            title={piece.is === "invalid" ? refusedHere : piece.nameTo === undefined ? withheld : undefined}
            data-withheld={withheld && piece.withheld}
          >
            {tokens(piece, withheld)}
          </span>
        );
      })}
    </div>
  );
  const headers = lines.filter(({ pieces }) => pieces.some(({ nameTo }) => nameTo !== undefined)).length;
  return (
    <Card
      label="Request"
      title={isMade ? "Request, made by the server for the redirect" : "Request"}
      aside={plural(headers, "header")}
      findings={findings}
    >
      <div ref={box} className="ui-mono xray-lines">
        {visible.map(lineView)}
        {isFolded && (
          <Fold
            title={`${formatCount(rest.length)} ${rest.length < headers ? "more " : ""}headers`}
            names={namesOf(head, rest)}
          >
            {rest.map(lineView)}
          </Fold>
        )}
        {lines.length > maxLines && <div className="ui-faint">{formatCount(lines.length - maxLines)} more lines</div>}
        {lines.length === 0 && <span className="ui-faint">The request’s headers did not arrive completely.</span>}
      </div>
    </Card>
  );
}

const namesOf = (head: ByteString, lines: readonly RequestLine[]): string =>
  lines
    .flatMap(({ pieces }) =>
      pieces.flatMap(({ from, nameTo }) => (nameTo === undefined ? [] : head.slice(from, nameTo))),
    )
    .join(", ");
