// In a row of names and values, while the pointer or the keys are in it: tries other values.
import { openDialog } from "../../platform/dialogs.js";
import { IconButton } from "../../ui/button.js";
import { VariationsIcon } from "../../ui/icon.js";

interface VaryButtonProps {
  readonly kind: "query" | "field" | "header" | "cookie";
  readonly name: string;
}

export const VaryButton = ({ kind, name }: VaryButtonProps) => (
  <IconButton
    label={`Try values for ${name}…`}
    data-quiet
    data-place={`${kind}.${name}`}
    onClick={() => openDialog("vary", `${kind}.${name}`)}
    icon={VariationsIcon}
  />
);
