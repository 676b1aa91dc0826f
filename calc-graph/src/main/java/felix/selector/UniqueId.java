package felix.selector;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Short names for texts, as Felix makes them: the kind, then SHA-224 over kind and text in the URL
 * alphabet of base 64.
 */
final class UniqueId {
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private UniqueId() {}

  static String of(String kind, String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-224").digest((kind + text).getBytes(UTF_8));
      return kind + ENCODER.encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-224", e);
    }
  }
}
