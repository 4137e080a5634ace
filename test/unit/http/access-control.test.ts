// How many passwords may wait to be checked, how long they may be, and that nobody waits for clients that have left.
import apacheMd5 from "apache-md5";
import { hash } from "bcryptjs";
import { afterAll, expect, test } from "vitest";
import { type Access, AccessControl } from "../../../server/http/access/access-control.js";
import { ExchangeAbort } from "../../../server/http/exchange/exchange-abort.js";
import { exchangeMessage } from "../../../server/http/exchange/messages.js";
import { byteString } from "../../../server/protocol/byte-string.js";
import type { RequestHead } from "../../../server/protocol/request.js";
import { tempFolder } from "../../support/temp-workspace.js";

const folder = tempFolder();
afterAll(() => folder[Symbol.dispose]());

const right = "p".repeat(1024);
const slowCost = 12;
folder.write(
  ".htpasswd",
  `${[
    `ann:$2y$04$iQ2Lr2aX0grsSBnLHXkTs.cC/AEhIQa6sMKAreDusQbjkWWJ9S8oK`,
    `slow:${await hash("slow", slowCost)}`,
    `long:${apacheMd5(right)}`,
    `longer:${apacheMd5(`${right}p`)}`,
  ].join("\n")}\n`,
);
const guard = { path: "/private/", realm: "Staff", file: folder.file(".htpasswd"), fileName: ".htpasswd" };

const withPassword = (user: string, password: string): RequestHead => ({
  method: byteString("GET"),
  target: byteString("/private/"),
  httpVersion: "1.1",
  headers: [
    [byteString("Authorization"), byteString(`Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`)],
  ],
});
const statusOf = (access: Access): number => (access.ok ? 200 : access.status);

test("a password longer than 1 KiB is wrong without being checked", async () => {
  const control = new AccessControl();
  expect(statusOf(await control.check(guard, withPassword("long", right)))).toBe(200);
  expect(statusOf(await control.check(guard, withPassword("longer", `${right}p`)))).toBe(401);
});

test("one check runs and 64 wait; further ones are answered 503", async () => {
  const control = new AccessControl();
  const running = control.check(guard, withPassword("slow", "slow"));
  const all = await Promise.all(
    Array.from({ length: 100 }, (_, nth) => control.check(guard, withPassword("ann", `wrong ${nth}`))),
  );
  const count = (status: number): number => all.filter((access) => statusOf(access) === status).length;
  expect([count(401), count(503)]).toEqual([64, 36]);
  expect(statusOf(await running)).toBe(200);
  expect(all.find((access) => statusOf(access) === 503)).toMatchObject({
    outcome: "upstream-error",
    headers: [["Retry-After", "1"]],
  });
  expect(statusOf(await control.check(guard, withPassword("ann", "grüße 7")))).toBe(200);
});

test("checks of the same right password that wait are over with the first", async () => {
  const control = new AccessControl();
  const once = performance.now();
  await new AccessControl().check(guard, withPassword("slow", "slow"));
  const again = performance.now();
  const all = await Promise.all(Array.from({ length: 20 }, () => control.check(guard, withPassword("slow", "slow"))));
  expect(all.map(statusOf)).toEqual(Array(20).fill(200));
  expect(performance.now() - again).toBeLessThan(8 * (again - once));
});

test("the check of an aborted exchange gives its place up at once", async () => {
  const control = new AccessControl();
  const order: string[] = [];
  const check = async (name: string, password: string, abort: ExchangeAbort): Promise<Access> => {
    const access = await control.check(guard, withPassword("slow", password), abort);
    order.push(name);
    return access;
  };
  const running = check("running", "slow", new ExchangeAbort());
  const aborts = Array.from({ length: 64 }, () => new ExchangeAbort());
  const left = aborts.map((abort, nth) => check("left", `wrong ${nth}`, abort));
  await new Promise((resolve) => setTimeout(resolve, 20)); // the file is read
  const cause = exchangeMessage("client-gone");
  for (const abort of aborts) abort.abort({ outcome: "client-gone", status: 499, cause });
  expect((await Promise.all(left)).every((access) => !access.ok && access.why === cause)).toBe(true);
  expect(order).not.toContain("running");
  expect(statusOf(await check("next", "slow", new ExchangeAbort()))).toBe(200);
  expect(statusOf(await running)).toBe(200);
});
