// Words for workers, and which ways to run a script are offered.
import { expect, test } from "vitest";
import { modeChoices } from "../../../../renderer/features/modes/mode-choices.js";
import { ageWords, exitWords, stateWords } from "../../../../renderer/features/workers/worker-words.js";

test("ages in the two units that matter", () => {
  expect([0, 59_999, 60_000, 3_599_000, 3_900_000, 100_000_000].map(ageWords)).toEqual(["0 s", "59 s", "1 min", "59 min", "1 h 05 min", "1 d 3 h"]);
  expect(ageWords(-5)).toBe("0 s"); // two clocks
});

test("states and exits", () => {
  expect(stateWords({ state: "backing-off", restartsAt: 3500 }, 1000)).toEqual({ text: "died, starts again in 3 s", tone: "bad" });
  expect(stateWords({ state: "ended", restartsAt: null }, 0).text).toBe("not running");
  expect(exitWords(null, 0)).toBe("–");
  expect(exitWords({ at: 0, exitCode: 1, signal: null }, 12_000)).toBe("exit code 1, 12 s ago");
  expect(exitWords({ at: 0, exitCode: null, signal: "SIGKILL" }, 180_000)).toBe("SIGKILL, 3 min ago");
});

test("what is run here may be switched; what answers at an address, or is no script, may not", () => {
  const offered = (path: string, mode: Parameters<typeof modeChoices>[0]["mode"]) => modeChoices({ path, mode }).map((choice) => choice.mode);
  expect(offered("a.pl", "cgi")).toEqual(["cgi", "fastcgi"]);
  expect(offered("a.php", "cgi")).toEqual(["php-cgi", "cgi"]);
  expect(offered("a.pl", "fastcgi-external")).toEqual([]);
  expect(offered("a.html", null)).toEqual([]);
});
