import { expect, test } from 'vitest';
import { buildProgram } from '../cli/main.ts';
import { TRAINING_DEFAULTS } from './defaults.ts';

test('carryover train has the defaults of a study, and its help says what weight decay applies to', () => {
  const train = buildProgram().commands.find((command) => command.name() === 'train');
  const flags = train?.opts();
  expect(flags).toMatchObject({
    schedule: TRAINING_DEFAULTS.schedule,
    warmup: TRAINING_DEFAULTS.warmup,
    weightDecay: TRAINING_DEFAULTS.weightDecay,
    clip: TRAINING_DEFAULTS.clip,
    length: TRAINING_DEFAULTS.rowLength,
  });
  const help = (train?.helpInformation() ?? '').replace(/\s+/g, ' ');
  expect(help).toContain('decoupled weight decay of every trained weight, norms and biases too');
  expect(help).toContain('(default: 0)');
});
