import { isText } from '../lib/trial.mjs';

const withoutToken = { authorization: '' };

export default {
  topic: 'health',
  cases: {
    'Check answers without a token': async (t) => {
      const reply = await t.call('Health.Check', {}, withoutToken);
      t.fields(reply, { healthy: true, status: isText }, 'Check');
    },

    'Check answers with the session\'s own token': async (t) => {
      t.fields(await t.call('Health.Check', {}), { healthy: true }, 'Check');
    },

    'grpc.health.v1 says that the server is serving, without a token': async (t) => {
      const reply = await t.call('grpc.health.v1.Health.Check', {}, withoutToken);
      t.equal(reply.status, 'SERVING', 'status of the whole server');
    },

    'grpc.health.v1 knows no service of another name': async (t) => {
      const request = { service: 'no.such.Service' };
      await t.refused('grpc.health.v1.Health.Check', request, 'NOT_FOUND', { details: false }, withoutToken);
    },
  },
};
