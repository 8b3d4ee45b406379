/** What lies on a server's disk; undefined where nobody can tell. */
export type OnDisk = "file" | "directory" | "absent" | undefined;

/** What may be asked of a file or a directory beyond that it is there. */
export interface Details {
  readonly empty: boolean;
  /** A symbolic link leads to it. */
  readonly link: boolean;
  /** Somebody may run it, or enter it; undefined where nobody can tell. */
  readonly executable: boolean | undefined;
}

/** What is known of the machine that will run the configuration. */
export interface Environment {
  /** `path` is absolute on the server. */
  stat(path: string): OnDisk;
  /** More of what is there; undefined, or not to be asked at all, where nobody can tell. */
  details?(path: string): Details | undefined;
}

/** What is known of a path; the root is a directory on every machine. */
export function statOf(environment: Environment, path: string): OnDisk {
  return path === "/" ? "directory" : environment.stat(path);
}

/** Knows of no file, neither that it is there nor that it is not. */
export const unknownEnvironment: Environment = { stat: () => undefined };
