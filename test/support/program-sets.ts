// Debian's programs that are written for CGI, and requests to each; and in what we differ from Apache, with who is right.
import { request } from "./gateway.js";

export interface ProgramSet {
  /** Of the package, and in the URL. */
  readonly name: string;
  readonly file: string;
  /** "{path}" is the program's. */
  readonly requests: readonly string[];
  /** Rules that are right about this program. */
  readonly loud?: readonly string[];
}
export interface KnownDifference {
  readonly name: string;
  /** In the request's bytes. */
  readonly asked: RegExp;
  readonly right: "we" | "Apache" | "nobody";
  readonly why: string;
}

const close = "Connection: close";
const get = (rest: string): string => request("GET", `{path}${rest}`, [close]);
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
const set = (name: string, file: string, requests = usual, loud: readonly string[] = []): ProgramSet => ({
  ...{ name, file, requests, loud },
});
/** The examples of CGI.pm use Template, which its package only recommends. */
const needsTemplate = "perl-module-missing";
const cgi = "/usr/lib/cgi-bin";
const template = [
  request("GET", "/page.tpl?a=1", [close]),
  request("HEAD", "/page.tpl", [close]),
  request("GET", "/none.tpl", [close]),
];

export const programSets: readonly ProgramSet[] = [
  set("parser3", `${cgi}/parser3`, template),
  set("haserl", "/usr/bin/haserl", [request("GET", "/cgi-bin/page.haserl?a=1", [close])]),
  set("man2html", `${cgi}/man/man2html`, [
    ...usual,
    get("?1+ls"),
    get("?none"),
    request("GET", "{path}?1+ls", [close, `If-Modified-Since: ${new Date(Date.now() - 60_000).toUTCString()}`]),
    request("GET", "{path}?1+ls", [close, "If-Unmodified-Since: Fri, 01 Jan 1999 00:00:00 GMT"]),
  ]),
  set("mansearch", `${cgi}/man/mansearch`),
  set("manwhatis", `${cgi}/man/manwhatis`),
  set("mansec", `${cgi}/man/mansec`),
  set("info2www", `${cgi}/info2www`, [...usual, get("?(dir)")]),
  set("mimetex", `${cgi}/mimetex.cgi`, [get("?x%5E2"), get(""), head]),
  set("namazu", `${cgi}/namazu.cgi`, [...usual, get("?query=x&max=20")]),
  set("usemod-wiki", `${cgi}/wiki.pl`, [...usual, get("?HomePage"), get("?action=rc")]),
  set("blosxom", `${cgi}/blosxom`),
  // ends in a TypeError after its headers
  set("doc-central-contents", `${cgi}/doc-central/contents.cgi`, usual, ["python-error", "ended-badly"]),
  ...["browse", "search", "viewdoc"].map((name) => set(`doc-central-${name}`, `${cgi}/doc-central/${name}.cgi`)),
  ...["qadm", "qfts", "qupl"].map((name) => set(name, `${cgi}/${name}.cgi`)),
  set("omega", `${cgi}/omega/omega`, [...usual, get("?P=word&DB=none")]),
  set("awstats", `${cgi}/awstats.pl`),
  set("cvsweb", `${cgi}/cvsweb`),
  set("upsstats", `${cgi}/nut/upsstats.cgi`),
  set("upsimage", `${cgi}/nut/upsimage.cgi`),
  set("upsset", `${cgi}/nut/upsset.cgi`),
  set("apcupsd", `${cgi}/apcupsd/multimon.cgi`),
  set("upsfstats", `${cgi}/apcupsd/upsfstats.cgi`),
  set("cgi-cookie", "/usr/share/doc/libcgi-pm-perl/examples/cookie.cgi", usual, [needsTemplate]),
  set("cgi-image", "/usr/share/doc/libcgi-pm-perl/examples/clickable_image.cgi", usual, [needsTemplate]),
  set("cgi-wikipedia", "/usr/share/doc/libcgi-pm-perl/examples/wikipedia_example.cgi"),
  set("gitweb", "/usr/share/gitweb/gitweb.cgi"),
  set("cgit", "/usr/lib/cgit/cgit.cgi"),
  set("git-http-backend", "/usr/lib/git-core/git-http-backend"),
  set("w3mbookmark", "/usr/lib/w3m/cgi-bin/w3mbookmark"),
  set("w3mhelp", "/usr/lib/w3m/cgi-bin/w3mhelp.cgi", usual, ["text-before-header"]), // it needs w3m's own environment
  set("w3mmail", "/usr/lib/w3m/cgi-bin/w3mmail.cgi"),
  set("dirlist", "/usr/lib/w3m/cgi-bin/dirlist.cgi"),
  set("multipart", "/usr/lib/w3m/cgi-bin/multipart.cgi", usual, ["failed-before-output"]), // the same
  set("hgweb", "/usr/share/doc/mercurial-common/examples/hgweb.cgi", usual, ["python-module-missing", "python-error"]), // as unpacked
  set("swish-e", "/usr/lib/swish-e/swish.cgi"),
];

export const knownDifferences: readonly KnownDifference[] = [];
