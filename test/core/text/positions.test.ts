import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { lineIndex } from '#core/text/positions.ts';

test('lines end at \\n, \\r\\n and a lone \\r', () => {
  const index = lineIndex('ab\ncd\r\nef\rgh');
  assert.equal(index.lineCount, 4);
  assert.deepEqual(index.position(0), { line: 0, character: 0 });
  assert.deepEqual(index.position(2), { line: 0, character: 2 });
  assert.deepEqual(index.position(3), { line: 1, character: 0 });
  assert.deepEqual(index.position(7), { line: 2, character: 0 });
  assert.deepEqual(index.position(10), { line: 3, character: 0 });
  assert.equal(index.offset({ line: 3, character: 1 }), 11);
});

test('columns are UTF-16 units', () => {
  assert.deepEqual(lineIndex('𝒳é\n𝒳x').position(6), { line: 1, character: 2 });
});

test('what lies outside is clamped', () => {
  const index = lineIndex('ab\r\ncd\n');
  assert.deepEqual(index.position(99), { line: 2, character: 0 });
  assert.deepEqual(index.position(-1), { line: 0, character: 0 });
  assert.equal(index.offset({ line: 0, character: 99 }), 2);
  assert.equal(index.offset({ line: 1, character: 99 }), 6);
  assert.equal(index.offset({ line: 9, character: 0 }), 7);
  assert.equal(index.offset({ line: -1, character: 5 }), 0);
  assert.equal(index.offset({ line: 1, character: -5 }), 4);
});

test('an edited text has the lines of a text that is new', () => {
  const piece = fc.constantFrom('a', 'b', '\n', '\r', '\r\n');
  const text = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, text, text, text, (start, gone, added, end) => {
      const edited = start + added + end;
      lineIndex(start + gone + end);
      const index = lineIndex(edited);
      const lines = edited.split(/\r\n|\r|\n/);
      assert.equal(index.lineCount, lines.length);
      for (const [line, words] of lines.entries())
        assert.equal(edited.startsWith(words, index.offset({ line, character: 0 })), true);
      let offset = 0;
      for (const [line, words] of lines.entries()) {
        assert.deepEqual(index.position(offset), { line, character: 0 });
        offset += words.length + (/^(?:\r\n|\r|\n|)/.exec(edited.slice(offset + words.length))?.[0].length ?? 0);
      }
    }),
    { numRuns: 2000 },
  );
});

test('a position leads back to its offset, but for the inside of a line break', () => {
  const text = fc.array(fc.constantFrom('a', 'é', '𝒳', '\n', '\r', '\r\n')).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, fc.nat(60), (written, at) => {
      const offset = Math.min(at, written.length);
      const back = lineIndex(written).offset(lineIndex(written).position(offset));
      assert.equal(back, written[offset - 1] === '\r' && written[offset] === '\n' ? offset - 1 : offset);
    }),
  );
});
