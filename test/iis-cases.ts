/** What a request gets: an outcome of the interpreter, and the status where there is one. */
export type Expected = readonly [request: string, outcome: string, more?: Ask];

/** What a request is besides its method and its address. */
export interface Ask {
  readonly bytes?: number;
  readonly from?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly scheme?: "http" | "https";
  readonly anonymous?: boolean;
  readonly groups?: readonly string[];
  readonly perMinute?: number;
  /** What a header must be when the application gets it; null for one that is taken away. */
  readonly arrives?: Readonly<Record<string, string | null>>;
}

/** A configuration and what becomes of requests, as the manual says: there is no IIS here to ask. */
export interface Case {
  /** The page or the file that says so. */
  readonly page: string;
  readonly text: string;
  readonly expect: readonly Expected[];
}

/** A configuration of an application of the .NET Framework with these sections of `system.webServer`. */
export function site(webServer: string, more = ""): string {
  return `<configuration><system.web><compilation /></system.web>${more}<system.webServer>${webServer}</system.webServer></configuration>`;
}

function filtering(inside: string): string {
  return site(`<security><requestFiltering>${inside}</requestFiltering></security>`);
}

function rules(inside: string, more = ""): string {
  return site(`<rewrite>${more}<rules>${inside}</rules></rewrite>`);
}

function rule(match: string, conditions: string, action: string, attributes = ""): string {
  return `<rule name="one" ${attributes}><match ${match} />${conditions === "" ? "" : `<conditions>${conditions}</conditions>`}<action ${action} /></rule>`;
}

const core = '<handlers><add name="aspNetCore" path="*" verb="*" modules="AspNetCoreModuleV2" resourceType="Unspecified" /></handlers><aspNetCore processPath="dotnet" />';
const php = '<handlers><add name="php" path="*.php" verb="GET,HEAD,POST" modules="FastCgiModule" scriptProcessor="C:\\php\\php-cgi.exe" /></handlers>';
const all = 'url="(.*)"';
const refuse = 'type="CustomResponse" statusCode="403"';
const reference = "URL Rewrite Module Configuration Reference";

/** By name; the table of what is covered names them. */
export const cases: Readonly<Record<string, Case>> = {
  nothing: {
    page: "Handlers",
    text: site(""),
    expect: [
      ["POST /api/orders", "reached"],
      ["POST /page.aspx", "reached"],
      ["POST /index.php", "unknown"],
      ["POST /old.html", "refused 405"],
      ["GET /old.html", "answered 200"],
      ["PUT /api/orders", "refused 405"],
      ["OPTIONS /api/orders", "answered 200"],
    ],
  },
  "no sign of an application": {
    page: "Handlers",
    text: "<configuration><system.webServer><staticContent /></system.webServer></configuration>",
    expect: [["POST /api/orders", "unknown"], ["POST /page.aspx", "unknown"], ["POST /old.html", "refused 405"]],
  },
  "verbs that are not listed": {
    page: "Verbs",
    text: filtering('<verbs allowUnlisted="false"><add verb="GET" allowed="true" /></verbs>'),
    expect: [["POST /api/orders", "refused 404"], ["GET /api/orders", "reached"]],
  },
  "a verb that is refused": {
    page: "Verbs",
    text: filtering('<verbs><add verb="POST" allowed="false" /><add verb="PUT" allowed="false" /></verbs>'),
    expect: [["POST /api/orders", "refused 404"], ["GET /api/orders", "reached"], ["PUT /api/orders", "refused 404"]],
  },
  "verbs are compared with case": {
    page: "Verbs (IIS_schema.xml, caseSensitive)",
    text: filtering('<verbs><add verb="post" allowed="false" /></verbs>'),
    expect: [["POST /api/orders", "reached"]],
  },
  "a place takes a verb back": {
    page: "Verbs",
    text: filtering('<verbs allowUnlisted="false"><add verb="GET" allowed="true" /></verbs>').replace(
      "</configuration>",
      '<location path="api"><system.webServer><security><requestFiltering><verbs><add verb="POST" allowed="true" /></verbs></requestFiltering></security></system.webServer></location><location path="old"><system.webServer><security><requestFiltering><verbs allowUnlisted="true"><clear /></verbs></requestFiltering></security></system.webServer></location></configuration>',
    ),
    expect: [["POST /api/orders", "reached"], ["POST /API", "reached"], ["POST /apis", "refused 404"], ["POST /old/x", "reached"], ["POST /contact", "refused 404"]],
  },
  "the limit for bodies": {
    page: "Request Limits",
    text: filtering('<requestLimits maxAllowedContentLength="1000" />'),
    expect: [["POST /a", "reached", { bytes: 1000 }], ["POST /a", "refused 413", { bytes: 1001 }]],
  },
  "the default limit for bodies": {
    page: "Request Limits",
    text: `<configuration><system.webServer>${core}</system.webServer></configuration>`,
    expect: [["POST /a", "reached", { bytes: 30_000_000 }], ["POST /a", "refused 413", { bytes: 30_000_001 }]],
  },
  "the limit of ASP.NET": {
    page: "httpRuntime Element (ASP.NET Settings Schema)",
    text: `<configuration><system.web><httpRuntime maxRequestLength="8" /></system.web><system.webServer>${php}</system.webServer></configuration>`,
    expect: [["POST /api/orders", "reached", { bytes: 8192 }], ["POST /api/orders", "refused 500", { bytes: 8193 }], ["POST /index.php", "reached", { bytes: 8193 }]],
  },
  "the default limit of ASP.NET": {
    page: "httpRuntime Element (ASP.NET Settings Schema)",
    text: site(""),
    expect: [["POST /api/orders", "reached", { bytes: 4096 * 1024 }], ["POST /api/orders", "refused 500", { bytes: 4096 * 1024 + 1 }]],
  },
  "limits for addresses and headers": {
    page: "Request Limits",
    text: filtering('<requestLimits maxUrl="10" maxQueryString="3"><headerLimits><add header="Content-Type" sizeLimit="20" /></headerLimits></requestLimits>'),
    expect: [
      ["POST /a", "reached", { headers: { "content-type": "text/plain" } }],
      ["POST /abcdefghijk", "refused 404", { headers: { "content-type": "text/plain" } }],
      ["POST /a?b=cd", "refused 404", { headers: { "content-type": "text/plain" } }],
      ["POST /a", "refused 431", { headers: { "content-type": "application/x-www-form-urlencoded" } }],
    ],
  },
  "segments and sequences": {
    page: "Hidden Segments; Deny URL Sequences; Deny Query String Sequences",
    text: filtering('<hiddenSegments><add segment="bin" /></hiddenSegments><denyUrlSequences><add sequence=".." /></denyUrlSequences><denyQueryStringSequences><add sequence="&lt;" /></denyQueryStringSequences>'),
    expect: [["POST /BIN/x", "refused 404"], ["POST /binary/x", "reached"], ["POST /a..b/c", "refused 404"], ["POST /a?b=<", "refused 404"], ["POST /a?b=c", "reached"]],
  },
  "what is always allowed": {
    page: "Always Allowed URLs; Always Allowed Query Strings",
    text: filtering('<alwaysAllowedUrls><add url="/bin/a" /></alwaysAllowedUrls><alwaysAllowedQueryStrings><add queryString="b=&lt;" /></alwaysAllowedQueryStrings><hiddenSegments><add segment="bin" /></hiddenSegments><denyQueryStringSequences><add sequence="&lt;" /></denyQueryStringSequences>'),
    expect: [["POST /bin/a", "reached"], ["POST /bin/b", "refused 404"], ["POST /c?b=<", "reached"], ["POST /c?d=<", "refused 404"]],
  },
  "file name extensions": {
    page: "File Extensions",
    text: filtering('<fileExtensions allowUnlisted="false"><add fileExtension=".ashx" allowed="true" /></fileExtensions>'),
    expect: [["POST /a.ashx", "reached"], ["POST /page.aspx", "refused 404"], ["POST /api/orders", "refused 404"]],
  },
  "filtering rules": {
    page: "Request Filtering Rules",
    text: filtering('<filteringRules><filteringRule name="a" scanUrl="false" scanQueryString="true"><scanHeaders><add requestHeader="User-Agent" /></scanHeaders><denyStrings><add string="curl" /><add string="--" /></denyStrings></filteringRule></filteringRules>'),
    expect: [["POST /curl", "reached"], ["POST /a?b=--", "refused 404"], ["POST /a", "refused 404", { headers: { "user-agent": "curl/8" } }]],
  },
  "addresses in order": {
    page: "IP Security",
    text: site('<security><ipSecurity allowUnlisted="false"><add ipAddress="10.1.1.1" /><add ipAddress="10.0.0.0" subnetMask="255.0.0.0" allowed="true" /></ipSecurity></security>'),
    expect: [["POST /a", "refused 403"], ["POST /a", "reached", { from: "10.2.3.4" }], ["POST /a", "refused 403", { from: "10.1.1.1" }]],
  },
  "what refused addresses get": {
    page: "IP Security (denyAction)",
    text: site('<security><ipSecurity denyAction="NotFound"><add ipAddress="203.0.113.7" allowed="false" /></ipSecurity></security>'),
    expect: [["POST /a", "refused 404"], ["POST /a", "reached", { from: "198.51.100.1" }]],
  },
  "an address behind its network": {
    page: "IP Security",
    text: site('<security><ipSecurity><add ipAddress="203.0.0.0" subnetMask="255.0.0.0" allowed="false" /><add ipAddress="203.0.113.7" allowed="true" /></ipSecurity></security>'),
    expect: [["POST /a", "refused 403"], ["POST /a", "reached", { from: "198.51.100.1" }]],
  },
  "how often one address may ask": {
    page: "Dynamic IP Security",
    text: site('<security><dynamicIpSecurity><denyByRequestRate enabled="true" maxRequests="2" requestIntervalInMilliseconds="60000" /></dynamicIpSecurity></security>'),
    expect: [["POST /a", "reached", { perMinute: 2 }], ["POST /a", "refused 403", { perMinute: 3 }]],
  },
  "TLS is asked for": {
    page: "Access (sslFlags)",
    text: site('<security><access sslFlags="Ssl" /></security>'),
    expect: [["POST /a", "reached"], ["POST /a", "refused 403", { scheme: "http" }]],
  },
  "nobody may stay unknown": {
    page: "Anonymous Authentication",
    text: site('<security><authentication><anonymousAuthentication enabled="false" /></authentication></security>'),
    expect: [["POST /a", "reached"], ["POST /a", "refused 401", { anonymous: true }]],
  },
  "rules that deny come first": {
    page: "Understanding IIS URL Authorization",
    text: site('<security><authorization><add accessType="Allow" users="*" /><add accessType="Deny" users="*" verbs="POST,PUT" /></authorization></security>'),
    expect: [["POST /a", "refused 401"], ["GET /a", "reached"]],
  },
  "only some methods are allowed": {
    page: "Understanding IIS URL Authorization",
    text: site('<security><authorization><remove users="*" roles="" verbs="" /><add accessType="Allow" users="*" verbs="GET,HEAD" /></authorization></security>'),
    expect: [["POST /a", "refused 401"], ["GET /a", "reached"]],
  },
  "the server's own rule stays": {
    page: "Understanding IIS URL Authorization",
    text: site('<security><authorization><add accessType="Allow" users="*" verbs="GET" /></authorization></security>'),
    expect: [["POST /a", "reached"]],
  },
  "the first rule of ASP.NET decides": {
    page: "authorization Element (ASP.NET Settings Schema)",
    text: `<configuration><system.web><authorization><allow verbs="GET" users="*" /><deny verbs="POST" users="*" /><allow users="*" /></authorization></system.web><system.webServer>${php}</system.webServer></configuration>`,
    expect: [["POST /a", "refused 401"], ["GET /a", "reached"], ["POST /index.php", "reached"]],
  },
  "a folder's rules of ASP.NET come first": {
    page: "authorization Element (ASP.NET Settings Schema)",
    text: '<configuration><system.web><authorization><deny users="*" /></authorization></system.web><location path="open"><system.web><authorization><allow users="*" /></authorization></system.web></location></configuration>',
    expect: [["POST /open/a", "reached"], ["POST /a", "refused 401"]],
  },
  "forms authentication leads to the login": {
    page: "forms Element for authentication (ASP.NET Settings Schema)",
    text: '<configuration><system.web><authentication mode="Forms"><forms loginUrl="~/login" /></authentication><authorization><deny users="?" /></authorization></system.web></configuration>',
    expect: [["POST /a", "reached"], ["POST /a", "redirected 302", { anonymous: true }]],
  },
  "roles are known only where the request says them": {
    page: "authorization Element (ASP.NET Settings Schema)",
    text: '<configuration><system.web><authorization><allow roles="Clerks" /><deny users="*" /></authorization></system.web></configuration>',
    expect: [["POST /a", "unknown"], ["POST /a", "reached", { groups: ["clerks"] }], ["POST /a", "refused 401", { anonymous: true }]],
  },
  "a handler for some methods": {
    page: "Handlers",
    text: site('<handlers><add name="a" path="api/*" verb="GET,HEAD" type="Shop.Api" /><remove name="ExtensionlessUrlHandler-Integrated-4.0" /></handlers>'),
    expect: [["POST /api/orders", "refused 405"], ["GET /api/orders", "reached"]],
  },
  "another handler takes the method": {
    page: "Handlers",
    text: site('<handlers><add name="a" path="api/*" verb="GET" type="Shop.Api" /><add name="b" path="api/*" verb="POST" type="Shop.Api" /><add name="c" path="*.json" verb="GET" type="Shop.Api" /></handlers>'),
    expect: [["POST /api/orders", "reached"], ["POST /data.json", "refused 405"]],
  },
  "one handler for everything": {
    page: "Handlers; ASP.NET Core Module",
    text: `<configuration><system.webServer>${core}</system.webServer></configuration>`,
    expect: [["POST /api/orders", "reached"], ["PUT /a.html", "reached"], ["POST /a", "reached", { bytes: 29_000_000 }]],
  },
  "handlers that are not run": {
    page: "Handlers (accessPolicy)",
    text: site('<handlers accessPolicy="Read" />'),
    expect: [["POST /page.aspx", "refused 403"], ["GET /a.html", "answered 200"]],
  },
  "a handler that refuses": {
    page: "Handlers",
    text: site('<handlers><add name="views" path="*.cshtml" verb="*" type="System.Web.HttpNotFoundHandler" /></handlers>'),
    expect: [["POST /a.cshtml", "refused 404"], ["POST /a", "reached"]],
  },
  "handlers are cleared": {
    page: "Handlers",
    text: site('<handlers><clear /><add name="php" path="*.php" verb="GET,POST" modules="FastCgiModule" scriptProcessor="C:\\php\\php-cgi.exe" /></handlers>'),
    expect: [["POST /index.php", "reached"], ["POST /a", "refused 404"]],
  },
  "a child's handlers stand first": {
    page: "Handlers (IIS_schema.xml, mergeAppend)",
    text: site('<handlers><add name="all" path="*" verb="*" type="Shop.All" /></handlers>').replace("</configuration>", '<location path="files"><system.webServer><handlers><add name="files" path="*" verb="*" modules="StaticFileModule" /></handlers></system.webServer></location></configuration>'),
    expect: [["POST /a", "reached"], ["POST /files/a", "refused 405"]],
  },
  "every managed module is asked": {
    page: "Modules (runAllManagedModulesForAllRequests)",
    text: site('<modules runAllManagedModulesForAllRequests="true" />'),
    expect: [["POST /api/items.json", "unknown"], ["POST /api/items", "reached"]],
  },
  "redirects, and what they are called": {
    page: `${reference}, Redirect action`,
    text: rules(
      ["Permanent", "Found", "SeeOther", "Temporary"].map((type) => `<rule name="${type}"><match url="^${type}$" /><action type="Redirect" url="/b" redirectType="${type}" /></rule>`).join("") + '<rule name="d"><match url="^none$" /><action type="Redirect" url="/b" /></rule>',
    ),
    expect: [["POST /permanent", "redirected 301"], ["POST /Found", "redirected 302"], ["POST /SeeOther", "redirected 303"], ["POST /Temporary", "redirected 307"], ["POST /none", "redirected 301"], ["POST /other", "reached"]],
  },
  "patterns ignore case unless told": {
    page: `${reference}, Rule pattern properties`,
    text: rules(rule('url="^API/"', "", refuse) + rule('url="^Old/" ignoreCase="false"', "", refuse).replace("one", "two")),
    expect: [["POST /api/a", "refused 403"], ["POST /old/a", "reached"], ["POST /Old/a", "refused 403"]],
  },
  "patterns that are negated": {
    page: `${reference}, Rule pattern properties`,
    text: rules(rule('url="^api/" negate="true"', "", refuse)),
    expect: [["POST /api/a", "reached"], ["POST /a", "refused 403"]],
  },
  "wildcards and exact matches": {
    page: `${reference}, Rule pattern syntax`,
    text: rules(rule('url="old/*.htm?"', "", 'type="Rewrite" url="new/{R:1}"', 'patternSyntax="Wildcard"') + rule('url="exact"', "", refuse, 'patternSyntax="ExactMatch"').replace("one", "two")),
    expect: [["POST /old/a.html", "reached"], ["POST /old/a.htm", "refused 405"], ["POST /exact", "refused 403"], ["POST /exactly", "reached"]],
  },
  "conditions: all of them, or any": {
    page: `${reference}, Rule conditions`,
    text: rules(
      rule(all, '<add input="{REQUEST_METHOD}" pattern="^POST$" /><add input="{HTTP_HOST}" pattern="^old\\." />', refuse) +
        `<rule name="two"><match url="^any" /><conditions logicalGrouping="MatchAny"><add input="{REQUEST_METHOD}" pattern="^POST$" /><add input="{HTTP_HOST}" pattern="^old\\." /></conditions><action ${refuse} /></rule>`,
    ),
    expect: [["POST /a", "reached"], ["POST /a", "refused 403", { headers: { host: "old.example" } }], ["POST /any", "refused 403"], ["GET /any", "reached"]],
  },
  "conditions that are negated": {
    page: `${reference}, Rule conditions`,
    text: rules(rule(all, '<add input="{REQUEST_METHOD}" pattern="^(GET|HEAD)$" negate="true" />', 'type="CustomResponse" statusCode="405" statusReason="no"')),
    expect: [["POST /a", "refused 405"], ["GET /a", "reached"], ["HEAD /a", "reached"]],
  },
  "server variables": {
    page: `${reference}, Using server variables in rewrite rules`,
    text: rules(
      [
        ["a", "{HTTPS}", "^OFF$"],
        ["b", "{QUERY_STRING}", "(^|&amp;)q=1"],
        ["c", "{CONTENT_TYPE}", "^text/xml"],
        ["d", "{HTTP_USER_AGENT}", "curl"],
        ["e", "{REMOTE_ADDR}", "^203\\.0\\.113\\."],
        ["f", "{REQUEST_URI}", "^/f\\?x"],
        ["g", "{SERVER_PORT_SECURE}", "^0$"],
      ]
        .map(([name, input, pattern]) => `<rule name="${name}"><match url="^${name}$" /><conditions><add input="${input}" pattern="${pattern}" /></conditions><action ${refuse} /></rule>`)
        .join(""),
    ),
    expect: [
      ["POST /a", "reached"],
      ["POST /a", "refused 403", { scheme: "http" }],
      ["POST /b?a=1&q=1", "refused 403"],
      ["POST /b?aq=1", "reached"],
      ["POST /c", "refused 403", { headers: { "content-type": "text/xml" } }],
      ["POST /d", "refused 403", { headers: { "user-agent": "curl/8" } }],
      ["POST /e", "refused 403"],
      ["POST /f?x=1", "refused 403"],
      ["POST /f", "reached"],
      ["POST /g", "refused 403", { scheme: "http" }],
    ],
  },
  "the last condition that matched is referred to": {
    page: `${reference}, Using back-references in rewrite rules`,
    text: rules(rule('url="^go/(.*)"', '<add input="{HTTP_HOST}" pattern="^(\\w+)\\." /><add input="{QUERY_STRING}" pattern="^f=(\\w+)" />', 'type="Rewrite" url="{C:1}/{R:1}" appendQueryString="false"')),
    expect: [["POST /go/a.html?f=x", "refused 405"], ["POST /go/a.aspx?f=x", "reached"]],
  },
  "captures of all conditions": {
    page: "URL Rewrite Module 2.0 Configuration Reference, Tracking capture groups across conditions",
    text: rules(
      '<rule name="one"><match url="^go$" /><conditions trackAllCaptures="true"><add input="{HTTP_HOST}" pattern="^(\\w+)\\." /><add input="{QUERY_STRING}" pattern="^f=(\\w+)" /></conditions><action type="Rewrite" url="x.{C:2}" /></rule>',
    ),
    expect: [["POST /go?f=aspx", "reached"], ["POST /go?f=html", "refused 405"]],
  },
  "what is rewritten goes on": {
    page: `${reference}, Rewrite rules evaluation`,
    text: rules(rule('url="^a$"', "", 'type="Rewrite" url="b"') + rule('url="^b$"', "", refuse).replace("one", "two") + rule('url="^c$"', "", 'type="Rewrite" url="b"', 'stopProcessing="true"').replace("one", "three")),
    expect: [["POST /a", "refused 403"], ["POST /c", "reached"]],
  },
  "rules that stop": {
    page: `${reference}, Rewrite rules evaluation`,
    text: rules(rule('url="^api/"', "", 'type="None"', 'stopProcessing="true"') + rule(all, "", refuse).replace("one", "two")),
    expect: [["POST /api/a", "reached"], ["POST /a", "refused 403"]],
  },
  "rules that are switched off": {
    page: `${reference}, Rewrite rules`,
    text: rules(rule(all, "", refuse, 'enabled="false"')),
    expect: [["POST /a", "reached"]],
  },
  "rules without a pattern": {
    page: "rewrite_schema.xml, match",
    text: '<configuration><system.webServer><handlers><add name="iisnode" path="server.js" verb="*" modules="iisnode" /></handlers><rewrite><rules><rule name="app"><conditions><add input="{REQUEST_FILENAME}" matchType="IsFile" negate="True" /></conditions><action type="Rewrite" url="server.js" /></rule></rules></rewrite></system.webServer></configuration>',
    expect: [["POST /api/orders", "reached"], ["POST /", "reached"], ["POST /server.js", "reached"]],
  },
  "the connection is cut": {
    page: `${reference}, AbortRequest action`,
    text: rules(rule('url="^x"', "", 'type="AbortRequest"')),
    expect: [["POST /x", "refused reset"]],
  },
  "a front controller": {
    page: `${reference}, Rule conditions`,
    text: rules(rule(all, '<add input="{REQUEST_FILENAME}" matchType="IsFile" negate="true" /><add input="{REQUEST_FILENAME}" matchType="IsDirectory" negate="true" />', 'type="Rewrite" url="index.php/{R:1}"', 'stopProcessing="true"')),
    expect: [["POST /api/orders", "reached"], ["POST /index.php", "reached"], ["POST /", "reached"]],
  },
  "rules of a folder": {
    page: `${reference}, Rewrite rules scope`,
    text: site("").replace(
      "</configuration>",
      '<location path="shop"><system.webServer><rewrite><rules><rule name="a"><match url="^old$" /><action type="Redirect" url="new" /></rule><rule name="b"><match url="a|^b" /><action type="CustomResponse" statusCode="410" /></rule></rules></rewrite></system.webServer></location></configuration>',
    ),
    expect: [["POST /shop/old", "redirected 301"], ["POST /old", "reached"], ["POST /shop/cat", "refused 410"], ["POST /shop/b", "refused 410"], ["POST /b", "reached"]],
  },
  "maps": {
    page: `${reference}, Rewrite maps`,
    text: rules(rule(all, '<add input="{Gone:{URL}}" pattern="(.+)" />', 'type="Redirect" url="{C:1}" appendQueryString="false"'), '<rewriteMaps><rewriteMap name="Gone"><add key="/old" value="/new" /></rewriteMap></rewriteMaps>'),
    expect: [["POST /old", "redirected 301"], ["POST /other", "reached"]],
  },
  "another server behind": {
    page: "Reverse Proxy with URL Rewrite v2 and Application Request Routing",
    text: '<configuration><system.webServer><rewrite><rules><rule name="p"><match url="^api/(.*)" /><action type="Rewrite" url="http://127.0.0.1:8080/{R:1}" /></rule></rules></rewrite></system.webServer></configuration>',
    expect: [["POST /api/orders", "reached"], ["POST /api/x.html", "reached"]],
  },
  "headers that a rule sets": {
    page: "Setting HTTP request headers and IIS server variables",
    text: rules('<rule name="a"><match url="^api/(.*)" /><serverVariables><set name="HTTP_X_PATH" value="{R:1}" /><set name="HTTP_COOKIE" value="" /><set name="HTTP_ACCEPT" value="x" replace="false" /></serverVariables><action type="Rewrite" url="{R:1}" /></rule>'),
    expect: [["POST /api/a", "reached", { arrives: { "x-path": "a", cookie: null } }], ["POST /b", "reached", { arrives: {} }]],
  },
  "redirects of a folder": {
    page: "HTTP Redirects",
    text: site('<httpRedirect enabled="true" destination="https://new.example/" childOnly="true"><add wildcard="*.php" destination="/gone" /></httpRedirect>').replace(
      "</configuration>",
      '<location path="moved"><system.webServer><httpRedirect enabled="true" destination="/here" exactDestination="true" httpResponseStatus="PermRedirect" childOnly="false" /></system.webServer></location></configuration>',
    ),
    expect: [["POST /a", "redirected 302"], ["POST /a/b", "reached"], ["POST /a/b.php", "redirected 302"], ["POST /moved/a", "redirected 308"]],
  },
  "error pages elsewhere": {
    page: "HTTP Errors (responseMode)",
    text: site('<httpErrors><error statusCode="405" path="/sorry" responseMode="Redirect" /><error statusCode="404" subStatusCode="3" path="/x" responseMode="Redirect" /></httpErrors>'),
    expect: [["POST /old.html", "redirected 302"]],
  },
  "changes to another file": {
    page: "Web.config Transformation Syntax for Web Project Deployment",
    text: '<configuration xmlns:xdt="http://schemas.microsoft.com/XML-Document-Transform"><system.webServer><security><requestFiltering><verbs allowUnlisted="false" xdt:Transform="Insert" /></requestFiltering></security></system.webServer></configuration>',
    expect: [["POST /a", "unknown"]],
  },
};
