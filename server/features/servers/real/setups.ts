// How each real server is set up for one script: its configuration, its command lines, where it listens, and what in
// its log is of its own start and end.

import { isUtf8 } from "node:buffer";
import { existsSync } from "node:fs";
import { copyFile, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
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
  /** Variables of the server that its scripts must get, so that their mail is caught. */
  readonly setMail: readonly string[];
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
  /** It knows scripts by the ending of their name. */
  readonly needsExtension?: boolean;
  /** Once these are there, it listens. Names in its own folder. */
  readonly ready: readonly string[];
  /** A program of ours that is copied into its folder. */
  readonly program?: Parameters<typeof serverProgram>[0];
  /** Lines of server.conf in its folder. */
  config?(place: Place): readonly string[];
  commands(place: Place): readonly (readonly string[])[];
  /** What its log has around each sentence, and the lines that are not about the request. */
  readonly logFrame: RegExp;
  readonly logNoise: RegExp;
}
/** Where servers that listen at a socket do so, in their own folder. */
export const socketName = "server.sock";
export const wrapSocket = "fcgiwrap.sock";
export const errorLog = "error.log";
const configName = "server.conf";

/** Root has to tell Apache, nginx and h2o whose rights their processes have. */
const isRoot = process.getuid?.() === 0;
const apacheModules = ["/usr/lib/apache2/modules", "/usr/lib64/httpd/modules", "/usr/libexec/apache2"].find((folder) =>
  existsSync(folder),
);
const hasApacheModule = (name: string): boolean => existsSync(`${apacheModules}/mod_${name}.so`);
const apacheProgram = existsSync("/usr/sbin/httpd") ? "httpd" : "apache2";

const nginxParameters = ["/etc", "/usr/local/etc", "/opt/homebrew/etc"]
  .map((folder) => `${folder}/nginx/fastcgi_params`)
  .find((file) => existsSync(file));

const pathIn = (folder: ByteString, name: string): string => Buffer.from(join(folder, name), "latin1").toString();
/** In the double quotes of a configuration; names with others are refused before. */
const quoted = (text: string): string => `"${text}"`;
export const isWritable = ({ root, scriptName, file }: ScriptPlace): boolean =>
  ![root, scriptName, file].some((text) => /["\\$%{}\0-\x1f]/.test(text) || !isUtf8(toBytes(text)));
const inPattern = (text: string): string => text.replace(/[.*+?^()|[\]]/g, "[$&]");

/** The commands that start the server, once what they read has been written into its folder. */
export async function prepare(setup: Setup, place: Place): Promise<readonly (readonly string[])[]> {
  const lines = setup.config?.(place);
  if (lines) await writeFile(pathIn(place.own, configName), `${lines.join("\n")}\n`, "latin1");
  if (setup.program) await copyFile(serverProgram(setup.program), pathIn(place.own, setup.program));
  return setup.commands(place);
}

const wrapCommand = ({ own }: Place, ...options: string[]): string[] => [
  "fcgiwrap",
  ...options,
  "-s",
  `unix:${join(own, wrapSocket)}`,
];

/** What most of them have in common. */
const usual = { listens: "socket", ready: [socketName], logNoise: /^$/ } as const;
type Own = Omit<Setup, keyof typeof usual> & Partial<Setup>;

const own: Readonly<Partial<Record<ServerId, Own>>> = {
  apache: {
    programs: [apacheProgram],
    version: [apacheProgram, "-v"],
    listens: "port",
    ready: ["pid"],
    logFrame: /^(?:\[[^\]]*\] )+/,
    logNoise: /\[(?:mpm_\w+|core|cgid):(?:notice|info)\]|^AH00(?:558|163|094|169)/,
    config({ own, port, client, setMail, root, scriptName, file }) {
      const [mpm, cgi] = hasApacheModule("mpm_prefork") ? ["mpm_prefork", "cgi"] : ["mpm_event", "cgid"];
      const loaded = [mpm, cgi, "alias", "env", "authz_core", "authz_host", "dir"].filter(hasApacheModule);
      return [
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
        ...setMail.map((name) => `PassEnv ${name}`),
        "StartServers 1",
        `DocumentRoot ${quoted(root)}`,
        ...(`${root}${scriptName}` === file && scriptName.startsWith("/cgi-bin/")
          ? []
          : [`ScriptAlias ${quoted(scriptName)} ${quoted(file)}`]),
        `ScriptAlias "/cgi-bin/" ${quoted(`${root}/cgi-bin/`)}`,
        '<Directory "/">',
        "Options +ExecCGI +FollowSymLinks",
        "AllowOverride None",
        `Require expr "%{REMOTE_PORT} == '${client}'"`,
        "</Directory>",
        '<LocationMatch "/[.]">',
        "Require all denied",
        "</LocationMatch>",
      ];
    },
    commands: ({ own }) => [[apacheProgram, "-f", join(own, configName), "-D", "FOREGROUND"]],
  },
  lighttpd: {
    programs: ["lighttpd"],
    version: ["lighttpd", "-v"],
    logFrame: /^\S+ \S+: /,
    logNoise: /server (?:started|stopped)/,
    config: ({ own, root, scriptName, file, setMail }) => [
      'server.modules = ("mod_alias", "mod_setenv", "mod_cgi")',
      ...setMail.map((name) => `setenv.set-environment += ("${name}" => env.${name})`),
      `server.document-root = ${quoted(root)}`,
      `server.bind = ${quoted(join(own, socketName))}`,
      `server.errorlog = ${quoted(join(own, errorLog))}`,
      `server.breakagelog = ${quoted(join(own, "stderr.log"))}`,
      'cgi.local-redir = "enable"',
      ...(file === `${root}${scriptName}` ? [] : [`alias.url = (${quoted(scriptName)} => ${quoted(file)})`]),
      `$HTTP["url"] =~ "^${inPattern(scriptName)}(/|$)|^/cgi-bin/" { cgi.assign = ("" => "") }`,
    ],
    commands: ({ own }) => [["lighttpd", "-D", "-f", join(own, configName)]],
  },
  "nginx-fcgiwrap": {
    programs: ["nginx", "fcgiwrap"],
    version: ["nginx", "-v"],
    ready: [socketName, wrapSocket],
    logFrame: /^\S+ \S+ \[\w+\] \d+#\d+: (?:\*\d+ )?|, client: .*$/g,
    logNoise: /\[(?:notice|alert)\]/,
    config: ({ own, root, scriptName, file }) => [
      ...(isRoot ? ["user root;"] : []),
      `daemon off; worker_processes 1; pid ${quoted(join(own, "pid"))}; error_log ${quoted(join(own, errorLog))};`,
      "events { worker_connections 64; }",
      `http { access_log off; root ${quoted(root)};`,
      ...["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
        (kind) => `${kind}_temp_path ${quoted(join(own, kind))};`,
      ),
      `server { listen ${quoted(`unix:${join(own, socketName)}`)};`,
      `location ~ "^${inPattern(scriptName)}(/|$)" {`,
      `fastcgi_split_path_info "^(${inPattern(scriptName)})(/.*)?$";`,
      `include ${nginxParameters};`,
      `fastcgi_param SCRIPT_NAME $fastcgi_script_name; fastcgi_param PATH_INFO $fastcgi_path_info;`,
      `fastcgi_param SCRIPT_FILENAME ${quoted(file)};`,
      `fastcgi_pass ${quoted(`unix:${join(own, wrapSocket)}`)};`,
      "} } }",
    ],
    commands: (place) => [
      ["nginx", "-c", join(place.own, configName), "-e", join(place.own, errorLog)],
      wrapCommand(place, "-f"),
    ],
  },
  h2o: {
    programs: ["h2o", "perl"],
    version: ["h2o", "--version"],
    needsRoot: true,
    needsExtension: true,
    logFrame: /^\[lib\/handler\/fastcgi\.c\] in request:[^:]*:/,
    logNoise: /^\[INFO\]|^h2o server \(|^start_server|^received SIG|fetch-ocsp/,
    config: ({ own, root, scriptName }) => [
      ...(isRoot ? ["user: root"] : []),
      "num-threads: 1",
      `error-log: ${quoted(join(own, errorLog))}`,
      `listen: { port: ${quoted(join(own, socketName))}, type: unix }`,
      "hosts: { default: { paths: {",
      `  ${quoted(dirname(scriptName))}: {`,
      `    file.dir: ${quoted(join(root, dirname(scriptName)))},`,
      `    file.custom-handler: { extension: ${quoted(extname(scriptName))},`,
      '      fastcgi.spawn: "exec $H2O_ROOT/share/h2o/fastcgi-cgi" } } } } }',
    ],
    commands: ({ own }) => [["h2o", "-c", join(own, configName)]],
  },
  caddy: {
    programs: ["caddy", "fcgiwrap"],
    version: ["caddy", "version"],
    ready: [socketName, wrapSocket],
    logFrame: /^\S+ \S+\tERROR\t\S+\t|\t\{"request".*$/g,
    logNoise: /\t(?:INFO|WARN)\t|^\{/,
    config: ({ own, root, scriptName, file }) => [
      "{",
      "admin off",
      "auto_https off",
      `log {\noutput file ${quoted(join(own, errorLog))}\nformat console {\nlevel_format upper\n}\n}`,
      "}",
      "http:// {",
      `bind ${quoted(`unix/${join(own, socketName)}`)}`,
      `root * ${quoted(root)}`,
      `@script path ${quoted(scriptName)} ${quoted(`${scriptName}/*`)}`,
      `reverse_proxy @script ${quoted(`unix/${join(own, wrapSocket)}`)} {`,
      `transport fastcgi {\nsplit ${quoted(`/${basename(scriptName)}`)}\nenv SCRIPT_FILENAME ${quoted(file)}\n}`,
      "}",
      "}",
    ],
    // What it keeps of its own goes with its folder.
    commands: (place) => [
      ["env", `HOME=${place.own}`, "caddy", "run", "--config", join(place.own, configName), "--adapter", "caddyfile"],
      wrapCommand(place),
    ],
  },
  uwsgi: {
    programs: ["uwsgi"],
    version: ["uwsgi", "--version"],
    logFrame: /^$/,
    logNoise:
      /^(?:\*{3} |!!! |\.\.\. |u?WSGI |your |\[uWSGI\]|compiled with |os: |nodename: |machine: |clock source: |pcre jit |current working |limiting |running |detected |lock engine|thunder lock|uwsgi socket|mapped |initialized |spawned |dropping |set[ug]id|SIG\w+ |goodbye )/i,
    commands({ own, scriptName, file }) {
      // Without "--skip-zero" uWSGI listens on a standard input that is a socket, under a name that is random.
      const options = "--plugin cgi --skip-zero --disable-logging --http-socket-modifier1 9".split(" ");
      const isSame = basename(scriptName) === basename(file);
      const mounted = isSame ? `${dirname(scriptName)}=${dirname(file)}` : `${scriptName}=${file}`;
      return [["uwsgi", ...options, "--http-socket", join(own, socketName), "--cgi", mounted]];
    },
  },
  go: {
    programs: ["go"],
    version: ["go", "version"],
    program: "server.go",
    logFrame: /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d /,
    commands({ own, file, scriptName }) {
      // The build is not of the request: `sh` begins with it, and the socket is there when it is done.
      const build =
        'cd "$1" && GO111MODULE=off GOFLAGS= go build -o server server.go && exec ./server "$1/$2" "$3" "$4"';
      return [["/bin/sh", "-c", build, "sh", own, socketName, file, scriptName]];
    },
  },
  python: {
    programs: ["python3"],
    version: ["python3", "--version"],
    needsRoot: true,
    program: "server.py",
    logFrame: /^\S+ - - \[[^\]]*\] /,
    commands: ({ own, root, scriptName }) => [
      ["python3", join(own, "server.py"), join(own, socketName), root, dirname(scriptName)],
    ],
  },
  busybox: {
    programs: ["busybox"],
    version: ["busybox"],
    listens: "stdio",
    needsRoot: true,
    ready: [],
    logFrame: /^httpd: /,
    commands: ({ root }) => [["busybox", "httpd", "-i", "-h", root]],
  },
};

export const setups: Readonly<Partial<Record<ServerId, Setup>>> = Object.fromEntries(
  Object.entries(own).map(([id, one]) => [id, { ...usual, ...one }]),
);
