// Chooses the environment: the values of `{{name}}` in requests.
import { useEffect } from "react";
import { useFiles } from "../../model/folder/file-store.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import {
  chooseEnvironment,
  environmentFiles,
  loadEnvironments,
  useEnvironments,
} from "../../model/request/environments.js";
import { notifyFailure } from "../../platform/notices.js";
import { useSelection } from "../../platform/selection.js";
import { useClient } from "../../rpc/store.js";
import { Button } from "../../ui/button.js";
import { Menu, MenuChoice, MenuItem, MenuSeparator } from "../../ui/menu.js";

const none = "";

export function EnvironmentMenu({ size = "large" }: { readonly size?: "small" | "large" }) {
  const { names, chosen, mistake } = useEnvironments();
  const client = useClient();
  const root = useWorkspace(({ workspace }) => workspace?.root ?? null);
  const version = useFiles(({ byPath }) => environmentFiles.map((path) => byPath.get(path)?.modifiedAt).join());
  // biome-ignore lint/correctness/useExhaustiveDependencies: another folder, version of the files or connection are reasons to read again
  useEffect(() => {
    loadEnvironments().catch((error: unknown) => notifyFailure("The environments could not be read", error));
  }, [client, root, version]);
  const file = useFiles(({ byPath }) => environmentFiles.find((path) => byPath.has(path)) ?? null);
  if (file === null) return null;
  const title = chosen ?? "No environment";
  return (
    <Menu
      align="end"
      trigger={
        <Button
          size={size}
          className="environment"
          aria-label={`Environment: ${title}`}
          hint={mistake ?? "The values of {{name}} in requests"}
        >
          <span className={mistake !== null ? "ui-warn ui-cut" : chosen === null ? "ui-dim ui-cut" : "ui-cut"}>
            {chosen ?? (size === "large" ? "Env" : title)}
          </span>
        </Button>
      }
    >
      <MenuChoice
        title="Environment"
        value={chosen ?? none}
        choices={[{ value: none, title: "No environment" }, ...names.map((name) => ({ value: name, title: name }))]}
        onChange={(next) => chooseEnvironment(next === none ? null : next)}
      />
      <MenuSeparator />
      <MenuItem onSelect={() => useSelection.getState().open(file)}>Edit environments</MenuItem>
    </Menu>
  );
}
