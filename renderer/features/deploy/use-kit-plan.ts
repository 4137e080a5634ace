// What a kit would have, asked for whenever the wish is another one.
import { useEffect, useState } from "react";
import type { KitPlan } from "../../../server/contract/deploy-contract.js";
import type { TargetId } from "../../../server/contract/deploy-targets.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { connected } from "../../rpc/store.js";

interface Asked {
  readonly plan: KitPlan | null;
  /** Why there can be no kit. */
  readonly refusal: string | null;
}
const nothing: Asked = { plan: null, refusal: null };

/** `plan` null: not known yet, or refused. What was planned last stays until the next plan is there. */
export function useKitPlan({ root, to, script }: { root: string; to: TargetId; script: string | null }): Asked {
  const [asked, setAsked] = useState(nothing);
  useEffect(() => {
    let isLate = false;
    const ask = async (): Promise<Asked> => {
      try {
        return { plan: await connected().deploy.plan({ root, to, script }), refusal: null };
      } catch (error) {
        return { plan: null, refusal: problemText(problemOf(error)) };
      }
    };
    void ask().then((found) => {
      if (!isLate) setAsked(found);
    });
    return () => {
      isLate = true;
    };
  }, [root, to, script]);
  return asked;
}
