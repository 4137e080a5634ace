// Compiling a source of the folder: the command, what the compiler says with its lines, and the way back.
import type { CompilePlan, CompilerMessage } from "../../../server/contract/compile-contract.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { notify, orNotify } from "../../platform/notices.js";
import { useSelection } from "../../platform/selection.js";
import { useLoaded } from "../../platform/use-loaded.js";
import { connected } from "../../rpc/store.js";
import { SeverityIcon } from "../../ui/severity-icon.js";

const shownRoot = (): string | null => useWorkspace.getState().workspace?.root ?? null;

/** How a source, or the source of a program, would be compiled; a value of null: not known yet, or it cannot be. */
export const useCompilePlan = (path: string, sanitize: boolean) =>
  useLoaded(`${path} ${sanitize}`, (client, signal) =>
    client.doctor.compilePlan({ root: shownRoot(), path, sanitize }, { signal }),
  );

interface Compiled {
  readonly messages: readonly CompilerMessage[];
  /** Brings the earlier program back; null: the source does not compile. */
  readonly undo: (() => void) | null;
}

/** Rejects with what went wrong, other than the source's own mistakes. */
export async function compile(path: string, sanitize: boolean, onUndone: () => void = () => {}): Promise<Compiled> {
  const { token, messages } = await connected().doctor.compile({ root: shownRoot(), path, sanitize });
  if (token === null) return { messages, undo: null };
  const undo = (): void =>
    void orNotify("Could not bring the program back", async () => {
      await connected().doctor.undo({ token });
      onUndone();
    });
  return { messages, undo };
}

export function compiledNotice({ source, program }: CompilePlan, undo: () => void): void {
  notify("info", `${source} was compiled to ${program}.`, { title: "Undo", run: undo });
}

export const CommandLine = ({ words }: { readonly words: readonly string[] }) => (
  <code className="ui-mono ui-small ui-wrap">{words.join(" ")}</code>
);

/** `onOpen`: a line is about to be shown in the editor. */
export function CompilerMessages({
  messages,
  onOpen = () => {},
}: {
  readonly messages: readonly CompilerMessage[];
  readonly onOpen?: () => void;
}) {
  const open = useSelection((selection) => selection.open);
  if (messages.length === 0) return null;
  return (
    <ul className="ui-small ui-wrap doctor-messages" aria-label="What the compiler says">
      {messages.map(({ path, line, severity, text }) => (
        <li key={`${path} ${line} ${text}`}>
          <SeverityIcon severity={severity} />{" "}
          <button
            type="button"
            className="ui-link ui-mono"
            disabled={path.startsWith("/")}
            onClick={() => {
              onOpen();
              open(path, line);
            }}
          >
            {path}:{line}
          </button>{" "}
          {text}
        </li>
      ))}
    </ul>
  );
}
