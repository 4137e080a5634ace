// "Take this script to a server": what for, what will differ there, what the kit has, and where it is written.
import { type ReactNode, useState } from "react";
import type { KitPlan, KitWish } from "../../../server/contract/deploy-contract.js";
import { type TargetId, targetIds, targetNames } from "../../../server/contract/deploy-targets.js";
import { wordsOf } from "../../../server/contract/message.js";
import { modeTraits } from "../../../server/contract/modes.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { closeDialog, useDialogOpen, useDialogSubject } from "../../platform/dialogs.js";
import { FolderField } from "../../platform/folder-field.js";
import { notify } from "../../platform/notices.js";
import { useAttempt } from "../../platform/use-attempt.js";
import { useLoaded } from "../../platform/use-loaded.js";
import { connected } from "../../rpc/store.js";
import { Choice } from "../../ui/choice.js";
import { FormDialog } from "../../ui/dialog.js";
import { ScrollRegion } from "../../ui/scroll-region.js";
import { Select } from "../../ui/select.js";
import { TextField } from "../../ui/text-field.js";
import "./deploy.css";

/** `isOld`: it is the plan for an earlier wish, which stays in view until this one's is there, and must not be made. */
export function useKitPlan(wish: KitWish) {
  const { value, error } = useLoaded(JSON.stringify(wish), (client) => client.deploy.plan(wish));
  const [last, setLast] = useState(value);
  if (value !== null && value !== last) setLast(value);
  return { plan: error === null ? (value ?? last) : null, refusal: error, isOld: value === null };
}

const close = (): void => closeDialog("deploy");

export function DeployDialog() {
  const script = useDialogSubject("deploy");
  const root = useWorkspace(({ workspace }) => workspace?.root ?? null);
  return useDialogOpen("deploy") && script !== null && root !== null ? <Deploy root={root} script={script} /> : null;
}

function Deploy({ root, script }: { readonly root: string; readonly script: string }) {
  const [to, setTo] = useState<TargetId>("nginx");
  const [what, setWhat] = useState<"script" | "folder">("script");
  const [host, setHost] = useState("");
  const [folder, setFolder] = useState<string | null>(null);
  const wish = { root, to, script: what === "script" ? script : null, host: host.trim() };
  const { plan, refusal, isOld } = useKitPlan(wish);
  const path = folder ?? plan?.suggestedFolder ?? "";
  const { why, isBusy, attempt, forget } = useAttempt(async () => {
    const made = await connected().deploy.make({ ...wish, folder: path.trim() });
    notify("info", `The kit is in ${made.folder}. Its README.md says how to install it.`);
    close();
  });
  return (
    <FormDialog
      onClose={close}
      size="large"
      title="Take this script to a server"
      description="A kit has the server’s configuration, the files, and a check that says what is wrong on the other machine."
      action="Make kit"
      isPossible={plan !== null && !isOld && path.trim() !== ""}
      isBusy={isBusy}
      problem={why ?? refusal}
      onSubmit={attempt}
    >
      <Choice
        label="What is taken"
        value={what}
        choices={[
          { value: "script", title: "This script" },
          { value: "folder", title: "All scripts of the folder" },
        ]}
        onChange={setWhat}
      />
      <label className="ui-column deploy-field">
        <span className="ui-dim">For</span>
        <Select
          value={to}
          choices={targetIds.map((id) => ({ value: id, title: targetNames[id] }))}
          onChange={(id) => {
            setTo(id);
            forget();
          }}
        />
      </label>
      <label className="ui-column deploy-field">
        <span className="ui-dim">
          Host name of the site; without one, the kit takes the place of the server’s own site
        </span>
        <TextField value={host} placeholder="shop.example.org" onChange={setHost} />
      </label>
      <FolderField label="Folder for the kit" value={path} onChange={setFolder} />
      {plan && <Planned plan={plan} isOld={isOld} />}
    </FormDialog>
  );
}

function Planned({ plan: { at, scripts, notes, files }, isOld }: { readonly plan: KitPlan; readonly isOld: boolean }) {
  return (
    <div className="deploy-plan" aria-busy={isOld}>
      <Part title={`What runs there, in ${at}`}>
        {scripts.map(({ path, mode }) => (
          <li key={path}>
            <span className="ui-mono">{path}</span> <span className="ui-dim">{modeTraits[mode].label}</span>
          </li>
        ))}
      </Part>
      <Part title="What will differ">
        {notes.length === 0 ? (
          <li>Nothing that is known.</li>
        ) : (
          notes.map(({ text }) => <li key={wordsOf(text)}>{wordsOf(text)}</li>)
        )}
      </Part>
      <Part title={`Files of the kit: ${files.length}`}>
        {files.map((file) => (
          <li key={file} className="ui-mono">
            {file}
          </li>
        ))}
      </Part>
    </div>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <ScrollRegion className="deploy-part" aria-label={title}>
      <h3>{title}</h3>
      <ul>{children}</ul>
    </ScrollRegion>
  );
}
