import { cutText } from './cut-text.ts';

/** A credential as it may be shown: its first characters tell which one it is. */
export function maskSecret(value: string): string {
  return `${cutText(value, value.length >= 16 ? 4 : 0)}••••••••`;
}

/** A text with every given credential masked, wherever it stands. */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((masked, secret) => masked.replaceAll(secret, maskSecret(secret)), text);
}
