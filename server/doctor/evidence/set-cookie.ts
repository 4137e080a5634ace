// One Set-Cookie value taken apart as a browser does (RFC 6265 §5.2).

export interface SetCookie {
  /** null when there is no "=" in the first part. */
  readonly name: string | null;
  readonly value: string;
  /** By name in lower case; the last of several counts. */
  readonly attributes: ReadonlyMap<string, string>;
}

export function readSetCookie(text: string): SetCookie {
  const [pair = "", ...rest] = text.split(";");
  const attributes = new Map(
    rest.map((part): [string, string] => {
      const equals = part.indexOf("=");
      return equals < 0
        ? [part.trim().toLowerCase(), ""]
        : [part.slice(0, equals).trim().toLowerCase(), part.slice(equals + 1).trim()];
    }),
  );
  const equals = pair.indexOf("=");
  return { name: equals < 0 ? null : pair.slice(0, equals).trim(), value: pair.slice(equals + 1).trim(), attributes };
}
