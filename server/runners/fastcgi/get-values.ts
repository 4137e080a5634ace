// Asks an application for its values (FastCGI §4.1): how many connections and requests, and whether it multiplexes.
// Many libraries never respond, so there is a time limit. Uses a new connection, and pads to eight bytes, which some
// need.
import { Slab } from "../../base/slab.js";
import { byteString } from "../../protocol/byte-string.js";
import { encodeRecord } from "../../protocol/fastcgi/encode-record.js";
import { decodePairs, encodePairs } from "../../protocol/fastcgi/name-values.js";
import { limitNames, recordType } from "../../protocol/fastcgi/record-types.js";
import { addressText, type FastcgiAddress } from "../../routing/fastcgi-address.js";
import { FastcgiConnection } from "./connection.js";
import { listenerNotFastcgi, unreachable } from "./failures.js";

/**
 * The values by name, as the application sent them; names that it does not know are missing. "other-record": it
 * responded with something else; null: with nothing in time.
 */
export type ApplicationValues = ReadonlyMap<string, string> | "other-record" | null;

/** @throws FastcgiFailure if the application cannot be reached, or if the peer speaks another protocol */
export function getValues(
  address: FastcgiAddress,
  timeoutMs: number,
  names: readonly string[] = limitNames,
): Promise<ApplicationValues> {
  return new Promise((resolve, reject) => {
    const content: Uint8Array[] = [];
    let open: FastcgiConnection | null = null;
    const giveUp = FastcgiConnection.open(address, "configuration", new Slab(), {
      failed: (failure) => {
        clearTimeout(timer);
        reject(failure);
      },
      free: () => {},
      opened: (connection) => {
        open = connection;
        connection.use({
          arrived: () => {},
          record: () => {},
          content: (bytes, { type }) => type === recordType.getValuesResult && content.push(bytes),
          contentEnd: ({ type }) => settle(type === recordType.getValuesResult ? answer(content) : "other-record"),
          settled: () => false,
          mayHaveMissed: () => false,
          drained: () => {},
          wrong: (problem) => {
            clearTimeout(timer);
            reject(listenerNotFastcgi(addressText(address), problem));
          },
          gone: () => settle(null),
        });
        connection.write(
          encodeRecord(recordType.getValues, 0, encodePairs(names.map((name) => [byteString(name), byteString("")]))),
        );
      },
    });
    const settle = (values: ApplicationValues): void => {
      clearTimeout(timer);
      open?.close();
      resolve(values);
    };
    const timer = setTimeout(() => {
      if (open) return settle(null);
      giveUp();
      reject(
        unreachable(address, Object.assign(new Error("no connection in time"), { code: "ETIMEDOUT" }), "configuration"),
      );
    }, timeoutMs);
  });
}

function answer(content: readonly Uint8Array[]): ApplicationValues {
  return new Map(decodePairs(Uint8Array.from(content.flatMap((part) => [...part]))).pairs);
}
