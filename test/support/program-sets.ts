// Debian's programs for CGI, FastCGI and PHP, and small ones on the libraries that it has for them, with requests to
// each; and in what we differ from Apache, with who is right.
import { existsSync } from "node:fs";
import { request } from "./gateway.js";
import { copied, emptyRepository, fixture, libfcgiEcho, liteAdmin, template } from "./program-files.js";
import type { TempFolder } from "./temp-workspace.js";

export interface ProgramSet {
  /** In the URL of a program with a route, and in the table. */
  readonly name: string;
  /** Debian's packages, separated by spaces. */
  readonly packages: string;
  /**
   * How both servers run it: a new process for each request; processes that stay;
   * php-cgi that stays, for all files of a folder.
   */
  readonly way: "cgi" | "fastcgi" | "php";
  /** Absolute: a route leads there. Otherwise in the served folder. */
  readonly file: string;
  /** Puts it there, and what it reads. */
  readonly prepare: ((folder: TempFolder) => void) | null;
  /** "{path}" is the program's. */
  readonly requests: readonly string[];
  /** Rules that are right about this program. */
  readonly loud: readonly string[];
  /** How it prints the time that it took, where that is not a number of seconds each time. */
  readonly ranFor: RegExp | null;
  /** In place of one route and of Apache's line: ours, and Apache's. */
  readonly configured?: { readonly routes: readonly object[]; readonly lines: readonly string[] };
}
export interface KnownDifference {
  readonly name: string;
  /** In the request's bytes. */
  readonly asked: RegExp;
  /** "neither": both responses are right. A response worse than Apache's is no known difference: it is to be mended. */
  readonly right: "we" | "neither";
  readonly why: string;
}

/** Each of its packages is there. */
export const isInstalled = ({ packages, file }: ProgramSet): boolean =>
  packages.split(" ").every((name) => existsSync(`/usr/share/doc/${name}`)) && (!isRouted(file) || existsSync(file));

const isRouted = (file: string): boolean => file.startsWith("/");

/** Its path in URLs; that of a folder for PHP. */
export const pathOf = ({ name, file, way }: ProgramSet): string =>
  !isRouted(file) ? `/${file}` : way === "php" ? `/programs/${name}/` : `/programs/${name}`;

/** Our routes to those with one. */
export const routesTo = (sets: readonly ProgramSet[]) =>
  sets
    .filter(({ file }) => isRouted(file))
    .flatMap(
      (set) =>
        set.configured?.routes ?? [
          {
            path: pathOf(set),
            ...(set.way === "php" ? { dir: set.file } : { file: set.file }),
            ...(set.way === "fastcgi" && { mode: "fastcgi" }),
          },
        ],
    );

/** The same for Apache: of the programs for CGI, */
export const cgiRoutes = (sets: readonly ProgramSet[]) =>
  sets
    .filter(({ file, way, configured }) => isRouted(file) && way === "cgi" && !configured)
    .map((set) => ({ path: pathOf(set), file: set.file }));

/** and of the others. */
export const apacheLines = (sets: readonly ProgramSet[]): string[] =>
  sets
    .filter(({ file, way, configured }) => isRouted(file) && (way !== "cgi" || configured))
    .flatMap(
      (set) =>
        set.configured?.lines ?? [
          `Alias ${pathOf(set)} ${set.file}${set.way === "php" ? "/" : ""}`,
          ...(set.way === "fastcgi" ? [`<Location ${pathOf(set)}>`, "SetHandler fcgid-script", "</Location>"] : []),
        ],
    );

const close = "Connection: close";
const get = (rest: string, ...headers: string[]): string => request("GET", `{path}${rest}`, [close, ...headers]);
const form = "a=1&b=x+y";
const post = request(
  "POST",
  "{path}",
  [close, "Content-Type: application/x-www-form-urlencoded", `Content-Length: ${form.length}`],
  form,
);
const head = request("HEAD", "{path}", [close]);
/** Any program can be asked so. */
const usual = [get(""), get("?a=1"), get("/extra/path?a=1"), head, post];
const set = (
  packages: string,
  name: string,
  file: string,
  requests = usual,
  loud: readonly string[] = [],
): ProgramSet => ({ ...{ name, packages, file, requests, loud }, way: "cgi", prepare: null, ranFor: null });
const inFolder = (
  packages: string,
  file: string,
  prepare: (folder: TempFolder) => void,
  requests = usual,
): ProgramSet => ({ ...set(packages, file, file, requests), prepare });
/** A program whose path ends in a slash, and a redirect from the path without it, as Debian's cgit.conf has it. */
const behindSlash = (packages: string, name: string, file: string, rests: readonly string[]): ProgramSet => {
  const path = `/programs/${name}`;
  return {
    ...set(
      packages,
      name,
      file,
      ["", "?a=1", "/", ...rests].map((rest) => get(rest)),
    ),
    configured: {
      routes: [
        { path, redirect: { to: `${path}/`, exact: true } },
        { path: `${path}/`, file },
      ],
      lines: [`RedirectMatch ^${path}$ ${path}/`, `ScriptAlias ${path}/ ${file}/`],
    },
  };
};
/** The examples of CGI.pm use Template, which its package only recommends. */
const needsTemplate = "perl-module-missing";
const cgi = "/usr/lib/cgi-bin";
const templates = [
  request("GET", "/page.tpl?a=1", [close]),
  request("HEAD", "/page.tpl", [close]),
  request("GET", "/none.tpl", [close]),
];

const plain: readonly ProgramSet[] = [
  { ...set("parser3-cgi", "parser3", `${cgi}/parser3`, templates), prepare: template },
  inFolder("haserl", "cgi-bin/page.haserl", fixture("page.haserl"), [get("?a=1")]),
  set("man2html", "man2html", `${cgi}/man/man2html`, [
    ...usual,
    get("?1+ls"),
    get("?none"),
    request("GET", "{path}?1+ls", [close, `If-Modified-Since: ${new Date(Date.now() - 60_000).toUTCString()}`]),
    request("GET", "{path}?1+ls", [close, "If-Unmodified-Since: Fri, 01 Jan 1999 00:00:00 GMT"]),
  ]),
  set("man2html", "mansearch", `${cgi}/man/mansearch`),
  set("man2html", "manwhatis", `${cgi}/man/manwhatis`),
  set("man2html", "mansec", `${cgi}/man/mansec`),
  set("info2www", "info2www", `${cgi}/info2www`, [...usual, get("?(dir)")]),
  set("mimetex", "mimetex", `${cgi}/mimetex.cgi`, [get("?x%5E2"), get(""), head]),
  set("namazu2", "namazu", `${cgi}/namazu.cgi`, [...usual, get("?query=x&max=20")]),
  set("usemod-wiki", "usemod-wiki", `${cgi}/wiki.pl`, [...usual, get("?HomePage"), get("?action=rc")]),
  set("blosxom", "blosxom", `${cgi}/blosxom`),
  // ends in a TypeError after its headers
  set("doc-central", "doc-central-contents", `${cgi}/doc-central/contents.cgi`, usual, ["python-error", "ended-badly"]),
  ...["browse", "search", "viewdoc"].map((name) =>
    set("doc-central", `doc-central-${name}`, `${cgi}/doc-central/${name}.cgi`),
  ),
  ...["qadm", "qfts", "qupl"].map((name) => set("qdbm-cgi", name, `${cgi}/${name}.cgi`)),
  set("xapian-omega", "omega", `${cgi}/omega/omega`, [...usual, get("?P=word&DB=none")]),
  set("awstats", "awstats", `${cgi}/awstats.pl`),
  set("cvsweb", "cvsweb", `${cgi}/cvsweb`),
  set("nut-cgi", "upsstats", `${cgi}/nut/upsstats.cgi`),
  set("nut-cgi", "upsimage", `${cgi}/nut/upsimage.cgi`),
  set("nut-cgi", "upsset", `${cgi}/nut/upsset.cgi`),
  set("apcupsd-cgi", "apcupsd", `${cgi}/apcupsd/multimon.cgi`),
  set("apcupsd-cgi", "upsfstats", `${cgi}/apcupsd/upsfstats.cgi`),
  set("libcgi-pm-perl", "cgi-cookie", "/usr/share/doc/libcgi-pm-perl/examples/cookie.cgi", usual, [needsTemplate]),
  set("libcgi-pm-perl", "cgi-image", "/usr/share/doc/libcgi-pm-perl/examples/clickable_image.cgi", usual, [
    needsTemplate,
  ]),
  set("libcgi-pm-perl", "cgi-wikipedia", "/usr/share/doc/libcgi-pm-perl/examples/wikipedia_example.cgi"),
  set("git libcgi-pm-perl", "gitweb", "/usr/share/gitweb/gitweb.cgi"),
  set("cgit", "cgit", "/usr/lib/cgit/cgit.cgi"),
  set("git", "git-http-backend", "/usr/lib/git-core/git-http-backend"),
  behindSlash("cgit", "cgit-slash", "/usr/lib/cgit/cgit.cgi", ["/none/"]),
  behindSlash("git", "git-slash", "/usr/lib/git-core/git-http-backend", ["/none.git/HEAD"]),
  set("w3m", "w3mbookmark", "/usr/lib/w3m/cgi-bin/w3mbookmark"),
  // It needs w3m's own environment.
  set("w3m", "w3mhelp", "/usr/lib/w3m/cgi-bin/w3mhelp.cgi", usual, ["text-before-header"]),
  set("w3m", "w3mmail", "/usr/lib/w3m/cgi-bin/w3mmail.cgi"),
  set("w3m", "dirlist", "/usr/lib/w3m/cgi-bin/dirlist.cgi"),
  set("w3m", "multipart", "/usr/lib/w3m/cgi-bin/multipart.cgi", usual, ["failed-before-output"]), // the same
  set("mercurial-common", "hgweb", "/usr/share/doc/mercurial-common/examples/hgweb.cgi", usual, [
    "python-module-missing",
    "python-error",
  ]), // as unpacked
  set("swish-e", "swish-e", "/usr/lib/swish-e/swish.cgi"),
  set("onak", "onak-lookup", `${cgi}/pks/lookup`, [...usual, get("?op=index&search=0x12345678")]),
  ...["add", "gpgwww"].map((name) => set("onak", `onak-${name}`, `${cgi}/pks/${name}`)),
  // A form is no end of a query to it.
  set("onak", "onak-hashquery", `${cgi}/pks/hashquery`, [get(""), get("?a=1"), head]),
  set("libcgi-session-perl", "cgi-session", "/usr/share/doc/libcgi-session-perl/examples/subscriptions.cgi"),
  set("lightsquid", "lightsquid", `${cgi}/lightsquid/index.cgi`),
  // it repeats parameters in an order of chance: one at a time
  set("moosefs-cgi", "moosefs", "/usr/share/moosefs-cgi/mfs.cgi", [get(""), get("?a=1"), get("/extra/path?a=1"), head]),
  set("w3c-markup-validator", "w3c-markup-validator", `${cgi}/w3c-markup-validator/check`),
  set("htdig", "htsearch", `${cgi}/htsearch`),
  set("squid-cgi", "cachemgr", `${cgi}/cachemgr.cgi`),
  set("poppass-cgi", "poppass", `${cgi}/poppass`),
  {
    ...inFolder("analog", "cgi-bin/anlgform.pl", copied("/usr/share/analog/anlgform.pl")), // as its documentation says
    ranFor: /(?<=Running time:<\/span> )(?:Less than 1 second|1 second|\d+ seconds)(?=\.)/,
  },
  inFolder("fossil", "cgi-bin/fossil", emptyRepository, [get(""), get("/index"), get("/help"), get("/none"), head]),
  // to HEAD it says that it reads parameters from standard input
  {
    ...inFolder("rrdtool", "cgi-bin/page.rrd", fixture("page.rrd"), [...usual, get("?a=2", "Cookie: b=3")]),
    loud: ["text-before-header"],
  },
  inFolder("libcgi-application-perl", "cgi-bin/pages.pl", fixture("pages.pl"), [...usual, get("?do=leave")]),
  inFolder("libmojolicious-perl", "cgi-bin/mojo.pl", fixture("mojo.pl"), [...usual, get("/leave")]),
  inFolder("python3", "cgi-bin/wsgi.py", fixture("wsgi.py")),
  inFolder("tcllib", "cgi-bin/ncgi.tcl", fixture("ncgi.tcl"), [...usual, get("?leave=1")]),
];

/** How Apache keeps processes. */
const fcgid = "libapache2-mod-fcgid";
const resident: readonly ProgramSet[] = [
  inFolder("libfcgi-dev gcc", "resident/echo.fcgi", libfcgiEcho),
  inFolder("ruby-fcgi", "resident/ruby.fcgi", fixture("echo.rb", "resident/ruby.fcgi")),
  set("libfcgi-perl", "libfcgi-perl", "/usr/share/doc/libfcgi-perl/examples/echo.pl", [get("?a=1"), post]), // 3 s each
  inFolder(
    "git libcgi-fast-perl",
    "resident/gitweb.fcgi",
    copied("/usr/share/gitweb/gitweb.cgi", "resident/gitweb.fcgi"),
  ),
  inFolder("fcgiwrap", "resident/page.wrapped", fixture("page.wrapped", "resident/page.wrapped")),
];

/** What exists is served, and index.php gets everything else; Apache's lines are those of its package. */
const icinga = "/usr/share/icingaweb2/public";
const pages: readonly ProgramSet[] = [
  {
    ...set("icingaweb2", "icingaweb2", icinga, [
      ...["", "index.php", "authentication/login", "css/icinga.min.css", "img/icinga-logo.svg"].map((rest) =>
        get(rest),
      ),
      ...["none/at-all?a=1", "img/none.png", "css"].map((rest) => get(rest)),
    ]),
    configured: {
      routes: [{ path: "/programs/icingaweb2/", dir: icinga, fallback: "index.php" }],
      lines: [
        `Alias /programs/icingaweb2/ ${icinga}/`,
        ...[`<Directory ${icinga}>`, "RewriteEngine on", "RewriteBase /programs/icingaweb2/"],
        ...["-s [OR]", "-l [OR]", "-d"].map((test) => `RewriteCond %{REQUEST_FILENAME} ${test}`),
        ...["RewriteRule ^.*$ - [NC,L]", "RewriteRule ^.*$ index.php [NC,L]"],
        ...["<Files *.svg>", "ForceType image/svg+xml", "</Files>", "</Directory>"], // mod_mime is not loaded
      ],
    },
  },
  set("adminer", "adminer", "/usr/share/adminer", [get("adminer.php"), get("adminer.php?file=default.css")]),
  inFolder("phpliteadmin", "phpliteadmin/phpliteadmin.php", liteAdmin, [...usual, get("?resource=css")]),
];

export const programSets: readonly ProgramSet[] = [
  ...plain,
  ...resident.map((one) => ({ ...one, way: "fastcgi" as const, packages: `${one.packages} ${fcgid}` })),
  ...pages.map((one) => ({ ...one, way: "php" as const, packages: `${one.packages} php-cgi ${fcgid}` })),
];

export const knownDifferences: readonly KnownDifference[] = [
  {
    name: "libfcgi-perl",
    asked: /./,
    right: "we",
    why: "it shows its variables: mod_fcgid sets CONTENT_LENGTH without a body, and each server has names of its own",
  },
  {
    name: "cgi-bin/ncgi.tcl",
    asked: /leave/,
    right: "neither",
    why: "Location and a document without Status (RFC 3875 §6.2.4 asks for it): Apache sends a page of its own",
  },
];
