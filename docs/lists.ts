/**
 * Which weaknesses belong to which category of the OWASP Top 10.
 * Source: the lists of mapped CWEs at https://owasp.org/Top10/2021/.
 */
const OWASP: Record<string, readonly number[]> = {
  'A01 Broken access control': [
    22, 23, 35, 59, 200, 201, 219, 264, 275, 276, 284, 285, 352, 359, 377, 402, 425, 441, 497, 538, 540, 548, 552, 566,
    601, 639, 651, 668, 706, 862, 863, 913, 922, 1275,
  ],
  'A02 Cryptographic failures': [
    261, 296, 310, 319, 321, 322, 323, 324, 325, 326, 327, 328, 329, 330, 331, 335, 336, 337, 338, 340, 347, 523, 720,
    757, 759, 760, 780, 818, 916,
  ],
  'A03 Injection': [
    20, 74, 75, 77, 78, 79, 80, 83, 87, 88, 89, 90, 91, 93, 94, 95, 96, 97, 98, 99, 100, 113, 116, 138, 184, 470, 471,
    564, 610, 643, 644, 652, 917,
  ],
  'A04 Insecure design': [
    73, 183, 209, 213, 235, 256, 257, 266, 269, 280, 311, 312, 313, 316, 419, 430, 434, 444, 451, 472, 501, 522, 525,
    539, 579, 598, 602, 642, 646, 650, 653, 656, 657, 799, 807, 840, 841, 927, 1021, 1173,
  ],
  'A05 Security misconfiguration': [
    2, 11, 13, 15, 16, 260, 315, 520, 526, 537, 541, 547, 611, 614, 756, 776, 942, 1004, 1032, 1174,
  ],
  'A06 Vulnerable and outdated components': [937, 1035, 1104],
  'A07 Identification and authentication failures': [
    255, 259, 287, 288, 290, 294, 295, 297, 300, 302, 304, 306, 307, 346, 384, 521, 613, 620, 640, 798, 940, 1216,
  ],
  'A08 Software and data integrity failures': [345, 353, 426, 494, 502, 565, 784, 829, 830, 915],
  'A09 Security logging and monitoring failures': [117, 223, 532, 778],
  'A10 Server-side request forgery': [918],
};

/**
 * Which weaknesses belong to which category of the OWASP API Security Top 10: those that its page refers to, and those of which it asks
 * under "Is the API Vulnerable?". Source: https://owasp.org/API-Security/editions/2023/en/.
 */
const OWASP_API: Record<string, readonly number[]> = {
  'API1 Broken object level authorization': [340, 566, 639],
  'API2 Broken authentication': [204, 256, 257, 287, 294, 306, 307, 326, 345, 347, 384, 521, 598, 613, 620, 640, 916],
  'API3 Broken object property level authorization': [200, 201, 213, 915],
  'API4 Unrestricted resource consumption': [400, 409, 674, 770, 789, 799, 1333],
  'API5 Broken function level authorization': [266, 269, 285, 425, 807, 862, 863],
  'API6 Unrestricted access to sensitive business flows': [472, 602, 799, 837, 840, 841, 1284],
  'API7 Server-side request forgery': [918],
  'API8 Security misconfiguration': [2, 16, 209, 215, 319, 388, 444, 489, 650, 693, 942, 1004],
  'API9 Improper inventory management': [497, 1059],
  'API10 Unsafe consumption of APIs': [295, 297, 319, 494, 1088],
};

/** Rules about the factors of https://12factor.net/ that a reviewer can see in code. */
const TWELVE_FACTORS: Record<string, readonly string[]> = {
  // One codebase, many deploys: nothing of it shows in a change.
  'I Codebase: one for all deploys': [],
  'II Dependencies: declared, and the same everywhere': [
    'download-not-pinned',
    'image-not-pinned',
    'package-index-stale',
    'remote-file-unchecked',
    'remote-script-in-build',
  ],
  'III Config: what differs between deploys is in the environment': [
    'debug-mode-on',
    'hard-coded-key',
    'hard-coded-password',
    'secret-in-source',
    'secret-in-image',
  ],
  'IV Backing services: attached, and able to fail': [
    'client-per-request',
    'connection-lost-on-error',
    'connection-not-released',
    'missing-request-timeout',
    'rpc-without-deadline',
  ],
  'V Build, release, run: a release can be made again': [
    'deployed-image-not-pinned',
    'image-not-pinned',
    'remote-script-in-build',
    'workflow-action-not-pinned',
  ],
  'VI Processes: nothing is kept in them, or in their files': [
    'file-lost-update',
    'fixed-temporary-path',
    'leak-per-request',
    'shared-map-written',
  ],
  // How a service finds its port is seldom in a change: that the right ones can reach it is what is seen.
  'VII Port binding: the service is what its port offers': [
    'container-without-readiness-probe',
    'database-port-open',
    'listens-to-all',
  ],
  'VIII Concurrency: a second process may run beside the first': [
    'charged-twice',
    'checked-then-changed',
    'counted-then-added',
    'cron-job-may-overlap',
    'lost-update',
    'number-from-count',
    'redis-lock-not-atomic',
    'row-created-twice',
  ],
  'IX Disposability: starts fast, ends gracefully, loses nothing': [
    'message-acknowledged-early',
    'no-graceful-shutdown',
    'repeated-side-effect',
    'request-ends-process',
    'service-not-restarted',
    'shell-form-start',
  ],
  'X Dev/prod parity: what was tried is what runs': [
    'debug-mode-on',
    'deployed-image-not-pinned',
    'image-not-pinned',
    'migration-edited',
    'migration-order-unclear',
  ],
  'XI Logs: events, and no secrets': ['log-forging', 'secret-in-log', 'workflow-prints-secret'],
  'XII Admin processes: run once, beside the service, from the same release': [
    'backfill-under-lock',
    'concurrent-index-in-transaction',
    'required-column-without-default',
    'transaction-left-open',
  ],
};

interface Row {
  category: string;
  ids: readonly string[];
}

/** @param rules every rule and class that is reported, with its weaknesses (`CWE-89`) */
export function listOwasp(rules: readonly Weak[]): Row[] {
  return listByWeakness(OWASP, rules);
}

/** @param rules every rule and class that is reported */
export function listOwaspApi(rules: readonly Weak[]): Row[] {
  return listByWeakness(OWASP_API, rules);
}

interface Weak {
  id: string;
  cwe: readonly string[];
}

function listByWeakness(list: Record<string, readonly number[]>, rules: readonly Weak[]): Row[] {
  return Object.entries(list).map(([category, numbers]) => ({
    category,
    ids: rules.filter(({ cwe }) => cwe.some((one) => numbers.includes(Number(one.slice(4))))).map(({ id }) => id),
  }));
}

export function listTwelveFactors(): Row[] {
  return Object.entries(TWELVE_FACTORS).map(([category, ids]) => ({ category, ids }));
}
