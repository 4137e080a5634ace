// The choices of a server that the rules in this folder take. The configuration's schema explains each.
import { type Policy, policy } from "../contract/policy.js";

/** One server's choices. */
export type GatewayPolicy = Policy;

/** What this server does by default. */
export const defaultPolicy: GatewayPolicy = policy.parse({});
