// Chooses how scripts are started, and says why when it is not the native way.
import { isMainThread } from "node:worker_threads";
import { loadLibc } from "./native/libc.js";
import { NativeStarter } from "./native/native-starter.js";
import { nativePlatform } from "./native/platform.js";
import { PortableStarter, portableLimits } from "./portable/portable-starter.js";
import type { Starter } from "./start.js";

interface ChosenStarter {
  readonly starter: Starter;
  /** Null for the native starter; else why scripts are started portably, and what that costs, for people. */
  readonly why: string | null;
}

/** "auto": native, and portable where that does not work. "native": rejects where that does not work. */
export async function createStarter(wish: "auto" | "native" | "portable"): Promise<ChosenStarter> {
  if (wish === "portable") return portable("as asked for");
  try {
    return { starter: await createNative(), why: null };
  } catch (error) {
    if (wish === "native") throw error;
    return portable(error instanceof Error ? error.message : String(error));
  }
}

async function createNative(): Promise<Starter> {
  const platform = nativePlatform(process.platform, process.arch);
  if (!platform) throw new Error(`no native start is known for ${process.platform} on ${process.arch}`);
  if (!isMainThread) throw new Error("a worker thread receives no signals");
  return new NativeStarter(await loadLibc(platform));
}

function portable(because: string): ChosenStarter {
  return {
    starter: new PortableStarter(),
    why: `Scripts are started portably: ${because.replace(/\.$/, "")}. ${portableLimits}`,
  };
}
