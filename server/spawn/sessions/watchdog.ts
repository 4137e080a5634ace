// Ends the scripts' sessions when the server is killed. The watchdog is sh, holding the reading end of a pipe whose other end only the
// server has: end of file means the server is gone, however it went. Which sessions live stands in a file both hold: one write of 16 bytes
// at start and at end, which wakes nobody (a word through the pipe would wake it twice a request). TERM, 2 s, KILL.
import { randomUUID } from "node:crypto";
import { closeSync, openSync, unlinkSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Reads the table once, from where our positioned writes never moved it. Group first, then members in groups of their own (Linux). */
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
/** A watchdog that dies is replaced, not more often than this. */
const restartMs = 1000;

/** The running watchdog. */
export interface WatchdogProcess {
  /** Closes the pipe: it reads the table, and goes. Idempotent. */
  release(): void;
}

/** Runs `watchdogScript` in a session of its own with `table` as descriptor 1 and without keeping Node alive; `onExit` when it is gone. */
type StartWatchdog = (table: number, onExit: () => void) => WatchdogProcess;

export class Watchdog {
  readonly #table: number;
  readonly #startProcess: StartWatchdog;
  readonly #entry = Buffer.alloc(entryBytes);
  /** Who has which place; 0: nobody. */
  readonly #leaders: number[] = [];
  readonly #free: number[] = [];
  #running: WatchdogProcess | null = null;
  #restart: NodeJS.Timeout | null = null;
  #whenGone: (() => void) | null = null;

  /** `table`: an empty file, taken over. Throws when the watchdog cannot be started. */
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

  /** When no session is left. Resolves when the watchdog has gone. */
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
        this.#startAgain(); // out of processes or descriptors just now: the scripts matter more
      }
    }, restartMs).unref();
  }

  #put(place: number, leader: number): void {
    this.#entry.write(`${leader}\n`.padStart(entryBytes), "latin1");
    try {
      writeSync(this.#table, this.#entry, 0, entryBytes, place * entryBytes);
    } catch {
      // no room on the disk of a table that is a file: this session is not watched, and its script runs all the same
    }
  }
}

/** A table for systems without memfd: a private file that has no name any more. */
export function openTableFile(): number {
  const path = join(tmpdir(), `cgi-workbench-${randomUUID()}`);
  const table = openSync(path, "wx+", 0o600);
  unlinkSync(path);
  return table;
}
