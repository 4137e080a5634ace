// A response that goes out no faster than so many bytes a second. Its script waits, as it does for a slow client.
import { Pacer } from "../../base/pacer.js";
import type { Outgoing, OutgoingEvents } from "./outgoing.js";

export class PacedOutgoing implements Outgoing {
  readonly #outgoing: Outgoing;
  readonly #pacer: Pacer;
  #isEnding = false;

  /** `make` begins the response. `onActivity`: called when bytes went out. */
  constructor(
    bytesPerSecond: number,
    make: (events: OutgoingEvents) => Outgoing,
    events: OutgoingEvents,
    onActivity: () => void,
  ) {
    this.#outgoing = make({
      onDrain: () => {
        if (this.#pacer.isEmpty) events.onDrain();
      },
      onComplete: () => events.onComplete(),
    });
    this.#pacer = new Pacer(bytesPerSecond, {
      send: (piece) => {
        this.#outgoing.write(piece);
        onActivity();
      },
      isBlocked: () => this.#outgoing.blocked && !this.#outgoing.complete,
      onEmpty: () => {
        if (this.#isEnding) this.#outgoing.end();
        else if (!this.#outgoing.blocked) events.onDrain();
      },
    });
  }

  get complete(): boolean {
    return this.#outgoing.complete;
  }

  get finished(): boolean {
    return this.#outgoing.finished;
  }

  get cutShort(): boolean {
    return this.#outgoing.cutShort;
  }

  get blocked(): boolean {
    return !this.#pacer.isEmpty || this.#outgoing.blocked;
  }

  get closed(): Promise<void> {
    return this.#outgoing.closed;
  }

  write(bytes: Uint8Array): boolean {
    if (this.#outgoing.complete) return true;
    this.#pacer.add(bytes);
    return this.#pacer.isEmpty;
  }

  flush(): void {
    if (this.#pacer.isEmpty) this.#outgoing.flush();
  }

  end(): void {
    this.#isEnding = true;
    if (this.#pacer.isEmpty) this.#outgoing.end();
  }

  cut(): void {
    this.#pacer.stop();
    this.#outgoing.cut();
  }
}
