package felix.datastore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Jackson takes is taken, with the same meaning, and nothing else. */
class JsonReaderTest {
  private static final int DOCUMENTS = 5_000;
  private static final String JSON_ALPHABET = "{}[]:,\"\\u0eE+-.19 \ntrufalsn/bdc\u00e9\u0001";

  private static final ObjectReader JACKSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(50)
                          .maxNumberLength(100)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  @Test
  void randomDocumentsReadAsJacksonReadsThem() {
    for (long seed = 0; seed < DOCUMENTS; seed++) {
      var random = new Random(seed);
      var text = new StringBuilder();
      appendObject(random, 0, text);
      assertReadAlike(text.toString().getBytes(UTF_8), "seed " + seed + ": " + text);
    }
  }

  @Test
  void damagedDocumentsAreRefusedWhereJacksonRefusesThem() {
    int refused = 0;
    for (long seed = 0; seed < DOCUMENTS; seed++) {
      var random = new Random(seed);
      var text = new StringBuilder();
      appendObject(random, 0, text);
      byte[] bytes = damaged(text.toString().getBytes(UTF_8), random);
      refused += assertReadAlike(bytes, "seed " + seed + ": " + new String(bytes, UTF_8)) ? 0 : 1;
    }
    // Else the damage is too small or too large to tell anything.
    assertThat(refused).isBetween(DOCUMENTS / 4, DOCUMENTS * 19 / 20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":\"x\"}",
        "{\"a\":{\"b\":1},\"\\u0061\":2}",
        "{\"\\ud83d\\ude00\":\"\\ud83d\",\"x\":\"\\ude00 \\ud83d\\u0041\"}",
        "{\"a\":-0,\"b\":-0.0,\"c\":1e2,\"d\":1E-400,\"e\":1e400,\"f\":12345678901234567890}",
        "{\"a\":2147483647,\"b\":2147483648,\"c\":-2147483648,\"d\":-2147483649,\"e\":0.5}",
        "{\"\":\"\",\"a\":[],\"b\":{},\"c\":[[],[{}]]}",
        " \t\r\n{ \"a\" : [ 1 , 2 ] } \n",
        "{\"a\":tru}",
        "{\"a\":truex}",
        "{\"a\":1.}",
        "{\"a\":.5}",
        "{\"a\":+1}",
        "{\"a\":-}",
        "{\"a\":1e}",
        "{\"a\":00}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\t\"}",
        "{\"a\" 1}",
        "{a:1}",
        "{,}",
        "{\"a\":[,]}",
        "{\"a\":[1 2]}",
        "{\"a\":1}}",
        "{\"a\":[1}",
        "{\"a\":\"",
        "{\"a\":\"\\",
        "{\"a\":\"\\u00",
        "{\"a\":\"\u007f\u0080\u20ac\"}"
      })
  void oddDocumentsReadAsJacksonReadsThem(String text) {
    assertReadAlike(text.getBytes(UTF_8), text);
  }

  @Test
  void depthIsLimitedAsJacksonLimitsIt() {
    for (int depth = 48; depth <= 52; depth++) {
      String text = "{\"a\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
      assertReadAlike(text.getBytes(UTF_8), "depth " + depth);
    }
  }

  @Test
  void numbersAreAsLongAsJacksonAllows() {
    for (int length = 98; length <= 102; length++) {
      assertReadAlike(("{\"a\":" + "1".repeat(length) + "}").getBytes(UTF_8), "length " + length);
    }
  }

  @Test
  void whatIsNotUtf8IsSaidToBeThat() {
    byte[] overlong = {'{', '"', (byte) 0xc0, (byte) 0xaf, '"', ':', '1', '}'};
    byte[] cutOff = {'{', '"', (byte) 0xe2, (byte) 0x82};
    for (byte[] bytes : List.of(overlong, cutOff)) {
      assertThatThrownBy(() -> JsonReader.read(bytes)).hasMessageEndingWith("not UTF-8");
    }
  }

  @Test
  void placesAreNamed() {
    Json json = JsonReader.read("{\"a\":[{\"b c\":1}]}".getBytes(UTF_8));
    assertThat(json.get("a").item(0).get("b c").bad("x").field()).isEqualTo("a[0].b c");
  }

  /** Returns whether it was read. */
  private static boolean assertReadAlike(byte[] bytes, String context) {
    JsonNode expected = jackson(bytes);
    if (expected == null) {
      assertThat(catchThrowable(() -> JsonReader.read(bytes)))
          .as(context)
          .isInstanceOf(BadValueException.class);
      return false;
    }
    if (!expected.isMissingNode()) {
      assertAlike(JsonReader.read(bytes), expected, context);
    }
    return true;
  }

  private static void assertAlike(Json json, JsonNode expected, String context) {
    assertThat(json.isPresent()).as(context).isEqualTo(!expected.isNull());
    assertThat(json.isObject()).as(context).isEqualTo(expected.isObject());
    assertThat(json.isArray()).as(context).isEqualTo(expected.isArray());
    assertThat(json.isTextual()).as(context).isEqualTo(expected.isTextual());
    assertThat(json.isInteger()).as(context).isEqualTo(expected.isIntegralNumber());
    if (expected.isObject()) {
      assertSameFields(json, expected, context);
    } else if (expected.isArray()) {
      List<Json> items = json.items();
      assertThat(items).as(context).hasSize(expected.size());
      for (int i = 0; i < items.size(); i++) {
        // one of the two ways to an element, or deep documents would take for ever
        assertAlike(i % 2 == 0 ? items.get(i) : json.item(i), expected.get(i), context);
      }
    } else if (!expected.isNull()) {
      String text = Arrays.toString(expected.asText().codePoints().map(c -> whole(c)).toArray());
      assertThat(Arrays.toString(json.scalar().codePoints().toArray())).as(context).isEqualTo(text);
      boolean fits = expected.isIntegralNumber() && expected.canConvertToInt();
      assertThat(json.integerOr(-77)).as(context).isEqualTo(fits ? expected.intValue() : -77);
      if (expected.isNumber() && Double.isFinite(expected.doubleValue())) {
        assertThat(json.numberOrNull()).as(context).isEqualTo(expected.doubleValue());
      }
    }
  }

  private static void assertSameFields(Json json, JsonNode expected, String context) {
    var names = new ArrayList<String>();
    json.forEachField((name, value) -> names.add(name));
    int fields = 0;
    for (var field : expected.properties()) {
      String name = field.getKey();
      fields++;
      // Half characters are made whole, which Jackson does not do.
      if (name.codePoints().allMatch(c -> whole(c) == c)) {
        assertThat(names).as(context).contains(name);
        assertAlike(json.get(name), field.getValue(), context);
      }
    }
    assertThat(names.size()).as(context).isLessThanOrEqualTo(fields);
    assertThat(json.get("no such field").isPresent()).as(context).isFalse();
  }

  private static int whole(int character) {
    boolean half = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    return half ? 0xfffd : character;
  }

  /**
   * Null if Jackson does not take it, or it is no object. Missing if Jackson objects to half a
   * character in a name: Go does not, nor do we.
   */
  private static @Nullable JsonNode jackson(byte[] bytes) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      JsonNode root = JACKSON.readValue(text);
      return root.isObject() ? root : null;
    } catch (JsonProcessingException e) {
      boolean half = e.getOriginalMessage().contains("surrogate");
      return half ? MissingNode.getInstance() : null;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static void appendObject(Random random, int depth, StringBuilder out) {
    out.append('{');
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      appendSpace(random, out.append(i == 0 ? "" : ","));
      appendString(random, out);
      appendSpace(random, out);
      appendSpace(random, out.append(':'));
      appendValue(random, depth + 1, out);
      appendSpace(random, out);
    }
    out.append('}');
  }

  private static void appendValue(Random random, int depth, StringBuilder out) {
    switch (random.nextInt(depth > 4 ? 6 : 9)) {
      case 0 -> out.append("true");
      case 1 -> out.append("false");
      case 2 -> out.append("null");
      case 3 -> out.append(random.nextInt(-5, 70_000));
      case 4 -> out.append(random.nextGaussian() * Math.pow(10, random.nextInt(-20, 20)));
      case 5 -> appendString(random, out);
      case 6 -> {
        out.append('[');
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
          appendValue(random, depth + 1, out.append(i == 0 ? "" : ","));
        }
        out.append(']');
      }
      default -> appendObject(random, depth, out);
    }
  }

  private static void appendString(Random random, StringBuilder out) {
    out.append('"');
    int length = random.nextInt(4);
    for (int i = 0; i < length; i++) {
      switch (random.nextInt(8)) {
        case 0 -> out.append("\\").append("\"\\/bfnrt".charAt(random.nextInt(8)));
        case 1 -> out.append("\\u%04x".formatted(random.nextInt(0x10000)));
        case 2 -> out.append("\\u%04X".formatted(random.nextInt(0xd7f0, 0xe010)));
        case 3 -> out.appendCodePoint(random.nextBoolean() ? 0x1f600 : 0xe9);
        default -> out.append((char) ('a' + random.nextInt(4)));
      }
    }
    out.append('"');
  }

  private static void appendSpace(Random random, StringBuilder out) {
    if (random.nextInt(5) == 0) {
      out.append(" \t\n\r".charAt(random.nextInt(4)));
    }
  }

  private static byte[] damaged(byte[] bytes, Random random) {
    byte[] damage = JSON_ALPHABET.getBytes(UTF_8);
    byte[] damaged = bytes.clone();
    for (int i = random.nextInt(2); i >= 0; i--) {
      int at = random.nextInt(damaged.length);
      damaged[at] = damage[random.nextInt(damage.length)];
    }
    return random.nextInt(4) > 0 ? damaged : Arrays.copyOf(damaged, random.nextInt(bytes.length));
  }
}
