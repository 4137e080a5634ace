// The three servers people run CGI on, over one folder of scripts, each with a log of its own: Apache with
// mod_cgi, lighttpd with mod_cgi, nginx with fcgiwrap. In the foreground, on free ports, with the
// configuration that their own documentation gives.
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { isListening, portForProgram } from "./free-port.js";
import { type ServerCommand, startServer } from "./server-process.js";
import { program, type TempFolder, tempFolder } from "./temp-workspace.js";

export interface Peer extends AsyncDisposable {
  readonly name: PeerName;
  readonly port: number;
  /** From now on; asked again, what was logged since: its own log, and where the standard error of scripts goes. */
  listen(): () => string;
}
export const peerNames = ["Apache", "lighttpd", "nginx"] as const;
export type PeerName = (typeof peerNames)[number];

/** A script that says nothing for so long is stopped, s. */
const patienceSeconds = 5;
const modules = "/usr/lib/apache2/modules";
const needs: Readonly<Record<PeerName, readonly string[]>> = {
  Apache: ["apache2"],
  lighttpd: ["lighttpd"],
  nginx: ["nginx", "fcgiwrap"],
};
/** Where fcgiwrap listens. */
const wrapSocket = "fcgiwrap.sock";
const isRoot = process.getuid?.() === 0;
/**
 * The servers run as another user, so their PATH has nothing of this user's shell. Its first folder has a `sendmail`
 * that sends nothing.
 */
const envOf = (own: TempFolder) => ({
  PATH: `${own.file("bin")}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
});

/** The programs that are not there. */
export const missingFor = (name: PeerName): string[] => [
  ...needs[name].filter((one) => program(one) === null),
  ...(name === "Apache" && !existsSync(`${modules}/mod_cgi.so`) ? ["mod_cgi"] : []),
];

export interface PeerOptions {
  /** The client ends its side at once, and is answered all the same: nginx takes that for a client that is gone. */
  readonly answersHalfClosed?: boolean;
}

/**
 * `folder`: the document root; whatever is two folders below its cgi-bin/ is a
 * script. It is made readable for everybody.
 */
export async function startPeer(name: PeerName, folder: string, options: PeerOptions = {}): Promise<Peer> {
  const port = await portForProgram();
  const own = tempFolder();
  for (const path of [own.path, folder]) chmodSync(path, 0o755);
  for (const name of ["run", "bin"]) mkdirSync(own.file(name), { mode: 0o755 });
  writeFileSync(own.file("bin/sendmail"), "#!/bin/sh\ncat >/dev/null\n", { mode: 0o755 });
  const commands = { Apache: apache, lighttpd, nginx }[name](own, folder, port, options);
  const isUp = async () => (name !== "nginx" || existsSync(own.file(wrapSocket))) && (await isListening(port));
  const server = await startServer({ name, commands, isUp, own });
  const logs = ["error.log", "stderr.log"].map((log) => own.file(log)).filter((log) => existsSync(log));
  return {
    name,
    port,
    listen: () => {
      const from = logs.map((log) => statSync(log).size);
      return () => logs.map((log, index) => readFileSync(log).toString("latin1", from[index])).join("");
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function apache(own: TempFolder, folder: string, port: number): ServerCommand[] {
  const lines = [
    `ServerRoot ${own.path}`,
    `Listen 127.0.0.1:${port}`,
    "ServerName localhost",
    ...["mpm_prefork", "cgi", "alias", "env", "authz_core"].map(
      (module) => `LoadModule ${module}_module ${modules}/mod_${module}.so`,
    ),
    `PidFile ${own.file("run/pid")}`,
    `DefaultRuntimeDir ${own.file("run")}`,
    `Mutex file:${own.file("run")} default`,
    `ErrorLog ${own.file("error.log")}`,
    "LogLevel warn core:trace1", // where it says which fields it does not hand on
    ...(isRoot ? ["User www-data", "Group www-data"] : []),
    "StartServers 2",
    `Timeout ${patienceSeconds}`,
    `DocumentRoot ${folder}`,
    `ScriptAlias /cgi-bin/ ${folder}/cgi-bin/`,
    "<Directory />",
    "Options +ExecCGI +FollowSymLinks",
    "Require all granted",
    "</Directory>",
    '<Files "*.php">', // php-cgi refuses to run without it, and `Action` sets it
    "SetEnv REDIRECT_STATUS 200",
    "</Files>",
  ];
  writeFileSync(own.file("apache.conf"), `${lines.join("\n")}\n`);
  return [{ words: ["apache2", "-f", own.file("apache.conf"), "-D", "FOREGROUND"], env: envOf(own) }];
}

function lighttpd(own: TempFolder, folder: string, port: number): ServerCommand[] {
  const lines = [
    'server.modules = ("mod_setenv", "mod_cgi")',
    `setenv.set-environment = ("PATH" => "${envOf(own).PATH}")`, // it hands none on by itself
    `server.document-root = "${folder}"`,
    'server.bind = "127.0.0.1"',
    `server.port = ${port}`,
    `server.errorlog = "${own.file("error.log")}"`,
    `server.breakagelog = "${own.file("stderr.log")}"`,
    `server.max-read-idle = ${patienceSeconds}`,
    'cgi.local-redir = "enable"',
    `cgi.limits = ("read-timeout" => ${patienceSeconds})`,
    '$HTTP["url"] =~ "^/cgi-bin/" { cgi.assign = ("" => "") }',
  ];
  writeFileSync(own.file("lighttpd.conf"), `${lines.join("\n")}\n`);
  return [{ words: ["lighttpd", "-D", "-f", own.file("lighttpd.conf")], env: envOf(own) }];
}

function nginx(own: TempFolder, folder: string, port: number, options: PeerOptions): ServerCommand[] {
  const stays = options.answersHalfClosed ? "fastcgi_ignore_client_abort on;" : "";
  const socket = own.file(wrapSocket);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((kind) => `${kind}_temp_path ${own.file(`run/${kind}`)};`)
    .join(" ");
  writeFileSync(
    own.file("nginx.conf"),
    `${isRoot ? "user root;" : ""} daemon off; worker_processes 1; pid ${own.file("run/pid")}; error_log ${own.file("error.log")} info;
events { worker_connections 64; }
http {
  access_log off; root ${folder}; ${temporary} fastcgi_read_timeout ${patienceSeconds}s; client_body_timeout ${patienceSeconds}s; ${stays}
  server {
    listen 127.0.0.1:${port};
    location /cgi-bin/ {
      include /etc/nginx/fastcgi_params;
      fastcgi_split_path_info ^(/cgi-bin/[^/]+/[^/]+)(/.*)$;
      fastcgi_param SCRIPT_NAME $fastcgi_script_name;
      fastcgi_param PATH_INFO $fastcgi_path_info;
      fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;
      fastcgi_pass unix:${socket};
    }
  }
}
`,
  );
  const env = envOf(own);
  return [
    { words: ["nginx", "-c", own.file("nginx.conf")], env },
    { words: ["fcgiwrap", "-f", "-c", "4", "-s", `unix:${socket}`], env, stderr: { file: own.file("stderr.log") } },
  ];
}
