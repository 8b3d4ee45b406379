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

/** Words with which authors say that an address is one of former times. */
const former = /\b(?:old(?:er)?[-_ ](?!browser|version of|php|apache|client|device)|former(?:ly)?\b|legacy (?!browser|client|device|support)|moved\b(?! permanently| temporarily)|deprecated\b|obsolete\b|outdated\b|no longer (?:exists?|used|there)\b)/i;

/** The same in other languages that comments are written in. */
const formerElsewhere = /(?<!\p{L})(?:alte[ns]?|ehemalig\p{L}*|veraltet\p{L}*|umgezogen|ancien(?:ne)?s?|obsol[èe]t\p{L}*|antigu[oa]s?|viej[oa]s?|antig[oa]s?|vecchi[oae]?|стар(?:ый|ая|ое|ые|ых|ого|ой)|устаре\p{L}+|бывш\p{L}+|oude|eski|gaml[ae])(?!\p{L})|旧|舊|古い/iu;

/** Whether the words of an author speak of an address that was in use once. */
export function saysFormer(text: string): boolean {
  return former.test(`${text} `) || formerElsewhere.test(text);
}
