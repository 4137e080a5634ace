// A machine for a kit: its own /etc, /srv, /run, /var/log, processes and network, over the programs of this one. The
// servers' own sites are there as Debian has them, at port 80. The kit is installed by the words of its own page; in
// place of systemctl, a script starts the units with their own commands.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { join } from "node:path";
import { repositoryRoot } from "../repository.js";
import { program, tempFolder } from "../temp-workspace.js";

const support = join(repositoryRoot, "test/support/deploy");
const path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Why there can be none here; null: there can. */
export function noMachine(): string | null {
  if (process.getuid?.() !== 0) return "root";
  const missing = ["unshare", "nsenter", "runuser", "findmnt", "setpriv", "ip"].find((name) => program(name) === null);
  if (missing !== undefined) return missing;
  return spawnSync("unshare", ["-m", "-n", "-p", "-f", "--mount-proc", "true"]).status === 0 ? null : "namespaces";
}

const setUp = `
set -e
mkdir "$OWN/etc" "$OWN/bin"
cp -a /etc/. "$OWN/etc"
cp "$SUPPORT/systemctl" "$SUPPORT/units.py" "$OWN/bin"
ip link set lo up
printf '#!/bin/sh\\n' > "$OWN/bin/apt-get"
chmod 755 "$OWN/bin/apt-get" "$OWN"
mount --bind "$OWN/etc" /etc
mount -t tmpfs -o mode=755 tmpfs /srv
mount -t tmpfs -o mode=755 tmpfs /run
mount -t tmpfs -o mode=755 tmpfs /var/log
mkdir -p /run/lock /run/apache2 /var/log/apache2 /var/log/nginx /var/log/lighttpd /run/haproxy
chown www-data /var/log/lighttpd
echo ready
exec cat
`;

interface Said {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export class Machine implements AsyncDisposable {
  readonly #pid: number;
  readonly #end: () => Promise<void>;
  readonly #door: string;
  #entrance: Server | null = null;

  private constructor(pid: number, door: string, end: () => Promise<void>) {
    this.#pid = pid;
    this.#door = door;
    this.#end = end;
  }

  static async start(): Promise<Machine> {
    const own = tempFolder();
    const env = { PATH: path, OWN: own.path, SUPPORT: support };
    const words = [
      "-m",
      "-n",
      "-p",
      "-f",
      "--kill-child",
      "--mount-proc",
      "--propagation",
      "private",
      "sh",
      "-c",
      setUp,
    ];
    const holder = spawn("unshare", words, { env, stdio: ["pipe", "pipe", "inherit"] });
    const ended = once(holder, "exit");
    const end = async (): Promise<void> => {
      holder.kill("SIGKILL");
      await ended;
      own[Symbol.dispose]();
    };
    if (holder.stdout === null || holder.pid === undefined) throw new Error("unshare was not started");
    const first: unknown = await Promise.race([once(holder.stdout, "data"), ended]);
    if (!String(first).startsWith("ready")) {
      own[Symbol.dispose]();
      throw new Error("there is no machine for the kit");
    }
    const children = readFileSync(`/proc/${holder.pid}/task/${holder.pid}/children`, "utf8");
    return Object.assign(new Machine(Number(children.trim()), own.file("door"), end), { bin: own.file("bin") });
  }

  readonly bin: string = "";

  run(script: string): Said {
    const { status, stdout, stderr } = spawnSync(
      "nsenter",
      ["-t", `${this.#pid}`, "-m", "-n", "-p", "sh", "-c", script],
      {
        env: { PATH: `${this.bin}:${path}` },
        encoding: "utf8",
        timeout: 60_000,
      },
    );
    return { code: status, stdout, stderr };
  }

  /** The address at which this machine reaches a port of that one. */
  async reach(port: number): Promise<string> {
    this.run(`setsid /usr/bin/python3 '${support}/door.py' '${this.#door}' ${port} </dev/null >/dev/null 2>&1 &`);
    this.#entrance = createServer((here) => {
      const there = connect(this.#door);
      for (const [one, other] of [
        [here, there],
        [there, here],
      ] as const)
        one.pipe(other).on("close", () => one.destroy());
      for (const one of [here, there]) one.on("error", () => one.destroy());
    });
    await once(this.#entrance.listen(0, "127.0.0.1"), "listening");
    return `http://127.0.0.1:${(this.#entrance.address() as AddressInfo).port}`;
  }

  /** By the words of its page. @throws Error with what they say */
  install(kit: string): void {
    const page = readFileSync(join(kit, "README.md"), "utf8");
    const [, words = "exit 1"] = /```sh\n([\s\S]*?)```/.exec(page) ?? [];
    const said = this.run(`cd '${kit}' && set -e\n${words.replace(/^\.\/check\.sh$/m, "")}`);
    if (said.code !== 0) throw new Error(`${said.stdout}${said.stderr}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#entrance?.close();
    await this.#end();
  }
}

export const isHere = (...programs: string[]): boolean =>
  programs.every((name) => program(name) !== null || existsSync(`/usr/sbin/${name}`));
