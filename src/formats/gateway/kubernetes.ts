import type { Problem, SourceFile } from "../../source.ts";
import type { Claim, Embedded, Format, Loaded } from "../format.ts";
import { parseTree } from "../tree.ts";
import { controllerTexts } from "./kubernetes/controller.ts";
import { findObjects, isEmpty, type Objects } from "./kubernetes/objects.ts";
import { textsOf } from "./kubernetes/texts.ts";

const extension = /\.(?:ya?ml|json)(?:\.(?:j2|jinja2?|tmpl|tpl|template|gotmpl|erb|dist|sample|example|in))?$/i;
/** What is worth a closer look: annotations of the nginx controllers, their settings, and text that ends like nginx's. */
const sign = /(?<![\w.])nginx(?:\.ingress\.kubernetes\.io|\.org|\.com)\/|-snippets?["']?[ \t]*:|\b(?:(?:proxy|fastcgi|uwsgi|grpc)_pass|server_name|limit_except|client_max_body_size|try_files|add_header)[ \t]|\blocation[ \t][^\n{]{1,200}\{|\breturn[ \t]+[1-5]\d\d\b|\bdeny[ \t]+all;/;

/** Objects of Kubernetes say what they are; in their charts they may be put together from templates. */
const manifest = /(?:^[ \t-]*|[{,]\s{0,40})"?(?:kind|apiVersion)"?[ \t]*:|nginx(?:\.ingress\.kubernetes\.io|\.org|\.com)\/|\{\{-?[ \t]*(?:\.|\$|include\b)|-snippets?["']?[ \t]*:/m;

function claimsIf(isManifest: boolean): Format["claims"] {
  return (file): Claim | null => {
    if (!extension.test(file.path) || !sign.test(file.text) || manifest.test(file.text) !== isManifest) return null;
    return isEmpty(objectsOf(file)) ? null : "content";
  };
}

const known = new WeakMap<SourceFile, Objects>();

function objectsOf(file: SourceFile): Objects {
  const before = known.get(file);
  if (before !== undefined) return before;
  const objects = findObjects(parseTree(file).tree.documents);
  known.set(file, objects);
  return objects;
}

/** Kubernetes manifests and charts: what an nginx in the cluster would read, and what an ingress controller makes of Ingresses. */
export const kubernetes: Format = { id: "kubernetes", name: "Kubernetes", claims: claimsIf(true), load };

/** Any other YAML or JSON with nginx configuration inside: composed services, cloud-init, playbooks. */
export const yaml: Format = { id: "yaml", name: "YAML", claims: claimsIf(false), load };

function load(files: readonly SourceFile[]): Loaded {
  const folders = new Map<string, SourceFile[]>();
  for (const file of files) {
    const folder = file.path.slice(0, file.path.lastIndexOf("/") + 1);
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  const texts = files.flatMap((file) => textsOf(file, objectsOf(file)));
  const written = [...folders.values()].flatMap((together) => controllerTexts(together, together.map(objectsOf)));
  const embedded = [...texts, ...written].map((file): Embedded => ({ format: "nginx", file }));
  return { units: [], problems: files.flatMap(unreadable), embedded };
}

/** Templates become YAML only when they are filled in, so what cannot be read in one is no mistake of its author. */
function unreadable(file: SourceFile): readonly Problem[] {
  return /\{\{|\{%|<%/.test(file.text) ? [] : parseTree(file).problems.filter(({ code }) => code === "yaml-syntax");
}
