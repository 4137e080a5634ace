// What RFC 3875 leaves to the server, or what servers are known to handle differently, as plain data: one value, one behaviour.
// A policy never decides safety (control bytes, two lengths, a path out of the root): those have one answer.

/** One server's choices. */
export interface GatewayPolicy {
  /** `%2F` in the path (RFC 3875 §4.1.5 permits both): refuse with 404 as Apache does, or decode as lighttpd and nginx do. */
  readonly encodedSlash: "reject" | "decode";
  /** A header name with characters other than letters, digits and "-": hide it (Apache, nginx), or write them as "_" (lighttpd) where no other header means that variable. */
  readonly underscoreHeader: "drop" | "map";
  /** A document with a Status but without Content-Type (RFC 3875 §6.2.1 requires it). Without any CGI field a response is invalid in either case. */
  readonly missingContentType: "tolerate" | "reject";
  /** `HTTP/1.1 404 Not Found` as the first line of a script that is not NPH. */
  readonly httpStatusLine: "tolerate" | "reject";
  /** A CGI field said twice (RFC 3875 §6.3 forbids it): the last one counts, or the response is invalid. */
  readonly repeatedCgiField: "tolerate" | "reject";
  /** `Location: page` (RFC 3875 §6.3.2 knows only absolute URIs and paths from the root; RFC 9110 §10.2.2 any reference): sent as 302, or invalid. */
  readonly relativeLocation: "tolerate" | "reject";
  /** Whether scripts see Authorization and Proxy-Authorization (RFC 3875 §9.2 advises against it); a route can say yes for itself. */
  readonly passAuthorization: boolean;
}

/** What this server does unless told otherwise: strict where it is about security, tolerant where the common servers agree on being so. */
export const defaultPolicy: GatewayPolicy = {
  encodedSlash: "decode",
  underscoreHeader: "drop",
  missingContentType: "tolerate",
  httpStatusLine: "tolerate",
  repeatedCgiField: "tolerate",
  relativeLocation: "tolerate",
  passAuthorization: false,
};
