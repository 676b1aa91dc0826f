package felix.dataplane.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MembersDigestTest {
  private static final long SEED = Long.getLong("test.seed", 20_261_121L);
  private static final BigInteger PRIME = BigInteger.TWO.pow(61).subtract(BigInteger.ONE);
  private static final int BLOCK_BYTES = 4096;

  private final Random random = new Random(SEED);
  private final byte[] keyBytes = bytes(MembersDigest.Key.BYTES);
  private final MembersDigest digest = new MembersDigest(new MembersDigest.Key(keyBytes));

  @Test
  void itIsWhatItsDefinitionSays() {
    for (int length : new int[] {0, 4, 8, 12, 4092, 4096, 4100, 20_000}) {
      byte[] list = bytes(length);
      assertThat(of(list)).as("%d bytes, seed %d", length, SEED).isEqualTo(defined(list));
    }
    var ones = new byte[9000];
    Arrays.fill(ones, (byte) -1);
    assertThat(of(ones)).isEqualTo(defined(ones));
  }

  @Test
  void intoHowManyPartsAListIsCutDoesNotMatter() {
    for (int i = 0; i < 300; i++) {
      byte[] list = bytes(4 * random.nextInt(5000));
      digest.begin();
      for (int at = 0; at < list.length; ) {
        int count = Math.min(4 * (1 + random.nextInt(2000)), list.length - at);
        var direct = ByteBuffer.allocateDirect(count + 8).position(8);
        digest.add(direct.put(list, at, count).flip().position(8));
        at += count;
      }
      assertThat(digest.end()).as("seed %d", SEED).isEqualTo(of(list));
    }
  }

  @Test
  void whateverIsOtherInAListItsDigestIsOther() {
    for (int i = 0; i < 2000; i++) {
      byte[] list = bytes(4 + 4 * random.nextInt(3000));
      byte[] other = other(list);
      if (!Arrays.equals(list, other)) {
        assertThat(of(other)).as("change %d, seed %d", i, SEED).isNotEqualTo(of(list));
      }
    }
  }

  @Test
  void listsOfNothingButZerosDifferByTheirLength() {
    var digests = new HashSet<Long>();
    for (int length = 0; length < 20_000; length += 4) {
      assertThat(digests.add(of(new byte[length]))).as("%d bytes", length).isTrue();
    }
  }

  /** So that nobody can work one out. */
  @Test
  void anotherKeyHasAnotherDigest() {
    byte[] list = bytes(100);
    for (int i = 0; i < keyBytes.length; i += 97) {
      byte[] otherKey = keyBytes.clone();
      otherKey[i % 108] ^= 0x10; // of the words that a list of 100 bytes comes upon
      var other = new MembersDigest(new MembersDigest.Key(otherKey));
      assertThat(of(other, list)).isNotEqualTo(of(list));
    }
    assertThat(of(new MembersDigest(), list)).isNotEqualTo(of(list));
  }

  @Test
  void allOfOneProcessAreAlikeAndNoneIsNegative() {
    for (int i = 0; i < 1000; i++) {
      byte[] list = bytes(4 * random.nextInt(100));
      assertThat(of(new MembersDigest(), list))
          .isNotNegative()
          .isEqualTo(of(new MembersDigest(), list));
    }
  }

  private long of(byte[] list) {
    return of(digest, list);
  }

  private static long of(MembersDigest digest, byte[] list) {
    digest.begin();
    digest.add(ByteBuffer.wrap(list));
    return digest.end();
  }

  private byte[] bytes(int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** A bit, a word, two words that change places, a word more or less. */
  private byte[] other(byte[] list) {
    byte[] other = list.clone();
    int at = 4 * random.nextInt(list.length / 4);
    int from = 4 * random.nextInt(list.length / 4);
    switch (random.nextInt(5)) {
      case 0 -> other[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> System.arraycopy(bytes(4), 0, other, at, 4);
      case 2 -> {
        System.arraycopy(list, from, other, at, 4);
        System.arraycopy(list, at, other, from, 4);
      }
      case 3 -> other = Arrays.copyOf(list, list.length + 4);
      default -> other = Arrays.copyOf(list, list.length - 4);
    }
    return other;
  }

  /** NH and the polynomial as they are on paper. */
  private long defined(byte[] list) {
    ByteBuffer key = ByteBuffer.wrap(keyBytes);
    BigInteger point = BigInteger.valueOf(key.getLong() >>> 3).mod(PRIME);
    int[] keys = new int[1028];
    key.asIntBuffer().get(keys);
    var sum = BigInteger.ZERO;
    int last = Math.max(0, list.length % BLOCK_BYTES == 0 ? list.length : list.length + 1);
    for (int from = 0; from <= last; from += BLOCK_BYTES) {
      byte[] block = Arrays.copyOfRange(list, from, from + BLOCK_BYTES); // zeros do not count
      int used = Math.clamp(list.length - from, 0, BLOCK_BYTES);
      for (int shift : new int[] {0, 4}) {
        BigInteger nh = nh(block, (used + 7) / 8 * 2, keys, shift);
        sum = sum.multiply(point).add(nh.shiftRight(32)).mod(PRIME);
        sum = sum.multiply(point).add(nh.and(BigInteger.valueOf(0xffff_ffffL))).mod(PRIME);
      }
    }
    return sum.multiply(point).add(BigInteger.valueOf(list.length)).mod(PRIME).longValueExact();
  }

  private static BigInteger nh(byte[] block, int words, int[] keys, int shift) {
    var in = ByteBuffer.wrap(block).order(ByteOrder.nativeOrder()).asIntBuffer();
    var sum = BigInteger.ZERO;
    for (int i = 0; i < words; i += 2) {
      BigInteger one = unsigned(in.get(i) + keys[i + shift]);
      BigInteger other = unsigned(in.get(i + 1) + keys[i + 1 + shift]);
      sum = sum.add(one.multiply(other));
    }
    return sum.mod(BigInteger.TWO.pow(64));
  }

  private static BigInteger unsigned(int word) {
    return BigInteger.valueOf(Integer.toUnsignedLong(word));
  }
}
