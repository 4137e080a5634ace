// A machine for a kit: its own /etc, /srv, /run, /var/log and processes, over the programs of this one. The kit is
// installed by the words of its own page; in place of systemctl, a script starts the units with their own commands.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../repository.js";
import { program, tempFolder } from "../temp-workspace.js";

const support = join(repositoryRoot, "test/support/deploy");
const path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Why there can be none here; null: there can. */
export function noMachine(): string | null {
  if (process.getuid?.() !== 0) return "root";
  const missing = ["unshare", "nsenter", "runuser", "findmnt"].find((name) => program(name) === null);
  if (missing !== undefined) return missing;
  return spawnSync("unshare", ["-m", "-p", "-f", "--mount-proc", "true"]).status === 0 ? null : "namespaces";
}

const setUp = `
set -e
mkdir "$OWN/etc" "$OWN/bin"
cp -a /etc/. "$OWN/etc"
cp "$SUPPORT/systemctl" "$SUPPORT/units.py" "$OWN/bin"
printf '#!/bin/sh\\n' > "$OWN/bin/apt-get"
chmod 755 "$OWN/bin/apt-get" "$OWN"
mount --bind "$OWN/etc" /etc
mount -t tmpfs -o mode=755 tmpfs /srv
mount -t tmpfs -o mode=755 tmpfs /run
mount -t tmpfs -o mode=755 tmpfs /var/log
mkdir -p /run/lock /run/apache2 /var/log/apache2 /var/log/nginx /var/log/lighttpd /run/haproxy
chown www-data /var/log/lighttpd
rm -f /etc/nginx/sites-enabled/* /etc/apache2/sites-enabled/*
[ ! -f /etc/apache2/ports.conf ] || : > /etc/apache2/ports.conf
[ ! -f /etc/lighttpd/lighttpd.conf ] || sed -i "s/^server.port .*/server.port = $OTHER_PORT/" /etc/lighttpd/lighttpd.conf
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

  private constructor(pid: number, end: () => Promise<void>) {
    this.#pid = pid;
    this.#end = end;
  }

  /** `otherPort`: for a server that insists on one beside the kit's. */
  static async start(otherPort: number): Promise<Machine> {
    const own = tempFolder();
    const env = { PATH: path, OWN: own.path, SUPPORT: support, OTHER_PORT: `${otherPort}` };
    const words = ["-m", "-p", "-f", "--kill-child", "--mount-proc", "--propagation", "private", "sh", "-c", setUp];
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
    return Object.assign(new Machine(Number(children.trim()), end), { bin: own.file("bin") });
  }

  readonly bin: string = "";

  run(script: string): Said {
    const { status, stdout, stderr } = spawnSync("nsenter", ["-t", `${this.#pid}`, "-m", "-p", "sh", "-c", script], {
      env: { PATH: `${this.bin}:${path}` },
      encoding: "utf8",
      timeout: 60_000,
    });
    return { code: status, stdout, stderr };
  }

  /** By the words of its page. @throws Error with what they say */
  install(kit: string): void {
    const page = readFileSync(join(kit, "README.md"), "utf8");
    const [, words = "exit 1"] = /```sh\n([\s\S]*?)```/.exec(page) ?? [];
    const said = this.run(`cd '${kit}' && set -e\n${words.replace(/^\.\/check\.sh$/m, "")}`);
    if (said.code !== 0) throw new Error(`${said.stdout}${said.stderr}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#end();
  }
}

export const isHere = (...programs: string[]): boolean =>
  programs.every((name) => program(name) !== null || existsSync(`/usr/sbin/${name}`));
