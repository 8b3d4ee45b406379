import { describe, expect, it } from "vitest";
import { detect } from "../src/formats/detect.ts";
import { globSegment } from "../src/formats/glob.ts";
import { loadWorkspace } from "../src/lint/load.ts";
import { evaluate } from "../src/model/evaluate.ts";
import { ordinaryPost } from "../src/model/request.ts";
import { positionAt } from "../src/source.ts";
import { findingsIn, loadText } from "./rule-tester.ts";

type Files = Readonly<Record<string, string>>;

const app = "proxy_pass http://127.0.0.1:8080;";
const scripts = "location / { try_files $uri $uri/ /index.php?$args; }\n  location ~ [.]php$ { include fastcgi.conf; fastcgi_pass php; }";

/** "nginx.conf:3 certain redirect-drops-body" for each finding of all rules. */
function told(files: Files | string): readonly string[] {
  const all = typeof files === "string" ? { "nginx.conf": files } : files;
  const fits = (pattern: string, name: string): boolean => {
    const [segments, names] = [pattern.split("/").map(globSegment), name.split("/")];
    return segments.length === names.length && segments.every((segment, index) => segment(names[index] ?? ""));
  };
  const tree = {
    read: (name: string) => (all[name] === undefined ? null : { path: name, text: all[name] }),
    list: (pattern: string) => Object.keys(all).filter((name) => fits(pattern, name)).sort(),
  };
  const workspace = loadWorkspace(Object.entries(all).map(([path, text]) => ({ path, text })), tree);
  return findingsIn(workspace).map(({ rule, at, certainty }) => `${at.file.path}:${positionAt(at.file, at.start).line} ${certainty} ${rule}`);
}

describe("nginx: what a template writes", () => {
  const parts = Array.from({ length: 12 }, (_, index) => `proxy_set_header X-Part-${index} part;`).join("\n");

  it("is decided once for all that stands in one arm, however much that is", () => {
    expect(told(`{{ if exists }}\ninclude proxy.conf;\n{{ else }}\n${parts}\n{{ end }}
server {
  listen {{ $http_port }};
  location / { {{ if eq $method "redirect" }}
    return 301 https://$host$request_uri;
    {{ else }}
    ${app}
    {{ end }}
  }
}`)).toEqual(["nginx.conf:20 possible redirect-drops-body"]);
  });

  it("is one arm or another, never both", () => {
    const blocked = (tag: string): string => {
      const { units: [unit] } = loadText("nginx", `server {
  {% if closed %}
  set $closed 1;
  ${tag}
  set $shut 1;
  {% endif %}
  set $both "$closed$shut";
  location /api/ { if ($both = 11) { return 403; } ${app} }
}`);
      return unit === undefined ? "nothing" : evaluate(unit.program, ordinaryPost({ path: "/api/x" })).blocked;
    };
    expect(blocked("{% else %}")).toBe("no");
    expect(blocked("{% elif shut %}")).toBe("no");
    expect(blocked("{% endif %}{% if shut %}")).toBe("maybe");
  });

  it("may be a port that no other server names", () => {
    const text = (port: string): string => `server { listen 80; server_name _; location / { return 404; } }
server {
  listen ${port};
  server_name shop.example;
  location / { return 301 https://$host$request_uri; }
}`;
    expect(told(text("{{ http_port }}"))).toEqual(["nginx.conf:5 certain redirect-drops-body"]);
  });

  it("may be a name, which is no word of nginx's", () => {
    const text = (name: string): string => `server {
  listen 80;
  server_name ${name};
  if ($host != $server_name) { return 301 https://$server_name$request_uri; }
  location / { ${app} }
}`;
    expect(told(text("{{ name }}"))).toEqual(["nginx.conf:4 possible redirect-drops-body"]);
    expect(told(text("$domain"))).toEqual(["nginx.conf:4 possible redirect-drops-body"]);
  });
});

describe("nginx: which TLS a request came with", () => {
  const server = (condition: string): string => `server {
  listen 80;
  listen 443 ssl;
  server_name shop.example;
  if (${condition}) { rewrite ^/login(.*)$ https://$host/login$1 last; }
  location / { ${app} }
}`;

  it("is none without TLS", () => {
    expect(told(server('$ssl_protocol = ""'))).toEqual(["nginx.conf:5 certain redirect-drops-body"]);
  });

  it("is some version with it", () => {
    expect(told(server('$ssl_protocol = "SSLv3"'))).toEqual([]);
  });
});

describe("nginx: a sample with an ellipsis", () => {
  it("is read on behind it", () => {
    expect(told("...\nserver {\n  ...\n  location / {\n    if ($scheme != https) { return 302 https://$host$request_uri; }\n    " + `${app}\n  }\n  ...\n}`)).toEqual(["nginx.conf:5 certain redirect-drops-body"]);
  });
});

describe("nginx: a part that is no more than a condition", () => {
  const part = 'if ($go_on = "true")\n{\n  return 301 https://$host$request_uri;\n}\n';

  it("is one of nginx", () => {
    expect(detect({ path: "concerns/redirect.j2", text: part })?.id).toBe("nginx");
  });

  it("is none of a program", () => {
    expect(detect({ path: "lib/answer.in", text: "if ($go_on == true) {\n  return 301;\n}\n" })?.id).not.toBe("nginx");
    expect(detect({ path: "lib/answer.in", text: "if ($line =~ /x/) {\n  return 301;\n}\n" })?.id).not.toBe("nginx");
  });
});

describe("nginx: who is let in", () => {
  const site = (addresses: string): string => `map $remote_addr $known { default 0; ${addresses} }
map "$proxied$known" $turned_away { default 1; 11 0; }
server {
  listen 80;
  server_name admin.example;
  location / {
    if ($turned_away) { return 403; }
    return 301 https://$host$request_uri;
  }
}`;

  it("is stopped behind that as well", () => {
    expect(told(site("198.51.100.4 1;"))).toEqual(["nginx.conf:8 certain redirect-drops-body"]);
  });

  it("is nobody, where no address is named", () => {
    expect(told(site(""))).toEqual([]);
  });
});

describe("nginx: a page that moved to another server", () => {
  const site = (line: string): string => `server {
  server_name shop.example;
  client_max_body_size 20m;
  ${line}
  location / { ${app} }
}`;

  it("takes no POSTs", () => {
    expect(told(site("rewrite ^/wiki/Style_Guide/? http://docs.example/style permanent;"))).toEqual([]);
  });

  it("is no place for writes", () => {
    expect(told(site("rewrite ^/api/orders/? http://docs.example/style permanent;"))).toEqual(["nginx.conf:4 possible redirect-drops-body"]);
  });
});

describe("nginx: sites for the same names", () => {
  const main = "http {\n  upstream php { server 127.0.0.1:9000; }\n  include conf.d/*.conf;\n}";
  const plain = `server {\n  server_name _;\n  root /srv/wordpress;\n  ${scripts}\n}`;
  const closing = `server {\n  server_name _;\n  root /srv/wordpress;\n  ${scripts}\n  location ~ /. { deny all; }\n}`;

  it("are read one by one, as nginx reads the first alone", () => {
    const found = told({ "nginx.conf": main, "conf.d/a.conf": plain, "conf.d/b.conf": closing });    expect(found).toContain("conf.d/b.conf:6 possible endpoint-closed");
    expect(found.filter((one) => !one.startsWith("conf.d/b.conf:6 possible"))).toEqual([]);
  });

  it("are all read where one name is its own", () => {
    expect(told({ "nginx.conf": main, "conf.d/a.conf": plain, "conf.d/b.conf": closing.replace("_;", "_ blog.example;") })).toContain("conf.d/b.conf:6 certain endpoint-closed");
  });
});

describe("nginx: a rate that is set elsewhere", () => {
  const site = (place: string, limit: string): string => `server {
  location ${place} {
    limit_req ${limit};
    ${app}
  }
}`;

  it("does not matter to what comes at the same moment", () => {
    expect(told(site("/api/", "zone=one burst=1 nodelay"))).toEqual(["nginx.conf:3 possible rate-limit-too-tight"]);
    expect(told(site("/api/orders", "zone=one"))).toEqual(["nginx.conf:3 possible rate-limit-too-tight"]);
  });

  it("is taken for an ordinary one", () => {
    expect(told(site("/api/", "zone=one burst=5 nodelay"))).toEqual([]);
    expect(told(site("/api/orders", "zone=one burst=1"))).toEqual([]);
  });
});

describe("nginx: what a script is told", () => {
  const name = "fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;";
  const site = (around: string, inside: string): string => `server {
  root /srv/www;
  ${around}
  location / { try_files $uri /index.php; }
  location ~ [.]php$ { ${inside} fastcgi_pass php; }
}`;

  it("is no more than its name where parameters replace those around them", () => {
    expect(told(site("include fastcgi_params;", name))).toEqual(["nginx.conf:5 certain body-dropped"]);
    expect(told(site("fastcgi_param CONTENT_LENGTH $content_length;", name))).toEqual(["nginx.conf:5 certain body-dropped"]);
  });

  it("is what files say that are not here, or what a template does", () => {
    expect(told(site("", `include fastcgi_params; ${name}`))).toEqual([]);
    expect(told(site("", `include snippets/fastcgi-php.conf; ${name}`))).toEqual([]);
    expect(told(site("", `${name} {{ parameters }} `))).toEqual([]);
    expect(told(site(name, "include fastcgi_params;"))).toEqual([]);
  });

  it("is all, or what the script is called stands elsewhere", () => {
    expect(told(site("", `${name} fastcgi_param REQUEST_METHOD $request_method; fastcgi_param CONTENT_LENGTH $content_length;`))).toEqual([]);
    expect(told(site("", "fastcgi_param HTTPS on;"))).toEqual([]);
  });
});

describe("nginx: answers that other sites may read", () => {
  const site = (place: string, methods: string): string => `server {
  add_header Access-Control-Allow-Origin *;
  location ${place} {
    if ($request_method !~ ^(${methods})$) { return 405; }
    ${app}
  }
}`;

  it("may be meant for those who ask by OPTIONS first", () => {
    expect(told(site("/api/", "GET|POST"))).toEqual(["nginx.conf:4 possible preflight-refused"]);
  });

  it("are only read where nothing can be sent, or stands", () => {
    expect(told(site("/api/", "GET|POST|OPTIONS"))).toEqual([]);
    expect(told(site("/news/", "GET|POST"))).toEqual([]);
  });
});
