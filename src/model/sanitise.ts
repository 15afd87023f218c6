import { cutText } from '../text/cut-text.ts';
import { printMarkdown, toPlainText } from '../text/print-markdown.ts';

/**
 * Text written by the model, made fit to be posted: a pull request can talk the model into carrying data out through images,
 * links and mentions, so what is posted is printed anew from what is allowed. It is cut before it is printed: a cut through the
 * middle of code would leave it open.
 */
export function sanitiseModelText(text: string, most: number): string {
  for (let limit = most; ; limit = Math.floor(limit * 0.8)) {
    const clean = printMarkdown(cutText(text.trim(), limit, '…'), removeAddresses);
    if (clean.length <= most || limit < 2) return clean;
  }
}

/** An address can carry data even where nothing makes a link of it: somebody may copy it. Code keeps its own. */
function removeAddresses(words: string): string {
  return words.replace(
    /(?:\b(?:[a-z][a-z\d+.-]*:)?\/\/|(?<![\w/:])\/\/|\bwww\.|\b(?:data|javascript):)[^\s)>\]]*/gi,
    '(link removed)',
  );
}

/** A title: plain text on one line. Whoever shows it escapes it. */
export function sanitiseModelTitle(title: string, most: number): string {
  return cutText(removeAddresses(toPlainText(title)), most, '…');
}
