import { contractMethods, methodNamed } from '../lib/contract.mjs';

const open = new Set(['Health.Check']);
const guarded = contractMethods.filter((name) => !open.has(name));
const reflection = 'grpc.reflection.v1.ServerReflection.ServerReflectionInfo';

// Harmless, should a server let it through.
const request = (name) => (name === 'Format.FormatStorage' ? { dry_run: true } : {});

// The middle of a token is its signed part; another letter there is a forgery.
function tampered(token) {
  const middle = Math.floor(token.length / 2);
  return token.slice(0, middle) + (token[middle] === 'A' ? 'B' : 'A') + token.slice(middle + 1);
}

async function everyMethodRefuses(t, authorization, code) {
  for (const name of guarded) {
    const one = request(name);
    await t.refused(name, methodNamed(name).requestStream ? [one] : one, code, {}, { authorization });
  }
}

export default {
  topic: 'tokens',
  needs: 'token',
  cases: {
    'a token is taken as Bearer': async (t) => {
      await t.call('Introspect.GetInfo', {}, { authorization: `Bearer ${t.token}` });
    },

    'a bare token is taken': async (t) => {
      await t.call('Introspect.GetInfo', {}, { authorization: t.token });
    },

    'every method but health refuses a call without a token': async (t) => {
      await everyMethodRefuses(t, '', 'UNAUTHENTICATED');
    },

    'every method but health refuses a garbage token': async (t) => {
      await everyMethodRefuses(t, 'Bearer garbage', 'PERMISSION_DENIED');
    },

    'every method but health refuses a tampered token': async (t) => {
      await everyMethodRefuses(t, `Bearer ${tampered(t.token)}`, 'PERMISSION_DENIED');
    },

    'a bare garbage token is refused as one after Bearer is': async (t) => {
      await t.refused('AIFS.ListAssets', {}, 'PERMISSION_DENIED', {}, { authorization: 'garbage' });
    },

    'reflection wants a token too': async (t) => {
      const list = [{ list_services: '*' }];
      await t.refused(reflection, list, 'UNAUTHENTICATED', { details: false }, { authorization: '' });
      await t.refused(reflection, list, 'PERMISSION_DENIED', { details: false }, { authorization: 'Bearer garbage' });
    },
  },
};
