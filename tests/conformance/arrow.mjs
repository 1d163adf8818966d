// Tensors as Arrow files, written and read by apache-arrow, which shares no code with the project.
//
//   node arrow.mjs write DIRECTORY   writes a file of each type and shape there, and says what is in them
//   node arrow.mjs read FILE...      says what is in files
//
// A line for each: name, shape metadata, rows, values of a row, their type, their extension, bytes of all values
// as hexadecimal digits; separated by tabs.

import {readFileSync, writeFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {
  Field, FixedSizeBinary, FixedSizeList, Float16, Float32, Float64, Int16, Int32, Int64, Int8, RecordBatch, Schema,
  Struct, Table, Uint16, Uint32, Uint64, Uint8, makeData, tableFromIPC, tableToIPC,
} from 'apache-arrow';

const TENSOR = 'arrow.fixed_shape_tensor';
const NAME = 'ARROW:extension:name';
const METADATA = 'ARROW:extension:metadata';

const TYPES = {
  int8: [new Int8(), 1, Int8Array],
  uint8: [new Uint8(), 1, Uint8Array],
  int16: [new Int16(), 2, Int16Array],
  uint16: [new Uint16(), 2, Uint16Array],
  int32: [new Int32(), 4, Int32Array],
  uint32: [new Uint32(), 4, Uint32Array],
  int64: [new Int64(), 8, BigInt64Array],
  uint64: [new Uint64(), 8, BigUint64Array],
  float16: [new Float16(), 2, Uint16Array],
  float32: [new Float32(), 4, Float32Array],
  float64: [new Float64(), 8, Float64Array],
  bfloat16: [new FixedSizeBinary(2), 2, Uint8Array],
};

// Shape of a row, rows, and whether dimensions are named.
const SHAPES = [
  [[2, 3], 1, true],
  [[5], 4, false],
  [[], 1, false],
  [[2, 1, 2], 3, false],
];

function table(name, [type, width, Values], shape, rows, named) {
  const size = shape.reduce((product, length) => product * length, 1);
  const bytes = new Uint8Array(rows * size * width).map((_, i) => i * 37 + 11);
  const values = new Values(bytes.buffer);
  const extension = type instanceof FixedSizeBinary ? new Map([[NAME, 'aifs.bfloat16'], [METADATA, '']]) : new Map();
  const list = new FixedSizeList(size, new Field('item', type, false, extension));
  const shapes = {shape, ...(named ? {dim_names: shape.map((_, i) => `d${i}`)} : {})};
  const field = new Field(name, list, false, new Map([[NAME, TENSOR], [METADATA, JSON.stringify(shapes)]]));
  const schema = new Schema([field]);
  const item = makeData({type, length: rows * size, nullCount: 0, data: values});
  const column = makeData({type: list, length: rows, nullCount: 0, child: item});
  const struct = makeData({type: new Struct(schema.fields), length: rows, nullCount: 0, children: [column]});
  return new Table(schema, [new RecordBatch(schema, struct)]);
}

function says(table) {
  const [field] = table.schema.fields;
  const column = table.getChildAt(0);
  const item = field.type.children[0];
  const values = column.data.map(({children: [data], length}) => {
    const {buffer, byteOffset, byteLength} = data.values;
    return Buffer.from(buffer, byteOffset, byteLength).subarray(0, length * field.type.listSize * width(item.type));
  });
  return [
    field.name, field.metadata.get(METADATA), table.numRows, field.type.listSize, String(item.type),
    item.metadata.get(NAME) ?? '', Buffer.concat(values).toString('hex'),
  ].join('\t');
}

function width(type) {
  return type instanceof FixedSizeBinary ? type.byteWidth : (type.bitWidth ?? 16 << (type.precision ?? 0)) / 8;
}

function writeAll(directory) {
  for (const [name, type] of Object.entries(TYPES)) {
    SHAPES.forEach(([shape, rows, named], i) => {
      const made = table(`${name}-${i}`, type, shape, rows, named);
      for (const form of ['file', 'stream']) {
        const path = join(directory, `${name}-${i}-${form}.arrow`);
        writeFileSync(path, tableToIPC(made, form));
        console.log(`${basename(path)}\t${says(made)}`);
      }
    });
  }
}

const [mode, ...paths] = process.argv.slice(2);
if (mode === 'write' && paths.length === 1) {
  writeAll(paths[0]);
} else if (mode === 'read') {
  for (const path of paths) {
    const read = tableFromIPC(readFileSync(path));
    if (read.schema.fields.length !== 1 || read.schema.fields[0].metadata.get(NAME) !== TENSOR) {
      throw new Error(`${path} is no tensor`);
    }
    console.log(`${basename(path)}\t${says(read)}`);
  }
} else {
  console.error('usage: node arrow.mjs write DIRECTORY | read FILE...');
  process.exitCode = 2;
}
