// Drives a running server through every method and field of the aifs.v1 contract. See README.md.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Coverage } from './lib/coverage.mjs';
import { Rehearsal } from './lib/rehearsal.mjs';
import { Remote } from './lib/remote.mjs';
import { loadTopics, runTopics } from './lib/runner.mjs';

const usage = `usage: node conformance.mjs --address HOST:PORT (--token-file FILE | --anonymous) [--only NAME] [--seed SEED]
       node conformance.mjs --self-check`;

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        address: { type: 'string' },
        'token-file': { type: 'string' },
        anonymous: { type: 'boolean', default: false },
        only: { type: 'string', default: '' },
        seed: { type: 'string', default: randomBytes(4).toString('hex') },
        'self-check': { type: 'boolean', default: false },
      },
    });
    const oneIdentity = values.anonymous !== Boolean(values['token-file']);
    if (!values['self-check'] && !(values.address && oneIdentity)) throw new Error('say where the server is, and who calls');
    return values;
  } catch (problem) {
    console.error(`${problem.message}\n${usage}`);
    process.exit(2);
  }
}

const flags = readArguments();
const rehearsing = flags['self-check'];
const token = flags['token-file'] ? readFileSync(flags['token-file'], 'utf8').trim() : '';
const session = {
  transport: rehearsing ? new Rehearsal() : new Remote(flags.address, token),
  coverage: new Coverage(),
  namespaces: new Map(),
  seed: flags.seed,
  address: flags.address,
  token,
};

console.log(`# seed ${flags.seed}`);
const topics = await loadTopics(new URL('cases/', import.meta.url));
const failed = await runTopics({ session, topics, only: flags.only, rehearsing });
session.transport.close();
process.exitCode = failed === 0 ? 0 : 1;
