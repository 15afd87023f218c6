/** What a check is about. */
export type Subject = 'caller' | 'address' | 'path' | 'redirect' | 'markup' | 'limit' | 'fields' | 'timing' | 'input';

interface Words {
  /** A condition, a call or a decorator that checks this. */
  checks: RegExp;
  /** What a call is named that gives back a harmless value. */
  cleans?: RegExp;
  /** An option, a header or an argument that keeps this away by standing there. */
  options?: RegExp;
}

const ADDRESS =
  '(?:[uU][rR][lLiI]s?|[hH]ost(?:_?[nN]ame)?s?|[aA]ddr(?:ess(?:es)?)?|(?:(?<=[a-z])I[pP]|_ip)s?|[eE]ndpoints?|[dD]omains?|[nN]etloc|[wW]ebhooks?)(?![a-z])';
const RANGE = '(?:[pP]rivate|[iI]nternal|[pP]ublic|[gG]lobal|[rR]eserved|[mM]ulticast)';
const CHECK =
  '(?:[cC]heck|[vV]erify|[vV]alidate|[aA]ssert|[eE]nsure|[rR]equire|[eE]nforce|[mM]ust|[iI]s|[aA]re|[hH]as|[cC]an|[bB]lock|[aA]llow|[rR]eject|[rR]efuse|[fF]orbid|[gG]uard)';
const TARGET = '(?:redirect|return_?to|return_?url|next_?(?:url|page)?(?![a-z])|callback_?ur[li])';
export const OWNER =
  '(?:owner|user|tenant|workspace|team|org|organi[sz]ation|project|account|company|customer|author|creator|uploader|member|library|board|mailbox)';

/** In this order: the first one whose words a check speaks is what it is about. */
export const SUBJECTS: Readonly<Record<Subject, Words>> = {
  redirect: {
    checks: new RegExp(
      `\\b(?!\\w*(?:auth|log_?in))\\w*(?:${CHECK}|safe|valid|same_?(?:site|origin|host))\\w*${TARGET}|\\b${TARGET}\\w*[^\\n]*(?:starts_?with|HasPrefix|is_?safe|same_?(?:site|origin|host)|netloc|\\.host\\b|Host\\b|url_has_allowed)|(?:starts_?with|HasPrefix)\\(\\s*(?:[\\w.]*${TARGET}\\w*\\s*,\\s*)?["'\`]//["'\`]|url_has_allowed_host|\\.netloc\\s*(?:[!=]=|not\\s+in)[^\\n]*(?:""|''|request)|is_?safe_?url|same_?(?:site|origin|host)_?(?:url|path|link)`,
      'i',
    ),
    cleans:
      /(?:safe|sanit|clean|validate|local|relative)\w*(?:redirect|return|next)|(?:redirect|return_?to)\w*(?:safe|sanit|clean)/i,
  },
  address: {
    checks: new RegExp(
      [
        '[sS][sS][rR][fF]|[lL]oopback|[lL]ink_?[lL]ocal|169\\.254\\.|127\\.0\\.0\\.1|\\.protocol\\b|\\.[sS]cheme\\b',
        // `ipaddr.parse(address).range() !== 'unicast'`, and a part of an address that is looked up in a list.
        '\\.range\\(\\)\\s*[!=]==?|(?<!\\b(?:req|request|ctx|c|r))\\.(?:hostname|host|netloc)\\s+not\\s+in\\b|(?:HOSTS|[hH]osts)\\.(?:includes|has)\\(\\s*(?:new URL\\([^()]*\\)|(?!(?:req|request|ctx)\\b)\\w+)\\.host',
        `(?:[iI][pP]|[aA]ddr|[hH]ost)\\w*\\)?\\.[iI]s_?${RANGE}\\b|[iI]s_?${RANGE}(?:_?[oO]r\\w*)?_?(?:[iI][pP]|[hH]ost|[aA]ddr|URL|[uU]rl)`,
        `(?:${CHECK}|[sS]afe|[vV]alid|[pP]rivate|[iI]nternal|[bB]locked|[pP]ublic|[eE]xternal)\\w*${ADDRESS}(?!_?(?:[eE]nabled|[dD]isabled|[aA]ctive|[cC]onfigured|[sS]et)\\b)`,
        `\\bvalidat(?:e|or)\\.\\w*${ADDRESS}`,
        `${ADDRESS}_?(?:[iI]s_?)?(?:[sS]afe|[aA]llowed|[bB]locked|[vV]alid|[pP]rivate|[iI]nternal)`,
      ].join('|'),
    ),
    cleans: new RegExp(`(?:[vV]alidate|[sS]afe|[aA]ssert|[cC]heck|[pP]ublic)\\w*${ADDRESS}$`),
    options:
      /ssrf|safe_?(?:dispatcher|agent|fetch|client|dial|http|transport)|no_?ssrf|CheckRedirect|ErrUseLastResponse|allow_?redirects\s*=\s*False|follow_?redirects\s*[=:]\s*[Ff]alse|redirect\s*:\s*['"](?:manual|error)|max_?redirects\s*[:=]\s*0/i,
  },
  path: {
    checks:
      /travers|['"`](?:\/|\\\\)?\.\.(?:\/|\\\\)?['"`]|path_?is_?inside|is_?(?:with_?in|inside)\(|is_?(?:with_?in|inside|sub|relative|safe|valid|allowed|child)_?\w*(?:dir|folder|root|path|base|parent|file_?name)|is_relative_to|IsLocal\b|(?<!re)(?:check|validate|verify|assert|ensure|safe|valid)\w*(?:path|file_?name|folder|archive|member|segment)|(?:path|file_?name)_?(?:is_?)?(?:safe|valid|allowed)|(?:starts_?with|HasPrefix)\([^\n]*(?:dir|folder|root|base|path|upload)|(?:path|dir|file|target|dest|full)\w*\.starts_?with\(|commonp(?:ath|refix)|sym_?link|is_?abs(?:olute)?\b|filepath\.Separator|\bin\s+\w*path\w*\.parents|dirname\([^\n]*[!=]=/i,
    cleans:
      /^(?:[\w.]*\.)?(?:basename|Base|(?:validate|check|ensure|assert|verify|confine)\w*(?:path|dir|folder|file_?name)|secure_?file_?name|get_valid_filename|(?:sanit\w*|clean|normali[sz]e|safe|valid)_?(?:path|file_?name|file|dir|key|segment)|safe_?join\w*|SecureJoin|resolve_?(?:safe|within)\w*|IsLocal|slugify\w*)$/i,
  },
  limit: {
    checks:
      /rate_?limit|throttl|\blimiter\b|too_?(?:many|large|long|big)|(?:check|verify|enforce|is|within|exceed)\w*(?:limit|quota|size|length|attempts)|[<>]=?\s*[\w.]*(?:max|limit)|\b(?:max|limit)[\w.]*\s*[<>]|MaxBytes|LimitReader|content_?length/i,
    cleans: /(?:^|\.)(?:LimitReader|MaxBytesReader|MaxBytesHandler|(?:rate_?)?limit(?:er|ed)?)$/i,
    options: /MaxBytesReader|LimitReader|rate_?limit|throttl|max_?(?:content_?)?length\s*[=:]|maxHttpBufferSize/i,
  },
  timing: {
    checks: /timing_?safe|constant_?time|compare_digest|hmac\.Equal/i,
    cleans: /timing_?safe|constant_?time|compare_digest|hmac\.Equal/i,
  },
  caller: {
    checks: new RegExp(
      `permission|privilege|\\.can(?:not)?\\(\\s*["'\`]|authori[sz]|\\bforbid|un_?auth|\\b(?:is|!is|not_?is)_?\\w{0,12}(?:admin|owner|staff|super_?user|member|moderator|presenter|authenticated|logged|creator|author|agent|host)|\\bcan_?(?:read|view|edit|update|delete|access|manage|see|use|write|admin|create|modify|upload|download|do|change|invite|share|publish|list)\\w*|has_?\\w*(?:access|perm|role|scope|right|privilege|member|admin)|(?:check|verify|assert|ensure|require|enforce|need|req)\\w*(?:access|perm|role|owner|admin|auth|user|member|scope|signature|csrf|log_?in|can\\b)|_or_40[13]|abort_if|\\b(?:assert|ensure|check)_?can\\b|(?:member(?:ship)?|permission|access|auth|owner|role|host|modif\\w+|required)\\w*_?err|log_?in_?required|(?:auth|admin|owner|user|role|member|token|log_?in)\\w*_?(?:required|only|guard|view|middleware)\\b|only_?for|csrf|${OWNER}_?(?:id|slug|uuid|by)?\\b[^\\n;]{0,40}(?:!==?|===?|<>|\\bnot in\\b|\\.equals\\()|(?:(?:!==?|===?)(?! ?nil\\b)|\\bin\\b)[^\\n;]{0,40}${OWNER}_?id\\b|created_?by|current_?user|\\bhas\\w*(?:${OWNER})|link_?share`,
      'i',
    ),
    cleans:
      /(?:admin|auth\w*|log_?in|permissions?|role|protected|guarded|member|staff)_?(?:view|required|only|handler|route|action|wrap\w*)$|^(?:[\w.]*\.)?(?:require_?(?:auth|admin|user|log_?in|role|perm|scope)\w*|with_?auth\w*|protect|(?:apply|add|with)_?\w*(?:access|permission|visib\w*|tenant|owner|library|user|team|org\w*)_?(?:filter|scope|restrict\w*)s?|(?:scope|restrict|limit|visible|accessible|filter)_?(?:to|for|by)_?(?:user|owner|team|org\w*|tenant|account|member)\w*)$/i,
    options: new RegExp(
      `^[\\s,.({\\[]*(?:${OWNER}(?:__\\w+)?_?_?(?:id|slug|pk|uuid)(?:\\s*[=:]\\s*[\\w.$?!]+)?|${OWNER}(?:__\\w+)?\\s*[=:]\\s*[a-z][\\w.$?!]+)[\\s,)}\\]]*$|^\\s*AND\\s+[\\w.]*${OWNER}_?(?:id)?\\s*=`,
      'i',
    ),
  },
  markup: {
    checks: /sanit|escape|purif|bleach/i,
    cleans:
      /(?:^|\.|_)(?:html_?)?(?:escape\w*|sanit(?!\w*(?:user|account|member|credential|profile|response)s?$)\w*|purif\w*|clean_?html|bleach\w*|bleach\.clean|strip_?tags|EscapeString|HTMLEscape\w*|encode(?:_?html|URI\w*)|\w*ContentDisposition|FormatMediaType|conditional_escape|UGCPolicy|shell_?quote|shlex\.quote|quote(?:_?(?:Identifier|Literal|Ident|Name))?|sql\.(?:Identifier|Literal))$|escapeHtml|sanit\w*Ur[li]|(?:html|markup|svg|css|markdown|attr)_?(?:escape|sanit|clean)/i,
    options: /nosniff|Content-Security-Policy|as_attachment\s*=\s*True|['"`]attachment\b|\bsandbox/i,
  },
  fields: {
    checks: /mass_?assign|protected_?fields?|allowed_?fields?/i,
    cleans:
      /(?:^|\.)(?:omit|pick|sanit\w*(?:user|account|member|credential|profile|response)s?|(?:strip|drop|remove|without|keep|allow|filter|permit|sanit|clean)\w*(?:fields?|props|keys|attributes|params|body|input|secrets?|protected))$/i,
    options:
      /json\s*:\s*"-"|\bExclude\(\)|write_?only\s*[=:]\s*[Tt]rue|read_?only\s*[=:]\s*[Tt]rue|select\s*:\s*false|^[\s,]*(?:select|omit|attributes|projection)\s*:\s*[\w{[]/,
  },
  input: {
    checks: new RegExp(
      '__proto__|\\bprototype\\b|hasOwn|dangerous|(?:check|verify|validate|assert|ensure)_\\w+|\\b(?:verify|validate|assert|ensure)\\w+|is_?(?:valid|safe|allowed|expired|used|revoked)|allow_?list|white_?list|allowed_?\\w+|\\.(?:test|match|MatchString|fullmatch)\\(|expire|nonce|file_?ext|\\bext\\b',
      'i',
    ),
  },
};

export function listSubjects(): [Subject, Words][] {
  return Object.entries(SUBJECTS) as [Subject, Words][];
}

/** How somebody is told that he may not. */
export const FORBIDS =
  /\b40[13]\b|[fF]orbidden|[uU]nauthori[sz]ed|[dD]enied|not.?(?:authori[sz]ed|permitted)|[yY]ou are not allowed|does ?n.t belong|not belong/;

/** `e.message == 'Forbidden: …'`: another service refused us. */
const OF_FAILURE = /\b(?:e|ex|exc|[eE]rr(?:or)?)\.\w+\s*[!=]=/;

/** @param said the check with what it answers */
export function subjectOf(check: string, said: string): Subject | null {
  const found = listSubjects().find(([, { checks }]) => checks.test(check))?.[0];
  const isRefused = (found === undefined || found === 'input') && FORBIDS.test(said) && !OF_FAILURE.test(check);
  return isRefused ? 'caller' : (found ?? null);
}
