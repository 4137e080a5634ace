// Addresses as sockets report them, and as variables and checks need them.
import { expect, test } from "vitest";
import { isLoopback, plainAddress } from "../../../server/protocol/server-name.js";

test.each([
  ["127.0.0.1", true],
  ["127.1.2.3", true],
  ["::1", true],
  ["LocalHost", true],
  ["0.0.0.0", false],
  ["::", false],
  ["127.evil.test", false],
  ["192.168.0.1", false],
])("%s is this machine alone: %s", (host, is) => {
  expect(isLoopback(host)).toBe(is);
});

test.each([
  ["127.0.0.1", "127.0.0.1"],
  ["::ffff:127.0.0.1", "127.0.0.1"],
  ["::FFFF:10.0.0.1", "10.0.0.1"],
  ["fe80::1%eth0", "fe80::1"],
  ["::1", "::1"],
  ["", ""],
])("%s is %s", (address, plain) => {
  expect(plainAddress(address)).toBe(plain);
});
