import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const folders = ['shared/webhooks/', 'functions/webhook/'];
const root = new URL('../../../', import.meta.url);

const sources = folders.flatMap((folder) =>
  readdirSync(new URL(folder, root)).map((name) => ({
    name: `${folder}${name}`,
    text: readFileSync(new URL(`${folder}${name}`, root), 'utf8'),
  })),
);

/** Names under which a proof, or what it is made of, is held; a comparison with a literal tells nothing. */
const SECRET = /(signature|expected|digest|token|secret)\w*(\.reveal\(\)|\.value|\))?$/i;
const COMPARED = /([\w.()]+)\s*[!=]==?\s*([\w.()'"]+)/g;
const LITERAL = /^(['"]|undefined$|null$|\d)|\.length$/;

const comparisons = ({ name, text }: { readonly name: string; readonly text: string }) =>
  [...text.matchAll(COMPARED)].flatMap(([all, left = '', right = '']) => {
    const telling = [left, right].some((side) => LITERAL.test(side));
    const secret = [left, right].some((side) => SECRET.test(side));
    return secret && !telling ? [`${name}: ${all}`] : [];
  });

describe('S2 the comparison of signatures', () => {
  it('is never that of texts, which ends at the first byte that differs', () => {
    expect(sources.length).toBeGreaterThan(5);
    expect(sources.flatMap(comparisons)).toEqual([]);
  });

  it('would be found if it were', () => {
    const text = 'if (signature === expected) return; a.token != given; secret.reveal() === x';
    expect(comparisons({ name: 'x', text })).toHaveLength(3);
  });

  it('is that of node:crypto, in one place', () => {
    const uses = sources.filter(({ text }) => text.includes('timingSafeEqual('));
    expect(uses.map(({ name }) => name)).toEqual(['shared/webhooks/verify-webhook.ts']);
    const compared = /claim\.signatures\.some\(\(signature\) => sameBytes\(signature, expected\)\)/;
    expect(uses[0]?.text).toMatch(compared);
    expect(uses[0]?.text).toMatch(
      /sameBytes\(digest\(claim\.token\), digest\(secret\.reveal\(\)\)\)/,
    );
  });
});
