// Sites of a real lighttpd, nginx and BusyBox httpd, and the configurations that are adopted from theirs: the same
// requests to both get the same statuses, targets and bodies.
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { adopt } from "../../../server/adopt/adopt.js";
import type { AdoptedServer } from "../../../server/contract/adopt-contract.js";
import { isListening, portForProgram } from "../../support/free-port.js";
import { bodyOf, headOf, startGateway } from "../../support/gateway.js";
import { startServer } from "../../support/server-process.js";
import { program, tempFolder } from "../../support/temp-workspace.js";

const shown = "SCRIPT_NAME PATH_INFO QUERY_STRING REQUEST_METHOD GREETING";
const script = `#!/bin/sh
printf 'Content-Type: text/plain\\n\\n'
for name in ${shown}; do eval "printf '%s=%s\\n' $name \\"\\$$name\\""; done
`;
const files: Readonly<Record<string, string>> = {
  "site/index.html": "<p>root</p>",
  "site/a.html": "<p>a</p>",
  "site/a.inc": "secret",
  "site/plain.sh": "text",
  "site/cgi-bin/tool.sh": script,
  "site/secret/a.html": "no",
  "site/open/start.html": "<p>start</p>",
  "site/run/a.cgi": script,
  "site/run/b.html": "<p>b</p>",
  "outside/there.html": "<p>there</p>",
  "outside/deep/x.html": "<p>deep</p>",
  "programs/one.sh": script,
};
const common = [
  "/",
  "/index.html",
  "/a.html",
  "/nowhere",
  "/nowhere/deep",
  "/cgi-bin/tool.sh/info?x=1",
  "/open/start.html",
];

interface Case {
  readonly server: Exclude<AdoptedServer, "apache">;
  readonly file: string;
  readonly text: (folder: string, port: number) => string;
  readonly words: (folder: string, port: number) => readonly string[];
  readonly targets: readonly string[];
}

const hasWrapper = program("fcgiwrap") !== null;
const wrapped = (folder: string): string => `
    location ~ \\.cgi$ {
      include /etc/nginx/fastcgi_params;
      fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;
      fastcgi_pass unix:${folder}/fcgiwrap.sock;
    }
    location = /tool {
      include /etc/nginx/fastcgi_params;
      fastcgi_param SCRIPT_FILENAME ${folder}/programs/one.sh;
      fastcgi_param GREETING good;
      fastcgi_pass unix:${folder}/fcgiwrap.sock;
    }
    location ~ ^/wide/(.*)$ { alias ${folder}/site/$1; }
`;

const cases: readonly Case[] = [
  {
    server: "lighttpd",
    file: "lighttpd.conf",
    text: (folder, port) => `
server.modules = ("mod_access", "mod_alias", "mod_redirect", "mod_setenv", "mod_cgi")
var.site = "${folder}/site"
server.document-root = var.site
server.bind = "127.0.0.1"
server.port = ${port}
server.errorlog = "${folder}/error.log"
mimetype.assign = (".html" => "text/html", ".txt" => "text/plain")
index-file.names = ("index.html", "start.html")
url.access-deny = ("~", ".inc")
alias.url = ("/extra/" => "${folder}/outside/", "/run2/" => "${folder}/programs/")
url.redirect = ("^/old/(.*)$" => "/open/$1", "^/exact$" => "/a.html")
setenv.add-environment = ("GREETING" => "good day")
$HTTP["url"] =~ "^/cgi-bin/" { cgi.assign = ("" => "") }
$HTTP["url"] =~ "^/run2/" { cgi.assign = ("" => "") }
$HTTP["url"] =~ "^/run/" { cgi.assign = (".cgi" => "") }
$HTTP["url"] =~ "^/secret" { url.access-deny = ("") }
`,
    words: (folder) => ["lighttpd", "-D", "-f", `${folder}/lighttpd.conf`],
    targets: [
      ...["/a.inc", "/secret/a.html", "/secret/", "/open/", "/run/a.cgi?x", "/run/b.html", "/run2/one.sh/more"],
      ...["/extra/there.html", "/extra/deep/x.html", "/extra/none", "/old/start.html?x=1", "/exact", "/exact/more"],
    ],
  },
  {
    server: "nginx",
    file: "nginx.conf",
    text: (folder, port) => `
${process.getuid?.() === 0 ? "user root;" : ""}
daemon off;
pid ${folder}/pid;
error_log ${folder}/error.log;
events { worker_connections 64; }
http {
  types { text/html html; }
  access_log off;
  ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/temp-${name};`).join(" ")}
  server {
    listen 127.0.0.1:${port};
    root ${folder}/site;
    index index.html;
    location / { try_files $uri $uri/ =404; }
    location ~ \\.inc$ { deny all; }
    location /secret { deny all; }
    location /open/ { index start.html; }
    location /extra/ { alias ${folder}/outside/; }
    location /front/ { alias ${folder}/outside/; try_files $uri /a.html; }
    location = /exact { return 301 /a.html; }
    location /far { deny 10.0.0.0/8; allow 127.0.0.1; deny all; }
    rewrite ^/old/(.*)$ /open/$1 permanent;
${hasWrapper ? wrapped(folder) : ""}
  }
}
`,
    words: (folder) => ["nginx", "-e", `${folder}/error.log`, "-c", `${folder}/nginx.conf`],
    targets: [
      ...[
        "/a.inc",
        "/secret/a.html",
        "/secret/none",
        "/open/",
        "/extra/there.html",
        "/extra/deep/x.html",
        "/extra/none",
      ],
      ...["/old/start.html?x=1", "/exact", "/exact/more", "/far/none", "/run/b.html"],
      ...(hasWrapper ? ["/run/a.cgi?x=2", "/run/none.html", "/tool?x=3", "/wide/a.html"] : []),
    ],
  },
  {
    server: "busybox",
    file: "httpd.conf",
    text: (folder) => `# BusyBox\nH:${folder}/site\nI:start.html\nA:127.0.0.1\nD:*\n*.sh:/bin/sh\n`,
    words: (folder, port) => ["busybox", "httpd", "-f", "-p", `127.0.0.1:${port}`, "-c", `${folder}/httpd.conf`],
    targets: ["/open/", "/run/b.html", "/secret/a.html"],
  },
];

const asked = (target: string): string => `GET ${target} HTTP/1.0\r\nHost: localhost\r\n\r\n`;

async function raw(port: number, bytes: string): Promise<string> {
  const socket = connect(port, "127.0.0.1").setEncoding("latin1");
  socket.write(bytes);
  let response = "";
  for await (const part of socket) response += String(part);
  return response;
}

function seen(written: string): object {
  const response = written.replace(/^.*?(?:\r?\n){2}/s, (head) => head.replace(/\r?\n/g, "\r\n")); // BusyBox ends lines with LF
  const head = headOf(response);
  const status = Number(head.slice(9, 12));
  const location = /^location: (.*?)\r?$/im.exec(head)?.[1];
  const to = location === undefined ? null : new URL(location, "http://localhost");
  return { status, location: to && to.pathname + to.search, body: status === 200 ? bodyOf(response) : null };
}

test.each(cases.filter((one) => program(one.server) !== null))(
  "an adopted site answers as its $server does",
  { timeout: 60_000 },
  async (one) => {
    const { server, file, text, words, targets } = one;
    using folder = tempFolder();
    for (const [name, content] of Object.entries(files)) {
      folder.makeFolder(name.replace(/\/[^/]+$/, ""));
      folder.write(name, content);
      if (content === script) folder.makeExecutable(name);
    }
    const port = await portForProgram();
    folder.write(file, text(folder.path, port));
    const env = { PATH: "/usr/sbin:/usr/bin:/sbin:/bin" };
    const wrapper = ["fcgiwrap", "-s", `unix:${folder.path}/fcgiwrap.sock`];
    const needsWrapper = hasWrapper && server === "nginx";
    const commands = [words(folder.path, port), ...(needsWrapper ? [wrapper] : [])].map((line) => ({
      words: line,
      env,
      stderr: { file: folder.file("stderr.log") },
    }));
    const isUp = async () => (await isListening(port)) && (!needsWrapper || existsSync(folder.file("fcgiwrap.sock")));
    const none = { [Symbol.dispose]: () => undefined };
    await using _real = await startServer({ name: server, commands, isUp, own: none });
    const report = await adopt(folder.file(file), { host: null, folders: [] });
    expect(report.server).toBe(server);
    await using gateway = await startGateway({ config: report.configuration });
    const different: unknown[] = [];
    for (const target of [...common, ...targets]) {
      const [theirs, ours] = [seen(await raw(port, asked(target))), seen(await gateway.ask(asked(target)))];
      if (JSON.stringify(theirs) !== JSON.stringify(ours)) different.push({ target, theirs, ours });
    }
    expect(different).toEqual([]);
  },
);
