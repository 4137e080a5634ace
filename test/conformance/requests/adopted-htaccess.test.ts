// Folders with `.htaccess` files below a real Apache that lets them decide, the configuration that is adopted from
// them, and the folders themselves, served like Apache: the same requests get the same statuses, targets and bodies.
import { execFileSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { connect } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { adopt } from "../../../server/adopt/adopt.js";
import { Workbench } from "../../../server/app/workbench.js";
import { isListening, portForProgram } from "../../support/free-port.js";
import { bodyOf, headOf, startGateway } from "../../support/gateway.js";
import { missingFor } from "../../support/peer-servers.js";
import { startServer } from "../../support/server-process.js";
import { tempFolder } from "../../support/temp-workspace.js";

const modules = "/usr/lib/apache2/modules";
const loaded =
  "mpm_prefork authz_core authz_host authz_user access_compat authn_core authn_file auth_basic alias actions autoindex cgi dir env mime setenvif rewrite";
const script = `#!/bin/sh
printf 'Content-Type: text/plain\\n\\n'
for name in SCRIPT_NAME PATH_INFO QUERY_STRING GREETING REMOTE_USER HTTP_AUTHORIZATION; do eval "printf '%s=%s\\n' $name \\"\\$$name\\""; done
`;

/** Each is the `.htaccess` of a folder with the same files. "USERS" is a file of passwords, "HERE" the folder's URL. */
const cases: Readonly<Record<string, string>> = {
  granted: "Require all granted",
  denied: "Require all denied",
  local: "Require local",
  address: "Require ip 127.0.0.1",
  elsewhere: "Require ip 10.0.0.0/8",
  not: "<RequireAll>\nRequire all granted\nRequire not ip 127.0.0.1\n</RequireAll>",
  any: "<RequireAny>\nRequire ip 10.1.2.3\nRequire local\n</RequireAny>",
  none: "<RequireAll>\nRequire all granted\n<RequireNone>\nRequire ip 10.1.2.3\n</RequireNone>\n</RequireAll>",
  nested:
    "<RequireAny>\n<RequireAll>\nRequire all granted\nRequire all denied\n</RequireAll>\nRequire local\n</RequireAny>",
  old: "Order deny,allow\nDeny from all",
  oldAllowed: "Order deny,allow\nDeny from all\nAllow from 127.0.0.1",
  oldOther: "Order allow,deny\nAllow from 10.0.0.1",
  oldBoth: "Order allow,deny\nAllow from all\nDeny from 127.0.0.1",
  bareDeny: "Deny from all",
  satisfy: "Require all denied\nOrder allow,deny\nAllow from all\nSatisfy any",
  files: '<Files "note.txt">\nRequire all denied\n</Files>',
  filesGlob: "<Files *.html>\nDeny from all\n</Files>",
  filesMatch: '<FilesMatch "\\.(txt|inc)$">\nRequire all denied\n</FilesMatch>',
  filesStart: "<FilesMatch ^no>\nRequire all denied\n</FilesMatch>",
  filesTilde: '<Files ~ "\\.inc$">\nOrder allow,deny\nDeny from all\n</Files>',
  filesAllowed: '<Files "*.txt">\nRequire all denied\n</Files>\n<Files "note.txt">\nRequire all granted\n</Files>',
  index: "DirectoryIndex note.txt",
  indexes: "DirectoryIndex nothing.html start.html",
  indexScript: "DirectoryIndex a.cgi",
  indexElsewhere: "DirectoryIndex nothing.html HERE/deep/c.cgi",
  indexDisabled: "DirectoryIndex disabled",
  noCgi: "Options -ExecCGI",
  optionsNone: "Options None",
  optionsAgain: "Options None\nOptions +ExecCGI",
  noHandler: "RemoveHandler .cgi",
  otherHandler: "AddHandler cgi-script .run",
  setHandler: "<Files a.run>\nSetHandler cgi-script\n</Files>",
  variable: "SetEnv GREETING hello",
  variableQuoted: 'SetEnv GREETING "good day"',
  variableGone: "SetEnv GREETING hello\nUnsetEnv GREETING",
  always: "SetEnvIf Request_URI ^ GREETING=set",
  authorization: 'SetEnvIf Authorization "(.*)" HTTP_AUTHORIZATION=$1',
  passAuth: "CGIPassAuth On",
  redirect: "Redirect HERE/old HERE/start.html",
  permanent: "Redirect permanent HERE/old http://localhost/else",
  seeOther: "Redirect 303 HERE/old HERE/deep",
  match: "RedirectMatch ^HERE/exact$ HERE/start.html",
  matchRest: "RedirectMatch 301 ^HERE/old/(.*)$ HERE/deep/$1",
  fallback: "FallbackResource HERE/a.cgi",
  front:
    "RewriteEngine On\nRewriteCond %{REQUEST_FILENAME} !-f\nRewriteCond %{REQUEST_FILENAME} !-d\nRewriteRule ^ a.cgi [L]",
  frontBase:
    "RewriteEngine On\nRewriteBase HERE/\nRewriteCond %{REQUEST_FILENAME} !-f\nRewriteRule . HERE/start.html [L]",
  existing: "RewriteEngine On\nRewriteCond %{REQUEST_FILENAME} -f\nRewriteRule ^ - [L]",
  refused: "RewriteEngine On\nRewriteRule ^deep/ - [F]",
  rulesOff: "RewriteEngine Off\nRewriteRule ^deep/ - [F]",
  rulesNotOn: "RewriteRule ^deep/ - [F]",
  moved: "RewriteEngine On\nRewriteRule ^short$ HERE/start.html [R=301,L]",
  authByRule: "RewriteEngine On\nRewriteRule .* - [E=HTTP_AUTHORIZATION:%{HTTP:Authorization}]",
  signIn: "AuthType Basic\nAuthName Staff\nAuthUserFile USERS\nRequire valid-user",
  signInOrLocal:
    "AuthType Basic\nAuthName Staff\nAuthUserFile USERS\n<RequireAny>\nRequire valid-user\nRequire local\n</RequireAny>",
  module: "<IfModule mod_alias.c>\nRedirect HERE/old HERE/deep\n</IfModule>",
  noModule: "<IfModule mod_nosuch.c>\nRequire all denied\n</IfModule>",
  notModule: "<IfModule !mod_authz_core.c>\nDeny from all\n</IfModule>",
  defined: "<IfDefine NEVER>\nRequire all denied\n</IfDefine>",
  version: "<IfVersion >= 2.4>\nRequire all denied\n</IfVersion>",
  continued: "Require \\\n  all \\\n  denied",
  comment: "# Require all denied\n  # more\n\nSetEnv GREETING yes",
  crlf: "SetEnv GREETING line\r\nDirectoryIndex start.html\r\n",
  limit: "<Limit GET>\nRequire all denied\n</Limit>",
};
/** Requests that the workbench answers otherwise, with the reason. */
const known: Readonly<Record<string, string>> = {
  "/filesGlob/": "404 for 403: an index that is not there is not refused",
  "/filesAllowed/note.txt": "403: a name is not allowed again beside the pattern that refuses it, as the report says",
  "/fallback/": "a folder without an index is 403, as with a front controller of RewriteRule",
  "/matchRest/old": "a route covers its path without the final slash, too",
};

const files: Readonly<Record<string, string>> = {
  "start.html": "<p>start</p>",
  "note.txt": "note",
  "a.inc": "secret",
  "a.cgi": script,
  "a.run": script,
  "deep/b.html": "<p>b</p>",
  "deep/c.cgi": script,
};
const targets =
  "/ /start.html /note.txt /a.inc /a.cgi /a.cgi/info?x=1 /a.run /deep/b.html /deep/c.cgi?y /nowhere /old /old/more?z=1 /exact /short".split(
    " ",
  );

const asked = (target: string): string =>
  `GET ${target} HTTP/1.0\r\nHost: localhost\r\nAuthorization: Basic ${btoa("ann:secret")}\r\n\r\n`;
async function raw(port: number, bytes: string): Promise<string> {
  const socket = connect(port, "127.0.0.1").setEncoding("latin1");
  socket.write(bytes);
  let response = "";
  for await (const part of socket) response += String(part);
  return response;
}
function seen(response: string): string {
  const head = headOf(response);
  const status = Number(head.slice(9, 12));
  const location = /^location: (.*?)\r?$/im.exec(head)?.[1];
  const to = location === undefined ? "" : new URL(location, "http://localhost");
  return `${status} ${to && to.pathname + to.search} ${status === 200 ? bodyOf(response) : ""}`;
}

test.skipIf(missingFor("Apache").length > 0)("folders with .htaccess files", { timeout: 120_000 }, async () => {
  using folder = tempFolder();
  folder.makeFolder("run");
  for (const [name, text] of Object.entries(cases)) {
    folder.makeFolder(`site/${name}/deep`);
    for (const [file, content] of Object.entries(files)) {
      folder.write(`site/${name}/${file}`, content);
      if (content === script) folder.makeExecutable(`site/${name}/${file}`);
    }
    folder.write(
      `site/${name}/.htaccess`,
      text.replaceAll("HERE", `/${name}`).replaceAll("USERS", folder.file("users")),
    );
  }
  execFileSync("htpasswd", ["-cbB", "-C", "4", folder.file("users"), "ann", "secret"], { stdio: "pipe" });
  chmodSync(folder.path, 0o755);
  const port = await portForProgram();
  const lines = [
    `ServerRoot ${folder.path}\nListen 127.0.0.1:${port}\nServerName localhost\nPidFile run/pid\nDefaultRuntimeDir run`,
    ...loaded.split(" ").map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`),
    `Mutex file:run default\nErrorLog error.log\nTypesConfig /etc/mime.types\nDocumentRoot ${folder.file("site")}`,
    process.getuid?.() === 0 ? "User www-data\nGroup www-data" : "",
    "AddHandler cgi-script .cgi\nDirectoryIndex index.html",
    "<Directory />\nAllowOverride All\nOptions ExecCGI FollowSymLinks\nRequire all granted\n</Directory>\n",
  ];
  folder.write("apache2.conf", lines.join("\n"));
  const env = { PATH: "/usr/sbin:/usr/bin:/sbin:/bin" };
  const words = ["apache2", "-f", folder.file("apache2.conf"), "-D", "FOREGROUND"];
  const commands = [{ words, env, stderr: { file: folder.file("stderr.log") } }];
  const own = { [Symbol.dispose]: () => undefined };
  await using _apache = await startServer({ name: "Apache", commands, isUp: () => isListening(port), own });

  const { configuration, files: read } = await adopt(folder.file("site"), { host: null, folders: [] });
  expect(read.length).toBe(Object.keys(cases).length);
  await using gateway = await startGateway({ config: { ...configuration, serveLike: "apache" } });
  folder.write("site/cgi-workbench.json", '{"serveLike": "apache"}');
  const workbench = await Workbench.create();
  onTestFinished(() => workbench.dispose());
  await workbench.folder.open(folder.file("site"), { port: 0 });
  const live = workbench.server.address()?.port ?? 0;
  const different: string[] = [];
  let count = 0;
  for (const name of Object.keys(cases))
    for (const target of targets) {
      if (target === "/a.run" && !/handler/i.test(name)) continue; // here an executable file runs without a handler
      const path = `/${name}${target}`;
      const theirs = seen(await raw(port, asked(path)));
      const ours = { adopted: seen(await gateway.ask(asked(path))), live: seen(await raw(live, asked(path))) };
      count++;
      if (known[path] !== undefined) continue;
      for (const [way, response] of Object.entries(ours))
        if (theirs !== response) different.push(`${path} ${way}\n  ${theirs}\n  ${response}`);
    }
  expect(different).toEqual([]);
  expect(Object.keys(known).length).toBeLessThan(count * 0.02);
});
