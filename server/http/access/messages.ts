// Why a request is refused: the host that it names, the page that sent it, the user it comes from.
import { defineMessages } from "../../contract/message.js";

type Guarded = { readonly route: string };
/** `from`: the rules of `.htaccess` files that decided, "private/.htaccess:2"; absent: the configuration did. */
type SignIn = Guarded & { readonly realm: string; readonly from?: readonly string[] };
const signIn = ({ route, realm, from = [route] }: SignIn, why: string): string =>
  `${from.join(" and ")} requires a user and a password ("${realm}"). ${why}`;
const noSignIn = ({ route }: Guarded, why: string): string =>
  `The route ${route} requires a sign-in, but no user can sign in: ${why}.`;

type PasswordFileProblem = "missing" | "not-regular" | "too-large" | "unreadable";

export const accessMessage = defineMessages({
  "host-repeated": "The request has more than one Host header.",
  "host-missing": "The request has no Host header, which HTTP/1.1 requires.",
  "host-malformed": "The Host header is not a host name with an optional port.",
  "host-not-served": ({ host }: { host: string }) =>
    `The host "${host}" is not served here. To serve it, list it under server.hosts in cgi-workbench.json.`,
  "foreign-origin": ({ origin, method }: { origin: string; method: string }) =>
    `A page from ${origin} sent this ${method} request. Pages of other origins must not, unless server.allowedOrigins in cgi-workbench.json lists them.`,
  "foreign-site": ({ method }: { method: string }) =>
    `A page of another site sent this ${method} request in the background. Pages of other sites must not, unless server.allowedOrigins in cgi-workbench.json lists their origin and they do not hide it.`,
  prefetched:
    "The browser asked for this before the user went there. Nothing is served for that, unless a page of this server asks for it, or one that server.allowedOrigins in cgi-workbench.json lists.",
  "service-worker-refused":
    "A page registered this script as a service worker, which would answer in place of all scripts. To allow it, set server.serviceWorkers to true in cgi-workbench.json.",
  /** `user`: the uid; null if the client closed its connection before the server could ask. */
  "other-user": ({ user }: { readonly user: number | null }) =>
    `${user === null ? "The client closed its connection before the server could see whose it is." : `Another user of this machine (uid ${user}) sent this request.`} To serve other users, set server.otherUsers to true in cgi-workbench.json.`,
  "folder-untrusted":
    "This folder is not trusted yet. Until you trust it in the window, only the composer and the preview run its scripts.",
  "sign-in-needed": (guard: SignIn) => signIn(guard, "Sign in to see it."),
  "credentials-malformed": (guard: SignIn) =>
    signIn(guard, "The Authorization header is not one of Basic authentication (RFC 7617)."),
  "credentials-wrong": (guard: SignIn) => signIn(guard, "The user or the password is wrong."),
  "sign-ins-full": ({ limit }: { readonly limit: number }) =>
    `${limit} requests wait already for their passwords to be checked, one after the other. Send the request again.`,
  /** `errno` for "unreadable", `limitBytes` for "too-large". */
  "password-file-unusable": ({
    file,
    problem,
    errno,
    limitBytes,
    route,
  }: Guarded & {
    readonly file: string;
    readonly problem: PasswordFileProblem;
    readonly errno: string | null;
    readonly limitBytes: number | null;
  }) => {
    const words: Record<PasswordFileProblem, string> = {
      missing: "does not exist",
      "not-regular": "is not a regular file",
      "too-large": `is larger than ${limitBytes} bytes`,
      unreadable: `cannot be read: ${errno}`,
    };
    return noSignIn({ route }, `its file ${file} ${words[problem]}`);
  },
  /** `form`: what the hash looks like, in words. */
  "password-hash-unusable": ({ file, form, route }: Guarded & { readonly file: string; readonly form: string }) =>
    noSignIn({ route }, `the password of this user in ${file} is ${form}; create it again with htpasswd -B`),
});
