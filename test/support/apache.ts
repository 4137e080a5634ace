// A real Apache with mod_cgi over a folder, in the foreground and on a free port, for comparing what it
// makes of a request with what we make of it.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { isListening, portForProgram } from "./free-port.js";
import { startServer } from "./server-process.js";
import { program, tempFolder } from "./temp-workspace.js";

const modules = "/usr/lib/apache2/modules";
const hasModule = (name: string): boolean => existsSync(`${modules}/mod_${name}.so`);
export const hasApache = program("apache2") !== null && hasModule("cgi") && hasModule("mpm_prefork");

export interface Apache extends AsyncDisposable {
  readonly port: number;
  readonly configuration: string;
  /** What is in its logs so far. */
  logs(): { readonly access: string; readonly errors: string };
}
export interface ApacheRoute {
  /** "/git": the program answers for it and everything below. */
  readonly path: string;
  readonly file: string;
}

/**
 * `folder`: the document root, whose cgi-bin/ holds scripts. It is made readable for Apache's own user. `also`: further
 * modules by name, and further lines.
 */
export async function startApache(
  folder: string,
  routes: readonly ApacheRoute[],
  variables: Readonly<Record<string, string>>,
  also: { readonly modules?: readonly string[]; readonly lines?: readonly string[] } = {},
): Promise<Apache> {
  const port = await portForProgram();
  const own = tempFolder();
  for (const path of [own.path, folder]) chmodSync(path, 0o755);
  for (const name of ["run", "sockets"]) mkdirSync(own.file(name));
  chmodSync(own.file("sockets"), 0o777); // those of mod_fcgid, which Apache's own user opens
  const isRoot = process.getuid?.() === 0;
  const lines = [
    `ServerRoot ${own.path}`,
    `Listen 127.0.0.1:${port}`,
    "ServerName localhost",
    ...["mpm_prefork", "cgi", "alias", "env", "authz_core", "dir", "log_config", ...(also.modules ?? [])]
      .filter(hasModule) // log_config is built in, in most packages
      .map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`),
    `PidFile ${own.file("run/pid")}`,
    ...(also.modules?.includes("fcgid") && hasModule("fcgid")
      ? [`FcgidIPCDir ${own.file("sockets")}`, `FcgidProcessTableFile ${own.file("run/processes")}`]
      : []),
    `DefaultRuntimeDir ${own.file("run")}`,
    `Mutex file:${own.file("run")} default`,
    `ErrorLog ${own.file("error.log")}`,
    'LogFormat "%h %l %u %t \\"%r\\" %>s %b \\"%{Referer}i\\" \\"%{User-Agent}i\\"" combined',
    `CustomLog ${own.file("access.log")} combined`,
    ...(isRoot ? ["User www-data", "Group www-data"] : []),
    "StartServers 2",
    `DocumentRoot ${folder}`,
    "SetEnv REDIRECT_STATUS 200", // without it php-cgi refuses to run
    ...Object.entries(variables).map(([name, value]) => `SetEnv ${name} "${value}"`),
    ...routes.map(({ path, file }) => `ScriptAlias ${path} ${file}`),
    `ScriptAlias /cgi-bin/ ${folder}/cgi-bin/`,
    "<Directory />",
    "Options +ExecCGI +FollowSymLinks",
    "Require all granted",
    "</Directory>",
    ...(also.lines ?? []),
  ];
  writeFileSync(own.file("apache.conf"), `${lines.join("\n")}\n`);
  const server = await startServer({
    name: "Apache",
    commands: [
      {
        words: ["apache2", "-f", own.file("apache.conf"), "-D", "FOREGROUND"],
        env: { PATH: process.env["PATH"] },
        stderr: "inherit",
      },
    ],
    isUp: () => isListening(port),
    own,
  });
  const logs = () => ({
    access: readFileSync(own.file("access.log"), "latin1"),
    errors: readFileSync(own.file("error.log"), "latin1"),
  });
  return {
    port,
    configuration: own.file("apache.conf"),
    logs,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
