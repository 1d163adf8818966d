import { contractPackage, enums, messages, methods } from '../lib/contract.mjs';
import { published } from '../lib/published.mjs';

const ask = (version) => `grpc.reflection.${version}.ServerReflection.ServerReflectionInfo`;
const contractServices = [...new Set([...methods.values()].filter((one) => one.inContract).map((one) => one.service))];
const inContract = ([name]) => name.startsWith(`${contractPackage}.`);

// One field of an existing message has a number below 20 by a decision of its own.
const addedBelowTwenty = new Map([['aifs.v1.GetSnapshotResponse', new Map([[7, 'uri']])]]);
const firstAddedNumber = 20;

const listing = (version) => async (t) => {
  const [reply] = await t.call(ask(version), [{ list_services: '*' }]);
  const names = reply.list_services_response?.service.map((one) => one.name) ?? [];
  for (const name of [...contractServices, 'grpc.health.v1.Health']) t.ok(names.includes(name), `${name} is in ${names}`);
};

const shape = ({ name, type, repeated, map, refers }) => ({ name, type, repeated, map, refers });

function compareFields(t, message, wanted, served) {
  const left = new Map(served.map((field) => [field.number, field]));
  for (const field of wanted) {
    const found = left.get(field.number);
    left.delete(field.number);
    t.equal(found && shape(found), shape(field), `${message} field ${field.number}`);
  }
  for (const [number, field] of left) {
    const allowed = number >= firstAddedNumber || addedBelowTwenty.get(message)?.get(number) === field.name;
    t.ok(allowed, `${message}.${field.name} was added at ${number}, below ${firstAddedNumber}`);
  }
}

export default {
  topic: 'reflection',
  needs: 'server',
  cases: {
    'v1 lists the services': listing('v1'),
    'v1alpha lists the services': listing('v1alpha'),

    'every message has the fields of the tables, and added ones from 20': async (t) => {
      const served = await published(t, ask('v1'), [...messages].filter(inContract).map(([name]) => name));
      for (const [name, fields] of [...messages].filter(inContract)) {
        const found = served.messages.get(name);
        if (found) compareFields(t, name, fields, found);
        else t.ok(false, `${name} is not published`);
      }
    },

    'every enum has the values of the tables': async (t) => {
      const wanted = [...enums].filter(inContract);
      // Asked for by a message that uses it: servers need not index enums by name.
      const served = await published(t, ask('v1'), ['aifs.v1.AssetMetadata']);
      for (const [name, values] of wanted) t.equal(served.enums.get(name), values, name);
    },

    'every service has the methods of the tables, and AIFS no more': async (t) => {
      const served = await published(t, ask('v1'), contractServices);
      for (const method of methods.values()) {
        if (!method.inContract) continue;
        const { request, response, requestStream, responseStream } = method;
        const found = served.services.get(method.service)?.get(method.name);
        t.equal(found, { request, response, requestStream, responseStream }, `${method.service}.${method.name}`);
      }
      const tabled = [...methods.values()].filter((one) => one.service === 'aifs.v1.AIFS').map((one) => one.name);
      t.equal([...(served.services.get('aifs.v1.AIFS')?.keys() ?? [])].sort(), tabled.sort(), 'methods of AIFS');
    },
  },
};
