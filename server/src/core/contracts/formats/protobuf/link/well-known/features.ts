/** Features of languages, with names, numbers and types only. Compared with buf's own by test/oracles/protobuf-read.test.ts. */
export const features: Readonly<Record<string, string>> = {
  'google/protobuf/cpp_features.proto': `syntax = "proto2";
package pb;
import "google/protobuf/descriptor.proto";
extend google.protobuf.FeatureSet {
  optional CppFeatures cpp = 1000;
}
message CppFeatures {
  optional bool legacy_closed_enum = 1; optional StringType string_type = 2;
  optional bool enum_name_uses_string_view = 3; optional RepeatedType repeated_type = 4;
  enum StringType {
    STRING_TYPE_UNKNOWN = 0; VIEW = 1; CORD = 2; STRING = 3;
  }
  enum RepeatedType {
    REPEATED_TYPE_UNKNOWN = 0; LEGACY = 1; PROXY = 2;
  }
}
`,
  'google/protobuf/java_features.proto': `syntax = "proto2";
package pb;
import "google/protobuf/descriptor.proto";
extend google.protobuf.FeatureSet {
  optional JavaFeatures java = 1001;
}
message JavaFeatures {
  optional bool legacy_closed_enum = 1; optional Utf8Validation utf8_validation = 2; optional bool large_enum = 3;
  optional bool use_old_outer_classname_default = 4;
  optional NestInFileClassFeature.NestInFileClass nest_in_file_class = 5;
  message NestInFileClassFeature {
    enum NestInFileClass {
      NEST_IN_FILE_CLASS_UNKNOWN = 0; NO = 1; YES = 2; LEGACY = 3;
    }
    reserved 1 to max;
  }
  enum Utf8Validation {
    UTF8_VALIDATION_UNKNOWN = 0; DEFAULT = 1; VERIFY = 2;
  }
  reserved 6;
}
`,
  'google/protobuf/go_features.proto': `syntax = "proto2";
package pb;
import "google/protobuf/descriptor.proto";
extend google.protobuf.FeatureSet {
  optional GoFeatures go = 1002;
}
message GoFeatures {
  optional bool legacy_unmarshal_json_enum = 1; optional APILevel api_level = 2;
  optional StripEnumPrefix strip_enum_prefix = 3; optional OptimizeModeFeature.OptimizeMode optimize_mode = 4;
  message OptimizeModeFeature {
    enum OptimizeMode {
      OPTIMIZE_MODE_UNSPECIFIED = 0; SPEED = 1; CODE_SIZE = 2;
    }
  }
  enum APILevel {
    API_LEVEL_UNSPECIFIED = 0; API_OPEN = 1; API_HYBRID = 2; API_OPAQUE = 3;
  }
  enum StripEnumPrefix {
    STRIP_ENUM_PREFIX_UNSPECIFIED = 0; STRIP_ENUM_PREFIX_KEEP = 1; STRIP_ENUM_PREFIX_GENERATE_BOTH = 2;
    STRIP_ENUM_PREFIX_STRIP = 3;
  }
}
`,
};
