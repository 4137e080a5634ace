import { a as ProblemError } from "./terminal-text-C2cQ1erE.js";
import { a as utf8, i as toBytes, t as byteString } from "./byte-string-DHgfSrmB.js";
import { T as scriptInterpreter } from "./workbench-NP38puFa.js";
import { a as quantile } from "./run-bench-uUotz1Xi.js";
import { t as defineMessages } from "./message--K3iKRUD.js";
import { t as defineProblems } from "./problem-BYFI9xia.js";
import { dirname, join } from "node:path";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
// server/app/startup/import-times.ts
var line = /^import time: +(\d+) \| +(\d+) \| ( *)(\S.*)$/;
/** In the order of the lines. Other lines are the script's own. */
function parseImportTimes(stderr) {
	return stderr.split("\n").flatMap((text) => {
		const [, self, total, indent = "", name] = line.exec(text.trimEnd()) ?? [];
		return name === void 0 ? [] : {
			name,
			depth: Math.floor(indent.length / 2),
			selfMs: Number(self) / 1e3,
			totalMs: Number(total) / 1e3
		};
	});
}
/** Without what the interpreter itself imports before the script: in Python all up to `site`. */
function ofScript(times) {
	return times.slice(times.findLastIndex(({ name, depth }) => name === "site" && depth === 0) + 1);
}
/** Each module before those that it imported, in the order of the imports. */
function importersFirst(times) {
	/** By depth: what waits for its importer, each with all below it. */
	const waiting = [];
	for (const time of times) {
		const below = waiting[time.depth + 1] ?? [];
		waiting[time.depth + 1] = [];
		waiting[time.depth] = [
			...waiting[time.depth] ?? [],
			time,
			...below
		];
	}
	return waiting[0] ?? [];
}
/** The first line of a script that names the module, from 1; null: none does. */
function lineOfImport(source, name, language) {
	const escaped = name.replace(/[^\w]/g, "\\$&");
	const statement = language === "python" ? new RegExp(`(?:^|;)\\s*(?:import\\s+(?:.*,\\s*)?${escaped}\\b|from\\s+${escaped}(?:\\s|\\.))`) : new RegExp(`(?:^|;)\\s*(?:use|require)\\s+(?:(?:parent|base)\\s.*)?${escaped}\\b`);
	const index = source.split("\n").findIndex((text) => statement.test(text));
	return index === -1 ? null : index + 1;
}
// server/app/startup/messages.ts
var startupAdvice = defineMessages({
	"preload-or-lazy": ({ name, percent }) => `${name} takes ${percent} % of the cold start. Preload it in prefork; or import it in the function that needs it, if not every request does.`,
	preload: ({ name }) => `Preload ${name} in prefork: then no request waits for it.`,
	"own-module": ({ name, percent }) => `${name} is a module of your own and takes ${percent} % of the cold start. Import it in the function that needs it, if not every request does.`
});
var startupProblem = defineProblems({
	"no-startup-times": {
		message: ({ path }) => `${path} is no Python or Perl script.`,
		fix: "Name the URL path of a script in one of these languages."
	},
	"startup-fails": {
		message: ({ path }) => `The cold start of ${path} could not be measured: it did not end by itself.`,
		fix: "Send one request as CGI to see why."
	}
});
// server/app/startup/perl-hook.ts
var perlHookName = "CGIWorkbenchImportTimes";
var perlHook = `package ${perlHookName};
BEGIN {
    require Time::HiRes;
    open my $out, '>&', \\*STDERR or die;
    my @within;
    *CORE::GLOBAL::require = sub {
        my ($what) = @_;
        return CORE::require($what) if $what !~ /\\.p[lm]\\z/i || exists $INC{$what};
        push @within, 0;
        my $begun = Time::HiRes::time();
        my $answer = eval { CORE::require($what) };
        my $failure = $@;
        my $took = Time::HiRes::time() - $begun;
        my $below = pop @within;
        $within[-1] += $took if @within;
        my $name = $what;
        $name =~ s{/}{::}g;
        $name =~ s/\\.pm\\z//;
        syswrite $out, sprintf("import time: %9d | %10d | %s%s\\n",
            ($took - $below) * 1e6, $took * 1e6, '  ' x @within, $name);
        die $failure if $failure;
        return $answer;
    };
}
1;
`;
// server/app/startup/run-startup.ts
/** The interpreter's own means, and how it runs an empty program. `folder`: holds the hook. */
var means = {
	python: {
		variables: () => ({ PYTHONPROFILEIMPORTTIME: "1" }),
		nothing: ["-c", ""]
	},
	perl: {
		variables: (folder) => ({
			PERL5LIB: folder,
			PERL5OPT: `-M${perlHookName}`
		}),
		nothing: ["-e", ""]
	}
};
/** The language of a script whose cold start can be examined; null: it cannot. */
function examinedLanguage(route) {
	const language = scriptInterpreter(route)?.language;
	return language === "python" || language === "perl" ? language : null;
}
/** Cold starts that are measured, of the script and of its interpreter. */
var repetitions = 3;
/** The workbench serves a folder. @throws ProblemError, or the signal's reason */
async function runStartup(workbench, route, target, signal) {
	const language = examinedLanguage(route);
	const path = workbench.folder.workspace().relative(Buffer.from(toBytes(route.file)).toString()) ?? target;
	if (language === null) throw new ProblemError(startupProblem("no-startup-times", { path }));
	const file = Buffer.from(toBytes(route.file)).toString();
	const send = (variables) => sent(workbench, target, variables, signal);
	const starts = [];
	const empty = [];
	for (let nth = 0; nth < repetitions; nth++) {
		const trace = await send({});
		const took = processMs(trace);
		if (took === null) throw new ProblemError(startupProblem("startup-fails", { path }));
		starts.push(took);
		empty.push(await emptyStartMs(workbench.starter, route, language, trace.env ?? []));
	}
	const folder = await mkdtemp(join(tmpdir(), "cgi-workbench-startup-"));
	let stderr;
	try {
		await writeFile(join(folder, `${perlHookName}.pm`), perlHook);
		const { id } = await send(means[language].variables(folder));
		stderr = Buffer.from(workbench.traces.read(id, "stderr", 0, maxStderr) ?? []).toString("utf8");
	} finally {
		await rm(folder, {
			recursive: true,
			force: true
		});
	}
	const totalMs = median(starts);
	const times = importersFirst(ofScript(parseImportTimes(stderr)));
	const source = await readFile(file, "utf8");
	const imports = times.map(({ name, depth, selfMs, totalMs: ms }) => {
		const isOwn = lies(dirname(file), name, language);
		return {
			name,
			depth,
			totalMs: ms,
			selfMs,
			line: depth > 0 ? null : lineOfImport(source, name, language),
			isOwn,
			advice: adviceOf({
				name,
				depth,
				ms,
				isOwn
			}, totalMs)
		};
	});
	const sum = imports.reduce((ms, { depth, totalMs: one }) => depth === 0 ? ms + one : ms, 0);
	const interpreterMs = Math.min(median(empty), totalMs);
	const importsMs = Math.min(sum, totalMs - interpreterMs);
	return {
		target,
		language,
		totalMs,
		interpreterMs,
		importsMs,
		scriptMs: totalMs - interpreterMs - importsMs,
		imports
	};
}
var maxStderr = 1 << 20;
var median = (values) => quantile(values.toSorted((a, b) => a - b), .5);
/** From the moment at which the process could start to its end; null: it did not end by itself. */
function processMs({ timing, process }) {
	const { admittedAt, exitAt } = timing;
	return process?.exitCode == null || exitAt === null ? null : exitAt - (admittedAt ?? 0);
}
async function sent(workbench, target, variables, signal) {
	const request = {
		method: byteString("GET"),
		target: utf8(target),
		headers: [],
		body: null
	};
	const set = new Map(Object.entries(variables).map(([name, value]) => [utf8(name), utf8(value)]));
	const trace = await workbench.sender.deliver(request, {
		from: "cli",
		mode: "cgi",
		variables: set
	}, { signal });
	signal.throwIfAborted();
	return trace;
}
/** Started as the script is, with its environment. */
async function emptyStartMs(starter, route, language, env) {
	const [file = byteString(""), ...args] = scriptInterpreter(route)?.command ?? [];
	const argv = [
		file,
		...args,
		...means[language].nothing.map(utf8)
	];
	const cwd = byteString(route.file.slice(0, route.file.lastIndexOf("/")) || "/");
	const begun = performance.now();
	const { promise, resolve } = deferred();
	const ignored = {
		stdout: () => true,
		stderr: () => true,
		stdoutEnd: () => {},
		stderrEnd: () => {},
		stdinDrain: () => {}
	};
	const variables = env.map(({ name, value }) => byteString(`${name}=${value}`));
	await starter.start({
		file,
		argv,
		env: variables,
		cwd,
		stdin: "null"
	}, {
		...ignored,
		exit: (_, at) => resolve(at - begun)
	});
	return promise;
}
function deferred() {
	let settle = () => {};
	return {
		promise: new Promise((resolve) => {
			settle = resolve;
		}),
		resolve: (value) => settle(value)
	};
}
/** A module's file lies beside the script. */
function lies(folder, name, language) {
	const path = join(folder, ...name.split(language === "python" ? "." : "::"));
	return (language === "python" ? [".py", "/__init__.py"] : [".pm"]).some((ending) => existsSync(path + ending));
}
/** Less than this is not worth a line in a configuration, ms. */
var leastMs = .5;
/** Of the whole cold start. */
var largeShare = .1;
function adviceOf({ name, depth, ms, isOwn }, totalMs) {
	if (depth > 0 || ms < leastMs) return null;
	const isLarge = ms >= largeShare * totalMs;
	const data = {
		name,
		percent: Math.round(100 * ms / totalMs)
	};
	if (isOwn) return isLarge ? startupAdvice("own-module", data) : null;
	return startupAdvice(isLarge ? "preload-or-lazy" : "preload", data);
}
export { runStartup as n, examinedLanguage as t };

//# sourceMappingURL=run-startup-DPrNGKdP.js.map