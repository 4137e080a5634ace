// What a kit would have, asked for whenever the wish is another one.
import { useEffect, useState } from "react";
import type { KitPlan } from "../../../server/contract/deploy-contract.js";
import type { TargetId } from "../../../server/contract/deploy-targets.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { connected } from "../../rpc/store.js";

export interface Wish {
  readonly root: string;
  readonly to: TargetId;
  readonly script: string | null;
  /** "": any. */
  readonly host: string;
}
interface Answer {
  readonly plan: KitPlan | null;
  /** Why there can be no kit. */
  readonly refusal: string | null;
}
const nothing: Answer = { plan: null, refusal: null };

/**
 * `plan` null: not known yet, or refused. `isOld`: it is the plan for an earlier wish, which stays in view until this
 * one's is there, and must not be made.
 */
export function useKitPlan({ root, to, script, host }: Wish): Answer & { readonly isOld: boolean } {
  const wish = JSON.stringify([root, to, script, host]);
  const [{ of, answer }, setAnswer] = useState({ of: "", answer: nothing });
  useEffect(() => {
    let isLate = false;
    const ask = async (): Promise<Answer> => {
      try {
        return { plan: await connected().deploy.plan({ root, to, script, host }), refusal: null };
      } catch (error) {
        return { plan: null, refusal: problemText(problemOf(error)) };
      }
    };
    void ask().then((found) => {
      if (!isLate) setAnswer({ of: wish, answer: found });
    });
    return () => {
      isLate = true;
    };
  }, [root, to, script, host, wish]);
  return { ...answer, isOld: of !== wish };
}
