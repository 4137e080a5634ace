// Which mode to choose, and whether the difference is real.
import type { Measurement } from "../../../server/contract/measure-contract.js";
import { CheckIcon, InfoIcon } from "../../ui/icon.js";

export function VerdictLine({ verdict }: Pick<Measurement, "verdict">) {
  const Icon = verdict.isProven ? CheckIcon : InfoIcon;
  return (
    <p className="rail-verdict rail-box" role="note" aria-label="Verdict">
      <Icon className={`ui-icon ${verdict.isProven ? "ui-ok" : "ui-warn"}`} aria-hidden="true" />
      <span>
        {verdict.messages.map(({ code, text }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: sentences of one verdict never move
          <span key={`${code} ${index}`} className={index === 0 ? "rail-first" : "ui-dim"}>
            {text}{" "}
          </span>
        ))}
      </span>
    </p>
  );
}
