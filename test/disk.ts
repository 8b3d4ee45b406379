import type { Environment } from "../src/model/environment.ts";

/** The disk that holds nothing but these files below a folder; a name that ends in `/` is an empty folder. */
export function diskOf(folder: string, files: Readonly<Record<string, string>>): Environment {
  const known = new Map<string, "file" | "directory">([[folder, "directory"]]);
  for (const name of Object.keys(files)) {
    const parts = name.replace(/\/$/, "").split("/");
    parts.forEach((_, index) => known.set(`${folder}/${parts.slice(0, index + 1).join("/")}`, index < parts.length - 1 || name.endsWith("/") ? "directory" : "file"));
  }
  const plain = (name: string): string => name.replace(/\/{2,}/g, "/");
  return {
    stat: (name) => {
      const found = known.get(plain(name).replace(/(?<=.)\/$/, "")) ?? "absent";
      return name.endsWith("/") && found === "file" ? "absent" : found;
    },
    details: (name) => {
      const text = files[plain(name).slice(folder.length + 1)];
      return { empty: text === "", link: false, executable: text === undefined || text.startsWith("#!") };
    },
  };
}
