// Which connections to an application stay open: none that was unused for long, and none that owes a part of a record.
import { afterEach, expect, test, vi } from "vitest";
import { encodeRecord } from "../../../server/protocol/fastcgi/encode-record.js";
import { recordType } from "../../../server/protocol/fastcgi/record-types.js";
import { hello, plain, served } from "../../support/fastcgi-gateway.js";
import { bodyOf } from "../../support/gateway.js";
import { waitFor } from "../../support/wait-for.js";

afterEach(() => void vi.useRealTimers());

test("F03: a connection that was unused for 30 s is closed, whatever goes on over the others", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"], shouldAdvanceTime: true });
  const finish: (() => void)[] = [];
  await using t = await served((r) => void finish.push(() => void r.answer(hello)), { over: "unix", connections: 3 });
  const open = () => t.application.connections.filter(({ socket }) => !socket.readableEnded).length;
  const askAtOnce = async (count: number) => {
    const answers = Array.from({ length: count }, () => t.gateway.ask(plain("GET", "/app/")));
    await waitFor("all are served", () => finish.length === count);
    for (const answer of finish.splice(0)) answer();
    for (const answer of await Promise.all(answers)) expect(bodyOf(answer)).toBe("hello");
  };
  await askAtOnce(3);
  await vi.advanceTimersByTimeAsync(20_000);
  await askAtOnce(1);
  expect(open()).toBe(3);
  await vi.advanceTimersByTimeAsync(15_000);
  await waitFor("the two others are closed", () => open() === 1);
  await askAtOnce(1);
  expect(t.application.connections).toHaveLength(3);
  await vi.advanceTimersByTimeAsync(31_000);
  await waitFor("the last is closed", () => open() === 0);
});

test("F05: padding of END_REQUEST that comes later is not taken for the next response", async () => {
  const end = encodeRecord(recordType.endRequest, 1, new Uint8Array(8), 8);
  await using t = await served(
    (r) => {
      const [first] = t.application.connections;
      if (t.application.requests.length === 1) r.stdout(hello).stdout("").connection.send(end.subarray(0, 16));
      else {
        first?.send(end.subarray(16));
        r.answer(hello);
      }
    },
    { over: "unix", connections: 1 },
  );
  for (let n = 0; n < 2; n++) expect(bodyOf(await t.gateway.ask(plain("GET", "/app/")))).toBe("hello");
  const { stdout, endRequest } = recordType;
  for (const { outcome, fastcgi } of await t.gateway.ended(2)) {
    expect(outcome).toBe("ok");
    expect(fastcgi?.records.filter(({ direction }) => direction === "received").map(({ type }) => type)).toEqual([
      stdout,
      stdout,
      endRequest,
    ]);
  }
});
