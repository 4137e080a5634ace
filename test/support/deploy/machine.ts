// A machine for a kit: its own /etc, /srv, /run, /var/log, processes and network, over the programs of this one. The
// servers' own sites are there as Debian has them, at port 80. The kit is installed by the words of its own page; in
// place of systemctl, a script starts the units with their own commands.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot } from "../repository.js";
import { program, tempFolder } from "../temp-workspace.js";
import { waitFor } from "../wait-for.js";

const support = join(repositoryRoot, "test/support/deploy");
const path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Why there can be none here; null: there can. */
export function noMachine(): string | null {
  if (process.getuid?.() !== 0) return "root";
  const missing = ["unshare", "nsenter", "runuser", "findmnt", "setpriv", "ip"].find((name) => program(name) === null);
  if (missing !== undefined) return missing;
  return spawnSync("unshare", ["-m", "-n", "-p", "-f", "--mount-proc", "true"]).status === 0 ? null : "namespaces";
}

/** Over the programs of this machine, where all packages are installed. */
const overThisMachine = `
mkdir "$OWN/etc"
cp -a /etc/. "$OWN/etc"
printf '#!/bin/sh\\n' > "$OWN/bin/apt-get"
mount --bind "$OWN/etc" /etc
mount -t tmpfs -o mode=755 tmpfs /srv
mount -t tmpfs -o mode=755 tmpfs /run
mount -t tmpfs -o mode=755 tmpfs /var/log
mkdir -p /run/lock /run/apache2 /var/log/apache2 /var/log/nginx /var/log/lighttpd /var/log/h2o /run/haproxy
chown www-data /var/log/lighttpd
`;

/** Over a clean root, which stays as it is. apt alone reaches the network, and Debian's packages start nothing. */
const overCleanRoot = `
mount -t tmpfs tmpfs "$OWN/own"
mkdir "$OWN/own/files" "$OWN/own/work" "$OWN/own/root"
mount -t overlay -o "lowerdir=$ROOT,upperdir=$OWN/own/files,workdir=$OWN/own/work" overlay "$OWN/own/root"
cd "$OWN/own/root"
for each in proc dev sys; do mount --rbind "/$each" "$each"; done
mount -t tmpfs -o mode=755 tmpfs run
mkdir run/lock run/outside
cp --remove-destination -L /etc/resolv.conf etc/resolv.conf
printf '#!/bin/sh\\nexit 101\\n' > usr/sbin/policy-rc.d
cat > "$OWN/bin/apt-get" << end
#!/bin/sh
exec nsenter --net="$OWN/network" env PATH="$PATH" DEBIAN_FRONTEND=noninteractive /usr/bin/apt-get -qq -y "\\$@"
end
mkdir -p "$ROOT.apt/lists" "$ROOT.apt/archives"
mount --bind "$ROOT.apt/lists" var/lib/apt/lists
mount --bind "$ROOT.apt/archives" var/cache/apt/archives
chmod 755 usr/sbin/policy-rc.d
mkdir -p ".$TEMP"
mount --bind "$TEMP" ".$TEMP"
mount --bind "$OWN/network" ".$OWN/network"
pivot_root . run/outside
cd /
umount -l /run/outside
`;

const setUp = (machine: string) => `
set -e
mkdir "$OWN/bin" "$OWN/own"
cp "$SUPPORT/systemctl" "$SUPPORT/units.py" "$SUPPORT/door.py" "$OWN/bin"
touch "$OWN/network"
mount --bind /proc/self/ns/net "$OWN/network"
exec unshare -n sh -ec '
ip link set lo up
${machine.replaceAll("'", "'\\''")}
chmod 755 "$OWN/bin/apt-get" "$OWN"
echo ready
exec cat
'
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

  /** `root`: of a clean Debian, whose packages are kept beside it; else this machine's own programs are there. */
  static async start(root?: string): Promise<Machine> {
    const own = tempFolder();
    const env = { PATH: path, OWN: own.path, SUPPORT: support, TEMP: tmpdir(), ROOT: root };
    const alone = ["-m", "-p", "-f", "--kill-child", "--mount-proc", "--propagation", "private"];
    const words = [...alone, "sh", "-c", setUp(root === undefined ? overThisMachine : overCleanRoot)];
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

  /** What runs a script there, which is its next word. */
  get shell(): readonly [string, ...string[]] {
    return ["nsenter", "-t", `${this.#pid}`, "-m", "-n", "-p", "env", `PATH=${this.bin}:${path}`, "sh", "-c"];
  }

  run(script: string): Said {
    const [program, ...words] = this.shell;
    const { status, stdout, stderr } = spawnSync(program, [...words, script], { encoding: "utf8", timeout: 300_000 });
    return { code: status, stdout, stderr };
  }

  /** One network with other machines, in which this one is `address` and a bridge. */
  join(others: readonly (readonly [machine: Machine, address: string])[], address: string): void {
    const inNetwork = (pid: number, script: string) => {
      const { status, stderr } = spawnSync("nsenter", ["-t", `${pid}`, "-n", "sh", "-ec", script], {
        encoding: "utf8",
      });
      if (status !== 0) throw new Error(stderr);
    };
    inNetwork(this.#pid, `ip link add hosts type bridge; ip addr add ${address}/24 dev hosts; ip link set hosts up`);
    for (const [index, [other, own]] of others.entries()) {
      const pid = other.#pid;
      const link = `host-${index + 1}`;
      inNetwork(
        this.#pid,
        `ip link add ${link} type veth peer name eth0 netns ${pid}; ip link set ${link} master hosts up`,
      );
      inNetwork(pid, `ip addr add ${own}/24 dev eth0; ip link set eth0 up`);
    }
  }

  /** The address at which this machine reaches a port of that one. */
  async reach(port: number): Promise<string> {
    this.run(`setsid /usr/bin/python3 '${this.bin}/door.py' '${this.#door}' ${port} </dev/null >/dev/null 2>&1 &`);
    this.#entrance = createServer((here) => {
      const there = connect(this.#door);
      for (const [one, other] of [
        [here, there],
        [there, here],
      ] as const)
        one.pipe(other).on("close", () => one.destroy());
      for (const one of [here, there]) one.on("error", () => one.destroy());
    });
    await waitFor("the door is open", () => this.#isDoorOpen());
    await once(this.#entrance.listen(0, "127.0.0.1"), "listening");
    return `http://127.0.0.1:${(this.#entrance.address() as AddressInfo).port}`;
  }

  async #isDoorOpen(): Promise<boolean> {
    const socket = connect(this.#door);
    const isOpen = await once(socket, "connect").then(
      () => true,
      () => false,
    );
    socket.destroy();
    return isOpen;
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
