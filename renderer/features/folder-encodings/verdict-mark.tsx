// Whether a file is what it declares: an icon, a word and a colour.
import type { Verdict } from "../../../server/contract/encodings-contract.js";
import { CheckIcon, CloseIcon, WarningIcon } from "../../ui/icon.js";
import { verdictTitles } from "./rows.js";

const looks = {
  mixed: { Icon: CloseIcon, tone: "ui-bad" },
  contradicts: { Icon: CloseIcon, tone: "ui-bad" },
  bom: { Icon: WarningIcon, tone: "ui-warn" },
  undeclared: { Icon: WarningIcon, tone: "ui-warn" },
  agrees: { Icon: CheckIcon, tone: "ui-ok" },
} as const;

export function VerdictMark({ verdict }: { readonly verdict: Verdict }) {
  const { Icon, tone } = looks[verdict];
  return (
    <span className={`ui-row encodings-verdict ${tone}`}>
      <Icon />
      {verdictTitles[verdict]}
    </span>
  );
}
