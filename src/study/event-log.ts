/** `events.jsonl`: the events of all starts of a run, one JSON object a line, with the time of writing. */
import { now } from '../platform/clock.ts';
import { exists, openAppender, readText } from '../platform/files.ts';
import type { StudyEvent } from './events.ts';

export type LoggedEvent = StudyEvent & { readonly time: string };

export interface EventLog {
  /** Queues an event; the order of calls is the order of the lines. */
  write(event: StudyEvent): void;
  /** Resolves when everything queued is on the disk; rejects if a write failed. */
  close(): Promise<void>;
}

/** Progress of one step is written at most this often, in milliseconds: the log is for people and dashboards. */
const PROGRESS_EVERY = 1000;

export async function openEventLog(path: string): Promise<EventLog> {
  // A process killed while writing leaves half a line. A newline first keeps the next event off it.
  const torn = (await exists(path)) && !/(^|\n)$/.test(await readText(path));
  const file = await openAppender(path);
  let queue: Promise<void> = torn ? file.append('\n') : Promise.resolve();
  let lastProgress = { step: '', at: 0 };
  return {
    write: (event) => {
      const at = now();
      if (event.type === 'step-progress') {
        const finished = event.progress.done >= event.progress.total;
        if (!finished && lastProgress.step === event.step && at - lastProgress.at < PROGRESS_EVERY) return;
        lastProgress = { step: event.step, at };
      }
      const line = `${JSON.stringify({ time: new Date(at).toISOString(), ...event })}\n`;
      queue = queue.then(() => file.append(line));
      // The failure is reported by close(); without this a rejected queue would end the process first.
      queue.catch(() => undefined);
    },
    close: async () => {
      try {
        await queue;
      } finally {
        await file.close();
      }
    },
  };
}

/** The events of a log. Lines that are no whole event (torn by a kill) are passed over. */
export function parseEventLog(text: string): readonly LoggedEvent[] {
  return text.split('\n').flatMap((line) => {
    try {
      const event = JSON.parse(line) as Partial<LoggedEvent> | null;
      return typeof event?.type === 'string' ? [event as LoggedEvent] : [];
    } catch {
      return [];
    }
  });
}
