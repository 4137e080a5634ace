// The agents as the build joins them, for servers that tests run from the sources.
import { writeAgents } from "../../electron/launch/join-agents.mjs";

writeAgents();
