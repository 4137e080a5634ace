// The composer's cookies, RFC 6265: kept and sent as that says, by tough-cookie, with the reasons. Strict where
// browsers are kind: a Secure cookie is kept, and never sent over plain http, not even to this machine.
import { Cookie, cookieCompare, domainMatch, CookieJar as Jar, MemoryCookieStore, pathMatch } from "tough-cookie";
import { fromBytesText, toBytesText } from "../base/decode-text.js";
import { ProblemError } from "../base/problem.js";
import type { ByteString } from "../contract/bytes-text.js";
import type { CookieList, CookiePlace, JarCookie } from "../contract/cookies-contract.js";
import type { Message } from "../contract/message.js";
import { byteString } from "../protocol/byte-string.js";
import { cookieMessage, sendingMessage } from "./messages.js";

/** Host field and target of a request. */
interface RequestPlace {
  readonly host: string;
  readonly target: string;
}
/** A Set-Cookie line that was not kept, and why. */
export type RefusedCookie = readonly [line: ByteString, why: Message];

/** Browsers have this limit (RFC 6265 §6.1): it is enough, and no server refuses the Cookie header. */
const maxCookiesOfHost = 180;
const maxCookies = 3000;
/** The limits of its name and value (RFC 6265bis §5.7), and of each attribute's value (§5.6). */
const maxCookieBytes = 4096;
const maxAttributeBytes = 1024;
/** All of a request's cookies, so that its headers stay within 64 KiB. */
const maxHeaderBytes = 32_768;

export class CookieJar {
  #store = new MemoryCookieStore();
  #jar = jarOn(this.#store);
  #rev = 0;

  /** The Cookie field's value for a request; null when nothing is to be sent. */
  header(place: RequestPlace): ByteString | null {
    let text = "";
    for (const cookie of this.#sent(place)) {
      const pair = cookie.cookieString();
      if (text.length + pair.length + 2 > maxHeaderBytes) break; // the most specific paths come first
      text += text === "" ? pair : `; ${pair}`;
    }
    return text === "" ? null : unshield(text);
  }

  /** Keeps what a response to the request sets; answers with what it would not keep. */
  keep(place: RequestPlace, setCookies: readonly ByteString[]): RefusedCookie[] {
    const refused: RefusedCookie[] = [];
    for (const line of setCookies) {
      const cookie = Cookie.parse(withoutLongAttributes(shield(line)));
      const why = cookie
        ? (mistakeOf(cookie) ?? this.#put(withFixedExpiry(cookie), place))
        : cookieMessage("cookie-malformed");
      if (why === null) this.#rev++;
      else refused.push([line, why]);
    }
    this.#evict();
    return refused;
  }

  async list(place: RequestPlace): Promise<CookieList> {
    const sent = this.#sent(place);
    const header = this.header(place);
    const all = (await this.#store.getAllCookies()).filter((cookie) => !isOver(cookie)).sort(cookieCompare);
    const others = all.filter((cookie) => !sent.includes(cookie));
    return {
      rev: this.#rev,
      cookies: [
        ...sent.map((cookie) => ({ ...described(cookie), withheld: null })),
        ...others.map((cookie) => ({ ...described(cookie), withheld: whyWithheld(cookie, place) })),
      ],
      header: header === null ? null : toBytesText(header),
    };
  }

  /** Puts a cookie in as it was written by hand. @throws ProblemError when it could never be sent */
  async set(cookie: JarCookie, replaces: CookiePlace | null): Promise<void> {
    const made = new Cookie({
      key: shield(fromBytesText(cookie.name)),
      value: shield(fromBytesText(cookie.value)),
      domain: cookie.domain.toLowerCase().replace(/^\./, ""),
      path: cookie.path,
      hostOnly: cookie.hostOnly,
      expires: cookie.expiresAt === null ? "Infinity" : new Date(cookie.expiresAt),
      secure: cookie.secure,
      httpOnly: cookie.httpOnly,
      creation: new Date(),
      ...(cookie.sameSite && { sameSite: cookie.sameSite }),
    });
    const wrong = mistakeIn(made);
    if (wrong !== null) throw new ProblemError(sendingMessage("bad-cookie", { reason: wrong }));
    if (replaces) await this.#remove(replaces);
    await this.#store.putCookie(made);
    this.#rev++;
  }

  async remove(place: CookiePlace): Promise<void> {
    await this.#remove(place);
    this.#rev++;
  }

  clear(): void {
    this.#store = new MemoryCookieStore();
    this.#jar = jarOn(this.#store);
    this.#rev++;
  }

  /** Null: it is kept. */
  #put(cookie: Cookie, place: RequestPlace): Message | null {
    const isKept = (): boolean => this.#jar.setCookieSync(cookie, urlOf(place), { ignoreError: true }) !== undefined;
    if (isKept()) return null;
    const domain = cookie.cdomain() ?? "";
    if (!domainMatch(hostOf(place), domain, false)) return cookieMessage("cookie-other-host");
    if (domain !== hostOf(place)) return cookieMessage("cookie-public-suffix");
    cookie.domain = null; // RFC 6265 §5.3 step 5: a public suffix that is the host itself may have a cookie of its own
    return isKept() ? null : cookieMessage("cookie-public-suffix");
  }

  /** Beyond the limits the oldest cookies give way. The store is synchronous: it calls back at once. */
  #evict(): void {
    this.#store.getAllCookies((error, all = []) => {
      if (error) throw error;
      const perHost = new Map<string | null, number>();
      const newestFirst = all.toSorted((one, other) => ageOrder(other) - ageOrder(one));
      for (const [nth, { domain, path, key }] of newestFirst.entries()) {
        const ofHost = (perHost.get(domain) ?? 0) + 1;
        perHost.set(domain, ofHost);
        if (ofHost > maxCookiesOfHost || nth >= maxCookies)
          this.#store.removeCookie(domain ?? "", path ?? "/", key, () => {});
      }
    });
  }

  #remove({ domain, path, name }: CookiePlace): Promise<void> {
    return this.#store.removeCookie(domain, path, shield(fromBytesText(name)));
  }

  #sent(place: RequestPlace): Cookie[] {
    return this.#jar.getCookiesSync(urlOf(place)).sort(cookieCompare);
  }
}

const jarOn = (store: MemoryCookieStore): Jar =>
  new Jar(store, {
    allowSecureOnLocal: false,
    enforceSecureOriginOnStorage: false,
    prefixSecurity: "unsafe-disabled", // see mistakeOf
    rejectPublicSuffixes: true,
  });

// Bytes above 0x7F travel through tough-cookie as private characters: it would trim A0,
// the end of an "à" in UTF-8, as white space.
const shield = (text: ByteString): string =>
  text.replace(/[\x80-\xff]/g, (byte) => String.fromCharCode(0xe000 + byte.charCodeAt(0)));
const unshield = (text: string): ByteString =>
  byteString(text.replace(/[\ue080-\ue0ff]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xe000)));

/** A target that is no path counts as the root. */
function urlOf({ host, target }: RequestPlace): string {
  const url = URL.canParse(target) ? target : `http://${host}${target.startsWith("/") ? target : "/"}`;
  return URL.canParse(url) ? url : "http://invalid/";
}

/** The host as cookies know it: an IPv6 address without brackets. */
const hostOf = (place: RequestPlace): string => new URL(urlOf(place)).hostname.replace(/^\[|\]$/g, "");

/** tough-cookie numbers cookies as they are made. */
const ageOrder = ({ creationIndex }: Cookie): number => creationIndex;

/** The last moment that a Date has. */
const lastMs = 8.64e15;
/** RFC 6265 §5.2.2: Max-Age counts from now, and beats Expires. tough-cookie counts from when it was last sent. */
function withFixedExpiry(cookie: Cookie): Cookie {
  const { maxAge } = cookie;
  if (maxAge === null) return cookie;
  const seconds = Number(maxAge); // beyond all numbers it is the text "Infinity"
  cookie.expires = new Date(seconds > 0 ? Math.min(Date.now() + seconds * 1000, lastMs) : 0);
  cookie.maxAge = null;
  return cookie;
}

function isOver(cookie: Cookie): boolean {
  const expiry = cookie.expiryTime();
  return expiry !== undefined && expiry <= Date.now();
}

function described(cookie: Cookie): JarCookie {
  const expiry = cookie.expiryTime();
  return {
    name: toBytesText(unshield(cookie.key)),
    value: toBytesText(unshield(cookie.value)),
    domain: cookie.domain ?? "",
    path: cookie.path ?? "/",
    hostOnly: cookie.hostOnly ?? true,
    expiresAt: expiry === undefined || !Number.isFinite(expiry) ? null : expiry,
    secure: cookie.secure,
    httpOnly: cookie.httpOnly,
    sameSite:
      cookie.sameSite === "strict" || cookie.sameSite === "lax" || cookie.sameSite === "none" ? cookie.sameSite : null,
  };
}

function whyWithheld(cookie: Cookie, place: RequestPlace): Message {
  const host = hostOf(place);
  const domain = cookie.domain ?? "";
  if (cookie.hostOnly ? domain !== host : !domainMatch(host, domain, false))
    return cookieMessage("cookie-for-other-domain", { domain, host });
  const path = cookie.path ?? "/";
  return pathMatch(new URL(urlOf(place)).pathname, path)
    ? cookieMessage("cookie-secure-only")
    : cookieMessage("cookie-for-other-path", { path });
}

/** The Set-Cookie line without them. RFC 6265bis §5.6: a longer attribute is ignored, whatever it is. */
const withoutLongAttributes = (line: string): string =>
  line
    .split(";")
    .filter((part, nth) => nth === 0 || part.slice(part.indexOf("=") + 1).trim().length <= maxAttributeBytes)
    .join(";");

/** RFC 6265bis §5.7. The prefixes are compared without regard to case, which tough-cookie does not do. */
function mistakeOf({ key, value, secure, domain, path }: Cookie): Message | null {
  const bytes = key.length + value.length;
  if (bytes > maxCookieBytes) return cookieMessage("cookie-too-large", { bytes, limitBytes: maxCookieBytes });
  if (/^__secure-/i.test(key) && !secure) return cookieMessage("cookie-secure-prefix");
  const isOfHost = secure && domain === null && path === "/";
  return /^__host-/i.test(key) && !isOfHost ? cookieMessage("cookie-host-prefix") : null;
}

function mistakeIn({ key, value, domain, path }: Cookie): Message | null {
  if (key === "" || /[\x00-\x20=;\x7f]/.test(key)) return cookieMessage("cookie-bad-name");
  if (/[\x00-\x1f;\x7f]/.test(value)) return cookieMessage("cookie-bad-value");
  if (path === null || !path.startsWith("/")) return cookieMessage("cookie-bad-path");
  if (domain === null || domain === "" || /[\s/;:]/.test(domain.replace(/^[0-9a-f:]+$/, "")))
    return cookieMessage("cookie-bad-domain");
  return null;
}
