// Who is measured: ours in three forms, and the servers people run CGI on. Each is started once on a free port of
// loopback, in the foreground, with the configuration its own documentation gives for plain CGI, access logs off.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort, isRoot, ours, up } from "./processes.mjs";

const anyScript = "/cgi-bin/hello.cgi";

/** Name → how to start it, and the program it needs. */
export const cgiContenders = {
  traced: { start: (site) => ours(site, []) },
  untraced: { start: (site) => ours(site, ["--no-traces"]) },
  portable: { start: (site) => ours(site, ["--start", "portable"]) },
  lighttpd: { needs: "lighttpd", package: "lighttpd", start: lighttpd },
  "nginx + fcgiwrap": { needs: "fcgiwrap", package: "nginx fcgiwrap", start: nginx },
  "apache mod_cgid": { needs: "apache2", package: "apache2", start: apache },
  "go net/http/cgi": { needs: "go", package: "golang-go", start: go },
};
async function lighttpd(site, scratch) {
  const port = await freePort();
  const file = join(scratch, "lighttpd.conf");
  writeFileSync(
    file,
    `server.modules = ("mod_cgi", "mod_alias")
server.document-root = "${site}"
server.bind = "127.0.0.1"
server.port = ${port}
server.errorlog = "${scratch}/lighttpd.log"
server.max-keep-alive-requests = 1000000
cgi.assign = ( ".cgi" => "", ".sh" => "", ".pl" => "", ".py" => "" )
`,
  );
  return up(spawn("lighttpd", ["-D", "-f", file], { stdio: "ignore" }), port, anyScript);
}

async function nginx(site, scratch) {
  const port = await freePort();
  const socket = join(scratch, "fcgiwrap.sock");
  const wrapper = spawn("fcgiwrap", ["-c", "4", "-s", `unix:${socket}`], { stdio: "ignore", detached: true });
  const file = join(scratch, "nginx.conf");
  writeFileSync(
    file,
    `${isRoot ? "user root;" : ""} daemon off; worker_processes 2; pid ${scratch}/nginx.pid; error_log ${scratch}/nginx.log;
events { worker_connections 256; }
http {
  access_log off; keepalive_requests 1000000; root ${site};
  client_body_temp_path ${scratch}/body; proxy_temp_path ${scratch}/proxy; fastcgi_temp_path ${scratch}/fastcgi; uwsgi_temp_path ${scratch}/uwsgi; scgi_temp_path ${scratch}/scgi;
  server {
    listen 127.0.0.1:${port};
    location /cgi-bin/ { include /etc/nginx/fastcgi_params; fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name; fastcgi_pass unix:${socket}; }
  }
}
`,
  );
  const server = await up(spawn("nginx", ["-c", file], { stdio: "ignore" }), port, anyScript);
  return {
    ...server,
    stop: async () => {
      await server.stop();
      process.kill(-wrapper.pid, "SIGTERM"); // its workers are its group
    },
  };
}

async function apache(site, scratch) {
  const port = await freePort();
  const run = join(scratch, "apache");
  mkdirSync(run);
  const modules = "/usr/lib/apache2/modules";
  const load = ["mpm_event", "authz_core", "alias", "cgid"].map(
    (name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`,
  );
  const file = join(scratch, "apache.conf");
  writeFileSync(
    file,
    `${load.join("\n")}
ServerName 127.0.0.1
${isRoot ? "User www-data\nGroup www-data" : ""}
Listen 127.0.0.1:${port}
PidFile ${run}/pid
DefaultRuntimeDir ${run}
ScriptSock ${run}/cgid.sock
ErrorLog ${run}/error.log
MaxKeepAliveRequests 0
DocumentRoot ${site}
ScriptAlias /cgi-bin/ ${site}/cgi-bin/
<Directory />
  Require all granted
</Directory>
`,
  );
  return up(
    spawn("apache2", ["-DFOREGROUND", "-f", file], { stdio: "ignore", env: { ...process.env, APACHE_RUN_DIR: run } }),
    port,
    anyScript,
  );
}

async function go(site, scratch) {
  const port = await freePort();
  const source = join(scratch, "server.go");
  const program = join(scratch, "go-server");
  writeFileSync(
    source,
    `package main
import ("net/http"; "net/http/cgi"; "path/filepath")
func main() {
	http.HandleFunc("/cgi-bin/", func(w http.ResponseWriter, r *http.Request) {
		h := cgi.Handler{Path: filepath.Join("${site}", r.URL.Path), Root: r.URL.Path}
		h.ServeHTTP(w, r)
	})
	http.ListenAndServe("127.0.0.1:${port}", nil)
}
`,
  );
  const built = spawnSync("go", ["build", "-o", program, source], {
    encoding: "utf8",
    env: { ...process.env, GO111MODULE: "off", GOCACHE: join(scratch, "go-cache") },
  });
  if (built.status !== 0) throw new Error(`the Go server could not be built: ${built.stderr}`);
  return up(spawn(program, { stdio: "ignore" }), port, anyScript);
}
