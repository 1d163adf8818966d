// Finds the cases, runs them one after another, and prints what became of each.
import { readdir } from 'node:fs/promises';
import { Trial } from './trial.mjs';

/** Every file in `directory` is one topic: {topic, needs?, cases: {sentence: async (trial) => void}}. */
export async function loadTopics(directory) {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.mjs')).sort();
  return Promise.all(names.map(async (name) => (await import(new URL(name, directory))).default));
}

// Why a topic cannot be run now, or ''.
function skipReason(topic, { session, rehearsing }) {
  if (rehearsing) return topic.needs === 'server' ? 'needs a server' : '';
  return topic.needs === 'token' && !session.token ? 'needs a token' : '';
}

class Report {
  passed = 0;
  failed = 0;
  #number = 0;

  line(failures, name) {
    this.#number += 1;
    const ok = failures.length === 0;
    if (ok) this.passed += 1;
    else this.failed += 1;
    console.log(`${ok ? 'ok' : 'not ok'} ${this.#number} - ${name}`);
    for (const failure of failures) console.log(`  # ${failure}`);
  }

  skip(name, reason) {
    this.#number += 1;
    console.log(`ok ${this.#number} - ${name} # SKIP ${reason}`);
  }

  end() {
    console.log(`1..${this.#number}`);
    console.log(`${this.passed} passed, ${this.failed} failed`);
  }
}

async function runCase(body, { session, rehearsing }) {
  const trial = new Trial(session);
  try {
    await body(trial);
  } catch (problem) {
    return [...(rehearsing ? [] : trial.failures), rehearsing ? problem.stack : problem.message];
  }
  // A rehearsed reply says nothing about a server: only a case that cannot reach its end has failed.
  return rehearsing ? [] : trial.failures;
}

/** Runs the chosen cases, then the coverage case unless only some were chosen; gives the number that failed. */
export async function runTopics(run) {
  const report = new Report();
  for (const topic of run.topics) {
    const skip = skipReason(topic, run);
    for (const [sentence, body] of Object.entries(topic.cases)) {
      const name = `${topic.topic}: ${sentence}`;
      if (!name.includes(run.only)) continue;
      if (skip) report.skip(name, skip);
      else report.line(await runCase(body, run), name);
    }
  }
  if (run.only === '') {
    report.line(run.session.coverage.gaps(), 'coverage: every method, request field and reply field was driven');
  } else if (report.passed + report.failed === 0) {
    report.line([`no case is named ${run.only}, or it was skipped`], 'selection');
  }
  report.end();
  return report.failed;
}
