// Short names of control bytes (ISO 646, RFC 20 §4.1): fonts lack their pictures, so they are drawn as small badges.
const c0 = "NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US".split(" ");

/** The name of a control character by its code, or null when it is not one (U+0000–U+001F, U+007F–U+009F). */
export function controlName(code: number): string | null {
  if (code < 0x20) return c0[code] ?? null;
  if (code === 0x7f) return "DEL";
  return code >= 0x80 && code <= 0x9f ? code.toString(16).toUpperCase() : null;
}
