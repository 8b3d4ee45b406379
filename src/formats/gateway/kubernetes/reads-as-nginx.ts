import { spelledText, type ScalarNode } from "../../tree.ts";

/** Blocks that no other syntax has. */
const block = /^(?:server|http|events|stream|upstream[ \t]+\S+|location[ \t]+[^;]+|map[ \t]+\S+[ \t]+\$\w+|geo[ \t]+[^;]*\$\w+|limit_except[ \t]+[^;]+|if[ \t]*\(\$\w+[^;]*\))[ \t]*\{/;
/** Settings that no other syntax ends with a semicolon. */
const setting =
  /^(?:(?:proxy|fastcgi|uwsgi|scgi|grpc|gzip|ssl|client|keepalive|worker|limit|add|access|error|auth|real_ip|set_real|large_client|underscores_in|open_file|server|more|try|default|modsecurity)_[a-z_]+|(?:listen|server_name|root|index|return[ \t]+[1-5]\d\d|rewrite[ \t]+\S+|deny|allow|error_page|alias|satisfy|include|expires|set[ \t]+\$\w+))[ \t]+[^;]+;/;
/** What a configuration may begin with. */
const beginning = /^(?:[a-z]+_[a-z0-9_]+|user|pid|events|http|server|stream|daemon|env|include|upstream|map|geo|location|listen|root|index|set|return|rewrite|if|deny|allow|gzip|types|charset|resolver|expires|satisfy|internal|alias|sendfile|etag|aio|break|modsecurity)\b/;
const templateTag = /^(?:\{\{.*\}\}|\{%.*%\}|<%.*%>)$/;

/** Whether the text of a scalar is nginx configuration, whole or in part, and not something that contains some. */
export function readsAsNginx(node: ScalarNode): boolean {
  const { file, start, end } = node.at;
  if (end - start < 8 || !/[;}]/.test(file.text.slice(start, end))) return false;
  const lines = spelledText(node).text.split(/\r\n|\n|\r/).map((line) => line.trim());
  const live = lines.filter((line) => line !== "" && !line.startsWith("#"));
  const written = live.filter((line) => !templateTag.test(line));
  const [first] = written;
  const last = live.at(-1);
  if (first === undefined || last === undefined || lines[0]?.startsWith("#!") === true) return false;
  const ends = templateTag.test(last) || /[;}](?:[ \t]*#.*)?$/.test(last);
  return ends && beginning.test(first) && written.some((line) => block.test(line) || setting.test(line));
}
