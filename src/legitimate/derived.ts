import { speaksOfTaking, type Evidence, type Gate, type Scope } from "../model/program.ts";
import { ordinaryUserAgent } from "../model/request.ts";
import type { Verdict } from "../model/verdict.ts";
import { positionAt, textOf } from "../source.ts";
import { meantByComment } from "./intent.ts";
import { rightlyClosed, writeWord } from "./words.ts";

/** Why a POST counts as legitimate: somebody declared it, the configuration gives evidence of it, or nothing does. */
export interface Legitimacy {
  readonly kind: "declared" | "derived" | "assumed";
  readonly words: string;
}

/** A stopped POST, the same request as a GET, and where it was stopped. */
export interface Stopped {
  readonly verdict: Verdict;
  readonly get: Verdict;
  readonly gate: Gate;
  /** The scopes on the way, the last being where it ended. */
  readonly way: readonly Scope[];
  /** The application that is known to take POSTs at this address; null where none shows. */
  readonly application: string | null;
  /** Where a page shows that it sends such requests; null where none does. */
  readonly shown: Evidence | null;
  /** The script that gets such requests, where scripts are told from files by name; null where none shows. */
  readonly script: Script | null;
  /** Other methods that write and that a list of methods for a whole site lets through; none where there is no such list. */
  readonly otherWrites: readonly string[];
  /** Ordinary addresses with a slash at their end reach an application when they are not redirected. */
  readonly isOrdinarily: boolean;
}

/** A script, and how it shows that it is meant to get such requests. */
export interface Script {
  readonly path: string;
  /** `get`: it gets the same request as a GET. `otherwise`: it would get the request itself, were it not for the gate. `led`: another directive sent it there. */
  readonly shownBy: "get" | "otherwise" | "led";
}

function assumed(words: string): Legitimacy {
  return { kind: "assumed", words };
}

/**
 * What the files themselves say about whether a stopped POST is meant to work. A place whose author says that it is
 * closed, or that ought to be, is never more than assumed.
 */
export function derive(stopped: Stopped): Legitimacy {
  const { gate, verdict, get } = stopped;
  if (gate.intended !== undefined) return assumed(gate.intended);
  // Whoever means to shut what the site itself posts to is mistaken about one of both.
  if (stopped.shown !== null) return { kind: "derived", words: `${stopped.shown.at.file.path}:${positionAt(stopped.shown.at.file, stopped.shown.at.start).line} ${stopped.shown.note}` };
  const comment = isFilter(stopped) ? null : (gate.because.map(({ at }) => meantByComment(at)).find((words) => words !== null) ?? null);
  if (comment !== null) return assumed(`a comment says "${comment}"`);
  const { path } = verdict.request;
  if (rightlyClosed(path)) return assumed(`${path} is a place that is often closed on purpose`);
  if (stopped.application !== null) return { kind: "derived", words: `the configuration speaks of ${stopped.application}, which takes POSTs at ${path}` };
  const evidence = signsOf(stopped)[0];
  if (evidence !== undefined) return { kind: "derived", words: evidence.note };
  const word = writeWord(path);
  if (word !== null && isNamed(stopped, word)) return { kind: "derived", words: `the configuration names \`${word}\`, a place that takes writes` };
  const { script } = stopped;
  if (script?.shownBy === "get") return { kind: "derived", words: `GET ${path} reaches the script ${script.path}, and scripts take forms` };
  if (script?.shownBy === "led") return { kind: "derived", words: `the configuration itself sends ${path} to the script ${script.path}` };
  if (script !== null) return { kind: "derived", words: `without that the request reaches the script ${script.path}, and scripts take forms` };
  if (stopped.isOrdinarily) return { kind: "derived", words: `without that ${path} reaches the application, as ordinary addresses do` };
  if (stopped.otherWrites.length > 1) return { kind: "derived", words: `${stopped.otherWrites.join(" and ")} pass, so writes are meant here` };
  if (get.outcome === "reached") return assumed(`GET ${path} reaches an application`);
  return assumed("nothing shows that writes are meant here");
}

/** A filter is meant against others, whatever its author calls it, where an ordinary query, the name of a common program or an ordinary head is what it matches. */
function isFilter({ gate: { reason }, verdict: { request } }: Stopped): boolean {
  return reason === "head-size" || request.version !== undefined || (reason === "waf-match" && request.query !== "") || (reason === "client-software" && request.headers["user-agent"] !== ordinaryUserAgent);
}

/** A server's upload limit is meant for its applications; of its files only what other sites may send them says something. */
function signsOf({ gate, way, verdict }: Stopped): readonly Evidence[] {
  // Who writes down how large a body may be expects some, and a form is an ordinary one.
  if (gate.reason === "body-size" && gate.implied !== true && verdict.request.bodyBytes <= largestForm) return [{ at: gate.because[0].at, note: "a limit for bodies is set here" }];
  if (gate.reason === "head-size") return [{ at: gate.because[0].at, note: "whoever has logged in sends such a head wherever they go" }];
  if (gate.reason !== "static-handler") return way.flatMap((scope) => scope.writes ?? []);
  return (way.at(-1)?.writes ?? []).filter(speaksOfTaking);
}

/** So many bytes have forms without files. */
const largestForm = 16 * 1024;

/** A word counts only when the configuration itself has it: a path made up for a witness proves nothing. */
function isNamed({ way, gate }: Stopped, word: string): boolean {
  const whole = new RegExp(`(?<![a-z0-9])${word.replace(/[^a-z0-9]/gi, "\\$&")}(?![a-z0-9])`, "i");
  return headsOf(way, gate).some((text) => whole.test(text));
}

/** What the configuration says where a gate stands: names and beginnings of the places on the way, and its directives. */
export function headsOf(way: readonly Scope[], gate: Gate): readonly string[] {
  const texts = [...way.map((scope) => scope.name), ...way.map((scope) => textOf(scope.at)), ...gate.because.map(({ at }) => textOf(at))];
  return texts.map((text) => text.slice(0, longestHead).replace(otherServer, ""));
}

/** What another server is called says nothing of the places here. */
const otherServer = /\bhttps?:\/\/[^\s"'/$%]+/gi;

/** What names a place stands at its beginning, not in the middle of a long block. */
const longestHead = 400;
