import { asksUnknown, type Condition } from "../model/condition.ts";
import type { Decide } from "../model/decide.ts";
import { encodedPath } from "../model/dimension.ts";
import { unknownEnvironment } from "../model/environment.ts";
import { initialWorld } from "../model/evaluate.ts";
import { askingIn, holds } from "../model/holds.ts";
import type { Gate, Program } from "../model/program.ts";
import { samplesOf } from "../model/regex.ts";
import { withMethod, type Request } from "../model/request.ts";
import { literal } from "../model/template.ts";
import { fieldsOf, testsIn, type Test } from "../model/tests-of.ts";
import type { DeadRule } from "../rule-api.ts";
import { pathsOf } from "./behind.ts";
import type { Place } from "./places.ts";
import { requestAt } from "./requests.ts";
import { stops } from "./witness.ts";

/** Methods of HTTP, WebDAV and caches that servers meet. */
const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "PROPPATCH", "MKCOL", "COPY", "MOVE", "LOCK", "UNLOCK", "REPORT", "SEARCH", "PURGE", "BAN", "TRACK"];

/** Tests of the method that no request passes, and rules about methods that rules above them have answered. */
export function* deadMethodRules(program: Program, places: readonly Place[], decide: Decide): Iterable<DeadRule> {
  const told = new Set<string>();
  for (const place of places) {
    const base = requestAt(program, place);
    for (const [gate, at, why] of place.scope.chains.flatMap(({ gates }) => [...unheardOf(gates), ...answeredAbove(program, gates, base, decide)])) {
      const key = `${at.file.path} ${at.start}`;
      if (told.has(key)) continue;
      told.add(key);
      const [path = base.path] = pathsOf(place.scope);
      const request = { ...base, path: encodedPath(path) };
      const verdict = decide(request);
      const stopsPost = verdict.endings.every(({ by }) => by === gate);
      const because: Gate["because"] = stopsPost ? gate.because : [{ at, note: why }, ...gate.because.filter((one) => one.at !== at)];
      const get = decide(withMethod(request, "GET"));
      yield { program, verdict, get, gate: { ...gate, because }, ending: verdict.ending, certain: true, legitimacy: { kind: "assumed", words: "" }, dead: why, stopsPost };
    }
  }
}

type Found = readonly [gate: Gate, at: Test["at"], why: string];

function unheardOf(gates: readonly Gate[]): readonly Found[] {
  return gates.flatMap((gate) => testsIn(gate.when).flatMap((test): readonly Found[] => {
    const written = isOfMethod(test) ? impossible(test) : null;
    return written === null ? [] : [[gate, test.at, `no request has the method \`${written}\``]];
  }));
}

/** Whether a test compares the method itself, as it was sent, with something. */
function isOfMethod({ subject, transforms = [] }: Test): boolean {
  const [field, ...others] = fieldsOf(subject);
  const alone = subject.kind === "field" || (subject.kind === "text" && subject.of.length === 1);
  return alone && transforms.length === 0 && others.length === 0 && (field === "method" || field === "sentMethod");
}

/** What a test compares the method with, when no method is like that; null otherwise. */
function impossible({ operator }: Test): string | null {
  if ("ignoreCase" in operator && operator.ignoreCase === true) return null;
  if (operator.kind === "equals") {
    const value = literal(operator.value);
    return value !== null && isUnheardOf(value) ? value : null;
  }
  if (operator.kind === "in") return operator.values.length > 0 && operator.values.every(isUnheardOf) ? operator.values.join(" ") : null;
  if (operator.kind !== "matches") return null;
  const samples = samplesOf(operator.pattern, operator);
  return samples.length > 0 && samples.every(isUnheardOf) && !methods.some((method) => samplesOf(operator.pattern, operator).includes(method)) ? operator.pattern : null;
}

/** Methods are written in capitals, one at a time; what names none at all may be anything. */
function isUnheardOf(text: string): boolean {
  const named = methods.some((method) => text.toUpperCase().includes(method));
  return named && !/^[A-Z_-]+$/.test(text);
}

/** Refusals and answers for methods that each have met a refusal or an answer before, whatever else they were sent with. */
function answeredAbove(program: Program, gates: readonly Gate[], base: Request, decide: Decide): readonly Found[] {
  const answered = new Map<string, Gate>();
  const found: Found[] = [];
  // Of what the server answers by itself, no rule says anything to anybody.
  const byServer = (method: string): boolean => decide(withMethod(base, method)).endings.every(({ by }) => by?.implied === true);
  for (const gate of gates) {
    // Behind a jump nobody knows what was left out.
    if (gate.label !== undefined || gate.effect.kind === "jump") break;
    const met = stops(gate.effect) || gate.effect.kind === "answer" ? methodsOf(program, gate.when, base) : null;
    if (met === null || met.length === 0) continue;
    const [test] = testsIn(gate.when);
    const another = (one: Gate | undefined): boolean => one !== undefined && one.because[0].at !== gate.because[0].at;
    if (test !== undefined && met.every((method) => another(answered.get(method))) && !met.every(byServer)) found.push([gate, test.at, `a rule above has answered ${met.join(", ")}`]);
    for (const method of met) if (!answered.has(method)) answered.set(method, gate);
  }
  return found;
}

/** The methods for which a condition holds; null when it asks for anything else. */
function methodsOf(program: Program, condition: Condition, base: Request): readonly string[] | null {
  const tests = testsIn(condition);
  if (tests.length === 0 || !tests.every(isOfMethod) || asksUnknown(condition)) return null;
  return methods.filter((method) => {
    const world = initialWorld(program, withMethod(base, method), unknownEnvironment);
    return holds(condition, askingIn(world)).answer === "yes";
  });
}
