import type { SourceFile } from "../../../source.ts";
import { compose, express } from "../../compose.ts";
import { spelledText } from "../../tree.ts";
import type { Objects } from "./objects.ts";

/** The nginx texts of a file, each as a file that is called after its object and its key. */
export function textsOf(file: SourceFile, { texts }: Objects): readonly SourceFile[] {
  const taken = new Set<string>();
  return texts.map(({ object, name, value }) => {
    const path = `${file.path}/${object}/${name}`;
    const free = taken.has(path) ? `${file.path}/${object}.${value.at.start}/${name}` : path;
    taken.add(free);
    return compose(free, [spelledText(value), express("\n", { ...value.at, start: value.at.end })]);
  });
}
