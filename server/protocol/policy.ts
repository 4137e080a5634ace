// The choices a server has, as the rules of this folder are given them. What each means stands with the configuration's schema.
import { type Policy, policy } from "../contract/policy.js";

/** One server's choices. */
export type GatewayPolicy = Policy;

/** What this server does unless told otherwise. */
export const defaultPolicy: GatewayPolicy = policy.parse({});
