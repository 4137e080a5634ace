// GET_VALUES: the limits that applications report, and that the gateway does not depend on an answer.
import { describe, expect, test } from "vitest";
import { byteString } from "../../../server/protocol/byte-string.js";
import { encodeRecord } from "../../../server/protocol/fastcgi/encode-record.js";
import { decodePairs, encodePairs } from "../../../server/protocol/fastcgi/name-values.js";
import { recordType } from "../../../server/protocol/fastcgi/record-types.js";
import { parseAddress } from "../../../server/routing/fastcgi-address.js";
import { getValues } from "../../../server/runners/fastcgi/get-values.js";
import { coded } from "../../support/coded.js";
import { type ApplicationConnection, TestApplication } from "../../support/fastcgi-application.js";
import { waitFor } from "../../support/wait-for.js";

async function ask(
  answer: (connection: ApplicationConnection) => void,
  over: "tcp" | "unix" = "tcp",
  timeoutMs = 5000,
) {
  await using application = await TestApplication.listen(() => {}, {
    over,
    connected: (connection) =>
      void waitFor("GET_VALUES", () => connection.records.length > 0).then(() => answer(connection)),
  });
  const address = parseAddress(application.address, "/");
  if (!address) throw new Error("no address");
  const values = await getValues(address, timeoutMs);
  return { values, asked: application.connections[0]?.records[0] };
}
const result = (pairs: readonly (readonly [string, string])[]) =>
  encodeRecord(
    recordType.getValuesResult,
    0,
    encodePairs(pairs.map(([name, value]) => [byteString(name), byteString(value)])),
  );

describe.each(["tcp", "unix"] as const)("over %s", (over) => {
  test("F08: the three limits are asked for on request id 0, padded to eight; an answer may lack names", async () => {
    const { values, asked } = await ask((connection) => connection.send(result([["FCGI_MPXS_CONNS", "0"]])), over);
    expect(values).toEqual(new Map([["FCGI_MPXS_CONNS", "0"]]));
    expect(asked?.header).toMatchObject({ type: recordType.getValues, requestId: 0 });
    expect(((asked?.header.contentLength ?? 0) + (asked?.header.paddingLength ?? 0)) % 8).toBe(0);
    expect(decodePairs(asked?.content ?? new Uint8Array(0)).pairs).toEqual([
      ["FCGI_MAX_CONNS", ""],
      ["FCGI_MAX_REQS", ""],
      ["FCGI_MPXS_CONNS", ""],
    ]);
  });

  test("F08: no answer, or the end of the connection, are no values; another answer is known as such", async () => {
    expect((await ask(() => {}, over, 50)).values).toBeNull();
    expect((await ask((connection) => connection.socket.end(), over)).values).toBeNull();
    expect(
      (
        await ask(
          (connection) =>
            connection.send(encodeRecord(recordType.unknownType, 0, Uint8Array.of(9, 0, 0, 0, 0, 0, 0, 0))),
          over,
        )
      ).values,
    ).toBe("other-record");
  });
});

test("F08: a missing application is distinguished from a silent one", async () => {
  await expect(getValues({ kind: "unix", path: "/nowhere/app.sock" }, 1000)).rejects.toMatchObject({ code: "ENOENT" });
});

test("F08: another protocol is reported as such", async () => {
  const asking = ask((connection) => connection.send("HTTP/1.1 400 Bad Request\r\n\r\n"));
  await expect(asking).rejects.toMatchObject({
    code: "wrong-protocol",
    why: coded("listener-not-fastcgi", { problem: coded("speaks-http") }),
  });
});
