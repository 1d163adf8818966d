// The contract as data: every method, message and field, read from the .proto files beside this client.
import { fileURLToPath } from 'node:url';
import protoLoader from '@grpc/proto-loader';

const root = fileURLToPath(new URL('../proto', import.meta.url));
const files = [
  'aifs/v1/services.proto',
  'google/rpc/status.proto',
  'grpc/health/v1/health.proto',
  'grpc/reflection/v1/reflection.proto',
  'grpc/reflection/v1alpha/reflection.proto',
  'descriptor/descriptor.proto',
];
const loaded = protoLoader.loadSync(files, {
  includeDirs: [root],
  keepCase: true,
  longs: String,
  enums: String,
  defaults: true,
});

export const contractPackage = 'aifs.v1';

const isService = (definition) => !('format' in definition);
const packageOf = (fullName) => fullName.slice(0, fullName.lastIndexOf('.'));

// Where a field's type name is relative, it is looked up in its own package first.
function resolve(scope, typeName) {
  const local = `${scope}.${typeName}`;
  return local in loaded ? local : typeName.replace(/^\./, '');
}

function field(scope, message, raw) {
  const entry = message.nestedType.find((nested) => nested.name === raw.typeName && nested.options?.mapEntry);
  const composite = raw.type === 'TYPE_MESSAGE' || raw.type === 'TYPE_ENUM';
  return {
    name: raw.name,
    number: raw.number,
    type: raw.type,
    repeated: raw.label === 'LABEL_REPEATED' && !entry,
    map: Boolean(entry),
    refers: composite && !entry ? resolve(scope, raw.typeName) : '',
  };
}

/** Full message name -> its fields in the order of the tables. */
export const messages = new Map();
/** Full enum name -> its values {name, number}. */
export const enums = new Map();
/** Short method name (`AIFS.GetAsset`, or in full outside the contract) -> how to call it. */
export const methods = new Map();

for (const [fullName, definition] of Object.entries(loaded)) {
  if (isService(definition)) continue;
  if (definition.format.includes('Enum')) {
    enums.set(fullName, definition.type.value.map(({ name, number }) => ({ name, number })));
  } else {
    const scope = packageOf(fullName);
    messages.set(fullName, definition.type.field.map((raw) => field(scope, definition.type, raw)));
  }
}

for (const [service, definition] of Object.entries(loaded)) {
  if (!isService(definition)) continue;
  for (const [name, method] of Object.entries(definition)) {
    const full = `${service}.${name}`;
    const inContract = packageOf(service) === contractPackage;
    methods.set(inContract ? full.slice(contractPackage.length + 1) : full, {
      ...method,
      service,
      name,
      inContract,
      request: resolve(packageOf(service), method.requestType.type.name),
      response: resolve(packageOf(service), method.responseType.type.name),
    });
  }
}

/** The methods of `aifs.v1`, by short name. */
export const contractMethods = [...methods].filter(([, method]) => method.inContract).map(([name]) => name);

export function methodNamed(name) {
  const method = methods.get(name);
  if (!method) throw new Error(`no method named ${name} in the contract`);
  return method;
}

/** Decodes bytes as the named message. */
export function decode(fullName, bytes) {
  return loaded[fullName].deserialize(bytes);
}

/** Encodes an object as the named message. */
export function encode(fullName, object) {
  return loaded[fullName].serialize(object);
}
