// Ends the scripts' sessions if the server is killed. The watchdog is sh with the reading end of a pipe that only the
// server can write: end of file means that the server has ended. Both share a file that lists the live sessions, one
// write of 16 bytes at start and end; a message through the pipe would wake sh twice a request. TERM, 2 s, KILL.
import { randomUUID } from "node:crypto";
import { closeSync, openSync, unlinkSync, writeSync } from "node:fs";
import { join } from "node:path";
import { temporaryRoot } from "../../base/user-folders.js";

/**
 * Reads the table once, from its beginning, where the server's positioned writes left the offset. Group first, then
 * members in other groups (Linux).
 */
export const watchdogScript = `
trap '' INT TERM HUP
exec 3<&1 >/dev/null 2>&1
while read -r line; do :; done
leaders=
while read -r leader; do [ "$leader" = 0 ] || leaders="$leaders $leader"; done <&3
[ -n "$leaders" ] || exit 0
end_all() {
  for leader in $leaders; do kill -s "$1" -- "-$leader"; done
  for stat in /proc/[0-9]*/stat; do
    read -r line <"$stat" || continue
    set -- "$1" "\${line%% *}" \${line##*) }
    case "$leaders " in *" $6 "*) [ "$3" = Z ] || kill -s "$1" "$2" ;; esac
  done
}
end_all TERM
sleep 2
end_all KILL
`;

const entryBytes = 16;
/** A watchdog that dies is replaced, at most this often. */
const restartMs = 1000;

/** The running watchdog. */
export interface WatchdogProcess {
  /** Closes the pipe: the watchdog reads the table and exits. Idempotent. */
  release(): void;
}

/**
 * Runs `watchdogScript` in a session of its own with `table` as descriptor 1 and without keeping Node alive; `onExit`
 * when it has exited.
 */
type StartWatchdog = (table: number, onExit: () => void) => WatchdogProcess;

export class Watchdog {
  readonly #table: number;
  readonly #startProcess: StartWatchdog;
  readonly #entry = Buffer.alloc(entryBytes);
  /** The session at each place of the table; 0: none. */
  readonly #leaders: number[] = [];
  readonly #free: number[] = [];
  #running: WatchdogProcess | null = null;
  #restart: NodeJS.Timeout | null = null;
  #whenGone: (() => void) | null = null;

  /** `table`: an empty file; takes ownership. @throws if the watchdog cannot be started */
  constructor(table: number, startProcess: StartWatchdog) {
    this.#table = table;
    this.#startProcess = startProcess;
    try {
      this.#start();
    } catch (error) {
      closeSync(table);
      throw error;
    }
  }

  /** `leader` leads a living session. */
  add(leader: number): void {
    const place = this.#free.pop() ?? this.#leaders.length;
    this.#leaders[place] = leader;
    this.#put(place, leader);
  }

  remove(leader: number): void {
    const place = this.#leaders.indexOf(leader);
    if (place === -1) return;
    this.#leaders[place] = 0;
    this.#free.push(place);
    this.#put(place, 0);
  }

  /** Call when no session is left. Resolves when the watchdog has exited. */
  async dispose(): Promise<void> {
    if (this.#restart) clearTimeout(this.#restart);
    this.#restart = null;
    const running = this.#running;
    if (running) {
      const alive = setInterval(() => {}, restartMs); // waiting for an exit alone does not keep Node running
      await new Promise<void>((resolve) => {
        this.#whenGone = resolve;
        running.release();
      });
      clearInterval(alive);
    }
    closeSync(this.#table);
  }

  #start(): void {
    this.#running = this.#startProcess(this.#table, () => {
      this.#running?.release();
      this.#running = null;
      if (this.#whenGone) this.#whenGone();
      else this.#startAgain();
    });
  }

  #startAgain(): void {
    this.#restart = setTimeout(() => {
      this.#restart = null;
      try {
        this.#start();
      } catch {
        this.#startAgain(); // out of processes or descriptors at the moment: the scripts matter more
      }
    }, restartMs).unref();
  }

  #put(place: number, leader: number): void {
    this.#entry.write(`${leader}\n`.padStart(entryBytes), "latin1");
    try {
      writeSync(this.#table, this.#entry, 0, entryBytes, place * entryBytes);
    } catch {
      // no disk space for a table in a file: this session is not watched, and its script runs
    }
  }
}

/** A table for systems without memfd: a private file without a name. */
export function openTableFile(): number {
  const path = join(temporaryRoot(), `cgi-workbench-${randomUUID()}`);
  const table = openSync(path, "wx+", 0o600);
  unlinkSync(path);
  return table;
}
