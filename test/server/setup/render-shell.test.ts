import { expect, it } from 'vitest';
import { renderShell } from '../../../src/server/setup/render-shell.ts';

const page = renderShell({ title: 'backend-dev', body: '' });
const themes = [...page.matchAll(/:root\{([^}]*)\}/g)].map(
  ([, list = '']) =>
    new Map([...list.matchAll(/--([\w-]+):(#[0-9a-f]{3,6})/g)].map(([, name = '', value = '']) => [name, value])),
);

/** Source: WCAG 2.2, relative luminance. */
function luminance(colour: string): number {
  const hex = colour.length === 4 ? colour.replace(/[0-9a-f]/g, '$&$&') : colour;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

it.each([
  ['light', 0],
  ['dark', 1],
])('%s: every text stands out from what it stands on, 4.5 to 1 (WCAG 2.2, 1.4.3)', (_, index) => {
  const colours = themes[index] ?? new Map();
  const ratio = (text: string, ground: string): number => contrast(colours.get(text) ?? '', colours.get(ground) ?? '');
  const pairs = ['text', 'soft', 'link', 'ok', 'waiting', 'fail', 'off'].flatMap((text) => [
    [text, 'page', ratio(text, 'page')],
    [text, 'card', ratio(text, 'card')],
  ]);
  pairs.push(['on-button', 'button', ratio('on-button', 'button')]);
  expect(pairs.filter(([, , value]) => !(Number(value) >= 4.5))).toEqual([]);
});

it('the order of the keyboard is that of the page', () => {
  expect(page).not.toMatch(/tabindex="?[1-9]/);
});
