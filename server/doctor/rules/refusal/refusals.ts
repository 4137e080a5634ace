// Rules for requests that the server refused: a table by the code of the cause. The key is the rule's id.
import type { accessMessage } from "../../../http/access/messages.js";
import type { exchangeMessage } from "../../../http/exchange/messages.js";
import type { ConnectionFaultCode } from "../../../http/front/messages.js";
import type { RequestFaultCode } from "../../../protocol/http1/request-fault.js";
import type { routeMessage } from "../../../routing/messages.js";
import { apache, lighttpd, nginx, servedByAll } from "../../base/logged.js";
import { family, type InlineRule, type RuleTexts } from "../../base/rule.js";
import { type Advice, refusalOf } from "../../evidence/refused-request.js";

type Code =
  | RequestFaultCode
  | ConnectionFaultCode
  | (typeof accessMessage.codes)[number]
  | (typeof routeMessage.codes)[number]
  | (typeof exchangeMessage.codes)[number];

interface Refusal extends RuleTexts {
  /** What to do, by the code of the cause. */
  readonly advice: Advice<Code>;
  /** The causes are in the body. */
  readonly isInBody?: true;
}

const trust = "Read what the folder wants, then choose “Trust this folder” in the window.";

const refusals: Readonly<Record<string, Refusal>> = {
  "body-length-ambiguous": {
    severity: "error",
    title: "The length of the request body is not clear",
    summary: "The headers that say where the body ends contradict each other or are malformed.",
    explanation:
      "A request body ends after `Content-Length` bytes, or after its last chunk if the request has `Transfer-Encoding: chunked`. If both are there, if there are two lengths, or if the length is not a plain number, a proxy and a server behind it can choose different ends. The rest of the body then becomes the beginning of the next request, which nobody checked: request smuggling. That is why the request is refused instead of repaired.\n\nSet one of the two headers, once. HTTP libraries set the right one if the program does not set any.",
    reference: "RFC 9112 §6.3",
    logged: [
      apache.says("AH10242: client sent invalid Content-Length (TEXT): U", 400),
      lighttpd.silent(400),
      nginx.says("client sent duplicate header line: TEXT", 400),
    ],
    advice: {
      "content-length-invalid": "Write the number of bytes in decimal digits, without a sign.",
      "content-length-repeated": "Send Content-Length once.",
      "content-length-and-transfer-encoding": "Remove one of the two headers.",
      "transfer-encoding-in-http-1-0": "Send Content-Length, or use HTTP/1.1.",
      "transfer-encoding-not-chunked-last": "Let the header be `Transfer-Encoding: chunked`.",
      "transfer-encoding-unknown":
        "Let the header be `Transfer-Encoding: chunked`. For a compressed body use Content-Encoding.",
    },
  },
  "chunk-malformed": {
    severity: "error",
    title: "The chunked request body is malformed",
    summary: "Each chunk is its size in hexadecimal, CR LF, that many bytes, and CR LF.",
    explanation:
      "With `Transfer-Encoding: chunked` the body consists of chunks. Each chunk begins with its size in hexadecimal digits on a line of its own, then come exactly that many bytes, then CR LF. A chunk of size 0 and a blank line end the body. Here a chunk breaks this pattern, so the server cannot tell data from sizes. Usually the size counts characters instead of bytes, is written in decimal, or a line ends in LF alone.",
    reference: "RFC 9112 §7.1",
    logged: [
      apache.says("AH01225: Error reading request entity data", 400),
      lighttpd.says("chunked data missing end CRLF -> 400", 400),
      nginx.says("client sent invalid chunked body", 400),
    ],
    advice: {
      "chunk-size-invalid": "Write the size in hexadecimal digits, without a prefix.",
      "chunk-size-too-large": "Write the real size of the chunk.",
      "chunk-extension-invalid": "Remove the extension after the size.",
      "chunk-line-end-invalid": "End the line in CR LF.",
      "chunk-data-end-invalid": "Count the bytes of the chunk, not its characters, and write the size in hexadecimal.",
      "trailer-invalid": "Write trailers like headers, or remove them.",
    },
    isInBody: true,
  },
  "configuration-invalid": {
    severity: "error",
    title: "The configuration is not valid",
    summary: "The configuration has had a mistake since the folder was opened, and what it protects is unknown.",
    explanation:
      "The configuration may require a sign-in (`auth`), deny requests (`deny`), keep scripts from running (`run`), lead a path away from the files below it (`dir`) or give files to a program (`handlers`). Until it is read without a mistake, the workbench does not know for which paths, so every request gets 503; if only routes have mistakes, and none of them has passwords, every request below their paths. After a mistake that is saved later, the last valid configuration stays active.",
    advice: {
      "configuration-invalid": "Fix the mistake and save, or remove the file to serve the folder without it.",
      "route-invalid": "Fix the mistake in the route and save.",
    },
  },
  "folder-not-trusted": {
    severity: "error",
    title: "The folder is not trusted",
    summary:
      "Until you trust a folder, only the composer and the preview run its scripts, and some of its settings have no effect.",
    explanation:
      "A folder's configuration can name programs to start, addresses to listen on and places outside the folder. In a folder that you did not open before, or whose settings another program changed, these settings have no effect until you trust the folder. A request that needs one of them is refused, because another response would mislead. Other clients than the composer and the preview wait too.",
    logged: servedByAll,
    advice: {
      "folder-untrusted": trust,
      "route-untrusted": trust,
      "handler-untrusted": trust,
    },
  },
  "header-line-malformed": {
    severity: "error",
    title: "A request header is malformed",
    summary: "A header line is a name, a colon directly after it, and a value.",
    explanation:
      "A header name is a token: letters, digits and the characters `!#$%&'*+-.^_`|~`. It has no spaces, and the colon follows it directly. A value may hold any byte except control bytes; a tab is allowed. Servers read everything else in different ways. One that ignores a line with a space in its name, behind one that takes it, is how requests are smuggled past a filter, so servers refuse such requests.\n\nA header that continues on a second, indented line is obsolete. By default this server joins the lines as Apache and lighttpd do; `policy.foldedRequestHeader` can refuse them.",
    reference: "RFC 9112 §5",
    logged: [
      apache.says("AH02426: Request header field name is malformed: TEXT", 400),
      lighttpd.silent(400),
      nginx.says("client sent invalid header line: TEXT", 400),
    ],
    advice: {
      "header-folded": "Write the value on one line, or set `policy.foldedRequestHeader` to `join`.",
      "header-folded-first": "Remove the space at the beginning of the line.",
      "header-without-colon": "Write a colon after the name. A blank line must come before the request body.",
      "header-name-empty": "Write a name before the colon, or remove the line.",
      "header-name-invalid-byte": "Remove the byte from the name; a hyphen can take the place of a space.",
      "header-space-before-colon": "Remove the space before the colon.",
      "header-value-invalid-byte": "Remove the control byte from the value, or percent-encode it.",
    },
  },
  "host-refused": {
    severity: "error",
    title: "The Host header is missing, malformed or names another host",
    summary:
      "A page on the web could reach a local server under a name of its own, so the server answers only to names that it knows.",
    explanation:
      "The `Host` header carries the name and port that the client connected to. A web page from anywhere can make its own domain name point to your machine (DNS rebinding). The browser then lets that page read what this server answers. The name in `Host` gives such a request away, so the server accepts only the loopback names: `localhost`, names that end in `.localhost`, `127.0.0.1` and `[::1]`, and the names that you list under `server.hosts`.\n\nHTTP/1.1 requires exactly one `Host` header.",
    reference: "RFC 9110 §7.2",
    logged: [
      apache.says("AH00550: Client sent malformed Host header: TEXT", 400),
      lighttpd.silent(400),
      nginx.says("client sent invalid host header", 400),
    ],
    advice: {
      "host-missing": "Send `Host: localhost`.",
      "host-repeated": "Send Host once.",
      "host-malformed": "Write a host name or address, and the port after a colon if it is not 80.",
      "host-not-served": "Use a loopback name in the address, or add the name to `server.hosts`.",
    },
  },
  "line-end-malformed": {
    severity: "error",
    title: "A line of the request ends in the wrong characters",
    summary: "Each line before the request body ends in CR LF, the bytes 0d 0a.",
    explanation:
      "HTTP ends each line of a request with two bytes, carriage return and line feed. Most servers also accept a line feed alone; this server does too unless `policy.bareLineFeed` is set to `reject`. A carriage return alone is different: some programs read it as the end of a line and others as part of a value, so that two servers in a row can disagree about which headers a request has. It is always refused.\n\nIn a shell write `printf 'GET / HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n'`; `echo` writes a line feed alone.",
    reference: "RFC 9112 §2.2",
    logged: [
      apache.says("AH02427: Request header value is malformed: TEXT", 400),
      lighttpd.silent(400),
      nginx.says("client sent invalid header line: TEXT", 400),
    ],
    advice: {
      "line-feed-alone": "End the line in CR LF, or set `policy.bareLineFeed` to `accept`.",
      "carriage-return-alone": "End the line in CR LF, and remove the carriage return from values.",
    },
  },
  "not-http": {
    severity: "error",
    title: "The client does not speak HTTP/1.1 or HTTP/1.0",
    summary: "The first bytes on the connection are not an HTTP request that this server can read.",
    explanation:
      "An HTTP request begins with a method, a target and a version: `GET /path HTTP/1.1`. Other first bytes mean that the client speaks another protocol. The usual cause is an address that begins with https:// although the server speaks plain HTTP; the bytes 16 03 are the beginning of a TLS handshake. Clients that are configured for HTTP/2 without negotiation begin with `PRI * HTTP/2.0`.\n\nCheck the address, the scheme and the port in the client, or in the proxy in front of this server.",
    reference: "RFC 9112 §3",
    logged: [
      apache.says("AH00566: request failed: malformed request line", 400),
      lighttpd.silent(400),
      nginx.says("client sent invalid method while reading client request line", 400),
    ],
    advice: {
      "not-http": "Check that the client uses http:// and this port.",
      "tls-hello": "Use http:// instead of https:// in the client, or set up a proxy that terminates TLS.",
      "http2-preface": "Let the client use HTTP/1.1. With curl: `--http1.1`.",
      "version-invalid": "End the request line in HTTP/1.1.",
      "version-unsupported": "End the request line in HTTP/1.1.",
      "method-connect": "The client is configured to use this server as a proxy. Remove that setting.",
    },
  },
  "origin-refused": {
    severity: "error",
    title: "A page of another site sent this request",
    summary:
      "The server refuses requests with an unsafe method, such as POST, from pages of other origins, and requests that they send in the background.",
    explanation:
      "Any page that you visit can send requests to programs on your machine: a form that posts to `http://localhost:8080/` needs no permission. Scripts that delete or change something must not trust such requests. The browser says in `Origin` which page sent the request, and in `Sec-Fetch-Site` and `Sec-Fetch-Mode` whether a page of another site fetched it in the background; the server refuses such requests of pages of other origins unless `server.allowedOrigins` lists them.",
    reference: "RFC 6454 §7",
    logged: servedByAll,
    advice: {
      "foreign-origin": "If the page is yours, add its origin to `server.allowedOrigins`.",
      "foreign-site":
        "If the page is yours, add its origin to `server.allowedOrigins`, and let it send `Origin` or `Referer`.",
    },
  },
  "other-user-refused": {
    severity: "error",
    title: "Another user of this machine sent this request",
    summary: "The server listens on a loopback address and serves only programs of its own user, and of root.",
    explanation:
      "Every user of a machine reaches its loopback addresses. A script runs with the rights of the user who started the workbench, so another user could read that user's files through it. On Linux the server asks the system whose process sent a request, and refuses those of other users unless `server.otherUsers` is true. That includes a proxy, such as nginx, that runs as a user of its own. A client that closes its connection before the server can ask is refused too.",
    reference: "Linux sock_diag(7)",
    logged: servedByAll,
    advice: {
      "other-user": "If other users may run these scripts with your rights, set `server.otherUsers` to true.",
    },
  },
  "prefetch-refused": {
    severity: "hint",
    title: "The browser asked for this page in advance",
    summary: "The server runs no script for a page that a browser fetches before the user goes there.",
    explanation:
      "A page of another site can name addresses that the browser fetches in advance (`<script type=speculationrules>`), and a browser fetches an address itself while it is typed. Neither means that the user wants the script to run. The browser says so with `Sec-Purpose: prefetch`; the server refuses such a request unless a page of its own, or of an origin in `server.allowedOrigins`, asks for it.",
    reference: "WHATWG Fetch §3.1 (Sec-Purpose)",
    logged: servedByAll,
    advice: {
      prefetched:
        "Nothing needs to be done: the browser sends the request again when you go there. If a page of yours asked for it, add the page's origin to `server.allowedOrigins`.",
    },
  },
  "request-incomplete": {
    severity: "error",
    title: "The request never arrived completely",
    summary: "The client stopped sending before the request was complete.",
    explanation:
      "The headers of a request end in a blank line, and the server cannot answer before it has read that line. A client that forgets it waits for the server while the server waits for the client. A request body ends after the number of bytes that `Content-Length` gives; a client that counts characters instead of bytes announces the wrong number. The connection may also have been cut.",
    reference: "RFC 9112 §8",
    advice: {
      "head-timeout": "End the headers in a blank line: CR LF twice in a row.",
      "head-incomplete": "End the headers in a blank line: CR LF twice in a row.",
      "closed-in-head": "End the headers in a blank line: CR LF twice in a row.",
      "body-incomplete": "Send as many bytes as Content-Length gives, or the last chunk of a chunked body.",
      "body-too-slow": "Send the request body faster, or when fewer requests wait.",
    },
  },
  "request-line-malformed": {
    severity: "error",
    title: "The request line is malformed",
    summary: "The first line of a request consists of method, target and version, with one space between them.",
    explanation:
      "A request line is `METHOD target HTTP/1.1`: three parts, one space between them. Servers split the line at its spaces, so a space inside the target makes a fourth part, and different servers then see different targets. In a URL a space is written `%20` (or `+` in a query), a control character as `%` and two hexadecimal digits.\n\nClients that build the line from pieces should percent-encode each piece: `encodeURIComponent` in JavaScript, `urllib.parse.quote` in Python, `URI::Escape` in Perl.",
    reference: "RFC 9112 §3",
    logged: [
      apache.says("AH03448: HTTP Request Line; Excess whitespace (disallowed by HttpProtocolOptions Strict)", 400),
      lighttpd.silent("200 OK: the space stays in the target"),
      nginx.says("client sent invalid request while reading client request line", 400),
    ],
    advice: {
      "method-invalid": "Write the method as one word of letters, digits and the characters `!#$%&'*+-.^_`|~`.",
      "request-line-incomplete": "Write all three parts. HTTP/0.9, which had no version, is not supported.",
      "request-line-spaces": "Write one space between the parts, and `%20` for a space in the target.",
      "target-invalid-byte": "Write a space as `%20` and a control byte as `%` and two hexadecimal digits.",
    },
  },
  "request-too-large": {
    severity: "error",
    title: "The request is larger than the server allows",
    summary: "A size limit of the server was exceeded, so the request was refused.",
    explanation:
      "The server reads a request line and its headers into memory before it can decide anything, so their size is limited, as on every server. The usual cause is a large or growing cookie, or a form that was sent with GET: its fields then become part of the target. Send large forms with POST.\n\nThe limit of the request body is `limits.requestBodyBytes` in cgi-workbench.json.",
    reference: "RFC 9110 §15.5.14",
    logged: [
      apache.says("AH00561: Request header exceeds LimitRequestFieldSize: NAME", 400),
      lighttpd.says("oversized request-header -> sending Status 431", 431),
      nginx.says("client sent too long header line: TEXT", 400),
    ],
    advice: {
      "request-line-too-large": "Send the data in a request body, with POST.",
      "request-head-too-large": "Remove or shorten headers. Large cookies are the usual cause.",
      "chunk-extensions-too-large": "Remove the chunk extensions.",
      "trailers-too-large": "Remove the trailers.",
      "body-too-large": "Send less, or raise the limit.",
    },
  },
  "service-worker-refused": {
    severity: "error",
    title: "A page registered this script as a service worker",
    summary: "The server refuses to send a script that a browser would install as a service worker.",
    explanation:
      "A service worker stays in the browser's profile and answers requests in place of the server, also after the workspace was closed. Every workspace that is opened later at the same address would get its answers from the worker of an earlier one. The browser says with `Service-Worker: script` that it fetches a worker; the server refuses such a request unless `server.serviceWorkers` is true.",
    reference: "W3C Service Workers §2.2",
    logged: servedByAll,
    advice: {
      "service-worker-refused": "If the worker is what you test, set `server.serviceWorkers` to true.",
    },
  },
  "sign-in-impossible": {
    severity: "error",
    title: "Sign-in is impossible, because the password file cannot be used",
    summary: "The route is protected, but its password file is missing, unreadable or has an unsupported kind of hash.",
    explanation:
      "A protected path whose password file cannot be used stays closed: an open one would be the worse mistake. Create the file with `htpasswd -B -c FILE NAME`, and check its path in cgi-workbench.json.",
    reference: "RFC 7617 §2",
    advice: {
      "password-file-unusable": "Create the file, or correct its path in the configuration.",
      "password-hash-unusable": "Set the password again.",
    },
  },
  "sign-in-refused": {
    severity: "hint",
    title: "The path requires a user name and a password",
    summary: "The configuration protects this path with Basic authentication.",
    explanation:
      "The route has a password file in cgi-workbench.json. The server answers 401 with `WWW-Authenticate`, the browser asks for a user name and a password and repeats the request with an `Authorization` header. After that the script gets the name in `REMOTE_USER`. The first 401 is part of every sign-in and no error. The preview of the desktop app does not ask: sign in from the composer, or open the page in a browser.",
    reference: "RFC 7617 §2",
    advice: {
      "sign-in-needed":
        "Send an Authorization header; in the composer choose Basic authentication. With curl: `-u name:password`.",
      "credentials-malformed": "Send `Authorization: Basic` and the Base64 form of `name:password`.",
      "sign-ins-full": "Wait a moment. A lower cost of the hashes (`htpasswd -B -C 5`) makes each check shorter.",
      "credentials-wrong": "Check the name and the password. `htpasswd -v FILE NAME` checks them against the file.",
    },
  },
  "too-much-held": {
    severity: "error",
    title: "Clients have too many unfinished requests open",
    summary: "The server limits the memory for bytes that wait between clients and scripts, and the limit is reached.",
    explanation:
      "The bytes of a request that has not arrived completely, and of a response that the client does not read, wait in memory. Many clients that send a part and stop fill that memory. The server then refuses the request that waits longest with 503, so that there is room for newer ones.",
    reference: "RFC 9110 §15.6.4",
    advice: {
      "too-much-held": "Close connections that are not used, send requests in one piece, and read responses.",
    },
  },
};

export const rules = family<Refusal, InlineRule>(refusals, ({ advice, isInBody = false, ...texts }) => ({
  ...texts,
  about: "refused",
  check: (facts) => refusalOf(facts, advice, isInBody),
}));
