// Where a variable's name comes from: a script may rely on some names everywhere, on others only here.
import type { VariableStanding } from "../../../server/contract/trace.js";

export const standingLabel: Readonly<Record<VariableStanding, { readonly short: string; readonly why: string }>> = {
  rfc: { short: "RFC 3875", why: "defined by RFC 3875" },
  header: { short: "a header", why: "a request header, passed on as RFC 3875 §4.1.18 defines" },
  customary: { short: "customary", why: "no standard defines it, but most servers set it" },
  own: { short: "your own", why: "set by the configuration or the composer: other servers do not set it" },
};
