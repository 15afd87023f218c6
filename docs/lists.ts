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

/** Rules about the factors of https://12factor.net/ that a reviewer can see in code. */
const TWELVE_FACTORS: Record<string, readonly string[]> = {
  'III Config: what differs between deploys is in the environment': [
    'debug-mode-on',
    'hard-coded-key',
    'hard-coded-password',
    'secret-in-source',
    'secret-in-image',
  ],
  'IV Backing services: attached, and able to fail': ['connection-not-released', 'missing-request-timeout'],
  'V Build, release, run: a release can be made again': [
    'deployed-image-not-pinned',
    'image-not-pinned',
    'remote-script-in-build',
    'workflow-action-not-pinned',
  ],
  'IX Disposability: starts fast, ends gracefully, loses nothing': [
    'message-acknowledged-early',
    'request-ends-process',
    'service-not-restarted',
    'shell-form-start',
  ],
  'XI Logs: events, and no secrets': ['secret-in-log'],
};

interface Row {
  category: string;
  ids: readonly string[];
}

/** @param rules every rule and class that is reported, with its weaknesses (`CWE-89`) */
export function listOwasp(rules: readonly { id: string; cwe: readonly string[] }[]): Row[] {
  return Object.entries(OWASP).map(([category, numbers]) => ({
    category,
    ids: rules.filter(({ cwe }) => cwe.some((one) => numbers.includes(Number(one.slice(4))))).map(({ id }) => id),
  }));
}

export function listTwelveFactors(): Row[] {
  return Object.entries(TWELVE_FACTORS).map(([category, ids]) => ({ category, ids }));
}
