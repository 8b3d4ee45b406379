import type { Program } from "../model/program.ts";
import type { Problem, SourceFile } from "../source.ts";

/** The files a configuration may refer to: those under the linted paths, and where the user says includes live. */
export interface Tree {
  /** The file at a path, relative to where the run started or absolute; null when it is not there or not readable. */
  read(path: string): SourceFile | null;
  /** Paths matching a glob (`*`, `?`, `[...]`; none crosses a `/`), sorted, named as the pattern names them; empty when nothing matches. */
  list(pattern: string): readonly string[];
  /** Everything there is is in it: what is not here is nowhere. */
  readonly complete?: true;
}

/** How sure a format is that a file is its own. `name` beats `content`. */
export type Claim = "name" | "content";

/** A folder of the tree that the server will see under a path of its own. */
export interface Root {
  readonly server: string;
  readonly local: string;
}

/** One program and what it was made of. */
export interface Unit {
  readonly program: Program;
  /** Every file that took part, the first being where it starts. */
  readonly files: readonly SourceFile[];
  /** Folders whose files are known to be there; what is missing from them may still be put there by a build. */
  readonly roots: readonly Root[];
}

/** A piece of another format inside a file, as a file of its own: see `compose.ts`. */
export interface Embedded {
  /** The id of the format to hand it to. */
  readonly format: string;
  readonly file: SourceFile;
}

/** What came of a format's files. */
export interface Loaded {
  readonly units: readonly Unit[];
  readonly problems: readonly Problem[];
  readonly embedded: readonly Embedded[];
}

/** One syntax family: recognises its files and lowers them to programs. */
export interface Format {
  readonly id: string;
  /** What it is called in a sentence: "3 nginx files". */
  readonly name: string;
  /** Whether a file is this format's; must be quick, most files of a tree are nobody's. */
  claims(file: SourceFile): Claim | null;
  /** Lowers all files of this format in a tree: follows includes, joins what belongs together. Never throws. */
  load(files: readonly SourceFile[], tree: Tree): Loaded;
}
