// A response that goes out no faster than so many bytes a second. Its script waits, as it does for a slow client.
import { paced } from "../../base/pacer.js";
import type { Outgoing } from "./outgoing.js";

/** `onDrain`: called when bytes went out. */
export function pacedOutput(bytesPerSecond: number, outgoing: Outgoing, onDrain: () => void) {
  const send = (piece: Uint8Array): void => {
    outgoing.write(piece);
    onDrain();
  };
  const stream = paced(bytesPerSecond, send, () => outgoing.blocked && !outgoing.complete);
  stream.on("drain", () => outgoing.blocked || onDrain()).on("finish", () => outgoing.end());
  void outgoing.closed.then(() => stream.destroy());
  return {
    /** Bytes wait for their time. */
    get isWaiting() {
      return stream.writableLength > 0;
    },
    write: (bytes: Uint8Array) => outgoing.complete || stream.write(bytes),
    flush: () => {
      if (stream.writableLength === 0) outgoing.flush();
    },
    end: () => void stream.end(),
    cut: () => outgoing.cut(),
  };
}
