// A program that is written for CGI, asked in every mode that fits: it answers as CGI does, and `leaks` says the same.
import { expect } from "vitest";
import "./built-agents.js";
import { leaksReport } from "../../server/contract/command-output.js";
import type { Mode } from "../../server/contract/modes.js";
import { commandLine } from "./command-line.js";
import { plain as whole } from "./fastcgi-gateway.js";
import { startGateway, type TestGateway } from "./gateway.js";

export interface ModeProgram {
  readonly name: string;
  /** What has to be installed for it. */
  readonly needs: string;
  readonly isThere: boolean;
  /** The file's name, and its text as a script for CGI. */
  readonly file: string;
  readonly script: string;
  /** The modes that run the script. */
  readonly modes: readonly Mode[];
  /** The program as an application for WSGI, PSGI or Rack; null: it is a script alone. */
  readonly application: { readonly mode: Mode; readonly text: string } | null;
  /** What follows the script's path in the request. */
  readonly rest: string;
  /** CGI's answer holds it. */
  readonly says: string;
  /** The modes in which its answer shows what an earlier request left. */
  readonly showsEarlierIn?: readonly Mode[];
}

/** The status line and the body; a mode for applications orders and adds fields in its own way. */
const essence = (wire: string): string => `${wire.slice(0, 12)} ${wire.slice(wire.indexOf("\r\n\r\n") + 4)}`;
const withoutDate = (wire: string): string => wire.replace(/^(Date|Server|Expires|Set-Cookie): .*\r\n/gim, "");
const pathOf = ({ file }: ModeProgram): string => `cgi-bin/${file}`;

async function inMode<T>(
  program: ModeProgram,
  mode: Mode,
  use: (gateway: TestGateway, config: object) => Promise<T>,
): Promise<T> {
  const { script, application } = program;
  const config = { mail: "real", scripts: { [pathOf(program)]: { mode, workers: 1 } } };
  await using gateway = await startGateway({ config });
  gateway.script(pathOf(program), mode === application?.mode ? application.text : script);
  return await use(gateway, config);
}
const answers = (program: ModeProgram, mode: Mode, times: number): Promise<readonly string[]> =>
  inMode(program, mode, async (gateway) => {
    const request = whole("GET", `/${pathOf(program)}${program.rest}`, []);
    const found = new Set<string>();
    for (let nth = 0; nth < times; nth++) found.add(withoutDate(await gateway.ask(request)));
    return [...found];
  });
const isAlikeByLeaks = (program: ModeProgram, mode: Mode): Promise<boolean> =>
  inMode(program, mode, async ({ folder }, config) => {
    folder.write("cgi-workbench.json", JSON.stringify(config));
    const target = `/${pathOf(program)}${program.rest}`;
    const { stdout, stderr } = await commandLine(["leaks", folder.path, target, "--mode", mode, "--json"]);
    expect(stdout.toString(), stderr).not.toBe("");
    return leaksReport.parse(JSON.parse(stdout.toString())).alike;
  });

/** Asks the program so many times in each mode that fits, and expects what CGI answers. */
export async function expectAnswersOfCgi(program: ModeProgram, requests: number): Promise<void> {
  const { modes, application, says, showsEarlierIn = [] } = program;
  const expected = await answers(program, "cgi", 2);
  expect(expected).toEqual([expect.stringContaining(says)]);
  for (const mode of modes) {
    const given = await answers(program, mode, requests);
    if (showsEarlierIn.includes(mode)) expect([mode, given.length]).not.toEqual([mode, 1]);
    else expect([mode, given]).toEqual([mode, expected]);
  }
  if (application === null) return;
  const applied = await answers(program, application.mode, requests);
  expect([...new Set(applied.map(essence))]).toEqual(expected.map(essence));
}

/** Expects of `leaks` what the answers of each mode show. */
export async function expectLeaksAgrees(program: ModeProgram): Promise<void> {
  const { modes, application, showsEarlierIn = [] } = program;
  for (const mode of [...modes, ...(application === null ? [] : [application.mode])])
    expect([mode, await isAlikeByLeaks(program, mode)]).toEqual([mode, !showsEarlierIn.includes(mode)]);
}
