// In a row of names and values, while the pointer or the keys are in it: tries other values.
import { openDialog } from "../../platform/dialogs.js";
import { IconButton } from "../../ui/button.js";
import { VariationsIcon } from "../../ui/icon.js";

export const VaryButton = ({ kind, name }: { readonly kind: "query" | "field" | "header"; readonly name: string }) => (
  <IconButton
    label={`Try values for ${name}…`}
    data-quiet
    data-place={`${kind}.${name}`}
    onClick={() => openDialog("vary", `${kind}.${name}`)}
    icon={VariationsIcon}
  />
);
