// The kit for Compose as three hosts and nginx in network namespaces: 20,000 requests while a host is killed, brought
// back, drained and ended, brought back, and while all three are upgraded. What nginx had not sent to a host is not
// lost, what is idempotent is not lost at all, and what is not idempotent runs at most once.
import { execFile } from "node:child_process";
import { chmodSync, cpSync, readFileSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { commandLine } from "../support/command-line.js";
import { imageWords } from "../support/deploy/image.js";
import { isHere, Machine, noMachine } from "../support/deploy/machine.js";
import { tempFolder } from "../support/temp-workspace.js";
import { waitFor } from "../support/wait-for.js";

const total = 20_000;
/** As many clients at once. */
const clients = 24;
const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "LOCK"] as const;
const isIdempotent = (method: string) => ["GET", "PUT", "DELETE"].includes(method);

/** Each request leaves a line where it began. */
const script = (version: number) => `#!/usr/bin/env python3
import os, sys, time
sys.stdin.buffer.read(int(os.environ.get("CONTENT_LENGTH") or 0))
with open("/run/shop/began", "a") as began:
    began.write(os.environ["QUERY_STRING"] + "\\n")
time.sleep(0.02)
print("Content-Type: text/plain\\n")
print("${version}", os.environ["QUERY_STRING"])
`;

/** As in the image that the kit names, but for the log. */
const nginx = (log: string) => `user www-data;
worker_processes 2;
events { worker_connections 1024; }
http {
    log_format own '$args $status $upstream_addr $upstream_bytes_sent';
    access_log ${log} own;
    include /etc/nginx/conf.d/*.conf;
}
`;

interface Asked {
  readonly method: string;
  /** Null: the connection ended. */
  readonly status: number | null;
  readonly version: string;
}

const missing = isHere("lighttpd", "nginx", "python3") ? noMachine() : "nginx";
test.skipIf(missing !== null)(
  "three hosts lose nothing that had not begun, and run no POST twice (needs nginx, lighttpd and root)",
  async () => {
    using folder = tempFolder();
    chmodSync(folder.path, 0o755);
    folder.makeFolder("shop/cgi-bin");
    folder.write("shop/cgi-workbench.json", JSON.stringify({ scripts: { "cgi-bin/shop.py": { mode: "prefork" } } }));
    const kit = async (version: number): Promise<string> => {
      folder.write("shop/cgi-bin/shop.py", script(version));
      folder.makeExecutable("shop/cgi-bin/shop.py");
      const out = folder.file(`kit-${version}`);
      const made = await commandLine(["deploy", folder.file("shop"), "--to", "compose", "--out", out]);
      expect([made.exitCode, made.stderr]).toEqual([0, made.stderr]);
      return out;
    };
    const out = await kit(1);

    await using front = await Machine.start();
    await using one = await Machine.start();
    await using two = await Machine.start();
    await using three = await Machine.start();
    const hosts = [one, two, three];
    const image = imageWords(out, "shop");
    const on = async ({ shell: [program, ...words] }: Machine, script: string) =>
      promisify(execFile)(program, [...words, script], { timeout: 60_000 });
    const [, network] = /server (\S+)\.11:8080/.exec(readFileSync(join(out, "front/app.conf"), "utf8")) ?? [];
    front.join(
      [
        [one, `${network}.11`],
        [two, `${network}.12`],
        [three, `${network}.13`],
      ],
      `${network}.1`,
    );
    folder.write("nginx.conf", nginx(folder.file("access.log")));
    const isWell = "until curl -fs -o /dev/null http://127.0.0.1:8080/healthz; do sleep 0.1; done";
    for (const host of hosts) await on(host, `${image.start}\n${isWell}`);
    await on(front, `mount --bind ${out}/front /etc/nginx/conf.d; nginx -c ${folder.file("nginx.conf")} 2>/dev/null`);
    const there = await front.reach(8080);
    await waitFor("nginx answers", () =>
      fetch(`${there}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      ),
    );

    // In place of docker: a host that is made anew ends as Compose ends it, and starts from what is in the kit.
    folder.makeFolder("bin");
    const anew = hosts.map(({ shell }, index) => {
      const words = [image.end, image.ended, image.start, isWell].join("\n");
      folder.write(`bin/app-${index + 1}.sh`, words);
      return `app-${index + 1}) exec ${shell.slice(0, -1).join(" ")} ${folder.file(`bin/app-${index + 1}.sh`)} ;;`;
    });
    folder.write(
      "bin/docker",
      `#!/bin/sh\n[ "$2" = up ] || exit 0\nfor last; do :; done\ncase $last in\n${anew.join("\n")}\nesac\nexit 1\n`,
    );
    folder.makeExecutable("bin/docker");

    const asked: Asked[] = [];
    const agent = new Agent({ keepAlive: true, maxSockets: clients });
    const ask = (method: string, id: number) =>
      new Promise<Asked>((resolve) => {
        const body = isIdempotent(method) ? "" : "n=1";
        const lost = () => resolve({ method, status: null, version: "" });
        const sent = request(`${there}/cgi-bin/shop.py?${id}`, {
          method,
          agent,
          headers: { "Content-Length": body.length },
        });
        sent.on("error", lost).on("response", (response) => {
          let text = "";
          response.setEncoding("utf8").on("error", lost);
          response.on("data", (part: string) => {
            text += part;
          });
          response.on("end", () => {
            const [, version = "", own] = /^(\d) (\d+)\n$/.exec(text) ?? [];
            resolve({
              method,
              status: response.statusCode === 200 && own !== `${id}` ? null : (response.statusCode ?? null),
              version,
            });
          });
        });
        sent.end(body);
      });
    let number = 0;
    let isOver = false;
    const client = async () => {
      while (number < total || !isOver) {
        const id = number++;
        asked[id] = await ask(methods[id % methods.length] ?? "GET", id);
      }
    };
    const after = (count: number) => waitFor(`${count} requests`, () => number >= count, 120_000);
    const times: string[] = [];
    const begun = performance.now();
    const noted = (what: string) => times.push(`${((performance.now() - begun) / 1000).toFixed(1)} s ${what}`);
    const events = async () => {
      await after(2000);
      noted("host 1 is killed");
      await on(one, "kill -KILL -1; ip link set eth0 down");
      await after(5000);
      await on(one, `ip link set eth0 up; ${image.start}\n${isWell}`);
      noted("host 1 is back");
      await after(8000);
      noted("host 2 is drained");
      folder.write("kit-1/front/drained-2", "");
      await on(two, `sleep 1; ${image.end}; ${image.ended}`);
      await after(10_000);
      await on(two, `${image.start}\n${isWell}`);
      rmSync(join(out, "front/drained-2"));
      noted("host 2 is back");
      await after(12_000);
      noted("the hosts are upgraded");
      const later = await kit(2);
      cpSync(join(later, "site"), join(out, "site"), { recursive: true });
      await promisify(execFile)(join(out, "upgrade.sh"), {
        env: { PATH: `${folder.file("bin")}:${process.env["PATH"]}` },
        timeout: 120_000,
      });
      noted("the hosts are upgraded all");
      isOver = true;
    };
    await Promise.all([events(), ...Array.from({ length: clients }, client)]);
    noted("the end");
    agent.destroy();

    const began = new Map<string, number>();
    for (const host of hosts)
      for (const id of host.run("cat /run/shop/began").stdout.trim().split("\n"))
        began.set(id, (began.get(id) ?? 0) + 1);
    const log = new Map(
      readFileSync(folder.file("access.log"), "utf8")
        .split("\n")
        .map((line) => [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)] as const),
    );
    const lost = asked.flatMap(({ method, status }, id) =>
      status === 200 ? [] : [{ id, method, status, log: log.get(`${id}`), began: began.get(`${id}`) ?? 0 }],
    );
    const twice = asked.flatMap(({ method }, id) => ((began.get(`${id}`) ?? 0) > 1 ? [{ id, method }] : []));
    const isBegun = ({ log: said = "" }) => /^\d+ [\d.]+\.11:8080 [1-9]/.test(said);
    console.log(
      [
        ...times,
        `${asked.length} requests, ${(asked.length / ((performance.now() - begun) / 1000)).toFixed(0)} a second`,
        `lost with the host that was killed: ${lost.filter(isBegun).length} of what had been sent to it`,
        `lost otherwise: ${lost.filter((each) => !isBegun(each)).length}`,
        `run twice: ${twice.length}; of them not idempotent: ${twice.filter(({ method }) => !isIdempotent(method)).length}`,
      ].join("\n"),
    );
    expect(lost.filter((each) => !isBegun(each)).slice(0, 20)).toEqual([]);
    // A response that had begun cannot be asked for again.
    expect(lost.filter(({ method, log: said }) => isIdempotent(method) && !said?.startsWith("200 "))).toEqual([]);
    expect(twice.filter(({ method }) => !isIdempotent(method))).toEqual([]);
    expect(asked.slice(-clients).every(({ status, version }) => status !== 200 || version === "2")).toBe(true);
  },
  600_000,
);
