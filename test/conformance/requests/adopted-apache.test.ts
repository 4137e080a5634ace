// A site of a real Apache, and the configuration that is adopted from its own: the same requests to both get the same
// statuses, media types, targets and bodies.
import { execFileSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { adopt } from "../../../server/adopt/adopt.js";
import { isListening, portForProgram } from "../../support/free-port.js";
import { bodyOf, headOf, startGateway } from "../../support/gateway.js";
import { missingFor } from "../../support/peer-servers.js";
import { startServer } from "../../support/server-process.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

const modules = "/usr/lib/apache2/modules";
const loaded =
  "mpm_prefork authz_core authz_host authz_user access_compat authn_core authn_file auth_basic alias actions cgi dir env mime setenvif rewrite";

const shown =
  "SCRIPT_NAME PATH_INFO QUERY_STRING REQUEST_URI REQUEST_METHOD GREETING PLACE REMOTE_USER HTTP_AUTHORIZATION";
const script = `#!/bin/sh
printf 'Content-Type: text/plain\\n\\n'
for name in ${shown}; do eval "printf '%s=%s\\n' $name \\"\\$$name\\""; done
`;

const site = (folder: string, port: number): string => `
ServerRoot ${folder}
Listen 127.0.0.1:${port}
ServerName localhost
${loaded
  .split(" ")
  .map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`)
  .join("\n")}
PidFile run/pid
DefaultRuntimeDir run
Mutex file:run default
ErrorLog error.log
${process.getuid?.() === 0 ? "User www-data\nGroup www-data" : ""}
TypesConfig /etc/mime.types
Define SITE ${folder}/htdocs
DocumentRoot \${SITE}
DirectoryIndex index.html index.cgi
SetEnv GREETING "good day"
<Directory />
  AllowOverride None
  Options FollowSymLinks
  Require all denied
</Directory>
<Directory \${SITE}>
  Require all granted
</Directory>
<FilesMatch "\\.(inc|bak2)$">
  Require all denied
</FilesMatch>
AddHandler cgi-script .cgi .pl
ScriptAlias /cgi-bin/ ${folder}/programs/
ScriptAlias /tool ${folder}/programs/tool.sh
<Directory ${folder}/programs>
  Require all granted
  SetEnv PLACE programs
</Directory>
<Directory \${SITE}/run>
  Options +ExecCGI
</Directory>
<Directory \${SITE}/secret>
  Require all denied
</Directory>
<Directory \${SITE}/secret/open>
  Require all granted
</Directory>
<Directory \${SITE}/far>
  Require ip 10.0.0.0/8
</Directory>
<Directory \${SITE}/near>
  Require local
</Directory>
<Directory \${SITE}/old>
  Order allow,deny
  Allow from all
  Deny from 127.0.0.1
</Directory>
<Directory \${SITE}/all>
  <RequireAll>
    Require all granted
    Require not ip 127.0.0.1
  </RequireAll>
</Directory>
<Location /run/blocked>
  Require all denied
</Location>
<Directory \${SITE}/staff>
  AuthType Basic
  AuthName "Staff only"
  AuthUserFile ${folder}/users
  Require valid-user
  Options +ExecCGI
</Directory>
<Directory \${SITE}/pages>
  <Files "*.txt">
    Require all denied
  </Files>
  DirectoryIndex start.html
</Directory>
Action marked /cgi-bin/wrap.sh
<Directory \${SITE}/run>
  AddHandler marked .marked
</Directory>
Alias /extra \${SITE}/../outside
<Directory ${folder}/outside>
  Require all granted
  FallbackResource /extra/front.html
</Directory>
Redirect permanent /moved /pages
Redirect 303 /seen http://localhost/other
Redirect gone /lost
RedirectMatch ^/exact$ /pages/start.html
RedirectMatch 404 /\\.git
<IfModule mod_rewrite.c>
  RewriteEngine On
  RewriteRule ^/short$ /pages/start.html [R=302,L]
</IfModule>
<IfModule mod_nosuch.c>
  Redirect /pages /nowhere
</IfModule>
`;

const files: Readonly<Record<string, string>> = {
  "htdocs/index.html": "<p>root</p>",
  "htdocs/a.html": "<p>a</p>",
  "htdocs/a.inc": "secret",
  "htdocs/plain.cgi": script,
  "htdocs/run/a.cgi": script,
  "htdocs/run/index.cgi": script,
  "htdocs/run/b.pl": script,
  "htdocs/run/c.py": script,
  "htdocs/run/d.marked": "text",
  "htdocs/run/e.txt": "text",
  "htdocs/run/blocked/a.cgi": script,
  "htdocs/secret/a.html": "no",
  "htdocs/secret/open/a.html": "<p>yes</p>",
  "htdocs/far/a.html": "far",
  "htdocs/near/a.html": "near",
  "htdocs/old/a.html": "old",
  "htdocs/all/a.html": "all",
  "htdocs/staff/a.cgi": script,
  "htdocs/staff/a.html": "<p>staff</p>",
  "htdocs/pages/start.html": "<p>start</p>",
  "htdocs/pages/note.txt": "note",
  "htdocs/.hidden.inc": "hidden",
  "programs/tool.sh": script,
  "programs/wrap.sh": script,
  "programs/dir/deep.sh": script,
  "outside/front.html": "<p>front</p>",
  "outside/there.html": "<p>there</p>",
};

const user = `Authorization: Basic ${Buffer.from("ann:secret").toString("base64")}`;
const targets = [
  ...["/", "/index.html", "/a.html", "/a.inc", "/a.inc/x", "/nowhere", "/nowhere/deep", "/pages", "/pages/"],
  ...["/plain.cgi", "/plain.cgi/info?x=1", "/run/a.cgi", "/run/a.cgi/info?x=1&y=2", "/run/", "/run/index.cgi?q"],
  ...["/run/b.pl", "/run/c.py", "/run/e.txt", "/run/d.marked", "/run/d.marked?x=1", "/run/nowhere.cgi"],
  ...["/run/blocked/", "/run/blocked/a.cgi", "/run/blocked/nothing", "/secret/a.html", "/secret/", "/secret/none"],
  ...["/secret/open/a.html", "/far/a.html", "/near/a.html", "/old/a.html", "/all/a.html"],
  ...["/staff/a.html", "/staff/a.cgi", "/staff/nowhere", "/pages/start.html", "/pages/note.txt", "/pages/none.txt"],
  ...[
    "/cgi-bin/tool.sh",
    "/cgi-bin/tool.sh/a/b?c=d",
    "/cgi-bin/dir/deep.sh/info",
    "/cgi-bin/none.sh",
    "/tool",
    "/tool/x?y",
  ],
  ...["/extra/there.html", "/extra/none.html", "/extra/none/deeper?x=1", "/moved", "/moved/start.html?x=1", "/seen"],
  ...["/seen/more", "/lost", "/lost/x", "/exact", "/exact/more", "/.git/config", "/short", "/short/more"],
];

/** What must agree. Bodies of errors are each server's own. */
async function seen(ask: (target: string, ...headers: string[]) => Promise<string>, target: string, header: string) {
  const response = await ask(target, header);
  const head = headOf(response);
  const field = (name: string) => new RegExp(`^${name}: (.*?)\r?$`, "im").exec(head)?.[1]?.trim() ?? null;
  const status = Number(head.slice(9, 12));
  const location = field("Location");
  return {
    target,
    status,
    type: status === 200 ? (field("Content-Type")?.replace(/;.*/, "") ?? null) : null,
    location: location && new URL(location, "http://localhost").pathname + new URL(location, "http://localhost").search,
    realm: field("WWW-Authenticate")?.replace(/, charset.*/, "") ?? null,
    body: status === 200 ? bodyOf(response) : null,
  };
}

async function startApache(folder: TempFolder, port: number): Promise<AsyncDisposable> {
  folder.makeFolder("run");
  folder.write("apache2.conf", site(folder.path, port));
  const words = ["apache2", "-f", folder.file("apache2.conf"), "-D", "FOREGROUND"];
  const commands = [
    { words, env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin" }, stderr: { file: folder.file("stderr.log") } },
  ];
  return startServer({
    name: "Apache",
    commands,
    isUp: () => isListening(port),
    own: { [Symbol.dispose]: () => undefined },
  });
}

/** One request of HTTP/1.0: a body without chunks. */
const asked = (target: string, headers: readonly string[]): string =>
  `GET ${target} HTTP/1.0\r\nHost: localhost\r\n${headers.map((line) => `${line}\r\n`).join("")}\r\n`;

/** Where the workbench is known to differ: what it says instead, and why. */
const known: Readonly<Record<string, { readonly status: number; readonly why: string }>> = {
  "/run/c.py": { status: 200, why: "a script that is sent is text/plain, of Apache text/x-python" },
  "/lost": { status: 403, why: "the report says gone-as-403" },
  "/lost/x": { status: 403, why: "the report says gone-as-403" },
  "/.git/config": { status: 403, why: "names with a dot first are refused before everything else" },
};

test.skipIf(missingFor("Apache").length > 0)(
  "an adopted site answers as its Apache does",
  { timeout: 60_000 },
  async () => {
    using folder = tempFolder();
    for (const [name, text] of Object.entries(files)) {
      folder.makeFolder(name.replace(/\/[^/]+$/, ""));
      folder.write(name, text);
      if (text === script) folder.makeExecutable(name);
    }
    execFileSync("htpasswd", ["-cbB", "-C", "4", folder.file("users"), "ann", "secret"], { stdio: "pipe" });
    chmodSync(folder.path, 0o755);
    const port = await portForProgram();
    await using _apache = await startApache(folder, port);
    const report = await adopt(folder.file("apache2.conf"), { host: null, folders: [] });
    await using gateway = await startGateway({ config: report.configuration });

    const apache = (target: string, ...headers: string[]) => raw(port, asked(target, headers));
    const here = (target: string, ...headers: string[]) => gateway.ask(asked(target, headers));
    const different: unknown[] = [];
    const signedIn = targets.filter((one) => one.startsWith("/staff")).map((one) => ({ target: one, header: user }));
    for (const { target, header } of [...targets.map((one) => ({ target: one, header: "Accept: */*" })), ...signedIn]) {
      const [theirs, ours] = [await seen(apache, target, header), await seen(here, target, header)];
      const exception = known[target];
      if (exception !== undefined) expect(ours.status).toBe(exception.status);
      else if (JSON.stringify(theirs) !== JSON.stringify(ours)) different.push({ theirs, ours });
    }
    expect(different).toEqual([]);
    expect(targets.length).toBeGreaterThan(50);
  },
);

async function raw(port: number, bytes: string): Promise<string> {
  const socket = connect(port, "127.0.0.1").setEncoding("latin1");
  socket.write(bytes);
  let response = "";
  for await (const part of socket) response += String(part);
  return response;
}
