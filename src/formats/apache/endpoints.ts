import type { Endpoint } from "../../model/program.ts";
import type { SourceFile, Span } from "../../source.ts";
import { applications, takenBy, type Application } from "../applications.ts";
import type { Statement } from "./expand.ts";

const programs = /\.(?:php|cgi|pl|py|jsp|aspx?)$/i;

/** Where this part of the configuration lies: its statements, and the URL of its folder without a slash at its end. */
interface Part {
  readonly at: Span;
  readonly folder: string;
  readonly statements: readonly Statement[];
}

/** The addresses that a configuration says take POSTs, because it speaks of their application, and the programs it names. */
export function endpointsOf(parts: readonly Part[]): readonly Endpoint[] {
  const found = parts.flatMap(({ at, folder, statements }) => {
    const known = knownIn(at.file).flatMap((one) => one.takes.map((address) => takenBy(one, `${folder}/${address}`)));
    const routed = folder !== "" && rewrites(statements) ? below.map((name): Endpoint => ({ path: `${folder}/${name}`, query: "", application: null })) : [];
    const named = programsNamed(statements).map((name): Endpoint => ({ path: `${folder}/${name}`, query: "", application: null }));
    return [...known, ...letIn(statements, folder), ...webhooksNamed(statements).map((name) => webhook(`${folder}/${name}.php`)), ...named, ...routed];
  });
  return [...new Map(found.toReversed().map((one) => [`${one.path}?${one.query}`, one])).values()].toReversed();
}

/** Endpoints that the configuration names, and those that something else shows; each once. */
export function joined(named: readonly Endpoint[], shown: readonly Endpoint[]): readonly Endpoint[] {
  const keyOf = ({ path, query }: Endpoint): string => `${path}?${query}`;
  const all = new Map(named.map((one) => [keyOf(one), one]));
  for (const one of shown) all.set(keyOf(one), { ...one, ...all.get(keyOf(one)), ...(one.shownBy === undefined ? {} : { shownBy: one.shownBy }) });
  return [...all.values()];
}

/** The administration of WordPress, which takes POSTs of all visitors as well. */
const administration: Application = { name: "WordPress", shows: /^wp-admin$/, takes: ["admin-ajax.php", "admin-post.php"] };

/** The applications that a file speaks of, or the part of one whose folder it lies in. */
function knownIn({ path, text }: SourceFile): readonly Application[] {
  const [folder = ""] = path.split("/").slice(-2);
  return administration.shows.test(folder) ? [administration] : applications.filter(({ shows, inner }) => inner?.test(path) !== true && shows.test(withoutRefused(text)));
}

/** Whoever has no such application refuses the names that attackers try. */
function withoutRefused(text: string): string {
  return text.replace(/^[ \t]*(?:Redirect(?:Match)?[ \t]+(?:4\d\d|gone)\b.*|RewriteRule[ \t].*\[[^\]]*\b(?:F|G|forbidden|gone|R=4\d\d)\b[^\]]*\][ \t]*)$/gim, (line) => line.replace(/\bwp-[a-z-]+\\?\.php/g, ""));
}

/** Addresses in a folder of its own that a front controller there may be asked for. */
const below = ["index.php", "api/orders", "api/orders/", "contact.php"];

function rewrites(statements: readonly Statement[]): boolean {
  return statements.some(({ node, children }) => node.key === "rewriterule" || rewrites(children));
}

/** Programs that sections of their own let in: whoever shuts them all the same shuts them by mistake. */
function letIn(statements: readonly Statement[], folder: string): readonly Endpoint[] {
  return statements.flatMap(({ node, children }) => {
    const [name = "", ...more] = node.key === "files" ? node.args.map(({ value }) => value) : [];
    if (more.length > 0 || !programs.test(name) || /[*?[/]/.test(name) || !children.some(letsAllIn)) return letIn(node.key === "ifmodule" ? children : [], folder);
    const evidence = { at: node.span, note: `lets ${name} in` };
    return [{ path: `${folder}/${name}`, query: "", application: null, shownBy: { evidence, page: null, itself: true } }];
  });
}

function letsAllIn({ node: { key, args }, children }: Statement): boolean {
  const words = args.map(({ value }) => value.toLowerCase()).join(" ");
  return (key === "allow" && words === "from all") || (key === "require" && words === "all granted") || (key === "ifmodule" && children.some(letsAllIn));
}

/** Names of programs that only other people's servers call, whoever is shut out besides. */
const webhooks = /^(?:[a-z0-9]+[-_])*(?:web-?hooks?|ipn)(?:[-_][a-z0-9]+)*$/i;

/** Such names in sections for programs. */
function webhooksNamed(statements: readonly Statement[]): readonly string[] {
  return statements.flatMap(({ node, children }) => {
    const pattern = node.key === "filesmatch" || node.key === "files" ? (node.args.at(-1)?.value ?? "") : "";
    return /\.\(?php/.test(pattern) ? (pattern.match(/[\w-]+/g) ?? []).filter((word) => webhooks.test(word)) : webhooksNamed(children);
  });
}

function webhook(path: string): Endpoint {
  return { path, query: "", application: "a webhook", guessed: true };
}

/** Programs that Files sections name in full. */
function programsNamed(statements: readonly Statement[]): readonly string[] {
  return statements.flatMap(({ node, children }) => {
    const name = node.key === "files" && node.args.length === 1 ? (node.args[0]?.value ?? "") : "";
    return [...(programs.test(name) && !/[*?[/]/.test(name) ? [name] : []), ...programsNamed(children)];
  });
}
