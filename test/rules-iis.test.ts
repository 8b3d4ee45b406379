import { describe, expect, it } from "vitest";
import { findingsIn, loadText, mark, marked } from "./rule-tester.ts";

interface Cases {
  /** Marked text: a line of tildes stands under what must be underlined, followed by the rule. Nothing else may be a certain warning. */
  readonly bad: readonly string[];
  /** Texts in which no rule finds anything certain above a note. */
  readonly good: readonly string[];
  /** Texts in which the rule finds something possible. */
  readonly possible?: readonly string[];
}

function configuration(inside: string): string {
  return `<configuration>\n<system.web><compilation /></system.web>\n${inside}\n</configuration>`;
}

function server(inside: string): string {
  return configuration(`<system.webServer>\n${inside}\n</system.webServer>`);
}

function api(inside: string): string {
  return configuration(`<location path="api">\n<system.webServer>\n${inside}\n</system.webServer>\n</location>`);
}

function rules(inside: string): string {
  return server(`<rewrite><rules>\n${inside}\n</rules></rewrite>`);
}

const cases: Readonly<Record<string, Cases>> = {
  "method-denied": {
    bad: [
      api(`<security><requestFiltering>
  <verbs allowUnlisted="false">
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ method-denied
    <add verb="GET" allowed="true" />
  </verbs>
</requestFiltering></security>`),
      api(`<security><requestFiltering><verbs>
  <add verb="POST" allowed="false" />
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ method-denied
</verbs></requestFiltering></security>`),
      // A limit for bodies says that some are expected.
      server(`<security><requestFiltering>
<requestLimits maxAllowedContentLength="50000000" />
  <verbs allowUnlisted="false">
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ method-denied
    <add verb="GET" allowed="true" />
    <add verb="HEAD" allowed="true" />
  </verbs>
</requestFiltering></security>`),
      rules(`<rule name="Only some" stopProcessing="true">
  <match url="^api/" />
  <conditions><add input="{REQUEST_METHOD}" pattern="^(GET|HEAD)$" negate="true" /></conditions>
  <action type="CustomResponse" statusCode="405" statusReason="Method Not Allowed" />
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ method-denied
</rule>`),
      rules(`<rule name="Old forms">
  <match url="^contact$" />
  <conditions><add input="{REQUEST_METHOD}" pattern="POST" /></conditions>
  <action type="AbortRequest" />
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ method-denied
</rule>`),
    ],
    good: [
      api('<security><requestFiltering><verbs allowUnlisted="false"><add verb="GET" allowed="true" /><add verb="POST" allowed="true" /></verbs></requestFiltering></security>'),
      api('<security><requestFiltering><verbs allowUnlisted="true"><add verb="TRACE" allowed="false" /></verbs></requestFiltering></security>'),
      // The author says that it is meant.
      api('<security><requestFiltering>\n<!-- read-only mirror -->\n<verbs allowUnlisted="false"><add verb="GET" allowed="true" /></verbs></requestFiltering></security>'),
      rules('<rule name="Block writes"><match url="^api/" /><conditions><add input="{REQUEST_METHOD}" pattern="POST" /></conditions><action type="AbortRequest" /></rule>'),
      rules('<rule name="a"><match url="^api/" /><conditions><add input="{REQUEST_METHOD}" pattern="^(TRACE|TRACK)$" /></conditions><action type="AbortRequest" /></rule>'),
      // The path has to be that of POSTs for the condition to matter.
      rules('<rule name="a"><match url="(.*)" /><conditions><add input="{REQUEST_METHOD}" pattern="^GET$" /></conditions><action type="Redirect" url="https://new.example/{R:1}" /></rule>'),
      // Changes to another file, of which nobody knows whether they are made.
      '<configuration xmlns:xdt="http://schemas.microsoft.com/XML-Document-Transform"><location path="api"><system.webServer><security><requestFiltering><verbs allowUnlisted="false" xdt:Transform="Insert" /></requestFiltering></security></system.webServer></location></configuration>',
    ],
    possible: [
      // Nothing shows that writes are meant.
      server('<security><requestFiltering><verbs allowUnlisted="false"><add verb="GET" allowed="true" /></verbs></requestFiltering></security>'),
    ],
  },
  "limit-excludes-post": {
    bad: [
      api(`<security><authorization>
  <add accessType="Deny" users="*" verbs="POST,PUT,DELETE" />
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ limit-excludes-post
</authorization></security>`),
      api(`<security><authorization><clear />
  <add accessType="Allow" users="*" verbs="GET,HEAD" />
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ limit-excludes-post
</authorization></security>`),
      configuration(`<location path="api"><system.web><authorization>
  <allow verbs="GET" users="*" />
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ limit-excludes-post
  <deny users="*" />
</authorization></system.web></location>`),
      configuration(`<location path="api/orders"><system.web><authorization>
  <deny verbs="POST" users="*" />
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ limit-excludes-post
</authorization></system.web></location>`),
    ],
    good: [
      // Everybody who proves who they are may write.
      configuration('<location path="api"><system.web><authorization><deny verbs="POST" users="?" /></authorization></system.web></location>'),
      configuration('<location path="api"><system.web><authorization><allow verbs="GET,POST" users="*" /><deny users="*" /></authorization></system.web></location>'),
      // The rule that lets everybody in stays in force.
      api('<security><authorization><add accessType="Allow" users="*" verbs="GET" /></authorization></security>'),
      configuration('<location path="api"><system.web><authorization><allow roles="Clerks" /><deny users="*" /></authorization></system.web></location>'),
    ],
  },
  "redirect-drops-body": {
    bad: [
      rules(`<rule name="New version" stopProcessing="true">
  <match url="^api/v1/(.*)" />
  <action type="Redirect" url="api/v2/{R:1}" redirectType="Permanent" />
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ redirect-drops-body
</rule>`),
      // 301 when nothing is said.
      rules(`<rule name="New version"><match url="^api/v1/(.*)" />
  <action type="Redirect" url="api/v2/{R:1}" />
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ redirect-drops-body
</rule>`),
      api(`
  <httpRedirect enabled="true" destination="/v2" exactDestination="true" />
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ redirect-drops-body
`),
    ],
    good: [
      rules('<rule name="a"><match url="^api/v1/(.*)" /><action type="Redirect" url="api/v2/{R:1}" redirectType="Temporary" /></rule>'),
      rules('<rule name="a"><match url="^api/v1/(.*)" /><action type="Redirect" url="api/v2/{R:1}" redirectType="SeeOther" /></rule>'),
      // To https: nearly every site has one, a note.
      rules('<rule name="https" stopProcessing="true"><match url="(.*)" /><conditions><add input="{HTTPS}" pattern="off" /></conditions><action type="Redirect" url="https://{HTTP_HOST}/{R:1}" /></rule>'),
      rules('<rule name="https" stopProcessing="true"><match url="(.*)" /><conditions><add input="{HTTPS}" pattern="off" ignoreCase="true" /></conditions><action type="Redirect" url="https://{HTTP_HOST}{REQUEST_URI}" appendQueryString="false" /></rule>'),
      rules('<rule name="www"><match url="(.*)" /><conditions><add input="{HTTP_HOST}" pattern="^shop\\.example$" /></conditions><action type="Redirect" url="https://www.shop.example/{R:1}" /></rule>'),
      rules('<rule name="slash"><match url="(.*[^/])$" /><conditions><add input="{REQUEST_FILENAME}" matchType="IsDirectory" negate="true" /><add input="{REQUEST_FILENAME}" matchType="IsFile" negate="true" /></conditions><action type="Redirect" url="{R:1}/" /></rule>'),
      rules('<rule name="lower"><match url="[A-Z]" ignoreCase="false" /><action type="Redirect" url="{ToLower:{URL}}" /></rule>'),
      api('<httpRedirect enabled="true" destination="/v2" exactDestination="true" httpResponseStatus="PermRedirect" />'),
      api('<httpRedirect enabled="false" destination="/v2" />'),
    ],
  },
  "body-limit-too-small": {
    bad: [
      configuration(`<location path="upload"><system.webServer><security><requestFiltering>
  <requestLimits maxAllowedContentLength="1048576" />
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ body-limit-too-small
</requestFiltering></security></system.webServer></location>`),
      configuration(`<location path="upload"><system.web>
  <httpRuntime maxRequestLength="1024" />
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ body-limit-too-small
</system.web></location>`),
    ],
    good: [
      configuration('<location path="upload"><system.webServer><security><requestFiltering><requestLimits maxAllowedContentLength="52428800" /></requestFiltering></security></system.webServer></location>'),
      configuration('<location path="upload"><system.web><httpRuntime maxRequestLength="20480" executionTimeout="300" /></system.web></location>'),
      server('<security><requestFiltering><requestLimits maxAllowedContentLength="1048576" /></requestFiltering></security>'),
    ],
  },
  "body-limit-on-wrong-location": {
    bad: [
      // What ASP.NET is told to take, request filtering refuses before.
      `
  <configuration>
# ~~~~~~~~~~~~~~~ body-limit-on-wrong-location
<system.web><httpRuntime maxRequestLength="102400" /></system.web></configuration>`,
    ],
    good: [
      configuration('<system.web><httpRuntime maxRequestLength="102400" /></system.web><system.webServer><security><requestFiltering><requestLimits maxAllowedContentLength="104857600" /></requestFiltering></security></system.webServer>'),
      configuration('<system.web><httpRuntime maxRequestLength="20480" /></system.web>'),
      configuration('<location path="upload"><system.web><httpRuntime maxRequestLength="102400" /></system.web><system.webServer><security><requestFiltering><requestLimits maxAllowedContentLength="104857600" /></requestFiltering></security></system.webServer></location>'),
    ],
  },
  "route-excludes-post": {
    bad: [
      server(`<handlers>
<remove name="ExtensionlessUrlHandler-Integrated-4.0" />
  <add name="api" path="api/*" verb="GET,HEAD" type="Shop.ApiHandler, Shop" />
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ route-excludes-post
</handlers>`),
      server(`<handlers><clear />
  <add name="php" path="*.php" verb="GET,HEAD" modules="FastCgiModule" scriptProcessor="C:\\php\\php-cgi.exe" />
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ route-excludes-post
<add name="StaticFile" path="*" verb="*" modules="StaticFileModule" />
</handlers>`),
    ],
    good: [
      server('<handlers><add name="api" path="api/*" verb="GET,POST" type="Shop.ApiHandler" /></handlers>'),
      server('<handlers><add name="api" path="api/*" verb="*" type="Shop.ApiHandler" /></handlers>'),
      // The server's own handler takes the other methods.
      server('<handlers><add name="php" path="*.php" verb="GET" modules="FastCgiModule" scriptProcessor="C:\\php\\php-cgi.exe" /></handlers>'),
      server('<handlers><add name="scripts" path="ScriptResource.axd" verb="GET,HEAD" type="System.Web.Handlers.ScriptResourceHandler" /></handlers>'),
      // Views are not asked for by anybody.
      server('<handlers><add name="BlockViewHandler" path="*" verb="*" preCondition="integratedMode" type="System.Web.HttpNotFoundHandler" /></handlers>'),
    ],
  },
  "static-handler-refuses-post": {
    bad: [],
    good: [
      // A page of its own, and files.
      '<configuration><system.webServer><rewrite><rules><rule name="app" stopProcessing="true"><match url=".*" /><conditions><add input="{REQUEST_FILENAME}" matchType="IsFile" negate="true" /></conditions><action type="Rewrite" url="/index.html" /></rule></rules></rewrite></system.webServer></configuration>',
      '<configuration><system.webServer><staticContent><mimeMap fileExtension=".webp" mimeType="image/webp" /></staticContent></system.webServer></configuration>',
    ],
  },
  "address-list-refuses-clients": {
    bad: [
      configuration(`<location path="webhook"><system.webServer><security>
  <ipSecurity allowUnlisted="false">
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ address-list-refuses-clients
<add ipAddress="10.0.0.0" subnetMask="255.0.0.0" allowed="true" />
</ipSecurity></security></system.webServer></location>`),
    ],
    good: [
      configuration('<location path="webhook"><system.webServer><security><ipSecurity allowUnlisted="false"><add ipAddress="192.0.2.0" subnetMask="255.255.255.0" allowed="true" /></ipSecurity></security></system.webServer></location>'),
      configuration('<location path="admin"><system.webServer><security><ipSecurity allowUnlisted="false"><add ipAddress="10.0.0.0" subnetMask="255.0.0.0" allowed="true" /></ipSecurity></security></system.webServer></location>'),
    ],
  },
  "deny-shadows-allow": {
    bad: [
      configuration(`<location path="api"><system.webServer><security><ipSecurity>
  <add ipAddress="203.0.0.0" subnetMask="255.0.0.0" allowed="false" />
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ deny-shadows-allow
<add ipAddress="203.0.113.0" subnetMask="255.255.255.0" allowed="true" />
</ipSecurity></security></system.webServer></location>`),
    ],
    good: [
      configuration('<location path="api"><system.webServer><security><ipSecurity><add ipAddress="203.0.113.0" subnetMask="255.255.255.0" allowed="true" /><add ipAddress="203.0.0.0" subnetMask="255.0.0.0" allowed="false" /></ipSecurity></security></system.webServer></location>'),
    ],
  },
  "content-type-refused": {
    bad: [
      rules(`<rule name="Types"><match url="^api/" />
<conditions><add input="{REQUEST_METHOD}" pattern="^POST$" /><add input="{CONTENT_TYPE}" pattern="^application/json$" negate="true" /></conditions>
  <action type="CustomResponse" statusCode="415" />
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ content-type-refused
</rule>`),
    ],
    good: [
      rules('<rule name="Types"><match url="^api/" /><conditions><add input="{REQUEST_METHOD}" pattern="^POST$" /><add input="{CONTENT_TYPE}" pattern="^application/json" negate="true" /></conditions><action type="CustomResponse" statusCode="415" /></rule>'),
    ],
  },
  "referer-required": {
    bad: [
      rules(`<rule name="Own pages"><match url="^webhook" />
<conditions><add input="{HTTP_REFERER}" pattern="^https://shop\\.example/" negate="true" /></conditions>
  <action type="CustomResponse" statusCode="403" />
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ referer-required
</rule>`),
    ],
    good: [
      rules('<rule name="Images"><match url="\\.(png|jpg)$" /><conditions><add input="{HTTP_REFERER}" pattern="^https://shop\\.example/" negate="true" /></conditions><action type="CustomResponse" statusCode="403" /></rule>'),
    ],
  },
  "waf-match-too-broad": {
    bad: [
      rules(`<rule name="Programs"><match url="^hooks/" />
<conditions><add input="{HTTP_USER_AGENT}" pattern="curl|python|java" /></conditions>
  <action type="CustomResponse" statusCode="403" />
# ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ waf-match-too-broad
</rule>`),
    ],
    good: [
      rules('<rule name="Programs"><match url=".*" /><conditions><add input="{HTTP_USER_AGENT}" pattern="sqlmap|nikto" /></conditions><action type="AbortRequest" /></rule>'),
    ],
    possible: [
      server('<security><requestFiltering><denyQueryStringSequences><add sequence="[" /></denyQueryStringSequences></requestFiltering></security><httpErrors />'),
    ],
  },
  "credentials-dropped": {
    bad: [],
    good: [
      rules('<rule name="a"><match url="^api/(.*)" /><serverVariables><set name="HTTP_X_FORWARDED_PROTO" value="https" /></serverVariables><action type="Rewrite" url="http://127.0.0.1:8080/{R:1}" /></rule>'),
    ],
    possible: [
      rules('<rule name="a"><match url="^api/(.*)" /><serverVariables><set name="HTTP_AUTHORIZATION" value="" /></serverVariables><action type="Rewrite" url="http://127.0.0.1:8080/{R:1}" /></rule>'),
    ],
  },
};

describe.each(Object.entries(cases))("%s", (id, { bad, good, possible = [] }) => {
  it.each(bad.map((text, index) => [index, text] as const))("bad %i", (_, text) => {
    const { text: clean, expected } = marked(text);
    const found = findingsIn(loadText("iis", clean)).filter(({ certainty, severity }) => certainty === "certain" && severity !== "note");
    expect(found.map(mark)).toEqual(expected);
  });

  it.each(good.map((text, index) => [index, text] as const))("good %i", (_, text) => {
    const found = findingsIn(loadText("iis", text)).filter(({ certainty, severity }) => certainty === "certain" && severity !== "note");
    expect(found.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
  });

  it.each(possible.map((text, index) => [index, text] as const))("possible %i", (_, text) => {
    expect(findingsIn(loadText("iis", text)).map(({ rule, certainty }) => `${rule} ${certainty}`)).toContain(`${id} possible`);
  });
});
