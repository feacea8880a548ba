/** Writes an ONNX model as protobuf (onnx.proto of ONNX 1.17, IR version 10). Field numbers are those of that file. */

import type { Attribute, OnnxInitializer, OnnxModel, OnnxNode, OnnxValue } from "./model.ts";
import { elementTypes } from "./model.ts";
import { WireType, WireWriter } from "./wire.ts";

const irVersion = 10;

/**
 * The bytes of an `.onnx` file.
 *
 * @example
 * await writeFile("model.onnx", encodeModel(model));
 */
export const encodeModel = (model: OnnxModel): Uint8Array =>
  message((w) => {
    integerField(w, 1, irVersion);
    stringField(w, 2, "osteon");
    messageField(w, 7, encodeGraph(model));
    for (const [domain, version] of Object.entries(model.operatorSets)) {
      messageField(
        w,
        8,
        message((set) => {
          if (domain !== "") stringField(set, 1, domain);
          integerField(set, 2, version);
        }),
      );
    }
    for (const [key, value] of Object.entries(model.metadata)) {
      messageField(
        w,
        14,
        message((entry) => {
          stringField(entry, 1, key);
          stringField(entry, 2, value);
        }),
      );
    }
  }).finish();

const encodeGraph = (model: OnnxModel): WireWriter =>
  message((w) => {
    for (const node of model.nodes) messageField(w, 1, encodeNode(node));
    stringField(w, 2, model.graphName);
    for (const initializer of model.initializers) messageField(w, 5, encodeTensor(initializer));
    for (const input of model.inputs) messageField(w, 11, encodeValue(input));
    for (const output of model.outputs) messageField(w, 12, encodeValue(output));
  });

const encodeNode = (node: OnnxNode): WireWriter =>
  message((w) => {
    for (const input of node.inputs) stringField(w, 1, input);
    for (const output of node.outputs) stringField(w, 2, output);
    if (node.name !== undefined) stringField(w, 3, node.name);
    stringField(w, 4, node.type);
    for (const [name, attribute] of Object.entries(node.attributes))
      messageField(w, 5, encodeAttribute(name, attribute));
    if (node.domain !== "") stringField(w, 7, node.domain);
  });

/** AttributeProto.AttributeType */
const attributeTypes = { float: 1, int: 2, string: 3, floats: 6, ints: 7 } as const;

const encodeAttribute = (name: string, attribute: Attribute): WireWriter =>
  message((w) => {
    stringField(w, 1, name);
    switch (attribute.kind) {
      case "float":
        floatField(w, 2, attribute.value);
        break;
      case "int":
        integerField(w, 3, attribute.value);
        break;
      case "string":
        stringField(w, 4, attribute.value);
        break;
      case "floats":
        for (const value of attribute.value) floatField(w, 7, value);
        break;
      case "ints":
        for (const value of attribute.value) integerField(w, 8, value);
        break;
    }
    integerField(w, 20, attributeTypes[attribute.kind]);
  });

const encodeTensor = (tensor: OnnxInitializer): WireWriter =>
  message((w) => {
    for (const size of tensor.shape) integerField(w, 1, size);
    integerField(w, 2, elementTypes[tensor.type]);
    stringField(w, 8, tensor.name);
    w.tag(9, WireType.lengthDelimited);
    w.bytes(tensor.data);
  });

const encodeValue = (value: OnnxValue): WireWriter =>
  message((w) => {
    stringField(w, 1, value.name);
    const shape = message((dims) => {
      for (const size of value.shape)
        messageField(
          dims,
          1,
          message((dim) => integerField(dim, 1, size)),
        );
    });
    const tensorType = message((type) => {
      integerField(type, 1, elementTypes[value.type]);
      messageField(type, 2, shape);
    });
    messageField(
      w,
      2,
      message((type) => messageField(type, 1, tensorType)),
    );
  });

const message = (write: (writer: WireWriter) => void): WireWriter => {
  const writer = new WireWriter();
  write(writer);
  return writer;
};

const integerField = (w: WireWriter, field: number, value: number): void => {
  w.tag(field, WireType.varint);
  w.varint(value);
};

const floatField = (w: WireWriter, field: number, value: number): void => {
  w.tag(field, WireType.fixed32);
  w.float32(value);
};

const stringField = (w: WireWriter, field: number, value: string): void => {
  w.tag(field, WireType.lengthDelimited);
  w.string(value);
};

const messageField = (w: WireWriter, field: number, value: WireWriter): void => {
  w.tag(field, WireType.lengthDelimited);
  w.message(value);
};
