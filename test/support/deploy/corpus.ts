// A folder with a script in each mode that a server may have, and what a machine with its kit must serve of it.
import { createHash } from "node:crypto";
import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { commandLine, serve } from "../command-line.js";
import { repositoryRoot } from "../repository.js";
import { type TempFolder, tempFolder } from "../temp-workspace.js";
import { waitFor } from "../wait-for.js";
import { Machine } from "./machine.js";

/** The servers that Debian packages, each with a program of its package. */
export const servers = [
  ["apache", "a2enmod"], // beside the server itself
  ["nginx", "nginx"],
  ["lighttpd", "lighttpd"],
  ["busybox", "busybox"],
  ["caddy", "caddy"],
  ["h2o", "h2o"],
] as const;
type Server = (typeof servers)[number][0];

const python = `#!/usr/bin/env python3
import os, sys
import lib.greeting # and ./shop.db
body = sys.stdin.buffer.read(int(os.environ.get("CONTENT_LENGTH") or 0))
print("Status: 201 Made\\nContent-Type: text/plain; charset=utf-8\\nX-Own: yes\\n")
for name in ("REQUEST_METHOD", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "CONTENT_TYPE", "GREETING", "HTTP_AUTHORIZATION"):
    print(name, os.environ.get(name) or "-")
print(lib.greeting.words, body)
`;
const perl = `#!/usr/bin/perl
read STDIN, my $body, $ENV{CONTENT_LENGTH} || 0; # fcgiwrap fails when a script ends before its request body is written
print "Content-Type: text/plain\\n\\n$ENV{SCRIPT_NAME} $ENV{PATH_INFO} $ENV{GREETING}\\n";
`;
const greeting = `it's "5 %s" $HOME \\\\ \`x\` ü`;

/** Names that mean something to a shell, to systemd or to a server's configuration. */
const hostile = [
  ...["it's $odd; {ü} #1 %41.pl", 'a"b.pl', "a$b.pl", "a%b.pl", "a;b.pl", "a{b}.pl", "a#b.pl", "a&b.pl", "a|b.pl"],
  ...["a`b`.pl", "a\\b.pl", "a(b).pl", "a[b].pl", "a*b.pl", "a?b.pl", "ä€.pl", "-rf.pl", "a~b!.pl", "$(reboot).pl"],
];

/** A folder with a script in each mode that the server may have. */
function shop(folder: TempFolder, server: Server, isCgiAlone: boolean, odd: readonly string[]): void {
  folder.makeFolder("shop/cgi-bin/lib");
  folder.makeFolder("shop/private");
  const write = (path: string, text: string, isScript = true) => {
    folder.write(`shop/${path}`, text);
    if (isScript) folder.makeExecutable(`shop/${path}`);
  };
  // BusyBox sends the lines of a header as the script ended them, and clients want CRLF.
  const inLines = (text: string) =>
    isCgiAlone
      ? text
          .replace("body =", 'sys.stdout.reconfigure(newline="\\r\\n")\nbody =')
          .replace("print", 'binmode STDOUT, ":crlf";\nprint')
      : text;
  for (const name of ["plain.py", "forked.py", "kept.py"])
    write(`cgi-bin/${name}`, inLines(python).replace('binmode STDOUT, ":crlf";\n', ""));
  write("cgi-bin/lib/greeting.py", "words = 'good day'\n", false);
  write("cgi-bin/plain.pl", inLines(perl));
  write("cgi-bin/unread.pl", inLines(perl.replace(/^read .*\n/m, "")));
  write("page.html", "<p>a page\n", false);
  if (isCgiAlone) return;
  for (const name of odd) write(`cgi-bin/${name}`, perl);
  write("cgi-bin/kept.pl", perl.replace(/^read .*\n/m, ""));
  write("cgi-bin/own.rb", `#!/usr/bin/env ruby\nputs "Content-Type: text/plain\\n\\n#{ENV["PATH_INFO"]}"\n`);
  write(
    "app.wsgi",
    `def application(environ, start_response):
    start_response("202 Taken", [("Content-Type", "text/plain"), ("X-Own", "yes")])
    return [environ["PATH_INFO"].encode(), environ["QUERY_STRING"].encode()]
`,
    false,
  );
  write("app.psgi", `sub { [200, ["Content-Type" => "text/plain"], [$_[0]{PATH_INFO}]] }\n`, false);
  write("config.ru", `run ->(env) { [200, { "content-type" => "text/plain" }, [env["PATH_INFO"]]] }\n`, false);
  write(
    "page.php",
    `<?php header("X-Own: yes"); echo $_SERVER["REQUEST_METHOD"], $_SERVER["PATH_INFO"] ?? "", $_GET["a"] ?? "";`,
    false,
  );
  if (runsOwnFastcgi(server))
    write("cgi-bin/own.fcgi", readFileSync(join(repositoryRoot, "test/fixtures/deploy/own.fcgi"), "utf8"));
  write("shop.db", "secret", false);
  write("private/notes.txt", "secret", false);
  folder.makeFolder("shop/staff");
  write("staff/list.html", "for the staff", false);
  write("staff/all.db", "secret", false);
  write("staff/own.pl", `${perl}# all.db\n`);
  write("users", `ada:{SHA}${createHash("sha1").update("word").digest("base64")}\n`, false);
  const auth = { realm: 'The "staff"', htpasswd: "users" };
  write(
    "cgi-workbench.json",
    JSON.stringify({
      variables: { GREETING: greeting, API_TOKEN: "do not copy" },
      routes: [{ path: "/private/", deny: true }, ...(asksForPasswords(server) ? [{ path: "/staff/", auth }] : [])],
      scripts: {
        "cgi-bin/forked.py": { mode: "prefork" },
        "cgi-bin/kept.py": { mode: "persistent", preload: ["json"] },
        "cgi-bin/kept.pl": { mode: "persistent" },
        ...Object.fromEntries(odd.slice(0, 2).map((name) => [`cgi-bin/${name}`, { mode: "persistent" }])),
        "cgi-bin/own.rb": { mode: "prefork" },
        ...(runsOwnFastcgi(server) ? { "cgi-bin/own.fcgi": { mode: "fastcgi" } } : {}),
      },
    }),
    false,
  );
}

const asksForPasswords = (server: Server): boolean => !["busybox", "caddy", "h2o"].includes(server);

/** h2o would give it some variables twice. */
const runsOwnFastcgi = (server: Server): boolean => !["busybox", "h2o"].includes(server);

const below = (path: string): string => `/${path.split("/").map(encodeURIComponent).join("/")}`;
const scriptsOf = (server: Server, isCgiAlone: boolean, odd: readonly string[]): string[] => [
  ...[
    "cgi-bin/plain.py",
    "cgi-bin/forked.py",
    "cgi-bin/kept.py",
    "cgi-bin/plain.pl",
    ...(server === "apache" || server === "lighttpd" ? ["cgi-bin/unread.pl"] : []),
  ],
  ...(isCgiAlone
    ? []
    : [
        ...[...odd.map((name) => `cgi-bin/${name}`), "cgi-bin/kept.pl", "cgi-bin/own.rb"],
        ...(runsOwnFastcgi(server) ? ["cgi-bin/own.fcgi"] : []),
        ...["app.wsgi", "app.psgi", "config.ru", "page.php"],
      ]),
];

async function ask(base: string, target: string, init: RequestInit = {}) {
  const response = await fetch(base + target, { ...init, redirect: "manual" });
  const { status, headers } = response;
  return { status, type: headers.get("content-type"), own: headers.get("x-own"), body: await response.text() };
}

/** On a machine with the programs of this one, or on a clean one (see {@link Machine.start}). */
export async function expectServed(server: Server, cleanRoot?: string): Promise<void> {
  using folder = tempFolder();
  chmodSync(folder.path, 0o755);
  const isCgiAlone = server === "busybox";
  const odd = server === "caddy" || server === "h2o" ? [] : hostile;
  shop(folder, server, isCgiAlone, odd);
  const out = folder.file("kit");
  const made = await commandLine(["deploy", folder.file("shop"), "--to", server, "--out", out, "--name", "shop"]);
  expect([made.exitCode, made.stderr]).toEqual([0, made.stderr]);
  await using machine = await Machine.start(cleanRoot);
  machine.install(out);
  await using here = await serve([folder.file("shop"), "--no-ui", "--port", "0"]);
  const there = await machine.reach(80);
  await waitFor(`${server} answers`, () =>
    fetch(there, { signal: AbortSignal.timeout(5_000) }).then(
      () => true,
      () => false,
    ),
  );

  for (const path of scriptsOf(server, isCgiAlone, odd)) {
    const target = `${below(path)}/more/%C3%BC?a=1&b=%20`;
    const requests: RequestInit[] = [
      {},
      { method: "POST", body: "n=1", headers: { "Content-Type": "text/x-own", Authorization: "Basic YTpi" } },
    ];
    for (const init of requests)
      expect([path, await ask(there, target, init)]).toEqual([path, await ask(here.ready.scripts, target, init)]);
  }
  // What is never served is so by its own name, and not by what a script finds behind its own.
  const behind = "/cgi-bin/plain.pl/notes.bak/.git/shop.db";
  expect(await ask(there, behind)).toEqual(await ask(here.ready.scripts, behind));
  expect(await ask(there, "/page.html")).toMatchObject({ status: 200, body: "<p>a page\n" });
  for (const path of [
    "cgi-bin/lib/greeting.py",
    "shop.db",
    "shop.db/x",
    "page.html/x",
    "private/notes.txt/x",
    "cgi-bin/lib/greeting.py/x",
    "private/notes.txt",
    ".env",
    "cgi-workbench.json",
    "nothing",
  ])
    expect([path, [403, 404].includes((await ask(there, below(path))).status)]).toEqual([path, true]);
  if (asksForPasswords(server)) {
    machine.run(`install -m 640 -g www-data ${folder.file("shop/users")} /srv/shop/htpasswd`);
    const signedIn = { headers: { Authorization: `Basic ${btoa("ada:word")}` } };
    for (const path of ["staff/list.html", "staff/own.pl", "staff/own.pl/notes.bak"]) {
      expect([path, (await ask(there, below(path))).status]).toEqual([path, 401]);
      const [one, other] = [
        await ask(there, below(path), signedIn),
        await ask(here.ready.scripts, below(path), signedIn),
      ];
      expect([path, one.status, one.body]).toEqual([path, other.status, other.body]);
    }
    for (const path of ["staff/all.db", "users"])
      expect([path, [403, 404].includes((await ask(there, below(path), signedIn)).status)]).toEqual([path, true]);
  }
  machine.run("sed -i 's/^API_TOKEN=$/API_TOKEN=x/' /srv/shop/.env");
  const checked = machine.run("/srv/shop/check.sh");
  expect(checked).toEqual({ code: 0, stdout: "✓ nothing is wrong with shop\n", stderr: "" });
}
