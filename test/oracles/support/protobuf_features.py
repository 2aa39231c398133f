"""What protobuf's own runtime makes of the features of a FileDescriptorSet: element -> facts, as JSON."""

import json
import sys

from google.protobuf import descriptor_pb2, descriptor_pool
from google.protobuf.descriptor import FieldDescriptor

NAMES = [
    "field_presence",
    "enum_type",
    "repeated_field_encoding",
    "utf8_validation",
    "message_encoding",
    "json_format",
]
facts = {}


def features(element):
    resolved = element._GetFeatures()
    fields = type(resolved).DESCRIPTOR.fields_by_name
    return [fields[name].enum_type.values_by_number[getattr(resolved, name)].name for name in NAMES]


def add_field(field):
    group = field.type == FieldDescriptor.TYPE_GROUP
    facts["field " + field.full_name] = features(field) + [bool(field.has_presence), bool(field.is_packed), group]


def add_enum(enum):
    facts["enum " + enum.full_name] = features(enum)
    for value in enum.values:
        facts["value " + enum.full_name + " " + value.name] = features(value)


def add_message(message):
    facts["message " + message.full_name] = features(message)
    for field in list(message.fields) + list(message.extensions):
        add_field(field)
    for oneof in message.oneofs:
        facts["oneof " + oneof.full_name] = features(oneof)
    for enum in message.enum_types:
        add_enum(enum)
    for nested in message.nested_types:
        add_message(nested)


files = descriptor_pb2.FileDescriptorSet()
files.ParseFromString(open(sys.argv[1], "rb").read())
pool = descriptor_pool.DescriptorPool()
for file in files.file:
    pool.AddSerializedFile(file.SerializeToString())
for file in files.file:
    if file.name.startswith("google/"):
        continue
    descriptor = pool.FindFileByName(file.name)
    for message in descriptor.message_types_by_name.values():
        add_message(message)
    for enum in descriptor.enum_types_by_name.values():
        add_enum(enum)
    for extension in descriptor.extensions_by_name.values():
        add_field(extension)
print(json.dumps(facts))
