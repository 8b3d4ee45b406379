import type { Condition } from "../../model/condition.ts";
import { all, any, never, not } from "../../model/condition.ts";
import type { Chain, Effect, Gate } from "../../model/program.ts";
import { text } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import { because, set, variable, variableIs } from "./gates.ts";
import type { Layer } from "./layer.ts";
import { named, valuesOf } from "./layer.ts";

/** After these the server closes the connection, and reads no body, whatever becomes of the page for them (`ap_status_drops_connection`). */
export const closing: ReadonlySet<number | "reset"> = new Set([400, 408, 411, 413, 414, 500, 501, 503]);

/** One ErrorDocument that leads somewhere: to an application on this server, or to another URL. */
interface Page {
  readonly status: number;
  readonly when: Condition;
  readonly effect: Effect;
  readonly at: Span;
  /** Where it stands. */
  readonly layer: Pick<Layer, "kind" | "late">;
}

/**
 * Lets refusals lead to their ErrorDocument: a program of this server is asked with GET while the status stays, another
 * URL makes it a redirect. `before` gives what comes before a gate refuses a page. Pages that only show something change nothing about what becomes of the request.
 */
export function withErrorPages(chains: readonly Chain[], layers: readonly Layer[], stage: string, before: (gate: Gate) => readonly Gate[]): readonly Chain[] {
  const pages = pagesOf(layers, stage);
  const statuses = keptStatuses(pages, chains);
  if (pages.length === 0 && statuses.length === 0) return chains;
  return chains.map((chain, index) => ({ ...chain, gates: chain.gates.flatMap((gate, place) => withPages(gate, pages.filter(({ layer }) => isKnown(layer, chain.name)), `${index}.${place}`, ofRules.has(chain.name) && isSaid(gate) ? null : statuses, before)) }));
}

/** Where rules of mod_rewrite refuse or redirect: they make the server forget that it shows an error. */
const ofRules: ReadonlySet<string> = new Set(["server rewriting", "rewriting", "rewritten"]);

/** A rule says so: what rules are blamed for in general, are not let run for, or do wrong makes the server forget nothing. */
function isSaid({ implied, reason }: Gate): boolean {
  return implied !== true && reason !== "contradiction" && reason !== "broken-configuration";
}

/** Whether sections are merged by the time of a chain; where a `.htaccess` cannot be read, no directory is. */
function isKnown({ kind, late }: Page["layer"], chain: string): boolean {
  if (kind === "server") return true;
  if (beforeSections.has(chain)) return false;
  return !beforeDirectories.has(chain) || (late !== true && (kind === "location" || kind === "if"));
}

const beforeSections: ReadonlySet<string> = new Set(["head", "address", "request", "trace", "configuration"]);
const beforeDirectories: ReadonlySet<string> = new Set(["server rewriting", "server redirects"]);

function pagesOf(layers: readonly Layer[], stage: string): readonly Page[] {
  const ruled = layers.some((layer) => named(layer, "rewriterule").length > 0);
  const pages = layers.flatMap((layer) =>
    named(layer, "errordocument").flatMap((placed): readonly Page[] => {
      const [code = "", target = ""] = valuesOf(placed);
      const status = Number.parseInt(code, 10);
      const effect = effectOf(status, target, stage, ruled);
      return effect === null ? [] : [{ status, when: all(layer.when, placed.guard), effect, at: placed.node.span, layer }];
    }),
  );
  return pages.reverse();
}

/** When the page for a status is shown by this server itself. */
export function shownHere(layers: readonly Layer[], status: number): Condition {
  let here: Condition = never;
  for (const layer of layers) {
    for (const placed of named(layer, "errordocument")) {
      const [code = "", target = ""] = valuesOf(placed);
      const when = all(layer.when, placed.guard);
      if (Number.parseInt(code, 10) === status) here = any(target.startsWith("/") ? when : never, all(not(when), here));
    }
  }
  return here;
}

/** A page that only shows something matters where rules may lead away from it. */
function effectOf(status: number, target: string, stage: string, ruled: boolean): Effect | null {
  if (/^https?:\/\//i.test(target)) return status === 401 ? null : { kind: "redirect", status: 302, to: text(target) };
  const path = target.replace(/\?.*$/s, "");
  if (!(ruled ? /^\// : /^\/(.*\.(php\d?|phtml|cgi|fcgi|pl|py)|[^.]*)$/).test(path)) return null;
  const query = target.includes("?") ? target.slice(target.indexOf("?") + 1) : "";
  return { kind: "reroute", stage, path: text(path), query: text(query), method: "GET", status };
}

/** Statuses that a request may have when it begins again: of an error, or of a redirect that led to a file after all. */
function keptStatuses(pages: readonly Page[], chains: readonly Chain[]): readonly number[] {
  const begunAgain = [...pages, ...chains.flatMap((chain) => chain.gates)].flatMap(({ effect }) => ((effect.kind === "reroute" || effect.kind === "rewrite") && typeof effect.status === "number" ? [effect.status] : []));
  return [...new Set(begunAgain)];
}

/**
 * What goes wrong with an error page does not change the status that is answered. Nor is it the reason for it, unless
 * what refuses the page is what refused the request.
 */
function keepStatus(gate: Gate, statuses: readonly number[]): readonly Gate[] {
  return statuses.map((status) => ({
    when: all(gate.when, variableIs("kept", String(status), gate.because[0].at)),
    effect: status < 400 ? { kind: "answer", status } : { kind: "deny", status },
    because: gate.because,
    reason: gate.effect.kind === "deny" && gate.effect.status === status ? gate.reason : "none",
  }));
}

function withPages(gate: Gate, pages: readonly Page[], id: string, keeps: readonly number[] | null, before: (gate: Gate) => readonly Gate[]): readonly Gate[] {
  const { effect } = gate;
  if (effect.kind !== "deny" && effect.kind !== "redirect") return [gate];
  const status = effect.kind === "deny" ? effect.status : null;
  const own = pages.filter((page) => page.status === status);
  const { label, ...unlabelled } = gate;
  const gates = own.flatMap((page, index): readonly Gate[] => {
    const mark = `${id}.${index}`;
    const chosen = variableIs("page", mark, page.at);
    const first = set("page", mark, page.at, all(gate.when, page.when, variableIs(keeps === null ? "error" : "kept", "", page.at)));
    const once = set("error", String(page.status), page.at, chosen);
    const kept = set("kept", String(page.status), page.at, chosen);
    const toolong = set("first.toolong", closing.has(page.status) ? "" : variable("toolong"), page.at, chosen);
    const begun = set("index", "", page.at, chosen);
    const [point, ...more] = gate.because;
    const why = because(point.at, point.note, ...more, { at: page.at, note: `is shown for ${status}` });
    return [first, once, kept, toolong, begun, { ...unlabelled, when: chosen, effect: page.effect, because: why }];
  });
  const [first, ...rest] = [...(keeps === null ? [] : [...before(unlabelled), ...keepStatus(unlabelled, keeps)]), ...gates, unlabelled];
  if (first === undefined) return [gate];
  return label === undefined ? [first, ...rest] : [{ ...first, label }, ...rest];
}
