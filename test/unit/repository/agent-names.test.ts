// The modules of an agent share one namespace when they are joined: the later of two with one name silently replaces the other.
import { expect, test } from "vitest";
import { joinAgent } from "../../../electron/launch/join-agents.mjs";

const definitions = { perl: /^sub (\w+)/gm, python: /^(?:def|class) (\w+)/gm };

test.each(Object.entries(definitions))("the %s agent defines each name once", (language, definition) => {
  const names = [...joinAgent(language).matchAll(definition)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(50);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});
