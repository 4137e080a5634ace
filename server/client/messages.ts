// Why the jar keeps or sends no cookie.
import { defineMessages, type Message } from "../contract/message.js";
import { defineProblems } from "../contract/problem.js";

export const cookieMessage = defineMessages({
  // Not kept (RFC 6265 §5.3). Each goes on from the Set-Cookie line.
  "cookie-malformed": "there is no name before “=”, or a control character in it",
  "cookie-other-host": "its Domain is not the request’s host",
  "cookie-public-suffix": "its Domain is a public suffix, under which anyone can register names",
  "cookie-secure-prefix": "its name begins with __Secure-, and it is not Secure",
  "cookie-host-prefix": "its name begins with __Host-, which needs Secure, Path=/ and no Domain",
  "cookie-too-large": ({ bytes, limitBytes }: { readonly bytes: number; readonly limitBytes: number }) =>
    `its name and value have ${bytes} bytes, and browsers keep no cookie with more than ${limitBytes}`,
  // Kept, and not sent (§5.4).
  "cookie-for-other-domain": ({ domain, host }: { readonly domain: string; readonly host: string }) =>
    `it belongs to ${domain}, and the request goes to ${host}`,
  "cookie-for-other-path": ({ path }: { readonly path: string }) => `its path is ${path}`,
  "cookie-secure-only": "it is Secure, and this is plain http (browsers make an exception for this machine)",
  // Put in by hand.
  "cookie-bad-name": "A cookie’s name is not empty and holds no blank, “=” or “;”.",
  "cookie-bad-value": "A cookie’s value holds no “;” and no control character.",
  "cookie-bad-path": "A cookie’s path begins with “/”.",
  "cookie-bad-domain": "A cookie’s domain is a host’s name or address.",
});

type Body = { readonly seq: number; readonly captured: number; readonly bytes: number };

/** Why a cookie is not kept, or a request not sent again. */
export const sendingMessage = defineProblems({
  "bad-cookie": { message: ({ reason }: { readonly reason: Message }) => reason.text },
  "body-not-kept": {
    message: ({ seq, captured, bytes }: Body) =>
      `Only the first ${captured} of the ${bytes} bytes of the body of #${seq} were kept.`,
    fix: "Raise limits.captureBytes in cgi-workbench.json and send the request from its client again.",
  },
  "not-for-web-socket": {
    message: ({ systemText }: { readonly systemText: string }) =>
      `A WebSocket cannot be opened with this request: ${systemText}.`,
    fix: "Correct its target and its headers.",
  },
  "variables-from-file": {
    message: ({ names }: { readonly names: readonly string[] }) =>
      `This request comes from a file, and its sender set variables of the script besides: ${names.join(", ")}.`,
    fix: "Such a variable can make an interpreter run other code. Send the request from the composer, and set there what it needs.",
  },
});
