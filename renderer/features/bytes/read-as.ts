// Which charset the user chose for a stream: remembered for the last two hundred streams, also after a reload.
import { create } from "zustand";
import { isRecord, recall, remember } from "../../platform/storage.js";
import { isEncoding } from "./encodings.js";

const key = "read-as";
const most = 200;

type Choices = Readonly<Record<string, string>>;

const accept = (value: unknown): Choices | null =>
  isRecord(value)
    ? Object.fromEntries(Object.entries(value).flatMap(([stream, name]) => (isEncoding(name) ? [[stream, name]] : [])))
    : null;

const useChoices = create<{ readonly chosen: Choices }>()(() => ({ chosen: recall(key, accept) ?? {} }));

/** `name`: of a stream, or a file. Null: nothing was chosen, it is read as declared or guessed. */
export const useReadAs = (name: string): string | null => useChoices(({ chosen }) => chosen[name] ?? null);

export function readAs(name: string, charset: string | null): void {
  const { [name]: _before, ...others } = useChoices.getState().chosen;
  const kept = Object.entries(others).slice(charset === null ? -most : 1 - most);
  const chosen = Object.fromEntries(charset === null ? kept : [...kept, [name, charset]]);
  useChoices.setState({ chosen });
  remember(key, chosen);
}
