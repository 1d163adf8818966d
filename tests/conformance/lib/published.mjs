// What a server publishes about itself by reflection, in the same form in which contract.mjs holds the tables.
import { decode } from './contract.mjs';

const plain = (typeName) => typeName.replace(/^\./, '');

function fieldOf(message, raw) {
  const entry = message.nested_type.find((nested) => nested.options?.map_entry && raw.type_name.endsWith(`.${nested.name}`));
  return {
    name: raw.name,
    number: raw.number,
    type: raw.type,
    repeated: raw.label === 'LABEL_REPEATED' && !entry,
    map: Boolean(entry),
    refers: entry ? '' : plain(raw.type_name),
  };
}

function methodOf(raw) {
  return {
    request: plain(raw.input_type),
    response: plain(raw.output_type),
    requestStream: raw.client_streaming,
    responseStream: raw.server_streaming,
  };
}

/** Asks for the files that hold these symbols; gives {messages, enums, services} by full name. */
export async function published(trial, method, symbols) {
  const replies = await trial.call(method, symbols.map((symbol) => ({ file_containing_symbol: symbol })));
  const all = { messages: new Map(), enums: new Map(), services: new Map() };
  for (const reply of replies) {
    const refused = reply.error_response;
    trial.ok(!refused, `${reply.original_request?.file_containing_symbol}: ${refused?.error_message}`);
    for (const bytes of reply.file_descriptor_response?.file_descriptor_proto ?? []) {
      add(all, decode('conformance.descriptor.File', bytes));
    }
  }
  return all;
}

function add(all, file) {
  const full = (name) => `${file.package}.${name}`;
  for (const message of file.message_type) {
    all.messages.set(full(message.name), message.field.map((raw) => fieldOf(message, raw)));
  }
  for (const one of file.enum_type) {
    all.enums.set(full(one.name), one.value.map(({ name, number }) => ({ name, number })));
  }
  for (const service of file.service) {
    all.services.set(full(service.name), new Map(service.method.map((raw) => [raw.name, methodOf(raw)])));
  }
}
