// One connection of the front in this process, on a socket that was never connected and is handed its bytes.
import { Socket } from "node:net";
import { vi } from "vitest";
import { BusyWait } from "../../server/http/front/busy-wait.js";
import { Connection } from "../../server/http/front/connection.js";
import { HeldBytes } from "../../server/http/front/held-bytes.js";
import { heldLimits } from "../../server/http/front/http-limits.js";
import type { Incoming, Refused } from "../../server/http/front/incoming.js";
import { LastHeads } from "../../server/http/front/read-request.js";
import { defaultPolicy } from "../../server/protocol/policy.js";

export class FrontClient implements Disposable {
  readonly socket = new Socket();
  readonly held = new HeldBytes(heldLimits);
  readonly asked: Incoming[] = [];
  readonly refused: Refused[] = [];
  readonly #connection = new Connection(this.socket, {
    id: 1,
    handler: {
      handle: (incoming) => void this.asked.push(incoming),
      refuse: (refused) => void this.refused.push(refused),
    },
    held: this.held,
    lastHeads: new LastHeads(),
    busyWait: new BusyWait(),
    policy: () => defaultPolicy,
    ownNames: new Set(),
    otherUser: () => null,
  });

  sends(text: string): void {
    this.#connection.received(Buffer.from(text));
  }

  answer(): void {
    this.asked.at(-1)?.release();
  }

  /** Whether the front leaves it open. With fake timers of `performance`. */
  after(ms: number): "open" | "closed" {
    vi.advanceTimersByTime(ms);
    this.#connection.checkTimeouts(performance.now(), false);
    return this.socket.writableEnded || this.socket.destroyed ? "closed" : "open";
  }

  [Symbol.dispose](): void {
    this.socket.destroy();
  }
}
