import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasRun } from '#core/text/runs.ts';
import { generator } from '../../../scripts/bench-project.ts';

test('a run is found wherever it stands, and nothing shorter', () => {
  const random = generator(7);
  const isPart = (code: number) => code === 0x61;
  for (let round = 0; round < 20_000; round += 1) {
    const length = 1 + Math.floor(random() * 6);
    const text = Array.from({ length: Math.floor(random() * 30) }, () => (random() < 0.7 ? 'a' : 'b')).join('');
    assert.equal(hasRun(text, length, isPart), text.includes('a'.repeat(length)), `${length} in ${text}`);
  }
});
