// What the image of a kit starts, on a machine of its own: copied by the lines of its Containerfile, started with its
// command as its user over files that cannot be written, and ended with its signal.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The words of a shell that start it, end it, and kill it. `out`: the kit; `values`: of its variables. */
export function imageWords(out: string, name: string, values: Readonly<Record<string, string>> = {}) {
  const file = readFileSync(join(out, "Containerfile"), "utf8");
  const entry: string[] = JSON.parse(/^ENTRYPOINT (.*)$/m.exec(file)?.[1] ?? "[]");
  const copies = [...file.matchAll(/^COPY (.*)$/gm)].map(([, words = ""]) => `cp -r ${words}`);
  const signal = (/^STOPSIGNAL SIG(\w+)$/m.exec(file)?.[1] ?? "TERM").toString();
  const variables = Object.entries(values).map(([variable, value]) => `${variable}='${value}'`);
  return {
    file,
    start: `set -e
      id ${name} >/dev/null 2>&1 || useradd --uid 10001 ${name}
      mount -o remount,rw /srv; rm -rf /srv/${name}; mkdir -p /srv/${name} /run/${name}
      (cd ${out}; ${copies.join("; ")})
      [ ! -e /srv/${name}/.env ] || exit 1
      chown 10001 /run/${name}; touch /srv/${name}/healthz; chmod -R o+rX /srv/${name}
      sed -i 's#/dev/stderr#/run/${name}/error.log#' /srv/${name}/${name}.conf
      mount -o remount,ro /srv
      ${variables.join(" ")} setsid setpriv --reuid=10001 --regid=10001 --clear-groups --no-new-privs \\
        --bounding-set=-all ${entry.join(" ")} </dev/null >/dev/null 2>&1 & echo $! > /run/first`,
    end: `kill -${signal} $(cat /run/first)`,
    /** For as long as Compose waits: then everything of the container is killed. What ended may still have a number. */
    ended:
      "n=300; while [ $n -gt 0 ] && [ -e /proc/$(cat /run/first)/exe ]; do sleep 0.1; n=$((n - 1)); done; kill -KILL -1",
  };
}
