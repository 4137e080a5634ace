// The stack file of a kit, held to a schema of the types that faas-cli reads it into.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { parse } from "yaml";
import { z } from "zod";
import { repositoryRoot } from "../repository.js";

const schema = JSON.parse(readFileSync(join(repositoryRoot, "test/support/deploy/openfaas-stack.schema.json"), "utf8"));
const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
const validate = ajv.compile(schema);

/** What tests look at. */
const scriptFunction = z.looseObject({
  fprocess: z.string(),
  environment: z.looseObject({ content_type: z.string() }),
});
const stackFile = z.object({ functions: z.record(z.string(), scriptFunction) });

/** @throws Error with what the schema refuses */
export function parseStackFile(text: string): z.infer<typeof stackFile> {
  const file: unknown = parse(text);
  if (!validate(file)) throw new Error(ajv.errorsText(validate.errors));
  return stackFile.parse(file);
}
