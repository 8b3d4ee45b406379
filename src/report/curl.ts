import type { Request } from "../model/request.ts";

/** Longer sample bodies, and bodies of which only a sample is known, are replaced by as many zero bytes. */
const longestBody = 1000;

/** The URL a client would be given; the scheme's own port is left out. */
export function urlOf({ scheme, host, port, path, query }: Request): string {
  const name = host.includes(":") ? `[${host}]` : host;
  const ownPort = port === (scheme === "https" ? 443 : 80) ? "" : `:${port}`;
  return `${scheme}://${name}${ownPort}${path}${query === "" ? "" : `?${query}`}`;
}

/** The request as a command for a POSIX shell, in pieces that may be put on lines of their own. */
export function curlPieces(request: Request): readonly string[] {
  const url = urlOf(request);
  const { version } = request;
  const options = [version === undefined ? "" : ` --http${version}`, /[[\]{}]/.test(url) ? " -g" : "", /\/\.\.?(\/|\?|$)/.test(url) ? " --path-as-is" : ""].join("");
  const { input, data } = bodyOf(request);
  const headers = [...headersOf(request, data !== null)].map((header) => `-H ${quote(header)}`);
  return [`${input}curl -i${options} -X ${quote(request.method)} ${quote(url)}`, ...headers, ...(data === null ? [] : [data])];
}

/** The request as one line for a POSIX shell. */
export function curlCommand(request: Request): string {
  return curlPieces(request).join(" ");
}

/** Headers of the request, and those to take out that curl would add of its own accord. */
function* headersOf({ headers, chunked }: Request, hasBody: boolean): Iterable<string> {
  const own = ["user-agent", "accept", ...(hasBody ? ["content-type"] : [])];
  for (const name of own) if (headers[name] === undefined) yield `${name}:`;
  for (const [name, value] of Object.entries(headers)) {
    if (name === "accept" && value === "*/*") continue;
    yield value === "" ? `${name};` : `${name}: ${value}`;
  }
  if (chunked) yield "transfer-encoding: chunked";
}

/** `input` is a command whose output is the body. */
function bodyOf({ method, body, bodyBytes }: Request): { readonly input: string; readonly data: string | null } {
  if (bodyBytes === 0) return { input: "", data: method === "GET" || method === "HEAD" ? null : "--data ''" };
  const whole = Buffer.byteLength(body) === bodyBytes && body.length <= longestBody;
  if (!whole) return { input: `head -c ${bodyBytes} /dev/zero | `, data: "--data-binary @-" };
  if (hasControl(body)) return { input: `printf ${quotedFormat(body)} | `, data: "--data-binary @-" };
  return { input: "", data: `${body.startsWith("@") ? "--data-raw" : "--data"} ${quote(body)}` };
}

/** One word of a POSIX shell; control characters never reach the terminal, nor does what only makes it long. */
export function quote(word: string): string {
  const filled = /^([^]*?)(0{100,})([^]*)$/.exec(word);
  if (filled !== null && !hasControl(word)) return `"${inDoubleQuotes(filled[1] ?? "")}$(printf %0${filled[2]?.length ?? 0}d 0)${inDoubleQuotes(filled[3] ?? "")}"`;
  if (hasControl(word)) return `"$(printf ${quotedFormat(word)})"`;
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function inDoubleQuotes(text: string): string {
  return text.replace(/["$\\`]/g, "\\$&");
}

function hasControl(text: string): boolean {
  return /\p{Cc}/u.test(text);
}

const shortEscapes: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A quoted format for printf(1) that prints the text. A leading `-` would be taken for an option. */
function quotedFormat(text: string): string {
  const format = text.replace(/^-|[\\%]|\p{Cc}/gu, (char) => {
    if (char === "\\" || char === "%") return char + char;
    return shortEscapes[char] ?? [...Buffer.from(char)].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
  });
  return `'${format.replaceAll("'", "'\\''")}'`;
}
