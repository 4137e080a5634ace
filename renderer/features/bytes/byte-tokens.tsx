// Tokens on the screen: text as it is, control characters as badges, bytes that
// are not text as hex chips, marks as a tint.
import type { BytesText } from "../../../server/contract/bytes-text.js";
import { toBytes } from "../../../server/protocol/byte-string.js";
import { isPlain, toByteString } from "../../format/bytes-text.js";
import { cssOf, plainStyle } from "./ansi.js";
import { controlLabel, isInvisible } from "./control-names.js";
import { type Token, tokensOf } from "./tokens.js";
import "./byte-tokens.css";

export const markClass = {
  error: "byte-mark byte-mark-bad",
  warning: "byte-mark byte-mark-warn",
  hint: "byte-mark",
} as const;
export const highlightClass = {
  selected: "byte-selected",
  match: "byte-match",
  current: "byte-match byte-match-current",
} as const;

/** The classes of a token; undefined when it is plain. */
function classesOf(token: Token, more?: string): string | undefined {
  const names = [
    more,
    token.severity === null ? undefined : markClass[token.severity],
    token.style === plainStyle ? undefined : "byte-styled",
    token.highlight === null ? undefined : highlightClass[token.highlight],
  ];
  const text = names.filter((name) => name !== undefined).join(" ");
  return text === "" ? undefined : text;
}

export function ByteTokens({
  tokens,
  caret = null,
}: {
  readonly tokens: readonly Token[];
  /** A token begins here. */
  readonly caret?: number | null;
}) {
  return tokens.map((token) => {
    const shown = <OneToken key={token.from} token={token} />;
    return token.from !== caret ? shown : [<span key="caret" className="byte-caret" data-caret="" />, shown];
  });
}

function OneToken({ token }: { readonly token: Token }) {
  // Offsets are on the elements, so that a pointer finds its byte.
  const where = { "data-from": token.from, "data-to": token.to, style: cssOf(token.style) };
  if (token.kind === "text")
    return (
      <span className={classesOf(token)} {...where}>
        {token.text}
      </span>
    );
  if (token.kind === "control")
    return (
      <span className={classesOf(token)} {...where}>
        <ControlBadge name={token.text} />
      </span>
    );
  return (
    <span
      className={classesOf(token, "byte-invalid")}
      {...where}
      data-invalid={token.text}
      title={`0x${token.text.replaceAll(" ", " 0x")} at offset ${token.from}: not valid in this charset`}
    >
      {token.text}
    </span>
  );
}

/** A control character's badge. */
function ControlBadge({ name }: { readonly name: string }) {
  return (
    <span className="ui-ctl byte-control" data-control={name} title={controlLabel(name)}>
      {name}
    </span>
  );
}

const hasInvisible = (text: string): boolean =>
  [...text].some((character) => isInvisible(character.codePointAt(0) ?? 0));

/** A short value (header, variable, argument) with whatever it holds made visible. */
export function ByteValue({ value }: { readonly value: BytesText }) {
  if (isPlain(value) && !hasInvisible(value)) return value;
  const bytes = toBytes(toByteString(value));
  return <ByteTokens tokens={tokensOf(bytes, 0, bytes.length, "utf-8")} />;
}
