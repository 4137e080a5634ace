// Request header fields as meta-variables, RFC 3875 §4.1.18: `Accept-Language` becomes HTTP_ACCEPT_LANGUAGE,
// fields said more than once become one value. And the threat: a header must never become a variable that means
// something else to a program (httpoxy, CVE-2016-5385: `Proxy:` → HTTP_PROXY) nor pose as another header
// (`X_Forwarded_For` → HTTP_X_FORWARDED_FOR).
import type { ByteString } from "../contract/bytes-text.js";
import type { Message } from "../contract/message.js";
import { byteString, copyOf, latin1 } from "./byte-string.js";
import { withoutDebugCookie } from "./debug-cookie.js";
import type { GatewayPolicy } from "./policy.js";
import type { HeaderPair, NameAndWhy } from "./request.js";
import { notExportedMessage } from "./request-messages.js";

interface HeaderVariable {
  readonly name: ByteString;
  readonly value: ByteString;
  /** The header's name, as the client first spelt it. */
  readonly header: ByteString;
}

/**
 * HTTP_ and the name in upper case; anything but letters and digits becomes
 * "_". Says nothing on whether it is exported.
 */
export function headerVariableName(header: string): ByteString {
  return named(header).name;
}

interface Named {
  readonly name: ByteString;
  /** Letters, digits and "-" only: no other name's variable can be mistaken for its. */
  readonly proper: boolean;
}

/** Names that came before; more come only from clients that make them up. */
const known = new Map<string, Named>();
const maxKnown = 512;

function named(header: string): Named {
  const before = known.get(header);
  if (before !== undefined) return before;
  const name = byteString(`HTTP_${header.toUpperCase().replace(/[^A-Z0-9]/g, "_")}`);
  const made = { name, proper: /^[A-Za-z0-9-]+$/.test(header) };
  if (known.size < maxKnown) known.set(copyOf(latin1(header)), made); // not the request's whole head
  return made;
}

const ofTheConnection = notExportedMessage("connection-header");
const credentials = notExportedMessage("credentials");
const ambiguous = notExportedMessage("ambiguous-name");
/** The variables are listed, not the headers, so that no other spelling of a header gets there either. */
const hidden: ReadonlyMap<string, Message> = new Map([
  ["HTTP_PROXY", notExportedMessage("httpoxy")],
  ["HTTP_CONTENT_TYPE", notExportedMessage("poses-as-content-type")],
  ["HTTP_CONTENT_LENGTH", notExportedMessage("poses-as-content-length")],
  ["HTTP_AUTHORIZATION", credentials],
  ["HTTP_PROXY_AUTHORIZATION", credentials],
  ...["CONNECTION", "KEEP_ALIVE", "PROXY_CONNECTION", "TE", "TRAILER", "TRANSFER_ENCODING", "UPGRADE"].map(
    (name) => [`HTTP_${name}`, ofTheConnection] as const,
  ),
]);

interface HeaderPolicy extends Pick<GatewayPolicy, "underscoreHeader" | "passAuthorization"> {
  /** The fields of the upgrade are about what the script does: it exchanges messages. */
  readonly isUpgraded?: boolean;
}

/** Each variable once, in the order of the headers' first appearance. */
export function headerVariables(
  headers: readonly HeaderPair[],
  policy: HeaderPolicy,
  notExported: NameAndWhy[],
): HeaderVariable[] {
  const values = new Map<ByteString, { name: ByteString; header: ByteString; value: ByteString }>();
  let properNames: ReadonlySet<ByteString> | null = null; // rarely needed
  const isProperName = (name: ByteString): boolean => {
    properNames ??= new Set(headers.map(([other]) => named(other)).flatMap((it) => (it.proper ? [it.name] : [])));
    return properNames.has(name);
  };
  for (const [header, value] of headers) {
    const { name, proper } = named(header);
    // Have a variable of their own: no loss to report.
    if (proper && (name === "HTTP_CONTENT_TYPE" || name === "HTTP_CONTENT_LENGTH")) continue;
    const why = reasonToHide(name, proper, isProperName, policy);
    // Repeated fields are joined: RFC 9110 §5.3; cookies: RFC 6265 §5.4.
    const before = why === null ? values.get(name) : undefined;
    if (why !== null) notExported.push([header, why]);
    else if (before === undefined) values.set(name, { name, header, value });
    else before.value = latin1(before.value + (name === "HTTP_COOKIE" ? "; " : ", ") + value);
  }
  const cookies = values.get(byteString("HTTP_COOKIE"));
  if (cookies) {
    const rest = withoutDebugCookie(cookies.value);
    if (rest.length === 0 && cookies.value.length > 0) {
      values.delete(cookies.name);
      notExported.push([cookies.header, notExportedMessage("debug-cookie")]);
    } else cookies.value = rest;
  }
  return [...values.values()];
}

function reasonToHide(
  name: ByteString,
  proper: boolean,
  isProperName: (name: ByteString) => boolean,
  policy: HeaderPolicy,
): Message | null {
  if (!proper && policy.underscoreHeader === "drop") return ambiguous;
  if (!proper && isProperName(name)) return notExportedMessage("poses-as-other-header", { variable: name });
  if (proper && policy.passAuthorization && (name === "HTTP_AUTHORIZATION" || name === "HTTP_PROXY_AUTHORIZATION"))
    return null;
  if (policy.isUpgraded && (name === "HTTP_UPGRADE" || name === "HTTP_CONNECTION")) return null;
  return hidden.get(name) ?? null;
}
