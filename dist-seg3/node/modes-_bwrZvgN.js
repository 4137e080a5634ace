// server/contract/modes.ts
/** The languages that have an agent. */
var agentLanguages = [
	"python",
	"perl",
	"ruby"
];
/** As in cgi-workbench.json, `--mode` and traces. A new name at the end is an addition to schema 1. */
var modeNames = [
	"cgi",
	"fastcgi",
	"fastcgi-external",
	"php-cgi",
	"prefork",
	"persistent",
	"wsgi",
	"psgi"
];
var modeTraits = {
	cgi: {
		label: "CGI",
		shortLabel: "CGI",
		summary: "a new process for each request",
		colour: "--c1",
		responder: "script",
		speaksFastcgi: false,
		keepsProcesses: false,
		sharesProcess: false,
		usesAgent: false,
		application: null,
		isExternal: false,
		interpreter: null,
		extension: null
	},
	fastcgi: {
		label: "FastCGI",
		shortLabel: "FastCGI",
		summary: "kept running; the script must speak FastCGI",
		colour: "--c2",
		responder: "application",
		speaksFastcgi: true,
		keepsProcesses: true,
		sharesProcess: false,
		usesAgent: false,
		application: null,
		isExternal: false,
		interpreter: null,
		extension: ".fcgi"
	},
	"fastcgi-external": {
		label: "FastCGI, external",
		shortLabel: "external",
		summary: "an external application responds; its address is in cgi-workbench.json",
		colour: "--c5",
		responder: "application",
		speaksFastcgi: true,
		keepsProcesses: false,
		sharesProcess: false,
		usesAgent: false,
		application: null,
		isExternal: true,
		interpreter: null,
		extension: null
	},
	"php-cgi": {
		label: "php-cgi",
		shortLabel: "php-cgi",
		summary: "PHP’s own FastCGI program, kept running",
		colour: "--c4",
		responder: "script",
		speaksFastcgi: true,
		keepsProcesses: true,
		sharesProcess: true,
		usesAgent: false,
		application: null,
		isExternal: false,
		interpreter: "php",
		extension: ".php"
	},
	prefork: {
		label: "Prefork",
		shortLabel: "prefork",
		summary: "interpreter and imports stay; a fork for each request",
		colour: "--c3",
		responder: "script",
		speaksFastcgi: true,
		keepsProcesses: true,
		sharesProcess: false,
		usesAgent: true,
		application: null,
		isExternal: false,
		interpreter: null,
		extension: null
	},
	persistent: {
		label: "Persistent",
		shortLabel: "persistent",
		summary: "the script again and again in one interpreter",
		colour: "--c6",
		responder: "script",
		speaksFastcgi: true,
		keepsProcesses: true,
		sharesProcess: false,
		usesAgent: true,
		application: null,
		isExternal: false,
		interpreter: null,
		extension: null
	},
	wsgi: {
		label: "WSGI",
		shortLabel: "WSGI",
		summary: "the file’s Python application, kept running",
		colour: "--c7",
		responder: "application",
		speaksFastcgi: true,
		keepsProcesses: true,
		sharesProcess: false,
		usesAgent: false,
		application: "python",
		isExternal: false,
		interpreter: null,
		extension: null
	},
	psgi: {
		label: "PSGI",
		shortLabel: "PSGI",
		summary: "the file’s Perl application, kept running",
		colour: "--c8",
		responder: "application",
		speaksFastcgi: true,
		keepsProcesses: true,
		sharesProcess: false,
		usesAgent: false,
		application: "perl",
		isExternal: false,
		interpreter: null,
		extension: null
	}
};
/** An agent of ours runs the file, or calls its application; its status is that of a script's process. */
var isRunByAgent = (mode) => modeTraits[mode].usesAgent || modeTraits[mode].application !== null;
/** Null if nothing ran. */
var traitsOf = (mode) => mode ? modeTraits[mode] : null;
/** The mode of an application at an address. */
var externalMode = "fastcgi-external";
var isPooled = (mode) => modeTraits[mode].keepsProcesses;
var isMode = (text) => Object.hasOwn(modeTraits, text);
/**
* The mode of a file by its extension (".fcgi"). `isInterpreted`: its handler's program reads it; else it is started
* itself.
*/
var usualMode = (extension, isInterpreted) => modeNames.find((mode) => modeTraits[mode].extension === extension && modeTraits[mode].interpreter !== null === isInterpreted) ?? "cgi";
export { isRunByAgent as a, traitsOf as c, isPooled as i, usualMode as l, externalMode as n, modeNames as o, isMode as r, modeTraits as s, agentLanguages as t };

//# sourceMappingURL=modes-_bwrZvgN.js.map