// The Compose file of a kit, held to the schema of the Compose Specification, which refuses unknown fields.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2019 } from "ajv/dist/2019.js";
import { parse } from "yaml";
import { z } from "zod";
import { repositoryRoot } from "../repository.js";

const schema = JSON.parse(readFileSync(join(repositoryRoot, "test/support/deploy/compose-spec.schema.json"), "utf8"));
// The schema names types beside formats, and formats that the Specification describes in words.
const ajv = new Ajv2019({
  strict: false,
  formats: {
    duration: /^(\d+(\.\d+)?(us|ms|s|m|h))+$/,
    expose: /^\d+(-\d+)?(\/(tcp|udp))?$/,
    ports: /^\d+:\d+$/,
    subnet_ip_address: (text: string) => z.cidrv4().safeParse(text).success,
  },
});
const validate = ajv.compile(schema);

/** What tests look at. */
const host = z.looseObject({ networks: z.object({ default: z.object({ ipv4_address: z.ipv4() }) }) });
const composeFile = z.object({
  services: z.object({ "app-1": host, "app-2": host, "app-3": host }),
  networks: z.object({
    default: z.object({ ipam: z.object({ config: z.array(z.object({ subnet: z.string(), ip_range: z.string() })) }) }),
  }),
});

/** @throws Error with what the schema refuses */
export function parseComposeFile(text: string): z.infer<typeof composeFile> {
  const file: unknown = parse(text, { merge: true });
  if (!validate(file)) throw new Error(ajv.errorsText(validate.errors));
  return composeFile.parse(file);
}
