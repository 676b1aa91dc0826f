package felix.policysync;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/** {@code docs/policy-sync.proto}, read: as much of the language as is used there. */
final class ProtoFile {
  private static final Path FILE = Path.of("../docs/policy-sync.proto");
  private static final Pattern TOKEN = Pattern.compile("//.*|\"[^\"]*\"|[A-Za-z0-9_.]+|[^\\s]");

  private static final Descriptor TO_DATAPLANE = read().findMessageTypeByName("ToDataplane");

  private final Iterator<String> tokens;

  private ProtoFile(Iterator<String> tokens) {
    this.tokens = tokens;
  }

  /** What a client would read. */
  static DynamicMessage decode(byte[] bytes) {
    try {
      return DynamicMessage.parseFrom(TO_DATAPLANE, bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileDescriptor read() {
    try {
      var tokens =
          TOKEN
              .matcher(Files.readString(FILE))
              .results()
              .map(match -> match.group())
              .filter(token -> !token.startsWith("//"))
              .iterator();
      return FileDescriptor.buildFrom(new ProtoFile(tokens).file(), new FileDescriptor[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException(e);
    }
  }

  private FileDescriptorProto file() {
    var file = FileDescriptorProto.newBuilder().setName("policy-sync.proto").setSyntax("proto3");
    while (tokens.hasNext()) {
      switch (tokens.next()) {
        case "syntax" -> skip(3);
        case "package" -> {
          file.setPackage(tokens.next());
          skip(1);
        }
        case "service" -> skipBlock();
        case "message" -> file.addMessageType(message());
        case "enum" -> file.addEnumType(enumeration());
        case String other -> throw new IllegalStateException(other);
      }
    }
    return file.build();
  }

  private void skip(int count) {
    for (int i = 0; i < count; i++) {
      tokens.next();
    }
  }

  private void skipBlock() {
    while (!tokens.next().equals("}")) {
      // up to the end
    }
  }

  private DescriptorProto message() {
    var message = DescriptorProto.newBuilder().setName(tokens.next());
    skip(1);
    for (String token = tokens.next(); !token.equals("}"); token = tokens.next()) {
      switch (token) {
        case "message" -> message.addNestedType(message());
        case "enum" -> message.addEnumType(enumeration());
        case "oneof" -> oneof(message);
        case "map" -> map(message);
        case "repeated" -> message.addField(field(tokens.next()).setLabel(Label.LABEL_REPEATED));
        default -> message.addField(field(token));
      }
    }
    return message.build();
  }

  private void oneof(DescriptorProto.Builder message) {
    int index = message.getOneofDeclCount();
    message.addOneofDecl(OneofDescriptorProto.newBuilder().setName(tokens.next()));
    skip(1);
    for (String type = tokens.next(); !type.equals("}"); type = tokens.next()) {
      message.addField(field(type).setOneofIndex(index));
    }
  }

  /** {@code map<string, string> name = 1;} is a list of entries. */
  private void map(DescriptorProto.Builder message) {
    skip(5);
    FieldDescriptorProto.Builder field = field("Entry");
    String entry =
        field.getName().substring(0, 1).toUpperCase(Locale.ROOT)
            + field.getName().substring(1)
            + "Entry";
    message.addField(field.setTypeName(entry).setLabel(Label.LABEL_REPEATED));
    message.addNestedType(
        DescriptorProto.newBuilder()
            .setName(entry)
            .setOptions(MessageOptions.newBuilder().setMapEntry(true))
            .addAllField(List.of(text("key", 1), text("value", 2))));
  }

  private static FieldDescriptorProto text(String name, int number) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setLabel(Label.LABEL_OPTIONAL)
        .setType(FieldDescriptorProto.Type.TYPE_STRING)
        .build();
  }

  private FieldDescriptorProto.Builder field(String type) {
    var field =
        FieldDescriptorProto.newBuilder().setName(tokens.next()).setLabel(Label.LABEL_OPTIONAL);
    skip(1);
    field.setNumber(Integer.parseInt(tokens.next()));
    skip(1);
    return switch (type) {
      case "string" -> field.setType(FieldDescriptorProto.Type.TYPE_STRING);
      case "int32" -> field.setType(FieldDescriptorProto.Type.TYPE_INT32);
      default -> field.setTypeName(type);
    };
  }

  private EnumDescriptorProto enumeration() {
    var enumeration = EnumDescriptorProto.newBuilder().setName(tokens.next());
    skip(1);
    for (String name = tokens.next(); !name.equals("}"); name = tokens.next()) {
      skip(1);
      enumeration.addValue(
          EnumValueDescriptorProto.newBuilder()
              .setName(name)
              .setNumber(Integer.parseInt(Objects.requireNonNull(tokens.next()))));
      skip(1);
    }
    return enumeration.build();
  }
}
