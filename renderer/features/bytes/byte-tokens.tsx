// Tokens on the screen: text as it is, control characters as badges, bytes that are not text as hex chips, marks as a tint.
import type { BytesText } from "../../../server/contract/bytes-text.js";
import { toBytes } from "../../../server/protocol/byte-string.js";
import { isPlain, toByteString } from "./bytes-text.js";
import { type Token, tokensOf } from "./tokens.js";
import "./byte-tokens.css";

const markClass = { error: "byte-mark byte-mark-bad", warning: "byte-mark byte-mark-warn", hint: "byte-mark" } as const;

/** Fuller words for the badges that people meet most. */
const words: Record<string, string> = { CR: "carriage return, 0x0D", LF: "line feed, 0x0A", TAB: "tab, 0x09", NUL: "null byte, 0x00", ESC: "escape, 0x1B" };

/** A control character's badge. */
function ControlBadge({ name }: { readonly name: string }) {
  return (
    <span className="ui-ctl byte-control" data-control={name} title={words[name] ?? `control character ${name}`}>
      {name}
    </span>
  );
}

export function ByteTokens({ tokens }: { readonly tokens: readonly Token[] }) {
  return tokens.map((token) => {
    const mark = token.severity === null ? undefined : markClass[token.severity];
    if (token.kind === "text")
      return (
        <span key={token.from} className={mark}>
          {token.text}
        </span>
      );
    if (token.kind === "control")
      return (
        <span key={token.from} className={mark}>
          <ControlBadge name={token.text} />
        </span>
      );
    return (
      <span
        key={token.from}
        className={`byte-invalid ${mark ?? ""}`}
        data-invalid={token.text}
        title={`0x${token.text.replaceAll(" ", " 0x")} at offset ${token.from}: not text in this charset`}
      >
        {token.text}
      </span>
    );
  });
}

/** A short value (header, variable, argument) with whatever it holds made visible. */
export function ByteValue({ value }: { readonly value: BytesText }) {
  if (isPlain(value)) return value;
  const bytes = toBytes(toByteString(value));
  return <ByteTokens tokens={tokensOf(bytes, 0, bytes.length, "utf-8")} />;
}
