import { cutText } from '../review/cut-text.ts';
import { escapeInvisible } from '../review/markdown.ts';

/**
 * Text written by the model, made fit to be posted: no HTML, image, mention or link of its own survives, since a pull request
 * can talk the model into carrying data out through them. Code spans stay.
 */
export function sanitiseModelText(text: string, most: number): string {
  const clean = escapeInvisible(text)
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/!?\[([^\]]*)\]\[[^\]]*\]/g, '$1')
    .replace(/\b(?:https?|ftp|data|javascript):\/*[^\s)>\]`]*/gi, '[link removed]')
    .replace(/\bwww\.[^\s)>\]]*/gi, '[link removed]')
    .replace(/<!--[\s\S]*?(-->|$)/g, '')
    .replace(/<(?=[a-z/!?])/gi, '&lt;')
    .replace(/@(?=[\w-])/g, '@\u200B')
    .replace(/(^|\s)([\w.-]+\/[\w.-]+)?#(?=\d)/g, '$1$2#\u200B')
    .trim();
  return cutText(clean, most, '…');
}
