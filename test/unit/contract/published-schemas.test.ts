// The published schemas of what the command line prints are those it prints by. After a change of the contract:
// `npm run unit -- test/unit/contract -u` writes them again.
import { join } from "node:path";
import { expect, test } from "vitest";
import { publishedSchemas } from "../../../server/contract/command-output.js";
import { repositoryRoot } from "../../support/repository.js";

test.each(Object.entries(publishedSchemas()))("docs/%s is current", async (name, schema) => {
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(join(repositoryRoot, "docs", name));
});
