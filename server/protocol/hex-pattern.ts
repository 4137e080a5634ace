// A pattern of bytes as people write it: `0d 0a`, `0d0a`, `0x0D 0x0A`, `ff ?? 00`.

/** `digits`: pairs of lower-case digits and `??`. `fault` null: nothing was written yet. */
type HexPattern =
  | { readonly digits: string; readonly fault: null }
  | { readonly digits: null; readonly fault: "not-hex" | "half-byte" | null };

export function parseHexPattern(text: string): HexPattern {
  const digits = text
    .replace(/0x/gi, " ")
    .replace(/[\s,:]+/g, "")
    .toLowerCase();
  if (digits === "") return { digits: null, fault: null };
  if (/^(?:[0-9a-f]{2}|\?\?)+$/.test(digits)) return { digits, fault: null };
  return { digits: null, fault: /^[0-9a-f?]*$/.test(digits) ? "half-byte" : "not-hex" };
}
