/** Words with which authors say that they mean to refuse. */
const refusing =
  /\b(read[- ]?only|mirror|block(?:s|ed|ing)?|disable[sd]?|deny|denied|denies|maintenance|prevents?(?! cach| duplicate)|protect[s]?|forbid(?:s|den)?|restrict(?:s|ed)?|reject(?:s|ed)?|ban(?:s|ned)?|disallow(?:s|ed)?|not allowed|only (?:allow )?(?:get|head)|(?:get|head) only|allow only|only allow|no (?:post|write)s?|attack|exploit|hack|spam|(?:bad|evil|malicious|unwanted) bots?)\b/i;

/** The same in other languages that comments are written in. */
const refusingElsewhere =
  /(?<!\p{L})(?:bloque(?:a|ar|o|r)|bloqu[ée]e?s?|bloccar?e|denegar|denega|prohib\p{L}+|proh[íi]be|interdi\p{L}+|interdire|refuser?|prot[ée]g\p{L}+|protec[ct]i\p{L}+|proteç\p{L}+|protezione|verbiet\p{L}+|verboten|gesperrt|sperr\p{L}+|schütz\p{L}+|запре\p{L}+|запрет|блокир\p{L}+|защит\p{L}+|engelle\p{L}*)(?!\p{L})|禁止|屏蔽|阻止|拒绝/iu;

/** How to do without a directive, which says nothing of what it is for. */
const aboutItself = /\bdisable (?:this|the) (?:feature|rule|redirect\w*|behaviou?r|section|block|line)|\bby (?:un)?commenting\b|\bthe following \d? ?lines?\b/i;

/** Whether the words of an author say that a refusal is meant. */
export function saysRefusal(text: string): boolean {
  return (refusing.test(text) || refusingElsewhere.test(text)) && !aboutItself.test(text);
}
