import { lstatSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { Root, Unit } from "../formats/format.ts";
import type { Details, Environment, OnDisk } from "../model/environment.ts";
import { mapped } from "./tree.ts";

/**
 * What is known of the disk of a unit's server. Under a folder the user mapped (`--docroot`), what is not there is
 * absent; under a folder that merely lies beside the configuration, it may still be put there by a build.
 */
export function environmentFor(docroots: readonly Root[], workingDirectory: string): (unit: Unit) => Environment {
  const known = new Map<string, OnDisk>();
  const look = (local: string): OnDisk => {
    const path = resolve(workingDirectory, local);
    const found = known.get(path) ?? statHere(path);
    known.set(path, found);
    return found;
  };
  return ({ roots }) => ({
    stat(path) {
      const certain = mapped(path, docroots);
      if (certain !== null) return look(certain);
      const beside = mapped(path, roots);
      const found = beside === null ? undefined : look(beside);
      return found === "absent" ? undefined : found;
    },
    details(path) {
      const certain = mapped(path, docroots);
      if (certain !== null) return detailsHere(resolve(workingDirectory, certain));
      const beside = mapped(path, roots);
      const found = beside === null ? undefined : detailsHere(resolve(workingDirectory, beside));
      // Whoever installs a program may make it one that may be run.
      return found?.executable === false ? { ...found, executable: undefined } : found;
    },
  });
}

function statHere(path: string): OnDisk {
  try {
    const status = statSync(path);
    return status.isFile() ? "file" : status.isDirectory() ? "directory" : undefined;
  } catch {
    return "absent";
  }
}

function detailsHere(path: string): Details | undefined {
  try {
    const status = statSync(path);
    return { empty: status.size === 0, link: lstatSync(path).isSymbolicLink(), executable: (status.mode & 0o111) !== 0 };
  } catch {
    return undefined;
  }
}
