import { hasInvisible, nameCharacter } from '../../review/invisible.ts';

/** Lines with invisible characters that belong to no writing, and which they are. */
export function findInvisible(text: string): { line: number; characters: string[] }[] {
  return text.split('\n').flatMap((raw, index) => {
    const line = index === 0 ? raw.replace(/^\uFEFF/, '') : raw;
    // One test of the line first: hardly any has one.
    const rest = hasInvisible(line) ? line.replace(/\r$/, '').replace(WRITING, '') : '';
    const characters = [...new Set([...rest].filter(hasInvisible).map(nameCharacter))];
    return characters.length === 0 ? [] : [{ line: index + 1, characters }];
  });
}

/**
 * What writing needs: joiners and one selector within emoji and keycaps, the tags of a flag, joiners between letters of scripts
 * that join (Arabic, Indic), marks of direction beside words that need them, a selector after an ideograph, soft hyphens between letters, form feeds that old sources have
 * between their parts, halves of characters that a decoder left. Source: unicode.org, UTS 51 (emoji sequences), UAX 31 (joiners).
 */
const WRITING = new RegExp(
  [
    String.raw`(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D(?=\p{Extended_Pictographic})`,
    String.raw`(?<=\p{Extended_Pictographic}|[\d#*](?=\uFE0F\u20E3))[\uFE0E\uFE0F](?![\uFE00-\uFE0F])`,
    String.raw`(?<=\u{1F3F4})[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{3,6}\u{E007F}`,
    String.raw`(?<=[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{M}])[\u200C\u200D](?=[\p{L}\p{M}\s'"])`,
    // A mark of direction after a word written from right to left, at the end of a text or before a blank; it turns nothing round.
    String.raw`(?<=[\p{Script=Arabic}\p{Script=Hebrew}][.,:;!?()\s]{0,3})[\u200E\u200F](?=['"\x60<\s]|$)`,
    String.raw`(?<=\p{Script=Han})[\uFE00-\uFE02\u{E0100}-\u{E01EF}](?![\uFE00-\uFE0F\u{E0100}-\u{E01EF}])`,
    String.raw`(?<=\p{L})\u00AD(?=\p{L})`,
    // Between blanks it is a dash that was copied: no name can hold it there.
    String.raw`(?<= )\u00AD(?= )`,
    String.raw`^\f`,
    String.raw`\p{Cs}`,
  ].join('|'),
  'gu',
);
