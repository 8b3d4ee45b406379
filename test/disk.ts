import type { Environment } from "../src/model/environment.ts";

/** The disk that holds nothing but these files below a folder; a name that ends in `/` is an empty folder. */
export function diskOf(folder: string, files: Readonly<Record<string, string>>): Environment {
  const known = new Map<string, "file" | "directory">([[folder, "directory"]]);
  for (const name of Object.keys(files)) {
    const parts = name.replace(/\/$/, "").split("/");
    parts.forEach((_, index) => known.set(`${folder}/${parts.slice(0, index + 1).join("/")}`, index < parts.length - 1 || name.endsWith("/") ? "directory" : "file"));
  }
  return {
    stat: (name) => {
      const plain = name.replace(/\/{2,}/g, "/");
      const found = known.get(plain.replace(/(?<=.)\/$/, "")) ?? "absent";
      return plain.endsWith("/") && found === "file" ? "absent" : found;
    },
  };
}
