import { answerWords, ask, defineRule, requestLine, rightlyClosed, sayingFiles, swappedBy, takenFrom, takesBodies, textOf, type Post } from "../src/rule-api.ts";

/** What only readers ask for, by its name: pictures, styles, folders of a server's own. */
function isFile({ legitimacy, verdict: { request } }: Post): boolean {
  return legitimacy.kind === "assumed" && rightlyClosed(request.path);
}

/** A place for one address whose own name says nothing of writes, whatever the folders above it are called: a document. */
function isDocument({ legitimacy, ending: { scope }, verdict: { request } }: Post): boolean {
  const own = request.path.replace(/\/+$/, "").replace(/^.*(?=\/)/, "");
  return legitimacy.kind !== "declared" && scope.name.startsWith("location = ") && !takesBodies(own) && (scope.writes ?? []).length === 0;
}

/** Whether it is the places inside this one that hand on. */
function isFolder({ program, legitimacy, ending: { scope } }: Post): boolean {
  return legitimacy.kind !== "declared" && scope.name !== "location /" && Object.values(program.stages).some((stage) => stage.some(({ name, handler }) => handler === "app" && name !== scope.name && name.startsWith(scope.name)));
}

/** The script to which a place is to hand on, though it looks for it as for any file; null where there is none. */
function scriptInVain({ program, verdict: { request }, ending: { scope }, gate }: Post): string | null {
  if ((scope.writes ?? []).every(({ of }) => of !== "script")) return null;
  const path = gate.because.map(({ at }) => /\s(\/[^\s$]*\.php)\b/.exec(textOf(at))?.[1]).find((one) => one !== undefined) ?? null;
  return path !== null && ask(program, { ...request, path, query: "" }).outcome === "reached" ? path : null;
}

/** Whether the scripts that lie in the place are run: they take the POSTs, and the rest of it is files. */
function holdsScripts({ program, legitimacy, verdict: { request }, ending: { scope } }: Post): boolean {
  if (legitimacy.kind === "declared") return false;
  const takenBy = (name: string): readonly string[] =>
    ask(program, { ...request, path: `${request.path.replace(/\/+$/, "")}/${name}` }).endings.flatMap(({ outcome, scope: other }) => (outcome === "reached" && other.handler === "app" && other.name !== scope.name ? [other.name] : []));
  // What takes anything below that name is no place for scripts.
  const all = new Set(takenBy("tool"));
  return takenBy("tool.php").some((name) => !all.has(name));
}

/** A folder that is not there is answered otherwise than one that is, and nobody knows: such a request is the last to show. */
function isForFolder({ verdict: { request } }: Post): boolean {
  return request.path.endsWith("/") || request.query !== "";
}

export default defineRule({
  id: "static-handler-refuses-post",
  summary: "A POST to an application path ends at static files, which refuse it.",
  about: ["static-handler", "no-file"],
  *check({ posts }) {
    for (const post of posts.toSorted((one, other) => Number(isForFolder(one)) - Number(isForFolder(other)))) {
      if (swappedBy(post) !== null || takenFrom(post) !== null || isFile(post) || isDocument(post) || (scriptInVain(post) === null && holdsScripts(post))) continue;
      if (post.gate.reason === "no-file" && (post.gate.implied === true || post.ending.scope.handler !== "app")) continue;
      const script = scriptInVain(post);
      const why = script !== null ? `\`${script}\` is looked for as a file only, no application is asked` : post.gate.reason === "no-file" ? "the application is asked for files only, and there is none" : "it ends at static files, no application is asked";
      yield { post, message: `${requestLine(post)} ${answerWords(post)}: ${why}`, doubt: isFolder(post) ? "the places inside of it hand on" : sayingFiles(post) };
    }
  },
});
