package felix.datastore.tls;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * As much of DER as it takes to make PKCS #8 (RFC 5208), which is all that the JDK reads, of the
 * older forms of private keys.
 */
final class Der {
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final int PARAMETERS = 0xa0;

  /** INTEGER 0: the version of PKCS #8. */
  private static final byte[] VERSION = HexFormat.of().parseHex("020100");

  /** 1.2.840.113549.1.1.1 and NULL (RFC 8017). */
  private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");

  /** 1.2.840.10045.2.1 (RFC 5480); the curve follows. */
  private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

  private Der() {}

  /** From RSAPrivateKey (PKCS #1, RFC 8017), which openssl writes as RSA PRIVATE KEY. */
  static byte[] pkcs8OfRsa(byte[] pkcs1) {
    return pkcs8(RSA, pkcs1);
  }

  /**
   * From ECPrivateKey (SEC 1, RFC 5915), which openssl writes as EC PRIVATE KEY.
   *
   * @throws IllegalArgumentException if it does not name its curve
   */
  static byte[] pkcs8OfEc(byte[] sec1) {
    return pkcs8(concat(EC, curve(sec1)), sec1);
  }

  private static byte[] pkcs8(byte[] algorithm, byte[] key) {
    return wrap(SEQUENCE, concat(VERSION, wrap(SEQUENCE, algorithm), wrap(OCTETS, key)));
  }

  /** SEQUENCE { version, OCTET STRING, [0] curve, ... }. */
  private static byte[] curve(byte[] sec1) {
    try {
      ByteBuffer fields = ByteBuffer.wrap(next(ByteBuffer.wrap(sec1), SEQUENCE));
      while (fields.hasRemaining()) {
        int tag = fields.get(fields.position()) & 0xff;
        byte[] content = next(fields, tag);
        if (tag == PARAMETERS) {
          return content;
        }
      }
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("cut off", e);
    }
    throw new IllegalArgumentException("no curve");
  }

  /** The content of the next element, which must have this tag. */
  private static byte[] next(ByteBuffer in, int tag) {
    int found = in.get() & 0xff;
    int length = in.get() & 0xff;
    if (length > 0x80) {
      int bytes = length - 0x80;
      length = 0;
      for (int i = 0; i < bytes; i++) {
        length = length << 8 | (in.get() & 0xff);
      }
    }
    if (found != tag || length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException("no such element");
    }
    byte[] content = new byte[length];
    in.get(content);
    return content;
  }

  private static byte[] wrap(int tag, byte[] content) {
    return concat(new byte[] {(byte) tag}, length(content.length), content);
  }

  /** In as few bytes as it takes; the JDK refuses others. */
  private static byte[] length(int length) {
    if (length < 0x80) {
      return new byte[] {(byte) length};
    }
    int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
    byte[] encoded = new byte[1 + bytes];
    encoded[0] = (byte) (0x80 + bytes);
    for (int i = 0; i < bytes; i++) {
      encoded[bytes - i] = (byte) (length >> (8 * i));
    }
    return encoded;
  }

  private static byte[] concat(byte[]... parts) {
    int size = 0;
    for (byte[] part : parts) {
      size += part.length;
    }
    var all = ByteBuffer.allocate(size);
    for (byte[] part : parts) {
      all.put(part);
    }
    return all.array();
  }
}
