#!/usr/bin/env node
"use strict";
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __esm = (fn, res, err) => function __init() {
  if (err) throw err[0];
  try {
    return fn && (res = (0, fn[__getOwnPropNames(fn)[0]])(fn = 0)), res;
  } catch (e) {
    throw err = [e], e;
  }
};
var __commonJS = (cb, mod) => function __require() {
  try {
    return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  } catch (e) {
    throw mod = 0, e;
  }
};
var __export = (target3, all2) => {
  for (var name in all2)
    __defProp(target3, name, { get: all2[name], enumerable: true });
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target3) => (target3 = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target3, "default", { value: mod, enumerable: true }) : target3,
  mod
));

// src/did-you-mean.ts
function nearest(word3, candidates4) {
  const wanted = word3.toLowerCase().slice(0, longest2);
  let best = null;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates4) {
    const apart = distance(wanted, candidate.toLowerCase().slice(0, longest2));
    if (apart < least) [best, least] = [candidate, apart];
  }
  return best;
}
function didYouMean(word3, candidates4) {
  const near = nearest(word3, candidates4);
  return near === null ? "" : ` (did you mean \`${near}\`?)`;
}
function distance(a, b) {
  let beforeLast = [];
  let last = Array.from({ length: b.length + 1 }, (_, index2) => index2);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same2 = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (beforeLast[j - 2] ?? Infinity) + 1 : Infinity;
      row.push(Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same2, swapped));
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length] ?? Infinity;
}
var longest2;
var init_did_you_mean = __esm({
  "src/did-you-mean.ts"() {
    "use strict";
    longest2 = 60;
  }
});

// src/config/config.ts
function rootOf(server, local) {
  return { server: server === "/" ? "/" : server.replace(/\/+$/, ""), local };
}
var emptyConfig;
var init_config = __esm({
  "src/config/config.ts"() {
    "use strict";
    emptyConfig = { rules: {}, ignore: [], posts: [], docroot: [], includeRoots: [] };
  }
});

// ../../work/main/node_modules/yaml/dist/nodes/identity.js
var require_identity = __commonJS({
  "../../work/main/node_modules/yaml/dist/nodes/identity.js"(exports2) {
    "use strict";
    var ALIAS = /* @__PURE__ */ Symbol.for("yaml.alias");
    var DOC = /* @__PURE__ */ Symbol.for("yaml.document");
    var MAP = /* @__PURE__ */ Symbol.for("yaml.map");
    var PAIR = /* @__PURE__ */ Symbol.for("yaml.pair");
    var SCALAR = /* @__PURE__ */ Symbol.for("yaml.scalar");
    var SEQ = /* @__PURE__ */ Symbol.for("yaml.seq");
    var NODE_TYPE = /* @__PURE__ */ Symbol.for("yaml.node.type");
    var isAlias2 = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === ALIAS;
    var isDocument = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === DOC;
    var isMap3 = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === MAP;
    var isPair = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === PAIR;
    var isScalar2 = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === SCALAR;
    var isSeq2 = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === SEQ;
    function isCollection(node) {
      if (node && typeof node === "object")
        switch (node[NODE_TYPE]) {
          case MAP:
          case SEQ:
            return true;
        }
      return false;
    }
    function isNode(node) {
      if (node && typeof node === "object")
        switch (node[NODE_TYPE]) {
          case ALIAS:
          case MAP:
          case SCALAR:
          case SEQ:
            return true;
        }
      return false;
    }
    var hasAnchor = (node) => (isScalar2(node) || isCollection(node)) && !!node.anchor;
    exports2.ALIAS = ALIAS;
    exports2.DOC = DOC;
    exports2.MAP = MAP;
    exports2.NODE_TYPE = NODE_TYPE;
    exports2.PAIR = PAIR;
    exports2.SCALAR = SCALAR;
    exports2.SEQ = SEQ;
    exports2.hasAnchor = hasAnchor;
    exports2.isAlias = isAlias2;
    exports2.isCollection = isCollection;
    exports2.isDocument = isDocument;
    exports2.isMap = isMap3;
    exports2.isNode = isNode;
    exports2.isPair = isPair;
    exports2.isScalar = isScalar2;
    exports2.isSeq = isSeq2;
  }
});

// ../../work/main/node_modules/yaml/dist/visit.js
var require_visit = __commonJS({
  "../../work/main/node_modules/yaml/dist/visit.js"(exports2) {
    "use strict";
    var identity = require_identity();
    var BREAK = /* @__PURE__ */ Symbol("break visit");
    var SKIP = /* @__PURE__ */ Symbol("skip children");
    var REMOVE = /* @__PURE__ */ Symbol("remove node");
    function visit(node, visitor) {
      const visitor_ = initVisitor(visitor);
      if (identity.isDocument(node)) {
        const cd = visit_(null, node.contents, visitor_, Object.freeze([node]));
        if (cd === REMOVE)
          node.contents = null;
      } else
        visit_(null, node, visitor_, Object.freeze([]));
    }
    visit.BREAK = BREAK;
    visit.SKIP = SKIP;
    visit.REMOVE = REMOVE;
    function visit_(key, node, visitor, path) {
      const ctrl = callVisitor(key, node, visitor, path);
      if (identity.isNode(ctrl) || identity.isPair(ctrl)) {
        replaceNode(key, path, ctrl);
        return visit_(key, ctrl, visitor, path);
      }
      if (typeof ctrl !== "symbol") {
        if (identity.isCollection(node)) {
          path = Object.freeze(path.concat(node));
          for (let i = 0; i < node.items.length; ++i) {
            const ci = visit_(i, node.items[i], visitor, path);
            if (typeof ci === "number")
              i = ci - 1;
            else if (ci === BREAK)
              return BREAK;
            else if (ci === REMOVE) {
              node.items.splice(i, 1);
              i -= 1;
            }
          }
        } else if (identity.isPair(node)) {
          path = Object.freeze(path.concat(node));
          const ck = visit_("key", node.key, visitor, path);
          if (ck === BREAK)
            return BREAK;
          else if (ck === REMOVE)
            node.key = null;
          const cv = visit_("value", node.value, visitor, path);
          if (cv === BREAK)
            return BREAK;
          else if (cv === REMOVE)
            node.value = null;
        }
      }
      return ctrl;
    }
    async function visitAsync(node, visitor) {
      const visitor_ = initVisitor(visitor);
      if (identity.isDocument(node)) {
        const cd = await visitAsync_(null, node.contents, visitor_, Object.freeze([node]));
        if (cd === REMOVE)
          node.contents = null;
      } else
        await visitAsync_(null, node, visitor_, Object.freeze([]));
    }
    visitAsync.BREAK = BREAK;
    visitAsync.SKIP = SKIP;
    visitAsync.REMOVE = REMOVE;
    async function visitAsync_(key, node, visitor, path) {
      const ctrl = await callVisitor(key, node, visitor, path);
      if (identity.isNode(ctrl) || identity.isPair(ctrl)) {
        replaceNode(key, path, ctrl);
        return visitAsync_(key, ctrl, visitor, path);
      }
      if (typeof ctrl !== "symbol") {
        if (identity.isCollection(node)) {
          path = Object.freeze(path.concat(node));
          for (let i = 0; i < node.items.length; ++i) {
            const ci = await visitAsync_(i, node.items[i], visitor, path);
            if (typeof ci === "number")
              i = ci - 1;
            else if (ci === BREAK)
              return BREAK;
            else if (ci === REMOVE) {
              node.items.splice(i, 1);
              i -= 1;
            }
          }
        } else if (identity.isPair(node)) {
          path = Object.freeze(path.concat(node));
          const ck = await visitAsync_("key", node.key, visitor, path);
          if (ck === BREAK)
            return BREAK;
          else if (ck === REMOVE)
            node.key = null;
          const cv = await visitAsync_("value", node.value, visitor, path);
          if (cv === BREAK)
            return BREAK;
          else if (cv === REMOVE)
            node.value = null;
        }
      }
      return ctrl;
    }
    function initVisitor(visitor) {
      if (typeof visitor === "object" && (visitor.Collection || visitor.Node || visitor.Value)) {
        return Object.assign({
          Alias: visitor.Node,
          Map: visitor.Node,
          Scalar: visitor.Node,
          Seq: visitor.Node
        }, visitor.Value && {
          Map: visitor.Value,
          Scalar: visitor.Value,
          Seq: visitor.Value
        }, visitor.Collection && {
          Map: visitor.Collection,
          Seq: visitor.Collection
        }, visitor);
      }
      return visitor;
    }
    function callVisitor(key, node, visitor, path) {
      if (typeof visitor === "function")
        return visitor(key, node, path);
      if (identity.isMap(node))
        return visitor.Map?.(key, node, path);
      if (identity.isSeq(node))
        return visitor.Seq?.(key, node, path);
      if (identity.isPair(node))
        return visitor.Pair?.(key, node, path);
      if (identity.isScalar(node))
        return visitor.Scalar?.(key, node, path);
      if (identity.isAlias(node))
        return visitor.Alias?.(key, node, path);
      return void 0;
    }
    function replaceNode(key, path, node) {
      const parent = path[path.length - 1];
      if (identity.isCollection(parent)) {
        parent.items[key] = node;
      } else if (identity.isPair(parent)) {
        if (key === "key")
          parent.key = node;
        else
          parent.value = node;
      } else if (identity.isDocument(parent)) {
        parent.contents = node;
      } else {
        const pt = identity.isAlias(parent) ? "alias" : "scalar";
        throw new Error(`Cannot replace node with ${pt} parent`);
      }
    }
    exports2.visit = visit;
    exports2.visitAsync = visitAsync;
  }
});

// ../../work/main/node_modules/yaml/dist/doc/directives.js
var require_directives = __commonJS({
  "../../work/main/node_modules/yaml/dist/doc/directives.js"(exports2) {
    "use strict";
    var identity = require_identity();
    var visit = require_visit();
    var escapeChars = {
      "!": "%21",
      ",": "%2C",
      "[": "%5B",
      "]": "%5D",
      "{": "%7B",
      "}": "%7D"
    };
    var escapeTagName = (tn) => tn.replace(/[!,[\]{}]/g, (ch) => escapeChars[ch]);
    var Directives = class _Directives {
      constructor(yaml, tags) {
        this.docStart = null;
        this.docEnd = false;
        this.yaml = Object.assign({}, _Directives.defaultYaml, yaml);
        this.tags = Object.assign({}, _Directives.defaultTags, tags);
      }
      clone() {
        const copy = new _Directives(this.yaml, this.tags);
        copy.docStart = this.docStart;
        return copy;
      }
      /**
       * During parsing, get a Directives instance for the current document and
       * update the stream state according to the current version's spec.
       */
      atDocument() {
        const res = new _Directives(this.yaml, this.tags);
        switch (this.yaml.version) {
          case "1.1":
            this.atNextDocument = true;
            break;
          case "1.2":
            this.atNextDocument = false;
            this.yaml = {
              explicit: _Directives.defaultYaml.explicit,
              version: "1.2"
            };
            this.tags = Object.assign({}, _Directives.defaultTags);
            break;
        }
        return res;
      }
      /**
       * @param onError - May be called even if the action was successful
       * @returns `true` on success
       */
      add(line, onError) {
        if (this.atNextDocument) {
          this.yaml = { explicit: _Directives.defaultYaml.explicit, version: "1.1" };
          this.tags = Object.assign({}, _Directives.defaultTags);
          this.atNextDocument = false;
        }
        const parts2 = line.trim().split(/[ \t]+/);
        const name = parts2.shift();
        switch (name) {
          case "%TAG": {
            if (parts2.length !== 2) {
              onError(0, "%TAG directive should contain exactly two parts");
              if (parts2.length < 2)
                return false;
            }
            const [handle, prefix] = parts2;
            this.tags[handle] = prefix;
            return true;
          }
          case "%YAML": {
            this.yaml.explicit = true;
            if (parts2.length !== 1) {
              onError(0, "%YAML directive should contain exactly one part");
              return false;
            }
            const [version2] = parts2;
            if (version2 === "1.1" || version2 === "1.2") {
              this.yaml.version = version2;
              return true;
            } else {
              const isValid = /^\d+\.\d+$/.test(version2);
              onError(6, `Unsupported YAML version ${version2}`, isValid);
              return false;
            }
          }
          default:
            onError(0, `Unknown directive ${name}`, true);
            return false;
        }
      }
      /**
       * Resolves a tag, matching handles to those defined in %TAG directives.
       *
       * @returns Resolved tag, which may also be the non-specific tag `'!'` or a
       *   `'!local'` tag, or `null` if unresolvable.
       */
      tagName(source, onError) {
        if (source === "!")
          return "!";
        if (source[0] !== "!") {
          onError(`Not a valid tag: ${source}`);
          return null;
        }
        if (source[1] === "<") {
          const verbatim = source.slice(2, -1);
          if (verbatim === "!" || verbatim === "!!") {
            onError(`Verbatim tags aren't resolved, so ${source} is invalid.`);
            return null;
          }
          if (source[source.length - 1] !== ">")
            onError("Verbatim tags must end with a >");
          return verbatim;
        }
        const [, handle, suffix] = source.match(/^(.*!)([^!]*)$/s);
        if (!suffix)
          onError(`The ${source} tag has no suffix`);
        const prefix = this.tags[handle];
        if (prefix) {
          try {
            return prefix + decodeURIComponent(suffix);
          } catch (error) {
            onError(String(error));
            return null;
          }
        }
        if (handle === "!")
          return source;
        onError(`Could not resolve tag: ${source}`);
        return null;
      }
      /**
       * Given a fully resolved tag, returns its printable string form,
       * taking into account current tag prefixes and defaults.
       */
      tagString(tag) {
        for (const [handle, prefix] of Object.entries(this.tags)) {
          if (tag.startsWith(prefix))
            return handle + escapeTagName(tag.substring(prefix.length));
        }
        return tag[0] === "!" ? tag : `!<${tag}>`;
      }
      toString(doc) {
        const lines = this.yaml.explicit ? [`%YAML ${this.yaml.version || "1.2"}`] : [];
        const tagEntries = Object.entries(this.tags);
        let tagNames;
        if (doc && tagEntries.length > 0 && identity.isNode(doc.contents)) {
          const tags = {};
          visit.visit(doc.contents, (_key, node) => {
            if (identity.isNode(node) && node.tag)
              tags[node.tag] = true;
          });
          tagNames = Object.keys(tags);
        } else
          tagNames = [];
        for (const [handle, prefix] of tagEntries) {
          if (handle === "!!" && prefix === "tag:yaml.org,2002:")
            continue;
          if (!doc || tagNames.some((tn) => tn.startsWith(prefix)))
            lines.push(`%TAG ${handle} ${prefix}`);
        }
        return lines.join("\n");
      }
    };
    Directives.defaultYaml = { explicit: false, version: "1.2" };
    Directives.defaultTags = { "!!": "tag:yaml.org,2002:" };
    exports2.Directives = Directives;
  }
});

// ../../work/main/node_modules/yaml/dist/doc/anchors.js
var require_anchors = __commonJS({
  "../../work/main/node_modules/yaml/dist/doc/anchors.js"(exports2) {
    "use strict";
    var identity = require_identity();
    var visit = require_visit();
    function anchorIsValid(anchor) {
      if (/[\x00-\x19\s,[\]{}]/.test(anchor)) {
        const sa = JSON.stringify(anchor);
        const msg = `Anchor must not contain whitespace or control characters: ${sa}`;
        throw new Error(msg);
      }
      return true;
    }
    function anchorNames(root) {
      const anchors = /* @__PURE__ */ new Set();
      visit.visit(root, {
        Value(_key, node) {
          if (node.anchor)
            anchors.add(node.anchor);
        }
      });
      return anchors;
    }
    function findNewAnchor(prefix, exclude) {
      for (let i = 1; true; ++i) {
        const name = `${prefix}${i}`;
        if (!exclude.has(name))
          return name;
      }
    }
    function createNodeAnchors(doc, prefix) {
      const aliasObjects = [];
      const sourceObjects = /* @__PURE__ */ new Map();
      let prevAnchors = null;
      return {
        onAnchor: (source) => {
          aliasObjects.push(source);
          prevAnchors ?? (prevAnchors = anchorNames(doc));
          const anchor = findNewAnchor(prefix, prevAnchors);
          prevAnchors.add(anchor);
          return anchor;
        },
        /**
         * With circular references, the source node is only resolved after all
         * of its child nodes are. This is why anchors are set only after all of
         * the nodes have been created.
         */
        setAnchors: () => {
          for (const source of aliasObjects) {
            const ref = sourceObjects.get(source);
            if (typeof ref === "object" && ref.anchor && (identity.isScalar(ref.node) || identity.isCollection(ref.node))) {
              ref.node.anchor = ref.anchor;
            } else {
              const error = new Error("Failed to resolve repeated object (this should not happen)");
              error.source = source;
              throw error;
            }
          }
        },
        sourceObjects
      };
    }
    exports2.anchorIsValid = anchorIsValid;
    exports2.anchorNames = anchorNames;
    exports2.createNodeAnchors = createNodeAnchors;
    exports2.findNewAnchor = findNewAnchor;
  }
});

// ../../work/main/node_modules/yaml/dist/doc/applyReviver.js
var require_applyReviver = __commonJS({
  "../../work/main/node_modules/yaml/dist/doc/applyReviver.js"(exports2) {
    "use strict";
    function applyReviver(reviver, obj, key, val) {
      if (val && typeof val === "object") {
        if (Array.isArray(val)) {
          for (let i = 0, len = val.length; i < len; ++i) {
            const v0 = val[i];
            const v1 = applyReviver(reviver, val, String(i), v0);
            if (v1 === void 0)
              delete val[i];
            else if (v1 !== v0)
              val[i] = v1;
          }
        } else if (val instanceof Map) {
          for (const k of Array.from(val.keys())) {
            const v0 = val.get(k);
            const v1 = applyReviver(reviver, val, k, v0);
            if (v1 === void 0)
              val.delete(k);
            else if (v1 !== v0)
              val.set(k, v1);
          }
        } else if (val instanceof Set) {
          for (const v0 of Array.from(val)) {
            const v1 = applyReviver(reviver, val, v0, v0);
            if (v1 === void 0)
              val.delete(v0);
            else if (v1 !== v0) {
              val.delete(v0);
              val.add(v1);
            }
          }
        } else {
          for (const [k, v0] of Object.entries(val)) {
            const v1 = applyReviver(reviver, val, k, v0);
            if (v1 === void 0)
              delete val[k];
            else if (v1 !== v0)
              val[k] = v1;
          }
        }
      }
      return reviver.call(obj, key, val);
    }
    exports2.applyReviver = applyReviver;
  }
});

// ../../work/main/node_modules/yaml/dist/nodes/toJS.js
var require_toJS = __commonJS({
  "../../work/main/node_modules/yaml/dist/nodes/toJS.js"(exports2) {
    "use strict";
    var identity = require_identity();
    function toJS(value2, arg, ctx) {
      if (Array.isArray(value2))
        return value2.map((v, i) => toJS(v, String(i), ctx));
      if (value2 && typeof value2.toJSON === "function") {
        if (!ctx || !identity.hasAnchor(value2))
          return value2.toJSON(arg, ctx);
        const data = { aliasCount: 0, count: 1, res: void 0 };
        ctx.anchors.set(value2, data);
        ctx.onCreate = (res2) => {
          data.res = res2;
          delete ctx.onCreate;
        };
        const res = value2.toJSON(arg, ctx);
        if (ctx.onCreate)
          ctx.onCreate(res);
        return res;
      }
      if (typeof value2 === "bigint" && !ctx?.keep)
        return Number(value2);
      return value2;
    }
    exports2.toJS = toJS;
  }
});

// ../../work/main/node_modules/yaml/dist/nodes/Node.js
var require_Node = __commonJS({
  "../../work/main/node_modules/yaml/dist/nodes/Node.js"(exports2) {
    "use strict";
    var applyReviver = require_applyReviver();
    var identity = require_identity();
    var toJS = require_toJS();
    var NodeBase = class {
      constructor(type) {
        Object.defineProperty(this, identity.NODE_TYPE, { value: type });
      }
      /** Create a copy of this node.  */
      clone() {
        const copy = Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this));
        if (this.range)
          copy.range = this.range.slice();
        return copy;
      }
      /** A plain JavaScript representation of this node. */
      toJS(doc, { mapAsMap, maxAliasCount, onAnchor, reviver } = {}) {
        if (!identity.isDocument(doc))
          throw new TypeError("A document argument is required");
        const ctx = {
          anchors: /* @__PURE__ */ new Map(),
          doc,
          keep: true,
          mapAsMap: mapAsMap === true,
          mapKeyWarned: false,
          maxAliasCount: typeof maxAliasCount === "number" ? maxAliasCount : 100
        };
        const res = toJS.toJS(this, "", ctx);
        if (typeof onAnchor === "function")
          for (const { count, res: res2 } of ctx.anchors.values())
            onAnchor(res2, count);
        return typeof reviver === "function" ? applyReviver.applyReviver(reviver, { "": res }, "", res) : res;
      }
    };
    exports2.NodeBase = NodeBase;
  }
});

// ../../work/main/node_modules/yaml/dist/nodes/Alias.js
var require_Alias = __commonJS({
  "../../work/main/node_modules/yaml/dist/nodes/Alias.js"(exports2) {
    "use strict";
    var anchors = require_anchors();
    var visit = require_visit();
    var identity = require_identity();
    var Node = require_Node();
    var toJS = require_toJS();
    var Alias = class extends Node.NodeBase {
      constructor(source) {
        super(identity.ALIAS);
        this.source = source;
        Object.defineProperty(this, "tag", {
          set() {
            throw new Error("Alias nodes cannot have tags");
          }
        });
      }
      /**
       * Resolve the value of this alias within `doc`, finding the last
       * instance of the `source` anchor before this node.
       */
      resolve(doc, ctx) {
        if (ctx?.maxAliasCount === 0)
          throw new ReferenceError("Alias resolution is disabled");
        let nodes;
        if (ctx?.aliasResolveCache) {
          nodes = ctx.aliasResolveCache;
        } else {
          nodes = [];
          visit.visit(doc, {
            Node: (_key, node) => {
              if (identity.isAlias(node) || identity.hasAnchor(node))
                nodes.push(node);
            }
          });
          if (ctx)
            ctx.aliasResolveCache = nodes;
        }
        let found = void 0;
        for (const node of nodes) {
          if (node === this)
            break;
          if (node.anchor === this.source)
            found = node;
        }
        if (found && ctx) {
          const { anchors: anchors2, doc: doc2, maxAliasCount } = ctx;
          let data = anchors2.get(found);
          if (!data) {
            toJS.toJS(found, null, ctx);
            data = anchors2.get(found);
          }
          if (data?.res === void 0) {
            const msg = "This should not happen: Alias anchor was not resolved?";
            throw new ReferenceError(msg);
          }
          if (maxAliasCount >= 0) {
            data.count += 1;
            if (data.aliasCount === 0)
              data.aliasCount = getAliasCount(doc2, found, anchors2);
            if (data.count * data.aliasCount > maxAliasCount) {
              const msg = "Excessive alias count indicates a resource exhaustion attack";
              throw new ReferenceError(msg);
            }
          }
        }
        return found;
      }
      toJSON(_arg, ctx) {
        if (!ctx)
          return { source: this.source };
        const source = this.resolve(ctx.doc, ctx);
        if (!source) {
          const msg = `Unresolved alias (the anchor must be set before the alias): ${this.source}`;
          throw new ReferenceError(msg);
        }
        return ctx.anchors.get(source).res;
      }
      toString(ctx, _onComment, _onChompKeep) {
        const src = `*${this.source}`;
        if (ctx) {
          anchors.anchorIsValid(this.source);
          if (ctx.options.verifyAliasOrder && !ctx.anchors.has(this.source)) {
            const msg = `Unresolved alias (the anchor must be set before the alias): ${this.source}`;
            throw new Error(msg);
          }
          if (ctx.implicitKey)
            return `${src} `;
        }
        return src;
      }
    };
    function getAliasCount(doc, node, anchors2) {
      if (identity.isAlias(node)) {
        const source = node.resolve(doc);
        const anchor = anchors2 && source && anchors2.get(source);
        return anchor ? anchor.count * anchor.aliasCount : 0;
      } else if (identity.isCollection(node)) {
        let count = 0;
        for (const item of node.items) {
          const c = getAliasCount(doc, item, anchors2);
          if (c > count)
            count = c;
        }
        return count;
      } else if (identity.isPair(node)) {
        const kc = getAliasCount(doc, node.key, anchors2);
        const vc = getAliasCount(doc, node.value, anchors2);
        return Math.max(kc, vc);
      }
      return 1;
    }
    exports2.Alias = Alias;
  }
});

// ../../work/main/node_modules/yaml/dist/nodes/Scalar.js
var require_Scalar = __commonJS({
  "../../work/main/node_modules/yaml/dist/nodes/Scalar.js"(exports2) {
    "use strict";
    var identity = require_identity();
    var Node = require_Node();
    var toJS = require_toJS();
    var isScalarValue = (value2) => !value2 || typeof value2 !== "function" && typeof value2 !== "object";
    var Scalar = class extends Node.NodeBase {
      constructor(value2) {
        super(identity.SCALAR);
        this.value = value2;
      }
      toJSON(arg, ctx) {
        return ctx?.keep ? this.value : toJS.toJS(this.value, arg, ctx);
      }
      toString() {
        return String(this.value);
      }
    };
    Scalar.BLOCK_FOLDED = "BLOCK_FOLDED";
    Scalar.BLOCK_LITERAL = "BLOCK_LITERAL";
    Scalar.PLAIN = "PLAIN";
    Scalar.QUOTE_DOUBLE = "QUOTE_DOUBLE";
    Scalar.QUOTE_SINGLE = "QUOTE_SINGLE";
    exports2.Scalar = Scalar;
    exports2.isScalarValue = isScalarValue;
  }
});

// ../../work/main/node_modules/yaml/dist/doc/createNode.js
var require_createNode = __commonJS({
  "../../work/main/node_modules/yaml/dist/doc/createNode.js"(exports2) {
    "use strict";
    var Alias = require_Alias();
    var identity = require_identity();
    var Scalar = require_Scalar();
    var defaultTagPrefix = "tag:yaml.org,2002:";
    function findTagObject(value2, tagName, tags) {
      if (tagName) {
        const match = tags.filter((t) => t.tag === tagName);
        const tagObj = match.find((t) => !t.format) ?? match[0];
        if (!tagObj)
          throw new Error(`Tag ${tagName} not found`);
        return tagObj;
      }
      return tags.find((t) => t.identify?.(value2) && !t.format);
    }
    function createNode(value2, tagName, ctx) {
      if (identity.isDocument(value2))
        value2 = value2.contents;
      if (identity.isNode(value2))
        return value2;
      if (identity.isPair(value2)) {
        const map2 = ctx.schema[identity.MAP].createNode?.(ctx.schema, null, ctx);
        map2.items.push(value2);
        return map2;
      }
      if (value2 instanceof String || value2 instanceof Number || value2 instanceof Boolean || typeof BigInt !== "undefined" && value2 instanceof BigInt) {
        value2 = value2.valueOf();
      }
      const { aliasDuplicateObjects, onAnchor, onTagObj, schema, sourceObjects } = ctx;
      let ref = void 0;
      if (aliasDuplicateObjects && value2 && typeof value2 === "object") {
        ref = sourceObjects.get(value2);
        if (ref) {
          ref.anchor ?? (ref.anchor = onAnchor(value2));
          return new Alias.Alias(ref.anchor);
        } else {
          ref = { anchor: null, node: null };
          sourceObjects.set(value2, ref);
        }
      }
      if (tagName?.startsWith("!!"))
        tagName = defaultTagPrefix + tagName.slice(2);
      let tagObj = findTagObject(value2, tagName, schema.tags);
      if (!tagObj) {
        if (value2 && typeof value2.toJSON === "function") {
          value2 = value2.toJSON();
        }
        if (!value2 || typeof value2 !== "object") {
          const node2 = new Scalar.Scalar(value2);
          if (ref)
            ref.node = node2;
          return node2;
        }
        tagObj = value2 instanceof Map ? schema[identity.MAP] : Symbol.iterator in Object(value2) ? schema[identity.SEQ] : schema[identity.MAP];
      }
      if (onTagObj) {
        onTagObj(tagObj);
        delete ctx.onTagObj;
      }
      const node = tagObj?.createNode ? tagObj.createNode(ctx.schema, value2, ctx) : typeof tagObj?.nodeClass?.from === "function" ? tagObj.nodeClass.from(ctx.schema, value2, ctx) : new Scalar.Scalar(value2);
      if (tagName)
        node.tag = tagName;
      else if (!tagObj.default)
        node.tag = tagObj.tag;
      if (ref)
        ref.node = node;
      return node;
    }
    exports2.createNode = createNode;
  }
});

// ../../work/main/node_modules/yaml/dist/nodes/Collection.js
var require_Collection = __commonJS({
  "../../work/main/node_modules/yaml/dist/nodes/Collection.js"(exports2) {
    "use strict";
    var createNode = require_createNode();
    var identity = require_identity();
    var Node = require_Node();
    function collectionFromPath(schema, path, value2) {
      let v = value2;
      for (let i = path.length - 1; i >= 0; --i) {
        const k = path[i];
        if (typeof k === "number" && Number.isInteger(k) && k >= 0) {
          const a = [];
          a[k] = v;
          v = a;
        } else {
          v = /* @__PURE__ */ new Map([[k, v]]);
        }
      }
      return createNode.createNode(v, void 0, {
        aliasDuplicateObjects: false,
        keepUndefined: false,
        onAnchor: () => {
          throw new Error("This should not happen, please report a bug.");
        },
        schema,
        sourceObjects: /* @__PURE__ */ new Map()
      });
    }
    var isEmptyPath = (path) => path == null || typeof path === "object" && !!path[Symbol.iterator]().next().done;
    var Collection = class extends Node.NodeBase {
      constructor(type, schema) {
        super(type);
        Object.defineProperty(this, "schema", {
          value: schema,
          configurable: true,
          enumerable: false,
          writable: true
        });
      }
      /**
       * Create a copy of this collection.
       *
       * @param schema - If defined, overwrites the original's schema
       */
      clone(schema) {
        const copy = Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this));
        if (schema)
          copy.schema = schema;
        copy.items = copy.items.map((it) => identity.isNode(it) || identity.isPair(it) ? it.clone(schema) : it);
        if (this.range)
          copy.range = this.range.slice();
        return copy;
      }
      /**
       * Adds a value to the collection. For `!!map` and `!!omap` the value must
       * be a Pair instance or a `{ key, value }` object, which may not have a key
       * that already exists in the map.
       */
      addIn(path, value2) {
        if (isEmptyPath(path))
          this.add(value2);
        else {
          const [key, ...rest] = path;
          const node = this.get(key, true);
          if (identity.isCollection(node))
            node.addIn(rest, value2);
          else if (node === void 0 && this.schema)
            this.set(key, collectionFromPath(this.schema, rest, value2));
          else
            throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
        }
      }
      /**
       * Removes a value from the collection.
       * @returns `true` if the item was found and removed.
       */
      deleteIn(path) {
        const [key, ...rest] = path;
        if (rest.length === 0)
          return this.delete(key);
        const node = this.get(key, true);
        if (identity.isCollection(node))
          return node.deleteIn(rest);
        else
          throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
      }
      /**
       * Returns item at `key`, or `undefined` if not found. By default unwraps
       * scalar values from their surrounding node; to disable set `keepScalar` to
       * `true` (collections are always returned intact).
       */
      getIn(path, keepScalar) {
        const [key, ...rest] = path;
        const node = this.get(key, true);
        if (rest.length === 0)
          return !keepScalar && identity.isScalar(node) ? node.value : node;
        else
          return identity.isCollection(node) ? node.getIn(rest, keepScalar) : void 0;
      }
      hasAllNullValues(allowScalar) {
        return this.items.every((node) => {
          if (!identity.isPair(node))
            return false;
          const n = node.value;
          return n == null || allowScalar && identity.isScalar(n) && n.value == null && !n.commentBefore && !n.comment && !n.tag;
        });
      }
      /**
       * Checks if the collection includes a value with the key `key`.
       */
      hasIn(path) {
        const [key, ...rest] = path;
        if (rest.length === 0)
          return this.has(key);
        const node = this.get(key, true);
        return identity.isCollection(node) ? node.hasIn(rest) : false;
      }
      /**
       * Sets a value in this collection. For `!!set`, `value` needs to be a
       * boolean to add/remove the item from the set.
       */
      setIn(path, value2) {
        const [key, ...rest] = path;
        if (rest.length === 0) {
          this.set(key, value2);
        } else {
          const node = this.get(key, true);
          if (identity.isCollection(node))
            node.setIn(rest, value2);
          else if (node === void 0 && this.schema)
            this.set(key, collectionFromPath(this.schema, rest, value2));
          else
            throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
        }
      }
    };
    exports2.Collection = Collection;
    exports2.collectionFromPath = collectionFromPath;
    exports2.isEmptyPath = isEmptyPath;
  }
});

// ../../work/main/node_modules/yaml/dist/stringify/stringifyComment.js
var require_stringifyComment = __commonJS({
  "../../work/main/node_modules/yaml/dist/stringify/stringifyComment.js"(exports2) {
    "use strict";
    var stringifyComment = (str) => str.replace(/^(?!$)(?: $)?/gm, "#");
    function indentComment(comment2, indent) {
      if (/^\n+$/.test(comment2))
        return comment2.substring(1);
      return indent ? comment2.replace(/^(?! *$)/gm, indent) : comment2;
    }
    var lineComment = (str, indent, comment2) => str.endsWith("\n") ? indentComment(comment2, indent) : comment2.includes("\n") ? "\n" + indentComment(comment2, indent) : (str.endsWith(" ") ? "" : " ") + comment2;
    exports2.indentComment = indentComment;
    exports2.lineComment = lineComment;
    exports2.stringifyComment = stringifyComment;
  }
});

// ../../work/main/node_modules/yaml/dist/stringify/foldFlowLines.js
var require_foldFlowLines = __commonJS({
  "../../work/main/node_modules/yaml/dist/stringify/foldFlowLines.js"(exports2) {
    "use strict";
    var FOLD_FLOW = "flow";
    var FOLD_BLOCK = "block";
    var FOLD_QUOTED = "quoted";
    function foldFlowLines(text2, indent, mode = "flow", { indentAtStart, lineWidth = 80, minContentWidth = 20, onFold, onOverflow } = {}) {
      if (!lineWidth || lineWidth < 0)
        return text2;
      if (lineWidth < minContentWidth)
        minContentWidth = 0;
      const endStep = Math.max(1 + minContentWidth, 1 + lineWidth - indent.length);
      if (text2.length <= endStep)
        return text2;
      const folds = [];
      const escapedFolds = {};
      let end = lineWidth - indent.length;
      if (typeof indentAtStart === "number") {
        if (indentAtStart > lineWidth - Math.max(2, minContentWidth))
          folds.push(0);
        else
          end = lineWidth - indentAtStart;
      }
      let split2 = void 0;
      let prev = void 0;
      let overflow = false;
      let i = -1;
      let escStart = -1;
      let escEnd = -1;
      if (mode === FOLD_BLOCK) {
        i = consumeMoreIndentedLines(text2, i, indent.length);
        if (i !== -1)
          end = i + endStep;
      }
      for (let ch; ch = text2[i += 1]; ) {
        if (mode === FOLD_QUOTED && ch === "\\") {
          escStart = i;
          switch (text2[i + 1]) {
            case "x":
              i += 3;
              break;
            case "u":
              i += 5;
              break;
            case "U":
              i += 9;
              break;
            default:
              i += 1;
          }
          escEnd = i;
        }
        if (ch === "\n") {
          if (mode === FOLD_BLOCK)
            i = consumeMoreIndentedLines(text2, i, indent.length);
          end = i + indent.length + endStep;
          split2 = void 0;
        } else {
          if (ch === " " && prev && prev !== " " && prev !== "\n" && prev !== "	") {
            const next = text2[i + 1];
            if (next && next !== " " && next !== "\n" && next !== "	")
              split2 = i;
          }
          if (i >= end) {
            if (split2) {
              folds.push(split2);
              end = split2 + endStep;
              split2 = void 0;
            } else if (mode === FOLD_QUOTED) {
              while (prev === " " || prev === "	") {
                prev = ch;
                ch = text2[i += 1];
                overflow = true;
              }
              const j = i > escEnd + 1 ? i - 2 : escStart - 1;
              if (escapedFolds[j])
                return text2;
              folds.push(j);
              escapedFolds[j] = true;
              end = j + endStep;
              split2 = void 0;
            } else {
              overflow = true;
            }
          }
        }
        prev = ch;
      }
      if (overflow && onOverflow)
        onOverflow();
      if (folds.length === 0)
        return text2;
      if (onFold)
        onFold();
      let res = text2.slice(0, folds[0]);
      for (let i2 = 0; i2 < folds.length; ++i2) {
        const fold2 = folds[i2];
        const end2 = folds[i2 + 1] || text2.length;
        if (fold2 === 0)
          res = `
${indent}${text2.slice(0, end2)}`;
        else {
          if (mode === FOLD_QUOTED && escapedFolds[fold2])
            res += `${text2[fold2]}\\`;
          res += `
${indent}${text2.slice(fold2 + 1, end2)}`;
        }
      }
      return res;
    }
    function consumeMoreIndentedLines(text2, i, indent) {
      let end = i;
      let start3 = i + 1;
      let ch = text2[start3];
      while (ch === " " || ch === "	") {
        if (i < start3 + indent) {
          ch = text2[++i];
        } else {
          do {
            ch = text2[++i];
          } while (ch && ch !== "\n");
          end = i;
          start3 = i + 1;
          ch = text2[start3];
        }
      }
      return end;
    }
    exports2.FOLD_BLOCK = FOLD_BLOCK;
    exports2.FOLD_FLOW = FOLD_FLOW;
    exports2.FOLD_QUOTED = FOLD_QUOTED;
    exports2.foldFlowLines = foldFlowLines;
  }
});

// ../../work/main/node_modules/yaml/dist/stringify/stringifyString.js
var require_stringifyString = __commonJS({
  "../../work/main/node_modules/yaml/dist/stringify/stringifyString.js"(exports2) {
    "use strict";
    var Scalar = require_Scalar();
    var foldFlowLines = require_foldFlowLines();
    var getFoldOptions = (ctx, isBlock) => ({
      indentAtStart: isBlock ? ctx.indent.length : ctx.indentAtStart,
      lineWidth: ctx.options.lineWidth,
      minContentWidth: ctx.options.minContentWidth
    });
    var containsDocumentMarker = (str) => /^(%|---|\.\.\.)/m.test(str);
    function lineLengthOverLimit(str, lineWidth, indentLength) {
      if (!lineWidth || lineWidth < 0)
        return false;
      const limit = lineWidth - indentLength;
      const strLen = str.length;
      if (strLen <= limit)
        return false;
      for (let i = 0, start3 = 0; i < strLen; ++i) {
        if (str[i] === "\n") {
          if (i - start3 > limit)
            return true;
          start3 = i + 1;
          if (strLen - start3 <= limit)
            return false;
        }
      }
      return true;
    }
    function doubleQuotedString(value2, ctx) {
      const json2 = JSON.stringify(value2);
      if (ctx.options.doubleQuotedAsJSON)
        return json2;
      const { implicitKey } = ctx;
      const minMultiLineLength = ctx.options.doubleQuotedMinMultiLineLength;
      const indent = ctx.indent || (containsDocumentMarker(value2) ? "  " : "");
      let str = "";
      let start3 = 0;
      for (let i = 0, ch = json2[i]; ch; ch = json2[++i]) {
        if (ch === " " && json2[i + 1] === "\\" && json2[i + 2] === "n") {
          str += json2.slice(start3, i) + "\\ ";
          i += 1;
          start3 = i;
          ch = "\\";
        }
        if (ch === "\\")
          switch (json2[i + 1]) {
            case "u":
              {
                str += json2.slice(start3, i);
                const code = json2.substr(i + 2, 4);
                switch (code) {
                  case "0000":
                    str += "\\0";
                    break;
                  case "0007":
                    str += "\\a";
                    break;
                  case "000b":
                    str += "\\v";
                    break;
                  case "001b":
                    str += "\\e";
                    break;
                  case "0085":
                    str += "\\N";
                    break;
                  case "00a0":
                    str += "\\_";
                    break;
                  case "2028":
                    str += "\\L";
                    break;
                  case "2029":
                    str += "\\P";
                    break;
                  default:
                    if (code.substr(0, 2) === "00")
                      str += "\\x" + code.substr(2);
                    else
                      str += json2.substr(i, 6);
                }
                i += 5;
                start3 = i + 1;
              }
              break;
            case "n":
              if (implicitKey || json2[i + 2] === '"' || json2.length < minMultiLineLength) {
                i += 1;
              } else {
                str += json2.slice(start3, i) + "\n\n";
                while (json2[i + 2] === "\\" && json2[i + 3] === "n" && json2[i + 4] !== '"') {
                  str += "\n";
                  i += 2;
                }
                str += indent;
                if (json2[i + 2] === " ")
                  str += "\\";
                i += 1;
                start3 = i + 1;
              }
              break;
            default:
              i += 1;
          }
      }
      str = start3 ? str + json2.slice(start3) : json2;
      return implicitKey ? str : foldFlowLines.foldFlowLines(str, indent, foldFlowLines.FOLD_QUOTED, getFoldOptions(ctx, false));
    }
    function singleQuotedString(value2, ctx) {
      if (ctx.options.singleQuote === false || ctx.implicitKey && value2.includes("\n") || /[ \t]\n|\n[ \t]/.test(value2))
        return doubleQuotedString(value2, ctx);
      const indent = ctx.indent || (containsDocumentMarker(value2) ? "  " : "");
      const res = "'" + value2.replace(/'/g, "''").replace(/\n+/g, `$&
${indent}`) + "'";
      return ctx.implicitKey ? res : foldFlowLines.foldFlowLines(res, indent, foldFlowLines.FOLD_FLOW, getFoldOptions(ctx, false));
    }
    function quotedString(value2, ctx) {
      const { singleQuote } = ctx.options;
      let qs;
      if (singleQuote === false)
        qs = doubleQuotedString;
      else {
        const hasDouble = value2.includes('"');
        const hasSingle = value2.includes("'");
        if (hasDouble && !hasSingle)
          qs = singleQuotedString;
        else if (hasSingle && !hasDouble)
          qs = doubleQuotedString;
        else
          qs = singleQuote ? singleQuotedString : doubleQuotedString;
      }
      return qs(value2, ctx);
    }
    var blockEndNewlines;
    try {
      blockEndNewlines = new RegExp("(^|(?<!\n))\n+(?!\n|$)", "g");
    } catch {
      blockEndNewlines = /\n+(?!\n|$)/g;
    }
    function blockString({ comment: comment2, type, value: value2 }, ctx, onComment, onChompKeep) {
      const { blockQuote, commentString, lineWidth } = ctx.options;
      if (!blockQuote || /\n[\t ]+$/.test(value2)) {
        return quotedString(value2, ctx);
      }
      const indent = ctx.indent || (ctx.forceBlockIndent || containsDocumentMarker(value2) ? "  " : "");
      const literal2 = blockQuote === "literal" ? true : blockQuote === "folded" || type === Scalar.Scalar.BLOCK_FOLDED ? false : type === Scalar.Scalar.BLOCK_LITERAL ? true : !lineLengthOverLimit(value2, lineWidth, indent.length);
      if (!value2)
        return literal2 ? "|\n" : ">\n";
      let chomp;
      let endStart;
      for (endStart = value2.length; endStart > 0; --endStart) {
        const ch = value2[endStart - 1];
        if (ch !== "\n" && ch !== "	" && ch !== " ")
          break;
      }
      let end = value2.substring(endStart);
      const endNlPos = end.indexOf("\n");
      if (endNlPos === -1) {
        chomp = "-";
      } else if (value2 === end || endNlPos !== end.length - 1) {
        chomp = "+";
        if (onChompKeep)
          onChompKeep();
      } else {
        chomp = "";
      }
      if (end) {
        value2 = value2.slice(0, -end.length);
        if (end[end.length - 1] === "\n")
          end = end.slice(0, -1);
        end = end.replace(blockEndNewlines, `$&${indent}`);
      }
      let startWithSpace = false;
      let startEnd;
      let startNlPos = -1;
      for (startEnd = 0; startEnd < value2.length; ++startEnd) {
        const ch = value2[startEnd];
        if (ch === " ")
          startWithSpace = true;
        else if (ch === "\n")
          startNlPos = startEnd;
        else
          break;
      }
      let start3 = value2.substring(0, startNlPos < startEnd ? startNlPos + 1 : startEnd);
      if (start3) {
        value2 = value2.substring(start3.length);
        start3 = start3.replace(/\n+/g, `$&${indent}`);
      }
      const indentSize = indent ? "2" : "1";
      let header2 = (startWithSpace ? indentSize : "") + chomp;
      if (comment2) {
        header2 += " " + commentString(comment2.replace(/ ?[\r\n]+/g, " "));
        if (onComment)
          onComment();
      }
      if (!literal2) {
        const foldedValue = value2.replace(/\n+/g, "\n$&").replace(/(?:^|\n)([\t ].*)(?:([\n\t ]*)\n(?![\n\t ]))?/g, "$1$2").replace(/\n+/g, `$&${indent}`);
        let literalFallback = false;
        const foldOptions = getFoldOptions(ctx, true);
        if (blockQuote !== "folded" && type !== Scalar.Scalar.BLOCK_FOLDED) {
          foldOptions.onOverflow = () => {
            literalFallback = true;
          };
        }
        const body = foldFlowLines.foldFlowLines(`${start3}${foldedValue}${end}`, indent, foldFlowLines.FOLD_BLOCK, foldOptions);
        if (!literalFallback)
          return `>${header2}
${indent}${body}`;
      }
      value2 = value2.replace(/\n+/g, `$&${indent}`);
      return `|${header2}
${indent}${start3}${value2}${end}`;
    }
    function plainString(item, ctx, onComment, onChompKeep) {
      const { type, value: value2 } = item;
      const { actualString, implicitKey, indent, indentStep, inFlow } = ctx;
      if (implicitKey && value2.includes("\n") || inFlow && /[[\]{},]/.test(value2)) {
        return quotedString(value2, ctx);
      }
      if (/^[\n\t ,[\]{}#&*!|>'"%@`]|^[?-]$|^[?-][ \t]|[\n:][ \t]|[ \t]\n|[\n\t ]#|[\n\t :]$/.test(value2)) {
        return implicitKey || inFlow || !value2.includes("\n") ? quotedString(value2, ctx) : blockString(item, ctx, onComment, onChompKeep);
      }
      if (!implicitKey && !inFlow && type !== Scalar.Scalar.PLAIN && value2.includes("\n")) {
        return blockString(item, ctx, onComment, onChompKeep);
      }
      if (containsDocumentMarker(value2)) {
        if (indent === "") {
          ctx.forceBlockIndent = true;
          return blockString(item, ctx, onComment, onChompKeep);
        } else if (implicitKey && indent === indentStep) {
          return quotedString(value2, ctx);
        }
      }
      const str = value2.replace(/\n+/g, `$&
${indent}`);
      if (actualString) {
        const test2 = (tag) => tag.default && tag.tag !== "tag:yaml.org,2002:str" && tag.test?.test(str);
        const { compat, tags } = ctx.doc.schema;
        if (tags.some(test2) || compat?.some(test2))
          return quotedString(value2, ctx);
      }
      return implicitKey ? str : foldFlowLines.foldFlowLines(str, indent, foldFlowLines.FOLD_FLOW, getFoldOptions(ctx, false));
    }
    function stringifyString(item, ctx, onComment, onChompKeep) {
      const { implicitKey, inFlow } = ctx;
      const ss = typeof item.value === "string" ? item : Object.assign({}, item, { value: String(item.value) });
      let { type } = item;
      if (type !== Scalar.Scalar.QUOTE_DOUBLE) {
        if (/[\x00-\x08\x0b-\x1f\x7f-\x9f\u{D800}-\u{DFFF}]/u.test(ss.value))
          type = Scalar.Scalar.QUOTE_DOUBLE;
      }
      const _stringify = (_type) => {
        switch (_type) {
          case Scalar.Scalar.BLOCK_FOLDED:
          case Scalar.Scalar.BLOCK_LITERAL:
            return implicitKey || inFlow ? quotedString(ss.value, ctx) : blockString(ss, ctx, onComment, onChompKeep);
          case Scalar.Scalar.QUOTE_DOUBLE:
            return doubleQuotedString(ss.value, ctx);
          case Scalar.Scalar.QUOTE_SINGLE:
            return singleQuotedString(ss.value, ctx);
          case Scalar.Scalar.PLAIN:
            return plainString(ss, ctx, onComment, onChompKeep);
          default:
            return null;
        }
      };
      let res = _stringify(type);
      if (res === null) {
        const { defaultKeyType, defaultStringType } = ctx.options;
        const t = implicitKey && defaultKeyType || defaultStringType;
        res = _stringify(t);
        if (res === null)
          throw new Error(`Unsupported default string type ${t}`);
      }
      return res;
    }
    exports2.stringifyString = stringifyString;
  }
});

// ../../work/main/node_modules/yaml/dist/stringify/stringify.js
var require_stringify = __commonJS({
  "../../work/main/node_modules/yaml/dist/stringify/stringify.js"(exports2) {
    "use strict";
    var anchors = require_anchors();
    var identity = require_identity();
    var stringifyComment = require_stringifyComment();
    var stringifyString = require_stringifyString();
    function createStringifyContext(doc, options2) {
      const opt = Object.assign({
        blockQuote: true,
        commentString: stringifyComment.stringifyComment,
        defaultKeyType: null,
        defaultStringType: "PLAIN",
        directives: null,
        doubleQuotedAsJSON: false,
        doubleQuotedMinMultiLineLength: 40,
        falseStr: "false",
        flowCollectionPadding: true,
        indentSeq: true,
        lineWidth: 80,
        minContentWidth: 20,
        nullStr: "null",
        simpleKeys: false,
        singleQuote: null,
        trailingComma: false,
        trueStr: "true",
        verifyAliasOrder: true
      }, doc.schema.toStringOptions, options2);
      let inFlow;
      switch (opt.collectionStyle) {
        case "block":
          inFlow = false;
          break;
        case "flow":
          inFlow = true;
          break;
        default:
          inFlow = null;
      }
      return {
        anchors: /* @__PURE__ */ new Set(),
        doc,
        flowCollectionPadding: opt.flowCollectionPadding ? " " : "",
        indent: "",
        indentStep: typeof opt.indent === "number" ? " ".repeat(opt.indent) : "  ",
        inFlow,
        options: opt
      };
    }
    function getTagObject(tags, item) {
      if (item.tag) {
        const match = tags.filter((t) => t.tag === item.tag);
        if (match.length > 0)
          return match.find((t) => t.format === item.format) ?? match[0];
      }
      let tagObj = void 0;
      let obj;
      if (identity.isScalar(item)) {
        obj = item.value;
        let match = tags.filter((t) => t.identify?.(obj));
        if (match.length > 1) {
          const testMatch = match.filter((t) => t.test);
          if (testMatch.length > 0)
            match = testMatch;
        }
        tagObj = match.find((t) => t.format === item.format) ?? match.find((t) => !t.format);
      } else {
        obj = item;
        tagObj = tags.find((t) => t.nodeClass && obj instanceof t.nodeClass);
      }
      if (!tagObj) {
        const name = obj?.constructor?.name ?? (obj === null ? "null" : typeof obj);
        throw new Error(`Tag not resolved for ${name} value`);
      }
      return tagObj;
    }
    function stringifyProps(node, tagObj, { anchors: anchors$1, doc }) {
      if (!doc.directives)
        return "";
      const props = [];
      const anchor = (identity.isScalar(node) || identity.isCollection(node)) && node.anchor;
      if (anchor && anchors.anchorIsValid(anchor)) {
        anchors$1.add(anchor);
        props.push(`&${anchor}`);
      }
      const tag = node.tag ?? (tagObj.default ? null : tagObj.tag);
      if (tag)
        props.push(doc.directives.tagString(tag));
      return props.join(" ");
    }
    function stringify(item, ctx, onComment, onChompKeep) {
      if (identity.isPair(item))
        return item.toString(ctx, onComment, onChompKeep);
      if (identity.isAlias(item)) {
        if (ctx.doc.directives)
          return item.toString(ctx);
        if (ctx.resolvedAliases?.has(item)) {
          throw new TypeError(`Cannot stringify circular structure without alias nodes`);
        } else {
          if (ctx.resolvedAliases)
            ctx.resolvedAliases.add(item);
          else
            ctx.resolvedAliases = /* @__PURE__ */ new Set([item]);
          item = item.resolve(ctx.doc);
        }
      }
      let tagObj = void 0;
      const node = identity.isNode(item) ? item : ctx.doc.createNode(item, { onTagObj: (o) => tagObj = o });
      tagObj ?? (tagObj = getTagObject(ctx.doc.schema.tags, node));
      const props = stringifyProps(node, tagObj, ctx);
      if (props.length > 0)
        ctx.indentAtStart = (ctx.indentAtStart ?? 0) + props.length + 1;
      const str = typeof tagObj.stringify === "function" ? tagObj.stringify(node, ctx, onComment, onChompKeep) : identity.isScalar(node) ? stringifyString.stringifyString(node, ctx, onComment, onChompKeep) : node.toString(ctx, onComment, onChompKeep);
      if (!props)
        return str;
      return identity.isScalar(node) || str[0] === "{" || str[0] === "[" ? `${props} ${str}` : `${props}
${ctx.indent}${str}`;
    }
    exports2.createStringifyContext = createStringifyContext;
    exports2.stringify = stringify;
  }
});

// ../../work/main/node_modules/yaml/dist/stringify/stringifyPair.js
var require_stringifyPair = __commonJS({
  "../../work/main/node_modules/yaml/dist/stringify/stringifyPair.js"(exports2) {
    "use strict";
    var identity = require_identity();
    var Scalar = require_Scalar();
    var stringify = require_stringify();
    var stringifyComment = require_stringifyComment();
    function stringifyPair({ key, value: value2 }, ctx, onComment, onChompKeep) {
      const { allNullValues, doc, indent, indentStep, options: { commentString, indentSeq, simpleKeys } } = ctx;
      let keyComment = identity.isNode(key) && key.comment || null;
      if (simpleKeys) {
        if (keyComment) {
          throw new Error("With simple keys, key nodes cannot have comments");
        }
        if (identity.isCollection(key) || !identity.isNode(key) && typeof key === "object") {
          const msg = "With simple keys, collection cannot be used as a key value";
          throw new Error(msg);
        }
      }
      let explicitKey = !simpleKeys && (!key || keyComment && value2 == null && !ctx.inFlow || identity.isCollection(key) || (identity.isScalar(key) ? key.type === Scalar.Scalar.BLOCK_FOLDED || key.type === Scalar.Scalar.BLOCK_LITERAL : typeof key === "object"));
      ctx = Object.assign({}, ctx, {
        allNullValues: false,
        implicitKey: !explicitKey && (simpleKeys || !allNullValues),
        indent: indent + indentStep
      });
      let keyCommentDone = false;
      let chompKeep = false;
      let str = stringify.stringify(key, ctx, () => keyCommentDone = true, () => chompKeep = true);
      if (!explicitKey && !ctx.inFlow && str.length > 1024) {
        if (simpleKeys)
          throw new Error("With simple keys, single line scalar must not span more than 1024 characters");
        explicitKey = true;
      }
      if (ctx.inFlow) {
        if (allNullValues || value2 == null) {
          if (keyCommentDone && onComment)
            onComment();
          return str === "" ? "?" : explicitKey ? `? ${str}` : str;
        }
      } else if (allNullValues && !simpleKeys || value2 == null && explicitKey) {
        str = `? ${str}`;
        if (keyComment && !keyCommentDone) {
          str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
        } else if (chompKeep && onChompKeep)
          onChompKeep();
        return str;
      }
      if (keyCommentDone)
        keyComment = null;
      if (explicitKey) {
        if (keyComment)
          str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
        str = `? ${str}
${indent}:`;
      } else {
        str = `${str}:`;
        if (keyComment)
          str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
      }
      let vsb, vcb, valueComment;
      if (identity.isNode(value2)) {
        vsb = !!value2.spaceBefore;
        vcb = value2.commentBefore;
        valueComment = value2.comment;
      } else {
        vsb = false;
        vcb = null;
        valueComment = null;
        if (value2 && typeof value2 === "object")
          value2 = doc.createNode(value2);
      }
      ctx.implicitKey = false;
      if (!explicitKey && !keyComment && identity.isScalar(value2))
        ctx.indentAtStart = str.length + 1;
      chompKeep = false;
      if (!indentSeq && indentStep.length >= 2 && !ctx.inFlow && !explicitKey && identity.isSeq(value2) && !value2.flow && !value2.tag && !value2.anchor) {
        ctx.indent = ctx.indent.substring(2);
      }
      let valueCommentDone = false;
      const valueStr = stringify.stringify(value2, ctx, () => valueCommentDone = true, () => chompKeep = true);
      let ws = " ";
      if (keyComment || vsb || vcb) {
        ws = vsb ? "\n" : "";
        if (vcb) {
          const cs = commentString(vcb);
          ws += `
${stringifyComment.indentComment(cs, ctx.indent)}`;
        }
        if (valueStr === "" && !ctx.inFlow) {
          if (ws === "\n" && valueComment)
            ws = "\n\n";
        } else {
          ws += `
${ctx.indent}`;
        }
      } else if (!explicitKey && identity.isCollection(value2)) {
        const vs0 = valueStr[0];
        const nl0 = valueStr.indexOf("\n");
        const hasNewline = nl0 !== -1;
        const flow = ctx.inFlow ?? value2.flow ?? value2.items.length === 0;
        if (hasNewline || !flow) {
          let hasPropsLine = false;
          if (hasNewline && (vs0 === "&" || vs0 === "!")) {
            let sp0 = valueStr.indexOf(" ");
            if (vs0 === "&" && sp0 !== -1 && sp0 < nl0 && valueStr[sp0 + 1] === "!") {
              sp0 = valueStr.indexOf(" ", sp0 + 1);
            }
            if (sp0 === -1 || nl0 < sp0)
              hasPropsLine = true;
          }
          if (!hasPropsLine)
            ws = `
${ctx.indent}`;
        }
      } else if (valueStr === "" || valueStr[0] === "\n") {
        ws = "";
      }
      str += ws + valueStr;
      if (ctx.inFlow) {
        if (valueCommentDone && onComment)
          onComment();
      } else if (valueComment && !valueCommentDone) {
        str += stringifyComment.lineComment(str, ctx.indent, commentString(valueComment));
      } else if (chompKeep && onChompKeep) {
        onChompKeep();
      }
      return str;
    }
    exports2.stringifyPair = stringifyPair;
  }
});

// ../../work/main/node_modules/yaml/dist/log.js
var require_log = __commonJS({
  "../../work/main/node_modules/yaml/dist/log.js"(exports2) {
    "use strict";
    var node_process = require("process");
    function debug(logLevel, ...messages) {
      if (logLevel === "debug")
        console.log(...messages);
    }
    function warn(logLevel, warning) {
      if (logLevel === "debug" || logLevel === "warn") {
        if (typeof node_process.emitWarning === "function")
          node_process.emitWarning(warning);
        else
          console.warn(warning);
      }
    }
    exports2.debug = debug;
    exports2.warn = warn;
  }
});

// ../../work/main/node_modules/yaml/dist/schema/yaml-1.1/merge.js
var require_merge = __commonJS({
  "../../work/main/node_modules/yaml/dist/schema/yaml-1.1/merge.js"(exports2) {
    "use strict";
    var identity = require_identity();
    var Scalar = require_Scalar();
    var MERGE_KEY = "<<";
    var merge = {
      identify: (value2) => value2 === MERGE_KEY || typeof value2 === "symbol" && value2.description === MERGE_KEY,
      default: "key",
      tag: "tag:yaml.org,2002:merge",
      test: /^<<$/,
      resolve: () => Object.assign(new Scalar.Scalar(Symbol(MERGE_KEY)), {
        addToJSMap: addMergeToJSMap
      }),
      stringify: () => MERGE_KEY
    };
    var isMergeKey = (ctx, key) => (merge.identify(key) || identity.isScalar(key) && (!key.type || key.type === Scalar.Scalar.PLAIN) && merge.identify(key.value)) && ctx?.doc.schema.tags.some((tag) => tag.tag === merge.tag && tag.default);
    function addMergeToJSMap(ctx, map2, value2) {
      const source = resolveAliasValue(ctx, value2);
      if (identity.isSeq(source))
        for (const it of source.items)
          mergeValue(ctx, map2, it);
      else if (Array.isArray(source))
        for (const it of source)
          mergeValue(ctx, map2, it);
      else
        mergeValue(ctx, map2, source);
    }
    function mergeValue(ctx, map2, value2) {
      const source = resolveAliasValue(ctx, value2);
      if (!identity.isMap(source))
        throw new Error("Merge sources must be maps or map aliases");
      const srcMap = source.toJSON(null, ctx, Map);
      for (const [key, value3] of srcMap) {
        if (map2 instanceof Map) {
          if (!map2.has(key))
            map2.set(key, value3);
        } else if (map2 instanceof Set) {
          map2.add(key);
        } else if (!Object.prototype.hasOwnProperty.call(map2, key)) {
          Object.defineProperty(map2, key, {
            value: value3,
            writable: true,
            enumerable: true,
            configurable: true
          });
        }
      }
      return map2;
    }
    function resolveAliasValue(ctx, value2) {
      return ctx && identity.isAlias(value2) ? value2.resolve(ctx.doc, ctx) : value2;
    }
    exports2.addMergeToJSMap = addMergeToJSMap;
    exports2.isMergeKey = isMergeKey;
    exports2.merge = merge;
  }
});

// ../../work/main/node_modules/yaml/dist/nodes/addPairToJSMap.js
var require_addPairToJSMap = __commonJS({
  "../../work/main/node_modules/yaml/dist/nodes/addPairToJSMap.js"(exports2) {
    "use strict";
    var log = require_log();
    var merge = require_merge();
    var stringify = require_stringify();
    var identity = require_identity();
    var toJS = require_toJS();
    function addPairToJSMap(ctx, map2, { key, value: value2 }) {
      if (identity.isNode(key) && key.addToJSMap)
        key.addToJSMap(ctx, map2, value2);
      else if (merge.isMergeKey(ctx, key))
        merge.addMergeToJSMap(ctx, map2, value2);
      else {
        const jsKey = toJS.toJS(key, "", ctx);
        if (map2 instanceof Map) {
          map2.set(jsKey, toJS.toJS(value2, jsKey, ctx));
        } else if (map2 instanceof Set) {
          map2.add(jsKey);
        } else {
          const stringKey = stringifyKey(key, jsKey, ctx);
          const jsValue = toJS.toJS(value2, stringKey, ctx);
          if (stringKey in map2)
            Object.defineProperty(map2, stringKey, {
              value: jsValue,
              writable: true,
              enumerable: true,
              configurable: true
            });
          else
            map2[stringKey] = jsValue;
        }
      }
      return map2;
    }
    function stringifyKey(key, jsKey, ctx) {
      if (jsKey === null)
        return "";
      if (typeof jsKey !== "object")
        return String(jsKey);
      if (identity.isNode(key) && ctx?.doc) {
        const strCtx = stringify.createStringifyContext(ctx.doc, {});
        strCtx.anchors = /* @__PURE__ */ new Set();
        for (const node of ctx.anchors.keys())
          strCtx.anchors.add(node.anchor);
        strCtx.inFlow = true;
        strCtx.inStringifyKey = true;
        const strKey = key.toString(strCtx);
        if (!ctx.mapKeyWarned) {
          let jsonStr = JSON.stringify(strKey);
          if (jsonStr.length > 40)
            jsonStr = jsonStr.substring(0, 36) + '..."';
          log.warn(ctx.doc.options.logLevel, `Keys with collection values will be stringified due to JS Object restrictions: ${jsonStr}. Set mapAsMap: true to use object keys.`);
          ctx.mapKeyWarned = true;
        }
        return strKey;
      }
      return JSON.stringify(jsKey);
    }
    exports2.addPairToJSMap = addPairToJSMap;
  }
});

// ../../work/main/node_modules/yaml/dist/nodes/Pair.js
var require_Pair = __commonJS({
  "../../work/main/node_modules/yaml/dist/nodes/Pair.js"(exports2) {
    "use strict";
    var createNode = require_createNode();
    var stringifyPair = require_stringifyPair();
    var addPairToJSMap = require_addPairToJSMap();
    var identity = require_identity();
    function createPair(key, value2, ctx) {
      const k = createNode.createNode(key, void 0, ctx);
      const v = createNode.createNode(value2, void 0, ctx);
      return new Pair(k, v);
    }
    var Pair = class _Pair {
      constructor(key, value2 = null) {
        Object.defineProperty(this, identity.NODE_TYPE, { value: identity.PAIR });
        this.key = key;
        this.value = value2;
      }
      clone(schema) {
        let { key, value: value2 } = this;
        if (identity.isNode(key))
          key = key.clone(schema);
        if (identity.isNode(value2))
          value2 = value2.clone(schema);
        return new _Pair(key, value2);
      }
      toJSON(_, ctx) {
        const pair = ctx?.mapAsMap ? /* @__PURE__ */ new Map() : {};
        return addPairToJSMap.addPairToJSMap(ctx, pair, this);
      }
      toString(ctx, onComment, onChompKeep) {
        return ctx?.doc ? stringifyPair.stringifyPair(this, ctx, onComment, onChompKeep) : JSON.stringify(this);
      }
    };
    exports2.Pair = Pair;
    exports2.createPair = createPair;
  }
});

// ../../work/main/node_modules/yaml/dist/stringify/stringifyCollection.js
var require_stringifyCollection = __commonJS({
  "../../work/main/node_modules/yaml/dist/stringify/stringifyCollection.js"(exports2) {
    "use strict";
    var identity = require_identity();
    var stringify = require_stringify();
    var stringifyComment = require_stringifyComment();
    function stringifyCollection(collection, ctx, options2) {
      const flow = ctx.inFlow ?? collection.flow;
      const stringify2 = flow ? stringifyFlowCollection : stringifyBlockCollection;
      return stringify2(collection, ctx, options2);
    }
    function stringifyBlockCollection({ comment: comment2, items: items2 }, ctx, { blockItemPrefix, flowChars, itemIndent, onChompKeep, onComment }) {
      const { indent, options: { commentString } } = ctx;
      const itemCtx = Object.assign({}, ctx, { indent: itemIndent, type: null });
      let chompKeep = false;
      const lines = [];
      for (let i = 0; i < items2.length; ++i) {
        const item = items2[i];
        let comment3 = null;
        if (identity.isNode(item)) {
          if (!chompKeep && item.spaceBefore)
            lines.push("");
          addCommentBefore(ctx, lines, item.commentBefore, chompKeep);
          if (item.comment)
            comment3 = item.comment;
        } else if (identity.isPair(item)) {
          const ik = identity.isNode(item.key) ? item.key : null;
          if (ik) {
            if (!chompKeep && ik.spaceBefore)
              lines.push("");
            addCommentBefore(ctx, lines, ik.commentBefore, chompKeep);
          }
        }
        chompKeep = false;
        let str2 = stringify.stringify(item, itemCtx, () => comment3 = null, () => chompKeep = true);
        if (comment3)
          str2 += stringifyComment.lineComment(str2, itemIndent, commentString(comment3));
        if (chompKeep && comment3)
          chompKeep = false;
        lines.push(blockItemPrefix + str2);
      }
      let str;
      if (lines.length === 0) {
        str = flowChars.start + flowChars.end;
      } else {
        str = lines[0];
        for (let i = 1; i < lines.length; ++i) {
          const line = lines[i];
          str += line ? `
${indent}${line}` : "\n";
        }
      }
      if (comment2) {
        str += "\n" + stringifyComment.indentComment(commentString(comment2), indent);
        if (onComment)
          onComment();
      } else if (chompKeep && onChompKeep)
        onChompKeep();
      return str;
    }
    function stringifyFlowCollection({ items: items2 }, ctx, { flowChars, itemIndent }) {
      const { indent, indentStep, flowCollectionPadding: fcPadding, options: { commentString } } = ctx;
      itemIndent += indentStep;
      const itemCtx = Object.assign({}, ctx, {
        indent: itemIndent,
        inFlow: true,
        type: null
      });
      let reqNewline = false;
      let linesAtValue = 0;
      const lines = [];
      for (let i = 0; i < items2.length; ++i) {
        const item = items2[i];
        let comment2 = null;
        if (identity.isNode(item)) {
          if (item.spaceBefore)
            lines.push("");
          addCommentBefore(ctx, lines, item.commentBefore, false);
          if (item.comment)
            comment2 = item.comment;
        } else if (identity.isPair(item)) {
          const ik = identity.isNode(item.key) ? item.key : null;
          if (ik) {
            if (ik.spaceBefore)
              lines.push("");
            addCommentBefore(ctx, lines, ik.commentBefore, false);
            if (ik.comment)
              reqNewline = true;
          }
          const iv = identity.isNode(item.value) ? item.value : null;
          if (iv) {
            if (iv.comment)
              comment2 = iv.comment;
            if (iv.commentBefore)
              reqNewline = true;
          } else if (item.value == null && ik?.comment) {
            comment2 = ik.comment;
          }
        }
        if (comment2)
          reqNewline = true;
        let str = stringify.stringify(item, itemCtx, () => comment2 = null);
        reqNewline || (reqNewline = lines.length > linesAtValue || str.includes("\n"));
        if (i < items2.length - 1) {
          str += ",";
        } else if (ctx.options.trailingComma) {
          if (ctx.options.lineWidth > 0) {
            reqNewline || (reqNewline = lines.reduce((sum2, line) => sum2 + line.length + 2, 2) + (str.length + 2) > ctx.options.lineWidth);
          }
          if (reqNewline) {
            str += ",";
          }
        }
        if (comment2)
          str += stringifyComment.lineComment(str, itemIndent, commentString(comment2));
        lines.push(str);
        linesAtValue = lines.length;
      }
      const { start: start3, end } = flowChars;
      if (lines.length === 0) {
        return start3 + end;
      } else {
        if (!reqNewline) {
          const len = lines.reduce((sum2, line) => sum2 + line.length + 2, 2);
          reqNewline = ctx.options.lineWidth > 0 && len > ctx.options.lineWidth;
        }
        if (reqNewline) {
          let str = start3;
          for (const line of lines)
            str += line ? `
${indentStep}${indent}${line}` : "\n";
          return `${str}
${indent}${end}`;
        } else {
          return `${start3}${fcPadding}${lines.join(" ")}${fcPadding}${end}`;
        }
      }
    }
    function addCommentBefore({ indent, options: { commentString } }, lines, comment2, chompKeep) {
      if (comment2 && chompKeep)
        comment2 = comment2.replace(/^\n+/, "");
      if (comment2) {
        const ic = stringifyComment.indentComment(commentString(comment2), indent);
        lines.push(ic.trimStart());
      }
    }
    exports2.stringifyCollection = stringifyCollection;
  }
});

// ../../work/main/node_modules/yaml/dist/nodes/YAMLMap.js
var require_YAMLMap = __commonJS({
  "../../work/main/node_modules/yaml/dist/nodes/YAMLMap.js"(exports2) {
    "use strict";
    var stringifyCollection = require_stringifyCollection();
    var addPairToJSMap = require_addPairToJSMap();
    var Collection = require_Collection();
    var identity = require_identity();
    var Pair = require_Pair();
    var Scalar = require_Scalar();
    function findPair(items2, key) {
      const k = identity.isScalar(key) ? key.value : key;
      for (const it of items2) {
        if (identity.isPair(it)) {
          if (it.key === key || it.key === k)
            return it;
          if (identity.isScalar(it.key) && it.key.value === k)
            return it;
        }
      }
      return void 0;
    }
    var YAMLMap = class extends Collection.Collection {
      static get tagName() {
        return "tag:yaml.org,2002:map";
      }
      constructor(schema) {
        super(identity.MAP, schema);
        this.items = [];
      }
      /**
       * A generic collection parsing method that can be extended
       * to other node classes that inherit from YAMLMap
       */
      static from(schema, obj, ctx) {
        const { keepUndefined, replacer } = ctx;
        const map2 = new this(schema);
        const add = (key, value2) => {
          if (typeof replacer === "function")
            value2 = replacer.call(obj, key, value2);
          else if (Array.isArray(replacer) && !replacer.includes(key))
            return;
          if (value2 !== void 0 || keepUndefined)
            map2.items.push(Pair.createPair(key, value2, ctx));
        };
        if (obj instanceof Map) {
          for (const [key, value2] of obj)
            add(key, value2);
        } else if (obj && typeof obj === "object") {
          for (const key of Object.keys(obj))
            add(key, obj[key]);
        }
        if (typeof schema.sortMapEntries === "function") {
          map2.items.sort(schema.sortMapEntries);
        }
        return map2;
      }
      /**
       * Adds a value to the collection.
       *
       * @param overwrite - If not set `true`, using a key that is already in the
       *   collection will throw. Otherwise, overwrites the previous value.
       */
      add(pair, overwrite) {
        let _pair;
        if (identity.isPair(pair))
          _pair = pair;
        else if (!pair || typeof pair !== "object" || !("key" in pair)) {
          _pair = new Pair.Pair(pair, pair?.value);
        } else
          _pair = new Pair.Pair(pair.key, pair.value);
        const prev = findPair(this.items, _pair.key);
        const sortEntries = this.schema?.sortMapEntries;
        if (prev) {
          if (!overwrite)
            throw new Error(`Key ${_pair.key} already set`);
          if (identity.isScalar(prev.value) && Scalar.isScalarValue(_pair.value))
            prev.value.value = _pair.value;
          else
            prev.value = _pair.value;
        } else if (sortEntries) {
          const i = this.items.findIndex((item) => sortEntries(_pair, item) < 0);
          if (i === -1)
            this.items.push(_pair);
          else
            this.items.splice(i, 0, _pair);
        } else {
          this.items.push(_pair);
        }
      }
      delete(key) {
        const it = findPair(this.items, key);
        if (!it)
          return false;
        const del = this.items.splice(this.items.indexOf(it), 1);
        return del.length > 0;
      }
      get(key, keepScalar) {
        const it = findPair(this.items, key);
        const node = it?.value;
        return (!keepScalar && identity.isScalar(node) ? node.value : node) ?? void 0;
      }
      has(key) {
        return !!findPair(this.items, key);
      }
      set(key, value2) {
        this.add(new Pair.Pair(key, value2), true);
      }
      /**
       * @param ctx - Conversion context, originally set in Document#toJS()
       * @param {Class} Type - If set, forces the returned collection type
       * @returns Instance of Type, Map, or Object
       */
      toJSON(_, ctx, Type) {
        const map2 = Type ? new Type() : ctx?.mapAsMap ? /* @__PURE__ */ new Map() : {};
        if (ctx?.onCreate)
          ctx.onCreate(map2);
        for (const item of this.items)
          addPairToJSMap.addPairToJSMap(ctx, map2, item);
        return map2;
      }
      toString(ctx, onComment, onChompKeep) {
        if (!ctx)
          return JSON.stringify(this);
        for (const item of this.items) {
          if (!identity.isPair(item))
            throw new Error(`Map items must all be pairs; found ${JSON.stringify(item)} instead`);
        }
        if (!ctx.allNullValues && this.hasAllNullValues(false))
          ctx = Object.assign({}, ctx, { allNullValues: true });
        return stringifyCollection.stringifyCollection(this, ctx, {
          blockItemPrefix: "",
          flowChars: { start: "{", end: "}" },
          itemIndent: ctx.indent || "",
          onChompKeep,
          onComment
        });
      }
    };
    exports2.YAMLMap = YAMLMap;
    exports2.findPair = findPair;
  }
});

// ../../work/main/node_modules/yaml/dist/schema/common/map.js
var require_map = __commonJS({
  "../../work/main/node_modules/yaml/dist/schema/common/map.js"(exports2) {
    "use strict";
    var identity = require_identity();
    var YAMLMap = require_YAMLMap();
    var map2 = {
      collection: "map",
      default: true,
      nodeClass: YAMLMap.YAMLMap,
      tag: "tag:yaml.org,2002:map",
      resolve(map3, onError) {
        if (!identity.isMap(map3))
          onError("Expected a mapping for this tag");
        return map3;
      },
      createNode: (schema, obj, ctx) => YAMLMap.YAMLMap.from(schema, obj, ctx)
    };
    exports2.map = map2;
  }
});

// ../../work/main/node_modules/yaml/dist/nodes/YAMLSeq.js
var require_YAMLSeq = __commonJS({
  "../../work/main/node_modules/yaml/dist/nodes/YAMLSeq.js"(exports2) {
    "use strict";
    var createNode = require_createNode();
    var stringifyCollection = require_stringifyCollection();
    var Collection = require_Collection();
    var identity = require_identity();
    var Scalar = require_Scalar();
    var toJS = require_toJS();
    var YAMLSeq = class extends Collection.Collection {
      static get tagName() {
        return "tag:yaml.org,2002:seq";
      }
      constructor(schema) {
        super(identity.SEQ, schema);
        this.items = [];
      }
      add(value2) {
        this.items.push(value2);
      }
      /**
       * Removes a value from the collection.
       *
       * `key` must contain a representation of an integer for this to succeed.
       * It may be wrapped in a `Scalar`.
       *
       * @returns `true` if the item was found and removed.
       */
      delete(key) {
        const idx = asItemIndex(key);
        if (typeof idx !== "number")
          return false;
        const del = this.items.splice(idx, 1);
        return del.length > 0;
      }
      get(key, keepScalar) {
        const idx = asItemIndex(key);
        if (typeof idx !== "number")
          return void 0;
        const it = this.items[idx];
        return !keepScalar && identity.isScalar(it) ? it.value : it;
      }
      /**
       * Checks if the collection includes a value with the key `key`.
       *
       * `key` must contain a representation of an integer for this to succeed.
       * It may be wrapped in a `Scalar`.
       */
      has(key) {
        const idx = asItemIndex(key);
        return typeof idx === "number" && idx < this.items.length;
      }
      /**
       * Sets a value in this collection. For `!!set`, `value` needs to be a
       * boolean to add/remove the item from the set.
       *
       * If `key` does not contain a representation of an integer, this will throw.
       * It may be wrapped in a `Scalar`.
       */
      set(key, value2) {
        const idx = asItemIndex(key);
        if (typeof idx !== "number")
          throw new Error(`Expected a valid index, not ${key}.`);
        const prev = this.items[idx];
        if (identity.isScalar(prev) && Scalar.isScalarValue(value2))
          prev.value = value2;
        else
          this.items[idx] = value2;
      }
      toJSON(_, ctx) {
        const seq = [];
        if (ctx?.onCreate)
          ctx.onCreate(seq);
        let i = 0;
        for (const item of this.items)
          seq.push(toJS.toJS(item, String(i++), ctx));
        return seq;
      }
      toString(ctx, onComment, onChompKeep) {
        if (!ctx)
          return JSON.stringify(this);
        return stringifyCollection.stringifyCollection(this, ctx, {
          blockItemPrefix: "- ",
          flowChars: { start: "[", end: "]" },
          itemIndent: (ctx.indent || "") + "  ",
          onChompKeep,
          onComment
        });
      }
      static from(schema, obj, ctx) {
        const { replacer } = ctx;
        const seq = new this(schema);
        if (obj && Symbol.iterator in Object(obj)) {
          let i = 0;
          for (let it of obj) {
            if (typeof replacer === "function") {
              const key = obj instanceof Set ? it : String(i++);
              it = replacer.call(obj, key, it);
            }
            seq.items.push(createNode.createNode(it, void 0, ctx));
          }
        }
        return seq;
      }
    };
    function asItemIndex(key) {
      let idx = identity.isScalar(key) ? key.value : key;
      if (idx && typeof idx === "string")
        idx = Number(idx);
      return typeof idx === "number" && Number.isInteger(idx) && idx >= 0 ? idx : null;
    }
    exports2.YAMLSeq = YAMLSeq;
  }
});

// ../../work/main/node_modules/yaml/dist/schema/common/seq.js
var require_seq = __commonJS({
  "../../work/main/node_modules/yaml/dist/schema/common/seq.js"(exports2) {
    "use strict";
    var identity = require_identity();
    var YAMLSeq = require_YAMLSeq();
    var seq = {
      collection: "seq",
      default: true,
      nodeClass: YAMLSeq.YAMLSeq,
      tag: "tag:yaml.org,2002:seq",
      resolve(seq2, onError) {
        if (!identity.isSeq(seq2))
          onError("Expected a sequence for this tag");
        return seq2;
      },
      createNode: (schema, obj, ctx) => YAMLSeq.YAMLSeq.from(schema, obj, ctx)
    };
    exports2.seq = seq;
  }
});

// ../../work/main/node_modules/yaml/dist/schema/common/string.js
var require_string = __commonJS({
  "../../work/main/node_modules/yaml/dist/schema/common/string.js"(exports2) {
    "use strict";
    var stringifyString = require_stringifyString();
    var string2 = {
      identify: (value2) => typeof value2 === "string",
      default: true,
      tag: "tag:yaml.org,2002:str",
      resolve: (str) => str,
      stringify(item, ctx, onComment, onChompKeep) {
        ctx = Object.assign({ actualString: true }, ctx);
        return stringifyString.stringifyString(item, ctx, onComment, onChompKeep);
      }
    };
    exports2.string = string2;
  }
});

// ../../work/main/node_modules/yaml/dist/schema/common/null.js
var require_null = __commonJS({
  "../../work/main/node_modules/yaml/dist/schema/common/null.js"(exports2) {
    "use strict";
    var Scalar = require_Scalar();
    var nullTag = {
      identify: (value2) => value2 == null,
      createNode: () => new Scalar.Scalar(null),
      default: true,
      tag: "tag:yaml.org,2002:null",
      test: /^(?:~|[Nn]ull|NULL)?$/,
      resolve: () => new Scalar.Scalar(null),
      stringify: ({ source }, ctx) => typeof source === "string" && nullTag.test.test(source) ? source : ctx.options.nullStr
    };
    exports2.nullTag = nullTag;
  }
});

// ../../work/main/node_modules/yaml/dist/schema/core/bool.js
var require_bool = __commonJS({
  "../../work/main/node_modules/yaml/dist/schema/core/bool.js"(exports2) {
    "use strict";
    var Scalar = require_Scalar();
    var boolTag = {
      identify: (value2) => typeof value2 === "boolean",
      default: true,
      tag: "tag:yaml.org,2002:bool",
      test: /^(?:[Tt]rue|TRUE|[Ff]alse|FALSE)$/,
      resolve: (str) => new Scalar.Scalar(str[0] === "t" || str[0] === "T"),
      stringify({ source, value: value2 }, ctx) {
        if (source && boolTag.test.test(source)) {
          const sv = source[0] === "t" || source[0] === "T";
          if (value2 === sv)
            return source;
        }
        return value2 ? ctx.options.trueStr : ctx.options.falseStr;
      }
    };
    exports2.boolTag = boolTag;
  }
});

// ../../work/main/node_modules/yaml/dist/stringify/stringifyNumber.js
var require_stringifyNumber = __commonJS({
  "../../work/main/node_modules/yaml/dist/stringify/stringifyNumber.js"(exports2) {
    "use strict";
    function stringifyNumber({ format, minFractionDigits, tag, value: value2 }) {
      if (typeof value2 === "bigint")
        return String(value2);
      const num = typeof value2 === "number" ? value2 : Number(value2);
      if (!isFinite(num))
        return isNaN(num) ? ".nan" : num < 0 ? "-.inf" : ".inf";
      let n = Object.is(value2, -0) ? "-0" : JSON.stringify(value2);
      if (!format && minFractionDigits && (!tag || tag === "tag:yaml.org,2002:float") && /^-?\d/.test(n) && !n.includes("e")) {
        let i = n.indexOf(".");
        if (i < 0) {
          i = n.length;
          n += ".";
        }
        let d = minFractionDigits - (n.length - i - 1);
        while (d-- > 0)
          n += "0";
      }
      return n;
    }
    exports2.stringifyNumber = stringifyNumber;
  }
});

// ../../work/main/node_modules/yaml/dist/schema/core/float.js
var require_float = __commonJS({
  "../../work/main/node_modules/yaml/dist/schema/core/float.js"(exports2) {
    "use strict";
    var Scalar = require_Scalar();
    var stringifyNumber = require_stringifyNumber();
    var floatNaN = {
      identify: (value2) => typeof value2 === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/,
      resolve: (str) => str.slice(-3).toLowerCase() === "nan" ? NaN : str[0] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
      stringify: stringifyNumber.stringifyNumber
    };
    var floatExp = {
      identify: (value2) => typeof value2 === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      format: "EXP",
      test: /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+$/,
      resolve: (str) => parseFloat(str),
      stringify(node) {
        const num = Number(node.value);
        return isFinite(num) ? num.toExponential() : stringifyNumber.stringifyNumber(node);
      }
    };
    var float = {
      identify: (value2) => typeof value2 === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      test: /^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)$/,
      resolve(str) {
        const node = new Scalar.Scalar(parseFloat(str));
        const dot = str.indexOf(".");
        if (dot !== -1 && str[str.length - 1] === "0")
          node.minFractionDigits = str.length - dot - 1;
        return node;
      },
      stringify: stringifyNumber.stringifyNumber
    };
    exports2.float = float;
    exports2.floatExp = floatExp;
    exports2.floatNaN = floatNaN;
  }
});

// ../../work/main/node_modules/yaml/dist/schema/core/int.js
var require_int = __commonJS({
  "../../work/main/node_modules/yaml/dist/schema/core/int.js"(exports2) {
    "use strict";
    var stringifyNumber = require_stringifyNumber();
    var intIdentify = (value2) => typeof value2 === "bigint" || Number.isInteger(value2);
    var intResolve = (str, offset, radix, { intAsBigInt }) => intAsBigInt ? BigInt(str) : parseInt(str.substring(offset), radix);
    function intStringify(node, radix, prefix) {
      const { value: value2 } = node;
      if (intIdentify(value2) && value2 >= 0)
        return prefix + value2.toString(radix);
      return stringifyNumber.stringifyNumber(node);
    }
    var intOct = {
      identify: (value2) => intIdentify(value2) && value2 >= 0,
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "OCT",
      test: /^0o[0-7]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 2, 8, opt),
      stringify: (node) => intStringify(node, 8, "0o")
    };
    var int = {
      identify: intIdentify,
      default: true,
      tag: "tag:yaml.org,2002:int",
      test: /^[-+]?[0-9]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 0, 10, opt),
      stringify: stringifyNumber.stringifyNumber
    };
    var intHex = {
      identify: (value2) => intIdentify(value2) && value2 >= 0,
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "HEX",
      test: /^0x[0-9a-fA-F]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 2, 16, opt),
      stringify: (node) => intStringify(node, 16, "0x")
    };
    exports2.int = int;
    exports2.intHex = intHex;
    exports2.intOct = intOct;
  }
});

// ../../work/main/node_modules/yaml/dist/schema/core/schema.js
var require_schema = __commonJS({
  "../../work/main/node_modules/yaml/dist/schema/core/schema.js"(exports2) {
    "use strict";
    var map2 = require_map();
    var _null = require_null();
    var seq = require_seq();
    var string2 = require_string();
    var bool = require_bool();
    var float = require_float();
    var int = require_int();
    var schema = [
      map2.map,
      seq.seq,
      string2.string,
      _null.nullTag,
      bool.boolTag,
      int.intOct,
      int.int,
      int.intHex,
      float.floatNaN,
      float.floatExp,
      float.float
    ];
    exports2.schema = schema;
  }
});

// ../../work/main/node_modules/yaml/dist/schema/json/schema.js
var require_schema2 = __commonJS({
  "../../work/main/node_modules/yaml/dist/schema/json/schema.js"(exports2) {
    "use strict";
    var Scalar = require_Scalar();
    var map2 = require_map();
    var seq = require_seq();
    function intIdentify(value2) {
      return typeof value2 === "bigint" || Number.isInteger(value2);
    }
    var stringifyJSON = ({ value: value2 }) => JSON.stringify(value2);
    var jsonScalars = [
      {
        identify: (value2) => typeof value2 === "string",
        default: true,
        tag: "tag:yaml.org,2002:str",
        resolve: (str) => str,
        stringify: stringifyJSON
      },
      {
        identify: (value2) => value2 == null,
        createNode: () => new Scalar.Scalar(null),
        default: true,
        tag: "tag:yaml.org,2002:null",
        test: /^null$/,
        resolve: () => null,
        stringify: stringifyJSON
      },
      {
        identify: (value2) => typeof value2 === "boolean",
        default: true,
        tag: "tag:yaml.org,2002:bool",
        test: /^true$|^false$/,
        resolve: (str) => str === "true",
        stringify: stringifyJSON
      },
      {
        identify: intIdentify,
        default: true,
        tag: "tag:yaml.org,2002:int",
        test: /^-?(?:0|[1-9][0-9]*)$/,
        resolve: (str, _onError, { intAsBigInt }) => intAsBigInt ? BigInt(str) : parseInt(str, 10),
        stringify: ({ value: value2 }) => intIdentify(value2) ? value2.toString() : JSON.stringify(value2)
      },
      {
        identify: (value2) => typeof value2 === "number",
        default: true,
        tag: "tag:yaml.org,2002:float",
        test: /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?$/,
        resolve: (str) => parseFloat(str),
        stringify: stringifyJSON
      }
    ];
    var jsonError = {
      default: true,
      tag: "",
      test: /^/,
      resolve(str, onError) {
        onError(`Unresolved plain scalar ${JSON.stringify(str)}`);
        return str;
      }
    };
    var schema = [map2.map, seq.seq].concat(jsonScalars, jsonError);
    exports2.schema = schema;
  }
});

// ../../work/main/node_modules/yaml/dist/schema/yaml-1.1/binary.js
var require_binary = __commonJS({
  "../../work/main/node_modules/yaml/dist/schema/yaml-1.1/binary.js"(exports2) {
    "use strict";
    var node_buffer = require("buffer");
    var Scalar = require_Scalar();
    var stringifyString = require_stringifyString();
    var binary = {
      identify: (value2) => value2 instanceof Uint8Array,
      // Buffer inherits from Uint8Array
      default: false,
      tag: "tag:yaml.org,2002:binary",
      /**
       * Returns a Buffer in node and an Uint8Array in browsers
       *
       * To use the resulting buffer as an image, you'll want to do something like:
       *
       *   const blob = new Blob([buffer], { type: 'image/jpeg' })
       *   document.querySelector('#photo').src = URL.createObjectURL(blob)
       */
      resolve(src, onError) {
        if (typeof node_buffer.Buffer === "function") {
          return node_buffer.Buffer.from(src, "base64");
        } else if (typeof atob === "function") {
          const str = atob(src.replace(/[\n\r]/g, ""));
          const buffer = new Uint8Array(str.length);
          for (let i = 0; i < str.length; ++i)
            buffer[i] = str.charCodeAt(i);
          return buffer;
        } else {
          onError("This environment does not support reading binary tags; either Buffer or atob is required");
          return src;
        }
      },
      stringify({ comment: comment2, type, value: value2 }, ctx, onComment, onChompKeep) {
        if (!value2)
          return "";
        const buf = value2;
        let str;
        if (typeof node_buffer.Buffer === "function") {
          str = buf instanceof node_buffer.Buffer ? buf.toString("base64") : node_buffer.Buffer.from(buf.buffer).toString("base64");
        } else if (typeof btoa === "function") {
          let s = "";
          for (let i = 0; i < buf.length; ++i)
            s += String.fromCharCode(buf[i]);
          str = btoa(s);
        } else {
          throw new Error("This environment does not support writing binary tags; either Buffer or btoa is required");
        }
        type ?? (type = Scalar.Scalar.BLOCK_LITERAL);
        if (type !== Scalar.Scalar.QUOTE_DOUBLE) {
          const lineWidth = Math.max(ctx.options.lineWidth - ctx.indent.length, ctx.options.minContentWidth);
          const n = Math.ceil(str.length / lineWidth);
          const lines = new Array(n);
          for (let i = 0, o = 0; i < n; ++i, o += lineWidth) {
            lines[i] = str.substr(o, lineWidth);
          }
          str = lines.join(type === Scalar.Scalar.BLOCK_LITERAL ? "\n" : " ");
        }
        return stringifyString.stringifyString({ comment: comment2, type, value: str }, ctx, onComment, onChompKeep);
      }
    };
    exports2.binary = binary;
  }
});

// ../../work/main/node_modules/yaml/dist/schema/yaml-1.1/pairs.js
var require_pairs = __commonJS({
  "../../work/main/node_modules/yaml/dist/schema/yaml-1.1/pairs.js"(exports2) {
    "use strict";
    var identity = require_identity();
    var Pair = require_Pair();
    var Scalar = require_Scalar();
    var YAMLSeq = require_YAMLSeq();
    function resolvePairs(seq, onError) {
      if (identity.isSeq(seq)) {
        for (let i = 0; i < seq.items.length; ++i) {
          let item = seq.items[i];
          if (identity.isPair(item))
            continue;
          else if (identity.isMap(item)) {
            if (item.items.length > 1)
              onError("Each pair must have its own sequence indicator");
            const pair = item.items[0] || new Pair.Pair(new Scalar.Scalar(null));
            if (item.commentBefore)
              pair.key.commentBefore = pair.key.commentBefore ? `${item.commentBefore}
${pair.key.commentBefore}` : item.commentBefore;
            if (item.comment) {
              const cn = pair.value ?? pair.key;
              cn.comment = cn.comment ? `${item.comment}
${cn.comment}` : item.comment;
            }
            item = pair;
          }
          seq.items[i] = identity.isPair(item) ? item : new Pair.Pair(item);
        }
      } else
        onError("Expected a sequence for this tag");
      return seq;
    }
    function createPairs(schema, iterable, ctx) {
      const { replacer } = ctx;
      const pairs2 = new YAMLSeq.YAMLSeq(schema);
      pairs2.tag = "tag:yaml.org,2002:pairs";
      let i = 0;
      if (iterable && Symbol.iterator in Object(iterable))
        for (let it of iterable) {
          if (typeof replacer === "function")
            it = replacer.call(iterable, String(i++), it);
          let key, value2;
          if (Array.isArray(it)) {
            if (it.length === 2) {
              key = it[0];
              value2 = it[1];
            } else
              throw new TypeError(`Expected [key, value] tuple: ${it}`);
          } else if (it && it instanceof Object) {
            const keys4 = Object.keys(it);
            if (keys4.length === 1) {
              key = keys4[0];
              value2 = it[key];
            } else {
              throw new TypeError(`Expected tuple with one key, not ${keys4.length} keys`);
            }
          } else {
            key = it;
          }
          pairs2.items.push(Pair.createPair(key, value2, ctx));
        }
      return pairs2;
    }
    var pairs = {
      collection: "seq",
      default: false,
      tag: "tag:yaml.org,2002:pairs",
      resolve: resolvePairs,
      createNode: createPairs
    };
    exports2.createPairs = createPairs;
    exports2.pairs = pairs;
    exports2.resolvePairs = resolvePairs;
  }
});

// ../../work/main/node_modules/yaml/dist/schema/yaml-1.1/omap.js
var require_omap = __commonJS({
  "../../work/main/node_modules/yaml/dist/schema/yaml-1.1/omap.js"(exports2) {
    "use strict";
    var identity = require_identity();
    var toJS = require_toJS();
    var YAMLMap = require_YAMLMap();
    var YAMLSeq = require_YAMLSeq();
    var pairs = require_pairs();
    var YAMLOMap = class _YAMLOMap extends YAMLSeq.YAMLSeq {
      constructor() {
        super();
        this.add = YAMLMap.YAMLMap.prototype.add.bind(this);
        this.delete = YAMLMap.YAMLMap.prototype.delete.bind(this);
        this.get = YAMLMap.YAMLMap.prototype.get.bind(this);
        this.has = YAMLMap.YAMLMap.prototype.has.bind(this);
        this.set = YAMLMap.YAMLMap.prototype.set.bind(this);
        this.tag = _YAMLOMap.tag;
      }
      /**
       * If `ctx` is given, the return type is actually `Map<unknown, unknown>`,
       * but TypeScript won't allow widening the signature of a child method.
       */
      toJSON(_, ctx) {
        if (!ctx)
          return super.toJSON(_);
        const map2 = /* @__PURE__ */ new Map();
        if (ctx?.onCreate)
          ctx.onCreate(map2);
        for (const pair of this.items) {
          let key, value2;
          if (identity.isPair(pair)) {
            key = toJS.toJS(pair.key, "", ctx);
            value2 = toJS.toJS(pair.value, key, ctx);
          } else {
            key = toJS.toJS(pair, "", ctx);
          }
          if (map2.has(key))
            throw new Error("Ordered maps must not include duplicate keys");
          map2.set(key, value2);
        }
        return map2;
      }
      static from(schema, iterable, ctx) {
        const pairs$1 = pairs.createPairs(schema, iterable, ctx);
        const omap2 = new this();
        omap2.items = pairs$1.items;
        return omap2;
      }
    };
    YAMLOMap.tag = "tag:yaml.org,2002:omap";
    var omap = {
      collection: "seq",
      identify: (value2) => value2 instanceof Map,
      nodeClass: YAMLOMap,
      default: false,
      tag: "tag:yaml.org,2002:omap",
      resolve(seq, onError) {
        const pairs$1 = pairs.resolvePairs(seq, onError);
        const seenKeys = [];
        for (const { key } of pairs$1.items) {
          if (identity.isScalar(key)) {
            if (seenKeys.includes(key.value)) {
              onError(`Ordered maps must not include duplicate keys: ${key.value}`);
            } else {
              seenKeys.push(key.value);
            }
          }
        }
        return Object.assign(new YAMLOMap(), pairs$1);
      },
      createNode: (schema, iterable, ctx) => YAMLOMap.from(schema, iterable, ctx)
    };
    exports2.YAMLOMap = YAMLOMap;
    exports2.omap = omap;
  }
});

// ../../work/main/node_modules/yaml/dist/schema/yaml-1.1/bool.js
var require_bool2 = __commonJS({
  "../../work/main/node_modules/yaml/dist/schema/yaml-1.1/bool.js"(exports2) {
    "use strict";
    var Scalar = require_Scalar();
    function boolStringify({ value: value2, source }, ctx) {
      const boolObj = value2 ? trueTag : falseTag;
      if (source && boolObj.test.test(source))
        return source;
      return value2 ? ctx.options.trueStr : ctx.options.falseStr;
    }
    var trueTag = {
      identify: (value2) => value2 === true,
      default: true,
      tag: "tag:yaml.org,2002:bool",
      test: /^(?:Y|y|[Yy]es|YES|[Tt]rue|TRUE|[Oo]n|ON)$/,
      resolve: () => new Scalar.Scalar(true),
      stringify: boolStringify
    };
    var falseTag = {
      identify: (value2) => value2 === false,
      default: true,
      tag: "tag:yaml.org,2002:bool",
      test: /^(?:N|n|[Nn]o|NO|[Ff]alse|FALSE|[Oo]ff|OFF)$/,
      resolve: () => new Scalar.Scalar(false),
      stringify: boolStringify
    };
    exports2.falseTag = falseTag;
    exports2.trueTag = trueTag;
  }
});

// ../../work/main/node_modules/yaml/dist/schema/yaml-1.1/float.js
var require_float2 = __commonJS({
  "../../work/main/node_modules/yaml/dist/schema/yaml-1.1/float.js"(exports2) {
    "use strict";
    var Scalar = require_Scalar();
    var stringifyNumber = require_stringifyNumber();
    var floatNaN = {
      identify: (value2) => typeof value2 === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/,
      resolve: (str) => str.slice(-3).toLowerCase() === "nan" ? NaN : str[0] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
      stringify: stringifyNumber.stringifyNumber
    };
    var floatExp = {
      identify: (value2) => typeof value2 === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      format: "EXP",
      test: /^[-+]?(?:[0-9][0-9_]*)?(?:\.[0-9_]*)?[eE][-+]?[0-9]+$/,
      resolve: (str) => parseFloat(str.replace(/_/g, "")),
      stringify(node) {
        const num = Number(node.value);
        return isFinite(num) ? num.toExponential() : stringifyNumber.stringifyNumber(node);
      }
    };
    var float = {
      identify: (value2) => typeof value2 === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      test: /^[-+]?(?:[0-9][0-9_]*)?\.[0-9_]*$/,
      resolve(str) {
        const node = new Scalar.Scalar(parseFloat(str.replace(/_/g, "")));
        const dot = str.indexOf(".");
        if (dot !== -1) {
          const f = str.substring(dot + 1).replace(/_/g, "");
          if (f[f.length - 1] === "0")
            node.minFractionDigits = f.length;
        }
        return node;
      },
      stringify: stringifyNumber.stringifyNumber
    };
    exports2.float = float;
    exports2.floatExp = floatExp;
    exports2.floatNaN = floatNaN;
  }
});

// ../../work/main/node_modules/yaml/dist/schema/yaml-1.1/int.js
var require_int2 = __commonJS({
  "../../work/main/node_modules/yaml/dist/schema/yaml-1.1/int.js"(exports2) {
    "use strict";
    var stringifyNumber = require_stringifyNumber();
    var intIdentify = (value2) => typeof value2 === "bigint" || Number.isInteger(value2);
    function intResolve(str, offset, radix, { intAsBigInt }) {
      const sign3 = str[0];
      if (sign3 === "-" || sign3 === "+")
        offset += 1;
      str = str.substring(offset).replace(/_/g, "");
      if (intAsBigInt) {
        switch (radix) {
          case 2:
            str = `0b${str}`;
            break;
          case 8:
            str = `0o${str}`;
            break;
          case 16:
            str = `0x${str}`;
            break;
        }
        const n2 = BigInt(str);
        return sign3 === "-" ? BigInt(-1) * n2 : n2;
      }
      const n = parseInt(str, radix);
      return sign3 === "-" ? -1 * n : n;
    }
    function intStringify(node, radix, prefix) {
      const { value: value2 } = node;
      if (intIdentify(value2)) {
        const str = value2.toString(radix);
        return value2 < 0 ? "-" + prefix + str.substr(1) : prefix + str;
      }
      return stringifyNumber.stringifyNumber(node);
    }
    var intBin = {
      identify: intIdentify,
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "BIN",
      test: /^[-+]?0b[0-1_]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 2, 2, opt),
      stringify: (node) => intStringify(node, 2, "0b")
    };
    var intOct = {
      identify: intIdentify,
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "OCT",
      test: /^[-+]?0[0-7_]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 1, 8, opt),
      stringify: (node) => intStringify(node, 8, "0")
    };
    var int = {
      identify: intIdentify,
      default: true,
      tag: "tag:yaml.org,2002:int",
      test: /^[-+]?[0-9][0-9_]*$/,
      resolve: (str, _onError, opt) => intResolve(str, 0, 10, opt),
      stringify: stringifyNumber.stringifyNumber
    };
    var intHex = {
      identify: intIdentify,
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "HEX",
      test: /^[-+]?0x[0-9a-fA-F_]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 2, 16, opt),
      stringify: (node) => intStringify(node, 16, "0x")
    };
    exports2.int = int;
    exports2.intBin = intBin;
    exports2.intHex = intHex;
    exports2.intOct = intOct;
  }
});

// ../../work/main/node_modules/yaml/dist/schema/yaml-1.1/set.js
var require_set = __commonJS({
  "../../work/main/node_modules/yaml/dist/schema/yaml-1.1/set.js"(exports2) {
    "use strict";
    var identity = require_identity();
    var Pair = require_Pair();
    var YAMLMap = require_YAMLMap();
    var YAMLSet = class _YAMLSet extends YAMLMap.YAMLMap {
      constructor(schema) {
        super(schema);
        this.tag = _YAMLSet.tag;
      }
      add(key) {
        let pair;
        if (identity.isPair(key))
          pair = key;
        else if (key && typeof key === "object" && "key" in key && "value" in key && key.value === null)
          pair = new Pair.Pair(key.key, null);
        else
          pair = new Pair.Pair(key, null);
        const prev = YAMLMap.findPair(this.items, pair.key);
        if (!prev)
          this.items.push(pair);
      }
      /**
       * If `keepPair` is `true`, returns the Pair matching `key`.
       * Otherwise, returns the value of that Pair's key.
       */
      get(key, keepPair) {
        const pair = YAMLMap.findPair(this.items, key);
        return !keepPair && identity.isPair(pair) ? identity.isScalar(pair.key) ? pair.key.value : pair.key : pair;
      }
      set(key, value2) {
        if (typeof value2 !== "boolean")
          throw new Error(`Expected boolean value for set(key, value) in a YAML set, not ${typeof value2}`);
        const prev = YAMLMap.findPair(this.items, key);
        if (prev && !value2) {
          this.items.splice(this.items.indexOf(prev), 1);
        } else if (!prev && value2) {
          this.items.push(new Pair.Pair(key));
        }
      }
      toJSON(_, ctx) {
        return super.toJSON(_, ctx, Set);
      }
      toString(ctx, onComment, onChompKeep) {
        if (!ctx)
          return JSON.stringify(this);
        if (this.hasAllNullValues(true))
          return super.toString(Object.assign({}, ctx, { allNullValues: true }), onComment, onChompKeep);
        else
          throw new Error("Set items must all have null values");
      }
      static from(schema, iterable, ctx) {
        const { replacer } = ctx;
        const set3 = new this(schema);
        if (iterable && Symbol.iterator in Object(iterable))
          for (let value2 of iterable) {
            if (typeof replacer === "function")
              value2 = replacer.call(iterable, value2, value2);
            set3.items.push(Pair.createPair(value2, null, ctx));
          }
        return set3;
      }
    };
    YAMLSet.tag = "tag:yaml.org,2002:set";
    var set2 = {
      collection: "map",
      identify: (value2) => value2 instanceof Set,
      nodeClass: YAMLSet,
      default: false,
      tag: "tag:yaml.org,2002:set",
      createNode: (schema, iterable, ctx) => YAMLSet.from(schema, iterable, ctx),
      resolve(map2, onError) {
        if (identity.isMap(map2)) {
          if (map2.hasAllNullValues(true))
            return Object.assign(new YAMLSet(), map2);
          else
            onError("Set items must all have null values");
        } else
          onError("Expected a mapping for this tag");
        return map2;
      }
    };
    exports2.YAMLSet = YAMLSet;
    exports2.set = set2;
  }
});

// ../../work/main/node_modules/yaml/dist/schema/yaml-1.1/timestamp.js
var require_timestamp = __commonJS({
  "../../work/main/node_modules/yaml/dist/schema/yaml-1.1/timestamp.js"(exports2) {
    "use strict";
    var stringifyNumber = require_stringifyNumber();
    function parseSexagesimal(str, asBigInt) {
      const sign3 = str[0];
      const parts2 = sign3 === "-" || sign3 === "+" ? str.substring(1) : str;
      const num = (n) => asBigInt ? BigInt(n) : Number(n);
      const res = parts2.replace(/_/g, "").split(":").reduce((res2, p) => res2 * num(60) + num(p), num(0));
      return sign3 === "-" ? num(-1) * res : res;
    }
    function stringifySexagesimal(node) {
      let { value: value2 } = node;
      let num = (n) => n;
      if (typeof value2 === "bigint")
        num = (n) => BigInt(n);
      else if (isNaN(value2) || !isFinite(value2))
        return stringifyNumber.stringifyNumber(node);
      let sign3 = "";
      if (value2 < 0) {
        sign3 = "-";
        value2 *= num(-1);
      }
      const _60 = num(60);
      const parts2 = [value2 % _60];
      if (value2 < 60) {
        parts2.unshift(0);
      } else {
        value2 = (value2 - parts2[0]) / _60;
        parts2.unshift(value2 % _60);
        if (value2 >= 60) {
          value2 = (value2 - parts2[0]) / _60;
          parts2.unshift(value2);
        }
      }
      return sign3 + parts2.map((n) => String(n).padStart(2, "0")).join(":").replace(/000000\d*$/, "");
    }
    var intTime = {
      identify: (value2) => typeof value2 === "bigint" || Number.isInteger(value2),
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "TIME",
      test: /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+$/,
      resolve: (str, _onError, { intAsBigInt }) => parseSexagesimal(str, intAsBigInt),
      stringify: stringifySexagesimal
    };
    var floatTime = {
      identify: (value2) => typeof value2 === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      format: "TIME",
      test: /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*$/,
      resolve: (str) => parseSexagesimal(str, false),
      stringify: stringifySexagesimal
    };
    var timestamp = {
      identify: (value2) => value2 instanceof Date,
      default: true,
      tag: "tag:yaml.org,2002:timestamp",
      // If the time zone is omitted, the timestamp is assumed to be specified in UTC. The time part
      // may be omitted altogether, resulting in a date format. In such a case, the time part is
      // assumed to be 00:00:00Z (start of day, UTC).
      test: RegExp("^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:(?:t|T|[ \\t]+)([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2}(\\.[0-9]+)?)(?:[ \\t]*(Z|[-+][012]?[0-9](?::[0-9]{2})?))?)?$"),
      resolve(str) {
        const match = str.match(timestamp.test);
        if (!match)
          throw new Error("!!timestamp expects a date, starting with yyyy-mm-dd");
        const [, year, month, day, hour, minute, second] = match.map(Number);
        const millisec = match[7] ? Number((match[7] + "00").substr(1, 3)) : 0;
        let date = Date.UTC(year, month - 1, day, hour || 0, minute || 0, second || 0, millisec);
        const tz = match[8];
        if (tz && tz !== "Z") {
          let d = parseSexagesimal(tz, false);
          if (Math.abs(d) < 30)
            d *= 60;
          date -= 6e4 * d;
        }
        return new Date(date);
      },
      stringify: ({ value: value2 }) => value2?.toISOString().replace(/(T00:00:00)?\.000Z$/, "") ?? ""
    };
    exports2.floatTime = floatTime;
    exports2.intTime = intTime;
    exports2.timestamp = timestamp;
  }
});

// ../../work/main/node_modules/yaml/dist/schema/yaml-1.1/schema.js
var require_schema3 = __commonJS({
  "../../work/main/node_modules/yaml/dist/schema/yaml-1.1/schema.js"(exports2) {
    "use strict";
    var map2 = require_map();
    var _null = require_null();
    var seq = require_seq();
    var string2 = require_string();
    var binary = require_binary();
    var bool = require_bool2();
    var float = require_float2();
    var int = require_int2();
    var merge = require_merge();
    var omap = require_omap();
    var pairs = require_pairs();
    var set2 = require_set();
    var timestamp = require_timestamp();
    var schema = [
      map2.map,
      seq.seq,
      string2.string,
      _null.nullTag,
      bool.trueTag,
      bool.falseTag,
      int.intBin,
      int.intOct,
      int.int,
      int.intHex,
      float.floatNaN,
      float.floatExp,
      float.float,
      binary.binary,
      merge.merge,
      omap.omap,
      pairs.pairs,
      set2.set,
      timestamp.intTime,
      timestamp.floatTime,
      timestamp.timestamp
    ];
    exports2.schema = schema;
  }
});

// ../../work/main/node_modules/yaml/dist/schema/tags.js
var require_tags = __commonJS({
  "../../work/main/node_modules/yaml/dist/schema/tags.js"(exports2) {
    "use strict";
    var map2 = require_map();
    var _null = require_null();
    var seq = require_seq();
    var string2 = require_string();
    var bool = require_bool();
    var float = require_float();
    var int = require_int();
    var schema = require_schema();
    var schema$1 = require_schema2();
    var binary = require_binary();
    var merge = require_merge();
    var omap = require_omap();
    var pairs = require_pairs();
    var schema$2 = require_schema3();
    var set2 = require_set();
    var timestamp = require_timestamp();
    var schemas = /* @__PURE__ */ new Map([
      ["core", schema.schema],
      ["failsafe", [map2.map, seq.seq, string2.string]],
      ["json", schema$1.schema],
      ["yaml11", schema$2.schema],
      ["yaml-1.1", schema$2.schema]
    ]);
    var tagsByName = {
      binary: binary.binary,
      bool: bool.boolTag,
      float: float.float,
      floatExp: float.floatExp,
      floatNaN: float.floatNaN,
      floatTime: timestamp.floatTime,
      int: int.int,
      intHex: int.intHex,
      intOct: int.intOct,
      intTime: timestamp.intTime,
      map: map2.map,
      merge: merge.merge,
      null: _null.nullTag,
      omap: omap.omap,
      pairs: pairs.pairs,
      seq: seq.seq,
      set: set2.set,
      timestamp: timestamp.timestamp
    };
    var coreKnownTags = {
      "tag:yaml.org,2002:binary": binary.binary,
      "tag:yaml.org,2002:merge": merge.merge,
      "tag:yaml.org,2002:omap": omap.omap,
      "tag:yaml.org,2002:pairs": pairs.pairs,
      "tag:yaml.org,2002:set": set2.set,
      "tag:yaml.org,2002:timestamp": timestamp.timestamp
    };
    function getTags(customTags, schemaName, addMergeTag) {
      const schemaTags = schemas.get(schemaName);
      if (schemaTags && !customTags) {
        return addMergeTag && !schemaTags.includes(merge.merge) ? schemaTags.concat(merge.merge) : schemaTags.slice();
      }
      let tags = schemaTags;
      if (!tags) {
        if (Array.isArray(customTags))
          tags = [];
        else {
          const keys4 = Array.from(schemas.keys()).filter((key) => key !== "yaml11").map((key) => JSON.stringify(key)).join(", ");
          throw new Error(`Unknown schema "${schemaName}"; use one of ${keys4} or define customTags array`);
        }
      }
      if (Array.isArray(customTags)) {
        for (const tag of customTags)
          tags = tags.concat(tag);
      } else if (typeof customTags === "function") {
        tags = customTags(tags.slice());
      }
      if (addMergeTag)
        tags = tags.concat(merge.merge);
      return tags.reduce((tags2, tag) => {
        const tagObj = typeof tag === "string" ? tagsByName[tag] : tag;
        if (!tagObj) {
          const tagName = JSON.stringify(tag);
          const keys4 = Object.keys(tagsByName).map((key) => JSON.stringify(key)).join(", ");
          throw new Error(`Unknown custom tag ${tagName}; use one of ${keys4}`);
        }
        if (!tags2.includes(tagObj))
          tags2.push(tagObj);
        return tags2;
      }, []);
    }
    exports2.coreKnownTags = coreKnownTags;
    exports2.getTags = getTags;
  }
});

// ../../work/main/node_modules/yaml/dist/schema/Schema.js
var require_Schema = __commonJS({
  "../../work/main/node_modules/yaml/dist/schema/Schema.js"(exports2) {
    "use strict";
    var identity = require_identity();
    var map2 = require_map();
    var seq = require_seq();
    var string2 = require_string();
    var tags = require_tags();
    var sortMapEntriesByKey = (a, b) => a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
    var Schema = class _Schema {
      constructor({ compat, customTags, merge, resolveKnownTags, schema, sortMapEntries, toStringDefaults }) {
        this.compat = Array.isArray(compat) ? tags.getTags(compat, "compat") : compat ? tags.getTags(null, compat) : null;
        this.name = typeof schema === "string" && schema || "core";
        this.knownTags = resolveKnownTags ? tags.coreKnownTags : {};
        this.tags = tags.getTags(customTags, this.name, merge);
        this.toStringOptions = toStringDefaults ?? null;
        Object.defineProperty(this, identity.MAP, { value: map2.map });
        Object.defineProperty(this, identity.SCALAR, { value: string2.string });
        Object.defineProperty(this, identity.SEQ, { value: seq.seq });
        this.sortMapEntries = typeof sortMapEntries === "function" ? sortMapEntries : sortMapEntries === true ? sortMapEntriesByKey : null;
      }
      clone() {
        const copy = Object.create(_Schema.prototype, Object.getOwnPropertyDescriptors(this));
        copy.tags = this.tags.slice();
        return copy;
      }
    };
    exports2.Schema = Schema;
  }
});

// ../../work/main/node_modules/yaml/dist/stringify/stringifyDocument.js
var require_stringifyDocument = __commonJS({
  "../../work/main/node_modules/yaml/dist/stringify/stringifyDocument.js"(exports2) {
    "use strict";
    var identity = require_identity();
    var stringify = require_stringify();
    var stringifyComment = require_stringifyComment();
    function stringifyDocument(doc, options2) {
      const lines = [];
      let hasDirectives = options2.directives === true;
      if (options2.directives !== false && doc.directives) {
        const dir = doc.directives.toString(doc);
        if (dir) {
          lines.push(dir);
          hasDirectives = true;
        } else if (doc.directives.docStart)
          hasDirectives = true;
      }
      if (hasDirectives)
        lines.push("---");
      const ctx = stringify.createStringifyContext(doc, options2);
      const { commentString } = ctx.options;
      if (doc.commentBefore) {
        if (lines.length !== 1)
          lines.unshift("");
        const cs = commentString(doc.commentBefore);
        lines.unshift(stringifyComment.indentComment(cs, ""));
      }
      let chompKeep = false;
      let contentComment = null;
      if (doc.contents) {
        if (identity.isNode(doc.contents)) {
          if (doc.contents.spaceBefore && hasDirectives)
            lines.push("");
          if (doc.contents.commentBefore) {
            const cs = commentString(doc.contents.commentBefore);
            lines.push(stringifyComment.indentComment(cs, ""));
          }
          ctx.forceBlockIndent = !!doc.comment;
          contentComment = doc.contents.comment;
        }
        const onChompKeep = contentComment ? void 0 : () => chompKeep = true;
        let body = stringify.stringify(doc.contents, ctx, () => contentComment = null, onChompKeep);
        if (contentComment)
          body += stringifyComment.lineComment(body, "", commentString(contentComment));
        if ((body[0] === "|" || body[0] === ">") && lines[lines.length - 1] === "---") {
          lines[lines.length - 1] = `--- ${body}`;
        } else
          lines.push(body);
      } else {
        lines.push(stringify.stringify(doc.contents, ctx));
      }
      if (doc.directives?.docEnd) {
        if (doc.comment) {
          const cs = commentString(doc.comment);
          if (cs.includes("\n")) {
            lines.push("...");
            lines.push(stringifyComment.indentComment(cs, ""));
          } else {
            lines.push(`... ${cs}`);
          }
        } else {
          lines.push("...");
        }
      } else {
        let dc = doc.comment;
        if (dc && chompKeep)
          dc = dc.replace(/^\n+/, "");
        if (dc) {
          if ((!chompKeep || contentComment) && lines[lines.length - 1] !== "")
            lines.push("");
          lines.push(stringifyComment.indentComment(commentString(dc), ""));
        }
      }
      return lines.join("\n") + "\n";
    }
    exports2.stringifyDocument = stringifyDocument;
  }
});

// ../../work/main/node_modules/yaml/dist/doc/Document.js
var require_Document = __commonJS({
  "../../work/main/node_modules/yaml/dist/doc/Document.js"(exports2) {
    "use strict";
    var Alias = require_Alias();
    var Collection = require_Collection();
    var identity = require_identity();
    var Pair = require_Pair();
    var toJS = require_toJS();
    var Schema = require_Schema();
    var stringifyDocument = require_stringifyDocument();
    var anchors = require_anchors();
    var applyReviver = require_applyReviver();
    var createNode = require_createNode();
    var directives = require_directives();
    var Document = class _Document {
      constructor(value2, replacer, options2) {
        this.commentBefore = null;
        this.comment = null;
        this.errors = [];
        this.warnings = [];
        Object.defineProperty(this, identity.NODE_TYPE, { value: identity.DOC });
        let _replacer = null;
        if (typeof replacer === "function" || Array.isArray(replacer)) {
          _replacer = replacer;
        } else if (options2 === void 0 && replacer) {
          options2 = replacer;
          replacer = void 0;
        }
        const opt = Object.assign({
          intAsBigInt: false,
          keepSourceTokens: false,
          logLevel: "warn",
          prettyErrors: true,
          strict: true,
          stringKeys: false,
          uniqueKeys: true,
          version: "1.2"
        }, options2);
        this.options = opt;
        let { version: version2 } = opt;
        if (options2?._directives) {
          this.directives = options2._directives.atDocument();
          if (this.directives.yaml.explicit)
            version2 = this.directives.yaml.version;
        } else
          this.directives = new directives.Directives({ version: version2 });
        this.setSchema(version2, options2);
        this.contents = value2 === void 0 ? null : this.createNode(value2, _replacer, options2);
      }
      /**
       * Create a deep copy of this Document and its contents.
       *
       * Custom Node values that inherit from `Object` still refer to their original instances.
       */
      clone() {
        const copy = Object.create(_Document.prototype, {
          [identity.NODE_TYPE]: { value: identity.DOC }
        });
        copy.commentBefore = this.commentBefore;
        copy.comment = this.comment;
        copy.errors = this.errors.slice();
        copy.warnings = this.warnings.slice();
        copy.options = Object.assign({}, this.options);
        if (this.directives)
          copy.directives = this.directives.clone();
        copy.schema = this.schema.clone();
        copy.contents = identity.isNode(this.contents) ? this.contents.clone(copy.schema) : this.contents;
        if (this.range)
          copy.range = this.range.slice();
        return copy;
      }
      /** Adds a value to the document. */
      add(value2) {
        if (assertCollection(this.contents))
          this.contents.add(value2);
      }
      /** Adds a value to the document. */
      addIn(path, value2) {
        if (assertCollection(this.contents))
          this.contents.addIn(path, value2);
      }
      /**
       * Create a new `Alias` node, ensuring that the target `node` has the required anchor.
       *
       * If `node` already has an anchor, `name` is ignored.
       * Otherwise, the `node.anchor` value will be set to `name`,
       * or if an anchor with that name is already present in the document,
       * `name` will be used as a prefix for a new unique anchor.
       * If `name` is undefined, the generated anchor will use 'a' as a prefix.
       */
      createAlias(node, name) {
        if (!node.anchor) {
          const prev = anchors.anchorNames(this);
          node.anchor = // eslint-disable-next-line @typescript-eslint/prefer-nullish-coalescing
          !name || prev.has(name) ? anchors.findNewAnchor(name || "a", prev) : name;
        }
        return new Alias.Alias(node.anchor);
      }
      createNode(value2, replacer, options2) {
        let _replacer = void 0;
        if (typeof replacer === "function") {
          value2 = replacer.call({ "": value2 }, "", value2);
          _replacer = replacer;
        } else if (Array.isArray(replacer)) {
          const keyToStr = (v) => typeof v === "number" || v instanceof String || v instanceof Number;
          const asStr = replacer.filter(keyToStr).map(String);
          if (asStr.length > 0)
            replacer = replacer.concat(asStr);
          _replacer = replacer;
        } else if (options2 === void 0 && replacer) {
          options2 = replacer;
          replacer = void 0;
        }
        const { aliasDuplicateObjects, anchorPrefix, flow, keepUndefined, onTagObj, tag } = options2 ?? {};
        const { onAnchor, setAnchors, sourceObjects } = anchors.createNodeAnchors(
          this,
          // eslint-disable-next-line @typescript-eslint/prefer-nullish-coalescing
          anchorPrefix || "a"
        );
        const ctx = {
          aliasDuplicateObjects: aliasDuplicateObjects ?? true,
          keepUndefined: keepUndefined ?? false,
          onAnchor,
          onTagObj,
          replacer: _replacer,
          schema: this.schema,
          sourceObjects
        };
        const node = createNode.createNode(value2, tag, ctx);
        if (flow && identity.isCollection(node))
          node.flow = true;
        setAnchors();
        return node;
      }
      /**
       * Convert a key and a value into a `Pair` using the current schema,
       * recursively wrapping all values as `Scalar` or `Collection` nodes.
       */
      createPair(key, value2, options2 = {}) {
        const k = this.createNode(key, null, options2);
        const v = this.createNode(value2, null, options2);
        return new Pair.Pair(k, v);
      }
      /**
       * Removes a value from the document.
       * @returns `true` if the item was found and removed.
       */
      delete(key) {
        return assertCollection(this.contents) ? this.contents.delete(key) : false;
      }
      /**
       * Removes a value from the document.
       * @returns `true` if the item was found and removed.
       */
      deleteIn(path) {
        if (Collection.isEmptyPath(path)) {
          if (this.contents == null)
            return false;
          this.contents = null;
          return true;
        }
        return assertCollection(this.contents) ? this.contents.deleteIn(path) : false;
      }
      /**
       * Returns item at `key`, or `undefined` if not found. By default unwraps
       * scalar values from their surrounding node; to disable set `keepScalar` to
       * `true` (collections are always returned intact).
       */
      get(key, keepScalar) {
        return identity.isCollection(this.contents) ? this.contents.get(key, keepScalar) : void 0;
      }
      /**
       * Returns item at `path`, or `undefined` if not found. By default unwraps
       * scalar values from their surrounding node; to disable set `keepScalar` to
       * `true` (collections are always returned intact).
       */
      getIn(path, keepScalar) {
        if (Collection.isEmptyPath(path))
          return !keepScalar && identity.isScalar(this.contents) ? this.contents.value : this.contents;
        return identity.isCollection(this.contents) ? this.contents.getIn(path, keepScalar) : void 0;
      }
      /**
       * Checks if the document includes a value with the key `key`.
       */
      has(key) {
        return identity.isCollection(this.contents) ? this.contents.has(key) : false;
      }
      /**
       * Checks if the document includes a value at `path`.
       */
      hasIn(path) {
        if (Collection.isEmptyPath(path))
          return this.contents !== void 0;
        return identity.isCollection(this.contents) ? this.contents.hasIn(path) : false;
      }
      /**
       * Sets a value in this document. For `!!set`, `value` needs to be a
       * boolean to add/remove the item from the set.
       */
      set(key, value2) {
        if (this.contents == null) {
          this.contents = Collection.collectionFromPath(this.schema, [key], value2);
        } else if (assertCollection(this.contents)) {
          this.contents.set(key, value2);
        }
      }
      /**
       * Sets a value in this document. For `!!set`, `value` needs to be a
       * boolean to add/remove the item from the set.
       */
      setIn(path, value2) {
        if (Collection.isEmptyPath(path)) {
          this.contents = value2;
        } else if (this.contents == null) {
          this.contents = Collection.collectionFromPath(this.schema, Array.from(path), value2);
        } else if (assertCollection(this.contents)) {
          this.contents.setIn(path, value2);
        }
      }
      /**
       * Change the YAML version and schema used by the document.
       * A `null` version disables support for directives, explicit tags, anchors, and aliases.
       * It also requires the `schema` option to be given as a `Schema` instance value.
       *
       * Overrides all previously set schema options.
       */
      setSchema(version2, options2 = {}) {
        if (typeof version2 === "number")
          version2 = String(version2);
        let opt;
        switch (version2) {
          case "1.1":
            if (this.directives)
              this.directives.yaml.version = "1.1";
            else
              this.directives = new directives.Directives({ version: "1.1" });
            opt = { resolveKnownTags: false, schema: "yaml-1.1" };
            break;
          case "1.2":
          case "next":
            if (this.directives)
              this.directives.yaml.version = version2;
            else
              this.directives = new directives.Directives({ version: version2 });
            opt = { resolveKnownTags: true, schema: "core" };
            break;
          case null:
            if (this.directives)
              delete this.directives;
            opt = null;
            break;
          default: {
            const sv = JSON.stringify(version2);
            throw new Error(`Expected '1.1', '1.2' or null as first argument, but found: ${sv}`);
          }
        }
        if (options2.schema instanceof Object)
          this.schema = options2.schema;
        else if (opt)
          this.schema = new Schema.Schema(Object.assign(opt, options2));
        else
          throw new Error(`With a null YAML version, the { schema: Schema } option is required`);
      }
      // json & jsonArg are only used from toJSON()
      toJS({ json: json2, jsonArg, mapAsMap, maxAliasCount, onAnchor, reviver } = {}) {
        const ctx = {
          anchors: /* @__PURE__ */ new Map(),
          doc: this,
          keep: !json2,
          mapAsMap: mapAsMap === true,
          mapKeyWarned: false,
          maxAliasCount: typeof maxAliasCount === "number" ? maxAliasCount : 100
        };
        const res = toJS.toJS(this.contents, jsonArg ?? "", ctx);
        if (typeof onAnchor === "function")
          for (const { count, res: res2 } of ctx.anchors.values())
            onAnchor(res2, count);
        return typeof reviver === "function" ? applyReviver.applyReviver(reviver, { "": res }, "", res) : res;
      }
      /**
       * A JSON representation of the document `contents`.
       *
       * @param jsonArg Used by `JSON.stringify` to indicate the array index or
       *   property name.
       */
      toJSON(jsonArg, onAnchor) {
        return this.toJS({ json: true, jsonArg, mapAsMap: false, onAnchor });
      }
      /** A YAML representation of the document. */
      toString(options2 = {}) {
        if (this.errors.length > 0)
          throw new Error("Document with errors cannot be stringified");
        if ("indent" in options2 && (!Number.isInteger(options2.indent) || Number(options2.indent) <= 0)) {
          const s = JSON.stringify(options2.indent);
          throw new Error(`"indent" option must be a positive integer, not ${s}`);
        }
        return stringifyDocument.stringifyDocument(this, options2);
      }
    };
    function assertCollection(contents) {
      if (identity.isCollection(contents))
        return true;
      throw new Error("Expected a YAML collection as document contents");
    }
    exports2.Document = Document;
  }
});

// ../../work/main/node_modules/yaml/dist/errors.js
var require_errors = __commonJS({
  "../../work/main/node_modules/yaml/dist/errors.js"(exports2) {
    "use strict";
    var YAMLError = class extends Error {
      constructor(name, pos, code, message) {
        super();
        this.name = name;
        this.code = code;
        this.message = message;
        this.pos = pos;
      }
    };
    var YAMLParseError = class extends YAMLError {
      constructor(pos, code, message) {
        super("YAMLParseError", pos, code, message);
      }
    };
    var YAMLWarning = class extends YAMLError {
      constructor(pos, code, message) {
        super("YAMLWarning", pos, code, message);
      }
    };
    var prettifyError = (src, lc) => (error) => {
      if (error.pos[0] === -1)
        return;
      error.linePos = error.pos.map((pos) => lc.linePos(pos));
      const { line, col } = error.linePos[0];
      error.message += ` at line ${line}, column ${col}`;
      let ci = col - 1;
      let lineStr = src.substring(lc.lineStarts[line - 1], lc.lineStarts[line]).replace(/[\n\r]+$/, "");
      if (ci >= 60 && lineStr.length > 80) {
        const trimStart = Math.min(ci - 39, lineStr.length - 79);
        lineStr = "…" + lineStr.substring(trimStart);
        ci -= trimStart - 1;
      }
      if (lineStr.length > 80)
        lineStr = lineStr.substring(0, 79) + "…";
      if (line > 1 && /^ *$/.test(lineStr.substring(0, ci))) {
        let prev = src.substring(lc.lineStarts[line - 2], lc.lineStarts[line - 1]);
        if (prev.length > 80)
          prev = prev.substring(0, 79) + "…\n";
        lineStr = prev + lineStr;
      }
      if (/[^ ]/.test(lineStr)) {
        let count = 1;
        const end = error.linePos[1];
        if (end?.line === line && end.col > col) {
          count = Math.max(1, Math.min(end.col - col, 80 - ci));
        }
        const pointer = " ".repeat(ci) + "^".repeat(count);
        error.message += `:

${lineStr}
${pointer}
`;
      }
    };
    exports2.YAMLError = YAMLError;
    exports2.YAMLParseError = YAMLParseError;
    exports2.YAMLWarning = YAMLWarning;
    exports2.prettifyError = prettifyError;
  }
});

// ../../work/main/node_modules/yaml/dist/compose/resolve-props.js
var require_resolve_props = __commonJS({
  "../../work/main/node_modules/yaml/dist/compose/resolve-props.js"(exports2) {
    "use strict";
    function resolveProps(tokens3, { flow, indicator, next, offset, onError, parentIndent, startOnNewline }) {
      let spaceBefore = false;
      let atNewline = startOnNewline;
      let hasSpace = startOnNewline;
      let comment2 = "";
      let commentSep = "";
      let hasNewline = false;
      let reqSpace = false;
      let tab = null;
      let anchor = null;
      let tag = null;
      let newlineAfterProp = null;
      let comma = null;
      let found = null;
      let start3 = null;
      for (const token4 of tokens3) {
        if (reqSpace) {
          if (token4.type !== "space" && token4.type !== "newline" && token4.type !== "comma")
            onError(token4.offset, "MISSING_CHAR", "Tags and anchors must be separated from the next token by white space");
          reqSpace = false;
        }
        if (tab) {
          if (atNewline && token4.type !== "comment" && token4.type !== "newline") {
            onError(tab, "TAB_AS_INDENT", "Tabs are not allowed as indentation");
          }
          tab = null;
        }
        switch (token4.type) {
          case "space":
            if (!flow && (indicator !== "doc-start" || next?.type !== "flow-collection") && token4.source.includes("	")) {
              tab = token4;
            }
            hasSpace = true;
            break;
          case "comment": {
            if (!hasSpace)
              onError(token4, "MISSING_CHAR", "Comments must be separated from other tokens by white space characters");
            const cb = token4.source.substring(1) || " ";
            if (!comment2)
              comment2 = cb;
            else
              comment2 += commentSep + cb;
            commentSep = "";
            atNewline = false;
            break;
          }
          case "newline":
            if (atNewline) {
              if (comment2)
                comment2 += token4.source;
              else if (!found || indicator !== "seq-item-ind")
                spaceBefore = true;
            } else
              commentSep += token4.source;
            atNewline = true;
            hasNewline = true;
            if (anchor || tag)
              newlineAfterProp = token4;
            hasSpace = true;
            break;
          case "anchor":
            if (anchor)
              onError(token4, "MULTIPLE_ANCHORS", "A node can have at most one anchor");
            if (token4.source.endsWith(":"))
              onError(token4.offset + token4.source.length - 1, "BAD_ALIAS", "Anchor ending in : is ambiguous", true);
            anchor = token4;
            start3 ?? (start3 = token4.offset);
            atNewline = false;
            hasSpace = false;
            reqSpace = true;
            break;
          case "tag": {
            if (tag)
              onError(token4, "MULTIPLE_TAGS", "A node can have at most one tag");
            tag = token4;
            start3 ?? (start3 = token4.offset);
            atNewline = false;
            hasSpace = false;
            reqSpace = true;
            break;
          }
          case indicator:
            if (anchor || tag)
              onError(token4, "BAD_PROP_ORDER", `Anchors and tags must be after the ${token4.source} indicator`);
            if (found)
              onError(token4, "UNEXPECTED_TOKEN", `Unexpected ${token4.source} in ${flow ?? "collection"}`);
            found = token4;
            atNewline = indicator === "seq-item-ind" || indicator === "explicit-key-ind";
            hasSpace = false;
            break;
          case "comma":
            if (flow) {
              if (comma)
                onError(token4, "UNEXPECTED_TOKEN", `Unexpected , in ${flow}`);
              comma = token4;
              atNewline = false;
              hasSpace = false;
              break;
            }
          // else fallthrough
          default:
            onError(token4, "UNEXPECTED_TOKEN", `Unexpected ${token4.type} token`);
            atNewline = false;
            hasSpace = false;
        }
      }
      const last = tokens3[tokens3.length - 1];
      const end = last ? last.offset + last.source.length : offset;
      if (reqSpace && next && next.type !== "space" && next.type !== "newline" && next.type !== "comma" && (next.type !== "scalar" || next.source !== "")) {
        onError(next.offset, "MISSING_CHAR", "Tags and anchors must be separated from the next token by white space");
      }
      if (tab && (atNewline && tab.indent <= parentIndent || next?.type === "block-map" || next?.type === "block-seq"))
        onError(tab, "TAB_AS_INDENT", "Tabs are not allowed as indentation");
      return {
        comma,
        found,
        spaceBefore,
        comment: comment2,
        hasNewline,
        anchor,
        tag,
        newlineAfterProp,
        end,
        start: start3 ?? end
      };
    }
    exports2.resolveProps = resolveProps;
  }
});

// ../../work/main/node_modules/yaml/dist/compose/util-contains-newline.js
var require_util_contains_newline = __commonJS({
  "../../work/main/node_modules/yaml/dist/compose/util-contains-newline.js"(exports2) {
    "use strict";
    function containsNewline(key) {
      if (!key)
        return null;
      switch (key.type) {
        case "alias":
        case "scalar":
        case "double-quoted-scalar":
        case "single-quoted-scalar":
          if (key.source.includes("\n"))
            return true;
          if (key.end) {
            for (const st of key.end)
              if (st.type === "newline")
                return true;
          }
          return false;
        case "flow-collection":
          for (const it of key.items) {
            for (const st of it.start)
              if (st.type === "newline")
                return true;
            if (it.sep) {
              for (const st of it.sep)
                if (st.type === "newline")
                  return true;
            }
            if (containsNewline(it.key) || containsNewline(it.value))
              return true;
          }
          return false;
        default:
          return true;
      }
    }
    exports2.containsNewline = containsNewline;
  }
});

// ../../work/main/node_modules/yaml/dist/compose/util-flow-indent-check.js
var require_util_flow_indent_check = __commonJS({
  "../../work/main/node_modules/yaml/dist/compose/util-flow-indent-check.js"(exports2) {
    "use strict";
    var utilContainsNewline = require_util_contains_newline();
    function flowIndentCheck(indent, fc, onError) {
      if (fc?.type === "flow-collection") {
        const end = fc.end[0];
        if (end.indent === indent && (end.source === "]" || end.source === "}") && utilContainsNewline.containsNewline(fc)) {
          const msg = "Flow end indicator should be more indented than parent";
          onError(end, "BAD_INDENT", msg, true);
        }
      }
    }
    exports2.flowIndentCheck = flowIndentCheck;
  }
});

// ../../work/main/node_modules/yaml/dist/compose/util-map-includes.js
var require_util_map_includes = __commonJS({
  "../../work/main/node_modules/yaml/dist/compose/util-map-includes.js"(exports2) {
    "use strict";
    var identity = require_identity();
    function mapIncludes(ctx, items2, search2) {
      const { uniqueKeys } = ctx.options;
      if (uniqueKeys === false)
        return false;
      const isEqual = typeof uniqueKeys === "function" ? uniqueKeys : (a, b) => a === b || identity.isScalar(a) && identity.isScalar(b) && a.value === b.value;
      return items2.some((pair) => isEqual(pair.key, search2));
    }
    exports2.mapIncludes = mapIncludes;
  }
});

// ../../work/main/node_modules/yaml/dist/compose/resolve-block-map.js
var require_resolve_block_map = __commonJS({
  "../../work/main/node_modules/yaml/dist/compose/resolve-block-map.js"(exports2) {
    "use strict";
    var Pair = require_Pair();
    var YAMLMap = require_YAMLMap();
    var resolveProps = require_resolve_props();
    var utilContainsNewline = require_util_contains_newline();
    var utilFlowIndentCheck = require_util_flow_indent_check();
    var utilMapIncludes = require_util_map_includes();
    var startColMsg = "All mapping items must start at the same column";
    function resolveBlockMap({ composeNode, composeEmptyNode }, ctx, bm, onError, tag) {
      const NodeClass = tag?.nodeClass ?? YAMLMap.YAMLMap;
      const map2 = new NodeClass(ctx.schema);
      if (ctx.atRoot)
        ctx.atRoot = false;
      let offset = bm.offset;
      let commentEnd = null;
      for (const collItem of bm.items) {
        const { start: start3, key, sep: sep5, value: value2 } = collItem;
        const keyProps = resolveProps.resolveProps(start3, {
          indicator: "explicit-key-ind",
          next: key ?? sep5?.[0],
          offset,
          onError,
          parentIndent: bm.indent,
          startOnNewline: true
        });
        const implicitKey = !keyProps.found;
        if (implicitKey) {
          if (key) {
            if (key.type === "block-seq")
              onError(offset, "BLOCK_AS_IMPLICIT_KEY", "A block sequence may not be used as an implicit map key");
            else if ("indent" in key && key.indent !== bm.indent)
              onError(offset, "BAD_INDENT", startColMsg);
          }
          if (!keyProps.anchor && !keyProps.tag && !sep5) {
            commentEnd = keyProps.end;
            if (keyProps.comment) {
              if (map2.comment)
                map2.comment += "\n" + keyProps.comment;
              else
                map2.comment = keyProps.comment;
            }
            continue;
          }
          if (keyProps.newlineAfterProp || utilContainsNewline.containsNewline(key)) {
            onError(key ?? start3[start3.length - 1], "MULTILINE_IMPLICIT_KEY", "Implicit keys need to be on a single line");
          }
        } else if (keyProps.found?.indent !== bm.indent) {
          onError(offset, "BAD_INDENT", startColMsg);
        }
        ctx.atKey = true;
        const keyStart = keyProps.end;
        const keyNode = key ? composeNode(ctx, key, keyProps, onError) : composeEmptyNode(ctx, keyStart, start3, null, keyProps, onError);
        if (ctx.schema.compat)
          utilFlowIndentCheck.flowIndentCheck(bm.indent, key, onError);
        ctx.atKey = false;
        if (utilMapIncludes.mapIncludes(ctx, map2.items, keyNode))
          onError(keyStart, "DUPLICATE_KEY", "Map keys must be unique");
        const valueProps = resolveProps.resolveProps(sep5 ?? [], {
          indicator: "map-value-ind",
          next: value2,
          offset: keyNode.range[2],
          onError,
          parentIndent: bm.indent,
          startOnNewline: !key || key.type === "block-scalar"
        });
        offset = valueProps.end;
        if (valueProps.found) {
          if (implicitKey) {
            if (value2?.type === "block-map" && !valueProps.hasNewline)
              onError(offset, "BLOCK_AS_IMPLICIT_KEY", "Nested mappings are not allowed in compact mappings");
            if (ctx.options.strict && keyProps.start < valueProps.found.offset - 1024)
              onError(keyNode.range, "KEY_OVER_1024_CHARS", "The : indicator must be at most 1024 chars after the start of an implicit block mapping key");
          }
          const valueNode = value2 ? composeNode(ctx, value2, valueProps, onError) : composeEmptyNode(ctx, offset, sep5, null, valueProps, onError);
          if (ctx.schema.compat)
            utilFlowIndentCheck.flowIndentCheck(bm.indent, value2, onError);
          offset = valueNode.range[2];
          const pair = new Pair.Pair(keyNode, valueNode);
          if (ctx.options.keepSourceTokens)
            pair.srcToken = collItem;
          map2.items.push(pair);
        } else {
          if (implicitKey)
            onError(keyNode.range, "MISSING_CHAR", "Implicit map keys need to be followed by map values");
          if (valueProps.comment) {
            if (keyNode.comment)
              keyNode.comment += "\n" + valueProps.comment;
            else
              keyNode.comment = valueProps.comment;
          }
          const pair = new Pair.Pair(keyNode);
          if (ctx.options.keepSourceTokens)
            pair.srcToken = collItem;
          map2.items.push(pair);
        }
      }
      if (commentEnd && commentEnd < offset)
        onError(commentEnd, "IMPOSSIBLE", "Map comment with trailing content");
      map2.range = [bm.offset, offset, commentEnd ?? offset];
      return map2;
    }
    exports2.resolveBlockMap = resolveBlockMap;
  }
});

// ../../work/main/node_modules/yaml/dist/compose/resolve-block-seq.js
var require_resolve_block_seq = __commonJS({
  "../../work/main/node_modules/yaml/dist/compose/resolve-block-seq.js"(exports2) {
    "use strict";
    var YAMLSeq = require_YAMLSeq();
    var resolveProps = require_resolve_props();
    var utilFlowIndentCheck = require_util_flow_indent_check();
    function resolveBlockSeq({ composeNode, composeEmptyNode }, ctx, bs, onError, tag) {
      const NodeClass = tag?.nodeClass ?? YAMLSeq.YAMLSeq;
      const seq = new NodeClass(ctx.schema);
      if (ctx.atRoot)
        ctx.atRoot = false;
      if (ctx.atKey)
        ctx.atKey = false;
      let offset = bs.offset;
      let commentEnd = null;
      for (const { start: start3, value: value2 } of bs.items) {
        const props = resolveProps.resolveProps(start3, {
          indicator: "seq-item-ind",
          next: value2,
          offset,
          onError,
          parentIndent: bs.indent,
          startOnNewline: true
        });
        if (!props.found) {
          if (props.anchor || props.tag || value2) {
            if (value2?.type === "block-seq")
              onError(props.end, "BAD_INDENT", "All sequence items must start at the same column");
            else
              onError(offset, "MISSING_CHAR", "Sequence item without - indicator");
          } else {
            commentEnd = props.end;
            if (props.comment)
              seq.comment = props.comment;
            continue;
          }
        }
        const node = value2 ? composeNode(ctx, value2, props, onError) : composeEmptyNode(ctx, props.end, start3, null, props, onError);
        if (ctx.schema.compat)
          utilFlowIndentCheck.flowIndentCheck(bs.indent, value2, onError);
        offset = node.range[2];
        seq.items.push(node);
      }
      seq.range = [bs.offset, offset, commentEnd ?? offset];
      return seq;
    }
    exports2.resolveBlockSeq = resolveBlockSeq;
  }
});

// ../../work/main/node_modules/yaml/dist/compose/resolve-end.js
var require_resolve_end = __commonJS({
  "../../work/main/node_modules/yaml/dist/compose/resolve-end.js"(exports2) {
    "use strict";
    function resolveEnd(end, offset, reqSpace, onError) {
      let comment2 = "";
      if (end) {
        let hasSpace = false;
        let sep5 = "";
        for (const token4 of end) {
          const { source, type } = token4;
          switch (type) {
            case "space":
              hasSpace = true;
              break;
            case "comment": {
              if (reqSpace && !hasSpace)
                onError(token4, "MISSING_CHAR", "Comments must be separated from other tokens by white space characters");
              const cb = source.substring(1) || " ";
              if (!comment2)
                comment2 = cb;
              else
                comment2 += sep5 + cb;
              sep5 = "";
              break;
            }
            case "newline":
              if (comment2)
                sep5 += source;
              hasSpace = true;
              break;
            default:
              onError(token4, "UNEXPECTED_TOKEN", `Unexpected ${type} at node end`);
          }
          offset += source.length;
        }
      }
      return { comment: comment2, offset };
    }
    exports2.resolveEnd = resolveEnd;
  }
});

// ../../work/main/node_modules/yaml/dist/compose/resolve-flow-collection.js
var require_resolve_flow_collection = __commonJS({
  "../../work/main/node_modules/yaml/dist/compose/resolve-flow-collection.js"(exports2) {
    "use strict";
    var identity = require_identity();
    var Pair = require_Pair();
    var YAMLMap = require_YAMLMap();
    var YAMLSeq = require_YAMLSeq();
    var resolveEnd = require_resolve_end();
    var resolveProps = require_resolve_props();
    var utilContainsNewline = require_util_contains_newline();
    var utilMapIncludes = require_util_map_includes();
    var blockMsg = "Block collections are not allowed within flow collections";
    var isBlock = (token4) => token4 && (token4.type === "block-map" || token4.type === "block-seq");
    function resolveFlowCollection({ composeNode, composeEmptyNode }, ctx, fc, onError, tag) {
      const isMap3 = fc.start.source === "{";
      const fcName = isMap3 ? "flow map" : "flow sequence";
      const NodeClass = tag?.nodeClass ?? (isMap3 ? YAMLMap.YAMLMap : YAMLSeq.YAMLSeq);
      const coll = new NodeClass(ctx.schema);
      coll.flow = true;
      const atRoot = ctx.atRoot;
      if (atRoot)
        ctx.atRoot = false;
      if (ctx.atKey)
        ctx.atKey = false;
      let offset = fc.offset + fc.start.source.length;
      for (let i = 0; i < fc.items.length; ++i) {
        const collItem = fc.items[i];
        const { start: start3, key, sep: sep5, value: value2 } = collItem;
        const props = resolveProps.resolveProps(start3, {
          flow: fcName,
          indicator: "explicit-key-ind",
          next: key ?? sep5?.[0],
          offset,
          onError,
          parentIndent: fc.indent,
          startOnNewline: false
        });
        if (!props.found) {
          if (!props.anchor && !props.tag && !sep5 && !value2) {
            if (i === 0 && props.comma)
              onError(props.comma, "UNEXPECTED_TOKEN", `Unexpected , in ${fcName}`);
            else if (i < fc.items.length - 1)
              onError(props.start, "UNEXPECTED_TOKEN", `Unexpected empty item in ${fcName}`);
            if (props.comment) {
              if (coll.comment)
                coll.comment += "\n" + props.comment;
              else
                coll.comment = props.comment;
            }
            offset = props.end;
            continue;
          }
          if (!isMap3 && ctx.options.strict && utilContainsNewline.containsNewline(key))
            onError(
              key,
              // checked by containsNewline()
              "MULTILINE_IMPLICIT_KEY",
              "Implicit keys of flow sequence pairs need to be on a single line"
            );
        }
        if (i === 0) {
          if (props.comma)
            onError(props.comma, "UNEXPECTED_TOKEN", `Unexpected , in ${fcName}`);
        } else {
          if (!props.comma)
            onError(props.start, "MISSING_CHAR", `Missing , between ${fcName} items`);
          if (props.comment) {
            let prevItemComment = "";
            loop: for (const st of start3) {
              switch (st.type) {
                case "comma":
                case "space":
                  break;
                case "comment":
                  prevItemComment = st.source.substring(1);
                  break loop;
                default:
                  break loop;
              }
            }
            if (prevItemComment) {
              let prev = coll.items[coll.items.length - 1];
              if (identity.isPair(prev))
                prev = prev.value ?? prev.key;
              if (prev.comment)
                prev.comment += "\n" + prevItemComment;
              else
                prev.comment = prevItemComment;
              props.comment = props.comment.substring(prevItemComment.length + 1);
            }
          }
        }
        if (!isMap3 && !sep5 && !props.found) {
          const valueNode = value2 ? composeNode(ctx, value2, props, onError) : composeEmptyNode(ctx, props.end, sep5, null, props, onError);
          coll.items.push(valueNode);
          offset = valueNode.range[2];
          if (isBlock(value2))
            onError(valueNode.range, "BLOCK_IN_FLOW", blockMsg);
        } else {
          ctx.atKey = true;
          const keyStart = props.end;
          const keyNode = key ? composeNode(ctx, key, props, onError) : composeEmptyNode(ctx, keyStart, start3, null, props, onError);
          if (isBlock(key))
            onError(keyNode.range, "BLOCK_IN_FLOW", blockMsg);
          ctx.atKey = false;
          const valueProps = resolveProps.resolveProps(sep5 ?? [], {
            flow: fcName,
            indicator: "map-value-ind",
            next: value2,
            offset: keyNode.range[2],
            onError,
            parentIndent: fc.indent,
            startOnNewline: false
          });
          if (valueProps.found) {
            if (!isMap3 && !props.found && ctx.options.strict) {
              if (sep5)
                for (const st of sep5) {
                  if (st === valueProps.found)
                    break;
                  if (st.type === "newline") {
                    onError(st, "MULTILINE_IMPLICIT_KEY", "Implicit keys of flow sequence pairs need to be on a single line");
                    break;
                  }
                }
              if (props.start < valueProps.found.offset - 1024)
                onError(valueProps.found, "KEY_OVER_1024_CHARS", "The : indicator must be at most 1024 chars after the start of an implicit flow sequence key");
            }
          } else if (value2) {
            if ("source" in value2 && value2.source?.[0] === ":")
              onError(value2, "MISSING_CHAR", `Missing space after : in ${fcName}`);
            else
              onError(valueProps.start, "MISSING_CHAR", `Missing , or : between ${fcName} items`);
          }
          const valueNode = value2 ? composeNode(ctx, value2, valueProps, onError) : valueProps.found ? composeEmptyNode(ctx, valueProps.end, sep5, null, valueProps, onError) : null;
          if (valueNode) {
            if (isBlock(value2))
              onError(valueNode.range, "BLOCK_IN_FLOW", blockMsg);
          } else if (valueProps.comment) {
            if (keyNode.comment)
              keyNode.comment += "\n" + valueProps.comment;
            else
              keyNode.comment = valueProps.comment;
          }
          const pair = new Pair.Pair(keyNode, valueNode);
          if (ctx.options.keepSourceTokens)
            pair.srcToken = collItem;
          if (isMap3) {
            const map2 = coll;
            if (utilMapIncludes.mapIncludes(ctx, map2.items, keyNode))
              onError(keyStart, "DUPLICATE_KEY", "Map keys must be unique");
            map2.items.push(pair);
          } else {
            const map2 = new YAMLMap.YAMLMap(ctx.schema);
            map2.flow = true;
            map2.items.push(pair);
            const endRange = (valueNode ?? keyNode).range;
            map2.range = [keyNode.range[0], endRange[1], endRange[2]];
            coll.items.push(map2);
          }
          offset = valueNode ? valueNode.range[2] : valueProps.end;
        }
      }
      const expectedEnd = isMap3 ? "}" : "]";
      const [ce, ...ee] = fc.end;
      let cePos = offset;
      if (ce?.source === expectedEnd)
        cePos = ce.offset + ce.source.length;
      else {
        const name = fcName[0].toUpperCase() + fcName.substring(1);
        const msg = atRoot ? `${name} must end with a ${expectedEnd}` : `${name} in block collection must be sufficiently indented and end with a ${expectedEnd}`;
        onError(offset, atRoot ? "MISSING_CHAR" : "BAD_INDENT", msg);
        if (ce && ce.source.length !== 1)
          ee.unshift(ce);
      }
      if (ee.length > 0) {
        const end = resolveEnd.resolveEnd(ee, cePos, ctx.options.strict, onError);
        if (end.comment) {
          if (coll.comment)
            coll.comment += "\n" + end.comment;
          else
            coll.comment = end.comment;
        }
        coll.range = [fc.offset, cePos, end.offset];
      } else {
        coll.range = [fc.offset, cePos, cePos];
      }
      return coll;
    }
    exports2.resolveFlowCollection = resolveFlowCollection;
  }
});

// ../../work/main/node_modules/yaml/dist/compose/compose-collection.js
var require_compose_collection = __commonJS({
  "../../work/main/node_modules/yaml/dist/compose/compose-collection.js"(exports2) {
    "use strict";
    var identity = require_identity();
    var Scalar = require_Scalar();
    var YAMLMap = require_YAMLMap();
    var YAMLSeq = require_YAMLSeq();
    var resolveBlockMap = require_resolve_block_map();
    var resolveBlockSeq = require_resolve_block_seq();
    var resolveFlowCollection = require_resolve_flow_collection();
    function resolveCollection(CN, ctx, token4, onError, tagName, tag) {
      const coll = token4.type === "block-map" ? resolveBlockMap.resolveBlockMap(CN, ctx, token4, onError, tag) : token4.type === "block-seq" ? resolveBlockSeq.resolveBlockSeq(CN, ctx, token4, onError, tag) : resolveFlowCollection.resolveFlowCollection(CN, ctx, token4, onError, tag);
      const Coll = coll.constructor;
      if (tagName === "!" || tagName === Coll.tagName) {
        coll.tag = Coll.tagName;
        return coll;
      }
      if (tagName)
        coll.tag = tagName;
      return coll;
    }
    function composeCollection(CN, ctx, token4, props, onError) {
      const tagToken = props.tag;
      const tagName = !tagToken ? null : ctx.directives.tagName(tagToken.source, (msg) => onError(tagToken, "TAG_RESOLVE_FAILED", msg));
      if (token4.type === "block-seq") {
        const { anchor, newlineAfterProp: nl } = props;
        const lastProp = anchor && tagToken ? anchor.offset > tagToken.offset ? anchor : tagToken : anchor ?? tagToken;
        if (lastProp && (!nl || nl.offset < lastProp.offset)) {
          const message = "Missing newline after block sequence props";
          onError(lastProp, "MISSING_CHAR", message);
        }
      }
      const expType = token4.type === "block-map" ? "map" : token4.type === "block-seq" ? "seq" : token4.start.source === "{" ? "map" : "seq";
      if (!tagToken || !tagName || tagName === "!" || tagName === YAMLMap.YAMLMap.tagName && expType === "map" || tagName === YAMLSeq.YAMLSeq.tagName && expType === "seq") {
        return resolveCollection(CN, ctx, token4, onError, tagName);
      }
      let tag = ctx.schema.tags.find((t) => t.tag === tagName && t.collection === expType);
      if (!tag) {
        const kt = ctx.schema.knownTags[tagName];
        if (kt?.collection === expType) {
          ctx.schema.tags.push(Object.assign({}, kt, { default: false }));
          tag = kt;
        } else {
          if (kt) {
            onError(tagToken, "BAD_COLLECTION_TYPE", `${kt.tag} used for ${expType} collection, but expects ${kt.collection ?? "scalar"}`, true);
          } else {
            onError(tagToken, "TAG_RESOLVE_FAILED", `Unresolved tag: ${tagName}`, true);
          }
          return resolveCollection(CN, ctx, token4, onError, tagName);
        }
      }
      const coll = resolveCollection(CN, ctx, token4, onError, tagName, tag);
      const res = tag.resolve?.(coll, (msg) => onError(tagToken, "TAG_RESOLVE_FAILED", msg), ctx.options) ?? coll;
      const node = identity.isNode(res) ? res : new Scalar.Scalar(res);
      node.range = coll.range;
      node.tag = tagName;
      if (tag?.format)
        node.format = tag.format;
      return node;
    }
    exports2.composeCollection = composeCollection;
  }
});

// ../../work/main/node_modules/yaml/dist/compose/resolve-block-scalar.js
var require_resolve_block_scalar = __commonJS({
  "../../work/main/node_modules/yaml/dist/compose/resolve-block-scalar.js"(exports2) {
    "use strict";
    var Scalar = require_Scalar();
    function resolveBlockScalar(ctx, scalar2, onError) {
      const start3 = scalar2.offset;
      const header2 = parseBlockScalarHeader(scalar2, ctx.options.strict, onError);
      if (!header2)
        return { value: "", type: null, comment: "", range: [start3, start3, start3] };
      const type = header2.mode === ">" ? Scalar.Scalar.BLOCK_FOLDED : Scalar.Scalar.BLOCK_LITERAL;
      const lines = scalar2.source ? splitLines(scalar2.source) : [];
      let chompStart = lines.length;
      for (let i = lines.length - 1; i >= 0; --i) {
        const content = lines[i][1];
        if (content === "" || content === "\r")
          chompStart = i;
        else
          break;
      }
      if (chompStart === 0) {
        const value3 = header2.chomp === "+" && lines.length > 0 ? "\n".repeat(Math.max(1, lines.length - 1)) : "";
        let end2 = start3 + header2.length;
        if (scalar2.source)
          end2 += scalar2.source.length;
        return { value: value3, type, comment: header2.comment, range: [start3, end2, end2] };
      }
      let trimIndent = scalar2.indent + header2.indent;
      let offset = scalar2.offset + header2.length;
      let contentStart = 0;
      for (let i = 0; i < chompStart; ++i) {
        const [indent, content] = lines[i];
        if (content === "" || content === "\r") {
          if (header2.indent === 0 && indent.length > trimIndent)
            trimIndent = indent.length;
        } else {
          if (indent.length < trimIndent) {
            const message = "Block scalars with more-indented leading empty lines must use an explicit indentation indicator";
            onError(offset + indent.length, "MISSING_CHAR", message);
          }
          if (header2.indent === 0)
            trimIndent = indent.length;
          contentStart = i;
          if (trimIndent === 0 && !ctx.atRoot) {
            const message = "Block scalar values in collections must be indented";
            onError(offset, "BAD_INDENT", message);
          }
          break;
        }
        offset += indent.length + content.length + 1;
      }
      for (let i = lines.length - 1; i >= chompStart; --i) {
        if (lines[i][0].length > trimIndent)
          chompStart = i + 1;
      }
      let value2 = "";
      let sep5 = "";
      let prevMoreIndented = false;
      for (let i = 0; i < contentStart; ++i)
        value2 += lines[i][0].slice(trimIndent) + "\n";
      for (let i = contentStart; i < chompStart; ++i) {
        let [indent, content] = lines[i];
        offset += indent.length + content.length + 1;
        const crlf = content[content.length - 1] === "\r";
        if (crlf)
          content = content.slice(0, -1);
        if (content && indent.length < trimIndent) {
          const src = header2.indent ? "explicit indentation indicator" : "first line";
          const message = `Block scalar lines must not be less indented than their ${src}`;
          onError(offset - content.length - (crlf ? 2 : 1), "BAD_INDENT", message);
          indent = "";
        }
        if (type === Scalar.Scalar.BLOCK_LITERAL) {
          value2 += sep5 + indent.slice(trimIndent) + content;
          sep5 = "\n";
        } else if (indent.length > trimIndent || content[0] === "	") {
          if (sep5 === " ")
            sep5 = "\n";
          else if (!prevMoreIndented && sep5 === "\n")
            sep5 = "\n\n";
          value2 += sep5 + indent.slice(trimIndent) + content;
          sep5 = "\n";
          prevMoreIndented = true;
        } else if (content === "") {
          if (sep5 === "\n")
            value2 += "\n";
          else
            sep5 = "\n";
        } else {
          value2 += sep5 + content;
          sep5 = " ";
          prevMoreIndented = false;
        }
      }
      switch (header2.chomp) {
        case "-":
          break;
        case "+":
          for (let i = chompStart; i < lines.length; ++i)
            value2 += "\n" + lines[i][0].slice(trimIndent);
          if (value2[value2.length - 1] !== "\n")
            value2 += "\n";
          break;
        default:
          value2 += "\n";
      }
      const end = start3 + header2.length + scalar2.source.length;
      return { value: value2, type, comment: header2.comment, range: [start3, end, end] };
    }
    function parseBlockScalarHeader({ offset, props }, strict, onError) {
      if (props[0].type !== "block-scalar-header") {
        onError(props[0], "IMPOSSIBLE", "Block scalar header not found");
        return null;
      }
      const { source } = props[0];
      const mode = source[0];
      let indent = 0;
      let chomp = "";
      let error = -1;
      for (let i = 1; i < source.length; ++i) {
        const ch = source[i];
        if (!chomp && (ch === "-" || ch === "+"))
          chomp = ch;
        else {
          const n = Number(ch);
          if (!indent && n)
            indent = n;
          else if (error === -1)
            error = offset + i;
        }
      }
      if (error !== -1)
        onError(error, "UNEXPECTED_TOKEN", `Block scalar header includes extra characters: ${source}`);
      let hasSpace = false;
      let comment2 = "";
      let length = source.length;
      for (let i = 1; i < props.length; ++i) {
        const token4 = props[i];
        switch (token4.type) {
          case "space":
            hasSpace = true;
          // fallthrough
          case "newline":
            length += token4.source.length;
            break;
          case "comment":
            if (strict && !hasSpace) {
              const message = "Comments must be separated from other tokens by white space characters";
              onError(token4, "MISSING_CHAR", message);
            }
            length += token4.source.length;
            comment2 = token4.source.substring(1);
            break;
          case "error":
            onError(token4, "UNEXPECTED_TOKEN", token4.message);
            length += token4.source.length;
            break;
          /* istanbul ignore next should not happen */
          default: {
            const message = `Unexpected token in block scalar header: ${token4.type}`;
            onError(token4, "UNEXPECTED_TOKEN", message);
            const ts = token4.source;
            if (ts && typeof ts === "string")
              length += ts.length;
          }
        }
      }
      return { mode, indent, chomp, comment: comment2, length };
    }
    function splitLines(source) {
      const split2 = source.split(/\n( *)/);
      const first = split2[0];
      const m = first.match(/^( *)/);
      const line0 = m?.[1] ? [m[1], first.slice(m[1].length)] : ["", first];
      const lines = [line0];
      for (let i = 1; i < split2.length; i += 2)
        lines.push([split2[i], split2[i + 1]]);
      return lines;
    }
    exports2.resolveBlockScalar = resolveBlockScalar;
  }
});

// ../../work/main/node_modules/yaml/dist/compose/resolve-flow-scalar.js
var require_resolve_flow_scalar = __commonJS({
  "../../work/main/node_modules/yaml/dist/compose/resolve-flow-scalar.js"(exports2) {
    "use strict";
    var Scalar = require_Scalar();
    var resolveEnd = require_resolve_end();
    function resolveFlowScalar(scalar2, strict, onError) {
      const { offset, type, source, end } = scalar2;
      let _type;
      let value2;
      const _onError = (rel, code, msg) => onError(offset + rel, code, msg);
      switch (type) {
        case "scalar":
          _type = Scalar.Scalar.PLAIN;
          value2 = plainValue(source, _onError);
          break;
        case "single-quoted-scalar":
          _type = Scalar.Scalar.QUOTE_SINGLE;
          value2 = singleQuotedValue(source, _onError);
          break;
        case "double-quoted-scalar":
          _type = Scalar.Scalar.QUOTE_DOUBLE;
          value2 = doubleQuotedValue(source, _onError);
          break;
        /* istanbul ignore next should not happen */
        default:
          onError(scalar2, "UNEXPECTED_TOKEN", `Expected a flow scalar value, but found: ${type}`);
          return {
            value: "",
            type: null,
            comment: "",
            range: [offset, offset + source.length, offset + source.length]
          };
      }
      const valueEnd2 = offset + source.length;
      const re = resolveEnd.resolveEnd(end, valueEnd2, strict, onError);
      return {
        value: value2,
        type: _type,
        comment: re.comment,
        range: [offset, valueEnd2, re.offset]
      };
    }
    function plainValue(source, onError) {
      let badChar = "";
      switch (source[0]) {
        /* istanbul ignore next should not happen */
        case "	":
          badChar = "a tab character";
          break;
        case ",":
          badChar = "flow indicator character ,";
          break;
        case "%":
          badChar = "directive indicator character %";
          break;
        case "|":
        case ">": {
          badChar = `block scalar indicator ${source[0]}`;
          break;
        }
        case "@":
        case "`": {
          badChar = `reserved character ${source[0]}`;
          break;
        }
      }
      if (badChar)
        onError(0, "BAD_SCALAR_START", `Plain value cannot start with ${badChar}`);
      return unfoldLines(source);
    }
    function singleQuotedValue(source, onError) {
      if (source[source.length - 1] !== "'" || source.length === 1)
        onError(source.length, "MISSING_CHAR", "Missing closing 'quote");
      return unfoldLines(source.slice(1, -1)).replace(/''/g, "'");
    }
    function unfoldLines(source) {
      const line = /(.*?)\r?\n/sy;
      let match = line.exec(source);
      if (!match)
        return source;
      let trimEnd, trimBoth;
      try {
        trimEnd = new RegExp("(?<![ 	])[ 	]+$");
        trimBoth = new RegExp("^[ 	]+|(?<![ 	])[ 	]+$", "g");
      } catch {
        trimEnd = /[ \t]+$/;
        trimBoth = /^[ \t]+|[ \t]+$/g;
      }
      let res = match[1].replace(trimEnd, "");
      let sep5 = " ";
      let pos = line.lastIndex;
      while (match = line.exec(source)) {
        const lm = match[1].replace(trimBoth, "");
        if (lm === "") {
          if (sep5 === "\n")
            res += sep5;
          else
            sep5 = "\n";
        } else {
          res += sep5 + lm;
          sep5 = " ";
        }
        pos = line.lastIndex;
      }
      const last = /[ \t]*(.*)/sy;
      last.lastIndex = pos;
      match = last.exec(source);
      return res + sep5 + (match?.[1] ?? "");
    }
    function doubleQuotedValue(source, onError) {
      let res = "";
      for (let i = 1; i < source.length - 1; ++i) {
        const ch = source[i];
        if (ch === "\r" && source[i + 1] === "\n")
          continue;
        if (ch === "\n") {
          const { fold: fold2, offset } = foldNewline(source, i);
          res += fold2;
          i = offset;
        } else if (ch === "\\") {
          let next = source[++i];
          const cc = escapeCodes[next];
          if (cc)
            res += cc;
          else if (next === "\n") {
            next = source[i + 1];
            while (next === " " || next === "	")
              next = source[++i + 1];
          } else if (next === "\r" && source[i + 1] === "\n") {
            next = source[++i + 1];
            while (next === " " || next === "	")
              next = source[++i + 1];
          } else if (next === "x" || next === "u" || next === "U") {
            const length = next === "x" ? 2 : next === "u" ? 4 : 8;
            res += parseCharCode(source, i + 1, length, onError);
            i += length;
          } else {
            const raw = source.substr(i - 1, 2);
            onError(i - 1, "BAD_DQ_ESCAPE", `Invalid escape sequence ${raw}`);
            res += raw;
          }
        } else if (ch === " " || ch === "	") {
          const wsStart = i;
          let next = source[i + 1];
          while (next === " " || next === "	")
            next = source[++i + 1];
          if (next !== "\n" && !(next === "\r" && source[i + 2] === "\n"))
            res += i > wsStart ? source.slice(wsStart, i + 1) : ch;
        } else {
          res += ch;
        }
      }
      if (source[source.length - 1] !== '"' || source.length === 1)
        onError(source.length, "MISSING_CHAR", 'Missing closing "quote');
      return res;
    }
    function foldNewline(source, offset) {
      let fold2 = "";
      let ch = source[offset + 1];
      while (ch === " " || ch === "	" || ch === "\n" || ch === "\r") {
        if (ch === "\r" && source[offset + 2] !== "\n")
          break;
        if (ch === "\n")
          fold2 += "\n";
        offset += 1;
        ch = source[offset + 1];
      }
      if (!fold2)
        fold2 = " ";
      return { fold: fold2, offset };
    }
    var escapeCodes = {
      "0": "\0",
      // null character
      a: "\x07",
      // bell character
      b: "\b",
      // backspace
      e: "\x1B",
      // escape character
      f: "\f",
      // form feed
      n: "\n",
      // line feed
      r: "\r",
      // carriage return
      t: "	",
      // horizontal tab
      v: "\v",
      // vertical tab
      N: "",
      // Unicode next line
      _: " ",
      // Unicode non-breaking space
      L: "\u2028",
      // Unicode line separator
      P: "\u2029",
      // Unicode paragraph separator
      " ": " ",
      '"': '"',
      "/": "/",
      "\\": "\\",
      "	": "	"
    };
    function parseCharCode(source, offset, length, onError) {
      const cc = source.substr(offset, length);
      const ok = cc.length === length && /^[0-9a-fA-F]+$/.test(cc);
      const code = ok ? parseInt(cc, 16) : NaN;
      try {
        return String.fromCodePoint(code);
      } catch {
        const raw = source.substr(offset - 2, length + 2);
        onError(offset - 2, "BAD_DQ_ESCAPE", `Invalid escape sequence ${raw}`);
        return raw;
      }
    }
    exports2.resolveFlowScalar = resolveFlowScalar;
  }
});

// ../../work/main/node_modules/yaml/dist/compose/compose-scalar.js
var require_compose_scalar = __commonJS({
  "../../work/main/node_modules/yaml/dist/compose/compose-scalar.js"(exports2) {
    "use strict";
    var identity = require_identity();
    var Scalar = require_Scalar();
    var resolveBlockScalar = require_resolve_block_scalar();
    var resolveFlowScalar = require_resolve_flow_scalar();
    function composeScalar(ctx, token4, tagToken, onError) {
      const { value: value2, type, comment: comment2, range } = token4.type === "block-scalar" ? resolveBlockScalar.resolveBlockScalar(ctx, token4, onError) : resolveFlowScalar.resolveFlowScalar(token4, ctx.options.strict, onError);
      const tagName = tagToken ? ctx.directives.tagName(tagToken.source, (msg) => onError(tagToken, "TAG_RESOLVE_FAILED", msg)) : null;
      let tag;
      if (ctx.options.stringKeys && ctx.atKey) {
        tag = ctx.schema[identity.SCALAR];
      } else if (tagName)
        tag = findScalarTagByName(ctx.schema, value2, tagName, tagToken, onError);
      else if (token4.type === "scalar")
        tag = findScalarTagByTest(ctx, value2, token4, onError);
      else
        tag = ctx.schema[identity.SCALAR];
      let scalar2;
      try {
        const res = tag.resolve(value2, (msg) => onError(tagToken ?? token4, "TAG_RESOLVE_FAILED", msg), ctx.options);
        scalar2 = identity.isScalar(res) ? res : new Scalar.Scalar(res);
      } catch (error) {
        const msg = error instanceof Error ? error.message : String(error);
        onError(tagToken ?? token4, "TAG_RESOLVE_FAILED", msg);
        scalar2 = new Scalar.Scalar(value2);
      }
      scalar2.range = range;
      scalar2.source = value2;
      if (type)
        scalar2.type = type;
      if (tagName)
        scalar2.tag = tagName;
      if (tag.format)
        scalar2.format = tag.format;
      if (comment2)
        scalar2.comment = comment2;
      return scalar2;
    }
    function findScalarTagByName(schema, value2, tagName, tagToken, onError) {
      if (tagName === "!")
        return schema[identity.SCALAR];
      const matchWithTest = [];
      for (const tag of schema.tags) {
        if (!tag.collection && tag.tag === tagName) {
          if (tag.default && tag.test)
            matchWithTest.push(tag);
          else
            return tag;
        }
      }
      for (const tag of matchWithTest)
        if (tag.test?.test(value2))
          return tag;
      const kt = schema.knownTags[tagName];
      if (kt && !kt.collection) {
        schema.tags.push(Object.assign({}, kt, { default: false, test: void 0 }));
        return kt;
      }
      onError(tagToken, "TAG_RESOLVE_FAILED", `Unresolved tag: ${tagName}`, tagName !== "tag:yaml.org,2002:str");
      return schema[identity.SCALAR];
    }
    function findScalarTagByTest({ atKey, directives, schema }, value2, token4, onError) {
      const tag = schema.tags.find((tag2) => (tag2.default === true || atKey && tag2.default === "key") && tag2.test?.test(value2)) || schema[identity.SCALAR];
      if (schema.compat) {
        const compat = schema.compat.find((tag2) => tag2.default && tag2.test?.test(value2)) ?? schema[identity.SCALAR];
        if (tag.tag !== compat.tag) {
          const ts = directives.tagString(tag.tag);
          const cs = directives.tagString(compat.tag);
          const msg = `Value may be parsed as either ${ts} or ${cs}`;
          onError(token4, "TAG_RESOLVE_FAILED", msg, true);
        }
      }
      return tag;
    }
    exports2.composeScalar = composeScalar;
  }
});

// ../../work/main/node_modules/yaml/dist/compose/util-empty-scalar-position.js
var require_util_empty_scalar_position = __commonJS({
  "../../work/main/node_modules/yaml/dist/compose/util-empty-scalar-position.js"(exports2) {
    "use strict";
    function emptyScalarPosition(offset, before, pos) {
      if (before) {
        pos ?? (pos = before.length);
        for (let i = pos - 1; i >= 0; --i) {
          let st = before[i];
          switch (st.type) {
            case "space":
            case "comment":
            case "newline":
              offset -= st.source.length;
              continue;
          }
          st = before[++i];
          while (st?.type === "space") {
            offset += st.source.length;
            st = before[++i];
          }
          break;
        }
      }
      return offset;
    }
    exports2.emptyScalarPosition = emptyScalarPosition;
  }
});

// ../../work/main/node_modules/yaml/dist/compose/compose-node.js
var require_compose_node = __commonJS({
  "../../work/main/node_modules/yaml/dist/compose/compose-node.js"(exports2) {
    "use strict";
    var Alias = require_Alias();
    var identity = require_identity();
    var composeCollection = require_compose_collection();
    var composeScalar = require_compose_scalar();
    var resolveEnd = require_resolve_end();
    var utilEmptyScalarPosition = require_util_empty_scalar_position();
    var CN = { composeNode, composeEmptyNode };
    function composeNode(ctx, token4, props, onError) {
      const atKey = ctx.atKey;
      const { spaceBefore, comment: comment2, anchor, tag } = props;
      let node;
      let isSrcToken = true;
      switch (token4.type) {
        case "alias":
          node = composeAlias(ctx, token4, onError);
          if (anchor || tag)
            onError(token4, "ALIAS_PROPS", "An alias node must not specify any properties");
          break;
        case "scalar":
        case "single-quoted-scalar":
        case "double-quoted-scalar":
        case "block-scalar":
          node = composeScalar.composeScalar(ctx, token4, tag, onError);
          if (anchor)
            node.anchor = anchor.source.substring(1);
          break;
        case "block-map":
        case "block-seq":
        case "flow-collection":
          try {
            node = composeCollection.composeCollection(CN, ctx, token4, props, onError);
            if (anchor)
              node.anchor = anchor.source.substring(1);
          } catch (error) {
            const message = error instanceof Error ? error.message : String(error);
            onError(token4, "RESOURCE_EXHAUSTION", message);
          }
          break;
        default: {
          const message = token4.type === "error" ? token4.message : `Unsupported token (type: ${token4.type})`;
          onError(token4, "UNEXPECTED_TOKEN", message);
          isSrcToken = false;
        }
      }
      node ?? (node = composeEmptyNode(ctx, token4.offset, void 0, null, props, onError));
      if (anchor && node.anchor === "")
        onError(anchor, "BAD_ALIAS", "Anchor cannot be an empty string");
      if (atKey && ctx.options.stringKeys && (!identity.isScalar(node) || typeof node.value !== "string" || node.tag && node.tag !== "tag:yaml.org,2002:str")) {
        const msg = "With stringKeys, all keys must be strings";
        onError(tag ?? token4, "NON_STRING_KEY", msg);
      }
      if (spaceBefore)
        node.spaceBefore = true;
      if (comment2) {
        if (token4.type === "scalar" && token4.source === "")
          node.comment = comment2;
        else
          node.commentBefore = comment2;
      }
      if (ctx.options.keepSourceTokens && isSrcToken)
        node.srcToken = token4;
      return node;
    }
    function composeEmptyNode(ctx, offset, before, pos, { spaceBefore, comment: comment2, anchor, tag, end }, onError) {
      const token4 = {
        type: "scalar",
        offset: utilEmptyScalarPosition.emptyScalarPosition(offset, before, pos),
        indent: -1,
        source: ""
      };
      const node = composeScalar.composeScalar(ctx, token4, tag, onError);
      if (anchor) {
        node.anchor = anchor.source.substring(1);
        if (node.anchor === "")
          onError(anchor, "BAD_ALIAS", "Anchor cannot be an empty string");
      }
      if (spaceBefore)
        node.spaceBefore = true;
      if (comment2) {
        node.comment = comment2;
        node.range[2] = end;
      }
      return node;
    }
    function composeAlias({ options: options2 }, { offset, source, end }, onError) {
      const alias = new Alias.Alias(source.substring(1));
      if (alias.source === "")
        onError(offset, "BAD_ALIAS", "Alias cannot be an empty string");
      if (alias.source.endsWith(":"))
        onError(offset + source.length - 1, "BAD_ALIAS", "Alias ending in : is ambiguous", true);
      const valueEnd2 = offset + source.length;
      const re = resolveEnd.resolveEnd(end, valueEnd2, options2.strict, onError);
      alias.range = [offset, valueEnd2, re.offset];
      if (re.comment)
        alias.comment = re.comment;
      return alias;
    }
    exports2.composeEmptyNode = composeEmptyNode;
    exports2.composeNode = composeNode;
  }
});

// ../../work/main/node_modules/yaml/dist/compose/compose-doc.js
var require_compose_doc = __commonJS({
  "../../work/main/node_modules/yaml/dist/compose/compose-doc.js"(exports2) {
    "use strict";
    var Document = require_Document();
    var composeNode = require_compose_node();
    var resolveEnd = require_resolve_end();
    var resolveProps = require_resolve_props();
    function composeDoc(options2, directives, { offset, start: start3, value: value2, end }, onError) {
      const opts = Object.assign({ _directives: directives }, options2);
      const doc = new Document.Document(void 0, opts);
      const ctx = {
        atKey: false,
        atRoot: true,
        directives: doc.directives,
        options: doc.options,
        schema: doc.schema
      };
      const props = resolveProps.resolveProps(start3, {
        indicator: "doc-start",
        next: value2 ?? end?.[0],
        offset,
        onError,
        parentIndent: 0,
        startOnNewline: true
      });
      if (props.found) {
        doc.directives.docStart = true;
        if (value2 && (value2.type === "block-map" || value2.type === "block-seq") && !props.hasNewline)
          onError(props.end, "MISSING_CHAR", "Block collection cannot start on same line with directives-end marker");
      }
      doc.contents = value2 ? composeNode.composeNode(ctx, value2, props, onError) : composeNode.composeEmptyNode(ctx, props.end, start3, null, props, onError);
      const contentEnd = doc.contents.range[2];
      const re = resolveEnd.resolveEnd(end, contentEnd, false, onError);
      if (re.comment)
        doc.comment = re.comment;
      doc.range = [offset, contentEnd, re.offset];
      return doc;
    }
    exports2.composeDoc = composeDoc;
  }
});

// ../../work/main/node_modules/yaml/dist/compose/composer.js
var require_composer = __commonJS({
  "../../work/main/node_modules/yaml/dist/compose/composer.js"(exports2) {
    "use strict";
    var node_process = require("process");
    var directives = require_directives();
    var Document = require_Document();
    var errors = require_errors();
    var identity = require_identity();
    var composeDoc = require_compose_doc();
    var resolveEnd = require_resolve_end();
    function getErrorPos(src) {
      if (typeof src === "number")
        return [src, src + 1];
      if (Array.isArray(src))
        return src.length === 2 ? src : [src[0], src[1]];
      const { offset, source } = src;
      return [offset, offset + (typeof source === "string" ? source.length : 1)];
    }
    function parsePrelude(prelude) {
      let comment2 = "";
      let atComment = false;
      let afterEmptyLine = false;
      for (let i = 0; i < prelude.length; ++i) {
        const source = prelude[i];
        switch (source[0]) {
          case "#":
            comment2 += (comment2 === "" ? "" : afterEmptyLine ? "\n\n" : "\n") + (source.substring(1) || " ");
            atComment = true;
            afterEmptyLine = false;
            break;
          case "%":
            if (prelude[i + 1]?.[0] !== "#")
              i += 1;
            atComment = false;
            break;
          default:
            if (!atComment)
              afterEmptyLine = true;
            atComment = false;
        }
      }
      return { comment: comment2, afterEmptyLine };
    }
    var Composer2 = class {
      constructor(options2 = {}) {
        this.doc = null;
        this.atDirectives = false;
        this.prelude = [];
        this.errors = [];
        this.warnings = [];
        this.onError = (source, code, message, warning) => {
          const pos = getErrorPos(source);
          if (warning)
            this.warnings.push(new errors.YAMLWarning(pos, code, message));
          else
            this.errors.push(new errors.YAMLParseError(pos, code, message));
        };
        this.directives = new directives.Directives({ version: options2.version || "1.2" });
        this.options = options2;
      }
      decorate(doc, afterDoc) {
        const { comment: comment2, afterEmptyLine } = parsePrelude(this.prelude);
        if (comment2) {
          const dc = doc.contents;
          if (afterDoc) {
            doc.comment = doc.comment ? `${doc.comment}
${comment2}` : comment2;
          } else if (afterEmptyLine || doc.directives.docStart || !dc) {
            doc.commentBefore = comment2;
          } else if (identity.isCollection(dc) && !dc.flow && dc.items.length > 0) {
            let it = dc.items[0];
            if (identity.isPair(it))
              it = it.key;
            const cb = it.commentBefore;
            it.commentBefore = cb ? `${comment2}
${cb}` : comment2;
          } else {
            const cb = dc.commentBefore;
            dc.commentBefore = cb ? `${comment2}
${cb}` : comment2;
          }
        }
        if (afterDoc) {
          for (let i = 0; i < this.errors.length; ++i)
            doc.errors.push(this.errors[i]);
          for (let i = 0; i < this.warnings.length; ++i)
            doc.warnings.push(this.warnings[i]);
        } else {
          doc.errors = this.errors;
          doc.warnings = this.warnings;
        }
        this.prelude = [];
        this.errors = [];
        this.warnings = [];
      }
      /**
       * Current stream status information.
       *
       * Mostly useful at the end of input for an empty stream.
       */
      streamInfo() {
        return {
          comment: parsePrelude(this.prelude).comment,
          directives: this.directives,
          errors: this.errors,
          warnings: this.warnings
        };
      }
      /**
       * Compose tokens into documents.
       *
       * @param forceDoc - If the stream contains no document, still emit a final document including any comments and directives that would be applied to a subsequent document.
       * @param endOffset - Should be set if `forceDoc` is also set, to set the document range end and to indicate errors correctly.
       */
      *compose(tokens3, forceDoc = false, endOffset = -1) {
        for (const token4 of tokens3)
          yield* this.next(token4);
        yield* this.end(forceDoc, endOffset);
      }
      /** Advance the composer by one CST token. */
      *next(token4) {
        if (node_process.env.LOG_STREAM)
          console.dir(token4, { depth: null });
        switch (token4.type) {
          case "directive":
            this.directives.add(token4.source, (offset, message, warning) => {
              const pos = getErrorPos(token4);
              pos[0] += offset;
              this.onError(pos, "BAD_DIRECTIVE", message, warning);
            });
            this.prelude.push(token4.source);
            this.atDirectives = true;
            break;
          case "document": {
            const doc = composeDoc.composeDoc(this.options, this.directives, token4, this.onError);
            if (this.atDirectives && !doc.directives.docStart)
              this.onError(token4, "MISSING_CHAR", "Missing directives-end/doc-start indicator line");
            this.decorate(doc, false);
            if (this.doc)
              yield this.doc;
            this.doc = doc;
            this.atDirectives = false;
            break;
          }
          case "byte-order-mark":
          case "space":
            break;
          case "comment":
          case "newline":
            this.prelude.push(token4.source);
            break;
          case "error": {
            const msg = token4.source ? `${token4.message}: ${JSON.stringify(token4.source)}` : token4.message;
            const error = new errors.YAMLParseError(getErrorPos(token4), "UNEXPECTED_TOKEN", msg);
            if (this.atDirectives || !this.doc)
              this.errors.push(error);
            else
              this.doc.errors.push(error);
            break;
          }
          case "doc-end": {
            if (!this.doc) {
              const msg = "Unexpected doc-end without preceding document";
              this.errors.push(new errors.YAMLParseError(getErrorPos(token4), "UNEXPECTED_TOKEN", msg));
              break;
            }
            this.doc.directives.docEnd = true;
            const end = resolveEnd.resolveEnd(token4.end, token4.offset + token4.source.length, this.doc.options.strict, this.onError);
            this.decorate(this.doc, true);
            if (end.comment) {
              const dc = this.doc.comment;
              this.doc.comment = dc ? `${dc}
${end.comment}` : end.comment;
            }
            this.doc.range[2] = end.offset;
            break;
          }
          default:
            this.errors.push(new errors.YAMLParseError(getErrorPos(token4), "UNEXPECTED_TOKEN", `Unsupported token ${token4.type}`));
        }
      }
      /**
       * Call at end of input to yield any remaining document.
       *
       * @param forceDoc - If the stream contains no document, still emit a final document including any comments and directives that would be applied to a subsequent document.
       * @param endOffset - Should be set if `forceDoc` is also set, to set the document range end and to indicate errors correctly.
       */
      *end(forceDoc = false, endOffset = -1) {
        if (this.doc) {
          this.decorate(this.doc, true);
          yield this.doc;
          this.doc = null;
        } else if (forceDoc) {
          const opts = Object.assign({ _directives: this.directives }, this.options);
          const doc = new Document.Document(void 0, opts);
          if (this.atDirectives)
            this.onError(endOffset, "MISSING_CHAR", "Missing directives-end indicator line");
          doc.range = [0, endOffset, endOffset];
          this.decorate(doc, false);
          yield doc;
        }
      }
    };
    exports2.Composer = Composer2;
  }
});

// ../../work/main/node_modules/yaml/dist/parse/cst-scalar.js
var require_cst_scalar = __commonJS({
  "../../work/main/node_modules/yaml/dist/parse/cst-scalar.js"(exports2) {
    "use strict";
    var resolveBlockScalar = require_resolve_block_scalar();
    var resolveFlowScalar = require_resolve_flow_scalar();
    var errors = require_errors();
    var stringifyString = require_stringifyString();
    function resolveAsScalar(token4, strict = true, onError) {
      if (token4) {
        const _onError = (pos, code, message) => {
          const offset = typeof pos === "number" ? pos : Array.isArray(pos) ? pos[0] : pos.offset;
          if (onError)
            onError(offset, code, message);
          else
            throw new errors.YAMLParseError([offset, offset + 1], code, message);
        };
        switch (token4.type) {
          case "scalar":
          case "single-quoted-scalar":
          case "double-quoted-scalar":
            return resolveFlowScalar.resolveFlowScalar(token4, strict, _onError);
          case "block-scalar":
            return resolveBlockScalar.resolveBlockScalar({ options: { strict } }, token4, _onError);
        }
      }
      return null;
    }
    function createScalarToken(value2, context) {
      const { implicitKey = false, indent, inFlow = false, offset = -1, type = "PLAIN" } = context;
      const source = stringifyString.stringifyString({ type, value: value2 }, {
        implicitKey,
        indent: indent > 0 ? " ".repeat(indent) : "",
        inFlow,
        options: { blockQuote: true, lineWidth: -1 }
      });
      const end = context.end ?? [
        { type: "newline", offset: -1, indent, source: "\n" }
      ];
      switch (source[0]) {
        case "|":
        case ">": {
          const he = source.indexOf("\n");
          const head = source.substring(0, he);
          const body = source.substring(he + 1) + "\n";
          const props = [
            { type: "block-scalar-header", offset, indent, source: head }
          ];
          if (!addEndtoBlockProps(props, end))
            props.push({ type: "newline", offset: -1, indent, source: "\n" });
          return { type: "block-scalar", offset, indent, props, source: body };
        }
        case '"':
          return { type: "double-quoted-scalar", offset, indent, source, end };
        case "'":
          return { type: "single-quoted-scalar", offset, indent, source, end };
        default:
          return { type: "scalar", offset, indent, source, end };
      }
    }
    function setScalarValue(token4, value2, context = {}) {
      let { afterKey = false, implicitKey = false, inFlow = false, type } = context;
      let indent = "indent" in token4 ? token4.indent : null;
      if (afterKey && typeof indent === "number")
        indent += 2;
      if (!type)
        switch (token4.type) {
          case "single-quoted-scalar":
            type = "QUOTE_SINGLE";
            break;
          case "double-quoted-scalar":
            type = "QUOTE_DOUBLE";
            break;
          case "block-scalar": {
            const header2 = token4.props[0];
            if (header2.type !== "block-scalar-header")
              throw new Error("Invalid block scalar header");
            type = header2.source[0] === ">" ? "BLOCK_FOLDED" : "BLOCK_LITERAL";
            break;
          }
          default:
            type = "PLAIN";
        }
      const source = stringifyString.stringifyString({ type, value: value2 }, {
        implicitKey: implicitKey || indent === null,
        indent: indent !== null && indent > 0 ? " ".repeat(indent) : "",
        inFlow,
        options: { blockQuote: true, lineWidth: -1 }
      });
      switch (source[0]) {
        case "|":
        case ">":
          setBlockScalarValue(token4, source);
          break;
        case '"':
          setFlowScalarValue(token4, source, "double-quoted-scalar");
          break;
        case "'":
          setFlowScalarValue(token4, source, "single-quoted-scalar");
          break;
        default:
          setFlowScalarValue(token4, source, "scalar");
      }
    }
    function setBlockScalarValue(token4, source) {
      const he = source.indexOf("\n");
      const head = source.substring(0, he);
      const body = source.substring(he + 1) + "\n";
      if (token4.type === "block-scalar") {
        const header2 = token4.props[0];
        if (header2.type !== "block-scalar-header")
          throw new Error("Invalid block scalar header");
        header2.source = head;
        token4.source = body;
      } else {
        const { offset } = token4;
        const indent = "indent" in token4 ? token4.indent : -1;
        const props = [
          { type: "block-scalar-header", offset, indent, source: head }
        ];
        if (!addEndtoBlockProps(props, "end" in token4 ? token4.end : void 0))
          props.push({ type: "newline", offset: -1, indent, source: "\n" });
        for (const key of Object.keys(token4))
          if (key !== "type" && key !== "offset")
            delete token4[key];
        Object.assign(token4, { type: "block-scalar", indent, props, source: body });
      }
    }
    function addEndtoBlockProps(props, end) {
      if (end)
        for (const st of end)
          switch (st.type) {
            case "space":
            case "comment":
              props.push(st);
              break;
            case "newline":
              props.push(st);
              return true;
          }
      return false;
    }
    function setFlowScalarValue(token4, source, type) {
      switch (token4.type) {
        case "scalar":
        case "double-quoted-scalar":
        case "single-quoted-scalar":
          token4.type = type;
          token4.source = source;
          break;
        case "block-scalar": {
          const end = token4.props.slice(1);
          let oa = source.length;
          if (token4.props[0].type === "block-scalar-header")
            oa -= token4.props[0].source.length;
          for (const tok of end)
            tok.offset += oa;
          delete token4.props;
          Object.assign(token4, { type, source, end });
          break;
        }
        case "block-map":
        case "block-seq": {
          const offset = token4.offset + source.length;
          const nl = { type: "newline", offset, indent: token4.indent, source: "\n" };
          delete token4.items;
          Object.assign(token4, { type, source, end: [nl] });
          break;
        }
        default: {
          const indent = "indent" in token4 ? token4.indent : -1;
          const end = "end" in token4 && Array.isArray(token4.end) ? token4.end.filter((st) => st.type === "space" || st.type === "comment" || st.type === "newline") : [];
          for (const key of Object.keys(token4))
            if (key !== "type" && key !== "offset")
              delete token4[key];
          Object.assign(token4, { type, indent, source, end });
        }
      }
    }
    exports2.createScalarToken = createScalarToken;
    exports2.resolveAsScalar = resolveAsScalar;
    exports2.setScalarValue = setScalarValue;
  }
});

// ../../work/main/node_modules/yaml/dist/parse/cst-stringify.js
var require_cst_stringify = __commonJS({
  "../../work/main/node_modules/yaml/dist/parse/cst-stringify.js"(exports2) {
    "use strict";
    var stringify = (cst) => "type" in cst ? stringifyToken(cst) : stringifyItem(cst);
    function stringifyToken(token4) {
      switch (token4.type) {
        case "block-scalar": {
          let res = "";
          for (const tok of token4.props)
            res += stringifyToken(tok);
          return res + token4.source;
        }
        case "block-map":
        case "block-seq": {
          let res = "";
          for (const item of token4.items)
            res += stringifyItem(item);
          return res;
        }
        case "flow-collection": {
          let res = token4.start.source;
          for (const item of token4.items)
            res += stringifyItem(item);
          for (const st of token4.end)
            res += st.source;
          return res;
        }
        case "document": {
          let res = stringifyItem(token4);
          if (token4.end)
            for (const st of token4.end)
              res += st.source;
          return res;
        }
        default: {
          let res = token4.source;
          if ("end" in token4 && token4.end)
            for (const st of token4.end)
              res += st.source;
          return res;
        }
      }
    }
    function stringifyItem({ start: start3, key, sep: sep5, value: value2 }) {
      let res = "";
      for (const st of start3)
        res += st.source;
      if (key)
        res += stringifyToken(key);
      if (sep5)
        for (const st of sep5)
          res += st.source;
      if (value2)
        res += stringifyToken(value2);
      return res;
    }
    exports2.stringify = stringify;
  }
});

// ../../work/main/node_modules/yaml/dist/parse/cst-visit.js
var require_cst_visit = __commonJS({
  "../../work/main/node_modules/yaml/dist/parse/cst-visit.js"(exports2) {
    "use strict";
    var BREAK = /* @__PURE__ */ Symbol("break visit");
    var SKIP = /* @__PURE__ */ Symbol("skip children");
    var REMOVE = /* @__PURE__ */ Symbol("remove item");
    function visit(cst, visitor) {
      if ("type" in cst && cst.type === "document")
        cst = { start: cst.start, value: cst.value };
      _visit(Object.freeze([]), cst, visitor);
    }
    visit.BREAK = BREAK;
    visit.SKIP = SKIP;
    visit.REMOVE = REMOVE;
    visit.itemAtPath = (cst, path) => {
      let item = cst;
      for (const [field3, index2] of path) {
        const tok = item?.[field3];
        if (tok && "items" in tok) {
          item = tok.items[index2];
        } else
          return void 0;
      }
      return item;
    };
    visit.parentCollection = (cst, path) => {
      const parent = visit.itemAtPath(cst, path.slice(0, -1));
      const field3 = path[path.length - 1][0];
      const coll = parent?.[field3];
      if (coll && "items" in coll)
        return coll;
      throw new Error("Parent collection not found");
    };
    function _visit(path, item, visitor) {
      let ctrl = visitor(item, path);
      if (typeof ctrl === "symbol")
        return ctrl;
      for (const field3 of ["key", "value"]) {
        const token4 = item[field3];
        if (token4 && "items" in token4) {
          for (let i = 0; i < token4.items.length; ++i) {
            const ci = _visit(Object.freeze(path.concat([[field3, i]])), token4.items[i], visitor);
            if (typeof ci === "number")
              i = ci - 1;
            else if (ci === BREAK)
              return BREAK;
            else if (ci === REMOVE) {
              token4.items.splice(i, 1);
              i -= 1;
            }
          }
          if (typeof ctrl === "function" && field3 === "key")
            ctrl = ctrl(item, path);
        }
      }
      return typeof ctrl === "function" ? ctrl(item, path) : ctrl;
    }
    exports2.visit = visit;
  }
});

// ../../work/main/node_modules/yaml/dist/parse/cst.js
var require_cst = __commonJS({
  "../../work/main/node_modules/yaml/dist/parse/cst.js"(exports2) {
    "use strict";
    var cstScalar = require_cst_scalar();
    var cstStringify = require_cst_stringify();
    var cstVisit = require_cst_visit();
    var BOM = "\uFEFF";
    var DOCUMENT = "";
    var FLOW_END = "";
    var SCALAR = "";
    var isCollection = (token4) => !!token4 && "items" in token4;
    var isScalar2 = (token4) => !!token4 && (token4.type === "scalar" || token4.type === "single-quoted-scalar" || token4.type === "double-quoted-scalar" || token4.type === "block-scalar");
    function prettyToken(token4) {
      switch (token4) {
        case BOM:
          return "<BOM>";
        case DOCUMENT:
          return "<DOC>";
        case FLOW_END:
          return "<FLOW_END>";
        case SCALAR:
          return "<SCALAR>";
        default:
          return JSON.stringify(token4);
      }
    }
    function tokenType(source) {
      switch (source) {
        case BOM:
          return "byte-order-mark";
        case DOCUMENT:
          return "doc-mode";
        case FLOW_END:
          return "flow-error-end";
        case SCALAR:
          return "scalar";
        case "---":
          return "doc-start";
        case "...":
          return "doc-end";
        case "":
        case "\n":
        case "\r\n":
          return "newline";
        case "-":
          return "seq-item-ind";
        case "?":
          return "explicit-key-ind";
        case ":":
          return "map-value-ind";
        case "{":
          return "flow-map-start";
        case "}":
          return "flow-map-end";
        case "[":
          return "flow-seq-start";
        case "]":
          return "flow-seq-end";
        case ",":
          return "comma";
      }
      switch (source[0]) {
        case " ":
        case "	":
          return "space";
        case "#":
          return "comment";
        case "%":
          return "directive-line";
        case "*":
          return "alias";
        case "&":
          return "anchor";
        case "!":
          return "tag";
        case "'":
          return "single-quoted-scalar";
        case '"':
          return "double-quoted-scalar";
        case "|":
        case ">":
          return "block-scalar-header";
      }
      return null;
    }
    exports2.createScalarToken = cstScalar.createScalarToken;
    exports2.resolveAsScalar = cstScalar.resolveAsScalar;
    exports2.setScalarValue = cstScalar.setScalarValue;
    exports2.stringify = cstStringify.stringify;
    exports2.visit = cstVisit.visit;
    exports2.BOM = BOM;
    exports2.DOCUMENT = DOCUMENT;
    exports2.FLOW_END = FLOW_END;
    exports2.SCALAR = SCALAR;
    exports2.isCollection = isCollection;
    exports2.isScalar = isScalar2;
    exports2.prettyToken = prettyToken;
    exports2.tokenType = tokenType;
  }
});

// ../../work/main/node_modules/yaml/dist/parse/lexer.js
var require_lexer = __commonJS({
  "../../work/main/node_modules/yaml/dist/parse/lexer.js"(exports2) {
    "use strict";
    var cst = require_cst();
    function isEmpty(ch) {
      switch (ch) {
        case void 0:
        case " ":
        case "\n":
        case "\r":
        case "	":
          return true;
        default:
          return false;
      }
    }
    var hexDigits = new Set("0123456789ABCDEFabcdef");
    var tagChars = new Set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-#;/?:@&=+$_.!~*'()");
    var flowIndicatorChars = new Set(",[]{}");
    var invalidAnchorChars = new Set(" ,[]{}\n\r	");
    var isNotAnchorChar = (ch) => !ch || invalidAnchorChars.has(ch);
    var Lexer2 = class {
      constructor() {
        this.atEnd = false;
        this.blockScalarIndent = -1;
        this.blockScalarKeep = false;
        this.buffer = "";
        this.flowKey = false;
        this.flowLevel = 0;
        this.indentNext = 0;
        this.indentValue = 0;
        this.lineEndPos = null;
        this.next = null;
        this.pos = 0;
      }
      /**
       * Generate YAML tokens from the `source` string. If `incomplete`,
       * a part of the last line may be left as a buffer for the next call.
       *
       * @returns A generator of lexical tokens
       */
      *lex(source, incomplete = false) {
        if (source) {
          if (typeof source !== "string")
            throw TypeError("source is not a string");
          this.buffer = this.buffer ? this.buffer + source : source;
          this.lineEndPos = null;
        }
        this.atEnd = !incomplete;
        let next = this.next ?? "stream";
        while (next && (incomplete || this.hasChars(1)))
          next = yield* this.parseNext(next);
      }
      atLineEnd() {
        let i = this.pos;
        let ch = this.buffer[i];
        while (ch === " " || ch === "	")
          ch = this.buffer[++i];
        if (!ch || ch === "#" || ch === "\n")
          return true;
        if (ch === "\r")
          return this.buffer[i + 1] === "\n";
        return false;
      }
      charAt(n) {
        return this.buffer[this.pos + n];
      }
      continueScalar(offset) {
        let ch = this.buffer[offset];
        if (this.indentNext > 0) {
          let indent = 0;
          while (ch === " ")
            ch = this.buffer[++indent + offset];
          if (ch === "\r") {
            const next = this.buffer[indent + offset + 1];
            if (next === "\n" || !next && !this.atEnd)
              return offset + indent + 1;
          }
          return ch === "\n" || indent >= this.indentNext || !ch && !this.atEnd ? offset + indent : -1;
        }
        if (ch === "-" || ch === ".") {
          const dt = this.buffer.substr(offset, 3);
          if ((dt === "---" || dt === "...") && isEmpty(this.buffer[offset + 3]))
            return -1;
        }
        return offset;
      }
      getLine() {
        let end = this.lineEndPos;
        if (typeof end !== "number" || end !== -1 && end < this.pos) {
          end = this.buffer.indexOf("\n", this.pos);
          this.lineEndPos = end;
        }
        if (end === -1)
          return this.atEnd ? this.buffer.substring(this.pos) : null;
        if (this.buffer[end - 1] === "\r")
          end -= 1;
        return this.buffer.substring(this.pos, end);
      }
      hasChars(n) {
        return this.pos + n <= this.buffer.length;
      }
      setNext(state) {
        this.buffer = this.buffer.substring(this.pos);
        this.pos = 0;
        this.lineEndPos = null;
        this.next = state;
        return null;
      }
      peek(n) {
        return this.buffer.substr(this.pos, n);
      }
      *parseNext(next) {
        switch (next) {
          case "stream":
            return yield* this.parseStream();
          case "line-start":
            return yield* this.parseLineStart();
          case "block-start":
            return yield* this.parseBlockStart();
          case "doc":
            return yield* this.parseDocument();
          case "flow":
            return yield* this.parseFlowCollection();
          case "quoted-scalar":
            return yield* this.parseQuotedScalar();
          case "block-scalar":
            return yield* this.parseBlockScalar();
          case "plain-scalar":
            return yield* this.parsePlainScalar();
        }
      }
      *parseStream() {
        let line = this.getLine();
        if (line === null)
          return this.setNext("stream");
        if (line[0] === cst.BOM) {
          yield* this.pushCount(1);
          line = line.substring(1);
        }
        if (line[0] === "%") {
          let dirEnd = line.length;
          let cs = line.indexOf("#");
          while (cs !== -1) {
            const ch = line[cs - 1];
            if (ch === " " || ch === "	") {
              dirEnd = cs - 1;
              break;
            } else {
              cs = line.indexOf("#", cs + 1);
            }
          }
          while (true) {
            const ch = line[dirEnd - 1];
            if (ch === " " || ch === "	")
              dirEnd -= 1;
            else
              break;
          }
          const n = (yield* this.pushCount(dirEnd)) + (yield* this.pushSpaces(true));
          yield* this.pushCount(line.length - n);
          this.pushNewline();
          return "stream";
        }
        if (this.atLineEnd()) {
          const sp = yield* this.pushSpaces(true);
          yield* this.pushCount(line.length - sp);
          yield* this.pushNewline();
          return "stream";
        }
        yield cst.DOCUMENT;
        return yield* this.parseLineStart();
      }
      *parseLineStart() {
        const ch = this.charAt(0);
        if (!ch && !this.atEnd)
          return this.setNext("line-start");
        if (ch === "-" || ch === ".") {
          if (!this.atEnd && !this.hasChars(4))
            return this.setNext("line-start");
          const s = this.peek(3);
          if ((s === "---" || s === "...") && isEmpty(this.charAt(3))) {
            yield* this.pushCount(3);
            this.indentValue = 0;
            this.indentNext = 0;
            return s === "---" ? "doc" : "stream";
          }
        }
        this.indentValue = yield* this.pushSpaces(false);
        if (this.indentNext > this.indentValue && !isEmpty(this.charAt(1)))
          this.indentNext = this.indentValue;
        return yield* this.parseBlockStart();
      }
      *parseBlockStart() {
        const [ch0, ch1] = this.peek(2);
        if (!ch1 && !this.atEnd)
          return this.setNext("block-start");
        if ((ch0 === "-" || ch0 === "?" || ch0 === ":") && isEmpty(ch1)) {
          const n = (yield* this.pushCount(1)) + (yield* this.pushSpaces(true));
          this.indentNext = this.indentValue + 1;
          this.indentValue += n;
          return "block-start";
        }
        return "doc";
      }
      *parseDocument() {
        yield* this.pushSpaces(true);
        const line = this.getLine();
        if (line === null)
          return this.setNext("doc");
        let n = yield* this.pushIndicators();
        switch (line[n]) {
          case "#":
            yield* this.pushCount(line.length - n);
          // fallthrough
          case void 0:
            yield* this.pushNewline();
            return yield* this.parseLineStart();
          case "{":
          case "[":
            yield* this.pushCount(1);
            this.flowKey = false;
            this.flowLevel = 1;
            return "flow";
          case "}":
          case "]":
            yield* this.pushCount(1);
            return "doc";
          case "*":
            yield* this.pushUntil(isNotAnchorChar);
            return "doc";
          case '"':
          case "'":
            return yield* this.parseQuotedScalar();
          case "|":
          case ">":
            n += yield* this.parseBlockScalarHeader();
            n += yield* this.pushSpaces(true);
            yield* this.pushCount(line.length - n);
            yield* this.pushNewline();
            return yield* this.parseBlockScalar();
          default:
            return yield* this.parsePlainScalar();
        }
      }
      *parseFlowCollection() {
        let nl, sp;
        let indent = -1;
        do {
          nl = yield* this.pushNewline();
          if (nl > 0) {
            sp = yield* this.pushSpaces(false);
            this.indentValue = indent = sp;
          } else {
            sp = 0;
          }
          sp += yield* this.pushSpaces(true);
        } while (nl + sp > 0);
        const line = this.getLine();
        if (line === null)
          return this.setNext("flow");
        if (indent !== -1 && indent < this.indentNext && line[0] !== "#" || indent === 0 && (line.startsWith("---") || line.startsWith("...")) && isEmpty(line[3])) {
          const atFlowEndMarker = indent === this.indentNext - 1 && this.flowLevel === 1 && (line[0] === "]" || line[0] === "}");
          if (!atFlowEndMarker) {
            this.flowLevel = 0;
            yield cst.FLOW_END;
            return yield* this.parseLineStart();
          }
        }
        let n = 0;
        while (line[n] === ",") {
          n += yield* this.pushCount(1);
          n += yield* this.pushSpaces(true);
          this.flowKey = false;
        }
        n += yield* this.pushIndicators();
        switch (line[n]) {
          case void 0:
            return "flow";
          case "#":
            yield* this.pushCount(line.length - n);
            return "flow";
          case "{":
          case "[":
            yield* this.pushCount(1);
            this.flowKey = false;
            this.flowLevel += 1;
            return "flow";
          case "}":
          case "]":
            yield* this.pushCount(1);
            this.flowKey = true;
            this.flowLevel -= 1;
            return this.flowLevel ? "flow" : "doc";
          case "*":
            yield* this.pushUntil(isNotAnchorChar);
            return "flow";
          case '"':
          case "'":
            this.flowKey = true;
            return yield* this.parseQuotedScalar();
          case ":": {
            const next = this.charAt(1);
            if (this.flowKey || isEmpty(next) || next === ",") {
              this.flowKey = false;
              yield* this.pushCount(1);
              yield* this.pushSpaces(true);
              return "flow";
            }
          }
          // fallthrough
          default:
            this.flowKey = false;
            return yield* this.parsePlainScalar();
        }
      }
      *parseQuotedScalar() {
        const quote2 = this.charAt(0);
        let end = this.buffer.indexOf(quote2, this.pos + 1);
        if (quote2 === "'") {
          while (end !== -1 && this.buffer[end + 1] === "'")
            end = this.buffer.indexOf("'", end + 2);
        } else {
          while (end !== -1) {
            let n = 0;
            while (this.buffer[end - 1 - n] === "\\")
              n += 1;
            if (n % 2 === 0)
              break;
            end = this.buffer.indexOf('"', end + 1);
          }
        }
        const qb = this.buffer.substring(0, end);
        let nl = qb.indexOf("\n", this.pos);
        if (nl !== -1) {
          while (nl !== -1) {
            const cs = this.continueScalar(nl + 1);
            if (cs === -1)
              break;
            nl = qb.indexOf("\n", cs);
          }
          if (nl !== -1) {
            end = nl - (qb[nl - 1] === "\r" ? 2 : 1);
          }
        }
        if (end === -1) {
          if (!this.atEnd)
            return this.setNext("quoted-scalar");
          end = this.buffer.length;
        }
        yield* this.pushToIndex(end + 1, false);
        return this.flowLevel ? "flow" : "doc";
      }
      *parseBlockScalarHeader() {
        this.blockScalarIndent = -1;
        this.blockScalarKeep = false;
        let i = this.pos;
        while (true) {
          const ch = this.buffer[++i];
          if (ch === "+")
            this.blockScalarKeep = true;
          else if (ch > "0" && ch <= "9")
            this.blockScalarIndent = Number(ch) - 1;
          else if (ch !== "-")
            break;
        }
        return yield* this.pushUntil((ch) => isEmpty(ch) || ch === "#");
      }
      *parseBlockScalar() {
        let nl = this.pos - 1;
        let indent = 0;
        let ch;
        loop: for (let i2 = this.pos; ch = this.buffer[i2]; ++i2) {
          switch (ch) {
            case " ":
              indent += 1;
              break;
            case "\n":
              nl = i2;
              indent = 0;
              break;
            case "\r": {
              const next = this.buffer[i2 + 1];
              if (!next && !this.atEnd)
                return this.setNext("block-scalar");
              if (next === "\n")
                break;
            }
            // fallthrough
            default:
              break loop;
          }
        }
        if (!ch && !this.atEnd)
          return this.setNext("block-scalar");
        if (indent >= this.indentNext) {
          if (this.blockScalarIndent === -1)
            this.indentNext = indent;
          else {
            this.indentNext = this.blockScalarIndent + (this.indentNext === 0 ? 1 : this.indentNext);
          }
          do {
            const cs = this.continueScalar(nl + 1);
            if (cs === -1)
              break;
            nl = this.buffer.indexOf("\n", cs);
          } while (nl !== -1);
          if (nl === -1) {
            if (!this.atEnd)
              return this.setNext("block-scalar");
            nl = this.buffer.length;
          }
        }
        let i = nl + 1;
        ch = this.buffer[i];
        while (ch === " ")
          ch = this.buffer[++i];
        if (ch === "	") {
          while (ch === "	" || ch === " " || ch === "\r" || ch === "\n")
            ch = this.buffer[++i];
          nl = i - 1;
        } else if (!this.blockScalarKeep) {
          do {
            let i2 = nl - 1;
            let ch2 = this.buffer[i2];
            if (ch2 === "\r")
              ch2 = this.buffer[--i2];
            const lastChar = i2;
            while (ch2 === " ")
              ch2 = this.buffer[--i2];
            if (ch2 === "\n" && i2 >= this.pos && i2 + 1 + indent > lastChar)
              nl = i2;
            else
              break;
          } while (true);
        }
        yield cst.SCALAR;
        yield* this.pushToIndex(nl + 1, true);
        return yield* this.parseLineStart();
      }
      *parsePlainScalar() {
        const inFlow = this.flowLevel > 0;
        let end = this.pos - 1;
        let i = this.pos - 1;
        let ch;
        while (ch = this.buffer[++i]) {
          if (ch === ":") {
            const next = this.buffer[i + 1];
            if (isEmpty(next) || inFlow && flowIndicatorChars.has(next))
              break;
            end = i;
          } else if (isEmpty(ch)) {
            let next = this.buffer[i + 1];
            if (ch === "\r") {
              if (next === "\n") {
                i += 1;
                ch = "\n";
                next = this.buffer[i + 1];
              } else
                end = i;
            }
            if (next === "#" || inFlow && flowIndicatorChars.has(next))
              break;
            if (ch === "\n") {
              const cs = this.continueScalar(i + 1);
              if (cs === -1)
                break;
              i = Math.max(i, cs - 2);
            }
          } else {
            if (inFlow && flowIndicatorChars.has(ch))
              break;
            end = i;
          }
        }
        if (!ch && !this.atEnd)
          return this.setNext("plain-scalar");
        yield cst.SCALAR;
        yield* this.pushToIndex(end + 1, true);
        return inFlow ? "flow" : "doc";
      }
      *pushCount(n) {
        if (n > 0) {
          yield this.buffer.substr(this.pos, n);
          this.pos += n;
          return n;
        }
        return 0;
      }
      *pushToIndex(i, allowEmpty) {
        const s = this.buffer.slice(this.pos, i);
        if (s) {
          yield s;
          this.pos += s.length;
          return s.length;
        } else if (allowEmpty)
          yield "";
        return 0;
      }
      *pushIndicators() {
        let n = 0;
        loop: while (true) {
          switch (this.charAt(0)) {
            case "!":
              n += yield* this.pushTag();
              n += yield* this.pushSpaces(true);
              continue loop;
            case "&":
              n += yield* this.pushUntil(isNotAnchorChar);
              n += yield* this.pushSpaces(true);
              continue loop;
            case "-":
            // this is an error
            case "?":
            // this is an error outside flow collections
            case ":": {
              const inFlow = this.flowLevel > 0;
              const ch1 = this.charAt(1);
              if (isEmpty(ch1) || inFlow && flowIndicatorChars.has(ch1)) {
                if (!inFlow)
                  this.indentNext = this.indentValue + 1;
                else if (this.flowKey)
                  this.flowKey = false;
                n += yield* this.pushCount(1);
                n += yield* this.pushSpaces(true);
                continue loop;
              }
            }
          }
          break loop;
        }
        return n;
      }
      *pushTag() {
        if (this.charAt(1) === "<") {
          let i = this.pos + 2;
          let ch = this.buffer[i];
          while (!isEmpty(ch) && ch !== ">")
            ch = this.buffer[++i];
          return yield* this.pushToIndex(ch === ">" ? i + 1 : i, false);
        } else {
          let i = this.pos + 1;
          let ch = this.buffer[i];
          while (ch) {
            if (tagChars.has(ch))
              ch = this.buffer[++i];
            else if (ch === "%" && hexDigits.has(this.buffer[i + 1]) && hexDigits.has(this.buffer[i + 2])) {
              ch = this.buffer[i += 3];
            } else
              break;
          }
          return yield* this.pushToIndex(i, false);
        }
      }
      *pushNewline() {
        const ch = this.buffer[this.pos];
        if (ch === "\n")
          return yield* this.pushCount(1);
        else if (ch === "\r" && this.charAt(1) === "\n")
          return yield* this.pushCount(2);
        else
          return 0;
      }
      *pushSpaces(allowTabs) {
        let i = this.pos - 1;
        let ch;
        do {
          ch = this.buffer[++i];
        } while (ch === " " || allowTabs && ch === "	");
        const n = i - this.pos;
        if (n > 0) {
          yield this.buffer.substr(this.pos, n);
          this.pos = i;
        }
        return n;
      }
      *pushUntil(test2) {
        let i = this.pos;
        let ch = this.buffer[i];
        while (!test2(ch))
          ch = this.buffer[++i];
        return yield* this.pushToIndex(i, false);
      }
    };
    exports2.Lexer = Lexer2;
  }
});

// ../../work/main/node_modules/yaml/dist/parse/line-counter.js
var require_line_counter = __commonJS({
  "../../work/main/node_modules/yaml/dist/parse/line-counter.js"(exports2) {
    "use strict";
    var LineCounter = class {
      constructor() {
        this.lineStarts = [];
        this.addNewLine = (offset) => this.lineStarts.push(offset);
        this.linePos = (offset) => {
          let low = 0;
          let high = this.lineStarts.length;
          while (low < high) {
            const mid = low + high >> 1;
            if (this.lineStarts[mid] < offset)
              low = mid + 1;
            else
              high = mid;
          }
          if (this.lineStarts[low] === offset)
            return { line: low + 1, col: 1 };
          if (low === 0)
            return { line: 0, col: offset };
          const start3 = this.lineStarts[low - 1];
          return { line: low, col: offset - start3 + 1 };
        };
      }
    };
    exports2.LineCounter = LineCounter;
  }
});

// ../../work/main/node_modules/yaml/dist/parse/parser.js
var require_parser = __commonJS({
  "../../work/main/node_modules/yaml/dist/parse/parser.js"(exports2) {
    "use strict";
    var node_process = require("process");
    var cst = require_cst();
    var lexer = require_lexer();
    function includesToken(list2, type) {
      for (let i = 0; i < list2.length; ++i)
        if (list2[i].type === type)
          return true;
      return false;
    }
    function findNonEmptyIndex(list2) {
      for (let i = 0; i < list2.length; ++i) {
        switch (list2[i].type) {
          case "space":
          case "comment":
          case "newline":
            break;
          default:
            return i;
        }
      }
      return -1;
    }
    function isFlowToken(token4) {
      switch (token4?.type) {
        case "alias":
        case "scalar":
        case "single-quoted-scalar":
        case "double-quoted-scalar":
        case "flow-collection":
          return true;
        default:
          return false;
      }
    }
    function getPrevProps(parent) {
      switch (parent.type) {
        case "document":
          return parent.start;
        case "block-map": {
          const it = parent.items[parent.items.length - 1];
          return it.sep ?? it.start;
        }
        case "block-seq":
          return parent.items[parent.items.length - 1].start;
        /* istanbul ignore next should not happen */
        default:
          return [];
      }
    }
    function getFirstKeyStartProps(prev) {
      if (prev.length === 0)
        return [];
      let i = prev.length;
      loop: while (--i >= 0) {
        switch (prev[i].type) {
          case "doc-start":
          case "explicit-key-ind":
          case "map-value-ind":
          case "seq-item-ind":
          case "newline":
            break loop;
        }
      }
      while (prev[++i]?.type === "space") {
      }
      return prev.splice(i, prev.length);
    }
    function arrayPushArray(target3, source) {
      if (source.length < 1e5)
        Array.prototype.push.apply(target3, source);
      else
        for (let i = 0; i < source.length; ++i)
          target3.push(source[i]);
    }
    function fixFlowSeqItems(fc) {
      if (fc.start.type === "flow-seq-start") {
        for (const it of fc.items) {
          if (it.sep && !it.value && !includesToken(it.start, "explicit-key-ind") && !includesToken(it.sep, "map-value-ind")) {
            if (it.key)
              it.value = it.key;
            delete it.key;
            if (isFlowToken(it.value)) {
              if (it.value.end)
                arrayPushArray(it.value.end, it.sep);
              else
                it.value.end = it.sep;
            } else
              arrayPushArray(it.start, it.sep);
            delete it.sep;
          }
        }
      }
    }
    var Parser2 = class {
      /**
       * @param onNewLine - If defined, called separately with the start position of
       *   each new line (in `parse()`, including the start of input).
       */
      constructor(onNewLine) {
        this.atNewLine = true;
        this.atScalar = false;
        this.indent = 0;
        this.offset = 0;
        this.onKeyLine = false;
        this.stack = [];
        this.source = "";
        this.type = "";
        this.lexer = new lexer.Lexer();
        this.onNewLine = onNewLine;
      }
      /**
       * Parse `source` as a YAML stream.
       * If `incomplete`, a part of the last line may be left as a buffer for the next call.
       *
       * Errors are not thrown, but yielded as `{ type: 'error', message }` tokens.
       *
       * @returns A generator of tokens representing each directive, document, and other structure.
       */
      *parse(source, incomplete = false) {
        if (this.onNewLine && this.offset === 0)
          this.onNewLine(0);
        for (const lexeme2 of this.lexer.lex(source, incomplete))
          yield* this.next(lexeme2);
        if (!incomplete)
          yield* this.end();
      }
      /**
       * Advance the parser by the `source` of one lexical token.
       */
      *next(source) {
        this.source = source;
        if (node_process.env.LOG_TOKENS)
          console.log("|", cst.prettyToken(source));
        if (this.atScalar) {
          this.atScalar = false;
          yield* this.step();
          this.offset += source.length;
          return;
        }
        const type = cst.tokenType(source);
        if (!type) {
          const message = `Not a YAML token: ${source}`;
          yield* this.pop({ type: "error", offset: this.offset, message, source });
          this.offset += source.length;
        } else if (type === "scalar") {
          this.atNewLine = false;
          this.atScalar = true;
          this.type = "scalar";
        } else {
          this.type = type;
          yield* this.step();
          switch (type) {
            case "newline":
              this.atNewLine = true;
              this.indent = 0;
              if (this.onNewLine)
                this.onNewLine(this.offset + source.length);
              break;
            case "space":
              if (this.atNewLine && source[0] === " ")
                this.indent += source.length;
              break;
            case "explicit-key-ind":
            case "map-value-ind":
            case "seq-item-ind":
              if (this.atNewLine)
                this.indent += source.length;
              break;
            case "doc-mode":
            case "flow-error-end":
              return;
            default:
              this.atNewLine = false;
          }
          this.offset += source.length;
        }
      }
      /** Call at end of input to push out any remaining constructions */
      *end() {
        while (this.stack.length > 0)
          yield* this.pop();
      }
      get sourceToken() {
        const st = {
          type: this.type,
          offset: this.offset,
          indent: this.indent,
          source: this.source
        };
        return st;
      }
      *step() {
        const top = this.peek(1);
        if (this.type === "doc-end" && top?.type !== "doc-end") {
          while (this.stack.length > 0)
            yield* this.pop();
          this.stack.push({
            type: "doc-end",
            offset: this.offset,
            source: this.source
          });
          return;
        }
        if (!top)
          return yield* this.stream();
        switch (top.type) {
          case "document":
            return yield* this.document(top);
          case "alias":
          case "scalar":
          case "single-quoted-scalar":
          case "double-quoted-scalar":
            return yield* this.scalar(top);
          case "block-scalar":
            return yield* this.blockScalar(top);
          case "block-map":
            return yield* this.blockMap(top);
          case "block-seq":
            return yield* this.blockSequence(top);
          case "flow-collection":
            return yield* this.flowCollection(top);
          case "doc-end":
            return yield* this.documentEnd(top);
        }
        yield* this.pop();
      }
      peek(n) {
        return this.stack[this.stack.length - n];
      }
      *pop(error) {
        const token4 = error ?? this.stack.pop();
        if (!token4) {
          const message = "Tried to pop an empty stack";
          yield { type: "error", offset: this.offset, source: "", message };
        } else if (this.stack.length === 0) {
          yield token4;
        } else {
          const top = this.peek(1);
          if (token4.type === "block-scalar") {
            token4.indent = "indent" in top ? top.indent : 0;
          } else if (token4.type === "flow-collection" && top.type === "document") {
            token4.indent = 0;
          }
          if (token4.type === "flow-collection")
            fixFlowSeqItems(token4);
          switch (top.type) {
            case "document":
              top.value = token4;
              break;
            case "block-scalar":
              top.props.push(token4);
              break;
            case "block-map": {
              const it = top.items[top.items.length - 1];
              if (it.value) {
                top.items.push({ start: [], key: token4, sep: [] });
                this.onKeyLine = true;
                return;
              } else if (it.sep) {
                it.value = token4;
              } else {
                Object.assign(it, { key: token4, sep: [] });
                this.onKeyLine = !it.explicitKey;
                return;
              }
              break;
            }
            case "block-seq": {
              const it = top.items[top.items.length - 1];
              if (it.value)
                top.items.push({ start: [], value: token4 });
              else
                it.value = token4;
              break;
            }
            case "flow-collection": {
              const it = top.items[top.items.length - 1];
              if (!it || it.value)
                top.items.push({ start: [], key: token4, sep: [] });
              else if (it.sep)
                it.value = token4;
              else
                Object.assign(it, { key: token4, sep: [] });
              return;
            }
            /* istanbul ignore next should not happen */
            default:
              yield* this.pop();
              yield* this.pop(token4);
          }
          if ((top.type === "document" || top.type === "block-map" || top.type === "block-seq") && (token4.type === "block-map" || token4.type === "block-seq")) {
            const last = token4.items[token4.items.length - 1];
            if (last && !last.sep && !last.value && last.start.length > 0 && findNonEmptyIndex(last.start) === -1 && (token4.indent === 0 || last.start.every((st) => st.type !== "comment" || st.indent < token4.indent))) {
              if (top.type === "document")
                top.end = last.start;
              else
                top.items.push({ start: last.start });
              token4.items.splice(-1, 1);
            }
          }
        }
      }
      *stream() {
        switch (this.type) {
          case "directive-line":
            yield { type: "directive", offset: this.offset, source: this.source };
            return;
          case "byte-order-mark":
          case "space":
          case "comment":
          case "newline":
            yield this.sourceToken;
            return;
          case "doc-mode":
          case "doc-start": {
            const doc = {
              type: "document",
              offset: this.offset,
              start: []
            };
            if (this.type === "doc-start")
              doc.start.push(this.sourceToken);
            this.stack.push(doc);
            return;
          }
        }
        yield {
          type: "error",
          offset: this.offset,
          message: `Unexpected ${this.type} token in YAML stream`,
          source: this.source
        };
      }
      *document(doc) {
        if (doc.value)
          return yield* this.lineEnd(doc);
        switch (this.type) {
          case "doc-start": {
            if (findNonEmptyIndex(doc.start) !== -1) {
              yield* this.pop();
              yield* this.step();
            } else
              doc.start.push(this.sourceToken);
            return;
          }
          case "anchor":
          case "tag":
          case "space":
          case "comment":
          case "newline":
            doc.start.push(this.sourceToken);
            return;
        }
        const bv = this.startBlockValue(doc);
        if (bv)
          this.stack.push(bv);
        else {
          yield {
            type: "error",
            offset: this.offset,
            message: `Unexpected ${this.type} token in YAML document`,
            source: this.source
          };
        }
      }
      *scalar(scalar2) {
        if (this.type === "map-value-ind") {
          const prev = getPrevProps(this.peek(2));
          const start3 = getFirstKeyStartProps(prev);
          let sep5;
          if (scalar2.end) {
            sep5 = scalar2.end;
            sep5.push(this.sourceToken);
            delete scalar2.end;
          } else
            sep5 = [this.sourceToken];
          const map2 = {
            type: "block-map",
            offset: scalar2.offset,
            indent: scalar2.indent,
            items: [{ start: start3, key: scalar2, sep: sep5 }]
          };
          this.onKeyLine = true;
          this.stack[this.stack.length - 1] = map2;
        } else
          yield* this.lineEnd(scalar2);
      }
      *blockScalar(scalar2) {
        switch (this.type) {
          case "space":
          case "comment":
          case "newline":
            scalar2.props.push(this.sourceToken);
            return;
          case "scalar":
            scalar2.source = this.source;
            this.atNewLine = true;
            this.indent = 0;
            if (this.onNewLine) {
              let nl = this.source.indexOf("\n") + 1;
              while (nl !== 0) {
                this.onNewLine(this.offset + nl);
                nl = this.source.indexOf("\n", nl) + 1;
              }
            }
            yield* this.pop();
            break;
          /* istanbul ignore next should not happen */
          default:
            yield* this.pop();
            yield* this.step();
        }
      }
      *blockMap(map2) {
        const it = map2.items[map2.items.length - 1];
        switch (this.type) {
          case "newline":
            this.onKeyLine = false;
            if (it.value) {
              const end = "end" in it.value ? it.value.end : void 0;
              const last = Array.isArray(end) ? end[end.length - 1] : void 0;
              if (last?.type === "comment")
                end?.push(this.sourceToken);
              else
                map2.items.push({ start: [this.sourceToken] });
            } else if (it.sep) {
              it.sep.push(this.sourceToken);
            } else {
              it.start.push(this.sourceToken);
            }
            return;
          case "space":
          case "comment":
            if (it.value) {
              map2.items.push({ start: [this.sourceToken] });
            } else if (it.sep) {
              it.sep.push(this.sourceToken);
            } else {
              if (this.atIndentedComment(it.start, map2.indent)) {
                const prev = map2.items[map2.items.length - 2];
                const end = prev?.value?.end;
                if (Array.isArray(end)) {
                  arrayPushArray(end, it.start);
                  end.push(this.sourceToken);
                  map2.items.pop();
                  return;
                }
              }
              it.start.push(this.sourceToken);
            }
            return;
        }
        if (this.indent >= map2.indent) {
          const atMapIndent = !this.onKeyLine && this.indent === map2.indent;
          const atNextItem = atMapIndent && (it.sep || it.explicitKey) && this.type !== "seq-item-ind";
          let start3 = [];
          if (atNextItem && it.sep && !it.value) {
            const nl = [];
            for (let i = 0; i < it.sep.length; ++i) {
              const st = it.sep[i];
              switch (st.type) {
                case "newline":
                  nl.push(i);
                  break;
                case "space":
                  break;
                case "comment":
                  if (st.indent > map2.indent)
                    nl.length = 0;
                  break;
                default:
                  nl.length = 0;
              }
            }
            if (nl.length >= 2)
              start3 = it.sep.splice(nl[1]);
          }
          switch (this.type) {
            case "anchor":
            case "tag":
              if (atNextItem || it.value) {
                start3.push(this.sourceToken);
                map2.items.push({ start: start3 });
                this.onKeyLine = true;
              } else if (it.sep) {
                it.sep.push(this.sourceToken);
              } else {
                it.start.push(this.sourceToken);
              }
              return;
            case "explicit-key-ind":
              if (!it.sep && !it.explicitKey) {
                it.start.push(this.sourceToken);
                it.explicitKey = true;
              } else if (atNextItem || it.value) {
                start3.push(this.sourceToken);
                map2.items.push({ start: start3, explicitKey: true });
              } else {
                this.stack.push({
                  type: "block-map",
                  offset: this.offset,
                  indent: this.indent,
                  items: [{ start: [this.sourceToken], explicitKey: true }]
                });
              }
              this.onKeyLine = true;
              return;
            case "map-value-ind":
              if (it.explicitKey) {
                if (!it.sep) {
                  if (includesToken(it.start, "newline")) {
                    Object.assign(it, { key: null, sep: [this.sourceToken] });
                  } else {
                    const start4 = getFirstKeyStartProps(it.start);
                    this.stack.push({
                      type: "block-map",
                      offset: this.offset,
                      indent: this.indent,
                      items: [{ start: start4, key: null, sep: [this.sourceToken] }]
                    });
                  }
                } else if (it.value) {
                  map2.items.push({ start: [], key: null, sep: [this.sourceToken] });
                } else if (includesToken(it.sep, "map-value-ind")) {
                  this.stack.push({
                    type: "block-map",
                    offset: this.offset,
                    indent: this.indent,
                    items: [{ start: start3, key: null, sep: [this.sourceToken] }]
                  });
                } else if (isFlowToken(it.key) && !includesToken(it.sep, "newline")) {
                  const start4 = getFirstKeyStartProps(it.start);
                  const key = it.key;
                  const sep5 = it.sep;
                  sep5.push(this.sourceToken);
                  delete it.key;
                  delete it.sep;
                  this.stack.push({
                    type: "block-map",
                    offset: this.offset,
                    indent: this.indent,
                    items: [{ start: start4, key, sep: sep5 }]
                  });
                } else if (start3.length > 0) {
                  it.sep = it.sep.concat(start3, this.sourceToken);
                } else {
                  it.sep.push(this.sourceToken);
                }
              } else {
                if (!it.sep) {
                  Object.assign(it, { key: null, sep: [this.sourceToken] });
                } else if (it.value || atNextItem) {
                  map2.items.push({ start: start3, key: null, sep: [this.sourceToken] });
                } else if (includesToken(it.sep, "map-value-ind")) {
                  this.stack.push({
                    type: "block-map",
                    offset: this.offset,
                    indent: this.indent,
                    items: [{ start: [], key: null, sep: [this.sourceToken] }]
                  });
                } else {
                  it.sep.push(this.sourceToken);
                }
              }
              this.onKeyLine = true;
              return;
            case "alias":
            case "scalar":
            case "single-quoted-scalar":
            case "double-quoted-scalar": {
              const fs = this.flowScalar(this.type);
              if (atNextItem || it.value) {
                map2.items.push({ start: start3, key: fs, sep: [] });
                this.onKeyLine = true;
              } else if (it.sep) {
                this.stack.push(fs);
              } else {
                Object.assign(it, { key: fs, sep: [] });
                this.onKeyLine = true;
              }
              return;
            }
            default: {
              const bv = this.startBlockValue(map2);
              if (bv) {
                if (bv.type === "block-seq") {
                  if (!it.explicitKey && it.sep && !includesToken(it.sep, "newline")) {
                    yield* this.pop({
                      type: "error",
                      offset: this.offset,
                      message: "Unexpected block-seq-ind on same line with key",
                      source: this.source
                    });
                    return;
                  }
                } else if (atMapIndent) {
                  map2.items.push({ start: start3 });
                }
                this.stack.push(bv);
                return;
              }
            }
          }
        }
        yield* this.pop();
        yield* this.step();
      }
      *blockSequence(seq) {
        const it = seq.items[seq.items.length - 1];
        switch (this.type) {
          case "newline":
            if (it.value) {
              const end = "end" in it.value ? it.value.end : void 0;
              const last = Array.isArray(end) ? end[end.length - 1] : void 0;
              if (last?.type === "comment")
                end?.push(this.sourceToken);
              else
                seq.items.push({ start: [this.sourceToken] });
            } else
              it.start.push(this.sourceToken);
            return;
          case "space":
          case "comment":
            if (it.value)
              seq.items.push({ start: [this.sourceToken] });
            else {
              if (this.atIndentedComment(it.start, seq.indent)) {
                const prev = seq.items[seq.items.length - 2];
                const end = prev?.value?.end;
                if (Array.isArray(end)) {
                  arrayPushArray(end, it.start);
                  end.push(this.sourceToken);
                  seq.items.pop();
                  return;
                }
              }
              it.start.push(this.sourceToken);
            }
            return;
          case "anchor":
          case "tag":
            if (it.value || this.indent <= seq.indent)
              break;
            it.start.push(this.sourceToken);
            return;
          case "seq-item-ind":
            if (this.indent !== seq.indent)
              break;
            if (it.value || includesToken(it.start, "seq-item-ind"))
              seq.items.push({ start: [this.sourceToken] });
            else
              it.start.push(this.sourceToken);
            return;
        }
        if (this.indent > seq.indent) {
          const bv = this.startBlockValue(seq);
          if (bv) {
            this.stack.push(bv);
            return;
          }
        }
        yield* this.pop();
        yield* this.step();
      }
      *flowCollection(fc) {
        const it = fc.items[fc.items.length - 1];
        if (this.type === "flow-error-end") {
          let top;
          do {
            yield* this.pop();
            top = this.peek(1);
          } while (top?.type === "flow-collection");
        } else if (fc.end.length === 0) {
          switch (this.type) {
            case "comma":
            case "explicit-key-ind":
              if (!it || it.sep)
                fc.items.push({ start: [this.sourceToken] });
              else
                it.start.push(this.sourceToken);
              return;
            case "map-value-ind":
              if (!it || it.value)
                fc.items.push({ start: [], key: null, sep: [this.sourceToken] });
              else if (it.sep)
                it.sep.push(this.sourceToken);
              else
                Object.assign(it, { key: null, sep: [this.sourceToken] });
              return;
            case "space":
            case "comment":
            case "newline":
            case "anchor":
            case "tag":
              if (!it || it.value)
                fc.items.push({ start: [this.sourceToken] });
              else if (it.sep)
                it.sep.push(this.sourceToken);
              else
                it.start.push(this.sourceToken);
              return;
            case "alias":
            case "scalar":
            case "single-quoted-scalar":
            case "double-quoted-scalar": {
              const fs = this.flowScalar(this.type);
              if (!it || it.value)
                fc.items.push({ start: [], key: fs, sep: [] });
              else if (it.sep)
                this.stack.push(fs);
              else
                Object.assign(it, { key: fs, sep: [] });
              return;
            }
            case "flow-map-end":
            case "flow-seq-end":
              fc.end.push(this.sourceToken);
              return;
          }
          const bv = this.startBlockValue(fc);
          if (bv)
            this.stack.push(bv);
          else {
            yield* this.pop();
            yield* this.step();
          }
        } else {
          const parent = this.peek(2);
          if (parent.type === "block-map" && (this.type === "map-value-ind" && parent.indent === fc.indent || this.type === "newline" && !parent.items[parent.items.length - 1].sep)) {
            yield* this.pop();
            yield* this.step();
          } else if (this.type === "map-value-ind" && parent.type !== "flow-collection") {
            const prev = getPrevProps(parent);
            const start3 = getFirstKeyStartProps(prev);
            fixFlowSeqItems(fc);
            const sep5 = fc.end.splice(1, fc.end.length);
            sep5.push(this.sourceToken);
            const map2 = {
              type: "block-map",
              offset: fc.offset,
              indent: fc.indent,
              items: [{ start: start3, key: fc, sep: sep5 }]
            };
            this.onKeyLine = true;
            this.stack[this.stack.length - 1] = map2;
          } else {
            yield* this.lineEnd(fc);
          }
        }
      }
      flowScalar(type) {
        if (this.onNewLine) {
          let nl = this.source.indexOf("\n") + 1;
          while (nl !== 0) {
            this.onNewLine(this.offset + nl);
            nl = this.source.indexOf("\n", nl) + 1;
          }
        }
        return {
          type,
          offset: this.offset,
          indent: this.indent,
          source: this.source
        };
      }
      startBlockValue(parent) {
        switch (this.type) {
          case "alias":
          case "scalar":
          case "single-quoted-scalar":
          case "double-quoted-scalar":
            return this.flowScalar(this.type);
          case "block-scalar-header":
            return {
              type: "block-scalar",
              offset: this.offset,
              indent: this.indent,
              props: [this.sourceToken],
              source: ""
            };
          case "flow-map-start":
          case "flow-seq-start":
            return {
              type: "flow-collection",
              offset: this.offset,
              indent: this.indent,
              start: this.sourceToken,
              items: [],
              end: []
            };
          case "seq-item-ind":
            return {
              type: "block-seq",
              offset: this.offset,
              indent: this.indent,
              items: [{ start: [this.sourceToken] }]
            };
          case "explicit-key-ind": {
            this.onKeyLine = true;
            const prev = getPrevProps(parent);
            const start3 = getFirstKeyStartProps(prev);
            start3.push(this.sourceToken);
            return {
              type: "block-map",
              offset: this.offset,
              indent: this.indent,
              items: [{ start: start3, explicitKey: true }]
            };
          }
          case "map-value-ind": {
            this.onKeyLine = true;
            const prev = getPrevProps(parent);
            const start3 = getFirstKeyStartProps(prev);
            return {
              type: "block-map",
              offset: this.offset,
              indent: this.indent,
              items: [{ start: start3, key: null, sep: [this.sourceToken] }]
            };
          }
        }
        return null;
      }
      atIndentedComment(start3, indent) {
        if (this.type !== "comment")
          return false;
        if (this.indent <= indent)
          return false;
        return start3.every((st) => st.type === "newline" || st.type === "space");
      }
      *documentEnd(docEnd) {
        if (this.type !== "doc-mode") {
          if (docEnd.end)
            docEnd.end.push(this.sourceToken);
          else
            docEnd.end = [this.sourceToken];
          if (this.type === "newline")
            yield* this.pop();
        }
      }
      *lineEnd(token4) {
        switch (this.type) {
          case "comma":
          case "doc-start":
          case "doc-end":
          case "flow-seq-end":
          case "flow-map-end":
          case "map-value-ind":
            yield* this.pop();
            yield* this.step();
            break;
          case "newline":
            this.onKeyLine = false;
          // fallthrough
          case "space":
          case "comment":
          default:
            if (token4.end)
              token4.end.push(this.sourceToken);
            else
              token4.end = [this.sourceToken];
            if (this.type === "newline")
              yield* this.pop();
        }
      }
    };
    exports2.Parser = Parser2;
  }
});

// ../../work/main/node_modules/yaml/dist/public-api.js
var require_public_api = __commonJS({
  "../../work/main/node_modules/yaml/dist/public-api.js"(exports2) {
    "use strict";
    var composer = require_composer();
    var Document = require_Document();
    var errors = require_errors();
    var log = require_log();
    var identity = require_identity();
    var lineCounter = require_line_counter();
    var parser = require_parser();
    function parseOptions(options2) {
      const prettyErrors = options2.prettyErrors !== false;
      const lineCounter$1 = options2.lineCounter || prettyErrors && new lineCounter.LineCounter() || null;
      return { lineCounter: lineCounter$1, prettyErrors };
    }
    function parseAllDocuments(source, options2 = {}) {
      const { lineCounter: lineCounter2, prettyErrors } = parseOptions(options2);
      const parser$1 = new parser.Parser(lineCounter2?.addNewLine);
      const composer$1 = new composer.Composer(options2);
      const docs = Array.from(composer$1.compose(parser$1.parse(source)));
      if (prettyErrors && lineCounter2)
        for (const doc of docs) {
          doc.errors.forEach(errors.prettifyError(source, lineCounter2));
          doc.warnings.forEach(errors.prettifyError(source, lineCounter2));
        }
      if (docs.length > 0)
        return docs;
      return Object.assign([], { empty: true }, composer$1.streamInfo());
    }
    function parseDocument2(source, options2 = {}) {
      const { lineCounter: lineCounter2, prettyErrors } = parseOptions(options2);
      const parser$1 = new parser.Parser(lineCounter2?.addNewLine);
      const composer$1 = new composer.Composer(options2);
      let doc = null;
      for (const _doc of composer$1.compose(parser$1.parse(source), true, source.length)) {
        if (!doc)
          doc = _doc;
        else if (doc.options.logLevel !== "silent") {
          doc.errors.push(new errors.YAMLParseError(_doc.range.slice(0, 2), "MULTIPLE_DOCS", "Source contains multiple documents; please use YAML.parseAllDocuments()"));
          break;
        }
      }
      if (prettyErrors && lineCounter2) {
        doc.errors.forEach(errors.prettifyError(source, lineCounter2));
        doc.warnings.forEach(errors.prettifyError(source, lineCounter2));
      }
      return doc;
    }
    function parse6(src, reviver, options2) {
      let _reviver = void 0;
      if (typeof reviver === "function") {
        _reviver = reviver;
      } else if (options2 === void 0 && reviver && typeof reviver === "object") {
        options2 = reviver;
      }
      const doc = parseDocument2(src, options2);
      if (!doc)
        return null;
      doc.warnings.forEach((warning) => log.warn(doc.options.logLevel, warning));
      if (doc.errors.length > 0) {
        if (doc.options.logLevel !== "silent")
          throw doc.errors[0];
        else
          doc.errors = [];
      }
      return doc.toJS(Object.assign({ reviver: _reviver }, options2));
    }
    function stringify(value2, replacer, options2) {
      let _replacer = null;
      if (typeof replacer === "function" || Array.isArray(replacer)) {
        _replacer = replacer;
      } else if (options2 === void 0 && replacer) {
        options2 = replacer;
      }
      if (typeof options2 === "string")
        options2 = options2.length;
      if (typeof options2 === "number") {
        const indent = Math.round(options2);
        options2 = indent < 1 ? void 0 : indent > 8 ? { indent: 8 } : { indent };
      }
      if (value2 === void 0) {
        const { keepUndefined } = options2 ?? replacer ?? {};
        if (!keepUndefined)
          return void 0;
      }
      if (identity.isDocument(value2) && !_replacer)
        return value2.toString(options2);
      return new Document.Document(value2, _replacer, options2).toString(options2);
    }
    exports2.parse = parse6;
    exports2.parseAllDocuments = parseAllDocuments;
    exports2.parseDocument = parseDocument2;
    exports2.stringify = stringify;
  }
});

// ../../work/main/node_modules/yaml/dist/index.js
var require_dist = __commonJS({
  "../../work/main/node_modules/yaml/dist/index.js"(exports2) {
    "use strict";
    var composer = require_composer();
    var Document = require_Document();
    var Schema = require_Schema();
    var errors = require_errors();
    var Alias = require_Alias();
    var identity = require_identity();
    var Pair = require_Pair();
    var Scalar = require_Scalar();
    var YAMLMap = require_YAMLMap();
    var YAMLSeq = require_YAMLSeq();
    var cst = require_cst();
    var lexer = require_lexer();
    var lineCounter = require_line_counter();
    var parser = require_parser();
    var publicApi = require_public_api();
    var visit = require_visit();
    exports2.Composer = composer.Composer;
    exports2.Document = Document.Document;
    exports2.Schema = Schema.Schema;
    exports2.YAMLError = errors.YAMLError;
    exports2.YAMLParseError = errors.YAMLParseError;
    exports2.YAMLWarning = errors.YAMLWarning;
    exports2.Alias = Alias.Alias;
    exports2.isAlias = identity.isAlias;
    exports2.isCollection = identity.isCollection;
    exports2.isDocument = identity.isDocument;
    exports2.isMap = identity.isMap;
    exports2.isNode = identity.isNode;
    exports2.isPair = identity.isPair;
    exports2.isScalar = identity.isScalar;
    exports2.isSeq = identity.isSeq;
    exports2.Pair = Pair.Pair;
    exports2.Scalar = Scalar.Scalar;
    exports2.YAMLMap = YAMLMap.YAMLMap;
    exports2.YAMLSeq = YAMLSeq.YAMLSeq;
    exports2.CST = cst;
    exports2.Lexer = lexer.Lexer;
    exports2.LineCounter = lineCounter.LineCounter;
    exports2.Parser = parser.Parser;
    exports2.parse = publicApi.parse;
    exports2.parseAllDocuments = publicApi.parseAllDocuments;
    exports2.parseDocument = publicApi.parseDocument;
    exports2.stringify = publicApi.stringify;
    exports2.visit = visit.visit;
    exports2.visitAsync = visit.visitAsync;
  }
});

// ../../work/main/node_modules/ignore/index.js
var require_ignore = __commonJS({
  "../../work/main/node_modules/ignore/index.js"(exports2, module2) {
    function makeArray(subject2) {
      return Array.isArray(subject2) ? subject2 : [subject2];
    }
    var UNDEFINED = void 0;
    var EMPTY3 = "";
    var SPACE2 = " ";
    var ESCAPE = "\\";
    var REGEX_LITERAL_SPECIAL = /[.*+?()[\]{}^$|\\/]/;
    var BOM = "\uFEFF";
    var REGEX_ANCHORED_GLOBSTAR = /^\/\*{2,}$/;
    var REGEX_REPLACE_LEADING_EXCAPED_EXCLAMATION = /^\\!/;
    var REGEX_REPLACE_LEADING_EXCAPED_HASH = /^\\#/;
    var REGEX_SPLITALL_CRLF = /\r?\n/g;
    var DOUBLE_SLASH = "//";
    var SLASH_CODE = 47;
    var DOT_CODE = 46;
    var SLASH = "/";
    var TMP_KEY_IGNORE = "node-ignore";
    if (typeof Symbol !== "undefined") {
      TMP_KEY_IGNORE = /* @__PURE__ */ Symbol.for("node-ignore");
    }
    var KEY_IGNORE = TMP_KEY_IGNORE;
    var define4 = (object, key, value2) => {
      Object.defineProperty(object, key, { value: value2 });
      return value2;
    };
    var RETURN_FALSE = () => false;
    var POSIX_CLASSES = {
      alnum: "0-9A-Za-z",
      alpha: "A-Za-z",
      blank: " \\t",
      cntrl: "\\x00-\\x1f\\x7f",
      digit: "0-9",
      graph: "!-.0-~",
      lower: "a-z",
      print: " -.0-~",
      punct: "!-.:-@\\[-`{-~",
      // git's `sane-ctype.h` classifies \v and \f as control, not space,
      //   unlike C's `isspace`
      space: " \\t\\n\\r",
      upper: "A-Z",
      xdigit: "0-9A-Fa-f"
    };
    var CLASS_MEMBERS_TO_ESCAPE = "\\]^-[";
    var escapeMember = (char) => CLASS_MEMBERS_TO_ESCAPE.indexOf(char) < 0 ? char : ESCAPE + char;
    var NON_SLASH = "(?!\\/)";
    var classSource = (negated2, body) => {
      if (negated2) {
        return `[^\\/${body}]`;
      }
      const source = `[${body}]`;
      return new RegExp(source).test("/") ? NON_SLASH + source : source;
    };
    var scanBracket = (pattern4, start3) => {
      const { length } = pattern4;
      let index2 = start3 + 1;
      let negated2 = EMPTY3;
      const lead = pattern4[index2];
      if (lead === "!" || lead === "^") {
        negated2 = "^";
        index2++;
      }
      let body = EMPTY3;
      let prev = EMPTY3;
      for (; ; ) {
        const char = pattern4[index2];
        if (char === UNDEFINED) {
          return null;
        }
        if (char === ESCAPE) {
          const escaped2 = pattern4[++index2];
          body += escapeMember(escaped2);
          prev = escaped2;
        } else if (char === "-" && prev && index2 + 1 < length && pattern4[index2 + 1] !== "]") {
          index2++;
          let to = pattern4[index2];
          if (to === ESCAPE) {
            to = pattern4[index2 += 1];
          }
          if (prev <= to) {
            body += `-${escapeMember(to)}`;
          }
          prev = EMPTY3;
        } else if (char === "[" && pattern4[index2 + 1] === ":") {
          const nameStart = index2 + 2;
          let end = nameStart;
          while (end < length && pattern4[end] !== "]") {
            end++;
          }
          if (end === length) {
            return null;
          }
          if (end > nameStart && pattern4[end - 1] === ":") {
            const name = pattern4.slice(nameStart, end - 1);
            if (!Object.prototype.hasOwnProperty.call(POSIX_CLASSES, name)) {
              return null;
            }
            body += POSIX_CLASSES[name];
            prev = EMPTY3;
            index2 = end;
          } else {
            body += escapeMember("[");
            prev = "[";
            index2 = nameStart - 2;
          }
        } else {
          body += escapeMember(char);
          prev = char;
        }
        index2++;
        if (pattern4[index2] === "]") {
          return {
            end: index2,
            source: classSource(negated2, body)
          };
        }
      }
    };
    var NEVER_MATCH = "[]";
    var PLACEHOLDER2 = "\0";
    var REGEX_RESTORE_PLACEHOLDER = new RegExp(
      `${PLACEHOLDER2}(\\d+)${PLACEHOLDER2}`,
      "g"
    );
    var TRAILING_WILDCARD = "";
    var TRAILING_DOUBLESTAR = "";
    var isReserved = (char) => char === PLACEHOLDER2 || char === TRAILING_WILDCARD || char === TRAILING_DOUBLESTAR;
    var extractBrackets = (pattern4) => {
      const sources = [];
      const hold = (source) => `${PLACEHOLDER2}${sources.push(source) - 1}${PLACEHOLDER2}`;
      const { length } = pattern4;
      let out = EMPTY3;
      let index2 = 0;
      while (index2 < length) {
        const char = pattern4[index2];
        if (char === ESCAPE) {
          const escaped2 = pattern4[index2 + 1];
          if (escaped2 === SLASH && index2 + 2 === length) {
            out += hold(NEVER_MATCH);
          } else if (escaped2 === "*" || escaped2 === "[" || escaped2 === SPACE2) {
            out += pattern4.slice(index2, index2 + 2);
          } else {
            out += hold(
              REGEX_LITERAL_SPECIAL.test(escaped2) ? ESCAPE + escaped2 : isReserved(escaped2) ? `[${escaped2}]` : escaped2
            );
          }
          index2 += 2;
        } else if (isReserved(char)) {
          out += hold(`[${char}]`);
          index2++;
        } else if (char === "[") {
          const scanned = scanBracket(pattern4, index2);
          if (scanned === null) {
            out += hold(NEVER_MATCH);
            index2 = length;
          } else {
            out += hold(scanned.source);
            index2 = scanned.end + 1;
          }
        } else {
          out += char;
          index2++;
        }
      }
      return {
        source: out,
        sources
      };
    };
    var DIRECT = null;
    var REGEX_INNER_SLASH = /\/(?!$)/;
    var WILDCARD = "[^\\/]*";
    var REPLACERS = [
      // Replace (\ ) with ' '
      // Only a space: an escaped tab or other whitespace is already a literal by
      //   the time it reaches here, and a bare tab must be left as one, not turned
      //   into a space.
      // (\ ) -> ' '
      // (\\ ) -> '\\ '
      // (\\\ ) -> '\\ '
      [
        // A run of backslashes is taken whole, from its first one, so no match
        //   ever starts again inside it -- `(\\+?) ` did, which made a long run
        //   quadratic.
        /(\\+)( ?)/g,
        (_, run4, space) => space ? run4.slice(0, run4.length - run4.length % 2) + SPACE2 : run4,
        ESCAPE + SPACE2
      ],
      // git's wildmatch() reads a run of two or more asterisks as one globstar
      //   whenever the run fills a path segment: it starts the pattern or follows
      //   a `/`, and it ends the pattern or comes before a `/`. A run of two is
      //   already `**`; a longer one is folded into `**` here, so the steps
      //   below only ever have to know `**`.
      // `***/foo` -> `**/foo`, `a/***/b` -> `a/**/b`, `a/***` -> `a/**`
      // git also takes a run beside a literal prefix (`a***/b`) or beside an
      //   escaped slash (`***\/b`) as a globstar, and this does not; the README
      //   lists both, under "A run of asterisks".
      [
        /(^|\/)\*{3,}(?=\/|$)/g,
        (_, start3) => `${start3}**`,
        "*"
      ],
      // Escape metacharacters
      // which is written down by users but means special for regular expressions.
      // > There are 12 characters with special meanings:
      // > - the backslash \,
      // > - the caret ^,
      // > - the dollar sign $,
      // > - the period or dot .,
      // > - the vertical bar or pipe symbol |,
      // > - the question mark ?,
      // > - the asterisk or star *,
      // > - the plus sign +,
      // > - the opening parenthesis (,
      // > - the closing parenthesis ),
      // > - and the opening square bracket [,
      // > - the opening curly brace {,
      // > These special characters are often called "metacharacters".
      [
        /[\\$.|*+(){^]/g,
        (match) => `\\${match}`
      ],
      [
        // > a question mark (?) matches a single character
        /(?!\\)\?/g,
        () => "[^/]",
        "?"
      ],
      // leading slash
      [
        // > A leading slash matches the beginning of the pathname.
        // > For example, "/*.c" matches "cat-file.c" but not "mozilla-sha1/sha1.c".
        // A leading slash matches the beginning of the pathname
        /^\//,
        () => "^",
        SLASH
      ],
      // replace special metacharacter slash after the leading slash
      [
        /\//g,
        () => "\\/",
        SLASH
      ],
      [
        // > A leading "**" followed by a slash means match in all directories.
        // > For example, "**/foo" matches file or directory "foo" anywhere,
        // > the same as pattern "foo".
        // > "**/foo/bar" matches file or directory "bar" anywhere that is directly
        // >   under directory "foo".
        // Notice that the '*'s have been replaced as '\\*'
        /^\^*(?:\\\*\\\*\\\/)+/,
        // '**/foo' <-> 'foo'
        () => "(?:^|\\/)",
        "*"
      ],
      // starting
      [
        // there will be no leading '/'
        //   (which has been replaced by section "leading slash")
        // If starts with '**', adding a '^' to the regular expression also works
        DIRECT,
        (source, pattern4) => {
          if (!source || source[0] === "^" || source[0] === "(") {
            return source;
          }
          const anchor = !REGEX_INNER_SLASH.test(pattern4) ? "(?:^|\\/)" : "^";
          return anchor + source;
        }
      ],
      // two globstars
      [
        // Use lookahead assertions so that we could match more than one `'/**'`
        /\\\/\\\*\\\*(?=\\\/|$)/g,
        // Zero, one or several directories
        // should not use '*', or it will be replaced by the next replacer
        // Check if it is not the last `'/**'`
        (_, index2, str) => index2 + 6 < str.length ? str.slice(index2 + 6) === "\\/" ? "(?:\\/[^\\/]+)+" : "(?:\\/[^\\/]+)*" : `\\/${TRAILING_DOUBLESTAR}`,
        "*"
      ],
      // normal intermediate wildcards
      [
        // Never replace escaped '*'
        // ignore rule '\*' will match the path '*'
        // 'abc.*/' -> go
        // 'abc.*'  -> skip this rule,
        //    coz trailing single wildcard will be handed by [trailing wildcard]
        /(^|[^\\])(?:\\\*)+(?!$)/g,
        // '*.js' matches '.js'
        // '*.js' doesn't match 'abc'
        // 1. An asterisk "*" matches anything except a slash.
        // 2. Other consecutive asterisks are considered regular asterisks
        //    and collapse into one non-slash wildcard run.
        (_, p1) => p1 + WILDCARD,
        "*"
      ],
      // trailing wildcard, held apart from a literal star
      [
        // The step above leaves a trailing `*` alone, so a single `\*` is all that
        //   can be left at the end here, and what stands in front of it says which
        //   kind it is. A wildcard arrives as the escaper wrote it, `\*` with
        //   nothing before it; a literal arrives as the user's own escape, which
        //   the escaper doubled, and then the star's own -- `\\` and then `\*`.
        //   There is no third case: every backslash still reaching the chain is
        //   one `\*`, `\[` or `\ ` carries itself, and each is followed by its
        //   own character, so a longer run can never form. This runs while the
        //   two are still distinct, before the unescape steps below collapse the
        //   literal onto the very `\*` a wildcard leaves behind.
        /(^|[^\\])((?:\\\\)*)\\\*$/,
        (match, p1, p2) => p2 === EMPTY3 ? p1 + TRAILING_WILDCARD : match,
        "*"
      ],
      [
        // unescape, revert step 3 except for back slash
        // For example, if a user escape a '\\*',
        // after step 3, the result will be '\\\\\\*'
        /\\\\\\(?=[$.|*+(){^])/g,
        () => ESCAPE,
        ESCAPE + ESCAPE
      ],
      [
        // '\\\\' -> '\\'
        /\\\\/g,
        () => ESCAPE,
        ESCAPE + ESCAPE
      ],
      [
        // Every real bracket expression -- POSIX classes included -- has already
        //   been held aside by `extractBrackets`, so the only `[` left in the
        //   pattern is an escaped, literal one.
        // A backslash could only stand at the end of the range if it quoted the
        //   `]`, and `\]` is held aside long before this.
        /\\\[([^\]/]*?)($|\])/g,
        // '\\[bar]' -> '\\\\[bar]'
        (match, range, close2) => `\\[${range}${close2}`,
        "["
      ],
      // ending
      [
        // 'js' will not match 'js.'
        // 'ab' will not match 'abc'
        DIRECT,
        // WTF!
        // https://git-scm.com/docs/gitignore
        // changes in [2.22.1](https://git-scm.com/docs/gitignore/2.22.1)
        // which re-fixes #24, #38
        // > If there is a separator at the end of the pattern then the pattern
        // > will only match directories, otherwise the pattern can match both
        // > files and directories.
        // 'js*' will not match 'a.js'
        // 'js/' will not match 'a.js'
        // 'js' will match 'a.js' and 'a.js/'
        (source) => {
          const last = source[source.length - 1];
          if (!last || last === TRAILING_WILDCARD || last === TRAILING_DOUBLESTAR) {
            return source;
          }
          return last === SLASH ? `${source}$` : `${source}(?=$|\\/$)`;
        }
      ]
    ];
    var REGEX_REPLACE_TRAILING_WILDCARD = /(^|\\\/)?\uE000$/;
    var MODE_IGNORE = "regex";
    var MODE_CHECK_IGNORE = "checkRegex";
    var UNDERSCORE = "_";
    var replaceTrailingWildcard = (_, p1) => {
      const prefix = p1 ? `${p1}[^/]+` : "[^/]*";
      return `${prefix}(?=$|\\/$)`;
    };
    var REGEX_REPLACE_TRAILING_DOUBLESTAR = /\uE001$/;
    var replaceTrailingDoublestar = () => "[\\s\\S]";
    var separatorAfter = (run4, at) => {
      let separator = EMPTY3;
      for (let index2 = at + 1; index2 < run4.length && !run4[index2].wildcard; index2++) {
        separator += run4[index2].single;
      }
      return separator;
    };
    var pinWildcards = (source) => {
      if (source.indexOf(WILDCARD) < 0) {
        return source;
      }
      const tokens3 = [];
      const { length } = source;
      let index2 = 0;
      while (index2 < length) {
        const char = source[index2];
        if (source.startsWith(WILDCARD, index2)) {
          tokens3.push({ wildcard: true });
          index2 += WILDCARD.length;
        } else if (char === "[") {
          let end = index2 + 1;
          if (source[end] === "^") {
            end++;
          }
          if (source[end] === "]") {
            end++;
          }
          while (end < length && source[end] !== "]") {
            end += source[end] === ESCAPE ? 2 : 1;
          }
          end++;
          tokens3.push({ single: source.slice(index2, end) });
          index2 = end;
        } else if (char === ESCAPE) {
          tokens3.push({ single: source.slice(index2, index2 + 2) });
          index2 += 2;
        } else if (char === "(") {
          let depth = 0;
          let end = index2;
          do {
            if (source[end] === ESCAPE) {
              end++;
            } else if (source[end] === "(") {
              depth++;
            } else if (source[end] === ")") {
              depth--;
            }
            end++;
          } while (end < length && depth > 0);
          if ("*+?".indexOf(source[end]) >= 0) {
            end++;
          }
          tokens3.push({ boundary: source.slice(index2, end) });
          index2 = end;
        } else if (char === "^" || char === "$") {
          tokens3.push({ boundary: char });
          index2++;
        } else {
          tokens3.push({ single: char });
          index2++;
        }
      }
      let out = EMPTY3;
      let run4 = [];
      const flush = () => {
        let lastWildcard;
        run4.forEach((token4, at) => {
          if (token4.wildcard) {
            lastWildcard = at;
          }
        });
        run4.forEach((token4, at) => {
          if (!token4.wildcard) {
            out += token4.single;
            return;
          }
          out += at === lastWildcard ? WILDCARD : `(?:(?!${separatorAfter(run4, at)})[^\\/])*`;
        });
        run4 = [];
      };
      tokens3.forEach((token4) => {
        if (token4.boundary === void 0) {
          run4.push(token4);
          return;
        }
        flush();
        out += token4.boundary;
      });
      flush();
      return out;
    };
    var makeRegexPrefix = (pattern4) => {
      if (REGEX_ANCHORED_GLOBSTAR.test(pattern4)) {
        pattern4 = "**";
      }
      const { source, sources } = extractBrackets(pattern4);
      const replaced3 = REPLACERS.reduce(
        // A pass whose matcher finds nothing hands back the very string it was
        //   given, so asking first costs a search and saves a rewrite. Ten of the
        //   fifteen passes never fire for a typical .gitignore line, and between
        //   them they were 45% of this chain.
        (prev, [matcher, replacer, required]) => {
          if (matcher === DIRECT) {
            return replacer(prev, pattern4);
          }
          if (required !== UNDEFINED && prev.indexOf(required) < 0) {
            return prev;
          }
          return matcher.test(prev) ? prev.replace(matcher, replacer.bind(pattern4)) : prev;
        },
        source
      );
      return sources.length ? replaced3.replace(
        REGEX_RESTORE_PLACEHOLDER,
        (match, index2) => sources[index2]
      ) : replaced3;
    };
    var checkSourceOf = (body, prefix) => {
      if (body[body.length - 1] === SLASH) {
        prefix = makeRegexPrefix(body.slice(0, -1));
      }
      const head = prefix.slice(0, -1);
      const last = prefix[prefix.length - 1];
      return last === TRAILING_WILDCARD ? `${head}$` : last === TRAILING_DOUBLESTAR ? head : NEVER_MATCH;
    };
    var matchesBasename = (body) => {
      const index2 = body.indexOf(SLASH);
      return index2 < 0 || index2 === body.length - 1;
    };
    var basenameOf = (path) => {
      const end = path.length - 1;
      const index2 = path.lastIndexOf(
        SLASH,
        path[end] === SLASH ? end - 1 : end
      );
      return index2 < 0 ? path : path.slice(index2 + 1);
    };
    var parentOf2 = (path) => {
      if (path.charCodeAt(0) === SLASH_CODE || path.indexOf(DOUBLE_SLASH) >= 0) {
        const slices = path.split(SLASH).filter(Boolean);
        slices.pop();
        return slices.length ? slices.join(SLASH) + SLASH : EMPTY3;
      }
      const end = path.length - 1;
      const cut = path.lastIndexOf(
        SLASH,
        path.charCodeAt(end) === SLASH_CODE ? end - 1 : end
      );
      return cut < 0 ? EMPTY3 : path.slice(0, cut + 1);
    };
    var isString = (subject2) => typeof subject2 === "string";
    var checkPattern = (pattern4) => pattern4 && isString(pattern4);
    var splitPattern = (pattern4) => (pattern4[pattern4.length - 1] === "\r" ? pattern4.slice(0, -1) : pattern4).split(REGEX_SPLITALL_CRLF).filter(Boolean);
    var IgnoreRule = class {
      constructor(pattern4, mark2, body, ignoreCase, negative, prefix) {
        this.pattern = pattern4;
        this.mark = mark2;
        this.negative = negative;
        define4(this, "body", body);
        define4(this, "ignoreCase", ignoreCase);
        define4(this, "regexPrefix", prefix);
      }
      // Worked out on first use and kept behind an own property, the way `regex`
      //   caches itself in `_regex`. Deciding it in the constructor instead would
      //   add a fourth `defineProperty` to every rule ever built, which cost 4% of
      //   every compile -- including the compiles of rules that are never matched
      //   against anything.
      get _basenameOnly() {
        return define4(this, "_basenameOnly", matchesBasename(this.body));
      }
      get regex() {
        const key = UNDERSCORE + MODE_IGNORE;
        if (this[key]) {
          return this[key];
        }
        return this._make(MODE_IGNORE, key);
      }
      get checkRegex() {
        const key = UNDERSCORE + MODE_CHECK_IGNORE;
        if (this[key]) {
          return this[key];
        }
        return this._make(MODE_CHECK_IGNORE, key);
      }
      _make(mode, key) {
        const str = pinWildcards(
          mode === MODE_IGNORE ? this.regexPrefix.replace(REGEX_REPLACE_TRAILING_WILDCARD, replaceTrailingWildcard).replace(REGEX_REPLACE_TRAILING_DOUBLESTAR, replaceTrailingDoublestar) : checkSourceOf(this.body, this.regexPrefix)
        );
        const regex = this.ignoreCase ? new RegExp(str, "i") : new RegExp(str);
        return define4(this, key, regex);
      }
    };
    var hasTrailingBackslash = (str) => {
      let count = 0;
      while (str[str.length - count - 1] === ESCAPE) {
        count++;
      }
      return count % 2 === 1;
    };
    var trimEnd = (body, stripLineEnd) => {
      let lineEnd = body.length;
      let end;
      for (; ; ) {
        if (stripLineEnd && body[lineEnd - 1] === "\r") {
          lineEnd--;
        }
        end = lineEnd;
        while (body[end - 1] === SPACE2) {
          end--;
        }
        if (!stripLineEnd || body[end - 1] !== "\n") {
          break;
        }
        lineEnd = end - 1;
      }
      if (end === lineEnd) {
        return body.slice(0, lineEnd);
      }
      let backslashes = 0;
      while (body[end - backslashes - 1] === ESCAPE) {
        backslashes++;
      }
      return backslashes % 2 ? body.slice(0, end - 1) + SPACE2 : body.slice(0, end);
    };
    var createRule = (pattern4, mark2, ignoreCase, stripLineEnd, stripBOM) => {
      let body = stripBOM && pattern4[0] === BOM ? pattern4.slice(1) : pattern4;
      if (body[0] === "#") {
        return;
      }
      let negative = false;
      if (body[0] === "!") {
        negative = true;
        body = body.slice(1);
      }
      const last = body[body.length - 1];
      if (last === SPACE2 || stripLineEnd && (last === "\r" || last === "\n")) {
        body = trimEnd(body, stripLineEnd);
      }
      if (!body || hasTrailingBackslash(body)) {
        return;
      }
      body = body.replace(REGEX_REPLACE_LEADING_EXCAPED_EXCLAMATION, "!").replace(REGEX_REPLACE_LEADING_EXCAPED_HASH, "#");
      const regexPrefix = makeRegexPrefix(body);
      return new IgnoreRule(
        pattern4,
        mark2,
        body,
        ignoreCase,
        negative,
        regexPrefix
      );
    };
    var RuleManager = class {
      constructor(ignoreCase) {
        this._ignoreCase = ignoreCase;
        this._rules = [];
        this._basenameCount = 0;
      }
      _add(pattern4, index2) {
        if (pattern4 && pattern4[KEY_IGNORE]) {
          this._rules = this._rules.concat(pattern4._rules._rules);
          this._basenameCount += pattern4._rules._basenameCount;
          this._added = true;
          return;
        }
        const isStr = isString(pattern4);
        const raw = isStr ? pattern4 : pattern4.pattern;
        const rule = checkPattern(raw) && createRule(
          raw,
          isStr ? UNDEFINED : pattern4.mark,
          this._ignoreCase,
          !this._split,
          this._stripBOM && !index2
        );
        if (rule) {
          this._added = true;
          this._rules.push(rule);
          if (matchesBasename(rule.body)) {
            this._basenameCount++;
          }
        }
      }
      // @param {Array<string> | string | Ignore} pattern
      add(pattern4) {
        this._added = false;
        this._split = isString(pattern4);
        this._stripBOM = !this._split || pattern4[0] === BOM;
        makeArray(
          this._split ? splitPattern(pattern4) : pattern4
        ).forEach(this._add, this);
        if (this._added) {
          this._literalRules = UNDEFINED;
        }
        return this._added;
      }
      // Match the literal 'abc/' for `checkIgnore`, last rule wins. Only a rule
      //   ending in a wildcard can match it (see `checkSourceOf`), so the rest
      //   are left out once, rather than tested or compiled for every path.
      testLiteral(path) {
        const rules2 = this._literalRules || (this._literalRules = this._rules.filter(
          ({ body }) => body[body.length - (body[body.length - 1] === SLASH ? 2 : 1)] === "*"
        ));
        let ignored = false;
        let unignored = false;
        let matchedRule;
        for (let index2 = rules2.length - 1; index2 >= 0; index2--) {
          const rule = rules2[index2];
          if (rule.checkRegex.test(path)) {
            ignored = !rule.negative;
            unignored = rule.negative;
            matchedRule = rule.negative ? UNDEFINED : rule;
            break;
          }
        }
        const ret = {
          ignored,
          unignored
        };
        if (matchedRule) {
          ret.rule = matchedRule;
        }
        return ret;
      }
      // Test one single path without recursively checking parent directories
      //
      // - mode `string` either `MODE_IGNORE` or `MODE_CHECK_IGNORE`
      // @returns {TestResult}
      test(path, mode) {
        const rules2 = this._rules;
        const { length } = rules2;
        const shortcut = this._basenameCount * 2 >= length;
        const basename = shortcut ? basenameOf(path) : path;
        for (let index2 = length - 1; index2 >= 0; index2--) {
          const rule = rules2[index2];
          if (rule[mode].test(
            shortcut && rule._basenameOnly ? basename : path
          )) {
            const { negative } = rule;
            const ret = {
              ignored: !negative,
              unignored: negative
            };
            if (!negative) {
              ret.rule = rule;
            }
            return ret;
          }
        }
        return {
          ignored: false,
          unignored: false
        };
      }
    };
    var throwError = (message, Ctor) => {
      throw new Ctor(message);
    };
    var checkPath = (path, originalPath, doThrow) => {
      if (!isString(path)) {
        return doThrow(
          `path must be a string, but got \`${originalPath}\``,
          TypeError
        );
      }
      if (!path) {
        return doThrow(`path must not be empty`, TypeError);
      }
      if (checkPath.isNotRelative(path)) {
        const r = "`path.relative()`d";
        return doThrow(
          `path should be a ${r} string, but got "${originalPath}"`,
          RangeError
        );
      }
      return true;
    };
    var isNotRelative = (path) => {
      const first = path.charCodeAt(0);
      if (first === SLASH_CODE) {
        return true;
      }
      if (first !== DOT_CODE) {
        return false;
      }
      if (path.length === 1) {
        return true;
      }
      const second = path.charCodeAt(1);
      if (second === SLASH_CODE) {
        return true;
      }
      if (second !== DOT_CODE) {
        return false;
      }
      return path.length === 2 || path.charCodeAt(2) === SLASH_CODE;
    };
    checkPath.isNotRelative = isNotRelative;
    checkPath.convert = (p) => p;
    var convertPath = (target3) => isString(target3) && checkPath.convert(target3);
    var Ignore = class {
      constructor({
        ignorecase = true,
        ignoreCase = ignorecase,
        allowRelativePaths = false
      } = {}) {
        define4(this, KEY_IGNORE, true);
        this._rules = new RuleManager(ignoreCase);
        this._strictPathCheck = !allowRelativePaths;
        this._initCache();
      }
      _initCache() {
        this._ignoreCache = /* @__PURE__ */ Object.create(null);
        this._testCache = /* @__PURE__ */ Object.create(null);
      }
      add(pattern4) {
        if (this._rules.add(pattern4)) {
          this._initCache();
        }
        return this;
      }
      // legacy
      addPattern(pattern4) {
        return this.add(pattern4);
      }
      // @returns {TestResult}
      _test(originalPath, cache2, path) {
        checkPath(
          path,
          originalPath,
          this._strictPathCheck ? throwError : RETURN_FALSE
        );
        return path ? this._t(path, cache2) : {
          ignored: false,
          unignored: false
        };
      }
      checkIgnore(target3) {
        const path = convertPath(target3);
        if (!path || path.charCodeAt(path.length - 1) !== SLASH_CODE) {
          return this._test(target3, this._testCache, path);
        }
        const dir = this._t(path, this._testCache);
        if (dir.ignored) {
          return dir;
        }
        const literal2 = this._rules.testLiteral(path);
        return literal2.ignored || literal2.unignored ? literal2 : dir;
      }
      _t(path, cache2) {
        if (path in cache2) {
          return cache2[path];
        }
        const parentPath = parentOf2(path);
        const parent = parentPath ? this._t(parentPath, cache2) : UNDEFINED;
        return cache2[path] = parent && parent.ignored ? parent : this._rules.test(path, MODE_IGNORE);
      }
      ignores(path) {
        return this._test(path, this._ignoreCache, convertPath(path)).ignored;
      }
      createFilter() {
        return (path) => !this.ignores(path);
      }
      filter(paths) {
        return makeArray(paths).filter(this.createFilter());
      }
      // @returns {TestResult}
      test(path) {
        return this._test(path, this._testCache, convertPath(path));
      }
    };
    var factory = (options2) => new Ignore(options2);
    var isPathValid = (path) => checkPath(convertPath(path), path, RETURN_FALSE);
    var setupWindows = () => {
      const makePosix = (str) => /^\\\\\?\\/.test(str) || /["<>|\u0000-\u001F]+/u.test(str) ? str : str.replace(/\\/g, "/");
      checkPath.convert = makePosix;
      const REGEX_TEST_WINDOWS_PATH_ABSOLUTE = /^[a-z]:\//i;
      checkPath.isNotRelative = (path) => REGEX_TEST_WINDOWS_PATH_ABSOLUTE.test(path) || isNotRelative(path);
    };
    if (
      // Detect `process` so that it can run in browsers.
      typeof process !== "undefined" && process.platform === "win32"
    ) {
      setupWindows();
    }
    module2.exports = factory;
    factory.default = factory;
    module2.exports.isPathValid = isPathValid;
    define4(module2.exports, /* @__PURE__ */ Symbol.for("setupWindows"), setupWindows);
  }
});

// src/config/schema.json
var schema_default;
var init_schema = __esm({
  "src/config/schema.json"() {
    schema_default = {
      $schema: "http://json-schema.org/draft-07/schema#",
      title: "postlint configuration",
      description: "postlint.config.yaml or postlint.config.json",
      type: "object",
      additionalProperties: false,
      properties: {
        $schema: { type: "string" },
        rules: {
          description: "Severities by rule id; `postlint rules` lists the ids.",
          type: "object",
          additionalProperties: { enum: ["error", "warning", "note", "off"] }
        },
        ignore: {
          description: "Files to leave out, in gitignore syntax, relative to this file. Holds for files named on the command line too.",
          type: "array",
          items: { type: "string", minLength: 1 }
        },
        posts: {
          description: "POSTs that must reach the application: whatever stops one is an error.",
          type: "array",
          items: {
            type: "object",
            additionalProperties: false,
            required: ["url"],
            properties: {
              method: { description: "POST when left out.", enum: ["POST", "PUT", "PATCH", "DELETE"] },
              url: { description: "Absolute, or a path that every host must take.", type: "string", pattern: "^(https?://[^/]|/)" },
              contentType: { type: "string", minLength: 1 },
              bytes: { description: "The largest ordinary body.", type: "integer", minimum: 0 },
              groups: { type: "array", items: { type: "string" } },
              scopes: { type: "array", items: { type: "string" } },
              headers: { type: "object", additionalProperties: { type: "string" } }
            }
          }
        },
        docroot: {
          description: "Folders of the server and where they lie here, relative to this file. What is not there is taken to be absent.",
          type: "object",
          propertyNames: { pattern: "^/" },
          additionalProperties: { type: "string", minLength: 1 }
        },
        includeRoots: {
          description: "Where files that are included by an absolute path lie here, relative to this file.",
          type: "object",
          propertyNames: { pattern: "^/" },
          additionalProperties: { type: "string", minLength: 1 }
        }
      }
    };
  }
});

// ../../work/main/node_modules/ajv/dist/runtime/ucs2length.js
var require_ucs2length = __commonJS({
  "../../work/main/node_modules/ajv/dist/runtime/ucs2length.js"(exports2) {
    "use strict";
    Object.defineProperty(exports2, "__esModule", { value: true });
    function ucs2length(str) {
      const len = str.length;
      let length = 0;
      let pos = 0;
      let value2;
      while (pos < len) {
        length++;
        value2 = str.charCodeAt(pos++);
        if (value2 >= 55296 && value2 <= 56319 && pos < len) {
          value2 = str.charCodeAt(pos);
          if ((value2 & 64512) === 56320)
            pos++;
        }
      }
      return length;
    }
    exports2.default = ucs2length;
    ucs2length.code = 'require("ajv/dist/runtime/ucs2length").default';
  }
});

// src/config/validator.ts
function validate10(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "$schema" || key0 === "rules" || key0 === "ignore" || key0 === "posts" || key0 === "docroot" || key0 === "includeRoots")) {
        const err0 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.$schema !== void 0) {
      if (typeof data.$schema !== "string") {
        const err1 = { instancePath: instancePath + "/$schema", schemaPath: "#/properties/%24schema/type", keyword: "type", params: { type: "string" }, message: "must be string" };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.rules !== void 0) {
      let data1 = data.rules;
      if (data1 && typeof data1 == "object" && !Array.isArray(data1)) {
        for (const key1 in data1) {
          let data2 = data1[key1];
          if (!(data2 === "error" || data2 === "warning" || data2 === "note" || data2 === "off")) {
            const err2 = { instancePath: instancePath + "/rules/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/rules/additionalProperties/enum", keyword: "enum", params: { allowedValues: schema11.properties.rules.additionalProperties.enum }, message: "must be equal to one of the allowed values" };
            if (vErrors === null) {
              vErrors = [err2];
            } else {
              vErrors.push(err2);
            }
            errors++;
          }
        }
      } else {
        const err3 = { instancePath: instancePath + "/rules", schemaPath: "#/properties/rules/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.ignore !== void 0) {
      let data3 = data.ignore;
      if (Array.isArray(data3)) {
        const len0 = data3.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data4 = data3[i0];
          if (typeof data4 === "string") {
            if (func2(data4) < 1) {
              const err4 = { instancePath: instancePath + "/ignore/" + i0, schemaPath: "#/properties/ignore/items/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
              if (vErrors === null) {
                vErrors = [err4];
              } else {
                vErrors.push(err4);
              }
              errors++;
            }
          } else {
            const err5 = { instancePath: instancePath + "/ignore/" + i0, schemaPath: "#/properties/ignore/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err5];
            } else {
              vErrors.push(err5);
            }
            errors++;
          }
        }
      } else {
        const err6 = { instancePath: instancePath + "/ignore", schemaPath: "#/properties/ignore/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.posts !== void 0) {
      let data5 = data.posts;
      if (Array.isArray(data5)) {
        const len1 = data5.length;
        for (let i1 = 0; i1 < len1; i1++) {
          let data6 = data5[i1];
          if (data6 && typeof data6 == "object" && !Array.isArray(data6)) {
            if (data6.url === void 0) {
              const err7 = { instancePath: instancePath + "/posts/" + i1, schemaPath: "#/properties/posts/items/required", keyword: "required", params: { missingProperty: "url" }, message: "must have required property 'url'" };
              if (vErrors === null) {
                vErrors = [err7];
              } else {
                vErrors.push(err7);
              }
              errors++;
            }
            for (const key2 in data6) {
              if (!(key2 === "method" || key2 === "url" || key2 === "contentType" || key2 === "bytes" || key2 === "groups" || key2 === "scopes" || key2 === "headers")) {
                const err8 = { instancePath: instancePath + "/posts/" + i1, schemaPath: "#/properties/posts/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties" };
                if (vErrors === null) {
                  vErrors = [err8];
                } else {
                  vErrors.push(err8);
                }
                errors++;
              }
            }
            if (data6.method !== void 0) {
              let data7 = data6.method;
              if (!(data7 === "POST" || data7 === "PUT" || data7 === "PATCH" || data7 === "DELETE")) {
                const err9 = { instancePath: instancePath + "/posts/" + i1 + "/method", schemaPath: "#/properties/posts/items/properties/method/enum", keyword: "enum", params: { allowedValues: schema11.properties.posts.items.properties.method.enum }, message: "must be equal to one of the allowed values" };
                if (vErrors === null) {
                  vErrors = [err9];
                } else {
                  vErrors.push(err9);
                }
                errors++;
              }
            }
            if (data6.url !== void 0) {
              let data8 = data6.url;
              if (typeof data8 === "string") {
                if (!pattern0.test(data8)) {
                  const err10 = { instancePath: instancePath + "/posts/" + i1 + "/url", schemaPath: "#/properties/posts/items/properties/url/pattern", keyword: "pattern", params: { pattern: "^(https?://[^/]|/)" }, message: 'must match pattern "^(https?://[^/]|/)"' };
                  if (vErrors === null) {
                    vErrors = [err10];
                  } else {
                    vErrors.push(err10);
                  }
                  errors++;
                }
              } else {
                const err11 = { instancePath: instancePath + "/posts/" + i1 + "/url", schemaPath: "#/properties/posts/items/properties/url/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err11];
                } else {
                  vErrors.push(err11);
                }
                errors++;
              }
            }
            if (data6.contentType !== void 0) {
              let data9 = data6.contentType;
              if (typeof data9 === "string") {
                if (func2(data9) < 1) {
                  const err12 = { instancePath: instancePath + "/posts/" + i1 + "/contentType", schemaPath: "#/properties/posts/items/properties/contentType/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                  if (vErrors === null) {
                    vErrors = [err12];
                  } else {
                    vErrors.push(err12);
                  }
                  errors++;
                }
              } else {
                const err13 = { instancePath: instancePath + "/posts/" + i1 + "/contentType", schemaPath: "#/properties/posts/items/properties/contentType/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err13];
                } else {
                  vErrors.push(err13);
                }
                errors++;
              }
            }
            if (data6.bytes !== void 0) {
              let data10 = data6.bytes;
              if (!(typeof data10 == "number" && (!(data10 % 1) && !isNaN(data10)) && isFinite(data10))) {
                const err14 = { instancePath: instancePath + "/posts/" + i1 + "/bytes", schemaPath: "#/properties/posts/items/properties/bytes/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                if (vErrors === null) {
                  vErrors = [err14];
                } else {
                  vErrors.push(err14);
                }
                errors++;
              }
              if (typeof data10 == "number" && isFinite(data10)) {
                if (data10 < 0 || isNaN(data10)) {
                  const err15 = { instancePath: instancePath + "/posts/" + i1 + "/bytes", schemaPath: "#/properties/posts/items/properties/bytes/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                  if (vErrors === null) {
                    vErrors = [err15];
                  } else {
                    vErrors.push(err15);
                  }
                  errors++;
                }
              }
            }
            if (data6.groups !== void 0) {
              let data11 = data6.groups;
              if (Array.isArray(data11)) {
                const len2 = data11.length;
                for (let i2 = 0; i2 < len2; i2++) {
                  if (typeof data11[i2] !== "string") {
                    const err16 = { instancePath: instancePath + "/posts/" + i1 + "/groups/" + i2, schemaPath: "#/properties/posts/items/properties/groups/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err16];
                    } else {
                      vErrors.push(err16);
                    }
                    errors++;
                  }
                }
              } else {
                const err17 = { instancePath: instancePath + "/posts/" + i1 + "/groups", schemaPath: "#/properties/posts/items/properties/groups/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                if (vErrors === null) {
                  vErrors = [err17];
                } else {
                  vErrors.push(err17);
                }
                errors++;
              }
            }
            if (data6.scopes !== void 0) {
              let data13 = data6.scopes;
              if (Array.isArray(data13)) {
                const len3 = data13.length;
                for (let i3 = 0; i3 < len3; i3++) {
                  if (typeof data13[i3] !== "string") {
                    const err18 = { instancePath: instancePath + "/posts/" + i1 + "/scopes/" + i3, schemaPath: "#/properties/posts/items/properties/scopes/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err18];
                    } else {
                      vErrors.push(err18);
                    }
                    errors++;
                  }
                }
              } else {
                const err19 = { instancePath: instancePath + "/posts/" + i1 + "/scopes", schemaPath: "#/properties/posts/items/properties/scopes/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                if (vErrors === null) {
                  vErrors = [err19];
                } else {
                  vErrors.push(err19);
                }
                errors++;
              }
            }
            if (data6.headers !== void 0) {
              let data15 = data6.headers;
              if (data15 && typeof data15 == "object" && !Array.isArray(data15)) {
                for (const key3 in data15) {
                  if (typeof data15[key3] !== "string") {
                    const err20 = { instancePath: instancePath + "/posts/" + i1 + "/headers/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/posts/items/properties/headers/additionalProperties/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err20];
                    } else {
                      vErrors.push(err20);
                    }
                    errors++;
                  }
                }
              } else {
                const err21 = { instancePath: instancePath + "/posts/" + i1 + "/headers", schemaPath: "#/properties/posts/items/properties/headers/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err21];
                } else {
                  vErrors.push(err21);
                }
                errors++;
              }
            }
          } else {
            const err22 = { instancePath: instancePath + "/posts/" + i1, schemaPath: "#/properties/posts/items/type", keyword: "type", params: { type: "object" }, message: "must be object" };
            if (vErrors === null) {
              vErrors = [err22];
            } else {
              vErrors.push(err22);
            }
            errors++;
          }
        }
      } else {
        const err23 = { instancePath: instancePath + "/posts", schemaPath: "#/properties/posts/type", keyword: "type", params: { type: "array" }, message: "must be array" };
        if (vErrors === null) {
          vErrors = [err23];
        } else {
          vErrors.push(err23);
        }
        errors++;
      }
    }
    if (data.docroot !== void 0) {
      let data17 = data.docroot;
      if (data17 && typeof data17 == "object" && !Array.isArray(data17)) {
        for (const key4 in data17) {
          const _errs39 = errors;
          if (typeof key4 === "string") {
            if (!pattern1.test(key4)) {
              const err24 = { instancePath: instancePath + "/docroot", schemaPath: "#/properties/docroot/propertyNames/pattern", keyword: "pattern", params: { pattern: "^/" }, message: 'must match pattern "^/"', propertyName: key4 };
              if (vErrors === null) {
                vErrors = [err24];
              } else {
                vErrors.push(err24);
              }
              errors++;
            }
          }
          var valid12 = _errs39 === errors;
          if (!valid12) {
            const err25 = { instancePath: instancePath + "/docroot", schemaPath: "#/properties/docroot/propertyNames", keyword: "propertyNames", params: { propertyName: key4 }, message: "property name must be valid" };
            if (vErrors === null) {
              vErrors = [err25];
            } else {
              vErrors.push(err25);
            }
            errors++;
          }
        }
        for (const key5 in data17) {
          let data18 = data17[key5];
          if (typeof data18 === "string") {
            if (func2(data18) < 1) {
              const err26 = { instancePath: instancePath + "/docroot/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/docroot/additionalProperties/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
              if (vErrors === null) {
                vErrors = [err26];
              } else {
                vErrors.push(err26);
              }
              errors++;
            }
          } else {
            const err27 = { instancePath: instancePath + "/docroot/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/docroot/additionalProperties/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err27];
            } else {
              vErrors.push(err27);
            }
            errors++;
          }
        }
      } else {
        const err28 = { instancePath: instancePath + "/docroot", schemaPath: "#/properties/docroot/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err28];
        } else {
          vErrors.push(err28);
        }
        errors++;
      }
    }
    if (data.includeRoots !== void 0) {
      let data19 = data.includeRoots;
      if (data19 && typeof data19 == "object" && !Array.isArray(data19)) {
        for (const key6 in data19) {
          const _errs45 = errors;
          if (typeof key6 === "string") {
            if (!pattern1.test(key6)) {
              const err29 = { instancePath: instancePath + "/includeRoots", schemaPath: "#/properties/includeRoots/propertyNames/pattern", keyword: "pattern", params: { pattern: "^/" }, message: 'must match pattern "^/"', propertyName: key6 };
              if (vErrors === null) {
                vErrors = [err29];
              } else {
                vErrors.push(err29);
              }
              errors++;
            }
          }
          var valid14 = _errs45 === errors;
          if (!valid14) {
            const err30 = { instancePath: instancePath + "/includeRoots", schemaPath: "#/properties/includeRoots/propertyNames", keyword: "propertyNames", params: { propertyName: key6 }, message: "property name must be valid" };
            if (vErrors === null) {
              vErrors = [err30];
            } else {
              vErrors.push(err30);
            }
            errors++;
          }
        }
        for (const key7 in data19) {
          let data20 = data19[key7];
          if (typeof data20 === "string") {
            if (func2(data20) < 1) {
              const err31 = { instancePath: instancePath + "/includeRoots/" + key7.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/includeRoots/additionalProperties/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
              if (vErrors === null) {
                vErrors = [err31];
              } else {
                vErrors.push(err31);
              }
              errors++;
            }
          } else {
            const err32 = { instancePath: instancePath + "/includeRoots/" + key7.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/includeRoots/additionalProperties/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err32];
            } else {
              vErrors.push(err32);
            }
            errors++;
          }
        }
      } else {
        const err33 = { instancePath: instancePath + "/includeRoots", schemaPath: "#/properties/includeRoots/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err33];
        } else {
          vErrors.push(err33);
        }
        errors++;
      }
    }
  } else {
    const err34 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" };
    if (vErrors === null) {
      vErrors = [err34];
    } else {
      vErrors.push(err34);
    }
    errors++;
  }
  validate10.errors = vErrors;
  return errors === 0;
}
var validate, schema11, func2, pattern0, pattern1;
var init_validator = __esm({
  "src/config/validator.ts"() {
    "use strict";
    validate = validate10;
    schema11 = { "$schema": "http://json-schema.org/draft-07/schema#", "title": "postlint configuration", "description": "postlint.config.yaml or postlint.config.json", "type": "object", "additionalProperties": false, "properties": { "$schema": { "type": "string" }, "rules": { "description": "Severities by rule id; `postlint rules` lists the ids.", "type": "object", "additionalProperties": { "enum": ["error", "warning", "note", "off"] } }, "ignore": { "description": "Files to leave out, in gitignore syntax, relative to this file. Holds for files named on the command line too.", "type": "array", "items": { "type": "string", "minLength": 1 } }, "posts": { "description": "POSTs that must reach the application: whatever stops one is an error.", "type": "array", "items": { "type": "object", "additionalProperties": false, "required": ["url"], "properties": { "method": { "description": "POST when left out.", "enum": ["POST", "PUT", "PATCH", "DELETE"] }, "url": { "description": "Absolute, or a path that every host must take.", "type": "string", "pattern": "^(https?://[^/]|/)" }, "contentType": { "type": "string", "minLength": 1 }, "bytes": { "description": "The largest ordinary body.", "type": "integer", "minimum": 0 }, "groups": { "type": "array", "items": { "type": "string" } }, "scopes": { "type": "array", "items": { "type": "string" } }, "headers": { "type": "object", "additionalProperties": { "type": "string" } } } } }, "docroot": { "description": "Folders of the server and where they lie here, relative to this file. What is not there is taken to be absent.", "type": "object", "propertyNames": { "pattern": "^/" }, "additionalProperties": { "type": "string", "minLength": 1 } }, "includeRoots": { "description": "Where files that are included by an absolute path lie here, relative to this file.", "type": "object", "propertyNames": { "pattern": "^/" }, "additionalProperties": { "type": "string", "minLength": 1 } } } };
    func2 = require_ucs2length().default;
    pattern0 = new RegExp("^(https?://[^/]|/)", "u");
    pattern1 = new RegExp("^/", "u");
  }
});

// src/config/parse.ts
var parse_exports = {};
__export(parse_exports, {
  parseConfig: () => parseConfig
});
function parseConfig(file, ruleIds) {
  const document = (0, import_yaml2.parseDocument)(file.text, { prettyErrors: false, logLevel: "silent" });
  const broken2 = document.errors.map((error) => ({ code: "config-syntax", message: error.message, at: { file, start: error.pos[0], end: error.pos[1] } }));
  if (broken2.length > 0) return { tree: emptyConfig, problems: broken2 };
  const { written: written3, why } = toPlain(document);
  if (why !== null) return { tree: emptyConfig, problems: [{ code: "config-syntax", message: why, at: rangeSpan(document.contents, file) }] };
  if (written3 === null || written3 === void 0) return { tree: emptyConfig, problems: [] };
  if (!isWritten(written3)) {
    const problems2 = (validate.errors ?? []).flatMap((error) => problemOf(error, document, file));
    return { tree: emptyConfig, problems: problems2.sort((a, b) => a.at.start - b.at.start) };
  }
  const problems = strangers(written3, ruleIds, document, file);
  return { tree: problems.length > 0 ? emptyConfig : configOf(written3, document, file), problems };
}
function isWritten(data) {
  return validate(data);
}
function toPlain(document) {
  try {
    return { written: document.toJS(), why: null };
  } catch (error) {
    return { written: null, why: error instanceof Error ? error.message : String(error) };
  }
}
function configOf(written3, document, file) {
  const roots = (folders = {}) => Object.entries(folders).map(([server, local]) => rootOf(server, local));
  return {
    rules: written3.rules ?? {},
    ignore: written3.ignore ?? [],
    posts: (written3.posts ?? []).map((post, index2) => {
      const method = post.method ?? "POST";
      return { ...post, method, at: { at: spanOf5(["posts", index2], document, file), note: `${file.path} declares ${method} ${post.url}` } };
    }),
    docroot: roots(written3.docroot),
    includeRoots: roots(written3.includeRoots)
  };
}
function strangers(written3, ruleIds, document, file) {
  const unknown4 = Object.keys(written3.rules ?? {}).filter((id) => !ruleIds.includes(id));
  return unknown4.map((id) => ({
    code: "config-unknown-rule",
    message: `there is no rule \`${id}\`${didYouMean(id, ruleIds)}`,
    at: keySpan(["rules"], id, document, file)
  }));
}
function problemOf(error, document, file) {
  const path = error.instancePath.split("/").slice(1).map((step2) => step2.replaceAll("~1", "/").replaceAll("~0", "~"));
  const name = path.length === 0 ? "the configuration" : `\`${path.join(".")}\``;
  const key = error.params["additionalProperty"] ?? error.params["propertyName"];
  if (error.keyword === "additionalProperties" && typeof key === "string") {
    return [{ code: "config-unknown-key", message: `unknown key \`${key}\`${didYouMean(key, keysAt(path))}`, at: keySpan(path, key, document, file) }];
  }
  if (error.keyword === "propertyNames") return [];
  if (error.propertyName !== void 0) {
    return [{ code: "config-invalid", message: `\`${error.propertyName}\` is not an absolute path of the server`, at: keySpan(path, error.propertyName, document, file) }];
  }
  if (error.keyword === "pattern") return [{ code: "config-invalid", message: `${name} must begin with http://, https:// or /`, at: spanOf5(path, document, file) }];
  const allowed = error.keyword === "enum" ? `: ${error.params["allowedValues"].join(", ")}` : "";
  return [{ code: "config-invalid", message: `${name} ${error.message ?? "is not valid"}${allowed}`, at: spanOf5(path, document, file) }];
}
function keysAt(path) {
  return Object.keys(path[0] === "posts" ? schema_default.properties.posts.items.properties : schema_default.properties);
}
function spanOf5(path, document, file) {
  const node = path.length === 0 ? document.contents : document.getIn(path.map(step), true);
  return rangeSpan(node, file);
}
function keySpan(path, key, document, file) {
  const map2 = path.length === 0 ? document.contents : document.getIn(path.map(step), true);
  const pair = (0, import_yaml2.isMap)(map2) ? map2.items.find((item) => String(item.key) === key) : void 0;
  return rangeSpan(pair?.key, file);
}
function step(part) {
  return typeof part === "string" && /^\d+$/.test(part) ? Number(part) : part;
}
function rangeSpan(node, file) {
  const range = typeof node === "object" && node !== null && "range" in node ? node.range : null;
  return { file, start: range?.[0] ?? 0, end: range?.[1] ?? 0 };
}
var import_yaml2;
var init_parse = __esm({
  "src/config/parse.ts"() {
    "use strict";
    import_yaml2 = __toESM(require_dist(), 1);
    init_did_you_mean();
    init_config();
    init_schema();
    init_validator();
  }
});

// src/cli/usage.ts
var UsageError = class extends Error {
};
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}

// src/cli/output.ts
function say(line) {
  process.stderr.write(`postlint: ${line}
`);
}
function crash(error) {
  say(`internal error: ${error instanceof Error ? error.stack ?? error.message : messageOf(error)}`);
}

// src/action/run.ts
var import_node_crypto2 = require("node:crypto");
var import_node_fs8 = require("node:fs");
var import_node_path8 = require("node:path");

// src/legitimate/words.ts
var writes = /(?:^|[/^(|\s])((?:api|graphql|rpc|jsonrpc|xmlrpc|soap|hooks?|webhooks?|callback|login|logout|signin|signup|register|auth|token|oauth2?|upload|submit|contact|forms?|checkout|cart|payments?|orders?|inbox|ingest|collect|events?|csp-report|push|import|comments?|subscribe|admin-ajax|admin-post|async-upload|wp-comments-post|wp-login|wp-json|v[1-9])|[a-z0-9]+[-_](?:api|login|upload|submit|webhook|callback))(?![a-z0-9_-])/i;
var hooks = /(?:^|[^a-z0-9])(web-?hooks?|hooks?|callbacks?|ipn|postbacks?)(?![a-z0-9])/i;
var endpoints = /\/(graphql|webhook|callback|ipn|rpc|jsonrpc|xmlrpc|soap)$/i;
var files = /(?:^|[^a-z])(uploads?|import|media|attachments?|files?|blobs?|images?|photos?|videos?|documents?|backup|git|registry|v2|webdav|dav)(?:[^a-z]|$)/i;
var refused = /\/\.(?!well-known)|\/(wp-includes|vendor|node_modules|cache|tmp|logs?|backups?|includes?|templates?|nginx_status|stub_status|server-status|server-info|fpm-status|status|metrics|health[a-z]*|ping|robots\.txt|favicon\.ico|sitemap[^/]*|\.well-known)(?:\/|$|\.)|\.(?:css|js|map|png|jpe?g|gif|svg|ico|webp|woff2?|ttf|eot|mp4|txt|bak|sql|sh|ini|log|conf|env|lock|md)$/i;
function writeWord(path) {
  return writes.exec(path)?.[1] ?? null;
}
function hookWord(path) {
  return hooks.exec(path)?.[1] ?? null;
}
function endpointWord(path) {
  return endpoints.exec(path)?.[1] ?? null;
}
function fileWord(path) {
  return files.exec(path)?.[1] ?? null;
}
function rightlyClosed(path) {
  return refused.test(path);
}

// src/model/template.ts
var gap = "�";
function text(value2) {
  return [{ kind: "text", text: value2 }];
}
function fieldValue(field3) {
  return [{ kind: "field", field: field3 }];
}
function literal(template) {
  let whole2 = "";
  for (const part of template) {
    if (part.kind !== "text") return null;
    whole2 += part.text;
  }
  return whole2;
}
function render(template, read2) {
  let whole2 = "";
  let key = "";
  for (const part of template) {
    const value2 = partValue(part, read2);
    if (typeof value2 === "string") {
      whole2 += value2;
      key += value2;
    } else {
      whole2 += value2.text;
      key += `{${value2.key}}`;
    }
  }
  return whole2.includes(gap) ? { key, text: whole2 } : whole2;
}
function partValue(part, read2) {
  if (part.kind === "text") return part.text;
  if (part.kind === "field") return read2(part.field);
  return { key: part.key, text: gap };
}

// src/model/tests-of.ts
function testsIn(condition) {
  switch (condition.kind) {
    case "all":
    case "any":
      return condition.of.flatMap(testsIn);
    case "not":
      return testsIn(condition.of);
    case "test":
      return [condition, ...testsOfExceptions(condition.subject)];
    case "unknown":
      return [];
    default:
      return condition;
  }
}
function testsOfExceptions(subject2) {
  if (subject2.kind !== "entries") return [];
  return subject2.except?.flatMap(({ when }) => when === void 0 ? [] : testsIn(when)) ?? [];
}
function fieldsIn(template) {
  return template.flatMap((part) => part.kind === "field" ? [part.field] : []);
}
function fieldsOf(subject2) {
  if (subject2.kind === "field") return [subject2.field];
  return subject2.kind === "text" ? fieldsIn(subject2.of) : [];
}
function fieldsOfTest(test2) {
  return [...fieldsOf(test2.subject), ..."value" in test2.operator ? fieldsIn(test2.operator.value) : []];
}
function testsOfScopes(scopes) {
  return scopes.flatMap((scope) => [...testsIn(scope.when), ...gatesOf(scope).flatMap((gate3) => [...testsIn(gate3.when), ...limitTest(gate3)])]);
}
function gatesOf(scope) {
  return scope.chains.flatMap((chain3) => chain3.gates);
}
function limitTest(gate3) {
  if (gate3.effect.kind !== "limit") return [];
  const operator = { kind: "number", is: ">", value: [{ kind: "text", text: String(gate3.effect.perMinute) }] };
  return [{ kind: "test", subject: { kind: "field", field: "perMinute" }, operator, at: gate3.because[0].at }];
}
function testsOfDefinitions(program, scopes, tests) {
  const found = [];
  const seen = /* @__PURE__ */ new Set();
  const pending = [...tests.flatMap(fieldsOfTest), ...scopes.flatMap(gatesOf).flatMap(({ effect }) => templatesOf(effect).flatMap(fieldsIn))];
  for (let field3 = pending.pop(); field3 !== void 0; field3 = pending.pop()) {
    if (seen.has(field3)) continue;
    seen.add(field3);
    for (const one of casesOf(program, field3)) {
      const inside3 = testsIn(one.when);
      found.push(...inside3);
      pending.push(...inside3.flatMap(fieldsOfTest), ...fieldsIn(one.value));
    }
  }
  return found;
}
function casesOf(program, field3) {
  const name = field3.startsWith("var:") ? field3.slice(4) : "";
  return Object.hasOwn(program.definitions, name) ? program.definitions[name] ?? [] : [];
}
function templatesOf(effect) {
  if (effect.kind === "score") return [effect.add];
  if (effect.kind === "set") return [effect.value];
  if (effect.kind !== "reroute" && effect.kind !== "rewrite") return [];
  return [effect.path ?? [], effect.query ?? []];
}
var ofPrograms = /* @__PURE__ */ new WeakMap();
function flowsOfProgram(program) {
  const known3 = ofPrograms.get(program);
  if (known3 !== void 0) return known3;
  const flows = /* @__PURE__ */ new Map();
  const add = (field3, value2) => {
    if (value2 === void 0) return;
    const values = flows.get(field3);
    if (values === void 0) flows.set(field3, [value2]);
    else values.push(value2);
  };
  for (const { effect } of Object.values(program.stages).flat().flatMap(gatesOf)) {
    if (effect.kind === "set") add(`var:${effect.variable}`, effect.value);
    if (effect.kind !== "reroute" && effect.kind !== "rewrite") continue;
    add("path", effect.path);
    add("query", effect.query);
  }
  for (const [name, cases2] of Object.entries(program.definitions)) for (const one of cases2) add(`var:${name}`, one.value);
  ofPrograms.set(program, flows);
  return flows;
}
function flowsOf(program, tests) {
  const flows = new Map(flowsOfProgram(program));
  for (const { subject: subject2, operator } of tests) {
    if (operator.kind !== "matches" || operator.captures === void 0 || subject2.kind === "entries") continue;
    const whole2 = subject2.kind === "field" ? fieldValue(subject2.field) : subject2.of;
    for (let group = 0; group < 10; group += 1) {
      const variable3 = `var:${operator.captures}${group}`;
      flows.set(variable3, [...flows.get(variable3) ?? [], whole2]);
    }
  }
  return flows;
}
function derivedTests(test2, flows, mostDerived) {
  const { subject: subject2, operator } = test2;
  if (subject2.kind === "entries" && !("value" in operator)) return { tests: [], capped: false };
  const subjects = subject2.kind === "entries" ? [] : inflows(subject2.kind === "field" ? fieldValue(subject2.field) : subject2.of, flows, mostDerived);
  const values = "value" in operator ? inflows(operator.value, flows, mostDerived) : [];
  const tests = [];
  for (const left of [null, ...subjects]) {
    for (const right of [null, ...values]) {
      if (left === null && right === null) continue;
      if (tests.length >= mostDerived) return { tests, capped: true };
      const withSubject = left === null ? test2 : { ...test2, subject: { kind: "text", of: left } };
      tests.push(right === null || !("value" in operator) ? withSubject : { ...withSubject, operator: { ...operator, value: right } });
    }
  }
  return { tests, capped: subjects.length >= mostDerived || values.length >= mostDerived };
}
function inflows(template, flows, mostDerived) {
  const known3 = /* @__PURE__ */ new Map();
  let latest = [template];
  for (let round = 0; round < 4 && latest.length > 0; round += 1) {
    const next = [];
    for (const one of latest) {
      for (const changed of replacements(one, flows)) {
        const key = JSON.stringify(changed);
        if (known3.has(key) || known3.size >= mostDerived) continue;
        known3.set(key, changed);
        next.push(changed);
      }
    }
    latest = next;
  }
  return [...known3.values()];
}
function* replacements(template, flows) {
  for (const [index2, part] of template.entries()) {
    if (part.kind !== "field") continue;
    for (const value2 of flows.get(part.field) ?? []) yield [...template.slice(0, index2), ...value2, ...template.slice(index2 + 1)];
  }
}

// src/model/reads.ts
function testsBehind(program, gate3) {
  const found = [];
  const seen = /* @__PURE__ */ new Set();
  const pending = [...testsIn(gate3.when)];
  for (let test2 = pending.pop(); test2 !== void 0; test2 = pending.pop()) {
    found.push(test2);
    for (const field3 of fieldsOfTest(test2)) {
      if (seen.has(field3) || !field3.startsWith("var:")) continue;
      seen.add(field3);
      pending.push(...testsSetting(program, field3.slice(4)));
    }
  }
  return found;
}
function testsSetting(program, variable3) {
  const defined = (program.definitions[variable3] ?? []).flatMap((one) => testsIn(one.when));
  const gates = Object.values(program.stages).flatMap((stage2) => stage2.flatMap((scope) => scope.chains.flatMap((chain3) => chain3.gates)));
  const set2 = gates.filter(({ effect }) => effect.kind === "set" && effect.variable === variable3).flatMap((gate3) => testsIn(gate3.when));
  return [...defined, ...set2];
}

// src/source.ts
var lineStarts = /* @__PURE__ */ new WeakMap();
function startsOfLines(file) {
  const known3 = lineStarts.get(file);
  if (known3 !== void 0) return known3;
  const starts = [0];
  for (const end of file.text.matchAll(/\r\n|\n|\r/g)) starts.push(end.index + end[0].length);
  lineStarts.set(file, starts);
  return starts;
}
function positionAt(file, offset) {
  const starts = startsOfLines(file);
  const wanted = Math.min(Math.max(offset, 0), file.text.length);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = low + high + 1 >> 1;
    if ((starts[middle] ?? 0) <= wanted) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: wanted - (starts[low] ?? 0) + 1 };
}
function textOf(span) {
  return span.file.text.slice(span.start, span.end);
}

// src/model/environment.ts
var unknownEnvironment = { stat: () => void 0 };

// src/model/network.ts
var import_node_net = require("node:net");
var lists = /* @__PURE__ */ new WeakMap();
function listsOf(blocks2) {
  const known3 = lists.get(blocks2);
  if (known3 !== void 0) return known3;
  const made = { ipv4: new import_node_net.BlockList(), ipv6: new import_node_net.BlockList() };
  for (const block of blocks2) {
    const range = parseNetwork(block);
    if (range !== null) made[range.family].addSubnet(range.address, range.prefix, range.family);
  }
  lists.set(blocks2, made);
  return made;
}
function familyOf(address) {
  if ((0, import_node_net.isIPv4)(address)) return "ipv4";
  return (0, import_node_net.isIPv6)(address) && !address.includes("%") ? "ipv6" : null;
}
function parseNetwork(block) {
  const [address = "", suffix, ...more] = block.split("/");
  const family = familyOf(address);
  if (family === null || more.length > 0) return null;
  const widest2 = family === "ipv4" ? 32 : 128;
  const prefix = suffix === void 0 ? widest2 : prefixOf(suffix, family);
  return prefix !== null && prefix <= widest2 ? { address, prefix, family } : null;
}
function prefixOf(suffix, family) {
  if (/^\d{1,3}$/.test(suffix)) return Number(suffix);
  if (family === "ipv6" || !(0, import_node_net.isIPv4)(suffix)) return null;
  const bits = suffix.split(".").map((byte) => Number(byte).toString(2).padStart(8, "0")).join("");
  return /^1*0*$/.test(bits) ? bits.lastIndexOf("1") + 1 : null;
}
function inNetworks(address, blocks2) {
  const family = familyOf(address);
  if (family === null) return false;
  const { ipv4, ipv6 } = listsOf(blocks2);
  return ipv4.check(address, family) || family === "ipv6" && ipv6.check(address, family);
}
function edgesOfNetwork(block) {
  const network2 = parseNetwork(block);
  if (network2 === null) return [];
  const bits = network2.family === "ipv4" ? 32 : 128;
  const size2 = 1n << BigInt(bits - network2.prefix);
  const number2 = network2.family === "ipv4" ? numberOfV4(network2.address) : numberOfV6(network2.address);
  const first = number2 / size2 * size2;
  const edges = [first, first + size2 - 1n, first - 1n, first + size2];
  return edges.filter((edge) => edge >= 0n && edge < 1n << BigInt(bits)).map(network2.family === "ipv4" ? addressOfV4 : addressOfV6);
}
function numberOfV4(address) {
  return address.split(".").reduce((sum2, byte) => sum2 * 256n + BigInt(byte), 0n);
}
function addressOfV4(number2) {
  return [24n, 16n, 8n, 0n].map((shift) => number2 >> shift & 255n).join(".");
}
function numberOfV6(address) {
  const [left = "", right] = address.split("::");
  const groups2 = (text2) => text2 === "" ? [] : text2.split(":").flatMap(groupsOf);
  const before = groups2(left);
  const after = right === void 0 ? [] : groups2(right);
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => 0n);
  return [...before, ...zeros, ...after].reduce((sum2, group) => sum2 * 65536n + group, 0n);
}
function groupsOf(text2) {
  if (!text2.includes(".")) return [BigInt(`0x${text2}`)];
  const number2 = numberOfV4(text2);
  return [number2 >> 16n, number2 & 65535n];
}
function addressOfV6(number2) {
  return [7n, 6n, 5n, 4n, 3n, 2n, 1n, 0n].map((group) => (number2 >> group * 16n & 65535n).toString(16)).join(":");
}

// src/model/path.ts
function percentDecode(text2) {
  if (!text2.includes("%")) return text2;
  return text2.replace(
    /(?:%[0-9a-fA-F]{2})+/g,
    (run4) => Buffer.from(run4.replaceAll("%", ""), "hex").toString("utf8")
  );
}
function normalisePath(path) {
  const decoded2 = percentDecode(path).replace(/\/{2,}/g, "/");
  if (!decoded2.includes("/.")) return decoded2;
  const kept = [];
  const segments = decoded2.split("/").slice(1);
  segments.forEach((segment, index2) => {
    const last = index2 === segments.length - 1;
    if (segment === "..") kept.pop();
    else if (segment !== ".") kept.push(segment);
    if (last && (segment === "." || segment === "..")) kept.push("");
  });
  return `/${kept.join("/")}`;
}

// src/model/bodies.ts
function formEntries(text2) {
  if (text2 === "") return [];
  return text2.split("&").filter(Boolean).map((pair) => {
    const at = pair.indexOf("=");
    const decode2 = (piece) => percentDecode(piece.replaceAll("+", " "));
    return at < 0 ? [decode2(pair), ""] : [decode2(pair.slice(0, at)), decode2(pair.slice(at + 1))];
  });
}
function cookieEntries(header2) {
  return header2.split(";").map((pair) => pair.trim()).filter(Boolean).map((pair) => {
    const at = pair.indexOf("=");
    return at < 0 ? [pair, ""] : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
  });
}
var deepest = 512;
function jsonEntries(text2) {
  let root;
  try {
    root = JSON.parse(text2);
  } catch {
    return [];
  }
  const entries2 = [];
  const pending = [{ name: "", value: root, depth: 0 }];
  for (let next = pending.pop(); next !== void 0; next = pending.pop()) {
    const { name, value: value2, depth } = next;
    if (typeof value2 !== "object" || value2 === null) entries2.push([name, value2 === null ? "" : String(value2)]);
    else if (depth < deepest) for (const inner of within(name, value2).reverse()) pending.push({ ...inner, depth: depth + 1 });
  }
  return entries2;
}
function within(name, value2) {
  if (Array.isArray(value2)) {
    const ofItems = `${name}.${name.slice(name.lastIndexOf(".") + 1)}`.replace(/^\./, "");
    return value2.map((item) => ({ name: ofItems, value: item }));
  }
  return Object.entries(value2).map(([key, item]) => ({ name: name === "" ? key : `${name}.${key}`, value: item }));
}
function multipartParts(contentType, body) {
  const boundary = /boundary="?([^";\s]+)"?/i.exec(contentType)?.[1];
  if (boundary === void 0) return [];
  return body.split(`--${boundary}`).slice(1, -1).flatMap((piece) => {
    const part = piece.replace(/^\r?\n/, "");
    const blank3 = /\r?\n\r?\n/.exec(part);
    const headers = part.slice(0, blank3?.index).split(/\r?\n/);
    const disposition = headers.find((line) => /^content-disposition\s*:/i.test(line)) ?? "";
    const name = /\bname="([^"]*)"/i.exec(disposition)?.[1];
    if (name === void 0) return [];
    const file = /\bfilename="([^"]*)"/i.exec(disposition)?.[1] ?? null;
    const value2 = blank3 === null ? "" : part.slice(blank3.index + blank3[0].length).replace(/\r?\n$/, "");
    return [{ name, headers, file, value: value2 }];
  });
}
function xmlAttributes(text2) {
  return [...text2.matchAll(/<[^<>!?/][^<>]*>/g)].flatMap(
    ([tag]) => [...tag.matchAll(/(?<![\w:.-])([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, name = "", double, single2]) => [name, double ?? single2 ?? ""])
  );
}

// src/model/regex-automaton.ts
var MOST_STATES = 3e3;
var MOST_WORK = 2e7;
function automatonTest(program) {
  const automaton = {
    program,
    states: /* @__PURE__ */ new Map(),
    fresh: /* @__PURE__ */ new Map(),
    marks: new Uint32Array(program.steps.length + 1),
    generation: 0,
    work: 0
  };
  return (text2) => {
    automaton.work = 0;
    return search(automaton, text2);
  };
}
function search(automaton, text2) {
  const { program } = automaton;
  const finalNewline = program.symbols;
  const end = program.symbols + 1;
  let state = stateOf(automaton, [], "start");
  for (let i = 0; i <= text2.length; i++) {
    let symbol = i === text2.length ? end : program.symbolOf(text2.charCodeAt(i));
    if (symbol === program.newline && i === text2.length - 1) symbol = finalNewline;
    const next = state.next[symbol] ?? build(automaton, state, symbol);
    if (next === "matched") return true;
    if (automaton.work > MOST_WORK) return void 0;
    state = next;
  }
  return false;
}
function stateOf(automaton, steps, before) {
  const key = `${before} ${steps.join()}`;
  const known3 = automaton.states.get(key);
  if (known3 !== void 0) return known3;
  if (automaton.states.size >= MOST_STATES) automaton.states = /* @__PURE__ */ new Map();
  const state = { steps, before, next: [] };
  automaton.states.set(key, state);
  return state;
}
function build(automaton, state, symbol) {
  const going = advance(automaton, state.steps, state.before, symbol);
  const fresh2 = freshSteps(automaton, state.before, symbol);
  if (going === "matched" || fresh2 === "matched") return state.next[symbol] = "matched";
  const steps = [.../* @__PURE__ */ new Set([...going, ...fresh2])].sort((a, b) => a - b);
  automaton.work += steps.length;
  return state.next[symbol] = stateOf(automaton, steps, beforeOf(automaton.program, symbol));
}
function beforeOf(program, symbol) {
  if (symbol === program.newline || symbol === program.symbols) return "newline";
  return program.isWord[symbol] === 1 ? "word" : "other";
}
function freshSteps(automaton, before, symbol) {
  const key = `${before} ${symbol}`;
  const known3 = automaton.fresh.get(key);
  if (known3 !== void 0) return known3;
  const steps = advance(automaton, [0], before, symbol);
  automaton.fresh.set(key, steps);
  return steps;
}
function advance(automaton, from, before, symbol) {
  const { program, marks } = automaton;
  const generation = ++automaton.generation;
  const pending = [...from];
  const reached = [];
  const consumed = symbol === program.symbols ? program.newline : symbol;
  const visit = (step2) => {
    if (marks[step2] !== generation) pending.push(step2);
  };
  for (let at = pending.pop(); at !== void 0; at = pending.pop()) {
    if (marks[at] === generation) continue;
    marks[at] = generation;
    automaton.work++;
    const step2 = program.steps[at];
    if (step2 === void 0) continue;
    if (step2.op === "match") return "matched";
    if (step2.op === "set") {
      if (program.members[step2.set]?.[consumed] === 1) reached.push(at + 1);
    } else if (step2.op === "jump") visit(step2.to);
    else if (step2.op === "split") {
      visit(step2.first);
      visit(step2.second);
    } else if (step2.op !== "assert") {
      visit(at + 1);
      if (step2.op === "progress") visit(at + 2);
    } else if (holds(program, step2.what, before, symbol)) visit(at + 1);
  }
  return reached;
}
function holds(program, what, before, symbol) {
  const atEnd = symbol === program.symbols + 1;
  const finalNewline = symbol === program.symbols;
  switch (what) {
    case "start":
      return before === "start";
    case "end":
      return atEnd;
    case "final":
      return atEnd || finalNewline;
    case "line-start":
      return before === "start" || before === "newline" && !atEnd;
    case "line-end":
      return atEnd || finalNewline || symbol === program.newline;
    default: {
      const wordAfter = !atEnd && !finalNewline && program.isWord[symbol] === 1;
      return before === "word" !== wordAfter === (what === "word");
    }
  }
}

// src/model/regex-set.ts
var LAST_UNIT = 65535;
function setOf(ranges) {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
  const flat = [];
  for (const [from, to] of sorted) {
    const last = flat.at(-1);
    if (last !== void 0 && from <= last + 1) flat[flat.length - 1] = Math.max(last, to);
    else flat.push(from, to);
  }
  return flat;
}
function pairsOf(set2) {
  const pairs = [];
  for (let i = 0; i + 1 < set2.length; i += 2) pairs.push([set2[i] ?? 0, set2[i + 1] ?? 0]);
  return pairs;
}
function complement(set2) {
  const flat = [];
  let next = 0;
  for (const [from, to] of pairsOf(set2)) {
    if (from > next) flat.push(next, from - 1);
    next = to + 1;
  }
  if (next <= LAST_UNIT) flat.push(next, LAST_UNIT);
  return flat;
}
function contains(set2, unit) {
  for (let i = 0; i + 1 < set2.length; i += 2) {
    if (unit < (set2[i] ?? 0)) return false;
    if (unit <= (set2[i + 1] ?? 0)) return true;
  }
  return false;
}
function foldCase(set2) {
  const extra = [];
  for (const [from, to] of pairsOf(set2)) {
    const upper = [Math.max(from, 65), Math.min(to, 90)];
    const lower5 = [Math.max(from, 97), Math.min(to, 122)];
    if (upper[0] <= upper[1]) extra.push([upper[0] + 32, upper[1] + 32]);
    if (lower5[0] <= lower5[1]) extra.push([lower5[0] - 32, lower5[1] - 32]);
  }
  return extra.length === 0 ? set2 : setOf([...pairsOf(set2), ...extra]);
}
function fromText(ranges) {
  return setOf(ranges.split(" ").map((range) => [range.charCodeAt(0), range.charCodeAt(range.length - 1)]));
}
var ANY = [0, LAST_UNIT];
var NEWLINE = [10, 10];
var NOT_NEWLINE = complement(NEWLINE);
var DIGIT = fromText("0-9");
var WORD = fromText("0-9 A-Z a-z _");
var SPACE = [9, 13, 32, 32];
var HORIZONTAL_SPACE = [9, 9, 32, 32, 160, 160];
var VERTICAL_SPACE = [10, 13, 133, 133];
var POSIX = /* @__PURE__ */ new Map([
  ["alpha", fromText("A-Z a-z")],
  ["digit", DIGIT],
  ["alnum", fromText("0-9 A-Z a-z")],
  ["upper", fromText("A-Z")],
  ["lower", fromText("a-z")],
  ["space", SPACE],
  ["blank", [9, 9, 32, 32]],
  ["punct", fromText("!-/ :-@ [-` {-~")],
  ["xdigit", fromText("0-9 A-F a-f")],
  ["word", WORD],
  ["cntrl", [0, 31, 127, 127]],
  ["print", [32, 126]],
  ["graph", [33, 126]],
  ["ascii", [0, 127]]
]);

// src/model/regex-program.ts
var MOST_STEPS = 6e4;
function compileProgram(tree, groups2) {
  const emitter = { steps: [], sets: /* @__PURE__ */ new Map(), list: [], slots: 2 * (groups2 + 1), regular: true, why: void 0 };
  emit(emitter, tree);
  emitter.steps.push({ op: "match" });
  if (emitter.why !== void 0) return { why: emitter.why };
  const alphabet = alphabetOf(emitter.list);
  return { steps: emitter.steps, slots: emitter.slots, groups: groups2, regular: emitter.regular, ...alphabet };
}
function emit(emitter, node) {
  if (emitter.steps.length > MOST_STEPS) {
    emitter.why ??= "too large a pattern";
    return;
  }
  switch (node.kind) {
    case "empty":
      return;
    case "set":
      emitter.steps.push({ op: "set", set: setIndex(emitter, node.set) });
      return;
    case "sequence":
      for (const item of node.of) emit(emitter, item);
      return;
    case "choice":
      return emitChoice(emitter, node.of);
    case "repeat":
      return emitRepeat(emitter, node.of, node.min, node.max, node.greedy);
    case "group":
      emitter.steps.push({ op: "save", slot: 2 * node.index });
      emit(emitter, node.of);
      emitter.steps.push({ op: "save", slot: 2 * node.index + 1 });
      return;
    case "assert":
      emitter.steps.push({ op: "assert", what: node.what });
      return;
    case "keep":
      emitter.steps.push({ op: "save", slot: 0 });
      return;
    case "same":
      emitter.regular = false;
      emitter.steps.push({ op: "same", group: node.group, ignoreCase: node.ignoreCase });
      return;
    case "atomic":
      return emitApart(emitter, { op: "atomic", end: 0 }, () => emit(emitter, node.of));
    case "look":
      return emitApart(
        emitter,
        { op: "look", end: 0, negative: node.negative },
        () => node.behind ? emitBehind(emitter, node.of) : emit(emitter, node.of)
      );
  }
}
function emitApart(emitter, step2, body) {
  emitter.regular = false;
  emitter.steps.push(step2);
  body();
  emitter.steps.push({ op: "match" });
  step2.end = emitter.steps.length;
}
function emitBehind(emitter, node) {
  const branches = node.kind === "choice" ? node.of : [node];
  emitBranches(emitter, branches, (branch) => {
    const width = widthOf(branch);
    if (width === null) emitter.why ??= "a look-behind of no fixed width";
    emitter.steps.push({ op: "back", by: width ?? 0 });
    emit(emitter, branch);
  });
}
function emitChoice(emitter, branches) {
  emitBranches(emitter, branches, (branch) => emit(emitter, branch));
}
function emitBranches(emitter, branches, body) {
  const jumps = [];
  branches.forEach((branch, index2) => {
    if (index2 === branches.length - 1) return body(branch);
    const split2 = { op: "split", first: emitter.steps.length + 1, second: 0 };
    emitter.steps.push(split2);
    body(branch);
    const jump3 = { op: "jump", to: 0 };
    emitter.steps.push(jump3);
    jumps.push(jump3);
    split2.second = emitter.steps.length;
  });
  for (const jump3 of jumps) jump3.to = emitter.steps.length;
}
function emitRepeat(emitter, body, min, max, greedy) {
  for (let i = 0; i < min && emitter.why === void 0; i++) emit(emitter, body);
  if (max === Infinity) return emitLoop(emitter, body, greedy);
  const splits2 = [];
  for (let i = min; i < max && emitter.why === void 0; i++) {
    splits2.push(emitter.steps.length);
    emitter.steps.push({ op: "jump", to: 0 });
    emit(emitter, body);
  }
  for (const at of splits2) emitter.steps[at] = splitTo(greedy, at + 1, emitter.steps.length);
}
function emitLoop(emitter, body, greedy) {
  const head = emitter.steps.length;
  emitter.steps.push({ op: "jump", to: 0 });
  const mayBeEmpty2 = nullable(body);
  const slot = emitter.slots;
  if (mayBeEmpty2) {
    emitter.slots++;
    emitter.steps.push({ op: "save", slot });
  }
  emit(emitter, body);
  if (mayBeEmpty2) emitter.steps.push({ op: "progress", slot });
  emitter.steps.push({ op: "jump", to: head });
  emitter.steps[head] = splitTo(greedy, head + 1, emitter.steps.length);
}
function splitTo(greedy, body, after) {
  return greedy ? { op: "split", first: body, second: after } : { op: "split", first: after, second: body };
}
function nullable(node) {
  switch (node.kind) {
    case "set":
      return false;
    case "sequence":
      return node.of.every(nullable);
    case "choice":
      return node.of.some(nullable);
    case "repeat":
      return node.min === 0 || nullable(node.of);
    case "group":
    case "atomic":
      return nullable(node.of);
    default:
      return true;
  }
}
function widthOf(node) {
  switch (node.kind) {
    case "set":
      return 1;
    case "sequence":
      return node.of.map(widthOf).reduce((sum2, width) => sum2 === null || width === null ? null : sum2 + width, 0);
    case "choice": {
      const widths = new Set(node.of.map(widthOf));
      return widths.size === 1 ? [...widths][0] ?? null : null;
    }
    case "repeat": {
      const width = widthOf(node.of);
      return width === null || node.min !== node.max ? null : width * node.min;
    }
    case "group":
    case "atomic":
      return widthOf(node.of);
    case "same":
      return null;
    default:
      return 0;
  }
}
function setIndex(emitter, set2) {
  const key = set2.join();
  const known3 = emitter.sets.get(key);
  if (known3 !== void 0) return known3;
  emitter.sets.set(key, emitter.list.length);
  return emitter.list.push(set2) - 1;
}
function alphabetOf(sets) {
  const edges = /* @__PURE__ */ new Set([0]);
  for (const set2 of [...sets, NEWLINE, WORD]) {
    for (const [from, to] of pairsOf(set2)) {
      edges.add(from);
      if (to < LAST_UNIT) edges.add(to + 1);
    }
  }
  const starts = [...edges].sort((a, b) => a - b);
  const symbolOfStart = /* @__PURE__ */ new Map();
  const intervals = starts.map((start3) => {
    const signature = [...sets, NEWLINE, WORD].map((set2) => contains(set2, start3) ? "1" : "0").join("");
    const symbol = symbolOfStart.get(signature) ?? symbolOfStart.size;
    symbolOfStart.set(signature, symbol);
    return symbol;
  });
  const signatures = [...symbolOfStart.keys()];
  const column = (index2) => Uint8Array.from(signatures, (signature) => signature[index2] === "1" ? 1 : 0);
  const find2 = lookUp(starts, intervals);
  return {
    members: sets.map((_, index2) => column(index2)),
    symbols: signatures.length,
    newline: find2(10),
    isWord: column(sets.length + 1),
    symbolOf: find2
  };
}
function lookUp(starts, symbols) {
  const search2 = (unit) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = low + high + 1 >> 1;
      if ((starts[middle] ?? 0) <= unit) low = middle;
      else high = middle - 1;
    }
    return symbols[low] ?? 0;
  };
  const bytes = Uint16Array.from({ length: 256 }, (_, unit) => search2(unit));
  return (unit) => unit < 256 ? bytes[unit] ?? 0 : search2(unit);
}
function sameUnit(a, b, ignoreCase) {
  return a === b || ignoreCase && contains(foldCase([a, a]), b);
}

// src/model/regex-match.ts
var MOST_STEPS2 = 1e6;
var LARGEST_MEMORY = 32e6;
var FAILED = -1;
var GAVE_UP = -2;
function findMatch(program, text2) {
  const cells2 = program.steps.length * (text2.length + 1);
  const remember = cells2 <= LARGEST_MEMORY && !program.steps.some((step2) => step2.op === "same");
  const machine = {
    program,
    text: text2,
    slots: new Int32Array(program.slots),
    tried: remember ? new Uint32Array((cells2 >> 5) + 1) : null,
    left: MOST_STEPS2
  };
  for (let start3 = 0; start3 <= text2.length; start3++) {
    machine.slots.fill(-1);
    machine.slots[0] = start3;
    const end = run(machine, 0, start3, true);
    if (end === GAVE_UP) return void 0;
    if (end === FAILED) continue;
    machine.slots[1] = end;
    return machine.slots.slice(0, 2 * (program.groups + 1));
  }
  return null;
}
function run(machine, from, start3, outermost) {
  const { slots } = machine;
  const alternatives = [from, start3];
  for (; ; ) {
    const position = alternatives.pop();
    const step2 = alternatives.pop();
    if (position === void 0 || step2 === void 0) return FAILED;
    if (step2 < 0) {
      slots[-1 - step2] = position;
      continue;
    }
    const end = follow(machine, step2, position, alternatives, outermost);
    if (end !== FAILED) return end;
  }
}
function follow(machine, from, start3, alternatives, outermost) {
  const { program, text: text2, slots } = machine;
  let at = from;
  let position = start3;
  for (; ; ) {
    if (--machine.left < 0) return GAVE_UP;
    const step2 = program.steps[at++];
    if (step2 === void 0) return FAILED;
    switch (step2.op) {
      case "match":
        return position;
      case "set":
        if (position >= text2.length) return FAILED;
        if (program.members[step2.set]?.[program.symbolOf(text2.charCodeAt(position))] !== 1) return FAILED;
        position++;
        break;
      case "split":
        if (outermost && wasTried(machine, at - 1, position)) return FAILED;
        alternatives.push(step2.second, position);
        at = step2.first;
        break;
      case "jump":
        at = step2.to;
        break;
      case "save":
        alternatives.push(-1 - step2.slot, slots[step2.slot] ?? -1);
        slots[step2.slot] = position;
        break;
      case "progress":
        if (slots[step2.slot] === position) at++;
        break;
      case "assert":
        if (!holds2(program, step2.what, text2, position)) return FAILED;
        break;
      case "back":
        position -= step2.by;
        if (position < 0) return FAILED;
        break;
      case "same":
        position = repeated(machine, step2.group, step2.ignoreCase, position);
        if (position < 0) return FAILED;
        break;
      case "look":
      case "atomic": {
        const before = slots.slice();
        const end = run(machine, at, position, false);
        if (end === GAVE_UP) return GAVE_UP;
        const negative = step2.op === "look" && step2.negative;
        if (end === FAILED !== negative) return FAILED;
        keepSlots(slots, before, alternatives, negative);
        if (step2.op === "atomic") position = end;
        at = step2.end;
      }
    }
  }
}
function wasTried(machine, step2, position) {
  if (machine.tried === null) return false;
  const bit = step2 * (machine.text.length + 1) + position;
  const word3 = machine.tried[bit >> 5] ?? 0;
  const mask = 1 << (bit & 31);
  machine.tried[bit >> 5] = word3 | mask;
  return (word3 & mask) !== 0;
}
function keepSlots(slots, before, alternatives, forget) {
  if (forget) {
    slots.set(before);
    return;
  }
  before.forEach((old, slot) => {
    if (slots[slot] !== old) alternatives.push(-1 - slot, old);
  });
}
function repeated(machine, group, ignoreCase, position) {
  const { slots, text: text2 } = machine;
  const start3 = slots[2 * group] ?? -1;
  const end = slots[2 * group + 1] ?? -1;
  if (start3 < 0 || end < start3) return -1;
  for (let i = start3; i < end; i++, position++) {
    if (position >= text2.length || !sameUnit(text2.charCodeAt(i), text2.charCodeAt(position), ignoreCase)) return -1;
  }
  return position;
}
function holds2(program, what, text2, position) {
  const { length } = text2;
  switch (what) {
    case "start":
      return position === 0;
    case "end":
      return position === length;
    case "final":
      return position === length || position === length - 1 && text2.charCodeAt(position) === 10;
    case "line-start":
      return position === 0 || position < length && text2.charCodeAt(position - 1) === 10;
    case "line-end":
      return position === length || text2.charCodeAt(position) === 10;
    default:
      return isWordAt(program, text2, position - 1) !== isWordAt(program, text2, position) === (what === "word");
  }
}
function isWordAt(program, text2, position) {
  if (position < 0 || position >= text2.length) return false;
  return program.isWord[program.symbolOf(text2.charCodeAt(position))] === 1;
}

// src/model/regex-tree.ts
var EMPTY = { kind: "empty" };
function fail(reader, why) {
  reader.why ??= why;
  reader.at = reader.text.length;
  return EMPTY;
}
function oneOf(reader, set2) {
  return { kind: "set", set: reader.flags.ignoreCase ? foldCase(set2) : set2 };
}
function namedReference(reader, name) {
  const group = reader.names.get(name);
  if (group === void 0) return fail(reader, "a reference to a name that is not there");
  return { kind: "same", group, ignoreCase: reader.flags.ignoreCase };
}
function bracketNode(reader, parts2, negated2) {
  const plain = setOf(parts2);
  const set2 = reader.flags.ignoreCase ? foldCase(plain) : plain;
  return { kind: "set", set: negated2 ? complement(set2) : set2 };
}

// src/model/regex-escape.ts
var SHORTHANDS = /* @__PURE__ */ new Map([
  ["d", DIGIT],
  ["D", complement(DIGIT)],
  ["w", WORD],
  ["W", complement(WORD)],
  ["s", SPACE],
  ["S", complement(SPACE)],
  ["h", HORIZONTAL_SPACE],
  ["H", complement(HORIZONTAL_SPACE)],
  ["v", VERTICAL_SPACE],
  ["V", complement(VERTICAL_SPACE)],
  ["N", NOT_NEWLINE],
  ["C", ANY]
]);
var CONTROLS = /* @__PURE__ */ new Map([
  ["t", 9],
  ["n", 10],
  ["r", 13],
  ["f", 12],
  ["a", 7],
  ["e", 27]
]);
var ASSERTIONS = /* @__PURE__ */ new Map([
  ["A", "start"],
  ["G", "start"],
  ["z", "end"],
  ["Z", "final"],
  ["b", "word"],
  ["B", "not-word"]
]);
var LINE_BREAK = {
  kind: "atomic",
  of: {
    kind: "choice",
    of: [
      {
        kind: "sequence",
        of: [
          { kind: "set", set: [13, 13] },
          { kind: "set", set: [10, 10] }
        ]
      },
      { kind: "set", set: VERTICAL_SPACE }
    ]
  }
};
function readEscape(reader) {
  const letter = reader.text[reader.at + 1];
  if (letter === void 0) return fail(reader, "a `\\` at the end");
  const assertion = ASSERTIONS.get(letter);
  const shorthand = SHORTHANDS.get(letter);
  if (assertion !== void 0 || shorthand !== void 0 || "RKEQ".includes(letter)) reader.at += 2;
  if (assertion !== void 0) return { kind: "assert", what: assertion };
  if (shorthand !== void 0) return { kind: "set", set: shorthand };
  if (letter === "R") return LINE_BREAK;
  if (letter === "K") return { kind: "keep" };
  if (letter === "E") return null;
  if (letter === "Q") {
    const end = reader.text.indexOf("\\E", reader.at);
    reader.quotedUntil = end < 0 ? reader.text.length : end;
    return null;
  }
  if (/[pPXLlUu]/.test(letter)) return fail(reader, `\`\\${letter}\` is not understood`);
  const reference2 = readReference(reader);
  if (reference2 !== null) return reference2;
  const unit = readUnit(reader);
  return unit === null ? EMPTY : oneOf(reader, [unit, unit]);
}
var REFERENCE = /\\(?:([1-9]\d?)|g\{?(-?\d+)\}?|[gk](?:\{(\w+)\}|<(\w+)>|'(\w+)'))/y;
function readReference(reader) {
  REFERENCE.lastIndex = reader.at;
  const found = REFERENCE.exec(reader.text);
  if (found === null) return /[gk]/.test(reader.text[reader.at + 1] ?? "") ? fail(reader, "a reference that is not understood") : null;
  const name = found[3] ?? found[4] ?? found[5];
  if (name !== void 0) {
    reader.at += found[0].length;
    return namedReference(reader, name);
  }
  const number2 = Number(found[1] ?? found[2]);
  if (found[1] !== void 0 && number2 > 9 && number2 > reader.groups) return null;
  reader.at += found[0].length;
  const group = number2 < 0 ? reader.groups + 1 + number2 : number2;
  if (group < 1) return fail(reader, "a reference to a group that is not there");
  reader.highestReference = Math.max(reader.highestReference, group);
  return { kind: "same", group, ignoreCase: reader.flags.ignoreCase };
}
var UNIT = /\\(?:x\{([0-9a-fA-F]+)\}|x([0-9a-fA-F]{0,2})|o\{([0-7]+)\}|c([ -~])|([0-7]{1,3})|([^]))/y;
function readUnit(reader) {
  UNIT.lastIndex = reader.at;
  const found = UNIT.exec(reader.text);
  if (found === null) {
    fail(reader, "a `\\` at the end");
    return null;
  }
  reader.at += found[0].length;
  const [, braced, hex, octalBraced, control, octal, plain] = found;
  if (control !== void 0) return control.toUpperCase().charCodeAt(0) ^ 64;
  if (plain !== void 0) return CONTROLS.get(plain) ?? plain.charCodeAt(0);
  const digits = braced ?? hex;
  const unit = digits !== void 0 ? parseInt(digits === "" ? "0" : digits, 16) : parseInt(octalBraced ?? octal ?? "0", 8);
  if (unit <= 65535) return unit;
  fail(reader, "a character beyond U+FFFF");
  return null;
}
function readBracket(reader) {
  reader.at++;
  const negated2 = reader.text[reader.at] === "^";
  if (negated2) reader.at++;
  const parts2 = [];
  for (let first = true; ; first = false) {
    const next = reader.text[reader.at];
    if (next === void 0) return fail(reader, "a `[` without its `]`");
    if (next === "]" && !first) break;
    readMember(reader, parts2);
  }
  reader.at++;
  return bracketNode(reader, parts2, negated2);
}
function readMember(reader, parts2) {
  const low = readMemberStart(reader, parts2);
  if (low === null) return;
  const range = reader.text[reader.at] === "-" && reader.text[reader.at + 1] !== "]" && reader.text[reader.at + 1] !== void 0;
  if (!range) {
    parts2.push([low, low]);
    return;
  }
  const dash = reader.at++;
  const high = readMemberStart(reader, parts2);
  if (high === null) {
    parts2.push([low, low], [reader.text.charCodeAt(dash), reader.text.charCodeAt(dash)]);
  } else if (high < low) fail(reader, "a range out of order");
  else parts2.push([low, high]);
}
var NAMED_CLASS = /\[:(\^?)([a-z]+):\]/y;
function readMemberStart(reader, parts2) {
  const next = reader.text[reader.at];
  if (next === "[") {
    NAMED_CLASS.lastIndex = reader.at;
    const named4 = NAMED_CLASS.exec(reader.text);
    if (named4 !== null) return addNamedClass(reader, parts2, named4);
  }
  if (next !== "\\") return reader.text.charCodeAt(reader.at++);
  const letter = reader.text[reader.at + 1] ?? "";
  const shorthand = SHORTHANDS.get(letter);
  if (shorthand !== void 0 && letter !== "N" && letter !== "C") {
    reader.at += 2;
    parts2.push(...pairsOf(shorthand));
    return null;
  }
  if (letter === "b") {
    reader.at += 2;
    return 8;
  }
  if (/[pPXRQE]/.test(letter)) {
    fail(reader, `\`\\${letter}\` in a bracket expression is not understood`);
    return null;
  }
  return readUnit(reader);
}
function addNamedClass(reader, parts2, named4) {
  const set2 = POSIX.get(named4[2] ?? "");
  if (set2 === void 0) fail(reader, "a POSIX class that does not exist");
  else {
    reader.at += named4[0].length;
    parts2.push(...pairsOf(named4[1] === "^" ? complement(set2) : set2));
  }
  return null;
}

// src/model/regex-parse.ts
var DEEPEST = 200;
function parsePattern(text2, flags2) {
  const reader = {
    text: text2,
    at: 0,
    flags: flags2,
    groups: 0,
    highestReference: 0,
    quotedUntil: -1,
    depth: 0,
    why: void 0,
    names: /* @__PURE__ */ new Map()
  };
  skipStartVerbs(reader);
  const tree = readChoice(reader);
  if (reader.at < text2.length) fail(reader, "a `)` too many");
  if (reader.highestReference > reader.groups) fail(reader, "a reference to a group that is not there");
  return reader.why === void 0 ? { tree, groups: reader.groups, names: reader.names } : { why: reader.why };
}
function skipStartVerbs(reader) {
  const verbs = /^(?:\(\*(?:UTF8?|UCP|CRLF|LF|CR|ANYCRLF|ANY|BSR_\w+|NO_\w+|LIMIT_\w+=\d+)\))+/.exec(reader.text);
  if (verbs !== null) reader.at = verbs[0].length;
}
function readChoice(reader) {
  if (++reader.depth > DEEPEST) return fail(reader, "nested too deeply");
  const flags2 = reader.flags;
  const branches = [readSequence(reader)];
  while (reader.text[reader.at] === "|") {
    reader.at++;
    branches.push(readSequence(reader));
  }
  reader.flags = flags2;
  reader.depth--;
  return branches.length === 1 ? branches[0] ?? EMPTY : { kind: "choice", of: branches };
}
function readSequence(reader) {
  const items2 = [];
  for (; ; ) {
    skipBlanks(reader);
    const quoted3 = leaveQuote(reader);
    const next = reader.text[reader.at];
    if (next === void 0 || !quoted3 && (next === "|" || next === ")")) break;
    const atom = quoted3 ? readLiteral(reader) : readAtom(reader);
    skipBlanks(reader);
    if (atom !== null) items2.push(readQuantifier(reader, atom));
  }
  return items2.length === 1 ? items2[0] ?? EMPTY : { kind: "sequence", of: items2 };
}
function leaveQuote(reader) {
  if (reader.quotedUntil < 0) return false;
  if (reader.at < reader.quotedUntil) return true;
  reader.at = Math.min(reader.quotedUntil + 2, reader.text.length);
  reader.quotedUntil = -1;
  return false;
}
function skipBlanks(reader) {
  if (!reader.flags.extended || reader.quotedUntil >= 0) return;
  const blank3 = /(?:\s|#[^\n]*)*/y;
  blank3.lastIndex = reader.at;
  reader.at += blank3.exec(reader.text)?.[0].length ?? 0;
}
function readLiteral(reader) {
  const unit = reader.text.charCodeAt(reader.at++);
  return oneOf(reader, [unit, unit]);
}
function readAtom(reader) {
  switch (reader.text[reader.at]) {
    case "(":
      return readGroup(reader);
    case "[":
      return readBracket(reader);
    case "\\":
      return readEscape(reader);
    case ".":
      reader.at++;
      return { kind: "set", set: reader.flags.dotAll ? ANY : NOT_NEWLINE };
    case "^":
      reader.at++;
      return { kind: "assert", what: reader.flags.multiline ? "line-start" : "start" };
    case "$":
      reader.at++;
      return { kind: "assert", what: dollar(reader.flags) };
    case "*":
    case "+":
    case "?":
      return fail(reader, "nothing to repeat");
    default:
      return readLiteral(reader);
  }
}
function dollar(flags2) {
  if (flags2.multiline) return "line-end";
  return flags2.dollarEndOnly ? "end" : "final";
}
var QUANTIFIER = /(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})([?+]?)/y;
function readQuantifier(reader, atom) {
  if (leaveQuote(reader)) return atom;
  QUANTIFIER.lastIndex = reader.at;
  const found = QUANTIFIER.exec(reader.text);
  if (found === null) return atom;
  const [whole2, low, comma, high, suffix] = found;
  reader.at += whole2.length;
  const min = low === void 0 ? whole2.startsWith("+") ? 1 : 0 : Number(low);
  const max = low === void 0 ? whole2.startsWith("?") ? 1 : Infinity : upperBound(min, comma, high);
  if (min > 65535 || max !== Infinity && max > 65535) return fail(reader, "a repeat count over 65535");
  if (max < min) return fail(reader, "a repeat count out of order");
  const greedy = suffix === "?" === reader.flags.ungreedy;
  const repeat = { kind: "repeat", of: atom, min, max, greedy: suffix === "+" || greedy };
  return suffix === "+" ? { kind: "atomic", of: repeat } : repeat;
}
function upperBound(min, comma, high) {
  if (comma === void 0) return min;
  return high === void 0 || high === "" ? Infinity : Number(high);
}
function readGroup(reader) {
  const opening = /\((?:\?(?:#[^)]*\)|(?:P?<|')(\w+)[>']|P=(\w+)\)|([imsxUJ]*(?:-[imsxUJ]*)?)([:)])|(<?[=!]|>)))?/y;
  opening.lastIndex = reader.at;
  const found = opening.exec(reader.text);
  if (found === null || found[0] === "(" && /^[?*]/.test(reader.text.slice(reader.at + 1, reader.at + 2))) {
    return fail(reader, "a group of a kind that is not understood");
  }
  const [whole2, name, referred, letters, flagsEnd, look] = found;
  reader.at += whole2.length;
  if (whole2.startsWith("(?#")) return null;
  if (referred !== void 0) return namedReference(reader, referred);
  if (letters !== void 0) {
    const before = reader.flags;
    reader.flags = withLetters(before, letters);
    if (flagsEnd === ")") return null;
    const body = closed(reader, readChoice(reader));
    reader.flags = before;
    return body;
  }
  if (look === ">") return { kind: "atomic", of: closed(reader, readChoice(reader)) };
  if (look !== void 0) {
    const of = closed(reader, readChoice(reader));
    return { kind: "look", behind: look.startsWith("<"), negative: look.endsWith("!"), of };
  }
  const index2 = ++reader.groups;
  if (name !== void 0 && !reader.names.has(name)) reader.names.set(name, index2);
  return { kind: "group", index: index2, of: closed(reader, readChoice(reader)) };
}
function closed(reader, body) {
  if (reader.text[reader.at] !== ")") return fail(reader, "a `(` without its `)`");
  reader.at++;
  return body;
}
function withLetters(flags2, letters) {
  const [on = "", off = ""] = letters.split("-");
  const now = (letter, before) => !off.includes(letter) && (on.includes(letter) || before);
  return {
    ...flags2,
    ignoreCase: now("i", flags2.ignoreCase),
    multiline: now("m", flags2.multiline),
    dotAll: now("s", flags2.dotAll),
    extended: now("x", flags2.extended),
    ungreedy: now("U", flags2.ungreedy)
  };
}

// src/model/regex-sample.ts
var LONGEST = 2e3;
var PREFERRED = "a0bZ1 -_./x";
function sampleOf(tree, variant) {
  const groups2 = /* @__PURE__ */ new Map();
  let choices2 = variant;
  const pick = (count) => {
    const chosen2 = choices2 % count;
    choices2 = Math.floor(choices2 / count) + variant;
    return chosen2;
  };
  const walk = (node) => {
    switch (node.kind) {
      case "set":
        return memberOf(node.set, variant);
      case "sequence":
        return node.of.reduce((text2, item) => text2.length > LONGEST ? text2 : text2 + walk(item), "");
      case "choice": {
        const branch = node.of[pick(node.of.length)];
        return branch === void 0 ? "" : walk(branch);
      }
      case "repeat":
        return repeatText(node.min, node.max, variant, () => walk(node.of));
      case "group": {
        const text2 = walk(node.of);
        groups2.set(node.index, text2);
        return text2;
      }
      case "atomic":
        return walk(node.of);
      case "look":
        return node.negative || node.behind ? "" : walk(node.of);
      case "same":
        return groups2.get(node.group) ?? "";
      default:
        return "";
    }
  };
  return walk(tree);
}
function repeatText(min, max, variant, once) {
  const count = Math.min(max, min + variant % 2);
  let text2 = "";
  for (let i = 0; i < count && text2.length <= LONGEST; i++) text2 += once();
  return text2;
}
function memberOf(set2, variant) {
  for (let i = 0; i < PREFERRED.length; i++) {
    const candidate = PREFERRED.charCodeAt((i + variant) % PREFERRED.length);
    if (contains(set2, candidate)) return String.fromCharCode(candidate);
  }
  const printable = set2.findIndex((edge, index2) => index2 % 2 === 1 && edge > 32);
  return String.fromCharCode(set2[printable < 0 ? 0 : printable] ?? 97);
}
function nearMisses(samples2) {
  const close2 = samples2.flatMap((text2) => [
    text2.slice(1),
    text2.slice(0, -1),
    `${text2.slice(0, text2.length >> 1)}~${text2.slice((text2.length >> 1) + 1)}`,
    `~${text2}~`
  ]);
  return [.../* @__PURE__ */ new Set([...close2, "", "a", "0", "~"])];
}

// src/model/regex.ts
var MOST_REMEMBERED = 2e4;
var remembered = /* @__PURE__ */ new Map();
function compilePattern(pattern4, options2 = {}) {
  return compiled(pattern4, options2).pattern;
}
function samplesOf(pattern4, options2 = {}) {
  return candidates(compiled(pattern4, options2), true).slice(0, 4);
}
function antiSamples(pattern4, options2 = {}) {
  return candidates(compiled(pattern4, options2), false).slice(0, 4);
}
function candidates({ pattern: pattern4, tree }, wanted) {
  if (!pattern4.ok || tree === null) return [];
  const samples2 = [...new Set([0, 1, 2, 3, 5, 8, 13, 21].map((variant) => sampleOf(tree, variant)))];
  return (wanted ? samples2 : nearMisses(samples2)).filter((text2) => pattern4.test(text2) === wanted);
}
var rememberedByOptions = /* @__PURE__ */ new WeakMap();
function compiled(pattern4, options2) {
  const recent = rememberedByOptions.get(options2);
  if (recent?.text === pattern4) return recent.compiled;
  const found = compiledByText(pattern4, options2);
  rememberedByOptions.set(options2, { text: pattern4, compiled: found });
  return found;
}
function compiledByText(pattern4, options2) {
  const { ignoreCase = false, multiline = false, dotAll = false, extended = false, dollarEndOnly = false, anchored } = options2;
  const bits = (ignoreCase ? 1 : 0) + (multiline ? 2 : 0) + (dotAll ? 4 : 0) + (extended ? 8 : 0) + (dollarEndOnly ? 16 : 0);
  const key = `${bits} ${anchored ?? "-"} ${pattern4}`;
  const known3 = remembered.get(key);
  if (known3 !== void 0) return known3;
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  const flags2 = { ignoreCase, multiline, dotAll, extended, dollarEndOnly, ungreedy: false };
  const fresh2 = compileFresh(pattern4, flags2, anchored);
  remembered.set(key, fresh2);
  return fresh2;
}
function compileFresh(text2, flags2, anchored) {
  const parsed = parsePattern(text2, flags2);
  if ("why" in parsed) return { pattern: { ok: false, why: parsed.why }, tree: null };
  const tree = anchoredTree(parsed.tree, anchored);
  const program = compileProgram(tree, parsed.groups);
  if ("why" in program) return { pattern: { ok: false, why: program.why }, tree: null };
  const byMachine = (subject2) => {
    const found = findMatch(program, subject2);
    return found === void 0 ? void 0 : found !== null;
  };
  const test2 = program.regular ? automatonTest(program) : byMachine;
  const exec = (subject2) => {
    if (test2(subject2) === false) return null;
    const places = findMatch(program, subject2);
    if (places === null || places === void 0) return places;
    return Array.from({ length: parsed.groups + 1 }, (_, group) => {
      const start3 = places[2 * group] ?? -1;
      const end = places[2 * group + 1] ?? -1;
      return start3 < 0 || end < start3 ? void 0 : subject2.slice(start3, end);
    });
  };
  return { pattern: { ok: true, groups: parsed.groups, names: parsed.names, test: test2, exec }, tree };
}
function anchoredTree(tree, anchored) {
  if (anchored === void 0) return tree;
  const start3 = { kind: "assert", what: "start" };
  const end = { kind: "assert", what: "end" };
  return { kind: "sequence", of: anchored === "full" ? [start3, tree, end] : [start3, tree] };
}

// src/model/read.ts
var defaultPort = { http: 80, https: 443 };
function hostHeader(request) {
  return request.port === defaultPort[request.scheme] ? request.host : `${request.host}:${request.port}`;
}
function requestTarget(request) {
  return request.query === "" ? request.path : `${request.path}?${request.query}`;
}
function headerOf(request, name) {
  if (name === "host") return hostHeader(request);
  if (name === "content-length") return contentLength(request);
  if (name === "transfer-encoding" && request.chunked) return "chunked";
  return own(request.headers, name);
}
function own(record, name) {
  return Object.hasOwn(record, name) ? record[name] : void 0;
}
function contentLength(request) {
  const bodiless = request.bodyBytes === 0 && (request.method === "GET" || request.method === "HEAD");
  return request.chunked || bodiless ? void 0 : String(request.bodyBytes);
}
function readRequestField(world, field3) {
  const { request } = world;
  switch (field3) {
    case "method":
      return world.method;
    case "path":
      return world.path;
    case "query":
      return world.query;
    case "sentMethod":
      return request.method;
    case "scheme":
      return request.scheme;
    case "host":
      return request.host;
    case "port":
      return String(request.port);
    case "rawPath":
      return request.path;
    case "sentPath":
      return normalisePath(request.path);
    case "sentQuery":
      return request.query;
    case "requestUri":
      return requestTarget(request);
    case "body":
      return request.body;
    case "bodyBytes":
      return String(request.bodyBytes);
    case "contentLength":
      return contentLength(request);
    case "clientAddress":
      return request.clientAddress;
    case "identity":
      return request.identity.state;
    case "perMinute":
      return String(request.perMinute);
    default:
      return readNamed(world, field3);
  }
}
function readNamed(world, field3) {
  const { request } = world;
  const [kind, name] = splitField(field3);
  if (kind === "header") return headerOf(request, name);
  if (kind === "claim") return request.identity.state === "valid" ? own(request.identity.claims, name) : void 0;
  if (kind === "meta") return own(request.meta, name);
  if (kind === "cookie") return firstNamed(entriesOf(request, "cookies"), name);
  if (typeof world.query !== "string") return { key: `argument ${name}`, text: "�" };
  return firstNamed(rawArguments(world.query), name);
}
function splitField(field3) {
  const at = field3.indexOf(":");
  return [field3.slice(0, at), field3.slice(at + 1)];
}
function rawArguments(query) {
  return query.split("&").map((pair) => {
    const at = pair.indexOf("=");
    return at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
  });
}
function firstNamed(entries2, name) {
  const wanted = name.toLowerCase();
  return entries2.find(([entry2]) => entry2.toLowerCase() === wanted)?.[1];
}
var cache = /* @__PURE__ */ new WeakMap();
function entriesOf(request, collection) {
  let ofRequest = cache.get(request);
  if (ofRequest === void 0) cache.set(request, ofRequest = /* @__PURE__ */ new Map());
  let entries2 = ofRequest.get(collection);
  if (entries2 === void 0) ofRequest.set(collection, entries2 = collect(request, collection));
  return entries2;
}
function collect(request, collection) {
  switch (collection) {
    case "headers":
      return [...syntheticHeaders(request), ...Object.entries(request.headers)];
    case "cookies":
      return cookieEntries(request.headers["cookie"] ?? "");
    case "queryArguments":
      return formEntries(request.query);
    case "formArguments":
      return formEntries(request.body);
    case "jsonArguments":
      return jsonEntries(request.body);
    case "multipartArguments":
      return parts(request).filter((part) => part.file === null).map((part) => [part.name, part.value]);
    case "multipartFiles":
      return parts(request).flatMap((part) => part.file === null ? [] : [[part.name, part.file]]);
    case "multipartHeaders":
      return parts(request).flatMap((part) => part.headers.map((line) => [part.name, line]));
    case "xmlAttributes":
      return xmlAttributes(request.body);
    case "xmlText":
      return [["", request.body.replace(/<[^<>]*>/g, " ")]];
    case "groups":
      return request.identity.state === "valid" ? request.identity.groups.map((group) => ["", group]) : [];
    case "scopes":
      return request.identity.state === "valid" ? request.identity.scopes.map((scope) => ["", scope]) : [];
    default:
      return collection;
  }
}
function syntheticHeaders(request) {
  return ["host", "content-length", "transfer-encoding"].flatMap((name) => {
    const value2 = headerOf(request, name);
    return value2 === void 0 ? [] : [[name, value2]];
  });
}
function parts(request) {
  return multipartParts(request.headers["content-type"] ?? "", request.body);
}
function selects(selector, name) {
  if (selector.kind === "name") return selector.name.toLowerCase() === name.toLowerCase();
  const compiled2 = compilePattern(selector.pattern, { ignoreCase: selector.ignoreCase ?? true });
  return compiled2.ok ? compiled2.test(name) : void 0;
}

// src/model/transform.ts
var import_node_crypto = require("node:crypto");
var entities = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", nbsp: " " };
var escapes = { a: "\x07", b: "\b", f: "\f", n: "\n", r: "\r", t: "	", v: "\v" };
function fromCode(code) {
  return code <= 1114111 ? String.fromCodePoint(code) : "";
}
function fromHex(digits) {
  return fromCode(Number.parseInt(digits, 16));
}
function decodeEntities(text2) {
  return text2.replace(/&(?:#x([0-9a-f]+)|#([0-9]+)|([a-z]+));?/gi, (whole2, hex, decimal, name) => {
    if (hex !== void 0) return fromHex(hex);
    if (decimal !== void 0) return fromCode(Number(decimal));
    const entity = String(name).toLowerCase();
    return Object.hasOwn(entities, entity) ? entities[entity] ?? whole2 : whole2;
  });
}
function decodeScript(text2) {
  return text2.replace(/\\(?:u([0-9a-f]{4})|x([0-9a-f]{2})|([0-7]{1,3})|(.))/gis, (_, unicode, hex, octal, other) => {
    if (unicode !== void 0 || hex !== void 0) return fromCode(Number.parseInt(unicode ?? hex, 16) & 255);
    if (octal !== void 0) return fromCode(Number.parseInt(octal, 8) & 255);
    return escapes[other] ?? other;
  });
}
var functions = {
  lowercase: (text2) => text2.toLowerCase(),
  uppercase: (text2) => text2.toUpperCase(),
  trim: (text2) => text2.trim(),
  trimLeft: (text2) => text2.trimStart(),
  trimRight: (text2) => text2.trimEnd(),
  length: (text2) => String(Buffer.byteLength(text2)),
  urlDecode: (text2) => percentDecode(text2.replaceAll("+", " ")),
  urlDecodeUni: (text2) => percentDecode(text2.replaceAll("+", " ").replace(/%u([0-9a-fA-F]{4})/g, (_, hex) => fromHex(hex))),
  htmlEntityDecode: decodeEntities,
  jsDecode: decodeScript,
  cssDecode: (text2) => text2.replace(/\\(?:([0-9a-f]{1,6})\s?|\n|(.))/gi, (_, hex, other) => hex === void 0 ? other ?? "" : fromHex(hex)),
  cmdLine: (text2) => text2.replace(/[\\"'^]/g, "").replace(/[\s,;]+/g, " ").replace(/ +(?=[/(])/g, "").toLowerCase(),
  removeNulls: (text2) => text2.replaceAll("\0", ""),
  replaceNulls: (text2) => text2.replaceAll("\0", " "),
  removeWhitespace: (text2) => text2.replace(/[\s\u00A0]+/g, ""),
  compressWhitespace: (text2) => text2.replace(/[\s\u00A0]+/g, " "),
  removeComments: (text2) => text2.replace(/\/\*[^]*?(?:\*\/|$)|--.*|#.*/g, ""),
  replaceComments: (text2) => text2.replace(/\/\*[^]*?(?:\*\/|$)/g, " "),
  removeCommentsChar: (text2) => text2.replace(/\/\*|\*\/|--|#/g, ""),
  normalizePath: (text2) => normaliseFile(text2),
  normalizePathWin: (text2) => normaliseFile(text2.replaceAll("\\", "/")),
  utf8toUnicode: (text2) => text2.replace(/[^\x00-\x7F]/g, (char) => `%u${char.charCodeAt(0).toString(16).padStart(4, "0")}`),
  escapeSeqDecode: decodeScript,
  base64Decode: (text2) => Buffer.from(text2, "base64").toString("utf8"),
  base64Encode: (text2) => Buffer.from(text2).toString("base64"),
  hexDecode: (text2) => Buffer.from(text2, "hex").toString("utf8"),
  hexEncode: (text2) => Buffer.from(text2).toString("hex"),
  sha1: (text2) => (0, import_node_crypto.createHash)("sha1").update(text2).digest("hex"),
  md5: (text2) => (0, import_node_crypto.createHash)("md5").update(text2).digest("hex"),
  utf8Bytes: (text2) => isAscii(text2) ? text2 : Buffer.from(text2, "utf8").toString("latin1")
};
function isAscii(text2) {
  for (let i = 0; i < text2.length; i += 1) if (text2.charCodeAt(i) > 127) return false;
  return true;
}
function normaliseFile(text2) {
  const absolute = text2.startsWith("/");
  const kept = [];
  const segments = text2.split("/").filter((segment) => segment !== "" && segment !== ".");
  for (const segment of segments) {
    if (segment !== "..") kept.push(segment);
    else if (kept.length > 0 && kept.at(-1) !== "..") kept.pop();
    else if (!absolute) kept.push(segment);
  }
  const open = kept.length > 0 && /(?:^|\/)(?:\.{1,2})?$/.test(text2);
  return `${absolute ? "/" : ""}${kept.join("/")}${open ? "/" : ""}`;
}
function transform(text2, by) {
  return functions[by](text2);
}
function isTransform(name) {
  return Object.hasOwn(functions, name);
}

// src/model/holds.ts
var yes = { answer: "yes", unknown: null };
var no = { answer: "no", unknown: null };
function holds3(condition, asking2) {
  switch (condition.kind) {
    case "all":
      return combine(condition.of, asking2, "no", yes);
    case "any":
      return combine(condition.of, asking2, "yes", no);
    case "not": {
      const held = holds3(condition.of, asking2);
      return held.answer === "maybe" ? held : held.answer === "yes" ? no : yes;
    }
    case "unknown":
      return assume(asking2, condition.key, condition.why);
    case "test":
      return holdsTest(condition, asking2);
    default:
      return condition;
  }
}
function combine(of, asking2, decisive2, otherwise) {
  let maybe = null;
  for (const condition of of) {
    const held = holds3(condition, asking2);
    if (held.answer === decisive2) return held;
    if (held.answer === "maybe") maybe ??= held;
  }
  return maybe ?? otherwise;
}
function assume(asking2, key, why) {
  const taken = asking2.world.assumed.get(key);
  if (taken === void 0) return { answer: "maybe", unknown: { key, why } };
  asking2.assumed = true;
  return taken ? yes : no;
}
function holdsTest(test2, asking2) {
  let maybe = null;
  for (const held of answersOf(test2, asking2)) {
    if (held.answer === "yes") return yes;
    if (held.answer === "maybe") maybe ??= held;
  }
  return maybe ?? no;
}
function* answersOf(test2, asking2) {
  for (const value2 of valuesOf(test2.subject, asking2)) {
    for (const changed of transformed(value2, test2)) yield satisfiesAll(changed, [test2, ...test2.also ?? []], asking2);
  }
}
function satisfiesAll(value2, [first, ...rest], asking2) {
  if (first === void 0) return yes;
  const held = satisfies(value2, first.operator, asking2);
  if (held.answer !== "maybe" && held.answer === "yes" === (first.negated ?? false)) return no;
  const [next] = rest;
  if (next === void 0) return held.answer === "maybe" ? held : yes;
  const [changed = value2] = transformed(value2, { transforms: next.transforms ?? [] });
  const others = satisfiesAll(changed, rest, asking2);
  return held.answer === "maybe" && others.answer !== "no" ? held : others;
}
function timesHeld(condition, asking2) {
  switch (condition.kind) {
    case "test": {
      let times = 0;
      for (const held of answersOf(condition, asking2)) if (held.answer === "yes") times += 1;
      return times;
    }
    case "any":
      return condition.of.reduce((times, one) => times + timesHeld(one, asking2), 0);
    case "all":
      return condition.of.reduce((times, one) => times * timesHeld(one, asking2), 1);
    default:
      return holds3(condition, asking2).answer === "yes" ? 1 : 0;
  }
}
function readField(asking2, field3) {
  if (!field3.startsWith("var:")) return readRequestField(asking2.world, field3);
  const name = field3.slice(4);
  return asking2.bound.get(name) ?? asking2.world.variables.get(name) ?? define(asking2, name);
}
function define(asking2, name) {
  const { definitions, volatile } = asking2.world.program;
  const cases2 = Object.hasOwn(definitions, name) ? definitions[name] : void 0;
  if (cases2 === void 0) return void 0;
  asking2.world.variables.set(name, { key: `$${name}`, text: gap });
  const candidates4 = [];
  let decided2 = false;
  for (const { when, value: value3 } of cases2) {
    const held = holds3(when, asking2);
    if (held.answer === "no") continue;
    candidates4.push(value3.length === 0 ? "" : valueOf(asking2, value3));
    decided2 = held.answer === "yes";
    if (decided2) break;
  }
  if (!decided2) candidates4.push("");
  const [first = ""] = candidates4;
  const agreed = typeof first === "string" && candidates4.every((candidate) => candidate === first);
  const value2 = agreed || candidates4.length === 1 ? first : { key: `$${name}`, text: gap };
  if (volatile?.includes(name) === true) asking2.world.variables.delete(name);
  else asking2.world.variables.set(name, value2);
  return value2;
}
function valueOf(asking2, template) {
  return render(template, (field3) => readField(asking2, field3) ?? "");
}
function valuesOf(subject2, asking2) {
  if (subject2.kind === "text") return [valueOf(asking2, subject2.of)];
  if (subject2.kind === "field") {
    const value2 = readField(asking2, subject2.field);
    return value2 === void 0 ? [] : [value2];
  }
  const { request } = asking2.world;
  const exceptions = (subject2.except ?? []).filter((exception) => isInForce(exception, asking2));
  const found = [];
  for (const [name, value2] of subject2.from.flatMap((collection) => entriesOf(request, collection))) {
    const chosen2 = subject2.only === void 0 || subject2.only.some((selector) => selects(selector, name) !== false);
    const left = exceptions.some((exception) => selects(exception, name) === true);
    if (chosen2 && !left) found.push(subject2.part === "names" ? name : value2);
  }
  return subject2.part === "count" ? [String(found.length)] : found;
}
function isInForce(exception, asking2) {
  return exception.when === void 0 || holds3(exception.when, asking2).answer === "yes";
}
function transformed(value2, test2) {
  const transforms = test2.transforms ?? [];
  if (transforms.length === 0) return [value2];
  if (typeof value2 !== "string") return [{ key: `${transforms.join(",")}(${value2.key})`, text: gap }];
  const all2 = [value2];
  for (const by of transforms) all2.push(transform(all2.at(-1) ?? "", by));
  return test2.eachTransform === true ? [...new Set(all2)] : all2.slice(-1);
}
function fold(value2, ignoreCase) {
  return ignoreCase === true ? value2.toLowerCase() : value2;
}
function satisfies(value2, operator, asking2) {
  if (operator.kind === "present") return yes;
  const decided2 = typeof value2 === "string" ? decide(value2, operator, asking2) : decideUnknown(value2, operator, asking2);
  if (decided2 !== void 0) return decided2 ? yes : no;
  const held = assume(asking2, questionKey(value2, operator, asking2), questionWords(value2, operator));
  if (held.answer === "yes" && operator.kind === "matches") bindUnknown(asking2, operator, value2);
  return held;
}
function questionKey(value2, operator, asking2) {
  const argument2 = "value" in operator ? valueOf(asking2, operator.value) : null;
  const words3 = typeof argument2 === "string" ? argument2 : argument2?.key ?? JSON.stringify(operator);
  return `${typeof value2 === "string" ? value2 : value2.key} ${operator.kind} ${words3}`;
}
function questionWords(value2, operator) {
  const name = typeof value2 === "string" ? `\`${value2}\`` : `the value of \`${value2.key}\``;
  if (operator.kind !== "onDisk") return name;
  return `whether ${name} is on disk${operator.as === "any" ? "" : ` as a ${operator.as}`}`;
}
function decide(value2, operator, asking2) {
  switch (operator.kind) {
    case "in":
      return operator.values.some((one) => fold(one, operator.ignoreCase) === fold(value2, operator.ignoreCase));
    case "containsAny": {
      const text2 = fold(value2, operator.ignoreCase);
      return operator.values.some((one) => text2.includes(fold(one, operator.ignoreCase)));
    }
    case "inNetwork":
      return inNetworks(value2, operator.blocks);
    case "matches":
      return decideMatch(value2, operator, asking2);
    case "onDisk":
      return decideOnDisk(asking2.world.environment.stat(value2), operator);
    default: {
      const argument2 = valueOf(asking2, operator.value);
      return typeof argument2 === "string" ? compare(value2, argument2, operator) : void 0;
    }
  }
}
function compare(value2, argument2, operator) {
  if (operator.kind === "number") return compareNumbers(integer(value2), operator.is, integer(argument2));
  const subject2 = fold(value2, operator.ignoreCase);
  const wanted = fold(argument2, operator.ignoreCase);
  switch (operator.kind) {
    case "equals":
      return subject2 === wanted;
    case "contains":
      return subject2.includes(wanted);
    case "startsWith":
      return subject2.startsWith(wanted);
    case "endsWith":
      return subject2.endsWith(wanted);
    case "within":
      return wanted.includes(subject2);
    default:
      return operator;
  }
}
function integer(text2) {
  const number2 = Number.parseInt(text2, 10);
  return Number.isNaN(number2) ? 0 : number2;
}
function compareNumbers(left, is, right) {
  switch (is) {
    case "=":
      return left === right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    default:
      return is;
  }
}
function decideOnDisk(found, operator) {
  if (found === void 0) return operator.otherwise;
  return operator.as === "any" ? found !== "absent" : found === operator.as;
}
function decideMatch(value2, operator, asking2) {
  const compiled2 = compilePattern(operator.pattern, operator);
  if (!compiled2.ok) return void 0;
  if (operator.captures === void 0) return compiled2.test(value2);
  const groups2 = compiled2.exec(value2);
  if (groups2 === void 0) return void 0;
  if (groups2 === null) return false;
  for (let index2 = 0; index2 < 10; index2 += 1) asking2.bound.set(`${operator.captures}${index2}`, groups2[index2] ?? "");
  for (const [name, index2] of compiled2.names) asking2.bound.set(name, groups2[index2] ?? "");
  return true;
}
function bindUnknown(asking2, operator, value2) {
  if (operator.captures === void 0) return;
  const key = typeof value2 === "string" ? value2 : value2.key;
  for (let index2 = 0; index2 < 10; index2 += 1) {
    asking2.bound.set(`${operator.captures}${index2}`, { key: `${operator.pattern} of ${key}, group ${index2}`, text: gap });
  }
}
function decideUnknown(value2, operator, asking2) {
  const head = value2.text.slice(0, value2.text.indexOf(gap));
  const tail = value2.text.slice(value2.text.lastIndexOf(gap) + 1);
  const fits = (whole2, ignoreCase) => {
    const text2 = fold(whole2, ignoreCase);
    return text2.startsWith(fold(head, ignoreCase)) && text2.endsWith(fold(tail, ignoreCase)) && whole2.length >= head.length + tail.length;
  };
  if (operator.kind === "onDisk") return operator.otherwise;
  if (operator.kind === "in") return operator.values.some((one) => fits(one, operator.ignoreCase)) ? void 0 : false;
  if (operator.kind !== "equals" && operator.kind !== "startsWith" && operator.kind !== "endsWith") return void 0;
  const argument2 = valueOf(asking2, operator.value);
  if (typeof argument2 !== "string") return void 0;
  if (operator.kind === "equals") return fits(argument2, operator.ignoreCase) ? void 0 : false;
  const wanted = fold(argument2, operator.ignoreCase);
  const known3 = fold(operator.kind === "startsWith" ? head : tail, operator.ignoreCase);
  if (operator.kind === "startsWith") return known3.startsWith(wanted) ? true : wanted.startsWith(known3) ? void 0 : false;
  return known3.endsWith(wanted) ? true : wanted.endsWith(known3) ? void 0 : false;
}

// src/model/world.ts
function copyWorld(world) {
  return { ...world, variables: new Map(world.variables), assumed: new Map(world.assumed) };
}

// src/model/evaluate.ts
var courseLimit = 64;
var gateLimit = 2e5;
function evaluate(program, request, environment2 = unknownEnvironment) {
  const whys = /* @__PURE__ */ new Map();
  const budget = { gates: gateLimit, courses: courseLimit };
  const pending = [start(program, request, environment2)];
  const endings = [];
  for (let course = pending.pop(); course !== void 0; course = pending.pop()) {
    const end = run2(course, budget);
    if ("ending" in end) {
      endings.push(end.ending);
      continue;
    }
    whys.set(end.key, end.why);
    if (--budget.courses <= 0) endings.push(ended(course, "unknown", null, null));
    else pending.push(supposing(course, end.key, false), supposing(course, end.key, true));
  }
  return conclude(request, endings, whys);
}
function initialWorld(program, request, environment2) {
  return start(program, request, environment2);
}
function start(program, request, environment2) {
  return {
    program,
    request,
    environment: environment2,
    method: request.method,
    path: normalisePath(request.path),
    query: request.query,
    variables: /* @__PURE__ */ new Map(),
    assumed: /* @__PURE__ */ new Map(),
    stage: program.entry,
    scope: null,
    chain: 0,
    gate: 0,
    reroutes: 0,
    forced: null,
    alterations: /* @__PURE__ */ new Map(),
    trace: []
  };
}
function supposing(course, key, answer) {
  const copy = { ...copyWorld(course), alterations: new Map(course.alterations), trace: [...course.trace] };
  copy.assumed.set(key, answer);
  return copy;
}
function run2(course, budget) {
  for (; ; ) {
    if (course.scope === null) {
      const hanging = chooseScope(course);
      if (hanging !== null) return hanging;
    }
    const { scope } = course;
    if (scope === null) return { ending: ended(course, "unknown", null, null) };
    const chain3 = scope.chains[course.chain];
    const gate3 = chain3?.gates[course.gate];
    if (chain3 === void 0) return { ending: handled(course, scope) };
    if (gate3 === void 0) {
      nextChain(course);
      continue;
    }
    if (--budget.gates < 0) return { ending: ended(course, "unknown", null, null) };
    const progress = ask(course, scope, chain3, gate3);
    if (progress !== null) return progress;
  }
}
function nextChain(course) {
  course.chain += 1;
  course.gate = 0;
}
function asking(course) {
  return { world: course, bound: /* @__PURE__ */ new Map(), assumed: false };
}
function keep(course, bound) {
  for (const [name, value2] of bound) course.variables.set(name, value2);
}
function chooseScope(course) {
  for (const scope of course.program.stages[course.stage] ?? []) {
    const question = asking(course);
    const held = holds3(scope.when, question);
    if (held.unknown !== null) return held.unknown;
    if (held.answer === "no") continue;
    keep(course, question.bound);
    course.scope = scope;
    course.chain = 0;
    course.gate = 0;
    return null;
  }
  return { ending: ended(course, "unknown", null, null) };
}
function ask(course, scope, chain3, gate3) {
  const question = asking(course);
  const held = holds3(gate3.when, question);
  if (held.unknown !== null) return held.unknown;
  course.trace.push({ scope, chain: chain3, gate: gate3, held: question.assumed ? "maybe" : held.answer });
  course.gate += 1;
  if (held.answer === "no") return null;
  keep(course, question.bound);
  return apply(course, scope, chain3, gate3, gate3.effect);
}
function apply(course, scope, chain3, gate3, effect) {
  switch (effect.kind) {
    case "continue":
      nextChain(course);
      return null;
    case "accept":
      return { ending: handled(course, scope) };
    case "deny":
    case "challenge":
      return { ending: ended(course, "refused", effect.status, gate3) };
    case "redirect":
      return { ending: { ...ended(course, "redirected", effect.status, gate3), location: valueOf(asking(course), effect.to) } };
    case "answer":
      return { ending: answered(course, effect.status, gate3) };
    case "limit":
      if (course.request.perMinute <= effect.perMinute) return null;
      return { ending: ended(course, "refused", effect.status, gate3) };
    case "set":
      course.variables.set(effect.variable, valueOf(asking(course), effect.value));
      return null;
    case "score":
      course.variables.set(effect.variable, sum(course, effect));
      return null;
    case "rewrite":
      rewrite(course, effect);
      return null;
    case "jump":
      jump(course, chain3, effect.to);
      return null;
    case "enter":
      course.stage = effect.stage;
      course.scope = null;
      return null;
    case "reroute":
      return reroute(course, gate3, effect);
    case "alter":
      course.alterations.set(effect.what, effect.value === null ? null : valueOf(asking(course), effect.value));
      return null;
    default:
      return effect;
  }
}
function sum(course, effect) {
  const before = readField(asking(course), `var:${effect.variable}`) ?? "0";
  const add = valueOf(asking(course), effect.add);
  if (typeof before !== "string") return before;
  if (typeof add !== "string") return add;
  const times = effect.times === void 0 ? 1 : timesHeld(effect.times, asking(course));
  return String((Number.parseInt(before, 10) || 0) + times * (Number.parseInt(add, 10) || 0));
}
function jump(course, chain3, label2) {
  const target3 = chain3.gates.findIndex((gate3) => gate3.label === label2);
  if (target3 < 0) nextChain(course);
  else course.gate = target3;
}
function rewrite(course, effect) {
  const path = effect.path === void 0 ? course.path : valueOf(asking(course), effect.path);
  const query = effect.query === void 0 ? course.query : valueOf(asking(course), effect.query);
  course.path = path;
  course.query = query;
}
function reroute(course, gate3, effect) {
  course.reroutes += 1;
  const { limit, status } = course.program.reroutes;
  if (course.reroutes > limit) return { ending: ended(course, "refused", status, gate3) };
  rewrite(course, effect);
  if (effect.method !== void 0) course.method = effect.method ?? course.request.method;
  if (effect.status !== void 0) course.forced = { status: effect.status, by: gate3 };
  course.stage = effect.stage;
  course.scope = null;
  return null;
}
function handled(course, scope) {
  if (scope.handler === "static") return answered(course, 200, null);
  if (scope.handler === "unknown") return ended(course, "unknown", null, null);
  return course.forced === null ? ended(course, "reached", null, null) : withStatus(course, "reached", course.forced);
}
function answered(course, status, by) {
  const forced = course.forced ?? { status, by };
  return withStatus(course, "answered", forced);
}
function withStatus(course, otherwise, forced) {
  const { status, by } = forced;
  const outcome = status >= 400 ? "refused" : status >= 300 ? "redirected" : otherwise;
  return ended(course, outcome, status, by);
}
function ended(course, outcome, status, by) {
  const scope = course.scope ?? lastScope(course);
  return { outcome, status, by, scope, location: null, delivered: delivered(course), trace: course.trace, assumed: Object.fromEntries(course.assumed) };
}
function lastScope(course) {
  const { at } = course.program;
  return course.trace.at(-1)?.scope ?? { name: "none", when: { kind: "all", of: [] }, chains: [], handler: "unknown", at };
}
function delivered(course) {
  const altered = (what, otherwise) => course.alterations.get(what) ?? otherwise;
  const headers = [...course.alterations].flatMap(([what, value2]) => what.startsWith("header:") ? [[what.slice(7), value2]] : []);
  return {
    method: altered("method", course.method),
    path: altered("path", course.path),
    query: altered("query", course.query),
    bodyKept: course.alterations.get("body") !== null,
    headers: Object.fromEntries(headers)
  };
}
var losesBody = /* @__PURE__ */ new Set([301, 302, 303]);
function blocks(ending) {
  return ending.outcome === "refused" || ending.outcome === "redirected" && losesBody.has(ending.status);
}
function conclude(request, endings, whys) {
  const [first] = endings;
  if (first === void 0) throw new Error("a request has at least one ending");
  const blocking = endings.filter(blocks);
  const ending = blocking[0] ?? first;
  const undecided = endings.some((one) => one.outcome === "unknown");
  const same2 = endings.every((one) => one.outcome === ending.outcome);
  const sameStatus = endings.every((one) => one.status === ending.status);
  const blocked = blocking.length === endings.length ? "yes" : blocking.length > 0 || undecided ? "maybe" : "no";
  return {
    request,
    blocked,
    outcome: same2 ? ending.outcome : "unknown",
    status: sameStatus ? ending.status : null,
    by: blocking[0]?.by ?? null,
    ending,
    endings,
    depends: same2 && sameStatus ? [] : [...new Set(Object.keys(ending.assumed).map((key) => whys.get(key) ?? key))]
  };
}

// src/rule-api.ts
function defineRule(rule) {
  return rule;
}
function requestLine(post) {
  return `${post.verdict.request.method} ${post.verdict.request.path}`;
}
function answerWords(post) {
  const { status } = post.ending;
  return status === "reset" ? "is cut off without an answer" : status === null ? "is not answered" : `is answered ${status}`;
}
function arrivalWords({ loss, ending }) {
  const { method } = ending.delivered;
  if (loss === "method") return `arrives as ${typeof method === "string" ? method : "another method"}`;
  return loss === "body" ? "arrives without its body" : `arrives without \`${headerName(loss)}\``;
}
function headerName(loss) {
  const words3 = loss.slice("header:".length).split("-");
  return words3.map((word3) => /^(?:csrf|xsrf|api)$/.test(word3) ? word3.toUpperCase() : word3.slice(0, 1).toUpperCase() + word3.slice(1)).join("-");
}
var widest = 60;
function directiveText(post) {
  const line = textOf(post.gate.because[0].at).replace(/\s+/g, " ").trim();
  return line.length > widest ? `${line.slice(0, widest - 3)}...` : line;
}
function getPasses(post) {
  return post.get.blocked === "no";
}
var longestHead = 200;
function hookNamed(post) {
  const word3 = hookWord(post.verdict.request.path)?.toLowerCase();
  const scopes = [.../* @__PURE__ */ new Set([...post.ending.trace.map((step2) => step2.scope), post.ending.scope])];
  const texts = [...scopes.map((scope) => scope.name), ...post.gate.because.map(({ at }) => textOf(at).slice(0, longestHead))];
  return word3 !== void 0 && texts.some((text2) => text2.toLowerCase().includes(word3)) ? word3 : null;
}
function dependsOn(post, field3) {
  return testsBehind(post.program, post.gate).some((test2) => fieldsOfTest(test2).includes(field3));
}
function networksNamed(post) {
  const chain3 = post.ending.trace.find((step2) => step2.gate === post.gate)?.chain;
  const gates = post.ending.trace.filter((step2) => step2.chain === chain3).map((step2) => step2.gate);
  const tests = [post.gate, ...gates].flatMap((gate3) => testsBehind(post.program, gate3));
  return [...new Set(tests.flatMap(({ operator }) => operator.kind === "inNetwork" ? operator.blocks : []))];
}

// rules/acl-group-unassigned.ts
function refusesEverybody(post) {
  const { clients } = post.program;
  if (clients === void 0 || clients.length === 0) return false;
  return clients.every((identity) => evaluate(post.program, { ...post.verdict.request, identity }).by === post.gate);
}
var acl_group_unassigned_default = defineRule({
  id: "acl-group-unassigned",
  summary: "An access list names only groups that no consumer has.",
  about: ["authorization"],
  *check({ posts }) {
    for (const post of posts) {
      if (!refusesEverybody(post)) continue;
      const message = `${requestLine(post)} ${answerWords(post)} for every consumer: ${post.gate.because[0].note}`;
      yield { post, message, meant: "a route is there to be used by somebody" };
    }
  }
});

// rules/address-list-refuses-clients.ts
var inside = /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|::1|f[cde])/i;
function knowsSenders(post) {
  return networksNamed(post).some((network2) => !inside.test(network2));
}
var address_list_refuses_clients_default = defineRule({
  id: "address-list-refuses-clients",
  summary: "A list of addresses refuses those who call a webhook or an API.",
  about: ["address-list"],
  *check({ posts }) {
    for (const post of posts) {
      const declared = post.legitimacy.kind === "declared";
      if (!declared && (post.legitimacy.kind === "assumed" || knowsSenders(post))) continue;
      const from = post.verdict.request.clientAddress;
      const message = `${requestLine(post)} from ${from} ${answerWords(post)} by \`${directiveText(post)}\``;
      yield { post, message, possible: declared ? knowsSenders(post) : hookNamed(post) === null || networksNamed(post).length === 0 };
    }
  }
});

// rules/body-limit-too-small.ts
var kibibyte = 1024;
function sizeWords(post) {
  const { bodyBytes } = post.verdict.request;
  return bodyBytes < kibibyte ** 2 ? `${Math.round(bodyBytes / kibibyte)} KiB` : `${Math.round(bodyBytes / kibibyte ** 2)} MiB`;
}
var body_limit_too_small_default = defineRule({
  id: "body-limit-too-small",
  summary: "The largest body that is let through is smaller than an ordinary one.",
  about: ["body-size"],
  *check({ posts }) {
    for (const post of posts) {
      if (post.gate.implied === true && post.get.outcome !== "reached") continue;
      const limit = post.gate.implied === true ? "the server's default limit" : `\`${directiveText(post)}\``;
      const message = `${requestLine(post)} with ${sizeWords(post)} ${answerWords(post)} by ${limit}`;
      yield { post, message, possible: post.gate.implied === true && post.legitimacy.kind !== "declared" };
    }
  }
});

// rules/content-type-refused.ts
var spellings = {
  "application/json": "application/json; charset=utf-8",
  "application/x-www-form-urlencoded": "application/x-www-form-urlencoded; charset=UTF-8"
};
function typed(request, type) {
  return { ...request, headers: { ...request.headers, "content-type": type } };
}
function refusedSpelling(post) {
  const { program, gate: gate3, verdict } = post;
  for (const [plain, spelt] of Object.entries(spellings)) {
    if (evaluate(program, typed(verdict.request, plain)).blocked !== "no") continue;
    const refused2 = evaluate(program, typed(verdict.request, spelt));
    if (refused2.blocked !== "no" && refused2.by === gate3) return { ...post, verdict: refused2, ending: refused2.ending, certain: refused2.blocked === "yes" };
  }
  return null;
}
var content_type_refused_default = defineRule({
  id: "content-type-refused",
  summary: "A content type is let through in one spelling and refused in another that clients send.",
  about: ["content-type"],
  *check({ posts }) {
    for (const post of posts) {
      const refused2 = refusedSpelling(post);
      const found = refused2 ?? post;
      const type = found.verdict.request.headers["content-type"];
      const message = `${requestLine(found)} with \`${type}\` ${answerWords(found)} by \`${directiveText(found)}\``;
      if (refused2 !== null) yield { post: refused2, message: `${message}, while the same type without its parameter passes`, meant: "many clients add the charset to the type" };
      else if (post.legitimacy.kind === "declared" || type === "application/json") yield { post, message };
    }
  }
});

// rules/limit-excludes-post.ts
var limit_excludes_post_default = defineRule({
  id: "limit-excludes-post",
  summary: "An access block that lists methods leaves POST out.",
  about: ["method-limit"],
  *check({ posts }) {
    for (const post of posts) {
      if (!getPasses(post)) continue;
      yield { post, message: `${requestLine(post)} ${answerWords(post)}: \`${directiveText(post)}\` does not let POST through` };
    }
  }
});

// rules/method-denied.ts
var method_denied_default = defineRule({
  id: "method-denied",
  summary: "A condition on the request method refuses POST.",
  about: ["method"],
  *check({ posts }) {
    for (const post of posts) {
      if (post.program.layer === "waf" || post.gate.effect.kind === "redirect" || !getPasses(post)) continue;
      yield { post, message: `${requestLine(post)} ${answerWords(post)} by \`${directiveText(post)}\`, while GET passes` };
    }
  }
});

// rules/origin-refused.ts
var origin_refused_default = defineRule({
  id: "origin-refused",
  summary: "A place that programs call refuses requests without an Origin.",
  about: ["cross-site"],
  *check({ posts }) {
    for (const post of posts) {
      const { headers } = post.verdict.request;
      if (post.legitimacy.kind === "assumed" || headers["origin"] !== void 0 || !dependsOn(post, "header:origin")) continue;
      const message = `${requestLine(post)} without an Origin ${answerWords(post)} by \`${directiveText(post)}\``;
      yield { post, message, possible: post.legitimacy.kind !== "declared" && hookNamed(post) === null };
    }
  }
});

// rules/redirect-drops-body.ts
var losesBody2 = /* @__PURE__ */ new Set([301, 302]);
function target(post) {
  const { location } = post.ending;
  return typeof location === "string" ? location : location?.text ?? "";
}
function isCanonical(post) {
  const { path, query } = post.verdict.request;
  const to = target(post);
  return /^https?:\/\//.test(to) && to.endsWith(query === "" ? path : `${path}?${query}`);
}
function leadsAway(post) {
  const to = target(post);
  return URL.canParse(to) && new URL(to).hostname !== post.verdict.request.host;
}
function serverOf(post) {
  return post.ending.trace[0]?.scope ?? post.ending.scope;
}
var redirect_drops_body_default = defineRule({
  id: "redirect-drops-body",
  summary: "A 301 or 302 makes clients repeat a POST as a GET, without its body.",
  about: ["redirect", "method"],
  *check({ posts }) {
    const noted = /* @__PURE__ */ new Set();
    for (const post of posts) {
      const { effect } = post.gate;
      if (effect.kind !== "redirect" || !losesBody2.has(effect.status)) continue;
      const message = `${requestLine(post)} is answered ${effect.status}, so clients repeat it as a GET without its body`;
      if (!isCanonical(post)) yield { post, message, possible: leadsAway(post) };
      else if (!noted.has(serverOf(post))) {
        noted.add(serverOf(post));
        yield { post, message, atMost: "note", meant: "clients that still use the old address lose every POST" };
      }
    }
  }
});

// rules/referer-required.ts
var referer_required_default = defineRule({
  id: "referer-required",
  summary: "A place that programs call refuses requests without a Referer.",
  about: ["cross-site"],
  *check({ posts }) {
    for (const post of posts) {
      const { headers } = post.verdict.request;
      if (post.legitimacy.kind === "assumed" || headers["referer"] !== void 0 || !dependsOn(post, "header:referer")) continue;
      const message = `${requestLine(post)} without a Referer ${answerWords(post)} by \`${directiveText(post)}\``;
      yield { post, message, possible: post.legitimacy.kind !== "declared" && hookNamed(post) === null };
    }
  }
});

// rules/route-excludes-post.ts
var route_excludes_post_default = defineRule({
  id: "route-excludes-post",
  summary: "A route takes a path with other methods only, and no route takes it with POST.",
  about: ["no-route"],
  *check({ posts }) {
    for (const post of posts) {
      if (!getPasses(post)) continue;
      yield { post, message: `${requestLine(post)} ${answerWords(post)}: \`${directiveText(post)}\` leaves POST out, and no other route takes it` };
    }
  }
});

// rules/slash-redirect-drops-body.ts
var slash_redirect_drops_body_default = defineRule({
  id: "slash-redirect-drops-body",
  summary: "A path without its slash at the end is redirected, so clients repeat a POST as a GET without its body.",
  about: ["slash-redirect"],
  *check({ posts }) {
    for (const post of posts) {
      const { path } = post.verdict.request;
      const message = `${requestLine(post)} is answered ${post.ending.status} to ${path}/, so clients repeat it as a GET without its body`;
      const endpoint = post.legitimacy.kind === "declared" || endpointWord(path) !== null;
      yield { post, message, ...endpoint ? {} : { atMost: "note" } };
    }
  }
});

// rules/static-handler-refuses-post.ts
var static_handler_refuses_post_default = defineRule({
  id: "static-handler-refuses-post",
  summary: "A POST to an application path ends at static files, which refuse it.",
  about: ["static-handler"],
  *check({ posts }) {
    for (const post of posts) {
      yield { post, message: `${requestLine(post)} ${answerWords(post)}: it ends at static files, no application is asked` };
    }
  }
});

// rules/waf-blocks-method.ts
var waf_blocks_method_default = defineRule({
  id: "waf-blocks-method",
  summary: "A firewall rule refuses POST as such, whatever it carries.",
  about: ["method"],
  *check({ posts }) {
    for (const post of posts) {
      if (post.program.layer !== "waf") continue;
      const message = `${requestLine(post)} ${answerWords(post)} by the firewall rule \`${directiveText(post)}\``;
      yield { post, message, meant: "a firewall in front of an application sees its POSTs" };
    }
  }
});

// rules/waf-match-too-broad.ts
var longest = 40;
function bodyWords(post) {
  const { body } = post.verdict.request;
  return body.length > longest ? `${body.slice(0, longest)}...` : body;
}
var waf_match_too_broad_default = defineRule({
  id: "waf-match-too-broad",
  summary: "A firewall rule matches what ordinary people and programs send.",
  about: ["waf-match"],
  *check({ posts }) {
    for (const post of posts) {
      if (post.program.layer !== "waf") continue;
      const message = `${requestLine(post)} with the body \`${bodyWords(post)}\` ${answerWords(post)} by a firewall rule`;
      yield { post, message, meant: "the request is an ordinary one" };
    }
  }
});

// rules/index.ts
var rules = [
  acl_group_unassigned_default,
  address_list_refuses_clients_default,
  body_limit_too_small_default,
  content_type_refused_default,
  limit_excludes_post_default,
  method_denied_default,
  origin_refused_default,
  redirect_drops_body_default,
  referer_required_default,
  route_excludes_post_default,
  slash_redirect_drops_body_default,
  static_handler_refuses_post_default,
  waf_blocks_method_default,
  waf_match_too_broad_default
];

// src/model/request.ts
var ordinaryUserAgent = "Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0";
function ordinaryPost(changes = {}) {
  const body = changes.body ?? "name=value";
  return {
    method: "POST",
    scheme: "https",
    host: "localhost",
    port: (changes.scheme ?? "https") === "https" ? 443 : 80,
    path: "/",
    query: "",
    headers: {
      "user-agent": ordinaryUserAgent,
      accept: "*/*",
      "content-type": "application/x-www-form-urlencoded"
    },
    bodyBytes: Buffer.byteLength(body),
    chunked: false,
    clientAddress: "203.0.113.7",
    identity: { state: "valid", groups: [], scopes: [], claims: {} },
    perMinute: 1,
    meta: {},
    ...changes,
    body
  };
}
function withMethod(request, method) {
  if (method !== "GET" && method !== "HEAD") return { ...request, method };
  const headers = Object.fromEntries(
    Object.entries(request.headers).filter(([name]) => name !== "content-type")
  );
  return { ...request, method, headers, body: "", bodyBytes: 0, chunked: false };
}

// src/legitimate/ordinary.ts
function form(path, body) {
  return ordinaryPost({ path, body });
}
function typed2(path, contentType, body, more = {}) {
  const request = ordinaryPost({ path, body });
  return { ...request, headers: { ...request.headers, ...more, "content-type": contentType } };
}
function json(path, value2, more = {}) {
  return typed2(path, "application/json", JSON.stringify(value2), more);
}
var upload = [
  "--boundary7f3a",
  'Content-Disposition: form-data; name="title"',
  "",
  "Summer holidays",
  "--boundary7f3a",
  'Content-Disposition: form-data; name="file"; filename="beach.jpg"',
  "Content-Type: image/jpeg",
  "",
  "JFIF",
  "--boundary7f3a--",
  ""
].join("\r\n");
var ordinaryPosts = [
  form("/index.php", "name=value"),
  form("/contact", "name=Siobhan+O%27Brien&email=siobhan%40example.org&message=Please+call+me+back+tomorrow."),
  form("/login", "username=anna&password=corr3ct-horse%2Fbattery%26staple"),
  form("/comments", "comment=I+would+select+the+blue+one+from+the+list%2C+then+update+the+order."),
  form("/comments", "comment=The+reunion+of+the+trade+union+was+great%21+%28see+photos%29"),
  form("/search", "q=how+to+drop+a+table+off+at+the+dump"),
  form("/profile", "city=Gr%C3%BCnwald&about=R%26D+lead%3B+5+%3E+4"),
  form("/checkout", "amount=19.90&currency=EUR&return=https%3A%2F%2Fshop.example.org%2Fthanks"),
  form("/subscribe", "email=first.last%2Bnews%40example.org"),
  json("/api/orders", { items: [{ sku: "A-17", quantity: 2 }], note: "leave it at the door" }),
  json("/api/articles", { title: "Where to eat", body: "<p>Hello <b>world</b> &amp; friends</p>" }),
  json("/graphql", { query: "query { viewer { name } }", variables: { first: 10 } }),
  json("/hooks/payment", { type: "invoice.paid", data: { object: { id: "in_1" } } }, { "user-agent": "python-requests/2.32.3" }),
  json("/hooks/build", { status: "success" }, { "user-agent": "Java/17.0.12" }),
  json("/api/events", [{ name: "click", at: 176e7 }], { "user-agent": "curl/8.5.0" }),
  typed2("/upload", "multipart/form-data; boundary=boundary7f3a", upload),
  typed2("/soap", "text/xml", '<?xml version="1.0"?><Envelope><Body><ping/></Body></Envelope>')
];

// src/legitimate/carried.ts
var credentials = {
  authorization: "Bearer 6f2d9c41",
  cookie: "session=6f2d9c41",
  "x-api-key": "6f2d9c41"
};
var ofPages = {
  origin: (site) => site,
  referer: (site) => `${site}/form`
};
var csrfToken = /^(?:x-)?(?:[a-z]+-)?(?:csrf|xsrf)(?:-?token)?$/;
function carriedHeader(name, { scheme, host }) {
  if (csrfToken.test(name)) return "b81e07";
  return credentials[name] ?? ofPages[name]?.(`${scheme}://${host}`) ?? null;
}

// src/lint/places.ts
function placesOf(program) {
  const places = [];
  const seen = /* @__PURE__ */ new Set([program.entry]);
  let stages = [
    { stage: program.entry, way: [], through: [] }
  ];
  while (stages.length > 0) {
    const found = stages.flatMap(
      ({ stage: stage2, way, through }) => (program.stages[stage2] ?? []).map((scope) => ({ scope, way: [...way, scope], through }))
    );
    places.push(...found);
    const next = [...exits(found, "enter"), ...exits(found, "reroute")];
    stages = next.filter(({ stage: stage2 }) => !seen.has(stage2) && seen.add(stage2));
  }
  return places;
}
function exits(places, kind) {
  return places.flatMap(
    (place2) => gatesOf2(place2.scope).flatMap(
      (gate3) => gate3.effect.kind === kind ? [{ stage: gate3.effect.stage, way: place2.way, through: [...place2.through, gate3] }] : []
    )
  );
}
function gatesOf2(scope) {
  return scope.chains.flatMap((chain3) => chain3.gates);
}

// src/legitimate/intent.ts
var refusing = /\b(read[- ]?only|mirror|block(?:s|ed|ing)?|disable[sd]?|deny|denied|denies|maintenance|prevents?(?! cach)|protect[s]?|forbid(?:s|den)?|restrict(?:s|ed)?|reject(?:s|ed)?|ban(?:s|ned)?|disallow(?:s|ed)?|not allowed|only (?:allow )?(?:get|head)|(?:get|head) only|allow only|only allow|no (?:post|write)s?|attack|exploit|hack|spam|bots?)\b/i;
var linesAbove = 3;
function meantByComment(at) {
  const { file, start: start3 } = at;
  const starts = startsOfLines(file);
  const { line } = positionAt(file, start3);
  const lineText = (number2) => file.text.slice(starts[number2 - 1] ?? 0, starts[number2] ?? file.text.length).trim();
  const own3 = /\s#(.*)$/.exec(lineText(line))?.[1];
  const comments = own3 === void 0 ? [] : [own3];
  for (let above = line - 1; above >= Math.max(1, line - linesAbove); above -= 1) {
    const text2 = lineText(above);
    if (!text2.startsWith("#")) break;
    comments.push(text2.replace(/^#+\s*/, ""));
  }
  return comments.find((comment2) => refusing.test(comment2)) ?? null;
}

// src/legitimate/derived.ts
function assumed(words3) {
  return { kind: "assumed", words: words3 };
}
function derive(stopped2) {
  const { gate: gate3, verdict, get, way } = stopped2;
  if (gate3.intended !== void 0) return assumed(gate3.intended);
  const comment2 = meantByComment(gate3.because[0].at);
  if (comment2 !== null) return assumed(`a comment says "${comment2}"`);
  const { path } = verdict.request;
  if (rightlyClosed(path)) return assumed(`${path} is a place that is often closed on purpose`);
  const evidence2 = gate3.reason === "static-handler" ? void 0 : way.flatMap((scope) => scope.writes ?? [])[0];
  if (evidence2 !== void 0) return { kind: "derived", words: evidence2.note };
  const word3 = writeWord(path);
  if (word3 !== null && isNamed(stopped2, word3)) return { kind: "derived", words: `the configuration names \`${word3}\`, a place that takes writes` };
  const script = stopped2.knowsScripts ? scriptOf(get) : null;
  if (script !== null) return { kind: "derived", words: `GET ${path} reaches the script ${script}, and scripts take forms` };
  if (get.outcome === "reached") return assumed(`GET ${path} reaches an application`);
  return assumed("nothing shows that writes are meant here");
}
function scriptOf(get) {
  const { path } = get.ending.delivered;
  return get.outcome === "reached" && typeof path === "string" && /\.(?:php|cgi|jsp|aspx?)$/.test(path) ? path : null;
}
function isNamed({ way, gate: gate3 }, word3) {
  const texts = [...way.map((scope) => scope.name), ...way.map((scope) => textOf(scope.at)), ...gate3.because.map(({ at }) => textOf(at))];
  return texts.some((text2) => text2.slice(0, longestHead2).toLowerCase().includes(word3.toLowerCase()));
}
var longestHead2 = 400;

// src/lint/post.ts
function postOf(program, witness, place2) {
  const way = place2?.way ?? [witness.verdict.ending.scope];
  return { program, ...witness, legitimacy: derive({ ...witness, way, knowsScripts: knowsScripts(program, witness.verdict.request) }) };
}
function knowsScripts(program, request) {
  const { path, ...rest } = withMethod(request, "GET");
  const plain = { ...rest, path: `${path.slice(0, path.lastIndexOf("/"))}/plain.txt` };
  return evaluate(program, plain).outcome !== "reached";
}

// src/lint/requests.ts
function declaredRequests(post, places) {
  const hosts = hostsNamed(places);
  const absolute = URL.canParse(post.url) ? new URL(post.url) : null;
  if (absolute !== null) {
    const host = absolute.hostname.toLowerCase();
    return hosts.length === 0 || hosts.includes(host) ? [requestTo(post, absolute)] : [];
  }
  if (!post.url.startsWith("/")) return [];
  const named4 = hosts.length === 0 ? ["localhost"] : hosts;
  return named4.map((host) => requestTo(post, new URL(post.url, `https://${host}`)));
}
function requestTo(post, url) {
  const scheme = url.protocol === "http:" ? "http" : "https";
  const base = ordinaryPost({ scheme });
  return {
    ...base,
    method: post.method,
    host: url.hostname.toLowerCase(),
    port: url.port === "" ? base.port : Number(url.port),
    path: url.pathname,
    query: url.search.slice(1),
    headers: { ...base.headers, ...post.headers, "content-type": post.contentType ?? "application/x-www-form-urlencoded" },
    bodyBytes: post.bytes ?? base.bodyBytes,
    identity: { ...base.identity, groups: post.groups ?? [], scopes: post.scopes ?? [] }
  };
}
function requestAt(program, place2) {
  const entry2 = place2.way[0] ?? place2.scope;
  const known3 = bases.get(entry2);
  if (known3 !== void 0) return known3;
  const tests = testsIn(entry2.when);
  const hosts = [...hostsNamed([place2]), null];
  const ports = [...namedIn(tests, "port"), null];
  const tried2 = hosts.flatMap((host) => ports.map((port) => aimed(host, port)));
  const fits = (request) => holds3(entry2.when, { world: initialWorld(program, request, unknownEnvironment), bound: /* @__PURE__ */ new Map(), assumed: false }).answer === "yes";
  const base = tried2.find(fits) ?? ordinaryPost();
  bases.set(entry2, base);
  return base;
}
var bases = /* @__PURE__ */ new WeakMap();
function aimed(host, port) {
  const scheme = port === "80" || port === "8080" ? "http" : "https";
  const base = ordinaryPost({ scheme });
  return { ...base, host: host ?? base.host, port: port === null ? base.port : Number(port) };
}
function namedIn(tests, ...fields2) {
  return tests.flatMap(({ subject: subject2, operator }) => {
    if (!fieldsOf(subject2).some((field3) => fields2.includes(field3))) return [];
    if (operator.kind === "in") return operator.values;
    return operator.kind === "equals" ? [literal(operator.value) ?? ""] : [];
  });
}
function hostsNamed(places) {
  const names = places.flatMap((place2) => namedIn(testsIn(place2.way[0]?.when ?? place2.scope.when), "host", "header:host"));
  return [...new Set(names.map((name) => name.toLowerCase()))].filter((name) => /^[\w.-]+$/.test(name));
}

// src/model/dimension.ts
var import_node_net2 = require("node:net");
function dimensionsOf(field3) {
  switch (field3) {
    case "path":
    case "rawPath":
    case "sentPath":
      return ["path"];
    case "requestUri":
      return ["path", "query"];
    case "query":
    case "sentQuery":
      return ["query"];
    case "method":
    case "sentMethod":
      return ["method"];
    case "contentLength":
    case "header:content-length":
      return ["bodyBytes", "chunked"];
    case "header:transfer-encoding":
      return ["chunked"];
    case "header:host":
      return ["host", "port"];
    case "scheme":
    case "host":
    case "port":
    case "body":
    case "bodyBytes":
    case "clientAddress":
    case "identity":
    case "perMinute":
      return [field3];
    default:
      if (field3.startsWith("var:")) return [];
      return field3.startsWith("claim:") ? [field3, "identity"] : [field3];
  }
}
function dimensionOfEntry(collection, name) {
  switch (collection) {
    case "headers":
      return dimensionsOf(`header:${name.toLowerCase()}`)[0] ?? null;
    case "cookies":
      return `cookie:${name}`;
    case "queryArguments":
      return `argument:${name}`;
    case "formArguments":
      return `form:${name}`;
    case "jsonArguments":
      return `json:${name}`;
    case "groups":
    case "scopes":
      return collection;
    default:
      return null;
  }
}
function fixedValues(dimension) {
  switch (dimension) {
    case "method":
      return ["POST", "GET", "HEAD", "OPTIONS", "PUT", "DELETE"];
    case "scheme":
      return ["https", "http"];
    case "identity":
      return ["valid", "none", "invalid"];
    case "chunked":
      return ["no", "yes"];
    default:
      return [];
  }
}
var order = ["scheme", "host", "port", "header", "cookie", "query", "argument", "body", "form", "json", "bodyBytes", "chunked"];
function compareDimensions(left, right) {
  return order.indexOf(split(left)[0]) - order.indexOf(split(right)[0]);
}
function valueIn(request, dimension) {
  switch (dimension) {
    case "method":
    case "scheme":
    case "host":
    case "path":
    case "query":
    case "body":
    case "clientAddress":
      return request[dimension];
    case "port":
    case "bodyBytes":
    case "perMinute":
      return String(request[dimension]);
    case "chunked":
      return request.chunked ? "yes" : "no";
    case "identity":
      return request.identity.state;
    case "groups":
    case "scopes":
      return request.identity[dimension].length === 0 ? null : request.identity[dimension].join("\n");
    default:
      return valueNamed(request, dimension);
  }
}
function valueNamed(request, dimension) {
  const [kind, name] = split(dimension);
  if (kind === "argument") return rawValue(request.query, name);
  if (kind === "form") return rawValue(request.body, name);
  return find(entriesIn(request, kind), name);
}
function entriesIn(request, kind) {
  if (kind === "header") return Object.entries(request.headers);
  if (kind === "claim") return Object.entries(request.identity.claims);
  if (kind === "meta") return Object.entries(request.meta);
  return kind === "cookie" ? cookieEntries(request.headers["cookie"] ?? "") : jsonEntries(request.body);
}
function find(entries2, name) {
  return entries2.find(([key]) => key === name)?.[1] ?? null;
}
function split(dimension) {
  const at = dimension.indexOf(":");
  return at < 0 ? [dimension, ""] : [dimension.slice(0, at), dimension.slice(at + 1)];
}
var token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
var targetText = /^[!$&'()*+,./0-9:;=?@A-Z_a-z~%-]*$/;
var hostText = /^[\w.-]+$|^\[[0-9a-f:.]+\]$/i;
function assign(request, dimension, value2) {
  switch (dimension) {
    case "query":
      return targetText.test(value2 ?? "") ? { ...request, query: value2 ?? "" } : null;
    case "groups":
    case "scopes":
      return { ...request, identity: { ...request.identity, [dimension]: value2 === null ? [] : value2.split("\n") } };
    case "body":
      return withBody(request, value2 ?? "");
    default:
      if (dimension.includes(":")) return withNamed(request, dimension, value2);
      return value2 === null ? null : withValue(request, dimension, value2);
  }
}
function withValue(request, dimension, value2) {
  switch (dimension) {
    case "path":
      return value2.startsWith("/") && targetText.test(value2) && !value2.includes("?") ? { ...request, path: value2 } : null;
    case "method":
      return token.test(value2) ? { ...request, method: value2 } : null;
    case "host":
      return withHost(request, value2);
    case "clientAddress":
      return (0, import_node_net2.isIP)(value2) === 0 ? null : { ...request, clientAddress: value2 };
    case "scheme":
      return value2 === "http" || value2 === "https" ? withScheme(request, value2) : null;
    case "port":
      return withPort(request, Number(value2));
    case "bodyBytes":
    case "perMinute":
      return withNumber(request, dimension, Number(value2 === "" ? Number.NaN : value2));
    case "chunked":
      return { ...request, chunked: value2 === "yes" };
    case "identity":
      return value2 === "none" || value2 === "valid" || value2 === "invalid" ? { ...request, identity: { ...request.identity, state: value2 } } : null;
    default:
      return null;
  }
}
function withHost(request, value2) {
  const port = /:(\d+)$/.exec(value2)?.[1];
  const host = port === void 0 ? value2 : value2.slice(0, -port.length - 1);
  if (!hostText.test(host)) return null;
  const named4 = { ...request, host: host.toLowerCase() };
  return port === void 0 ? named4 : withPort(named4, Number(port));
}
var defaultPort2 = { http: 80, https: 443 };
function withScheme(request, scheme) {
  const port = request.port === defaultPort2[request.scheme] ? defaultPort2[scheme] : request.port;
  return { ...request, scheme, port };
}
function withPort(request, port) {
  if (!Number.isInteger(port) || port < 1 || port > 65535) return null;
  const scheme = port === 80 ? "http" : port === 443 ? "https" : request.scheme;
  return { ...request, scheme, port };
}
function withNumber(request, dimension, number2) {
  if (!Number.isSafeInteger(number2) || number2 < 0) return null;
  if (dimension === "perMinute") return { ...request, perMinute: number2 };
  const body = Buffer.byteLength(request.body) <= number2 ? request.body : Buffer.from(request.body).subarray(0, number2).toString().replace(/\uFFFD+$/, "");
  return { ...request, body, bodyBytes: number2 };
}
function withBody(request, body) {
  return { ...request, body, bodyBytes: Math.max(request.bodyBytes, Buffer.byteLength(body)) };
}
function withNamed(request, dimension, value2) {
  const [kind, name] = split(dimension);
  switch (kind) {
    case "header":
      return withHeader(request, name, value2);
    case "cookie":
      return withCookie(request, name, value2);
    case "claim":
      return { ...request, identity: { ...request.identity, claims: Object.fromEntries(replaced(Object.entries(request.identity.claims), name, value2)) } };
    case "meta":
      return { ...request, meta: Object.fromEntries(replaced(Object.entries(request.meta), name, value2)) };
    case "argument":
      return value2 !== null && !targetText.test(value2) ? null : { ...request, query: withPair(request.query, name, value2) };
    case "form":
      return /^\s*[[{<-]/.test(request.body) || !targetText.test(value2 ?? "") ? null : withBody(request, withPair(request.body, name, value2));
    default:
      return withJson(request, name, value2);
  }
}
function withHeader(request, name, value2) {
  if (!token.test(name) || value2 !== null && (/[\x00-\x08\x0A-\x1F\x7F]/.test(value2) || value2.trim() !== value2)) return null;
  return { ...request, headers: Object.fromEntries(replaced(Object.entries(request.headers), name, value2)) };
}
function withCookie(request, name, value2) {
  if (!token.test(name) || value2 !== null && (value2.includes(";") || value2.trim() !== value2)) return null;
  const cookies = replaced(cookieEntries(request.headers["cookie"] ?? ""), name, value2);
  return withHeader(request, "cookie", cookies.length === 0 ? null : cookies.map(([key, text2]) => `${key}=${text2}`).join("; "));
}
function withJson(request, name, value2) {
  let root;
  try {
    root = JSON.parse(request.body);
  } catch {
    return null;
  }
  if (typeof root !== "object" || root === null || Array.isArray(root) || name.includes(".")) return null;
  return withBody(request, JSON.stringify(Object.fromEntries(replaced(Object.entries(root), name, value2))));
}
function replaced(entries2, name, value2) {
  const others = entries2.filter(([key]) => key.toLowerCase() !== name.toLowerCase());
  return value2 === null ? others : [...others, [name, value2]];
}
function pairsOf2(text2) {
  return text2.split("&").filter(Boolean).map((pair) => [formEntries(pair)[0]?.[0] ?? "", pair]);
}
function rawValue(text2, name) {
  const pair = find(pairsOf2(text2), name);
  return pair === null ? null : pair.includes("=") ? pair.slice(pair.indexOf("=") + 1) : "";
}
function withPair(text2, name, value2) {
  const others = pairsOf2(text2).filter(([key]) => key.toLowerCase() !== name.toLowerCase()).map(([, pair]) => pair);
  return [...others, ...value2 === null ? [] : [`${encoded(name)}=${value2}`]].join("&");
}
function encoded(text2) {
  return encodeURIComponent(text2.replace(/[\uD800-\uDFFF]/gu, ""));
}
function encodedPath(text2) {
  const sent = encodeURI(text2.replace(/[\uD800-\uDFFF]/gu, "")).replace(/[?#[\]]/g, encodeURIComponent);
  return percentDecode(sent) === text2 ? sent : "";
}

// src/model/samples.ts
var noPieces = { wholes: [], heads: [], parts: [], tails: [] };
function mapPieces(pieces, change) {
  return {
    wholes: pieces.wholes.flatMap(change),
    heads: pieces.heads.flatMap(change),
    parts: pieces.parts.flatMap(change),
    tails: pieces.tails.flatMap(change)
  };
}
function joinPieces(...all2) {
  const unique = (of) => [...new Set(all2.flatMap(of))];
  return { wholes: unique((one) => one.wholes), heads: unique((one) => one.heads), parts: unique((one) => one.parts), tails: unique((one) => one.tails) };
}
function piecesOfOperator(operator, known3) {
  switch (operator.kind) {
    case "in":
      return { ...noPieces, wholes: operator.values.flatMap((value2) => cases(value2, operator.ignoreCase)) };
    case "equals":
      return { ...noPieces, wholes: cases(known3(operator.value), operator.ignoreCase) };
    case "startsWith":
      return { ...noPieces, heads: cases(known3(operator.value), operator.ignoreCase) };
    case "endsWith":
      return { ...noPieces, tails: cases(known3(operator.value), operator.ignoreCase) };
    case "contains":
      return { ...noPieces, parts: cases(known3(operator.value), operator.ignoreCase) };
    case "containsAny":
      return { ...noPieces, parts: operator.values.flatMap((value2) => cases(value2, operator.ignoreCase)) };
    case "within":
      return { ...noPieces, wholes: substrings(known3(operator.value)).flatMap((value2) => cases(value2, operator.ignoreCase)) };
    case "number":
      return { ...noPieces, wholes: aroundNumber(known3(operator.value)) };
    case "inNetwork":
      return { ...noPieces, wholes: operator.blocks.flatMap(edgesOfNetwork) };
    case "matches":
      return piecesOfPattern(operator);
    case "present":
    case "onDisk":
      return noPieces;
    default:
      return operator;
  }
}
function piecesOfPattern(operator) {
  const samples2 = samplesOf(operator.pattern, operator);
  const some = samples2.slice(0, 2);
  return { wholes: [...samples2, ...antiSamples(operator.pattern, operator)], heads: some, parts: [], tails: some };
}
function cases(text2, ignoreCase) {
  return ignoreCase === true ? [.../* @__PURE__ */ new Set([text2, text2.toLowerCase(), text2.toUpperCase()])] : [text2];
}
var longestWithin = 24;
function substrings(text2) {
  if (text2.length > longestWithin) return ["", text2, ...text2.split(/\s+/).filter(Boolean).flatMap((word3) => [word3, word3.slice(0, -1)])];
  const found = /* @__PURE__ */ new Set([text2, ...text2.split(/\s+/), ""]);
  for (let start3 = 0; start3 < text2.length; start3 += 1) for (let end = start3 + 1; end <= text2.length; end += 1) found.add(text2.slice(start3, end));
  return [...found];
}
function aroundNumber(text2) {
  const edge = Number.parseInt(text2, 10) || 0;
  return [edge - 1, edge, edge + 1].map(String);
}
function piecesOfPart(pieces, template, index2) {
  if (template.length === 1) return pieces;
  const fields2 = template.flatMap((part, at) => part.kind === "text" ? [] : [at]);
  const place2 = fields2.indexOf(index2);
  const before = place2 === 0 ? textOf2(template.slice(0, index2)) : null;
  const after = place2 === fields2.length - 1 ? textOf2(template.slice(index2 + 1)) : null;
  return {
    wholes: [...pieces.wholes, ...pieces.heads, ...pieces.tails].flatMap((whole2) => splits(template, whole2).flatMap((groups2) => groups2[place2] ?? [])),
    heads: before === null ? [] : pieces.heads.flatMap((head) => head.startsWith(before) ? [head.slice(before.length)] : []),
    parts: pieces.parts,
    tails: after === null ? [] : pieces.tails.flatMap((tail) => tail.endsWith(after) ? [tail.slice(0, tail.length - after.length)] : [])
  };
}
function textOf2(template) {
  return template.map((part) => part.kind === "text" ? part.text : "").join("");
}
function splits(template, text2) {
  if (text2.length > 200 || template.length > 9) return [];
  return ["*?", "*"].flatMap((repeat) => {
    const source = template.map((part) => part.kind === "text" ? part.text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") : `([^]${repeat})`).join("");
    const found = new RegExp(`^${source}$`).exec(text2);
    return found === null ? [] : [found.slice(1)];
  });
}
function samplesOfPieces(pieces, fresh2, most) {
  const values = new Set(pieces.wholes);
  for (const text2 of combined(pieces, fresh2)) {
    if (values.size >= most) return { values: [...values], capped: true };
    values.add(text2);
  }
  return { values: [...values], capped: false };
}
function* combined({ heads, parts: parts2, tails }, fresh2) {
  for (const tail of ["", ...tails]) {
    for (const head of ["", ...heads]) {
      yield head + tail;
      yield head + fresh2 + tail;
    }
  }
  for (const some of subsets(parts2)) {
    const middle = fresh2 + some.join(fresh2) + fresh2;
    for (const tail of ["", ...tails]) for (const head of ["", ...heads]) yield head + middle + tail;
  }
}
function* subsets(items2) {
  for (let size2 = 1; size2 <= items2.length; size2 += 1) yield* choices(items2, size2, 0);
}
function* choices(items2, size2, from) {
  if (size2 === 0) {
    yield [];
    return;
  }
  for (let index2 = from; index2 <= items2.length - size2; index2 += 1) {
    for (const rest of choices(items2, size2 - 1, index2 + 1)) yield [...items2.slice(index2, index2 + 1), ...rest];
  }
}
var freshCandidates = ["other", "more", ..."xzqjkwvyghbdfulcmpnorstiae", ..."_-", ..."7395182460"];
function freshText(literals) {
  const known3 = [...new Set(literals.map((value2) => value2.toLowerCase()))].filter((value2) => value2 !== "");
  const apart = freshCandidates.find((candidate) => known3.every((value2) => isApart(candidate, value2)));
  if (apart !== void 0) return apart;
  for (let number2 = 0; ; number2 += 1) {
    const candidate = `zq${number2}x`;
    if (!known3.some((value2) => value2.includes(candidate))) return candidate;
  }
}
function isApart(fresh2, value2) {
  if (value2.includes(fresh2) || fresh2.includes(value2)) return false;
  for (let length = 1; length < fresh2.length; length += 1) {
    if (value2.endsWith(fresh2.slice(0, length)) || value2.startsWith(fresh2.slice(-length))) return false;
  }
  return true;
}

// src/model/condition.ts
var always = { kind: "all", of: [] };
var never = { kind: "any", of: [] };
function all(...of) {
  const flat = of.flatMap((condition) => condition.kind === "all" ? condition.of : [condition]);
  if (flat.some(isNever)) return never;
  return flat.length === 1 && flat[0] !== void 0 ? flat[0] : { kind: "all", of: flat };
}
function any(...of) {
  const flat = of.flatMap((condition) => condition.kind === "any" ? condition.of : [condition]);
  if (flat.some(isAlways)) return always;
  return flat.length === 1 && flat[0] !== void 0 ? flat[0] : { kind: "any", of: flat };
}
function not(of) {
  if (isAlways(of)) return never;
  if (isNever(of)) return always;
  return of.kind === "not" ? of.of : { kind: "not", of };
}
function isAlways(condition) {
  return condition.kind === "all" && condition.of.length === 0;
}
function isNever(condition) {
  return condition.kind === "any" && condition.of.length === 0;
}
function test(field3, operator, at) {
  return { kind: "test", subject: { kind: "field", field: field3 }, operator, at };
}
function testText(of, operator, at) {
  return { kind: "test", subject: { kind: "text", of }, operator, at };
}
function methodIn(values, at) {
  return test("method", { kind: "in", values }, at);
}

// src/model/signature.ts
function signatureOf(program, tests, request) {
  const world = initialWorld(program, request, unknownEnvironment);
  return tests.map((test2) => holds3(test2, { world, bound: /* @__PURE__ */ new Map(), assumed: false }).answer.charAt(0)).join("");
}
function relevantTests(program, where, only, samples2) {
  const scopes = only ?? Object.values(program.stages).flat();
  const direct = [...testsIn(where), ...testsOfScopes(scopes)];
  const written3 = [...direct, ...testsOfDefinitions(program, scopes, direct)];
  const flows = flowsOf(program, written3);
  const tests = [];
  const most = Math.min(mostFlows, Math.ceil(samples2 / 10));
  let capped = false;
  for (const test2 of written3) {
    const derived = derivedTests(test2, flows, most);
    tests.push(test2, ...derived.tests);
    capped ||= derived.capped;
  }
  return { tests: distinctTests(tests), capped };
}
var mostFlows = 64;
function distinctTests(tests) {
  const known3 = /* @__PURE__ */ new Map();
  for (const test2 of tests) {
    const { subject: subject2, transforms, eachTransform, operator, negated: negated2, also } = test2;
    const key = JSON.stringify([subject2, transforms, eachTransform, operator, negated2, also]);
    if (!known3.has(key)) known3.set(key, test2);
  }
  return [...known3.values()];
}

// src/model/axes.ts
var mostAnswers = 6e5;
function axesOf(program, tests, base, fixed, mostSamples) {
  const world = initialWorld(program, base, unknownEnvironment);
  const known3 = (template) => {
    const value2 = literal(template) ?? valueOf({ world, bound: /* @__PURE__ */ new Map(), assumed: false }, template);
    return typeof value2 === "string" ? value2 : "";
  };
  const all2 = tests.map((test2) => ({ test: test2, pieces: piecesOfTest(test2, known3) }));
  const fresh2 = freshText([...all2.flatMap(({ test: test2, pieces }) => [...Object.values(pieces).flat(), ...textsOf(test2)])]);
  const parts2 = /* @__PURE__ */ new Map();
  for (const { test: test2, pieces } of all2) {
    for (const claim of claimsOf(test2, pieces, fresh2)) {
      if (fixed.includes(claim.dimension)) continue;
      const part = parts2.get(claim.dimension) ?? { tests: [], pieces: noPieces, shared: noPieces };
      parts2.set(claim.dimension, part);
      part.tests.push(test2);
      part.pieces = joinPieces(part.pieces, claim.pieces);
      if (claim.shared) part.shared = joinPieces(part.shared, claim.pieces);
    }
  }
  let capped = false;
  const axes = [...parts2].map(([dimension, part]) => {
    const most = Math.min(mostSamples, Math.max(100, Math.floor(mostAnswers / part.tests.length)));
    const samples2 = samplesIn(dimension, part.pieces, fresh2, most);
    capped ||= samples2.capped;
    const kept = part.shared === noPieces ? /* @__PURE__ */ new Set() : /* @__PURE__ */ new Set([null, ...samplesIn(dimension, part.shared, fresh2, most).values]);
    return { dimension, values: distinct(program, part, dimension, samples2.values, kept, base) };
  });
  return { axes: axes.sort((left, right) => compareDimensions(left.dimension, right.dimension)), capped };
}
function textsOf(test2) {
  return test2.subject.kind === "text" ? test2.subject.of.flatMap((part) => part.kind === "text" ? [part.text] : []) : [];
}
function piecesOfTest(test2, known3) {
  const operators3 = [test2.operator, ...(test2.also ?? []).map(({ operator }) => operator)];
  return joinPieces(...operators3.map((operator) => piecesOfOperator(operator, known3)));
}
function claimsOf(test2, pieces, fresh2) {
  if (test2.subject.kind === "entries") return claimsOfEntries(test2, pieces, fresh2);
  const template = test2.subject.kind === "field" ? fieldValue(test2.subject.field) : test2.subject.of;
  const fields2 = template.flatMap((part, index2) => part.kind === "field" ? [{ field: part.field, index: index2 }] : []);
  const dimensions = new Set(fields2.flatMap(({ field: field3 }) => dimensionsOf(field3)));
  return fields2.flatMap(({ field: field3, index: index2 }) => claimsOfField(field3, piecesOfPart(pieces, template, index2), dimensions.size > 1));
}
function claimsOfField(field3, pieces, shared) {
  if (field3 === "requestUri") return claimsOfTarget(pieces);
  const sent = field3 === "path" || field3 === "sentPath" ? mapPieces(pieces, (text2) => [encodedPath(text2)]) : pieces;
  return dimensionsOf(field3).map((dimension, index2) => ({ dimension, pieces: index2 === 0 ? sent : noPieces, shared }));
}
function claimsOfTarget(pieces) {
  const before = (text2) => text2.split("?", 1)[0] ?? "";
  const after = (text2) => text2.includes("?") ? [text2.slice(text2.indexOf("?") + 1)] : [];
  const open = (texts) => texts.filter((text2) => !text2.includes("?"));
  const cut = (texts) => texts.filter((text2) => text2.includes("?")).map(before);
  return [
    {
      dimension: "path",
      pieces: { wholes: [...pieces.wholes.map(before), ...cut(pieces.heads)], heads: open(pieces.heads), parts: open(pieces.parts), tails: [...open(pieces.tails), ...cut([...pieces.parts, ...pieces.tails])] },
      shared: true
    },
    {
      dimension: "query",
      pieces: { wholes: [...pieces.wholes.flatMap(after), ...pieces.tails.flatMap(after)], heads: [...pieces.heads, ...pieces.parts].flatMap(after), parts: open(pieces.parts), tails: open(pieces.tails) },
      shared: true
    }
  ];
}
function claimsOfEntries(test2, pieces, fresh2) {
  if (test2.subject.kind !== "entries") return [];
  const { from, only, except, part } = test2.subject;
  const chosen2 = only?.flatMap((selector) => selector.kind === "name" ? [selector.name] : samplesOf(selector.pattern, selector).slice(0, 2)) ?? [];
  const left = except?.flatMap((selector) => selector.kind === "name" ? [selector.name] : []) ?? [];
  const names = only === void 0 && part === "names" ? samplesOfPieces(pieces, fresh2, 8).values : only === void 0 ? ["name", ...left] : chosen2;
  const presence = { ...noPieces, wholes: [fresh2] };
  return from.flatMap(
    (collection) => names.flatMap((name) => {
      const dimension = dimensionOfEntry(collection, name);
      if (dimension === null || collection === "headers" && only === void 0 && part !== "names") return [];
      const ofEntry = part === "values" ? mapPieces(pieces, (text2) => [sentIn(collection, text2)]) : presence;
      const claim = { dimension, pieces: ofEntry, shared: collection === "groups" || collection === "scopes" };
      return claim.shared ? [claim, { dimension: "identity", pieces: noPieces, shared: true }] : [claim];
    })
  );
}
function sentIn(collection, text2) {
  return collection === "queryArguments" || collection === "formArguments" ? encoded(text2) : text2;
}
var numbers = /* @__PURE__ */ new Set(["port", "bodyBytes", "perMinute"]);
var mostMembers = 5;
function samplesIn(dimension, pieces, fresh2, most) {
  const samples2 = samplesOfPieces(pieces, fresh2, most);
  if (dimension === "groups" || dimension === "scopes") return memberships(samples2, most);
  if (dimension === "path") return { ...samples2, values: samples2.values.flatMap((value2) => value2.startsWith("/") ? [value2] : [`/${value2}`, `/${fresh2}${value2}`]) };
  if (numbers.has(dimension)) return { ...samples2, values: samples2.values.flatMap((value2) => /^\d+$/.test(value2) ? [value2, String(Number(value2) - 1), String(Number(value2) + 1)] : []) };
  if (dimension === "clientAddress") return { ...samples2, values: [...samples2.values, ...samples2.values.flatMap(addressesWith)] };
  return { ...samples2, values: [...fixedValues(dimension), ...samples2.values] };
}
function addressesWith(text2) {
  return /^[\d.]+$/.test(text2) ? ["1", "0.1", "0.0.1", ".1", ".0.1", ".0.0.1"].map((rest) => text2 + rest).concat(`203.0.113.${text2}`, `203.0.113${text2}`, `203.0${text2}`, `203${text2}`) : [];
}
function memberships({ values, capped }, most) {
  const few = values.length <= mostMembers;
  const sets = few ? [...subsets(values)] : [...values.map((value2) => [value2]), ...values.flatMap((value2, index2) => values.slice(index2 + 1).map((other) => [value2, other])), values];
  return { values: sets.slice(0, most).map((members) => members.join("\n")), capped: capped || !few };
}
function distinct(program, part, dimension, values, kept, base) {
  const own3 = valueIn(base, dimension);
  const seen = /* @__PURE__ */ new Set([signatureOf(program, part.tests, base)]);
  const further = [];
  for (const value2 of /* @__PURE__ */ new Set([null, ...values])) {
    const request = value2 === own3 ? null : assign(base, dimension, value2);
    if (request === null) continue;
    const answers = signatureOf(program, part.tests, request);
    if (seen.has(answers) && !kept.has(value2)) continue;
    seen.add(answers);
    further.push(value2);
  }
  return further;
}

// src/model/cells.ts
var defaultLimit = 4096;
var defaultSamples = 2e3;
function cells(program, where, base, breadth = {}) {
  const samples2 = breadth.samples ?? defaultSamples;
  const relevant = relevantTests(program, where, breadth.scopes, samples2);
  const { axes, capped } = axesOf(program, relevant.tests, base, breadth.fixed ?? [], samples2);
  const limit = breadth.limit ?? defaultLimit;
  const requests = [];
  let tried2 = 0;
  for (const request of combinations(axes, base)) {
    if (tried2 >= limit) return { requests, capped: true };
    tried2 += 1;
    if (lies(program, where, request)) requests.push(request);
  }
  return { requests, capped: capped || relevant.capped };
}
function lies(program, where, request) {
  return holds3(where, { world: initialWorld(program, request, unknownEnvironment), bound: /* @__PURE__ */ new Map(), assumed: false }).answer !== "no";
}
function* combinations(axes, base) {
  for (let changes = 0; changes <= axes.length; changes += 1) yield* changing(axes, 0, changes, base);
}
function* changing(axes, from, changes, request) {
  if (changes === 0) {
    yield request;
    return;
  }
  for (const [offset, axis] of axes.slice(from, axes.length - changes + 1).entries()) {
    for (const value2 of axis.values) {
      const changed = assign(request, axis.dimension, value2);
      if (changed !== null) yield* changing(axes, from + offset + 1, changes - 1, changed);
    }
  }
}

// src/lint/witness.ts
var tries = 80;
var patience = 16;
var samples = 80;
function stops(effect) {
  return effect.kind === "deny" || effect.kind === "redirect" || effect.kind === "challenge" || effect.kind === "reroute" && effect.status !== void 0;
}
function stopped(program, request, gate3, environment2) {
  const verdict = evaluate(program, request, environment2);
  if (verdict.blocked === "no") return null;
  const by = gate3 ?? verdict.by;
  const ending = gate3 === null ? verdict.ending : verdict.endings.find((one) => one.by === gate3);
  if (by === null || ending === void 0) return null;
  return { verdict, get: evaluate(program, withMethod(request, "GET"), environment2), gate: by, ending, certain: verdict.blocked === "yes" };
}
function findWitness(program, place2, gate3, base, goal) {
  const focus = [...place2.way.slice(0, -1).map(conditionOnly), focused(place2, gate3)];
  const { requests } = cells(program, always, base, { scopes: focus, limit: tries, samples, fixed: ["method", "identity", "bodyBytes"] });
  let found = null;
  let foundRank = Number.NEGATIVE_INFINITY;
  let left = requests.length;
  for (const request of requests) {
    if (--left < 0) break;
    const witness = goal.judge(request);
    if (witness === null) continue;
    const rankHere = goal.rank(witness);
    if (rankHere > foundRank) {
      found = witness;
      foundRank = rankHere;
      left = patience;
    }
    if (rankHere >= goal.best) break;
  }
  return found;
}
function conditionOnly(scope) {
  return { ...scope, chains: [] };
}
function focused(place2, gate3) {
  const all2 = [...place2.way.flatMap(gatesOf2)];
  const wanted = /* @__PURE__ */ new Set([gate3, ...place2.through]);
  const variables = /* @__PURE__ */ new Set();
  const readBy = (one) => testsIn(one.when).flatMap((test2) => [...fieldsOf(test2.subject), ..."value" in test2.operator ? fieldsIn(test2.operator.value) : []]);
  for (let grown = true; grown; ) {
    for (const one of wanted) for (const field3 of readBy(one)) if (field3.startsWith("var:")) variables.add(field3.slice(4));
    const feeding = all2.filter((one) => !wanted.has(one) && (one.effect.kind === "set" || one.effect.kind === "score") && variables.has(one.effect.variable));
    for (const one of feeding) wanted.add(one);
    grown = feeding.length > 0;
  }
  return { ...place2.scope, chains: [{ name: "leading to the gate", gates: [...wanted] }] };
}

// src/lint/damage.ts
function* damaged(program, places, environment2) {
  const seen = /* @__PURE__ */ new Set();
  const methodComesBack = Object.values(program.stages).some((stage2) => stage2.some((scope) => gatesOf2(scope).some(givesMethodBack)));
  for (const place2 of places) {
    for (const gate3 of gatesOf2(place2.scope)) {
      const loss = lossBy(gate3.effect);
      if (loss === null || seen.has(gate3) || gate3.effect.kind === "reroute" && methodComesBack) continue;
      seen.add(gate3);
      const base = carrying(requestAt(program, place2), loss);
      if (base === null) continue;
      const goal = { judge: (request) => judge(program, request, gate3, loss, environment2), rank, best: 1 };
      const witness = findWitness(program, place2, gate3, base, goal);
      if (witness !== null) yield { ...postOf(program, witness, place2), loss };
    }
  }
}
function* declaredDamages(program, environment2, declared) {
  for (const { request, legitimacy } of declared) {
    const { endings } = evaluate(program, request, environment2);
    const gates = new Set(endings.flatMap(({ trace }) => trace.map(({ gate: gate3 }) => gate3)));
    for (const gate3 of gates) {
      const loss = lossBy(gate3.effect);
      const witness = loss === null ? null : judge(program, request, gate3, loss, environment2);
      if (loss !== null && witness !== null) yield { program, ...witness, legitimacy, loss };
    }
  }
}
function lossBy(effect) {
  if (effect.kind === "reroute") return typeof effect.method === "string" && (effect.status ?? 200) < 300 ? "method" : null;
  if (effect.kind !== "alter") return null;
  const { what, value: value2 } = effect;
  if (what === "path" || what === "query") return null;
  if (what === "method") return givesBack(value2) ? null : what;
  return value2 === null || mayBeEmpty(value2) ? what : null;
}
function mayBeEmpty(value2) {
  return literal(value2) === "" || value2.every((part) => part.kind === "field" && part.field.startsWith("var:"));
}
function givesMethodBack({ effect }) {
  return effect.kind === "alter" && effect.what === "method" && givesBack(effect.value);
}
function givesBack(value2) {
  return value2?.[0]?.kind === "field" && (value2[0].field === "sentMethod" || value2[0].field === "method");
}
function carrying(request, loss) {
  if (loss === "method" || loss === "body") return request;
  const name = loss.slice("header:".length);
  const value2 = carriedHeader(name, request);
  return value2 === null ? null : { ...request, headers: { ...request.headers, [name]: value2 } };
}
function rank(witness) {
  return witness.certain ? 1 : 0;
}
function judge(program, request, gate3, loss, environment2) {
  const verdict = evaluate(program, request, environment2);
  const isDamaged = (ending2) => ending2.outcome === "reached" && isLost(ending2, request, loss) && culprit(ending2, loss) === gate3;
  const ending = verdict.endings.find(isDamaged);
  if (ending === void 0) return null;
  return { verdict, get: evaluate(program, withMethod(request, "GET"), environment2), gate: gate3, ending, certain: verdict.endings.every(isDamaged) };
}
function isLost({ delivered: delivered2 }, request, loss) {
  if (loss === "method") return typeof delivered2.method === "string" && delivered2.method !== request.method;
  if (loss === "body") return request.bodyBytes > 0 && !delivered2.bodyKept;
  const name = loss.slice("header:".length);
  const now = delivered2.headers[name];
  return (request.headers[name] ?? "") !== "" && (now === null || now === "");
}
function culprit({ trace }, loss) {
  const changes = ({ effect }) => effect.kind === "alter" && effect.what === loss || effect.kind === "reroute" && loss === "method" && effect.method !== void 0;
  return trace.findLast(({ gate: gate3, held }) => held !== "no" && changes(gate3))?.gate;
}

// src/lint/preflight.ts
function* refusedPreflights(program, places, environment2) {
  const seen = /* @__PURE__ */ new Set();
  for (const place2 of places) {
    for (const gate3 of place2.way.flatMap(gatesOf2)) {
      if (seen.has(gate3) || !stops(gate3.effect) || gate3.effect.kind === "redirect" || !expectsPreflights(place2, gate3)) continue;
      seen.add(gate3);
      const goal = { judge: (request) => judge2(program, request, gate3, environment2), rank: rank2, best: 1 };
      const witness = findWitness(program, place2, gate3, preflightFor(requestAt(program, place2)), goal);
      if (witness !== null) yield postOf(program, witness, place2);
    }
  }
}
function rank2(witness) {
  return witness.certain ? 1 : 0;
}
function judge2(program, request, gate3, environment2) {
  const witness = stopped(program, request, gate3, environment2);
  if (witness === null) return null;
  const post = evaluate(program, postAfter(request), environment2);
  return post.blocked === "no" ? { ...witness, get: evaluate(program, withMethod(postAfter(request), "GET"), environment2) } : null;
}
function preflightFor(post) {
  const { "user-agent": agent = "", accept: accept2 = "*/*" } = post.headers;
  const headers = {
    "user-agent": agent,
    accept: accept2,
    origin: "https://www.example.org",
    "access-control-request-method": "POST",
    "access-control-request-headers": "content-type"
  };
  return { ...post, method: "OPTIONS", headers, body: "", bodyBytes: 0, identity: { ...post.identity, state: "none" } };
}
function postAfter(preflight) {
  const { "access-control-request-method": method = "POST", ...headers } = preflight.headers;
  const body = JSON.stringify({ name: "value" });
  return {
    ...preflight,
    method,
    headers: { ...headers, "content-type": "application/json" },
    body,
    bodyBytes: Buffer.byteLength(body),
    identity: { ...preflight.identity, state: "valid" }
  };
}
function expectsPreflights({ way }, gate3) {
  const announced = way.some((scope) => (scope.writes ?? []).some(({ at }) => /access-control-allow-methods/i.test(textOf(at))));
  return announced || way.some((scope) => namesOptions(scope.when) || gatesOf2(scope).some((one) => one !== gate3 && namesOptions(one.when)));
}
function namesOptions(condition) {
  return testsIn(condition).some(({ subject: subject2, operator }) => fieldsOf(subject2).includes("method") && wordsOf(operator).some((word3) => /\bOPTIONS\b/.test(word3)));
}
function wordsOf(operator) {
  if (operator.kind === "in") return operator.values;
  if (operator.kind === "matches") return [operator.pattern];
  return operator.kind === "equals" ? [literal(operator.value) ?? ""] : [];
}

// src/lint/survey.ts
var ordinaryBytes = { form: 16 * 1024, file: 2 * 1024 * 1024 };
function survey(unit, environment2, declared, reasons2) {
  const { program } = unit;
  const places = placesOf(program);
  const requests = declaredIn(places, declared);
  const posts = [...declaredPosts(program, environment2, requests)];
  const damages = [...declaredDamages(program, environment2, requests)];
  if (!hasApplication(program)) return { posts: telling(posts), damaged: telling(damages), preflights: [] };
  for (const post of ordinary(program, places, environment2)) posts.push(post);
  const told = new Set(posts.filter(({ legitimacy }) => legitimacy.kind !== "assumed").map(({ gate: gate3 }) => gate3));
  for (const post of targeted(program, places, environment2, (gate3) => reasons2.has(gate3.reason) && !told.has(gate3))) posts.push(post);
  return {
    posts: telling(posts),
    damaged: telling([...damages, ...damaged(program, places, environment2)]),
    preflights: [...refusedPreflights(program, places, environment2)]
  };
}
function telling(posts) {
  const best = /* @__PURE__ */ new Map();
  for (const post of posts) {
    const known3 = best.get(post.gate);
    if (known3 === void 0 || better(post, known3)) best.set(post.gate, post);
  }
  return [...best.values()];
}
function declaredIn(places, declared) {
  return declared.flatMap((post) => {
    const legitimacy = { kind: "declared", words: post.at?.note ?? "it is declared" };
    return declaredRequests(post, places).map((request) => ({ request, legitimacy }));
  });
}
var strength = { declared: 2, derived: 1, assumed: 0 };
function better(one, other) {
  const byKind = strength[one.legitimacy.kind] - strength[other.legitimacy.kind];
  return byKind !== 0 ? byKind > 0 : rankOf(one) > rankOf(other);
}
function* targeted(program, places, environment2, wanted) {
  const seen = /* @__PURE__ */ new Set();
  for (const place2 of places) {
    for (const gate3 of gatesOf2(place2.scope)) {
      if (seen.has(gate3) || !wanted(gate3) || !isWorthSearching(program, gate3, place2)) continue;
      seen.add(gate3);
      const judge3 = (request) => stopped(program, request, gate3, environment2);
      const goal = { judge: judge3, rank: rankOf, best: neutral.has(gate3.reason) ? certainty : certainty + contrast };
      const witness = findWitness(program, place2, gate3, baseFor(program, gate3, place2), goal);
      if (witness !== null) yield postOf(program, witness, place2);
    }
  }
}
function isWorthSearching(program, gate3, place2) {
  if (!stops(gate3.effect) || gate3.reason === "waf-match") return false;
  if (gate3.reason === "authorization") return program.clients !== void 0;
  if (gate3.reason === "body-size") return gate3.implied !== true || fileWord(place2.scope.name) !== null;
  if (gate3.reason === "static-handler") return writeWord(place2.scope.name) !== null;
  return true;
}
function hasApplication(program) {
  return Object.values(program.stages).some((stage2) => stage2.some((scope) => scope.handler !== "static"));
}
function baseFor(program, gate3, place2) {
  const base = requestAt(program, place2);
  if (gate3.reason === "authorization") return { ...base, identity: program.clients?.[0] ?? base.identity };
  if (gate3.reason !== "body-size") return base;
  const takesFiles = fileWord(place2.scope.name) !== null;
  return { ...base, bodyBytes: takesFiles ? ordinaryBytes.file : ordinaryBytes.form };
}
var neutral = /* @__PURE__ */ new Set(["redirect", "slash-redirect", "authorization"]);
var certainty = 2;
var contrast = 4;
function rankOf(witness) {
  const certain = witness.certain ? certainty : 0;
  const getPasses2 = witness.get.outcome === "reached" || witness.get.outcome === "answered" ? contrast : 0;
  return certain + getPasses2 + (writeWord(witness.verdict.request.path) === null ? 0 : 1);
}
function* ordinary(program, places, environment2) {
  for (const entry2 of places.filter((place2) => place2.way.length === 1)) {
    const base = requestAt(program, entry2);
    const tried2 = program.layer === "waf" ? ordinaryPosts : ordinaryPosts.map(({ path }) => ordinaryPost({ path }));
    for (const post of tried2) {
      const request = { ...post, scheme: base.scheme, host: base.host, port: base.port };
      const witness = stopped(program, request, null, environment2);
      if (witness === null) continue;
      const { gate: gate3 } = witness;
      const place2 = placeOf(places, gate3);
      if (program.layer === "waf" || place2 !== void 0 && isWorthSearching(program, gate3, place2)) yield postOf(program, witness, place2);
    }
  }
}
function placeOf(places, gate3) {
  return places.find((place2) => gatesOf2(place2.scope).includes(gate3));
}
function* declaredPosts(program, environment2, declared) {
  for (const { request, legitimacy } of declared) {
    const witness = stopped(program, request, null, environment2);
    if (witness !== null) yield { program, ...witness, legitimacy };
  }
}

// src/lint/lint.ts
function lint(workspace, options2) {
  const running = options2.rules.filter((rule) => options2.severities[rule.id] !== "off");
  const reasons2 = new Set(running.flatMap((rule) => rule.about));
  const findings = workspace.units.flatMap((unit) => {
    const model = survey(unit, options2.environmentOf(unit), options2.posts, reasons2);
    const about = (rule) => model.posts.filter((post) => rule.about.includes(post.gate.reason));
    return running.flatMap((rule) => [...rule.check({ ...model, posts: about(rule) })].map((report5) => findingOf(rule, report5, options2.severities[rule.id])));
  });
  return { findings: distinct2(findings).toSorted(byPlace), problems: workspace.problems, files: workspace.files, suppressed: 0 };
}
var bySeverity = { note: 0, warning: 1, error: 2 };
function severityOf(report5) {
  const own3 = report5.post.legitimacy.kind === "declared" ? "error" : "warning";
  const { atMost = "error" } = report5;
  return bySeverity[own3] > bySeverity[atMost] ? atMost : own3;
}
function findingOf(rule, report5, severity) {
  const { post } = report5;
  const { verdict, gate: gate3, legitimacy } = post;
  const meant2 = report5.meant !== void 0 || legitimacy.kind !== "assumed";
  const certain = post.certain && meant2 && report5.possible !== true;
  const [first, ...related] = gate3.because;
  const fix = report5.fix ?? gate3.fix;
  return {
    rule: rule.id,
    severity: severity === void 0 || severity === "off" ? severityOf(report5) : severity,
    certainty: certain ? "certain" : "possible",
    message: report5.message,
    at: first.at,
    related: [...related, ...culprits(post)],
    witness: verdict.request,
    status: post.ending.status,
    ..."loss" in post ? { arrives: arrivalWords(post) } : {},
    legitimacy: legitimacy.kind === "declared" ? legitimacy.words : report5.meant ?? legitimacy.words,
    assumptions: verdict.depends,
    ...fix === void 0 ? {} : { fix }
  };
}
var mostCulprits = 5;
function culprits(post) {
  if (post.gate.reason !== "waf-match") return [];
  const adding = post.ending.trace.filter((step2) => step2.held !== "no" && step2.gate.effect.kind === "score");
  const byPlace2 = new Map(adding.map(({ gate: { because: [first] } }) => [`${first.at.file.path} ${first.at.start}`, first]));
  return [...byPlace2.values()].slice(0, mostCulprits).map(({ at }) => ({ at, note: "matches, and adds to the score" }));
}
function distinct2(findings) {
  const byKey = /* @__PURE__ */ new Map();
  for (const finding of findings) {
    const key = `${finding.rule} ${finding.at.file.path} ${finding.at.start} ${finding.at.end}`;
    const known3 = byKey.get(key);
    if (known3 === void 0 || weight(finding) > weight(known3)) byKey.set(key, finding);
  }
  return [...byKey.values()];
}
function weight(finding) {
  return bySeverity[finding.severity] + (finding.certainty === "certain" ? 4 : 0);
}
function byPlace(a, b) {
  if (a.at.file.path !== b.at.file.path) return a.at.file.path < b.at.file.path ? -1 : 1;
  return a.at.start - b.at.start || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}

// src/lint/suppress.ts
init_did_you_mean();
var keyword = "postlint-ignore-next";
var comment = new RegExp(`^[ \\t]*#[ \\t]*${keyword}\\b(.*)$`);
function suppress(findings, workspace, running, known3) {
  const ids = known3.map((rule) => rule.id);
  const read2 = commentsOf(workspace).map((one) => parse(one, ids));
  const suppressions = read2.flatMap((one) => one.suppressions);
  const used = /* @__PURE__ */ new Set();
  const left = findings.filter((finding) => {
    const by = suppressions.find((one) => silences(one, finding));
    if (by !== void 0) used.add(by);
    return by === void 0;
  });
  const ran = new Set(running.map((rule) => rule.id));
  const unused = suppressions.filter((one) => ran.has(one.rule) && !used.has(one)).map(unusedProblem);
  return {
    findings: left,
    problems: [...workspace.problems, ...read2.flatMap((one) => one.problems), ...unused],
    suppressed: findings.length - left.length
  };
}
function suppressionFor(finding) {
  return /\.json$/i.test(finding.at.file.path) ? null : `# ${keyword} ${finding.rule} -- <reason>`;
}
function commentsOf(workspace) {
  const files3 = [...new Set(workspace.units.flatMap((unit) => unit.files))].filter((file) => file.text.includes(keyword));
  const byPlace2 = new Map(files3.flatMap(commentsIn).map((one) => [`${one.start} ${one.file.path}`, one]));
  return [...byPlace2.values()];
}
function commentsIn(file) {
  const starts = startsOfLines(file);
  return starts.flatMap((start3, index2) => {
    const text2 = file.text.slice(start3, starts[index2 + 1]).trimEnd();
    const words3 = comment.exec(text2)?.[1];
    return words3 === void 0 ? [] : [{ file, start: start3 + text2.indexOf("#"), line: index2 + 1, words: words3 }];
  });
}
function parse(one, known3) {
  const [rules2 = "", ...rest] = one.words.split(/(?:^|\s)--(?:\s|$)/);
  const ids = rules2.split(/[\s,]+/).filter(Boolean);
  const at = { file: one.file, start: one.start, end: one.start + one.file.text.slice(one.start).search(/[ \t]*(?:[\r\n]|$)/) };
  if (ids.length === 0) return problem("suppression-without-rule", `\`${keyword}\` names no rule: write \`# ${keyword} RULE -- reason\``, at);
  if (rest.join("").trim() === "") {
    return problem("suppression-without-reason", `a suppression needs a reason: write \`# ${keyword} ${ids.join(", ")} -- reason\``, at);
  }
  const strangers2 = ids.filter((id) => !known3.includes(id));
  const line = lineAfter(one);
  return {
    suppressions: ids.filter((id) => known3.includes(id)).map((rule) => ({ path: one.file.path, line, rule, at })),
    problems: strangers2.map((id) => ({ code: "suppression-unknown-rule", message: `there is no rule \`${id}\`${didYouMean(id, known3)}`, at }))
  };
}
function problem(code, message, at) {
  return { suppressions: [], problems: [{ code, message, at }] };
}
function lineAfter({ file, line }) {
  const starts = startsOfLines(file);
  let next = line + 1;
  while (next <= starts.length && comment.test(file.text.slice(starts[next - 1], starts[next]).trimEnd())) next += 1;
  return next;
}
function silences(suppression, finding) {
  const { file, start: start3 } = finding.at;
  return suppression.rule === finding.rule && suppression.path === file.path && suppression.line === positionAt(file, start3).line;
}
function unusedProblem({ rule, at }) {
  return { code: "suppression-unused", message: `nothing to suppress: \`${rule}\` reports nothing on the next line`, at };
}

// src/report/tally.ts
function tally({ findings, problems }) {
  const certain = findings.filter((finding) => finding.certainty === "certain");
  const count = (severity) => certain.filter((finding) => finding.severity === severity).length;
  return {
    errors: count("error"),
    warnings: count("warning"),
    notes: count("note"),
    possible: findings.length - certain.length,
    problems: problems.length
  };
}
function shown({ findings }, { possible, quiet }) {
  return findings.filter((finding) => (possible || finding.certainty === "certain") && (!quiet || finding.severity === "error"));
}
function countWords({ errors, warnings, notes: notes2, problems }) {
  const parts2 = [plural(errors, "error"), plural(warnings, "warning"), plural(notes2, "note"), plural(problems, "problem")];
  return parts2.filter((part) => !part.startsWith("0 ")).join(", ");
}
function plural(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
function filesLine({ files: files3 }, filesRead) {
  const byFormat = /* @__PURE__ */ new Map();
  for (const { format } of files3) byFormat.set(format, (byFormat.get(format) ?? 0) + 1);
  const known3 = [...byFormat].sort(([a], [b]) => a < b ? -1 : 1).map(([format, count]) => `${count} ${format}`);
  const others = filesRead - files3.length;
  if (known3.length === 0) return `${plural(filesRead, "file")} read, none recognised`;
  return `${plural(filesRead, "file")} read: ${known3.join(", ")}${others > 0 ? `, ${others} not recognised` : ""}`;
}

// src/cli/project.ts
var import_node_fs7 = require("node:fs");
var import_node_path7 = require("node:path");
init_config();

// src/formats/format.ts
function embed(outer, ranges) {
  let text2 = "";
  let at = 0;
  for (const { start: start3, end } of ranges) {
    text2 += blank(outer.text.slice(at, start3)) + outer.text.slice(start3, end);
    at = end;
  }
  return { path: outer.path, text: text2 + blank(outer.text.slice(at)) };
}
function blank(text2) {
  return text2.replace(/[^\r\n]/g, " ");
}

// src/formats/apache/directive-table.ts
var directiveTable = `
core any: Define UnDefine ReadBufferSize HostnameLookups UseCanonicalName UseCanonicalPhysicalPort Include IncludeOptional LogLevel
  MaxRanges MaxRangeOverlaps MaxRangeReversals
core any+Any: Files IfModule IfDefine IfFile IfDirective IfSection FilesMatch Error If ElseIf Else ServerSignature LimitRequestBody
  LimitXMLRequestBody RLimitCPU RLimitMEM RLimitNPROC
core any+FileInfo: AddDefaultCharset AcceptPathInfo ErrorDocument DefaultType FileETag EnableMMAP EnableSendfile CGIVar
  QualifyRedirectURL ForceType SetHandler SetOutputFilter SetInputFilter
core any+Options: Options ContentDigest
core section: AllowOverride AllowOverrideList
core section+AuthConfig: CGIPassAuth
core section+AuthConfig|Limit: Limit LimitExcept
core server: Directory Location VirtualHost DirectoryMatch LocationMatch AccessFileName DocumentRoot FlushMaxThreshold FlushMaxPipelined
  Protocol AcceptFilter Port ServerAdmin ServerName ServerRoot DefaultRuntimeDir ErrorLog ErrorLogFormat ServerAlias ServerPath Timeout
  NameVirtualHost ServerTokens LimitRequestLine LimitRequestFieldsize LimitRequestFields Mutex RegexDefaultOptions
  LimitInternalRecursion StrictHostCheck AllowEncodedSlashes ScoreBoardFile ExtendedStatus SeeRequestTail PidFile MaxRequestsPerChild
  MaxConnectionsPerChild CoreDumpDirectory MaxMemFree ThreadStackSize TraceEnable MergeTrailers Protocols ProtocolsHonorOrder
  HttpProtocolOptions RegisterHttpMethod MergeSlashes
event server: ListenBacklog ListenCoresBucketsRatio Listen SendBufferSize ReceiveBufferSize ListenTCPDeferAccept StartServers
  ServerLimit MinSpareThreads MaxSpareThreads MaxClients MaxRequestWorkers ThreadsPerChild ThreadLimit AsyncRequestWorkerFactor
  GracefulShutdownTimeout
http_core server: KeepAliveTimeout MaxKeepAliveRequests KeepAlive
mod_access_compat section+AuthConfig: Satisfy
mod_access_compat section+Limit: order allow deny
mod_actions any: Script
mod_actions any+FileInfo: Action
mod_alias any: Alias ScriptAlias
mod_alias any+FileInfo: Redirect RedirectMatch RedirectTemp RedirectPermanent RedirectRelative AliasPreservePath
mod_alias server: AliasMatch ScriptAliasMatch
mod_allowmethods section: AllowMethods
mod_auth_basic section+AuthConfig: AuthBasicProvider AuthBasicAuthoritative AuthBasicFake AuthBasicUseDigestAlgorithm
mod_auth_digest section+AuthConfig: AuthDigestProvider AuthDigestQop AuthDigestNonceLifetime AuthDigestNcCheck AuthDigestAlgorithm
  AuthDigestDomain
mod_auth_digest server: AuthDigestShmemSize
mod_auth_form section: AuthFormSize
mod_auth_form section+AuthConfig: AuthFormProvider AuthFormUsername AuthFormPassword AuthFormLocation AuthFormMethod AuthFormMimetype
  AuthFormBody AuthFormLoginRequiredLocation AuthFormLoginSuccessLocation AuthFormLogoutLocation AuthFormSitePassphrase
  AuthFormAuthoritative AuthFormFakeBasicAuth AuthFormDisableNoStore
mod_authn_anon section+AuthConfig: Anonymous Anonymous_MustGiveEmail Anonymous_NoUserId Anonymous_VerifyEmail Anonymous_LogEmail
mod_authn_core section+AuthConfig: AuthType AuthName
mod_authn_core server: AuthnProviderAlias
mod_authn_dbd section: AuthDBDUserPWQuery AuthDBDUserRealmQuery
mod_authn_dbm section+AuthConfig: AuthDBMUserFile AuthDBMType
mod_authn_file section+AuthConfig: AuthUserFile
mod_authn_socache section: AuthnCacheContext
mod_authn_socache section+AuthConfig: AuthnCacheProvideFor AuthnCacheTimeout
mod_authn_socache server: AuthnCacheSOCache AuthnCacheEnable
mod_authnz_fcgi any+FileInfo: AuthnzFcgiCheckAuthnProvider
mod_authnz_fcgi server: AuthnzFcgiDefineProvider
mod_authnz_ldap section+AuthConfig: AuthLDAPURL AuthLDAPBindDN AuthLDAPBindPassword AuthLDAPBindAuthoritative AuthLDAPRemoteUserIsDN
  AuthLDAPRemoteUserAttribute AuthLDAPCompareDNOnServer AuthLDAPSubGroupAttribute AuthLDAPSubGroupClass AuthLDAPMaxSubGroupDepth
  AuthLDAPGroupAttribute AuthLDAPGroupAttributeIsDN AuthLDAPDereferenceAliases AuthLDAPAuthorizePrefix AuthLDAPInitialBindAsUser
  AuthLDAPInitialBindPattern AuthLDAPSearchAsUser AuthLDAPCompareAsUser
mod_authnz_ldap server: AuthLDAPCharsetConfig
mod_authz_core section+AuthConfig: Require RequireAll RequireAny RequireNone AuthMerging AuthzSendForbiddenOnFailure
mod_authz_core server: AuthzProviderAlias
mod_authz_dbd section: AuthzDBDLoginToReferer AuthzDBDQuery AuthzDBDRedirectQuery
mod_authz_dbm section+AuthConfig: AuthDBMGroupFile AuthzDBMType
mod_authz_groupfile section+AuthConfig: AuthGroupFile
mod_autoindex any+Any: FancyIndexing
mod_autoindex any+Indexes: AddIcon AddIconByType AddIconByEncoding AddAlt AddAltByType AddAltByEncoding IndexOptions IndexOrderDefault
  IndexIgnore IndexIgnoreReset AddDescription HeaderName ReadmeName DefaultIcon IndexStyleSheet IndexHeadInsert
mod_brotli server: BrotliFilterNote BrotliCompressionQuality BrotliCompressionWindow BrotliCompressionMaxInputBlock BrotliAlterETag
mod_buffer section: BufferSize
mod_cache any: CacheEnable CacheDisable CacheMaxExpire CacheMinExpire CacheDefaultExpire CacheIgnoreNoLastMod CacheStoreExpired
  CacheStorePrivate CacheStoreNoStore CacheLastModifiedFactor CacheHeader CacheDetailHeader CacheStaleOnError
mod_cache server: CacheQuickHandler CacheIgnoreCacheControl CacheIgnoreHeaders CacheIgnoreQueryString CacheIgnoreURLSessionIdentifiers
  CacheLock CacheLockPath CacheLockMaxAge CacheKeyBaseURL
mod_cache_disk any: CacheMinFileSize CacheMaxFileSize CacheReadSize CacheReadTime
mod_cache_disk server: CacheRoot CacheDirLevels CacheDirLength
mod_cache_socache any: CacheSocacheMaxTime CacheSocacheMinTime CacheSocacheMaxSize CacheSocacheReadSize CacheSocacheReadTime
mod_cache_socache server: CacheSocache
mod_cgi any: CGIScriptTimeout
mod_cgi server: ScriptLog ScriptLogLength ScriptLogBuffer
mod_cgid any: CGIDScriptTimeout
mod_cgid server: ScriptLog ScriptLogLength ScriptLogBuffer ScriptSock
mod_charset_lite any+FileInfo: CharsetSourceEnc CharsetDefault CharsetOptions
mod_dav any: DAVMinTimeout DAVDepthInfinity DAVLockDiscovery
mod_dav section: DAV DAVBasePath
mod_dav_fs server: DAVLockDB
mod_dav_lock section: DAVGenericLockDB
mod_dbd server: DBDriver DBDParams DBDPersist DBDPrepareSQL DBDInitSQL DBDMin DBDKeep DBDMax DBDExptime
mod_deflate any+Any: DeflateInflateLimitRequestBody DeflateInflateRatioLimit DeflateInflateRatioBurst
mod_deflate server: DeflateFilterNote DeflateWindowSize DeflateBufferSize DeflateMemLevel DeflateCompressionLevel DeflateAlterEtag
mod_dir any+Indexes: FallbackResource DirectoryIndex DirectorySlash DirectoryCheckHandler DirectoryIndexRedirect
mod_dumpio server: DumpIOInput DumpIOOutput
mod_env any+FileInfo: PassEnv SetEnv UnsetEnv
mod_expires any+Indexes: ExpiresActive ExpiresByType ExpiresDefault
mod_ext_filter section: ExtFilterOptions
mod_ext_filter server: ExtFilterDefine
mod_file_cache server: cachefile mmapfile
mod_filter any: FilterTrace
mod_filter any+FileInfo: AddOutputFilterByType
mod_filter any+Options: FilterDeclare FilterProvider FilterChain FilterProtocol
mod_headers any+FileInfo: Header RequestHeader
mod_heartmonitor server: HeartbeatListen HeartbeatStorage HeartbeatMaxServers
mod_http2 any+AuthConfig: H2Upgrade H2Push
mod_http2 any+AuthConfig|FileInfo: H2PushResource H2EarlyHint
mod_http2 any+FileInfo: H2CopyFiles H2ProxyRequests
mod_http2 server: H2MaxSessionStreams H2WindowSize H2MinWorkers H2MaxWorkers H2MaxWorkerIdleSeconds H2StreamMaxMemSize
  H2SerializeHeaders H2ModernTLSOnly H2Direct H2SessionExtraFiles H2TLSWarmUpSize H2TLSCoolDownSecs H2PushPriority H2PushDiarySize
  H2EarlyHints H2Padding H2OutputBuffering H2StreamTimeout H2MaxDataFrameLen H2MaxHeaderBlockLen H2MaxStreamErrors H2WebSockets
mod_ident any: IdentityCheck IdentityCheckTimeout
mod_imagemap any+Indexes: ImapMenu ImapDefault ImapBase
mod_include any+Any: SSIErrorMsg SSITimeFormat SSIUndefinedEcho
mod_include any+Options: XBitHack
mod_include section+Limit: SSILegacyExprParser SSILastModified SSIEtag
mod_include server: SSIStartTag SSIEndTag
mod_info server: AddModuleInfo
mod_log_config server: CustomLog GlobalLog TransferLog LogFormat BufferedLogs
mod_log_debug any: LogMessage
mod_logio any+Any: LogIOTrackTTFB
mod_lua any+Any: LuaRoot LuaPackagePath LuaPackageCPath LuaHookPreTranslateName LuaHookTranslateName LuaHookFixups LuaHookMapToStorage
  LuaHookCheckUserID LuaHookTypeChecker LuaHookAccessChecker LuaHookAuthChecker LuaHookInsertFilter LuaHookLog LuaScope LuaInherit
  LuaCodeCache LuaQuickHandler Lua_____ByteCodeHack LuaMapHandler LuaOutputFilter LuaInputFilter
mod_lua server: LuaAuthzProvider
mod_macro any+Any: Macro Use UndefMacro MacroIgnoreEmptyArgs MacroIgnoreBadNesting
mod_md any+AuthConfig: MDRequireHttps
mod_md server: MDCertificateAuthority MDCertificateAgreement MDCAChallenges MDCertificateProtocol MDContactEmail MDDriveMode MDRenewMode
  MDomain MDomainSet MDMember MDMembers MDMustStaple MDPortMap MDPrivateKeys MDHttpProxy MDStoreDir MDRenewWindow MDNotifyCmd
  MDBaseServer MDChallengeDns01 MDChallengeDns01Version MDCertificateFile MDCertificateKeyFile MDServerStatus MDCertificateStatus
  MDWarnWindow MDMessageCmd MDStapling MDStapleOthers MDStaplingKeepResponse MDStaplingRenewWindow MDCertificateCheck MDActivationDelay
  MDCACertificateFile MDHttpProxyCACertificateFile MDExternalAccountBinding MDRetryDelay MDRetryFailover MDStoreLocks MDMatchNames
  MDInitialDelay MDCheckInterval MDProfile MDProfileMandatory MDRenewViaARI
mod_mime any+FileInfo: AddCharset AddEncoding AddHandler AddInputFilter AddLanguage AddOutputFilter AddType DefaultLanguage
  MultiviewsMatch RemoveCharset RemoveEncoding RemoveHandler RemoveInputFilter RemoveLanguage RemoveOutputFilter RemoveType
mod_mime section: ModMimeUsePathInfo
mod_mime server: TypesConfig
mod_mime_magic server: MimeMagicFile
mod_negotiation any+FileInfo: LanguagePriority ForceLanguagePriority
mod_negotiation server: CacheNegotiatedDocs
mod_proxy any: ProxyPassInterpolateEnv ProxyPass ProxyPassMatch ProxyPassReverse ProxyPassReverseCookiePath ProxyPassReverseCookieDomain
  ProxyErrorOverride ProxyPreserveHost BalancerMember ProxySet ProxyAddHeaders Proxy100Continue
mod_proxy server: Proxy ProxyMatch ProxyRequests ProxyRemote ProxyRemoteMatch ProxyBlock ProxyReceiveBufferSize ProxyIOBufferSize
  ProxyMaxForwards NoProxy ProxyDomain ProxyVia ProxyTimeout ProxyBadHeader BalancerGrowth BalancerPersist BalancerInherit
  ProxyPassInherit ProxyStatus ProxySourceAddress
mod_proxy_connect server: AllowCONNECT
mod_proxy_express any+FileInfo: ProxyExpressEnable ProxyExpressDBMFile ProxyExpressDBMType
mod_proxy_fcgi any+FileInfo: ProxyFCGIBackendType ProxyFCGISetEnvIf
mod_proxy_ftp any: ProxyFtpListOnWildcard ProxyFtpEscapeWildcards ProxyFtpDirCharset
mod_proxy_hcheck any+FileInfo: ProxyHCTemplate ProxyHCExpr
mod_proxy_hcheck server: ProxyHCTPsize
mod_proxy_html any: ProxyHTMLEvents ProxyHTMLLinks ProxyHTMLURLMap ProxyHTMLDoctype ProxyHTMLFixups ProxyHTMLMeta ProxyHTMLInterp
  ProxyHTMLExtended ProxyHTMLStripComments ProxyHTMLBufSize ProxyHTMLCharsetOut ProxyHTMLEnable
mod_proxy_scgi any: ProxySCGISendfile ProxySCGIInternalRedirect
mod_proxy_wstunnel any: ProxyWebsocketFallbackToProxyHttp
mod_reflector any+Options: ReflectorHeader
mod_remoteip server: RemoteIPHeader RemoteIPProxiesHeader RemoteIPTrustedProxy RemoteIPInternalProxy RemoteIPTrustedProxyList
  RemoteIPInternalProxyList RemoteIPProxyProtocol RemoteIPProxyProtocolExceptions
mod_reqtimeout server: RequestReadTimeout
mod_request section: KeptBodySize
mod_rewrite any+FileInfo: RewriteEngine RewriteOptions RewriteBase RewriteCond RewriteRule
mod_rewrite server: RewriteMap
mod_security2 any: SecAction SecArgumentSeparator SecCookiev0Separator SecAuditEngine SecAuditLog SecAuditLog2 SecAuditLogParts
  SecAuditLogRelevantStatus SecAuditLogType SecAuditLogFormat SecAuditLogStorageDir SecAuditLogDirMode SecAuditLogFileMode
  SecCacheTransformations SecContentInjection SecStreamOutBodyInspection SecStreamInBodyInspection SecCookieFormat SecDebugLog
  SecDebugLogLevel SecCollectionTimeout SecDefaultAction SecDisableBackendCompression SecMarker SecRequestBodyAccess SecInterceptOnError
  SecRulePerfTime SecConnReadStateLimit SecReadStateLimit SecConnWriteStateLimit SecWriteStateLimit SecRequestBodyInMemoryLimit
  SecRequestBodyLimit SecRequestBodyNoFilesLimit SecRequestBodyJsonDepthLimit SecArgumentsLimit SecRequestEncoding SecResponseBodyAccess
  SecResponseBodyLimit SecResponseBodyLimitAction SecRequestBodyLimitAction SecResponseBodyMimeType SecResponseBodyMimeTypesClear
  SecRule SecRuleEngine SecStatusEngine SecConnEngine SecRemoteRules SecRemoteRulesFailAction SecXmlExternalEntity SecRuleInheritance
  SecRuleScript SecRuleRemoveById SecRuleRemoveByTag SecRuleRemoveByMsg SecHashMethodPm SecHashMethodRx SecRuleUpdateActionById
  SecRuleUpdateTargetById SecRuleUpdateTargetByTag SecRuleUpdateTargetByMsg SecTmpDir SecUploadDir SecUploadFileLimit SecUploadFileMode
  SecUploadKeepFiles SecTmpSaveUploadedFiles SecWebAppId SecHttpBlKey SecHashEngine SecHashKey SecHashParam
mod_security2 server: SecChrootDir SecComponentSignature SecDataDir SecGsbLookupDB SecUnicodeCodePage SecUnicodeMapFile SecGeoLookupDB
  SecGuardianLog SecPcreMatchLimit SecPcreMatchLimitRecursion SecServerSignature SecSensorId
mod_sed section: OutputSed InputSed
mod_session any+AuthConfig: Session SessionMaxAge SessionHeader SessionEnv SessionInclude SessionExclude SessionExpiryUpdateInterval
mod_session_cookie any+AuthConfig: SessionCookieName SessionCookieName2 SessionCookieRemove
mod_session_crypto any: SessionCryptoPassphraseFile
mod_session_crypto any+AuthConfig: SessionCryptoPassphrase SessionCryptoCipher
mod_session_crypto server: SessionCryptoDriver
mod_setenvif any+FileInfo: SetEnvIf SetEnvIfNoCase SetEnvIfExpr BrowserMatch BrowserMatchNoCase
mod_so server: LoadModule LoadFile
mod_speling any+Options: CheckSpelling CheckCaseOnly CheckBasenameMatch
mod_ssl any+Any: SSLLog SSLLogLevel
mod_ssl any+AuthConfig: SSLCipherSuite SSLCACertificatePath SSLCACertificateFile SSLVerifyClient SSLVerifyDepth SSLUserName
mod_ssl any+Options: SSLOptions
mod_ssl section+AuthConfig: SSLRequireSSL SSLRequire SSLRenegBufferSize
mod_ssl server: SSLPassPhraseDialog SSLSessionCache SSLCryptoDevice SSLRandomSeed SSLVHostSNIPolicy SSLEngine SSLFIPS SSLCertificateFile
  SSLCertificateKeyFile SSLCertificateChainFile SSLSessionTicketKeyFile SSLCADNRequestPath SSLCADNRequestFile SSLCARevocationPath
  SSLCARevocationFile SSLCARevocationCheck SSLSessionCacheTimeout SSLProtocol SSLHonorCipherOrder SSLCompression SSLSessionTickets
  SSLInsecureRenegotiation SSLStrictSNIVHostCheck SSLSRPVerifierFile SSLSRPUnknownUserSeed SSLProxyEngine SSLProxyProtocol
  SSLProxyCipherSuite SSLProxyVerify SSLProxyVerifyDepth SSLProxyCACertificateFile SSLProxyCACertificatePath SSLProxyCARevocationPath
  SSLProxyCARevocationFile SSLProxyCARevocationCheck SSLProxyMachineCertificateFile SSLProxyMachineCertificatePath
  SSLProxyMachineCertificateChainFile SSLProxyCheckPeerExpire SSLProxyCheckPeerCN SSLProxyCheckPeerName SSLOCSPEnable
  SSLOCSPDefaultResponder SSLOCSPOverrideResponder SSLOCSPResponseTimeSkew SSLOCSPResponseMaxAge SSLOCSPResponderTimeout
  SSLOCSPUseRequestNonce SSLOCSPProxyURL SSLOCSPNoVerify SSLOCSPResponderCertificateFile SSLStaplingCache SSLUseStapling
  SSLStaplingResponseTimeSkew SSLStaplingResponderTimeout SSLStaplingResponseMaxAge SSLStaplingStandardCacheTimeout
  SSLStaplingReturnResponderErrors SSLStaplingFakeTryLater SSLStaplingErrorCacheTimeout SSLStaplingForceURL SSLOpenSSLConfCmd
mod_substitute any+FileInfo: Substitute SubstituteMaxLineLength SubstituteInheritBefore
mod_suexec server: SuexecUserGroup
mod_unixd server: User Group ChrootDir Suexec
mod_userdir server: UserDir
mod_usertrack any+FileInfo: CookieExpires CookieDomain CookieStyle CookieTracking CookieName CookieSameSite CookieSecure CookieHttpOnly
mod_version any+Any: IfVersion
mod_vhost_alias server: VirtualScriptAlias VirtualDocumentRoot VirtualScriptAliasIP VirtualDocumentRootIP
mod_watchdog server: WatchdogInterval
mod_xml2enc any+Any: xml2EncDefault xml2StartParse
mod_xml2enc server: xml2EncAlias
util_ldap section+AuthConfig: LDAPTrustedClientCert LDAPReferrals LDAPReferralHopLimit
util_ldap server: LDAPSharedCacheSize LDAPSharedCacheFile LDAPCacheEntries LDAPCacheTTL LDAPOpCacheEntries LDAPOpCacheTTL
  LDAPTrustedGlobalCert LDAPTrustedMode LDAPVerifyServerCert LDAPConnectionTimeout LDAPLibraryDebug LDAPTimeout LDAPConnectionPoolTTL
  LDAPRetries LDAPRetryDelay
mod_log_forensic server: ForensicLog
`;

// src/formats/apache/directives.ts
function readTable() {
  const rules2 = /* @__PURE__ */ new Map();
  for (const line of directiveTable.trim().replace(/\n {2}/g, " ").split("\n")) {
    const [head = "", names = ""] = line.split(": ");
    const [module2 = "", where = ""] = head.split(" ");
    const [context = "any", overrides] = where.split("+");
    if (context !== "any" && context !== "server" && context !== "section") continue;
    for (const name of names.split(" ")) {
      rules2.set(name.toLowerCase(), { module: module2, context, overrides: overrides?.split("|") ?? null });
    }
  }
  return rules2;
}
var table = null;
function rulesOf(key) {
  table ??= readTable();
  return table.get(key);
}
var foreign = /^(php_|suphp_|modpagespeed|pagespeed|passenger|rails|wsgi|perl|fcgid|fastcgi|jk|sec|geoip|maxminddb|dos|xsendfile|cacheloo?kup|cache|shib|oidc|cas|auth|krb|gss|mellon|melon|limitipconn|bw|bandwidth|qs_|tomcat|webdav|svn|dav|python|ruby|mono|upload|cloudflare|rpaf|evasive|lsapi|litespeed|crawlerlimit|esi|tinyproxy|amplify|newrelic|dtrace|lua|uwsgi|mod_|waf|defender|spamhaus|clamav|auth_|am_|gnutls|nss|cl|suexec|itk|assignuserid|maxclientsvhost|nicevalue|h264|flv|dyn|concat|minify|redis|memcache|mpm|chroot|antiloris|throttle|perlmodule|loadfactor|itkfile|ssi|hls|fairness|icap)/;
function mayBeForeign(key) {
  return foreign.test(key);
}

// src/formats/apache/lex.ts
var blank2 = /[ \t\n\v\f\r]/;
function* logicalLines(file) {
  const source = file.text;
  let parts2 = [];
  let pieces = [];
  let from = 0;
  let at = 0;
  while (at < source.length) {
    const newline = source.indexOf("\n", at);
    const next = newline < 0 ? source.length : newline + 1;
    const content = newline < 0 ? next : source[newline - 1] === "\r" && newline > at ? newline - 1 : newline;
    const continued = newline >= 0 && content > at && source[content - 1] === "\\";
    const text2 = source.slice(at, continued ? content - 1 : content);
    pieces.push({ from, at });
    parts2.push(text2);
    from += text2.length;
    if (!continued || next === source.length) {
      yield trim({ file, text: parts2.join(""), pieces });
      parts2 = [];
      pieces = [];
      from = 0;
    }
    at = next;
  }
}
function slice(line, start3, end = line.text.length) {
  const first = pieceIndex(line, start3);
  const pieces = line.pieces.slice(first).filter((piece, index2) => index2 === 0 || piece.from < end).map(
    (piece) => piece.from >= start3 ? { from: piece.from - start3, at: piece.at } : { from: 0, at: piece.at + (start3 - piece.from) }
  );
  return { ...line, text: line.text.slice(start3, end), pieces };
}
function spanOf(line, start3 = 0, end = line.text.length) {
  if (line.standsAt !== void 0) return line.standsAt;
  const from = offsetInFile(line, start3);
  return { file: line.file, start: from, end: end <= start3 ? from : offsetInFile(line, end - 1) + 1 };
}
function trim(line) {
  const start3 = skipBlanks2(line.text, 0);
  let end = line.text.length;
  while (end > start3 && blank2.test(line.text[end - 1] ?? "")) end -= 1;
  return slice(line, start3, end);
}
function splitArguments(line) {
  const args = [];
  const { text: text2 } = line;
  const endOfWord = wordEnds(text2);
  let at = skipBlanks2(text2, 0);
  while (at < text2.length) {
    const quote2 = text2[at] === '"' || text2[at] === "'" ? text2[at] ?? "" : "";
    const start3 = at + quote2.length;
    const stop = quote2 === "" ? endOfWord(start3) : endOfQuoted(text2, start3, quote2);
    const end = Math.min(stop + quote2.length, text2.length);
    const inner = text2.slice(start3, stop);
    args.push({
      value: unescape(inner, quote2),
      raw: text2.slice(at, end),
      quoted: quote2 !== "",
      span: spanOf(line, at, end),
      template: hasPlaceholder(inner)
    });
    at = skipBlanks2(text2, end);
  }
  return args;
}
function endOfFirstWord(text2) {
  const quote2 = text2[0];
  if (quote2 === '"' || quote2 === "'") return Math.min(endOfQuoted(text2, 1, quote2) + 1, text2.length);
  const end = text2.search(blank2);
  return end < 0 ? text2.length : end;
}
function hasPlaceholder(text2) {
  if (!/[{@%<]/.test(text2)) return false;
  return tagPairs.some(([open, close2]) => {
    const start3 = text2.indexOf(open);
    return start3 >= 0 && text2.indexOf(close2, start3 + open.length) >= 0;
  }) || /@[A-Za-z][\w.-]+@|%[A-Za-z]\w{2,}%|(?<![%$\\{])\{[A-Z][A-Z0-9_]*\}|\$\{[^{}:\s$]+\}/.test(text2);
}
var tagPairs = [
  ["{{", "}}"],
  ["{%", "%}"],
  ["<%", "%>"],
  ["<?", "?>"]
];
function templateTags(text2) {
  const tags = [];
  for (const [open, close2] of tagPairs) {
    const last = text2.lastIndexOf(close2);
    for (let start3 = text2.indexOf(open); start3 >= 0 && start3 < last; start3 = text2.indexOf(open, start3)) {
      const end = text2.indexOf(close2, start3 + open.length);
      if (end < 0) break;
      tags.push({ start: start3, end: end + close2.length });
      start3 = end + close2.length;
    }
  }
  tags.sort((a, b) => a.start - b.start);
  return tags.filter((tag, index2) => tags.slice(Math.max(0, index2 - 1), index2).every((before) => before.end <= tag.start));
}
function wordEnds(text2) {
  const tags = templateTags(text2);
  let tag = 0;
  return (start3) => {
    let at = start3;
    while (at < text2.length && !blank2.test(text2[at] ?? "")) {
      while ((tags[tag]?.start ?? Infinity) < at) tag += 1;
      const next = tags[tag];
      at = next?.start === at ? next.end : at + 1;
    }
    return at;
  };
}
function endOfQuoted(text2, start3, quote2) {
  let at = start3;
  while (at < text2.length && text2[at] !== quote2) {
    const escape = text2[at] === "\\" && (text2[at + 1] === quote2 || text2[at + 1] === "\\");
    at += escape ? 2 : 1;
  }
  return Math.min(at, text2.length);
}
function unescape(inner, quote2) {
  if (!inner.includes("\\")) return inner;
  if (quote2 === "") return inner.replaceAll("\\\\", "\\");
  return inner.replace(
    /\\(["'\\])/g,
    (pair, escaped2) => escaped2 === quote2 || escaped2 === "\\" ? escaped2 : pair
  );
}
function skipBlanks2(text2, start3) {
  let at = start3;
  while (at < text2.length && blank2.test(text2[at] ?? "")) at += 1;
  return at;
}
function pieceIndex(line, offset) {
  let low = 0;
  let high = line.pieces.length - 1;
  while (low < high) {
    const middle = low + high + 1 >> 1;
    if ((line.pieces[middle]?.from ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return Math.max(low, 0);
}
function offsetInFile(line, offset) {
  const piece = line.pieces[pieceIndex(line, offset)];
  return piece === void 0 ? 0 : Math.min(piece.at + (offset - piece.from), line.file.text.length);
}

// src/formats/apache/parse.ts
var longestHtaccessLine = 8190;
var deepest2 = 64;
function parse2(file) {
  const nodes = [];
  const problems = [];
  const open = { stack: [], count: /* @__PURE__ */ new Map() };
  const limit = isHtaccess(file) ? longestHtaccessLine : Infinity;
  for (const line of logicalLines(file)) {
    if (line.text.length > limit) {
      problems.push(problem2("line-too-long", `a line of a .htaccess file may have ${limit} bytes`, spanOf(line)));
    }
    if (line.text === "" || line.text.startsWith("#")) continue;
    const into = open.stack.at(-1)?.into ?? nodes;
    if (startsWithTag(line.text)) into.push(templateLine(line));
    else if (line.text.startsWith("</")) close(line, open, problems);
    else if (line.text.startsWith("<")) openSection(line, into, open, problems);
    else into.push(directive(line));
  }
  for (const { section } of open.stack.reverse()) problems.push(unclosed(section));
  return { tree: { file, nodes }, problems };
}
function isHtaccess(file) {
  const name = file.path.slice(file.path.lastIndexOf("/") + 1);
  return /(^|[._-])htaccess/i.test(name);
}
function directive(line) {
  const end = endOfFirstWord(line.text);
  const [name] = splitArguments(slice(line, 0, end));
  return { kind: "directive", ...statement(line, name?.value ?? "", [0, end], trim(slice(line, end))) };
}
function openSection(line, into, open, problems) {
  const word3 = /^<[^ \t\v\f\r>]*/.exec(line.text)?.[0] ?? "<";
  const end = line.text.lastIndexOf(">");
  if (end < 0) problems.push(problem2("section-not-ended", `<${word3.slice(1)} has no closing '>'`, spanOf(line)));
  const args = trim(slice(line, word3.length, Math.max(end < 0 ? line.text.length : end, word3.length)));
  const section = {
    kind: "section",
    ...statement(line, word3.slice(1), [1, word3.length], args),
    children: [],
    close: null
  };
  into.push(section);
  open.stack.push({ section, into: open.stack.length < deepest2 ? section.children : into });
  open.count.set(section.key, (open.count.get(section.key) ?? 0) + 1);
}
function close(line, open, problems) {
  const name = /^<\/([^ \t\v\f\r>]*)(>?)/.exec(line.text);
  const key = (name?.[1] ?? "").toLowerCase();
  const at = spanOf(line);
  if (name?.[2] !== ">") problems.push(problem2("section-not-ended", `</${key} has no closing '>'`, at));
  if ((open.count.get(key) ?? 0) === 0) {
    problems.push(problem2("unexpected-close", `</${name?.[1] ?? ""}> closes no section`, at));
    return;
  }
  for (let top = open.stack.pop(); top !== void 0; top = open.stack.pop()) {
    open.count.set(top.section.key, (open.count.get(top.section.key) ?? 1) - 1);
    if (top.section.key === key) {
      top.section.close = at;
      return;
    }
    problems.push(unclosed(top.section));
  }
}
function statement(line, name, at, argsText) {
  return {
    name,
    key: name.toLowerCase(),
    nameSpan: spanOf(line, at[0], at[1]),
    args: splitArguments(argsText),
    argsText,
    span: spanOf(line),
    template: hasPlaceholder(name)
  };
}
function startsWithTag(text2) {
  return /^(\{\{|\{%|<%|<\?)/.test(text2) && templateTags(text2)[0]?.start === 0;
}
function templateLine(line) {
  const end = templateTags(line.text)[0]?.end ?? line.text.length;
  const name = line.text.slice(0, end);
  return { kind: "directive", ...statement(line, name, [0, end], trim(slice(line, end))) };
}
function unclosed(section) {
  return problem2("unclosed-section", `<${section.name}> is not closed`, section.span);
}
function problem2(code, message, at) {
  return { code, message, at };
}

// src/formats/apache/claims.ts
var serverNames = /^(?:httpd|apache2?|vhosts?|httpd-vhosts|default-ssl|000-default)(?:[-.].*)?\.conf(?:\.\w+)?$/i;
var htaccessNames = /htaccess[\w.-]*$/i;
var likelyNames = /\.(?:conf|vhost|htaccess|tpl|tmpl|j2|erb|template|dist|inc|example|sample|txt|load)$|^[^.]+$/i;
var serverFolders = /(?:^|\/)(?:apache2?|httpd)\/(?:.*\/)?(?:sites|conf|mods)-(?:available|enabled)\/[^/]+$/i;
var foreignNames = /\.(?:md|html?|xml|json|ya?ml|php|js|ts|py|rb|go|java|sh|css|svg)$/i;
var sectionLine = /^[ \t]*<(?:VirtualHost|Directory(?:Match)?|Location(?:Match)?|Files(?:Match)?|IfModule|Limit(?:Except)?|RequireA(?:ll|ny))\b[^\n]*>/im;
var sampleLines = 80;
var enough = 0.6;
function claims(file) {
  const name = file.path.slice(file.path.lastIndexOf("/") + 1);
  if (foreignNames.test(name)) return null;
  if (/\.htaccess$/i.test(name) || htaccessNames.test(name) && likelyNames.test(name)) return "name";
  if (serverFolders.test(file.path) && holdsOnlyPath(file)) return "name";
  if (!likelyNames.test(name) && !serverFolders.test(file.path)) return null;
  if (!sectionLine.test(file.text) && !isMostlyDirectives(file.text)) return null;
  return serverNames.test(name) || isHtaccess(file) ? "name" : "content";
}
function holdsOnlyPath(file) {
  return /^[^\s#<]*\/[^\s]*\s*$/.test(file.text);
}
function isMostlyDirectives(text2) {
  const lines = text2.split(/\r\n|\n|\r/, sampleLines * 4).map((line) => line.trim()).filter(Boolean);
  const live = lines.filter((line) => !line.startsWith("#")).slice(0, sampleLines);
  if (live.length > 0) return live.filter(isDirective).length / live.length >= enough;
  return lines.filter((line) => isDirective(line.replace(/^#+\s*/, ""))).length >= 2;
}
function isDirective(line) {
  const [, name = "", rest = ""] = /^<?\/?([A-Za-z][A-Za-z0-9]*)\b\s*(.*)$/.exec(line) ?? [];
  return !/[;{]$/.test(line) && (line.startsWith("<") || rest !== "") && !/^sec[a-z]/i.test(name) && rulesOf(name.toLowerCase()) !== void 0 && !isProse(rest);
}
function isProse(rest) {
  return rest.split(/\s+/).length > 6 && /[.!?]$/.test(rest);
}

// src/formats/apache/modules.ts
var usual = [
  "core",
  "http",
  "so",
  "version",
  "access_compat",
  "actions",
  "alias",
  "allowmethods",
  "auth_basic",
  "authn_core",
  "authn_file",
  "authz_core",
  "authz_groupfile",
  "authz_host",
  "authz_user",
  "autoindex",
  "cgi",
  "cgid",
  "deflate",
  "dir",
  "env",
  "expires",
  "filter",
  "headers",
  "include",
  "log_config",
  "logio",
  "mime",
  "mime_magic",
  "negotiation",
  "proxy",
  "proxy_fcgi",
  "proxy_http",
  "proxy_wstunnel",
  "proxy_balancer",
  "remoteip",
  "reqtimeout",
  "request",
  "rewrite",
  "setenvif",
  "socache_shmcb",
  "ssl",
  "status",
  "substitute",
  "unixd",
  "unique_id",
  "vhost_alias",
  "brotli",
  "http2",
  "macro"
];
var gone = ["authz_default", "authn_default", "access", "auth", "log_config_stream", "gzip", "auth_mysql", "layout"];
var files2 = { core: "core.c", http: "http_core.c" };
var loaded = new Set(usual.flatMap((name) => [files2[name] ?? `mod_${name}.c`, `${name}_module`]));
var absent = new Set(gone.flatMap((name) => [`mod_${name}.c`, `${name}_module`]));
function moduleLoaded(name) {
  if (loaded.has(name)) return true;
  if (absent.has(name) || loaded.has(name.toLowerCase())) return false;
  return null;
}

// src/formats/apache/expand.ts
var deepestInclude = 16;
var mostStatements = 2e5;
var version = [2, 4, 71];
function expansion(files3, includes) {
  return { includes, files: files3, defined: /* @__PURE__ */ new Map(), macros: /* @__PURE__ */ new Map(), read: [], problems: [], ignored: [], missing: [] };
}
function expand(nodes, into, depth = 0) {
  return nodes.flatMap((node) => expandNode(define2(node, into), into, depth));
}
function expandNode(node, into, depth) {
  if (into.read.length > mostStatements) return [];
  if (node.kind === "directive") return expandDirective(node, into, depth);
  if (node.key === "macro") {
    into.macros.set((node.args[0]?.value ?? "").toLowerCase(), node);
    return [];
  }
  const guard = readCondition(node, into);
  if (guard === null) return [{ node, guard: always, children: expand(node.children, into, depth) }];
  if (guard.kind === "any" && guard.of.length === 0) {
    into.ignored.push({ at: node.span, note: `not read: <${node.name} ${node.argsText.text}> does not hold here` });
    return [];
  }
  return expand(node.children, into, depth).map((one) => ({ ...one, guard: all(guard, one.guard) }));
}
function expandDirective(node, into, depth) {
  const [first, second] = node.args;
  if (node.key === "define" && first !== void 0) into.defined.set(first.value, second?.value ?? "");
  if (node.key === "undefine" && first !== void 0) into.defined.delete(first.value);
  if (node.key === "use") return useMacro(node, into, depth);
  if (into.includes && (node.key === "include" || node.key === "includeoptional")) return include(node, into, depth);
  return [{ node, guard: always, children: [] }];
}
function readCondition(node, into) {
  const written3 = node.args[0]?.value ?? "";
  const negated2 = written3.startsWith("!");
  const name = negated2 ? written3.slice(1) : written3;
  const answer = decideSection(node, name, into);
  if (answer === void 0) return null;
  const held = answer === null ? unknownSection(node, name) : answer ? always : not(always);
  return negated2 ? not(held) : held;
}
function decideSection(node, name, into) {
  switch (node.key) {
    case "ifmodule":
      return moduleLoaded(name);
    case "ifdefine":
      return into.defined.has(name) ? true : null;
    case "ifversion":
      return versionHolds(node);
    case "iffile":
      return null;
    case "ifdirective":
    case "ifsection":
      return rulesOf(name.replace(/^</, "").toLowerCase()) !== void 0 ? true : null;
    default:
      return void 0;
  }
}
function unknownSection(node, name) {
  const words3 = {
    ifmodule: `whether the module ${name} is loaded`,
    ifdefine: `whether the server is started with -D ${name}`,
    iffile: `whether ${name} is on disk`
  };
  const why = words3[node.key] ?? `whether <${node.name} ${node.argsText.text}> holds`;
  return { kind: "unknown", key: `${node.key} ${name}`, why, reads: [], at: node.span };
}
function versionHolds(node) {
  const [first = "", second = ""] = node.args.map((arg) => arg.value.replace(/^!/, ""));
  const named4 = /^(=|==|<|>|<=|>=|~)$/.test(first);
  const operator = named4 ? first : "=";
  const wanted = named4 ? second : first;
  if (operator === "~" || !/^\d+(\.\d+){0,2}$/.test(wanted)) return null;
  const difference2 = compareVersion(wanted.split(".").map(Number), operator);
  if (operator === "<") return difference2 < 0;
  if (operator === ">") return difference2 > 0;
  if (operator === "<=") return difference2 <= 0;
  return operator === ">=" ? difference2 >= 0 : difference2 === 0;
}
function compareVersion(wanted, operator) {
  const parts2 = operator === "=" || operator === "==" ? wanted.length : 3;
  for (let index2 = 0; index2 < parts2; index2 += 1) {
    const difference2 = (version[index2] ?? 0) - (wanted[index2] ?? 0);
    if (difference2 !== 0) return difference2;
  }
  return 0;
}
function include(node, into, depth) {
  const pattern4 = node.args[0]?.value ?? "";
  const found = depth >= deepestInclude || node.args[0]?.template === true ? [] : resolveInclude(node, pattern4, into.files);
  if (found.length === 0) {
    into.missing.push({ at: node.span, note: `${pattern4} was not found, so what it holds is not known` });
  }
  return found.flatMap((file) => {
    if (into.read.some((known3) => known3.path === file.path) && depth > 0) return [];
    into.read.push(file);
    const { tree, problems } = parse2(file);
    into.problems.push(...problems);
    return expand(tree.nodes, into, depth + 1);
  });
}
function resolveInclude(node, pattern4, files3) {
  for (const candidate of candidates2(node.span.file.path, pattern4)) {
    const paths = /[*?[]/.test(candidate) ? files3.list(candidate) : [candidate];
    const found = paths.flatMap((path) => files3.read(path) ?? []);
    if (found.length > 0) return found;
  }
  return [];
}
function candidates2(from, pattern4) {
  if (pattern4.startsWith("/")) return [pattern4];
  const folders = from.split("/").slice(0, -1);
  return folders.map((_, index2) => [...folders.slice(0, folders.length - index2), pattern4].join("/")).concat(pattern4);
}
function useMacro(node, into, depth) {
  const [name, ...values] = node.args.map((arg) => arg.value);
  const macro = into.macros.get((name ?? "").toLowerCase());
  if (macro === void 0 || depth >= deepestInclude) {
    into.missing.push({ at: node.span, note: `the macro ${name ?? ""} is not defined in what was read` });
    return [];
  }
  const parameters = macro.args.slice(1).map((arg) => arg.value);
  const replacements2 = parameters.map((parameter2, index2) => [parameter2, values[index2] ?? ""]).sort((a, b) => b[0].length - a[0].length);
  const fill2 = (text2) => replacements2.reduce((done, [from, to]) => from === "" ? done : done.replaceAll(from, to), text2);
  return expand(macro.children.map((child) => rewriteNode(child, fill2)), into, depth + 1);
}
function define2(node, into) {
  if (into.defined.size === 0) return node;
  const fill2 = (text2) => text2.replace(/\$\{([^}:]+)\}/g, (whole2, name) => into.defined.get(name) ?? whole2);
  return rewriteStatement(node, fill2);
}
function rewriteNode(node, fill2) {
  const changed = rewriteStatement(node, fill2);
  if (changed.kind === "directive") return changed;
  return { ...changed, children: changed.children.map((child) => rewriteNode(child, fill2)) };
}
function rewriteStatement(node, fill2) {
  const text2 = fill2(node.argsText.text);
  if (text2 === node.argsText.text) return node;
  const argsText = { ...node.argsText, text: text2, standsAt: node.span };
  return { ...node, argsText, args: splitArguments(argsText) };
}

// src/formats/apache/gates.ts
function because(at, note, ...more) {
  return [{ at, note }, ...more];
}
function gate(when, effect, why, reason) {
  return { when, effect, because: why, reason };
}
function deny(when, status, why, reason) {
  return gate(when, { kind: "deny", status }, why, reason);
}
function fixable(one, fix) {
  return fix === null ? one : { ...one, fix };
}
function implied(one) {
  return { ...one, implied: true };
}
function set(variable3, value2, at, when = always) {
  const template = typeof value2 === "string" ? text(value2) : value2;
  return gate(when, { kind: "set", variable: variable3, value: template }, because(at, "is remembered"), "none");
}
function jump2(to, at, when = always) {
  return gate(when, { kind: "jump", to }, because(at, "decides where to go on"), "none");
}
function leave(at, when = always) {
  return gate(when, { kind: "continue" }, because(at, "decides here"), "none");
}
function label(name, at) {
  return { ...set("", "", at, not(always)), label: name };
}
function variableIs(variable3, value2, at) {
  return testText(fieldValue(`var:${variable3}`), { kind: "equals", value: text(value2) }, at);
}
function variable(name) {
  return fieldValue(`var:${name}`);
}
function quoted(literal2) {
  return literal2.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
function matches(subject2, pattern4, at, options2 = {}) {
  return testText(subject2, { kind: "matches", pattern: pattern4, dotAll: true, dollarEndOnly: true, ...options2 }, at);
}
function latestFirst(layers, gatesOf6) {
  const gates = [];
  for (const layer of layers.toReversed()) {
    gates.push(...gatesOf6(layer));
    gates.push(leave(layer.at, layer.when));
  }
  return gates;
}
function under(when, one) {
  return { ...one, when: all(when, one.when) };
}

// src/formats/apache/addresses.ts
function network(written3) {
  const [address = "", mask] = written3.split("/");
  if (address.includes(":")) return /^[0-9a-fA-F:.]+$/.test(address) ? `${address}/${mask ?? "128"}` : null;
  if (!/^\d{1,3}(\.\d{1,3}){0,3}\.?$/.test(address)) return null;
  const bytes = address.split(".").filter((part) => part !== "");
  if (bytes.some((byte) => Number(byte) > 255)) return null;
  const whole2 = [...bytes, "0", "0", "0"].slice(0, 4).join(".");
  if (mask === void 0) return `${whole2}/${8 * bytes.length}`;
  if (/^\d{1,2}$/.test(mask)) return Number(mask) <= 32 ? `${whole2}/${mask}` : null;
  const prefix = prefixOf2(mask);
  return prefix === null ? null : `${whole2}/${prefix}`;
}
function prefixOf2(mask) {
  const bits = mask.split(".").map((byte) => Number(byte).toString(2).padStart(8, "0")).join("");
  return /^1*0*$/.test(bits) && bits.length === 32 ? bits.indexOf("0") < 0 ? 32 : bits.indexOf("0") : null;
}
var loopback = ["127.0.0.0/8", "::1/128"];
function clientFrom(written3, at) {
  const blocks2 = written3.flatMap((one) => one === "localhost" ? loopback : network(one) ?? []);
  const hosts = written3.filter((one) => one !== "localhost" && network(one) === null);
  const inBlocks = test("clientAddress", { kind: "inNetwork", blocks: blocks2 }, at);
  if (hosts.length === 0) return inBlocks;
  const named4 = {
    kind: "unknown",
    key: `client host ${hosts.join(" ")}`,
    why: `whether the client's host name is in ${hosts.join(", ")}`,
    reads: ["clientAddress"],
    at
  };
  return blocks2.length === 0 ? named4 : { kind: "any", of: [inBlocks, named4] };
}

// src/formats/apache/rewrite-parse.ts
function rewriteWords(line) {
  const { text: text2 } = line;
  const pieces = [];
  let at = skip(text2, 0);
  while (at < text2.length && pieces.length < 3) {
    const quote2 = text2[at] === '"' || text2[at] === "'" ? text2[at] : void 0;
    const start3 = quote2 === void 0 ? at : at + 1;
    const end = wordEnd(text2, start3, quote2);
    pieces.push({ text: text2.slice(start3, end), span: spanOf(line, start3, end) });
    at = skip(text2, quote2 === void 0 ? end : end + 1);
  }
  return pieces;
}
function wordEnd(text2, start3, quote2) {
  let at = start3;
  while (at < text2.length) {
    const char = text2[at] ?? "";
    if (quote2 === void 0 ? /\s/.test(char) : char === quote2) return at;
    at += char === "\\" && /\s/.test(text2[at + 1] ?? "") ? 2 : 1;
  }
  return Math.min(at, text2.length);
}
function skip(text2, start3) {
  let at = start3;
  while (at < text2.length && /\s/.test(text2[at] ?? "")) at += 1;
  return at;
}
function rulesetOf(placed2) {
  const rules2 = [];
  const faults = [];
  let conds = [];
  for (const one of placed2) {
    const words3 = rewriteWords(one.node.argsText);
    const [first, second, third] = words3;
    if (first === void 0 || second === void 0) {
      faults.push({ at: one.node.span, message: `${one.node.name}: bad argument line`, placed: one });
      continue;
    }
    if (one.node.key === "rewritecond") {
      const cond = condOf(one, first, second, third);
      if (typeof cond === "string") faults.push({ at: third?.span ?? one.node.span, message: `RewriteCond: ${cond}`, placed: one });
      else conds.push(cond);
    } else {
      const flags2 = flagsOf(third?.text ?? "");
      if (typeof flags2 === "string") faults.push({ at: third?.span ?? one.node.span, message: `RewriteRule: ${flags2}`, placed: one });
      else rules2.push({ placed: one, conds, flags: flags2, substitution: second.text, ...negatable(first.text) });
      conds = [];
    }
  }
  return { rules: rules2, faults };
}
function negatable(written3) {
  return written3.startsWith("!") ? { pattern: written3.slice(1), negated: true } : { pattern: written3, negated: false };
}
function condOf(placed2, input2, pattern4, flags2) {
  const names = flags2 === void 0 ? [] : splitFlags(flags2.text);
  if (typeof names === "string") return names;
  const keys4 = names.map(([key]) => key.toLowerCase());
  const strange = keys4.find((key) => !["nc", "nocase", "or", "ornext", "nv", "novary"].includes(key));
  if (strange !== void 0) return `unknown flag '${strange}'`;
  const ignoreCase = keys4.includes("nc") || keys4.includes("nocase");
  return { placed: placed2, input: input2.text, ...negatable(pattern4.text), ignoreCase, or: keys4.includes("or") || keys4.includes("ornext") };
}
function splitFlags(written3) {
  if (!written3.startsWith("[") || !written3.endsWith("]") || written3.length < 2) return "bad flag delimiters";
  return written3.slice(1, -1).split(",").map((flag) => flag.trim()).filter((flag) => flag !== "").map((flag) => {
    const at = flag.indexOf("=");
    return at < 0 ? [flag, ""] : [flag.slice(0, at), flag.slice(at + 1)];
  });
}
var longNames = {
  backrefescaping: "b",
  chain: "c",
  cookie: "co",
  discardpath: "dpi",
  discardpathinfo: "dpi",
  env: "e",
  forbidden: "f",
  gone: "g",
  handler: "h",
  last: "l",
  next: "n",
  nocase: "nc",
  noescape: "ne",
  nosubreq: "ns",
  proxy: "p",
  passthrough: "pt",
  qsappend: "qsa",
  qsdiscard: "qsd",
  qslast: "qsl",
  redirect: "r",
  skip: "s",
  type: "t",
  backrefnoplus: "bnp",
  backrefernoplus: "bnp"
};
var shortNames = /* @__PURE__ */ new Set([
  ...Object.values(longNames),
  "bne",
  "bctls",
  "end",
  "unsafeallow3f",
  "unsafeprefixstat",
  "unc"
]);
var redirectNames = { "": 302, permanent: 301, temp: 302, seeother: 303 };
function flagsOf(written3) {
  const given = written3 === "" ? [] : splitFlags(written3);
  if (typeof given === "string") return given;
  const values = /* @__PURE__ */ new Map();
  const environment2 = [];
  for (const [name, value2] of given) {
    const key = longNames[name.toLowerCase()] ?? name.toLowerCase();
    if (!shortNames.has(key)) return `unknown flag '${name}'`;
    if (key === "e") environment2.push(value2);
    values.set(key, value2);
  }
  const redirect2 = redirectStatus(values.get("r"));
  if (typeof redirect2 === "string") return redirect2;
  const has = (key) => values.has(key);
  return {
    ignoreCase: has("nc"),
    status: has("f") ? 403 : has("g") ? 410 : redirect2 !== null && (redirect2 < 300 || redirect2 > 399) ? redirect2 : null,
    redirect: redirect2,
    last: has("l"),
    end: has("end"),
    next: has("n"),
    chain: has("c"),
    skip: Math.max(Number.parseInt(values.get("s") ?? "0", 10) || 0, 0),
    proxy: has("p"),
    passThrough: has("pt"),
    handler: values.get("h") ?? null,
    environment: environment2,
    notInside: has("ns") || redirect2 !== null,
    query: has("qsa") ? "append" : has("qsd") ? "discard" : "replace"
  };
}
var statuses = new Set(
  "100 101 102 200 201 202 203 204 205 206 207 208 226 300 301 302 303 304 305 307 308 400 401 402 403 404 405 406 407 408 409 410 411 412 413 414 415 416 417 418 421 422 423 424 425 426 428 429 431 451 500 501 502 503 504 505 506 507 508 510 511".split(" ").map(Number)
);
function isStatus(status) {
  return statuses.has(status);
}
function redirectStatus(written3) {
  if (written3 === void 0) return null;
  const named4 = redirectNames[written3.toLowerCase()];
  if (named4 !== void 0) return named4;
  const status = Number.parseInt(written3, 10);
  if (!/^\d/.test(written3)) return 302;
  return isStatus(status) ? status : `invalid HTTP response code '${written3}' for flag 'R'`;
}

// src/formats/apache/fixes.ts
var keepsBody = { 301: 308, 302: 307 };
function methodFix(limits) {
  const limit = limits.at(-1);
  if (limit === void 0) return null;
  const { kind, names, words: words3 } = limit;
  const last = words3.at(-1);
  if (kind === "except" && last !== void 0 && !names.includes("POST")) return added(last);
  const index2 = names.indexOf("POST");
  const word3 = words3[index2];
  const before = words3[index2 - 1] ?? words3[index2 + 1];
  if (kind !== "only" || word3 === void 0 || before === void 0) return null;
  const at = index2 > 0 ? { ...word3, start: before.end } : { ...word3, end: before.start };
  return { title: "let POST through", safe: false, edits: [{ at, text: "" }] };
}
function listFix(placed2) {
  const last = placed2.node.args.at(-1);
  return last === void 0 || placed2.node.argsText.standsAt !== void 0 ? null : added(last.span);
}
function added(last) {
  return { title: "let POST through", safe: false, edits: [{ at: { ...last, start: last.end }, text: " POST" }] };
}
function redirectFix(placed2, status) {
  const better2 = keepsBody[status];
  const { node } = placed2;
  const first = node.args[0];
  if (better2 === void 0 || first === void 0 || node.argsText.standsAt !== void 0) return null;
  const title = `answer ${better2}, which keeps method and body`;
  if (node.key === "redirectpermanent" || node.key === "redirecttemp") return { title, safe: false, edits: [{ at: node.nameSpan, text: `Redirect ${better2}` }] };
  const named4 = /^(\d+|permanent|temp)$/i.test(first.value);
  const edit = named4 ? { at: first.span, text: String(better2) } : { at: { ...first.span, end: first.span.start }, text: `${better2} ` };
  return { title, safe: false, edits: [edit] };
}
function ruleFix(rule, status) {
  const better2 = keepsBody[status];
  const flags2 = rewriteWords(rule.placed.node.argsText)[2];
  if (better2 === void 0 || flags2 === void 0 || rule.placed.node.argsText.standsAt !== void 0) return null;
  const text2 = flags2.text.replace(/(?<=[[,]\s*)(R|redirect)(=[^,\]]*)?(?=\s*[,\]])/i, `R=${better2}`);
  return text2 === flags2.text ? null : { title: `answer ${better2}, which keeps method and body`, safe: false, edits: [{ at: flags2.span, text: text2 }] };
}

// src/formats/apache/layer.ts
function methodsHold(limits) {
  return all(...limits.map(methodHolds));
}
function methodHolds({ kind, names, at }) {
  const both2 = names.includes("GET") || names.includes("HEAD") ? [.../* @__PURE__ */ new Set(["GET", "HEAD", ...names])] : names;
  const one = methodIn(both2, at);
  return kind === "only" ? one : not(one);
}
function counts(placed2) {
  return all(placed2.guard, methodsHold(placed2.methods));
}
function named(layer, ...keys4) {
  return layer.placed.filter((placed2) => keys4.includes(placed2.node.key));
}
function valuesOf2(placed2) {
  return placed2.node.args.map((arg) => arg.value);
}
function someRead(placed2, any2) {
  return placed2.length === 0 ? always : any2(...placed2.map((one) => one.guard));
}

// src/formats/apache/access.ts
var compatKeys = ["order", "allow", "deny", "satisfy"];
function accessChains(layers) {
  const chains = [];
  const having = (...keys4) => layers.filter((layer) => named(layer, ...keys4).length > 0);
  const methods = having("allowmethods");
  if (methods.length > 0) chains.push({ name: "allowed methods", gates: latestFirst(methods, allowMethods) });
  const tls = having("sslrequiressl").flatMap(requireTls);
  if (tls.length > 0) chains.push({ name: "tls", gates: tls });
  const compat = having(...compatKeys);
  if (compat.length > 0) {
    chains.push({ name: "access", gates: latestFirst(compat.map(whereRead), compatGates) });
  }
  return chains;
}
function whereRead(layer) {
  return { ...layer, when: all(layer.when, someRead(named(layer, ...compatKeys), any)) };
}
function allowMethods(layer) {
  const placed2 = named(layer, "allowmethods").at(-1);
  if (placed2 === void 0) return [];
  const names = valuesOf2(placed2);
  if (names.some((name) => name.toLowerCase() === "reset")) return [];
  const allowed = names.includes("GET") ? [...names, "HEAD"] : names;
  const refused2 = all(layer.when, placed2.guard, not(methodIn(allowed, placed2.node.span)));
  return [fixable(deny(refused2, 405, because(placed2.node.span, "allows no other method"), "method-limit"), listFix(placed2))];
}
function requireTls(layer) {
  return named(layer, "sslrequiressl").map(({ node, guard }) => {
    const plain = test("scheme", { kind: "equals", value: text("http") }, node.span);
    return deny(all(layer.when, guard, plain), 403, because(node.span, "refuses what does not come over TLS"), "authorization");
  });
}
function linesOf(layer, key) {
  return named(layer, key).map((placed2) => ({ placed: placed2, when: all(counts(placed2), meant(valuesOf2(placed2).slice(1), placed2.node.span)) }));
}
function meant(from, at) {
  const addresses = [];
  const others = [];
  for (const one of from) {
    const lower5 = one.toLowerCase();
    if (lower5 === "all") return always;
    if (lower5.startsWith("env=!")) others.push(not(environmentSet(one.slice(5), at)));
    else if (lower5.startsWith("env=")) others.push(environmentSet(one.slice(4), at));
    else addresses.push(one);
  }
  return any(...others, ...addresses.length === 0 ? [] : [clientFrom(addresses, at)]);
}
function environmentSet(name, at) {
  return not(variableIs(`env.${name}`, "", at));
}
function orderIs(orders, wanted) {
  let holds4 = wanted === "deny,allow" ? always : never;
  for (const order2 of orders) {
    const says = (valuesOf2(order2)[0] ?? "").toLowerCase() === wanted;
    holds4 = says ? any(counts(order2), holds4) : all(not(counts(order2)), holds4);
  }
  return holds4;
}
function compatGates(layer) {
  const orders = named(layer, "order");
  const allows = linesOf(layer, "allow");
  const denies = linesOf(layer, "deny");
  const allowed = any(...allows.map((line) => line.when));
  const denied = any(...denies.map((line) => line.when));
  const denyFirst = orderIs(orders, "deny,allow");
  const refusals = [...denials(denies, allows, denyFirst, allowed), ...byDefault(orders, allows, denyFirst, allowed)];
  const refused2 = any(all(denyFirst, denied, not(allowed)), all(not(denyFirst), any(not(allowed), denied)));
  return [...satisfied(layer, refused2), ...refusals.map((one) => under(layer.when, one))];
}
function denials(denies, allows, denyFirst, allowed) {
  return denies.map(({ placed: placed2, when }) => {
    const [first, ...more] = [...limitsOf(placed2), { at: placed2.node.span, note: "denies" }, ...allows.map(allowEvidence)];
    const why = because(first?.at ?? placed2.node.span, first?.note ?? "denies", ...more);
    return fixable(deny(all(when, any(not(denyFirst), not(allowed))), 403, why, reasonOf(placed2)), methodFix(placed2.methods));
  });
}
function byDefault(orders, allows, denyFirst, allowed) {
  return orders.filter((order2) => (valuesOf2(order2)[0] ?? "").toLowerCase() !== "deny,allow").map((order2) => {
    const [first, ...more] = [...limitsOf(order2), { at: order2.node.span, note: "denies whoever is not allowed" }, ...allows.map(allowEvidence)];
    const why = because(first?.at ?? order2.node.span, first?.note ?? "denies", ...more);
    const reason = order2.methods.length > 0 || allows.some(({ placed: placed2 }) => placed2.methods.length > 0) ? "method-limit" : listReason(allows);
    return fixable(deny(all(counts(order2), not(denyFirst), not(allowed)), 403, why, reason), methodFix(order2.methods));
  });
}
function listReason(allows) {
  return allows.length > 0 ? "address-list" : "authorization";
}
function allowEvidence({ placed: placed2 }) {
  return { at: placed2.node.span, note: "allows others" };
}
function limitsOf(placed2) {
  return placed2.methods.map(({ at }) => ({ at, note: "applies to these methods" }));
}
function reasonOf(placed2) {
  if (placed2.methods.length > 0) return "method-limit";
  const from = valuesOf2(placed2).slice(1);
  if (from.some((one) => /^env=/i.test(one))) return "client-software";
  return from.some((one) => one.toLowerCase() === "all") ? "authorization" : "address-list";
}
function satisfied(layer, refused2) {
  return named(layer, "satisfy").flatMap((placed2) => {
    if ((valuesOf2(placed2)[0] ?? "").toLowerCase() !== "any") return [];
    const when = all(layer.when, counts(placed2));
    return [set("satisfied", "yes", placed2.node.span, all(when, not(refused2))), leave(placed2.node.span, when)];
  });
}
function alreadySatisfied(at) {
  return gate(variableIs("satisfied", "yes", at), { kind: "continue" }, because(at, "is satisfied"), "none");
}

// src/formats/apache/again.ts
var mostCompared = 40;
function comparison(layers, at) {
  const varying = layers.filter((layer) => !isAlways(layer.when) && layer.placed.length > 0);
  if (varying.length > mostCompared || !layers.some((layer) => layer.placed.some(looksAtRequest))) return { gates: [], same: null };
  const gates = varying.flatMap((layer, index2) => [
    set(`was.${index2}`, variable(`is.${index2}`), at),
    set(`is.${index2}`, "", at),
    set(`is.${index2}`, "yes", layer.at, layer.when)
  ]);
  const equal = varying.map(({ kind }, index2) => {
    const kept = kind === "directory" || kind === "htaccess";
    return kept ? testText(variable(`is.${index2}`), { kind: "equals", value: variable(`was.${index2}`) }, at) : variableIs(`is.${index2}`, "", at);
  });
  const begun = [set("again", variable("begun"), at), set("begun", "yes", at)];
  return { gates: [...begun, ...gates], same: all(variableIs("again", "yes", at), ...equal) };
}
function looksAtRequest(placed2) {
  const { node, methods, children } = placed2;
  if (node.key === "allowmethods" || children.some(looksAtRequest)) return true;
  const words3 = valuesOf2(placed2).map((word3) => word3.toLowerCase());
  if (node.key === "require") return methods.length > 0 || words3.some((word3) => ["method", "env", "expr"].includes(word3));
  if (node.key === "allow" || node.key === "deny") return methods.length > 0 || words3.some((word3) => word3.startsWith("env="));
  return node.key === "order" && methods.length > 0;
}
function onceOnly(chains, { same: same2 }, at) {
  return same2 === null ? chains : chains.map((chain3) => ({ ...chain3, gates: [leave(at, same2), ...chain3.gates] }));
}

// src/formats/apache/expression-lex.ts
var operators = ["&&", "||", "==", "!=", "=~", "!~", "<=", ">=", "<", ">", "=", "!"];
function tokens(text2) {
  const found = [];
  let at = 0;
  while (at < text2.length) {
    const rest = text2.slice(at);
    const blanks = /^\s+/.exec(rest)?.[0].length ?? 0;
    if (blanks > 0) {
      at += blanks;
      continue;
    }
    const next = tokenAt(text2, at, found.at(-1));
    if (next === null) return null;
    found.push(next.token);
    at = next.end;
  }
  return found;
}
function tokenAt(text2, at, before) {
  const char = text2[at] ?? "";
  if (char === '"' || char === "'") return quotedAt(text2, at, char);
  const afterMatch = before?.kind === "operator" && (before.text === "=~" || before.text === "!~");
  if (afterMatch) return regexAt(text2, at);
  if (text2.startsWith("%{", at)) {
    const end = closingBrace(text2, at + 2);
    return end < 0 ? null : { token: token2("variable", text2.slice(at + 2, end)), end: end + 1 };
  }
  const operator = operators.find((one) => text2.startsWith(one, at));
  if (operator !== void 0) return { token: token2("operator", operator), end: at + operator.length };
  if ("(){},.:".includes(char)) return { token: token2("punctuation", char), end: at + 1 };
  const group = /^\$\d/.exec(text2.slice(at, at + 2))?.[0];
  if (group !== void 0) return { token: token2("backreference", group.slice(1)), end: at + 2 };
  const word3 = /^-?[\w:]+/.exec(text2.slice(at))?.[0];
  return word3 === void 0 ? null : { token: token2("word", word3), end: at + word3.length };
}
function token2(kind, text2, flags2 = "") {
  return { kind, text: text2, flags: flags2 };
}
function quotedAt(text2, at, quote2) {
  let value2 = "";
  for (let index2 = at + 1; index2 < text2.length; index2 += 1) {
    const char = text2[index2] ?? "";
    if (char === quote2) return { token: token2("string", value2), end: index2 + 1 };
    if (char === "\\" && index2 + 1 < text2.length) {
      index2 += 1;
      const escaped2 = text2[index2] ?? "";
      value2 += { n: "\n", r: "\r", t: "	", b: "\b", f: "\f" }[escaped2] ?? escaped2;
    } else {
      value2 += char;
    }
  }
  return null;
}
function regexAt(text2, at) {
  const start3 = text2[at] === "m" ? at + 1 : at;
  const delimiter = text2[start3] ?? "";
  if (delimiter === "" || (start3 === at ? delimiter !== "/" : !`/#$%^|?!'",;:._-`.includes(delimiter))) return null;
  for (let index2 = start3 + 1; index2 < text2.length; index2 += 1) {
    if (text2[index2] === "\\") index2 += 1;
    else if (text2[index2] === delimiter) {
      const flags2 = /^[ismg]*/.exec(text2.slice(index2 + 1))?.[0] ?? "";
      const pattern4 = text2.slice(start3 + 1, index2).replaceAll(`\\${delimiter}`, delimiter === "/" ? "/" : `\\${delimiter}`);
      return { token: token2("regex", pattern4, flags2), end: index2 + 1 + flags2.length };
    }
  }
  return null;
}
function closingBrace(text2, from) {
  let depth = 1;
  for (let index2 = from; index2 < text2.length; index2 += 1) {
    if (text2[index2] === "{") depth += 1;
    if (text2[index2] === "}") depth -= 1;
    if (depth === 0) return index2;
  }
  return -1;
}

// src/formats/apache/variables.ts
var common = {
  REQUEST_METHOD: fieldValue("method"),
  REQUEST_URI: fieldValue("path"),
  REQUEST_SCHEME: fieldValue("scheme"),
  SERVER_NAME: fieldValue("host"),
  SERVER_PORT: fieldValue("port"),
  SERVER_PROTOCOL: text("HTTP/1.1"),
  REMOTE_ADDR: fieldValue("clientAddress"),
  CONN_REMOTE_ADDR: fieldValue("clientAddress"),
  PATH_INFO: fieldValue("var:info"),
  HTTPS: fieldValue("var:https"),
  THE_REQUEST: [
    { kind: "field", field: "sentMethod" },
    { kind: "text", text: " " },
    { kind: "field", field: "requestUri" },
    { kind: "text", text: " HTTP/1.1" }
  ],
  HTTP_HOST: fieldValue("header:host"),
  HTTP_USER_AGENT: fieldValue("header:user-agent"),
  HTTP_REFERER: fieldValue("header:referer"),
  HTTP_COOKIE: fieldValue("header:cookie"),
  HTTP_ACCEPT: fieldValue("header:accept"),
  HTTP_FORWARDED: fieldValue("header:forwarded"),
  HTTP_PROXY_CONNECTION: fieldValue("header:proxy-connection"),
  IS_SUBREQ: text("false")
};
var unknown = /* @__PURE__ */ new Set([
  "AUTH_TYPE",
  "CONTEXT_DOCUMENT_ROOT",
  "CONTEXT_PREFIX",
  "IPV6",
  "REMOTE_HOST",
  "REMOTE_IDENT",
  "REMOTE_PORT",
  "REMOTE_USER",
  "SCRIPT_GROUP",
  "SCRIPT_USER",
  "SERVER_ADDR",
  "SERVER_ADMIN",
  "SERVER_SOFTWARE",
  "API_VERSION",
  "TIME",
  "TIME_DAY",
  "TIME_HOUR",
  "TIME_MIN",
  "TIME_MON",
  "TIME_SEC",
  "TIME_WDAY",
  "TIME_YEAR",
  "HANDLER",
  "REQUEST_STATUS",
  "REQUEST_LOG_ID",
  "CONN_LOG_ID",
  "CONN_REMOTE_PORT"
]);
var ofExpressions = /* @__PURE__ */ new Set(["CONTENT_TYPE", "DOCUMENT_URI", "LAST_MODIFIED"]);
function anyVariable(name, names) {
  if (name === "QUERY_STRING") return names.query;
  if (name === "REQUEST_FILENAME" || name === "SCRIPT_FILENAME") return names.file;
  if (name === "DOCUMENT_ROOT") return names.documentRoot === null ? unknownValue(name) : text(names.documentRoot);
  return unknown.has(name) ? unknownValue(name) : common[name];
}
function rewriteVariable(written3, names) {
  const colon = written3.indexOf(":");
  if (colon > 0) {
    const kind = written3.slice(0, colon).toUpperCase();
    const rest = written3.slice(colon + 1);
    if (kind === "HTTP") return header(rest);
    if (kind === "ENV") return environment(rest);
    return kind === "LA-U" || kind === "LA-F" ? lookAhead(rest, names) : unknownValue(written3);
  }
  return anyVariable(written3.toUpperCase(), names) ?? text("");
}
function lookAhead(name, names) {
  return name.toUpperCase() === "REMOTE_USER" ? unknownValue(name) : rewriteVariable(name, names);
}
function expressionVariable(written3, names) {
  const name = written3.toUpperCase();
  return ofExpressions.has(name) ? unknownValue(name) : anyVariable(name, names) ?? null;
}
function header(name) {
  return fieldValue(`header:${name.toLowerCase()}`);
}
function environment(name) {
  return fieldValue(`var:env.${name}`);
}
function unknownValue(name) {
  const part = { kind: "unknown", key: `%{${name}}` };
  return [part];
}

// src/formats/apache/expression.ts
var SyntaxFault = class extends Error {
};
function expression(written3, span, names) {
  const found = tokens(written3);
  if (found === null || found.length === 0) return { condition: never, error: "the expression cannot be read" };
  const reader = { tokens: found, at: 0, span, names, depth: 0 };
  try {
    const condition = either(reader);
    if (reader.at < found.length) return { condition: never, error: `unexpected ${found[reader.at]?.text ?? ""} in the expression` };
    return { condition, error: null };
  } catch (fault) {
    if (fault instanceof SyntaxFault) return { condition: never, error: fault.message };
    throw fault;
  }
}
function interpolate(written3, names) {
  const parts2 = [];
  let at = 0;
  for (let start3 = written3.indexOf("%{"); start3 >= 0; start3 = written3.indexOf("%{", at)) {
    const end = closingBrace(written3, start3 + 2);
    if (end < 0) break;
    parts2.push({ kind: "text", text: written3.slice(at, start3) }, ...variableOf(written3.slice(start3 + 2, end), names));
    at = end + 1;
  }
  parts2.push({ kind: "text", text: written3.slice(at) });
  return parts2.filter((part) => part.kind !== "text" || part.text !== "");
}
function variableOf(name, names) {
  const call = /^(\w+):(.*)$/s.exec(name);
  if (call !== null) return callOf(call[1] ?? "", text(call[2] ?? ""), names).value;
  return expressionVariable(name, names) ?? unknownValue(name);
}
function peek(reader) {
  return reader.tokens[reader.at];
}
function accept(reader, kind, ...texts) {
  const next = peek(reader);
  if (next === void 0 || next.kind !== kind || texts.length > 0 && !texts.includes(next.text)) return null;
  reader.at += 1;
  return next;
}
function expect(reader, kind, wanted) {
  if (accept(reader, kind, wanted) === null) throw new SyntaxFault(`${wanted} is missing in the expression`);
}
function either(reader) {
  const parts2 = [both(reader)];
  while (accept(reader, "operator", "||") !== null) parts2.push(both(reader));
  return any(...parts2);
}
function both(reader) {
  const parts2 = [single(reader)];
  while (accept(reader, "operator", "&&") !== null) parts2.push(single(reader));
  return all(...parts2);
}
function single(reader) {
  reader.depth += 1;
  if (reader.depth > 100) throw new SyntaxFault("the expression is nested too deeply");
  const condition = singleInside(reader);
  reader.depth -= 1;
  return condition;
}
function singleInside(reader) {
  if (accept(reader, "operator", "!") !== null) return not(single(reader));
  if (accept(reader, "punctuation", "(") !== null) {
    const inside3 = either(reader);
    expect(reader, "punctuation", ")");
    return inside3;
  }
  if (accept(reader, "word", "true") !== null) return always;
  if (accept(reader, "word", "false") !== null) return never;
  const unary = peek(reader);
  if (unary?.kind === "word" && /^-[a-zA-Z]$/.test(unary.text)) {
    reader.at += 1;
    return unaryTest(reader, unary.text, word(reader));
  }
  return comparison2(reader);
}
function unaryTest(reader, operator, subject2) {
  const { span } = reader;
  const empty = textTest(subject2, { kind: "equals", value: text("") }, span);
  switch (operator) {
    case "-z":
      return empty;
    case "-n":
      return not(empty);
    case "-T":
      return not(textTest(subject2, { kind: "in", values: ["", "0", "off", "false", "no"], ignoreCase: true }, span));
    case "-f":
    case "-s":
      return textTest(subject2, { kind: "onDisk", as: "file" }, span);
    case "-d":
      return textTest(subject2, { kind: "onDisk", as: "directory" }, span);
    case "-e":
      return textTest(subject2, { kind: "onDisk", as: "any" }, span);
    case "-R":
      return inNetwork(reader, { value: [{ kind: "field", field: "clientAddress" }], transforms: [] }, subject2);
    default:
      return unknownCondition(reader, `what ${operator} says`);
  }
}
function unknownCondition(reader, why) {
  return { kind: "unknown", key: `${why} at ${reader.span.start}`, why, reads: "anything", at: reader.span };
}
function textTest(subject2, operator, at) {
  const condition = { kind: "test", subject: { kind: "text", of: subject2.value }, operator, at };
  return subject2.transforms.length === 0 ? condition : { ...condition, transforms: subject2.transforms };
}
function inNetwork(reader, subject2, blocks2) {
  const written3 = literal(blocks2.value);
  const block = written3 === null ? null : network(written3);
  if (block === null) return unknownCondition(reader, "whether the client's address is in that network");
  if (subject2.value[0]?.kind === "field") return test(subject2.value[0].field, { kind: "inNetwork", blocks: [block] }, reader.span);
  return textTest(subject2, { kind: "inNetwork", blocks: [block] }, reader.span);
}
var numeric = { eq: "=", ne: "!=", lt: "<", le: "<=", gt: ">", ge: ">=" };
function comparison2(reader) {
  const left = word(reader);
  const operator = peek(reader);
  if (operator === void 0) throw new SyntaxFault("the expression has no operator");
  reader.at += 1;
  if (operator.kind === "operator") return stringTest(reader, left, operator.text);
  if (operator.kind !== "word") throw new SyntaxFault(`unexpected ${operator.text} in the expression`);
  const name = operator.text.replace(/^-/, "");
  if (operator.text === "in" || operator.text === "-in") return listTest(reader, left);
  const is = numeric[name];
  if (is !== void 0) {
    const value2 = word(reader).value;
    return is === "!=" ? not(textTest(left, { kind: "number", is: "=", value: value2 }, reader.span)) : textTest(left, { kind: "number", is, value: value2 }, reader.span);
  }
  if (!["-ipmatch", "-strmatch", "-strcmatch", "-fnmatch"].includes(operator.text)) throw new SyntaxFault(`unexpected ${operator.text} in the expression`);
  return patternTest(reader, left, name, word(reader));
}
function stringTest(reader, left, operator) {
  if (operator === "=~" || operator === "!~") {
    const regex = accept(reader, "regex");
    if (regex === null) throw new SyntaxFault("a regular expression is missing");
    const held = textTest(left, { kind: "matches", pattern: regex.text, ignoreCase: regex.flags.includes("i"), dotAll: true, dollarEndOnly: true, captures: "expr." }, reader.span);
    return operator === "=~" ? held : not(held);
  }
  if (operator === "==" || operator === "=" || operator === "!=") {
    const same2 = textTest(left, { kind: "equals", value: word(reader).value }, reader.span);
    return operator === "!=" ? not(same2) : same2;
  }
  if (operator === "&&" || operator === "||" || operator === "!") throw new SyntaxFault("a comparison is missing");
  word(reader);
  return unknownCondition(reader, `which text comes first (${operator})`);
}
function listTest(reader, left) {
  if (accept(reader, "punctuation", "{") === null) {
    word(reader);
    return unknownCondition(reader, "what is in a list made while the request is decided");
  }
  const options2 = [word(reader)];
  while (accept(reader, "punctuation", ",") !== null) options2.push(word(reader));
  expect(reader, "punctuation", "}");
  return any(...options2.map((option) => textTest(left, { kind: "equals", value: option.value }, reader.span)));
}
function patternTest(reader, left, operator, right) {
  if (operator === "ipmatch") return inNetwork(reader, left, right);
  const pattern4 = literal(right.value);
  if (pattern4 === null) return unknownCondition(reader, "a pattern made while the request is decided");
  const regex = `^${pattern4.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("*", operator === "fnmatch" ? "[^/]*" : ".*").replaceAll("?", ".")}$`;
  return textTest(left, { kind: "matches", pattern: regex, ignoreCase: operator === "strcmatch", dotAll: true }, reader.span);
}
function word(reader) {
  const first = wordPart(reader);
  const parts2 = [first];
  while (accept(reader, "punctuation", ".") !== null) parts2.push(wordPart(reader));
  return parts2.length === 1 ? first : { value: parts2.flatMap((part) => part.value), transforms: [] };
}
function wordPart(reader) {
  const next = peek(reader);
  reader.at += 1;
  if (next === void 0) throw new SyntaxFault("the expression ends too early");
  if (next.kind === "string") return { value: interpolate(next.text, reader.names), transforms: [] };
  if (next.kind === "variable") return { value: named2(next.text, reader.names), transforms: [] };
  if (next.kind === "backreference") return { value: [{ kind: "field", field: `var:expr.${next.text}` }], transforms: [] };
  if (next.kind === "word" && /^-?\d+$/.test(next.text)) return { value: text(next.text), transforms: [] };
  if (next.kind === "word" && accept(reader, "punctuation", "(") !== null) {
    const argument2 = word(reader);
    while (accept(reader, "punctuation", ",") !== null) word(reader);
    expect(reader, "punctuation", ")");
    return callOf(next.text, argument2.value, reader.names);
  }
  throw new SyntaxFault(`unexpected ${next.text} in the expression`);
}
function named2(name, names) {
  if (name.includes(":")) return variableOf(name, names);
  const value2 = expressionVariable(name, names);
  if (value2 === null) throw new SyntaxFault(`Variable '${name}' does not exist`);
  return value2;
}
function callOf(name, argument2, names) {
  const plain = literal(argument2);
  const value2 = (of) => ({ value: of, transforms: [] });
  switch (name.toLowerCase()) {
    case "req":
    case "http":
    case "req_novary":
      return value2(plain === null ? unknownValue(name) : header(plain));
    case "reqenv":
    case "env":
      return value2(plain === null ? unknownValue(name) : environment(plain));
    case "tolower":
      return { value: argument2, transforms: ["lowercase"] };
    case "toupper":
      return { value: argument2, transforms: ["uppercase"] };
    default:
      return value2(unknownValue(`${name}(${plain ?? names.documentRoot ?? ""})`));
  }
}

// src/formats/apache/alias.ts
var keys = ["redirect", "redirectmatch", "redirecttemp", "redirectpermanent"];
function sectionRedirects(layers, names) {
  return layers.toReversed().flatMap((layer, index2) => redirectGates(named(layer, ...keys), layer.when, names, `redirect.${index2}`));
}
function serverRedirects(placed2, names, id) {
  return redirectGates(placed2.filter(({ node }) => keys.some((key) => key === node.key)), all(), names, id);
}
function redirectGates(lines, when, names, id) {
  return lines.map((placed2, line) => redirectGate(placed2, when, names, `${id}.${line}.`));
}
function redirectGate(placed2, when, names, captures) {
  const { node, guard } = placed2;
  const at = node.span;
  const { status, from, to, regex } = redirection(placed2);
  const held = from === null ? all() : regex ? matches(fieldValue("path"), from, at, { captures }) : prefixMatches(from, captures, at);
  const whole2 = all(when, guard, held);
  if (status < 300 || status > 399) return deny(whole2, status, because(at, "refuses"), status === 403 ? "waf-match" : "fixed-answer");
  const effect = { kind: "redirect", status, to: target2(from, to ?? "", regex, captures, names) };
  return fixable(gate(whole2, effect, because(at, "redirects"), "redirect"), redirectFix(placed2, status));
}
function prefixMatches(from, captures, at) {
  const pattern4 = from.endsWith("/") ? `^${quoted(from)}(.*)$` : `^${quoted(from)}($|/.*$)`;
  return matches(fieldValue("path"), pattern4, at, { captures });
}
function target2(from, to, regex, captures, names) {
  if (from === null) return interpolate(to, names);
  if (!regex) return [{ kind: "text", text: to }, { kind: "field", field: `var:${captures}1` }];
  return to.split(/(\$\d|\\.)/).map((piece) => {
    if (/^\$\d$/.test(piece)) return { kind: "field", field: `var:${captures}${piece.slice(1)}` };
    return { kind: "text", text: piece.startsWith("\\") && piece.length === 2 ? piece.slice(1) : piece };
  });
}
var statusWords = { permanent: 301, temp: 302, seeother: 303, gone: 410 };
function redirection(placed2) {
  const words3 = valuesOf2(placed2);
  const [first = ""] = words3;
  const given = statusWords[first.toLowerCase()] ?? (/^\d/.test(first) ? Number.parseInt(first, 10) : null);
  const rest = given === null || placed2.node.key.length > "redirectmatch".length ? words3 : words3.slice(1);
  const status = given ?? (placed2.node.key === "redirectpermanent" ? 301 : 302);
  const regex = placed2.node.key === "redirectmatch";
  const refuses = status < 300 || status > 399;
  if (refuses) return { status, from: rest[0] ?? null, to: null, regex };
  if (rest.length < 2) return { status, from: null, to: rest[0] ?? "", regex };
  return { status, from: rest[0] ?? "", to: rest[1] ?? "", regex };
}
function aliasesOf(placed2) {
  return placed2.flatMap((one) => {
    const [url, directory] = valuesOf2(one);
    if (one.node.key !== "alias" && one.node.key !== "scriptalias" || url === void 0 || directory === void 0) return [];
    return [{ url, directory: directory.replace(/(.)\/+$/, "$1"), at: one.node.span, script: one.node.key === "scriptalias" }];
  });
}

// src/formats/apache/authorization.ts
var requireKeys = /* @__PURE__ */ new Set(["require", "requireall", "requireany", "requirenone"]);
var neutral2 = { granted: never, denied: never, noUser: never, counts: never };
function authorizationChain(layers, names) {
  const having = layers.filter((layer) => layer.placed.some(({ node }) => requireKeys.has(node.key)));
  const first = having[0];
  if (first === void 0) return [];
  const gates = [alreadySatisfied(first.at)];
  for (let index2 = having.length - 1; index2 >= 0; index2 -= 1) {
    const layer = having[index2];
    if (layer === void 0) continue;
    gates.push(...layerGates(layer, combined2(having, index2, names)));
  }
  return [{ name: "authorization", gates }];
}
function combined2(layers, index2, names) {
  const layer = layers[index2];
  if (layer === void 0) return neutral2;
  const own3 = layerResult(layer, names);
  const merging = named(layer, "authmerging").at(-1);
  const how = merging === void 0 ? "off" : (valuesOf2(merging)[0] ?? "").toLowerCase();
  if (index2 === 0 || how !== "and" && how !== "or") return own3;
  const before = combined2(layers, index2 - 1, names);
  const previous = layers[index2 - 1];
  const applies = previous?.when ?? always;
  const limited = { ...before, counts: all(applies, before.counts) };
  return how === "and" ? allOf([limited, own3]) : anyOf([limited, own3]);
}
function layerResult(layer, names) {
  return anyOf(layer.placed.filter(({ node }) => requireKeys.has(node.key)).map((placed2) => resultOf(placed2, names, 0)));
}
function resultOf(placed2, names, depth) {
  const { node } = placed2;
  if (node.key === "require") return requirement(placed2, names);
  if (depth > 5) return unknownResult(placed2);
  const inside3 = placed2.children.filter((child) => requireKeys.has(child.node.key)).map((child) => resultOf(child, names, depth + 1));
  const result = node.key === "requireall" ? allOf(inside3) : anyOf(inside3);
  const here = node.key === "requirenone" ? negated(result) : result;
  return { ...here, counts: all(placed2.guard, methodsHold(placed2.methods)) };
}
function unknownResult({ node }) {
  const granted2 = { kind: "unknown", key: `require ${node.span.start}`, why: "containers nested too deeply", reads: "anything", at: node.span };
  return { granted: granted2, denied: not(granted2), noUser: never, counts: always };
}
function negated(result) {
  return { granted: never, denied: result.granted, noUser: never, counts: result.counts };
}
function allOf(parts2) {
  const denied = any(...parts2.map((part) => all(part.counts, part.denied)));
  const noUser = all(not(denied), any(...parts2.map((part) => all(part.counts, part.noUser))));
  const some = any(...parts2.map((part) => any(not(part.counts), part.granted)));
  return { granted: all(not(denied), not(noUser), some), denied, noUser, counts: any(...parts2.map((part) => part.counts)) };
}
function anyOf(parts2) {
  const granted2 = any(...parts2.map((part) => all(part.counts, part.granted)));
  const noUser = all(not(granted2), any(...parts2.map((part) => all(part.counts, part.noUser))));
  const denied = all(not(granted2), not(noUser), any(...parts2.map((part) => all(part.counts, part.denied))));
  return { granted: granted2, denied, noUser, counts: any(...parts2.map((part) => part.counts)) };
}
function requirement(placed2, names) {
  const words3 = valuesOf2(placed2);
  const inverse = (words3[0] ?? "").toLowerCase() === "not";
  const [provider = "", ...args] = inverse ? words3.slice(1) : words3;
  const result = providerResult(provider.toLowerCase(), args, placed2, names);
  return { ...inverse ? negated(result) : result, counts: counts(placed2) };
}
function providerResult(provider, args, placed2, names) {
  const at = placed2.node.span;
  const plain = (granted2) => ({ granted: granted2, denied: not(granted2), noUser: never, counts: always });
  switch (provider) {
    case "all":
      return plain((args[0] ?? "").toLowerCase() === "granted" ? always : never);
    case "method":
      return plain(methodIn(args.includes("GET") ? [...args, "HEAD"] : args, at));
    case "ip":
    case "host":
    case "forward-dns":
      return plain(clientFrom(args, at));
    case "local":
      return plain(test("clientAddress", { kind: "inNetwork", blocks: loopback }, at));
    case "env":
      return plain(any(...args.map((name) => environmentSet(name, at))));
    case "expr":
      return plain(expression(args.join(" "), at, names).condition);
    default: {
      const known3 = test("identity", { kind: "equals", value: text("valid") }, at);
      return { granted: known3, denied: never, noUser: not(known3), counts: always };
    }
  }
}
function layerGates(layer, result) {
  const when = all(layer.when, result.counts);
  const culprits2 = evidenceOf(layer);
  const gates = [];
  const [first, ...more] = culprits2;
  if (first !== void 0) {
    const at = first.at;
    const why = because(at, first.note, ...more);
    if (!isNever(result.noUser)) {
      const asked = all(when, result.noUser);
      gates.push(deny(all(asked, variableIs("authtype", "", at)), 500, because(at, "asks for a user, but no AuthType says how", ...more), "broken-configuration"));
      gates.push(deny(asked, 401, why, reasonOf2(layer)));
    }
    gates.push(fixable(deny(all(when, not(result.granted)), 403, why, reasonOf2(layer)), fixOf(layer)));
  }
  gates.push(leave(layer.at, layer.when));
  return gates;
}
function evidenceOf(layer) {
  const weight2 = ({ node, methods }) => {
    const words3 = node.args.map((arg) => arg.value.toLowerCase());
    if (words3[0] === "all") return words3[1] === "denied" ? 0 : 3;
    return methods.length > 0 ? 1 : 2;
  };
  const flat = (placed2) => placed2.node.kind === "section" ? [placed2, ...placed2.children.flatMap(flat)] : [placed2];
  const lines = layer.placed.filter(({ node }) => requireKeys.has(node.key)).flatMap(flat);
  const directives = lines.filter(({ node }) => node.kind === "directive").sort((a, b) => weight2(a) - weight2(b));
  return directives.flatMap(({ node, methods }) => [...methods.map(({ at }) => ({ at, note: "applies to these methods" })), { at: node.span, note: "decides who may" }]);
}
function fixOf(layer) {
  const lines = layer.placed.filter(({ node }) => requireKeys.has(node.key));
  const [only] = lines;
  if (only === void 0 || lines.length > 1 || only.node.key !== "require") return null;
  if (only.methods.length > 0) return methodFix(only.methods);
  return valuesOf2(only)[0]?.toLowerCase() === "method" ? listFix(only) : null;
}
function reasonOf2(layer) {
  const flat = (placed2) => [placed2, ...placed2.children.flatMap(flat)];
  const lines = layer.placed.flatMap(flat).filter(({ node }) => node.key === "require");
  const providers = lines.map((placed2) => valuesOf2(placed2).find((word3) => word3.toLowerCase() !== "not")?.toLowerCase() ?? "");
  if (lines.some(({ methods }) => methods.length > 0) || providers.includes("method")) return "method-limit";
  if (providers.some((provider) => ["ip", "host", "local", "forward-dns"].includes(provider))) return "address-list";
  return "authorization";
}

// src/formats/apache/content.ts
var scripts = "\\.(php\\d?|phtml|phps?|cgi|fcgi|pl|py)";
var unknownRoot = "/(document root)";
function fileChain(ground, aliases, at) {
  const path = fieldValue(ground.target);
  const root = ground.documentRoot ?? unknownRoot;
  const file = variable("file");
  const roots = [quoted(root), ...aliases.map((alias) => quoted(alias.directory))];
  const start3 = `(?:${roots.join("|")})`;
  const script = matches(file, `^(${start3}/.*?${scripts})(/.*)$`, at, { captures: "script." });
  const dotted = matches(file, `^(${start3}/(?:.*?/)?[^/]+\\.[^/.]+)(/.*)$`, at, { captures: "dotted." });
  const there = (part, otherwise) => testText(variable(part), { kind: "onDisk", as: "file", otherwise }, at);
  return {
    name: "file",
    gates: [
      set("file", [{ kind: "text", text: root }, ...path], at),
      ...aliases.toReversed().flatMap((alias, index2) => aliasGates(alias, path, `alias.${index2}.`)),
      set("info", variable("script.3"), at, all(script, there("script.1", true))),
      set("file", variable("script.1"), at, not(variableIs("info", "", at))),
      jump2("named", at, not(variableIs("info", "", at))),
      set("info", variable("dotted.2"), at, all(dotted, there("dotted.1", false))),
      set("file", variable("dotted.1"), at, not(variableIs("info", "", at))),
      label("named", at),
      set("name", variable("name.1"), at, matches(variable("file"), "([^/]*)$", at, { captures: "name." }))
    ]
  };
}
function aliasGates(alias, path, captures) {
  const { at, url, directory, script } = alias;
  const pattern4 = url.endsWith("/") ? `^${quoted(url)}(.*)$` : `^${quoted(url)}($|/.*$)`;
  const here = all(variableIs("translated", "", at), matches(path, pattern4, at, { captures }));
  const slash = url.endsWith("/") ? `${directory}/` : directory;
  return [set("file", [{ kind: "text", text: slash }, ...variable(`${captures}1`)], at, here), set("byalias", script ? "app" : "", at, here)];
}
function slashChain(at) {
  const open = not(testText(fieldValue("path"), { kind: "endsWith", value: text("/") }, at));
  const directory = testText(variable("file"), { kind: "onDisk", as: "directory", otherwise: false }, at);
  const when = all(open, directory, variableIs("info", "", at), not(variableIs("slash", "off", at)), variableIs("proxied", "", at));
  const to = [{ kind: "field", field: "path" }, { kind: "text", text: "/" }];
  const why = because(at, "a directory is redirected to its name with a slash");
  return { name: "directory", gates: [implied(gate(when, { kind: "redirect", status: 301, to }, why, "slash-redirect"))] };
}
function indexChains(layers, defaults, stage2, at) {
  const directory = (otherwise) => testText(variable("file"), { kind: "onDisk", as: "directory", otherwise }, at);
  const ends = testText(fieldValue("path"), { kind: "endsWith", value: text("/") }, at);
  const unforced = variableIs("forced", "", at);
  const asked = all(ends, variableIs("info", "", at), variableIs("proxied", "", at), any(all(unforced, directory(true)), directory(false)));
  const having = layers.filter((layer) => named(layer, "directoryindex").length > 0);
  const base = { kind: "server", when: all(), placed: [], directory: null, at };
  const index2 = latestFirst([base, ...having], (layer) => {
    const lines = named(layer, "directoryindex");
    const names = lines.length === 0 ? defaults : lines.flatMap(valuesOf2).filter((name) => name.toLowerCase() !== "disabled");
    const where = lines[0]?.node.span ?? at;
    return indexGates(names, all(layer.when, asked), stage2, where, layers.some((one) => named(one, "directoryindexredirect").length > 0));
  });
  const reading = methodIn(["GET", "HEAD"], at);
  const listing = [
    gate(all(asked, unforced, reading, variableIs("options.indexes", "on", at)), { kind: "answer", status: 200 }, because(at, "lists the directory"), "none"),
    implied(deny(all(asked, unforced, reading), 403, because(at, "no index file, and no listing is allowed"), "no-file")),
    implied(deny(all(asked, unforced), 404, because(at, "a directory without an index file answers no POST"), "no-file"))
  ];
  return [{ name: "index", gates: index2 }, ...fallbackChains(layers, asked, stage2), { name: "listing", gates: listing }];
}
function indexGates(names, when, stage2, at, mayRedirect) {
  const likely = names.find((name) => new RegExp(`${scripts}$`).test(name)) ?? names[0];
  return names.flatMap((name) => {
    const file = name.startsWith("/") ? text(name) : [...variable("file"), { kind: "text", text: name }];
    const path = name.startsWith("/") ? text(name) : [{ kind: "field", field: "path" }, { kind: "text", text: name }];
    const there = name.startsWith("/") ? all() : testText(file, { kind: "onDisk", as: "file", otherwise: name === likely }, at);
    const found = all(when, there);
    return [...mayRedirect ? indexRedirects(found, path, at) : [], ...internalRequest(found, path, stage2, at, `index ${name}`)];
  });
}
function internalRequest(when, path, stage2, at, mark2) {
  const why = because(at, "is what the server looks for");
  return [
    set("chosen", mark2, at, when),
    set("index", "yes", at, variableIs("chosen", mark2, at)),
    gate(variableIs("chosen", mark2, at), { kind: "reroute", stage: stage2, path, method: "GET" }, why, "none")
  ];
}
function indexRedirects(when, path, at) {
  return [301, 302, 303, 307, 308].map(
    (status) => gate(all(when, variableIs("indexredirect", String(status), at)), { kind: "redirect", status, to: path }, because(at, "is redirected to"), "redirect")
  );
}
function fallbackChains(layers, emptyDirectory, stage2) {
  const having = layers.filter((layer) => named(layer, "fallbackresource").length > 0);
  if (having.length === 0) return [];
  const gates = latestFirst(having, (layer) => {
    const placed2 = named(layer, "fallbackresource").at(-1);
    const [resource = "disabled"] = placed2 === void 0 ? [] : valuesOf2(placed2);
    if (placed2 === void 0 || resource.toLowerCase() === "disabled") return [];
    const at = placed2.node.span;
    const absent2 = not(testText(variable("file"), { kind: "onDisk", as: "any", otherwise: false }, at));
    const plain = all(variableIs("forced", "", at), variableIs("byname", "", at), variableIs("proxied", "", at), not(matches(variable("name"), `${scripts}$`, at)));
    const first = all(layer.when, placed2.guard, any(all(absent2, plain), emptyDirectory), variableIs("index", "", at));
    return internalRequest(first, text(resource), stage2, at, `fallback ${placed2.node.span.start}`);
  });
  return [{ name: "fallback", gates }];
}
function handlerChain(layers, at) {
  const options2 = layers.findLast((layer) => named(layer, "options").length > 0)?.placed.findLast(({ node }) => node.key === "options")?.node.span;
  const file = variable("file");
  const kind = (value2) => variableIs("kind", value2, at);
  const absent2 = (otherwise) => not(testText(file, { kind: "onDisk", as: "any", otherwise }, at));
  const gone2 = not(testText(file, { kind: "onDisk", as: "any" }, at));
  const extra = not(variableIs("info", "", at));
  const folder = testText(file, { kind: "onDisk", as: "directory", otherwise: false }, at);
  const chosen2 = (name) => set("kind", variable(name), at, not(variableIs(name, "", at)));
  const noFile = (when, note) => implied(deny(when, 404, because(at, note), "no-file"));
  const sent = (methods) => test("sentMethod", { kind: "in", values: methods }, at);
  return {
    name: "handler",
    gates: [
      gate(not(variableIs("proxied", "", at)), { kind: "enter", stage: "application" }, because(at, "a proxy answers"), "none"),
      set("kind", "static", at),
      set("kind", "app", at, matches(variable("name"), `${scripts}$`, at, { ignoreCase: true })),
      chosen2("byname"),
      chosen2("byalias"),
      chosen2("forced"),
      deny(all(kind("cgi"), variableIs("options.cgi", "off", at), any(not(absent2(true)), extra)), 403, because(options2 ?? at, "programs may not run here"), "broken-configuration"),
      noFile(all(kind("cgi"), absent2(true)), "the script is not there"),
      deny(all(kind("cgi"), folder), 403, because(at, "a directory is no script"), "no-file"),
      set("kind", "app", at, any(kind("cgi"), kind("dav"))),
      noFile(all(kind("app"), variableIs("forced", "", at), absent2(true)), "the script is not there"),
      noFile(all(kind("app"), extra, variableIs("pathinfo", "off", at)), "AcceptPathInfo is off"),
      gate(kind("app"), { kind: "enter", stage: "application" }, because(at, "an application answers"), "none"),
      gate(sent(["OPTIONS"]), { kind: "answer", status: 200 }, because(at, "the server says what it allows"), "none"),
      deny(all(folder, sent(["GET", "HEAD"])), 403, because(at, "a directory is not shown without its slash"), "no-file"),
      noFile(folder, "a directory is no file"),
      implied(deny(not(sent(["GET", "HEAD", "POST"])), 405, because(at, "a file answers GET and POST only"), "static-handler")),
      noFile(all(extra, not(variableIs("pathinfo", "on", at))), "a file takes no path after its name"),
      noFile(gone2, "there is no such file"),
      gate(all(), { kind: "enter", stage: "files" }, because(at, "a file answers"), "none")
    ]
  };
}
function lastStages(at) {
  const found = all(variableIs("index", "yes", at), variableIs("error", "", at));
  const restore = gate(found, { kind: "alter", what: "method", value: [{ kind: "field", field: "sentMethod" }] }, because(at, "goes on as it was sent"), "none");
  const scope = (name, handler) => [{ name, when: all(), chains: [{ name, gates: [restore] }], handler, at }];
  return { application: scope("application", "app"), files: scope("files", "static") };
}

// src/formats/apache/environment.ts
var keys2 = ["setenvif", "setenvifnocase", "browsermatch", "browsermatchnocase", "setenvifexpr"];
function environmentGates(layers, names, id) {
  return layers.flatMap(
    (layer, index2) => named(layer, ...keys2).flatMap((placed2, line) => lineGates(layer, placed2, names, `${id}.${index2}.${line}.`))
  );
}
function lineGates(layer, placed2, names, captures) {
  const { node, guard } = placed2;
  const words3 = valuesOf2(placed2);
  const at = node.span;
  const browser2 = node.key.startsWith("browsermatch");
  const byExpression = node.key === "setenvifexpr";
  const pattern4 = (browser2 ? words3[0] : words3[1]) ?? "";
  const ignoreCase = node.key.endsWith("nocase");
  const held = byExpression ? expression(words3[0] ?? "", at, names).condition : attributeMatches(browser2 ? "User-Agent" : words3[0] ?? "", pattern4, { ignoreCase, captures }, at);
  const assignments = words3.slice(browser2 || byExpression ? 1 : 2);
  return assignments.map((written3) => assign2(written3, all(layer.when, guard, held), captures, at));
}
function assign2(written3, when, captures, at) {
  if (written3.startsWith("!")) return set(`env.${written3.slice(1)}`, "", at, when);
  const equals = written3.indexOf("=");
  if (equals < 0) return set(`env.${written3}`, "1", at, when);
  return set(`env.${written3.slice(0, equals)}`, withGroups(written3.slice(equals + 1), captures), at, when);
}
function withGroups(written3, captures) {
  const parts2 = [];
  for (const piece of written3.split(/(\$\d)/)) {
    if (/^\$\d$/.test(piece)) parts2.push({ kind: "field", field: `var:${captures}${piece[1] ?? "0"}` });
    else if (piece !== "") parts2.push({ kind: "text", text: piece });
  }
  return parts2.length === 0 ? text("") : parts2;
}
function attributeMatches(attribute, pattern4, options2, at) {
  const known3 = attributeValue(attribute);
  if (known3 !== null) return matches(known3, pattern4, at, options2);
  if (/[\\^$.|?*+()[\]{}]/.test(attribute)) {
    const subject2 = { kind: "entries", from: ["headers"], only: [{ kind: "pattern", pattern: attribute, ignoreCase: true }], part: "values" };
    return { kind: "test", subject: subject2, operator: { kind: "matches", pattern: pattern4, ...options2, dotAll: true, dollarEndOnly: true }, at };
  }
  const name = attribute.toLowerCase();
  const sent = test(`header:${name}`, { kind: "present" }, at);
  const header2 = matches(fieldValue(`header:${name}`), pattern4, at, options2);
  return any(all(sent, header2), all({ kind: "not", of: sent }, matches(environment(attribute), pattern4, at, options2)));
}
function attributeValue(attribute) {
  switch (attribute.toLowerCase()) {
    case "request_method":
      return fieldValue("method");
    case "request_uri":
      return fieldValue("path");
    case "request_protocol":
      return text("HTTP/1.1");
    case "remote_addr":
      return fieldValue("clientAddress");
    case "remote_host":
    case "server_addr":
      return unknownValue(attribute);
    default:
      return null;
  }
}

// src/formats/apache/error-pages.ts
function withErrorPages(chains, layers, stage2) {
  const pages = pagesOf(layers, stage2);
  if (pages.length === 0) return chains;
  return chains.map((chain3, index2) => ({ ...chain3, gates: chain3.gates.flatMap((gate3, place2) => withPages(gate3, pages, `${index2}.${place2}`)) }));
}
function pagesOf(layers, stage2) {
  const pages = layers.flatMap(
    (layer) => named(layer, "errordocument").flatMap((placed2) => {
      const [code = "", target3 = ""] = valuesOf2(placed2);
      const status = Number.parseInt(code, 10);
      const effect = effectOf(status, target3, stage2);
      return effect === null ? [] : [{ status, when: all(layer.when, placed2.guard), effect, at: placed2.node.span }];
    })
  );
  return pages.reverse();
}
function effectOf(status, target3, stage2) {
  if (/^https?:\/\//i.test(target3)) return status === 401 ? null : { kind: "redirect", status: 302, to: text(target3) };
  const path = target3.replace(/\?.*$/s, "");
  if (!/^\/(.*\.(php\d?|phtml|cgi|fcgi|pl|py)|[^.]*)$/.test(path)) return null;
  const query = target3.includes("?") ? { query: text(target3.slice(target3.indexOf("?") + 1)) } : {};
  return { kind: "reroute", stage: stage2, path: text(path), ...query, method: "GET", status };
}
function withPages(gate3, pages, id) {
  if (gate3.effect.kind !== "deny") return [gate3];
  const { status } = gate3.effect;
  const own3 = pages.filter((page) => page.status === status);
  const { label: label2, ...unlabelled } = gate3;
  const gates = own3.flatMap((page, index2) => {
    const mark2 = `${id}.${index2}`;
    const chosen2 = variableIs("page", mark2, page.at);
    const first2 = set("page", mark2, page.at, all(gate3.when, page.when, variableIs("error", "", page.at)));
    const once = set("error", "yes", page.at, chosen2);
    const [point, ...more] = gate3.because;
    const why = because(point.at, point.note, ...more, { at: page.at, note: `is shown for ${status}` });
    return [first2, once, { when: chosen2, effect: page.effect, because: why, reason: gate3.reason }];
  });
  const [first, ...rest] = [...gates, unlabelled];
  return first === void 0 || label2 === void 0 ? [...gates, unlabelled] : [{ ...first, label: label2 }, ...rest];
}

// src/formats/apache/ignored.ts
var read = new Set(
  `allow allowmethods allowoverride acceptpathinfo addhandler addtype alias authmerging authtype browsermatch browsermatchnocase dav deny
   directoryindex directoryindexredirect directoryslash documentroot errordocument fallbackresource jkmount limitrequestbody options order
   proxypass proxypassmatch redirect redirectmatch redirectpermanent redirecttemp removehandler requestheader require rewritebase
   rewritecond rewriteengine rewriteoptions rewriterule satisfy scriptalias servername serveralias setenvif setenvifexpr setenvifnocase
   sethandler sslrequiressl traceenable wsgiscriptalias define undefine usecanonicalname`.trim().split(/\s+/)
);
var byModule = [
  [/^(mod_log|mod_logio|mod_dumpio|mod_log_debug|mod_log_forensic)/, "decides what is logged"],
  [/^(event|worker|prefork|mpm_|mod_unixd|mod_so|mod_watchdog|mod_suexec|http_core|mod_slotmem|mod_heart)/, "runs the server, and decides about no request"],
  [/^(mod_headers|mod_expires|mod_usertrack)/, "changes answers, not what becomes of a request"],
  [/^(mod_deflate|mod_brotli|mod_filter|mod_ext_filter|mod_substitute|mod_sed|mod_include|mod_charset_lite|mod_xml2enc|mod_proxy_html|mod_ratelimit|mod_buffer|mod_reflector)/, "changes bodies on their way"],
  [/^(mod_cache|mod_socache|mod_file_cache)/, "keeps answers to GET"],
  [/^(mod_auth|mod_session|util_ldap|mod_dbd)/, "says how identities are checked; credentials are taken to be right"],
  [/^(mod_ssl|mod_md|mod_http2)/, "sets up the connection"],
  [/^(mod_autoindex|mod_mime|mod_mime_magic|mod_negotiation|mod_imagemap|mod_speling|mod_dir)/, "chooses how files are shown"],
  [/^(mod_env|mod_setenvif|mod_ident|mod_unique_id)/, "sets variables too late to decide about a request"],
  [/^(mod_proxy|mod_lbmethod)/, "says how a backend is spoken to"],
  [/^(mod_cgi|mod_cgid|mod_actions|mod_asis|mod_userdir|mod_vhost_alias)/, "says how programs are run, or maps URLs that are not followed"],
  [/^mod_reqtimeout/, "refuses slow clients only"],
  [/^mod_security2/, "belongs to ModSecurity, which is read by itself"],
  [/^mod_dav/, "concerns WebDAV methods"],
  [/^(mod_status|mod_info|mod_macro|mod_version|mod_request|mod_remoteip|mod_data)/, "has no part in what becomes of a POST"]
];
function ignoredDirectives(statements) {
  return statements.flatMap(({ node, children }) => {
    if (node.kind === "section") return ignoredDirectives(children);
    return read.has(node.key) ? [] : [{ at: node.span, note: reasonFor(node.key) }];
  });
}
function reasonFor(key) {
  const rules2 = rulesOf(key);
  if (rules2 === void 0) return "belongs to a module that does not come with the server; where that is missing, the server refuses the file";
  const known3 = byModule.find(([modules]) => modules.test(rules2.module));
  return known3?.[1] ?? "sets up the server, and refuses no POST";
}

// src/formats/apache/limits.ts
function limitChains(layers) {
  const having = layers.filter((layer) => named(layer, "limitrequestbody").length > 0);
  return having.length === 0 ? [] : [{ name: "body", gates: latestFirst(having, bodyGates) }];
}
function bodyGates(layer) {
  const placed2 = named(layer, "limitrequestbody").at(-1);
  if (placed2 === void 0) return [];
  const limit = Number.parseInt(valuesOf2(placed2)[0] ?? "0", 10) || 0;
  if (limit <= 0) return [];
  const { span } = placed2.node;
  const above = test("bodyBytes", { kind: "number", is: ">", value: text(String(limit)) }, span);
  return [deny(all(layer.when, placed2.guard, above), 413, because(span, `allows ${limit} bytes`), "body-size")];
}
function headerChains(layers) {
  const gates = layers.flatMap((layer) => named(layer, "requestheader").flatMap((placed2) => headerGates(layer, placed2)));
  return gates.length === 0 ? [] : [{ name: "request headers", gates }];
}
function headerGates(layer, placed2) {
  const words3 = valuesOf2(placed2).filter((word3) => word3.toLowerCase() !== "early");
  const [action = "", name = "", value2 = ""] = words3;
  const header2 = name.toLowerCase().replace(/:$/, "");
  const { span } = placed2.node;
  const condition = words3.slice(action.toLowerCase() === "unset" ? 2 : 3).find((word3) => /^(env=|expr=)/i.test(word3));
  const when = all(layer.when, placed2.guard);
  const guarded4 = condition === void 0 ? when : all(when, { kind: "unknown", key: condition, why: `whether ${condition} holds`, reads: "anything", at: span });
  const why = because(span, "changes what the application sees");
  if (action.toLowerCase() === "unset") {
    const body = header2 === "content-length" ? [gate(guarded4, { kind: "alter", what: "body", value: null }, why, "none")] : [];
    return [gate(guarded4, { kind: "alter", what: `header:${header2}`, value: null }, why, "none"), ...body];
  }
  if (action.toLowerCase() !== "set" || value2.includes("%")) return [];
  return [gate(guarded4, { kind: "alter", what: `header:${header2}`, value: text(value2) }, why, "none")];
}

// src/formats/apache/validate.ts
function faultsOf(statements, allowance) {
  const rewriting2 = statements.filter(({ node }) => node.key === "rewritecond" || node.key === "rewriterule");
  const rules2 = rulesetOf(rewriting2.map((one) => ({ node: one.node, guard: one.guard, methods: [], children: [] })));
  const badRules = rules2.faults.filter(({ placed: placed2 }) => !isTemplate(placed2.node)).map(({ at, message, placed: placed2 }) => ({ at, message, when: placed2.guard }));
  return [...badRules, ...negativeFaults(statements), ...statements.flatMap((statement3) => statementFaults(statement3, allowance, []))];
}
function faultOfProblem(problem5) {
  const transparent = problem5.code === "unclosed-section" && /^<(ifmodule|ifversion|ifdefine)/i.test(problem5.at.file.text.slice(problem5.at.start));
  return transparent ? null : { at: problem5.at, message: problem5.message, when: always };
}
function isTemplate(node) {
  return node.template || node.args.some((arg) => arg.template);
}
function statementFaults(statement3, allowance, outer) {
  const { node, guard } = statement3;
  if (node.template) return [];
  const fault = placeFault(statement3, allowance) ?? syntaxFault(statement3, allowance, outer);
  const own3 = fault === null ? [] : [{ at: node.span, message: fault.message, when: guard }];
  const limits = node.key === "limit" || node.key === "limitexcept" ? [...outer, methodsOf(statement3)] : outer;
  if (own3.length > 0) return own3;
  const rest = statement3.children.filter(({ node: child }) => child.key !== "rewritecond" && child.key !== "rewriterule");
  const rules2 = statement3.children.length === rest.length ? [] : faultsOf(statement3.children.filter((child) => !rest.includes(child)), allowance);
  const negative = node.key === "requireall" ? [] : negativeFaults(rest);
  return [...rules2, ...negative, ...rest.flatMap((child) => statementFaults(child, allowance, limits))];
}
function methodsOf({ node }) {
  return { kind: node.key === "limit" ? "only" : "except", names: node.args.map((arg) => arg.value), at: node.span, words: node.argsText.standsAt === void 0 ? node.args.map((arg) => arg.span) : [] };
}
function placeFault({ node }, allowance) {
  if (!allowance.htaccess) return null;
  const rules2 = rulesOf(node.key);
  if (rules2 === void 0) {
    const message = `Invalid command '${node.name}', perhaps misspelled or defined by a module not included in the server configuration`;
    return mayBeForeign(node.key) ? null : { message };
  }
  if (rules2.overrides === null) return { message: `${node.name} not allowed here` };
  const granted2 = allowance.overrides === null || rules2.overrides.includes("Any") || rules2.overrides.some((one) => allowance.overrides?.has(one));
  return granted2 || allowance.nonfatal ? null : { message: `${node.name} not allowed here` };
}
var oneArgument = /* @__PURE__ */ new Set([
  "order",
  "satisfy",
  "authtype",
  "authname",
  "authuserfile",
  "authgroupfile",
  "authmerging",
  "rewritebase",
  "sethandler",
  "forcetype",
  "fallbackresource",
  "limitrequestbody",
  "limitxmlrequestbody",
  "acceptpathinfo",
  "adddefaultcharset",
  "defaultlanguage",
  "directoryindexredirect"
]);
var flags = /* @__PURE__ */ new Set(["rewriteengine", "expiresactive", "cgipassauth"]);
var knownMethods = new Set(
  "GET HEAD PUT POST DELETE CONNECT OPTIONS TRACE PATCH PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK VERSION-CONTROL CHECKOUT UNCHECKOUT CHECKIN UPDATE LABEL REPORT MKWORKSPACE MKACTIVITY BASELINE-CONTROL MERGE".split(" ")
);
function syntaxFault(statement3, allowance, outer) {
  const { node } = statement3;
  if (isTemplate(node) && node.args.every((arg) => !arg.value.includes("${"))) return null;
  const words3 = node.args.map((arg) => arg.value);
  const first = (words3[0] ?? "").toLowerCase();
  if (oneArgument.has(node.key) && words3.length !== 1) return { message: `${node.name} takes one argument` };
  if (flags.has(node.key) && first !== "on" && first !== "off") return { message: `${node.name} must be On or Off` };
  switch (node.key) {
    case "limit":
    case "limitexcept":
      return limitFault(statement3, allowance.htaccess, outer);
    case "order":
      return /^(allow,deny|deny,allow|mutual-failure)$/.test(first) ? null : { message: "unknown order" };
    case "allow":
    case "deny":
      return listFault(words3);
    case "satisfy":
      return first === "any" || first === "all" ? null : { message: "Satisfy either 'any' or 'all'." };
    case "require":
      return requireFault(words3);
    case "redirect":
    case "redirectmatch":
      return redirectFault(words3);
    case "files":
    case "filesmatch":
      return words3.length === 0 ? { message: `<${node.name}> directive requires additional arguments` } : insideLimit(outer, node.name);
    case "if":
    case "elseif":
      return node.kind === "directive" ? null : ifFault(statement3, allowance.names);
    case "options":
      return optionsFault(words3);
    case "limitrequestbody":
      return /^\d+$/.test(first) ? null : { message: "LimitRequestBody requires a non-negative integer." };
    case "setenvif":
    case "setenvifnocase":
      return words3.length < 3 ? { message: `Missing envariable expression for ${node.name}` } : null;
    default:
      return null;
  }
}
function insideLimit(outer, name) {
  return outer.length > 0 ? { message: `<${name}> cannot occur within <Limit> section` } : null;
}
function limitFault(statement3, htaccess, outer) {
  const { names, kind } = methodsOf(statement3);
  const name = statement3.node.name;
  if (names.length === 0) return { message: `<${name}> directive requires additional arguments` };
  if (kind === "only" && names.includes("TRACE")) return { message: "TRACE cannot be controlled by <Limit>, see TraceEnable" };
  const strange = names.find((one) => !knownMethods.has(one));
  if (strange !== void 0 && htaccess) return { message: `Could not register method '${strange}' for <${name} from .htaccess configuration` };
  const enclosing = outer.at(-1);
  if (enclosing?.kind === "only" && kind === "only" && !names.some((one) => enclosing.names.includes(one))) {
    return { message: `<${name}> directive excludes all methods` };
  }
  return null;
}
function listFault(words3) {
  if ((words3[0] ?? "").toLowerCase() !== "from") return { message: "allow and deny must be followed by 'from'" };
  if (words3.length < 2) return { message: "takes at least two arguments" };
  for (const word3 of words3.slice(1)) {
    if (/^(env=|all$)/i.test(word3)) continue;
    if (word3.includes("/") && network(word3) === null) return { message: "An IP address was expected" };
    if (word3.includes("#")) return { message: "No comments are allowed here" };
  }
  return null;
}
function requireFault(words3) {
  const [provider = "", ...args] = (words3[0] ?? "").toLowerCase() === "not" ? words3.slice(1) : words3;
  switch (provider.toLowerCase()) {
    case "":
      return { message: "Require takes arguments" };
    case "all":
      return args.length === 1 && /^(granted|denied)$/i.test(args[0] ?? "") ? null : { message: "Argument for 'Require all' must be 'granted' or 'denied'" };
    case "ip":
      return args.some((one) => network(one) === null) ? { message: "ip address appears to be invalid" } : null;
    default:
      return null;
  }
}
function negativeFaults(children) {
  return children.filter(({ node }) => node.key === "requirenone" || node.key === "require" && (node.args[0]?.value ?? "").toLowerCase() === "not").map(({ node, guard }) => ({ at: node.span, message: `negative ${node.name} directive has no effect in <RequireAny> directive`, when: guard }));
}
function redirectFault(words3) {
  if (words3.length < 1 || words3.length > 3) return { message: "Redirect takes one, two or three arguments, an optional status, then document to be redirected and destination URL" };
  const [first = ""] = words3;
  const known3 = /^\d/.test(first) || /^(permanent|temp|seeother|gone)$/i.test(first);
  return words3.length === 3 && !known3 ? { message: "Redirect: invalid first argument (of three)" } : null;
}
function ifFault({ node }, names) {
  const { error } = expression(node.args[0]?.value ?? "", node.span, names);
  return error === null ? null : { message: `Cannot parse condition clause: ${error}` };
}
var optionNames = /^[+-]?(indexes|includes|includesnoexec|followsymlinks|symlinksifownermatch|execcgi|multiviews|runscripts|none|all)$/i;
function optionsFault(words3) {
  const strange = words3.find((word3) => !optionNames.test(word3));
  if (strange !== void 0) return { message: `Illegal option ${strange}` };
  const signed = words3.filter((word3) => /^[+-]/.test(word3)).length;
  return signed > 0 && signed < words3.length ? { message: "Either all Options must start with + or -, or no Option may." } : null;
}

// src/formats/apache/sections.ts
function partsOf(statements, when, ground) {
  const into = { when, ground, own: [], directories: [], files: [], locations: [], ifs: [], proxies: [] };
  collect2(statements, [], into);
  return into;
}
function collect2(statements, limits, into) {
  let before = never;
  for (const statement3 of statements) {
    const { node, guard } = statement3;
    const inside3 = node.kind === "section";
    const unknown4 = filledIn(statement3);
    if (node.key === "limit" || node.key === "limitexcept") collect2(statement3.children.map((child) => guarded(child, unknown4)), [...limits, methodsOf(statement3)], into);
    else if (inside3 && (node.key === "if" || node.key === "elseif" || node.key === "else")) before = addIf(statement3, before, into);
    else if (inside3 && (node.key === "files" || node.key === "filesmatch")) addLayer("files", statement3, filesHold(statement3, into.ground), into.files, into);
    else if (inside3 && (node.key === "location" || node.key === "locationmatch")) addLayer("location", statement3, locationHolds(statement3), into.locations, into);
    else if (inside3 && (node.key === "proxy" || node.key === "proxymatch")) addLayer("proxy", statement3, proxyHolds(statement3), into.proxies, into);
    else if (inside3 && (node.key === "directory" || node.key === "directorymatch")) into.directories.push({ ...directoryOf(statement3), statement: statement3 });
    else into.own.push({ node, guard: all(guard, unknown4), methods: limits, children: placedChildren(statement3.children, limits) });
  }
}
var leads = /^(redirect|proxypass|alias|scriptalias|errordocument|fallbackresource)/;
function filledIn({ node }) {
  const deciding = node.key === "rewriterule" ? node.args.slice(0, 1) : leads.test(node.key) ? node.args.slice(0, -1) : node.args;
  if (node.kind === "section" && node.key !== "limit" && node.key !== "limitexcept") return all();
  const placeholder2 = deciding.find((arg) => arg.template);
  if (placeholder2 === void 0) return all();
  return { kind: "unknown", key: `placeholder ${placeholder2.value}`, why: `what ${placeholder2.value} is filled in with`, reads: "anything", at: placeholder2.span };
}
function guarded(statement3, guard) {
  return { ...statement3, guard: all(guard, statement3.guard) };
}
function placedChildren(statements, limits) {
  return statements.flatMap((statement3) => {
    const { node, guard, children } = statement3;
    if (node.key === "limit" || node.key === "limitexcept") return placedChildren(children, [...limits, methodsOf(statement3)]);
    return [{ node, guard, methods: limits, children: placedChildren(children, limits) }];
  });
}
function addLayer(kind, statement3, holds4, list2, into) {
  const when = all(into.when, statement3.guard, holds4);
  const inner = partsOf(statement3.children, when, into.ground);
  list2.push({ kind, when, placed: inner.own, directory: null, at: statement3.node.span });
  into.ifs.push(...inner.ifs);
  if (kind !== "files") into.files.push(...inner.files);
}
function addIf(statement3, before, into) {
  const { node } = statement3;
  const written3 = node.args[0]?.value ?? "";
  const unknown4 = { kind: "unknown", key: `if ${written3}`, why: `whether ${written3} holds`, reads: "anything", at: node.span };
  const own3 = node.key === "else" ? not(never) : node.args[0]?.template === true ? unknown4 : expression(written3, node.span, into.ground.names).condition;
  const chained = node.key === "if" ? own3 : all(not(before), own3);
  addLayer("if", statement3, readsEnvironment(chained) ? remembered2(chained, node.span, into.ground) : chained, into.ifs, into);
  return node.key === "if" ? own3 : any(before, own3);
}
function readsEnvironment(condition) {
  return testsIn(condition).some((test2) => fieldsOf(test2.subject).some((field3) => field3.startsWith("var:env.")));
}
function remembered2(when, at, ground) {
  const name = `if.${ground.early.length}`;
  ground.early.push({ name, when, at });
  return variableIs(name, "yes", at);
}
function wildcard(pattern4, slashes) {
  const any2 = slashes ? "." : "[^/]";
  return quoted(pattern4).replaceAll("\\*", `${any2}*`).replaceAll("\\?", any2).replace(/\\\[(!|\\\^)?((?:[^\\]|\\-)*?)\\\]/g, (_, negated2, inside3) => `[${negated2 === void 0 ? "" : "^"}${inside3}]`);
}
function isRegex({ node }) {
  return node.key.endsWith("match") || node.args[0]?.value === "~";
}
function pattern({ node }) {
  return (node.args[0]?.value === "~" ? node.args[1]?.value : node.args[0]?.value) ?? "";
}
function templated(statement3) {
  const { node } = statement3;
  if (!node.args.some((arg) => arg.template)) return null;
  return { kind: "unknown", key: `<${node.name} ${node.argsText.text}>`, why: "what a placeholder is filled in with", reads: ["path"], at: node.span };
}
function servesFiles(ground, at) {
  return ground.mayProxy ? variableIs("proxied", "", at) : all();
}
function filesHold(statement3, ground) {
  const at = statement3.node.span;
  const name = variable("name");
  const written3 = pattern(statement3);
  const local = servesFiles(ground, at);
  const unknown4 = templated(statement3);
  if (unknown4 !== null) return unknown4;
  if (isRegex(statement3)) return all(local, matches(name, written3, at));
  if (/[*?[]/.test(written3)) return all(local, matches(name, `^${wildcard(written3, true)}$`, at));
  return all(local, testText(name, { kind: "equals", value: text(written3) }, at));
}
function locationHolds(statement3) {
  const at = statement3.node.span;
  const written3 = pattern(statement3);
  const unknown4 = templated(statement3);
  if (unknown4 !== null) return unknown4;
  if (isRegex(statement3)) return matches(fieldValue("path"), written3, at);
  if (/[*?[]/.test(written3)) return matches(fieldValue("path"), `^${wildcard(written3, false)}(/.*)?$`, at);
  return pathUnder("path", written3, at);
}
function pathUnder(field3, prefix, at) {
  if (prefix === "/" || prefix === "") return all();
  const whole2 = fieldValue(field3);
  if (prefix.endsWith("/")) return testText(whole2, { kind: "startsWith", value: text(prefix) }, at);
  const exact = testText(whole2, { kind: "equals", value: text(prefix) }, at);
  return any(exact, testText(whole2, { kind: "startsWith", value: text(`${prefix}/`) }, at));
}
function proxyHolds(statement3) {
  const at = statement3.node.span;
  const proxied = not(variableIs("proxied", "", at));
  const written3 = pattern(statement3);
  if (isRegex(statement3)) return all(proxied, matches(variable("proxied"), written3, at));
  if (written3 === "*") return proxied;
  if (/[*?[]/.test(written3)) return all(proxied, matches(variable("proxied"), `^${wildcard(written3, true)}`, at));
  return all(proxied, testText(variable("proxied"), { kind: "startsWith", value: text(written3) }, at));
}
function directoryOf(statement3) {
  const written3 = pattern(statement3);
  return { path: written3.length > 1 ? written3.replace(/\/+$/, "") : written3, regex: isRegex(statement3) };
}
function inDirectory(directory, regex, statement3, ground, at) {
  const unknown4 = statement3 === null ? null : templated(statement3);
  if (unknown4 !== null) return unknown4;
  const local = servesFiles(ground, at);
  if (regex) return all(local, matches([...variable("file"), ...variable("info")], directory, at));
  if (/[*?[]/.test(directory)) return all(local, matches([...variable("file"), ...variable("info")], `^${wildcard(directory, false)}(/|$)`, at));
  return all(local, underKnown(directory, ground, at));
}
function underKnown(directory, ground, at) {
  if (directory === "/") return all();
  const found = [];
  let earlier = never;
  for (const alias of ground.aliases) {
    const here = pathUnder(ground.target, alias.url, at);
    const part2 = mapped(directory, alias.directory, alias.url, ground.target, at);
    if (part2 !== null) found.push(all(not(earlier), here, part2));
    earlier = any(earlier, here);
  }
  const { documentRoot } = ground;
  if (documentRoot === null) {
    if (found.length > 0) return any(...found);
    return { kind: "unknown", key: `in ${directory}`, why: `whether the request leads to a file in ${directory}`, reads: ["path"], at };
  }
  const part = mapped(directory, documentRoot, "", ground.target, at);
  return any(...found, ...part === null ? [] : [all(not(earlier), part)]);
}
function mapped(directory, root, url, target3, at) {
  const base = root.replace(/\/+$/, "");
  if (directory === base || base.startsWith(`${directory}/`)) return all();
  if (!directory.startsWith(`${base}/`)) return null;
  return pathUnder(target3, url.replace(/\/+$/, "") + directory.slice(base.length), at);
}

// src/formats/apache/proxy.ts
function proxyGates(placed2, layers, at) {
  const sections = layers.filter((layer) => layer.kind !== "server");
  const inSections = sections.flatMap(
    (layer) => named(layer, "proxypass", "proxypassmatch").map((one) => {
      const target3 = valuesOf2(one)[0] ?? "";
      return set("proxied", target3 === "!" ? "" : target3, one.node.span, all(layer.when, one.guard));
    })
  );
  const lines = placed2.filter(({ node }) => ["proxypass", "proxypassmatch", "jkmount", "wsgiscriptalias"].includes(node.key));
  if (lines.length === 0 && inSections.length === 0) return [];
  const decided2 = label("proxy.done", at);
  const skip2 = jump2("proxy.done", at, variableIs("translated", "yes", at));
  return [...inSections, skip2, ...lines.flatMap((line) => lineGates2(line)), decided2];
}
function lineGates2(placed2) {
  const [path = "", target3 = ""] = valuesOf2(placed2);
  const { node, guard } = placed2;
  const when = all(guard, covers(placed2, path));
  const to = node.key === "wsgiscriptalias" ? "wsgi:" : node.key === "jkmount" ? "ajp:" : target3;
  const value2 = to === "!" ? "" : to;
  return [set("proxied", value2, node.span, when), jump2("proxy.done", node.span, when)];
}
function covers({ node }, path) {
  const whole2 = fieldValue("path");
  if (node.key === "proxypassmatch") return matches(whole2, path, node.span);
  if (node.key === "jkmount") return matches(whole2, `^${wildcard(path.replace(/\|/g, ""), true)}$`, node.span);
  const pattern4 = path.endsWith("/") ? `^${quoted(path)}` : `^${quoted(path)}($|/)`;
  return matches(whole2, pattern4, node.span);
}

// src/formats/apache/constants.ts
function constantsOf(program, gates) {
  const values = /* @__PURE__ */ new Map();
  const began = setInBeginning(program);
  for (const { effect } of gates) {
    if (effect.kind !== "set") continue;
    const value2 = literal(effect.value);
    const known3 = values.get(effect.variable) ?? (values.has(effect.variable) ? null : began.has(effect.variable) ? value2 : "");
    values.set(effect.variable, known3 === value2 ? value2 : null);
  }
  const bound = capturesOf(program, gates);
  return (name) => {
    if (Object.hasOwn(program.definitions, name) || bound.has(name.replace(/\d$/, ""))) return null;
    return values.has(name) ? values.get(name) ?? null : "";
  };
}
function setInBeginning(program) {
  const scopes = program.stages[program.entry] ?? [];
  const first = scopes.map(({ chains }) => chains.find(({ name }) => name === "start")?.gates ?? []);
  const names = first.map((gates) => new Set(gates.flatMap(({ when, effect }) => effect.kind === "set" && isAlways(when) ? [effect.variable] : [])));
  return new Set([...names[0] ?? []].filter((name) => names.every((one) => one.has(name))));
}
function capturesOf(program, gates) {
  const conditions = [...gates.map((gate3) => gate3.when), ...Object.values(program.stages).flatMap((stage2) => stage2.map((scope) => scope.when))];
  return new Set(
    conditions.flatMap(testsIn).flatMap(({ operator }) => operator.kind === "matches" && operator.captures !== void 0 ? [operator.captures.replace(/\d$/, "")] : [])
  );
}
function decided(condition, constant) {
  switch (condition.kind) {
    case "all":
      return all(...condition.of.map((one) => decided(one, constant)));
    case "any":
      return any(...condition.of.map((one) => decided(one, constant)));
    case "not":
      return not(decided(condition.of, constant));
    case "test":
      return decidedTest(condition, constant);
    default:
      return condition;
  }
}
function decidedTest(test2, constant) {
  const { subject: subject2, operator } = test2;
  if (operator.kind !== "equals" || subject2.kind !== "text" || test2.transforms !== void 0 || test2.negated === true) return test2;
  const [part, ...more] = subject2.of;
  if (part?.kind !== "field" || more.length > 0 || !part.field.startsWith("var:")) return test2;
  const value2 = constant(part.field.slice(4));
  const wanted = literal(operator.value);
  if (value2 === null || wanted === null || operator.ignoreCase === true) return test2;
  return value2 === wanted ? always : never;
}

// src/formats/apache/tidy.ts
function readsOfCondition(condition) {
  switch (condition.kind) {
    case "all":
    case "any":
      return condition.of.flatMap(readsOfCondition);
    case "not":
      return readsOfCondition(condition.of);
    case "test": {
      const { subject: subject2, operator } = condition;
      const inSubject = subject2.kind === "text" ? readsOfTemplate(subject2.of) : subject2.kind === "field" && subject2.field.startsWith("var:") ? [subject2.field.slice(4)] : [];
      return "value" in operator ? [...inSubject, ...readsOfTemplate(operator.value)] : inSubject;
    }
    default:
      return [];
  }
}
function readsOfTemplate(template) {
  return template.flatMap((part) => part.kind === "field" && part.field.startsWith("var:") ? [part.field.slice(4)] : []);
}
function templatesOf2(effect) {
  switch (effect.kind) {
    case "redirect":
      return [effect.to];
    case "set":
    case "alter":
      return [effect.value];
    case "reroute":
    case "rewrite":
      return [effect.path, effect.query];
    default:
      return [];
  }
}
function readsOfGate(gate3) {
  const inEffect = templatesOf2(gate3.effect).flatMap((template) => template == null ? [] : readsOfTemplate(template));
  return [...readsOfCondition(gate3.when), ...inEffect];
}
function gatesOf3(program) {
  return Object.values(program.stages).flatMap((stage2) => stage2.flatMap((scope) => scope.chains.flatMap((chain3) => chain3.gates)));
}
function mapGates(program, change) {
  const stages = Object.entries(program.stages).map(([name, stage2]) => {
    const scopes = stage2.map((scope) => ({
      ...scope,
      chains: scope.chains.map((chain3) => ({ ...chain3, gates: change(chain3.gates, chain3.name, scope) })).filter((chain3) => chain3.gates.length > 0)
    }));
    return [name, scopes];
  });
  return { ...program, stages: Object.fromEntries(stages) };
}
function tidy(program) {
  return prune(decide2(prune(decide2(withEnvironment(program)))));
}
function decide2(program) {
  const constant = constantsOf(program, gatesOf3(program));
  return mapGates(program, (gates) => gates.map((gate3) => ({ ...gate3, when: decided(gate3.when, constant) })));
}
function prune(program) {
  let now = program;
  const known3 = /* @__PURE__ */ new Map();
  const readsOf2 = (gate3) => {
    const found = known3.get(gate3) ?? readsOfGate(gate3);
    known3.set(gate3, found);
    return found;
  };
  for (let before = Infinity, gates = gatesOf3(now); gates.length < before; gates = gatesOf3(now)) {
    before = gates.length;
    const reads = new Set(gates.flatMap(readsOf2));
    now = mapGates(now, (chain3) => {
      const targets2 = new Set(chain3.flatMap((gate3) => gate3.effect.kind === "jump" ? [gate3.effect.to] : []));
      return chain3.filter((gate3) => {
        if (gate3.label !== void 0 && targets2.has(gate3.label)) return true;
        return !isNever(gate3.when) && (gate3.effect.kind !== "set" || reads.has(gate3.effect.variable));
      });
    });
  }
  return now;
}
function withEnvironment(program) {
  const names = new Set(gatesOf3(program).flatMap(({ effect }) => effect.kind === "set" && effect.variable.startsWith("env.") ? [effect.variable.slice(4)] : []));
  const own3 = [...names].filter((name) => !name.startsWith("REDIRECT_"));
  return mapGates(program, (gates, chain3, scope) => {
    if (chain3 !== "start") return gates;
    const afresh = variableIs("index", "", scope.at);
    const resets = own3.flatMap((name) => [set(`env.REDIRECT_${name}`, variable(`env.${name}`), scope.at, afresh), set(`env.${name}`, "", scope.at, afresh)]);
    return [...resets, ...gates];
  });
}

// src/formats/apache/rewrite-conditions.ts
function capturesOf2(rule, name) {
  const capturing = rule.conds.some((cond) => !cond.negated && typeOf(cond) === "regex");
  return { rule: rule.negated ? null : `${name}rule.`, cond: capturing ? `${name}cond.` : null };
}
function condsHold(rule, captures, names) {
  const groups2 = [];
  let group = [];
  for (const cond of rule.conds) {
    group.push(all(cond.placed.guard, condHolds(cond, captures, names)));
    if (cond.or) continue;
    groups2.push(any(...group));
    group = [];
  }
  if (group.length > 0) groups2.push(any(...group, always));
  return all(...groups2);
}
function typeOf(cond) {
  const { pattern: pattern4 } = cond;
  if (cond.input.toLowerCase() === "expr") return "expression";
  if (/^-[fs]$/.test(pattern4)) return "file";
  if (pattern4 === "-d") return "directory";
  if (/^-[xhlLUF]$/.test(pattern4)) return "lookup";
  if (/^-(lt|le|gt|ge|eq|ne)./.test(pattern4)) return "number";
  if (pattern4.length > 1 && pattern4.startsWith("=")) return "equals";
  return pattern4.length > 1 && /^[<>]/.test(pattern4) ? "order" : "regex";
}
function condHolds(cond, captures, names) {
  const at = cond.placed.node.span;
  const held = condTest(cond, captures, names, at);
  return cond.negated ? not(held) : held;
}
function condTest(cond, captures, names, at) {
  const input2 = expandText(cond.input, captures, names);
  switch (typeOf(cond)) {
    case "regex": {
      const capture = cond.negated || captures.cond === null ? {} : { captures: captures.cond };
      return matches(input2, cond.pattern, at, { ignoreCase: cond.ignoreCase, ...capture });
    }
    case "expression":
      return expression(cond.pattern, at, names).condition;
    case "file":
      return any(testText(input2, { kind: "onDisk", as: "file" }, at), all(isProgram(input2, names, at), testText(input2, { kind: "onDisk", as: "file", otherwise: true }, at)));
    case "directory": {
      const other = all(isProgram(input2, names, at), not(testText(input2, { kind: "onDisk", as: "directory", otherwise: false }, at)));
      return all(testText(input2, { kind: "onDisk", as: "directory" }, at), not(other));
    }
    case "number":
      return numberTest(cond, input2, at);
    case "equals":
      return testText(input2, { kind: "equals", value: text(equalsArgument(cond.pattern)), ignoreCase: cond.ignoreCase }, at);
    default:
      return { kind: "unknown", key: `${cond.input} ${cond.pattern}`, why: `whether ${cond.input} ${cond.pattern} holds`, reads: "anything", at };
  }
}
function isProgram(input2, { programs }, at) {
  return programs.length === 0 ? never : testText(input2, { kind: "in", values: programs }, at);
}
function equalsArgument(pattern4) {
  return pattern4 === '=""' ? "" : pattern4.slice(1);
}
var numeric2 = { lt: "<", le: "<=", gt: ">", ge: ">=", eq: "=", ne: "=" };
function numberTest(cond, input2, at) {
  const name = cond.pattern.slice(1, 3);
  const operator = { kind: "number", is: numeric2[name], value: text(cond.pattern.slice(3)) };
  const held = testText(input2, operator, at);
  return name === "ne" ? not(held) : held;
}
function expandText(written3, captures, names) {
  const parts2 = [];
  let plain = "";
  const flush = () => {
    if (plain !== "") parts2.push({ kind: "text", text: plain });
    plain = "";
  };
  for (let at = 0; at < written3.length; at += 1) {
    const char = written3[at] ?? "";
    const next = written3[at + 1] ?? "";
    if (char === "\\" && next !== "") {
      plain += next;
      at += 1;
    } else if ((char === "$" || char === "%") && /\d/.test(next)) {
      flush();
      const from = char === "$" ? captures.rule : captures.cond;
      if (from !== null) parts2.push({ kind: "field", field: `var:${from}${next}` });
      at += 1;
    } else if ((char === "$" || char === "%") && next === "{") {
      const end = closingBrace(written3, at + 2);
      if (end < 0) {
        plain += char;
        continue;
      }
      flush();
      const name = written3.slice(at + 2, end);
      if (char === "%") parts2.push(...rewriteVariable(name, names));
      else parts2.push({ kind: "unknown", key: `\${${name}}` });
      at = end;
    } else {
      plain += char;
    }
  }
  flush();
  return parts2;
}

// src/formats/apache/rewrite.ts
function rewriting(rules2, context, stage2) {
  const names = { documentRoot: context.documentRoot, file: variable("rw.file"), query: variable("rw.args"), programs: context.programs };
  const steps = rules2.map((rule, index2) => {
    const name = `${context.id}.${index2}`;
    const captures = capturesOf2(rule, `${name}.`);
    return { rule, name, captures, names, target: targetOf(rule, captures, names), context };
  });
  const done = `${context.id}.done`;
  const gates = steps.flatMap((step2, index2) => {
    const own3 = stepGates(step2, `${context.id}.${endOfChain(rules2, index2)}`, `${context.id}.${index2 + 1 + step2.rule.flags.skip}`, done);
    return [label(step2.name, step2.rule.placed.node.span), ...own3];
  });
  const last = [label(`${context.id}.${steps.length}`, context.at), label(done, context.at)];
  const start3 = [...beginning(context), set("rw.done", "", context.at), label(`${context.id}.again`, context.at), set("rw.matched", "", context.at)];
  return { gates: [...start3, ...gates, ...last, ...newUrl(context)], afterwards: steps.flatMap((step2) => afterwards(step2, stage2)) };
}
function endOfChain(rules2, index2) {
  let last = index2;
  while (rules2[last]?.flags.chain === true && last < rules2.length) last += 1;
  return Math.min(last + 1, rules2.length);
}
function beginning(context) {
  const { at, section } = context;
  const args = set("rw.args", [{ kind: "field", field: "query" }], at);
  if (section === null) return [args, set("rw.file", [{ kind: "field", field: "path" }], at), set("rw.rel", [{ kind: "field", field: "path" }], at)];
  return [args, set("rw.file", variable("file"), at), ...relative(context, [...variable("file"), ...variable("info")])];
}
function relative({ at, section, id }, whole2) {
  const plain = set("rw.rel", whole2, at);
  if (section?.directory == null) return [plain];
  const below = matches(whole2, `^${quoted(section.directory)}(.*)$`, at, { captures: `${id}.below` });
  return [plain, set("rw.rel", variable(`${id}.below1`), at, below)];
}
function targetOf(rule, captures, names) {
  const { substitution, flags: flags2 } = rule;
  if (substitution === "-" || flags2.status !== null) return null;
  const mark2 = questionMark(substitution);
  const path = expandText(mark2 < 0 ? substitution : substitution.slice(0, mark2), captures, names);
  const query = mark2 < 0 ? flags2.query === "discard" ? [] : null : expandText(substitution.slice(mark2 + 1), captures, names);
  return { kind: kindOf(substitution), path, query };
}
function questionMark(substitution) {
  let depth = 0;
  for (let at = 0; at < substitution.length; at += 1) {
    const char = substitution[at];
    if (char === "{") depth += 1;
    else if (char === "}") depth -= 1;
    else if (char === "?" && depth <= 0) return at;
  }
  return -1;
}
function kindOf(substitution) {
  if (/^([a-z][a-z0-9+.-]*|%\{[^}]*\}|[$%]\d):\/\//i.test(substitution)) return "url";
  if (/^https?%\{/i.test(substitution) || /^http%\d?:\/\//i.test(substitution)) return "url";
  if (substitution.startsWith("/") || /^%\{(REQUEST_URI|DOCUMENT_ROOT|REQUEST_FILENAME|ENV:BASE)\}/i.test(substitution)) return "path";
  return /^[$%]/.test(substitution) ? "either" : "relative";
}
function fires({ rule, captures, names }) {
  const { node, guard } = rule.placed;
  const capture = captures.rule === null ? {} : { captures: captures.rule };
  const match = matches(variable("rw.rel"), rule.pattern, node.span, { ignoreCase: rule.flags.ignoreCase, ...capture });
  const outside = rule.flags.notInside ? [not(variableIs("index", "yes", node.span))] : [];
  return all(guard, ...outside, rule.negated ? not(match) : match, condsHold(rule, captures, names));
}
function whyOf({ rule }, note) {
  return because(rule.placed.node.span, note, ...rule.conds.map((cond) => ({ at: cond.placed.node.span, note: "is its condition" })));
}
function stepGates(step2, afterChain, afterSkip, done) {
  const { flags: flags2 } = step2.rule;
  const at = step2.rule.placed.node.span;
  const when = fires(step2);
  if (flags2.status !== null && flags2.environment.length === 0 && !flags2.chain) return [statusGate(step2, when, flags2.status)];
  const fired = variableIs("rw.matched", step2.name, at);
  const gates = [set("rw.matched", step2.name, at, when), ...environmentGates2(step2, fired)];
  if (flags2.chain) gates.push(jump2(afterChain, at, not(fired)));
  if (flags2.status !== null) gates.push(statusGate(step2, fired, flags2.status));
  if (flags2.handler !== null) gates.push(set("forced", handlerKind(flags2.handler), at, fired));
  gates.push(...substitute(step2, fired));
  if (flags2.end) gates.push(set("end", "yes", at, fired));
  if (flags2.last || flags2.end || flags2.proxy || flags2.passThrough) gates.push(jump2(done, at, fired));
  else if (flags2.next) gates.push(jump2(`${step2.context.id}.again`, at, fired));
  else if (flags2.skip > 0) gates.push(jump2(afterSkip, at, fired));
  return gates;
}
function handlerKind(name) {
  return name === "default-handler" ? "static" : "app";
}
function statusGate(step2, when, status) {
  if (status >= 200 && status < 300) return gate(when, { kind: "answer", status }, whyOf(step2, `answers ${status}`), "fixed-answer");
  return deny(when, status, whyOf(step2, "refuses"), reasonOf3(step2.rule));
}
function reasonOf3(rule) {
  const reads = rule.conds.map((cond) => `${cond.input} ${cond.input.toLowerCase() === "expr" ? cond.pattern : ""}`.toUpperCase());
  const looksAt = (pattern4) => reads.some((one) => pattern4.test(one));
  if (looksAt(/%\{HTTP:CONTENT-TYPE|CONTENT_TYPE/)) return "content-type";
  if (looksAt(/HTTP_REFERER|HTTP:(REFERER|ORIGIN)/)) return "cross-site";
  if (looksAt(/HTTP_USER_AGENT|HTTP:USER-AGENT/)) return "client-software";
  if (looksAt(/REQUEST_METHOD|THE_REQUEST/)) return "method";
  return looksAt(/REMOTE_ADDR|REMOTE_HOST|X-FORWARDED-FOR/) ? "address-list" : "waf-match";
}
function environmentGates2({ rule, captures, names }, fired) {
  return rule.flags.environment.map((written3) => {
    const colon = written3.indexOf(":");
    const name = written3.startsWith("!") ? written3.slice(1) : colon < 0 ? written3 : written3.slice(0, colon);
    const value2 = written3.startsWith("!") || colon < 0 ? text("") : expandText(written3.slice(colon + 1), captures, names);
    return set(`env.${name}`, value2, rule.placed.node.span, fired);
  });
}
function substitute(step2, fired) {
  const { target: target3, context, rule } = step2;
  if (target3 === null) return [];
  const at = rule.placed.node.span;
  const gates = [...queryGates(step2, target3, fired)];
  if (rule.flags.proxy) return [...gates, set("proxied", target3.path, at, fired)];
  if (isRedirect(step2) && rule.flags.last) return [...gates, redirectGate2(step2, target3, fired)];
  const inside3 = context.section === null ? "/" : context.section.directory ?? "";
  const beneath = [{ kind: "text", text: inside3 }, ...target3.path];
  gates.push(set("rw.file", target3.kind === "relative" ? beneath : target3.path, at, fired));
  if (target3.kind === "either") {
    const rooted = testText(target3.path, { kind: "startsWith", value: text("/") }, at);
    const absolute = matches(target3.path, "^[a-z][a-z0-9+.-]*://", at, { ignoreCase: true });
    gates.push(set("rw.file", beneath, at, all(fired, not(any(rooted, absolute)))));
  }
  gates.push(set("rw.done", step2.name, at, fired));
  if (rule.flags.last || rule.flags.end) return gates;
  const next = context.section === null ? variable("rw.file") : [...variable("rw.file"), ...variable("info")];
  return [...gates, ...relative(context, next).map((one) => ({ ...one, when: all(fired, one.when) }))];
}
function queryGates(step2, target3, fired) {
  const at = step2.rule.placed.node.span;
  if (target3.query === null) return [];
  if (step2.rule.flags.query !== "append" || target3.query.length === 0) {
    return step2.rule.flags.query === "append" ? [] : [set("rw.args", target3.query, at, fired)];
  }
  const joined2 = [...target3.query, { kind: "text", text: "&" }, ...variable("rw.args")];
  const trailing = matches(variable("rw.args"), "^(.*)&$", at, { captures: `${step2.name}.args` });
  return [set("rw.args", joined2, at, fired), set("rw.args", variable(`${step2.name}.args1`), at, all(fired, trailing))];
}
function isRedirect({ rule, target: target3 }) {
  return rule.flags.redirect !== null || target3?.kind === "url";
}
function redirectGate2(step2, target3, when) {
  const status = step2.rule.flags.redirect ?? 302;
  const prefix = step2.context.section === null ? "/" : step2.context.section.base ?? step2.context.section.urlPrefix ?? "/";
  const path = target3.kind === "relative" || target3.kind === "either" ? [{ kind: "text", text: prefix }, ...target3.path] : target3.path;
  return fixable(gate(when, { kind: "redirect", status, to: path }, whyOf(step2, "redirects"), "redirect"), ruleFix(step2.rule, status));
}
function newUrl({ id, section, documentRoot, at }) {
  if (section === null) return [];
  const gates = [set("rw.url", variable("rw.file"), at)];
  if (section.base !== null && section.directory !== null) {
    const inside3 = matches(variable("rw.file"), `^${quoted(section.directory)}(.*)$`, at, { captures: `${id}.base` });
    gates.push(set("rw.url", [{ kind: "text", text: section.base }, ...variable(`${id}.base1`)], at, inside3));
  } else if (documentRoot !== null) {
    const inside3 = matches(variable("rw.file"), `^${quoted(documentRoot)}(/.*)$`, at, { captures: `${id}.base` });
    gates.push(set("rw.url", variable(`${id}.base1`), at, inside3));
  }
  return gates;
}
function afterwards(step2, stage2) {
  const { target: target3, rule, context } = step2;
  if (target3 === null || rule.flags.proxy || isRedirect(step2) && rule.flags.last) return [];
  const at = rule.placed.node.span;
  const last = variableIs("rw.done", step2.name, at);
  if (isRedirect(step2)) return [redirectGate2(step2, { ...target3, kind: "url", path: variable("rw.file") }, last)];
  if (context.section === null) {
    const path = variable("rw.file");
    const rewrite2 = rule.flags.passThrough ? { path, query: variable("rw.args") } : { query: variable("rw.args") };
    const chosen2 = rule.flags.passThrough ? [set("target", path, at, last)] : chooseFile(context, last, at);
    return [gate(last, { kind: "rewrite", ...rewrite2 }, whyOf(step2, "rewrites"), "none"), ...chosen2];
  }
  const same2 = testText(variable("rw.file"), { kind: "equals", value: variable("file") }, at);
  const again = all(last, not(same2));
  const there = { kind: "reroute", stage: stage2, path: variable("rw.url"), query: variable("rw.args") };
  const inside3 = all(again, variableIs("inside", "yes", at), variableIs("error", "", at));
  return [
    set("env.REDIRECT_STATUS", "200", at, again),
    set("inside", variable("index"), at, again),
    set("index", "", at, again),
    gate(inside3, { ...there, method: null }, whyOf(step2, "rewrites"), "none"),
    gate(again, there, whyOf(step2, "rewrites"), "none")
  ];
}
function chooseFile({ documentRoot, id }, last, at) {
  const gates = [set("target", variable("rw.file"), at, last), set("translated", "yes", at, last)];
  if (documentRoot === null) return gates;
  const inside3 = matches(variable("rw.file"), `^${quoted(documentRoot)}(/.*)$`, at, { captures: `${id}.root` });
  return [...gates, set("target", variable(`${id}.root1`), at, all(last, inside3))];
}

// src/formats/apache/rewrite-place.ts
var keys3 = ["rewriteengine", "rewritebase", "rewriteoptions", "rewritecond", "rewriterule"];
var ruleKeys = ["rewritecond", "rewriterule"];
function serverRewriting(host, stage2) {
  const placed2 = host.own.length > 0 ? host.own : host.main;
  const engine = [...host.main, ...host.own].findLast(({ node }) => node.key === "rewriteengine");
  if (engine === void 0 || (valuesOf2(engine)[0] ?? "").toLowerCase() !== "on") return [];
  const { rules: rules2 } = rulesetOf(placed2.filter(({ node }) => ruleKeys.some((key) => key === node.key)));
  if (rules2.length === 0) return [];
  const context = { id: "server", section: null, documentRoot: host.ground.documentRoot, programs: host.ground.names.programs, at: engine.node.span };
  const { gates, afterwards: afterwards2 } = rewriting(rules2, context, stage2);
  const ended2 = leave(engine.node.span, variableIs("end", "yes", engine.node.span));
  return [{ name: "server rewriting", gates: [ended2, ...gates, ...afterwards2] }];
}
function sectionRewriting({ layers, ground, at }, stage2) {
  const having = layers.filter((layer) => layer.kind !== "server" && named(layer, ...keys3).length > 0);
  const gates = [];
  const afterwards2 = [];
  for (let index2 = having.length - 1; index2 >= 0; index2 -= 1) {
    const layer = having[index2];
    if (layer === void 0) continue;
    const past = `rewrite.${index2}.past`;
    const own3 = layerRewriting(layer, rulesFor(having, index2), `rewrite.${index2}`, ground, stage2);
    gates.push(jump2(past, layer.at, not(layer.when)), ...own3.gates, leave(layer.at), label(past, layer.at));
    afterwards2.push(...own3.afterwards);
  }
  return { chains: having.length === 0 ? [] : [{ name: "rewriting", gates: [leave(at, variableIs("end", "yes", at)), leave(at, not(variableIs("proxied", "", at))), ...gates] }], afterwards: afterwards2 };
}
function layerRewriting(layer, rules2, id, { documentRoot, names }, stage2) {
  const off = leave(layer.at, not(variableIs("engine", "on", layer.at)));
  if (rules2.length === 0) return { gates: [off], afterwards: [] };
  const at = named(layer, "rewriteengine").at(-1)?.node.span ?? rules2[0]?.placed.node.span ?? layer.at;
  const base = named(layer, "rewritebase").at(-1);
  const urlPrefix = prefixOf3(layer, documentRoot);
  const section = { directory: layer.directory, base: base === void 0 ? null : valuesOf2(base)[0] ?? null, urlPrefix };
  const { gates, afterwards: afterwards2 } = rewriting(rules2, { id, section, documentRoot, programs: names.programs, at }, stage2);
  return { gates: [off, ...itself(layer, urlPrefix), ...links(at), ...gates], afterwards: afterwards2 };
}
function itself(layer, urlPrefix) {
  if (urlPrefix === null || urlPrefix === "/") return [];
  return [leave(layer.at, testText(fieldValue("path"), { kind: "equals", value: text(urlPrefix.slice(0, -1)) }, layer.at))];
}
function prefixOf3(layer, documentRoot) {
  if (layer.directory === null || documentRoot === null || !layer.directory.startsWith(`${documentRoot}/`)) return null;
  return layer.directory.slice(documentRoot.length);
}
function links(at) {
  const none2 = all(variableIs("options.links", "off", at), variableIs("options.owner", "off", at));
  return [deny(none2, 403, because(at, "may not rewrite while Options FollowSymLinks and SymLinksIfOwnerMatch are off"), "broken-configuration")];
}
function rulesFor(layers, index2) {
  const layer = layers[index2];
  if (layer === void 0) return [];
  const own3 = rulesetOf(named(layer, ...ruleKeys)).rules;
  const before = layers.slice(0, index2).findLast((one) => one.kind === "htaccess" || one.kind === "directory");
  if (before === void 0) return own3;
  const here = optionsOf(layer);
  const there = optionsOf(before);
  const inherited2 = () => rulesFor(layers, layers.indexOf(before)).map((rule) => guarded2(rule, before));
  if (here.has("inherit") || there.has("inheritdown") && !here.has("ignoreinherit")) return [...own3, ...inherited2()];
  if (here.has("inheritbefore") || there.has("inheritdownbefore") && !here.has("ignoreinherit")) return [...inherited2(), ...own3];
  return own3;
}
function optionsOf(layer) {
  return new Set(named(layer, "rewriteoptions").flatMap((placed2) => valuesOf2(placed2).map((word3) => word3.toLowerCase())));
}
function guarded2(rule, layer) {
  return { ...rule, placed: { ...rule.placed, guard: all(any(layer.when), rule.placed.guard) } };
}

// src/formats/apache/server.ts
function hostsOf(statements, htaccess, defaults, at) {
  const virtual = statements.filter(({ node }) => node.key === "virtualhost");
  const outside = statements.filter(({ node }) => node.key !== "virtualhost");
  const main = hostOf("server", always, outside, [], htaccess, defaults, at);
  if (virtual.length === 0) return [main];
  const named4 = virtual.map((host) => hostOf(nameOf(host), all(host.guard, addressed(host), called(host)), outside, host.children, htaccess, defaults, host.node.span));
  const firsts = virtual.filter((host, index2) => virtual.findIndex((other) => portsOf(other).join() === portsOf(host).join()) === index2).map((host) => hostOf(nameOf(host), all(host.guard, addressed(host)), outside, host.children, htaccess, defaults, host.node.span));
  return [...named4, ...firsts, main];
}
function argument(statements, key) {
  const found = statements.findLast(({ node }) => node.key === key)?.node.args[0];
  return found === void 0 || found.template ? null : found.value;
}
function nameOf(host) {
  return argument(host.children, "servername") ?? host.node.argsText.text;
}
function portsOf(host) {
  const ports = host.node.args.map((arg) => arg.template ? "*" : /:(\d+|\*)$/.exec(arg.value)?.[1] ?? "*");
  return ports.includes("*") ? [] : [...new Set(ports)].sort();
}
function addressed(host) {
  const ports = portsOf(host);
  return ports.length === 0 ? always : test("port", { kind: "in", values: ports }, host.node.span);
}
function called(host) {
  const lines = host.children.filter(({ node }) => node.key === "servername" || node.key === "serveralias");
  const names = lines.flatMap(({ node }) => node.args).filter((arg) => !arg.template);
  if (names.length === 0) return always;
  const plain = names.map((arg) => arg.value.replace(/^https?:\/\//i, "").replace(/:\d+$/, "").toLowerCase());
  const exact = test("host", { kind: "in", values: plain.filter((name) => !/[*?]/.test(name)) }, host.node.span);
  const patterns = plain.filter((name) => /[*?]/.test(name)).map((name) => matches(fieldValue("host"), `^${wildcard(name, true)}$`, host.node.span));
  return any(exact, ...patterns);
}
function hostOf(name, when, outside, inside3, htaccess, defaults, at) {
  const written3 = argument(inside3, "documentroot") ?? argument(outside, "documentroot") ?? defaults.documentRoot;
  const documentRoot = written3 === null ? null : written3.replace(/\/+$/, "");
  const everything = [...inside3, ...outside];
  const ground = {
    documentRoot,
    target: changesFile(inside3.length > 0 ? inside3 : outside) ? "var:target" : "path",
    aliases: aliasesOf(everything.map(placed)),
    mayProxy: mentions(everything, /^(proxypass|proxypassmatch|jkmount)$/) || mentionsProxyRule([...everything, ...htaccess.flatMap((file) => file.statements)]),
    early: [],
    names: { documentRoot, file: variable("file"), query: fieldValue("query"), programs: programsOf(everything, htaccess, documentRoot) }
  };
  const main = partsOf(outside, always, ground);
  const own3 = partsOf(inside3, always, ground);
  const read2 = htaccess.map((file) => ({ file, when: inDirectory(file.directory, false, null, ground, file.at), allow: allowOverride(file.directory, [...main.directories, ...own3.directories], defaults) }));
  return { name, when, at, ground, aliases: aliasesOf([...own3.own, ...main.own]), main: main.own, own: own3.own, layers: layersOf(main, own3, read2, ground, at), htaccess: read2 };
}
function programsOf(statements, htaccess, documentRoot) {
  const root = documentRoot ?? "";
  const found = [...targets(statements, root, root), ...htaccess.flatMap((file) => targets(file.statements, file.directory, root))];
  return [...new Set(found)];
}
function targets(statements, directory, root) {
  return statements.flatMap(({ node, children }) => {
    const [first, second] = node.args;
    const written3 = node.key === "rewriterule" ? second?.value : node.key === "fallbackresource" ? first?.value : void 0;
    const program = /^([^$%?\\]*\.(php\d?|phtml|cgi|fcgi|pl|py))(?=$|[?/])/.exec(written3 ?? "")?.[1];
    if (program === void 0 || /^[a-z]+:/i.test(program)) return targets(children, directory, root);
    return [program.startsWith("/") ? root + program : `${directory}/${program}`];
  });
}
function placed({ node, guard }) {
  return { node, guard, methods: [], children: [] };
}
function mentions(statements, keys4) {
  return statements.some(({ node, children }) => keys4.test(node.key) || mentions(children, keys4));
}
function mentionsProxyRule(statements) {
  return statements.some(({ node, children }) => node.key === "rewriterule" && /[[,]\s*(p|proxy)\s*[\],]/i.test(node.argsText.text) || mentionsProxyRule(children));
}
function changesFile(statements) {
  const lines = statements.filter(({ node }) => node.key === "rewriterule" || node.key === "rewritecond");
  return rulesetOf(lines.map(placed)).rules.some(({ substitution, flags: flags2 }) => substitution !== "-" && flags2.redirect === null && !flags2.passThrough && !flags2.proxy);
}
function layersOf(main, own3, htaccess, ground, at) {
  const server = [main, own3].map((parts2) => ({ kind: "server", when: always, placed: parts2.own, directory: null, at }));
  const directories = directoryLayers([...main.directories, ...own3.directories], htaccess, ground);
  const files3 = [...main.files, ...own3.files, ...directories.flatMap(({ parts: parts2 }) => parts2.files)];
  const locations = [...main.locations, ...own3.locations];
  const ifs = [...main.ifs, ...own3.ifs, ...directories.flatMap(({ parts: parts2 }) => parts2.ifs)];
  return [...server, ...directories.map(({ layer }) => layer), ...main.proxies, ...own3.proxies, ...files3, ...locations, ...ifs];
}
function directoryLayers(sections, htaccess, ground) {
  const written3 = sections.map(({ path, regex, statement: statement3 }) => {
    const at = statement3.node.span;
    const when = all(statement3.guard, inDirectory(path, regex, statement3, ground, at));
    const parts2 = partsOf(statement3.children, when, ground);
    const directory = regex || /[*?[]/.test(path) ? null : path === "/" ? "/" : `${path}/`;
    return { parts: parts2, depth: regex ? Infinity : depthOf(path), layer: { kind: "directory", when, placed: parts2.own, directory, at } };
  });
  const files3 = htaccess.filter(({ allow }) => !allow.none).map(({ file, when, allow }) => {
    const parts2 = partsOf(allow.nonfatal ? granted(file.statements, allow) : file.statements, when, ground);
    const layer = { kind: "htaccess", when, placed: parts2.own, directory: `${file.directory}/`, at: file.at };
    return { parts: parts2, depth: depthOf(file.directory) + 0.5, layer };
  });
  return [...written3, ...files3].sort((a, b) => a.depth === b.depth ? 0 : a.depth - b.depth);
}
function granted(statements, allow) {
  return statements.filter(({ node }) => isGranted(rulesOf(node.key)?.overrides ?? null, allow)).map((statement3) => ({ ...statement3, children: granted(statement3.children, allow) }));
}
function isGranted(overrides, { groups: groups2 }) {
  return overrides !== null && (groups2 === null || overrides.includes("Any") || overrides.some((one) => groups2.has(one)));
}
function depthOf(path) {
  return path.split("/").filter((part) => part !== "").length;
}
function allowOverride(directory, sections, defaults) {
  const ordered = sections.filter(({ path, regex }) => !regex && (directory === path || path === "/" || directory.startsWith(`${path}/`))).sort((a, b) => depthOf(a.path) - depthOf(b.path));
  let allow = defaults.allowOverride;
  for (const { statement: statement3 } of ordered) {
    for (const { node } of statement3.children) if (node.key === "allowoverride") allow = readOverride(node.args.map((arg) => arg.value));
  }
  return allow;
}
function readOverride(words3) {
  const plain = words3.map((word3) => word3.toLowerCase());
  const nonfatal = plain.some((word3) => word3.startsWith("nonfatal="));
  const named4 = { authconfig: "AuthConfig", fileinfo: "FileInfo", indexes: "Indexes", limit: "Limit", options: "Options" };
  const groups2 = new Set(plain.flatMap((word3) => named4[word3.replace(/=.*$/, "")] ?? []));
  return { groups: plain.includes("all") ? null : groups2, nonfatal, none: plain.includes("none") };
}

// src/formats/apache/settings.ts
function settingsGates(layers) {
  return layers.flatMap((layer) => layer.placed.flatMap((placed2) => settingGates(placed2).map((one) => ({ ...one, when: all(layer.when, placed2.guard, one.when) }))));
}
function settingGates(placed2) {
  const { node } = placed2;
  const at = node.span;
  const words3 = valuesOf2(placed2);
  const first = (words3[0] ?? "").toLowerCase();
  switch (node.key) {
    case "options":
      return optionGates(placed2);
    case "rewriteengine":
      return [set("engine", first === "on" ? "on" : "off", at)];
    case "authtype":
      return [set("authtype", first === "none" ? "" : first, at)];
    case "sethandler":
      return first.startsWith("none") ? [set("forced", "", at)] : [set("forced", handlerKind2(words3[0] ?? ""), at)];
    case "addhandler":
    case "addtype":
    case "removehandler":
    case "removetype":
      return extensionGates(placed2);
    case "acceptpathinfo":
      return [set("pathinfo", first, at)];
    case "directoryslash":
      return [set("slash", first, at)];
    case "directoryindexredirect":
      return [set("indexredirect", redirectOf(first), at)];
    case "dav":
      return [set("forced", first === "off" ? "" : "dav", at)];
    default:
      return [];
  }
}
function redirectOf(word3) {
  const named4 = { on: "302", permanent: "301", temp: "302", seeother: "303" };
  return named4[word3] ?? (/^3\d\d$/.test(word3) ? word3 : "");
}
var options = {
  followsymlinks: "options.links",
  symlinksifownermatch: "options.owner",
  execcgi: "options.cgi",
  indexes: "options.indexes"
};
function optionGates(placed2) {
  const words3 = valuesOf2(placed2).map((word3) => word3.toLowerCase());
  const at = placed2.node.span;
  const relative6 = words3.some((word3) => /^[+-]/.test(word3));
  const gates = relative6 ? [] : Object.values(options).map((name) => set(name, "off", at));
  for (const word3 of words3) {
    const name = word3.replace(/^[+-]/, "");
    const value2 = word3.startsWith("-") ? "off" : "on";
    const chosen2 = name === "all" ? Object.keys(options).filter((key) => key !== "symlinksifownermatch") : [name];
    for (const key of chosen2) {
      const known3 = options[key];
      if (known3 !== void 0) gates.push(set(known3, value2, at));
    }
  }
  return gates;
}
function handlerKind2(name) {
  const lower5 = name.toLowerCase();
  if (lower5 === "cgi-script") return "cgi";
  return ["default-handler", "send-as-is", "type-map", "server-parsed", "httpd/unix-directory"].includes(lower5) ? "static" : "app";
}
function extensionGates(placed2) {
  const { key, span } = placed2.node;
  const words3 = valuesOf2(placed2);
  const removes = key.startsWith("remove");
  const [named4 = "", ...others] = words3;
  const extensions = removes ? words3 : others;
  if (key.endsWith("type") && !(removes || /^application\/x-httpd-/i.test(named4))) return [];
  if (key === "removetype") return [];
  const value2 = removes ? "static" : key === "addtype" ? "app" : handlerKind2(named4);
  return extensions.map((extension2) => {
    const suffix = matches(variable("name"), `\\.${quoted(extension2.replace(/^\./, ""))}(\\.|$)`, span, { ignoreCase: true });
    return set("byname", value2, span, suffix);
  });
}

// src/formats/apache/writes.ts
function writesOf(layers) {
  const wide2 = layers.filter(({ kind }) => kind === "server" || kind === "htaccess" || kind === "directory");
  return wide2.flatMap(
    (layer) => layer.placed.flatMap((placed2) => {
      const note = sign(placed2);
      return note === null ? [] : [{ at: placed2.node.span, note }];
    })
  );
}
function sign(placed2) {
  const words3 = valuesOf2(placed2);
  const { key } = placed2.node;
  if (key === "limitrequestbody") return "a limit for bodies is set here";
  if (/^php_(admin_)?value$/.test(key) && /^(post_max_size|upload_max_filesize)$/i.test(words3[0] ?? "")) return "a limit for bodies is set here";
  const cors = key === "header" && words3.some((word3) => /^access-control-allow-methods:?$/i.test(word3)) && words3.some((word3) => /\bPOST\b/.test(word3));
  return cors ? "POST is named in the CORS methods" : null;
}

// src/formats/apache/lower.ts
var stage = "server";
var forgotten = ["satisfied", "proxied", "translated", "forced", "byname", "byalias", "authtype", "slash", "pathinfo", "indexredirect", "info", "chosen", "page", "kind", "rw.done", "rw.matched"];
function lower(input2) {
  const hosts = hostsOf(input2.statements, input2.htaccess, input2.defaults, input2.at);
  const scopes = hosts.map((host) => ({ name: host.name, when: host.when, chains: chainsOf(host, input2), handler: "unknown", at: host.at, ...signs(host) }));
  const last = scopes.at(-1);
  const server = last === void 0 ? [] : [...scopes.slice(0, -1), { ...last, when: always }];
  const program = {
    format: "apache",
    layer: "server",
    at: input2.at,
    stages: { [stage]: server, ...lastStages(input2.at) },
    entry: stage,
    definitions: { https: httpsCases(input2.at) },
    reroutes: { limit: 10, status: 500 },
    ignored: [...input2.ignored, ...ignoredDirectives([...input2.statements, ...input2.htaccess.flatMap((file) => file.statements)])],
    missing: input2.missing
  };
  return tidy(program);
}
function signs({ layers }) {
  const writes2 = writesOf(layers);
  return writes2.length === 0 ? {} : { writes: writes2 };
}
function httpsCases(at) {
  const secure = test("scheme", { kind: "equals", value: text("https") }, at);
  return [
    { when: secure, value: text("on") },
    { when: always, value: text("off") }
  ];
}
function chainsOf(host, input2) {
  const { ground, layers, at } = host;
  const rewriting2 = sectionRewriting(host, stage);
  const compared = comparison(layers, at);
  const base = layers.filter((layer) => layer.kind === "server");
  const sections = layers.filter((layer) => layer.kind !== "server");
  const chains = [
    { name: "start", gates: beginning2(host, input2) },
    { name: "server environment", gates: environmentGates(base, ground.names, "server env") },
    ...serverRewriting(host, stage),
    { name: "proxies", gates: proxyGates([...host.own, ...host.main], layers, at) },
    { name: "server redirects", gates: serverRedirects([...host.own, ...host.main], ground.names, "redirect.server") },
    { name: "trace", gates: traceGates([...host.main, ...host.own], at) },
    fileChain(ground, host.aliases, at),
    ...brokenChains(host, input2),
    // A body that is too long is refused whatever else would be answered.
    ...limitChains(layers),
    { name: "sections", gates: [...ground.early.map(({ name, when, at: place2 }) => set(name, "yes", place2, when)), ...compared.gates] },
    { name: "settings", gates: settingsGates(layers) },
    { name: "environment", gates: [leave(at, variableIs("index", "yes", at)), ...environmentGates(sections, ground.names, "env")] },
    ...onceOnly([...accessChains(layers), ...authorizationChain(layers, ground.names)], compared, at),
    ...rewriting2.chains,
    { name: "redirects", gates: sectionRedirects(sections, ground.names) },
    slashChain(at),
    { name: "rewritten", gates: rewriting2.afterwards },
    ...indexChains(layers, input2.index, stage, at),
    ...headerChains(layers),
    handlerChain(layers, at)
  ];
  return withErrorPages(chains, layers, stage);
}
function beginning2({ at, main, own: own3, ground }, input2) {
  const engine = [...main, ...own3].findLast(({ node }) => node.key === "rewriteengine");
  const on = engine !== void 0 && (valuesOf2(engine)[0] ?? "").toLowerCase() === "on";
  return [
    ...[...forgotten, ...ground.early.map(({ name }) => name)].map((name) => set(name, "", at)),
    ...Object.entries(input2.initial).map(([name, value2]) => set(name, value2, at)),
    set("engine", on ? "on" : "off", at),
    set("target", fieldValue("path"), at)
  ];
}
function traceGates(placed2, at) {
  const line = placed2.findLast(({ node }) => node.key === "traceenable");
  const trace = methodIn(["TRACE"], at);
  if (line !== void 0 && (valuesOf2(line)[0] ?? "").toLowerCase() === "off") {
    return [deny(trace, 405, because(line.node.span, "switches TRACE off"), "method")];
  }
  return [gate(trace, { kind: "answer", status: 200 }, because(line?.node.span ?? at, "answers TRACE"), "none")];
}
function brokenChains(host, input2) {
  const gates = host.htaccess.filter(({ allow }) => !allow.none).flatMap(({ file, when, allow }) => {
    const problems = input2.htaccess.find((one) => one.directory === file.directory && one.at.file === file.at.file)?.problems ?? [];
    const allowance = { htaccess: true, overrides: allow.groups, nonfatal: allow.nonfatal, names: host.ground.names };
    const faults = [...problems.flatMap((problem5) => faultOfProblem(problem5) ?? []), ...faultsOf(file.statements, allowance)];
    return faults.map((fault) => deny(all(when, fault.when), 500, because(fault.at, fault.message), "broken-configuration"));
  });
  return gates.length === 0 ? [] : [{ name: "configuration", gates }];
}

// src/formats/apache/index.ts
var assumedRoot = "/htdocs";
var everythingAllowed = { documentRoot: assumedRoot, allowOverride: { groups: null, nonfatal: false, none: false } };
var serverDefaults = { documentRoot: null, allowOverride: { groups: /* @__PURE__ */ new Set(), nonfatal: false, none: true } };
var initial = { "options.links": "on", "options.owner": "off", "options.cgi": "on", "options.indexes": "off" };
var indexNames = ["index.php", "index.html", "index.htm"];
var apache = {
  id: "apache",
  name: "Apache",
  claims,
  load
};
function load(files3, tree) {
  const read2 = files3.filter((file) => !holdsOnlyPath(file));
  const perDirectory = read2.filter(isPerDirectory);
  const servers = read2.filter((file) => !isPerDirectory(file));
  const hosts = loadServers(servers, tree);
  const theirs = new Set(hosts.flatMap(({ unit }) => unit.files.map((file) => file.path)));
  const own3 = perDirectory.filter((file) => !theirs.has(file.path));
  const loaded2 = [...hosts, ...groups(own3).map((group) => loadHtaccess(group, tree))];
  return {
    units: loaded2.map((one) => one.unit),
    problems: loaded2.flatMap((one) => one.problems),
    embedded: loaded2.flatMap((one) => one.embedded)
  };
}
function isPerDirectory(file) {
  return isHtaccess(file) && (/\.htaccess$/i.test(file.path) || !/^[ \t]*<(VirtualHost|Directory|Location)\b/im.test(file.text));
}
function start2(file) {
  return { file, start: 0, end: 0 };
}
function loadServers(files3, tree) {
  const expanded = files3.map((file) => {
    const into = expansion(tree, true);
    const { tree: parsed, problems } = parse2(file);
    into.problems.push(...problems);
    return { file, into, statements: expand(parsed.nodes, into) };
  });
  const included = new Set(expanded.flatMap(({ into }) => into.read.map((file) => file.path)));
  return expanded.filter(({ file }) => !included.has(file.path)).map(({ file, into, statements }) => serverUnit(file, into, statements, tree));
}
var deepestHtaccess = 4;
function htaccessBelow(statements, tree, into) {
  const patterns = documentRoots(statements).flatMap((root) => Array.from({ length: deepestHtaccess }, (_, depth) => `${root}${"/*".repeat(depth)}/.htaccess`));
  const paths = patterns.flatMap((pattern4) => pattern4.includes("*") ? tree.list(pattern4) : [pattern4]);
  return [...new Set(paths)].flatMap((path) => {
    const file = tree.read(path);
    return file === null ? [] : [readHtaccess(file, folderOf({ path, text: "" }), { ...into, includes: false })];
  });
}
function documentRoots(statements) {
  const own3 = statements.flatMap(({ node }) => {
    const root = node.key === "documentroot" ? node.args[0] : void 0;
    return root === void 0 || root.template || !root.value.startsWith("/") ? [] : [root.value.replace(/\/+$/, "")];
  });
  return [.../* @__PURE__ */ new Set([...own3, ...statements.filter(({ node }) => node.key === "virtualhost").flatMap(({ children }) => documentRoots(children))])];
}
function serverUnit(file, into, statements, tree) {
  const at = start2(file);
  const htaccess = htaccessBelow(statements, tree, into);
  const program = lower({ at, statements, htaccess, defaults: serverDefaults, initial, index: indexNames, ignored: into.ignored, missing: into.missing });
  const names = { documentRoot: null, file: variable("file"), query: variable("rw.args"), programs: [] };
  const faults = faultsOf(statements, { htaccess: false, overrides: null, nonfatal: false, names });
  const refused2 = faults.filter(({ when }) => when.kind === "all" && when.of.length === 0).map((fault) => ({ code: "server-does-not-start", message: fault.message, at: fault.at }));
  const all2 = [file, ...into.read, ...htaccess.map((one) => one.at.file)];
  return { unit: { program, files: all2, roots: [] }, problems: [...into.problems, ...refused2], embedded: embeddedRules(all2, statements) };
}
function folderOf(file) {
  const slash = file.path.lastIndexOf("/");
  return slash < 0 ? "" : file.path.slice(0, slash);
}
function groups(files3) {
  const exact = files3.filter((file) => /(^|\/)\.htaccess$/i.test(file.path));
  const others = files3.filter((file) => !exact.includes(file));
  const folders = new Set(exact.map(folderOf));
  const roots = [...folders].filter((folder) => ![...folders].some((other) => other !== folder && isBelow(folder, other)));
  const joined2 = roots.map((folder) => {
    const own3 = exact.filter((file) => folderOf(file) === folder || isBelow(folderOf(file), folder));
    const server = assumedRoot + mountOf(folder, own3);
    return { folder, server, files: own3.map((file) => ({ file, directory: server + folderOf(file).slice(folder.length).replace(/^(?=[^/])/, "/") })) };
  });
  const alone = others.map((file) => {
    const server = assumedRoot + mountOf(folderOf(file), [file]);
    return { folder: folderOf(file), server, files: [{ file, directory: server }] };
  });
  return [...joined2, ...alone];
}
function mountOf(folder, files3) {
  const name = folder.slice(folder.lastIndexOf("/") + 1);
  if (name === "") return "";
  const own3 = files3.find((file) => folderOf(file) === folder);
  const lines = own3 === void 0 ? [] : own3.text.match(/^[ \t]*Rewrite(Base[ \t].*|Rule[ \t]+\S+[ \t]+\/.*)$/gim) ?? [];
  return lines.some((line) => line.includes(` /${name}/`) || line.trimEnd().endsWith(` /${name}`)) ? `/${name}` : "";
}
function isBelow(folder, other) {
  return other === "" ? folder !== "" : folder.startsWith(`${other}/`);
}
function loadHtaccess(group, tree) {
  const into = expansion(tree, false);
  const read2 = group.files.map(({ file, directory }) => readHtaccess(file, directory, into));
  const [first] = read2;
  const at = first?.at ?? start2({ path: group.folder, text: "" });
  const ignored = into.ignored;
  const program = lower({ at, statements: [], htaccess: read2, defaults: everythingAllowed, initial, index: indexNames, ignored, missing: into.missing });
  const files3 = group.files.map(({ file }) => file);
  const roots = [{ server: group.server, local: group.folder === "" ? "." : group.folder }];
  const all2 = read2.flatMap(({ statements }) => statements);
  return { unit: { program, files: files3, roots }, problems: into.problems, embedded: embeddedRules(files3, all2) };
}
function readHtaccess(file, directory, into) {
  const { tree, problems } = parse2(file);
  into.problems.push(...problems);
  return { directory, statements: expand(tree.nodes, into), at: start2(file), problems };
}
function embeddedRules(files3, statements) {
  const spans = secLines(statements);
  return files3.flatMap((file) => {
    const own3 = spans.filter((span) => span.file === file).sort((a, b) => a.start - b.start);
    return own3.length === 0 ? [] : [{ format: "modsecurity", file: embed(file, own3) }];
  });
}
function secLines(statements) {
  return statements.flatMap(({ node, children }) => node.kind === "directive" ? /^sec[a-z]/.test(node.key) ? [node.span] : [] : secLines(children));
}

// src/formats/tree.ts
var import_yaml = __toESM(require_dist(), 1);

// src/formats/tree/mask.ts
var mark = "";
var expression2 = /\{\{-?\s*\/\*|\$?\{\{|\{%|\{#|<%|\$\{|@[A-Z][A-Z0-9_]*@/g;
var statement2 = /^(?:\{%|<%(?!=)|\{#|\{\{-?\s*(?:\/\*|(?:if|else|end|range|with|define|block|break|continue)\b|\$[\w.]+\s*:?=))/;
function maskTemplates(text2) {
  const pieces = [];
  const holes = [];
  let at = 0;
  expression2.lastIndex = 0;
  for (let found = expression2.exec(text2); found !== null; found = expression2.exec(text2)) {
    const end = endOf(text2, found.index, found[0]);
    if (end === null) continue;
    const { start: start3, stop, replacement, hole } = replace(text2, found.index, end);
    pieces.push(text2.slice(at, start3), replacement);
    if (hole) holes.push({ start: start3, end: stop });
    at = stop;
    expression2.lastIndex = stop;
  }
  if (at === 0) return { text: text2, templated: false, holes };
  return { text: pieces.join("") + text2.slice(at), templated: true, holes };
}
var longest3 = 4096;
function endOf(text2, start3, opener) {
  if (opener.startsWith("@")) return start3 + opener.length;
  const comment2 = opener.endsWith("/*");
  const closer = comment2 ? "*/" : opener.endsWith("{{") ? "}}" : opener === "{%" ? "%}" : opener === "{#" ? "#}" : opener === "<%" ? "%>" : "}";
  const near = text2.slice(start3 + opener.length, start3 + longest3);
  const found = near.indexOf(closer);
  if (found < 0 || !comment2 && /[\r\n]/.test(near.slice(0, found))) return null;
  const end = start3 + opener.length + found + closer.length;
  if (!comment2) return text2.startsWith("{{{", start3) && text2[end] === "}" ? end + 1 : end;
  const tail = /^\s*-?\}\}/.exec(text2.slice(end, end + 40));
  return tail === null ? null : end + tail[0].length;
}
function replace(text2, start3, stop) {
  const written3 = text2.slice(start3, stop);
  const lineStart = Math.max(text2.lastIndexOf("\n", start3 - 1), text2.lastIndexOf("\r", start3 - 1)) + 1;
  const alone = text2.slice(lineStart, start3).trim() === "" && /^[^\S\r\n]*(?:\r|\n|$|\{\{|\{%)/.test(text2.slice(stop, stop + 200));
  const isStatement = statement2.test(written3);
  if (isStatement || alone && !isValueOfKey(text2, lineStart, start3)) {
    return { start: start3, stop, replacement: written3.replace(/[^\r\n]/g, " "), hole: !isStatement };
  }
  return { start: start3, stop, replacement: mark.repeat(written3.length), hole: false };
}
function isValueOfKey(text2, lineStart, start3) {
  const before = text2.slice(Math.max(0, lineStart - 400), lineStart).trimEnd();
  if (!before.endsWith(":")) return false;
  const line = before.slice(Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1);
  return line.length - line.trimStart().length < start3 - lineStart;
}

// src/formats/tree/node.ts
function entry(node, key) {
  return node?.kind === "map" ? node.entries.findLast((one) => one.key === key) : void 0;
}
function field(node, key) {
  const value2 = entry(node, key)?.value;
  return value2 === void 0 || isNull(value2) ? void 0 : value2;
}
function entries(node) {
  return node?.kind === "map" ? node.entries : [];
}
function items(node) {
  return node?.kind === "list" ? node.items : [];
}
function textOf3(node) {
  return node?.kind !== "scalar" || node.template || isNull(node) ? void 0 : node.text;
}
function numberOf(node) {
  const text2 = textOf3(node);
  if (node?.kind === "scalar" && typeof node.value === "number") return node.value;
  return text2 !== void 0 && /^[+-]?\d+(?:\.\d+)?$/.test(text2) ? Number(text2) : void 0;
}
var words = /* @__PURE__ */ new Map([
  ["true", true],
  ["yes", true],
  ["on", true],
  ["false", false],
  ["no", false],
  ["off", false]
]);
function booleanOf(node) {
  if (node?.kind !== "scalar" || !node.plain) return void 0;
  return words.get(node.text.toLowerCase());
}
function isTemplate2(node) {
  return node?.kind === "scalar" && node.template;
}
function isNull(node) {
  return node.kind === "scalar" && node.value === null;
}
var shapes = { map: "a mapping", list: "a list", scalar: "a single value" };
function shapeProblem(node, wanted, what) {
  if (node === void 0 || node.kind === wanted || isNull(node) || isTemplate2(node)) return null;
  return { code: "unexpected-shape", message: `${what} must be ${shapes[wanted]}, not ${shapes[node.kind]}`, at: node.at };
}
function scalar(file, start3, end, value2, text2, plain, masked) {
  const template = masked || typeof value2 === "string" && looksUnfilled(value2);
  return { kind: "scalar", at: { file, start: start3, end }, value: value2, text: text2, plain, template };
}
function looksUnfilled(text2) {
  if (!/[<({]/.test(text2)) return false;
  return /\$\([A-Za-z_][\w.]*\)|(?<![?P=\\])<[A-Z][A-Z0-9_-]{2,}>|^<[A-Za-z][^<>\n]*>$|^\{vault:\/\//.test(text2);
}

// src/formats/tree/json.ts
var deepest3 = 200;
function readJson(file, masked) {
  const reader = { file, text: masked, at: 0, problems: [] };
  try {
    if (masked.startsWith("\uFEFF")) reader.at = 1;
    const root = value(reader, 0);
    if (token3(reader) !== "") fail2(reader, "expected the end of the file after the value");
    return { ok: true, root, problems: reader.problems };
  } catch (error) {
    if (!isFault(error)) throw error;
    return { ok: false, problem: { code: "json-syntax", message: error.fault, at: { file, start: error.start, end: error.end } } };
  }
}
function isFault(error) {
  return typeof error === "object" && error !== null && "fault" in error;
}
function fail2(reader, fault, start3 = reader.at, end = Math.min(start3 + 1, reader.text.length)) {
  const thrown = { fault, start: start3, end };
  throw thrown;
}
function token3(reader) {
  const blank3 = /[ \t\r\n]*/y;
  blank3.lastIndex = reader.at;
  blank3.test(reader.text);
  reader.at = blank3.lastIndex;
  const next = reader.text[reader.at] ?? "";
  if (next === "/" || next === "#") fail2(reader, "JSON has no comments");
  return next;
}
function value(reader, depth) {
  if (depth > deepest3) fail2(reader, `nested more than ${deepest3} deep`);
  const next = token3(reader);
  if (next === "{") return map(reader, depth);
  if (next === "[") return list(reader, depth);
  if (next === '"') return string(reader);
  return word2(reader);
}
function map(reader, depth) {
  const start3 = reader.at++;
  const entries2 = [];
  const keys4 = /* @__PURE__ */ new Set();
  if (token3(reader) !== "}") {
    for (; ; ) {
      entries2.push(member(reader, depth, keys4));
      if (!goesOn(reader, "}")) break;
    }
  }
  reader.at += 1;
  return { kind: "map", at: { file: reader.file, start: start3, end: reader.at }, entries: entries2 };
}
function member(reader, depth, keys4) {
  const next = token3(reader);
  if (next === "}") fail2(reader, "a comma must not stand before `}`");
  if (next !== '"') fail2(reader, "expected a key in double quotes");
  const key = string(reader);
  if (keys4.has(key.text)) reader.problems.push({ code: "duplicate-key", message: `the key \`${key.text}\` is there twice; the last one counts`, at: key.at });
  keys4.add(key.text);
  if (token3(reader) !== ":") fail2(reader, "expected `:` after the key");
  reader.at += 1;
  return { key: key.text, keyAt: key.at, value: value(reader, depth + 1) };
}
function list(reader, depth) {
  const start3 = reader.at++;
  const items2 = [];
  if (token3(reader) !== "]") {
    for (; ; ) {
      if (token3(reader) === "]") fail2(reader, "a comma must not stand before `]`");
      items2.push(value(reader, depth + 1));
      if (!goesOn(reader, "]")) break;
    }
  }
  reader.at += 1;
  return { kind: "list", at: { file: reader.file, start: start3, end: reader.at }, items: items2 };
}
function goesOn(reader, closer) {
  const next = token3(reader);
  if (next === closer) return false;
  if (next !== ",") fail2(reader, next === "" ? `the file ends before \`${closer}\`` : `expected \`,\` or \`${closer}\` after the value`);
  reader.at += 1;
  return true;
}
function string(reader) {
  const start3 = reader.at;
  const whole2 = /"(?:[^"\\\r\n]|\\[^\r\n])*"/y;
  whole2.lastIndex = start3;
  const found = whole2.exec(reader.text)?.[0];
  if (found === void 0) fail2(reader, "the string does not end on its line", start3, start3 + 1);
  reader.at += found.length;
  const { file } = reader;
  const masked = found.includes(mark);
  const text2 = masked ? file.text.slice(start3 + 1, reader.at - 1) : decoded(reader, found, start3);
  return scalar(file, start3, reader.at, text2, text2, false, masked);
}
function decoded(reader, quoted3, start3) {
  try {
    return String(JSON.parse(quoted3));
  } catch {
    return fail2(reader, "the string has an escape or a character that JSON does not know", start3, start3 + quoted3.length);
  }
}
var constants = /* @__PURE__ */ new Map([
  ["true", true],
  ["false", false],
  ["null", null]
]);
function word2(reader) {
  const start3 = reader.at;
  const bare = /[^\s,:{}[\]"]+/y;
  bare.lastIndex = start3;
  const found = bare.exec(reader.text)?.[0];
  if (found === void 0) fail2(reader, reader.at >= reader.text.length ? "the file ends where a value is expected" : "expected a value");
  reader.at += found.length;
  const masked = found.includes(mark);
  const written3 = reader.file.text.slice(start3, reader.at);
  const constant = constants.get(found);
  if (constant !== void 0) return scalar(reader.file, start3, reader.at, constant, written3, true, false);
  const number2 = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(found);
  if (!masked && !number2) fail2(reader, `\`${found.slice(0, 40)}\` is no JSON value`, start3, reader.at);
  return scalar(reader.file, start3, reader.at, masked ? written3 : Number(found), written3, true, masked);
}

// src/formats/tree.ts
var known = /* @__PURE__ */ new WeakMap();
function parseTree(file) {
  const before = known.get(file);
  if (before !== void 0) return before;
  const masked = maskTemplates(file.text);
  const holes = masked.holes.map(({ start: start3, end }) => ({ file, start: start3, end }));
  const { tree, problems } = isJson(file) ? jsonTree(file, masked.text) : yamlTree(file, masked.text, masked.templated);
  const parsed = { tree: { ...tree, holes }, problems };
  known.set(file, parsed);
  return parsed;
}
function isJson(file) {
  if (/\.ya?ml(?:$|\.)/i.test(file.path)) return false;
  return /\.json(?:$|\.)/i.test(file.path) || /^\uFEFF?\s*[{[]/.test(file.text);
}
function jsonTree(file, text2) {
  const read2 = readJson(file, text2);
  if (read2.ok) return { tree: { documents: [read2.root], comments: [], holes: [] }, problems: read2.problems };
  return { tree: yamlTree(file, text2, true).tree, problems: [read2.problem] };
}
var mostProblems = 10;
var deepest4 = 200;
var mostNodes = 1e6;
function yamlTree(file, text2, templated2) {
  const comments = [];
  const documents = [];
  const conversion = { file, problems: [], anchors: /* @__PURE__ */ new Map(), sizes: /* @__PURE__ */ new Map(), templated: templated2, nodes: 0 };
  try {
    const composer = new import_yaml.Composer({ prettyErrors: false, uniqueKeys: false, logLevel: "silent" });
    for (const document of composer.compose(tokens2(file, text2, comments))) {
      conversion.anchors.clear();
      report(conversion, document);
      if (document.contents !== null) documents.push(convert(conversion, document.contents, 0));
    }
  } catch (error) {
    const message = error instanceof RangeError ? "nested too deeply to be read" : `cannot be read as YAML: ${error instanceof Error ? error.message : "unknown reason"}`;
    problem3(conversion, "yaml-syntax", message, { file, start: 0, end: Math.min(1, text2.length) });
  }
  return { tree: { documents, comments, holes: [] }, problems: conversion.problems.slice(0, mostProblems) };
}
var lexerMarks = /* @__PURE__ */ new Set(["", "", ""]);
function* tokens2(file, text2, comments) {
  const parser = new import_yaml.Parser();
  let offset = 0;
  let inScalar = false;
  for (const lexeme2 of new import_yaml.Lexer().lex(text2)) {
    if (!inScalar && lexeme2.startsWith("#")) {
      const at = { file, start: offset, end: offset + lexeme2.length };
      comments.push({ at, text: file.text.slice(at.start, at.end) });
    }
    const isMark = !inScalar && lexerMarks.has(lexeme2);
    inScalar = isMark && lexeme2 === "";
    if (!isMark) offset += lexeme2.length;
    yield* parser.next(lexeme2);
  }
  yield* parser.end();
}
function problem3(conversion, code, message, at) {
  if (conversion.problems.length < mostProblems) conversion.problems.push({ code, message, at });
}
function report(conversion, document) {
  for (const error of document.errors.slice(0, mostProblems)) {
    const [start3, end] = error.pos;
    problem3(conversion, "yaml-syntax", lowerFirst(error.message), spanOf2(conversion.file, start3, end));
  }
}
function lowerFirst(message) {
  return message.replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase());
}
function spanOf2(file, start3, end) {
  const from = Math.min(Math.max(start3, 0), file.text.length);
  let to = Math.min(Math.max(end, from), file.text.length);
  while (to > from && /\s/.test(file.text[to - 1] ?? "")) to -= 1;
  return { file, start: from, end: to };
}
function rangeOf(conversion, node) {
  return spanOf2(conversion.file, node.range[0], node.range[1]);
}
function nothing(at) {
  return { kind: "scalar", at, value: null, text: "", plain: true, template: false };
}
function convert(conversion, node, depth) {
  const at = rangeOf(conversion, node);
  if (depth > deepest4) return refuse(conversion, `nested more than ${deepest4} deep`, at);
  if ((0, import_yaml.isAlias)(node)) return resolve(conversion, node.source, at);
  const before = conversion.nodes;
  conversion.nodes += 1;
  const { anchor } = node;
  if (anchor !== void 0) conversion.anchors.set(anchor, "open");
  const converted = convertNew(conversion, node, depth, at);
  if (anchor !== void 0) conversion.anchors.set(anchor, converted);
  conversion.sizes.set(converted, conversion.nodes - before);
  return converted;
}
function refuse(conversion, message, at) {
  problem3(conversion, "yaml-limit", message, at);
  return nothing(at);
}
function resolve(conversion, name, at) {
  const target3 = conversion.anchors.get(name);
  if (target3 === void 0) problem3(conversion, "yaml-alias", `no anchor \`&${name}\` stands before this alias`, at);
  if (target3 === "open") problem3(conversion, "yaml-alias", `\`&${name}\` contains itself`, at);
  if (target3 === void 0 || target3 === "open") return nothing(at);
  conversion.nodes += conversion.sizes.get(target3) ?? 1;
  return conversion.nodes > mostNodes ? refuse(conversion, "the aliases stand for too much", at) : target3;
}
function convertNew(conversion, node, depth, at) {
  if ((0, import_yaml.isMap)(node)) return convertMap(conversion, node, depth, at);
  if ((0, import_yaml.isSeq)(node)) {
    const items2 = node.items.map((item) => convert(conversion, item, depth + 1));
    return { kind: "list", at, items: items2 };
  }
  return (0, import_yaml.isScalar)(node) ? convertScalar(conversion, node, at) : nothing(at);
}
function convertScalar(conversion, node, at) {
  const { file } = conversion;
  const { value: value2 } = node;
  const plain = node.type === "PLAIN";
  const source = file.text.slice(at.start, at.end);
  const masked = typeof value2 === "string" && value2.includes(mark);
  const unquoted3 = /^(["'])([^]*)\1$/.exec(source)?.[2] ?? source;
  const text2 = typeof value2 === "string" && !masked ? value2 : unquoted3;
  const simple = typeof value2 === "string" || typeof value2 === "number" || typeof value2 === "boolean" ? value2 : null;
  return scalar(file, at.start, at.end, masked ? text2 : simple, text2, plain, masked);
}
function convertMap(conversion, node, depth, at) {
  const own3 = [];
  const merged = [];
  const seen = /* @__PURE__ */ new Set();
  for (const { key, value: value2 } of node.items) {
    const keyNode = convert(conversion, key, depth + 1);
    const name = keyNode.kind === "scalar" ? keyNode.text : conversion.file.text.slice(keyNode.at.start, keyNode.at.end);
    const converted = value2 === null ? nothing({ ...keyNode.at, start: keyNode.at.end }) : convert(conversion, value2, depth + 1);
    if (name === "<<" && keyNode.kind === "scalar" && keyNode.plain) {
      merged.push(...mergedEntries(conversion, converted));
      continue;
    }
    if (seen.has(name) && !conversion.templated) {
      problem3(conversion, "duplicate-key", `the key \`${name}\` is there twice; the last one counts`, keyNode.at);
    }
    seen.add(name);
    own3.push({ key: name, keyAt: keyNode.at, value: converted });
  }
  return { kind: "map", at, entries: [...withoutRepeats(merged, seen), ...own3] };
}
function mergedEntries(conversion, node) {
  const sources = node.kind === "list" ? node.items : [node];
  return sources.flatMap((source) => {
    if (source.kind === "map") return source.entries;
    problem3(conversion, "yaml-alias", "only mappings can be merged with `<<`", source.at);
    return [];
  });
}
function withoutRepeats(merged, own3) {
  const taken = new Set(own3);
  return merged.filter((one) => !taken.has(one.key) && taken.add(one.key));
}

// src/formats/gateway/kong/keys.ts
function noteKeys(node, reasonOf6, ignored) {
  for (const one of entries(node)) {
    const reason = reasonOf6(one.key);
    if (reason !== null) ignored.push({ at: one.keyAt, note: reason });
  }
}
function reasons(read2, harmless2, otherwise) {
  return (key) => read2.includes(key) ? null : Object.hasOwn(harmless2, key) ? harmless2[key] ?? otherwise : otherwise;
}
function same(keys4, reason) {
  return Object.fromEntries(keys4.split(" ").map((key) => [key, reason]));
}
var topLevelReason = reasons(
  ["_format_version", "services", "routes", "plugins", "consumers", "consumer_groups", "acls", "_info", "_plugin_configs", ...credentialKeys()],
  {
    ...same("_transform _workspace _konnect _comment _ignore", "says how the file is loaded"),
    ...same("upstreams targets", "says where an accepted request goes"),
    ...same("certificates ca_certificates snis", "TLS comes before routing"),
    ...same("vaults keys key_sets", "holds secrets"),
    ...same("rbac_roles rbac_role_endpoints admins workspaces licenses files", "rules the admin interface"),
    ...same("custom_entities degraphql_routes graphql_ratelimiting_cost_decorations partials filter_chains custom_plugins cloned_plugins", "belongs to plugins whose effect is not analysed")
  },
  "Kong knows no such key"
);
var serviceKeyReason = reasons(
  ["name", "id", "routes", "plugins", "enabled"],
  {
    ...same("url protocol host port path retries connect_timeout write_timeout read_timeout client_certificate tls_verify tls_verify_depth tls_sans ca_certificates", "says where an accepted request goes"),
    ...same("tags created_at updated_at ws_id", "is for bookkeeping")
  },
  "Kong knows no such key of a service"
);
var routeKeyReason = reasons(
  ["name", "id", "service", "plugins", "hosts", "paths", "methods", "headers", "snis", "sources", "destinations", "protocols", "https_redirect_status_code", "regex_priority", "expression", "priority"],
  {
    ...same("strip_path preserve_host path_handling request_buffering response_buffering", "changes how an accepted request is passed on"),
    ...same("tags created_at updated_at ws_id", "is for bookkeeping")
  },
  "Kong knows no such key of a route"
);
var pluginKeyReason = reasons(
  ["name", "config", "enabled", "service", "route", "consumer", "consumer_group", "_config", "condition"],
  {
    ...same("id instance_name tags created_at updated_at ws_id", "is for bookkeeping"),
    ...same("protocols run_on", "is checked when the file is loaded"),
    ordering: "the plugins are taken to run by their priority",
    partials: "connections the plugin shares with others"
  },
  "Kong knows no such key of a plugin"
);
var consumerKeyReason = reasons(
  ["username", "custom_id", "id", "acls", "groups", "plugins", ...credentialKeys()],
  same("tags created_at updated_at ws_id type", "is for bookkeeping"),
  "does not decide what a consumer may do"
);
function credentialKeys() {
  return ["keyauth_credentials", "keyauth_enc_credentials", "jwt_secrets", "basicauth_credentials", "oauth2_credentials", "hmacauth_credentials", "mtls_auth_credentials"];
}

// src/formats/gateway/kong/names.ts
function writtenName(node) {
  return node?.kind === "scalar" && node.value !== null ? node.text : void 0;
}
function named3(node, key) {
  const name = field(node, key);
  return { name: writtenName(name), id: writtenName(field(node, "id")), node, at: name?.at ?? firstKey(node) };
}
function firstKey(node) {
  return node.kind === "map" ? node.entries[0]?.keyAt ?? node.at : node.at;
}
function reference(node) {
  if (node?.kind !== "map") return writtenName(node);
  return writtenName(field(node, "name") ?? field(node, "id") ?? field(node, "username"));
}
function index(entities2) {
  const found = /* @__PURE__ */ new Map();
  for (const one of entities2) {
    for (const called2 of [one.name, one.id]) {
      if (called2 !== void 0 && !found.has(called2)) found.set(called2, one);
    }
  }
  return found;
}
function listOf(node, key, problems) {
  const list2 = field(node, key);
  const problem5 = shapeProblem(list2, "list", `\`${key}\``);
  if (problem5 !== null) problems.push(problem5);
  return items(list2);
}

// src/formats/gateway/kong/consumers.ts
var consumerClaim = "consumer";
var credentialsClaim = "credentials";
function readConsumers(roots, notes2) {
  const beside = indexBeside(roots);
  const consumers = roots.flatMap((root) => listOf(root, "consumers", notes2.problems).map((node) => readConsumer(node, beside)));
  for (const consumer of consumers) noteKeys(consumer.node, consumerKeyReason, notes2.ignored);
  const elsewhere2 = roots.some((root) => field(field(field(root, "_info"), "default_lookup_tags"), "consumers") !== void 0);
  return { consumers, listed: consumers.length > 0 && !elsewhere2 };
}
function readConsumer(node, beside) {
  const identified = named3(node, "username");
  const name = identified.name ?? writtenName(field(node, "custom_id"));
  const called2 = new Set([name, identified.id].filter((one) => one !== void 0));
  const listed3 = (key) => [...items(field(node, key)), ...[...called2].flatMap((one) => beside(key, one))];
  const credentials2 = credentialKeys().filter((key) => listed3(key).length > 0);
  const memberships2 = listed3(groupMembers).flatMap((group) => named3(group, "name").name ?? []);
  return { ...identified, name, groups: listed3("acls").flatMap(groupOf), consumerGroups: [...ownGroups(node), ...memberships2], credentials: credentials2 };
}
var groupMembers = "consumer_groups";
function indexBeside(roots) {
  const found = /* @__PURE__ */ new Map();
  const add = (key, consumer, node) => {
    const known3 = found.get(`${key} ${consumer}`);
    if (known3 === void 0) found.set(`${key} ${consumer}`, [node]);
    else known3.push(node);
  };
  for (const root of roots) {
    for (const key of ["acls", ...credentialKeys()]) {
      for (const node of items(field(root, key))) add(key, reference(field(node, "consumer")), node);
    }
    for (const group of items(field(root, groupMembers))) {
      for (const member2 of items(field(group, "consumers"))) add(groupMembers, reference(member2), group);
    }
  }
  return (key, consumer) => found.get(`${key} ${consumer}`) ?? [];
}
function groupOf(acl) {
  const group = field(acl, "group");
  const name = writtenName(group);
  return group === void 0 || name === void 0 ? [] : [{ name, at: group.at }];
}
function ownGroups(node) {
  return items(field(node, "groups")).flatMap((group) => reference(group) ?? []);
}
function clientsOf({ consumers, credentials: credentials2, listsConsumers }) {
  if (!listsConsumers) return void 0;
  const known3 = credentials2.size > 0;
  const calling = known3 ? consumers.filter((consumer) => consumer.credentials.length > 0) : consumers;
  return calling.map((consumer) => ({
    state: "valid",
    groups: consumer.groups.map((group) => group.name),
    scopes: [],
    claims: {
      ...consumer.name !== void 0 && { [consumerClaim]: consumer.name },
      ...known3 && { [credentialsClaim]: consumer.credentials.join(" ") }
    }
  }));
}
function missingGroup(group, configuration) {
  const where = configuration.files.length === 1 ? "in this file" : "in these files";
  const meant2 = probablyMeant(group, configuration);
  const hint = meant2 === null ? "" : `; \`${meant2.group}\` differs only ${meant2.how}`;
  const inConsumerGroups = configuration.consumers.some((consumer) => consumer.consumerGroups.includes(group));
  const other = inConsumerGroups && hint === "" ? "; it is a consumer group, which `acl` does not look at" : "";
  return `no consumer ${where} has the group \`${group}\`${hint}${other}`;
}
function probablyMeant(group, { groups: groups2 }) {
  for (const one of groups2) {
    const how = difference(group, one);
    if (how !== null) return { group: one, how };
  }
  return null;
}
function difference(one, other) {
  if (one.toLowerCase() === other.toLowerCase()) return "in case";
  const bare = (text2) => text2.toLowerCase().replace(/[\s_-]+/g, "");
  if (bare(one) === bare(other)) return "by blanks or dashes";
  return oneEdit(one.toLowerCase(), other.toLowerCase()) ? "by one letter" : null;
}
function oneEdit(one, other) {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1 || short.length < 3) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (/\d/.test(`${short[at] ?? ""}${long[at] ?? ""}`)) return false;
  return short.slice(at + (short.length === long.length ? 1 : 0)) === long.slice(at + 1);
}

// src/formats/gateway/kong/read.ts
function kongDocument(file) {
  return parseTree(file).tree.documents.find((document) => field(document, "_format_version") !== void 0) ?? null;
}
function readConfiguration(files3) {
  const notes2 = { ignored: [], missing: [], problems: files3.flatMap((file) => parseTree(file).problems) };
  const parts2 = files3.flatMap((file) => {
    const root = kongDocument(file);
    return root === null ? [] : [{ file, root }];
  });
  const [first] = parts2;
  const version2 = first && field(first.root, "_format_version");
  if (version2 === void 0) return null;
  for (const part of parts2) noteTopLevel(part, notes2);
  const services = parts2.flatMap((part) => readServices(part, notes2));
  const byNode = new Map(services.map((service) => [service.node, service]));
  const byName = index(services);
  const routes = parts2.flatMap((part) => [...nestedRoutes(part, byNode, notes2), ...topRoutes(part, byName, notes2)]);
  const { consumers, listed: listed3 } = readConsumers(parts2.map((part) => part.root), notes2);
  const groups2 = new Set(consumers.flatMap((consumer) => consumer.groups.map((group) => group.name)));
  const entities2 = { services, routes, serviceNamed: byName, routeNamed: index(routes) };
  const plugins = parts2.flatMap((part) => readPlugins(part, entities2, notes2));
  return {
    files: files3,
    at: version2.at,
    version: writtenName(version2) ?? "",
    routes,
    plugins: plugins.filter((plugin) => plugin.enabled !== false),
    consumers,
    consumerNamed: index(consumers),
    groups: groups2,
    credentials: new Set(consumers.flatMap((consumer) => consumer.credentials)),
    listsConsumers: listed3,
    otherRoutes: otherRoutes(parts2, routes),
    ...notes2
  };
}
function otherRoutes(parts2, routes) {
  if (routes.length === 0) return "the routes, which are not in these files";
  if (parts2.some(({ file }) => parseTree(file).tree.holes.length > 0)) return "the lines that a template puts in";
  const tagged = parts2.some(({ root }) => field(field(root, "_info"), "select_tags") !== void 0);
  return tagged ? "routes with other tags, which are not in these files" : null;
}
function noteTopLevel({ file, root }, { ignored, missing }) {
  noteKeys(root, topLevelReason, ignored);
  const tags = field(field(root, "_info"), "select_tags");
  if (tags !== void 0) missing.push({ at: tags.at, note: "the file holds only entities with these tags; Kong may have more" });
  for (const hole of parseTree(file).tree.holes) missing.push({ at: hole, note: "a template puts in lines here" });
}
function readServices({ root }, { ignored, problems }) {
  return listOf(root, "services", problems).map((node) => {
    noteKeys(node, serviceKeyReason, ignored);
    return { ...named3(node, "name"), enabled: booleanOf(field(node, "enabled")) !== false };
  });
}
function readRoute(node, root, service, { ignored, problems }) {
  noteKeys(node, routeKeyReason, ignored);
  for (const key of ["hosts", "paths", "methods", "protocols", "snis"]) {
    const problem5 = shapeProblem(field(node, key), "list", `\`${key}\``);
    if (problem5 !== null) problems.push(problem5);
  }
  return { ...named3(node, "name"), service, defaults: field(field(field(root, "_info"), "defaults"), "route") };
}
function nestedRoutes({ root }, services, notes2) {
  return items(field(root, "services")).flatMap((node) => {
    const service = services.get(node) ?? "none";
    return listOf(node, "routes", notes2.problems).map((route) => readRoute(route, root, service, notes2));
  });
}
function topRoutes({ root }, services, notes2) {
  return listOf(root, "routes", notes2.problems).map((node) => {
    const wanted = field(node, "service");
    const name = reference(wanted);
    if (wanted === void 0 || name === void 0) return readRoute(node, root, "none", notes2);
    const service = services.get(name);
    if (service === void 0) notes2.missing.push({ at: wanted.at, note: `the service \`${name}\` is not in these files` });
    return readRoute(node, root, service ?? "elsewhere", notes2);
  });
}
function readPlugins(part, entities2, notes2) {
  const { root } = part;
  const { services, routes } = entities2;
  const read2 = (node, target3) => listOf(node, "plugins", notes2.problems).flatMap((plugin) => readPlugin(plugin, root, target3, entities2, notes2));
  const ofServices = services.filter((service) => service.node.at.file === part.file).flatMap((service) => read2(service.node, { service }));
  const ofRoutes = routes.filter((route) => route.node.at.file === part.file).flatMap((route) => read2(route.node, { route }));
  const ofConsumers = items(field(root, "consumers")).flatMap((node) => read2(node, ofConsumer(node)));
  const ofGroups = items(field(root, "consumer_groups")).flatMap((node) => read2(node, { consumerGroup: named3(node, "name").name ?? "" }));
  return [...ofRoutes, ...ofServices, ...ofConsumers, ...ofGroups, ...read2(root, {})];
}
function ofConsumer(node) {
  const { name, id } = named3(node, "username");
  return { consumer: name ?? writtenName(field(node, "custom_id")) ?? id ?? "" };
}
function readPlugin(node, root, outer, entities2, notes2) {
  const name = entry(node, "name");
  if (name === void 0) {
    notes2.ignored.push({ at: node.at, note: "a plugin without a name" });
    return [];
  }
  const target3 = targetOf2(node, outer, entities2);
  if ("dangling" in target3) {
    notes2.ignored.push({ at: target3.dangling, note: "it applies to something that is not in these files" });
    return [];
  }
  noteKeys(node, pluginKeyReason, notes2.ignored);
  notes2.problems.push(...renamedKeys(node, root));
  const enabled = field(node, "enabled");
  const on = isTemplate2(enabled) ? void 0 : booleanOf(enabled) !== false;
  if (on === false) notes2.ignored.push({ at: enabled?.at ?? name.value.at, note: `the plugin \`${writtenName(name.value)}\` is disabled` });
  const shared = field(field(root, "_plugin_configs"), textOf3(field(node, "_config")) ?? "");
  return [{ name: writtenName(name.value) ?? "", at: name.value.at, node, target: target3, enabled: on, config: field(node, "config"), shared }];
}
var renamed = /* @__PURE__ */ new Map([
  ["whitelist", "allow"],
  ["blacklist", "deny"]
]);
function renamedKeys(plugin, root) {
  if (!/^3/.test(writtenName(field(root, "_format_version")) ?? "")) return [];
  return entries(field(plugin, "config")).flatMap(({ key, keyAt }) => {
    const now = renamed.get(key);
    return now === void 0 ? [] : [{ code: "kong-schema", message: `\`${key}\` is called \`${now}\` now: Kong 3 refuses the whole file`, at: keyAt }];
  });
}
function targetOf2(node, outer, { serviceNamed, routeNamed }) {
  const serviceNode = field(node, "service");
  const routeNode = field(node, "route");
  const service = serviceNode && serviceNamed.get(reference(serviceNode) ?? "");
  const route = routeNode && routeNamed.get(reference(routeNode) ?? "");
  if (serviceNode !== void 0 && service === void 0) return { dangling: serviceNode.at };
  if (routeNode !== void 0 && route === void 0) return { dangling: routeNode.at };
  const consumer = reference(field(node, "consumer"));
  const consumerGroup = reference(field(node, "consumer_group"));
  return {
    ...outer,
    ...service && { service },
    ...route && { route },
    ...consumer !== void 0 && { consumer },
    ...consumerGroup !== void 0 && { consumerGroup }
  };
}

// src/formats/gateway/kong/fixes.ts
function postAdded(methods) {
  const last = items(methods).at(-1);
  if (last === void 0 || methods === void 0) return null;
  const { file, start: start3, end } = last.at;
  const quote2 = /^["']/.exec(file.text.slice(start3, end))?.[0] ?? "";
  const isFlow = file.text[methods.at.start] === "[";
  const lineStart = Math.max(file.text.lastIndexOf("\n", start3 - 1), file.text.lastIndexOf("\r", start3 - 1)) + 1;
  const lead = file.text.slice(lineStart, start3);
  if (!isFlow && !/^\s*-\s+$/.test(lead)) return null;
  const text2 = isFlow ? `, ${quote2}POST${quote2}` : `
${lead}${quote2}POST${quote2}`;
  return { title: "let POST through", safe: false, edits: [{ at: { file, start: end, end }, text: text2 }] };
}
var keepsBody2 = /* @__PURE__ */ new Map([
  [301, 308],
  [302, 307]
]);
function statusKept(status, node) {
  const better2 = keepsBody2.get(status);
  if (better2 === void 0 || node === void 0) return null;
  return { title: `answer ${better2}, which keeps method and body`, safe: false, edits: [{ at: node.at, text: String(better2) }] };
}
function groupReplaced(node, group) {
  const plain = /^[A-Za-z][\w-]*$/.test(group) && !/^["']/.test(node.at.file.text.slice(node.at.start, node.at.end));
  return { title: `allow the group \`${group}\``, safe: false, edits: [{ at: node.at, text: plain ? group : JSON.stringify(group) }] };
}

// src/formats/gateway/kong/use.ts
function config(use2, key) {
  return field(use2.plugin.config, key) ?? field(use2.plugin.shared, key);
}
function placeOf2(use2, node) {
  return node?.at ?? use2.plugin.at;
}
function unknown2(use2, why, at = use2.plugin.at) {
  return { kind: "unknown", key: `${use2.plugin.name} at ${at.start} of ${at.file.path}: ${why}`, why, reads: "anything", at };
}
function listed(node) {
  const all2 = node?.kind === "scalar" ? [node] : items(node);
  return { known: all2.flatMap((item) => textOf3(item) ?? []), open: all2.filter((item) => textOf3(item) === void 0) };
}

// src/formats/gateway/kong/access.ts
var authentication = {
  "key-auth": "keyauth_credentials",
  "key-auth-enc": "keyauth_enc_credentials",
  jwt: "jwt_secrets",
  "basic-auth": "basicauth_credentials",
  "hmac-auth": "hmacauth_credentials",
  oauth2: "oauth2_credentials",
  "mtls-auth": null,
  "ldap-auth": null,
  "ldap-auth-advanced": null,
  "oauth2-introspection": null,
  "openid-connect": null,
  "jwt-signer": null,
  "header-cert-auth": null,
  "vault-auth": null,
  saml: null
};
var givesGroups = /* @__PURE__ */ new Set(["ldap-auth-advanced", "openid-connect", "oauth2-introspection", "jwt-signer", "mtls-auth", "saml", "header-cert-auth"]);
function authenticates(name) {
  return Object.hasOwn(authentication, name);
}
function mayAuthenticate(name) {
  return !authenticates(name) && /auth|jwt|oidc|openid|saml|session|^pre-function$|token|identity|login|sso/i.test(name);
}
function signedIn(at) {
  return test("identity", { kind: "in", values: ["valid"] }, at);
}
function authenticationGates(use2) {
  const { plugin, configuration } = use2;
  if (config(use2, "anonymous") !== void 0) return [];
  const kind = authentication[plugin.name] ?? null;
  const listed3 = kind !== null && configuration.credentials.has(kind);
  const hasKind = listed3 ? any(not(test(`claim:${credentialsClaim}`, { kind: "present" }, plugin.at)), testText(fieldValue(`claim:${credentialsClaim}`), { kind: "contains", value: text(kind) }, plugin.at)) : always;
  const preflight = booleanOf(config(use2, "run_on_preflight")) === false ? not(methodIn(["OPTIONS"], plugin.at)) : always;
  const when = all(preflight, not(all(signedIn(plugin.at), hasKind)));
  return [{ when, effect: { kind: "deny", status: 401 }, reason: "authorization", because: [{ at: plugin.at, note: `\`${plugin.name}\` asks for credentials ${use2.where}` }] }];
}
function isConsumer(use2, names, at) {
  const known3 = all(signedIn(at), test(`claim:${consumerClaim}`, { kind: "in", values: names }, at));
  const anonymous = anonymousConsumers(use2);
  return anonymous.some((name) => names.includes(name)) ? any(known3, not(signedIn(at))) : known3;
}
function anonymousConsumers(use2) {
  return use2.active.flatMap((plugin) => {
    const named4 = authenticates(plugin.name) ? reference(config({ ...use2, plugin }, "anonymous")) : void 0;
    if (named4 === void 0) return [];
    return [named4, use2.configuration.consumerNamed.get(named4)?.name ?? named4];
  });
}
function aclGates(use2) {
  const allow = config(use2, "allow") ?? config(use2, "whitelist");
  const deny2 = config(use2, "deny") ?? config(use2, "blacklist");
  const list2 = deny2 !== void 0 && !isEmptyList(deny2) ? deny2 : allow;
  const at = placeOf2(use2, list2);
  const others = use2.active.filter((plugin) => plugin !== use2.plugin);
  const identified = others.some((plugin) => authenticates(plugin.name));
  if (!identified) return [unidentified(use2, others.some((plugin) => mayAuthenticate(plugin.name)))];
  const { known: groups2, open } = listed(list2);
  const because2 = [{ at, note: list2 === deny2 ? `the groups ${quoted2(groups2)} are denied` : allowNote(use2, groups2) }];
  const unfilled2 = open.map((item) => unfilledGroup(use2, item));
  const refused2 = list2 === deny2 ? any(inGroups(use2, groups2, at), ...unfilled2) : all(outsideGroups(use2, groups2, at), ...unfilled2);
  const anonymous = anonymousConsumers(use2);
  const fix = list2 === deny2 ? null : groupFix(use2, list2);
  if (anonymous.length === 0) return [{ when: refused2, effect: { kind: "deny", status: 403 }, reason: "authorization", because: because2, ...fix && { fix } }];
  return [
    { when: all(not(signedIn(at)), anonymousRefused(use2, anonymous, groups2, list2 === deny2, at)), effect: { kind: "deny", status: 401 }, reason: "authorization", because: because2 },
    { when: all(signedIn(at), refused2), effect: { kind: "deny", status: 403 }, reason: "authorization", because: because2 }
  ];
}
function isEmptyList(node) {
  return node.kind === "list" && node.items.length === 0;
}
function unidentified(use2, perhaps) {
  const note = `\`acl\` answers 401 to everybody: no authentication plugin is active ${use2.where}`;
  const when = perhaps ? unknown2(use2, "whether another plugin says who the client is") : always;
  return { when, effect: { kind: "deny", status: 401 }, reason: "authorization", because: [{ at: use2.plugin.at, note }] };
}
function quoted2(groups2) {
  return groups2.map((group) => `\`${group}\``).join(", ");
}
function allowNote({ configuration }, groups2) {
  if (groups2.length === 0) return "no group is allowed";
  const missing = configuration.listsConsumers ? groups2.filter((group) => !configuration.groups.has(group)) : [];
  if (missing.length === 0) return `only the groups ${quoted2(groups2)} may pass`;
  return missing.map((group) => missingGroup(group, configuration)).join("; ");
}
function groupFix({ configuration }, list2) {
  const [only, ...others] = items(list2);
  const group = textOf3(only);
  if (only === void 0 || group === void 0 || others.length > 0 || !configuration.listsConsumers || configuration.groups.has(group)) return null;
  const meant2 = probablyMeant(group, configuration);
  return meant2 === null ? null : groupReplaced(only, meant2.group);
}
function hasGroup(groups2, at) {
  return { kind: "test", subject: { kind: "entries", from: ["groups"], part: "values" }, operator: { kind: "in", values: groups2 }, at };
}
function inGroups(use2, groups2, at) {
  if (booleanOf(config(use2, "include_consumer_groups")) !== true) return hasGroup(groups2, at);
  const members = use2.configuration.consumers.filter((consumer) => consumer.consumerGroups.some((group) => groups2.includes(group)));
  return any(hasGroup(groups2, at), test(`claim:${consumerClaim}`, { kind: "in", values: members.flatMap((consumer) => consumer.name ?? []) }, at));
}
function outsideGroups(use2, groups2, at) {
  const outside = not(inGroups(use2, groups2, at));
  const elsewhere2 = !use2.configuration.listsConsumers || use2.active.some((plugin) => givesGroups.has(plugin.name));
  if (!elsewhere2 || groups2.length === 0) return outside;
  const says = { kind: "test", subject: { kind: "entries", from: ["groups"], part: "count" }, operator: { kind: "number", is: ">", value: text("0") }, at };
  return all(outside, any(says, unknown2(use2, `whether the client has one of the groups ${quoted2(groups2)}, which these files do not say`, at)));
}
function unfilledGroup(use2, item) {
  return unknown2(use2, `the value of \`${item.kind === "scalar" ? item.text : ""}\``, item.at);
}
function anonymousRefused(use2, names, groups2, denied, at) {
  const consumer = names.flatMap((name) => use2.configuration.consumerNamed.get(name) ?? [])[0];
  if (consumer === void 0) return use2.configuration.listsConsumers ? always : unknown2(use2, "the groups of the anonymous consumer", at);
  const inList = consumer.groups.some((group) => groups2.includes(group.name));
  return inList === denied ? always : { kind: "any", of: [] };
}

// src/formats/gateway/kong/limits.ts
function addressGates(use2) {
  const effect = { kind: "deny", status: numberOf(config(use2, "status")) ?? 403 };
  const draft = (list2, note, when) => {
    const { known: known3, open } = listed(list2);
    if (known3.length + open.length === 0) return [];
    const at = placeOf2(use2, list2);
    const unfilled2 = open.map((item) => unknown2(use2, `the value of \`${written(item)}\``, item.at));
    const inList = any(test("clientAddress", { kind: "inNetwork", blocks: known3 }, at), ...unfilled2);
    return [{ when: when(inList), effect, reason: "address-list", because: [{ at, note }] }];
  };
  return [...draft(config(use2, "deny") ?? config(use2, "blacklist"), "these addresses are refused", (inList) => inList), ...draft(config(use2, "allow") ?? config(use2, "whitelist"), "only these addresses may pass", not)];
}
function written(node) {
  return node.kind === "scalar" ? node.text : "";
}
var bytesPer = { megabytes: 1048576, kilobytes: 1024, bytes: 1 };
function sizeGates(use2) {
  const { plugin } = use2;
  const size2 = config(use2, "allowed_payload_size");
  const unit = config(use2, "size_unit");
  const at = placeOf2(use2, size2);
  const amount = size2 === void 0 ? 128 : numberOf(size2);
  const factor = unit === void 0 ? bytesPer["megabytes"] : bytesPer[textOf3(unit) ?? ""];
  const known3 = amount !== void 0 && factor !== void 0;
  const over = known3 ? test("bodyBytes", { kind: "number", is: ">", value: text(String(amount * factor)) }, at) : unknown2(use2, "the size that is allowed", at);
  const note = known3 ? `a body may have ${amount} ${textOf3(unit) ?? "megabytes"}${size2 === void 0 ? ", the default" : ""}` : "a body may have a size that a template gives";
  const asks = testText(fieldValue("header:expect"), { kind: "equals", value: text("100-continue"), ignoreCase: true }, plugin.at);
  const because2 = [{ at, note }, ...unit === void 0 ? [] : [{ at: unit.at, note: "the unit" }]];
  const gate3 = (when, status) => ({ when, effect: { kind: "deny", status }, reason: "body-size", because: because2 });
  return [...lengthGate(use2), gate3(all(not(asks), over), 413), gate3(over, 417)];
}
function lengthGate(use2) {
  const required = config(use2, "require_content_length");
  if (required === void 0 || booleanOf(required) !== true) return [];
  const chunked = testText(fieldValue("header:transfer-encoding"), { kind: "equals", value: text("chunked") }, required.at);
  const when = all(not(test("contentLength", { kind: "present" }, required.at)), not(chunked));
  return [{ when, effect: { kind: "deny", status: 411 }, reason: "body-size", because: [{ at: required.at, note: "a request must have a Content-Length" }] }];
}
var windows = [
  ["second", 60],
  ["minute", 1],
  ["hour", 1],
  ["day", 1],
  ["month", 1],
  ["year", 1]
];
function rateGates(use2) {
  return windows.flatMap(([name, factor]) => {
    const limit = config(use2, name);
    return limit === void 0 ? [] : [rateGate(use2, limit, factor, `${written(limit)} requests a ${name} are let through`)];
  });
}
function rateGate(use2, limit, factor, note) {
  const status = numberOf(config(use2, "error_code")) ?? 429;
  const count = numberOf(limit);
  const effect = count === void 0 ? { kind: "deny", status } : { kind: "limit", perMinute: Math.max(1, Math.floor(count * factor)), status };
  return { when: count === void 0 ? unknown2(use2, "the limit that a template gives", limit.at) : always, effect, reason: "rate", because: [{ at: limit.at, note }] };
}
function advancedRateGates(use2) {
  const spans = items(config(use2, "window_size"));
  return items(config(use2, "limit")).map((limit, index2) => {
    const seconds = numberOf(spans[index2]) ?? 60;
    return rateGate(use2, limit, Math.max(1, 60 / seconds), `${written(limit)} requests in ${seconds} seconds are let through`);
  });
}
var bots = "(?:Google-HTTP-Java-Client|Apache-HttpClient|Go-http-client|scalaj-http|Python-urllib|HttpMonitor|TLSProber|WinHTTP|JNLP|okhttp|aihttp|reqwest|axios|unirest-)|(?:Boto3?|JetS3t|s3fs)/\\d|aws-(?:cli|sdk-\\w+)/\\d|facebookexternalhit/\\d|\\bScrapy\\b|[Ss]crape|[Cc]rawl|[Ss]pider|[A-Za-z]*[Bb]ot[/ ]\\d|[Gg]ooglebot|bingbot|Slurp";
function botGates(use2) {
  const patterns = (key) => items(config(use2, key) ?? config(use2, key === "allow" ? "whitelist" : "blacklist"));
  const agent = (node) => {
    const pattern4 = textOf3(node);
    return pattern4 === void 0 ? unknown2(use2, `the value of \`${written(node)}\``, node.at) : test("header:user-agent", { kind: "matches", pattern: pattern4 }, node.at);
  };
  const allowed = any(...patterns("allow").map(agent));
  const effect = { kind: "deny", status: 403 };
  const denied = patterns("deny").map((node) => ({ when: all(not(allowed), agent(node)), effect, reason: "client-software", because: [{ at: node.at, note: "clients with such a User-Agent are refused" }] }));
  const builtIn2 = all(not(allowed), test("header:user-agent", { kind: "matches", pattern: bots }, use2.plugin.at));
  return [...denied, { when: builtIn2, effect, reason: "client-software", because: [{ at: use2.plugin.at, note: "crawlers and HTTP libraries are refused by a list that comes with the plugin" }] }];
}
function preflightGates(use2) {
  if (booleanOf(config(use2, "preflight_continue")) === true) return [];
  const { at } = use2.plugin;
  const has = (name) => test(`header:${name}`, { kind: "present" }, at);
  const when = all(methodIn(["OPTIONS"], at), has("origin"), has("access-control-request-method"));
  return [{ when, effect: { kind: "answer", status: 200 }, reason: "none", because: [{ at, note: "`cors` answers preflight requests" }] }];
}
function terminationGates(use2) {
  const statusNode = config(use2, "status_code");
  const status = statusNode === void 0 ? 503 : numberOf(statusNode);
  const trigger = config(use2, "trigger");
  const at = placeOf2(use2, statusNode);
  const name = textOf3(trigger);
  const triggered = name === void 0 ? unknown2(use2, "the trigger that a template gives") : any(test(`header:${name.toLowerCase()}`, { kind: "present" }, at), test(`argument:${name}`, { kind: "present" }, at));
  const when = trigger === void 0 ? always : triggered;
  return [{ when: status === void 0 ? all(when, unknown2(use2, "the status that a template gives", at)) : when, effect: fixedEffect(status ?? 503, void 0), reason: "fixed-answer", because: [{ at, note: `every request is answered ${status ?? "with a fixed status"}` }] }];
}
function fixedEffect(status, location) {
  if (status >= 400) return { kind: "deny", status };
  return status >= 300 ? { kind: "redirect", status, to: text(location ?? "") } : { kind: "answer", status };
}
function redirectGates2(use2) {
  const statusNode = config(use2, "status_code");
  const status = statusNode === void 0 ? 301 : numberOf(statusNode) ?? 301;
  const at = placeOf2(use2, statusNode);
  const reason = status >= 300 && status < 400 ? "redirect" : "fixed-answer";
  const fix = statusKept(status, statusNode);
  return [{ ...fix && { fix }, when: always, effect: fixedEffect(status, textOf3(config(use2, "location"))), reason, because: [{ at, note: `every request is redirected${statusNode === void 0 ? " with 301, the default" : ""}` }] }];
}
function transformerGates(use2) {
  const method = config(use2, "http_method");
  const removed = items(field(config(use2, "remove"), "headers"));
  const alter2 = (at, note, effect) => ({ when: always, effect, reason: "none", because: [{ at, note }] });
  const name = textOf3(method)?.toUpperCase();
  const drafts = removed.flatMap((node) => {
    const header2 = textOf3(node)?.toLowerCase();
    return header2 === void 0 ? [] : [alter2(node.at, `the header \`${header2}\` is taken away`, { kind: "alter", what: `header:${header2}`, value: null })];
  });
  if (method === void 0 || name === void 0) return drafts;
  return [...drafts, alter2(method.at, `the method becomes ${name}`, { kind: "alter", what: "method", value: text(name) })];
}

// src/formats/gateway/kong/plugin-table.ts
var priorities = {
  "pre-function": 1e6,
  "bot-detection": 2500,
  cors: 2e3,
  session: 1900,
  "oauth2-introspection": 1700,
  "mtls-auth": 1600,
  degraphql: 1500,
  jwt: 1450,
  oauth2: 1400,
  "vault-auth": 1350,
  "key-auth": 1250,
  "key-auth-enc": 1250,
  "ldap-auth": 1200,
  "ldap-auth-advanced": 1200,
  "basic-auth": 1100,
  "openid-connect": 1050,
  "hmac-auth": 1030,
  "jwt-signer": 1020,
  saml: 1010,
  "header-cert-auth": 1009,
  "request-validator": 999,
  "ip-restriction": 990,
  "request-size-limiting": 951,
  acl: 950,
  opa: 920,
  "rate-limiting": 910,
  "rate-limiting-advanced": 910,
  "graphql-rate-limiting-advanced": 902,
  "oas-validation": 840,
  "request-transformer-advanced": 802,
  "request-transformer": 801,
  redirect: 779,
  "request-termination": 2,
  "post-function": -1e3
};
var usualPriority = 1e3;
function priorityOf(name) {
  return Object.hasOwn(priorities, name) ? priorities[name] ?? usualPriority : usualPriority;
}
var lowerings = {
  acl: aclGates,
  "bot-detection": botGates,
  cors: preflightGates,
  "ip-restriction": addressGates,
  "request-size-limiting": sizeGates,
  "rate-limiting": rateGates,
  "rate-limiting-advanced": advancedRateGates,
  "request-termination": terminationGates,
  redirect: redirectGates2,
  "request-transformer": transformerGates,
  "request-transformer-advanced": transformerGates,
  "pre-function": codeGates,
  "post-function": codeGates,
  "serverless-functions": codeGates,
  "request-validator": (use2) => [opaque(use2, 400, "content-type", "whether the request fits the schema that `request-validator` asks for")],
  "oas-validation": (use2) => [opaque(use2, 400, "content-type", "whether the request fits the OpenAPI document that `oas-validation` has")],
  opa: (use2) => [opaque(use2, 403, "authorization", "what the Open Policy Agent answers")]
};
var harmless = [
  [/-log$|^(?:loggly|syslog|datadog|prometheus|statsd(?:-advanced)?|zipkin|opentelemetry|app-dynamics|moesif|correlation-id|request-id|tracing)$/, "it only observes"],
  [/^(?:response-|exit-)transformer|^response-ratelimiting$|^(?:grpc-web|grpc-gateway|websocket-transformer|jq|upstream-timeout|forward-proxy|route-by-header|route-transformer.*|canary|tls-.*|session|upstream-.*)$/, "it changes how requests and answers are passed on"],
  [/^(?:proxy-cache(?:-advanced)?|graphql-proxy-cache-advanced|ai-semantic-cache)$/, "it keeps answers, and none for POST"],
  [/^(?:aws-lambda|azure-functions|openwhisk|kafka-.*|confluent.*|mocking|degraphql|ai-proxy(?:-advanced)?|ai-.*-transformer|ai-prompt-(?:template|decorator)|acme|application-registration)$/, "it hands the request to something that answers it"]
];
var mayRefuse = /auth|acl|guard|limit|valid|block|waf|deny|restrict|protect|filter|secur|firewall|bot|captcha|jwt|oidc|saml|throttl|shield|policy|verif|check|allow|ip-|size|sanit|webhook|threat|detect/i;
var answering = /^(?:request-termination|redirect|aws-lambda|azure-functions|openwhisk|kafka-.*|confluent.*|mocking|ai-.*|pre-function|post-function|serverless-functions|forward-proxy|acme|degraphql|oas-.*)$/;
function answersItself(name) {
  if (answering.test(name)) return "yes";
  return Object.hasOwn(lowerings, name) || authenticates(name) || harmlessReason(name) !== null ? "no" : "perhaps";
}
function harmlessReason(name) {
  return harmless.find(([names]) => names.test(name))?.[1] ?? null;
}
function lowerPlugin(use2) {
  const { name } = use2.plugin;
  const lowering = Object.hasOwn(lowerings, name) ? lowerings[name] : void 0;
  const drafts = lowering?.(use2) ?? (authenticates(name) ? authenticationGates(use2) : null);
  if (drafts !== null) return drafts.length > 0 ? drafts : { ignored: `\`${name}\` as configured refuses nobody` };
  const reason = harmlessReason(name);
  if (reason !== null) return { ignored: `\`${name}\`: ${reason}` };
  if (!mayRefuse.test(name)) return { ignored: `\`${name}\`: nothing in its name says that it refuses requests` };
  return [opaque(use2, 403, /auth|acl|jwt|oidc|saml|policy/i.test(name) ? "authorization" : /limit|throttl/i.test(name) ? "rate" : "waf-match", `what the plugin \`${name}\` does`)];
}
function opaque(use2, status, reason, why) {
  return { when: unknown2(use2, why), effect: { kind: "deny", status }, reason, because: [{ at: use2.plugin.at, note: `depends on ${why}` }] };
}
function codeGates(use2) {
  const phases2 = ["access", "rewrite", "certificate", "functions"].flatMap((phase) => field(use2.plugin.config, phase) ?? []);
  const refusing2 = phases2.find((node) => /\bexit\b|\berror\b|redirect|kong\.response|ngx\.(?:say|print|status)|assert|dofile|require/.test(sourceOf(node)));
  if (refusing2 === void 0) return [];
  return [{ ...opaque(use2, 403, "fixed-answer", `what the Lua code of \`${use2.plugin.name}\` does`), because: [{ at: refusing2.at, note: "Lua code that can answer by itself" }] }];
}
function sourceOf(node) {
  return node.at.file.text.slice(node.at.start, node.at.end);
}
function corsPost(plugin) {
  const methods = field(plugin.config, "methods");
  return methods?.kind === "list" ? methods.items.find((item) => textOf3(item) === "POST") : void 0;
}
function ownCondition(use2) {
  const written3 = field(use2.plugin.node, "condition");
  const open = use2.plugin.enabled === void 0 ? [unknown2(use2, `whether \`${use2.plugin.name}\` is enabled, which a template says`)] : [];
  return all(...open, ...written3 === void 0 ? [] : [unknown2(use2, `the condition of \`${use2.plugin.name}\``, written3.at)]);
}

// src/formats/gateway/kong/plugins.ts
function specificity({ target: target3 }) {
  const place2 = (target3.route === void 0 ? 0 : 2) + (target3.service === void 0 ? 0 : 1);
  if (target3.consumer !== void 0) return place2 === 3 ? 12 : place2 > 0 ? 8 + place2 : 5;
  if (target3.consumerGroup !== void 0) return place2 === 3 ? 11 : place2 > 0 ? 6 + place2 : 4;
  return place2 === 3 ? 6 : place2;
}
function activePlugins(configuration, routes) {
  const attached = /* @__PURE__ */ new Map();
  for (const plugin of configuration.plugins) {
    const to = plugin.target.route ?? plugin.target.service ?? null;
    const known3 = attached.get(to);
    if (known3 === void 0) attached.set(to, [plugin]);
    else known3.push(plugin);
  }
  const at = (to) => attached.get(to) ?? [];
  return new Map(
    routes.map((route) => {
      const ofRoute = at(route).filter(({ target: target3 }) => target3.service === void 0 || target3.service === route.service);
      const ofService = typeof route.service === "object" ? at(route.service) : [];
      return [route, [...ofRoute, ...ofService, ...at(null)].sort(inOrder)];
    })
  );
}
function inOrder(a, b) {
  return priorityOf(b.name) - priorityOf(a.name) || compareNames(a.name, b.name) || specificity(b) - specificity(a);
}
function compareNames(a, b) {
  return a < b ? 1 : a > b ? -1 : 0;
}
function pluginGates(configuration, route, active, where) {
  const ignored = /* @__PURE__ */ new Map();
  const gates = [];
  for (const name of new Set(active.map((plugin) => plugin.name))) {
    const instances = active.filter((plugin) => plugin.name === name);
    let left = always;
    for (const plugin of instances) {
      const use2 = { plugin, route, configuration, active, where };
      const own3 = all(consumerCondition(use2), ownCondition(use2));
      if (isNever(left)) ignored.set(plugin, `a more specific \`${name}\` takes its place`);
      else if (isNever(own3)) ignored.set(plugin, "no consumer in these files belongs to its group");
      else gates.push(...gatesOf4(use2, all(left, own3), replaced2(plugin, instances), ignored));
      left = all(left, not(own3));
    }
  }
  return { gates, ignored };
}
function replaced2(plugin, instances) {
  if (plugin.target.consumer !== void 0 || plugin.target.consumerGroup !== void 0) return [];
  const after = instances.slice(instances.indexOf(plugin) + 1).filter((one) => one.target.consumer === void 0 && one.target.consumerGroup === void 0);
  return after.slice(0, 1).map((one) => ({ at: one.at, note: `the \`${one.name}\` ${placeWords(one)} does not run here: the more specific one replaces it` }));
}
function gatesOf4(use2, runs, others, ignored) {
  const lowered = lowerPlugin(use2);
  if ("ignored" in lowered) {
    ignored.set(use2.plugin, lowered.ignored);
    return [];
  }
  return lowered.map((draft) => ({ ...draft, when: isAlways(runs) ? draft.when : all(runs, draft.when), because: becauseOf(use2, draft, others) }));
}
function becauseOf({ plugin }, draft, others) {
  const [first, ...rest] = draft.because;
  const stands = first.at === plugin.at ? [] : [{ at: plugin.at, note: `\`${plugin.name}\` ${placeWords(plugin)}` }];
  return [first, ...rest, ...stands, ...others];
}
function placeWords({ target: target3 }) {
  const words3 = [
    target3.consumer === void 0 ? [] : [`of the consumer \`${target3.consumer}\``],
    target3.consumerGroup === void 0 ? [] : [`of the consumer group \`${target3.consumerGroup}\``],
    target3.route === void 0 ? [] : [target3.route.name === void 0 ? "of this route" : `of the route \`${target3.route.name}\``],
    target3.service === void 0 ? [] : [target3.service.name === void 0 ? "of this service" : `of the service \`${target3.service.name}\``]
  ].flat();
  return words3.length === 0 ? "for every request" : words3.join(" ");
}
function consumerCondition(use2) {
  const { target: target3, at } = use2.plugin;
  const { consumers } = use2.configuration;
  const conditions = [];
  if (target3.consumer !== void 0) {
    const wanted = target3.consumer;
    conditions.push(isConsumer(use2, [use2.configuration.consumerNamed.get(wanted)?.name ?? wanted], at));
  }
  if (target3.consumerGroup !== void 0) {
    const wanted = target3.consumerGroup;
    const members = consumers.flatMap((one) => one.consumerGroups.includes(wanted) && one.name !== void 0 ? [one.name] : []);
    conditions.push(members.length === 0 ? unlistedGroup(use2, wanted) : isConsumer(use2, members, at));
  }
  return all(...conditions);
}
function unlistedGroup({ configuration, plugin }, group) {
  if (configuration.listsConsumers) return any();
  const claimed = test(`claim:${consumerClaim}`, { kind: "present" }, plugin.at);
  const why = `whether the client's consumer belongs to the group \`${group}\``;
  return all(claimed, { kind: "unknown", key: why, why, reads: "anything", at: plugin.at });
}

// src/formats/gateway/kong/expression.ts
function readExpression(node) {
  const written3 = textOf3(node);
  const read2 = written3 === void 0 ? null : parse3(written3, node.at);
  if (read2 === null) return { when: unreadable(node), method: { when: always, at: null } };
  const parts2 = read2.kind === "all" ? read2.of : [read2];
  const method = all(...parts2.filter(isAboutMethod));
  return { when: all(...parts2.filter((part) => !isAboutMethod(part))), method: { when: method, at: isAlways(method) ? null : node.at } };
}
function unreadable(node) {
  const written3 = node.kind === "scalar" ? node.text : "";
  return { kind: "unknown", key: `expression ${written3}`, why: `whether the request fits \`${written3.slice(0, 80)}\``, reads: "anything", at: node.at };
}
function isAboutMethod(condition) {
  if (condition.kind === "not") return isAboutMethod(condition.of);
  if (condition.kind === "all" || condition.kind === "any") return condition.of.length > 0 && condition.of.every(isAboutMethod);
  return condition.kind === "test" && condition.subject.kind === "field" && condition.subject.field === "method";
}
var lexeme = /\s*(&&|\|\||[()]|r#"[^]*?"#|"(?:[^"\\]|\\.)*"|==|!=|\^=|=\^|~|>=|<=|>|<|!|[A-Za-z_][\w.-]*(?:\.\*)?|[\d.:a-fA-F]+(?:\/\d+)?)/y;
function parse3(written3, span) {
  const tokens3 = [];
  lexeme.lastIndex = 0;
  const end = written3.trimEnd().length;
  let at = 0;
  while (at < end) {
    const found = lexeme.exec(written3)?.[1];
    if (found === void 0) return null;
    at = lexeme.lastIndex;
    tokens3.push(found);
  }
  const reader = { tokens: tokens3, at: 0, span };
  const whole2 = disjunction(reader, 0);
  return reader.at === tokens3.length ? whole2 : null;
}
function take(reader, wanted) {
  if (reader.tokens[reader.at] !== wanted) return false;
  reader.at += 1;
  return true;
}
var deepest5 = 100;
function disjunction(reader, depth) {
  return chain(reader, "||", () => chain(reader, "&&", () => operand(reader, depth), all), any);
}
function chain(reader, operator, next, join6) {
  const of = [];
  do {
    const one = next();
    if (one === null) return null;
    of.push(one);
  } while (take(reader, operator));
  return join6(...of);
}
function operand(reader, depth) {
  if (depth > deepest5) return null;
  if (take(reader, "!")) {
    const negated2 = operand(reader, depth + 1);
    return negated2 === null ? null : not(negated2);
  }
  if (!take(reader, "(")) return predicate(reader);
  const inner = disjunction(reader, depth + 1);
  return inner !== null && take(reader, ")") ? inner : null;
}
function subject(reader) {
  const name = reader.tokens[reader.at++] ?? "";
  if (name === "lower" || name === "any") {
    if (!take(reader, "(")) return null;
    const inner = subject(reader);
    return inner !== null && take(reader, ")") ? { field: inner.field, ignoreCase: inner.ignoreCase || name === "lower" } : null;
  }
  const field3 = fieldNamed(name);
  return field3 === null ? null : { field: field3, ignoreCase: false };
}
var fields = {
  "http.method": "method",
  "http.host": "host",
  "http.path": "path",
  "net.protocol": "scheme",
  "net.src.ip": "clientAddress",
  "net.port": "port",
  "net.dst.port": "port",
  "tls.sni": "host"
};
function fieldNamed(name) {
  const known3 = Object.hasOwn(fields, name) ? fields[name] : void 0;
  if (known3 !== void 0) return known3;
  if (name.startsWith("http.headers.")) return `header:${name.slice(13).toLowerCase().replaceAll("_", "-")}`;
  return name.startsWith("http.queries.") ? `argument:${name.slice(13)}` : null;
}
var operators2 = /* @__PURE__ */ new Set(["==", "!=", "~", "^=", "=^", ">", ">=", "<", "<=", "in", "contains"]);
function predicate(reader) {
  const of = subject(reader);
  const negated2 = take(reader, "not");
  const written3 = reader.tokens[reader.at++] ?? "";
  const value2 = unquoted(reader.tokens[reader.at++] ?? "");
  if (of === null || value2 === null || !operators2.has(written3)) return null;
  const condition = comparison3(of.field, written3, value2, of.ignoreCase, reader.span);
  return condition === null ? null : negated2 ? not(condition) : condition;
}
function unquoted(token4) {
  if (token4.startsWith('r#"')) return token4.slice(3, -2);
  if (token4.startsWith('"')) return token4.slice(1, -1).replace(/\\(.)/g, (_, char) => ({ n: "\n", r: "\r", t: "	" })[char] ?? char);
  return /^[\d.:a-fA-F]+(?:\/\d+)?$/.test(token4) ? token4 : null;
}
function comparison3(field3, operator, value2, ignoreCase, at) {
  const of = (kind) => ({ kind, value: text(value2), ignoreCase });
  switch (operator) {
    case "==":
      return test(field3, { kind: "in", values: [value2], ignoreCase }, at);
    case "!=":
      return not(test(field3, { kind: "in", values: [value2], ignoreCase }, at));
    case "~":
      return test(field3, { kind: "matches", pattern: value2, ignoreCase, dollarEndOnly: true }, at);
    case "^=":
      return testText(fieldValue(field3), of("startsWith"), at);
    case "=^":
      return testText(fieldValue(field3), of("endsWith"), at);
    case "contains":
      return testText(fieldValue(field3), of("contains"), at);
    case "in":
      return field3 === "clientAddress" ? test(field3, { kind: "inNetwork", blocks: [value2] }, at) : null;
    default:
      return operator === ">" || operator === ">=" || operator === "<" || operator === "<=" ? test(field3, { kind: "number", is: operator, value: text(value2) }, at) : null;
  }
}

// src/formats/gateway/kong/routes.ts
function setting(route, key) {
  return field(route.node, key) ?? field(route.defaults, key);
}
function routeName(route) {
  return route.name ?? route.id ?? (route.service === "none" || route.service === "elsewhere" ? "without a name" : `of ${route.service.name ?? "a service"}`);
}
var streams = /* @__PURE__ */ new Set(["tcp", "tls", "udp", "tls_passthrough"]);
function isStream(route) {
  const [first] = items(setting(route, "protocols"));
  return streams.has(textOf3(first) ?? "");
}
function matchers(routes, version2) {
  const found = routes.filter((route) => !isStream(route)).flatMap((route) => matchersOf(route, version2));
  return found.sort((a, b) => compareRanks(b.rank, a.rank));
}
function compareRanks(a, b) {
  const at = a.findIndex((one, index2) => one !== b[index2]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
function matchersOf(route, version2) {
  const expression4 = setting(route, "expression");
  if (expression4 !== void 0) return [fromExpression(route, expression4)];
  const kinds = ["methods", "hosts", "headers", "snis", "paths"].filter((key) => size(setting(route, key)) > 0).length;
  const hosts = items(setting(route, "hosts"));
  const plainHosts = hosts.length > 0 && hosts.every((host) => !textOfAny(host).includes("*"));
  const headers = entries(setting(route, "headers")).length;
  const methods = setting(route, "methods");
  const shared = all(hostCondition(hosts), headerCondition(setting(route, "headers")), sniCondition(route), networkCondition(route));
  return pathGroups(setting(route, "paths"), version2).map((group) => ({
    route,
    elsewhere: all(shared, group.when),
    methods: methodCondition(methods),
    methodsAt: size(methods) > 0 ? methods?.at ?? null : null,
    rank: [kinds, Number(plainHosts), headers, Number(group.regex), group.regex ? numberOf(setting(route, "regex_priority")) ?? 0 : 0, group.length],
    words: [items(methods).map(textOfAny).join(","), group.words].filter(Boolean).join(" ")
  }));
}
function fromExpression(route, expression4) {
  const { when, method } = readExpression(expression4);
  const priority = numberOf(setting(route, "priority")) ?? 0;
  return { route, elsewhere: when, methods: method.when, methodsAt: method.at, rank: [-1, priority], words: textOfAny(expression4).slice(0, 60) };
}
function size(node) {
  if (node === void 0) return 0;
  return node.kind === "map" ? node.entries.length : node.kind === "list" ? node.items.length : 1;
}
function textOfAny(node) {
  return node.kind === "scalar" ? node.text : "";
}
function unfilled(node, what, reads) {
  const written3 = node.kind === "scalar" ? node.text : what;
  return { kind: "unknown", key: `${what} ${written3}`, why: `the value of \`${written3}\``, reads: reads === "anything" ? reads : [reads], at: node.at };
}
function anyOf2(nodes, one) {
  return nodes.length === 0 ? always : any(...nodes.map(one));
}
function methodCondition(node) {
  if (node === void 0 || size(node) === 0) return always;
  if (node.kind !== "list") return unfilled(node, "methods", "method");
  const names = node.items.flatMap((item) => textOf3(item) ?? []);
  const open = node.items.filter(isTemplate2).map((item) => unfilled(item, "methods", "method"));
  return any(methodIn(names, node.at), ...open);
}
function hostCondition(hosts) {
  return anyOf2(hosts, (node) => {
    const written3 = textOf3(node)?.toLowerCase();
    if (written3 === void 0) return unfilled(node, "hosts", "host");
    const [host = "", port] = /^(.*?)(?::(\d+))?$/.exec(written3)?.slice(1) ?? [];
    return all(nameCondition(host, node.at), port === void 0 ? always : test("port", { kind: "equals", value: text(port) }, node.at));
  });
}
function nameCondition(host, at) {
  if (host.startsWith("*")) return test("host", { kind: "endsWith", value: text(host.slice(1)) }, at);
  if (host.endsWith("*")) return test("host", { kind: "startsWith", value: text(host.slice(0, -1)) }, at);
  return test("host", { kind: "in", values: [host] }, at);
}
function headerCondition(headers) {
  const conditions = entries(headers).map(({ key, value: value2 }) => {
    const field3 = `header:${key.toLowerCase().replaceAll("_", "-")}`;
    return anyOf2(value2.kind === "list" ? value2.items : [value2], (node) => {
      const wanted = textOf3(node);
      if (wanted === void 0) return unfilled(node, key, "anything");
      if (wanted.startsWith("~*")) return test(field3, { kind: "matches", pattern: wanted.slice(2), ignoreCase: true }, node.at);
      return test(field3, { kind: "in", values: [wanted], ignoreCase: true }, node.at);
    });
  });
  return all(...conditions);
}
function sniCondition(route) {
  const snis = items(setting(route, "snis"));
  const [first] = snis;
  if (first === void 0) return always;
  const named4 = anyOf2(snis, (node) => {
    const name = textOf3(node)?.toLowerCase();
    return name === void 0 ? unfilled(node, "snis", "host") : nameCondition(name.replace(/\.$/, ""), node.at);
  });
  return any(not(test("scheme", { kind: "in", values: ["https"] }, first.at)), named4);
}
function networkCondition(route) {
  const sources = anyOf2(items(setting(route, "sources")), (node) => {
    const address = textOf3(field(node, "ip"));
    if (address === void 0) return unfilled(node, "sources", "anything");
    return test("clientAddress", { kind: "inNetwork", blocks: [address] }, node.at);
  });
  const destinations = anyOf2(items(setting(route, "destinations")), (node) => unfilled(node, "destinations", "anything"));
  return all(sources, destinations);
}
function pathGroups(paths, version2) {
  const nodes = items(paths);
  if (nodes.length === 0) return [{ when: paths === void 0 || paths.kind === "list" ? always : unfilled(paths, "paths", "path"), regex: false, length: 0, words: "" }];
  const groups2 = /* @__PURE__ */ new Map();
  for (const node of nodes) {
    const path = textOfAny(node);
    const key = isPattern(path, version2) ? "pattern" : String(path.length);
    groups2.set(key, [...groups2.get(key) ?? [], node]);
  }
  return [...groups2].map(([key, group]) => ({
    when: anyOf2(group, (node) => pathCondition(node, version2)),
    regex: key === "pattern",
    length: key === "pattern" ? 0 : Number(key),
    words: group.slice(0, 3).map(textOfAny).join(" ")
  }));
}
function isPattern(path, version2) {
  return /^[12]\./.test(version2) ? !/^[a-zA-Z0-9._~/%-]*$/.test(path) : path.startsWith("~");
}
function pathCondition(node, version2) {
  const path = textOf3(node);
  if (path === void 0) return unfilled(node, "paths", "path");
  if (!isPattern(path, version2)) return path === "/" ? always : testText(fieldValue("path"), { kind: "startsWith", value: text(percentDecode(path)) }, node.at);
  return test("path", { kind: "matches", pattern: `^${path.replace(/^~/, "")}`, dollarEndOnly: true }, node.at);
}
function whole(matcher) {
  return all(matcher.elsewhere, matcher.methods);
}
function limitsMethods(matcher) {
  return !isAlways(matcher.methods);
}

// src/formats/gateway/kong/lower.ts
function lower2(configuration) {
  const ignored = [...configuration.ignored];
  const routes = configuration.routes.filter((route) => isServed(route, ignored));
  const found = matchers(routes, configuration.version);
  const active = activePlugins(configuration, routes);
  const served = new Map([...active].map(([route, plugins]) => [route, serve(configuration, route, plugins)]));
  noteUnused(configuration.plugins, [...served.values()], ignored);
  const writes2 = signsOfWrites(configuration, active);
  const scopes = found.map((matcher) => ({ name: nameOf2(matcher), when: whole(matcher), chains: served.get(matcher.route)?.chains ?? [], handler: "app", at: matcher.route.at, ...writes2(matcher.route) }));
  const withoutMethod = found.filter(limitsMethods).map((matcher) => ({ ...methodScope(configuration, matcher), ...writes2(matcher.route) }));
  const clients = clientsOf(configuration);
  return {
    format: "kong",
    layer: "gateway",
    at: configuration.at,
    stages: { routes: [...scopes, ...withoutMethod, noRoute(configuration)] },
    entry: "routes",
    definitions: {},
    ...clients !== void 0 && { clients },
    reroutes: { limit: 10, status: 500 },
    ignored,
    missing: configuration.missing
  };
}
function isServed(route, ignored) {
  const disabled = typeof route.service === "object" && !route.service.enabled;
  if (disabled) ignored.push({ at: route.at, note: "the service of this route is disabled, so Kong does not load the route" });
  const stream = isStream(route);
  if (stream) ignored.push({ at: route.at, note: "the route is about connections, not about HTTP requests" });
  return !disabled && !stream;
}
function noteUnused(plugins, plugged, ignored) {
  const used = new Set(plugged.flatMap((one) => one.gates.flatMap((gate3) => gate3.because.map((evidence2) => evidence2.at))));
  const reasons2 = new Map(plugged.flatMap((one) => [...one.ignored]));
  for (const plugin of plugins) {
    if (used.has(plugin.at)) continue;
    ignored.push({ at: plugin.at, note: reasons2.get(plugin) ?? `\`${plugin.name}\` ${placeWords(plugin)}: no route of these files runs it` });
  }
}
function nameOf2(matcher) {
  const { route, words: words3 } = matcher;
  return `route ${routeName(route)}${words3 === "" ? "" : ` (${words3})`}`;
}
function serve(configuration, route, active) {
  const plugged = pluginGates(configuration, route, active, `on the route \`${routeName(route)}\``);
  const chains = [
    { name: "protocol", gates: protocolGates(route) },
    { name: "plugins", gates: plugged.gates },
    { name: "service", gates: serviceGates(configuration, route, active) }
  ];
  return { ...plugged, chains: chains.filter((chain3) => chain3.gates.length > 0) };
}
function serviceGates(configuration, route, active) {
  if (route.service !== "none") return [];
  const answers = active.map((plugin) => answersItself(plugin.name));
  if (answers.includes("yes")) return [];
  const doubtful = active[answers.indexOf("perhaps")];
  const when = doubtful === void 0 ? always : unknown2({ plugin: doubtful, configuration, route, active, where: "" }, `whether \`${doubtful.name}\` answers in place of a service`);
  return [{ when, effect: { kind: "deny", status: 503 }, reason: "broken-configuration", because: [{ at: route.at, note: "the route has no service" }] }];
}
function protocolGates(route) {
  const node = setting(route, "protocols");
  if (node === void 0) return [];
  const protocols = items(node).flatMap((item) => textOf3(item) ?? []);
  const plainHttp = test("scheme", { kind: "in", values: ["http"] }, node.at);
  const code = setting(route, "https_redirect_status_code");
  const unfilled2 = [node, ...items(node)].find(isTemplate2) ?? (isTemplate2(code) ? code : void 0);
  const isHttpsOnly = protocols.includes("https") && !protocols.includes("http");
  if (unfilled2 !== void 0 && (isHttpsOnly || unfilled2 !== code)) return [{ when: all(plainHttp, unknownValue2(unfilled2)), ...insecure(node, void 0) }];
  if (isHttpsOnly) return [{ when: plainHttp, ...insecure(node, code) }];
  if (!protocols.some((one) => one === "grpc" || one === "grpcs")) return [];
  const grpc = testText(fieldValue("header:content-type"), { kind: "startsWith", value: text("application/grpc") }, node.at);
  return [{ when: not(grpc), effect: { kind: "deny", status: 415 }, reason: "protocol", because: [{ at: node.at, note: "the route takes only gRPC" }] }];
}
function unknownValue2(node) {
  const written3 = node.kind === "scalar" ? node.text : "";
  return { kind: "unknown", key: `value ${written3}`, why: `the value of \`${written3}\``, reads: "anything", at: node.at };
}
function insecure(protocols, code) {
  const status = numberOf(code);
  const only = { at: protocols.at, note: "the route takes only HTTPS" };
  if (code === void 0 || status === void 0 || status === 426) return { effect: { kind: "deny", status: 426 }, reason: "protocol", because: [only] };
  const to = [{ kind: "text", text: "https://" }, { kind: "field", field: "host" }, { kind: "field", field: "requestUri" }];
  const fix = statusKept(status, code);
  return { ...fix && { fix }, effect: { kind: "redirect", status, to }, reason: "redirect", because: [{ at: code.at, note: `plain HTTP is redirected with ${status}` }, only] };
}
function methodScope(configuration, matcher) {
  const { route, methodsAt } = matcher;
  const at = methodsAt ?? route.at;
  const because2 = [
    { at, note: `the methods the route \`${routeName(route)}\` takes` },
    { at: route.at, note: "no other route takes the path with another method, so Kong answers 404" }
  ];
  const fix = postIn(route) === void 0 ? postAdded(setting(route, "methods")) : null;
  const gate3 = { when: unlessElsewhere(configuration), effect: { kind: "deny", status: 404 }, reason: "no-route", because: because2, ...fix && { fix } };
  return { name: `${nameOf2(matcher)} with another method`, when: matcher.elsewhere, chains: [{ name: "no route", gates: [gate3] }], handler: "app", at: route.at };
}
function unlessElsewhere({ at, otherRoutes: otherRoutes2 }) {
  return otherRoutes2 === null ? always : { kind: "unknown", key: otherRoutes2, why: otherRoutes2, reads: "anything", at };
}
function noRoute(configuration) {
  const { at } = configuration;
  const gate3 = { when: unlessElsewhere(configuration), effect: { kind: "deny", status: 404 }, reason: "no-route", because: [{ at, note: "no route in these files takes the request" }] };
  return { name: "no Route matched", when: always, chains: [{ name: "no route", gates: [gate3] }], handler: "unknown", at };
}
function postIn(route) {
  return items(setting(route, "methods")).find((item) => textOf3(item) === "POST");
}
function signsOfWrites(configuration, active) {
  const taking = /* @__PURE__ */ new Map();
  for (const route of configuration.routes.filter((one) => postIn(one) !== void 0)) {
    const known3 = taking.get(route.service);
    if (known3 === void 0) taking.set(route.service, [route]);
    else known3.push(route);
  }
  return (route) => {
    const own3 = postIn(route);
    const plugins = active.get(route) ?? [];
    const cors = plugins.flatMap((plugin) => plugin.name === "cors" ? [corsPost(plugin)] : []);
    const size2 = plugins.find((plugin) => plugin.name === "request-size-limiting" && (plugin.target.route ?? plugin.target.service) !== void 0);
    const sibling = typeof route.service === "object" ? taking.get(route.service)?.find((one) => one !== route) : void 0;
    const evidence2 = [
      own3 && { at: own3.at, note: `the route \`${routeName(route)}\` lists POST` },
      ...cors.map((post) => post && { at: post.at, note: "`cors` announces POST" }),
      size2 && { at: size2.at, note: "`request-size-limiting` is set, so bodies are expected" },
      sibling && { at: postIn(sibling)?.at ?? sibling.at, note: `the route \`${routeName(sibling)}\` of the same service takes POST` }
    ];
    const writes2 = evidence2.flatMap((one) => one ?? []);
    return writes2.length === 0 ? {} : { writes: writes2 };
  };
}

// src/formats/gateway/kong.ts
var extension = /\.(?:ya?ml|json)(?:\.(?:j2|jinja2?|tmpl|tpl|template|gotmpl|erb))?$/i;
var versionInYaml = /^\uFEFF?["']?_format_version["']?[ \t]*:/m;
var versionInJson = /"_format_version"\s*:/;
function claims2(file) {
  if (!extension.test(file.path) || !file.text.includes("_format_version")) return null;
  const version2 = /^\uFEFF?\s*\{/.test(file.text) ? versionInJson : versionInYaml;
  if (!version2.test(file.text)) return null;
  return /(?:^|\/)kong[^/]*$/i.test(file.path) ? "name" : "content";
}
var kong = { id: "kong", name: "Kong", claims: claims2, load: load2 };
function load2(files3) {
  const units = [];
  const problems = [];
  for (const group of together(files3)) {
    const configuration = readConfiguration(group);
    if (configuration === null) {
      problems.push(...group.flatMap(unread));
      continue;
    }
    problems.push(...configuration.problems);
    units.push({ program: lower2(configuration), files: group, roots: [] });
  }
  return { units, problems, embedded: [] };
}
function unread(file) {
  const { problems } = parseTree(file);
  if (problems.length > 0) return problems;
  const at = { file, start: 0, end: Math.min(file.text.length, 1) };
  return [{ code: "kong-format", message: "`_format_version` is not a key of the whole file", at }];
}
function together(files3) {
  const folders = /* @__PURE__ */ new Map();
  for (const file of files3) {
    const part = partOf(file);
    folders.set(part.key, [...folders.get(part.key) ?? [], part]);
  }
  return [...folders.values()].flatMap((parts2) => belongTogether(parts2) ? [parts2.map((part) => part.file)] : parts2.map((part) => [part.file]));
}
function belongTogether(parts2) {
  if (parts2.length < 2 || !parts2.some((part) => part.routes)) return false;
  const all2 = parts2.flatMap((part) => [...part.has]);
  if (new Set(all2).size < all2.length) return false;
  return parts2.some((part) => !part.routes || [...part.needs].some((name) => !part.has.has(name) && all2.includes(name)));
}
function partOf(file) {
  const root = kongDocument(file) ?? void 0;
  const folder = file.path.slice(0, file.path.lastIndexOf("/") + 1);
  const key = [folder, writtenName(field(root, "_format_version")), writtenName(field(root, "_workspace"))].join("\n");
  const services = items(field(root, "services"));
  const routes = [...items(field(root, "routes")), ...services.flatMap((service) => items(field(service, "routes")))];
  const has = [...namesOf("service", services), ...namesOf("route", routes), ...namesOf("consumer", items(field(root, "consumers")))];
  const top = [...items(field(root, "routes")), ...items(field(root, "plugins"))];
  return { file, key, has: new Set(has), needs: new Set(top.flatMap(referencesOf)), routes: services.length + routes.length > 0 };
}
function namesOf(kind, nodes) {
  return nodes.flatMap((node) => {
    const { name, id } = named3(node, kind === "consumer" ? "username" : "name");
    return [name, id].flatMap((one) => one === void 0 ? [] : [`${kind} ${one}`]);
  });
}
function referencesOf(node) {
  return entries(node).flatMap(({ key, value: value2 }) => {
    const name = key === "service" || key === "route" || key === "consumer" ? reference(value2) : void 0;
    return name === void 0 ? [] : [`${key} ${name}`];
  });
}

// src/formats/gateway/index.ts
var gatewayFormats = [kong];

// src/formats/nginx/context.ts
var indexes = /* @__PURE__ */ new WeakMap();
function indexOf({ items: items2 }) {
  const known3 = indexes.get(items2);
  if (known3 !== void 0) return known3;
  const index2 = /* @__PURE__ */ new Map();
  for (const { directive: directive2 } of items2) {
    const same2 = index2.get(directive2.name.value);
    if (same2 === void 0) index2.set(directive2.name.value, [directive2]);
    else same2.push(directive2);
  }
  indexes.set(items2, index2);
  return index2;
}
var none = [];
function own2(context, name) {
  return indexOf(context).get(name) ?? none;
}
function inherited(context, name) {
  for (let at = context; at !== null; at = at.parent) {
    const found = own2(at, name);
    if (found.length > 0) return found;
  }
  return [];
}
function inheritedOf(context, names) {
  for (let at = context; at !== null; at = at.parent) {
    const index2 = indexOf(at);
    if (!names.some((name) => index2.has(name))) continue;
    return at.items.flatMap(({ directive: directive2 }) => names.includes(directive2.name.value) ? [directive2] : []);
  }
  return [];
}
function setting2(context, name) {
  return inherited(context, name).at(-1);
}
function settingValue(context, name, otherwise) {
  return setting2(context, name)?.args[0]?.value ?? otherwise;
}
function nearest2(context, kind) {
  for (let at = context; at !== null; at = at.parent) if (at.kind === kind) return at;
  return null;
}
function blocksOf(context, kind) {
  return context.items.flatMap(({ block }) => block?.kind === kind ? [block] : []);
}
function evidence(directive2, note) {
  return { at: directive2.head, note };
}

// src/formats/nginx/lua.ts
var LONG_BRACKET = /\[(=*)\[/y;
function endOfLuaBlock(text2, start3) {
  let depth = 0;
  let at = start3;
  while (at < text2.length) {
    switch (text2[at]) {
      case "{":
        depth += 1;
        at += 1;
        break;
      case "}":
        if (depth === 0) return at;
        depth -= 1;
        at += 1;
        break;
      case '"':
      case "'":
        at = afterString(text2, at);
        break;
      case "-":
        at = text2[at + 1] === "-" ? afterComment(text2, at + 2) : at + 1;
        break;
      case "[":
        at = afterLongBracket(text2, at) ?? at + 1;
        break;
      default:
        at += 1;
    }
  }
  return -1;
}
function afterString(text2, start3) {
  const quote2 = text2[start3];
  let at = start3 + 1;
  while (at < text2.length) {
    const character = text2[at];
    if (character === "\\") at += 2;
    else if (character === quote2) return at + 1;
    else if (character === "\n") return at;
    else at += 1;
  }
  return text2.length;
}
function afterComment(text2, start3) {
  const long = afterLongBracket(text2, start3);
  if (long !== null) return long;
  const end = text2.indexOf("\n", start3);
  return end === -1 ? text2.length : end;
}
function afterLongBracket(text2, start3) {
  LONG_BRACKET.lastIndex = start3;
  const found = LONG_BRACKET.exec(text2);
  if (found === null) return null;
  const closer = `]${found[1] ?? ""}]`;
  const end = text2.indexOf(closer, start3 + found[0].length);
  return end === -1 ? text2.length : end + closer.length;
}

// src/formats/nginx/template.ts
var LONGEST_EXPRESSION = 500;
var PLACEHOLDER = /@[A-Za-z_]\w*@|__[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*__|%%[A-Za-z_][\w.-]*%%|<[A-Z][A-Z0-9_-]{2,}>/y;
var ENVIRONMENT_LINE = /(?:\$\{[A-Z][A-Z0-9_]*\}|\$[A-Z][A-Z0-9_]*|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?=[ \t]*(?:\r|\n|$))/y;
var ENVIRONMENT_NAME = /\$(?:\{([A-Z][A-Z0-9_]*)\}|([A-Z][A-Z0-9_]*)(?![a-z]))/g;
function tagsIn(text2) {
  const closer = rememberedSearch(text2);
  return (offset) => {
    switch (text2.charCodeAt(offset)) {
      case 123:
        return bracedTag(text2, offset, closer);
      case 60:
        if (text2[offset + 1] === "%") return delimited(text2, offset, closer("%>", offset + 2), rubyRole);
        return placeholder(text2, offset);
      case 37:
      // %
      case 64:
      // @
      case 95:
        return placeholder(text2, offset);
      default:
        return null;
    }
  };
}
function environmentLine(text2, offset) {
  ENVIRONMENT_LINE.lastIndex = offset;
  const found = ENVIRONMENT_LINE.exec(text2);
  return found === null ? null : { start: offset, end: offset + found[0].length, role: "value" };
}
function environmentNames(word3) {
  if (!word3.includes("$")) return [];
  return Array.from(word3.matchAll(ENVIRONMENT_NAME), (found) => found[1] ?? found[2] ?? "");
}
function rememberedSearch(text2) {
  const known3 = /* @__PURE__ */ new Map();
  return (closer, from) => {
    const last = known3.get(closer);
    if (last !== void 0 && (last === -1 || last >= from)) return last;
    const found = text2.indexOf(closer, from);
    known3.set(closer, found);
    return found;
  };
}
function bracedTag(text2, offset, closer) {
  switch (text2[offset + 1]) {
    case "%":
      return delimited(text2, offset, closer("%}", offset + 2), jinjaRole);
    case "#":
      return jinjaComment(text2, offset, closer("#}", offset + 2));
    case "{":
      return closer("}}", offset + 2) === -1 ? null : expression3(text2, offset);
    default:
      return null;
  }
}
function delimited(text2, start3, close2, roleOf) {
  if (close2 === -1) return null;
  return { start: start3, end: close2 + 2, role: roleOf(text2.slice(start3 + 2, close2)) };
}
function jinjaComment(text2, start3, close2) {
  if (close2 === -1) return null;
  const lineEnd = text2.indexOf("\n", start3);
  const lineStart = text2.lastIndexOf("\n", start3) + 1;
  const alone = text2.slice(Math.max(lineStart, start3 - LONGEST_EXPRESSION), start3).trim() === "";
  if (lineEnd !== -1 && close2 > lineEnd && !alone) return null;
  return { start: start3, end: close2 + 2, role: "other" };
}
function expression3(text2, start3) {
  const triple = text2[start3 + 2] === "{";
  const from = start3 + (triple ? 3 : 2);
  const comment2 = /^[-~]?\s*(?:\/\*|!)/.test(text2.slice(from, from + 20));
  const limit = Math.min(text2.length, start3 + LONGEST_EXPRESSION * (comment2 ? 40 : 1));
  let ended2 = false;
  for (let at = from; at < limit; at += 1) {
    const character = text2[at];
    if (character === "}" && text2[at + 1] === "}") {
      const end = at + (triple && text2[at + 2] === "}" ? 3 : 2);
      const code = text2.slice(from, at);
      return code.trim() === "" ? null : { start: start3, end, role: triple ? "value" : expressionRole(code) };
    }
    if (character === "\n") ended2 = true;
    if (ended2 && character === ";" && !comment2) return null;
    if (!comment2 && (character === '"' || character === "'" || character === "`")) {
      at = endOfString(text2, at, limit);
    }
  }
  return null;
}
function endOfString(text2, start3, limit) {
  const quote2 = text2[start3];
  for (let at = start3 + 1; at < limit && text2[at] !== "\n"; at += 1) {
    if (text2[at] === "\\") at += 1;
    else if (text2[at] === quote2) return at;
  }
  return start3;
}
function placeholder(text2, offset) {
  if (text2[offset] === "<" && offset > 0 && /[?Pkg]/.test(text2[offset - 1] ?? "")) return null;
  PLACEHOLDER.lastIndex = offset;
  const found = PLACEHOLDER.exec(text2);
  return found === null ? null : { start: offset, end: offset + found[0].length, role: "value" };
}
function expressionRole(code) {
  const inner = code.replace(/^[-~]?\s*/, "").replace(/\s*[-~]?$/, "");
  if (/^(?:!|\/\*)/.test(inner)) return "other";
  if (/^(?:else\b(?!\s*[|.(])|\^$)/.test(inner)) return "middle";
  if (/^[#^]/.test(inner) || /^(?:if|range|with|block|define)\s/.test(inner)) return "open";
  if (/^\//.test(inner) || /^end$/.test(inner)) return "close";
  if (/^\$\w+\s*:?=/.test(inner) || /^\$\w+\s*,\s*\$\w+\s*:=/.test(inner) || /^(?:break|continue)$/.test(inner)) return "other";
  return "value";
}
function jinjaRole(code) {
  const word3 = /^[-+]?\s*(\w+)/.exec(code)?.[1] ?? "";
  if (/^(?:if|for|unless|case|macro|call|ifequal|ifchanged|while)$/.test(word3)) return "open";
  if (/^(?:else|elif|elsif|elseif|when)$/.test(word3)) return "middle";
  if (/^end(?:if|for|unless|case|macro|call|ifequal|ifchanged|while)?$/.test(word3)) return "close";
  return "other";
}
function rubyRole(code) {
  if (/^[=%]/.test(code)) return "value";
  if (code.startsWith("#")) return "other";
  let depth = 0;
  let middle = false;
  for (const line of code.replace(/^-/, "").replace(/-$/, "").split(/[\n;]/)) {
    const statement3 = line.trim();
    if (/^(?:else|elsif|when|rescue|ensure)\b|^\}\s*(?:else|elsif)/.test(statement3)) middle = true;
    else depth += rubyDepth(statement3);
  }
  if (depth !== 0) return depth > 0 ? "open" : "close";
  return middle ? "middle" : "other";
}
function rubyDepth(statement3) {
  const opens = /^(?:if|unless|case|for|while|until|begin)\b|\bdo\s*(?:\|[^|]*\|)?$|\{\s*(?:\|[^|]*\|)?$/.test(statement3);
  const closes = /^end\b|^\}|\bend$/.test(statement3);
  return (opens ? 1 : 0) - (closes ? 1 : 0);
}

// src/formats/nginx/lex.ts
var LONGEST_WORD = 4096;
var LUA_BLOCK = /_by_lua_block$/;
function lex(file) {
  const cursor = {
    file,
    text: file.text,
    tagAt: tagsIn(file.text),
    tokens: [],
    problems: [],
    unclosedQuotes: /* @__PURE__ */ new Set(),
    at: 0,
    name: null
  };
  if (cursor.text.charCodeAt(0) === 65279) {
    push(cursor, "bom", 1);
    report2(cursor, "byte-order-mark", "nginx refuses a file that starts with a byte order mark", 0, 1);
  }
  while (cursor.at < cursor.text.length) readToken(cursor);
  return { tokens: cursor.tokens, problems: cursor.problems };
}
function readToken(cursor) {
  const { text: text2, at } = cursor;
  const character = text2[at] ?? "";
  if (isSpace(character)) return readSpace(cursor);
  checkAfterQuote(cursor, character);
  if (character === "#") return readComment(cursor);
  if (character === ";") return endDirective(cursor, "semicolon");
  if (character === "}") return endDirective(cursor, "close");
  const tag = tagHere(cursor);
  if (tag !== null && readControl(cursor, tag)) return;
  if (character === "{" && tag === null) return readOpen(cursor);
  if (character === '"' || character === "'") return readQuoted(cursor, character);
  readBare(cursor);
}
function isSpace(character) {
  return character === " " || character === "\n" || character === "	" || character === "\r";
}
function push(cursor, kind, end, tags = [], quoted3 = false) {
  cursor.tokens.push({ kind, start: cursor.at, end, quoted: quoted3, tags });
  cursor.at = end;
}
function report2(cursor, code, message, start3, end) {
  cursor.problems.push({ code, message, at: { file: cursor.file, start: start3, end } });
}
function readSpace(cursor) {
  let end = cursor.at + 1;
  while (end < cursor.text.length && isSpace(cursor.text[end] ?? "")) end += 1;
  push(cursor, "space", end);
}
function readComment(cursor) {
  const end = cursor.text.indexOf("\n", cursor.at);
  push(cursor, "comment", end === -1 ? cursor.text.length : end);
}
function endDirective(cursor, kind) {
  push(cursor, kind, cursor.at + 1);
  cursor.name = null;
}
function readOpen(cursor) {
  const lua = cursor.name !== null && LUA_BLOCK.test(cursor.name);
  const start3 = cursor.at;
  endDirective(cursor, "open");
  if (!lua) return;
  const end = endOfLuaBlock(cursor.text, cursor.at);
  if (end === -1) report2(cursor, "unterminated-lua", "this Lua block has no closing brace", start3, start3 + 1);
  push(cursor, "lua", end === -1 ? cursor.text.length : end);
  if (end !== -1) endDirective(cursor, "close");
}
function checkAfterQuote(cursor, character) {
  const last = cursor.tokens.at(-1);
  if (last === void 0 || last.kind !== "word" || !last.quoted || last.tags.length > 0) return;
  if (character === ";" || character === "{" || character === ")" || character === "}") return;
  if (cursor.tagAt(cursor.at) !== null) return;
  const message = `nginx expects a space, ";" or "{" after a closing quote, not ${JSON.stringify(character)}`;
  report2(cursor, "text-after-quote", message, cursor.at, cursor.at + 1);
}
function tagHere(cursor) {
  const tag = cursor.tagAt(cursor.at);
  if (tag !== null || cursor.name !== null) return tag;
  return environmentLine(cursor.text, cursor.at);
}
function readControl(cursor, tag) {
  if (tag.role !== "value") {
    push(cursor, "control", tag.end, [tag]);
    return true;
  }
  const run4 = cursor.name === null ? tagsToLineEnd(cursor, tag) : null;
  for (const each of run4 ?? []) {
    if (cursor.at < each.start) push(cursor, "space", each.start);
    push(cursor, "control", each.end, [each]);
  }
  return run4 !== null;
}
function tagsToLineEnd(cursor, first) {
  const { text: text2 } = cursor;
  const run4 = [];
  for (let tag = first; tag !== null; ) {
    run4.push(tag);
    let at = tag.end;
    while (text2[at] === " " || text2[at] === "	" || text2[at] === "\r") at += 1;
    if (at >= text2.length || text2[at] === "\n" || text2[at] === "#") return run4;
    tag = cursor.tagAt(at);
  }
  return null;
}
function readQuoted(cursor, quote2) {
  const { text: text2, at } = cursor;
  const tags = [];
  let end = cursor.unclosedQuotes.has(quote2) ? -1 : endOfQuoted2(cursor, quote2, tags);
  if (end === -1) {
    cursor.unclosedQuotes.add(quote2);
    end = endOfUnclosed(text2, at);
    tags.splice(0, tags.length, ...tags.filter((tag) => tag.end <= end));
    report2(cursor, "unterminated-string", "this quote is never closed", at, at + 1);
  }
  pushWord(cursor, end, tags, true);
}
function endOfQuoted2(cursor, quote2, tags) {
  const { text: text2 } = cursor;
  let at = cursor.at + 1;
  while (at < text2.length) {
    const character = text2[at];
    if (character === "\\") {
      at += 2;
      continue;
    }
    if (character === quote2) return at + 1;
    const tag = character === "{" && text2[at + 1] === "#" ? null : cursor.tagAt(at);
    if (tag !== null) tags.push(tag);
    at = tag === null ? at + 1 : tag.end;
  }
  return -1;
}
function endOfUnclosed(text2, start3) {
  const newline = text2.indexOf("\n", start3);
  const line = text2.slice(start3, newline === -1 ? text2.length : newline);
  const terminated = /[;{][ \t\r]*$/.exec(line);
  return start3 + Math.max(1, terminated === null ? line.trimEnd().length : terminated.index);
}
function readBare(cursor) {
  const { text: text2 } = cursor;
  const tags = [];
  let end = cursor.at;
  let armed = false;
  while (end < text2.length) {
    const character = text2[end] ?? "";
    const tag = character === "{" && text2[end + 1] === "#" ? null : cursor.tagAt(end);
    if (tag !== null) {
      tags.push(tag);
      end = tag.end;
      armed = false;
      continue;
    }
    if (character === "{" && armed) {
      end += 1;
      continue;
    }
    if (isSpace(character) || character === ";" || character === "{") break;
    armed = character === "$";
    end += character === "\\" ? 2 : 1;
  }
  pushWord(cursor, Math.min(end, text2.length), tags, false);
}
function pushWord(cursor, end, tags, quoted3) {
  const start3 = cursor.at;
  cursor.name ??= quoted3 ? cursor.text.slice(start3 + 1, end - 1) : cursor.text.slice(start3, end);
  push(cursor, "word", end, tags, quoted3);
  if (end - start3 > LONGEST_WORD && tags.length === 0) {
    report2(cursor, "word-too-long", `nginx reads words of at most ${LONGEST_WORD} bytes`, start3, end);
  }
}

// src/formats/nginx/parse.ts
var DEEPEST2 = 100;
function parse4(file) {
  const { tokens: tokens3, problems } = lex(file);
  const parser = {
    file,
    nodes: [],
    comments: [],
    problems: [...problems],
    words: [],
    pending: [],
    pendingConditional: false,
    pendingTags: 0,
    innermost: null,
    branches: [],
    afterExpansion: false,
    templated: tokens3.some((token4) => token4.tags.length > 0),
    tooDeep: false
  };
  for (const token4 of tokens3) take2(parser, token4);
  finish(parser);
  markEnvironment(parser);
  parser.problems.sort((one, other) => one.at.start - other.at.start);
  return { tree: { file, nodes: parser.nodes, comments: parser.comments }, problems: parser.problems };
}
function take2(parser, token4) {
  switch (token4.kind) {
    case "bom":
    case "space":
      return;
    case "comment":
      parser.comments.push(spanOf3(parser, token4));
      return;
    case "word":
      return takeWord(parser, token4);
    case "control":
      return takeControl(parser, token4);
    case "semicolon":
      return takeSemicolon(parser, token4);
    case "open":
      return takeOpen(parser, token4);
    case "lua":
      return takeLua(parser, token4);
    case "close":
      return takeClose(parser, token4);
    default:
      return token4.kind;
  }
}
function spanOf3(parser, token4) {
  return { file: parser.file, start: token4.start, end: token4.end };
}
function report3(parser, code, message, at) {
  parser.problems.push({ code, message, at });
}
function takeWord(parser, token4) {
  const raw = parser.file.text.slice(token4.start, token4.end);
  const word3 = {
    value: unescape2(token4.quoted ? withoutQuotes(raw) : raw),
    raw,
    quoted: token4.quoted,
    template: token4.tags.length > 0 || parser.pendingTags > 0,
    at: spanOf3(parser, token4)
  };
  if (parser.pending.length === 0) parser.pendingConditional = parser.branches.length > 0;
  parser.pending.push(word3);
  parser.words.push(word3);
  for (const tag of token4.tags) takeInnerTag(parser, tag.role);
}
function withoutQuotes(raw) {
  return raw.length > 1 && raw.endsWith(raw[0] ?? "") ? raw.slice(1, -1) : raw.slice(1);
}
function unescape2(raw) {
  if (!raw.includes("\\")) return raw;
  return raw.replace(/\\(["'\\trn])/g, (_, escaped2) => {
    if (escaped2 === "t") return "	";
    if (escaped2 === "r") return "\r";
    return escaped2 === "n" ? "\n" : escaped2;
  });
}
function takeInnerTag(parser, role) {
  if (role === "open") {
    parser.pendingTags += 1;
    parser.branches.push(parser.innermost);
  } else if (role === "close") {
    parser.pendingTags = Math.max(0, parser.pendingTags - 1);
    parser.branches.pop();
  }
}
function takeControl(parser, token4) {
  const role = token4.tags[0]?.role ?? "other";
  if (parser.pending.length > 0) return takeInnerTag(parser, role);
  addNode(parser, { kind: "control", role, at: spanOf3(parser, token4) });
  const start3 = parser.branches.at(-1);
  if (role === "open") parser.branches.push(parser.innermost);
  else if (role === "close") parser.branches.pop();
  else if (role === "middle" && start3 !== void 0) parser.innermost = start3;
  parser.afterExpansion = role === "value";
}
function takeSemicolon(parser, token4) {
  if (parser.pending.length === 0) {
    if (!parser.afterExpansion) report3(parser, "unexpected-semicolon", 'unexpected ";"', spanOf3(parser, token4));
    return;
  }
  addDirective(parser, token4.end);
}
function takeOpen(parser, token4) {
  if (parser.pending.length === 0) {
    if (!parser.afterExpansion) report3(parser, "unexpected-brace", 'unexpected "{"', spanOf3(parser, token4));
    const at = spanOf3(parser, { start: token4.start, end: token4.start });
    parser.pending.push({ value: "", raw: "", quoted: false, template: true, at });
    parser.pendingConditional = parser.branches.length > 0;
  }
  const owner = addDirective(parser, token4.end);
  if (owner === null) return;
  const nodes = [];
  const depth = (parser.innermost?.depth ?? 0) + 1;
  if (depth <= DEEPEST2) owner.block = nodes;
  else if (!parser.tooDeep) {
    parser.tooDeep = true;
    report3(parser, "nested-too-deep", `blocks nested deeper than ${DEEPEST2} are not read`, owner.head);
  }
  parser.innermost = { nodes, owner, outer: parser.innermost, depth };
}
function takeLua(parser, token4) {
  const owner = parser.innermost?.owner;
  if (owner === void 0) return;
  owner.block = null;
  owner.lua = { text: parser.file.text.slice(token4.start, token4.end), at: spanOf3(parser, token4) };
}
function takeClose(parser, token4) {
  if (parser.pending.length > 0) endUnterminated(parser);
  const closed2 = parser.innermost;
  if (closed2 === null) {
    if (!parser.templated) report3(parser, "unexpected-brace", 'unexpected "}"', spanOf3(parser, token4));
    return;
  }
  closed2.owner.at = spanOf3(parser, { start: closed2.owner.at.start, end: token4.end });
  parser.innermost = closed2.outer;
}
function endUnterminated(parser) {
  const directive2 = addDirective(parser, parser.pending.at(-1)?.at.end ?? 0);
  if (directive2 === null) return;
  const message = `directive ${JSON.stringify(directive2.name.value)} is not terminated by ";"`;
  report3(parser, "unterminated-directive", message, directive2.head);
}
function addDirective(parser, end) {
  const [name, ...args] = parser.pending;
  if (name === void 0) return null;
  const last = args.at(-1) ?? name;
  const directive2 = {
    kind: "directive",
    name,
    args,
    block: null,
    lua: null,
    conditional: parser.pendingConditional,
    head: spanOf3(parser, { start: name.at.start, end: last.at.end }),
    at: spanOf3(parser, { start: name.at.start, end })
  };
  addNode(parser, directive2);
  parser.pending = [];
  parser.pendingTags = 0;
  parser.afterExpansion = false;
  return directive2;
}
function addNode(parser, node) {
  (parser.innermost?.nodes ?? parser.nodes).push(node);
}
function finish(parser) {
  const end = parser.file.text.length;
  if (parser.pending.length > 0) endUnterminated(parser);
  for (let open = parser.innermost; open !== null; open = open.outer) {
    const { owner } = open;
    owner.at = spanOf3(parser, { start: owner.at.start, end });
    if (owner.lua === null && !parser.templated) {
      report3(parser, "unterminated-block", `the block of ${JSON.stringify(owner.name.value)} has no closing brace`, owner.head);
    }
  }
}
var DECLARES_FIRST = /^(?:set|.*_set|set_.*|.*_set_by_lua.*)$/;
var DECLARES_LAST = /^(?:map|geo|split_clients)$/;
function markEnvironment(parser) {
  if (!parser.words.some((word3) => environmentNames(word3.raw).length > 0)) return;
  const declared = /* @__PURE__ */ new Set();
  collectDeclared(parser.nodes, declared);
  for (const word3 of parser.words) {
    if (environmentNames(word3.raw).some((name) => !declared.has(name))) word3.template = true;
  }
}
function collectDeclared(nodes, declared) {
  for (const node of nodes) {
    if (node.kind === "control") continue;
    const name = node.name.value;
    const word3 = DECLARES_FIRST.test(name) ? node.args[0] : DECLARES_LAST.test(name) ? node.args.at(-1) : void 0;
    for (const each of environmentNames(word3?.value ?? "")) declared.add(each);
    for (const arg of node.args) {
      for (const found of arg.value.matchAll(/\(\?P?<([A-Z][A-Z0-9_]*)>/g)) declared.add(found[1] ?? "");
    }
    collectDeclared(node.block ?? [], declared);
  }
}

// src/formats/nginx/include.ts
var KINDS = {
  http: "http",
  server: "server",
  location: "location",
  if: "if",
  limit_except: "limit_except"
};
var DEEPEST_INCLUDE = 20;
var MOST_FILES = 2e3;
function assemble(start3, tree) {
  const assembly = { tree, start: start3, files: [], missing: [], problems: [], open: [], budget: MOST_FILES };
  const { context: main, into } = blockOf("main", null, null);
  readFile(assembly, start3, into);
  return { main, files: assembly.files, missing: assembly.missing, problems: assembly.problems };
}
function blockOf(kind, parent, opener) {
  const items2 = [];
  const unread2 = [];
  const context = { kind, parent, opener, items: items2, unread: unread2 };
  return { context, into: { context, items: items2, unread: unread2 } };
}
function readFile(assembly, file, into) {
  const { tree, problems } = parse4(file);
  if (!assembly.files.some((known3) => known3.path === file.path)) {
    assembly.files.push(file);
    assembly.problems.push(...problems);
  }
  assembly.open.push(file.path);
  fill(assembly, tree.nodes, into);
  assembly.open.pop();
}
function fill(assembly, nodes, into) {
  for (const node of nodes) {
    if (node.kind === "control") {
      if (node.role === "value") miss(assembly, into, { at: node.at, note: "a template fills in directives here" }, true);
    } else if (node.name.value === "include" && node.block === null) {
      include2(assembly, node, into);
    } else {
      into.items.push(itemOf(assembly, node, into.context));
    }
  }
}
function miss(assembly, into, part, mayHandle) {
  assembly.missing.push(part);
  if (mayHandle) into.unread.push(part);
}
function itemOf(assembly, directive2, parent) {
  if (directive2.block === null) return { directive: directive2, block: null };
  const { context, into } = blockOf(KINDS[directive2.name.value] ?? "other", parent, directive2);
  fill(assembly, directive2.block, into);
  return { directive: directive2, block: context };
}
function include2(assembly, directive2, into) {
  const word3 = directive2.args[0];
  const paths = word3 === void 0 || word3.template ? [] : resolve2(assembly, word3.value, directive2);
  const optional = word3 !== void 0 && !word3.template && /[*?[]/.test(word3.value) && folderKnown(assembly, word3.value);
  if (paths.length === 0 && !optional && !harmlessInclude(word3?.value ?? "")) {
    const part = evidence(directive2, `the included file ${word3?.value ?? ""} is not here`);
    miss(assembly, into, part, !SETTINGS_ONLY.test(word3?.value ?? ""));
  }
  for (const path of paths) {
    const file = assembly.tree.read(path);
    if (file === null || assembly.open.includes(file.path) || assembly.open.length > DEEPEST_INCLUDE) continue;
    assembly.budget -= 1;
    if (assembly.budget > 0) readFile(assembly, file, into);
  }
}
var SETTINGS_ONLY = /ssl|tls|cert|resolver|header|proxy[_.-]|gzip|brotli|log|mime|real[_-]?ip|cache|polic|types|modules/i;
function harmlessInclude(value2) {
  return /(?:^|\/)(?:mime\.types|proxy_params|options-ssl-nginx\.conf|fastcgi_params|fastcgi\.conf|uwsgi_params|scgi_params|modules-enabled\/\*\.conf)$/.test(value2);
}
var TEMPLATE_ENDINGS = ["", ".template", ".tmpl", ".j2", ".erb"];
function folderKnown(assembly, pattern4) {
  const folder = pattern4.slice(0, pattern4.lastIndexOf("/") + 1);
  return candidates3(assembly, `${folder}*`).some((path) => assembly.tree.list(path).length > 0);
}
function resolve2(assembly, value2, directive2) {
  const globbed = /[*?[]/.test(value2);
  for (const path of candidates3(assembly, value2, directive2.at.file.path)) {
    if (globbed) {
      const found = assembly.tree.list(path);
      if (found.length > 0) return found;
    } else {
      const found = TEMPLATE_ENDINGS.find((ending) => assembly.tree.read(path + ending) !== null);
      if (found !== void 0) return [path + found];
    }
  }
  return [];
}
function candidates3(assembly, value2, includer = assembly.start.path) {
  const base = folderOf2(assembly.start.path);
  const system = /^(?:\/usr\/local)?\/(?:etc\/nginx|etc\/openresty|nginx\/conf|openresty\/nginx\/conf|config\/nginx)\/(.*)$/.exec(value2);
  const bare = value2.replace(/^\.\//, "");
  const found = value2.startsWith("/") ? [value2] : [join(base, bare), join(folderOf2(includer), bare)];
  const rest = value2.startsWith("/") ? system?.[1] : bare;
  for (let folder = base; folder !== null && rest !== void 0; folder = parentOf(folder)) found.push(join(folder, rest));
  return [...new Set(found)];
}
function folderOf2(path) {
  return path.slice(0, path.lastIndexOf("/") + 1);
}
function parentOf(folder) {
  const trimmed = folder.replace(/\/$/, "");
  return trimmed === "" ? null : folderOf2(trimmed);
}
function join(folder, rest) {
  return folder === "" || folder.endsWith("/") ? `${folder}${rest}` : `${folder}/${rest}`;
}

// src/formats/nginx/ignored.ts
var HARMLESS = [
  [/^(?:access_log|error_log|log_format|log_not_found|log_subrequest|open_log_file_cache|rewrite_log|.*_log(?:_level|_format)?)$/, "only writes logs"],
  [/^(?:add_header|add_header_inherit|add_trailer|expires|etag|charset.*|default_type|types|types_hash_.*|more_(?:set|clear)_headers|server_tokens|source_charset|override_charset|if_modified_since)$/, "changes the answer only"],
  [/^(?:gzip.*|gunzip.*|brotli.*|zstd.*|sub_filter.*|ssi.*|image_filter.*|xslt_.*|xml_.*|addition_.*|add_(?:before|after)_body)$/, "changes the answer's body only"],
  [/^(?:ssl_.*|ssl|http2.*|http3.*|quic.*|resolver.*|.*_ssl_.*)$/, "is about the connection, not the request"],
  [/^(?:keepalive.*|sendfile.*|tcp_.*|aio.*|directio.*|output_buffers|postpone_output|lingering_.*|reset_timedout_connection|send_timeout|send_lowat|connection_pool_size|request_pool_size|read_ahead|max_ranges|limit_rate.*|client_header_.*|client_body_.*|open_file_cache.*|disable_symlinks|chunked_transfer_encoding|server_names_hash_.*|variables_hash_.*|map_hash_.*|subrequest_output_buffer_size|.*_hash_(?:max|bucket)_size)$/, "is about speed and memory"],
  [/^(?:worker_.*|user|pid|daemon|master_process|events|use|multi_accept|accept_mutex.*|env|load_module|timer_resolution|thread_pool|pcre_jit|debug_.*|lock_file|stream|mail|include|working_directory)$/, "is about the server's process"],
  [/^(?:upstream|server|zone|ip_hash|least_conn|least_time|hash|random|keepalive_.*|queue|sticky.*|health_check.*|match|check.*|max_fails|fail_timeout|resolve|state|ntlm|random)$/, "chooses among upstream servers"],
  [/^(?:proxy|fastcgi|uwsgi|scgi|grpc|memcached)_(?:cache.*|buffer.*|busy_.*|max_temp_.*|temp_.*|store.*|no_cache|force_ranges|ignore_.*|hide_header|pass_header|redirect|cookie_.*|connect_timeout|read_timeout|send_timeout|next_upstream.*|bind|socket_keepalive|http_version|limit_rate|intercept_errors|headers_hash.*|index|split_path_info|catch_stderr|keep_conn|request_buffering|method|send_lowat|param|set_header|pass_request_.*|set_body|string|modifier.*|allow_upstream)$/, "is about the upstream and its answer"],
  [/^(?:.*_cache_path|cache_.*|keyval.*|passenger_.*|slice|secure_link.*|secure_link_md5|userid.*|geoip.*|geoip2.*|perl_.*|js_.*|lua_.*|init_.*_by_lua.*|log_by_lua.*|header_filter_by_lua.*|body_filter_by_lua.*|balancer_by_lua.*|ssl_.*_by_lua.*|.*_set|set_.*)$/, "prepares values, refuses nothing"],
  [/^(?:real_ip_.*|set_real_ip_from|port_in_redirect|absolute_redirect|server_name_in_redirect|merge_slashes|msie_.*|recursive_error_pages|satisfy|auth_basic_user_file|auth_delay|uninitialized_variable_warn|underscores_in_headers|ignore_invalid_headers|listen|server_name|root|index|autoindex.*|random_index|internal|default|mirror.*|limit_conn.*|limit_req.*|stub_status|min_delete_depth|create_full_put_path|dav_access|valid_referers|referer_hash_.*|ancient_browser.*|modern_browser.*|error_page|try_files|large_client_header_buffers|auth_.*)$/, "does not stop a POST here"],
  [/^(?:modsecurity.*|Sec.*|BasicRule|MainRule|CheckRule|DeniedUrl|LearningMode|app_protect_.*)$/, "belongs to a firewall, which is judged on its own"],
  [/^(?:health_check|status_zone|track_uploads|report_uploads|upload_progress.*|api|dashboard|vhost_traffic_.*|opentracing.*|otel_.*|opentelemetry.*|jaeger.*|zipkin.*)$/, "only observes"]
];
var UNREACHED = /^(?:set|return|rewrite|break|deny|allow|auth_basic|auth_request|.*_pass|alias|client_max_body_size|map|geo)$/;
function reasonFor2(directive2) {
  const name = directive2.name.value;
  if (UNREACHED.test(name)) return "is not in force where a request can come";
  return HARMLESS.find(([pattern4]) => pattern4.test(name))?.[1] ?? "not known to touch a request";
}
var ROWS = /* @__PURE__ */ new Set(["types", "map", "geo", "split_clients", "charset_map", "upstream", "events", "stream", "mail", "match"]);
function ignoredDirectives2(context, used) {
  return context.items.flatMap(({ directive: directive2, block }) => {
    const inner = block === null || ROWS.has(directive2.name.value) ? [] : ignoredDirectives2(block, used);
    const structural = block !== null && ["http", "server", "location", "if", "limit_except"].includes(block.kind);
    if (used.has(directive2) || structural) return inner;
    return [evidence(directive2, reasonFor2(directive2)), ...inner];
  });
}

// src/formats/nginx/lowering.ts
function inside2(site, context) {
  return { ...site, context };
}
var bookkeeping = {
  errorPage: "error page",
  redirected: "internal redirect",
  changed: "uri changed",
  ifBlock: "if block",
  asked: "path before try_files",
  rest: "path behind the location "
};
function fresh(low, word3) {
  low.serial += 1;
  return `${word3} ${low.serial}`;
}
function gate2(when, effect, because2, more = {}) {
  return { when, effect, because: because2, reason: "none", ...more };
}
function use(site, ...directives) {
  for (const directive2 of directives) if (directive2 !== void 0) site.low.used.add(directive2);
}
function written2(directive2) {
  if (directive2 === null || !directive2.conditional) return always;
  const { file, start: start3 } = directive2.at;
  const why = "the template that writes this configuration";
  return { kind: "unknown", key: `template ${file.path}:${start3}`, why, reads: [], at: directive2.head };
}

// src/formats/nginx/values.ts
var VARIABLE = /\$(?:\{([A-Za-z0-9_]+)\}|([1-9])|([A-Za-z_][A-Za-z0-9_]*))/y;
var FIELDS = {
  request_method: "method",
  uri: "path",
  document_uri: "path",
  request_uri: "requestUri",
  args: "query",
  query_string: "query",
  host: "host",
  server_port: "port",
  remote_addr: "clientAddress",
  binary_remote_addr: "clientAddress",
  realip_remote_addr: "clientAddress",
  proxy_protocol_addr: "clientAddress",
  proxy_add_x_forwarded_for: "clientAddress",
  content_length: "contentLength",
  content_type: "header:content-type",
  geoip_country_code: "meta:country",
  geoip2_data_country_code: "meta:country",
  geoip2_data_country_iso_code: "meta:country"
};
var EMPTY2 = /^(?:sent_(?:http|trailer)_.*|upstream_.*|request_body(?:_file)?|request_completion|body_bytes_sent|bytes_sent|status)$/;
function valueOf2(site, word3) {
  if (!word3.template) return interpolate2(site, word3.value);
  const tagAt = tagsIn(word3.value);
  const parts2 = [];
  let known3 = "";
  const flush = () => {
    parts2.push(...interpolate2(site, known3));
    known3 = "";
  };
  for (let at = 0; at < word3.value.length; ) {
    const tag = tagAt(at);
    if (tag === null) {
      known3 += word3.value[at] ?? "";
      at += 1;
      continue;
    }
    flush();
    if (tag.role !== "other") parts2.push({ kind: "unknown", key: word3.value.slice(tag.start, tag.end) });
    at = tag.end;
  }
  flush();
  const undecided = parts2.some((part) => part.kind === "unknown");
  return undecided ? parts2 : [{ kind: "unknown", key: word3.raw }];
}
function interpolate2(site, value2) {
  if (!value2.includes("$")) return value2 === "" ? [] : text(value2);
  const parts2 = [];
  let start3 = 0;
  for (let at = value2.indexOf("$"); at !== -1; at = value2.indexOf("$", Math.max(at + 1, start3))) {
    VARIABLE.lastIndex = at;
    const found = VARIABLE.exec(value2);
    if (found === null) continue;
    if (at > start3) parts2.push({ kind: "text", text: value2.slice(start3, at) });
    parts2.push(...variable2(site, found[1] ?? found[2] ?? found[3] ?? ""));
    start3 = at + found[0].length;
  }
  if (start3 < value2.length) parts2.push({ kind: "text", text: value2.slice(start3) });
  return parts2;
}
function variable2(site, written3) {
  const name = written3.toLowerCase();
  if (site.low.variables.has(name) || /^\d$/.test(name)) return fieldValue(`var:${name}`);
  const field3 = FIELDS[name];
  if (field3 !== void 0) return fieldValue(field3);
  if (EMPTY2.test(name)) return [];
  return prefixed(name) ?? ofServer(site, name) ?? [{ kind: "unknown", key: `$${written3}` }];
}
function prefixed(name) {
  const found = /^(http|cookie|arg|jwt_claim)_(.+)$/.exec(name);
  if (found === null) return null;
  const [, kind, rest = ""] = found;
  if (kind === "cookie") return fieldValue(`cookie:${rest}`);
  if (kind === "arg") return fieldValue(`argument:${rest}`);
  if (kind === "jwt_claim") return fieldValue(`claim:${rest}`);
  return fieldValue(`header:${rest.replaceAll("_", "-")}`);
}
function ofServer(site, name) {
  const { server } = site;
  switch (name) {
    case "scheme":
      return server.scheme === null ? fieldValue("scheme") : text(server.scheme);
    case "https":
      return server.scheme === null ? fieldValue("var:https") : server.scheme === "https" ? text("on") : [];
    case "is_args":
      return fieldValue("var:is_args");
    case "invalid_referer":
      return fieldValue(`var:invalid referer ${setting2(site.context, "valid_referers")?.at.start ?? 0}`);
    case "secure_link":
      return fieldValue(`var:secure link ${setting2(site.context, "secure_link")?.at.start ?? 0}`);
    case "server_name":
      return text(server.names[0] ?? "");
    case "server_protocol":
      return text("HTTP/1.1");
    case "document_root":
    case "realpath_root":
      return rootOf2(site);
    case "request_filename":
      return fileOf(site, fieldValue("path"));
    default:
      return null;
  }
}
var PREFIX = "/etc/nginx/";
function rootOf2(site) {
  const word3 = aliasOf(site)?.directive.args[0] ?? setting2(site.context, "root")?.args[0];
  if (word3 === void 0) return text(`${PREFIX}html`);
  const value2 = valueOf2(site, word3);
  const [first] = value2;
  if (first?.kind === "text" && !first.text.startsWith("/")) return [{ kind: "text", text: PREFIX }, ...value2];
  return value2;
}
function aliasOf(site) {
  for (let at = site.context; at !== null; at = at.parent) {
    const [alias] = own2(at, "alias");
    const location = nearest2(at, "location");
    if (alias !== void 0 && location !== null) return { directive: alias, location };
    if (own2(at, "root").length > 0) return null;
  }
  return null;
}
function fileOf(site, path) {
  const alias = aliasOf(site);
  const own3 = path.length > 0 && path[0]?.kind === "field" && path[0].field === "path";
  if (alias === null || !own3) return [...rootOf2(site), ...path];
  const regex = (alias.location.opener?.args[0]?.value ?? "").startsWith("~");
  return [...rootOf2(site), ...regex ? [] : fieldValue(`var:${bookkeeping.rest}1`), ...path.slice(1)];
}

// src/formats/nginx/conditions.ts
var CAPTURES = "";
var NAMED_GROUP = /\(\?(?:P?<(?![=!])|')(\w+)[>']/g;
function ifCondition(site, directive2) {
  use(site, directive2);
  return all(written2(directive2), conditionOf(site, directive2));
}
function conditionOf(site, directive2) {
  const words3 = withoutParentheses(directive2.args);
  const [subject2, sign3, operand2, more] = words3;
  if (subject2 === void 0 || more !== void 0) return unknownIf(directive2);
  const file = /^!?-[fdex]$/.test(subject2.value);
  if (file && sign3 !== void 0 && operand2 === void 0) return fileTest(site, subject2.value, sign3, directive2.head);
  const value2 = valueOf2(site, subject2);
  if (sign3 === void 0) return not(testText(value2, { kind: "in", values: ["", "0"] }, directive2.head));
  if (operand2 === void 0) return unknownIf(directive2);
  return comparison4(site, value2, sign3.value, operand2, directive2) ?? unknownIf(directive2);
}
function withoutParentheses(words3) {
  const open = words3.map((word3, index2) => {
    if (index2 !== 0 || word3.quoted || !word3.value.startsWith("(")) return word3;
    return unquoted2({ ...word3, value: word3.value.slice(1) });
  });
  const closed2 = open.map((word3, index2) => {
    if (index2 !== open.length - 1 || word3.quoted || !word3.value.endsWith(")")) return word3;
    return { ...word3, value: word3.value.slice(0, -1) };
  });
  return closed2.filter((word3) => word3.value !== "" || word3.quoted);
}
function unquoted2(word3) {
  const found = /^(["'])([^]*)\1$/.exec(word3.value);
  return found === null ? word3 : { ...word3, value: found[2] ?? "" };
}
function comparison4(site, value2, sign3, operand2, directive2) {
  const at = directive2.head;
  switch (sign3) {
    case "=":
      return testText(value2, { kind: "equals", value: valueOf2(site, operand2) }, at);
    case "!=":
      return not(testText(value2, { kind: "equals", value: valueOf2(site, operand2) }, at));
    case "~":
    case "~*":
    case "!~":
    case "!~*": {
      if (operand2.template) return unknownIf(directive2);
      const negated2 = sign3.startsWith("!");
      const matches5 = testText(value2, pattern2(operand2.value, sign3.endsWith("*"), !negated2), at);
      return negated2 ? not(matches5) : matches5;
    }
    default:
      return null;
  }
}
function pattern2(source, ignoreCase, captures = true) {
  const named4 = source.replace(NAMED_GROUP, (group) => group.toLowerCase().replace("(?p", "(?P"));
  return { kind: "matches", pattern: named4, ignoreCase, ...captures ? { captures: CAPTURES } : {} };
}
function fileTest(site, flag, path, at) {
  const as = flag.endsWith("f") ? "file" : flag.endsWith("d") ? "directory" : "any";
  const found = testText(valueOf2(site, path), { kind: "onDisk", as, otherwise: false }, at);
  return flag.startsWith("!") ? not(found) : found;
}
function unknownIf(directive2) {
  const { file, start: start3 } = directive2.at;
  return { kind: "unknown", key: `if ${file.path}:${start3}`, why: "a condition that cannot be read", reads: "anything", at: directive2.head };
}

// src/formats/nginx/networks.ts
var WORD2 = 2 ** 32;
function numberOf2(address) {
  const bytes = address.split(".").map(Number);
  if (bytes.length !== 4 || bytes.some((byte) => !Number.isInteger(byte) || byte < 0 || byte > 255)) return null;
  return bytes.reduce((whole2, byte) => whole2 * 256 + byte, 0);
}
function addressOf(value2) {
  return [24, 16, 8, 0].map((shift) => Math.floor(value2 / 2 ** shift) % 256).join(".");
}
function rangeBlocks(key) {
  const [from = "", to] = key.split("-");
  const first = numberOf2(from);
  const last = to === void 0 ? null : numberOf2(to);
  if (first === null || last === null) return [key];
  const blocks2 = [];
  for (let at = first; at <= last && at < WORD2; ) {
    let prefix = 32;
    while (prefix > 0 && at % 2 ** (33 - prefix) === 0 && at + 2 ** (33 - prefix) - 1 <= last) prefix -= 1;
    blocks2.push(`${addressOf(at)}/${prefix}`);
    at += 2 ** (32 - prefix);
  }
  return blocks2;
}

// src/formats/nginx/maps.ts
function defineVariables(site, http) {
  for (const { directive: directive2, block } of http.items) {
    const target3 = directive2.args.at(-1)?.value;
    if (block === null || target3 === void 0 || !target3.startsWith("$")) continue;
    const cases2 = casesOf2(site, directive2, block);
    if (cases2 === null) continue;
    use(site, directive2, ...block.items.map((item) => item.directive));
    const name = target3.slice(1).toLowerCase();
    site.low.definitions[name] = cases2;
    if (own2(block, "volatile").length > 0) site.low.volatile.add(name);
  }
}
function declaredNames(context) {
  return context.items.flatMap(({ directive: directive2, block }) => {
    const name = directive2.name.value;
    const groups2 = [directive2.name, ...directive2.args].flatMap((arg) => Array.from(arg.value.matchAll(NAMED_GROUP), (found) => (found[1] ?? "").toLowerCase()));
    const inner = [...groups2, ...block === null ? [] : declaredNames(block)];
    const word3 = name === "set" ? directive2.args[0] : /^(?:map|geo|split_clients)$/.test(name) ? directive2.args.at(-1) : void 0;
    const special = name === "set" && /^\$(?:args|limit_rate)$/i.test(word3?.value ?? "");
    return word3?.value.startsWith("$") === true && !special ? [word3.value.slice(1).toLowerCase(), ...inner] : inner;
  });
}
function casesOf2(site, directive2, block) {
  switch (directive2.name.value) {
    case "map":
      return mapCases(site, directive2, block);
    case "geo":
      return geoCases(site, directive2, block);
    case "split_clients":
      return splitCases(site, directive2, block);
    default:
      return null;
  }
}
function rowsOf(site, items2, flags2) {
  return items2.flatMap(({ directive: directive2 }) => {
    const [value2] = directive2.args;
    if (value2 === void 0 || flags2.has(directive2.name.value)) return [];
    return [{ key: directive2.name, value: valueOf2(site, value2) }];
  });
}
var MAP_FLAGS = /* @__PURE__ */ new Set(["hostnames", "volatile", "include"]);
function mapCases(site, directive2, block) {
  const source = directive2.args[0];
  if (source === void 0) return [];
  const value2 = valueOf2(site, source);
  const rows = rowsOf(site, block.items, MAP_FLAGS);
  const hostnames = block.items.some((item) => item.directive.name.value === "hostnames");
  const isPattern2 = ({ key }) => key.value.startsWith("~");
  const isMask = ({ key }) => hostnames && /^\*?\.|\.\*$/.test(key.value);
  const isDefault = ({ key }) => key.value === "default" && !key.quoted;
  const plain = rows.filter((row) => !isPattern2(row) && !isMask(row) && !isDefault(row));
  const masks = rows.filter(isMask).toSorted((one, other) => other.key.value.length - one.key.value.length);
  return [
    ...plain.map((row) => ({ when: equalsKey(value2, row), value: row.value })),
    ...masks.map((row) => ({ when: testText(value2, hostMask(row.key.value), row.key.at), value: row.value })),
    ...rows.filter(isPattern2).map((row) => ({ when: patternKey(value2, row.key), value: row.value })),
    { when: always, value: rows.find(isDefault)?.value ?? [] }
  ];
}
function equalsKey(value2, { key }) {
  if (key.template) return { kind: "unknown", key: `map ${key.value}`, why: `the key \`${key.value}\``, reads: "anything", at: key.at };
  const wanted = key.value.replace(/^\\/, "");
  return testText(value2, { kind: "in", values: [wanted], ignoreCase: true }, key.at);
}
function patternKey(value2, key) {
  const ignoreCase = key.value.startsWith("~*");
  return testText(value2, pattern2(key.value.slice(ignoreCase ? 2 : 1), ignoreCase), key.at);
}
function hostMask(mask) {
  const escape = (name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  if (mask.startsWith("*.")) return { kind: "endsWith", value: text(mask.slice(1)), ignoreCase: true };
  if (mask.startsWith(".")) return pattern2(`^(?:.+\\.)?${escape(mask.slice(1))}$`, true, false);
  return { kind: "startsWith", value: text(mask.slice(0, -1)), ignoreCase: true };
}
var GEO_FLAGS = /* @__PURE__ */ new Set(["ranges", "proxy", "proxy_recursive", "delete", "include"]);
function geoCases(site, directive2, block) {
  const subject2 = directive2.args.length > 1 ? directive2.args[0] : void 0;
  const value2 = subject2 === void 0 ? fieldValue("clientAddress") : variable2(site, subject2.value.replace(/^\$/, ""));
  const rows = rowsOf(site, block.items, GEO_FLAGS);
  const width = (key) => key.includes("/") ? Number(key.split("/")[1]) : 128;
  const blocks2 = rows.filter(({ key }) => key.value !== "default").toSorted((one, other) => width(other.key.value) - width(one.key.value));
  return [
    ...blocks2.map((row) => ({ when: testText(value2, { kind: "inNetwork", blocks: rangeBlocks(row.key.value) }, row.key.at), value: row.value })),
    { when: always, value: rows.find(({ key }) => key.value === "default")?.value ?? [] }
  ];
}
function splitCases(site, directive2, block) {
  return rowsOf(site, block.items, /* @__PURE__ */ new Set()).map(({ key, value: value2 }, index2) => {
    const why = "which share of clients this one falls into";
    const unknown4 = { kind: "unknown", key: `split ${directive2.at.start} ${index2}`, why, reads: "anything", at: key.at };
    return { when: key.value === "*" ? always : unknown4, value: value2 };
  });
}
function defineReferers(site, directive2) {
  use(site, directive2);
  const at = directive2.head;
  const header2 = test("header:referer", { kind: "present" }, at);
  const valid = directive2.args.map((word3) => {
    if (word3.value === "none") return not(header2);
    if (word3.value === "blocked") return testBlocked(header2, at);
    if (word3.value === "server_names") return any(...site.server.names.map((name) => refererFrom(name, at)));
    if (word3.template) return { kind: "unknown", key: `referer ${word3.value}`, why: `the value of \`${word3.value}\``, reads: ["header:referer"], at };
    return refererFrom(word3.value, at);
  });
  site.low.definitions[`invalid referer ${directive2.at.start}`] = [
    { when: any(...valid), value: [] },
    { when: always, value: text("1") }
  ];
}
function testBlocked(header2, at) {
  const url = test("header:referer", pattern2("^https?://", true, false), at);
  return { kind: "all", of: [header2, not(url)] };
}
function refererFrom(name, at) {
  const escape = (part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  if (name.startsWith("~")) {
    const source = name.slice(1);
    return test("header:referer", pattern2(source.startsWith("^") ? `^https?://(?:${source.slice(1)})` : `^https?://.*(?:${source})`, true, false), at);
  }
  const [host = "", ...path] = name.split("/");
  const exact = host.startsWith("*.") ? `[^/:]+${escape(host.slice(1))}` : host.startsWith(".") ? `(?:[^/:]+\\.)?${escape(host.slice(1))}` : host.endsWith(".*") ? `${escape(host.slice(0, -1))}[^/:]*` : escape(host);
  const rest = path.length === 0 ? "(?:[:/]|$)" : `(?::\\d+)?/${escape(path.join("/"))}`;
  return test("header:referer", pattern2(`^https?://${exact}${rest}`, true, false), at);
}
function defineSecureLink(site, directive2) {
  use(site, directive2);
  const source = interpolate2(site, directive2.args[0]?.value ?? "");
  const name = `secure link ${directive2.at.start}`;
  site.low.definitions[name] = [
    { when: testText(source, { kind: "in", values: ["", ","] }, directive2.head), value: [] },
    { when: always, value: [{ kind: "unknown", key: `$secure_link ${directive2.at.start}` }] }
  ];
}

// src/formats/nginx/errors.ts
var REDIRECTS = /* @__PURE__ */ new Set([301, 302, 303, 307, 308]);
function refuse2(site, refusal) {
  const { when, status, because: because2, more } = refusal;
  const page = errorPageOf(site, status);
  if (page === null) return [gate2(when, { kind: "deny", status }, because2, more)];
  use(site, page);
  const { label: label2, ...rest } = more;
  const named4 = label2 === void 0 ? {} : { label: label2 };
  const note = evidence(page, `answers ${status} instead`);
  const effect = pageEffect(site, page, status);
  const there = written2(page);
  const deny2 = gate2(when, { kind: "deny", status }, because2, rest);
  const blame = effect.kind === "redirect" ? { because: [note, ...because2], more: { reason: "redirect" } } : { because: [...because2, note], more: rest };
  const fallback = page.conditional || settingValue(site.context, "recursive_error_pages", "off") !== "on";
  if (!fallback) return [gate2(when, effect, blame.because, { ...blame.more, ...named4 })];
  const raised = fresh(site.low, "error");
  const first = not(test(`var:${bookkeeping.errorPage}`, { kind: "present" }, because2[0].at));
  const isRaised = test(`var:${bookkeeping.errorPage}`, { kind: "equals", value: text(raised) }, because2[0].at);
  return [
    gate2(all(first, there, when), { kind: "set", variable: bookkeeping.errorPage, value: text(raised) }, [note], named4),
    gate2(isRaised, effect, blame.because, blame.more),
    deny2
  ];
}
function errorPageOf(site, status) {
  const wanted = String(status);
  return inherited(site.context, "error_page").find((page) => page.args.slice(0, -1).some((word3) => word3.value === wanted)) ?? null;
}
function pageEffect(site, page, status) {
  const sign3 = page.args.at(-2)?.value ?? "";
  const overwrite = sign3.startsWith("=") ? Number(sign3.slice(1)) : null;
  const shown2 = status === 413 || overwrite === null ? status : overwrite === 0 ? void 0 : overwrite;
  const forced = shown2 === void 0 ? {} : { status: shown2 };
  const target3 = page.args.at(-1);
  if (target3 === void 0) return { kind: "deny", status };
  if (/^https?:\/\/|^\$scheme/.test(target3.value)) {
    return { kind: "redirect", status: shown2 !== void 0 && REDIRECTS.has(shown2) ? shown2 : 302, to: valueOf2(site, target3) };
  }
  if (target3.value.startsWith("@")) {
    const stage2 = site.server.named.get(target3.value);
    return stage2 === void 0 ? { kind: "deny", status: 500 } : { kind: "reroute", stage: stage2, ...forced };
  }
  return { kind: "reroute", stage: site.server.redirected, method: "GET", ...pathAndQuery(site, target3), ...forced };
}
function pathAndQuery(site, word3) {
  return splitQuery(valueOf2(site, word3));
}
function splitQuery(value2) {
  for (const [index2, part] of value2.entries()) {
    if (part.kind === "field" && part.field === "var:is_args") return { path: value2.slice(0, index2), query: value2.slice(index2 + 1) };
    if (part.kind !== "text" || !part.text.includes("?")) continue;
    const at = part.text.indexOf("?");
    const before = part.text.slice(0, at);
    const after = part.text.slice(at + 1);
    return {
      path: [...value2.slice(0, index2), ...before === "" ? [] : text(before)],
      query: [...after === "" ? [] : text(after), ...value2.slice(index2 + 1)]
    };
  }
  return { path: value2, query: [] };
}

// src/formats/nginx/reason.ts
var STRONGEST = ["method", "content-type", "cross-site", "client-software", "authorization", "address-list", "body-size"];
var HEADERS = {
  "content-type": "content-type",
  referer: "cross-site",
  origin: "cross-site",
  "x-requested-with": "cross-site",
  "user-agent": "client-software",
  authorization: "authorization"
};
function topicOf(field3) {
  if (field3 === "method" || field3 === "sentMethod") return "method";
  if (field3 === "clientAddress") return "address-list";
  if (field3 === "contentLength" || field3 === "bodyBytes") return "body-size";
  if (field3.startsWith("cookie:")) return "authorization";
  return field3.startsWith("header:") ? HEADERS[field3.slice(7)] ?? null : null;
}
function topicsOf(low, condition) {
  const topics = /* @__PURE__ */ new Set();
  const seen = /* @__PURE__ */ new Set();
  const visit = (part) => {
    for (const field3 of testsIn(part).flatMap((test2) => fieldsOf(test2.subject))) {
      const topic = topicOf(field3);
      if (topic !== null) topics.add(topic);
      if (!field3.startsWith("var:") || seen.has(field3)) continue;
      seen.add(field3);
      for (const each of low.topics.get(field3.slice(4)) ?? []) topics.add(each);
      for (const each of low.definitions[field3.slice(4)] ?? []) visit(each.when);
    }
  };
  visit(condition);
  return topics;
}
function reasonOf4(low, condition) {
  const topics = topicsOf(low, condition);
  return STRONGEST.find((reason) => topics.has(reason)) ?? "fixed-answer";
}

// src/formats/nginx/return.ts
var KEEPS_BODY = { 301: 308, 302: 307 };
function returnGates(site, directive2, when, ifs) {
  const [first, second] = directive2.args;
  if (first === void 0) return [];
  if (first.template) return unknownStatus(directive2, first, second, when, ifs);
  const because2 = [evidence(directive2, "returns"), ...ifs];
  if (!/^\d{1,3}$/.test(first.value)) return [redirect(site, 302, first, when, because2, null)];
  const status = Number(first.value);
  if (status === 444) return [gate2(when, { kind: "deny", status: "reset" }, because2, { reason: reasonOf4(site.low, when) })];
  if ([301, 302, 303, 307, 308].includes(status)) return [redirect(site, status, second ?? null, when, because2, first)];
  if (status < 400) return [gate2(when, { kind: "answer", status }, because2, { reason: reasonOf4(site.low, when) })];
  const reason = reasonOf4(site.low, when);
  if (second !== void 0 && second.value !== "") return [gate2(when, { kind: "deny", status }, because2, { reason })];
  return refuse2(site, { when, status, because: because2, more: { reason } });
}
function redirect(site, status, target3, when, because2, code) {
  const to = target3 === null ? [] : valueOf2(site, target3);
  const better2 = KEEPS_BODY[status];
  const fix = better2 === void 0 || code === null ? null : { title: `answer ${better2}, which keeps method and body`, safe: false, edits: [{ at: code.at, text: String(better2) }] };
  return gate2(when, { kind: "redirect", status, to }, because2, { reason: "redirect", ...fix === null ? {} : { fix } });
}
function unknownStatus(directive2, first, second, when, ifs) {
  const because2 = [evidence(directive2, "returns a status that a template fills in"), ...ifs];
  const unknown4 = { kind: "unknown", key: `status ${first.value}`, why: `the value of \`${first.value}\``, reads: [], at: first.at };
  const redirects = second !== void 0 && /^(?:https?:|\$scheme|\/)/.test(second.value);
  return [
    gate2(all(when, unknown4), redirects ? { kind: "redirect", status: 301, to: [] } : { kind: "deny", status: 403 }, because2, {
      reason: redirects ? "redirect" : "fixed-answer"
    }),
    gate2(when, { kind: "answer", status: 200 }, because2, { reason: isAlways(when) ? "fixed-answer" : "none" })
  ];
}

// src/formats/nginx/rewrite.ts
function rewriteGates(site, end) {
  const pass = { site, end, gates: [], swaps: [], inLocation: site.context.kind === "location", mayChange: false, label: null };
  run3(pass, site, always, []);
  if (pass.label !== null) push2(pass, gate2(always, { kind: "jump", to: end }, [placeOf3(site)]));
  return { gates: pass.gates, swaps: pass.swaps, mayChange: pass.mayChange };
}
function placeOf3(site) {
  const { opener } = site.context;
  if (opener !== null) return evidence(opener, "the place");
  const first = site.context.items[0]?.directive ?? site.server.context.items[0]?.directive;
  if (first === void 0) throw new Error("a block without an opener holds at least one directive");
  return evidence(first, "the place");
}
function push2(pass, ...gates) {
  for (const each of gates) {
    if (pass.label !== null && each.label === void 0) {
      pass.gates.push({ ...each, label: pass.label });
      pass.label = null;
    } else pass.gates.push(each);
  }
}
function land(pass, label2, because2) {
  if (pass.label !== null) push2(pass, gate2(always, { kind: "jump", to: label2 }, [because2]));
  pass.label = label2;
}
function run3(pass, site, when, ifs) {
  for (const { directive: directive2, block } of site.context.items) {
    if (block?.kind === "if") runIf(pass, inside2(pass.site, block), directive2);
    else runSimple(pass, site, directive2, all(when, written2(directive2)), ifs);
  }
}
function runSimple(pass, site, directive2, when, ifs) {
  switch (directive2.name.value) {
    case "set":
      use(site, directive2);
      return runSet(pass, site, directive2, when, ifs);
    case "return":
      use(site, directive2);
      return push2(pass, ...returnGates(site, directive2, when, ifs));
    case "rewrite":
      use(site, directive2);
      return runRewrite(pass, site, directive2, when, ifs);
    case "break":
      use(site, directive2);
      if (pass.mayChange) push2(pass, broken(directive2, when, ifs));
      return push2(pass, gate2(when, { kind: "jump", to: pass.end }, [evidence(directive2, "stops the rewriting"), ...ifs]));
    default:
  }
}
function broken(directive2, when, ifs) {
  const changed = test(`var:${bookkeeping.changed}`, { kind: "equals", value: text("1") }, directive2.head);
  return gate2(all(when, changed), { kind: "set", variable: bookkeeping.changed, value: text("kept") }, [evidence(directive2, "keeps the changed path"), ...ifs]);
}
function runIf(pass, site, directive2) {
  const condition = ifCondition(pass.site, directive2);
  const because2 = evidence(directive2, "under this condition");
  const rewriting2 = site.context.items.filter((item) => ["set", "return", "rewrite", "break"].includes(item.directive.name.value));
  const [only] = rewriting2;
  const swap = pass.inLocation && swaps(pass.site.context, site.context);
  const settles = only?.directive.name.value === "return" || only?.directive.name.value === "set" && rewriting2.length === 1;
  if (only !== void 0 && settles && (!swap || only.directive.name.value === "return")) {
    noteTopics(pass, site, condition);
    return runSimple(pass, site, only.directive, all(condition, written2(only.directive)), [because2]);
  }
  const then = fresh(site.low, "then");
  const after = fresh(site.low, "after");
  noteTopics(pass, site, condition);
  push2(pass, gate2(condition, { kind: "jump", to: then }, [because2]), gate2(always, { kind: "jump", to: after }, [because2]));
  land(pass, then, because2);
  if (swap) {
    const value2 = fresh(site.low, "if");
    pass.swaps.push({ value: value2, context: site.context });
    push2(pass, gate2(always, { kind: "set", variable: bookkeeping.ifBlock, value: text(value2) }, [because2]));
  }
  run3(pass, site, always, [because2]);
  land(pass, after, because2);
}
function noteTopics(pass, site, condition) {
  for (const { directive: directive2 } of site.context.items) {
    const name = directive2.name.value === "set" ? directive2.args[0]?.value.slice(1).toLowerCase() : void 0;
    if (name === void 0) continue;
    const known3 = pass.site.low.topics.get(name) ?? /* @__PURE__ */ new Set();
    const reason = reasonOf4(pass.site.low, condition);
    if (reason !== "fixed-answer") known3.add(reason);
    pass.site.low.topics.set(name, known3);
  }
}
var REWRITING = /* @__PURE__ */ new Set(["set", "return", "rewrite", "break"]);
function swaps(location, block) {
  if (location.items.some(({ directive: directive2 }) => directive2.name.value === "try_files")) return true;
  return block.items.some(({ directive: directive2 }) => !REWRITING.has(directive2.name.value));
}
function runSet(pass, site, directive2, when, ifs) {
  const [name, value2] = directive2.args;
  if (name === void 0 || value2 === void 0 || !name.value.startsWith("$")) return;
  const variable3 = name.value.slice(1).toLowerCase();
  const to = valueOf2(site, value2);
  const effect = variable3 === "args" ? { kind: "rewrite", query: to } : { kind: "set", variable: variable3, value: to };
  push2(pass, gate2(when, effect, [evidence(directive2, `sets ${name.value}`), ...ifs]));
}
function readRewrite(site, directive2) {
  const [regex, replacement, flagWord] = directive2.args;
  if (regex === void 0 || replacement === void 0) return null;
  const flag = flagWord?.value ?? "";
  const matches5 = regex.template ? { kind: "unknown", key: `rewrite ${regex.value}`, why: `the pattern \`${regex.value}\``, reads: ["path"], at: regex.at } : test("path", pattern2(regex.value, false), directive2.head);
  const dropsQuery = replacement.value.endsWith("?");
  const word3 = dropsQuery ? { ...replacement, value: replacement.value.slice(0, -1) } : replacement;
  const { path, query } = splitQuery(valueOf2(site, word3));
  const old = fieldValue("query");
  const newQuery = dropsQuery ? query : query.length === 0 ? old : [...query, ...fieldValue("var:and_args")];
  const external = /^https?:\/\/|^\$scheme/.test(replacement.value);
  const redirect2 = flag === "permanent" ? 301 : flag === "redirect" || external ? 302 : null;
  const to = dropsQuery || query.length > 0 ? [...path, ...newQuery.length === 0 ? [] : [...text("?"), ...newQuery]] : [...path, ...fieldValue("var:is_args"), ...old];
  return { matches: matches5, path, query: newQuery, redirect: redirect2, to, flag };
}
function runRewrite(pass, site, directive2, when, ifs) {
  const found = readRewrite(site, directive2);
  if (found === null) return;
  const { path, query, redirect: redirect2, to, flag } = found;
  const matches5 = all(when, found.matches);
  const because2 = [evidence(directive2, redirect2 === null ? "changes the path" : `redirects with ${redirect2}`), ...ifs];
  if (redirect2 !== null) {
    return push2(pass, gate2(matches5, { kind: "redirect", status: redirect2, to }, because2, { reason: "redirect" }));
  }
  if (flag === "last" && pass.inLocation) {
    return push2(pass, gate2(matches5, { kind: "reroute", stage: site.server.inside, path, query }, because2));
  }
  const then = fresh(site.low, "then");
  const after = fresh(site.low, "after");
  push2(pass, gate2(matches5, { kind: "jump", to: then }, because2), gate2(always, { kind: "jump", to: after }, because2));
  push2(pass, gate2(always, { kind: "rewrite", path, query }, because2, { label: then }));
  pass.mayChange = true;
  if (!pass.inLocation) push2(pass, gate2(always, { kind: "set", variable: bookkeeping.redirected, value: text("1") }, because2));
  const state = flag === "break" ? "kept" : pass.inLocation ? "1" : null;
  if (state !== null) push2(pass, gate2(always, { kind: "set", variable: bookkeeping.changed, value: text(state) }, because2));
  if (flag === "last" || flag === "break") push2(pass, gate2(always, { kind: "jump", to: pass.end }, because2));
  land(pass, after, because2[0]);
}

// src/formats/nginx/body.ts
var UNITS = { "": 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };
var DEFAULT_LIMIT = 1024 ** 2;
function bytesOf(size2) {
  const found = /^(\d+)([kmg]?)$/i.exec(size2);
  const unit = UNITS[found?.[2]?.toLowerCase() ?? "-"];
  return found === null || unit === void 0 ? null : Number(found[1]) * unit;
}
var PLAUSIBLE_LIMIT = DEFAULT_LIMIT;
function limitOf(site, field3) {
  const directive2 = setting2(site.context, "client_max_body_size");
  const word3 = directive2?.args[0];
  const place2 = placeOf3(site);
  const above = (bytes2) => test(field3, { kind: "number", is: ">", value: text(String(bytes2)) }, directive2?.head ?? place2.at);
  if (directive2 === void 0 || word3 === void 0) {
    if (site.server.implied) return null;
    return { above: above(DEFAULT_LIMIT), because: [{ at: place2.at, note: "no `client_max_body_size`: nginx takes 1 MiB" }], implied: true };
  }
  use(site, directive2);
  const bytes = bytesOf(word3.value);
  if (bytes === 0 && !word3.template && !directive2.conditional) return null;
  const because2 = [evidence(directive2, "the largest body"), place2];
  if (bytes !== null && !directive2.conditional) return { above: above(bytes), because: because2, implied: false };
  const unknown4 = { kind: "unknown", key: `client_max_body_size ${word3.value}`, why: `the value of \`${word3.value}\``, reads: ["bodyBytes"], at: word3.at };
  return { above: all(above(bytes ?? PLAUSIBLE_LIMIT), unknown4), because: because2, implied: false };
}
function bodyGates2(site) {
  const limit = limitOf(site, "contentLength");
  if (limit === null) return [];
  const { above: when, because: because2, implied: implied2 } = limit;
  return refuse2(site, { when, status: 413, because: because2, more: { reason: "body-size", implied: implied2 } });
}
function chunkedGates(site, protocol) {
  if (settingValue(site.context, `${protocol}_request_buffering`, "on") === "off") return [];
  const limit = limitOf(site, "bodyBytes");
  if (limit === null) return [];
  const { above, because: because2, implied: implied2 } = limit;
  const chunked = not(test("contentLength", { kind: "present" }, because2[0].at));
  return refuse2(site, { when: all(chunked, above), status: 413, because: because2, more: { reason: "body-size", implied: implied2 } });
}

// src/formats/nginx/location-name.ts
var MODIFIERS = {
  "=": { kind: "exact", ignoreCase: false },
  "^~": { kind: "firm-prefix", ignoreCase: false },
  "~": { kind: "regex", ignoreCase: false },
  "~*": { kind: "regex", ignoreCase: true }
};
function locationName(context) {
  const [first, second] = context.opener?.args ?? [];
  if (first === void 0) return null;
  if (second !== void 0) {
    const modifier2 = MODIFIERS[first.value];
    return modifier2 === void 0 ? null : { ...modifier2, word: second };
  }
  const glued = /^(=|\^~|~\*|~)([^]*)$/.exec(first.value);
  const modifier = MODIFIERS[glued?.[1] ?? ""];
  if (glued !== null && modifier !== void 0) return { ...modifier, word: { ...first, value: glued[2] ?? "" } };
  return { kind: first.value.startsWith("@") ? "named" : "prefix", word: first, ignoreCase: false };
}
function locationMatches(site, name) {
  const { word: word3, kind } = name;
  if (kind === "regex") {
    if (!word3.template) return test("path", pattern2(word3.value, name.ignoreCase), word3.at);
    return { kind: "unknown", key: `location ${word3.value}`, why: `the pattern \`${word3.value}\``, reads: ["path"], at: word3.at };
  }
  const value2 = word3.template ? valueOf2(site, word3) : [{ kind: "text", text: word3.value }];
  return test("path", { kind: kind === "exact" ? "equals" : "startsWith", value: value2 }, word3.at);
}

// src/formats/nginx/auth-request.ts
var DEFAULT_LIMIT2 = 1024 ** 2;
function authRequestGates(site, directive2) {
  const there = written2(directive2);
  const target3 = targetOf3(site, directive2.args[0]?.value ?? "");
  const asked = evidence(directive2, "asks another location first");
  if (target3 === null) return identityGates(site, directive2, there, [asked]);
  const place2 = inside2(site, target3);
  const gates = [...lengthGates(site, place2, asked, there), ...returnGates2(site, place2, asked, there)];
  if (passesOn(target3)) return [...gates, ...waitingGates(site, place2, asked, there), ...identityGates(site, directive2, there, [asked])];
  return gates;
}
function targetOf3(site, path) {
  const server = nearest2(site.context, "server") ?? site.server.context;
  const bare = path.split("?")[0] ?? "";
  const locations = blocksOf(server, "location").flatMap((context) => {
    const name = locationName(context);
    return name === null ? [] : [{ context, name }];
  });
  const exact = locations.find(({ name }) => name.kind === "exact" && name.word.value === bare);
  if (exact !== void 0) return exact.context;
  const prefixes = locations.filter(({ name }) => /prefix/.test(name.kind) && bare.startsWith(name.word.value));
  return prefixes.toSorted((one, other) => other.name.word.value.length - one.name.word.value.length)[0]?.context ?? null;
}
function identityGates(site, directive2, there, because2) {
  const valid = test("identity", { kind: "equals", value: text("valid") }, directive2.head);
  return refuse2(site, { when: all(there, not(valid)), status: 401, because: because2, more: { reason: "authorization" } });
}
function waitingGates(site, place2, asked, there) {
  const pass = place2.context.items.find(({ directive: directive2 }) => directive2.name.value === "proxy_pass")?.directive;
  const headers = inherited(place2.context, "proxy_set_header");
  const dropsLength = headers.some(({ args: [name, value2] }) => name?.value.toLowerCase() === "content-length" && value2 !== void 0 && /^0?$/.test(value2.value));
  if (pass === void 0 || dropsLength) return [];
  const announced = test("contentLength", { kind: "number", is: ">", value: text("0") }, pass.head);
  const { file, start: start3 } = pass.at;
  const waits = { kind: "unknown", key: `waits ${file.path}:${start3}`, why: "whether the application that `auth_request` asks waits for the body", reads: [], at: pass.head };
  const because2 = [asked, evidence(pass, "passes the length of a body on, but not the body")];
  return refuse2(site, { when: all(there, announced, waits), status: 500, because: because2, more: { reason: "broken-configuration" } });
}
function lengthGates(site, place2, asked, there) {
  const directive2 = setting2(place2.context, "client_max_body_size");
  const bytes = directive2 === void 0 ? DEFAULT_LIMIT2 : bytesOf(directive2.args[0]?.value ?? "");
  if (bytes === null || bytes === 0 || directive2?.conditional === true) return [];
  use(site, directive2);
  const at = directive2?.head ?? place2.context.opener?.head ?? asked.at;
  const above = test("contentLength", { kind: "number", is: ">", value: text(String(bytes)) }, at);
  const because2 = [{ at, note: "the largest body, also where `auth_request` asks" }, asked];
  return refuse2(site, { when: all(there, above), status: 500, because: because2, more: { reason: "body-size", implied: directive2 === void 0 } });
}
function returnGates2(site, place2, asked, there) {
  const conditional = place2.context.items.flatMap(({ directive: directive2, block }) => {
    if (block?.kind !== "if") return [];
    const [answer] = own2(block, "return");
    return answer === void 0 ? [] : [{ answer, when: ifCondition(place2, directive2), because: [evidence(directive2, "under this condition")] }];
  });
  const plain = own2(place2.context, "return").map((answer) => ({ answer, when: always, because: [] }));
  return [...conditional, ...plain].flatMap(({ answer, when, because: because2 }) => {
    const status = Number(answer.args[0]?.value);
    use(site, answer);
    if (!(status >= 300)) return [];
    const seen = status === 401 || status === 403 ? status : 500;
    return refuse2(site, { when: all(there, when), status: seen, because: [evidence(answer, "is the answer to `auth_request`"), asked, ...because2], more: { reason: "authorization" } });
  });
}

// src/formats/nginx/scripts.ts
var SWITCHED_ON = (directive2) => directive2.args[0]?.value === "on";
var LUA_ENDS = /\bngx\s*\.\s*(?:exit|redirect|exec|status|say|print|send_headers|eof)\b|\berror\s*\(|\brequire\b|\bdofile\b/;
var SCRIPTS = [
  ...["server_rewrite", "rewrite", "access"].map((phase) => ({
    names: [`${phase}_by_lua_block`, `${phase}_by_lua`, `${phase}_by_lua_file`],
    reason: "authorization",
    why: "what the Lua code does",
    refuses: luaRefuses
  })),
  { names: ["js_access"], reason: "authorization", why: "what the JavaScript code does", refuses: () => true },
  { names: ["SecRulesEnabled"], reason: "waf-match", why: "the rules of naxsi", refuses: () => true },
  { names: ["app_protect_enable"], reason: "waf-match", why: "the policy of App Protect", refuses: SWITCHED_ON }
];
function luaRefuses(directive2) {
  const code = directive2.lua?.text ?? (directive2.name.value.endsWith("_file") ? null : directive2.args[0]?.value);
  return code === null || code === void 0 || LUA_ENDS.test(code);
}
var NAMED_STATUS = {
  HTTP_BAD_REQUEST: 400,
  HTTP_UNAUTHORIZED: 401,
  HTTP_FORBIDDEN: 403,
  HTTP_NOT_FOUND: 404,
  HTTP_NOT_ALLOWED: 405,
  HTTP_TOO_MANY_REQUESTS: 429,
  HTTP_SERVICE_UNAVAILABLE: 503
};
function statusOf(directive2) {
  const code = directive2.lua?.text ?? directive2.args[0]?.value ?? "";
  const found = /ngx\s*\.\s*exit\s*\(\s*(?:ngx\s*\.\s*)?(\w+)\s*\)/.exec(code)?.[1] ?? "";
  const status = NAMED_STATUS[found] ?? Number(found);
  return status >= 400 && status < 600 ? status : 403;
}
function scriptGates(site) {
  if (inherited(site.context, "LearningMode").length > 0) return [];
  return SCRIPTS.flatMap(({ names, reason, why, refuses }) => {
    const [directive2] = names.flatMap((name) => inherited(site.context, name));
    if (directive2 === void 0 || !refuses(directive2)) return [];
    use(site, directive2);
    const key = `${directive2.name.value} ${directive2.at.file.path}:${directive2.at.start}`;
    const unknown4 = { kind: "unknown", key, why, reads: "anything", at: directive2.head };
    const because2 = [evidence(directive2, "can refuse a request")];
    return refuse2(site, { when: all(written2(directive2), unknown4), status: statusOf(directive2), because: because2, more: { reason } });
  });
}

// src/formats/nginx/access.ts
function blameOf(site, directive2, reason) {
  const { kind, opener } = site.context;
  if (kind !== "limit_except" || opener === null || !own2(site.context, directive2.name.value).includes(directive2)) {
    return { reason, because: (one, note) => [evidence(one, note)] };
  }
  const because2 = (one, note) => [evidence(opener, "applies to every method not listed"), evidence(one, note)];
  return { reason: "method-limit", because: because2, fix: methodFix2(opener) };
}
function accessGates(site) {
  const anyOf3 = settingValue(site.context, "satisfy", "all") === "any";
  const rules2 = inheritedOf(site.context, ["allow", "deny"]);
  const passwords = passwordsOf(site);
  const request = setting2(site.context, "auth_request");
  const asks = request !== void 0 && request.args[0]?.value !== "off";
  use(site, ...rules2, ...inherited(site.context, "satisfy"), request);
  const scripts2 = scriptGates(site);
  if (anyOf3 && rules2.length > 0 && (passwords !== null || asks)) {
    return [...anyGates(site, rules2, passwords), ...asks && request !== void 0 ? authRequestGates(site, request) : [], ...scripts2];
  }
  const end = fresh(site.low, "addresses passed");
  const lists2 = listGates(site, rules2, end);
  const rest = [
    ...passwords === null ? [] : challengeGates(site, passwords),
    ...asks && request !== void 0 ? authRequestGates(site, request) : [],
    ...scripts2
  ];
  const [first, ...others] = rest;
  const jumps = lists2.some(({ effect }) => effect.kind === "jump");
  return first === void 0 || !jumps ? [...lists2, ...rest] : [...lists2, landing(site, rules2, end), first, ...others];
}
function landing(site, rules2, label2) {
  const at = rules2[0]?.head ?? site.context.opener?.head;
  if (at === void 0) throw new Error("a list of addresses has a first rule");
  return gate2(always, { kind: "set", variable: "addresses passed", value: [] }, [{ at, note: "the list of addresses ends" }], { label: label2 });
}
function addressed2(rule) {
  const word3 = rule.args[0];
  const there = written2(rule);
  if (word3 === void 0 || word3.value === "all") return there;
  if (word3.value === "unix:") return all(there, { kind: "any", of: [] });
  if (word3.template) return all(there, { kind: "unknown", key: `address ${word3.value}`, why: `the addresses \`${word3.value}\` stands for`, reads: ["clientAddress"], at: word3.at });
  return all(there, test("clientAddress", { kind: "inNetwork", blocks: [word3.value] }, rule.head));
}
function listGates(site, rules2, end) {
  return rules2.flatMap((rule) => {
    const when = addressed2(rule);
    if (rule.name.value === "allow") return [gate2(when, { kind: "jump", to: end }, [evidence(rule, "lets these addresses through")])];
    const { reason, because: because2, fix } = blameOf(site, rule, "address-list");
    return refuse2(site, { when, status: 403, because: because2(rule, "refuses these addresses"), more: { reason, ...fix === void 0 ? {} : { fix } } });
  });
}
function passwordsOf(site) {
  const jwt = setting2(site.context, "auth_jwt");
  const basic = setting2(site.context, "auth_basic");
  const directive2 = basic !== void 0 && setting2(site.context, "auth_basic_user_file") !== void 0 ? basic : jwt;
  const realm = directive2?.args[0];
  if (directive2 === void 0 || realm === void 0 || realm.value === "off") return null;
  use(site, directive2);
  const valid = test("identity", { kind: "equals", value: text("valid") }, directive2.head);
  const value2 = valueOf2(site, realm);
  const fixed = value2.every((part) => part.kind === "text");
  const asked = fixed ? always : not(testText(value2, { kind: "equals", value: text("off") }, directive2.head));
  return { directive: directive2, fails: all(written2(directive2), asked, not(valid)) };
}
function challengeGates(site, passwords) {
  const { reason, because: because2, fix } = blameOf(site, passwords.directive, "authorization");
  return refuse2(site, {
    when: passwords.fails,
    status: 401,
    because: because2(passwords.directive, "asks who the client is"),
    more: { reason, ...fix === void 0 ? {} : { fix } }
  });
}
function anyGates(site, rules2, passwords) {
  const end = fresh(site.low, "not allowed");
  const lists2 = rules2.map((rule) => {
    const effect = rule.name.value === "allow" ? { kind: "continue" } : { kind: "jump", to: end };
    const note = rule.name.value === "allow" ? "lets these addresses through" : "these addresses need a password";
    return gate2(addressed2(rule), effect, [evidence(rule, note)]);
  });
  const challenge = passwords === null ? [] : challengeGates(site, passwords);
  return [...lists2, landing(site, rules2, end), ...challenge];
}

// src/formats/nginx/upstream.ts
var UPSTREAMS = /* @__PURE__ */ new Set(["proxy_pass", "fastcgi_pass", "uwsgi_pass", "scgi_pass", "grpc_pass", "memcached_pass"]);
function isUpstream(name) {
  return UPSTREAMS.has(name);
}
var BEHIND_HOST = /^https?:\/\/(?:unix:[^:]*:?|[^/]*?)(\/[^]*|\$\{?(?:uri|document_uri|request_uri)\b[^]*)?$/;
var CARRIED = ["content-type", "authorization", "cookie", "origin", "referer", "user-agent", "accept", "x-requested-with"];
function alterations(site, pass) {
  const protocol = pass.name.value.replace(/_pass$/, "");
  return [
    ...inputHeaders(site),
    ...methodGates(site, protocol),
    ...bodyGates3(site, protocol),
    ...headerGates2(site, protocol),
    ...protocol === "proxy" ? pathGates(site, pass) : [],
    ...parameterGates(site, protocol)
  ];
}
function alter(directive2, what, value2, when = always) {
  return gate2(all(written2(directive2), when), { kind: "alter", what, value: value2 }, [evidence(directive2, "changes what the application gets")]);
}
function methodGates(site, protocol) {
  const directive2 = setting2(site.context, `${protocol}_method`);
  const word3 = directive2?.args[0];
  if (directive2 === void 0 || word3 === void 0) return [];
  use(site, directive2);
  return [alter(directive2, "method", valueOf2(site, word3))];
}
function bodyGates3(site, protocol) {
  const passes = setting2(site.context, `${protocol}_pass_request_body`);
  const set2 = setting2(site.context, `${protocol}_set_body`);
  const word3 = set2?.args[0];
  if (set2 !== void 0 && word3 !== void 0) {
    use(site, set2);
    const value2 = valueOf2(site, word3);
    return [alter(set2, "body", value2.length === 0 ? null : value2)];
  }
  if (passes?.args[0]?.value !== "off") return [];
  use(site, passes);
  return [alter(passes, "body", null)];
}
function headerGates2(site, protocol) {
  const passes = setting2(site.context, `${protocol}_pass_request_headers`);
  const dropped = passes?.args[0]?.value === "off" ? CARRIED.map((name) => alter(passes, `header:${name}`, null)) : [];
  if (passes !== void 0) use(site, passes);
  const set2 = inherited(site.context, `${protocol}_set_header`).flatMap((directive2) => {
    const [name, value2] = directive2.args;
    if (name === void 0 || value2 === void 0 || name.template) return [];
    use(site, directive2);
    return headerGate(directive2, name.value.toLowerCase(), valueOf2(site, value2));
  });
  return [...dropped, ...set2];
}
function headerGate(directive2, name, value2) {
  const empty = value2.length === 0;
  const zero2 = value2.length === 1 && value2[0]?.kind === "text" && value2[0].text === "0";
  if (name === "content-length") return empty || zero2 ? [alter(directive2, "body", null)] : [];
  return [alter(directive2, `header:${name}`, empty ? null : value2)];
}
function inputHeaders(site) {
  const clear = inherited(site.context, "more_clear_input_headers").flatMap((directive2) => {
    use(site, directive2);
    return plainWords(directive2).flatMap((word3) => headerGate(directive2, word3.toLowerCase(), []));
  });
  const set2 = inherited(site.context, "more_set_input_headers").flatMap((directive2) => {
    use(site, directive2);
    return plainWords(directive2).flatMap((word3) => {
      const [name = "", ...value2] = word3.split(":");
      return headerGate(directive2, name.trim().toLowerCase(), interpolate2(site, value2.join(":").trim()));
    });
  });
  return [...clear, ...set2];
}
function plainWords(directive2) {
  return directive2.args.map((word3) => word3.value).filter((value2) => !value2.startsWith("-"));
}
function parameterGates(site, protocol) {
  return inherited(site.context, `${protocol}_param`).flatMap((directive2) => {
    const [name, value2] = directive2.args;
    use(site, directive2);
    if (name?.value !== "REQUEST_METHOD" || value2 === void 0 || value2.value === "$request_method") return [];
    return [alter(directive2, "method", valueOf2(site, value2))];
  });
}
function pathGates(site, pass) {
  const word3 = pass.args[0];
  const path = BEHIND_HOST.exec(word3?.value ?? "")?.[1];
  if (word3 === void 0 || word3.template || path === "$request_uri") return [];
  if (path === void 0) return sentPathGates(site, pass);
  if (word3.value.includes("$")) {
    const split2 = splitQuery(interpolate2(site, path));
    return [alter(pass, "path", split2.path), alter(pass, "query", split2.query)];
  }
  const location = nearest2(site.context, "location");
  const name = location === null ? null : locationName(location);
  if (name === null || name.kind === "regex" || name.kind === "named" || name.word.template) return [];
  const prefix = name.word.value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const behind = test("path", { kind: "matches", pattern: `^${prefix}(.*)$`, dotAll: true, captures: bookkeeping.rest }, pass.head);
  const kept = test(`var:${bookkeeping.changed}`, { kind: "equals", value: text("kept") }, pass.head);
  return [alter(pass, "path", [...text(path), ...fieldValue(`var:${bookkeeping.rest}1`)], all(not(kept), behind))];
}
function sentPathGates(site, pass) {
  if (!site.low.findsOtherFiles) return [];
  const variable3 = `var:${bookkeeping.asked}`;
  return [alter(pass, "path", fieldValue(variable3), test(variable3, { kind: "startsWith", value: text("/") }, pass.head))];
}

// src/formats/nginx/content.ts
var READERS = /* @__PURE__ */ new Set(["empty_gif", "stub_status", "memcached_pass", "redis_pass", "flv", "mp4", "hls", "f4f", "status"]);
var ANSWERS = /* @__PURE__ */ new Set(["echo", "echo_exec", "vhost_traffic_status_display", "rtmp_stat", "fancyindex"]);
var CODE = /^(?:content_by_lua(?:_block|_file)?|js_content|perl|nchan_(?:publisher|pubsub)|push_stream_publisher|upload_pass|api|rds_json_ret)$/;
function isHandler(name) {
  return isUpstream(name) || READERS.has(name) || ANSWERS.has(name) || CODE.test(name) || /_pass$/.test(name) && name !== "ssl_session_ticket_pass";
}
function handlerIn(context) {
  return context.items.map(({ directive: directive2 }) => directive2).findLast((directive2) => isHandler(directive2.name.value));
}
function handlerOf(site) {
  const { context } = site;
  const found = handlerIn(context);
  if (found !== void 0 || context.parent === null) return found;
  if (context.kind === "if") return handlerIn(context.parent);
  if (context.kind !== "limit_except") return void 0;
  const outer = handlerIn(context.parent);
  return outer !== void 0 && isUpstream(outer.name.value) ? outer : void 0;
}
function contentOf(site) {
  const handler = handlerOf(site);
  if (handler === void 0) {
    const passenger = setting2(site.context, "passenger_enabled");
    if (passenger?.args[0]?.value === "on") return { gates: chunkedGates(site, "passenger"), handler: "app" };
    const says = setting2(site.context, "root") ?? setting2(site.context, "alias") ?? own2(site.context, "try_files")[0];
    if (site.server.implied && (site.context.kind === "server" || says === void 0)) return { gates: [], handler: "unknown" };
    return { gates: [...elsewhere(site), ...staticGates(site)], handler: "static" };
  }
  use(site, handler);
  const name = handler.name.value;
  if (READERS.has(name)) return { gates: readerGates(site, handler), handler: "static" };
  if (ANSWERS.has(name)) return { gates: [], handler: "static" };
  return { gates: [...chunkedGates(site, name.replace(/_pass$/, "")), ...alterations(site, handler)], handler: "app" };
}
function elsewhere(site) {
  const unread2 = [...site.context.unread, ...site.server.context.unread];
  const [first] = unread2;
  if (first === void 0) return [];
  const stage2 = "elsewhere";
  site.low.stages[stage2] ??= [{ name: "a part that is not here", when: always, chains: [], handler: "unknown", at: first.at }];
  const { file, start: start3 } = first.at;
  const unknown4 = { kind: "unknown", key: `part ${file.path}:${start3}`, why: "a part of the configuration that is not here", reads: "anything", at: first.at };
  return [gate2(unknown4, { kind: "enter", stage: stage2 }, [first])];
}
function readerGates(site, handler) {
  const because2 = [evidence(handler, "answers GET and HEAD only")];
  const when = not(methodIn(["GET", "HEAD"], handler.head));
  return refuse2(site, { when, status: 405, because: because2, more: { reason: "static-handler" } });
}
var PATH = fieldValue("path");
function staticGates(site) {
  const place2 = placeOf3(site);
  const root = setting2(site.context, "root");
  use(site, root);
  const because2 = [place2, ...root === void 0 ? [] : [evidence(root, "files are served from here")]];
  const folder = test("path", { kind: "endsWith", value: text("/") }, place2.at);
  const reading = methodIn(["GET", "HEAD"], place2.at);
  const posting = methodIn(["POST"], place2.at);
  const neither = not({ kind: "any", of: [reading, posting] });
  const refused2 = (when, status) => refuse2(site, { when, status, because: because2, more: { reason: "static-handler" } });
  return [
    ...lostAlias(site),
    ...davGates(site),
    ...refused2(neither, 405),
    ...indexGates2(site, folder, because2),
    ...listingGates(site, all(folder, reading)),
    ...refused2(folder, 403),
    ...fileGates(site, because2),
    ...refused2(posting, 405)
  ];
}
function lostAlias(site) {
  const alias = aliasOf(site)?.directive;
  if (alias === void 0) return [];
  const kept = test(`var:${bookkeeping.changed}`, { kind: "equals", value: text("kept") }, alias.head);
  return refuse2(site, { when: kept, status: 500, because: [evidence(alias, "cannot be used where the path was rewritten")], more: { reason: "broken-configuration" } });
}
function davGates(site) {
  const directive2 = setting2(site.context, "dav_methods");
  if (directive2 === void 0 || directive2.args[0]?.value === "off") return [];
  use(site, directive2);
  const methods = directive2.args.map((word3) => word3.value.toUpperCase());
  return [gate2(methodIn(methods, directive2.head), { kind: "answer", status: 201 }, [evidence(directive2, "answers these methods")])];
}
function onDisk(site, path, as, at, otherwise) {
  return testText(fileOf(site, path), { kind: "onDisk", as, ...otherwise === void 0 ? {} : { otherwise } }, at);
}
function indexGates2(site, folder, because2) {
  const directive2 = setting2(site.context, "index");
  use(site, directive2);
  const words3 = directive2?.args.map((word3) => ({ absolute: word3.value.startsWith("/"), path: valueOf2(site, word3), at: word3.at })) ?? [
    { absolute: false, path: text("index.html"), at: because2[0].at }
  ];
  const note = directive2 === void 0 ? because2 : [evidence(directive2, "the file that stands for a folder"), ...because2];
  const files3 = words3.map(({ absolute, path, at }) => {
    const whole2 = absolute ? path : [...PATH, ...path];
    const when = absolute ? folder : all(folder, onDisk(site, whole2, "file", at));
    return gate2(when, { kind: "reroute", stage: site.server.redirected, path: whole2 }, note);
  });
  const missing = all(folder, not(onDisk(site, PATH, "directory", because2[0].at, true)));
  return [...refuse2(site, { when: missing, status: 404, because: because2, more: { reason: "static-handler" } }), ...files3];
}
function listingGates(site, when) {
  const directive2 = setting2(site.context, "autoindex");
  if (directive2 === void 0 || settingValue(site.context, "autoindex", "off") !== "on") return [];
  use(site, directive2);
  return [gate2(when, { kind: "answer", status: 200 }, [evidence(directive2, "lists the folder")])];
}
function fileGates(site, because2) {
  const [{ at }] = because2;
  const redirected = test(`var:${bookkeeping.redirected}`, { kind: "equals", value: text("1") }, at);
  const missing = { kind: "any", of: [all(redirected, not(onDisk(site, PATH, "any", at, true))), all(not(redirected), not(onDisk(site, PATH, "any", at)))] };
  const to = [...PATH, ...text("/"), ...fieldValue("var:is_args"), ...fieldValue("query")];
  const isFolder = onDisk(site, PATH, "directory", at, false);
  return [
    gate2(isFolder, { kind: "redirect", status: 301, to }, [...because2], { reason: "slash-redirect" }),
    ...refuse2(site, { when: missing, status: 404, because: because2, more: { reason: "static-handler" } })
  ];
}
function tryFilesGates(site) {
  const directive2 = own2(site.context, "try_files").at(-1);
  const fallback = directive2?.args.at(-1);
  if (directive2 === void 0 || fallback === void 0 || site.context.kind === "if") return [];
  use(site, directive2);
  const because2 = [evidence(directive2, "looks for files")];
  const tests = [];
  const found = [];
  for (const word3 of directive2.args.slice(0, -1)) {
    const { path, as } = tried(site, word3);
    const self = path.length === 1 && path[0]?.kind === "field" && path[0].field === "path";
    const when = self && as === "file" ? itself2(site, word3.at) : onDisk(site, path, as, word3.at, false);
    if (self) {
      tests.push(gate2(when, { kind: "continue" }, because2));
      continue;
    }
    const label2 = fresh(site.low, "found");
    tests.push(gate2(when, { kind: "jump", to: label2 }, because2));
    found.push(
      gate2(always, { kind: "set", variable: bookkeeping.asked, value: PATH }, because2, { label: label2 }),
      gate2(always, { kind: "rewrite", path }, because2),
      gate2(always, { kind: "continue" }, because2)
    );
  }
  return [...lostAlias(site), ...tests, ...fallbackGates(site, directive2, fallback), ...found];
}
function itself2(site, at) {
  if (handlerOf(site) !== void 0) return onDisk(site, PATH, "file", at, true);
  const redirected = test(`var:${bookkeeping.redirected}`, { kind: "equals", value: text("1") }, at);
  return any(all(redirected, onDisk(site, PATH, "file", at, true)), all(not(redirected), onDisk(site, PATH, "file", at, false)));
}
function tried(site, word3) {
  const directory = word3.value.endsWith("/");
  const path = valueOf2(site, directory ? { ...word3, value: word3.value.slice(0, -1) } : word3);
  return { path, as: directory ? "directory" : "file" };
}
function fallbackGates(site, directive2, fallback) {
  const because2 = [evidence(directive2, `goes on with \`${fallback.value}\``)];
  if (fallback.value.startsWith("=")) {
    const refusal = [evidence(directive2, "no file was found"), placeOf3(site)];
    const reason = handlerOf(site) === void 0 ? "static-handler" : "no-file";
    return refuse2(site, { when: always, status: Number(fallback.value.slice(1)) || 404, because: refusal, more: { reason } });
  }
  if (fallback.value.startsWith("@")) {
    const stage2 = site.server.named.get(fallback.value);
    if (stage2 !== void 0) return [gate2(always, { kind: "reroute", stage: stage2 }, because2)];
    return refuse2(site, { when: always, status: 500, because: [evidence(directive2, `there is no \`location ${fallback.value}\``)], more: { reason: "broken-configuration" } });
  }
  return [gate2(always, { kind: "reroute", stage: site.server.redirected, ...pathAndQuery(site, fallback) }, because2)];
}

// src/formats/nginx/rate.ts
var SECONDS = 60;
function rateGates2(site) {
  if (settingValue(site.context, "limit_req_dry_run", "off") === "on") return [];
  return inherited(site.context, "limit_req").flatMap((directive2) => limitGates(site, directive2));
}
function parameter(directive2, name) {
  return directive2.args.map((word3) => word3.value).find((value2) => value2.startsWith(`${name}=`))?.slice(name.length + 1);
}
function perMinute(rate) {
  const found = /^(\d+)r\/([sm])$/.exec(rate);
  return found === null ? null : Number(found[1]) * (found[2] === "s" ? SECONDS : 1);
}
function limitGates(site, directive2) {
  use(site, directive2);
  const zone = site.low.zones.get(parameter(directive2, "zone") ?? "");
  const rate = perMinute(parameter(zone ?? directive2, "rate") ?? "");
  const burst = Number(parameter(directive2, "burst") ?? "0");
  const status = Number(settingValue(site.context, "limit_req_status", "503"));
  const because2 = [evidence(directive2, "limits how often requests may come"), ...zone === void 0 ? [] : [evidence(zone, "the rate")]];
  use(site, zone);
  const again = test(`var:${bookkeeping.errorPage}`, { kind: "present" }, directive2.head);
  const counted = all(written2(directive2), not(again), countedBy(site, zone));
  if (rate === null || Number.isNaN(burst)) {
    const unknown4 = { kind: "unknown", key: `limit_req ${directive2.at.start}`, why: "a rate that is set elsewhere", reads: ["perMinute"], at: directive2.head };
    const often = test("perMinute", { kind: "number", is: ">", value: text(String(SECONDS)) }, directive2.head);
    return refuse2(site, { when: all(counted, often, unknown4), status, because: because2, more: { reason: "rate" } });
  }
  const limit = rate + burst;
  const pages = refuse2(site, {
    when: all(counted, test("perMinute", { kind: "number", is: ">", value: text(String(limit)) }, directive2.head)),
    status,
    because: because2,
    more: { reason: "rate" }
  });
  return pages.length > 1 ? pages : [gate2(counted, { kind: "limit", perMinute: limit, status }, because2, { reason: "rate" })];
}
function countedBy(site, zone) {
  const key = zone?.args.find((word3) => !/^(?:zone|rate)=/.test(word3.value));
  if (key === void 0 || key.template) return always;
  const value2 = valueOf2(site, key);
  const sure = value2.some((part) => part.kind === "text" || part.kind === "field" && ["clientAddress", "host", "path"].includes(part.field));
  return sure ? always : not(testText(value2, { kind: "equals", value: [] }, key.at));
}

// src/formats/nginx/writes.ts
var BODY = /^(?:client_max_body_size|client_body_.*|(?:proxy|fastcgi|uwsgi|scgi)_request_buffering|upload_.*|track_uploads)$/;
function sign2(directive2) {
  const [first, second] = directive2.args;
  const name = directive2.name.value;
  if (BODY.test(name)) return first?.value === "0" || /^[1-9]/.test(first?.value ?? "") ? "a limit for bodies is set here" : null;
  const cors = /^(?:add_header|more_set_headers)$/.test(name) && /^access-control-allow-methods/i.test(first?.value ?? "");
  if (cors && /\bPOST\b/.test(`${first?.value ?? ""} ${second?.value ?? ""}`)) return "POST is named in the CORS methods";
  return null;
}
function writesOf2(site) {
  return site.context.items.flatMap(({ directive: directive2 }) => {
    const note = sign2(directive2);
    return note === null ? [] : [evidence(directive2, note)];
  });
}

// src/formats/nginx/location.ts
var known2 = /* @__PURE__ */ new WeakMap();
function locationVariants(site, from) {
  const made = known2.get(site.context) ?? /* @__PURE__ */ new Map();
  known2.set(site.context, made);
  const cached = made.get(from) ?? build2(site, from, made);
  made.set(from, cached);
  return cached;
}
function build2(site, from, made) {
  const internal = setting2(site.context, "internal");
  if (from === "outside" && internal !== void 0) return [internalOnly(site, internal)];
  const shared = made.get("outside") ?? made.get("inside");
  if (from !== "named" && internal === void 0 && shared !== void 0) return shared;
  const body = from === "named" ? [chain2("redirect", redirectMarks(site, "name"))] : [chain2("body", bodyGates2(site))];
  return [...limitExcept(site, body), mainVariant(site, body)];
}
function internalOnly(site, internal) {
  use(site, internal);
  const because2 = [evidence(internal, "only internal redirects come here")];
  const gates = refuse2(site, { when: always, status: 404, because: because2, more: { reason: "internal-only" } });
  return { ...frame(site), chains: [chain2("location", gates)], handler: "static", extra: always };
}
function redirectMarks(site, by) {
  const here = [placeOf3(site)];
  const asked = test(`var:${bookkeeping.errorPage}`, { kind: "present" }, here[0].at);
  return [
    gate2(always, { kind: "set", variable: bookkeeping.redirected, value: text("1") }, here),
    gate2(asked, { kind: "set", variable: bookkeeping.errorPage, value: text("asked") }, here),
    gate2(always, { kind: "set", variable: bookkeeping.changed, value: [] }, here),
    ...by === "path" && site.low.findsOtherFiles ? [gate2(always, { kind: "set", variable: bookkeeping.asked, value: [] }, here)] : []
  ];
}
function frame(site) {
  const writes2 = writesOf2(site);
  const location = nearest2(site.context, "location")?.opener ?? null;
  const words3 = location === null ? `server ${site.server.name}`.trim() : ["location", ...location.args.map((word3) => word3.raw)].join(" ");
  return { name: words3, at: placeOf3(site).at, ...writes2.length > 0 ? { writes: writes2 } : {} };
}
function chain2(name, gates) {
  return { name, gates };
}
function phases(site) {
  const { gates, handler } = contentOf(site);
  const chains = [chain2("limit", rateGates2(site)), chain2("access", accessGates(site)), chain2("files", tryFilesGates(site)), chain2("content", gates)];
  return { chains: chains.filter((one) => one.gates.length > 0), handler };
}
function mainVariant(site, before) {
  const end = fresh(site.low, "rewritten");
  const rewriting2 = rewriteGates(site, end);
  const { chains, handler } = phases(site);
  const rewrite2 = rewriteChain(site, rewriting2, end);
  const all2 = [...aliasChain(site), ...before, ...rewrite2, ...chains].filter((one) => one.gates.length > 0);
  return { ...frame(site), chains: all2, handler, extra: always };
}
function rewriteChain(site, rewriting2, end) {
  if (rewriting2.gates.length === 0) return [];
  const here = [placeOf3(site)];
  const gates = [];
  if (rewriting2.mayChange) gates.push(gate2(always, { kind: "set", variable: bookkeeping.changed, value: [] }, here));
  if (rewriting2.swaps.length > 0) gates.push(gate2(always, { kind: "set", variable: bookkeeping.ifBlock, value: [] }, here));
  gates.push(...rewriting2.gates);
  const changed = test(`var:${bookkeeping.changed}`, { kind: "equals", value: text("1") }, here[0].at);
  const reroute2 = gate2(changed, { kind: "reroute", stage: site.server.inside }, here);
  const around = rewriting2.swaps.length > 0 ? frame(site) : null;
  const swapGates = around === null ? [] : rewriting2.swaps.map((swap) => swapGate(site, swap, around));
  const [first, ...others] = [...rewriting2.mayChange ? [reroute2] : [], ...swapGates];
  if (first !== void 0) gates.push({ ...first, label: end }, ...others);
  return [chain2("rewrite", gates)];
}
function swapGate(site, swap, around) {
  const place2 = inside2(site, swap.context);
  const stage2 = fresh(site.low, `${around.name} if`);
  const { chains, handler } = phases(place2);
  const { opener } = swap.context;
  const at = opener?.head ?? around.at;
  site.low.stages[stage2] = [{ ...around, chains, handler, when: always }];
  const when = test(`var:${bookkeeping.ifBlock}`, { kind: "equals", value: text(swap.value) }, at);
  return gate2(when, { kind: "enter", stage: stage2 }, [{ at, note: "its settings replace the location's" }]);
}
function aliasChain(site) {
  const found = aliasOf(site);
  if (found === null) return [];
  const { directive: alias, location } = found;
  const name = location.opener?.args.at(-1)?.value ?? "";
  use(site, alias);
  const prefix = name.replace(/^(?:=|\^~)/, "").replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const rest = test("path", { kind: "matches", pattern: `^${prefix}(.*)$`, captures: bookkeeping.rest }, alias.head);
  return [chain2("location", [gate2(rest, { kind: "set", variable: `${bookkeeping.rest}known`, value: text("1") }, [evidence(alias, "stands for the location's name")])])];
}
function limitExcept(site, before) {
  const [block] = blocksOf(site.context, "limit_except");
  const opener = block?.opener;
  if (block === void 0 || opener === null || opener === void 0) return [];
  use(site, opener);
  const place2 = inside2(site, block);
  const { chains, handler } = phases(place2);
  return [{ ...frame(site), chains: [...aliasChain(site), ...before, ...chains], handler, extra: exceptOf(opener) }];
}
function exceptOf(opener) {
  const methods = opener.args.map((word3) => word3.value.toUpperCase());
  const listed3 = opener.args.some((word3) => word3.template) ? { kind: "unknown", key: `methods ${methods.join(" ")}`, why: `the methods \`${methods.join(" ")}\` stands for`, reads: ["method"], at: opener.head } : methodIn(methods.includes("GET") ? [...methods, "HEAD"] : methods, opener.head);
  return not(listed3);
}
function methodFix2(opener) {
  const end = opener.args.at(-1)?.at.end ?? opener.head.end;
  return { title: "let POST through", safe: false, edits: [{ at: { file: opener.head.file, start: end, end }, text: " POST" }] };
}
function serverVariant(site) {
  const { chains, handler } = phases(site);
  return { ...frame(site), chains: [chain2("body", bodyGates2(site)), ...chains].filter((one) => one.gates.length > 0), handler };
}
function passesOn(context) {
  return context.items.some(({ directive: directive2 }) => isUpstream(directive2.name.value));
}
function slashRedirect(site, from) {
  const internal = setting2(site.context, "internal");
  if (from === "outside" && internal !== void 0) return internalOnly(site, internal);
  const { opener } = site.context;
  const handsOn = site.context.items.find(({ directive: directive2 }) => isUpstream(directive2.name.value))?.directive;
  const at = placeOf3(site);
  const because2 = [at, ...handsOn === void 0 ? [] : [evidence(handsOn, "makes nginx add the slash")]];
  const name = opener?.args.at(-1)?.value.replace(/^(?:=|\^~)/, "") ?? "/";
  const to = [...text(name), ...fieldValue("var:is_args"), ...fieldValue("query")];
  const redirect2 = gate2(always, { kind: "redirect", status: 301, to }, because2, { reason: "slash-redirect" });
  return { ...frame(site), chains: [chain2("body", bodyGates2(site)), chain2("location", [redirect2])], handler: "static", extra: always };
}

// src/formats/nginx/locations.ts
function locationStage(site, from) {
  const level = levelOf(site, site.context);
  const firm = level.prefixes.filter(({ name }) => name.kind === "firm-prefix");
  const others = level.prefixes.filter(({ name }) => name.kind !== "firm-prefix");
  const choices2 = [
    ...exactAndNested(site, level),
    ...firm.flatMap((location) => leaves(site, location, chosen(level, location))),
    ...level.regexes.flatMap((location) => regexChoices(site, location, always)),
    ...others.flatMap((location) => leaves(site, location, location.matches))
  ];
  const scopes = choices2.flatMap((choice) => scopesOf(site, choice, from));
  const rest = serverVariant(site);
  return endsAlways(scopes) ?? [...scopes, { ...rest, when: always }];
}
function endsAlways(scopes) {
  const last = scopes.at(-1);
  if (last === void 0 || last.when.kind !== "test") return null;
  const { operator, subject: subject2 } = last.when;
  const all2 = operator.kind === "startsWith" && subject2.kind === "field" && subject2.field === "path";
  const [part] = all2 ? operator.value : [];
  const everything = part?.kind === "text" && part.text === "/" && all2 && operator.value.length === 1;
  return everything ? [...scopes.slice(0, -1), { ...last, when: always }] : null;
}
function scopesOf(site, choice, from) {
  const place2 = inside2(site, choice.context);
  const variants = choice.slash ? [slashRedirect(place2, from)] : locationVariants(place2, from);
  return variants.map(({ extra, ...scope }) => ({ ...scope, when: all(choice.when, extra) }));
}
function levelOf(site, context) {
  const locations = blocksOf(context, "location").flatMap((block) => {
    const name = locationName(block);
    if (name === null || block.opener === null) return [];
    use(site, block.opener);
    return [{ context: block, name, matches: all(written2(block.opener), locationMatches(inside2(site, block), name)) }];
  });
  const of = (...kinds) => locations.filter(({ name }) => kinds.includes(name.kind));
  const byLength = of("prefix", "firm-prefix").toSorted((one, other) => other.name.word.value.length - one.name.word.value.length);
  return { exact: of("exact"), prefixes: byLength, regexes: of("regex") };
}
function chosen(level, location) {
  const longer = level.prefixes.slice(0, level.prefixes.indexOf(location)).filter(({ name }) => name.word.value.startsWith(location.name.word.value));
  return all(location.matches, not(any(...longer.map(({ matches: matches5 }) => matches5))));
}
function exactAndNested(site, level) {
  return [
    ...level.exact.map(({ matches: matches5, context }) => ({ when: matches5, context, slash: false })),
    ...slashRedirects(level),
    ...level.prefixes.flatMap((location) => decisive(site, location.context, chosen(level, location)))
  ];
}
function decisive(site, context, guard) {
  const level = levelOf(site, context);
  if (level.exact.length + level.prefixes.length + level.regexes.length === 0) return [];
  const firm = level.prefixes.filter(({ name }) => name.kind === "firm-prefix");
  const regexes = all(guard, not(any(...firm.map((location) => chosen(level, location)))));
  return [
    ...exactAndNested(site, level).map((choice) => ({ ...choice, when: all(guard, choice.when) })),
    ...level.regexes.flatMap((location) => regexChoices(site, location, regexes))
  ];
}
function regexChoices(site, location, guard) {
  const when = all(guard, location.matches);
  return [...decisive(site, location.context, when), ...leaves(site, location, when)];
}
function leaves(site, location, when) {
  const level = levelOf(site, location.context);
  const nested = level.prefixes.flatMap((inner) => leaves(site, inner, all(when, inner.matches)));
  return [...nested, { when, context: location.context, slash: false }];
}
function slashRedirects(level) {
  const names = new Set([...level.exact, ...level.prefixes].map(({ name }) => name.word.value));
  return [...level.exact, ...level.prefixes].flatMap(({ name, context }) => {
    const path = name.word.value;
    const bare = path.slice(0, -1);
    if (!path.endsWith("/") || bare === "" || name.word.template || names.has(bare) || !passesOn(context)) return [];
    const when = all(written2(context.opener), test("path", { kind: "equals", value: text(bare) }, name.word.at));
    return [{ when, context, slash: true }];
  });
}

// src/formats/nginx/servers.ts
var DEFAULT_PORT = 80;
function listensOf(context) {
  const tls = own2(context, "ssl").some((directive2) => directive2.args[0]?.value === "on");
  const found = own2(context, "listen").flatMap((directive2) => {
    const [address, ...options2] = directive2.args;
    if (address === void 0 || address.value.startsWith("unix:")) return [];
    const words3 = options2.map((word3) => word3.value);
    const isDefault = words3.includes("default_server") || words3.includes("default");
    return [{ port: portOf(address), tls: tls || words3.includes("ssl") || words3.includes("quic"), isDefault }];
  });
  return found.length === 0 ? [{ port: DEFAULT_PORT, tls, isDefault: false }] : found;
}
function portOf(address) {
  if (address.template) return null;
  const port = /^(?:.*:)?(\d+)$/.exec(address.value)?.[1];
  return port === void 0 ? DEFAULT_PORT : Number(port);
}
function serverOf2(low, context, implied2) {
  const words3 = own2(context, "server_name").flatMap((directive2) => directive2.args);
  const names = words3.map((word3) => word3.value.toLowerCase());
  const listens = listensOf(context);
  const name = names.find((one) => one !== "" && one !== "_") ?? "";
  const stage2 = stageName(low, name, listens);
  const locations = blocksOf(context, "location");
  const internal = hasInternal(context);
  const named4 = locations.flatMap((block) => {
    const read2 = locationName(block);
    return read2?.kind === "named" ? [[read2.word.value, `location ${read2.word.value} of ${stage2}`]] : [];
  });
  const schemes = new Set(listens.map(({ tls }) => tls ? "https" : "http"));
  const [scheme] = schemes;
  return {
    context,
    name,
    names,
    scheme: schemes.size === 1 && !implied2 && scheme !== void 0 ? scheme : null,
    outside: `the locations of ${stage2}`,
    inside: internal ? `the locations of ${stage2}, from inside` : `the locations of ${stage2}`,
    redirected: `${stage2}, redirected internally`,
    implied: implied2,
    named: new Map(named4)
  };
}
function stageName(low, name, listens) {
  const port = listens[0]?.port ?? null;
  const plain = `server ${name}${port === null ? "" : `:${port}`}`;
  const taken = low.serverNames.has(plain);
  low.serverNames.add(plain);
  return taken ? fresh(low, plain) : plain;
}
function hasInternal(context) {
  return blocksOf(context, "location").some((block) => own2(block, "internal").length > 0 || hasInternal(block));
}
function serverChains(site, listener) {
  const { low, server } = site;
  low.stages[server.outside] = locationStage(site, "outside");
  if (server.inside !== server.outside) low.stages[server.inside] = locationStage(site, "inside");
  for (const block of blocksOf(server.context, "location")) {
    const read2 = locationName(block);
    const stage2 = read2 === null ? void 0 : server.named.get(read2.word.value);
    if (read2 === null || stage2 === void 0 || read2.kind !== "named") continue;
    const place2 = inside2(site, block);
    use(site, block.opener ?? void 0);
    low.stages[stage2] = locationVariants(place2, "named").map(({ extra, ...scope }) => ({ ...scope, when: extra }));
  }
  const rewrite2 = { name: "rewrite", gates: serverRewrite(site) };
  const protocol = protocolGates2(site, { ...site, server: listener, context: listener.context });
  const redirected = { name: scopeName(server), when: always, handler: "unknown", at: placeOf3(site).at, chains: [{ name: "redirect", gates: redirectMarks(site, "path") }, rewrite2] };
  low.stages[server.redirected] = [redirected];
  return [...protocol.length > 0 ? [{ name: "protocol", gates: protocol }] : [], rewrite2];
}
function scopeName(server) {
  return `server ${server.name}`.trim();
}
function serverRewrite(site) {
  const end = fresh(site.low, "rewritten");
  const { gates } = rewriteGates(site, end);
  const here = [placeOf3(site)];
  const { inside: inner, outside: outer } = site.server;
  if (inner === outer) return [...gates, gate2(always, { kind: "enter", stage: outer }, here, { label: end })];
  const redirected = test(`var:${bookkeeping.redirected}`, { kind: "equals", value: text("1") }, here[0].at);
  return [...gates, gate2(redirected, { kind: "enter", stage: inner }, here, { label: end }), gate2(always, { kind: "enter", stage: outer }, here)];
}
function protocolGates2(site, listener) {
  if (site.server.implied) return [];
  const place2 = placeOf3(site);
  const here = [{ at: place2.at, note: "nginx knows no method in lower case" }];
  const lower5 = test("method", pattern2("[^A-Z_-]", false, false), place2.at);
  return [gate2(lower5, { kind: "deny", status: 400 }, here, { reason: "protocol", implied: true }), ...lengthGates2(listener), ...certificateGates(site)];
}
var REQUEST_LINE_REST = "POST  HTTP/1.1".length;
function lengthGates2(site) {
  const directive2 = setting2(site.context, "large_client_header_buffers");
  const size2 = bytesOf(directive2?.args[1]?.value ?? "");
  if (directive2 === void 0 || size2 === null) return [];
  use(site, directive2);
  const because2 = [evidence(directive2, "the longest line of a request's head")];
  const longer = (limit) => ({ kind: "number", is: ">", value: text(String(limit)) });
  const line = { kind: "test", subject: { kind: "text", of: fieldValue("requestUri") }, transforms: ["length"], operator: longer(size2 - REQUEST_LINE_REST), at: directive2.head };
  const header2 = { kind: "test", subject: { kind: "entries", from: ["headers"], part: "values" }, transforms: ["length"], operator: longer(size2), at: directive2.head };
  return [
    ...refuse2(site, { when: line, status: 414, because: because2, more: { reason: "protocol" } }),
    ...refuse2(site, { when: header2, status: 400, because: because2, more: { reason: "protocol" } })
  ];
}
function certificateGates(site) {
  const directive2 = setting2(site.context, "ssl_verify_client");
  if (directive2 === void 0 || directive2.args[0]?.value !== "on") return [];
  use(site, directive2);
  const none2 = not(test("identity", { kind: "equals", value: text("valid") }, directive2.head));
  return refuse2(site, { when: all(written2(directive2), none2), status: 400, because: [evidence(directive2, "asks for a client certificate")], more: { reason: "authorization" } });
}
function serverStage(low, servers) {
  const hosted = servers.map((server) => ({ server, listens: listensOf(server.context) }));
  const groups2 = groupsOf2(hosted);
  const made = /* @__PURE__ */ new Map();
  for (const server of servers) {
    const group = groups2.find(({ members }) => members.some((member2) => member2.hosted.server === server));
    const listener = (group === void 0 ? void 0 : defaultOf(group)?.server) ?? server;
    made.set(server, serverChains({ low, server, context: server.context }, listener));
  }
  const scopeOf = ({ server }, when) => {
    const { context } = server;
    const at = placeOf3({ low, server, context }).at;
    return { name: scopeName(server), when: all(written2(context.opener), when), chains: made.get(server) ?? [], handler: "unknown", at };
  };
  const scopes = groups2.flatMap((group) => hostScopes(scopeOf, group, groupCondition(group, groups2)));
  const [first] = groups2;
  const last = scopes.at(-1);
  if (last !== void 0 && isAlways(last.when)) return scopes;
  const fallback = first === void 0 ? void 0 : defaultOf(first);
  return fallback === void 0 ? scopes : [...scopes, { ...scopeOf(fallback, always), when: always }];
}
function defaultOf(group) {
  return (group.members.find(({ isDefault }) => isDefault) ?? group.members[0])?.hosted;
}
function groupsOf2(hosted) {
  const groups2 = /* @__PURE__ */ new Map();
  for (const one of hosted) {
    const seen = /* @__PURE__ */ new Set();
    for (const { port, tls, isDefault } of one.listens) {
      const key = port === null ? `template ${tls}` : String(port);
      const group = groups2.get(key) ?? { port, tls, members: [] };
      groups2.set(key, group);
      const known3 = group.members.find((member2) => member2.hosted === one);
      if (!seen.has(key)) group.members.push({ hosted: one, isDefault });
      else if (isDefault && known3 !== void 0) group.members.splice(group.members.indexOf(known3), 1, { hosted: one, isDefault });
      seen.add(key);
    }
  }
  return [...groups2.values()];
}
function groupCondition(group, groups2) {
  if (groups2.length === 1) return always;
  const member2 = group.members[0]?.hosted.server.context;
  const at = (member2 === void 0 ? void 0 : own2(member2, "listen")[0]?.head) ?? member2?.opener?.head;
  if (at === void 0) return always;
  const ports = groups2.flatMap(({ port }) => port === null ? [] : [String(port)]);
  const first = groups2.find(({ tls }) => tls === group.tls) === group;
  const mapped3 = all(not(test("port", { kind: "in", values: ports }, at)), test("scheme", { kind: "equals", value: text(group.tls ? "https" : "http") }, at));
  const listening = group.port === null ? [] : [test("port", { kind: "in", values: [String(group.port)] }, at)];
  return any(...listening, ...first ? [mapped3] : []);
}
function hostScopes(scopeOf, group, when) {
  const names = group.members.flatMap(
    ({ hosted }) => own2(hosted.server.context, "server_name").flatMap((directive2) => directive2.args.map((word3) => ({ hosted, word: word3, directive: directive2 })))
  );
  const kind = (word3) => {
    if (word3.value.startsWith("~")) return "regex";
    if (word3.value.startsWith("*.") || word3.value.startsWith(".")) return "leading";
    return word3.value.endsWith(".*") ? "trailing" : "exact";
  };
  const byLength = (one, other) => other.word.value.length - one.word.value.length;
  const of = (wanted) => names.filter(({ word: word3 }) => kind(word3) === wanted);
  const ordered = [...of("leading").toSorted(byLength), ...of("trailing").toSorted(byLength), ...of("regex")];
  const exact = group.members.flatMap(({ hosted }) => exactScope(scopeOf, hosted, of("exact").filter((one) => one.hosted === hosted), when));
  const others = ordered.map(({ hosted, word: word3 }) => scopeOf(hosted, all(when, hostCondition2(word3))));
  const byDefault2 = defaultOf(group);
  return [...exact, ...others, ...byDefault2 === void 0 ? [] : [scopeOf(byDefault2, when)]];
}
function exactScope(scopeOf, hosted, names, when) {
  const known3 = names.filter(({ word: word3 }) => !word3.template && word3.value !== "_" && word3.value !== "");
  const unknown4 = names.filter(({ word: word3 }) => word3.template);
  const [first] = [...known3, ...unknown4];
  if (first === void 0) return [];
  const at = first.directive.head;
  const literal2 = known3.length === 0 ? [] : [test("host", { kind: "in", values: known3.map(({ word: word3 }) => word3.value.toLowerCase()) }, at)];
  return [scopeOf(hosted, all(when, any(...literal2, ...unknown4.map(({ word: word3 }) => hostCondition2(word3)))))];
}
function hostCondition2(word3) {
  if (word3.template) return { kind: "unknown", key: `host ${word3.value}`, why: `the name \`${word3.value}\``, reads: ["host"], at: word3.at };
  if (word3.value.startsWith("~")) return test("host", pattern2(word3.value.slice(1), true), word3.at);
  return test("host", hostMask(word3.value.toLowerCase()), word3.at);
}

// src/formats/nginx/lower.ts
var URI_CHANGES = 10;
var OUTSIDE = /^(?:upstream|map|geo|split_clients|log_format|limit_(?:req|conn)_zone|(?:proxy|fastcgi|uwsgi|scgi)_cache_path|types|events|stream|mail|user|pid|worker_.*|load_module|env|daemon|error_log|access_log|ssl_.*|gzip.*|include|geoip.*|lua_.*|init_.*|map_hash_.*|types_hash_.*|server_names_hash_.*|resolver.*|charset_map|match|perl_modules|js_import|js_path|pcre_jit|thread_pool|default_type|sendfile|tcp_.*|keepalive.*|http)$/;
function lower3(assembled) {
  const { main, files: files3, missing } = assembled;
  const [start3] = files3;
  if (start3 === void 0) return null;
  const http = httpOf(main);
  const declared = blocksOf(http, "server").filter((block) => block.items.length > 0);
  const implied2 = declared.length === 0;
  const contexts = implied2 ? impliedServer(main, http) : declared;
  if (contexts.length === 0) return null;
  const low = loweringFor(http);
  const servers = contexts.map((context) => serverOf2(low, context, implied2));
  define3(low, http, servers);
  const at = { file: start3, start: 0, end: Math.min(start3.text.length, Math.max(0, start3.text.indexOf("\n"))) };
  low.stages["servers"] = serverStage(low, servers);
  return {
    format: "nginx",
    layer: "server",
    at,
    stages: low.stages,
    entry: "servers",
    definitions: low.definitions,
    volatile: [...low.volatile],
    reroutes: { limit: URI_CHANGES, status: 500 },
    ignored: ignoredDirectives2(main, low.used),
    missing: [...missing, ...low.missing]
  };
}
function httpOf(main) {
  return blocksOf(main, "http")[0] ?? { ...main, kind: "http" };
}
function impliedServer(main, http) {
  const items2 = main.items.filter(({ directive: directive2 }) => !OUTSIDE.test(directive2.name.value));
  if (items2.length === 0 || blocksOf(main, "http").length > 0) return [];
  const inner = [];
  const server = { kind: "server", parent: http, opener: null, items: inner, unread: main.unread };
  for (const item of items2) inner.push(item.block === null ? item : { ...item, block: { ...item.block, parent: server } });
  return [server];
}
function loweringFor(http) {
  const zones = /* @__PURE__ */ new Map();
  for (const { directive: directive2 } of http.items) {
    if (directive2.name.value !== "limit_req_zone") continue;
    const zone = directive2.args.map((word3) => /^zone=([^:]+)/.exec(word3.value)?.[1]).find((name) => name !== void 0);
    if (zone !== void 0) zones.set(zone, directive2);
  }
  return {
    stages: {},
    definitions: { ...builtIn(http) },
    missing: [],
    used: /* @__PURE__ */ new Set(),
    variables: new Set(declaredNames(http)),
    topics: /* @__PURE__ */ new Map(),
    zones,
    serverNames: /* @__PURE__ */ new Set(),
    volatile: /* @__PURE__ */ new Set(["https", "is_args", "and_args"]),
    findsOtherFiles: findsOtherFiles(http),
    serial: 0
  };
}
function findsOtherFiles(context) {
  return context.items.some(({ directive: directive2, block }) => {
    if (block !== null) return findsOtherFiles(block);
    return directive2.name.value === "try_files" && directive2.args.slice(0, -1).some((word3) => !/^\$uri\/?$/.test(word3.value));
  });
}
function builtIn(http) {
  const at = http.opener?.head ?? http.items[0]?.directive.head;
  if (at === void 0) return {};
  const secure = test("scheme", { kind: "equals", value: text("https") }, at);
  const empty = test("query", { kind: "equals", value: [] }, at);
  return {
    https: [{ when: secure, value: text("on") }, { when: always, value: [] }],
    is_args: [{ when: not(empty), value: text("?") }, { when: always, value: [] }],
    and_args: [{ when: not(empty), value: [...text("&"), ...fieldValue("query")] }, { when: always, value: [] }]
  };
}
function define3(low, http, servers) {
  const [first] = servers;
  if (first === void 0) return;
  defineVariables({ low, server: first, context: http }, http);
  for (const server of servers) defineInside({ low, server, context: server.context });
}
function defineInside(site) {
  for (const { directive: directive2, block } of site.context.items) {
    if (directive2.name.value === "valid_referers") defineReferers(site, directive2);
    if (directive2.name.value === "secure_link") defineSecureLink(site, directive2);
    if (block !== null) defineInside({ ...site, context: block });
  }
}

// src/formats/nginx/index.ts
var NAME = /(?:^|\/)(?:nginx[^/]*\.conf(?:\.[\w.-]+)?|[^/]+\.nginx(?:\.conf)?(?:\.[\w.-]+)?|nginx\/(?:.*\/)?[^/]+\.conf(?:\.[\w.-]+)?|sites-(?:available|enabled)\/[^/]+)$/;
var TEXT = /(?:^|\/)[^/.]+$|\.(?:conf|nginx|vhost|inc|tmpl|template|tpl|j2|jinja2?|erb|epp|mustache|gotmpl|in|dist|sample|example|default|include|txt|com|org|net|local)$/i;
var SIGNS = [
  /^[ \t]*location[ \t]+(?:[=~^*@/"'{<$_]|\S{1,60}[ \t]+\S)[^\n{]{0,400}\{/m,
  /^[ \t]*server[ \t]*\{/m,
  /^[ \t]*(?:listen|server_name)[ \t]+[^\n;]{1,400};/m,
  /^[ \t]*(?:proxy_pass|fastcgi_pass|uwsgi_pass|grpc_pass|proxy_set_header|fastcgi_param|try_files|client_max_body_size|limit_except|add_header|rewrite|return|limit_req|error_page)[ \t]+[^\n;{]{1,400}[;{]/m
];
var BLOCK = /^[ \t]*(?:upstream[ \t]+\S{1,80}|map[ \t]+\S{1,80}[ \t]+\$\S{1,80}|geo[ \t]+(?:\S{1,80}[ \t]+)?\$\S{1,80}|limit_except[ \t][^{\n]{1,80})[ \t]*\{/m;
var SETTING = /(?:^|[\s>}])(?:(?:proxy|fastcgi|uwsgi|scgi|grpc|gzip|ssl|client|keepalive|worker|limit|open_file_cache|server_names)_[a-z_]{1,40}|add_header|access_log|error_log|auth_basic|satisfy|more_set_headers)[ \t][^\n;]{0,200};/g;
var SEVERAL = 3;
var FOREIGN = /^[ \t]*<(?:VirtualHost|Directory|IfModule|Location|Files)\b|^[ \t]*(?:RewriteEngine|RewriteRule|SecRule|frontend|backend)\s/m;
function claims3(file) {
  if (!TEXT.test(file.path) || FOREIGN.test(file.text) && !/\bmodsecurity_rules\s/.test(file.text)) return null;
  const several = BLOCK.test(file.text) || hasSeveral(file.text);
  const signs2 = SIGNS.filter((sign3) => sign3.test(file.text)).length + (several ? 2 : 0);
  if (NAME.test(file.path) && (signs2 > 0 || /^[ \t]*[a-z_]{2,40}[ \t][^\n]{0,400}[;{}][ \t]*(?:#.*)?$/m.test(file.text))) return "name";
  return signs2 >= 2 || signs2 === 1 && /\.(?:conf|nginx|vhost|inc)(?:\.[\w.-]+)?$/.test(file.path) ? "content" : null;
}
function hasSeveral(text2) {
  let found = 0;
  for (const match of text2.matchAll(SETTING)) {
    found += match[0] === "" ? 0 : 1;
    if (found === SEVERAL) return true;
  }
  return false;
}
function load3(files3, tree) {
  const assembled = files3.map((file) => assemble(file, tree));
  const starts = startsOf(assembled);
  const units = starts.flatMap((one) => {
    const program = lower3(one);
    return program === null ? [] : [{ program, files: one.files, roots: [] }];
  });
  return { units, problems: distinct3(assembled.flatMap(({ problems }) => problems)), embedded: starts.flatMap(firewallRules) };
}
function startsOf(assembled) {
  const pathOf = ({ files: [start3] }) => start3?.path ?? "";
  const included = new Set(assembled.flatMap(({ files: files3 }) => files3.slice(1).map((part) => part.path)));
  const starts = assembled.filter((one) => !included.has(pathOf(one)));
  const covered = new Set(starts.flatMap(({ files: files3 }) => files3.map((file) => file.path)));
  for (const one of assembled) {
    if (covered.has(pathOf(one))) continue;
    starts.push(one);
    for (const file of one.files) covered.add(file.path);
  }
  return starts;
}
function distinct3(problems) {
  const byPlace2 = new Map(problems.map((problem5) => [`${problem5.at.file.path} ${problem5.at.start} ${problem5.code}`, problem5]));
  return [...byPlace2.values()];
}
function firewallRules({ main }) {
  const found = (context) => context.items.flatMap(({ directive: directive2, block }) => {
    const word3 = directive2.name.value === "modsecurity_rules" ? directive2.args[0] : void 0;
    if (word3 === void 0) return block === null ? [] : found(block);
    const trim2 = word3.quoted ? 1 : 0;
    const range = { start: word3.at.start + trim2, end: word3.at.end - trim2 };
    return [{ format: "modsecurity", file: embed(word3.at.file, [range]) }];
  });
  return found(main);
}
var nginx = { id: "nginx", name: "nginx", claims: claims3, load: load3 };

// src/formats/waf/modsecurity/lex.ts
function slice2(text2, from, to) {
  const offsets = text2.offsets.slice(from, to);
  offsets.push(to > from ? (text2.offsets[to - 1] ?? 0) + 1 : text2.offsets[from] ?? 0);
  return { file: text2.file, value: text2.value.slice(from, to), offsets };
}
function spanOf4(text2) {
  return { file: text2.file, start: text2.offsets[0] ?? 0, end: text2.offsets.at(-1) ?? 0 };
}
function lex2(file) {
  const lines = [];
  const problems = [];
  for (const text2 of logicalLines2(file)) {
    const start3 = skipBlanks3(text2.value, 0);
    if (start3 === text2.value.length || text2.value[start3] === "#") continue;
    const parts2 = splitArguments2(text2, start3, problems);
    const [name, ...rest] = parts2;
    if (name !== void 0) lines.push({ span: spanOf4(slice2(text2, start3, text2.value.trimEnd().length)), name, arguments: rest });
  }
  return { lines, problems };
}
function* logicalLines2(file) {
  let value2 = "";
  let offsets = [];
  const bom = file.text.startsWith("\uFEFF") ? 1 : 0;
  for (let at = bom; at < file.text.length; ) {
    const newline = file.text.indexOf("\n", at);
    const next = newline < 0 ? file.text.length : newline + 1;
    let end = newline < 0 ? file.text.length : newline;
    if (end > at && file.text[end - 1] === "\r") end--;
    const continued = end > at && file.text[end - 1] === "\\";
    if (continued) end--;
    value2 += file.text.slice(at, end);
    for (let i = at; i < end; i++) offsets.push(i);
    at = next;
    if (continued && at < file.text.length) continue;
    offsets.push(end);
    yield { file, value: value2, offsets };
    value2 = "";
    offsets = [];
  }
}
function skipBlanks3(value2, from) {
  let at = from;
  while (at < value2.length && /\s/.test(value2[at] ?? "")) at++;
  return at;
}
function splitArguments2(line, from, problems) {
  const parts2 = [];
  const { value: value2 } = line;
  for (let at = skipBlanks3(value2, from); at < value2.length; at = skipBlanks3(value2, at)) {
    const quote2 = value2[at];
    const quoted3 = quote2 === '"' || quote2 === "'";
    const start3 = quoted3 ? at + 1 : at;
    const end = argumentEnd(value2, start3, quoted3 ? quote2 : void 0);
    if (quoted3 && end >= value2.length) {
      problems.push({ code: "unterminated-quote", message: "this quote is never closed", at: spanOf4(slice2(line, at, value2.length)) });
    }
    parts2.push(unescapeArgument(slice2(line, start3, end), quoted3 ? quote2 : void 0));
    at = quoted3 ? end + 1 : end;
  }
  return parts2;
}
function argumentEnd(value2, start3, quote2) {
  let at = start3;
  while (at < value2.length) {
    const character = value2[at] ?? "";
    if (quote2 === void 0 ? /\s/.test(character) : character === quote2) return at;
    const escapes2 = quote2 !== void 0 && character === "\\" && (value2[at + 1] === quote2 || value2[at + 1] === "\\");
    at += escapes2 ? 2 : 1;
  }
  return Math.min(at, value2.length);
}
function unescapeArgument(raw, quote2) {
  if (!raw.value.includes("\\")) return raw;
  let value2 = "";
  const offsets = [];
  for (let i = 0; i < raw.value.length; i++) {
    const next = raw.value[i + 1];
    if (raw.value[i] === "\\" && next !== void 0 && (next === "\\" || next === quote2)) i++;
    value2 += raw.value[i] ?? "";
    offsets.push(raw.offsets[i] ?? 0);
  }
  offsets.push(raw.offsets.at(-1) ?? 0);
  return { file: raw.file, value: value2, offsets };
}

// src/formats/waf/modsecurity/arguments.ts
var VARIABLE2 = /\s*([!&]?)\s*([\w.]+)/y;
var SELECTOR = /:(?:'((?:[^'\\]|\\.)*)'?|(\/(?:[^/\\]|\\.)*\/)(?=[|,\s]|$)|([^|,]*))/y;
function parseVariables(text2, problems) {
  const variables = [];
  const { value: value2 } = text2;
  for (let at = 0; at < value2.length; ) {
    VARIABLE2.lastIndex = at;
    const found = VARIABLE2.exec(value2);
    if (found === null) {
      problems.push({ code: "bad-variable", message: "this is not a variable", at: spanOf4(slice2(text2, at, value2.length)) });
      return variables;
    }
    const start3 = at + (found[0].length - found[0].trimStart().length);
    at = VARIABLE2.lastIndex;
    SELECTOR.lastIndex = at;
    const selector = SELECTOR.exec(value2);
    if (selector !== null) at = SELECTOR.lastIndex;
    variables.push({
      name: (found[2] ?? "").toUpperCase(),
      mode: found[1] === "!" ? "remove" : found[1] === "&" ? "count" : "add",
      selector: selector === null ? null : selectorOf(selector),
      span: spanOf4(slice2(text2, start3, at))
    });
    const separator = /\s*(?:[|,]\s*|$)/y;
    separator.lastIndex = at;
    if (separator.test(value2)) at = separator.lastIndex;
  }
  return variables;
}
function selectorOf(found) {
  const [, quoted3, pattern4, bare] = found;
  const text2 = pattern4 ?? (quoted3 === void 0 ? (bare ?? "").trim() : quoted3.replace(/\\'/g, "'"));
  const regex = text2.length > 2 && text2.startsWith("/") && text2.endsWith("/");
  return { text: regex ? text2.slice(1, -1) : text2, regex };
}
function parseOperator(text2) {
  const { value: value2 } = text2;
  const prefix = /^\s*(!?)\s*(?:@(\w*)\s*)?/.exec(value2);
  const named4 = prefix?.[2];
  const start3 = named4 !== void 0 ? prefix?.[0].length ?? 0 : prefix?.[1] === "!" ? value2.indexOf("!") + 1 : 0;
  return {
    name: named4 === void 0 || named4 === "" ? "rx" : named4.toLowerCase(),
    negated: prefix?.[1] === "!",
    argument: slice2(text2, start3, value2.length),
    span: spanOf4(text2)
  };
}
var ACTION = /\s*([\w.-]+)\s*(:?)\s*/y;
function parseActions(text2, problems) {
  const actions = [];
  const { value: value2 } = text2;
  for (let at = 0; at < value2.length; ) {
    ACTION.lastIndex = at;
    const found = ACTION.exec(value2);
    if (found === null) {
      const rest = spanOf4(slice2(text2, at, value2.length));
      if (/[^\s,]/.test(value2.slice(at))) problems.push({ code: "bad-action", message: "this is not an action", at: rest });
      return actions;
    }
    const start3 = at + (found[0].length - found[0].trimStart().length);
    const valueAt = ACTION.lastIndex;
    const end = found[2] === ":" ? valueEnd(value2, valueAt) : valueAt;
    actions.push({
      name: (found[1] ?? "").toLowerCase(),
      value: found[2] === ":" ? unquote(slice2(text2, valueAt, end)) : null,
      span: spanOf4(slice2(text2, start3, found[2] === ":" ? end : start3 + found[0].trim().length))
    });
    at = value2.indexOf(",", end);
    if (at < 0) return actions;
    at++;
  }
  return actions;
}
function valueEnd(value2, from) {
  if (value2[from] !== "'") {
    const comma = value2.indexOf(",", from);
    return comma < 0 ? value2.length : comma;
  }
  let at = from + 1;
  while (at < value2.length && value2[at] !== "'") at += value2[at] === "\\" ? 2 : 1;
  return Math.min(at + 1, value2.length);
}
function unquote(text2) {
  const { value: value2 } = text2;
  if (!value2.startsWith("'")) return slice2(text2, 0, value2.trimEnd().length);
  const inner = slice2(text2, 1, value2.length > 1 && value2.endsWith("'") ? value2.length - 1 : value2.length);
  return inner.value.includes("\\'") ? { ...inner, ...withoutEscapes(inner) } : inner;
}
function withoutEscapes(text2) {
  const keep2 = [...text2.value].map((character, index2) => !(character === "\\" && text2.value[index2 + 1] === "'"));
  return {
    value: [...text2.value].filter((_, index2) => keep2[index2]).join(""),
    offsets: text2.offsets.filter((_, index2) => index2 >= keep2.length || keep2[index2])
  };
}

// src/formats/waf/modsecurity/configuration.ts
function textValue(text2) {
  return text2?.value.trim() ?? "";
}
function actionValue(actions, name) {
  const found = actions.findLast((action) => action.name === name);
  return found === void 0 ? null : textValue(found.value);
}
function actionValues(actions, name) {
  return actions.filter((action) => action.name === name).map((action) => textValue(action.value));
}

// src/formats/waf/modsecurity/sections.ts
var TRANSPARENT = /* @__PURE__ */ new Set(["ifmodule", "ifdefine", "ifversion"]);
function aroundOf(section) {
  const [first, second] = section.arguments.map(textValue);
  if (TRANSPARENT.has(section.name)) {
    return { kind: first?.startsWith("!") === true && section.name === "ifmodule" ? "dropped" : "transparent" };
  }
  if (section.name === "locationmatch" && first !== void 0) return place(first, section.span);
  if (section.name === "location" && first === "~" && second !== void 0) return place(second, section.span);
  if (section.name === "location" && first !== void 0) return place(locationPattern(first), section.span);
  const why = `whether the request is in <${section.name} ${first ?? ""}>`;
  return { kind: "place", when: { kind: "unknown", key: `${why} ${second ?? ""}`, why, reads: ["path", "host"], at: section.span } };
}
function place(pattern4, at) {
  return { kind: "place", when: testText([{ kind: "field", field: "sentPath" }], { kind: "matches", pattern: pattern4 }, at) };
}
function locationPattern(path) {
  const pattern4 = path.replace(/[.+^${}()|\\]/g, "\\$&").replaceAll("*", "[^/]*").replaceAll("?", "[^/]");
  return path.endsWith("/") ? `^${pattern4}` : `^${pattern4}(?:/|$)`;
}

// src/formats/waf/modsecurity/selection.ts
function chooser(choice) {
  if (choice.by === "id") {
    const ranges = rangesOf(choice.text);
    return ({ id }) => id !== null && ranges.some(([first, last]) => id >= first && id <= last);
  }
  const pattern4 = compilePattern(choice.text);
  if (!pattern4.ok) return () => false;
  if (choice.by === "msg") return (entry2) => pattern4.test(entry2.message) === true;
  return (entry2) => entry2.tags.some((tag) => pattern4.test(tag) === true);
}
function rangesOf(text2) {
  return text2.split(/[\s,]+/).flatMap((range) => {
    const found = /^"?(\d+)(?:-(\d+))?"?$/.exec(range);
    return found === null ? [] : [[Number(found[1]), Number(found[2] ?? found[1])]];
  });
}

// src/formats/waf/modsecurity/collect.ts
function collect3(files3, problems) {
  const walk = {
    configuration: {
      entries: [],
      engine: null,
      bodyAccess: null,
      bodyLimit: null,
      noFilesLimit: null,
      argumentsLimit: null,
      limitAction: null,
      enginePlaces: [],
      ignored: [],
      missing: []
    },
    problems,
    defaults: /* @__PURE__ */ new Map(),
    placed: []
  };
  for (const directives of files3) readAll(walk, directives, always);
  for (const { choice, when } of walk.placed) {
    for (const entry2 of chosenRules(walk, [choice])) entry2.when = all(entry2.when, not(when));
  }
  return walk.configuration;
}
function chosenRules(walk, choices2) {
  const choosers = choices2.map(chooser);
  return walk.configuration.entries.filter((entry2) => entry2.kind === "rule").filter((entry2) => choosers.some((isChosen) => isChosen(entry2)));
}
function readAll(walk, directives, when) {
  for (const directive2 of directives) {
    if (directive2.kind === "rule") addRule(walk, directive2, when);
    else if (directive2.kind === "setting") readSetting(walk, directive2, when);
    else {
      const around = aroundOf(directive2);
      if (around.kind === "dropped") ignore(walk, directive2, "is for servers without this module");
      else readAll(walk, directive2.directives, around.kind === "place" ? all(when, around.when) : when);
    }
  }
}
function ignore(walk, directive2, note) {
  walk.configuration.ignored.push({ at: directive2.span, note });
}
var PHASES = { request: 2, response: 4, logging: 5 };
function phaseOf(actions) {
  const said = actionValue(actions, "phase") ?? "2";
  return PHASES[said.toLowerCase()] ?? (Number.parseInt(said, 10) || 2);
}
function addRule(walk, rule, when) {
  const phase = phaseOf(rule.actions);
  if (phase === 1 && !isAlways(when)) return ignore(walk, rule, "phase 1 runs before a section is chosen, so the rule never runs (ModSecurity 2.9)");
  const id = Number.parseInt(actionValue(rule.actions, "id") ?? "", 10);
  walk.configuration.entries.push({
    kind: "rule",
    rule,
    id: Number.isNaN(id) ? null : id,
    phase,
    tags: actionValues(rule.actions, "tag"),
    message: actionValue(rule.actions, "msg") ?? "",
    actions: [...walk.defaults.get(phase) ?? [], ...rule.actions],
    extra: [],
    removed: null,
    when
  });
}
function readSetting(walk, setting3, when) {
  const [first, second] = setting3.arguments;
  const word3 = textValue(first).toLowerCase();
  if (setting3.name === "secruleengine" && !isAlways(when)) {
    walk.configuration.enginePlaces.push({ when, engine: word3, at: setting3.span });
    return;
  }
  switch (setting3.name) {
    case "secmarker":
    case "secmarkerid":
      walk.configuration.entries.push({ kind: "marker", name: textValue(first), at: setting3.span });
      return;
    case "secdefaultaction": {
      const actions = first === void 0 ? [] : parseActions(first, walk.problems);
      walk.defaults.set(phaseOf(actions), actions);
      return;
    }
    case "secruleupdateactionbyid":
      return updateActions(walk, setting3, second === void 0 ? [] : parseActions(second, walk.problems));
    default:
      if (/^secruleremoveby(id|tag|msg)$/.test(setting3.name)) return removeRules(walk, setting3, when);
      if (/^secruleupdatetargetby(id|tag|msg)$/.test(setting3.name)) return updateTargets(walk, setting3);
      if (!readLimit(walk, setting3, word3, when)) ignore(walk, setting3, "does not decide about a request");
  }
}
function readLimit(walk, setting3, word3, when) {
  const { configuration } = walk;
  const at = setting3.span;
  const number2 = { value: Number.parseInt(word3, 10) || 0, at };
  if (!isAlways(when) && /^sec(?:requestbody|arguments)/.test(setting3.name)) {
    ignore(walk, setting3, "holds only inside its section");
    return true;
  }
  if (setting3.name === "secruleengine") configuration.engine = { value: word3, at };
  else if (setting3.name === "secrequestbodyaccess") configuration.bodyAccess = { value: word3, at };
  else if (setting3.name === "secrequestbodylimit") configuration.bodyLimit = number2;
  else if (setting3.name === "secrequestbodynofileslimit") configuration.noFilesLimit = number2;
  else if (setting3.name === "secargumentslimit") configuration.argumentsLimit = number2;
  else if (setting3.name === "secrequestbodylimitaction") configuration.limitAction = { value: word3, at };
  else return false;
  return true;
}
function choicesOf(setting3, words3) {
  const by = setting3.name.endsWith("id") ? "id" : setting3.name.endsWith("tag") ? "tag" : "msg";
  return words3.map((text2) => ({ by, text: text2 }));
}
function removeRules(walk, setting3, when) {
  const choices2 = choicesOf(setting3, setting3.arguments.map(textValue));
  if (!isAlways(when)) {
    walk.placed.push(...choices2.map((choice) => ({ choice, when })));
    return;
  }
  const evidence2 = { at: setting3.span, note: "removes the rule" };
  const hit = chosenRules(walk, choices2);
  for (const entry2 of hit) entry2.removed = evidence2;
  if (hit.length === 0) ignore(walk, setting3, "names no rule that stands before it, so it does nothing");
}
function updateTargets(walk, setting3) {
  const [chosen2, targets2] = setting3.arguments;
  if (targets2 === void 0) return ignore(walk, setting3, "names no targets");
  const variables = parseVariables(targets2, walk.problems);
  const choices2 = choicesOf(setting3, [textValue(chosen2)]);
  const hit = chosenRules(walk, choices2);
  for (const entry2 of hit) entry2.extra.push(...variables);
  if (hit.length === 0) ignore(walk, setting3, "names no rule that stands before it, so it does nothing");
}
function updateActions(walk, setting3, actions) {
  const [ids = "", link2] = textValue(setting3.arguments[0]).split(":");
  if (link2 !== void 0 && link2 !== "0") return ignore(walk, setting3, "changes a chained rule, which has no disruptive action");
  const hit = chosenRules(walk, [{ by: "id", text: ids }]);
  for (const entry2 of hit) entry2.actions = [...entry2.actions, ...actions];
  if (hit.length === 0) ignore(walk, setting3, "names no rule that stands before it, so it does nothing");
}

// src/formats/waf/modsecurity/parse.ts
function parse5(file) {
  const { lines, problems: lexical } = lex2(file);
  const problems = [...lexical];
  const open = [];
  let current = { line: emptyLine(file), directives: [], chain: [] };
  for (const line of lines) {
    const name = line.name.value;
    if (name.startsWith("</")) {
      const outer = open.pop();
      if (outer === void 0) problems.push(problem4("unopened-section", `\`${name}\` closes no section`, line.span));
      else current = closeSection(outer, current, line.span.end, problems);
    } else if (name.startsWith("<")) {
      open.push(current);
      current = { line, directives: [], chain: [] };
    } else readDirective(current, line, problems);
  }
  for (let outer = open.pop(); outer !== void 0; outer = open.pop()) {
    problems.push(problem4("unclosed-section", `\`${current.line.name.value}\` is never closed`, current.line.span));
    current = closeSection(outer, current, file.text.length, problems);
  }
  endChain(current, problems);
  return { tree: current.directives, problems };
}
function emptyLine(file) {
  const name = { file, value: "", offsets: [0] };
  return { span: { file, start: 0, end: 0 }, name, arguments: [] };
}
function problem4(code, message, at) {
  return { code, message, at };
}
function closeSection(outer, inner, end, problems) {
  endChain(inner, problems);
  const { line, directives } = inner;
  const section = {
    kind: "section",
    span: { ...line.span, end },
    name: line.name.value.slice(1).replace(/>$/, "").toLowerCase(),
    arguments: line.arguments.map(withoutBracket).filter((argument2) => argument2.value !== ""),
    directives
  };
  outer.directives.push(section);
  return outer;
}
function withoutBracket(argument2) {
  if (!argument2.value.endsWith(">")) return argument2;
  const end = argument2.value.length - 1;
  return { ...argument2, value: argument2.value.slice(0, end), offsets: argument2.offsets.slice(0, end + 1) };
}
function readDirective(current, line, problems) {
  const name = line.name.value.toLowerCase();
  if (name === "secrule" || name === "secaction") return addRule2(current, readRule(line, name, problems), problems);
  endChain(current, problems);
  if (!/^[a-z_][\w.-]*$/.test(name)) {
    problems.push(problem4("not-a-directive", `\`${line.name.value.slice(0, 40)}\` is not a directive`, spanOf4(line.name)));
    return;
  }
  current.directives.push({ kind: "setting", span: line.span, name, arguments: line.arguments });
}
function addRule2(current, rule, problems) {
  if (rule === null) return endChain(current, problems);
  current.chain.push(rule);
  if (rule.actions.some((action) => action.name === "chain")) return;
  const [first, ...links2] = current.chain;
  current.chain = [];
  if (first !== void 0) current.directives.push({ ...first, links: links2 });
}
function endChain(current, problems) {
  const [first] = current.chain;
  if (first === void 0) return;
  problems.push(problem4("broken-chain", "this rule has `chain`, but no rule follows", first.span));
  current.chain = [];
}
function readRule(line, name, problems) {
  const isAction = name === "secaction";
  const { arguments: given, span } = line;
  const most = isAction ? 1 : 3;
  if (given.length > most) {
    const extra = given[most];
    if (extra !== void 0) problems.push(problem4("too-many-arguments", `more than ${most} arguments: is a quote missing?`, spanOf4(extra)));
    return null;
  }
  const [variables, operator] = isAction ? [] : given;
  const actions = isAction ? given[0] : given[2];
  if (isAction ? actions === void 0 : variables === void 0 || operator === void 0) {
    problems.push(problem4("missing-argument", isAction ? "SecAction needs actions" : "SecRule needs variables and an operator", span));
    return null;
  }
  return {
    kind: "rule",
    span,
    variables: variables === void 0 ? [] : parseVariables(variables, problems),
    operator: operator === void 0 ? null : parseOperator(operator),
    actions: actions === void 0 ? [] : parseActions(actions, problems),
    links: []
  };
}

// src/formats/waf/modsecurity/files.ts
var DEEPEST3 = 20;
var MOST_FILES2 = 2e3;
function expand2(file, tree) {
  const files3 = [];
  const problems = [];
  const missing = [];
  const open = /* @__PURE__ */ new Set();
  const read2 = (source) => {
    files3.push(source);
    open.add(source.path);
    const parsed = parse5(source);
    problems.push(...parsed.problems);
    const directives = parsed.tree.flatMap((directive2) => {
      if (directive2.kind !== "setting" || !isInclude(directive2)) return [directive2];
      const included = includedPaths(directive2, source, tree).filter((path) => !open.has(path));
      if (included.length === 0 || open.size >= DEEPEST3) missing.push(missingInclude(directive2));
      if (open.size >= DEEPEST3) return [];
      return included.flatMap((path) => {
        const found = files3.length < MOST_FILES2 ? tree.read(path) : null;
        if (found === null) missing.push(missingInclude(directive2));
        return found === null ? [] : read2(found);
      });
    });
    open.delete(source.path);
    return directives;
  };
  return { directives: read2(file), files: files3, problems, missing };
}
function isInclude(setting3) {
  return setting3.name === "include" || setting3.name === "includeoptional";
}
function missingInclude(setting3) {
  return { at: setting3.span, note: "the files it includes are not here" };
}
function includedPaths(setting3, from, tree) {
  const pattern4 = textValue(setting3.arguments[0]);
  if (pattern4 === "") return [];
  const relative6 = pattern4.startsWith("/") ? [] : [joined(folderOf3(from.path), pattern4)];
  for (const candidate of [...relative6, pattern4]) {
    const found = /[*?[]/.test(candidate) ? tree.list(candidate) : tree.read(candidate) === null ? [] : [candidate];
    if (found.length > 0) return found;
  }
  return [];
}
function folderOf3(path) {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}
function joined(folder, path) {
  const kept = [];
  for (const part of `${folder}/${path}`.split("/")) {
    if (part === ".." && kept.length > 0 && kept.at(-1) !== "..") kept.pop();
    else if (part !== "." && (part !== "" || kept.length === 0)) kept.push(part);
  }
  return folder === "" ? kept.join("/").replace(/^\//, "") : kept.join("/");
}
function startOf(file) {
  return { file, start: 0, end: 0 };
}

// src/formats/waf/modsecurity/macros.ts
var PROCESSOR = "reqbody_processor";
var REQUEST_URI = "request_uri";
var BASENAME = "request_basename";
var PARSE_ERROR = "reqbody_error";
var STRICT_ERROR = "multipart_strict_error";
var FORCE_BODY = "ctl.forcerequestbodyvariable";
var BODY_OFF = "ctl.requestbodyaccess";
var ENGINE = "ctl.ruleengine";
var ALLOWED = "allowed";
function txName(name) {
  return `tx.${name.toLowerCase()}`;
}
function scalarValue(name, phase) {
  const path = phase === 1 ? "rawPath" : "sentPath";
  switch (name) {
    case "REQUEST_METHOD":
      return field2("sentMethod");
    case "REQUEST_URI":
      return field2(phase === 1 ? "requestUri" : `var:${REQUEST_URI}`);
    case "REQUEST_URI_RAW":
      return field2("requestUri");
    case "REQUEST_FILENAME":
      return field2(path);
    case "REQUEST_BASENAME":
      return field2(`var:${BASENAME}${phase === 1 ? 1 : 2}`);
    case "REQUEST_LINE":
      return [...field2("sentMethod"), { kind: "text", text: " " }, ...field2("requestUri"), { kind: "text", text: " HTTP/1.1" }];
    case "REQUEST_PROTOCOL":
      return [{ kind: "text", text: "HTTP/1.1" }];
    case "QUERY_STRING":
      return field2("sentQuery");
    case "REMOTE_ADDR":
      return field2("clientAddress");
    case "SERVER_NAME":
      return field2("host");
    case "SERVER_PORT":
      return field2("port");
    case "REQBODY_PROCESSOR":
      return field2(`var:${PROCESSOR}`);
    case "REQBODY_ERROR":
      return phase === 1 ? zero : field2(`var:${PARSE_ERROR}`);
    case "MULTIPART_STRICT_ERROR":
      return phase === 1 ? zero : field2(`var:${STRICT_ERROR}`);
    // A legitimate request is well-formed.
    case "MULTIPART_UNMATCHED_BOUNDARY":
    case "URLENCODED_ERROR":
    case "INBOUND_DATA_ERROR":
      return zero;
    case "REQUEST_BODY_LENGTH":
      return phase === 1 ? zero : field2("bodyBytes");
    default:
      return null;
  }
}
var zero = [{ kind: "text", text: "0" }];
function field2(name) {
  return [{ kind: "field", field: name }];
}
var MACRO = /%\{([^{}]*)\}/g;
function hasMacro(text2) {
  return text2.search(MACRO) >= 0;
}
function macroVariables(text2) {
  return [...text2.matchAll(MACRO)].flatMap(([, name = ""]) => /^tx[.:]/i.test(name) ? [txName(name.slice(3))] : []);
}
function withMacroValue(text2, value2) {
  const whole2 = text2.replace(/%\{tx[.:][^{}]*\}/i, () => value2);
  return whole2 === text2 || hasMacro(whole2) ? null : whole2;
}
function expandMacros(text2, phase) {
  const parts2 = [];
  let at = 0;
  for (const found of text2.matchAll(MACRO)) {
    if (found.index > at) parts2.push({ kind: "text", text: text2.slice(at, found.index) });
    parts2.push(...macroValue(found[1] ?? "", phase));
    at = found.index + found[0].length;
  }
  if (at < text2.length || parts2.length === 0) parts2.push({ kind: "text", text: text2.slice(at) });
  return parts2;
}
function macroValue(macro, phase) {
  const [collection = "", ...rest] = macro.split(/[.:]/);
  const name = rest.join(".");
  if (/^tx$/i.test(collection)) return field2(`var:${txName(name)}`);
  if (/^request_headers$/i.test(collection) && name !== "") return field2(`header:${name.toLowerCase()}`);
  const value2 = name === "" ? scalarValue(collection.toUpperCase(), phase) : null;
  return value2 ?? [{ kind: "unknown", key: `%{${macro}}` }];
}

// src/formats/waf/modsecurity/actions.ts
var DISRUPTIVE = /* @__PURE__ */ new Set(["allow", "block", "deny", "drop", "pass", "proxy", "redirect"]);
function disruptiveEffect(actions, phase) {
  const named4 = actions.filter((action) => DISRUPTIVE.has(action.name));
  const last = named4.at(-1);
  const acting = last?.name === "block" ? named4.findLast((action) => action.name !== "block") : last;
  switch (acting?.name) {
    case "deny":
      return { kind: "deny", status: statusOf2(actions) ?? 403 };
    case "drop":
      return { kind: "deny", status: "reset" };
    case "redirect": {
      const status = statusOf2(actions) ?? 302;
      const to = expandMacros(acting.value?.value ?? "", phase);
      return { kind: "redirect", status: [301, 302, 303, 307].includes(status) ? status : 302, to };
    }
    case "allow":
      return acting.value?.value.toLowerCase() === "phase" ? { kind: "continue" } : { kind: "accept" };
    default:
      return null;
  }
}
function statusOf2(actions) {
  const status = Number.parseInt(actionValue(actions, "status") ?? "", 10);
  return Number.isNaN(status) ? null : status;
}
function assignmentsOf(actions) {
  return actionValues(actions, "setvar").flatMap((text2) => {
    const found = /^(!?)tx\.([^=]*)(?:=([+-]?)([^]*))?$/i.exec(text2);
    if (found === null) return [];
    const [, unset, name = "", sign3, value2] = found;
    const by = sign3 === "+" ? "add" : sign3 === "-" ? "subtract" : "set";
    const dynamic = hasMacro(name);
    const kept = txName(dynamic ? expandMacros(name.trim(), 2).map((part) => part.kind === "text" ? part.text : "*").join("") : name.trim());
    return [{ name: kept, dynamic, value: unset === "!" ? null : value2 ?? "1", by }];
  });
}
function countersOf(actions) {
  return actionValues(actions, "setvar").flatMap((text2) => {
    const found = /^((?!tx\.)\w+\.[^=]+)=\+/i.exec(text2);
    return found?.[1] === void 0 ? [] : [found[1].toLowerCase()];
  });
}
function assignmentEffect(assignment, phase) {
  const { name, value: value2, by, dynamic } = assignment;
  if (dynamic && by !== "set") return { kind: "set", variable: name, value: [{ kind: "unknown", key: name }] };
  if (by === "set" || value2 === null) return { kind: "set", variable: name, value: expandMacros(value2 ?? "", phase) };
  const amount = expandMacros(value2, phase);
  const add = by === "add" ? amount : [{ kind: "text", text: "-" }, ...amount];
  return { kind: "score", variable: name, add };
}
function readsOf(assignment) {
  return macroVariables(assignment.value ?? "");
}
function controlsOf(actions) {
  return actionValues(actions, "ctl").map((text2) => {
    const at = text2.indexOf("=");
    return at < 0 ? { name: text2.toLowerCase(), value: "" } : { name: text2.slice(0, at).trim().toLowerCase(), value: text2.slice(at + 1).trim() };
  });
}

// src/formats/waf/modsecurity/exclusions.ts
var NAME2 = /^ruleremove(target)?by(id|tag|msg)$/;
function exclusionFlag({ name, value: value2 }) {
  return NAME2.test(name) ? `ctl.${name}=${value2.toLowerCase()}` : null;
}
function exclusionsOf(entries2) {
  const exclusions = /* @__PURE__ */ new Map();
  for (const { rule } of entries2) {
    for (const { actions, span } of [rule, ...rule.links]) {
      for (const control of controlsOf(actions)) {
        const flag = exclusionFlag(control);
        if (flag === null || exclusions.has(flag)) continue;
        const exclusion = exclusionOf(control, flag, span);
        if (exclusion !== null) exclusions.set(flag, exclusion);
      }
    }
  }
  return exclusions;
}
function exclusionOf({ name, value: value2 }, flag, at) {
  const [, target3, by] = NAME2.exec(name) ?? [];
  const [chosen2 = "", ...rest] = value2.split(";");
  const means = chooser({ by: by === "tag" ? "tag" : by === "msg" ? "msg" : "id", text: chosen2.trim() });
  if (target3 === void 0) return { flag, means, target: null, at };
  const text2 = rest.join(";").trim();
  const [variable3] = parseVariables({ file: at.file, value: text2, offsets: Array.from({ length: text2.length + 1 }, () => at.start) }, []);
  return variable3 === void 0 ? null : { flag, means, target: variable3, at };
}
function exclusionsFor(entry2, exclusions) {
  return [...exclusions.values()].filter((exclusion) => exclusion.means(entry2));
}
function happened(exclusion) {
  return test(`var:${exclusion.flag}`, { kind: "present" }, exclusion.at);
}
function wholeRemovals(exclusions) {
  return exclusions.filter((exclusion) => exclusion.target === null).map(happened);
}
function targetExceptions(exclusions, variable3) {
  return exclusions.flatMap((exclusion) => {
    const { target: target3 } = exclusion;
    if (target3 === null || target3.name !== variable3) return [];
    const when = happened(exclusion);
    if (target3.selector === null) return [{ kind: "pattern", pattern: "", when }];
    if (target3.selector.regex) return [{ kind: "pattern", pattern: target3.selector.text, ignoreCase: true, when }];
    return [{ kind: "name", name: target3.selector.text, when }];
  });
}

// src/formats/waf/modsecurity/injection.ts
var WILD = "[`@$#\\[\\]]|--|/\\*|&&|\\|\\|";
var OPERATOR = "[=<>+*/%^|~!&-]|::";
var STATEMENT = "union|uni_on|intersect|except|select|insert|update|create|case|set|raiseerror|waitfor|execute|exec|having|limit|(?:group|order|partition|own3d)\\s+by|begin|call|declare|delete|drop|go|goto|handler|load|print|shutdown|try|use|while|collate|null|unknown|current\\w*|localtime\\w*|into\\s+\\w+file";
var KEYWORD = "abort|accessible|against|all_users|alter|analyze|as|asc|asensitive|at\\s+time|autoincrement|before|blob|both|cascade|change|column|condition|constraint|continue|count_big|cross\\s+join|cursor|databases?|day_\\w+|dec|default|delay|delayed|desc|describe|deterministic|distinct\\w*|each|else|elseif|enclosed|escaped|exit|explain|fetch|for\\s+update|force|foreign|from|full\\s+(?:outer|join)|fulltext|function|grant|high_priority|hour_\\w+|ignore|index|infile|inner|inout|insensitive|interval|into|iterate|join|keys|kill|leading|leave|left\\s+(?:outer|join)|linear|lines|lock\\s+(?:in|tables?)|longblob|longtext|loop|low_priority|master_\\w+|match|maxvalue|medium\\w+|merge|middleint|minute_\\w+|modifies|natural|next\\s+value|notnull|nowait|no_\\w+|offset|one_shot|open|optimize|option|optionally|outfile|precision|previous\\s+value|primary|procedure|purge|range|reads?|read_write|references|release|rename|repeat|replace|require|resignal|restrict|return|revoke|right\\s+(?:outer|join)|schemas?|second_\\w+|sensitive|separator|signal|similar|spatial|specific|sql\\w*|ssl|starting|straight_join|sys\\w+|terminated|then|time|tiny\\w+|top|trigger|undo|unlock|unsigned|usage|utc_\\w+|values|varbinary|varcharacter|varying|wait|when|where|with\\s+rollup|xp_\\w+|year_month|zerofill";
var LOGIC = "and|or|xor";
var COMPARISON = "is|not|like|between|div|mod|regexp|rlike|sounds|eqv|uescape|similar";
var FUNCTION = "abs|any|ascii|avg|bin|cast|ceil\\w*|char|coalesce|concat|convert|count|cos|cot|cross|date|day|degrees|elt|exists|exp|export|field|find|first|floor|format|hex|hour|if|insert|instr|interval|last\\w*|left|length|ln|locate|log|lower|lpad|ltrim|max|md5|mid|min|minute|month|name|now|oct|ord|password|pi|pow\\w*|quarter|quote|radians|rand|repeat|replace|reverse|right|round|row|rpad|rtrim|second|sha|sign|sin|sleep|some|soundex|space|sqrt|strcmp|substr\\w*|sum|tan|timestamp|trim|truncate|upper|user|uuid|variance|version|week|weekday|year";
function words2(...lists2) {
  return `\\b(?:${lists2.join("|")})\\b`;
}
function matches2(...parts2) {
  return { kind: "matches", pattern: `(?i)${parts2.join("|")}`, dotAll: true };
}
var beyondArithmetic = matches2(WILD, `['"()]`, words2(STATEMENT, KEYWORD, LOGIC));
var beyondQuotedProse = matches2(WILD, "[();]", OPERATOR, words2(STATEMENT, LOGIC, COMPARISON));
var beyondProse = matches2(WILD, `['"();0-9]`, OPERATOR, words2(STATEMENT, KEYWORD, COMPARISON, FUNCTION, "true|false"));
var browser = { kind: "matches", pattern: "^Mozilla/5\\.0 \\([^'\"`]*$" };
var doubtfulSql = [
  { operator: beyondArithmetic },
  { operator: beyondQuotedProse },
  { operator: beyondProse },
  { operator: browser, negated: true }
];
var SCRIPT_TAG = "applet|base|comment|embed|frame|handler|iframe|import|isindex|link|listener|meta|noscript|object|script|style|svg|vmlframe|xml|xsl|xss";
var ATTRIBUTE_START = "(?:^|[\\s/\"'`\\x00])";
var URL_ATTRIBUTE = "action|by|background|dynsrc|formaction|folder|from|handler|href|lowsrc|poster|src|to|values";
var doubtfulScript = [
  {
    operator: matches2(
      "\\x00",
      "<!doctype",
      `</?(?:${SCRIPT_TAG})`,
      "<(?:!(?:--)?|\\?|%|/[^a-z>]?)(?:\\[if|xml|import|entity)",
      "</`",
      "<(?:[!?%]|/[^a-z>]).*`",
      `${ATTRIBUTE_START}(?:on[^\\s/=>]{3,}|xmlns[^\\s/=>]*|xlink[^\\s/=>]*|dataformatas|datasrc|filter|style|attributename)\\s*=`,
      `${ATTRIBUTE_START}(?:${URL_ATTRIBUTE})\\s*=\\s*["'\`]?[\\x00-\\x20\\x7f-\\xff]*[&djv]`
    )
  }
];

// src/formats/waf/modsecurity/operators.ts
var NUMBERS = { eq: "=", ge: ">=", gt: ">", le: "<=", lt: "<" };
var TEXTS = {
  streq: "equals",
  contains: "contains",
  strmatch: "contains",
  beginswith: "startsWith",
  endswith: "endsWith",
  within: "within"
};
var RX = { dotAll: true, dollarEndOnly: true };
function lowerOperator(operator, phase, read2) {
  const { name } = operator;
  const argument2 = operator.argument.value;
  if (name in NUMBERS) return number(name, argument2, phase);
  if (name in TEXTS) {
    const kind = TEXTS[name];
    return { kind: "operator", operator: { kind, value: expandMacros(name === "within" ? argument2 : argument2.trim(), phase) } };
  }
  switch (name) {
    case "rx":
      return pattern3(argument2);
    case "containsword":
      return matches3(`\\b${escaped(argument2.trim())}\\b`);
    case "pm":
      return phrases(argument2.trim().split(/\s+/).map(withoutHex));
    case "pmf":
    case "pmfromfile":
      return fromFiles(argument2, read2, phrases);
    case "ipmatch":
      return networks(argument2.split(/[\s,]+/));
    case "ipmatchf":
    case "ipmatchfromfile":
      return fromFiles(argument2, read2, networks);
    case "validatebyterange":
      return outsideRange(argument2);
    case "validateurlencoding":
      return matches3("%(?![0-9A-Fa-f]{2})");
    case "validateutf8encoding":
      return matches3("�", []);
    case "unconditionalmatch":
      return { kind: "always" };
    case "nomatch":
      return { kind: "never" };
    case "detectsqli":
      return { kind: "unknown", why: "what libinjection makes of the text", shared: true, only: doubtfulSql };
    case "detectxss":
      return { kind: "unknown", why: "what libinjection makes of the text", shared: true, only: doubtfulScript };
    default:
      return { kind: "unknown", why: `the operator @${name}` };
  }
}
function number(name, argument2, phase) {
  return { kind: "operator", operator: { kind: "number", is: NUMBERS[name], value: expandMacros(argument2.trim(), phase) } };
}
function pattern3(argument2) {
  if (hasMacro(argument2)) return { kind: "unknown", why: `the pattern \`${argument2}\`, put together while the server runs` };
  const bytes = utf8Bytes(argument2);
  const compiled2 = compilePattern(bytes, RX);
  if (!compiled2.ok) return { kind: "unknown", why: `a pattern that could not be read: ${compiled2.why}` };
  return matches3(bytes);
}
function utf8Bytes(text2) {
  return Buffer.from(text2, "utf8").toString("latin1");
}
function matches3(text2, transforms = ["utf8Bytes"]) {
  return { kind: "operator", operator: { kind: "matches", pattern: text2, ...RX }, transforms };
}
function escaped(text2) {
  return utf8Bytes(text2).replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
function withoutHex(phrase) {
  return phrase.replace(/\|((?:[0-9a-f]{2}\s*)+)\|/gi, (_, hex) => Buffer.from(hex.replace(/\s/g, ""), "hex").toString("utf8"));
}
function phrases(list2) {
  const values = [...new Set(list2.map((phrase) => phrase.toLowerCase()).filter(Boolean))];
  return { kind: "operator", operator: { kind: "containsAny", values }, transforms: ["lowercase"] };
}
function networks(list2) {
  return { kind: "operator", operator: { kind: "inNetwork", blocks: list2.filter(Boolean) } };
}
function fromFiles(argument2, read2, build3) {
  const lines = [];
  for (const name of argument2.trim().split(/\s+/)) {
    const text2 = read2(name);
    if (text2 === null) return { kind: "unknown", why: "the lines of data files that are not here", shared: true };
    lines.push(...text2.split("\n").map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#")));
  }
  return build3(lines);
}
function outsideRange(argument2) {
  const ranges = argument2.split(",").map((range) => range.trim().split("-").map(Number));
  if (ranges.some((range) => range.some((byte) => !Number.isInteger(byte) || byte < 0 || byte > 255))) {
    return { kind: "unknown", why: `the byte range \`${argument2}\`` };
  }
  const hex = (byte) => `\\x${byte.toString(16).padStart(2, "0")}`;
  return matches3(`[^${ranges.map(([low = 0, high = low]) => `${hex(low)}-${hex(high)}`).join("")}]`);
}

// src/formats/waf/modsecurity/targets.ts
var BODY_ARGUMENTS = { URLENCODED: "formArguments", JSON: "jsonArguments", MULTIPART: "multipartArguments" };
var FAMILIES = {
  ARGS: { part: "values", plain: ["queryArguments"], body: BODY_ARGUMENTS },
  ARGS_NAMES: { part: "names", plain: ["queryArguments"], body: BODY_ARGUMENTS },
  ARGS_GET: { part: "values", plain: ["queryArguments"], body: {} },
  ARGS_GET_NAMES: { part: "names", plain: ["queryArguments"], body: {} },
  ARGS_POST: { part: "values", plain: [], body: BODY_ARGUMENTS },
  ARGS_POST_NAMES: { part: "names", plain: [], body: BODY_ARGUMENTS },
  REQUEST_HEADERS: { part: "values", plain: ["headers"], body: {} },
  REQUEST_HEADERS_NAMES: { part: "names", plain: ["headers"], body: {} },
  REQUEST_COOKIES: { part: "values", plain: ["cookies"], body: {} },
  REQUEST_COOKIES_NAMES: { part: "names", plain: ["cookies"], body: {} },
  FILES: { part: "values", plain: [], body: { MULTIPART: "multipartFiles" } },
  MULTIPART_FILENAME: { part: "values", plain: [], body: { MULTIPART: "multipartFiles" } },
  FILES_NAMES: { part: "names", plain: [], body: { MULTIPART: "multipartFiles" } },
  MULTIPART_PART_HEADERS: { part: "values", plain: [], body: { MULTIPART: "multipartHeaders" } }
};
var PERSISTENT = /* @__PURE__ */ new Set(["IP", "SESSION", "USER", "GLOBAL", "RESOURCE"]);
var NEEDS_FILES = /* @__PURE__ */ new Set(["FILES_SIZES", "FILES_COMBINED_SIZE", "FILES_TMPNAMES", "FILES_TMP_CONTENT", "MULTIPART_NAME"]);
function targetsOf(variables, context) {
  const removed = variables.filter((variable3) => variable3.mode === "remove");
  return variables.filter((variable3) => variable3.mode !== "remove").flatMap((variable3) => {
    const same2 = removed.filter((other) => other.name === variable3.name);
    if (same2.some((other) => other.selector === null || sameSelector(other, variable3))) return [];
    const except = same2.flatMap((other) => selectorOf2(other) ?? []);
    return targetOf4(variable3, [...except, ...context.exceptions(variable3.name)], context);
  });
}
function sameSelector(a, b) {
  return a.selector !== null && !a.selector.regex && a.selector.text.toLowerCase() === b.selector?.text.toLowerCase();
}
function selectorOf2(variable3) {
  const { selector } = variable3;
  if (selector === null) return null;
  return selector.regex ? { kind: "pattern", pattern: selector.text, ignoreCase: true } : { kind: "name", name: selector.text };
}
function targetOf4(variable3, except, context) {
  const { name, span: at } = variable3;
  if (name === "TX") return txTargets(variable3, context);
  if (PERSISTENT.has(name) && !context.counters.has(`${name}.${variable3.selector?.text ?? ""}`.toLowerCase())) {
    return variable3.mode === "count" ? [{ kind: "counted", present: never, at }] : [];
  }
  if (name === "XML") return xmlTargets(variable3, except, context);
  const family = FAMILIES[name];
  if (family !== void 0) return familyTargets(variable3, family, except, context);
  const whole2 = except.map((exception) => exception.when).filter((when2) => when2 !== void 0);
  const when = whole2.length === 0 ? null : not(any(...whole2));
  if (name === "REQUEST_BODY") return bodyText(variable3, when, context);
  const value2 = scalarValue(name, context.phase);
  if (value2 !== null && variable3.mode === "count") return [{ kind: "counted", present: all(), at }];
  if (value2 !== null) return [{ kind: "subject", subject: { kind: "text", of: value2 }, when, at }];
  return [{ kind: "unknown", name, when: NEEDS_FILES.has(name) ? bodyIs("MULTIPART", context, at) : when, at }];
}
function bodyIs(processor, context, at) {
  if (context.phase === 1) return never;
  return all(context.body, test(`var:${PROCESSOR}`, { kind: "in", values: [processor] }, at));
}
function familyTargets(variable3, family, except, context) {
  const only = selectorOf2(variable3);
  const at = variable3.span;
  const subject2 = (from) => ({
    kind: "entries",
    from,
    part: variable3.mode === "count" ? "count" : family.part,
    ...only === null ? {} : { only: [only] },
    ...except.length === 0 ? {} : { except }
  });
  const bodies = Object.entries(family.body).map(([processor, collection]) => ({ when: bodyIs(processor, context, at), collection }));
  const target3 = (from, when) => ({ kind: "subject", subject: subject2(from), when, at });
  if (variable3.mode === "count") {
    const counted = bodies.map(({ when, collection }) => target3([...family.plain, collection], when));
    return [...counted, target3(family.plain, bodies.length === 0 ? null : not(any(...bodies.map(({ when }) => when))))];
  }
  if (variable3.name === "REQUEST_HEADERS" && only?.kind === "name" && except.length === 0) {
    return [{ kind: "subject", subject: { kind: "field", field: `header:${only.name.toLowerCase()}` }, when: null, at }];
  }
  const inBody = bodies.map(({ when, collection }) => target3([collection], when));
  return family.plain.length === 0 ? inBody : [target3(family.plain, null), ...inBody];
}
function xmlTargets(variable3, except, context) {
  const at = variable3.span;
  const path = variable3.selector?.text ?? "";
  const when = bodyIs("XML", context, at);
  const from = path === "/*" ? "xmlText" : path === "//@*" ? "xmlAttributes" : null;
  if (from === null) return [{ kind: "unknown", name: `XML:${path}`, when, at }];
  const excepted = except.length === 0 ? {} : { except };
  return [{ kind: "subject", subject: { kind: "entries", from: [from], part: variable3.mode === "count" ? "count" : "values", ...excepted }, when, at }];
}
function bodyText(variable3, when, context) {
  const at = variable3.span;
  if (context.phase === 1) return [];
  const processorIs = (value2) => test(`var:${PROCESSOR}`, { kind: "in", values: [value2] }, at);
  const forced = all(processorIs(""), test(`var:${FORCE_BODY}`, { kind: "present" }, at));
  const there = all(context.body, any(processorIs("URLENCODED"), forced), ...when === null ? [] : [when]);
  if (variable3.mode === "count") return [{ kind: "counted", present: there, at }];
  return [{ kind: "subject", subject: { kind: "field", field: "body" }, when: there, at }];
}
function txTargets(variable3, context) {
  const at = variable3.span;
  const selector = selectorOf2(variable3);
  const names = selector?.kind === "name" ? [txName(selector.name)] : [...context.knownTx].filter((name) => selector === null || selects(selector, name.slice(3)) === true);
  if (variable3.mode === "count") {
    const present = any(...names.map((name) => test(`var:${name}`, { kind: "present" }, at)));
    return [{ kind: "counted", present, at }];
  }
  return names.map((name) => ({ kind: "subject", subject: { kind: "field", field: `var:${name}` }, when: null, at }));
}

// src/formats/waf/modsecurity/transforms.ts
var SPELLINGS = Object.fromEntries(
  [
    "lowercase",
    "uppercase",
    "trim",
    "trimLeft",
    "trimRight",
    "length",
    "urlDecode",
    "urlDecodeUni",
    "htmlEntityDecode",
    "jsDecode",
    "cssDecode",
    "cmdLine",
    "removeNulls",
    "replaceNulls",
    "removeWhitespace",
    "compressWhitespace",
    "removeComments",
    "replaceComments",
    "removeCommentsChar",
    "normalizePath",
    "normalizePathWin",
    "utf8toUnicode",
    "escapeSeqDecode",
    "base64Decode",
    "base64Encode",
    "hexDecode",
    "hexEncode",
    "sha1",
    "md5"
  ].map((name) => [name.toLowerCase(), name])
);
var ALIASES = {
  normalisepath: "normalizePath",
  normalisepathwin: "normalizePathWin",
  base64decodeext: "base64Decode",
  urldecodeunicode: "urlDecodeUni"
};
function transformsOf(actions) {
  let transforms = [];
  let unknown4 = null;
  for (const name of actionValues(actions, "t").map((value2) => value2.toLowerCase())) {
    const known3 = SPELLINGS[name] ?? ALIASES[name];
    if (name === "none") {
      transforms = [];
      unknown4 = null;
    } else if (known3 !== void 0 && isTransform(known3)) transforms.push(known3);
    else unknown4 ??= name;
  }
  return { transforms, unknown: unknown4 };
}

// src/formats/waf/modsecurity/conditions.ts
function linkCondition(link2, next, context) {
  const { operator } = link2.rule;
  if (operator === null) return always;
  const also = next.map((one) => furtherOf(one, context));
  const open = also.filter((one) => "kind" in one);
  const further = also.filter((one) => !("kind" in one));
  const targets2 = targetsOf(link2.variables, context);
  const matched = versionsOf(operator, context).map(({ when, operator: version2 }) => {
    const question = { ...link2, operator: version2, lowered: lowerOperator(version2, context.phase, context.read) };
    return all(when, any(...targets2.map((target3) => targetCondition(target3, question, further, context))));
  });
  return all(any(...matched), ...open);
}
function versionsOf(operator, context) {
  const plain = [{ when: always, operator }];
  const { argument: argument2 } = operator;
  const [name] = macroVariables(argument2.value);
  const values = operator.name === "rx" && name !== void 0 ? context.literalsOf(name) : null;
  if (name === void 0 || values === null || values.length > MOST_VERSIONS) return plain;
  return values.flatMap((value2) => {
    const whole2 = withMacroValue(argument2.value, value2);
    if (whole2 === null) return plain;
    const when = test(`var:${name}`, { kind: "in", values: [value2] }, operator.span);
    return [{ when, operator: { ...operator, argument: { ...argument2, value: whole2 } } }];
  });
}
var MOST_VERSIONS = 8;
function looksAtMatched(link2) {
  const named4 = link2.variables.filter((variable3) => variable3.mode !== "remove");
  return named4.length > 0 && named4.every((variable3) => /^MATCHED_VARS?$/.test(variable3.name) && variable3.mode === "add");
}
function unknown3(why, link2, context, shared = false) {
  return { kind: "unknown", key: shared ? why : `rule ${context.rule}: ${why}`, why, reads: "anything", at: link2.rule.operator?.span ?? link2.rule.span };
}
function furtherOf(link2, context) {
  const { operator } = link2.rule;
  const { transforms, unknown: strange } = transformsOf(link2.actions);
  if (operator === null) return always;
  if (strange !== null) return unknown3(`the transformation t:${strange}`, link2, context);
  const lowered = lowerOperator(operator, context.phase, context.read);
  if (lowered.kind === "unknown") return unknown3(lowered.why, link2, context, lowered.shared);
  if (lowered.kind !== "operator") return lowered.kind === "always" === operator.negated ? never : always;
  const { operator: by } = lowered;
  return { transforms: [...transforms, ...lowered.transforms ?? []], operator: withCaptures(by, link2, context), negated: operator.negated };
}
function withCaptures(operator, link2, context) {
  const captures = operator.kind === "matches" && context.captures && link2.actions.some((action) => action.name === "capture");
  return captures ? { ...operator, captures: "tx." } : operator;
}
function targetCondition(target3, question, also, context) {
  const { operator, lowered } = question;
  if (target3.kind === "counted") return countCondition(target3, question, context);
  const when = target3.when ?? always;
  if (lowered.kind === "never" && !operator.negated) return never;
  if (target3.kind === "unknown") {
    const asked = `${target3.name} ${operator.negated ? "!" : ""}@${operator.name} ${operator.argument.value}`;
    return all(when, unknown3(asked, question, context));
  }
  return all(when, subjectCondition(target3.subject, question, also, context));
}
function subjectCondition(subject2, question, also, context) {
  const { operator, lowered, actions } = question;
  const { transforms, unknown: strange } = transformsOf(actions);
  if (strange !== null) return unknown3(`the transformation t:${strange}`, question, context);
  const ask2 = (by, added2 = [], negated2 = operator.negated, further = also) => ({
    kind: "test",
    subject: subject2,
    ...transforms.length + added2.length === 0 ? {} : { transforms: [...transforms, ...added2] },
    ...actions.some((action) => action.name === "multimatch") ? { eachTransform: true } : {},
    operator: withCaptures(by, question, context),
    ...negated2 ? { negated: negated2 } : {},
    ...further.length === 0 ? {} : { also: further },
    at: operator.span
  });
  if (lowered.kind === "operator") return ask2(lowered.operator, lowered.transforms);
  if (lowered.kind === "unknown") {
    const open = unknown3(lowered.why, question, context, lowered.shared);
    if (lowered.only === void 0 || operator.negated) return open;
    const [first, ...rest] = lowered.only;
    return all(ask2(first.operator, ["utf8Bytes"], first.negated, [...also, ...rest]), open);
  }
  return lowered.kind === "always" === operator.negated ? never : ask2({ kind: "present" }, [], false);
}
function countCondition(target3, question, context) {
  const { operator, lowered, variables } = question;
  const one = holdsFor(1, lowered);
  const none2 = holdsFor(0, lowered);
  if (one === null || none2 === null) return unknown3(`a count of ${variables.map((variable3) => variable3.name).join(", ")}`, question, context);
  const ifSet = one !== operator.negated;
  const ifUnset = none2 !== operator.negated;
  if (ifSet === ifUnset) return ifSet ? always : never;
  return ifSet ? target3.present : not(target3.present);
}
function holdsFor(count, lowered) {
  if (lowered.kind === "always" || lowered.kind === "never") return lowered.kind === "always";
  if (lowered.kind === "unknown") return null;
  const operator = lowered.operator;
  if (operator.kind === "equals") return literal(operator.value) === String(count);
  const limit = operator.kind === "number" ? literal(operator.value) : null;
  if (operator.kind !== "number" || limit === null) return null;
  const number2 = Number.parseInt(limit, 10) || 0;
  const comparisons = { "=": count === number2, "<": count < number2, "<=": count <= number2, ">": count > number2, ">=": count >= number2 };
  return comparisons[operator.is];
}

// src/formats/waf/modsecurity/reason.ts
var SCALARS = {
  REQUEST_METHOD: "method",
  REMOTE_ADDR: "address-list",
  REMOTE_HOST: "address-list",
  GEO: "address-list",
  REQUEST_BODY_LENGTH: "body-size",
  FILES_COMBINED_SIZE: "body-size",
  ARGS_COMBINED_SIZE: "body-size",
  REQBODY_ERROR: "protocol",
  MULTIPART_STRICT_ERROR: "protocol",
  MULTIPART_UNMATCHED_BOUNDARY: "protocol",
  REQUEST_PROTOCOL: "protocol",
  IP: "rate"
};
var HEADERS2 = {
  "content-type": "content-type",
  "content-length": "body-size",
  origin: "cross-site",
  referer: "cross-site",
  "user-agent": "client-software"
};
function reasonOf5(rule) {
  for (const { variables } of [rule, ...rule.links]) {
    for (const { name, selector, mode } of variables) {
      if (mode === "remove") continue;
      const reason = name === "REQUEST_HEADERS" ? HEADERS2[selector?.text.toLowerCase() ?? ""] : SCALARS[name];
      if (reason !== void 0) return narrowed(reason, rule);
    }
  }
  return "waf-match";
}
function narrowed(reason, rule) {
  const contents = [rule, ...rule.links].some(({ variables }) => variables.some(({ name }) => /^(?:ARGS|REQUEST_BODY$|XML|FILES)/.test(name)));
  return contents && reason !== "rate" ? "waf-match" : reason;
}

// src/formats/waf/modsecurity/gates.ts
function lowerRule(entry2, lowering) {
  const links2 = linksOf(entry2);
  const exclusions = exclusionsFor(entry2, lowering.exclusions);
  const context = {
    phase: entry2.phase,
    body: lowering.body,
    exceptions: (variable3) => targetExceptions(exclusions, variable3),
    knownTx: lowering.knownTx,
    counters: lowering.counters,
    literalsOf: lowering.literalsOf,
    rule: nameOf3(entry2),
    captures: [...lowering.live].some((name) => /^tx\.\d$/.test(name)),
    read: lowering.readFor(entry2)
  };
  const steps = stepsOf(entry2, links2, lowering);
  if (steps.length === 0) return { why: whyNothing(entry2) };
  const here = all(entry2.when, ...wholeRemovals(exclusions).map(not));
  const conditions = linkConditions(links2, context);
  const when = (count) => all(here, ...conditions.slice(0, count));
  if (isNever(when(1))) return { why: "never matches" };
  return { gates: gatesOf5(entry2, steps, when, conditions) };
}
function linksOf(entry2) {
  const [first, ...rest] = [entry2.rule, ...entry2.rule.links];
  const started = { rule: first ?? entry2.rule, variables: [...first?.variables ?? [], ...entry2.extra], actions: entry2.actions };
  return [started, ...rest.map((rule) => ({ rule, variables: rule.variables, actions: rule.actions }))];
}
function nameOf3(entry2) {
  return entry2.id === null ? `at offset ${entry2.rule.span.start}` : String(entry2.id);
}
function linkConditions(links2, context) {
  return links2.map((link2, index2) => {
    if (index2 > 0 && looksAtMatched(link2)) return always;
    let end = index2 + 1;
    while (end < links2.length && looksAtMatched(links2[end] ?? link2)) end += 1;
    return linkCondition(link2, links2.slice(index2 + 1, end), context);
  });
}
function stepsOf(entry2, links2, lowering) {
  const reason = reasonOf5(entry2.rule);
  const acting = disruptiveEffect(entry2.actions, entry2.phase);
  const stops2 = acting !== null && (acting.kind === "deny" || acting.kind === "redirect");
  const set2 = links2.flatMap((link2, index2) => linkSteps(link2, index2 + 1, entry2.phase, reason, lowering));
  const ends = stops2 && lowering.enforcing === always;
  const steps = set2.filter((step2) => !ends || step2.links < links2.length);
  const last = (effect) => ({ links: links2.length, effect, reason: stops2 ? reason : "none" });
  if (acting?.kind === "accept" && entry2.phase === 1) steps.push(last(setText(ALLOWED, "1")), last({ kind: "continue" }));
  else if (acting !== null && !(stops2 && isNever(lowering.enforcing))) steps.push(last(acting));
  const jump3 = lowering.jumpOf(entry2);
  if (jump3 !== null && !stops2) steps.push(last({ kind: "jump", to: jump3 }));
  return steps;
}
function setText(variable3, value2) {
  return { kind: "set", variable: variable3, value: [{ kind: "text", text: value2 }] };
}
function linkSteps(link2, links2, phase, reason, lowering) {
  const assignments = assignmentsOf(link2.actions).filter(({ name }) => lowering.live.has(name));
  const set2 = assignments.map((assignment) => {
    const effect = assignmentEffect(assignment, phase);
    return { links: links2, effect, reason: effect.kind === "score" ? reason : "none" };
  });
  const controlled = controlsOf(link2.actions).flatMap((control) => {
    const effect = controlEffect(control, lowering);
    return effect === null ? [] : [{ links: links2, effect, reason: "none" }];
  });
  return [...set2, ...controlled];
}
function controlEffect(control, lowering) {
  const value2 = control.value.toLowerCase();
  const flag = exclusionFlag(control);
  if (flag !== null) return lowering.exclusions.has(flag) ? setText(flag, "1") : null;
  switch (control.name) {
    case "ruleengine":
      return value2 === "off" ? { kind: "accept" } : setText(ENGINE, value2);
    case "requestbodyprocessor":
      return setText(PROCESSOR, control.value.toUpperCase());
    case "forcerequestbodyvariable":
      return value2 === "on" ? setText(FORCE_BODY, "on") : null;
    case "requestbodyaccess":
      return setText(BODY_OFF, value2);
    default:
      return null;
  }
}
function whyNothing(entry2) {
  const proxied = entry2.actions.some((action) => action.name === "proxy");
  return proxied ? "hands the request to another server" : "only logs, or sets what no rule reads";
}
function gatesOf5(entry2, steps, when, conditions) {
  const because2 = evidenceOf2(entry2);
  const counts2 = new Set(steps.map((step2) => step2.links));
  const gates = [];
  for (const count of counts2) {
    const same2 = steps.filter((step2) => step2.links === count);
    const flag = `rule.${nameOf3(entry2)}.${count}`;
    const flagged = test(`var:${flag}`, { kind: "present" }, entry2.rule.span);
    const shared = same2.length > 1;
    if (shared) gates.push({ when: when(count), effect: setText(flag, "1"), because: because2, reason: "none" });
    for (const { effect, reason } of same2) {
      const times = conditions[count - 1];
      const counted = effect.kind === "score" && times !== void 0 && times !== always ? { ...effect, times } : effect;
      gates.push({ when: shared ? flagged : when(count), effect: counted, because: because2, reason });
    }
  }
  return gates;
}
function evidenceOf2(entry2) {
  const message = actionValue(entry2.rule.actions, "msg");
  const name = entry2.id === null ? "a rule without an id" : `rule ${entry2.id}`;
  const links2 = entry2.rule.links.map((link2) => ({ at: link2.span, note: "must match too" }));
  return [{ at: entry2.rule.span, note: message === null ? name : `${name}: ${message}` }, ...links2];
}
function guarded3(gate3, enforcing) {
  const refuses = gate3.effect.kind === "deny" || gate3.effect.kind === "redirect";
  return refuses ? { ...gate3, when: all(enforcing, gate3.when) } : gate3;
}

// src/formats/waf/modsecurity/limits.ts
var DEFAULT_LIMIT3 = 134217728;
var DEFAULT_NO_FILES_LIMIT = 1048576;
function limitGates2(configuration, enforcing) {
  const { bodyLimit, noFilesLimit, limitAction, bodyAccess } = configuration;
  const somewhere = bodyAccess?.at ?? bodyLimit?.at ?? noFilesLimit?.at;
  if (isNever(enforcing) || somewhere === void 0) return [];
  const whole2 = bodyLimit?.value ?? DEFAULT_LIMIT3;
  const withoutFiles = noFilesLimit?.value ?? DEFAULT_NO_FILES_LIMIT;
  const rejects = limitAction?.value !== "processpartial";
  const gates = [];
  if (rejects) gates.push(limitGate(enforcing, ">", whole2, bodyLimit?.at ?? somewhere, "the limit of request bodies"));
  if (rejects || withoutFiles <= whole2) {
    const at = noFilesLimit?.at ?? somewhere;
    const parsed = any(test(`var:${PROCESSOR}`, { kind: "in", values: ["URLENCODED", "JSON", "XML"] }, at), test(`var:${FORCE_BODY}`, { kind: "present" }, at));
    gates.push(limitGate(all(enforcing, parsed), ">=", withoutFiles, at, "the limit of request bodies without files"));
  }
  return gates;
}
function limitGate(when, is, limit, at, name) {
  return {
    when: all(when, test("bodyBytes", { kind: "number", is, value: text(String(limit)) }, at)),
    effect: { kind: "deny", status: 413 },
    because: [{ at, note: `${name} is ${limit} bytes` }],
    reason: "body-size"
  };
}

// src/formats/waf/modsecurity/lower.ts
function lower4(configuration, at, readFor) {
  const ignored = [...configuration.ignored];
  const missing = [...configuration.missing];
  const rules2 = decidingRules(configuration, ignored);
  const controls = rules2.flatMap((entry2) => linksOf2(entry2).flatMap((rule) => controlsOf(rule.actions)));
  const assigned = rules2.flatMap((entry2) => linksOf2(entry2).flatMap((rule) => assignmentsOf(rule.actions)));
  const controlled = (name, value2) => controls.some((control) => control.name === name && control.value.toLowerCase() === value2);
  const places = configuration.enginePlaces;
  const enforcing = enforcingCondition(configuration, (value2) => controlled("ruleengine", value2) || places.some((place2) => place2.engine === value2), at);
  const body = bodyCondition(configuration, (value2) => controlled("requestbodyaccess", value2), at);
  const jumps = jumpsOf(configuration.entries);
  const lowering = {
    body,
    enforcing,
    exclusions: exclusionsOf(rules2),
    live: liveVariables(rules2),
    knownTx: new Set(assigned.map(({ name }) => name)),
    counters: new Set(configuration.entries.flatMap((entry2) => entry2.kind === "rule" ? linksOf2(entry2).flatMap((rule) => countersOf(rule.actions)) : [])),
    literalsOf: (name) => literalsAssigned(assigned, name),
    readFor,
    jumpOf: (entry2) => jumps.get(entry2) ?? null
  };
  if (configuration.engine === null) missing.push({ at, note: "the files do not say whether the rule engine is on; it is taken to be" });
  const setUp = setUpVersion(rules2, at, missing);
  const phase = (number2) => phaseGates(configuration.entries, number2, lowering, new Set(jumps.values()), ignored);
  const silent = isNever(enforcing);
  if (silent) ignored.push({ at: configuration.engine?.at ?? at, note: "the rule engine is not on, so no rule refuses anything" });
  const chains = silent ? [] : [
    { name: "phase 1", gates: phase(1) },
    { name: "request body", gates: limitGates2(configuration, body) },
    { name: "phase 2", gates: [...allowedGates(rules2), ...placeGates(configuration), ...phase(2)] }
  ];
  return {
    format: "modsecurity",
    layer: "waf",
    at,
    stages: { main: [{ name: "all requests", when: always, chains, handler: "next", at }] },
    entry: "main",
    definitions: { ...definitionsOf(configuration, body, at), ...setUp },
    reroutes: { limit: 0, status: 500 },
    ignored,
    missing
  };
}
function linksOf2(entry2) {
  return [entry2.rule, ...entry2.rule.links];
}
function literalsAssigned(assigned, name) {
  const values = assigned.filter((assignment) => assignment.name === name);
  const literal2 = values.every(({ by, value: value2 }) => by === "set" && value2 !== null && !hasMacro(value2));
  return literal2 && values.length > 0 ? [...new Set(values.map(({ value: value2 }) => value2 ?? ""))] : null;
}
function decidingRules(configuration, ignored) {
  return configuration.entries.filter((entry2) => entry2.kind === "rule").filter((entry2) => {
    const why = entry2.removed !== null ? "is removed later" : entry2.phase > 2 ? "acts on the response or only logs" : null;
    if (why !== null) ignored.push({ at: entry2.rule.span, note: why });
    return why === null;
  });
}
function enforcingCondition(configuration, changes, at) {
  const on = configuration.engine === null || configuration.engine.value === "on";
  if (on) return changes("detectiononly") ? not(test(`var:${ENGINE}`, { kind: "in", values: ["detectiononly"] }, at)) : always;
  return changes("on") ? test(`var:${ENGINE}`, { kind: "in", values: ["on"] }, at) : never;
}
function bodyCondition(configuration, changes, at) {
  const on = configuration.bodyAccess === null ? configuration.engine === null : configuration.bodyAccess.value === "on";
  if (on) return changes("off") ? not(test(`var:${BODY_OFF}`, { kind: "in", values: ["off"] }, at)) : always;
  return changes("on") ? test(`var:${BODY_OFF}`, { kind: "in", values: ["on"] }, at) : never;
}
function placeGates(configuration) {
  return configuration.enginePlaces.map(({ when, engine, at }) => ({
    when,
    effect: engine === "off" ? { kind: "accept" } : { kind: "set", variable: ENGINE, value: text(engine) },
    because: [{ at, note: "sets the rule engine for its section" }],
    reason: "none"
  }));
}
function allowedGates(rules2) {
  const allowing = rules2.find((entry2) => entry2.phase === 1 && disruptiveEffect(entry2.actions, 1)?.kind === "accept");
  if (allowing === void 0) return [];
  const at = allowing.rule.span;
  return [{ when: test(`var:${ALLOWED}`, { kind: "present" }, at), effect: { kind: "accept" }, because: [{ at, note: "an earlier rule allowed the request" }], reason: "none" }];
}
function liveVariables(rules2) {
  const links2 = rules2.flatMap(linksOf2);
  const set2 = links2.flatMap((rule) => assignmentsOf(rule.actions));
  const live = /* @__PURE__ */ new Set();
  for (const { variables, operator } of links2) {
    for (const name of macroVariables(operator?.argument.value ?? "")) live.add(name);
    for (const { name, selector } of variables.filter((variable3) => variable3.name === "TX")) {
      if (selector !== null && !selector.regex) live.add(txName(selector.text));
      const chosen2 = set2.filter((one) => selector === null || selector.regex && selects({ kind: "pattern", pattern: selector.text }, one.name.slice(3)) === true);
      if (name === "TX") for (const one of chosen2) live.add(one.name);
    }
  }
  for (let size2 = -1; size2 !== live.size; ) {
    size2 = live.size;
    for (const one of set2) if (live.has(one.name)) for (const name of readsOf(one)) live.add(name);
  }
  return live;
}
function jumpsOf(entries2) {
  const jumps = /* @__PURE__ */ new Map();
  entries2.forEach((entry2, index2) => {
    if (entry2.kind !== "rule") return;
    const after = actionValue(entry2.actions, "skipafter");
    const count = Number.parseInt(actionValue(entry2.actions, "skip") ?? "", 10);
    if (after !== null) jumps.set(entry2, labelAfter(entries2, index2, after));
    else if (count > 0) jumps.set(entry2, labelPast(entries2, index2, count));
  });
  return jumps;
}
function labelAfter(entries2, from, name) {
  const found = entries2.findIndex((entry2, index2) => index2 > from && (entry2.kind === "marker" ? entry2.name === name : String(entry2.id) === name));
  return found < 0 ? "end" : labelOf(found + 1);
}
function labelPast(entries2, from, count) {
  const { phase } = entries2[from];
  let left = count;
  const found = entries2.findIndex((entry2, index2) => index2 > from && entry2.kind === "rule" && entry2.phase === phase && left-- === 0);
  return found < 0 ? "end" : labelOf(found);
}
function labelOf(index2) {
  return `entry ${index2}`;
}
function phaseGates(entries2, phase, lowering, labels, ignored) {
  const gates = [];
  entries2.forEach((entry2, index2) => {
    const at = entry2.kind === "rule" ? entry2.rule.span : entry2.at;
    const label2 = labelOf(index2);
    if (labels.has(label2)) gates.push({ when: never, effect: { kind: "jump", to: label2 }, because: [{ at, note: "where a skip leads" }], reason: "none", label: label2 });
    if (entry2.kind !== "rule" || entry2.phase !== phase || entry2.removed !== null) return;
    const lowered = lowerRule(entry2, lowering);
    if ("why" in lowered) ignored.push({ at, note: lowered.why });
    else gates.push(...lowered.gates.map((gate3) => guarded3(gate3, lowering.enforcing)));
  });
  return gates;
}
function setUpVersion(rules2, at, missing) {
  const name = txName("crs_setup_version");
  const asked = rules2.some(({ rule }) => rule.variables.some((variable3) => variable3.name === "TX" && variable3.selector?.text.toLowerCase() === "crs_setup_version"));
  const said = rules2.some(({ rule }) => assignmentsOf(rule.actions).some((assignment) => assignment.name === name));
  if (!asked || said) return {};
  missing.push({ at, note: "crs-setup.conf is not among the files; its defaults are taken" });
  return { [name]: [{ when: always, value: text("unknown") }] };
}
function definitionsOf(configuration, body, at) {
  const typeIs = (pattern4) => test("header:content-type", { kind: "matches", pattern: pattern4, ignoreCase: true }, at);
  const processorIs = (name) => test(`var:${PROCESSOR}`, { kind: "in", values: [name] }, at);
  const limit = configuration.argumentsLimit?.value ?? 1e3;
  const tooMany = (collection) => ({
    kind: "test",
    subject: { kind: "entries", from: ["queryArguments", collection], part: "count" },
    operator: { kind: "number", is: ">", value: text(String(limit)) },
    at: configuration.argumentsLimit?.at ?? at
  });
  const unreadable2 = any(
    all(processorIs("URLENCODED"), tooMany("formArguments")),
    all(processorIs("JSON"), tooMany("jsonArguments")),
    all(processorIs("MULTIPART"), not(typeIs("boundary=")))
  );
  const basename = (path, name) => [
    {
      when: test(path, { kind: "matches", pattern: "([^/]*)$", captures: `${name}.` }, at),
      value: [{ kind: "field", field: `var:${name}.1` }]
    }
  ];
  return {
    [PROCESSOR]: [
      { when: typeIs("^application/x-www-form-urlencoded"), value: text("URLENCODED") },
      { when: typeIs("^multipart/form-data"), value: text("MULTIPART") },
      { when: always, value: text("") }
    ],
    [PARSE_ERROR]: [
      { when: all(body, unreadable2), value: text("1") },
      { when: always, value: text("0") }
    ],
    [STRICT_ERROR]: [
      { when: all(body, processorIs("MULTIPART"), test("body", { kind: "matches", pattern: "^[^\\r\\n]*\\n" }, at)), value: text("1") },
      { when: always, value: text("0") }
    ],
    [REQUEST_URI]: [
      { when: testText([{ kind: "field", field: "sentQuery" }], { kind: "equals", value: text("") }, at), value: [{ kind: "field", field: "sentPath" }] },
      { when: always, value: [{ kind: "field", field: "sentPath" }, { kind: "text", text: "?" }, { kind: "field", field: "sentQuery" }] }
    ],
    [`${BASENAME}1`]: basename("rawPath", `${BASENAME}1`),
    [`${BASENAME}2`]: basename("sentPath", `${BASENAME}2`)
  };
}

// src/formats/waf/modsecurity/index.ts
var NAME3 = /(?:^|\/)(?:crs-setup\.conf(?:\.example)?|(?:REQUEST|RESPONSE)-9\d\d[\w.-]*\.conf|(?:modsecurity|coraza)[\w.-]*\.conf(?:-recommended)?)$/i;
var EXTENSION = /\.(?:conf|rules|conf-recommended|example)$/i;
var CONTENT = /^[ \t]*(?:#[ \t]*)?Sec(?:Rule|Action|Marker|RuleEngine|DefaultAction|(?:Request|Response)Body\w+|RuleRemoveBy\w+|RuleUpdate(?:Target|Action)By\w+)\s/m;
var TEMPLATE = /(?:^|\/)(?!crs-setup)[^/]*\.example$/i;
var EMBEDDED = /^[ \t]*(?:modsecurity_rules\s|<(?:VirtualHost|Directory)\b|(?:DocumentRoot|RewriteEngine|LoadModule)\s)|;[ \t]*modsecurity_rules\s/im;
var OTHERS = /^[ \t]*(?:<|LoadModule|ServerRoot|Listen|server\s*\{|http\s*\{)/im;
var INCLUDES = /^[ \t]*Include(?:Optional)?[ \t]+\S*(?:modsec|coreruleset|crs-setup|\/REQUEST-9)/im;
var modsecurity = {
  id: "modsecurity",
  name: "ModSecurity",
  claims(file) {
    if (!EXTENSION.test(file.path)) return null;
    const own3 = CONTENT.test(file.text) ? !EMBEDDED.test(file.text) : INCLUDES.test(file.text) && !OTHERS.test(file.text);
    if (!own3) return null;
    return NAME3.test(file.path) ? "name" : "content";
  },
  load(files3, tree) {
    const problems = [];
    const units = unitsOf(files3, tree).map((group) => unitOf(group, tree, problems));
    return { units, problems, embedded: [] };
  }
};
function unitsOf(files3, tree) {
  const inUse = files3.filter((file) => !TEMPLATE.test(file.path));
  const read2 = inUse.length > 0 ? inUse : files3;
  const expanded = new Map(read2.map((file) => [file.path, expand2(file, tree)]));
  const starts = read2.filter((file) => isStart(file.path, expanded));
  const byFolder = /* @__PURE__ */ new Map();
  for (const file of starts) {
    const folder = unitFolder(file, starts);
    byFolder.set(folder, [...byFolder.get(folder) ?? [], file]);
  }
  return [...byFolder.values()].flatMap(splitMains).map((group) => ({ parts: group.flatMap((file) => expanded.get(file.path) ?? []) }));
}
function isStart(path, expanded) {
  const reads = (from, to) => expanded.get(from)?.files.some((file, index2) => index2 > 0 && file.path === to) === true;
  return [...expanded.keys()].every((other) => other === path || !reads(other, path) || reads(path, other) && path < other);
}
function unitFolder(file, all2) {
  const folder = folderOf3(file.path);
  if (rank3(file) === 2) return folder;
  const rules2 = joined(folder, "rules");
  return all2.some((other) => folderOf3(other.path) === rules2) ? rules2 : folder;
}
function isSetUp(file) {
  return /(?:^|\/)crs-setup\.conf(?:\.example)?$/i.test(file.path);
}
function splitMains(group) {
  const ordered = group.filter((file) => !isCopied(file, group)).sort((a, b) => rank3(a) - rank3(b) || (a.path < b.path ? -1 : 1));
  const mains = ordered.filter((file) => /^[ \t]*SecRuleEngine\s/m.test(file.text));
  return mains.length > 1 ? ordered.map((file) => [file]) : [ordered];
}
function isCopied(file, group) {
  return isSetUp(file) && file.path.endsWith(".example") && group.some((other) => isSetUp(other) && !other.path.endsWith(".example"));
}
function rank3(file) {
  if (/(?:^|\/)(?:modsecurity|coraza)[\w.-]*$/i.test(file.path)) return 0;
  return isSetUp(file) ? 1 : 2;
}
function unitOf(group, tree, problems) {
  const files3 = group.parts.flatMap((part) => part.files);
  problems.push(...group.parts.flatMap((part) => part.problems));
  const configuration = collect3(group.parts.map((part) => part.directives), problems);
  configuration.missing.push(...group.parts.flatMap((part) => part.missing));
  const [first] = files3;
  const at = startOf(first ?? { path: "", text: "" });
  const program = lower4(configuration, at, (entry2) => {
    const folder = folderOf3(entry2.rule.span.file.path);
    return (name) => tree.read(name.startsWith("/") ? name : joined(folder, name))?.text ?? null;
  });
  return { program, files: files3, roots: [] };
}

// src/formats/detect.ts
var formats = [nginx, modsecurity, apache, ...gatewayFormats];
function detect(file) {
  let byContent = null;
  for (const format of formats) {
    const claim = format.claims(file);
    if (claim === "name") return format;
    if (claim === "content") byContent ??= format;
  }
  return byContent;
}

// src/lint/load.ts
var nesting = 3;
function loadWorkspace(files3, tree) {
  const claimed = files3.flatMap((file) => {
    const format = detect(file);
    return format === null ? [] : [{ format: format.id, file }];
  });
  const units = [];
  const problems = [];
  let pending = claimed;
  for (let depth = 0; depth < nesting && pending.length > 0; depth += 1) {
    const loaded2 = loadPieces(pending, tree);
    units.push(...loaded2.flatMap((one) => one.units));
    problems.push(...loaded2.flatMap((one) => one.problems));
    pending = loaded2.flatMap((one) => one.embedded);
  }
  const read2 = claimed.map(({ format, file }) => ({ path: file.path, format }));
  return { units, problems, files: read2.sort((a, b) => a.path < b.path ? -1 : 1) };
}
function loadPieces(pieces, tree) {
  return formats.flatMap((format) => {
    const files3 = pieces.filter((piece) => piece.format === format.id).map((piece) => piece.file);
    return files3.length === 0 ? [] : [format.load(files3, tree)];
  });
}

// src/cli/config-file.ts
var import_node_fs3 = require("node:fs");
var import_node_path3 = require("node:path");
init_config();

// src/report/display.ts
var tabStop = 4;
function shownLine(line) {
  const shown2 = [];
  let column = 0;
  let offset = 0;
  for (const char of line) {
    const text2 = char === "	" ? " ".repeat(tabStop - column % tabStop) : clean(char);
    const columns = char === "	" ? text2.length : columnsOf(text2);
    shown2.push({ offset, text: text2, columns });
    column += columns;
    offset += char.length;
  }
  return shown2;
}
function clean(text2) {
  return text2.replace(new RegExp("\\p{Cc}|[\\u202A-\\u202E\\u2066-\\u2069]", "gu"), "�");
}
var wide = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u;
function columnsOf(char) {
  if (new RegExp("\\p{M}|\\p{Cf}", "u").test(char)) return 0;
  return wide.test(char) ? 2 : 1;
}
var codes = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
  cyan: [36, 39]
};
function painter(color) {
  return (style, text2) => {
    const [on, off] = codes[style];
    return color && text2 !== "" ? `\x1B[${on}m${text2}\x1B[${off}m` : text2;
  };
}

// src/report/frame.ts
function frame2(marks, settings) {
  const files3 = [...new Set(marks.map((mark2) => mark2.at.file.path))];
  const gutter = Math.max(...marks.map((mark2) => String(lineOf(mark2)).length), 2);
  return files3.flatMap((path, index2) => {
    const here = marks.filter((mark2) => mark2.at.file.path === path).sort((a, b) => a.at.start - b.at.start);
    const first = index2 === 0 ? [] : [`${" ".repeat(gutter)}${settings.paint("cyan", ":::")} ${placeOf4(here[0])}`];
    return [...first, ...fileFrame(here, gutter, settings)];
  });
}
function placeText({ file, start: start3 }) {
  const { line, column } = positionAt(file, start3);
  return `${clean(file.path)}:${line}:${column}`;
}
function placeOf4(mark2) {
  return mark2 === void 0 ? "" : placeText(mark2.at);
}
function lineOf({ at }) {
  return positionAt(at.file, at.start).line;
}
function fileFrame(marks, gutter, settings) {
  const bar = settings.paint("cyan", "|");
  const rows = [`${" ".repeat(gutter)} ${bar}`];
  let before = 0;
  for (const [index2, mark2] of marks.entries()) {
    const line = lineOf(mark2);
    if (line !== before) {
      const together2 = marks.slice(index2).filter((one) => lineOf(one) === line);
      if (before !== 0 && line > before + 1) rows.push(settings.paint("cyan", "..."));
      const [source, ...underlines] = markedLine(together2, settings.width - gutter - 3, settings.paint);
      rows.push(`${settings.paint("cyan", String(line).padStart(gutter))} ${bar} ${source ?? ""}`.trimEnd());
      rows.push(...underlines.map((underline2) => `${" ".repeat(gutter)} ${bar} ${underline2}`));
    }
    before = line;
  }
  return rows;
}
function markedLine(marks, room, paint) {
  const [first] = marks;
  if (first === void 0) return [];
  const { start: start3, text: text2 } = lineAt(first.at.file, lineOf(first));
  const shown2 = shownLine(text2);
  const { from, to } = windowOf(shown2, first.at.start - start3, Math.max(room, 20));
  const visible = shown2.slice(from, to);
  const head = from > 0 ? "..." : "";
  const source = `${head}${visible.map((one) => one.text).join("")}${to < shown2.length ? "..." : ""}`;
  return [source, ...marks.map((mark2) => " ".repeat(head.length) + underline(mark2, visible, start3, paint))];
}
function lineAt(file, line) {
  const starts = startsOfLines(file);
  const start3 = starts[line - 1] ?? 0;
  return { start: start3, text: file.text.slice(start3, starts[line]).replace(/[\r\n]+$/, "") };
}
function windowOf(shown2, offset, room) {
  const columns = (list2) => list2.reduce((sum2, one) => sum2 + one.columns, 0);
  if (columns(shown2) <= room) return { from: 0, to: shown2.length };
  const marked = shown2.findIndex((one) => one.offset >= offset);
  const fitsFromStart = columns(shown2.slice(0, Math.max(marked, 0))) < room / 2;
  const from = fitsFromStart ? 0 : Math.max(0, marked - Math.floor(room / 3));
  let to = from;
  for (let left = room - 6; to < shown2.length; to += 1) {
    left -= shown2[to]?.columns ?? 0;
    if (left < 0) break;
  }
  return { from, to };
}
function underline({ at, label: label2, primary }, visible, lineStart, paint) {
  let before = 0;
  let under2 = 0;
  for (const { offset, columns } of visible) {
    if (lineStart + offset < at.start) before += columns;
    else if (lineStart + offset < at.end) under2 += columns;
  }
  const line = (primary ? "^" : "-").repeat(Math.max(under2, 1));
  const style = primary ? "red" : "cyan";
  return `${" ".repeat(before)}${paint(style, `${line}${label2 === "" ? "" : ` ${label2}`}`)}`;
}

// src/cli/disk.ts
var import_node_fs = require("node:fs");
var import_node_path = require("node:path");
var largestFile = 2 * 1024 * 1024;
function readContent(path) {
  try {
    const status = (0, import_node_fs.statSync)(path);
    if (!status.isFile()) return { kind: "unreadable", why: "not a regular file" };
    if (status.size > largestFile) return { kind: "large" };
    const bytes = (0, import_node_fs.readFileSync)(path);
    return bytes.subarray(0, 8192).includes(0) ? { kind: "binary" } : { kind: "text", text: decode(bytes) };
  } catch (error) {
    return { kind: "unreadable", why: error instanceof Error && "code" in error ? String(error.code) : String(error) };
  }
}
function decode(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes).toString("latin1");
  }
}
function realPath(path) {
  try {
    return (0, import_node_fs.realpathSync)(path);
  } catch {
    return null;
  }
}
function isInside(path, folder) {
  const way = (0, import_node_path.relative)(folder, path);
  return way === "" || way !== ".." && !way.startsWith(`..${import_node_path.sep}`) && !(0, import_node_path.isAbsolute)(way);
}
function typedPath(path, { workingDirectory, absolute }) {
  const typed3 = absolute && !isInside(path, workingDirectory) ? path : (0, import_node_path.relative)(workingDirectory, path);
  return typed3.split(import_node_path.sep).join("/");
}

// src/cli/ignored.ts
var import_node_fs2 = require("node:fs");
var import_node_path2 = require("node:path");
var import_ignore = __toESM(require_ignore(), 1);
function ignoreLayer(folder, patterns) {
  return { folder, patterns: (0, import_ignore.default)({ ignorecase: false }).add(patterns) };
}
function isIgnored(path, isFolder, layers) {
  for (const { folder, patterns } of layers.toReversed()) {
    const way = (0, import_node_path2.relative)(folder, path).split(import_node_path2.sep).join("/");
    if (way === "" || !isInside(path, folder)) continue;
    const { ignored, unignored } = patterns.test(isFolder ? `${way}/` : way);
    if (ignored || unignored) return ignored;
  }
  return false;
}
function gitignoreIn(folder) {
  const path = (0, import_node_path2.join)(folder, ".gitignore");
  return (0, import_node_fs2.existsSync)(path) ? [ignoreLayer(folder, (0, import_node_fs2.readFileSync)(path, "utf8"))] : [];
}
function gitRoot(folder) {
  if ((0, import_node_fs2.existsSync)((0, import_node_path2.join)(folder, ".git"))) return folder;
  const parent = (0, import_node_path2.dirname)(folder);
  return parent === folder ? null : gitRoot(parent);
}
function gitignoresAbove(folder) {
  const root = gitRoot(folder);
  if (root === null || root === folder) return [];
  const parents = [];
  for (let parent = (0, import_node_path2.dirname)(folder); isInside(parent, root); parent = (0, import_node_path2.dirname)(parent)) parents.unshift(parent);
  return parents.flatMap(gitignoreIn);
}

// src/cli/config-file.ts
var configNames = ["postlint.config.yaml", "postlint.config.yml", "postlint.config.json"];
async function loadConfig(given, paths, workingDirectory, ruleIds) {
  const path = given === void 0 ? nearestConfig(paths, workingDirectory) : (0, import_node_path3.resolve)(workingDirectory, given);
  if (path === null) return { config: emptyConfig, folder: workingDirectory };
  const content = readContent(path);
  const typed3 = typedPath(path, { workingDirectory, absolute: true });
  if (content.kind !== "text") {
    throw new UsageError(`cannot read the configuration ${typed3}${content.kind === "unreadable" ? `: ${content.why}` : ""}; give another with --config, or none with --no-config`);
  }
  const { parseConfig: parseConfig2 } = await Promise.resolve().then(() => (init_parse(), parse_exports));
  const { tree, problems } = parseConfig2({ path: typed3, text: content.text }, ruleIds);
  const [first, ...more] = problems;
  if (first !== void 0) throw new UsageError(`${placeText(first.at)}: ${first.message}${more.length > 0 ? ` (and ${more.length} more)` : ""}; correct it, or run with --no-config`);
  return { config: tree, folder: (0, import_node_path3.dirname)(path) };
}
function nearestConfig(paths, workingDirectory) {
  const start3 = sharedFolder(paths.map((path) => realPath((0, import_node_path3.resolve)(workingDirectory, path)) ?? workingDirectory));
  const root = gitRoot(start3) ?? (isInside(start3, workingDirectory) ? workingDirectory : start3);
  for (let folder = start3; isInside(folder, root); folder = (0, import_node_path3.dirname)(folder)) {
    const found = configNames.map((name) => (0, import_node_path3.join)(folder, name)).find((path) => realPath(path) !== null);
    if (found !== void 0) return found;
    if (folder === (0, import_node_path3.dirname)(folder)) return null;
  }
  return null;
}
function sharedFolder(paths) {
  const [first = "/", ...others] = paths.map(folderOf4);
  let shared = first;
  while (!others.every((path) => isInside(path, shared))) shared = (0, import_node_path3.dirname)(shared);
  return shared;
}
function folderOf4(path) {
  return (0, import_node_fs3.statSync)(path).isDirectory() ? path : (0, import_node_path3.dirname)(path);
}

// src/cli/environment.ts
var import_node_fs5 = require("node:fs");
var import_node_path5 = require("node:path");

// src/cli/tree.ts
var import_node_fs4 = require("node:fs");
var import_node_path4 = require("node:path");

// src/cli/glob.ts
function hasWildcard(segment) {
  return /[*?[]/.test(segment);
}
function globSegment(glob) {
  const pieces = [...piecesOf(glob)];
  const dotted = glob.startsWith(".");
  return (name) => (dotted || !name.startsWith(".")) && matches4(pieces, [...name]);
}
function* piecesOf(glob) {
  for (const [whole2, negated2, set2] of glob.matchAll(/\[([!^]?)(\]?[^\]]*)\]|[^]/gu)) {
    if (set2 !== void 0 && set2 !== "") yield inSet(set2, negated2 !== "");
    else if (whole2 === "*") yield "run";
    else if (whole2 === "?") yield () => true;
    else for (const char of whole2) yield (other) => other === char;
  }
}
function inSet(set2, negated2) {
  const ranges = [...set2.matchAll(/([^])-([^])|[^]/gu)].map(([single2, from = single2, to = single2]) => [from, to]);
  return (char) => ranges.some(([from, to]) => from <= char && char <= to) !== negated2;
}
function matches4(pieces, name) {
  let piece = 0;
  let at = 0;
  let run4 = null;
  while (at < name.length) {
    const here = pieces[piece];
    if (here === "run") {
      run4 = { piece, at };
      piece += 1;
    } else if (here !== void 0 && here(name[at] ?? "")) {
      piece += 1;
      at += 1;
    } else if (run4 === null) {
      return false;
    } else {
      run4.at += 1;
      at = run4.at;
      piece = run4.piece + 1;
    }
  }
  return pieces.slice(piece).every((rest) => rest === "run");
}

// src/cli/tree.ts
function treeOf(reach) {
  const read2 = /* @__PURE__ */ new Map();
  return {
    read(path) {
      const known3 = read2.get(path);
      if (known3 !== void 0) return known3;
      const file = readWithin(localPath(path, reach), reach);
      read2.set(path, file);
      return file;
    },
    list(pattern4) {
      const root = rootOf3(pattern4, reach.includeRoots);
      const found = listed2(localPath(pattern4, reach)).filter((path) => isReached(path, reach));
      return found.map((path) => root === null ? typedPath(path, reach) : serverPath(path, root, reach.workingDirectory));
    }
  };
}
function localPath(path, { workingDirectory, includeRoots }) {
  const local = mapped2(path, includeRoots);
  return (0, import_node_path4.resolve)(workingDirectory, local ?? path);
}
function mapped2(path, roots) {
  const longest4 = rootOf3(path, roots);
  return longest4 === null ? null : (0, import_node_path4.join)(longest4.local, import_node_path4.posix.normalize(path).slice(longest4.server.length));
}
function rootOf3(path, roots) {
  const normal = import_node_path4.posix.normalize(path);
  const covering = roots.filter(({ server }) => normal === server || normal.startsWith(server === "/" ? "/" : `${server}/`));
  return covering.toSorted((a, b) => b.server.length - a.server.length)[0] ?? null;
}
function serverPath(path, root, workingDirectory) {
  return import_node_path4.posix.join(root.server, (0, import_node_path4.relative)((0, import_node_path4.resolve)(workingDirectory, root.local), path).split(import_node_path4.sep).join("/"));
}
function isReached(path, { workingDirectory, folders }) {
  return [workingDirectory, ...folders].some((folder) => isInside(path, folder));
}
function readWithin(path, reach) {
  const real = isReached(path, reach) ? realPath(path) : null;
  if (real === null) return null;
  const same2 = reach.known.get(real);
  if (same2 !== void 0) return same2;
  const content = readContent(real);
  if (content.kind !== "text") return null;
  const file = { path: typedPath(real, reach), text: content.text };
  reach.known.set(real, file);
  return file;
}
function listed2(pattern4) {
  const [root = "", ...segments] = pattern4.split(import_node_path4.sep);
  let found = [(0, import_node_path4.isAbsolute)(pattern4) ? import_node_path4.sep : root];
  for (const segment of segments.filter(Boolean)) {
    if (!hasWildcard(segment)) {
      found = found.map((folder) => (0, import_node_path4.join)(folder, segment)).filter((path) => realPath(path) !== null);
      continue;
    }
    const matches5 = globSegment(segment);
    found = found.flatMap((folder) => namesIn(folder).filter(matches5).map((name) => (0, import_node_path4.join)(folder, name)));
  }
  return found;
}
function namesIn(folder) {
  try {
    return (0, import_node_fs4.readdirSync)(folder).sort();
  } catch {
    return [];
  }
}

// src/cli/environment.ts
function environmentFor(docroots, workingDirectory) {
  const known3 = /* @__PURE__ */ new Map();
  const look = (local) => {
    const path = (0, import_node_path5.resolve)(workingDirectory, local);
    const found = known3.get(path) ?? statHere(path);
    known3.set(path, found);
    return found;
  };
  return ({ roots }) => ({
    stat(path) {
      const certain = mapped2(path, docroots);
      if (certain !== null) return look(certain);
      const beside = mapped2(path, roots);
      const found = beside === null ? void 0 : look(beside);
      return found === "absent" ? void 0 : found;
    }
  });
}
function statHere(path) {
  try {
    const status = (0, import_node_fs5.statSync)(path);
    return status.isFile() ? "file" : status.isDirectory() ? "directory" : void 0;
  } catch {
    return "absent";
  }
}

// src/cli/files.ts
var import_node_fs6 = require("node:fs");
var import_node_path6 = require("node:path");
var skipped = /* @__PURE__ */ new Set([".git", "node_modules"]);
function* findFiles(paths, search2, leaveOut) {
  const visited = /* @__PURE__ */ new Set();
  for (const given of paths) {
    const path = realPath((0, import_node_path6.resolve)(search2.workingDirectory, given));
    if (path === null) throw new UsageError(`there is no file or folder ${given}; paths are relative to ${search2.workingDirectory}`);
    const walk = { ...search2, visited, leaveOut };
    const isFolder = (0, import_node_fs6.statSync)(path).isDirectory();
    if (search2.ignore !== null && isIgnored(path, isFolder, [search2.ignore])) leaveOut({ why: "ignored by the configuration", path: given });
    else if (isFolder) yield* walkFolder(path, path, startLayers(path, search2), walk);
    else yield* readFound(path, true, walk);
  }
}
function startLayers(folder, { gitignore }) {
  if (!gitignore) return [];
  const above = gitignoresAbove(folder);
  return isIgnored(folder, true, above) ? [] : above;
}
function* walkFolder(folder, real, above, walk) {
  if (walk.visited.has(real)) return;
  walk.visited.add(real);
  const layers = walk.gitignore ? [...above, ...gitignoreIn(folder)] : above;
  for (const entry2 of entriesOf2(folder)) {
    if (skipped.has(entry2.name)) continue;
    const path = (0, import_node_path6.join)(folder, entry2.name);
    const target3 = entry2.isSymbolicLink() ? realPath(path) : (0, import_node_path6.join)(real, entry2.name);
    if (target3 === null) {
      walk.leaveOut({ why: "a link to nothing", path: typedPath(path, walk) });
      continue;
    }
    const kind = entry2.isSymbolicLink() ? (0, import_node_fs6.statSync)(target3) : entry2;
    const all2 = walk.ignore === null ? layers : [...layers, walk.ignore];
    if (isIgnored(path, kind.isDirectory(), all2)) continue;
    if (kind.isDirectory()) yield* walkFolder(path, target3, layers, walk);
    else if (kind.isFile()) yield* readFound(target3, false, walk);
  }
}
function entriesOf2(folder) {
  try {
    return (0, import_node_fs6.readdirSync)(folder, { withFileTypes: true }).sort((a, b) => a.name < b.name ? -1 : 1);
  } catch (error) {
    throw new UsageError(`cannot read the folder ${folder}: ${messageOf(error)}; give other paths, or name it in \`ignore\` of the configuration`);
  }
}
function* readFound(path, given, walk) {
  if (walk.visited.has(path)) return;
  walk.visited.add(path);
  const typed3 = typedPath(path, walk);
  const content = readContent(path);
  switch (content.kind) {
    case "text":
      yield { file: { path: typed3, text: content.text }, path, given };
      return;
    case "large":
      walk.leaveOut({ why: "larger than 2 MB", path: typed3 });
      return;
    case "binary":
      if (given) walk.leaveOut({ why: "binary", path: typed3 });
      return;
    case "unreadable":
      throw new UsageError(`cannot read ${typed3}: ${content.why}; make it readable, or name it in \`ignore\` of the configuration`);
    default:
      content;
  }
}

// src/cli/project.ts
async function openProject(asked) {
  const request = { ...asked, workingDirectory: realPath(asked.workingDirectory) ?? asked.workingDirectory };
  const { workingDirectory } = request;
  const typing = { workingDirectory, absolute: request.paths.some(import_node_path7.isAbsolute) };
  const { config: config2, folder } = await configOf2(request);
  const search2 = { ...typing, gitignore: request.gitignore !== false, ignore: config2.ignore.length === 0 ? null : ignoreLayer(folder, config2.ignore) };
  const { known: known3, ...read2 } = readAll2(request, search2);
  const includeRoots = [...rootsAt(workingDirectory, request.includeRoots), ...rootsAt(folder, config2.includeRoots)];
  const docroots = [...rootsAt(workingDirectory, request.docroot), ...rootsAt(folder, config2.docroot)];
  const folders = [...request.paths.map((path) => folderAt((0, import_node_path7.resolve)(workingDirectory, path))), ...[...includeRoots, ...docroots].map((root) => root.local)];
  const recognised = [...known3.values()].sort((a, b) => a.path < b.path ? -1 : 1);
  return {
    config: config2,
    workspace: loadWorkspace(recognised, treeOf({ ...typing, folders, includeRoots: [...includeRoots, ...docroots], known: known3 })),
    ...read2,
    environmentOf: environmentFor(docroots, workingDirectory)
  };
}
async function configOf2({ config: config2, paths, workingDirectory, stdin }) {
  if (config2 === false) return { config: emptyConfig, folder: workingDirectory };
  const ids = rules.map((rule) => rule.id);
  return loadConfig(config2, stdin === void 0 ? paths : [workingDirectory], workingDirectory, ids);
}
function readAll2({ paths, workingDirectory, stdin, hook = false }, search2) {
  const known3 = /* @__PURE__ */ new Map();
  const given = /* @__PURE__ */ new Set();
  const leftOut = [];
  let filesRead = 0;
  let named4 = 0;
  const searched = [...stdin === void 0 ? paths : [], ...hook ? ["."] : []];
  const found = findFiles(searched, search2, (one) => leftOut.push(one));
  for (const one of stdin === void 0 ? found : [stdinFile(stdin, paths[0] ?? "", workingDirectory), ...found]) {
    if (one.given || !hook) filesRead += 1;
    if (one.given) {
      named4 += 1;
      given.add(one.file.path);
    }
    if (detect(one.file) !== null) known3.set(one.path, one.file);
  }
  if (filesRead === 0 && leftOut.length === 0 && !hook) throw new UsageError(`no file to read in ${paths.join(", ")}; give other paths, or --no-ignore to read what .gitignore names`);
  return { known: known3, filesRead, given, onlyFiles: filesRead > 0 && named4 === filesRead, notes: hook ? [] : notesOf(leftOut) };
}
function stdinFile(text2, path, workingDirectory) {
  return { file: { path, text: text2 }, path: (0, import_node_path7.resolve)(workingDirectory, path), given: true };
}
function notesOf(leftOut) {
  return [...new Set(leftOut.map((one) => one.why))].map((why) => {
    const paths = leftOut.filter((one) => one.why === why).map((one) => one.path);
    return `${paths[0] ?? ""}${paths.length > 1 ? ` and ${paths.length - 1} more` : ""}: left out, ${why}`;
  });
}
function rootsAt(folder, roots = []) {
  return roots.map(({ server, local }) => {
    const real = realPath((0, import_node_path7.resolve)(folder, local));
    if (real === null) throw new UsageError(`there is no folder ${local} to stand for ${server}; paths are relative to ${folder}`);
    return { server, local: real };
  });
}
function folderAt(path) {
  const real = realPath(path);
  return real !== null && (0, import_node_fs7.statSync)(real).isDirectory() ? real : (0, import_node_path7.dirname)(real ?? path);
}

// src/cli/lint-project.ts
async function lintProject(request) {
  const { config: config2, workspace, filesRead, given, notes: notes2, onlyFiles, environmentOf } = await openProject(request);
  const concerns = (path) => request.hook !== true || given.has(path);
  const units = workspace.units.filter((unit) => unit.files.some((file) => concerns(file.path)));
  const severities = { ...config2.rules, ...request.severities };
  const result = lint({ ...workspace, units }, { rules, severities, posts: config2.posts, environmentOf });
  const running = rules.filter((rule) => severities[rule.id] !== "off");
  const { findings, problems, suppressed } = suppress(result.findings, { ...workspace, units }, running, rules);
  const touched = (spans) => spans.some((span) => concerns(span.file.path));
  return {
    result: {
      findings: findings.filter((finding) => touched([finding.at, ...finding.related.map((one) => one.at)])),
      problems: problems.filter((problem5) => touched([problem5.at])),
      files: result.files.filter((file) => concerns(file.path)),
      suppressed
    },
    filesRead,
    notes: notes2,
    onlyFiles
  };
}
function fails(result, { failOn, maxWarnings, possible }) {
  if (failOn === "never") return false;
  const findings = possible ? result.findings.map((finding) => ({ ...finding, certainty: "certain" })) : result.findings;
  const { errors, warnings, notes: notes2, problems } = tally({ findings, problems: result.problems });
  const tooMany = maxWarnings === void 0 ? failOn !== "error" && warnings > 0 : warnings > maxWarnings;
  return errors > 0 || problems > 0 || tooMany || failOn === "note" && notes2 > 0;
}

// src/report/curl.ts
var longestBody = 1e3;
function urlOf({ scheme, host, port, path, query }) {
  const name = host.includes(":") ? `[${host}]` : host;
  const ownPort = port === (scheme === "https" ? 443 : 80) ? "" : `:${port}`;
  return `${scheme}://${name}${ownPort}${path}${query === "" ? "" : `?${query}`}`;
}
function curlPieces(request) {
  const url = urlOf(request);
  const options2 = [/[[\]{}]/.test(url) ? " -g" : "", /\/\.\.?(\/|\?|$)/.test(url) ? " --path-as-is" : ""].join("");
  const { input: input2, data } = bodyOf(request);
  const headers = [...headersOf(request, data !== null)].map((header2) => `-H ${quote(header2)}`);
  return [`${input2}curl -i${options2} -X ${quote(request.method)} ${quote(url)}`, ...headers, ...data === null ? [] : [data]];
}
function curlCommand(request) {
  return curlPieces(request).join(" ");
}
function* headersOf({ headers, chunked }, hasBody) {
  const own3 = ["user-agent", "accept", ...hasBody ? ["content-type"] : []];
  for (const name of own3) if (headers[name] === void 0) yield `${name}:`;
  for (const [name, value2] of Object.entries(headers)) {
    if (name === "accept" && value2 === "*/*") continue;
    yield value2 === "" ? `${name};` : `${name}: ${value2}`;
  }
  if (chunked) yield "transfer-encoding: chunked";
}
function bodyOf({ method, body, bodyBytes }) {
  if (bodyBytes === 0) return { input: "", data: method === "GET" || method === "HEAD" ? null : "--data ''" };
  const whole2 = Buffer.byteLength(body) === bodyBytes && body.length <= longestBody;
  if (!whole2) return { input: `head -c ${bodyBytes} /dev/zero | `, data: "--data-binary @-" };
  if (hasControl(body)) return { input: `printf ${quotedFormat(body)} | `, data: "--data-binary @-" };
  return { input: "", data: `${body.startsWith("@") ? "--data-raw" : "--data"} ${quote(body)}` };
}
function quote(word3) {
  if (hasControl(word3)) return `"$(printf ${quotedFormat(word3)})"`;
  return /^[\w@%+=:,./-]+$/.test(word3) ? word3 : `'${word3.replaceAll("'", "'\\''")}'`;
}
function hasControl(text2) {
  return new RegExp("\\p{Cc}", "u").test(text2);
}
var shortEscapes = { "\n": "\\n", "\r": "\\r", "	": "\\t" };
function quotedFormat(text2) {
  const format = text2.replace(new RegExp("^-|[\\\\%]|\\p{Cc}", "gu"), (char) => {
    if (char === "\\" || char === "%") return char + char;
    return shortEscapes[char] ?? [...Buffer.from(char)].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
  });
  return `'${format.replaceAll("'", "'\\''")}'`;
}

// src/report/diff.ts
function diff({ edits }) {
  const files3 = [...new Map(edits.map((edit) => [edit.at.file.path, edit.at.file])).values()];
  return files3.flatMap((file, index2) => {
    const here = edits.filter((edit) => edit.at.file.path === file.path).sort((a, b) => a.at.start - b.at.start);
    return [...index2 === 0 ? [] : [`  ${file.path}`], ...hunks(file, here)];
  });
}
function hunks(file, edits) {
  const groups2 = [];
  for (const edit of edits) {
    const last = groups2.at(-1);
    const before = last?.at(-1);
    if (last !== void 0 && before !== void 0 && lineOf2(file, edit.at.start) <= lineOf2(file, before.at.end)) last.push(edit);
    else groups2.push([edit]);
  }
  return groups2.flatMap((group) => hunk(file, group));
}
function lineOf2(file, offset) {
  return positionAt(file, offset).line;
}
function hunk(file, edits) {
  const starts = startsOfLines(file);
  const from = starts[lineOf2(file, edits[0]?.at.start ?? 0) - 1] ?? 0;
  const to = starts[lineOf2(file, edits.at(-1)?.at.end ?? 0)] ?? file.text.length;
  let changed = "";
  let at = from;
  for (const edit of edits) {
    changed += file.text.slice(at, edit.at.start) + edit.text;
    at = edit.at.end;
  }
  changed += file.text.slice(at, to);
  const [before, after] = [linesOf2(file.text.slice(from, to)), linesOf2(changed)];
  const same2 = common2(before, after);
  return [
    ...before.slice(same2.head, before.length - same2.tail).map((line) => `- ${line.trim()}`),
    ...after.slice(same2.head, after.length - same2.tail).map((line) => `+ ${line.trim()}`)
  ];
}
function linesOf2(text2) {
  const lines = text2.split(/\r\n|\n|\r/);
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}
function common2(a, b) {
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
  return { head, tail };
}

// src/report/pretty.ts
var mostSteps = 5;
function pretty(result, options2) {
  const paint = painter(options2.color);
  const blocks2 = [
    ...shown(result, options2).map((finding) => prettyFinding(finding, options2.width, paint)),
    ...result.problems.map((problem5) => prettyProblem(problem5, options2.width, paint))
  ];
  return [...blocks2.map((lines) => `${lines.join("\n")}
`), summary(result, options2, paint)].join("\n");
}
var colors = { error: "red", warning: "yellow", note: "cyan" };
function prettyFinding(finding, width, paint) {
  const { rule, severity, certainty: certainty2, message } = finding;
  const steps = finding.related.slice(0, mostSteps).map((one, index2) => ({ at: one.at, label: `${index2 + 1}: ${clean(one.note)}`, primary: false }));
  const more = finding.related.length - steps.length;
  const marks = [{ at: finding.at, label: finding.arrives ?? statusWords2(finding.status), primary: true }, ...steps];
  return [
    `${paint(colors[severity], `${severity}[${rule}]`)}${paint("bold", `: ${clean(message)}`)}`,
    `  ${paint("cyan", "-->")} ${placeText(finding.at)} (${certainty2})`,
    ...frame2(marks, { width, paint }),
    ...more > 0 ? [`   ${paint("cyan", "...")} and ${more} more, see --format json`] : [],
    `   ${paint("cyan", "|")}`,
    ...notes(finding).flatMap(([name, first = "", ...rest]) => [`   ${paint("cyan", "=")} ${paint("bold", `${name}:`)} ${first}`, ...rest.map((line) => `       ${line}`)])
  ];
}
function statusWords2(status) {
  if (status === null) return "";
  return status === "reset" ? "closes the connection" : `answers ${status}`;
}
function notes(finding) {
  const { fix, legitimacy, assumptions } = finding;
  const pieces = curlPieces(finding.witness);
  const ignore3 = suppressionFor(finding);
  const optional = [
    [finding.arrives === void 0 ? "blocked request" : "damaged request", ...pieces.map((piece, index2) => index2 < pieces.length - 1 ? `${piece} \\` : piece)],
    legitimacy === "" ? null : ["why legitimate", clean(legitimacy)],
    assumptions.length === 0 ? null : ["depends on", assumptions.map(clean).join("; ")],
    fix === void 0 ? null : [fix.safe ? "fix" : "fix (unsafe)", clean(fix.title), ...diff(fix).map(clean)],
    ignore3 === null ? null : ["ignore", ignore3],
    ["docs", `rules/${finding.rule}.md (postlint explain ${finding.rule})`]
  ];
  return optional.filter((note) => note !== null);
}
function prettyProblem({ code, message, at }, width, paint) {
  return [
    `${paint("red", `problem[${code}]`)}${paint("bold", `: ${clean(message)}`)}`,
    `  ${paint("cyan", "-->")} ${placeText(at)}`,
    ...frame2([{ at, label: "", primary: true }], { width, paint })
  ];
}
function summary(result, options2, paint) {
  const counts2 = tally(result);
  const words3 = countWords(counts2);
  const found = words3 === "" ? paint("green", "no stopped POST found") : paint(counts2.errors + counts2.problems > 0 ? "red" : "yellow", words3);
  const possible = counts2.possible > 0 ? `; ${plural(counts2.possible, "possible finding")}${options2.possible ? "" : " (--possible shows them)"}` : "";
  const suppressed = result.suppressed > 0 ? `; ${result.suppressed} suppressed` : "";
  return `${found}${possible}${suppressed}
${filesLine(result, options2.filesRead)} (${options2.milliseconds} ms)
`;
}

// src/action/annotate.ts
var levels = { error: "error", warning: "warning", note: "notice" };
function annotationsOf(findings, problems) {
  const all2 = [
    ...problems.map(({ at, code, message }) => ({ level: "error", at, title: code, message })),
    ...findings.map((finding) => ({ level: levels[finding.severity], at: finding.at, title: finding.rule, message: messageOf2(finding) }))
  ];
  const order2 = Object.values(levels);
  return all2.sort((a, b) => order2.indexOf(a.level) - order2.indexOf(b.level));
}
function messageOf2({ message, witness, fix, rule }) {
  const lines = [message, curlCommand(witness), ...fix === void 0 ? [] : [`Fix: ${fix.title}`], `Docs: rules/${rule}.md`];
  return lines.join("\n");
}
function annotationCommands(annotations, most, prefix) {
  const kept = Object.values(levels).flatMap((level) => annotations.filter((one) => one.level === level).slice(0, most));
  return { commands: kept.map((one) => annotationCommand(one, prefix)), leftOut: annotations.length - kept.length };
}
function annotationCommand({ level, at, title, message }, prefix) {
  const start3 = positionAt(at.file, at.start);
  const end = positionAt(at.file, at.end);
  const where = start3.line === end.line ? { line: start3.line, endLine: end.line, col: start3.column, endColumn: end.column } : { line: start3.line };
  const properties = Object.entries({ file: `${prefix}${at.file.path}`, ...where, title });
  return `::${level} ${properties.map(([name, value2]) => `${name}=${escapeProperty(String(value2))}`).join(",")}::${escapeData(message)}`;
}
function escapeData(text2) {
  return text2.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
function escapeProperty(text2) {
  return escapeData(text2).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

// src/action/summary.ts
var largest = 900 * 1024;
function summaryOf(result, filesRead, linkTo) {
  const { errors, warnings, notes: notes2, problems, possible } = tally(result);
  const head = `## postlint

| errors | warnings | notes | problems | possible | suppressed |
|---|---|---|---|---|---|
| ${[errors, warnings, notes2, problems, possible, result.suppressed].join(" | ")} |

${filesLine(result, filesRead)}.

`;
  const sections = [
    ...result.problems.map((problem5) => problemSection(problem5, linkTo)),
    ...shown(result, { possible: false, quiet: false }).map((finding) => findingSection(finding, linkTo))
  ];
  let text2 = head;
  for (const [index2, section] of sections.entries()) {
    if (Buffer.byteLength(text2) + Buffer.byteLength(section) > largest) return `${text2}${sections.length - index2} more did not fit.
`;
    text2 += section;
  }
  return text2;
}
function findingSection(finding, linkTo) {
  const lines = prettyFinding(finding, 120, painter(false));
  const title = `${finding.severity} <code>${escapeHtml(finding.rule)}</code>: ${escapeHtml(finding.message)}`;
  return `<details><summary>${title}</summary>

${link(finding.at, linkTo)}

${fenced(lines)}

</details>

`;
}
function problemSection({ code, message, at }, linkTo) {
  return `- problem <code>${escapeHtml(code)}</code>: ${escapeHtml(message)} (${link(at, linkTo)})

`;
}
function link(at, linkTo) {
  const address = linkTo(at.file.path, positionAt(at.file, at.start).line);
  const text2 = `<code>${escapeHtml(placeText(at))}</code>`;
  return address === null ? text2 : `<a href="${escapeHtml(address)}">${text2}</a>`;
}
function fenced(lines) {
  const text2 = lines.join("\n");
  const longest4 = Math.max(2, ...[...text2.matchAll(/`+/g)].map(([run4]) => run4.length));
  const fence = "`".repeat(longest4 + 1);
  return `${fence}text
${text2}
${fence}`;
}
function escapeHtml(text2) {
  return text2.replace(/[&<>"\r\n]/g, (char) => `&#${char.charCodeAt(0)};`);
}

// src/action/run.ts
var levels2 = ["error", "warning", "note", "never"];
async function runAction(environment2, write) {
  try {
    return await lintStep(environment2, write);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    write(`::error title=postlint::${escapeData(messageOf(error))}`);
    setOutputs(environment2, { "exit-code": 2 });
    return 2;
  }
}
async function lintStep(environment2, write) {
  const started = Date.now();
  const workspace = environment2["GITHUB_WORKSPACE"] ?? process.cwd();
  const workingDirectory = (0, import_node_path8.resolve)(workspace, input(environment2, "working-directory", "."));
  const prefix = prefixOf4(workspace, workingDirectory);
  const config2 = input(environment2, "config", "");
  const failOn = failOnOf(input(environment2, "fail-on", "warning"));
  const most = Number.parseInt(input(environment2, "max-annotations", "10"), 10) || 0;
  const linted = await lintProject({
    paths: input(environment2, "paths", ".").split(/\s+/),
    workingDirectory,
    config: config2 === "" ? void 0 : config2,
    severities: {}
  });
  const { result, filesRead } = linted;
  report4(linted, Date.now() - started, write);
  if (isOn(environment2, "annotations")) annotate(linted, most, prefix, write);
  const summaryFile = environment2["GITHUB_STEP_SUMMARY"];
  if (isOn(environment2, "summary") && summaryFile !== void 0) (0, import_node_fs8.appendFileSync)(summaryFile, summaryOf(result, filesRead, linkerOf(environment2, prefix)));
  const code = fails(result, { failOn, possible: false }) ? 1 : 0;
  const { errors, warnings, notes: notes2 } = tally(result);
  setOutputs(environment2, { findings: errors + warnings + notes2, errors, warnings, "exit-code": code });
  return code;
}
function report4({ result, filesRead, notes: notes2 }, milliseconds, write) {
  const token4 = (0, import_node_crypto2.randomUUID)();
  write("::group::postlint report");
  write(`::stop-commands::${token4}`);
  for (const note of notes2) write(note);
  write(pretty(result, { possible: false, quiet: false, color: true, width: 120, filesRead, milliseconds }));
  write(`::${token4}::`);
  write("::endgroup::");
}
function annotate({ result }, most, prefix, write) {
  const { commands, leftOut } = annotationCommands(annotationsOf(shown(result, { possible: false, quiet: false }), result.problems), most, prefix);
  for (const command of commands) write(command);
  if (leftOut > 0) write(`${leftOut} more in the report above and in the job summary`);
}
function input(environment2, name, otherwise) {
  const value2 = environment2[`INPUT_${name.toUpperCase()}`]?.trim();
  return value2 === void 0 || value2 === "" ? otherwise : value2;
}
function isOn(environment2, name) {
  return input(environment2, name, "true").toLowerCase() !== "false";
}
function failOnOf(text2) {
  const level = levels2.find((one) => one === text2);
  if (level === void 0) throw new UsageError(`fail-on is \`${text2}\`; it takes ${levels2.join(", ")}`);
  return level;
}
function prefixOf4(workspace, workingDirectory) {
  const way = (0, import_node_path8.relative)((0, import_node_path8.resolve)(workspace), workingDirectory).split(import_node_path8.sep).join("/");
  return way === "" ? "" : `${way}/`;
}
function linkerOf(environment2, prefix) {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: commit } = environment2;
  if (server === void 0 || repository === void 0 || commit === void 0) return () => null;
  return (path, line) => `${server}/${repository}/blob/${commit}/${encodeURI(`${prefix}${path}`)}#L${line}`;
}
function setOutputs(environment2, outputs) {
  const file = environment2["GITHUB_OUTPUT"];
  if (file === void 0) return;
  (0, import_node_fs8.appendFileSync)(file, Object.entries(outputs).map(([name, value2]) => `${name}=${value2}
`).join(""));
}

// src/action/main.ts
runAction(process.env, (line) => process.stdout.write(`${line}
`)).then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    crash(error);
    process.exitCode = 2;
  }
);
