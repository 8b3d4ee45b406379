import type { SourceFile } from "../../source.ts";
import type { Tree } from "../format.ts";

const pageName = /\.(?:php|phtml|html?|js)$/i;

/** Files that are neither pages nor folders, and what is written by machines. */
const others = /\.(?:css|scss|less|map|png|jpe?g|gif|svg|ico|webp|avif|bmp|psd|woff2?|ttf|eot|otf|mp[34]|webm|wav|pdf|zip|gz|sql|md|txt|json|xml|ya?ml|lock|tsx?|jsx|vue|py|rb|java|class|c|h|po|mo|csv|log|ini|sh|twig|tpl|inc|min\.js|bundle\.js)$/i;

/** Folders that hold other people's code, or none. */
const foreign: ReadonlySet<string> = new Set(["vendor", "vendors", "node_modules", "bower_components", "wp-includes", "wp-content", "wp-admin", "uploads", "cache", "storage", "tests", "test", "images", "img", "css", "fonts", "lang", "languages", "docs", "phpmyadmin", "samples", "sample", "examples", "example", "demo", "demos", "libraries", "third_party", "third-party", "thirdparty"]);

/** What one run reads at most. */
const most = { folders: 1500, pages: 500, characters: 10_000_000, page: 400_000 } as const;
/** How far above and below a folder pages are looked for. */
const reach = { above: 3, below: 5 } as const;

/** The pages in and around folders, what is nearest first; of a very large tree only so many. */
export function* pagesAround(tree: Tree, folders: readonly string[]): Iterable<SourceFile> {
  const left = { folders: most.folders, pages: most.pages, characters: most.characters };
  const visited = new Set<string>();
  let starts: readonly string[] = [...new Set(folders)];
  for (let level = 0; level <= reach.above && starts.length > 0; level += 1) {
    for (const start of starts) yield* pagesBelow(start);
    starts = [...new Set(starts.flatMap((folder) => (/(?:^|\/|^\.\.)$/.test(folder) ? [] : [folder.slice(0, Math.max(0, folder.lastIndexOf("/")))])))];
  }

  function* pagesBelow(start: string): Iterable<SourceFile> {
    let pending: readonly string[] = [start];
    for (let depth = 0; depth <= reach.below && pending.length > 0; depth += 1) {
      const next: string[] = [];
      for (const folder of pending) {
        if (visited.has(folder) || --left.folders < 0) continue;
        visited.add(folder);
        for (const path of tree.list(folder === "" ? "*" : `${folder}/*`)) {
          const name = path.slice(path.lastIndexOf("/") + 1);
          if (others.test(name) || foreign.has(name.toLowerCase())) continue;
          if (pageName.test(name)) yield* pageAt(path);
          else next.push(path);
        }
      }
      pending = next;
    }
  }

  function* pageAt(path: string): Iterable<SourceFile> {
    if (left.pages <= 0 || left.characters <= 0) return;
    const file = tree.read(path);
    if (file === null || file.text.length > most.page) return;
    left.pages -= 1;
    left.characters -= file.text.length;
    yield file;
  }
}
