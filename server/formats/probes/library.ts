// All probes, in the order in which they are shown and sent.
import { injectionProbes } from "./injected.js";
import type { Probe } from "./probe.js";
import { cutProbes, malformedProbes, smugglingProbes } from "./unwanted.js";
import { encodingProbes, manyProbes, plainProbes, slowProbes } from "./wanted.js";

export const probes: readonly Probe[] = [
  ...plainProbes,
  ...encodingProbes,
  ...slowProbes,
  ...manyProbes,
  ...injectionProbes,
  ...smugglingProbes,
  ...malformedProbes,
  ...cutProbes,
];
