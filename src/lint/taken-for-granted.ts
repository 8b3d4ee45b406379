import type { Subject } from "../model/condition.ts";
import type { Field } from "../model/field.ts";
import type { Program, Supposition } from "../model/program.ts";
import { ordinaryPost, type Request } from "../model/request.ts";
import { fieldsOf, testsIn } from "../model/tests-of.ts";
import type { Verdict } from "../model/verdict.ts";

/** What a verdict rests on, in words: what only the running server knows, and every default of the client that was asked for. */
export function takenForGranted(program: Program, verdict: Verdict): readonly string[] {
  const fields = readBy(verdict);
  const defaults = clientDefaults.flatMap(({ fields: wanted, words }) => {
    const used = wanted.some((field) => fields.has(field));
    const said = used ? words(verdict.request) : null;
    return said === null ? [] : [said];
  });
  return [...verdict.depends, ...supposedIn(program, verdict).map(({ words }) => words)].map((why) => `depends on ${why}`).concat(defaults);
}

/** What a program supposes and a verdict rests on. */
export function supposedIn({ supposed = [] }: Program, verdict: Verdict): readonly Supposition[] {
  const fields = supposed.length === 0 ? new Set() : readBy(verdict);
  const entered = new Set(verdict.ending.trace.map(({ scope }) => scope.at.file.path));
  return supposed.filter(({ reads }) => (typeof reads === "string" ? fields.has(reads) : entered.has(reads.path)));
}

/** Every field that was read on the way. */
function readBy({ ending: { trace } }: Verdict): ReadonlySet<string> {
  const asked = trace.flatMap((step) => [...testsIn(step.gate.when), ...testsIn(step.scope.when)]);
  const limited = trace.some((step) => step.gate.effect.kind === "limit");
  return new Set([...asked.flatMap((test) => [...fieldsOf(test.subject), ...collectionsOf(test.subject)]), ...(limited ? ["perMinute"] : [])]);
}

function collectionsOf(subject: Subject): readonly string[] {
  return subject.kind === "entries" ? subject.from : [];
}

interface ClientDefault {
  readonly fields: readonly (Field | "groups" | "scopes")[];
  /** Null when the request says something else than the default. */
  words(request: Request): string | null;
}

const ordinary = ordinaryPost();

const clientDefaults: readonly ClientDefault[] = [
  {
    fields: ["clientAddress"],
    words: ({ clientAddress }) => (clientAddress === ordinary.clientAddress ? `the client's address is ${clientAddress}, on the public internet` : null),
  },
  {
    fields: ["identity", "groups", "scopes"],
    words: ({ identity: { state, groups, scopes }, method }) => {
      if (state === "none") return method === "OPTIONS" ? "a browser that asks by OPTIONS sends no credentials" : null;
      return state === "valid" && groups.length + scopes.length === 0 ? "the client's credentials are valid" : null;
    },
  },
  {
    fields: ["header:user-agent"],
    words: ({ headers }) => (headers["user-agent"] === ordinary.headers["user-agent"] ? "the client is an ordinary browser" : null),
  },
  {
    fields: ["perMinute"],
    words: ({ perMinute }) => (perMinute === ordinary.perMinute ? "the client sends no more than one such request a minute" : null),
  },
];
