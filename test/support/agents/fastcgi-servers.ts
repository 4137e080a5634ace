// Web servers that pass requests on to a FastCGI application on a UNIX socket: nginx, lighttpd, Apache, HAProxy, each
// with the least configuration that its own documentation gives.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync } from "node:fs";
import { isListening, portForProgram } from "../free-port.js";
import { startServer } from "../server-process.js";
import { program, type TempFolder, tempFolder } from "../temp-workspace.js";

export const serverNames = ["nginx", "lighttpd", "Apache", "HAProxy"] as const;
export type ServerName = (typeof serverNames)[number];
export interface Application {
  readonly socket: string;
  readonly script: string;
  /** It gets the paths below its own, too, as path info. */
  readonly takesPathInfo?: boolean;
}

const modules = "/usr/lib/apache2/modules";
const isRoot = process.getuid?.() === 0;
const env = { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" };

/** Whether the server is here, in a version that can be asked. */
export function isInstalled(name: ServerName): boolean {
  if (name === "Apache") return program("apache2") !== null && existsSync(`${modules}/mod_proxy_fcgi.so`);
  if (name === "HAProxy") return takesLoneRecords();
  return program(name.toLowerCase()) !== null;
}

/**
 * HAProxy 2.6.12 and 2.8.0 crash on a FastCGI record that comes alone, stderr or a part of
 * a head, whoever sends it; 3.0.0 does not.
 */
function takesLoneRecords(): boolean {
  if (program("haproxy") === null) return false;
  const { stdout } = spawnSync("haproxy", ["-v"], { encoding: "utf8", env });
  const [, major] = /^HAProxy version (\d+)\./.exec(stdout) ?? [];
  return Number(major) >= 3;
}

/** The port; every path `/NAME` is the application of that name, with what is below it if that takes path info. */
export class FastcgiServer implements AsyncDisposable {
  readonly port: number;
  readonly #server: AsyncDisposable;

  private constructor(port: number, server: AsyncDisposable) {
    this.port = port;
    this.#server = server;
  }

  static async start(name: ServerName, applications: Readonly<Record<string, Application>>): Promise<FastcgiServer> {
    const port = await portForProgram();
    const own = tempFolder();
    chmodSync(own.path, 0o755);
    mkdirSync(own.file("run"));
    const words = configure[name](own, port, Object.entries(applications));
    const isUp = (): Promise<boolean> => isListening(port);
    return new FastcgiServer(port, await startServer({ name, commands: [{ words, env }], isUp, own }));
  }

  [Symbol.asyncDispose](): PromiseLike<void> {
    return this.#server[Symbol.asyncDispose]();
  }
}

type Named = readonly (readonly [name: string, Application])[];

const configure: Readonly<Record<ServerName, (own: TempFolder, port: number, named: Named) => readonly string[]>> = {
  nginx: (own, port, named) => {
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
      .map((kind) => `${kind}_temp_path ${own.file(`run/${kind}`)};`)
      .join(" ");
    const upstreams = named.map(([name, { socket }]) => `upstream ${name} { server unix:${socket}; keepalive 2; }`);
    const pathInfo = (name: string): string =>
      `fastcgi_split_path_info ^(/${name})(/.*)?$; fastcgi_param SCRIPT_NAME /${name}; fastcgi_param PATH_INFO $fastcgi_path_info;`;
    const parameters = (name: string, { script, takesPathInfo = false }: Application): string =>
      takesPathInfo
        ? // fastcgi_params has a SCRIPT_NAME, too, and nginx would send both
          `fastcgi_param QUERY_STRING $query_string; fastcgi_param REQUEST_METHOD $request_method; fastcgi_param CONTENT_TYPE $content_type; fastcgi_param CONTENT_LENGTH $content_length; ${pathInfo(name)} fastcgi_param SCRIPT_FILENAME ${script};`
        : `include /etc/nginx/fastcgi_params; fastcgi_param SCRIPT_FILENAME ${script};`;
    const locations = named.map(
      ([name, application]) =>
        `location ${application.takesPathInfo ? "" : "= "}/${name} { ${parameters(name, application)} fastcgi_pass ${name}; }`,
    );
    own.write(
      "nginx.conf",
      `${isRoot ? "user root;" : ""} daemon off; worker_processes 1; pid ${own.file("run/pid")}; error_log ${own.file("error.log")};
events { worker_connections 64; }
http { access_log off; ${temporary} fastcgi_keep_conn on; client_max_body_size 0; ${upstreams.join("\n")}
server { listen 127.0.0.1:${port}; ${locations.join("\n")} } }
`,
    );
    return ["nginx", "-e", own.file("error.log"), "-c", own.file("nginx.conf")];
  },
  lighttpd: (own, port, named) => {
    const servers = named.map(
      ([name, { socket }]) => `"/${name}" => (("socket" => "${socket}", "check-local" => "disable"))`,
    );
    own.write(
      "lighttpd.conf",
      `server.modules = ("mod_fastcgi")
server.document-root = "${own.path}"
server.bind = "127.0.0.1"
server.port = ${port}
server.errorlog = "${own.file("error.log")}"
server.upload-dirs = ("${own.file("run")}")
fastcgi.server = (${servers.join(",\n")})
`,
    );
    return ["lighttpd", "-D", "-f", own.file("lighttpd.conf")];
  },
  Apache: (own, port, named) => {
    const passes = named.flatMap(([name, { socket, script, takesPathInfo = false }]) => [
      `<LocationMatch "^/${name}${takesPathInfo ? "(/|$)" : "$"}">`,
      `SetHandler "proxy:unix:${socket}|fcgi://${name}/"`,
      `ProxyFCGISetEnvIf "true" SCRIPT_FILENAME "${script}"`,
      ...(takesPathInfo
        ? [
            `ProxyFCGISetEnvIf "%{REQUEST_URI} =~ m#^/${name}(/.*)?$#" PATH_INFO "$1"`,
            `ProxyFCGISetEnvIf "true" SCRIPT_NAME "/${name}"`,
          ]
        : []),
      "</LocationMatch>",
    ]);
    own.write(
      "apache.conf",
      [
        `ServerRoot ${own.path}`,
        `Listen 127.0.0.1:${port}`,
        "ServerName localhost",
        ...["mpm_event", "proxy", "proxy_fcgi", "authz_core"].map(
          (module) => `LoadModule ${module}_module ${modules}/mod_${module}.so`,
        ),
        `PidFile ${own.file("run/pid")}`,
        `DefaultRuntimeDir ${own.file("run")}`,
        `Mutex file:${own.file("run")} default`,
        `ErrorLog ${own.file("error.log")}`,
        `DocumentRoot ${own.path}`,
        "<Directory />",
        "Require all granted",
        "</Directory>",
        ...passes,
        "",
      ].join("\n"),
    );
    return ["apache2", "-f", own.file("apache.conf"), "-D", "FOREGROUND"];
  },
  HAProxy: (own, port, named) => {
    own.write(
      "haproxy.cfg",
      [
        "defaults",
        "  mode http",
        "  option httpclose", // it may close a kept connection while the next request is on its way
        "  timeout connect 5s",
        "  timeout client 20s",
        "  timeout server 20s",
        "fcgi-app agent",
        `  docroot ${own.path}`,
        "  path-info ^(/[^/]+)(/.*)?$",
        "frontend web",
        `  bind 127.0.0.1:${port}`,
        ...named.map(
          ([name, { takesPathInfo = false }]) =>
            `  use_backend ${name} if { path /${name} }${takesPathInfo ? ` or { path_beg /${name}/ }` : ""}`,
        ),
        ...named.flatMap(([name, { socket }]) => [
          `backend ${name}`,
          "  use-fcgi-app agent",
          `  server one unix@${socket} proto fcgi`,
        ]),
        "",
      ].join("\n"),
    );
    return ["haproxy", "-db", "-f", own.file("haproxy.cfg")];
  },
};
