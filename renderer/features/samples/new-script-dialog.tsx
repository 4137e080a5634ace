// "New script": a language that is here, a name, and, before any folder is open, a folder.
import { useState } from "react";
import type { Language, LanguageId } from "../../../server/contract/samples-contract.js";
import { useFiles } from "../../model/folder/file-store.js";
import { closeSamplesDialog, languageTitle, type Overview, useSamples } from "../../model/folder/samples-store.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { FolderField, PathField } from "../../platform/folder-field.js";
import { useAttempt } from "../../platform/use-attempt.js";
import { useIsShown } from "../../platform/use-is-shown.js";
import { Choice } from "../../ui/choice.js";
import { FormDialog } from "../../ui/dialog.js";
import { MissingLanguages } from "./missing-languages.js";
import { makeScript } from "./new-script.js";
import { freePath, programOf } from "./new-script-path.js";
import "./samples.css";

export function NewScriptDialog() {
  const isOpen = useSamples(({ dialog }) => dialog === "new-script");
  const overview = useSamples((store) => store.overview);
  const failure = useSamples((store) => store.failure);
  if (!isOpen) return null;
  if (overview) return <NewScript overview={overview} />;
  return <FormDialog {...about} isPossible={false} problem={failure} onSubmit={() => undefined} />;
}

const about = {
  onClose: closeSamplesDialog,
  size: "large",
  title: "New script",
  description: "A new script starts with a short template that you can run at once.",
  action: "Create",
} as const;

function NewScript({ overview }: { readonly overview: Overview }) {
  const here = overview.languages.filter(({ path }) => path !== null);
  const hasFolder = useWorkspace(({ workspace }) => workspace !== null);
  const byPath = useFiles(({ byPath }) => byPath);
  const [chosen, setChosen] = useState<LanguageId | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [folder, setFolder] = useState(() => overview.suggestedFolder.replace(/[^/]*$/, "cgi-scripts"));
  const isShown = useIsShown();
  const language: Language | undefined = here.find((candidate) => candidate.id === chosen) ?? here[0];
  const path = typed ?? (language ? freePath(language, (candidate) => hasFolder && byPath.has(candidate)) : "");
  const { why, isBusy, attempt } = useAttempt(async () => {
    if (!language) return;
    await makeScript({ folder: hasFolder ? null : folder.trim(), path: path.trim().replace(/^\/+/, ""), language });
    if (isShown()) closeSamplesDialog();
  });
  if (!language)
    return (
      <FormDialog {...about} isPossible={false} onSubmit={() => undefined}>
        <MissingLanguages languages={overview.languages} />
      </FormDialog>
    );
  return (
    <FormDialog {...about} isBusy={isBusy} problem={why} onSubmit={attempt}>
      <Choice
        label="Language"
        value={language.id}
        choices={here.map((candidate) => ({ value: candidate.id, title: candidate.title }))}
        onChange={(next) => {
          setChosen(next);
          setTyped(null);
        }}
      />
      {!hasFolder && <FolderField label="Folder" value={folder} onChange={setFolder} />}
      <PathField label="Path in the folder" value={path} onChange={setTyped} isWrong={why !== null} />
      <p className="ui-dim">
        {language.id === "c" ? (
          <>
            Compiled to <span className="ui-mono">{programOf(path)}</span> by {languageTitle(language)}: {language.path}
          </>
        ) : (
          <>
            Executable, run by {languageTitle(language)}: <span className="ui-mono">{language.path}</span>
          </>
        )}
      </p>
      <pre className="ui-wrap samples-preview ui-mono">{language.template.text}</pre>
    </FormDialog>
  );
}
