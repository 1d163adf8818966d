import { isString, isText, isTimestamp } from '../lib/trial.mjs';

const badNames = {
  empty: '',
  'upper case': 'Upper',
  'a blank': 'a b',
  'a slash': '../up',
  'a leading dot': '.hidden',
  'not ASCII': 'größe',
  'too long': 'a'.repeat(64),
  'reads as a snapshot id': 'ab'.repeat(16),
  'the word snap': 'snap',
};

const isMap = (value) => typeof value === 'object' && value !== null;

function asserted(t, info, name, id) {
  const expected = { namespace_id: id, name, description: isString, created_at: isTimestamp, metadata: isMap };
  t.fields(info, expected, `NamespaceInfo of ${name}`);
}

// All pages of a hundred; a store does not hold ten thousand namespaces in a test.
async function everyNamespace(t) {
  const all = [];
  for (let page = 0; page < 100; page += 1) {
    const { namespaces } = await t.call('AIFS.ListNamespaces', { limit: 100, offset: page * 100 });
    all.push(...namespaces);
    if (namespaces.length < 100) break;
  }
  return all;
}

export default {
  topic: 'namespaces',
  cases: {
    'a created namespace is answered by its id': async (t) => {
      const name = await t.namespace('created');
      const reply = await t.call('AIFS.GetNamespace', { namespace_id: t.namespaceId(name) });
      t.fields(reply, { namespace: (info) => info !== null }, 'GetNamespace');
      asserted(t, reply.namespace, name, t.namespaceId(name));
    },

    'it is in the list, beside default': async (t) => {
      const name = await t.namespace('listed');
      const all = await everyNamespace(t);
      asserted(t, all.find((info) => info.name === name), name, t.namespaceId(name));
      asserted(t, all.find((info) => info.name === 'default'), 'default', isText);
      const ids = all.map((info) => info.namespace_id);
      t.equal(new Set(ids).size, ids.length, 'each is listed once');
    },

    'the list comes in pages by limit and offset': async (t) => {
      await t.namespace('page-one');
      await t.namespace('page-two');
      const list = async (limit, offset) => {
        const reply = await t.call('AIFS.ListNamespaces', { limit, offset });
        t.fields(reply, { namespaces: (namespaces) => namespaces.length <= limit }, 'ListNamespaces');
        return reply.namespaces.map((info) => info.name);
      };
      const three = await list(3, 0);
      t.equal(three.length, 3, 'a page of three');
      t.equal([...(await list(1, 0)), ...(await list(2, 1))], three, 'the same in two pages');
      t.equal(await list(10, 1_000_000), [], 'a page after the end');
    },

    'a second namespace of the same name is ALREADY_EXISTS': async (t) => {
      const name = await t.namespace('exists');
      await t.refused('Admin.CreateNamespace', { name }, 'ALREADY_EXISTS');
      await t.refused('Admin.CreateNamespace', { name: 'default' }, 'ALREADY_EXISTS');
    },

    'a bad name is INVALID_ARGUMENT': async (t) => {
      for (const [why, name] of Object.entries(badNames)) {
        await t.refused('Admin.CreateNamespace', { name }, 'INVALID_ARGUMENT', { field: 'name', because: why });
      }
    },

    'an unknown namespace is NOT_FOUND': async (t) => {
      await t.refused('AIFS.GetNamespace', { namespace_id: `conf-${t.seed}-nowhere` }, 'NOT_FOUND');
    },

    'a negative limit or offset is INVALID_ARGUMENT': async (t) => {
      await t.refused('AIFS.ListNamespaces', { limit: -1 }, 'INVALID_ARGUMENT', { field: 'limit' });
      await t.refused('AIFS.ListNamespaces', { offset: -1 }, 'INVALID_ARGUMENT', { field: 'offset' });
    },
  },
};
