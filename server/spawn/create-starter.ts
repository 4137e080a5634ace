// Chooses how scripts are started, and reports the reason if it is not the native start.
import { isMainThread } from "node:worker_threads";
import { errorText } from "../base/error-text.js";
import { loadLibc } from "./native/libc.js";
import { nativePlatform } from "./native/platform.js";
import { NativeStarter } from "./native-starter.js";
import { PortableStarter, portableLimits } from "./portable-starter.js";
import type { Starter } from "./start.js";

interface ChosenStarter {
  readonly starter: Starter;
  /** Null for the native starter; else why scripts are started portably, and what that costs, a sentence. */
  readonly why: string | null;
}

/** "auto": native, or portable if the native start does not work. "native": rejects if it does not work. */
export async function createStarter(how: "auto" | "native" | "portable"): Promise<ChosenStarter> {
  if (how === "portable") return portable("on request");
  try {
    return { starter: await createNative(), why: null };
  } catch (error) {
    if (how === "native") throw error;
    return portable(errorText(error));
  }
}

async function createNative(): Promise<Starter> {
  const platform = nativePlatform(process.platform, process.arch);
  if (!platform) throw new Error(`the native start does not support ${process.platform} on ${process.arch}`);
  if (!isMainThread) throw new Error("a worker thread receives no signals");
  return new NativeStarter(await loadLibc(platform));
}

function portable(because: string): ChosenStarter {
  return {
    starter: new PortableStarter(),
    why: `Scripts are started portably: ${because.replace(/\.$/, "")}. ${portableLimits}`,
  };
}
