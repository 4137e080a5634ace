// Who is measured: ours in three forms, and the servers people run CGI on. Each is started once on a free port of loopback, in the
// foreground, with the configuration its own documentation gives for plain CGI, access logs off.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const cli = fileURLToPath(new URL("../../dist/node/cli.js", import.meta.url));
const isRoot = process.getuid?.() === 0;
const has = (program) => spawnSync("which", [program]).status === 0;

/** Name → how to start it, and the program it needs. */
export const contenders = {
  traced: { start: (site) => ours(site, []) },
  untraced: { start: (site) => ours(site, ["--no-traces"]) },
  portable: { start: (site) => ours(site, ["--start", "portable"]) },
  lighttpd: { needs: "lighttpd", package: "lighttpd", start: lighttpd },
  "nginx + fcgiwrap": { needs: "fcgiwrap", package: "nginx fcgiwrap", start: nginx },
  "apache mod_cgid": { needs: "apache2", package: "apache2", start: apache },
};
export const missing = Object.entries(contenders).flatMap(([name, { needs, package: from }]) =>
  needs && !has(needs) ? [`${name} (apt-get install ${from})`] : [],
);

async function ours(site, options) {
  const child = spawn(process.execPath, [cli, "serve", site, "--port", "0", "--no-ui", "--json", ...options], { stdio: ["ignore", "pipe", "inherit"] });
  const line = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", resolve);
    child.once("exit", (code) => reject(new Error(`our server ended with ${code}`)));
  });
  return { port: Number(new URL(JSON.parse(line).scripts).port), stop: () => ended(child, "SIGINT") };
}

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
  return up(spawn("lighttpd", ["-D", "-f", file], { stdio: "ignore" }), port);
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
  const server = await up(spawn("nginx", ["-c", file], { stdio: "ignore" }), port);
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
  const load = ["mpm_event", "authz_core", "alias", "cgid"].map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`);
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
  return up(spawn("apache2", ["-DFOREGROUND", "-f", file], { stdio: "ignore", env: { ...process.env, APACHE_RUN_DIR: run } }), port);
}

/** Waits until the server answers. */
async function up(child, port) {
  for (let tries = 0; tries < 100; tries++) {
    const ok = await fetch(`http://127.0.0.1:${port}/cgi-bin/hello.cgi`).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return { port, stop: () => ended(child, "SIGTERM") };
    if (child.exitCode !== null) break;
    await delay(50);
  }
  child.kill("SIGKILL");
  throw new Error(`${child.spawnfile} did not come up`);
}

function ended(child, signal) {
  return new Promise((resolve) => {
    child.once("exit", resolve);
    child.kill(signal);
  });
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
