import type { Evidence } from "../../model/program.ts";
import type { Layer } from "./config.ts";
import { named, type Element } from "./xml.ts";

/** What cannot stop a POST, or is not read, and why. `null` is read. */
type Reasons = Readonly<Record<string, string | null>>;

const answers = "is about answers";
const hosting = "says how the application is run, not what it is asked";
const module = "what a module does is in its code";

const webServer: Reasons = {
  handlers: null,
  httpErrors: null,
  httpRedirect: null,
  rewrite: null,
  security: null,
  modules: module,
  isapiFilters: module,
  staticContent: answers,
  caching: answers,
  urlCompression: answers,
  httpCompression: answers,
  httpProtocol: answers,
  cors: "adds headers to answers, and refuses origins that are not named only in browsers",
  directoryBrowse: "lists folders",
  defaultDocument: "chooses the document of a folder",
  httpLogging: "is about logs",
  tracing: "is about logs",
  httpTracing: "is about logs",
  odbcLogging: "is about logs",
  asp: "is a setting of the ASP engine",
  cgi: hosting,
  fastCgi: hosting,
  aspNetCore: hosting,
  iisnode: hosting,
  httpPlatform: hosting,
  applicationInitialization: hosting,
  webSocket: hosting,
  serverRuntime: null,
  proxy: hosting,
  validation: "is about sections of other versions",
};

const rewrite: Reasons = {
  rules: null,
  globalRules: null,
  rewriteMaps: null,
  outboundRules: answers,
  providers: "is code of its own",
  allowedServerVariables: "says what rules may set",
};

const security: Reasons = {
  access: null,
  authentication: null,
  authorization: null,
  ipSecurity: null,
  dynamicIpSecurity: null,
  requestFiltering: null,
  applicationDependencies: "is about installed products",
  isapiCgiRestriction: "is about installed programs",
};

const web: Reasons = {
  authorization: null,
  authentication: null,
  httpRuntime: null,
  httpHandlers: "is read by the classic pipeline only",
  httpModules: "is read by the classic pipeline only",
  customErrors: "shows another page for an error of the application",
  pages: "is a setting of pages, which the application checks itself",
};

const groups: Readonly<Record<string, Reasons>> = { "system.webServer": webServer, "system.webServer/rewrite": rewrite, "system.webServer/security": security, "system.web": web };

/** Every section that is not read, with the reason. */
export function ignoredIn(layers: readonly Layer[]): readonly Evidence[] {
  return layers.flatMap(({ root }) => Object.entries(groups).flatMap(([path, reasons]) => inGroup(root, path, reasons)).concat(outside(root)));
}

function inGroup(root: Element, path: string, reasons: Reasons): readonly Evidence[] {
  const found = path.split("/").reduce<readonly Element[]>((elements, name) => elements.flatMap((element) => named(element, name)), [root]);
  return found.flatMap(({ children }) =>
    children.flatMap((child) => {
      const reason = Object.hasOwn(reasons, child.name) ? reasons[child.name] : "is a section that is not read";
      return reason === null || reason === undefined ? [] : [{ at: child.at, note: reason }];
    }),
  );
}

function outside(root: Element): readonly Evidence[] {
  const others = root.children.filter(({ name }) => name !== "system.webServer" && name !== "system.web" && name !== "location");
  return others.map(({ at, name }) => ({ at, note: name === "configSections" ? "says what sections there are" : "is about the application itself" }));
}
