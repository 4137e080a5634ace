// Values that a Zod schema takes, made from its JSON schema: well formed, and meaning nothing.
import fc from "fast-check";
import { z } from "zod";

const node = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  allOf: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  additionalProperties: z.unknown().optional(),
  items: z.unknown().optional(),
  prefixItems: z.array(z.unknown()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minItems: z.number().optional(),
  pattern: z.string().optional(),
});

/** Up to `most` inputs that `schema` takes, the same ones each time. `texts`: for its strings, beside any others. */
export function inputsOf(schema: z.ZodType, texts: readonly string[], most: number): unknown[] {
  const json = z.toJSONSchema(schema, { unrepresentable: "any", io: "input" });
  const values = fc.sample(anyOfSchema(json, texts), { numRuns: 20 * most, seed: 1 });
  return values.filter((value) => schema.safeParse(value).success).slice(0, most);
}

function anyOfSchema(json: unknown, texts: readonly string[]): fc.Arbitrary<unknown> {
  const {
    type,
    enum: values,
    anyOf,
    oneOf,
    allOf,
    properties,
    required,
    items,
    prefixItems,
    ...schema
  } = node.parse(json);
  const one = (inner: unknown): fc.Arbitrary<unknown> => anyOfSchema(inner, texts);
  if ("const" in schema) return fc.constant(schema.const);
  if (values) return fc.constantFrom(...values);
  const choices = anyOf ?? oneOf ?? allOf;
  if (choices) return fc.oneof(...choices.map(one));
  if (Array.isArray(type)) return fc.oneof(...type.map((each) => one({ ...schema, type: each })));
  const { minimum = -(2 ** 40), maximum = 2 ** 40, additionalProperties, minItems = 0 } = schema;
  const { pattern, minLength = 0, maxLength = 1_000_000 } = schema;
  switch (type) {
    case "string":
      if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
      return fc.oneof(
        fc.constantFrom("", ...texts.filter(({ length }) => length >= minLength && length <= maxLength)),
        fc.string({ unit: "binary", minLength, maxLength: Math.min(maxLength, minLength + 40) }),
      );
    case "integer":
      return fc.integer({
        min: Math.max(minimum, Number.MIN_SAFE_INTEGER),
        max: Math.min(maximum, Number.MAX_SAFE_INTEGER),
      });
    case "number":
      return fc.double({ min: minimum, max: maximum, noNaN: true });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return prefixItems
        ? fc.tuple(...prefixItems.map(one))
        : fc.array(items === undefined ? fc.jsonValue() : one(items), { minLength: minItems, maxLength: minItems + 3 });
    case "object": {
      const named = Object.fromEntries(Object.entries(properties ?? {}).map(([name, inner]) => [name, one(inner)]));
      if (!properties && typeof additionalProperties === "object")
        return fc.dictionary(fc.string({ maxLength: 9 }), one(additionalProperties), { maxKeys: 3 });
      return fc.record(named, { requiredKeys: (required ?? []).filter((name) => name in named) });
    }
    default:
      return fc.jsonValue();
  }
}
