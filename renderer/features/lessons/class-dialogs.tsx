// A class: the ZIP that it is given, and its works, checked again, as a table.

import { useRef, useState } from "react";
import type { ClassFound, ClassRow } from "../../../server/contract/lesson-class-contract.js";
import type { LessonLine } from "../../../server/contract/lessons-contract.js";
import { wordsOf } from "../../../server/contract/message.js";
import type { LanguageId } from "../../../server/contract/samples-contract.js";
import { fromBase64 } from "../../format/bytes-text.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { FolderField } from "../../platform/folder-field.js";
import { notify } from "../../platform/notices.js";
import { orNothing, withProgress } from "../../platform/progress.js";
import { RunningWork } from "../../platform/running-work.js";
import { saveFile } from "../../platform/save-file.js";
import { useAttempt } from "../../platform/use-attempt.js";
import { connected } from "../../rpc/store.js";
import { Alert } from "../../ui/alert.js";
import { Button } from "../../ui/button.js";
import { Dialog, FormDialog } from "../../ui/dialog.js";
import { FactTable } from "../../ui/fact-table.js";
import { ScrollRegion } from "../../ui/scroll-region.js";
import { Programs } from "./programs.js";

interface HandOutProps {
  readonly lessons: readonly LessonLine[];
  readonly code: LanguageId;
  readonly onClose: () => void;
}

export function HandOut({ lessons, code, onClose }: HandOutProps) {
  const root = useWorkspace(({ workspace }) => workspace?.root ?? null);
  const [lesson, setLesson] = useState(lessons[0]?.id ?? "");
  const { why, isBusy, attempt } = useAttempt(async () => {
    const zip = await connected().lessons.handOut({ root, lesson: lesson === "" ? null : lesson, code });
    saveFile(zip.name, [fromBase64(zip.base64)]);
    notify("info", `Saved ${zip.name}.`);
    onClose();
  });
  return (
    <FormDialog
      title="Hand out"
      description="Saves one ZIP. Learners unpack it, open the folder, and hand in a ZIP of that folder."
      action="Save ZIP"
      isBusy={isBusy}
      problem={why}
      onClose={onClose}
      onSubmit={attempt}
    >
      <label className="ui-column lesson-choose">
        <span className="ui-dim">What the class gets</span>
        <select className="ui-field" value={lesson} onChange={({ target }) => setLesson(target.value)}>
          {root !== null && <option value="">The open folder, with its saved requests</option>}
          {lessons.map(({ id, title }, index) => (
            <option key={id} value={id}>
              {index + 1} {title}
            </option>
          ))}
        </select>
      </label>
    </FormDialog>
  );
}

interface Collection {
  readonly into: string;
  readonly works: number;
  readonly runs: readonly string[];
}

export function Collect({ onClose }: { readonly onClose: () => void }) {
  const [folder, setFolder] = useState("");
  const [lesson, setLesson] = useState("");
  const [collection, setCollection] = useState<Collection | null>(null);
  const { why, isBusy, attempt } = useAttempt(async () =>
    setCollection(await connected().lessons.collect({ folder: folder.trim(), lesson: lesson.trim() || null })),
  );
  if (collection !== null) return <ClassTable collection={collection} onClose={onClose} />;
  return (
    <FormDialog
      title="Collect"
      description="Unpacks the ZIPs that a class has handed in into a new folder beside them."
      action="Collect"
      isPossible={folder.trim() !== ""}
      isBusy={isBusy}
      problem={why}
      onClose={onClose}
      onSubmit={attempt}
    >
      <FolderField label="The ZIPs are in" value={folder} onChange={setFolder} />
      <FolderField
        label="Your own lesson, if the works are on it"
        value={lesson}
        onChange={setLesson}
        required={false}
      />
    </FormDialog>
  );
}

function ClassTable({ collection, onClose }: { readonly collection: Collection; readonly onClose: () => void }) {
  const { into, works, runs } = collection;
  const [{ rows, whole }, setFound] = useState<ClassFound>({ rows: [], whole: null });
  const leaving = useRef(new AbortController());
  const { why, isBusy, attempt } = useAttempt(() =>
    withProgress("Checking the works", async (stopped) => {
      const signal = AbortSignal.any([stopped, leaving.current.signal]);
      const report = async (): Promise<void> => {
        for await (const found of await connected().lessons.report({ into }, { signal })) setFound(found);
      };
      await orNothing(signal, report());
    }),
  );
  const close = (): void => {
    leaving.current.abort();
    onClose();
  };
  const passed = rows.filter((row) => row.passed).length;
  const found = `${passed} of ${rows.length} passed`;
  return (
    <Dialog
      title="Works of the class"
      size={rows.length > 0 ? "huge" : "large"}
      description={whole !== null ? found : isBusy ? `${rows.length} of ${works} checked` : `Unpacked into ${into}`}
      onClose={close}
      actions={
        <>
          <Button onClick={close}>Close</Button>
          {whole === null ? (
            <Button look="primary" disabled={isBusy} aria-busy={isBusy} onClick={() => void attempt()}>
              {works === 1 ? "Run and check 1 work" : `Run and check ${works} works`}
            </Button>
          ) : (
            <Button look="primary" onClick={() => saveFile("class.csv", [whole.csv])}>
              Save as CSV
            </Button>
          )}
        </>
      }
    >
      <RunningWork />
      <Alert>{why}</Alert>
      {rows.length > 0 && <Rows rows={rows} />}
      {rows.length === 0 && !isBusy && (
        <Programs runs={runs}>
          Works are programs of other people. To check them is to run them. Look at these files first:
        </Programs>
      )}
      {whole !== null && (
        <ul className="lesson-limits ui-small ui-dim" aria-label="Limits">
          {whole.limits.map(({ isHeld, say }) => (
            <li key={say}>
              {isHeld ? "Held" : "Not held on this machine"}: {say}
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}

const columns = ["Work", "Name", "Lesson", "Points", "Not passed", "Same code as"].map((title) => ({ title }));

function Rows({ rows }: { readonly rows: readonly ClassRow[] }) {
  return (
    <ScrollRegion className="lesson-class" aria-label="Table of the works">
      <FactTable className="lesson-rows" label="Works of the class" columns={columns}>
        {rows.map((row) => (
          <tr key={row.work}>
            <th scope="row" className="ui-mono">
              {row.work}
            </th>
            <td>{row.name}</td>
            <td>{row.lesson}</td>
            <td className={row.passed === true ? "ui-ok" : "ui-bad"}>
              {row.passed === null ? "not checked" : `${row.points} of ${row.of}`}
            </td>
            <td>
              {wordsOf(
                row.problem?.message ?? [...row.failed, ...row.notJudged.map((id) => `${id} (not judged)`)].join(", "),
              )}
            </td>
            <td className="ui-mono">{row.sameAs.join(", ")}</td>
          </tr>
        ))}
      </FactTable>
    </ScrollRegion>
  );
}
