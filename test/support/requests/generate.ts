// Requests by production of their grammar: the same seed and number give the same bytes.
import { bytesOfModel, type Site, validModel } from "./model.js";
import { mutations, type Production } from "./mutations.js";
import { Random } from "./random.js";

export interface Generated {
  /** One character a byte. */
  readonly bytes: string;
  /** What was done to a valid request, in this order. */
  readonly productions: readonly Production[];
}

const isProduction = (name: string): name is Production => Object.hasOwn(mutations, name);
const names = Object.keys(mutations).filter(isProduction);

/** Every production once, in the order of the grammar. */
export const productions: readonly Production[] = names;

/** Request `n` of a seed: valid one time in ten, else with one to three productions changed. */
export function generate(seed: number, n: number, site: Site): Generated {
  const random = randomOf(seed, n);
  const count = random.chance(0.1) ? 0 : random.int(1, 3);
  const chosen = Array.from({ length: count }, () => names[random.int(0, names.length - 1)] ?? "pipelined");
  return make(random, chosen, site);
}

/** Request `n` of a seed with this production changed alone. */
export function generateWith(seed: number, n: number, production: Production | null, site: Site): Generated {
  return make(randomOf(seed, n), production === null ? [] : [production], site);
}

const randomOf = (seed: number, n: number): Random => new Random(seed ^ Math.imul(n + 1, 0x9e3779b1));

function make(random: Random, chosen: readonly Production[], site: Site): Generated {
  const model = validModel(random, site);
  for (const name of chosen) mutations[name](model, random, () => bytesOfModel(validModel(random, site)));
  return { bytes: bytesOfModel(model), productions: chosen };
}
