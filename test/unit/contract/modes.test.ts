import { describe, expect, test } from "vitest";
import { configJsonSchema } from "../../../server/contract/config.js";
import {
  isMode,
  type Mode,
  type ModeTraits,
  modeNames,
  modeTraits,
  usualMode,
} from "../../../server/contract/modes.js";
import { mode, origin } from "../../../server/contract/trace.js";
import { workerModes } from "../../../server/runners/pool/worker-modes.js";

const rows: readonly (readonly [Mode, ModeTraits])[] = modeNames.map((name) => [name, modeTraits[name]]);
const valuesOf = (trait: keyof ModeTraits) => rows.map(([, traits]) => traits[trait]);

describe("the table of modes", () => {
  test("has a row for each name, and no other", () => {
    expect(Object.keys(modeTraits)).toEqual(modeNames);
    expect(modeNames.every(isMode)).toBe(true);
    expect(["mod_perl", "toString", ""].filter(isMode)).toEqual([]);
  });

  test.each(["label", "shortLabel", "summary", "colour"] as const)("gives each mode its own %s", (trait) => {
    expect(new Set(valuesOf(trait)).size).toBe(modeNames.length);
    expect(valuesOf(trait)).not.toContain("");
  });

  test.each(rows)("makes sense for %s", (_name, traits) => {
    if (traits.sharesProcess) expect(traits.keepsProcesses).toBe(true);
    if (traits.isExternal || traits.keepsProcesses) expect(traits.speaksFastcgi).toBe(true);
    expect(traits.isExternal && traits.keepsProcesses).toBe(false);
    if (traits.usesAgent) expect([traits.keepsProcesses, traits.responder]).toEqual([true, "script"]);
    if (traits.applications.length > 0)
      expect([traits.keepsProcesses, traits.usesAgent, traits.responder]).toEqual([true, false, "application"]);
    if (traits.interpreter !== null) expect(traits.extension).toMatch(/^\.[a-z]+$/);
  });

  test("names the mode of an extension at most once", () => {
    const extensions = valuesOf("extension").filter((extension) => extension !== null);
    expect(new Set(extensions).size).toBe(extensions.length);
    expect(usualMode(".fcgi", false)).toBe("fastcgi");
    expect(usualMode(".php", true)).toBe("php-cgi");
    expect(usualMode(".php", false)).toBe("cgi"); // an executable with a first line of its own
    expect(usualMode(".py", true)).toBe("cgi");
    for (const isInterpreted of [true, false])
      for (const [extension, mode] of [".wsgi wsgi", ".psgi psgi", ".ru rack"].map((row) => row.split(" ")))
        expect(usualMode(extension ?? "", isInterpreted)).toBe(mode);
  });

  test("and the pool's table have the same rows where processes are kept", () => {
    expect(Object.keys(workerModes)).toEqual(modeNames.filter((name) => modeTraits[name].keepsProcesses));
  });
});

describe("what does not exist is not offered", () => {
  test("every mode of the trace schema and of the configuration's schema is in the table", () => {
    expect(mode.options).toEqual(modeNames);
    const lists = enumsIn(configJsonSchema(), "mode");
    expect(lists).toHaveLength(3); // of routes, handlers and scripts
    for (const list of lists) expect(list).toEqual(modeNames);
  });

  test("a trace names only senders that there are", () => {
    expect(origin.options).toEqual(["composer", "browser", "replay", "cli", "assistant", "lesson", "other"]);
  });
});

/** The `enum` of every property of that name. */
function enumsIn(schema: unknown, name: string): unknown[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]: [string, unknown]) => {
    const own = key === name && typeof value === "object" && value !== null && "enum" in value ? [value.enum] : [];
    return [...own, ...enumsIn(value, name)];
  });
}
