// How each real server is set up for one script: its configuration, its command lines, where it listens, and what in
// its log is of its own start and end.

import { isUtf8 } from "node:buffer";
import { existsSync } from "node:fs";
import { copyFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { serverProgram } from "../../../base/built-files.js";
import type { ByteString } from "../../../contract/bytes-text.js";
import type { ServerId } from "../../../contract/server-ids.js";
import { toBytes } from "../../../protocol/byte-string.js";

/** All paths are absolute. Bytes, one character each. */
export interface ScriptPlace {
  readonly root: ByteString;
  readonly scriptName: ByteString;
  readonly file: ByteString;
}
/** `own`: the private folder of this run. `port`: where it listens; `client`: the only port that it answers. */
export interface Place extends ScriptPlace {
  readonly own: ByteString;
  readonly port: number;
  readonly client: number;
}
export interface Setup {
  /** Programs that must be installed. */
  readonly programs: readonly string[];
  /** Its version is the first number with a dot in what this prints. */
  readonly version: readonly string[];
  /** "stdio": it speaks on its standard input and output, for one request. */
  readonly listens: "socket" | "port" | "stdio";
  /** It finds scripts by their path below the document root alone. */
  readonly needsRoot?: boolean;
  /** Once these are there, it listens. Names in its own folder. */
  readonly ready: readonly string[];
  /** Writes its configuration, and resolves with its command lines. */
  prepare(place: Place): Promise<readonly (readonly string[])[]>;
  /** What its log has around each sentence, and the lines that are not about the request. */
  readonly logFrame: RegExp;
  readonly logNoise: RegExp;
}
/** Where servers that listen at a socket do so, in their own folder. */
export const socketName = "server.sock";
const wrapSocket = "fcgiwrap.sock";
export const errorLog = "error.log";

/** Root has to tell Apache and nginx whose rights their processes have. */
const isRoot = process.getuid?.() === 0;
const apacheModules = ["/usr/lib/apache2/modules", "/usr/lib64/httpd/modules", "/usr/libexec/apache2"].find((folder) =>
  existsSync(folder),
);
const hasApacheModule = (name: string): boolean => existsSync(`${apacheModules}/mod_${name}.so`);
const apacheProgram = existsSync("/usr/sbin/httpd") ? "httpd" : "apache2";

const nginxParameters = ["/etc", "/usr/local/etc", "/opt/homebrew/etc"]
  .map((folder) => `${folder}/nginx/fastcgi_params`)
  .find((file) => existsSync(file));

const write = (place: Place, name: string, lines: readonly string[]): Promise<void> =>
  writeFile(pathIn(place.own, name), `${lines.join("\n")}\n`, "latin1");
const pathIn = (folder: ByteString, name: string): string => Buffer.from(join(folder, name), "latin1").toString();
/** In the double quotes of Apache, nginx and lighttpd; names with others are refused before. */
const quoted = (text: string): string => `"${text}"`;
export const isWritable = ({ root, scriptName, file }: ScriptPlace): boolean =>
  ![root, scriptName, file].some((text) => /["\\$%{}\0-\x1f]/.test(text) || !isUtf8(toBytes(text)));
const inPattern = (text: string): string => text.replace(/[.*+?^()|[\]]/g, "[$&]");

export const setups: Readonly<Record<ServerId, Setup>> = {
  apache: {
    programs: [apacheProgram],
    version: [apacheProgram, "-v"],
    listens: "port",
    ready: ["pid"],
    logFrame: /^(?:\[[^\]]*\] )+/,
    logNoise: /\[(?:mpm_\w+|core|cgid):(?:notice|info)\]|^AH00(?:558|163|094|169)/,
    async prepare({ own, port, client, ...script }) {
      const modules = ["mpm_event", "mpm_prefork", "cgid", "cgi", "alias", "env", "authz_core", "authz_host", "dir"];
      const [mpm, cgi] = hasApacheModule("mpm_prefork") ? ["mpm_prefork", "cgi"] : ["mpm_event", "cgid"];
      const loaded = modules.filter(
        (name) => hasApacheModule(name) && (!/^(?:mpm|cgi)/.test(name) || [mpm, cgi].includes(name)),
      );
      await write({ own, port, client, ...script }, "server.conf", [
        `ServerRoot ${quoted(own)}`,
        `Listen 127.0.0.1:${port}`,
        "ServerName localhost",
        ...loaded.map((name) => `LoadModule ${name}_module ${apacheModules}/mod_${name}.so`),
        `PidFile ${quoted(join(own, "pid"))}`,
        `DefaultRuntimeDir ${quoted(own)}`,
        ...(cgi === "cgid" ? [`ScriptSock ${quoted(join(own, "cgid.sock"))}`] : []),
        `Mutex ${quoted(`file:${own}`)} default`,
        `ErrorLog ${quoted(join(own, errorLog))}`,
        ...(isRoot ? ["User www-data", "Group www-data"] : []),
        "StartServers 1",
        `DocumentRoot ${quoted(script.root)}`,
        `ScriptAlias ${quoted(script.scriptName)} ${quoted(script.file)}`,
        `ScriptAlias "/cgi-bin/" ${quoted(`${script.root}/cgi-bin/`)}`,
        '<Directory "/">',
        "Options +ExecCGI +FollowSymLinks",
        "AllowOverride None",
        `Require expr "%{REMOTE_PORT} == '${client}'"`,
        "</Directory>",
        '<LocationMatch "/[.]">',
        "Require all denied",
        "</LocationMatch>",
      ]);
      return [[apacheProgram, "-f", join(own, "server.conf"), "-D", "FOREGROUND"]];
    },
  },
  lighttpd: {
    programs: ["lighttpd"],
    version: ["lighttpd", "-v"],
    listens: "socket",
    ready: [socketName],
    logFrame: /^\S+ \S+: /,
    logNoise: /server (?:started|stopped)/,
    async prepare(place) {
      const { own, root, scriptName, file } = place;
      await write(place, "server.conf", [
        'server.modules = ("mod_alias", "mod_cgi")',
        `server.document-root = ${quoted(root)}`,
        `server.bind = ${quoted(join(own, socketName))}`,
        `server.errorlog = ${quoted(join(own, errorLog))}`,
        `server.breakagelog = ${quoted(join(own, "stderr.log"))}`,
        'cgi.local-redir = "enable"',
        ...(file === `${root}${scriptName}` ? [] : [`alias.url = (${quoted(scriptName)} => ${quoted(file)})`]),
        `$HTTP["url"] =~ "^${inPattern(scriptName)}(/|$)|^/cgi-bin/" { cgi.assign = ("" => "") }`,
      ]);
      return [["lighttpd", "-D", "-f", join(own, "server.conf")]];
    },
  },
  "nginx-fcgiwrap": {
    programs: ["nginx", "fcgiwrap"],
    version: ["nginx", "-v"],
    listens: "socket",
    ready: [socketName, wrapSocket],
    logFrame: /^\S+ \S+ \[\w+\] \d+#\d+: (?:\*\d+ )?|, client: .*$/g,
    logNoise: /\[(?:notice|alert)\]/,
    async prepare(place) {
      const { own, root, scriptName, file } = place;
      const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
      await write(place, "server.conf", [
        ...(isRoot ? ["user root;"] : []),
        `daemon off; worker_processes 1; pid ${quoted(join(own, "pid"))}; error_log ${quoted(join(own, errorLog))};`,
        "events { worker_connections 64; }",
        `http { access_log off; root ${quoted(root)};`,
        ...temporary.map((kind) => `${kind}_temp_path ${quoted(join(own, kind))};`),
        `server { listen ${quoted(`unix:${join(own, socketName)}`)};`,
        `location ~ "^${inPattern(scriptName)}(/|$)" {`,
        `fastcgi_split_path_info "^(${inPattern(scriptName)})(/.*)?$";`,
        `include ${nginxParameters};`,
        `fastcgi_param SCRIPT_NAME $fastcgi_script_name; fastcgi_param PATH_INFO $fastcgi_path_info;`,
        `fastcgi_param SCRIPT_FILENAME ${quoted(file)};`,
        `fastcgi_pass ${quoted(`unix:${join(own, wrapSocket)}`)};`,
        "} } }",
      ]);
      return [
        ["nginx", "-c", join(own, "server.conf"), "-e", join(own, errorLog)],
        ["fcgiwrap", "-f", "-s", `unix:${join(own, wrapSocket)}`],
      ];
    },
  },
  go: {
    programs: ["go"],
    version: ["go", "version"],
    listens: "socket",
    ready: [socketName],
    logFrame: /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d /,
    logNoise: /^$/,
    async prepare({ own, file, scriptName }) {
      await copyFile(serverProgram("server.go"), pathIn(own, "main.go"));
      // The build is not of the request: `sh` begins with it, and the socket is there when it is done.
      const build = 'cd "$1" && GO111MODULE=off GOFLAGS= go build -o server main.go && exec ./server "$1/$2" "$3" "$4"';
      return [["/bin/sh", "-c", build, "sh", own, socketName, file, scriptName]];
    },
  },
  python: {
    programs: ["python3"],
    version: ["python3", "--version"],
    listens: "socket",
    needsRoot: true,
    ready: [socketName],
    logFrame: /^\S+ - - \[[^\]]*\] /,
    logNoise: /^$/,
    async prepare({ own, root, scriptName }) {
      await copyFile(serverProgram("server.py"), pathIn(own, "server.py"));
      return [["python3", join(own, "server.py"), join(own, socketName), root, dirname(scriptName)]];
    },
  },
  busybox: {
    programs: ["busybox"],
    version: ["busybox"],
    listens: "stdio",
    needsRoot: true,
    ready: [],
    logFrame: /^httpd: /,
    logNoise: /^$/,
    prepare: async ({ root }) => [["busybox", "httpd", "-i", "-h", root]],
  },
};
