/** Whether a command may write its model to the folder that the user named. */
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { exists } from '../platform/files.ts';
import { whyNotWritable } from '../platform/writable.ts';

/** What each command leaves: its notes beside a finished model, and its own files in `.carryover` while at work. */
const LEFT = {
  train: { notes: 'training.json', work: ['data', 'state'] },
  pretrain: { notes: 'pretraining.json', work: ['settings.json', 'model-0'] },
} as const;

/**
 * Throws UserError for a folder that cannot be written, for one with a model that this command has not written, and for
 * one with finished or unfinished work of the other command.
 */
export async function checkModelOut(out: string, command: keyof typeof LEFT): Promise<void> {
  const reason = await whyNotWritable(out);
  if (reason) throw new UserError(reason, { remedy: 'Name a folder that you may write with --out.' });
  const other = command === 'train' ? 'pretrain' : 'train';
  const { notes } = LEFT[command];
  const theirs = [LEFT[other].notes, ...LEFT[other].work.map((name) => join('.carryover', name))];
  if ((await Promise.all(theirs.map((name) => exists(join(out, name))))).some(Boolean))
    throw new UserError(`--out ${out} holds the work of carryover ${other}`, {
      remedy: 'Name another folder: it would be lost.',
    });
  const ours = await Promise.all([notes, '.carryover'].map((name) => exists(join(out, name))));
  if ((await exists(join(out, 'config.json'))) && !ours.some(Boolean))
    throw new UserError(`--out ${out} holds a model that carryover ${command} did not write`, {
      remedy: 'Name another folder: that model would be overwritten.',
    });
}
