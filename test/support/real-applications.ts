// Real applications that are written for CGI, as the tests run them: cgit, gitweb, git's own backend, programs over
// CGI.pm and php-cgi, a C program; and requests to each.
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { request, type TestGateway } from "./gateway.js";
import { compile, program, type TempFolder } from "./temp-workspace.js";

const cgit = "/usr/lib/cgit/cgit.cgi";
export const gitweb = "/usr/share/gitweb/gitweb.cgi";
const backend = "/usr/lib/git-core/git-http-backend";
const hasCgiPm = program("perl") !== null && runs("perl", "-MCGI", "-e1");

const perlApp = `#!/usr/bin/perl
use CGI qw(-utf8); binmode STDOUT, ':utf8'; my $q = CGI->new;
if ($q->param('go')) { print $q->redirect(-uri => $q->url(-absolute => 1) . '/there', -status => 303); exit }
my $file = $q->upload('file'); my $size = 0; if ($file) { local $/; my $all = <$file>; $size = length $all }
print $q->header(-type => 'text/html', -charset => 'utf-8', -cookie => $q->cookie(-name => 'seen', -value => 'a b'), -status => '200 Fine');
print join('|', map { "$_=" . join(',', $q->multi_param($_)) } sort $q->param), " $size ", $q->cookie('was') // '', ' ', $q->path_info, ' ', $q->request_method, "\\n";
`;
const phpApp = `#!/usr/bin/php-cgi
<?php if (isset($_GET['missing'])) { header('HTTP/1.1 404 Nothing Here'); } setcookie('n', '1'); header('X-Own: yes');
ksort($_GET); ksort($_POST); echo json_encode([$_GET, $_POST, $_COOKIE, $_SERVER['PATH_INFO'] ?? null, $_SERVER['REQUEST_METHOD'], file_get_contents('php://input')]), "\\n";
`;
/** Every variable a gateway is judged by, and the arguments. */
const cApp = `#include <stdio.h>
#include <stdlib.h>
int main(int argc, char **argv) {
  const char *names[] = {"GATEWAY_INTERFACE","PATH_INFO","PATH_TRANSLATED","QUERY_STRING","REMOTE_ADDR","REQUEST_METHOD","SCRIPT_NAME","SERVER_PROTOCOL","CONTENT_TYPE","CONTENT_LENGTH","AUTH_TYPE","REMOTE_USER","HTTP_X_A","HTTP_AUTHORIZATION","HTTP_PROXY","HTTP_X_UNDER","REQUEST_URI","SCRIPT_FILENAME","DOCUMENT_ROOT","REQUEST_SCHEME"};
  printf("Content-Type: text/plain\\n\\n");
  for (unsigned i = 0; i < sizeof names / sizeof *names; i++) { const char *v = getenv(names[i]); printf("%s=%s\\n", names[i], v ? v : "(unset)"); }
  for (int i = 1; i < argc; i++) printf("argv=%s\\n", argv[i]);
  for (int c; (c = getchar()) != EOF;) putchar(c);
  return 0;
}
`;

const close = "Connection: close";
const get = (target: string, ...headers: string[]): string => request("GET", target, [close, ...headers]);
const post = (target: string, type: string, body: string): string =>
  request("POST", target, [close, `Content-Type: ${type}`, `Content-Length: ${body.length}`], body);
const form = "application/x-www-form-urlencoded";
const parts =
  '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="x.bin"\r\n\r\n\x00\xff\x01\r\n--b--\r\n';

/** Which application a request needs, and its bytes. */
export const requests: readonly (readonly [needs: string, bytes: string])[] = [
  ...[
    "/cgit/",
    "/cgit/demo/",
    "/cgit/demo/log/",
    "/cgit/demo/plain/readme.txt",
    "/cgit/demo/commit/?id=HEAD",
    "/cgit/none/",
    "/cgit/demo/snapshot/demo-main.tar.gz",
  ].map((target) => ["cgit", get(target)] as const),
  ...[
    "/gitweb",
    "/gitweb?p=demo.git;a=summary",
    "/gitweb/demo.git/shortlog",
    "/gitweb?p=none.git",
    "/gitweb?p=demo.git;a=blob_plain;f=readme.txt",
    "/gitweb?p=demo.git;a=rss",
  ].map((target) => ["gitweb", get(target)] as const),
  ...[
    "/git/demo.git/HEAD",
    "/git/demo.git/info/refs?service=git-upload-pack",
    "/git/demo.git/info/refs",
    "/git/none.git/HEAD",
    "/git/demo.git/info/refs?service=git-receive-pack",
  ].map((target) => ["backend", get(target)] as const),
  ["perl", get("/cgi-bin/app.pl/in%20fo?a=1&b=%C3%BC&a=2", "Cookie: was=here")],
  ["perl", get("/cgi-bin/app.pl?go=1")],
  ["perl", post("/cgi-bin/app.pl", form, "a=1&b=x+y")],
  ["perl", post("/cgi-bin/app.pl", "multipart/form-data; boundary=b", parts)],
  ["perl", request("HEAD", "/cgi-bin/app.pl?a=1", [close])],
  ["php", get("/cgi-bin/app.php/more?x=1&y[]=2", "Cookie: c=d")],
  ["php", post("/cgi-bin/app.php", form, "p=q&r=%26")],
  ["php", get("/cgi-bin/app.php?missing=1")],
  ["php", request("PUT", "/cgi-bin/app.php", [close, "Content-Type: text/x", "Content-Length: 3"], "raw")],
  ["c", get("/cgi-bin/env")],
  [
    "c",
    get(
      "/cgi-bin/env/a/b%20c?one+t%77o",
      "X-A: 1",
      "X-A: 2",
      "X_Under: evil",
      "Proxy: evil",
      "Authorization: Basic YTpi",
    ),
  ],
  ["c", get("/cgi-bin/env//a//./b/../c?x=%41")],
  ["c", post("/cgi-bin/env", "text/plain", "the body\n")],
  ["c", request("OPTIONS", "/cgi-bin/env/x", [close])],
  ["c", get("/cgi-bin/env/a%2Fb")],
  ["c", get("/cgi-bin/nothing")],
];
/** Which applications are installed. */
export const present: Readonly<Record<string, boolean>> = {
  cgit: existsSync(cgit),
  gitweb: existsSync(gitweb) && hasCgiPm, // its own package comes with git, the module does not
  backend: existsSync(backend),
  perl: hasCgiPm,
  php: program("php-cgi") !== null,
  c: program("cc") !== null,
};

/** Routes and variables of the configuration, for repositories in that folder. */
export function applicationConfig(repositories: TempFolder) {
  const variables = {
    CGIT_CONFIG: repositories.file("cgitrc"),
    GITWEB_CONFIG: repositories.file("gitweb.conf"),
    GIT_PROJECT_ROOT: repositories.path,
    GIT_HTTP_EXPORT_ALL: "1",
    // Apache's scripts run as another user than the repository's.
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: "safe.directory",
    GIT_CONFIG_VALUE_0: "*",
  };
  const routes = [
    { path: "/cgit", file: cgit },
    { path: "/gitweb", file: gitweb },
    { path: "/git", file: backend },
  ];
  return { routes, variables };
}

/** A repository of one commit, and what cgit and gitweb are to know of it. */
export function makeRepository(repositories: TempFolder): void {
  const work = repositories.file("work");
  mkdirSync(work);
  repositories.write("work/readme.txt", "hello\n");
  const git = (...args: string[]) => execFileSync("git", args, { cwd: work, env: gitEnvironment });
  git("init", "-q", "-b", "main");
  git("add", ".");
  git("commit", "-q", "-m", "first");
  execFileSync("git", ["clone", "-q", "--bare", work, repositories.file("demo.git")], { env: gitEnvironment });
  for (const path of [repositories.path, dirname(repositories.path)])
    if (path.includes("cgi-workbench")) chmodSync(path, 0o755);
  repositories.write(
    "cgitrc",
    `cache-size=0\nenable-index-owner=0\nrepo.url=demo\nrepo.path=${repositories.file("demo.git")}\n`,
  );
  repositories.write("gitweb.conf", `$projectroot = "${repositories.path}"; $omit_owner = 1;\n`);
}

/** The programs of the workspace's own. */
export function addPrograms(gateway: TestGateway): void {
  gateway.script("cgi-bin/app.pl", perlApp);
  gateway.script("cgi-bin/app.php", phpApp);
  gateway.file("env.c", cApp);
  if (present["c"]) compile(gateway.folder, "env.c", "cgi-bin/env");
}

export const gitEnvironment = {
  PATH: process.env["PATH"],
  HOME: "/nonexistent",
  GIT_CONFIG_NOSYSTEM: "1",
  ...Object.fromEntries(
    ["AUTHOR", "COMMITTER"].flatMap((who) => [
      [`GIT_${who}_NAME`, "A"],
      [`GIT_${who}_EMAIL`, "a@b"],
      [`GIT_${who}_DATE`, "2026-01-02T03:04:05Z"],
    ]),
  ),
};

function runs(file: string, ...args: string[]): boolean {
  try {
    execFileSync(file, args, { stdio: "ignore" });
    return true;
  } catch {
    return false; // the module is not installed
  }
}
