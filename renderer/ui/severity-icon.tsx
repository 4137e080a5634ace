// How grave a finding is, as a sign with a name.
import type { Severity } from "../../server/contract/trace.js";
import { ErrorIcon, InfoIcon, WarningIcon } from "./icon.js";

const icons = { error: ErrorIcon, warning: WarningIcon, hint: InfoIcon } as const;
const tones = { error: "ui-bad", warning: "ui-warn", hint: "ui-accent" } as const;

export function SeverityIcon({
  severity,
  className = "",
}: {
  readonly severity: Severity;
  readonly className?: string;
}) {
  const Icon = icons[severity];
  return <Icon className={`${className} ${tones[severity]}`} role="img" aria-label={severity} />;
}
