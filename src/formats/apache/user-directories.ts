import type { Condition } from "../../model/condition.ts";
import { all, not, testText } from "../../model/condition.ts";
import type { Gate } from "../../model/program.ts";
import type { Template } from "../../model/template.ts";
import type { Span } from "../../source.ts";
import { because, gate, matches, set, variable, variableIs } from "./gates.ts";
import type { Placed } from "./layer.ts";
import { valuesOf } from "./layer.ts";
import { takenByProxy } from "./proxy.ts";

/** UserDir: what the last lines say. */
interface Users {
  readonly places: readonly string[];
  readonly all: boolean;
  readonly disabled: ReadonlySet<string>;
  readonly enabled: ReadonlySet<string>;
}

/** The gates that lead `/~name/...` to the directory of a user, and the folders these lie in. */
export function userDirectories(lines: readonly Placed[], path: Template, at: Span): { readonly gates: readonly Gate[]; readonly folders: readonly string[] } {
  const placed = lines.filter(({ node }) => node.key === "userdir");
  const users = usersOf(placed.map(valuesOf));
  const place = placed.findLast((one) => isPlace(valuesOf(one)))?.node.span ?? at;
  if (users.places.length === 0) return { gates: [], folders: [] };
  const name = variable("users.1");
  const known = (names: ReadonlySet<string>): Condition => testText(name, { kind: "in", values: [...names] }, place);
  const asked = all(variableIs("translated", "", place), not(takenByProxy(place)), matches(path, "^/~([^/]+)(/.*)?$", place, { captures: "users." }));
  const served = all(asked, not(known(users.disabled)), ...(users.all ? [] : [known(users.enabled)]));
  const chosen = variableIs("user", "yes", place);
  const last = users.places.length - 1;
  const gates = users.places.flatMap((one, index): readonly Gate[] => {
    const when = all(chosen, variableIs("user.file", "", place));
    const folder = folderOf(one, name);
    if (folder.redirects) return [gate(when, { kind: "redirect", status: 302, to: [...folder.path, ...variable("users.2")] }, because(place, "redirects"), "redirect")];
    const there = testText(folder.path, { kind: "onDisk", as: "any", otherwise: true }, place);
    return [set("user.file", folder.path, place, index === last ? when : all(when, there))];
  });
  const done = all(chosen, not(variableIs("user.file", "", place)));
  return {
    gates: [set("user", "", place), set("user.file", "", place), set("user", "yes", place, served), ...gates, set("file", [...variable("user.file"), ...variable("users.2")], place, done), set("elsewhere", "yes", place, done)],
    folders: users.places.flatMap((one) => (one.startsWith("/") ? [one.replace(/\/?\*.*$/s, "").replace(/\/+$/, "")] : [])),
  };
}

function isPlace([first = ""]: readonly string[]): boolean {
  return !/^(disabled?|enabled?)$/i.test(first);
}

function usersOf(lines: readonly (readonly string[])[]): Users {
  let places: readonly string[] = [];
  let everybody = true;
  const disabled = new Set<string>();
  const enabled = new Set<string>();
  for (const words of lines) {
    const [first = "", ...names] = words;
    const off = /^disabled?$/i.test(first);
    if (isPlace(words)) places = words;
    else if (names.length === 0) everybody = !off;
    else for (const one of names) (off ? disabled : enabled).add(one);
  }
  return { places, all: everybody, disabled, enabled };
}

/** A place that is relative lies in the home of the user, of which nothing is known. */
function folderOf(place: string, name: Template): { readonly path: Template; readonly redirects: boolean } {
  const star = place.indexOf("*");
  const [before, after] = star < 0 ? [place, ""] : [place.slice(0, star), place.slice(star + 1)];
  const text = (of: string): Template => [{ kind: "text", text: of }];
  // What follows the name in a URL is not used.
  if (star >= 0 && before.includes(":") && !place.startsWith("/")) return { path: [...text(before), ...name], redirects: true };
  if (place.startsWith("/")) return { path: star < 0 ? [...text(`${place}/`), ...name] : [...text(before), ...name, ...text(after)], redirects: false };
  return { path: [{ kind: "unknown", key: "the home of ~" }, ...name, ...text(`/${place}`)], redirects: false };
}
