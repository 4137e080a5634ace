// Passes bytes on no faster than so many a second, in small pieces, as a slow network does.
import { Writable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";

const pieceMs = 50;

/**
 * A stream for bytes that must not change once they are written; it drains when all of them were sent. `send` takes a
 * piece that is due; while `isBlocked` says so it takes none, and is asked again.
 */
export function paced(bytesPerSecond: number, send: (piece: Uint8Array) => void, isBlocked: () => boolean): Writable {
  const pieceBytes = Math.max(1, Math.round((bytesPerSecond * pieceMs) / 1000));
  let dueAt = 0;
  const stream = new Writable({
    highWaterMark: 1,
    async write(bytes: Uint8Array, _encoding, done) {
      for (let from = 0; from < bytes.length; from += pieceBytes) {
        const piece = bytes.subarray(from, from + pieceBytes);
        dueAt = Math.max(dueAt, performance.now()) + (piece.length / bytesPerSecond) * 1000;
        const earlyMs = dueAt - performance.now();
        await (earlyMs > 1 ? delay(earlyMs) : null); // a timer takes a millisecond at least
        while (!stream.destroyed && isBlocked()) await delay(pieceMs);
        if (stream.destroyed) return;
        send(piece);
      }
      done();
    },
  });
  return stream;
}
