import type { MaskFileText } from '../../src/model/read-tools.ts';
import { maskText } from '../../src/secrets/mask-text.ts';

/** Each text by what is in it alone. */
export const maskAlone: MaskFileText = async (_, text) => ({ text: maskText(text), values: [] });
