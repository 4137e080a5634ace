// What one place of Apache's configuration says about the requests that lead there: a table of directives, each applied
// to the settings that the outer sections left.
import { lookup } from "mrmime";
import { adoptMessage } from "../messages.js";
import { approximated, leftOut, type Outcome, understood } from "../report.js";
import { Access } from "./access.js";
import { extensionNamed, handlerKind } from "./handlers.js";
import type { Directive } from "./read.js";

/** In force at one place. */
export class PlaceSettings {
  readonly access = new Access();
  options = new Set(["followsymlinks"]);
  /** Names of handlers by extension; of all files. */
  readonly handlers = new Map<string, string>();
  handler: string | null = null;
  index: readonly string[] | null = null;
  readonly variables = new Map<string, string>();
  passAuthorization = false;
  fallback: { readonly path: string; readonly line: Directive } | null = null;
  /** Settings of php.ini, with the lines that make them. */
  readonly php = new Map<string, { readonly value: string; readonly line: Directive }>();
  /** These lines say who may send requests, the outermost first. */
  readonly accessLines: Directive[] = [];

  /** The line that decided about access; null: none did. */
  get accessLine(): Directive | null {
    const { accessLines: lines } = this;
    return lines.findLast((line) => !/\bgranted\b|^(?:allow|order|satisfy)\b/i.test(line.text)) ?? lines.at(-1) ?? null;
  }
}

export interface Circumstances {
  readonly serverRoot: string;
  readonly actions: ReadonlyMap<string, string>;
}

export const malformed = ({ name }: Directive): Outcome => leftOut(adoptMessage("malformed-directive", { name }));

type Apply = (at: PlaceSettings, directive: Directive, circumstances: Circumstances) => Outcome;

/** Variables that a program finds without any setting, or that would only speak to the server itself. */
const ownVariables =
  /^(?:no-gzip|nokeepalive|force-response-1\.0|downgrade-1\.0|redirect-carefully|dont-?vary|proxy-.*|ssl-.*)$/i;

const handlerOutcome = (name: string, { actions }: Circumstances): Outcome => {
  const { kind } = handlerKind(name, actions);
  if (kind === "php") return understood(adoptMessage("runs-in-php-cgi"));
  return kind === "unknown" ? leftOut(adoptMessage("no-equivalent", { name })) : null;
};

const byExtension: Apply = (at, directive, circumstances) => {
  const [name = "", ...extensions] = directive.words;
  if (extensions.length === 0) return malformed(directive);
  const { kind } = handlerKind(name, circumstances.actions);
  const isMedia = directive.key === "addtype" && (kind === "unknown" || kind === "static");
  if (isMedia) {
    const other = extensions.find((one) => lookup(one) !== name.toLowerCase());
    return other === undefined ? null : leftOut(adoptMessage("media-type", { name: extensionNamed(other) }));
  }
  const outcome = handlerOutcome(name, circumstances);
  for (const one of extensions) at.handlers.set(extensionNamed(one), name);
  const isScoped = directive.scope.length > 0 && kind !== "cgi" && kind !== "php" && kind !== "unknown";
  return (
    outcome ?? (isScoped ? approximated(adoptMessage("extension-everywhere", { name: extensions.join(" ") })) : null)
  );
};

const setIf: Apply = (at, directive) => {
  const [attribute = "", pattern = "", ...sets] = directive.key.startsWith("browser")
    ? ["User-Agent", ...directive.words]
    : directive.words;
  if (sets.length === 0) return malformed(directive);
  if (sets.every((set) => ownVariables.test(set.replace(/^!|=.*/g, "")))) return null;
  if (/^authorization$/i.test(attribute) && sets.every((set) => /^HTTP_AUTHORIZATION=\$[01]$/.test(set))) {
    at.passAuthorization = true;
    return null;
  }
  if (!/^(?:\^|\.\*|\^\.\*\$?|\(\.\*\))$/.test(pattern) || sets.some((set) => /[$!]/.test(set)))
    return leftOut(adoptMessage("per-request"));
  for (const set of sets) at.variables.set(set.replace(/=.*/s, ""), /=(.*)/s.exec(set)?.[1] ?? "1");
  return null;
};

const phpSetting: Apply = (at, directive) => {
  const [name = "", value = ""] = directive.words;
  if (!/^[\w.]+$/.test(name)) return malformed(directive);
  const isFlag = directive.key.endsWith("flag");
  at.php.set(name, { value: isFlag ? (/^(?:on|1|yes|true)$/i.test(value) ? "1" : "0") : value, line: directive });
  return directive.scope.length === 0 ? null : approximated(adoptMessage("extension-everywhere", { name: ".php" }));
};

const passAuthorization: Apply = (at, { words: [word = ""] }) => {
  at.passAuthorization = /^on$/i.test(word);
  return null;
};

const restricts: Apply = (at, directive) => {
  at.accessLines.push(directive);
  return at.access.old(directive);
};

export const placeDirectives: Readonly<Record<string, Apply>> = {
  require: (at, directive) => {
    if (directive.words.length === 0) return malformed(directive);
    at.accessLines.push(directive);
    return at.access.require(directive);
  },
  order: restricts,
  allow: restricts,
  deny: restricts,
  satisfy: restricts,
  authtype: (at, { words: [type = ""] }) => {
    at.access.type = type.toLowerCase();
    return /^(?:basic|none)$/i.test(type) ? null : approximated(adoptMessage("sign-in-not-possible"));
  },
  authname: (at, { words: [realm = ""] }) => {
    at.access.realm = realm;
    return null;
  },
  authuserfile: (at, { words: [file = ""] }, { serverRoot }) => {
    at.access.passwords = file.startsWith("/") ? file : `${serverRoot}/${file}`;
    return null;
  },
  authbasicprovider: (at, { words: [provider = ""] }) => {
    if (/^file$/i.test(provider)) return null;
    at.access.type = provider;
    return approximated(adoptMessage("sign-in-not-possible"));
  },
  options: (at, { words }) => {
    const given = words.map((word) => word.toLowerCase());
    const next = new Set(given.every((word) => /^[+-]/.test(word)) ? at.options : []);
    for (const word of given) {
      const name = word.replace(/^[+-]/, "");
      const names =
        name === "all" && !word.startsWith("-") ? ["indexes", "execcgi", "followsymlinks", "includes"] : [name];
      for (const one of names)
        if (word.startsWith("-")) next.delete(one);
        else next.add(one);
    }
    at.options = next;
    const hasMultiViews = given.includes("multiviews") || given.includes("+multiviews");
    return hasMultiViews ? approximated(adoptMessage("options-without-equivalent", { name: "MultiViews" })) : null;
  },
  addhandler: byExtension,
  addtype: byExtension,
  sethandler: (at, { words: [name = ""], scope }, circumstances) => {
    at.handler = /^none$/i.test(name) ? null : name;
    const isWhole = scope.some(({ key }) => key.startsWith("files"));
    const { kind } = handlerKind(name, circumstances.actions);
    if (kind === "action" && !isWhole) return leftOut(adoptMessage("no-equivalent", { name }));
    return handlerOutcome(name, circumstances);
  },
  removehandler: (at, { words }) => {
    for (const one of words) at.handlers.delete(extensionNamed(one));
    return null;
  },
  directoryindex: (at, { words }) => {
    const isStrange = (word: string) => word.includes("/") && !/^\/.*[^/]$/.test(word);
    const strange = words.find(isStrange);
    at.index = words.filter((word) => word !== "disabled" && !isStrange(word));
    return strange === undefined ? null : approximated(adoptMessage("no-equivalent", { name: strange }));
  },
  setenv: (at, directive) => {
    const [name = "", value = ""] = directive.words;
    if (name === "") return malformed(directive);
    if (!ownVariables.test(name)) at.variables.set(name, value);
    return null;
  },
  unsetenv: (at, { words }) => {
    for (const name of words) at.variables.delete(name);
    return null;
  },
  setenvif: setIf,
  setenvifnocase: setIf,
  browsermatch: setIf,
  browsermatchnocase: setIf,
  cgipassauth: passAuthorization,
  wsgipassauthorization: passAuthorization,
  fallbackresource: (at, directive) => {
    const [path = ""] = directive.words;
    if (path === "") return malformed(directive);
    at.fallback = path === "disabled" ? null : { path, line: directive };
    return null;
  },
  errordocument: () => approximated(adoptMessage("own-error-page")),
  php_flag: phpSetting,
  php_value: phpSetting,
  php_admin_flag: phpSetting,
  php_admin_value: phpSetting,
};

/** The server's own operation, and what has no effect on a response here. */
export const serverOwn =
  /^(?:user|group|pidfile|errorlog(?:format)?|customlog|transferlog|logformat|loglevel|globallog|keepalive\w*|maxkeepaliverequests|hostnamelookups|servertokens|traceenable|defaultruntimedir|mutex|lockfile|coredumpdirectory|scoreboardfile|startservers|minspare\w*|maxspare\w*|maxrequest\w*|maxclients|maxconnectionsperchild|thread\w*|serverlimit|asyncrequestworkerfactor|listenbacklog|usecanonical\w*|contentdigest|enablesendfile|enablemmap|filetag|fileetag|accessfilename|typesconfig|mimemagicfile|scriptsock|scriptlog\w*|cgidscripttimeout|namevirtualhost|requestreadtimeout|indexoptions|index(?:ignore|orderdefault|stylesheet|headinsert)|addicon\w*|adddescription|add(?:alt)\w*|defaulticon|headername|readmename|extendedstatus|seerequesttail|ssl(?!require|verify)\w*|protocols\w*|rewritelog\w*|rewritebase|directorycheckhandler|serverpath|gracefulshutdowntimeout|receivebuffersize|sendbuffersize|deflate\w*|cachedisable|authmerging|loadfile|languagepriority|forcelanguagepriority|wsgi(?:socketprefix|restrict\w+|application\w*|lazyinitialization|processgroup|threads\w*)|fcgid\w*|ssilegacyexprparser|xbithack|addmodule|clearmodulelist|limitrequest(?:line|field\w*)|limitxml\w*|limitinternalrecursion|acceptfilter|bufferedlogs|suexecusergroup|h2\w*)$/;
