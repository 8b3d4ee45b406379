import { network } from "./addresses.ts";
import { compilePattern } from "../../model/regex.ts";
import { knownMethods } from "./methods.ts";
import { isStatus } from "./rewrite-parse.ts";
import { syntaxTable } from "./syntax-table.ts";

/** How many arguments a directive takes. */
interface Form {
  readonly counts: (count: number) => boolean;
  readonly words: string;
  readonly flag: boolean;
}

const forms: Readonly<Record<string, Omit<Form, "flag">>> = {
  NO_ARGS: { counts: (count) => count === 0, words: "no arguments" },
  FLAG: { counts: (count) => count >= 1, words: "On or Off" },
  TAKE1: { counts: (count) => count === 1, words: "one argument" },
  TAKE2: { counts: (count) => count === 2, words: "two arguments" },
  TAKE12: { counts: (count) => count === 1 || count === 2, words: "one or two arguments" },
  TAKE3: { counts: (count) => count === 3, words: "three arguments" },
  TAKE13: { counts: (count) => count === 1 || count === 3, words: "one or three arguments" },
  TAKE23: { counts: (count) => count === 2 || count === 3, words: "two or three arguments" },
  TAKE123: { counts: (count) => count >= 1 && count <= 3, words: "one, two or three arguments" },
  ITERATE: { counts: (count) => count >= 1, words: "at least one argument" },
  ITERATE2: { counts: (count) => count >= 2, words: "at least two arguments" },
};

let table: ReadonlyMap<string, Form> | null = null;

function formOf(key: string): Form | undefined {
  if (table === null) {
    const lines = syntaxTable.trim().replace(/\n {2}/g, " ").split("\n").map((line) => line.split(": "));
    table = new Map(lines.flatMap(([name = "", keys = ""]) => keys.split(" ").flatMap((one) => (forms[name] === undefined ? [] : [[one.toLowerCase(), { ...forms[name], flag: name === "FLAG" }] as const]))));
  }
  return table.get(key);
}

/** Words that a directive takes as its first argument; others are errors. */
const choices: Readonly<Record<string, RegExp>> = {
  acceptpathinfo: /^(on|off|default)$/i,
  authmerging: /^(off|and|or)$/i,
  order: /^(allow,deny|deny,allow|mutual-failure)$/i,
  satisfy: /^(all|any)$/i,
  serversignature: /^(on|off|email)$/i,
  xbithack: /^(on|off|full)$/i,
  enablemmap: /^(on|off)$/i,
  enablesendfile: /^(on|off)$/i,
  limitrequestbody: /^\d{1,19}$/,
  limitxmlrequestbody: /^(?!-)/,
  directoryindexredirect: /^(on|off|temp|permanent|seeother|3\d\d)$/i,
  rewritebase: /^\//,
  traceenable: /^(on|off|extended)$/i,
  allowencodedslashes: /^(on|off|nodecode)$/i,
};

const rewriteOption = /^(inherit|inheritbefore|inheritdown|inheritdownbefore|ignoreinherit|allownoslash|allowanyuri|mergebase|ignorecontextinfo|legacyprefixdocroot|longurloptimization|unsafeprefixstat|maxredirects=.*)$/i;

/** What is wrong with a directive's arguments, in the words of the server; null when it takes them. */
export function argumentsFault(key: string, name: string, words: readonly string[]): string | null {
  const form = formOf(key);
  const [first = ""] = words;
  if (form !== undefined && !form.counts(words.length)) return form.flag ? `${name} must be On or Off` : `${name} takes ${form.words}`;
  if (form?.flag === true && !/^(on|off)$/i.test(first)) return `${name} must be On or Off`;
  const choice = choices[key];
  if (choice !== undefined && !choice.test(first)) return `${name} does not know '${first}'`;
  return valuesFault(key, name, words);
}

function valuesFault(key: string, name: string, words: readonly string[]): string | null {
  switch (key) {
    case "allow":
    case "deny":
      return listFault(words);
    case "require":
      return requireFault(words);
    case "redirect":
    case "redirectmatch":
    case "redirectpermanent":
    case "redirecttemp":
      return redirectFault(key, words);
    case "options":
      return optionsFault(words);
    case "header":
    case "requestheader":
      return headerFault(name, words);
    case "fileetag":
    case "indexoptions":
      return keywordFault(key, name, words);
    case "substitute":
      return /^s(.).*?\1.*?\1[infq]*$/.test(words[0] ?? "") ? null : "Bad Substitute format, must be an s/// pattern";
    case "errordocument":
      return isStatus(Number(words[0])) ? null : `Unsupported HTTP response code ${words[0] ?? ""}`;
    case "rewriteoptions": {
      const strange = words.find((word) => !rewriteOption.test(word));
      return strange === undefined ? null : `RewriteOptions: unknown option '${strange}'`;
    }
    case "setenvif":
    case "setenvifnocase":
      return words.length < 3 ? `Missing envariable expression for ${name}` : patternFault(words[1] ?? "");
    case "browsermatch":
    case "browsermatchnocase":
      return words.length < 2 ? `Missing envariable expression for ${name}` : patternFault(words[0] ?? "");
    default:
      return null;
  }
}

/** Directives that take nothing but these words, each perhaps with a sign, and some with a value. */
const keywords: Readonly<Record<string, RegExp>> = {
  fileetag: /^[+-]?(none|all|inode|mtime|size|digest)$/i,
  indexoptions:
    /^[+-]?(none|fancyindexing|foldersfirst|htmltable|iconsarelinks|ignorecase|ignoreclient|scanhtmltitles|suppress(htmlpreamble|icon|lastmodified|size|description|rules|columnsorting)|trackmodified|versionsort|xhtml|showforbidden|addaltclass|useolddateformat|(iconwidth|iconheight|namewidth|descriptionwidth|type|charset)(=.*)?)$/i,
};

function keywordFault(key: string, name: string, words: readonly string[]): string | null {
  const strange = words.find((word) => keywords[key]?.test(word) === false);
  return strange === undefined ? null : `Unknown keyword '${strange}' for ${name} directive`;
}

/** Faults of a pattern that any compiler of regular expressions finds; what only this one does not understand is none. */
export function patternFault(pattern: string): string | null {
  const compiled = compilePattern(pattern);
  if (compiled.ok || !/^(a `[()[]|a range out of order|nothing to repeat|a repeat count )/.test(compiled.why)) return null;
  return `cannot compile regular expression '${pattern}': ${compiled.why}`;
}

function listFault(words: readonly string[]): string | null {
  if ((words[0] ?? "").toLowerCase() !== "from") return "allow and deny must be followed by 'from'";
  if (words.length < 2) return "takes at least two arguments";
  for (const word of words.slice(1)) {
    if (/^(env=|all$)/i.test(word)) continue;
    if (word.includes("#")) return "No comments are allowed here";
    if (/^\d{1,3}(\.\d{1,3}){3}\/\d{1,3}(\.\d{1,3}){3}$/.test(word)) continue;
    if (word.includes("/") && network(word) === null) return "An IP address was expected";
    if (/^\d+(\.\d+){0,3}$/.test(word) && network(word) === null) return "The specified IP address is invalid.";
  }
  return null;
}

function requireFault(words: readonly string[]): string | null {
  const [provider = "", ...args] = (words[0] ?? "").toLowerCase() === "not" ? words.slice(1) : words;
  switch (provider.toLowerCase()) {
    case "":
      return "Require takes arguments";
    case "all":
      return args.length === 1 && /^(granted|denied)$/i.test(args[0] ?? "") ? null : "Argument for 'Require all' must be 'granted' or 'denied'";
    case "ip":
      if (args.length === 0) return "'require ip' requires an argument";
      return args.some((one) => network(one) === null) ? "ip address appears to be invalid" : null;
    case "method": {
      const strange = args.find((one) => !knownMethods.has(one));
      return strange === undefined ? null : `Invalid Method '${strange}'`;
    }
    case "expr":
      return args.length === 0 ? "'require expr' requires an argument" : null;
    default:
      return /^(none|granted|denied|allowed|any|any-user|anyone|everyone|everybody|nobody|from|deny|allow|ips|users|groups|hosts)$/i.test(provider) ? `Unknown Authz provider: ${provider}` : null;
  }
}

function redirectFault(key: string, words: readonly string[]): string | null {
  if (words.length < 1 || words.length > 3) return "Redirect takes one, two or three arguments, an optional status, then document to be redirected and destination URL";
  const [first = ""] = words;
  const known = /^\d/.test(first) || /^(permanent|temp|seeother|gone)$/i.test(first);
  if (words.length === 3 && !known) return "Redirect: invalid first argument (of three)";
  const refuses = /^gone$/i.test(first) || (/^\d/.test(first) && !/^3\d\d(?!\d)/.test(first));
  const rest = known && !(words.length === 2 && key.length > "redirectmatch".length) ? words.slice(1) : words;
  if (refuses && rest.length > 1) return "Redirect URL not valid for this status";
  if (known && rest.length === 0 && !refuses) return "URL to redirect to is missing";
  if (key === "redirectmatch") return rest.length > 1 || refuses ? patternFault(rest[0] ?? "") : null;
  const to = rest[1];
  return to === undefined || /^([a-z][a-z0-9+.-]*:\/\/|\/|[a-z]+:)/i.test(to) ? null : "Redirect to non-URL";
}

const optionNames = /^[+-]?(indexes|includes|includesnoexec|followsymlinks|symlinksifownermatch|execcgi|multiviews|runscripts|none|all)$/i;

function optionsFault(words: readonly string[]): string | null {
  const strange = words.find((word) => !optionNames.test(word));
  if (strange !== undefined) return `Illegal option ${strange}`;
  const signedWhole = words.find((word) => /^[+-](all|none)$/i.test(word));
  if (signedWhole !== undefined) return `You may not use 'Options ${signedWhole}'.`;
  const later = words.slice(1).find((word) => /^(all|none)$/i.test(word));
  if (later !== undefined) return `'Options ${later}' must be the first option given.`;
  // After All or None others may be added and taken away.
  const rest = /^(all|none)$/i.test(words[0] ?? "") ? words.slice(1) : words;
  const signed = rest.filter((word) => /^[+-]/.test(word)).length;
  return signed > 0 && signed < rest.length ? "Either all Options must start with + or -, or no Option may." : null;
}

/** A value, what it is replaced with, and a condition. */
const mostValues = 3;

const headerActions = /^(add|set|setifempty|append|merge|unset|echo|note|edit|edit\*)$/i;

/** `Header` and `RequestHeader`: an action, a name, as many values as the action takes, and perhaps a condition. */
function headerFault(name: string, words: readonly string[]): string | null {
  const [action = "", header, ...values] = /^(always|onsuccess)$/i.test(words[0] ?? "") && name.toLowerCase() === "header" ? words.slice(1) : words;
  if (!headerActions.test(action)) return "first argument must be 'add', 'set', 'setifempty', 'append', 'merge', 'unset', 'echo', 'note', 'edit', or 'edit*'.";
  if (values.length > mostValues) return `${name} has too many arguments`;
  const lower = action.toLowerCase();
  const takes = lower === "unset" || lower === "echo" ? 0 : lower.startsWith("edit") ? 2 : 1;
  if (header === undefined) return lower === "unset" ? null : `${name} takes two or three arguments`;
  if (values.length < takes) return `${name} ${action} requires ${takes === 1 ? "three arguments" : "a match and a substitution"}`;
  const [condition, ...more] = values.slice(takes);
  if (condition !== undefined && !/^(early$|env=|expr=)/i.test(condition)) return `Unknown parameter: ${condition}`;
  if (more.length > 0) return `${name} has too many arguments`;
  if (takes === 2) return patternFault(values[0] ?? "");
  const strange = /%(?!%|[tDlib]|\{[^}]*\}[es])/.exec(/^expr=/i.test(values[0] ?? "") ? "" : (takes === 1 ? (values[0] ?? "") : ""));
  return strange === null ? null : `Unrecognized header format ${(values[0] ?? "").slice(strange.index, strange.index + 2)}`;
}
