// Who is measured with a FastCGI responder on libfcgi, two processes each: ours, the same program run as CGI by us, the
// least that a gateway on Node's sockets can do, lighttpd's mod_fastcgi, and nginx with kept connections.
import { spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort, isRoot, ours, up } from "./processes.mjs";

export const fastcgiTarget = "/app.fcgi";

export const fastcgiContenders = {
  traced: { start: (site) => ours(site, []) },
  untraced: { start: (site) => ours(site, ["--no-traces"]) },
  "ours as CGI": { target: "/app.cgi", start: (site) => ours(site, []) },
  "least gateway on Node": { start: leastGateway },
  "lighttpd mod_fastcgi": { needs: "lighttpd", package: "lighttpd", start: lighttpd },
  "nginx keep-alive": { needs: "nginx", package: "nginx-light", start: nginx },
};

async function lighttpd(site, scratch) {
  const port = await freePort();
  const file = join(scratch, "lighttpd-fastcgi.conf");
  writeFileSync(
    file,
    `server.modules = ("mod_fastcgi")
server.document-root = "${site}"
server.bind = "127.0.0.1"
server.port = ${port}
server.errorlog = "${scratch}/lighttpd-fastcgi.log"
server.max-keep-alive-requests = 1000000
fastcgi.server = ( "${fastcgiTarget}" => (( "bin-path" => "${site}${fastcgiTarget}", "socket" => "${scratch}/lighttpd-app", "max-procs" => 2, "check-local" => "disable" )) )
`,
  );
  return up(spawn("lighttpd", ["-D", "-f", file], { stdio: "ignore" }), port, fastcgiTarget);
}

/** See least-gateway.mjs. */
async function leastGateway(site, scratch) {
  const socket = join(scratch, "least-app.sock");
  const application = spawn(join(site, fastcgiTarget), [socket], { stdio: "ignore", detached: true });
  while (!existsSync(socket)) await delay(20);
  const program = fileURLToPath(new URL("least-gateway.mjs", import.meta.url));
  const child = spawn(process.execPath, [program, socket], { stdio: ["ignore", "pipe", "inherit"] });
  const line = await new Promise((resolve) => createInterface({ input: child.stdout }).once("line", resolve));
  const server = await up(child, JSON.parse(line).port, fastcgiTarget);
  return {
    ...server,
    stop: async () => {
      await server.stop();
      process.kill(-application.pid, "SIGTERM"); // its processes are its group
    },
  };
}

/**
 * A process of libfcgi's serves one connection at a time, and a kept one that rests keeps it from others:
 * as many are kept as there are processes.
 */
async function nginx(site, scratch) {
  const port = await freePort();
  const socket = join(scratch, "nginx-app.sock");
  const application = spawn(join(site, fastcgiTarget), [socket], { stdio: "ignore", detached: true });
  const file = join(scratch, "nginx-fastcgi.conf");
  writeFileSync(
    file,
    `${isRoot ? "user root;" : ""} daemon off; worker_processes 1; pid ${scratch}/nginx-fastcgi.pid; error_log ${scratch}/nginx-fastcgi.log;
events { worker_connections 256; }
http {
  access_log off; keepalive_requests 1000000; root ${site};
  client_body_temp_path ${scratch}/f-body; proxy_temp_path ${scratch}/f-proxy; fastcgi_temp_path ${scratch}/f-fastcgi; uwsgi_temp_path ${scratch}/f-uwsgi; scgi_temp_path ${scratch}/f-scgi;
  upstream application { server unix:${socket}; keepalive 2; keepalive_requests 1000000; }
  server {
    listen 127.0.0.1:${port};
    location ${fastcgiTarget} { include /etc/nginx/fastcgi_params; fastcgi_keep_conn on; fastcgi_pass application; }
  }
}
`,
  );
  const server = await up(spawn("nginx", ["-c", file], { stdio: "ignore" }), port, fastcgiTarget);
  return {
    ...server,
    stop: async () => {
      await server.stop();
      process.kill(-application.pid, "SIGTERM"); // its processes are its group
    },
  };
}
