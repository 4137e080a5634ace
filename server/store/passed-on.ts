// Which scripts were passed on to the store's thread, and when. They are passed on again now and then: another process
// may have deleted the file or made room in it, and the file has the time when each of them ran last.
import type { ScriptVersion } from "./version-writer.js";

const againAfterMs = 600_000;
/** At most so many hashes are remembered; the thread knows what the file has. */
const maxPassedOn = 4096;

interface PassedOnOptions {
  /** The script with this hash, as it ran; null: it is not known. */
  readonly versionOf: (hash: string) => Uint8Array | null;
  readonly post: (version: ScriptVersion) => void;
  /** In ms, from any time on. */
  readonly now?: () => number;
}

export class PassedOn {
  readonly #options: Required<PassedOnOptions>;
  readonly #at = new Map<string, number>();

  constructor({ versionOf, post, now = () => performance.now() }: PassedOnOptions) {
    this.#options = { versionOf, post, now };
  }

  /** A trace of this script has ended. */
  ran(hash: string): void {
    const { versionOf, post, now } = this.#options;
    const at = this.#at.get(hash);
    const time = now();
    if (at !== undefined && time - at < againAfterMs) return;
    const bytes = versionOf(hash);
    if (bytes === null) return;
    if (this.#at.size >= maxPassedOn) this.#at.clear();
    this.#at.set(hash, time);
    post({ hash, bytes });
  }

  /** The file is another one. */
  forget(): void {
    this.#at.clear();
  }
}
