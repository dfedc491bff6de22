import { Player, type Server } from './lib/play.js';
import { Recorder } from './lib/record-answer.js';
import { type RecordedStep, requestOf, writeRecording } from './lib/recordings.js';
import { SCENARIO } from './scenario.js';

/** Plays the scenario against an application with an empty database and writes down every answer. */
export async function recordBaseV1(app: Server): Promise<void> {
  const player = new Player(app);
  const recorder = new Recorder();
  for (const chapter of SCENARIO) {
    const recorded: RecordedStep[] = [];
    for (const step of chapter.steps) {
      const { answer, failure } = await player.play(step);
      if (answer === undefined) throw new Error(`${chapter.name}: ${step.name}: ${failure}`);
      recorded.push({ ...requestOf(step), answer: recorder.record(answer, step) });
    }
    writeRecording(chapter, recorded);
  }
}
