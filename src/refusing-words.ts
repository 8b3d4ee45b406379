/** Words with which authors say that they mean to refuse. */
const refusing =
  /\b(read[- ]?only|mirror|block(?:s|ed|ing)?|disable[sd]?|deny|denied|denies|maintenance|prevents?(?! cach)|protect[s]?|forbid(?:s|den)?|restrict(?:s|ed)?|reject(?:s|ed)?|ban(?:s|ned)?|disallow(?:s|ed)?|not allowed|only (?:allow )?(?:get|head)|(?:get|head) only|allow only|only allow|no (?:post|write)s?|attack|exploit|hack|spam|(?:bad|evil|malicious|unwanted) bots?)\b/i;

/** Whether the words of an author say that a refusal is meant. */
export function saysRefusal(text: string): boolean {
  return refusing.test(text);
}
