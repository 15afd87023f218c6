function scripts(names: string): string {
  return names.replace(/\w+/g, String.raw`\p{Script=$&}`).replaceAll(' ', '');
}

/** Scripts in which joiners decide how letters join. */
const JOINS =
  scripts('Arabic Syriac Mongolian Nko Mandaic Phags_Pa Adlam Hanifi_Rohingya Devanagari Bengali Gurmukhi Gujarati') +
  scripts('Oriya Tamil Telugu Kannada Malayalam Sinhala Khmer Myanmar Tibetan');

/** Scripts without blanks between words: a space of no width says where a line may end. */
const UNSPACED = scripts(
  'Thai Lao Khmer Myanmar Tibetan Tai_Le New_Tai_Lue Tai_Tham Javanese Balinese Han Hiragana Katakana',
);

/**
 * What writing needs, by the characters beside it: joiners and one selector within emoji and keycaps, the tags of a flag,
 * joiners beside a letter of a script that joins (a Persian ending after a Latin name), one selector after a symbol or an
 * ideograph, soft hyphens between letters, form feeds that old sources have between their parts, halves of characters that a
 * decoder left. Source: unicode.org, UTS 51 (emoji sequences), UAX 31 (joiners), StandardizedVariants.txt.
 */
export const WRITING = new RegExp(
  [
    String.raw`(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D(?=\p{Extended_Pictographic})`,
    String.raw`(?<=[[\p{Extended_Pictographic}\p{S}]--[\x00-\x7F]]|[\d#*](?=\uFE0F\u20E3))[\uFE00\uFE0E\uFE0F](?![\uFE00-\uFE0F\u{E0100}-\u{E01EF}])`,
    String.raw`(?<=\p{Script=Han})[\uFE00-\uFE02\u{E0100}-\u{E01EF}](?![\uFE00-\uFE0F\u{E0100}-\u{E01EF}])`,
    String.raw`(?<=\u{1F3F4})[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{3,6}\u{E007F}`,
    String.raw`(?<=[${JOINS}\p{M}])[\u200C\u200D](?![\u200B-\u200D])`,
    String.raw`(?<![\u200B-\u200D])[\u200C\u200D](?=[${JOINS}])`,
    String.raw`(?<=[${UNSPACED}\p{M}])\u200B(?=[${UNSPACED}])`,
    String.raw`(?<=\p{Script=Mongolian})[\u180B-\u180F]|(?<=\p{Script=Khmer})[\u17B4\u17B5]|(?<=\p{M})\u034F(?=\p{M})`,
    String.raw`(?<=\p{L})\u00AD(?=\p{L})`,
    String.raw`^\f`,
    String.raw`\p{Cs}`,
  ].join('|'),
  'gv',
);
